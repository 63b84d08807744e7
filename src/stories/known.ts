/** Reading → when what it says became known to the public: its publication where stated, else when we first saw it. */
import type { Reading } from "../model/index.ts";

export type Known = {
  /** Milliseconds. */
  readonly ms: number;
  /** ISO 8601 in UTC. */
  readonly at: string;
};

const padded = (value: string): string => {
  if (/^\d{4}$/.test(value)) return `${value}-01-01`;
  if (/^\d{4}-\d{2}$/.test(value)) return `${value}-01`;
  const hour = value.replace(/T(\d{2})(Z|[+-].*)?$/, "T$1:00$2");
  return hour.includes("T") && !/(Z|[+-]\d{2}:\d{2})$/.test(hour) ? `${hour}Z` : hour;
};

/** Milliseconds of a date cut at its precision; the start of a day or month; without zone read as UTC. */
export const instantOf = (value: string): number => Date.parse(padded(value));

export const knownAt = ({ article }: Reading): Known => {
  const stated = article.published;
  const usable = stated !== undefined && !["year", "month"].includes(stated.precision);
  const published = usable ? instantOf(stated.value) : Number.NaN;
  const ms = Number.isFinite(published) ? published : Date.parse(article.firstSeen);
  return { ms, at: new Date(ms).toISOString() };
};

/** Oldest first; of equals by id, so that the order is always the same. */
export const oldestFirst = (readings: readonly Reading[]): Reading[] =>
  [...readings].sort((a, b) => knownAt(a).ms - knownAt(b).ms || (a.article.id < b.article.id ? -1 : 1));
