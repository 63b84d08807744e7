/**
 * English times: the grammar of dates, weekdays, seasons, decades, clock times, durations and sets for text/times.ts.
 * Written out as small rules over sticky patterns, the longest reading first. Conventions (early = first third, "recent
 * days" = a week, and so on) stand in docs/methodology-reading.md.
 */
import {
  dayOf,
  days,
  daysIn,
  easter,
  monthOf,
  months,
  nthWeekday,
  onDay,
  type Period,
  realDay,
  weekdayOf,
  weekOf,
  years,
  ymd,
} from "../../text/calendar.ts";
import type { Found, TenseWords, TimeContext, TimeGrammar } from "../../text/times.ts";

const MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December";
const MONTHS_SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec";
const WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday";
const MONTH = `(?:${MONTHS}|(?:${MONTHS_SHORT})(?:\\.|(?=\\s\\d)))`;
const WEEKDAY = `(?:${WEEKDAYS}|(?:Mon|Tues?|Wed|Thurs?|Thu|Fri)\\.?(?=[ ,])|(?:Sat|Sun)\\.(?=[ ,]))`;
const SMALL: Readonly<Record<string, number>> = Object.fromEntries(
  "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
    .split(" ")
    .map((word, i) => [word, i + 1] as const)
    .concat([
      ["a", 1],
      ["an", 1],
      ["thirty", 30],
      ["forty", 40],
      ["fifty", 50],
      ["sixty", 60],
      ["seventy", 70],
      ["eighty", 80],
      ["ninety", 90],
      ["a couple of", 2],
      ["couple of", 2],
      ["a dozen", 12],
    ]),
);
const COUNT = `(?:\\d{1,3}|(?:twenty|thirty|forty|fifty)-(?:one|two|three|four|five|six|seven|eight|nine)|${Object.keys(
  SMALL,
)
  .sort((a, b) => b.length - a.length)
  .join("|")})`;
const VAGUE = "several|a few|some|many";
const UNIT = "minute|hour|day|night|week|month|year|decade|century|centurie";
const HEDGE =
  "(?:(?:about|around|nearly|almost|roughly|some|just over|just under|more than|less than|over|under|at least|up to|approximately|exactly|barely|only|just|well over|shortly) )?";
const YEAR = "(?:1[5-9]\\d\\d|20\\d\\d)";
const DAYPART = "(?:early |late |mid-)?(?:morning|afternoon|evening|night|midday|noon)";
const SEASON = "spring|summer|autumn|fall|winter";
const SEASONS = ["spring", "summer", "autumn", "winter"];
const ORDINALS: Readonly<Record<string, number>> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  last: -1,
  "1st": 1,
  "2nd": 2,
  "3rd": 3,
  "4th": 4,
  "5th": 5,
};
const CENTURIES =
  "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first".split(
    " ",
  );
const DECADES: Readonly<Record<string, number>> = {
  twenties: 20,
  thirties: 30,
  forties: 40,
  fifties: 50,
  sixties: 60,
  seventies: 70,
  eighties: 80,
  nineties: 90,
};

/** Zone letters of clock times; the pairs are standard and summer time where the letters leave it open. */
const ZONES: Readonly<Record<string, string | readonly [string, string]>> = {
  GMT: "Z",
  UTC: "Z",
  Z: "Z",
  BST: "+01:00",
  CET: "+01:00",
  CEST: "+02:00",
  EET: "+02:00",
  EEST: "+03:00",
  MSK: "+03:00",
  EST: "-05:00",
  EDT: "-04:00",
  CST: "-06:00",
  CDT: "-05:00",
  MST: "-07:00",
  MDT: "-06:00",
  PST: "-08:00",
  PDT: "-07:00",
  ET: ["-05:00", "-04:00"],
  CT: ["-06:00", "-05:00"],
  MT: ["-07:00", "-06:00"],
  PT: ["-08:00", "-07:00"],
  JST: "+09:00",
  KST: "+09:00",
  AEST: "+10:00",
  AEDT: "+11:00",
  SAST: "+02:00",
  IST: "+05:30",
  HKT: "+08:00",
};

const HOLIDAYS: readonly (readonly [RegExp, (year: number) => number])[] = [
  [/Christmas Eve/y, (y) => dayOf(y, 12, 24)],
  [/Christmas(?: Day)?/y, (y) => dayOf(y, 12, 25)],
  [/Boxing Day/y, (y) => dayOf(y, 12, 26)],
  [/New Year['’]s Eve/y, (y) => dayOf(y, 12, 31)],
  [/New Year['’]s(?: Day)?(?! resol)/y, (y) => dayOf(y, 1, 1)],
  [/Valentine['’]s Day/y, (y) => dayOf(y, 2, 14)],
  [/May Day/y, (y) => dayOf(y, 5, 1)],
  [/(?:the )?Fourth of July/y, (y) => dayOf(y, 7, 4)],
  [/Halloween/y, (y) => dayOf(y, 10, 31)],
  [/Thanksgiving(?: Day)?/y, (y) => nthWeekday(y, 11, 4, 4)],
  [/Labor Day/y, (y) => nthWeekday(y, 9, 1, 1)],
  [/Memorial Day/y, (y) => nthWeekday(y, 5, 1, -1)],
  [/Good Friday/y, (y) => easter(y) - 2],
  [/Easter Monday/y, (y) => easter(y) + 1],
  [/Palm Sunday/y, (y) => easter(y) - 7],
  [/Ash Wednesday/y, (y) => easter(y) - 46],
  [/Easter(?: Sunday)?(?! \p{Lu})/uy, (y) => easter(y)],
];

const monthNumber = (name: string): number =>
  "janfebmaraprmayjunjulaugsepoctnovdec".indexOf(name.slice(0, 3).toLowerCase()) / 3 + 1;
const weekdayNumber = (name: string): number =>
  "montuewedthufrisatsun".indexOf(name.slice(0, 3).toLowerCase()) / 3 + 1;
function count(words: string): number {
  const plain = words.toLowerCase();
  if (/^\d+$/.test(plain)) return Number(plain);
  const [tens, ones] = plain.split("-");
  if (ones !== undefined) return (SMALL[tens ?? ""] ?? 0) + (SMALL[ones] ?? 0);
  return SMALL[plain] ?? 1;
}

type Core = {
  readonly end: number;
  readonly period: Period;
  readonly rule: string;
  readonly approximate?: boolean;
  readonly clock?: Found["clock"];
  readonly precision?: Found["precision"];
};
const cache = new Map<string, RegExp>();
/** Matches a pattern exactly at a place. */
function match(ctx: TimeContext, at: number, pattern: string, flags = "uy"): RegExpExecArray | undefined {
  const key = flags + pattern;
  let re = cache.get(key);
  if (re === undefined) {
    re = new RegExp(pattern, flags);
    cache.set(key, re);
  }
  re.lastIndex = at;
  return re.exec(ctx.text) ?? undefined;
}
const endOf = (m: RegExpExecArray): number => m.index + m[0].length;

/** The year that puts a month or day where the clause looks: the last one, or the next. */
function yearFor(
  ctx: TimeContext,
  start: number,
  end: number,
  make: (year: number) => Period | undefined,
): Period | undefined {
  const { year } = ymd(ctx.ref);
  const here = make(year);
  const ahead = ctx.ahead(start, end);
  if (ahead) return here !== undefined && here.to >= ctx.ref ? here : make(year + 1);
  return here !== undefined && here.from <= ctx.ref ? here : make(year - 1);
}

function calendarDate(ctx: TimeContext, at: number, start: number): Core | undefined {
  let m = match(
    ctx,
    at,
    `(\\d{4})-(\\d{2})-(\\d{2})(?:T(\\d{2})(?::(\\d{2}))?(?::\\d{2})?(Z|[+-]\\d{2}:\\d{2})?)?(?!\\d)`,
  );
  if (m !== undefined) {
    const day = realDay(Number(m[1]), Number(m[2]), Number(m[3]));
    if (day === undefined) return undefined;
    const clock =
      m[4] === undefined ? undefined : { at: m[5] === undefined ? m[4] : `${m[4]}:${m[5]}`, offset: m[6] };
    return {
      end: endOf(m),
      period: onDay(day),
      rule: "iso",
      ...(clock === undefined ? {} : { clock, precision: m[5] === undefined ? "hour" : "minute" }),
    };
  }
  m = match(ctx, at, "(\\d{1,2})([/.])(\\d{1,2})\\2(\\d{4}|\\d{2})(?![\\d/])");
  if (m !== undefined) {
    const year = (m[4] ?? "").length === 2 ? 2000 + Number(m[4]) : Number(m[4]);
    const [a, b] = [Number(m[1]), Number(m[3])];
    const options = [realDay(year, b, a), realDay(year, a, b)].filter((d): d is number => d !== undefined);
    // Day first by default; where both are possible the one that has passed is the likelier.
    const day = options.find((d) => d <= ctx.ref) ?? options[0];
    return day === undefined
      ? undefined
      : {
          end: endOf(m),
          period: onDay(day),
          rule: "slashes",
          approximate: options.length > 1 && options[0] !== options[1],
        };
  }
  m = match(ctx, at, "9/11(?![\\d/])");
  if (m !== undefined) return { end: endOf(m), period: onDay(dayOf(2001, 9, 11)), rule: "named-day" };
  m = match(
    ctx,
    at,
    `(${MONTH}) ?(\\d{1,2})(?:st|nd|rd|th)?(?:(?:[-–]| ?(?:to|through) )(\\d{1,2})(?:st|nd|rd|th)?)?(?!\\d|[:.]\\d|,\\d|%)(?:,? (${YEAR})(?!\\d))?`,
  );
  if (m === undefined) {
    const back = match(
      ctx,
      at,
      `(\\d{1,2})(?:st|nd|rd|th)?(?:[-–](\\d{1,2}))?(?: of)? (${MONTH})(?!\\p{L})(?:,? (${YEAR})(?!\\d))?`,
    );
    if (back !== undefined) {
      m = back;
      m[0] = back[0];
      return monthDay(ctx, start, endOf(back), back[3] ?? "", back[1] ?? "", back[2], back[4]);
    }
  } else return monthDay(ctx, start, endOf(m), m[1] ?? "", m[2] ?? "", m[3], m[4]);
  m = match(ctx, at, `(${MONTH}),?(?: of)? (${YEAR})(?!\\d)`);
  if (m !== undefined)
    return { end: endOf(m), period: monthOf(Number(m[2]), monthNumber(m[1] ?? "")), rule: "month-year" };
  m = match(ctx, at, "(\\d{1,2})/(\\d{1,2})(?![\\d/]|-)");
  if (m !== undefined && /\b(?:on|since|until|dated|by) $/i.test(ctx.text.slice(Math.max(0, at - 7), at))) {
    const [a, b] = [Number(m[1]), Number(m[2])];
    const period = yearFor(ctx, start, endOf(m), (y) => asDay(realDay(y, a, b) ?? realDay(y, b, a)));
    return period === undefined ? undefined : { end: endOf(m), period, rule: "slashes" };
  }
  return undefined;
}

const asDay = (day: number | undefined): Period | undefined => (day === undefined ? undefined : onDay(day));

function monthDay(
  ctx: TimeContext,
  start: number,
  end: number,
  name: string,
  first: string,
  last: string | undefined,
  year: string | undefined,
): Core | undefined {
  const month = monthNumber(name);
  // The attacks and the storming that are known by their day alone.
  const known =
    /^,? (?:\p{L}+ )?(?:attack|terror|hijack|atrocit)/u.test(ctx.text.slice(end)) &&
    month === 9 &&
    first === "11"
      ? "2001"
      : /^,? (?:\p{L}+ )?(?:attack|insurrection|riot|committee|siege) /u.test(ctx.text.slice(end)) &&
          month === 1 &&
          first === "6" &&
          ymd(ctx.ref).year > 2021
        ? "2021"
        : undefined;
  const make = (y: number): Period | undefined => {
    const from = realDay(y, month, Number(first));
    const to = last === undefined ? from : realDay(y, month, Number(last));
    return from === undefined || to === undefined || to < from ? undefined : days(from, to);
  };
  const period = (year ?? known) !== undefined ? make(Number(year ?? known)) : yearFor(ctx, start, end, make);
  return period === undefined ? undefined : { end, period, rule: "month-day" };
}

function weekday(ctx: TimeContext, at: number, start: number): Core | undefined {
  const m = match(ctx, at, `(${WEEKDAY})(?!\\p{L})`);
  if (m === undefined) return undefined;
  const date = match(ctx, endOf(m), ",? (?:the )?(?=[A-Z\\d])");
  if (date !== undefined) {
    const core = calendarDate(ctx, endOf(date), start);
    if (core !== undefined && core.rule === "month-day") return core;
  }
  if (
    /(?:Bloody|Black|Super|Holy|Cyber|Fat|Giving|Sheffield) $/.test(ctx.text.slice(Math.max(0, at - 10), at))
  )
    return undefined;
  const part = match(ctx, endOf(m), ` ${DAYPART}(?!\\p{L})`);
  const end = part === undefined ? endOf(m) : endOf(part);
  const wanted = weekdayNumber(m[1] ?? "");
  const now = weekdayOf(ctx.ref);
  const day = ctx.ahead(start, end) ? ctx.ref + ((wanted - now + 7) % 7) : ctx.ref - ((now - wanted + 7) % 7);
  return { end, period: onDay(day), rule: "weekday", approximate: part !== undefined };
}

function season(ctx: TimeContext, name: string, year: number): Period {
  const index = SEASONS.indexOf(name === "fall" ? "autumn" : name);
  const first = 3 + ((index * 3 + (ctx.southern ? 6 : 0)) % 12);
  // The winter of 2021 begins in December 2021; a southern summer likewise.
  return months(year, first, first + 2);
}

function seasonRule(ctx: TimeContext, at: number, start: number): Core | undefined {
  let m = match(ctx, at, `(?:the )?(${SEASON})(?: of|,)? (${YEAR})(?:[-–/](?:\\d{4}|\\d{2}))?(?!\\d)`, "iuy");
  if (m !== undefined)
    return {
      end: endOf(m),
      period: season(ctx, (m[1] ?? "").toLowerCase(), Number(m[2])),
      rule: "season",
      approximate: true,
    };
  m = match(ctx, at, `(last|this|next|this past|this coming) (${SEASON})(?!\\p{L})`, "iuy");
  if (m !== undefined) {
    const name = (m[2] ?? "").toLowerCase();
    const which = (m[1] ?? "").toLowerCase();
    const { year } = ymd(ctx.ref);
    const all = [-2, -1, 0, 1, 2].map((d) => season(ctx, name, year + d));
    const current = all.find((p) => p.from <= ctx.ref && ctx.ref <= p.to);
    const past = all.filter((p) => p.to < ctx.ref).at(-1);
    const coming = all.find((p) => p.from > ctx.ref);
    const thisOne =
      current ??
      (ctx.ahead(start, endOf(m)) || past === undefined || ymd(past.to).year < year ? coming : past);
    const period =
      which.startsWith("last") || which === "this past"
        ? past
        : which === "next" || which === "this coming"
          ? coming
          : thisOne;
    return period === undefined ? undefined : { end: endOf(m), period, rule: "season", approximate: true };
  }
  return undefined;
}

function holiday(ctx: TimeContext, at: number, start: number): Core | undefined {
  const which = match(ctx, at, "(?:(?:last|this|next) )?(?=[TtCBNVMFHLGEPA])", "iuy");
  if (which === undefined) return undefined;
  for (const [pattern, make] of HOLIDAYS) {
    pattern.lastIndex = endOf(which);
    const m = pattern.exec(ctx.text);
    if (m === null) continue;
    const year = match(ctx, endOf(m), `,? (${YEAR})(?!\\d)`);
    const end = year === undefined ? endOf(m) : endOf(year);
    if (
      /^(?: tree| card| gift| dinner| present| market| shopping| egg| carol| Island| Rising)/.test(
        ctx.text.slice(end),
      )
    )
      return undefined;
    const period =
      year === undefined ? yearFor(ctx, start, end, (y) => onDay(make(y))) : onDay(make(Number(year[1])));
    if (period === undefined) return undefined;
    if (/^last/i.test(which[0]) && ctx.ref - period.from < 14)
      return { end, period: onDay(make(ymd(period.from).year - 1)), rule: "holiday" };
    return { end, period, rule: "holiday" };
  }
  return undefined;
}

/** "last week", "this month", "next Friday", "last night", "yesterday", "the day before". */
function relative(ctx: TimeContext, at: number, start: number): Core | undefined {
  const { year, month } = ymd(ctx.ref);
  let m = match(ctx, at, "the day (before yesterday|after tomorrow)", "iuy");
  if (m !== undefined)
    return {
      end: endOf(m),
      period: onDay(ctx.ref + (/before/i.test(m[1] ?? "") ? -2 : 2)),
      rule: "day-word",
    };
  m = match(
    ctx,
    at,
    `(today|yesterday|tomorrow|tonight|last night)(?: (?:${DAYPART}))?(?!\\p{L}|['’]s (?:world|society|generation))`,
    "iuy",
  );
  if (m !== undefined) {
    const word = (m[1] ?? "").toLowerCase();
    const shift = word === "tomorrow" ? 1 : word === "yesterday" || word === "last night" ? -1 : 0;
    return { end: endOf(m), period: onDay(ctx.ref + shift), rule: "day-word" };
  }
  m = match(ctx, at, `(?:this|on this|earlier this) (morning|afternoon|evening)(?!\\p{L})`, "iuy");
  if (m !== undefined) return { end: endOf(m), period: onDay(ctx.ref), rule: "day-word" };
  m = match(ctx, at, `(?:overnight)(?: on| into)?(?: (${WEEKDAYS}))?(?!\\p{L})`, "iuy");
  if (m !== undefined) {
    const to = m[1] === undefined ? ctx.ref : ctx.ref - ((weekdayOf(ctx.ref) - weekdayNumber(m[1]) + 7) % 7);
    return { end: endOf(m), period: days(to - 1, to), rule: "overnight", approximate: true };
  }
  m = match(
    ctx,
    at,
    `(?:the )?(last|this|next|previous|coming|following|current|same) (week|month|year|quarter|weekend|decade|century)(?!\\p{L}|-)`,
    "iuy",
  );
  if (m !== undefined && !m[0].toLowerCase().startsWith("the last")) {
    const which = (m[1] ?? "").toLowerCase();
    const unit = (m[2] ?? "").toLowerCase();
    const relativeToText = which === "following" || which === "previous" || which === "same";
    const base = relativeToText ? (ctx.anchor ?? ctx.ref) : ctx.ref;
    const shift =
      which === "last" || which === "previous"
        ? -1
        : which === "next" || which === "coming" || which === "following"
          ? 1
          : 0;
    const at0 = ymd(base);
    const end = endOf(m);
    if (unit === "week") return { end, period: weekOf(base + 7 * shift), rule: "relative-week" };
    if (unit === "month")
      return { end, period: monthOf(at0.year, at0.month + shift), rule: "relative-month" };
    if (unit === "year")
      return { end, period: years(at0.year + shift, at0.year + shift), rule: "relative-year" };
    if (unit === "quarter") {
      const q = Math.floor((at0.month - 1) / 3) + shift;
      return { end, period: months(at0.year, q * 3 + 1, q * 3 + 3), rule: "relative-quarter" };
    }
    if (unit === "weekend")
      return { end, period: weekend(ctx, start, end, which === "this" ? 0 : shift), rule: "weekend" };
    const size = unit === "decade" ? 10 : 100;
    const first = Math.floor(at0.year / size) * size + shift * size + (size === 100 ? 1 : 0);
    return { end, period: years(first, first + size - 1), rule: "relative-decade" };
  }
  m = match(ctx, at, "(?:over |during |at |on )?the weekend(?!\\p{L})", "iuy");
  if (m !== undefined)
    return { end: endOf(m), period: weekend(ctx, start, endOf(m), undefined), rule: "weekend" };
  m = match(
    ctx,
    at,
    `(last|this|next|this past|this coming|the following|the previous) (${WEEKDAYS})(?: (?:${DAYPART}))?(?!\\p{L})`,
    "iuy",
  );
  if (m !== undefined) {
    const wanted = weekdayNumber(m[2] ?? "");
    const now = weekdayOf(ctx.ref);
    const which = (m[1] ?? "").toLowerCase();
    const back = ctx.ref - ((now - wanted + 6) % 7) - 1;
    const monday = ctx.ref - now + 1;
    const base = ctx.anchor ?? ctx.ref;
    const day =
      which === "last" || which === "this past"
        ? back
        : which === "next"
          ? monday + 6 + wanted
          : which === "the following"
            ? base + ((wanted - weekdayOf(base) + 6) % 7) + 1
            : which === "the previous"
              ? base - ((weekdayOf(base) - wanted + 6) % 7) - 1
              : ctx.ref + ((wanted - now + 7) % 7);
    return { end: endOf(m), period: onDay(day), rule: "relative-weekday" };
  }
  m = match(ctx, at, `(last|this|next) (${MONTHS})(?!\\p{L})`, "uy");
  if (m !== undefined) {
    const wanted = monthNumber(m[2] ?? "");
    const which = m[1];
    const y =
      which === "last"
        ? wanted < month
          ? year
          : year - 1
        : which === "next"
          ? wanted > month
            ? year
            : year + 1
          : year;
    return { end: endOf(m), period: monthOf(y, wanted), rule: "relative-month" };
  }
  m = match(
    ctx,
    at,
    "(?:the )?(next|following|previous) (day|morning|evening|night)(?!\\p{L})|the (day|night) before(?= |,|\\.)(?! yesterday)|the day after(?=[,.])",
    "iuy",
  );
  if (m !== undefined) {
    const base = ctx.anchor ?? ctx.ref;
    const forward = /next|following|after/i.test(m[0]);
    return { end: endOf(m), period: onDay(base + (forward ? 1 : -1)), rule: "next-day" };
  }
  return undefined;
}

function weekend(ctx: TimeContext, start: number, end: number, shift: number | undefined): Period {
  const now = weekdayOf(ctx.ref);
  const coming = ctx.ref - now + 6;
  if (shift === 1) return days(coming + 7, coming + 8);
  if (shift === -1) return days(coming - 7, coming - 6);
  if (now >= 6) return days(coming, coming + 1);
  const ahead = ctx.ahead(start, end) || (shift === 0 && now >= 3);
  return ahead ? days(coming, coming + 1) : days(coming - 7, coming - 6);
}

const shiftMonths = (day: number, n: number): Period => {
  const { year, month } = ymd(day);
  return monthOf(year, month + n);
};

function shifted(base: number, n: number, unit: string): Period {
  const { year } = ymd(base);
  switch (unit) {
    case "minute":
    case "hour":
      return onDay(base);
    case "day":
    case "night":
      return onDay(base + n);
    case "week":
      return weekOf(base + 7 * n);
    case "month":
      return shiftMonths(base, n);
    case "year":
      return years(year + n, year + n);
    case "decade":
      return years(year + 10 * n, year + 10 * n);
    default:
      return years(year + 100 * n, year + 100 * n);
  }
}

/** The stretch of n units before (or after) a day. */
function stretch(ctx: TimeContext, n: number, unit: string, sign: 1 | -1): Period {
  const { ref } = ctx;
  const { year, month } = ymd(ref);
  const order = (a: number, b: number, u: Period["unit"]): Period => ({
    from: Math.min(a, b),
    to: Math.max(a, b),
    unit: u,
  });
  switch (unit) {
    case "minute":
    case "hour":
      return order(ref, ref + sign * Math.max(1, Math.ceil(n / 24)), "day");
    case "day":
    case "night":
      return order(ref, ref + sign * n, "day");
    case "week":
      return order(ref, ref + sign * 7 * n, n === 1 ? "day" : "week");
    case "month":
      return sign < 0 ? months(year, month - n, month) : months(year, month, month + n);
    default: {
      const size = unit === "year" ? n : unit === "decade" ? 10 * n : 100 * n;
      if (unit === "year" && n === 1)
        return sign < 0 ? months(year, month - 12, month) : months(year, month, month + 12);
      return sign < 0 ? years(year - size, year) : years(year, year + size);
    }
  }
}

const UNIT_OF = (word: string): string => word.toLowerCase().replace(/^centurie$/, "century");

function counted(ctx: TimeContext, at: number, start: number): Core | undefined {
  let m = match(
    ctx,
    at,
    `${HEDGE}(${COUNT}|${VAGUE})(?: more)? (${UNIT})s? (ago|earlier|later|before|previously|from now)(?!\\p{L})`,
    "iuy",
  );
  if (m !== undefined && !(m[3] === "before" && !/^[,.]/.test(ctx.text.slice(endOf(m))))) {
    const unit = UNIT_OF(m[2] ?? "");
    const vague = new RegExp(`^(?:${VAGUE})$`, "i").test(m[1] ?? "");
    const word = (m[3] ?? "").toLowerCase();
    const sign = word === "later" || word === "from now" ? 1 : -1;
    const base = word === "ago" || word === "from now" ? ctx.ref : (ctx.anchor ?? ctx.ref);
    if (vague)
      return { end: endOf(m), period: vagueAgo(base, unit, sign), rule: "units-ago", approximate: true };
    return {
      end: endOf(m),
      period: shifted(base, sign * count(m[1] ?? "1"), unit),
      rule: "units-ago",
      approximate: unit !== "day",
    };
  }
  m = match(ctx, at, `(${UNIT})s (ago|earlier)(?!\\p{L})`, "iuy");
  if (m !== undefined) {
    const unit = UNIT_OF(m[1] ?? "");
    return { end: endOf(m), period: vagueAgo(ctx.ref, unit, -1), rule: "units-ago", approximate: true };
  }
  m = match(
    ctx,
    at,
    `(?:(?:in|over|during|for|within|of) )?(?:the )?(past|last|next|coming) (?:(${COUNT}|${VAGUE}) )?(${UNIT})s?(?!\\p{L}|-)`,
    "iuy",
  );
  if (m !== undefined) {
    const sign = /past|last/i.test(m[1] ?? "") ? -1 : 1;
    const unit = UNIT_OF(m[3] ?? "");
    const number = m[2];
    if (number === undefined && sign === 1)
      return { end: endOf(m), period: vagueStretch(ctx, unit, 1), rule: "coming-units", approximate: true };
    if (number === undefined && /s$/.test(m[0]))
      return { end: endOf(m), period: vagueStretch(ctx, unit, -1), rule: "recent-units", approximate: true };
    if (number !== undefined && new RegExp(`^(?:${VAGUE})$`, "i").test(number))
      return {
        end: endOf(m),
        period: vagueStretch(ctx, unit, sign),
        rule: "recent-units",
        approximate: true,
      };
    return {
      end: endOf(m),
      period: stretch(ctx, number === undefined ? 1 : count(number), unit, sign),
      rule: sign < 0 ? "past-units" : "coming-units",
    };
  }
  m = match(ctx, at, `(?:(?:in|over|during|for) )?(?:the )?(recent|these) (${UNIT})s(?!\\p{L})`, "iuy");
  if (m !== undefined)
    return {
      end: endOf(m),
      period: vagueStretch(ctx, UNIT_OF(m[2] ?? ""), -1),
      rule: "recent-units",
      approximate: true,
    };
  m = match(ctx, at, `in ${HEDGE}(${COUNT}) (day|week|month|year)s?(?:['’] time)?(?!\\p{L}|-)`, "iuy");
  if (m !== undefined && (ctx.ahead(start, endOf(m)) || /time$/.test(m[0]))) {
    return {
      end: endOf(m),
      period: shifted(ctx.ref, count(m[1] ?? "1"), UNIT_OF(m[2] ?? "")),
      rule: "in-units",
      approximate: m[2] !== "day",
    };
  }
  return undefined;
}

/** "days ago", "several weeks ago": up to a handful of units back, at the unit's own grain. */
function vagueAgo(base: number, unit: string, sign: 1 | -1): Period {
  const { year, month } = ymd(base);
  const back = (a: number, b: number): readonly [number, number] =>
    sign < 0 ? [base - b, base - a] : [base + a, base + b];
  switch (unit) {
    case "minute":
    case "hour":
      return onDay(base);
    case "day":
    case "night": {
      const [from, to] = back(1, 6);
      return days(from, to);
    }
    case "week": {
      const [from, to] = back(7, 28);
      return { from, to, unit: "week" };
    }
    case "month":
      return sign < 0 ? months(year, month - 6, month - 1) : months(year, month + 1, month + 6);
    default: {
      const size = unit === "year" ? 1 : unit === "decade" ? 10 : 100;
      return sign < 0 ? years(year - 9 * size, year - 2 * size) : years(year + 2 * size, year + 9 * size);
    }
  }
}

/** "in recent days", "in the coming weeks". */
function vagueStretch(ctx: TimeContext, unit: string, sign: 1 | -1): Period {
  const { ref } = ctx;
  const { year, month } = ymd(ref);
  const pair = (n: number): { from: number; to: number } =>
    sign < 0 ? { from: ref - n, to: ref } : { from: ref, to: ref + n };
  switch (unit) {
    case "minute":
    case "hour":
      return { ...pair(0), unit: "day" };
    case "day":
    case "night":
      return { ...pair(6), unit: "day" };
    case "week":
      return { ...pair(27), unit: "week" };
    case "month":
      return sign < 0 ? months(year, month - 5, month) : months(year, month, month + 5);
    default: {
      const size = unit === "year" ? 4 : unit === "decade" ? 30 : 300;
      return sign < 0 ? years(year - size, year) : years(year, year + size);
    }
  }
}

function partOfYear(ctx: TimeContext, at: number, start: number): Core | undefined {
  let m = match(
    ctx,
    at,
    `(?:the )?(first|second|third|fourth|last|1st|2nd|3rd|4th) (quarter|half)(?: of (?:(${YEAR})|the year|(last|this|next) year))?(?!\\p{L}|['’-])`,
    "iuy",
  );
  const short = match(ctx, at, `(Q|H)([1-4]) (?:of )?(${YEAR})(?!\\d)`);
  if (short !== undefined) {
    const n = Number(short[2]);
    const size = short[1] === "Q" ? 3 : 6;
    return {
      end: endOf(short),
      period: months(Number(short[3]), (n - 1) * size + 1, n * size),
      rule: "quarter",
    };
  }
  if (
    m !== undefined &&
    (m[3] !== undefined || m[4] !== undefined || / the year/.test(m[0]) || m[2] === "quarter")
  ) {
    const half = (m[2] ?? "").toLowerCase() === "half";
    const word = (m[1] ?? "").toLowerCase();
    const parts = half ? 2 : 4;
    const n = word === "last" ? parts : (ORDINALS[word] ?? 1);
    const size = 12 / parts;
    const make = (y: number): Period => months(y, (n - 1) * size + 1, n * size);
    const { year } = ymd(ctx.ref);
    const end = endOf(m);
    // "in the fourth quarter" of a match: money or output nearby would tell, sport would not name the year.
    if (
      m[3] === undefined &&
      m[4] === undefined &&
      !/ the year/.test(m[0]) &&
      /^ (?:lead|score|touchdown|goal|final)/.test(ctx.text.slice(end))
    )
      return undefined;
    const period =
      m[3] !== undefined
        ? make(Number(m[3]))
        : m[4] !== undefined
          ? make(year + (m[4].toLowerCase() === "last" ? -1 : m[4].toLowerCase() === "next" ? 1 : 0))
          : yearFor(ctx, start, end, make);
    return period === undefined ? undefined : { end, period, rule: half ? "half-year" : "quarter" };
  }
  m = match(ctx, at, `(?:the )?(?:fiscal|financial)(?: year)? (${YEAR})(?!\\d)|FY ?(${YEAR})(?!\\d)`, "iuy");
  if (m !== undefined) {
    const y = Number(m[1] ?? m[2]);
    return { end: endOf(m), period: years(y, y), rule: "fiscal-year", approximate: true };
  }
  m = match(
    ctx,
    at,
    `(?:the )?(${YEAR})[-–/](\\d{2})(?!\\d|[-–/])(?: season| school year| academic year)?`,
    "iuy",
  );
  if (m !== undefined && (Number(m[1]) + 1) % 100 === Number(m[2])) {
    return { end: endOf(m), period: years(Number(m[1]), Number(m[1]) + 1), rule: "split-year" };
  }
  m = match(
    ctx,
    at,
    `the (first|second|third|fourth|fifth|last) (${WEEKDAYS}) (?:in|of) (${MONTH})(?:,? (${YEAR}))?`,
    "uy",
  );
  if (m !== undefined) {
    const [n, wanted, month] = [
      ORDINALS[m[1] ?? ""] ?? 1,
      weekdayNumber(m[2] ?? ""),
      monthNumber(m[3] ?? ""),
    ];
    const make = (y: number): Period => onDay(nthWeekday(y, month, wanted, n));
    const period = m[4] === undefined ? yearFor(ctx, start, endOf(m), make) : make(Number(m[4]));
    return period === undefined ? undefined : { end: endOf(m), period, rule: "nth-weekday" };
  }
  return undefined;
}

function decade(ctx: TimeContext, at: number): Core | undefined {
  let m = match(ctx, at, "(?:the )?(1[5-9]\\d|20\\d)0['’]?s(?!\\p{L})", "iuy");
  if (m !== undefined)
    return { end: endOf(m), period: years(Number(m[1]) * 10, Number(m[1]) * 10 + 9), rule: "decade" };
  m = match(ctx, at, "(?:the )?['’]([2-9])0s(?!\\p{L})", "iuy");
  if (m !== undefined)
    return {
      end: endOf(m),
      period: years(1900 + Number(m[1]) * 10, 1909 + Number(m[1]) * 10),
      rule: "decade",
    };
  m = match(ctx, at, `the (${Object.keys(DECADES).join("|")})(?!\\p{L})`, "iuy");
  if (m !== undefined && !/\b(?:his|her|their|my|our) $/i.test(ctx.text.slice(Math.max(0, at - 6), at))) {
    const y = 1900 + (DECADES[(m[1] ?? "").toLowerCase()] ?? 0);
    return { end: endOf(m), period: years(y, y + 9), rule: "decade" };
  }
  m = match(
    ctx,
    at,
    `(?:the )?(?:(\\d{1,2})(?:st|nd|rd|th)|(${[...CENTURIES].sort((a, b) => b.length - a.length).join("|")}))[- ]century(?!\\p{L})`,
    "iuy",
  );
  if (m !== undefined) {
    const n = m[1] === undefined ? CENTURIES.indexOf((m[2] ?? "").toLowerCase()) + 1 : Number(m[1]);
    if (n < 1 || n > 21) return undefined;
    return { end: endOf(m), period: years((n - 1) * 100 + 1, n * 100), rule: "century" };
  }
  return undefined;
}

const YEAR_BEFORE =
  /(?:\b(?:in|since|of|from|until|till|by|during|before|after|around|circa|late|early|mid|to|and|between|back|through|late in|early in|for|than|ended|year|spring|summer|autumn|fall|winter)|mid-|\b(?:the|his|her|its|their|that|a|our|['’]s)|\() $|mid-$|\($|\d{4}[-–]$/i;
const YEAR_COUNTED =
  /^[ -](?:people|troops|soldiers|men|women|children|dead|tons?|tonnes|miles|kilomet|km|metres|meters|feet|dollars|euros|pounds|votes|jobs|homes|houses|cases|police|officers|workers|students|protesters|refugees|migrants|families|others|more|other|members|fighters|miners|hectares|acres|euro|rubles|roubles|yen|times|points|copies|prisoners|civilians|residents|years)\b/;

function bareYear(ctx: TimeContext, at: number): Core | undefined {
  const m = match(ctx, at, `(${YEAR})(?![\\d%]|[,.:]\\d|/\\d{4})(?!['’]?s\\p{L})`);
  if (m === undefined) return undefined;
  const before = ctx.text.slice(Math.max(0, at - 12), at);
  if (!YEAR_BEFORE.test(before) || YEAR_COUNTED.test(ctx.text.slice(endOf(m)))) return undefined;
  if (
    /\b(?:the|his|her|its|their|that|a|our|for|than|['’]s) $/i.test(before) &&
    !/^ \p{L}/u.test(ctx.text.slice(endOf(m)))
  )
    return undefined;
  const y = Number(m[1]);
  return { end: endOf(m), period: years(y, y), rule: "year" };
}

const AMBIGUOUS_MONTH = new Set(["March", "May", "April", "June", "August"]);
const MONTH_BEFORE =
  /(?:\b(?:in|since|until|till|of|from|to|by|during|early|mid|late|through|between|and|before|after|throughout|the|for|last|next|this|around)|mid-) ?$|^$/i;

function bareMonth(ctx: TimeContext, at: number, start: number): Core | undefined {
  const m = match(ctx, at, `(${MONTHS})(?!\\p{L}|['’]s \\p{Lu}| \\d)`);
  if (m === undefined) return undefined;
  const name = m[1] ?? "";
  const before = ctx.text.slice(Math.max(0, at - 12), at);
  if (AMBIGUOUS_MONTH.has(name) && !(before !== "" && MONTH_BEFORE.test(before))) return undefined;
  const period = yearFor(ctx, start, endOf(m), (y) => monthOf(y, monthNumber(name)));
  return period === undefined ? undefined : { end: endOf(m), period, rule: "month" };
}

/** A day or a longer stretch of the calendar, without clock, modifier or preposition. */
function core(ctx: TimeContext, at: number, start: number): Core | undefined {
  return (
    calendarDate(ctx, at, start) ??
    weekday(ctx, at, start) ??
    partOfYear(ctx, at, start) ??
    seasonRule(ctx, at, start) ??
    decade(ctx, at) ??
    holiday(ctx, at, start) ??
    relative(ctx, at, start) ??
    counted(ctx, at, start) ??
    bareYear(ctx, at) ??
    bareMonth(ctx, at, start)
  );
}

/** "early", "mid-", "late", "the end of": a third of the stretch, at the next finer unit. */
function third(period: Period, which: "early" | "mid" | "late"): Period {
  const pick = <T>(a: T, b: T, c: T): T => (which === "early" ? a : which === "mid" ? b : c);
  const from = ymd(period.from);
  const to = ymd(period.to);
  const span = to.year - from.year;
  if (period.unit === "year" && span >= 90)
    return pick(
      years(from.year, from.year + 32),
      years(from.year + 33, from.year + 66),
      years(from.year + 67, to.year),
    );
  if (period.unit === "year" && span >= 9)
    return pick(
      years(from.year, from.year + 3),
      years(from.year + 4, from.year + 6),
      years(from.year + 7, to.year),
    );
  if (period.unit === "year" && span === 0)
    return pick(months(from.year, 1, 4), months(from.year, 5, 8), months(from.year, 9, 12));
  if (period.unit === "week")
    return pick(
      days(period.from, period.from + 1),
      days(period.from + 2, period.from + 3),
      days(period.from + 4, period.to),
    );
  if (period.unit === "month" && period.to - period.from < 31)
    return pick(
      days(period.from, period.from + 9),
      days(period.from + 10, period.from + 19),
      days(period.from + 20, period.to),
    );
  if (period.unit === "month") {
    const length = Math.max(1, Math.round((to.year - from.year) * 12 + to.month - from.month + 1) / 3);
    const first = from.month + Math.floor(pick(0, length, 2 * length));
    return months(from.year, first, first + Math.ceil(length) - 1);
  }
  return period;
}

function clockTime(
  ctx: TimeContext,
  at: number,
): { end: number; at: string; offset?: string | readonly [string, string]; sure: boolean } | undefined {
  const zonePart = `(?: ?(?:\\(?(${Object.keys(ZONES).join("|")})\\)?(?!\\p{L})|local time|Eastern time|a\\.?m\\.?))?`;
  let m = match(ctx, at, `(\\d{1,2})(?:[:.](\\d{2}))? ?(a\\.?m\\b\\.?|p\\.?m\\b\\.?)${zonePart}`, "iuy");
  const zoned = (letters: string | undefined): { offset?: string | readonly [string, string] } => {
    const zone = letters === undefined ? undefined : ZONES[letters.toUpperCase()];
    return zone === undefined ? {} : { offset: zone };
  };
  if (m !== undefined) {
    const raw = Number(m[1]);
    if (raw > 12 || raw === 0) return undefined;
    const hour = (raw % 12) + (/^p/i.test(m[3] ?? "") ? 12 : 0);
    const hh = String(hour).padStart(2, "0");
    let end = endOf(m);
    // A full stop that ends the sentence is not part of "a.m.".
    if (/[^.]m\.$/.test(m[0]) && !/\.m\.$/.test(m[0])) end--;
    return { end, at: m[2] === undefined ? hh : `${hh}:${m[2]}`, ...zoned(m[4]), sure: true };
  }
  m = match(ctx, at, `(\\d{1,2}):(\\d{2})(?!\\d|:)${zonePart}`, "uy");
  if (m !== undefined && Number(m[1]) < 24 && Number(m[2]) < 60) {
    return {
      end: endOf(m),
      at: `${(m[1] ?? "").padStart(2, "0")}:${m[2]}`,
      ...zoned(m[3]),
      sure: m[3] !== undefined || /time$/.test(m[0]),
    };
  }
  m = match(
    ctx,
    at,
    `([01]\\d|2[0-3])([0-5]\\d) ?(?:(GMT|UTC|CET|ET|EST|hours|hrs)(?!\\p{L})|local time)`,
    "uy",
  );
  if (m !== undefined) return { end: endOf(m), at: `${m[1]}:${m[2]}`, ...zoned(m[3]), sure: true };
  m = match(ctx, at, "(noon|midday|midnight)(?!\\p{L})", "iuy");
  if (m !== undefined)
    return { end: endOf(m), at: (m[1] ?? "").toLowerCase() === "midnight" ? "00" : "12", sure: true };
  return undefined;
}

const resolveOffset = (
  offset: string | readonly [string, string] | undefined,
  day: number,
): string | undefined => {
  if (offset === undefined || typeof offset === "string") return offset;
  const { year } = ymd(day);
  // Summer time in North America: second Sunday of March to first Sunday of November.
  const summer = day >= nthWeekday(year, 3, 7, 2) && day < nthWeekday(year, 11, 7, 1);
  return summer ? offset[1] : offset[0];
};

const ABOUT =
  "(?:(?:about|around|roughly|approximately|shortly|just|soon|precisely|exactly) )?(?:(?:after|before|past|around|about|to) )?";

/** "at 6:30 p.m. on Saturday", "yesterday at 6 a.m.", "from 9 p.m. to 5 a.m.". */
function withClock(ctx: TimeContext, at: number): Found | undefined {
  const prep = match(
    ctx,
    at,
    `(?:(at|by|around|since|until|from|before|after|about|between) )?${ABOUT}`,
    "iuy",
  );
  const start = prep === undefined ? at : endOf(prep);
  const time = clockTime(ctx, start);
  if (time !== undefined && (time.sure || (prep !== undefined && prep[0] !== ""))) {
    const until = match(ctx, time.end, "(?: (?:to|until|till|and)|[-–]) ?(?=\\d|noon|mid)", "iuy");
    const second = until === undefined ? undefined : clockTime(ctx, endOf(until));
    const end = second?.end ?? time.end;
    const link = match(ctx, end, ",? (?:on |the )?(?=[A-Z\\dtyle])");
    const part = link === undefined ? undefined : match(ctx, endOf(link), "(?:early |late )?", "iuy");
    const day =
      link === undefined ? undefined : core(ctx, part === undefined ? endOf(link) : endOf(part), at);
    const usable =
      day !== undefined &&
      day.period.unit === "day" &&
      day.period.from === day.period.to &&
      day.clock === undefined
        ? day
        : undefined;
    const base = usable?.period.from ?? ctx.ref;
    const offset = resolveOffset(second?.offset ?? time.offset, base);
    const wraps = second !== undefined && second.at < time.at;
    return {
      end: usable?.end ?? end,
      kind: "time",
      rule: "clock",
      period: days(base, base + (wraps ? 1 : 0)),
      precision: time.at.includes(":") ? "minute" : "hour",
      approximate: /about|around|roughly|approx|shortly|just|soon/i.test(prep?.[0] ?? ""),
      clock: { at: time.at, offset, ...(second === undefined ? {} : { until: second.at }) },
    };
  }
  return undefined;
}

function clockAfterDay(ctx: TimeContext, day: Core): Found | undefined {
  if (day.period.unit !== "day" || day.period.from !== day.period.to) return undefined;
  const link = match(ctx, day.end, `,? (?:at |around |by )${ABOUT}`, "iuy");
  if (link === undefined) return undefined;
  const time = clockTime(ctx, endOf(link));
  if (time === undefined) return undefined;
  return {
    end: time.end,
    kind: "time",
    rule: "clock",
    period: day.period,
    precision: time.at.includes(":") ? "minute" : "hour",
    clock: { at: time.at, offset: resolveOffset(time.offset, day.period.from) },
  };
}

const ISO_UNIT: Readonly<Record<string, string>> = {
  minute: "M",
  hour: "H",
  day: "D",
  night: "D",
  week: "W",
  month: "M",
  year: "Y",
  decade: "0Y",
  century: "00Y",
  second: "S",
};
function isoDuration(n: number, unit: string): string {
  const time = unit === "minute" || unit === "hour" || unit === "second";
  return `P${time ? "T" : ""}${n}${ISO_UNIT[unit] ?? "D"}`;
}
const unitPrecision = (unit: string): Found["precision"] =>
  unit === "decade" || unit === "century"
    ? "year"
    : unit === "night"
      ? "day"
      : unit === "day" ||
          unit === "week" ||
          unit === "month" ||
          unit === "year" ||
          unit === "hour" ||
          unit === "minute"
        ? unit
        : "second";

function duration(ctx: TimeContext, at: number): Found | undefined {
  const m =
    match(
      ctx,
      at,
      `(?:(?:for|within|after|lasting|lasted|during) )?${HEDGE}(?:the )?(?:(half) an? |(${COUNT}|${VAGUE})(?:-| )(?:and a half )?)(?:straight |consecutive |long |full |whole |more )?(${UNIT}|second)(s?)(?:-long)?(?!\\p{L}|-?old|['’]s? old| old)`,
      "iuy",
    ) ?? match(ctx, at, "()()(decade|century|year|month|week|day|hour)()s?-long(?!\\p{L})", "iuy");
  if (m === undefined) return undefined;
  const unit = UNIT_OF(m[3] ?? "");
  const words = m[0];
  // "a second man", "a day" alone are no durations; a preposition, a hyphen or a real number makes one.
  const bare = /^(?:an?) (?:\p{L}+ )?\p{L}+$/iu.test(words);
  if (unit === "second" && (m[4] ?? "") === "" && !words.includes("-")) return undefined;
  if (/^(?:\d{1,3}|\p{L}+)-(?:year)$/u.test(words) && /^ old/.test(ctx.text.slice(endOf(m))))
    return undefined;
  if (
    bare &&
    !/^(?:for|within|after|lasting|lasted|during|nearly|almost|about|over|more than|less than|under|up to|at least|around|roughly|just over|just under) /i.test(
      words,
    )
  )
    return undefined;
  const vague = m[2] !== undefined && new RegExp(`^(?:${VAGUE})$`, "i").test(m[2]);
  const n =
    m[1] !== undefined && m[1] !== "" ? 0.5 : m[2] === undefined || m[2] === "" ? 1 : vague ? 3 : count(m[2]);
  return {
    end: endOf(m),
    kind: "duration",
    rule: "duration",
    duration: isoDuration(n, unit),
    precision: unitPrecision(unit),
    approximate: vague,
  };
}

const SET_UNITS: Readonly<Record<string, Found["precision"]>> = {
  daily: "day",
  nightly: "day",
  weekly: "week",
  monthly: "month",
  yearly: "year",
  annual: "year",
  annually: "year",
  hourly: "hour",
  fortnightly: "week",
};
function set(ctx: TimeContext, at: number): Found | undefined {
  let m = match(
    ctx,
    at,
    `(?:every|each)(?: (?:other|second|third|(?:${COUNT})))? (?:(${WEEKDAYS})|(${UNIT})s?|(morning|evening|weekend|afternoon))(?!\\p{L}|-)(?: (?:morning|evening|night|afternoon))?`,
    "iuy",
  );
  if (m !== undefined) {
    const unit = m[2] === undefined ? "day" : UNIT_OF(m[2]);
    return { end: endOf(m), kind: "set", rule: "set", precision: unitPrecision(unit) };
  }
  m = match(ctx, at, `(?:once|twice|(?:${COUNT}) times) (?:a|an|each|every|per) (${UNIT})(?!\\p{L})`, "iuy");
  if (m !== undefined)
    return { end: endOf(m), kind: "set", rule: "set", precision: unitPrecision(UNIT_OF(m[1] ?? "")) };
  m = match(ctx, at, `(?:on )?(?:${WEEKDAYS})s(?!\\p{L})`, "uy");
  if (m !== undefined) return { end: endOf(m), kind: "set", rule: "set", precision: "day" };
  m = match(
    ctx,
    at,
    `(${Object.keys(SET_UNITS).join("|")})(?!\\p{L}|-| (?:Mail|Telegraph|Star|News|Mirror|Express|Beast|Times|Standard))`,
    "iuy",
  );
  if (m !== undefined && !/^[A-Z]/.test(m[0]))
    return { end: endOf(m), kind: "set", rule: "set", precision: SET_UNITS[m[1]?.toLowerCase() ?? ""] };
  return undefined;
}

type Modified = Core & { readonly edge?: "start" | "end" };
/** A core with its modifiers: "early on Sunday", "the morning of Feb. 27", "the end of May", "late in 2021". */
function modified(ctx: TimeContext, at: number, start: number): Modified | undefined {
  let m = match(
    ctx,
    at,
    "(?:the )?(early|mid|middle|late|later|earlier)(?:-| (?:on |in |of )?)(?:the )?",
    "iuy",
  );
  if (m !== undefined) {
    const inner =
      core(ctx, endOf(m), start) ?? (/the $/i.test(m[0]) ? core(ctx, endOf(m) - 4, start) : undefined);
    if (inner !== undefined) {
      const word = (m[1] ?? "").toLowerCase();
      if (word === "earlier" || word === "later") return { ...inner, approximate: true };
      return {
        ...inner,
        approximate: true,
        period:
          inner.rule === "units-ago"
            ? inner.period
            : third(inner.period, word === "late" ? "late" : word === "early" ? "early" : "mid"),
      };
    }
  }
  m = match(ctx, at, "(?:the )?(start|beginning|end|middle|close|turn|dawn|outset) of (?:the )?", "iuy");
  if (m !== undefined) {
    const unit = match(ctx, endOf(m), "(week|month|year|decade|century|day)(?!\\p{L})", "iuy");
    const { year, month } = ymd(ctx.ref);
    const plain = (name: string): Period =>
      name === "week"
        ? weekOf(ctx.ref)
        : name === "month"
          ? monthOf(year, month)
          : name === "year"
            ? years(year, year)
            : name === "day"
              ? onDay(ctx.ref)
              : name === "decade"
                ? years(Math.floor(year / 10) * 10, Math.floor(year / 10) * 10 + 9)
                : years(2001, 2100);
    const inner =
      unit !== undefined
        ? { end: endOf(unit), period: plain((unit[1] ?? "").toLowerCase()), rule: "edge" }
        : core(ctx, endOf(m), start);
    if (inner !== undefined) {
      const word = (m[1] ?? "").toLowerCase();
      const atEnd = word === "end" || word === "close";
      const wide = inner.period.unit !== "day";
      if (!wide) return { ...inner, rule: "edge", approximate: true };
      if (word === "middle")
        return { ...inner, period: third(inner.period, "mid"), rule: "edge", approximate: true };
      const long = inner.period.to - inner.period.from > 1000;
      const period = long
        ? third(inner.period, atEnd ? "late" : "early")
        : atEnd
          ? days(
              Math.max(
                inner.period.from,
                inner.period.to -
                  (inner.period.unit === "year"
                    ? 9
                    : daysIn(ymd(inner.period.to).year, ymd(inner.period.to).month) - 21),
              ),
              inner.period.to,
            )
          : days(inner.period.from, Math.min(inner.period.to, inner.period.from + 9));
      return { ...inner, period, rule: "edge", approximate: true, edge: atEnd ? "end" : "start" };
    }
  }
  m = match(
    ctx,
    at,
    `the (?:early |late )?(?:morning|afternoon|evening|night|early hours|eve) of (?:the )?`,
    "iuy",
  );
  if (m !== undefined) {
    const inner = core(ctx, endOf(m), start);
    if (inner !== undefined && inner.period.unit === "day")
      return {
        ...inner,
        approximate: true,
        period: / eve of/.test(m[0]) ? onDay(inner.period.from - 1) : inner.period,
      };
  }
  return core(ctx, at, start);
}

function dated(ctx: TimeContext, at: number): Found | undefined {
  const prep = match(
    ctx,
    at,
    "(?:(since|until|till|through|by|from|between|on|in|at|during|over|before|after|for|dated|as of|starting|beginning|up to|of|ever since|up until)(?: (?:about|around|roughly|at least|the|on|in))? )?",
    "iuy",
  );
  const word = (prep?.[1] ?? "").toLowerCase();
  const pieces = [prep === undefined ? at : endOf(prep), at + (prep?.[1]?.length ?? -1) + 1, at];
  for (const place of pieces) {
    const first = modified(ctx, place, at);
    if (first === undefined) continue;
    const inside = place > at;
    const role = inside ? word : "";
    const clocked = clockAfterDay(ctx, first);
    if (clocked !== undefined) return clocked;
    const ranged = range(ctx, first, at, role);
    if (ranged !== undefined) return ranged;
    const base = {
      end: first.end,
      rule: first.rule,
      approximate: first.approximate,
      precision: first.precision,
      kind: first.clock === undefined ? "date" : "time",
      clock: first.clock,
    } as const;
    if (role === "since" || role === "ever since" || role === "starting" || role === "beginning")
      return { ...base, period: past(ctx, first.period), open: "end" };
    const dating = /\bdat(?:e|es|ed|ing) (?:back )?$/i.test(ctx.text.slice(Math.max(0, at - 13), at));
    if ((role === "from" && !dating) || role === "as of")
      return { ...base, period: first.period, open: "end" };
    if (
      role === "until" ||
      role === "till" ||
      role === "through" ||
      role === "by" ||
      role === "up to" ||
      role === "up until"
    ) {
      const deadline = role === "by" || first.edge === "end";
      const period = deadlinePeriod(ctx, first, at);
      return {
        ...base,
        period: deadline && first.edge === "end" ? onDay(period.to) : period,
        open: "start",
        precision: first.edge === "end" ? "day" : first.precision,
      };
    }
    if (
      role !== "" &&
      at !== place &&
      (role === "for" || role === "of" || role === "over" || role === "before" || role === "after")
    ) {
      // The preposition belongs to the clause, not to the date.
      if (role !== "over") return undefined;
    }
    return { ...base, period: first.period };
  }
  return undefined;
}

/** "since January" looks back whatever the verb. */
function past(ctx: TimeContext, period: Period): Period {
  if (period.from <= ctx.ref) return period;
  const { year, month, day } = ymd(period.from);
  return period.unit === "month"
    ? monthOf(year - 1, month)
    : period.unit === "day"
      ? period.from - ctx.ref <= 7
        ? onDay(period.from - 7)
        : onDay(dayOf(year - 1, month, day))
      : period;
}

/** "until Monday" and "by Friday" look ahead when nothing says otherwise. */
function deadlinePeriod(ctx: TimeContext, first: Modified, at: number): Period {
  const { period, rule } = first;
  if (period.to >= ctx.ref || !(rule === "weekday" || rule === "month" || rule === "month-day"))
    return period;
  const left = ctx.text.slice(Math.max(0, at - 80), at);
  const clause = left.slice(Math.max(left.lastIndexOf(". "), left.lastIndexOf("\n")) + 1);
  if (/\b(?:was|were|had|did)\b/.test(clause)) return period;
  const { year, month, day } = ymd(period.from);
  if (rule === "weekday") return onDay(period.from + 7);
  return rule === "month" ? monthOf(year + 1, month) : onDay(dayOf(year + 1, month, day));
}

function range(ctx: TimeContext, first: Modified, at: number, role: string): Found | undefined {
  const link = match(
    ctx,
    first.end,
    role === "between"
      ? " and (?:the )?"
      : role === "from"
        ? "(?: (?:to|until|till|through) (?:the )?|[-–])"
        : "(?: (?:through) |[-–](?=\\d{4}(?!\\d))| to (?=[A-Z]))",
    "iuy",
  );
  if (link === undefined) return undefined;
  const second = modified(ctx, endOf(link), at);
  if (second === undefined || second.clock !== undefined) return undefined;
  let { period } = second;
  const start = first.period;
  // The second end is the first of its name after the first one.
  if (second.rule === "weekday")
    period = onDay(start.from + ((weekdayOf(period.from) - weekdayOf(start.from) + 7) % 7));
  if (second.rule === "month" || second.rule === "month-day") {
    const { year } = ymd(start.from);
    const to = ymd(period.from);
    const make = (y: number): Period =>
      second.rule === "month" ? monthOf(y, to.month) : onDay(dayOf(y, to.month, to.day));
    const named = new RegExp(YEAR).test(ctx.text.slice(endOf(link), second.end));
    if (!named) period = make(year).from >= start.from ? make(year) : make(year + 1);
  }
  if (period.to < start.from) return undefined;
  const unit = start.unit === period.unit ? start.unit : "day";
  return {
    end: second.end,
    kind: "date",
    rule: "range",
    period: { from: start.from, to: period.to, unit },
    approximate: first.approximate === true || second.approximate === true,
  };
}

/** Words that can begin a time expression; everything else is passed over at once. */
const STARTS = new RegExp(
  `(?:\\d|['’]\\d0s|(?:${MONTHS_SHORT}|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Christ|New Year|Boxing|Valen|Fourth|Hallow|Thanks|Labor|Memorial|Good Fri|Easter|Palm|Ash|May)|(?:on|in|at|by|since|until|till|through|from|between|during|over|for|within|after|before|about|around|nearly|almost|roughly|just|more|less|under|up|shortly|soon|lasting|lasted|early|mid|late|later|earlier|middle|the|last|this|next|past|previous|coming|following|recent|these|today|tonight|yesterday|tomorrow|overnight|every|each|once|twice|daily|nightly|weekly|monthly|yearly|annual|annually|hourly|dated|as of|starting|beginning|ever|noon|midnight|midday|several|some|many|half|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|couple|spring|summer|autumn|fall|winter|first|second|third|fourth|minutes|hours|days|nights|weeks|months|years|decades|centuries|decade|century|year|month|week|day|hour|fiscal|financial|FY|Q[1-4]|H[12]|at least|exactly|barely|only|approximately|well|end)(?!\\p{L}))`,
  "iuy",
);

function parse(ctx: TimeContext, at: number): Found | undefined {
  STARTS.lastIndex = at;
  if (!STARTS.test(ctx.text)) return undefined;
  const previous = ctx.text[at - 1] ?? " ";
  if (
    /[\p{L}\p{N}$€£#]/u.test(previous) ||
    (/[.,:/-]/.test(previous) && /\d/.test(ctx.text[at - 2] ?? " ") && /\d/.test(ctx.text[at] ?? ""))
  )
    return undefined;
  const options = [set(ctx, at), withClock(ctx, at), dated(ctx, at), duration(ctx, at)].filter(
    (f): f is Found => f !== undefined,
  );
  let best: Found | undefined;
  for (const found of options) if (best === undefined || found.end > best.end) best = found;
  return best;
}

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));
const IRREGULAR =
  words(`was were had did said told went came left began held made took gave met won lost shot fell rose hit
  sank broke drove flew spoke wrote saw got put sent brought bought caught fought found kept led paid ran sat stood swore
  threw became grew knew drew struck blew shook quit fled cut set shut let spent built burnt sought taught thought felt
  heard meant read hid rode sold sang slept slid split spread stole stuck swept tore woke withdrew overthrew undertook
  resigned died has have been`);
const NOT_PAST = words(
  "need indeed speed seed feed exceed proceed succeed breed bleed embed shed red bed armed united hundred sacred unprecedented scheduled expected planned set due slated poised",
);
const TENSE: TenseWords = {
  future:
    words(`will ll shall won due scheduled expected planned plans plan planning set slated going must should may might could can would
    upcoming poised is are aims aim intends intend hopes hope expects expect vows vow prepares preparing forecast ready sought`),
  schedule:
    words(`starts begins opens closes close ends expires runs run arrives returns meets leaves resumes takes comes lasts votes decides
    goes faces travels visits holds`),
  isPast: (word) => (IRREGULAR.has(word) || /[a-z]{2}ed$/.test(word)) && !NOT_PAST.has(word),
  passive: words("be been being get"),
  nouns: words("plan plans hope hopes aim aims forecast vow vows set may visits travels starts ends"),
  determiners: words("a an the his her its their this that no any"),
  infinitive: words("to"),
};

export const EN_TIMES: TimeGrammar = { parse, tense: TENSE };
