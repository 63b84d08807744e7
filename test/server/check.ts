/** What `dateline sources check` says of every kind of broken source: `node --import tsx test/server/check.ts`. */
import { createSystemClock } from "../../src/adapters/clock/index.ts";
import { createFetcher } from "../../src/adapters/fetch-http/index.ts";
import { createMemoryStore } from "../../src/adapters/store-memory/index.ts";
import { checkSources, newSource } from "../../src/app/sources.ts";
import { CASES, startHostileServer } from "./hostile.ts";

const server = await startHostileServer();
const clock = createSystemClock();
const fetcher = createFetcher({
  clock,
  allowPrivate: [`127.0.0.1:${server.port}`],
  pauseMs: 0,
  retries: 0,
  totalMs: 4000,
  headersMs: 2000,
  idleMs: 1500,
  graceMs: 1000,
});
const addresses = [
  ...CASES.map((c) => `${server.base}${c.path}`),
  `${server.base}/rest`,
  "http://169.254.169.254/feed",
  "http://localhost/feed",
  "http://no-such-host.invalid/feed",
];
const now = clock.now();
const sources = addresses.map((url) => newSource(url, "feed", now, now));
let verdicts = 0;
for await (const { source, verdict, words } of checkSources(
  { store: createMemoryStore(), clock, fetcher },
  sources,
  4,
)) {
  verdicts++;
  console.log(`${verdict.padEnd(11)} ${source.url.replace(server.base, "")}\n            ${words}`);
}
console.log(`${verdicts} sources checked`);
await fetcher.close();
await server.close();
