/** Plays all cases and prints a table: `node --import tsx test/server/run.ts`. Ends with 1 when one did not end as expected. */
import { createSystemClock } from "../../src/adapters/clock/index.ts";
import { createFetcher } from "../../src/adapters/fetch-http/index.ts";
import { CASES, startHostileServer } from "./hostile.ts";
import { play } from "./play.ts";

const server = await startHostileServer();
const fetcher = createFetcher({
  clock: createSystemClock(),
  allowPrivate: [`127.0.0.1:${server.port}`],
  pauseMs: 0,
  retries: 0,
  totalMs: 4000,
  headersMs: 2000,
  idleMs: 1500,
  graceMs: 1000,
});
let wrong = 0;
const startMiB = process.memoryUsage().rss / 1_048_576;
let peak = startMiB;
const sampler = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss / 1_048_576);
}, 20);
for (const c of CASES) {
  const start = performance.now();
  const outcome = await play(fetcher, server.base, c);
  const ms = Math.round(performance.now() - start);
  if (!outcome.asExpected) wrong++;
  console.log(
    `${outcome.asExpected ? "ok " : "NO "} ${c.what.padEnd(46)} ${outcome.ending.padEnd(18)} ${String(ms).padStart(5)} ms  ${outcome.detail.slice(0, 90)}`,
  );
}
clearInterval(sampler);
console.log(
  `${CASES.length - wrong} of ${CASES.length} as expected; memory ${Math.round(startMiB)} → at most ${Math.round(peak)} MiB (server in the same process)`,
);
await fetcher.close();
await server.close();
process.exit(wrong === 0 ? 0 : 1);
