/**
 * A long run: articles come in and pages are read, both at a steady pace. Prints minute by minute what memory does and how long
 * pages take: `node --expose-gc --import tsx bench/soak.ts FOLDER [MINUTES [PER_SECOND]]`, FOLDER being new. Memory that is needed
 * levels off; memory that is lost does not.
 */
import { createSqliteStore } from "../src/adapters/store-sqlite/index.ts";
import { site } from "../src/web/test-site.ts";
import { createChoices, filingOf, LANDS, OUTLET_ROWS, personOf, WINDOW, wordOf } from "./archive.ts";
import { buildStories } from "./fill.ts";

const [folder = "/tmp/dateline-soak", minutes = "10", perSecond = "10"] = process.argv.slice(2);
const store = createSqliteStore({ folder });
await store.putOutlets(OUTLET_ROWS);
const clock = { now: () => Date.now() };
const { ask } = await site({ store, clock });
const total = Math.ceil(Number(minutes) * 60 * Number(perSecond));
const end = Date.now();
const choose = createChoices(total);

const code = (i: number): string => LANDS[i % LANDS.length]?.code ?? "CHL";
const PAGES: readonly ((i: number) => string | Promise<string>)[] = [
  (i) => `/?n=${i}`,
  () => "/headlines",
  () => "/world",
  () => "/latest",
  (i) => `/country/${code(i)}`,
  (i) => `/search?q=${wordOf(i % 900)}`,
  (i) => `/actor/${encodeURIComponent(personOf(i % 400).key)}`,
  async (i) => {
    const { rows } = await store.stories({ sort: "newest" }, { limit: 50 });
    return `/story/${rows[i % rows.length]?.id ?? ""}`;
  },
  async (i) => `/article/${(await store.latest({}, { limit: 50 })).rows[i % 50]?.id ?? ""}`,
  () => "/feeds/latest.rss",
];

const p95 = (list: number[]): string =>
  (list.toSorted((a, b) => a - b)[Math.floor(list.length * 0.95)] ?? 0).toFixed(1);
const mib = (bytes: number): number => Math.round(bytes / 1024 / 1024);

const started = performance.now();
let filed = 0;
let asked = 0;
let failed = 0;
let minute = 0;
let times: number[] = [];
while (filed < total) {
  const part = Array.from({ length: Math.min(WINDOW, total - filed) }, (_, j) =>
    filingOf(filed + j, total, end, choose(filed + j)),
  );
  await store.saveFilings(part);
  await buildStories(store, part, new Date(end).toISOString());
  for (let k = 0; k < part.length; k++) {
    const wait = started + (1000 * (filed + k)) / Number(perSecond) - performance.now();
    if (wait > 0) await new Promise((later) => setTimeout(later, wait));
    const path = (await PAGES[asked % PAGES.length]?.(asked)) ?? "/";
    const before = performance.now();
    const answer = await ask(path);
    await answer.text();
    times.push(performance.now() - before);
    if (answer.status >= 500) failed++;
    asked++;
    const now = Math.floor((performance.now() - started) / 60_000);
    if (now > minute) {
      minute = now;
      globalThis.gc?.();
      const { heapUsed, rss } = process.memoryUsage();
      console.log(
        `minute ${minute}: ${filed + k} articles, ${asked} pages, p95 ${p95(times)} ms, heap ${mib(heapUsed)} MiB, memory ${mib(rss)} MiB, ${failed} failures`,
      );
      times = [];
    }
  }
  filed += part.length;
}
await store.close();
