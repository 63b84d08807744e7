/**
 * Words → calendar dates with the precision and zone they state: ISO 8601 and its misspellings, RFC 822, epoch numbers,
 * "12. März 2020, 14:30 Uhr", "March 12, 2020 2:30 p.m. EDT", 12/03/2020 in the order the locale writes, 2020年3月12日.
 * Leaves out relative words ("yesterday") and dates without a year: those need a text's own time.
 */
import { MONTHS } from "./months.ts";

export type FoundDate = {
  /** ISO 8601 cut at its precision, local to the stated zone. */
  readonly value: string;
  readonly precision: "month" | "day" | "minute" | "second";
  readonly zone: "stated" | "unknown";
  readonly index: number;
  readonly words: string;
  /** True when day and month could be exchanged and only the locale told. */
  readonly ambiguous: boolean;
};

export type DayOrder = "dmy" | "mdy" | "unknown";

type Clock = {
  readonly hour: number;
  readonly minute: number;
  readonly second: number | undefined;
  readonly zone: string | undefined;
  readonly end: number;
};

const ZONES: Readonly<Record<string, string>> = {
  z: "Z",
  utc: "Z",
  gmt: "Z",
  cet: "+01:00",
  cest: "+02:00",
  mez: "+01:00",
  mesz: "+02:00",
  bst: "+01:00",
  eet: "+02:00",
  eest: "+03:00",
  msk: "+03:00",
  ist: "+05:30",
  jst: "+09:00",
  kst: "+09:00",
  hkt: "+08:00",
  est: "-05:00",
  edt: "-04:00",
  cst: "-06:00",
  cdt: "-05:00",
  mst: "-07:00",
  mdt: "-06:00",
  pst: "-08:00",
  pdt: "-07:00",
  aest: "+10:00",
  aedt: "+11:00",
  nzst: "+12:00",
  nzdt: "+13:00",
  brt: "-03:00",
  art: "-03:00",
  wib: "+07:00",
  pkt: "+05:00",
};

const pad = (n: number, width = 2): string => String(n).padStart(width, "0");

/** A date in a machine's attribute: "2019-12-12T10:00:00+0100", "20191212", "1576141200", "Thu, 12 Dec 2019 …". */
export function readMachineDate(text: string, order: DayOrder): FoundDate | undefined {
  const value = text.trim();
  if (/^\d{13}$/.test(value) || /^1\d{9}$/.test(value)) {
    const date = new Date(Number(value) * (value.length === 13 ? 1 : 1000));
    return {
      value: date.toISOString().slice(0, 19).concat("Z"),
      precision: "second",
      zone: "stated",
      index: 0,
      words: value,
      ambiguous: false,
    };
  }
  const compact = /^((?:19|20)\d\d)(\d\d)(\d\d)(?:[T ]?(\d\d)(\d\d)(\d\d)?)?(Z|[+-]\d{4})?$/.exec(value);
  if (compact !== null) {
    const [, y, m, d, hh, mm, ss, zone] = compact;
    const clock =
      hh === undefined
        ? undefined
        : {
            hour: Number(hh),
            minute: Number(mm),
            second: ss === undefined ? undefined : Number(ss),
            zone: zoneOf(zone),
            end: 0,
          };
    return build(Number(y), Number(m), Number(d), clock, 0, value, false);
  }
  // "Thu Dec 12 10:00:00 CET 2019": the year stands at the end
  const java =
    /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d\d):(\d\d):(\d\d) ([A-Z]{1,4}|[+-]\d{4})? ?(\d{4})/.exec(
      value,
    );
  if (java !== null) {
    const [, month, d, hh, mm, ss, zone, y] = java;
    const m = MONTHS.get((month ?? "").toLowerCase());
    return m === undefined
      ? undefined
      : build(
          Number(y),
          m,
          Number(d),
          { hour: Number(hh), minute: Number(mm), second: Number(ss), zone: zoneOf(zone), end: 0 },
          0,
          value,
          false,
        );
  }
  const monthOnly = /^((?:19|20)\d\d)-(\d\d)$/.exec(value);
  if (monthOnly !== null && Number(monthOnly[2]) <= 12)
    return { value, precision: "month", zone: "unknown", index: 0, words: value, ambiguous: false };
  return findDates(value, order)[0];
}

const NUMERIC =
  /(?<![\d.,/-])(?:((?:19|20)\d\d)([-./])(\d{1,2})\2(\d{1,2})|(\d{1,2})(\.\s?|[-/])(\d{1,2})\6((?:19|20)\d\d|\d\d)(?![\d]))(?![\d]|\.\d)/g;
const CJK = /((?:19|20)\d\d)\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]/g;
// Day and month name in either order, then the year; names are looked up, so any letters may stand there
const DAY_NAME =
  /(?<![\p{L}\d])(\d{1,2})(?:st|nd|rd|th|er|º|ª|°|\.)?(?:\s+(?:de|of)\s+|\s+d['’]|[\s.\-/]\s*|)(\p{L}{3,12})\.?,?(?:\s+(?:de|del|do|of)\s+|[\s.,\-/]*)((?:19|20)\d\d|['’]?\d\d(?!\d|:|\.\d|\s*(?:uhr|h)))(?!\d)/giu;
const NAME_DAY = /(?<!\p{L})(\p{L}{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)(?!\d)/giu;
const YEAR_NAME = /(?<!\d)((?:19|20)\d\d)[.,\-\s]+(\p{L}{3,12})[.\-\s]+(\d{1,2})(?!\d)/giu;

/** Every date with a year in a short text, in the order they stand. */
export function findDates(text: string, order: DayOrder): readonly FoundDate[] {
  const source = text.length > 3000 ? text.slice(0, 3000) : text;
  const found: FoundDate[] = [];
  const push = (
    index: number,
    words: string,
    y: number,
    m: number | undefined,
    d: number,
    ambiguous = false,
  ): void => {
    if (m === undefined) return;
    const clock = clockAfter(source, index + words.length) ?? clockBefore(source, index);
    const date = build(y, m, d, clock, index, words, ambiguous);
    if (date !== undefined && !found.some((f) => Math.abs(f.index - index) < 4)) found.push(date);
  };
  for (const match of source.matchAll(NUMERIC)) {
    const [words, y1, , m1, d1, a, mark, b, y2] = match;
    if (y1 !== undefined) push(match.index, words, Number(y1), Number(m1), Number(d1));
    else {
      const first = Number(a);
      const second = Number(b);
      const year = fullYear(y2 ?? "");
      if (y2?.length === 2 && mark === "-") continue;
      if (first > 12 || mark?.startsWith(".")) push(match.index, words, year, second, first);
      else if (second > 12) push(match.index, words, year, first, second);
      else if (first === second) push(match.index, words, year, first, second);
      else if (order === "mdy") push(match.index, words, year, first, second, true);
      else if (order === "dmy") push(match.index, words, year, second, first, true);
    }
  }
  for (const match of source.matchAll(CJK))
    push(match.index, match[0], Number(match[1]), Number(match[2]), Number(match[3]));
  for (const match of source.matchAll(DAY_NAME))
    push(
      match.index,
      match[0],
      fullYear(match[3] ?? ""),
      MONTHS.get((match[2] ?? "").toLowerCase()),
      Number(match[1]),
    );
  for (const match of source.matchAll(NAME_DAY))
    push(
      match.index,
      match[0],
      Number(match[3]),
      MONTHS.get((match[1] ?? "").toLowerCase()),
      Number(match[2]),
    );
  for (const match of source.matchAll(YEAR_NAME))
    push(
      match.index,
      match[0],
      Number(match[1]),
      MONTHS.get((match[2] ?? "").toLowerCase()),
      Number(match[3]),
    );
  return found.sort((x, y) => x.index - y.index);
}

function fullYear(text: string): number {
  const digits = text.replace(/\D/g, "");
  const n = Number(digits);
  return digits.length === 2 ? (n > 80 ? 1900 + n : 2000 + n) : n;
}

const AFTER =
  /^[\s,;|·•–—@()\-T/]*(?:(?:um|at|à|a las|às|alle|om|kl\.?|ore|um|в|о|um ca\.)\s*)?(\d{1,2})(?:[:.h](\d{2}))(?::(\d{2})(?:\.\d+)?)?\s*(a\.?\s?m\.?|p\.?\s?m\.?)?\s*(?:uhr|hrs?|h)?\s*(Z\b|\(?[A-Z]{2,4}\b\)?|(?:GMT|UTC)?[+-]\d{2}:?\d{2})?/i;
const BEFORE =
  /(\d{1,2})[:.h](\d{2})(?::(\d{2}))?\s*(a\.?\s?m\.?|p\.?\s?m\.?)?\s*(?:uhr|h)?\s*([A-Z]{2,4})?[\s,;|·•–—on-]{1,6}(?:\p{L}{2,10}\.?,?\s*)?$/iu;

function clockAfter(text: string, at: number): Clock | undefined {
  return clockOf(AFTER.exec(text.slice(at, at + 60)));
}

function clockBefore(text: string, at: number): Clock | undefined {
  return clockOf(BEFORE.exec(text.slice(Math.max(0, at - 40), at)));
}

function clockOf(match: RegExpExecArray | null): Clock | undefined {
  if (match === null) return undefined;
  let hour = Number(match[1]);
  const minute = Number(match[2]);
  const half = match[4]?.toLowerCase().charAt(0);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (half === "p" ? 12 : 0);
  }
  if (hour > 23 || minute > 59) return undefined;
  return {
    hour,
    minute,
    second: match[3] === undefined ? undefined : Number(match[3]),
    zone: zoneOf(match[5]),
    end: match[0].length,
  };
}

function zoneOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const plain = text.replace(/[()]/g, "").replace(/^(GMT|UTC)(?=[+-])/i, "");
  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(plain);
  if (offset !== null)
    return Number(offset[2]) > 14
      ? undefined
      : offset[2] === "00" && offset[3] === "00"
        ? "Z"
        : `${offset[1]}${offset[2]}:${offset[3]}`;
  return ZONES[plain.toLowerCase()];
}

function build(
  y: number,
  m: number,
  d: number,
  clock: Clock | undefined,
  index: number,
  words: string,
  ambiguous: boolean,
): FoundDate | undefined {
  if (
    !(y >= 1900 && y <= 2100) ||
    !(m >= 1 && m <= 12) ||
    !(d >= 1 && d <= new Date(Date.UTC(y, m, 0)).getUTCDate())
  )
    return undefined;
  const day = `${pad(y, 4)}-${pad(m)}-${pad(d)}`;
  if (clock === undefined || clock.hour > 23 || clock.minute > 59 || (clock.second ?? 0) > 59)
    return { value: day, precision: "day", zone: "unknown", index, words, ambiguous };
  const time = `T${pad(clock.hour)}:${pad(clock.minute)}${clock.second === undefined ? "" : `:${pad(clock.second)}`}`;
  return {
    value: `${day}${time}${clock.zone ?? ""}`,
    precision: clock.second === undefined ? "minute" : "second",
    zone: clock.zone === undefined ? "unknown" : "stated",
    index,
    words,
    ambiguous,
  };
}

const MONTH_FIRST = /^(en-us|en-ph|en-ca|es-us|es-pr)$/i;

/** The order in which a locale writes day and month with slashes. */
export function dayOrder(language: string | undefined, host: string | undefined): DayOrder {
  const tag = language?.toLowerCase() ?? "";
  if (host !== undefined && /\.(uk|au|nz|ie|in|za|ng|ke|my|sg|pk|gh|mt)$/.test(host)) return "dmy";
  if (MONTH_FIRST.test(tag)) return "mdy";
  if (tag.startsWith("en-")) return "dmy";
  if (tag === "en") return "mdy";
  if (tag === "" || tag === "und") return "unknown";
  return "dmy";
}
