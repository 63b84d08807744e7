/** Fills a store with the invented archive of bench/archive.ts and builds its stories; goes on where it stopped. */
import type { Filing } from "../src/model/index.ts";
import type { Store } from "../src/ports/index.ts";
import { buildStory } from "../src/stories/build.ts";
import { createChoices, filingOf, OUTLET_ROWS, sourceOf, WINDOW } from "./archive.ts";

const END = "bench:end";

/** The moment at which the archive ends: kept in it, so that filling goes on with the same articles. */
export const endOf = async (store: Store): Promise<number> => {
  const kept = await store.setting(END);
  if (typeof kept === "number") return kept;
  const now = Date.now();
  await store.putSetting(END, now);
  return now;
};

/** Stories whose articles are all in the batch are built from it at once; the long ones wait for the end. */
export const buildStories = async (store: Store, filings: readonly Filing[], now: string): Promise<void> => {
  const groups = new Map<string, Filing[]>();
  for (const f of filings) groups.set(f.storyId, [...(groups.get(f.storyId) ?? []), f]);
  const built = [...groups].flatMap(([id, members]) => {
    const made = buildStory({
      id: members[0]?.storyId ?? (id as Filing["storyId"]),
      readings: members.map((m) => m.reading),
      links: members.flatMap((m) => m.copies),
      outlets: OUTLET_ROWS,
      now,
    });
    return made === undefined ? [] : [made];
  });
  await store.saveStories(built.map((b) => b.story));
  for (const { story, incidents } of built)
    if (incidents.length > 0) await store.saveIncidents(story.id, incidents);
};

export const fill = async (store: Store, wanted: number): Promise<void> => {
  const have = (await store.stats()).articles;
  if (have >= wanted) return;
  const end = await endOf(store);
  await store.putOutlets(OUTLET_ROWS);
  for (let i = 0; i < 200; i++) await store.putSource(sourceOf(i));
  const choose = createChoices(wanted);
  const start = performance.now();
  let written = 0;
  for (let from = 0; from < wanted; from += WINDOW) {
    const choices = Array.from({ length: Math.min(WINDOW, wanted - from) }, (_, j) => choose(from + j));
    if (from + choices.length <= have) continue;
    const filings = choices.map((c, j) => filingOf(from + j, wanted, end, c));
    const before = performance.now();
    await store.saveFilings(filings.slice(0, WINDOW / 2));
    await store.saveFilings(filings.slice(WINDOW / 2));
    written += performance.now() - before;
    await buildStories(store, filings, new Date(end).toISOString());
    if (from % 20_000 === 0)
      console.log(
        `${from} articles, ${((from + WINDOW - have) / ((performance.now() - start) / 1000)).toFixed(0)}/s with stories, ` +
          `${((from + WINDOW - have) / (written / 1000)).toFixed(0)}/s saved, ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
      );
  }
  console.log(`filled: ${((wanted - have) / (written / 1000)).toFixed(0)} articles/s saved`);
  for (let stale = await store.staleStories(500); stale.length > 0; stale = await store.staleStories(500))
    for (const id of stale) {
      const rows = (await store.storyArticles(id)).slice(-400);
      const readings = await store.readings(rows.map((r) => r.id));
      const links = await Promise.all(rows.map(async (r) => (await store.copyLinks(r.id)).originals));
      const made = buildStory({
        id,
        readings,
        links: links.flat(),
        outlets: OUTLET_ROWS,
        now: new Date(end).toISOString(),
      });
      if (made === undefined) break;
      // The record counts the whole story, also the part it was not built from.
      const articles = (await store.storyArticles(id)).map((r) => r.id);
      await store.saveStories([{ ...made.story, articles }]);
      await store.saveIncidents(id, made.incidents);
    }
};
