/** What the maps and lists of the world are drawn from: reports read by country, events with and without a place. */
import { type Incident, primaryLanguage, stands } from "../../model/index.ts";
import type { CoverageTotal, ListFilter } from "../../ports/index.ts";
import type { Ctx } from "../context.ts";
import type { Pin, WorldCounts } from "../ui/map.tsx";
import { placeHref } from "../ui/place-link.ts";
import { dayOf, isCountry } from "../ui/words.ts";

export type World = WorldCounts & {
  readonly languages: readonly (readonly [string, number])[];
  readonly incidents: readonly Incident[];
  readonly from: number;
  readonly to: number;
};

const DAY = 86_400_000;

/** The archive's own present: when its newest dated report was published, and a filter that ends there. */
export type Present = { readonly newest: number; readonly filter: ListFilter };

/**
 * Pages that give no date are sorted by when they were first seen, so a folder of old pages read today would stand before
 * all news. When the newest dated report is more than a day old, lists therefore end at its time.
 */
export async function presentOf(ctx: Ctx): Promise<Present> {
  let after: string | undefined;
  let first: number | undefined;
  for (let page = 0; page < 8; page++) {
    // Nearly always the first line has a date; a folder of undated pages takes some more looking.
    const list = await ctx.store.latest(ctx.filter, { limit: page === 0 ? 5 : 100, after });
    first ??= list.rows[0]?.sortTime;
    const dated = list.rows.find((r) => r.published !== undefined && r.published.length >= 10);
    if (dated !== undefined) {
      const newest = Math.min(ctx.now, dated.sortTime);
      const old = ctx.now - newest > DAY;
      return { newest, filter: old ? { ...ctx.filter, until: newest + DAY / 4 } : ctx.filter };
    }
    after = list.next;
    if (after === undefined) break;
  }
  return { newest: Math.min(ctx.now, first ?? ctx.now), filter: ctx.filter };
}

/** Silence is measured against the three weeks before a span, and at most two months. */
const BEFORE = 21;

export async function loadWorld(ctx: Ctx, present: Present, days: number): Promise<World> {
  const { newest: to, filter } = present;
  const { store } = ctx;
  const from = to - days * DAY;
  const lately = Date.parse(dayOf(to - 3 * DAY, ctx.zone));
  const since = Date.parse(dayOf(from, ctx.zone));
  const [totals, spoken, before, now, incidents] = await Promise.all([
    store.coverageTotals({ ...filter, since }, "country"),
    store.coverageTotals({ ...filter, since }, "language"),
    store.coverageTotals(
      { ...filter, since: to - (Math.min(days, 30) + BEFORE) * DAY, until: lately },
      "country",
    ),
    store.coverageTotals({ ...filter, since: lately }, "country"),
    store.incidents({ ...filter, since: from }, { limit: 400 }),
  ]);
  const reports = new Map(totals.filter((c) => isCountry(c.value)).map((c) => [c.value, c.articles]));
  const languages = new Map<string, number>();
  for (const { value, articles } of spoken)
    languages.set(primaryLanguage(value), (languages.get(primaryLanguage(value)) ?? 0) + articles);
  const { pins, countryOnly } = pinsOf(ctx, incidents.rows);
  return {
    reports,
    silent: silentCountries(before, now),
    pins,
    countryOnly,
    languages: [...languages].toSorted((a, b) => b[1] - a[1]),
    incidents: incidents.rows,
    from,
    to,
  };
}

/** Countries that had two reports a day or more before and now, over three days, have less than a third of that. */
export function silentCountries(
  before: readonly CoverageTotal[],
  now: readonly CoverageTotal[],
): ReadonlySet<string> {
  const lately = new Map(now.map((t) => [t.value, t.articles]));
  return new Set(
    before
      .filter(({ value, articles, days = 0 }) => {
        const usual = articles / Math.max(1, days);
        return days >= 5 && usual >= 2 && (lately.get(value) ?? 0) / 3 < usual / 3;
      })
      .map((t) => t.value),
  );
}

/** Incidents at one place become one pin. Statements and decrees have no place and get none, nor does what did not stand. */
export function pinsOf(
  ctx: Ctx,
  incidents: readonly Incident[],
): { readonly pins: readonly Pin[]; readonly countryOnly: ReadonlyMap<string, number> } {
  const pins = new Map<string, Pin>();
  const countryOnly = new Map<string, number>();
  for (const incident of incidents.filter(stands)) {
    const place = incident.place;
    if (place === undefined) continue;
    if (place.lat === undefined || place.lon === undefined || place.precision >= 6) {
      if (place.country !== undefined)
        countryOnly.set(place.country, (countryOnly.get(place.country) ?? 0) + 1);
      continue;
    }
    const key = `${place.name} ${place.country ?? ""}`;
    const known = pins.get(key);
    pins.set(key, {
      name: place.name,
      country: place.country,
      lat: place.lat,
      lon: place.lon,
      precision: place.precision,
      count: (known?.count ?? 0) + 1,
      href: placeHref(ctx, place),
    });
  }
  return { pins: [...pins.values()], countryOnly };
}
