/** English times counted from the day of publication or the last day named: "last week", "two days later", "in recent months". */
import {
  days,
  monthOf,
  months,
  onDay,
  type Period,
  weekdayOf,
  weekOf,
  years,
  ymd,
} from "../../text/calendar.ts";
import type { TimeContext } from "../../text/times.ts";
import {
  COUNT,
  type Core,
  count,
  DAYPART,
  endOf,
  HEDGE,
  MONTHS,
  match,
  monthNumber,
  UNIT,
  UNIT_OF,
  VAGUE,
  WEEKDAYS,
  weekdayNumber,
} from "./time-words.ts";

/** "last week", "this month", "next Friday", "last night", "yesterday", "the day before". */
export function relative(ctx: TimeContext, at: number, start: number): Core | undefined {
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

export function weekend(ctx: TimeContext, start: number, end: number, shift: number | undefined): Period {
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

export function counted(ctx: TimeContext, at: number, start: number): Core | undefined {
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
