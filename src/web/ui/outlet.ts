/** Outlets by their id: a row of the table, or what a report says of an outlet no table knows. */
import { type Outlet, type OutletId, primaryLanguage } from "../../model/index.ts";
import type { Facet } from "../../ports/index.ts";
import type { Ctx } from "../context.ts";

/** An outlet with or without a row; undefined when nothing of it was ever read. */
export async function outletOf({ store }: Pick<Ctx, "store">, id: string): Promise<Outlet | undefined> {
  const known = await store.outlet(id);
  if (known !== undefined) return known;
  const row = (await store.latest({ outletId: id }, { limit: 1 })).rows[0];
  return row === undefined
    ? undefined
    : {
        id: id as OutletId,
        name: row.outletName,
        hosts: [],
        languages: [primaryLanguage(row.language)],
        kind: "unknown",
        stateControl: "unknown",
        admiralty: "F",
        demo: row.demo,
      };
}

/** Names of the outlets of a facet. */
export const outletNames = async (
  ctx: Pick<Ctx, "store">,
  facet: readonly Facet[],
): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (await Promise.all(facet.map((f) => outletOf(ctx, f.value)))).flatMap((o) =>
      o === undefined ? [] : [[o.id as string, o.name] as const],
    ),
  );
