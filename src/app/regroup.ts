/** What the grouper moved → the store: stories that went into others, then each article to where it stands now. */
import type { ArticleId, StoryId } from "../model/index.ts";
import type { Store } from "../ports/index.ts";
import type { Tools } from "./tools.ts";

export const assignAll = async (store: Store, moved: ReadonlyMap<ArticleId, StoryId>): Promise<void> => {
  const to = new Map<StoryId, ArticleId[]>();
  for (const [id, story] of moved) to.set(story, [...(to.get(story) ?? []), id]);
  for (const [story, ids] of to) await store.assignStory(ids, story);
};

/** Clusters afresh what is in doubt after a batch, and saves what changed. */
export const settleStories = async ({
  store,
  tools,
}: {
  readonly store: Store;
  readonly tools: Tools;
}): Promise<void> => {
  const settled = tools.settle?.();
  if (!settled) return;
  // The grouper knows ids as plain text; it was given branded ones.
  for (const m of settled.merged) await store.moveStory(m.from as StoryId, m.to as StoryId);
  await assignAll(store, new Map(settled.moved.map((m) => [m.articleId as ArticleId, m.to as StoryId])));
};
