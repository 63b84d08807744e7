/**
 * Articles of an outlet → how active it is at each hour of the day, against its own mean: an hour in which an outlet seldom
 * publishes makes a report of it more telling. Kept in memory for an hour per outlet.
 */
import type { Store } from "../ports/index.ts";

const HOUR = 3_600_000;
/** Articles looked at, newest first. */
const LOOKED_AT = 300;
/** Articles an outlet is thought to have had in each hour before any was seen: one of few articles has no rhythm yet. */
const PRIOR = 2;
/** Outlets that are asked for one story; more say nothing new about the hour. */
const MOST_OUTLETS = 24;

type Hours = readonly number[];

export const createOutletHours = (store: Store, now: () => number) => {
  const known = new Map<string, { readonly at: number; readonly hours: Hours }>();
  const hoursOf = async (outletId: string): Promise<Hours> => {
    const before = known.get(outletId);
    if (before && now() - before.at < HOUR) return before.hours;
    const counts = new Array<number>(24).fill(PRIOR);
    const { rows } = await store.latest({ outletId }, { limit: LOOKED_AT });
    for (const row of rows) {
      // A day without a time of day says nothing about the hour.
      if (row.published === undefined || row.published.length <= 10) continue;
      const hour = new Date(row.sortTime).getUTCHours();
      counts[hour] = (counts[hour] ?? 0) + 1;
    }
    const mean = counts.reduce((sum, n) => sum + n, 0) / 24;
    const hours = counts.map((n) => n / mean);
    known.set(outletId, { at: now(), hours });
    return hours;
  };
  /** Mean activity of the outlets in an hour; 1 is usual. */
  return async (outletIds: readonly string[]): Promise<(hourStartMs: number) => number> => {
    const all = await Promise.all(outletIds.slice(0, MOST_OUTLETS).map(hoursOf));
    return (ms) => {
      if (all.length === 0) return 1;
      const hour = new Date(ms).getUTCHours();
      return all.reduce((sum, hours) => sum + (hours[hour] ?? 1), 0) / all.length;
    };
  };
};
