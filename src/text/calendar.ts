/**
 * Days as whole numbers (days since 1970-01-01, proleptic Gregorian), and periods of them with the unit the words
 * support, printed as ISO 8601 prefixes. Plain arithmetic: no clock is read. Leaves out other calendars.
 */
import type { DatePrecision } from "../model/index.ts";

export type Unit = "year" | "month" | "week" | "day";

/** From the first to the last day, both included; `unit` says how finely it may be printed. */
export type Period = { readonly from: number; readonly to: number; readonly unit: Unit };
export type Ymd = { readonly year: number; readonly month: number; readonly day: number };

const DAY_MS = 86_400_000;

export function dayOf(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.round(date.getTime() / DAY_MS);
}

export function ymd(day: number): Ymd {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** 1 = Monday … 7 = Sunday, as ISO 8601 counts. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

export const daysIn = (year: number, month: number): number =>
  dayOf(year, month + 1, 1) - dayOf(year, month, 1);

/** A real day of the calendar, or nothing: 30 February is not one. */
export function realDay(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  return dayOf(year, month, day);
}

export const onDay = (day: number): Period => ({ from: day, to: day, unit: "day" });
export const days = (from: number, to: number): Period => ({ from, to, unit: "day" });
export const weekOf = (day: number): Period => {
  const monday = day - weekdayOf(day) + 1;
  return { from: monday, to: monday + 6, unit: "week" };
};
/** Months may run over the ends of a year: month 0 is December of the year before. */
export const months = (year: number, first: number, last: number): Period => ({
  from: dayOf(year, first, 1),
  to: dayOf(year, last + 1, 1) - 1,
  unit: "month",
});
export const monthOf = (year: number, month: number): Period => months(year, month, month);
export const years = (first: number, last: number): Period => ({
  from: dayOf(first, 1, 1),
  to: dayOf(last, 12, 31),
  unit: "year",
});

/** Easter Sunday, by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, ch. 8). */
export function easter(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - (b >> 2) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * (c >> 2) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return dayOf(year, Math.floor(n / 31), (n % 31) + 1);
}

/** The n-th given weekday of a month; n = -1 is the last. */
export function nthWeekday(year: number, month: number, weekday: number, n: number): number {
  if (n < 0) {
    const last = dayOf(year, month + 1, 1) - 1;
    return last - ((weekdayOf(last) - weekday + 7) % 7);
  }
  const first = dayOf(year, month, 1);
  return first + ((weekday - weekdayOf(first) + 7) % 7) + (n - 1) * 7;
}

const two = (n: number): string => String(n).padStart(2, "0");

export function printDay(day: number, unit: Unit): string {
  const { year, month, day: d } = ymd(day);
  const y = String(year).padStart(4, "0");
  return unit === "year" ? y : unit === "month" ? `${y}-${two(month)}` : `${y}-${two(month)}-${two(d)}`;
}

export const precisionOf = (unit: Unit): DatePrecision => unit;

/** "+06:00", "Z" or nothing when the zone is unknown to the platform. */
export function offsetOf(zone: string, day: number, hour = 12): string | undefined {
  if (/^(Z|[+-]\d{2}:\d{2})$/.test(zone)) return zone;
  const found = zonedParts(zone, day * DAY_MS + hour * 3_600_000);
  if (found === undefined) return undefined;
  const minutes = Math.round((found.asUtc - (day * DAY_MS + hour * 3_600_000)) / 60_000);
  if (minutes === 0) return "Z";
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function zonedParts(zone: string, at: number): { readonly asUtc: number } | undefined {
  try {
    const parts = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }).formatToParts(new Date(at));
    const get = (type: string): number => Number(parts.find((p) => p.type === type)?.value ?? "0");
    return { asUtc: Date.UTC(get("year"), get("month") - 1, get("day"), get("hour"), get("minute")) };
  } catch {
    // A zone name the platform's tables do not hold: the caller treats it as not stated.
    return undefined;
  }
}

export type Reference = { readonly day: number; readonly hour?: number };

/** The local day of a stated time: an instant is taken into the zone, a plain date stays as printed. */
export function localDay(stated: string, zone?: string): Reference | undefined {
  const m = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(stated);
  if (m === null) return undefined;
  const instant = /T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/.test(stated)
    ? Date.parse(stated)
    : Number.NaN;
  if (!Number.isNaN(instant) && zone !== undefined) {
    const fixed = /^([+-])(\d{2}):(\d{2})$/.exec(zone);
    const shift =
      fixed === null ? 0 : (fixed[1] === "-" ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3])) * 60_000;
    const local = fixed === null && zone !== "Z" ? zonedParts(zone, instant)?.asUtc : instant + shift;
    if (local !== undefined) {
      return { day: Math.floor(local / DAY_MS), hour: new Date(local).getUTCHours() };
    }
  }
  const day = realDay(Number(m[1]), Number(m[2] ?? "1"), Number(m[3] ?? "1"));
  if (day === undefined) return undefined;
  const hour = /T(\d{2})/.exec(stated)?.[1];
  return hour === undefined ? { day } : { day, hour: Number(hour) };
}

/** Zones of the southern hemisphere, where summer is December to February. */
export const isSouthern = (zone: string): boolean =>
  /^(Australia|Antarctica)\/|^Pacific\/(Auckland|Fiji|Tongatapu)|^Africa\/(Johannesburg|Maputo|Harare|Windhoek|Gaborone|Lusaka)|^Indian\/Antananarivo|^America\/(Argentina|Santiago|Montevideo|Asuncion|Sao_Paulo|La_Paz|Lima|Buenos_Aires)/.test(
    zone,
  );
