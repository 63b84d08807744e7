/** English dates of the calendar: days, months, years, weekdays, seasons, holidays, decades, quarters. */
import {
  dayOf,
  days,
  monthOf,
  months,
  nthWeekday,
  onDay,
  type Period,
  realDay,
  weekdayOf,
  years,
  ymd,
} from "../../text/calendar.ts";
import type { TimeContext } from "../../text/times.ts";
import {
  CENTURIES,
  type Core,
  DAYPART,
  DECADES,
  endOf,
  HOLIDAYS,
  MONTH,
  MONTHS,
  match,
  monthNumber,
  ORDINALS,
  SEASON,
  SEASONS,
  WEEKDAY,
  WEEKDAYS,
  weekdayNumber,
  YEAR,
  yearFor,
} from "./time-words.ts";

export function calendarDate(ctx: TimeContext, at: number, start: number): Core | undefined {
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

export function weekday(ctx: TimeContext, at: number, start: number): Core | undefined {
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

export function seasonRule(ctx: TimeContext, at: number, start: number): Core | undefined {
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

export function holiday(ctx: TimeContext, at: number, start: number): Core | undefined {
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

export function partOfYear(ctx: TimeContext, at: number, start: number): Core | undefined {
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

export function decade(ctx: TimeContext, at: number): Core | undefined {
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

export function bareYear(ctx: TimeContext, at: number): Core | undefined {
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

export function bareMonth(ctx: TimeContext, at: number, start: number): Core | undefined {
  const m = match(ctx, at, `(${MONTHS})(?!\\p{L}|['’]s \\p{Lu}| \\d)`);
  if (m === undefined) return undefined;
  const name = m[1] ?? "";
  const before = ctx.text.slice(Math.max(0, at - 12), at);
  if (AMBIGUOUS_MONTH.has(name) && !(before !== "" && MONTH_BEFORE.test(before))) return undefined;
  const period = yearFor(ctx, start, endOf(m), (y) => monthOf(y, monthNumber(name)));
  return period === undefined ? undefined : { end: endOf(m), period, rule: "month" };
}
