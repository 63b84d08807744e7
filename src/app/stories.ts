/** Builds the records of stories whose articles changed, newest first, a few at a time. */
import type { ArticleRow, CopyLink, Reading, StoryId } from "../model/index.ts";
import type { Clock, Store } from "../ports/index.ts";
import { type Bearer, surnamesAlone, withoutJoins } from "../stories/persons.ts";
import { settleStories } from "./regroup.ts";
import { createOutletHours } from "./rhythm-hours.ts";
import type { Tools } from "./tools.ts";

export type StoryParts = {
  readonly store: Store;
  readonly tools: Tools;
  readonly clock: Pick<Clock, "now">;
};

/** A story of thousands of copies is built from its newest so many articles, originals first. */
const MOST_ARTICLES = 400;

/** An archive that gets nothing new for so long is one of the past: its present is its newest report. */
const STILL_MS = 48 * 3_600_000;

/** The moment from which "the last hours" are counted, in milliseconds. */
export const presentOf = async ({ store, clock }: Pick<StoryParts, "store" | "clock">): Promise<number> => {
  const now = clock.now();
  const newest = (await store.latest({ until: now }, { limit: 1 })).rows[0]?.sortTime;
  return newest === undefined || now - newest < STILL_MS ? now : newest + 60_000;
};

/** Builds stories that were growing again, since growth fades without any news. Returns how many. */
export const refreshBursts = async (parts: StoryParts): Promise<number> => {
  const { rows } = await parts.store.stories({ sort: "burst" }, { limit: 60 });
  const growing = rows.filter((r) => r.burst > 0);
  for (const row of growing) await buildOne(parts, row.id);
  return growing.length;
};

/** Rhythms of outlets are read once for all stories of a store. */
const rhythms = new WeakMap<Store, ReturnType<typeof createOutletHours>>();
const hoursOf = ({ store, clock }: StoryParts): ReturnType<typeof createOutletHours> => {
  const known = rhythms.get(store) ?? createOutletHours(store, () => clock.now());
  rhythms.set(store, known);
  return known;
};

/** A surname alone is looked for among those named so long before and after the story. */
const NAMED_WITHIN_MS = 30 * 86_400_000;

const bearersFor = async (
  store: Store,
  rows: readonly ArticleRow[],
  readings: readonly Reading[],
): Promise<(surname: string) => readonly Bearer[]> => {
  const surnames = surnamesAlone(readings.map(withoutJoins));
  if (surnames.length === 0) return () => [];
  const times = rows.map((r) => r.sortTime);
  const counts = new Map<string, number>();
  for (const code of rows.flatMap((r) => r.countries)) counts.set(code, (counts.get(code) ?? 0) + 1);
  const known = await store.bearers(surnames, {
    since: Math.min(...times) - NAMED_WITHIN_MS,
    until: Math.max(...times) + NAMED_WITHIN_MS,
    country: [...counts].sort((a, b) => b[1] - a[1])[0]?.[0],
  });
  return (surname) => known.get(surname) ?? [];
};

export const buildOne = async (parts: StoryParts, id: StoryId): Promise<boolean> => {
  const { store, tools } = parts;
  if (!tools.buildStory) return false;
  const all = await store.storyArticles(id);
  if (all.length === 0) return false;
  const chosen =
    all.length <= MOST_ARTICLES
      ? all
      : [
          ...all.filter((r) => r.copyOf === undefined).slice(-MOST_ARTICLES),
          ...all.filter((r) => r.copyOf !== undefined),
        ]
          .slice(0, MOST_ARTICLES)
          .sort((a, b) => a.sortTime - b.sortTime);
  const readings = await store.readings(chosen.map((r) => r.id));
  const links: CopyLink[] = [];
  for (const row of chosen)
    if (row.copyOf !== undefined) links.push(...(await store.copyLinks(row.id)).originals);
  const { story, incidents, joins } = tools.buildStory({
    id,
    readings,
    rows: chosen,
    links,
    outlets: await store.outlets(),
    now: new Date(await presentOf(parts)).toISOString(),
    activity: await hoursOf(parts)([...new Set(chosen.map((r) => r.outletId))]),
    decisions: await store.decisions(),
    bearers: await bearersFor(store, chosen, readings),
  });
  if (joins !== undefined)
    await store.saveJoins(
      chosen.map((r) => r.id),
      joins,
    );
  // The record counts the whole story, also the part it was not built from.
  await store.saveStories([
    all.length === chosen.length ? story : { ...story, articles: all.map((r) => r.id) },
  ]);
  await store.saveIncidents(id, incidents);
  return true;
};

/** Builds stale stories until none is left, the limit is reached or the signal aborts. Returns how many were built. */
export const buildStories = async (
  parts: StoryParts,
  options: {
    readonly limit?: number | undefined;
    readonly signal?: AbortSignal | undefined;
    readonly onError?: ((id: StoryId, error: unknown) => void) | undefined;
  } = {},
): Promise<number> => {
  await settleStories(parts);
  if (!parts.tools.buildStory) return 0;
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  let built = 0;
  const tried = new Set<string>();
  while (built < limit && !options.signal?.aborted) {
    const stale = (await parts.store.staleStories(200)).filter((id) => !tried.has(id));
    if (stale.length === 0) break;
    for (const id of stale) {
      if (built >= limit || options.signal?.aborted) return built;
      tried.add(id);
      try {
        if (await buildOne(parts, id)) built++;
      } catch (error) {
        // One story that cannot be built must not keep the others from it.
        if (!options.onError) throw error;
        options.onError(id, error);
      }
      await new Promise<void>((turn) => {
        setImmediate(turn);
      });
    }
  }
  return built;
};
