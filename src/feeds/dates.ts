/**
 * A date as a feed states it → an instant of ISO 8601 with the zone it was given in.
 *
 * Reads RFC 822/2822/5322, ISO 8601 with its short and ordinal forms (W3CDTF, RFC 3339), asctime, the forms of
 * databases and scripts, Chinese, Japanese and Korean forms, Unix seconds and milliseconds, and month names of some
 * thirty languages. Seconds are kept, fractions are dropped. A date whose day and month cannot be told apart
 * (03/04/2022) is not guessed: it is absent. Leaves out calendars other than the Gregorian and IANA zone names.
 */
import { monthNumber } from "./month-names.ts";

export type FeedDate = {
  /** ISO 8601 with offset, to the second: 2022-01-06T10:00:00+06:00. */
  readonly iso: string;
  /** Whether the offset was in the text; otherwise UTC is assumed. */
  readonly zoneStated: boolean;
  /** Finest unit that was in the text. */
  readonly precision: "year" | "month" | "day" | "minute" | "second";
};

type Parts = {
  year: number;
  month?: number | undefined;
  day?: number | undefined;
  hour?: number | undefined;
  minute?: number | undefined;
  second?: number | undefined;
  /** Minutes east of UTC; absent when not stated. */
  offset?: number | undefined;
};

/**
 * @example readDate("Thu, 06 Jan 2022 10:00:00 +0600")?.iso // "2022-01-06T10:00:00+06:00"
 */
export function readDate(text: string): FeedDate | undefined {
  if (text.length > 300) return undefined;
  const usual = RFC_822.exec(text);
  if (usual !== null) {
    const [, day, month, year, hour, minute, second, zone = ""] = usual;
    const [y, m, d] = [Number(year), SHORT_MONTHS.indexOf((month ?? "").toLowerCase()) / 3 + 1, Number(day)];
    const offset = zoneOffset(zone.toLowerCase(), y, m, d);
    return finish({
      year: y,
      month: m,
      day: d,
      hour: Number(hour),
      minute: Number(minute),
      second: numberOr(second),
      offset,
    });
  }
  const plain = text.normalize("NFKC").replace(/\s+/g, " ").trim().toLowerCase();
  if (plain === "") return undefined;
  const parts = isoParts(plain) ?? epochParts(plain) ?? eastAsianParts(plain) ?? wordParts(plain);
  return parts === undefined ? undefined : finish(parts);
}

/** The form nearly every feed uses, read without further ado. */
const RFC_822 =
  /^\s*(?:[A-Za-z]{3},)? ?(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) (\d{2}):(\d{2})(?::(\d{2}))? ([+-]\d{4}|GMT|UTC|Z|E[SD]T|[CMP][SD]T)\s*$/;
const SHORT_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

const ISO = /^(\d{4})-?(\d{2})-?(\d{2})(?:[t ]+(\d{1,2})(?::?(\d{2})(?::?(\d{2})(?:[.,:]\d+)?)?)? ?(.*))?$/;
const ISO_SHORT: readonly (readonly [RegExp, "ym" | "y" | "yo" | "ymd"])[] = [
  [/^(\d{4})-(\d{2})$/, "ym"],
  [/^(\d{4})$/, "y"],
  [/^(\d{4})-?(\d{3})$/, "yo"],
  [/^(\d{2})-?(\d{2})-?(\d{2})$/, "ymd"],
  [/^(\d{2})-?(\d{3})$/, "yo"],
  [/^-(\d{2})-?(\d{2})$/, "ym"],
  [/^-(\d{2})$/, "y"],
];

function isoParts(text: string): Parts | undefined {
  const full = ISO.exec(text);
  if (full !== null) {
    const [, year, month, day, hour, minute, second, zone = ""] = full;
    const offset = zoneOffset(zone, Number(year), Number(month), Number(day));
    if (zone !== "" && offset === undefined) return undefined;
    return {
      year: Number(year),
      month: Number(month),
      day: Number(day),
      hour: numberOr(hour),
      minute: numberOr(minute) ?? (hour === undefined ? undefined : 0),
      second: numberOr(second),
      offset,
    };
  }
  for (const [pattern, form] of ISO_SHORT) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const year = fullYear(found[1] ?? "");
    const second = numberOr(found[2]);
    if (form === "y") return { year };
    if (form === "ym") return { year, month: second };
    if (form === "ymd") return { year, month: second, day: numberOr(found[3]) };
    const date = new Date(Date.UTC(year, 0, second));
    if (second === undefined || second < 1 || date.getUTCFullYear() !== year) return undefined;
    return { year, month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  }
  return undefined;
}

/** Unix time in seconds (ten digits) or milliseconds (thirteen), and the run-together form of databases. */
function epochParts(text: string): Parts | undefined {
  if (/^1\d{9}(\d{3})?$/.test(text)) {
    const date = new Date(Number(text) * (text.length === 10 ? 1000 : 1));
    return {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
      second: date.getUTCSeconds(),
      offset: 0,
    };
  }
  const run = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?$/.exec(text);
  if (run === null) return undefined;
  const [year, month, day, hour, minute, second] = run.slice(1).map(numberOr);
  return { year: year ?? 0, month, day, hour, minute, second };
}

const EAST_ASIAN =
  /(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号](?:\s*[(（][^)）]*[)）])?\s*(午前|午後|오전|오후|上午|下午|晚上)?\s*(?:(\d{1,2})\s*[:時时시点]\s*(\d{1,2})(?:\s*[:分분]\s*(\d{1,2}))?)?\s*[秒초분分]?\s*(.*)$/;

function eastAsianParts(text: string): Parts | undefined {
  // Korean weblog form: 2004-05-25 오후 11:23:17, in Korean time.
  const korean = /^(\d{4})-(\d{2})-(\d{2}) (오전|오후) (\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  const found = korean ?? EAST_ASIAN.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, half, hour, minute, second, zone] = found;
  const afternoon = half !== undefined && "午後오후下午晚上".includes(half);
  const koreanTime = /[년오]/.test(text) ? 540 : undefined;
  return {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour:
      hour === undefined ? undefined : clock(Number(hour), half === undefined ? "" : afternoon ? "pm" : "am"),
    minute: numberOr(minute),
    second: numberOr(second),
    offset:
      zoneOffset(zone ?? "", Number(year), Number(month), Number(day)) ??
      (hour === undefined ? undefined : koreanTime),
  };
}

const TIME =
  /(?:^|[\s,t(])(\d{1,2})(?::| ?h ?)(\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?\s*(a\.?m\.?|p\.?m\.?|πμ|μμ)?(?![\d/])/;

/** "10 a.m.": an hour alone, in the groups of TIME. */
const BARE_HOUR = /(?:^|[\s,])(\d{1,2})()()\s?(a\.?m\.?|p\.?m\.?)(?![a-z])/;

/** Forms with the month in words, or all in numbers with separators: everything RFC 822 tried to settle. */
function wordParts(text: string): Parts | undefined {
  let rest = text.replace(/(\d)t(\d)/g, "$1 $2");
  const time = TIME.exec(rest) ?? BARE_HOUR.exec(rest);
  let zoneText = "";
  if (time !== null) {
    const after = rest.slice(time.index + time[0].length);
    const zone = /^\s*\(?\s*((?:gmt|utc)?\s*[+\-−]\s*\d{1,2}:?\d{0,2}|[a-z]{1,5}(?![a-z]))/.exec(after);
    const word = zone?.[1] ?? "";
    const isZone = word !== "" && monthNumber(word) === undefined;
    zoneText = isZone ? word : "";
    rest = `${rest.slice(0, time.index)} ${isZone && zone !== null ? after.slice(zone[0].length) : after}`;
    // 10:00 pst +0000 and "+0200 (cest)": the first says it; what is left of the other is not a number to read.
    rest = rest.replace(/\([^)]*\)/g, " ").replace(/(^|\s)[+\-−]\d{2}:?\d{2}(?=\s|$)/, " ");
  }
  const day = dayOf(rest, time?.[4] !== undefined);
  if (day === undefined) return undefined;
  const [hour, minute, second] = [time?.[1], time?.[2] || undefined, time?.[3] || undefined].map(numberOr);
  return {
    ...day,
    hour: hour === undefined ? undefined : clock(hour, time?.[4] ?? ""),
    minute,
    second,
    offset: zoneOffset(zoneText, day.year, day.month ?? 1, day.day ?? 1),
  };
}

function dayOf(text: string, halfDays: boolean): Parts | undefined {
  const numeric = /(\d{1,4})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{1,4})/.exec(text);
  if (numeric !== null)
    return numericDay(numeric[1] ?? "", numeric[2] ?? "", numeric[3] ?? "", numeric[4] ?? "", halfDays);
  let month: number | undefined;
  let year: string | undefined;
  const numbers: string[] = [];
  for (const token of text.match(/\d+|[\p{L}\p{M}]+/gu) ?? []) {
    if (/^\d/.test(token)) {
      if (token.length === 4 && year === undefined) year = token;
      else if (token.length <= 2) numbers.push(token);
      else return undefined;
    } else month = monthNumber(token) ?? month; // the last one: "mar" is a Tuesday in French, Spanish and Italian
  }
  if (month === undefined) return undefined;
  if (year === undefined) {
    // Two-digit year: day month year, as RFC 822 writes it.
    const last = numbers.pop();
    if (last === undefined || numbers.length === 0) return undefined;
    return { year: fullYear(last), month, day: numberOr(numbers[0]) };
  }
  if (numbers.length > 1) return undefined;
  return { year: Number(year), month, day: numberOr(numbers[0]) };
}

function numericDay(
  a: string,
  separator: string,
  b: string,
  c: string,
  halfDays: boolean,
): Parts | undefined {
  if (a.length > 2) return { year: fullYear(a), month: Number(b), day: Number(c) };
  if (c.length === 3 || (c.length < 3 && separator === "-")) return undefined; // 22-1-6 may be either way round
  const year = fullYear(c);
  const [first, second] = [Number(a), Number(b)];
  if (separator === "." || first > 12) return { year, month: second, day: first };
  // Where hours are a.m. and p.m. and days are written with strokes, the month comes first: the American way.
  if (second > 12 || (halfDays && separator === "/")) return { year, month: first, day: second };
  return first === second ? { year, month: first, day: second } : undefined;
}

/** Minutes east of UTC. Sources: RFC 5322 section 4.3, and the abbreviations in use at news agencies. */
const ZONES: Readonly<Record<string, number>> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  west: 60,
  bst: 60,
  cet: 60,
  cest: 120,
  met: 60,
  mest: 120,
  mez: 60,
  mesz: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  msd: 240,
  trt: 180,
  samt: 240,
  yekt: 300,
  almt: 360,
  novt: 420,
  irkt: 480,
  irst: 210,
  gst: 240,
  aft: 270,
  pkt: 300,
  uzt: 300,
  ist: 330,
  npt: 345,
  bdt: 360,
  mmt: 390,
  ict: 420,
  wib: 420,
  wita: 480,
  sgt: 480,
  hkt: 480,
  myt: 480,
  pht: 480,
  awst: 480,
  wit: 540,
  jst: 540,
  kst: 540,
  acst: 570,
  acdt: 630,
  aest: 600,
  aedt: 660,
  nzst: 720,
  nzdt: 780,
  wat: 60,
  cat: 120,
  sast: 120,
  eat: 180,
  nst: -210,
  ndt: -150,
  ast: -240,
  adt: -180,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  akst: -540,
  akdt: -480,
  hst: -600,
  brt: -180,
  art: -180,
  clt: -240,
  cot: -300,
  pet: -300,
};
const AMERICAN: Readonly<Record<string, number>> = { et: -300, ct: -360, mt: -420, pt: -480 };

function zoneOffset(text: string, year: number, month: number, day: number): number | undefined {
  const zone = text.trim().replace(/^\(|\)$/g, "");
  const numeric = /^(?:gmt|utc)?\s*([+\-−])\s*(\d{1,2}):?(\d{2})?/.exec(zone);
  if (numeric !== null) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
    if (minutes > 14 * 60 || Number(numeric[3] ?? 0) > 59) return undefined;
    return numeric[1] === "+" ? minutes : -minutes;
  }
  const word = /^[a-z]+/.exec(zone)?.[0] ?? "";
  const general = Object.hasOwn(AMERICAN, word) ? AMERICAN[word] : undefined;
  if (general !== undefined) return general + (americanSummer(year, month, day) ? 60 : 0);
  return Object.hasOwn(ZONES, word) ? ZONES[word] : undefined;
}

/** Daylight saving time in the United States: Energy Policy Act of 2005 since 2007, the rule of 1986 before. */
function americanSummer(year: number, month: number, day: number): boolean {
  const sunday = (m: number, n: number): number =>
    1 + ((7 - new Date(Date.UTC(year, m - 1, 1)).getUTCDay()) % 7) + 7 * (n - 1);
  const [start, startDay, end, endDay] =
    year >= 2007 ? [3, sunday(3, 2), 11, sunday(11, 1)] : [4, sunday(4, 1), 10, sunday(10, 4)];
  const at = month * 100 + day;
  return at >= start * 100 + startDay && at < end * 100 + endDay;
}

function clock(hour: number, half: string): number {
  const letter = half.replace(/\./g, "");
  if (letter === "pm" || letter === "μμ") return hour < 12 ? hour + 12 : hour;
  if (letter === "am" || letter === "πμ") return hour === 12 ? 0 : hour;
  return hour;
}

function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year + (year < 70 ? 2000 : 1900);
}

function numberOr(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

function finish(parts: Parts): FeedDate | undefined {
  const { year, month = 1, day = 1, hour = 0, minute = 0, offset } = parts;
  const second = Math.min(parts.second ?? 0, 59); // 60 is a leap second
  if (
    year < 1900 ||
    year > 2200 ||
    month < 1 ||
    month > 12 ||
    day < 1 ||
    minute > 59 ||
    (parts.second ?? 0) > 60
  )
    return undefined;
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate() || hour > 24 || (hour === 24 && minute > 0))
    return undefined;
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute, second)).toISOString().slice(0, 19);
  return {
    iso: local + offsetText(offset ?? 0),
    zoneStated: offset !== undefined,
    precision:
      parts.month === undefined
        ? "year"
        : parts.day === undefined
          ? "month"
          : parts.hour === undefined
            ? "day"
            : parts.second === undefined
              ? "minute"
              : "second",
  };
}

function offsetText(minutes: number): string {
  if (minutes === 0) return "Z";
  const size = Math.abs(minutes);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
