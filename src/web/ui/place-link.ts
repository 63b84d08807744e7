/** The page of a place by its name and country; of a country, where no more is known. */
import type { Incident } from "../../model/index.ts";
import type { Ctx } from "../context.ts";

export const placeHref = (ctx: Ctx, place: NonNullable<Incident["place"]>): string =>
  place.country === undefined
    ? ctx.href("/search", { q: place.name })
    : place.precision === 6
      ? ctx.href(`/country/${place.country}`)
      : ctx.href(`/place/${encodeURIComponent(`${place.country}:${place.name}`)}`);
