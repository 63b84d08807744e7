/** English durations ("for three days") and sets ("every Friday"). */
import type { Found, TimeContext } from "../../text/times.ts";
import { COUNT, count, endOf, HEDGE, match, UNIT, UNIT_OF, VAGUE, WEEKDAYS } from "./time-words.ts";

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

export function duration(ctx: TimeContext, at: number): Found | undefined {
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

export const SET_UNITS: Readonly<Record<string, Found["precision"]>> = {
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
export function set(ctx: TimeContext, at: number): Found | undefined {
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
