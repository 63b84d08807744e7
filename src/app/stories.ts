/** Builds the records of stories whose articles changed, newest first, a few at a time. */
import type { CopyLink, StoryId } from "../model/index.ts";
import type { Clock, Store } from "../ports/index.ts";
import type { Tools } from "./tools.ts";

export type StoryParts = { readonly store: Store; readonly tools: Tools; readonly clock: Clock };

/** A story of thousands of copies is built from its newest so many articles, originals first. */
const MOST_ARTICLES = 400;

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
  const { story, incidents } = tools.buildStory({
    id,
    readings,
    rows: chosen,
    links,
    outlets: await store.outlets(),
    now: new Date(parts.clock.now()).toISOString(),
  });
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
