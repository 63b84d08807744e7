/**
 * A small grammar of times made of word lists alone: day, month and year in the order "5 enero 2022", weekdays, and words
 * for days. For languages whose full grammar has not been written; leaves out everything else.
 */
import { monthOf, onDay, type Period, realDay, weekdayOf, years, ymd } from "./calendar.ts";
import type { Found, TenseWords, TimeContext, TimeGrammar } from "./times.ts";

export type TimeLists = {
  /** Month names in lower case, every form that occurs → 1…12. */
  readonly months: Readonly<Record<string, number>>;
  /** Weekday names in lower case → 1 (Monday) … 7. */
  readonly weekdays: Readonly<Record<string, number>>;
  /** Words for days counted from today: "ayer" → -1. */
  readonly days: Readonly<Record<string, number>>;
  /** Words that may stand between day and month, or month and year: "de", "del". */
  readonly links: readonly string[];
  /** Words that may follow a year: "года". */
  readonly yearWords: readonly string[];
  /** Words that may stand before a date and are part of it: "el", "в". */
  readonly prepositions: readonly string[];
  /** Those of them that make a bare year a date: "en 2014". */
  readonly yearPrepositions: readonly string[];
  readonly since: readonly string[];
  readonly until: readonly string[];
  readonly tense: TenseWords;
};

const either = (words: readonly string[]): string =>
  words.length === 0 ? "(?!)" : [...words].sort((a, b) => b.length - a.length).join("|");

export function simpleTimes(lists: TimeLists): TimeGrammar {
  const link = lists.links.length === 0 ? " " : `(?: (?:${either(lists.links)}))? `;
  const month = either(Object.keys(lists.months));
  const year = `((?:1[5-9]|20)\\d\\d)(?!\\d)(?: (?:${either(lists.yearWords)})(?!\\p{L}))?`;
  const re = (pattern: string): RegExp => new RegExp(`${pattern}(?!\\p{L})`, "iuy");
  const date = re(`(\\d{1,2})(?:º|\\.)?${link}(${month})(?:${link}${year})?`);
  const monthYear = re(`(${month})(?:${link}${year})?`);
  const weekday = re(`(${either(Object.keys(lists.weekdays))})(?:,? (?=\\d))?`);
  const dayWord = re(`(${either(Object.keys(lists.days))})`);
  const bareYear = re(year);
  const prep = new RegExp(`(${either([...lists.prepositions, ...lists.since, ...lists.until])}) `, "iuy");

  const near = (
    ctx: TimeContext,
    start: number,
    end: number,
    make: (y: number) => Period | undefined,
  ): Period | undefined => {
    const y = ymd(ctx.ref).year;
    const here = make(y);
    if (ctx.ahead(start, end)) return here !== undefined && here.to >= ctx.ref ? here : make(y + 1);
    return here !== undefined && here.from <= ctx.ref ? here : make(y - 1);
  };
  const at = (pattern: RegExp, ctx: TimeContext, place: number): RegExpExecArray | null => {
    pattern.lastIndex = place;
    return pattern.exec(ctx.text);
  };
  const core = (
    ctx: TimeContext,
    place: number,
    start: number,
  ): (Found & { readonly period: Period }) | undefined => {
    const made = (m: RegExpExecArray, rule: string, period: Period | undefined) =>
      period === undefined
        ? undefined
        : ({ end: m.index + m[0].length, kind: "date", rule, period } as const);
    let m = at(date, ctx, place);
    if (m !== null) {
      const number = lists.months[(m[2] ?? "").toLowerCase()] ?? 0;
      const day = Number(m[1]);
      const make = (y: number): Period | undefined => {
        const found = realDay(y, number, day);
        return found === undefined ? undefined : onDay(found);
      };
      return made(
        m,
        "month-day",
        m[3] === undefined ? near(ctx, start, m.index + m[0].length, make) : make(Number(m[3])),
      );
    }
    m = at(monthYear, ctx, place);
    if (m !== null && (m[2] !== undefined || place > start)) {
      const number = lists.months[(m[1] ?? "").toLowerCase()] ?? 0;
      const make = (y: number): Period => monthOf(y, number);
      return made(
        m,
        "month",
        m[2] === undefined ? near(ctx, start, m.index + m[0].length, make) : make(Number(m[2])),
      );
    }
    m = at(weekday, ctx, place);
    if (m !== null) {
      const inner = core(ctx, m.index + m[0].length, start);
      if (inner?.rule === "month-day") return inner;
      const wanted = lists.weekdays[(m[1] ?? "").toLowerCase()] ?? 1;
      const now = weekdayOf(ctx.ref);
      const ahead = ctx.ahead(start, m.index + m[0].length);
      const found = made(
        m,
        "weekday",
        onDay(ahead ? ctx.ref + ((wanted - now + 7) % 7) : ctx.ref - ((now - wanted + 7) % 7)),
      );
      return found === undefined ? undefined : { ...found, end: m.index + m[0].trimEnd().length };
    }
    m = at(dayWord, ctx, place);
    if (m !== null)
      return made(m, "day-word", onDay(ctx.ref + (lists.days[(m[1] ?? "").toLowerCase()] ?? 0)));
    return undefined;
  };

  return {
    tense: lists.tense,
    parse(ctx, place) {
      if (/[\p{L}\p{N}$€]/u.test(ctx.text[place - 1] ?? " ")) return undefined;
      const iso = /(\d{4})-(\d{2})-(\d{2})(?!\d)/y;
      iso.lastIndex = place;
      const plain = iso.exec(ctx.text);
      if (plain !== null) {
        const day = realDay(Number(plain[1]), Number(plain[2]), Number(plain[3]));
        if (day !== undefined) return { end: place + 10, kind: "date", rule: "iso", period: onDay(day) };
      }
      const before = at(prep, ctx, place);
      const word = (before?.[1] ?? "").toLowerCase();
      const inner = before === null ? place : place + before[0].length;
      let found = core(ctx, inner, place);
      if (found === undefined && lists.yearPrepositions.includes(word)) {
        const m = at(bareYear, ctx, inner);
        if (m !== null)
          found = {
            end: m.index + m[0].length,
            kind: "date",
            rule: "year",
            period: years(Number(m[1]), Number(m[1])),
          };
      }
      if (found === undefined) return undefined;
      const open = lists.since.includes(word) ? "end" : lists.until.includes(word) ? "start" : undefined;
      return { ...found, open };
    },
  };
}
