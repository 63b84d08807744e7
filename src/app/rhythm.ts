/**
 * When to ask a source again, and how it is doing: pure arithmetic on what was seen. The pace follows the source's own (about
 * two visits for one new item), within what the source asks for (ttl, skipHours, skipDays, Cache-Control, Retry-After); failures
 * double it. Means are exponentially weighted, so that one number per source is all the memory it takes.
 */
import type { Feed, Source } from "../model/index.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const LEAST_MINUTES = 10;
export const MOST_MINUTES = 12 * 60;
/** What a new source is asked at until its rhythm is known. */
export const FIRST_MINUTES = 30;

const clamp = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x));

/** Exponentially weighted mean of a rate after `days` in which `items` came, with a memory of `memoryDays`. */
export const weighted = (mean: number, items: number, days: number, memoryDays: number): number => {
  if (days <= 0) return mean;
  const share = 1 - Math.exp(-days / memoryDays);
  return mean + share * (items / days - mean);
};

export type Asked = {
  readonly ttlMinutes?: number | undefined;
  /** max-age of Cache-Control in seconds. */
  readonly maxAge?: number | undefined;
  readonly skipHours?: readonly number[] | undefined;
  readonly skipDays?: readonly string[] | undefined;
  /** Milliseconds since 1970. */
  readonly retryAt?: number | undefined;
};

export const askedBy = (
  feed: Pick<Feed, "ttlMinutes" | "skipHours" | "skipDays"> | undefined,
  headers: Readonly<Record<string, string>>,
): Asked => {
  const age = /(?:^|[,\s])max-age\s*=\s*"?(\d{1,9})/i.exec(headers["cache-control"] ?? "")?.[1];
  return {
    ttlMinutes: feed?.ttlMinutes,
    skipHours: feed?.skipHours,
    skipDays: feed?.skipDays,
    ...(age === undefined ? {} : { maxAge: Number(age) }),
  };
};

/** Minutes between two visits to a source that answers. */
export const intervalOf = (itemsPerDay: number, asked: Asked): number => {
  const own = itemsPerDay <= 0 ? MOST_MINUTES : (24 * 60) / (itemsPerDay * 2);
  // Feeds ask for a day, caches for a year; a newspaper that does would never be news.
  const wish = Math.max(Math.min(asked.ttlMinutes ?? 0, 24 * 60), Math.min((asked.maxAge ?? 0) / 60, 6 * 60));
  return Math.max(clamp(own, LEAST_MINUTES, MOST_MINUTES), wish);
};

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** The moment, or the first hour after it in which the feed may be read. */
export const allowedFrom = (ms: number, asked: Asked): number => {
  const hours = new Set(asked.skipHours ?? []);
  const days = new Set((asked.skipDays ?? []).map((d) => d.toLowerCase()));
  if (hours.size >= 24 || days.size >= 7) return ms;
  let at = ms;
  for (let i = 0; i < 24 * 8; i++) {
    const d = new Date(at);
    if (!hours.has(d.getUTCHours()) && !days.has(WEEKDAYS[d.getUTCDay()] ?? "")) return at;
    at = Math.floor(at / HOUR) * HOUR + HOUR;
  }
  return ms;
};

/** Visits after failures: twice as long each time, a day at most. */
export const backoffMinutes = (interval: number, failures: number): number =>
  Math.min(24 * 60, Math.max(LEAST_MINUTES, interval) * 2 ** Math.min(10, failures));

/** A tenth to and fro, so that sources that started together drift apart. */
export const jittered = (minutes: number, random: number): number => minutes * MINUTE * (0.9 + 0.2 * random);

export type Visit = {
  readonly at: number;
  readonly newItems: number;
  /** Pages of this visit that yielded text, of those that were read. */
  readonly pagesRead?: number | undefined;
  readonly pagesWithText?: number | undefined;
  readonly asked: Asked;
};

const iso = (ms: number): string => new Date(ms).toISOString();

/** A source after a visit that succeeded. */
export const afterSuccess = (source: Source, visit: Visit, random: number): Source => {
  const added = Date.parse(source.added);
  const last = source.lastSuccess === undefined ? undefined : Date.parse(source.lastSuccess);
  // The first visit finds what has gathered; it says nothing about the rhythm.
  const days = last === undefined ? 0 : Math.max(0, (visit.at - last) / DAY);
  const itemsPerDay =
    last === undefined ? Math.min(48, visit.newItems) : weighted(source.itemsPerDay, visit.newItems, days, 3);
  const old = visit.at - added >= 7 * DAY;
  const usual =
    source.usualPerDay === undefined
      ? old
        ? itemsPerDay
        : undefined
      : weighted(source.usualPerDay, visit.newItems, days, 28);
  const read = visit.pagesRead ?? 0;
  const textShare =
    read === 0
      ? source.textShare
      : source.textShare === undefined
        ? (visit.pagesWithText ?? 0) / read
        : source.textShare + (1 - 0.9 ** read) * ((visit.pagesWithText ?? 0) / read - source.textShare);
  const intervalMinutes = intervalOf(itemsPerDay, visit.asked);
  const next = Math.max(visit.asked.retryAt ?? 0, visit.at + jittered(intervalMinutes, random));
  const { lastError: _, alarm: __, ...rest } = source;
  const done: Source = {
    ...rest,
    lastTried: iso(visit.at),
    lastSuccess: iso(visit.at),
    ...(visit.newItems > 0 ? { lastNew: iso(visit.at) } : {}),
    failures: 0,
    itemsPerDay,
    ...(usual === undefined ? {} : { usualPerDay: usual }),
    ...(textShare === undefined ? {} : { textShare }),
    intervalMinutes,
    nextPoll: iso(allowedFrom(next, visit.asked)),
  };
  const alarm = alarmOf(done, visit.at);
  return alarm === undefined ? done : { ...done, alarm };
};

export const afterFailure = (
  source: Source,
  at: number,
  error: string,
  random: number,
  more: { readonly retryAt?: number | undefined; readonly gone?: boolean | undefined } = {},
): Source => {
  const failures = source.failures + 1;
  const next = Math.max(
    more.retryAt ?? 0,
    at + jittered(backoffMinutes(source.intervalMinutes, failures - 1), random),
  );
  const failed: Source = {
    ...source,
    state: more.gone ? "retired" : source.state,
    lastTried: iso(at),
    lastError: error,
    failures,
    nextPoll: iso(next),
  };
  const { alarm: _, ...rest } = failed;
  const alarm = alarmOf(rest, at);
  return alarm === undefined ? rest : { ...rest, alarm };
};

const number = (x: number): string => (x >= 10 ? String(Math.round(x)) : String(Math.round(x * 10) / 10));

/** Why a source looks broken, in words; undefined when it does not. */
export const alarmOf = (source: Source, at: number): string | undefined => {
  if (source.state === "retired")
    return "Gone for good: the server says so. Look for a new address or remove it.";
  if (source.failures >= 5)
    return `Failed ${source.failures} times in a row. Last answer: ${source.lastError ?? "none"}`;
  if (source.textShare !== undefined && source.textShare < 0.3 && source.lastSuccess !== undefined)
    return `Its pages stopped yielding text (${Math.round(source.textShare * 100)} % of the last ones): a new layout, a consent wall or a paywall.`;
  const usual = source.usualPerDay ?? 0;
  const lastNew = Date.parse(source.lastNew ?? source.added);
  const silent = (at - lastNew) / DAY;
  // Six items overdue is no accident; a weekend is.
  if (usual >= 0.2 && silent > Math.max(3, 6 / usual))
    return `Nothing new for ${number(silent)} days; usually ${number(usual)} a day.`;
  return undefined;
};
