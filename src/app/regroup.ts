/** What the grouper moved and what people hold by hand → the store: stories that went into others, then each article to where it stands now. */
import type { ArticleId, StoryId } from "../model/index.ts";
import type { Store } from "../ports/index.ts";
import { holdingsOf } from "../stories/hand.ts";
import type { Tools } from "./tools.ts";

export const assignAll = async (store: Store, moved: ReadonlyMap<ArticleId, StoryId>): Promise<void> => {
  const to = new Map<StoryId, ArticleId[]>();
  for (const [id, story] of moved) to.set(story, [...(to.get(story) ?? []), id]);
  for (const [story, ids] of to) await store.assignStory(ids, story);
};

type Parts = { readonly store: Store; readonly tools?: Tools | undefined };

/** Tells the grouper what is held by hand, and mends the store where a report stands elsewhere. */
export const holdByHand = async ({ store, tools }: Parts): Promise<void> => {
  const { pins, apart } = holdingsOf(await store.decisions());
  tools?.hold?.({ pins, apart });
  const moved = new Map<ArticleId, StoryId>();
  for (const row of await store.rows([...pins.keys()])) {
    // Ids of decisions are those of stories.
    const wanted = pins.get(row.id) as StoryId;
    if (row.storyId !== wanted) moved.set(row.id, wanted);
  }
  await assignAll(store, moved);
};

/** Clusters afresh what is in doubt after a batch, and saves what changed. */
export const settleStories = async (parts: {
  readonly store: Store;
  readonly tools: Tools;
}): Promise<void> => {
  const { store, tools } = parts;
  await holdByHand(parts);
  const settled = tools.settle?.();
  if (settled) {
    // The grouper knows ids as plain text; it was given branded ones.
    for (const m of settled.merged) await store.moveStory(m.from as StoryId, m.to as StoryId);
    await assignAll(store, new Map(settled.moved.map((m) => [m.articleId as ArticleId, m.to as StoryId])));
  }
};
