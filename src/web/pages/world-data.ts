/** What the maps and lists of the world are drawn from: reports read by country, events with and without a place. */
import type { Incident } from "../../model/index.ts";
import type { CoverageCell, ListFilter } from "../../ports/index.ts";
import type { Ctx } from "../context.ts";
import type { Pin, WorldCounts } from "../ui/map.tsx";
import { dayOf, isCountry } from "../ui/words.ts";

export type World = WorldCounts & {
  readonly languages: readonly (readonly [string, number])[];
  readonly incidents: readonly Incident[];
  readonly from: number;
  readonly to: number;
};

const DAY = 86_400_000;
/** "en-NZ" → "en" */
export const primary = (tag: string): string => tag.split("-")[0] ?? tag;

/** The archive's own present: when its newest dated report was published, and a filter that ends there. */
export type Present = { readonly newest: number; readonly filter: ListFilter };

/**
 * Pages that give no date are sorted by when they were first seen, so a folder of old pages read today would stand before
 * all news. When the newest dated report is more than a day old, lists therefore end at its time.
 */
export async function presentOf(ctx: Ctx): Promise<Present> {
  let after: string | undefined;
  let first: number | undefined;
  for (let page = 0; page < 6; page++) {
    const list = await ctx.store.latest(ctx.filter, { limit: 100, after });
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

export async function loadWorld(ctx: Ctx, present: Present, days: number): Promise<World> {
  const { newest: to, filter } = present;
  const from = to - days * DAY;
  const [cells, incidents] = await Promise.all([
    ctx.store.coverage({ ...filter, since: to - (days + 21) * DAY }),
    ctx.store.incidents({ ...filter, since: from }, { limit: 400 }),
  ]);
  const first = dayOf(from, ctx.zone);
  const reports = new Map<string, number>();
  const languages = new Map<string, number>();
  for (const cell of cells) {
    if (cell.day < first) continue;
    const language = primary(cell.language);
    languages.set(language, (languages.get(language) ?? 0) + cell.articles);
    if (isCountry(cell.country)) reports.set(cell.country, (reports.get(cell.country) ?? 0) + cell.articles);
  }
  const { pins, countryOnly } = pinsOf(ctx, incidents.rows);
  return {
    reports,
    silent: silentCountries(cells, dayOf(to - 3 * DAY, ctx.zone)),
    pins,
    countryOnly,
    languages: [...languages].toSorted((a, b) => b[1] - a[1]),
    incidents: incidents.rows,
    from,
    to,
  };
}

/** Countries that had two reports a day or more before and now have less than a third of that. */
export function silentCountries(cells: readonly CoverageCell[], since: string): ReadonlySet<string> {
  const before = new Map<string, { reports: number; days: Set<string> }>();
  const now = new Map<string, number>();
  for (const c of cells) {
    if (c.day >= since) now.set(c.country, (now.get(c.country) ?? 0) + c.articles);
    else {
      const seen = before.get(c.country) ?? { reports: 0, days: new Set<string>() };
      seen.reports += c.articles;
      seen.days.add(c.day);
      before.set(c.country, seen);
    }
  }
  const silent = [...before].filter(([country, b]) => {
    const usual = b.reports / Math.max(1, b.days.size);
    return b.days.size >= 5 && usual >= 2 && (now.get(country) ?? 0) / 3 < usual / 3;
  });
  return new Set(silent.map(([country]) => country));
}

/** Incidents at one place become one pin. Statements and decrees have no place and get none. */
export function pinsOf(
  ctx: Ctx,
  incidents: readonly Incident[],
): { readonly pins: readonly Pin[]; readonly countryOnly: ReadonlyMap<string, number> } {
  const pins = new Map<string, Pin>();
  const countryOnly = new Map<string, number>();
  for (const incident of incidents) {
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
      href: ctx.href("/search", { q: place.name, country: place.country }),
    });
  }
  return { pins: [...pins.values()], countryOnly };
}
