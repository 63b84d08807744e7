/** English words of time, and the matching of patterns at a place, shared by the rules of times. */
import { dayOf, easter, nthWeekday, type Period, ymd } from "../../text/calendar.ts";
import type { Found, TimeContext } from "../../text/times.ts";

export const MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December";
export const MONTHS_SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec";
export const WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday";
export const MONTH = `(?:${MONTHS}|(?:${MONTHS_SHORT})(?:\\.|(?=\\s\\d)))`;
export const WEEKDAY = `(?:${WEEKDAYS}|(?:Mon|Tues?|Wed|Thurs?|Thu|Fri)\\.?(?=[ ,])|(?:Sat|Sun)\\.(?=[ ,]))`;
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
export const COUNT = `(?:\\d{1,3}|(?:twenty|thirty|forty|fifty)-(?:one|two|three|four|five|six|seven|eight|nine)|${Object.keys(
  SMALL,
)
  .sort((a, b) => b.length - a.length)
  .join("|")})`;
export const VAGUE = "several|a few|some|many";
export const UNIT = "minute|hour|day|night|week|month|year|decade|century|centurie";
export const HEDGE =
  "(?:(?:about|around|nearly|almost|roughly|some|just over|just under|more than|less than|over|under|at least|up to|approximately|exactly|barely|only|just|well over|shortly) )?";
export const YEAR = "(?:1[5-9]\\d\\d|20\\d\\d)";
export const DAYPART = "(?:early |late |mid-)?(?:morning|afternoon|evening|night|midday|noon)";
export const SEASON = "spring|summer|autumn|fall|winter";
export const SEASONS = ["spring", "summer", "autumn", "winter"];
export const ORDINALS: Readonly<Record<string, number>> = {
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
export const CENTURIES =
  "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first".split(
    " ",
  );
export const DECADES: Readonly<Record<string, number>> = {
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
export const ZONES: Readonly<Record<string, string | readonly [string, string]>> = {
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

export const HOLIDAYS: readonly (readonly [RegExp, (year: number) => number])[] = [
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

export const monthNumber = (name: string): number =>
  "janfebmaraprmayjunjulaugsepoctnovdec".indexOf(name.slice(0, 3).toLowerCase()) / 3 + 1;
export const weekdayNumber = (name: string): number =>
  "montuewedthufrisatsun".indexOf(name.slice(0, 3).toLowerCase()) / 3 + 1;
export function count(words: string): number {
  const plain = words.toLowerCase();
  if (/^\d+$/.test(plain)) return Number(plain);
  const [tens, ones] = plain.split("-");
  if (ones !== undefined) return (SMALL[tens ?? ""] ?? 0) + (SMALL[ones] ?? 0);
  return SMALL[plain] ?? 1;
}

export type Core = {
  readonly end: number;
  readonly period: Period;
  readonly rule: string;
  readonly approximate?: boolean;
  readonly clock?: Found["clock"];
  readonly precision?: Found["precision"];
};
const cache = new Map<string, RegExp>();
/** Matches a pattern exactly at a place. */
export function match(
  ctx: TimeContext,
  at: number,
  pattern: string,
  flags = "uy",
): RegExpExecArray | undefined {
  const key = flags + pattern;
  let re = cache.get(key);
  if (re === undefined) {
    re = new RegExp(pattern, flags);
    cache.set(key, re);
  }
  re.lastIndex = at;
  return re.exec(ctx.text) ?? undefined;
}
export const endOf = (m: RegExpExecArray): number => m.index + m[0].length;

/** The year that puts a month or day where the clause looks: the last one, or the next. */
export function yearFor(
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

export const UNIT_OF = (word: string): string => word.toLowerCase().replace(/^centurie$/, "century");
