/**
 * English times: the grammar of dates, weekdays, seasons, decades, clock times, durations and sets for text/times.ts.
 * Written out as small rules over sticky patterns, the longest reading first. Conventions (early = first third, "recent
 * days" = a week, and so on) stand in docs/methodology-reading.md.
 */
import {
  dayOf,
  days,
  daysIn,
  monthOf,
  months,
  nthWeekday,
  onDay,
  type Period,
  weekdayOf,
  weekOf,
  years,
  ymd,
} from "../../text/calendar.ts";
import type { Found, TimeContext, TimeGrammar } from "../../text/times.ts";
import {
  bareMonth,
  bareYear,
  calendarDate,
  decade,
  holiday,
  partOfYear,
  seasonRule,
  weekday,
} from "./time-calendar.ts";
import { counted, relative } from "./time-relative.ts";
import { duration, SET_UNITS, set } from "./time-spans.ts";
import { TENSE } from "./time-tense.ts";
import { type Core, DECADES, endOf, MONTHS_SHORT, match, SEASON, UNIT, YEAR, ZONES } from "./time-words.ts";

/** A day or a longer stretch of the calendar, without clock, modifier or preposition. */
export function core(ctx: TimeContext, at: number, start: number): Core | undefined {
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
export function third(period: Period, which: "early" | "mid" | "late"): Period {
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

export function dated(ctx: TimeContext, at: number): Found | undefined {
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
export function past(ctx: TimeContext, period: Period): Period {
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

/** Words that may stand before the one that makes a time of them: "since at least the beginning of the last few …". */
const BEFORE =
  "since|until|till|through|by|from|between|on|in|at|during|over|before|after|for|within|of|dated|as|starting|beginning|up|to|ever|about|around|roughly|approximately|shortly|just|soon|precisely|exactly|past|and|early|mid|middle|late|later|earlier|start|end|close|turn|dawn|outset|eve|the|this|these|last|next|previous|coming|following|current|same|recent|nearly|almost|some|more|less|than|least|barely|only|well|under|several|a|an|few|many|couple|dozen|half|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|first|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|lasting|lasted|straight|consecutive|long|full|whole|every|each|other|once|twice|times|per|fiscal|financial";
/** A figure or a word that makes a time. Every expression has one, after nothing but words of the list above. */
const MAKES = `\\d|['’]\\d|[QH][1-4]|FY|${MONTHS_SHORT}|May|Mon|Tue|Wed|Thu|Fri|Sat|Sun|${UNIT}|second|week|quarter|half|morning|afternoon|evening|mid|noon|${SEASON}|${Object.keys(DECADES).join("|")}|to(?:day|night|morrow)|yesterday|overnight|${Object.keys(SET_UNITS).join("|")}|Christmas|Boxing|New Year|Valentine|Fourth|Halloween|Thanksgiving|Labor|Memorial|Good|Easter|Palm|Ash`;
const LIKELY = new RegExp(`(?:(?:${BEFORE})[ -])*(?:${MAKES})`, "iuy");

function parse(ctx: TimeContext, at: number): Found | undefined {
  STARTS.lastIndex = at;
  if (!STARTS.test(ctx.text)) return undefined;
  LIKELY.lastIndex = at;
  if (!LIKELY.test(ctx.text)) return undefined;
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

export const EN_TIMES: TimeGrammar = { parse, tense: TENSE };
