/**
 * An hour of simulated time with thousands of sources, real scheduler, real fetcher logic, real store; only the wires and the clock
 * are made up: `node --import tsx test/sim/run.ts [SOURCES] [MINUTES]`. Prints whether every host's pace was kept, how late visits
 * were at the beginning and at the end, and memory over time. Ends with 1 when a pace was broken, visits drift or memory grows.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSimulatedClock } from "../../src/adapters/clock/index.ts";
import { createFetcher, type Exchange } from "../../src/adapters/fetch-http/index.ts";
import { createFiles } from "../../src/adapters/files/index.ts";
import { createSqliteStore } from "../../src/adapters/store-sqlite/index.ts";
import { createIntake } from "../../src/app/intake.ts";
import { createScheduler } from "../../src/app/scheduler.ts";
import { addFeeds } from "../../src/app/sources.ts";
import { htmlPage, plainTools } from "../conformance/plain-tools.ts";
import { rssOf } from "../conformance/web.ts";

const SOURCES = Number(process.argv[2] ?? 5000);
const MINUTES = Number(process.argv[3] ?? 60);
const START = Date.parse("2026-01-05T06:00:00Z");
const PAUSE = 1000;
const PER_HOST = 2;
/** A fifth of the sources share hosts by twenties, as sections of one paper do. */
const hostOf = (i: number): string => (i % 5 === 0 ? `shared${Math.floor(i / 100)}.org` : `site${i}.org`);
const urlOf = (i: number): string => `https://${hostOf(i)}/feed/${i}`;
/** Items a day: from one to a hundred, most near ten. */
const perDay = (i: number): number => Math.exp(((i * 7919) % 1000) / 1000) ** 4.6;
type Temper = "good" | "fails" | "busy" | "gone" | "moved";
const temperOf = (i: number): Temper =>
  i % 50 === 7
    ? "fails"
    : i % 100 === 13
      ? "busy"
      : i % 500 === 21
        ? "gone"
        : i % 200 === 33
          ? "moved"
          : "good";

const clock = createSimulatedClock(START, 42, 4);
type Host = { lastStart: number; running: number; restUntil: number };
const hosts = new Map<string, Host>();
const faults: string[] = [];
let requests = 0;
let most = 0;
let running = 0;

const respond = (url: URL): { status: number; headers: Record<string, string>; body: string } => {
  if (url.pathname === "/robots.txt") return { status: 404, headers: {}, body: "" };
  const feed = /^\/feed\/(\d+)/.exec(url.pathname)?.[1];
  if (feed === undefined)
    return {
      status: 200,
      headers: { "content-type": "text/html" },
      body: htmlPage(`Story ${url.pathname}`, `Text of ${url.href}.`),
    };
  const i = Number(feed);
  const temper = temperOf(i);
  const now = clock.now();
  if (temper === "fails") return { status: 500, headers: {}, body: "" };
  if (temper === "gone") return { status: 410, headers: {}, body: "" };
  if (temper === "busy" && Math.floor(now / 600_000) % 2 === 0) {
    const host = hosts.get(url.host);
    if (host) host.restUntil = now + 300_000;
    return { status: 429, headers: { "retry-after": "300" }, body: "" };
  }
  if (temper === "moved" && !url.search)
    return { status: 301, headers: { location: `${url.pathname}?v=2` }, body: "" };
  // Items so far today; the newest ten stand in the feed.
  const count = Math.floor((perDay(i) * (now - START + 3_600_000)) / 86_400_000);
  const items = Array.from({ length: Math.min(10, count) }, (_, k) => ({
    url: `https://${url.host}/a/${i}-${count - k}`,
  }));
  return {
    status: 200,
    headers: { "content-type": "application/rss+xml", etag: `"${count}"` },
    body: rssOf(items),
  };
};

const exchange: Exchange = {
  send: async ({ url, headers }) => {
    const now = clock.now();
    const host = hosts.get(url.host) ?? { lastStart: Number.NEGATIVE_INFINITY, running: 0, restUntil: 0 };
    hosts.set(url.host, host);
    requests++;
    if (now - host.lastStart < PAUSE)
      faults.push(`${url.host}: ${now - host.lastStart} ms after the last start`);
    if (now < host.restUntil) faults.push(`${url.host}: asked while at rest`);
    host.lastStart = now;
    host.running++;
    running++;
    most = Math.max(most, running);
    if (host.running > PER_HOST) faults.push(`${url.host}: ${host.running} at once`);
    await clock.sleep(50 * (1 + Math.floor(clock.random() * 8)));
    host.running--;
    running--;
    const { status, headers: sent, body } = respond(url);
    if (sent["etag"] !== undefined && headers["if-none-match"] === sent["etag"])
      return { ok: true, status: 304, headers: sent, bytes: new Uint8Array() };
    return { ok: true, status, headers: sent, bytes: new TextEncoder().encode(body) };
  },
  close: async () => {},
};

// In memory where the system offers it: the simulation is about time, not about this machine's disk.
const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "dateline-sim-"));
const store = createSqliteStore({ folder, now: clock.now, cacheKiB: 16_000 });
const tools = plainTools();
const fetcher = createFetcher({ clock, exchange, pauseMs: PAUSE, perHost: PER_HOST, overall: 256 });
const intake = createIntake({ store, tools, clock });
const parts = { store, clock, tools, intake, fetcher, files: createFiles() };

const late: { readonly at: number; readonly ms: number }[] = [];
let polls = 0;
// How late a visit starts against what was planned: seen where the store hands out what is due.
const timed = {
  ...store,
  dueSources: async (at: string, limit: number) => {
    const due = await store.dueSources(at, limit);
    for (const s of due.slice(0, 50))
      late.push({ at: clock.now(), ms: clock.now() - Date.parse(s.nextPoll) });
    return due;
  },
};
await addFeeds(
  parts,
  Array.from({ length: SOURCES }, (_, i) => ({ url: urlOf(i) })),
);
const scheduler = createScheduler(
  { ...parts, store: timed },
  {
    concurrency: 256,
    rereads: false,
    onPoll: () => {
      polls++;
    },
    onError: (error, doing) => faults.push(`${doing}: ${String(error)}`),
  },
);
const stop = new AbortController();
const run = scheduler.run(stop.signal);
const began = performance.now();
const memory: number[] = [];
for (let minute = 1; minute <= MINUTES; minute++) {
  await clock.advanceTo(START + minute * 60_000);
  if (minute % 5 !== 0) continue;
  globalThis.gc?.();
  const heap = process.memoryUsage().heapUsed / 1_048_576;
  memory.push(heap);
  const stats = await store.stats();
  console.log(
    `minute ${String(minute).padStart(3)}: ${polls} visits, ${requests} requests, ${stats.articles} articles, heap ${heap.toFixed(0)} MiB, rss ${Math.round(process.memoryUsage().rss / 1_048_576)} MiB, ${((performance.now() - began) / 1000).toFixed(0)} s of work`,
  );
}
stop.abort();
await clock.advanceTo(START + (MINUTES + 2) * 60_000);
await run;

const quantile = (from: number, to: number, q: number): number => {
  const list = late
    .filter((l) => l.at >= START + from * 60_000 && l.at < START + to * 60_000)
    .map((l) => l.ms)
    .sort((a, b) => a - b);
  return list[Math.min(list.length - 1, Math.floor(q * list.length))] ?? 0;
};
const first = quantile(0, MINUTES / 2, 0.95);
const last = quantile(MINUTES / 2, MINUTES, 0.95);
const drift = last > Math.max(5000, first * 2);
const middle = memory[Math.floor(memory.length / 2)] ?? 0;
const end = memory.at(-1) ?? 0;
const grows = end > middle * 1.5 + 30;
const sources = await store.sources();
console.log(
  `${SOURCES} sources on ${hosts.size} hosts, ${MINUTES} simulated minutes: ${polls} visits, ${requests} requests, at most ${most} at once`,
);
console.log(
  `pace: ${faults.length === 0 ? "kept at every host" : `${faults.length} faults, such as ${faults.slice(0, 5).join("; ")}`}`,
);
console.log(
  `lateness p95: first half ${(first / 1000).toFixed(1)} s, second half ${(last / 1000).toFixed(1)} s; at worst ${(quantile(0, MINUTES, 1) / 1000).toFixed(1)} s${drift ? " — DRIFTS" : ""}`,
);
console.log(
  `heap: ${middle.toFixed(0)} MiB half way, ${end.toFixed(0)} MiB at the end${grows ? " — GROWS" : ""}`,
);
console.log(
  `sources: ${sources.filter((s) => s.state === "retired").length} retired, ${sources.filter((s) => s.failures > 0).length} failing, ${sources.filter((s) => s.url.includes("v=2")).length} at a new address`,
);
await store.close();
rmSync(folder, { recursive: true, force: true });
process.exit(faults.length > 0 || drift || grows ? 1 : 0);
