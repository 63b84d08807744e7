/** The numbers a search by numbers found: of each article those that lie in the range asked for, in the order of the text. */
import type { Quantity, SearchQuery } from "../../model/index.ts";
import type { Ctx } from "../context.ts";
import { pointOf } from "./numbers.ts";

export const asksNumbers = (query: SearchQuery): boolean =>
  query.measure !== undefined || query.min !== undefined || query.max !== undefined;

/** `isFound({measure: "killed", min: 100})(quantity)` → whether the search meant it. */
export const isFound =
  ({ measure, min, max }: SearchQuery) =>
  (q: Quantity): boolean => {
    if (measure !== undefined && q.measure !== measure) return false;
    const value = pointOf(q);
    if (min !== undefined && (value === undefined || value < min)) return false;
    return max === undefined || (value !== undefined && value <= max);
  };

const BARE = /^[\d.,\s]+$/;

/** Numbers found by article; empty for a search that asks for none. Each in its words once. */
export async function foundNumbers(
  { store }: Pick<Ctx, "store">,
  query: SearchQuery,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly Quantity[]>> {
  if (!asksNumbers(query)) return new Map();
  const found = isFound(query);
  return new Map(
    await Promise.all(
      ids.map(async (id) => {
        const all = (await store.quantities(id)).filter(found);
        const firsts = new Map(all.toReversed().map((q) => [`${q.measure} ${q.words.toLowerCase()}`, q]));
        const each = [...firsts.values()].toReversed();
        // "225" says nothing beside "225 people".
        const said = new Set(each.filter((q) => !BARE.test(q.words)).map(pointOf));
        return [id, each.filter((q) => !BARE.test(q.words) || !said.has(pointOf(q)))] as const;
      }),
    ),
  );
}
