/** Dates, moments, names of countries and languages in words. Every printed clock time carries its zone. */
import table from "world-countries/countries.json" with { type: "json" };
import type { Corroboration, PartialDate } from "../../model/index.ts";
import type { Ctx } from "../context.ts";

type Where = Pick<Ctx, "locale" | "zone">;

const ALPHA2 = new Map(table.map((c) => [c.cca3 as string, c.cca2 as string]));
/** A page asks for the names of the same countries and for the same minutes many times. */
const MOST_KEPT = 4000;
const kept = <K>(make: (key: K) => string): ((key: K) => string) => {
  const made = new Map<K, string>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const words = make(key);
    if (made.size >= MOST_KEPT) made.clear();
    made.set(key, words);
    return words;
  };
};

const namers = new Map<string, (code: string) => string>();
const names = (locale: string, type: "region" | "language"): ((code: string) => string) => {
  const key = `${type} ${locale}`;
  const known = namers.get(key);
  if (known !== undefined) return known;
  const full = new Intl.DisplayNames([locale], { type, fallback: "code" });
  const made = kept((code: string) => full.of(code) ?? code);
  namers.set(key, made);
  return made;
};

/** "CHL" → "Chile"; an unknown code stays as it is. */
export const countryName = (code: string, locale: string): string => {
  const alpha2 = ALPHA2.get(code);
  return alpha2 === undefined ? code : names(locale, "region")(alpha2);
};
/** Codes of all countries in the order of their names in a language. */
export const countries = (locale: string): readonly string[] => {
  const known = inOrder.get(locale);
  if (known !== undefined) return known;
  const sorted = [...ALPHA2.keys()].toSorted((a, b) =>
    countryName(a, locale).localeCompare(countryName(b, locale), locale),
  );
  inOrder.set(locale, sorted);
  return sorted;
};
const inOrder = new Map<string, readonly string[]>();
export const isCountry = (code: string): boolean => ALPHA2.has(code);

/** "ru" → "Russian"; `und` and what is no tag stay as they are. */
export const languageName = (tag: string, locale: string): string => {
  if (!/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(tag) || tag === "und") return tag;
  return names(locale, "language")(tag);
};

const MINUTE = 60_000;
type Writer = {
  readonly format: (ms: number) => string;
  readonly range: (from: number, to: number) => string;
};
const writers = new Map<string, Writer>();
/** None of the formats prints seconds, and zones change at whole minutes: what is written for a minute is kept. */
const format = (locale: string, options: Intl.DateTimeFormatOptions): Writer => {
  const key = `${locale} ${Object.values(options).join(" ")} ${Object.keys(options).length}`;
  const known = writers.get(key);
  if (known !== undefined) return known;
  const full = new Intl.DateTimeFormat(locale, options);
  const ofMinute = kept((minute: number) => full.format(minute * MINUTE));
  const made: Writer = {
    format: (ms) => ofMinute(Math.floor(ms / MINUTE)),
    range: (from, to) => full.formatRange(from, to),
  };
  writers.set(key, made);
  return made;
};

const DAY = { day: "numeric", month: "short" } as const;
const YEAR = { year: "numeric" } as const;

/** Day of a moment in the edition's zone, YYYY-MM-DD. */
export const dayOf = (ms: number, zone: string): string =>
  format("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(ms);

/** "13:40 UTC" */
export const clock = (ms: number, at: Where): string =>
  format(at.locale, {
    timeZone: at.zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  }).format(ms);
/** "13:40": only where the zone stands beside. */
export const bareClock = (ms: number, at: Where): string =>
  format(at.locale, { timeZone: at.zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(ms);
/** "UTC", "GMT+6": the zone as it stands after a clock time of that moment. */
export const zoneName = (ms: number, at: Where): string =>
  clock(ms, at).replace(bareClock(ms, at), "").trim();
export const shortDay = (ms: number, at: Where): string =>
  format(at.locale, { timeZone: at.zone, ...DAY }).format(ms);
export const dayYear = (ms: number, at: Where): string =>
  format(at.locale, { timeZone: at.zone, ...DAY, ...YEAR }).format(ms);
/** "2 – 15 Jan 2022", "31 Dec 2021 – 19 Jan 2022": the days from one moment to another, each part said once. */
export const daySpan = (from: number, to: number, at: Where): string =>
  dayOf(from, at.zone) === dayOf(to, at.zone)
    ? dayYear(to, at)
    : format(at.locale, { timeZone: at.zone, ...DAY, ...YEAR }).range(from, to);
export const longDay = (ms: number, at: Where): string =>
  format(at.locale, { timeZone: at.zone, weekday: "long", day: "numeric", month: "long", ...YEAR }).format(
    ms,
  );
/** "15 Jan 2022, 13:40 UTC" */
export const moment = (ms: number, at: Where): string =>
  `${dayYear(ms, at)}${at.locale.startsWith("ar") ? "، " : ", "}${clock(ms, at)}`;
/** A date as precise as it was stated: year, month, day, or moment in the edition's zone. */
export function partial(value: PartialDate, at: Where, long = false): string {
  const utc = { locale: at.locale, zone: "UTC" };
  const year = long ? YEAR : {};
  const ms = Date.parse(value);
  // What is no day of the calendar is printed as written.
  if (value.length === 4 || Number.isNaN(ms)) return value;
  if (value.length === 7) return format(at.locale, { timeZone: "UTC", month: "long", ...YEAR }).format(ms);
  if (value.length === 10) return format(at.locale, { timeZone: "UTC", ...DAY, ...year }).format(ms);
  // A time without an offset is a local time of an unknown zone: it is printed as written.
  if (!/(Z|[+-]\d{2}:\d{2})$/.test(value))
    return `${partial(value.slice(0, 10), utc, long)}, ${value.slice(11, 16)}`;
  return `${long ? dayYear(ms, at) : shortDay(ms, at)}, ${clock(ms, at)}`;
}

export const hostOf = (url: string): string => {
  try {
    return new URL(url).host.replace(/^www\./, "");
  } catch {
    return url;
  }
};

/** Seconds → "1:42"; ISO 8601 form is for the attribute. */
export const length = (seconds: number): string => {
  const s = Math.round(seconds);
  const pad = (n: number) => String(n).padStart(2, "0");
  const h = Math.floor(s / 3600);
  return h > 0
    ? `${h}:${pad(Math.floor((s % 3600) / 60))}:${pad(s % 60)}`
    : `${Math.floor(s / 60)}:${pad(s % 60)}`;
};

/** Words of one direction within a drawing of another (U+2068, U+2069): SVG knows no `bdi`. */
export const isolated = (words: string): string => `\u2068${words}\u2069`;

/** A word of the edition's file in the language of the page, where the catalogue has one; else as the file says it. */
export const editionWord = (
  ctx: Pick<Ctx, "t" | "language" | "edition">,
  key: string,
  own: string,
): string => {
  if (ctx.language === ctx.edition.language) return own;
  const word = ctx.t(key);
  return word === key ? own : word;
};

/** What stands between the names of a list. */
export const comma = ({ language }: Pick<Ctx, "language">): string => (language === "ar" ? "، " : ", ");

/** A name at the head of a line or cell begins with a capital: "the interior ministry" → "The interior ministry". */
export const capital = (name: string): string => name.replace(/^\p{Ll}/u, (c) => c.toUpperCase());

/**
 * A sentence without the dateline of an agency before it: "ALMATY, Jan 19 (Some Agency) - The last troops …".
 * Only what is printed; the link still leads to the whole sentence.
 */
export const withoutDateline = (sentence: string): string =>
  sentence.replace(/^\p{Lu}[\p{L}\p{N}\s.,'’/-]{1,60}\([^()]{2,40}\)\s*[-–—]\s+(?=\S)/u, "");

const numbers = new Map<string, Intl.NumberFormat>();
const numberFormat = (locale: string, digits: number, style: "percent" | "decimal"): Intl.NumberFormat => {
  const key = `${locale} ${digits} ${style}`;
  const known = numbers.get(key) ?? new Intl.NumberFormat(locale, { style, maximumFractionDigits: digits });
  numbers.set(key, known);
  return known;
};
export const percent = (share: number, locale: string): string =>
  numberFormat(locale, 0, "percent").format(share);
export const number = (n: number, locale: string, digits = 0): string =>
  numberFormat(locale, digits, "decimal").format(n);
/** Hour of the day in a zone, 0 to 23. */
export const hourOf = (ms: number, zone: string): number =>
  Number(format("en-GB", { timeZone: zone, hour: "2-digit", hourCycle: "h23" }).format(ms));

/** What a count of newsrooms comes from: reports, outlets, and what was counted once. */
export const newsroomSum = ({ t }: Pick<Ctx, "t">, { counts, outlets }: Corroboration): string =>
  [
    ...(counts === undefined ? [] : [t("count.reports", { count: counts.reports })]),
    t("count.outlets", { count: outlets }),
    ...(["copies", "wires", "official"] as const).flatMap((k) => {
      const count = counts?.[k] ?? 0;
      return count === 0 ? [] : t(`corroboration.${k}`, { count });
    }),
  ].join(" · ");

const NAMED = 4;
/** How well something stands, as its arithmetic: reports, outlets, what was counted once, newsrooms, and on whose word. */
export const standing = ({ t }: Pick<Ctx, "t">, c: Corroboration): string => {
  const { informants } = c;
  const more = informants.length - NAMED;
  const said =
    informants.length === 0
      ? t("corroboration.nobody")
      : `${t("count.informants", { count: informants.length })}: ${[
          ...informants.slice(0, NAMED),
          ...(more > 0 ? [t("corroboration.more", { count: more })] : []),
        ].join(", ")}`;
  return [
    newsroomSum({ t }, c),
    t("count.newsrooms", { count: c.newsrooms }),
    said,
    ...(informants.length === 1 ? [t("story.noSecond")] : []),
  ].join(" · ");
};
