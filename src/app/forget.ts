/** Forgetting: an article and everything derived from it go, its story is built again without it, and it does not come back. */
import type { Clock, Store } from "../ports/index.ts";
import { buildStories } from "./stories.ts";
import type { Tools } from "./tools.ts";

export const forget = async (
  parts: { readonly store: Store; readonly clock: Clock; readonly tools?: Tools | undefined },
  url: string,
): Promise<{ readonly forgotten: number }> => {
  const { store, clock, tools } = parts;
  const result = await store.forget(url, new Date(clock.now()).toISOString());
  if (tools) await buildStories({ store, clock, tools });
  return result;
};
