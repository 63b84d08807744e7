/**
 * Text → time expressions resolved to intervals (model `TimeSpan`), in one pass from left to right. The grammar of a
 * language comes in as an argument; here stand the walk, the choice between past and future, and the printing.
 * News looks back: a bare "on Wednesday" is the last one, today included, unless the verb of its clause looks ahead.
 * After TimeML's TIMEX3 in spirit; leaves out quantified times ("most Fridays") and other calendars.
 */
import type { DatePrecision, TimeSpan } from "../model/index.ts";
import { isSouthern, localDay, offsetOf, type Period, precisionOf, printDay } from "./calendar.ts";

/** A clock time as it will be printed after the day: "18:30", "08", with an offset when the text gives a zone. */
export type Clock = { readonly at: string; readonly offset?: string | undefined; readonly until?: string };

export type Found = {
  /** Offset after the last unit of the words. */
  readonly end: number;
  readonly kind: TimeSpan["kind"];
  readonly rule: string;
  readonly period?: Period | undefined;
  readonly open?: "start" | "end" | undefined;
  readonly approximate?: boolean | undefined;
  readonly precision?: DatePrecision | undefined;
  readonly duration?: string | undefined;
  readonly clock?: Clock | undefined;
};

export type TimeContext = {
  readonly text: string;
  /** The local day and hour of publication. */
  readonly ref: number;
  readonly hour?: number | undefined;
  readonly southern: boolean;
  /** The last single day the text named: "two days later" counts from it. */
  readonly anchor: number | undefined;
  /** True when the clause around [start, end) looks ahead. */
  ahead(start: number, end: number): boolean;
};

export type TimeGrammar = {
  parse(context: TimeContext, at: number): Found | undefined;
  readonly tense: TenseWords;
};

/** How the verbs of a language tell past from future; words in lower case. */
export type TenseWords = {
  /** "will", "due", "expected": the clause looks ahead. */
  readonly future: ReadonlySet<string>;
  /** Those of them that are nouns after an article: "a peace plan". */
  readonly nouns: ReadonlySet<string>;
  readonly determiners: ReadonlySet<string>;
  /** Verbs whose present tense announces: "the trial opens on March 3". */
  readonly schedule: ReadonlySet<string>;
  /** A finite past verb, or a participle that may be one. */
  isPast(word: string): boolean;
  /** "be" before a participle; looked through to the auxiliary before it. */
  readonly passive: ReadonlySet<string>;
  /** "to" of an infinitive. */
  readonly infinitive: ReadonlySet<string>;
};

export type TimeOptions = {
  /** Publication, ISO 8601 with its precision. Without it only dates that stand on their own feet are found. */
  readonly publishedAt: string;
  /** IANA name or offset of the place of the dateline. */
  readonly zone?: string | undefined;
};

const WORD = /[\p{L}\p{M}]+(?:['’][\p{L}]+)?|\d+/gu;
const SENTENCE_END = /[.!?]["”’)]?\s+(?=["“‘]?\p{Lu})|\n/gu;

/** The words of the sentence on one side of a point, nearest first. Full stops of abbreviations may cut early. */
function wordsBefore(text: string, at: number): string[] {
  const from = Math.max(0, at - 140);
  const piece = text.slice(from, at);
  let cut = 0;
  for (const m of piece.matchAll(SENTENCE_END)) cut = m.index + m[0].length;
  return (piece.slice(cut).match(WORD) ?? []).map((w) => w.toLowerCase()).reverse();
}

function wordsAfter(text: string, at: number, clauseOnly: boolean): string[] {
  const piece = text.slice(at, at + 140).split(clauseOnly ? /,| and | but / : "\u0000")[0] ?? "";
  SENTENCE_END.lastIndex = 0;
  const cut = SENTENCE_END.exec(piece);
  return (piece.slice(0, cut === null ? piece.length : cut.index + 1).match(WORD) ?? []).map((w) =>
    w.toLowerCase(),
  );
}

type Tense = "past" | "future" | undefined;

/** What word i of a list says, where `before` gives the words that stand before it in the text, nearest first. */
function cue(word: string, before: readonly string[], tense: TenseWords): Tense {
  if (tense.nouns.has(word) && before.slice(0, 3).some((w) => tense.determiners.has(w))) return undefined;
  // "was set to begin": an announcement that lies behind.
  if (tense.future.has(word)) return tense.isPast(before[0] ?? "") ? "past" : "future";
  if (tense.schedule.has(word)) return "future";
  if (!tense.isPast(word)) return undefined;
  const passive = before.slice(0, 2).findIndex((w) => tense.passive.has(w));
  if (passive < 0) return "past";
  const auxiliary = before.slice(passive + 1, passive + 3);
  if (tense.infinitive.has(auxiliary[0] ?? "") && tense.isPast(auxiliary[1] ?? "")) return "past";
  return auxiliary.some((w) => tense.future.has(w) || tense.infinitive.has(w)) ? "future" : "past";
}

function looksAhead(text: string, start: number, end: number, tense: TenseWords): boolean {
  // "Wednesday's attack": what the attack did tells the time, not the clause before it.
  const left = /^['’]s? /.test(text.slice(end, end + 3)) ? [] : wordsBefore(text, start);
  let infinitive = false;
  for (let i = 0; i < Math.min(left.length, 16); i++) {
    const word = left[i] ?? "";
    if (tense.infinitive.has(word) && i > 0 && /^\p{Ll}/u.test(left[i - 1] ?? "") && i <= 8)
      infinitive = true;
    const said = cue(word, left.slice(i + 1), tense);
    if (said === "future") return true;
    if (said === "past") return false;
  }
  if (infinitive) return true;
  const right = wordsAfter(text, end, left.length === 0 && /^['’]/.test(text.slice(end, end + 1)));
  for (let i = 0; i < Math.min(right.length, 12); i++) {
    if (right[i] === "would") continue;
    if (i === 0 && tense.schedule.has(right[0] ?? "")) continue;
    const said = cue(right[i] ?? "", right.slice(0, i).reverse(), tense);
    if (said !== undefined) return said === "future";
  }
  return false;
}

function printed(found: Found, zone: string | undefined): Pick<TimeSpan, "start" | "end"> {
  const { period, clock, open } = found;
  if (period === undefined) return {};
  const print = (day: number, time: string | undefined): string => {
    if (clock === undefined || time === undefined) return printDay(day, period.unit);
    const offset =
      clock.offset ?? (zone === undefined ? undefined : offsetOf(zone, day, Number(time.slice(0, 2))));
    return `${printDay(day, "day")}T${time}${offset ?? ""}`;
  };
  return {
    ...(open === "start" ? {} : { start: print(period.from, clock?.at) }),
    ...(open === "end" ? {} : { end: print(period.to, clock?.until ?? clock?.at) }),
  };
}

function direction(found: Found, ref: number): TimeSpan["direction"] {
  const { period, open } = found;
  if (period === undefined) return "unknown";
  if (open !== "start" && period.from > ref) return "future";
  if (open !== "end" && period.to < ref) return "past";
  if (open === "start" && period.to > ref) return "future";
  return open === "end" ? "past" : "present";
}

/** Every time expression of a text, in order, not overlapping. */
export function scanTimes(text: string, grammar: TimeGrammar, options: TimeOptions): TimeSpan[] {
  const reference = localDay(options.publishedAt, options.zone);
  if (reference === undefined) return [];
  const spans: TimeSpan[] = [];
  let anchor: number | undefined;
  const southern = options.zone !== undefined && isSouthern(options.zone);
  const starts = /[\p{L}\p{N}]+|['’](?=\d0s)/gu;
  for (let m = starts.exec(text); m !== null; m = starts.exec(text)) {
    const at = m.index;
    const found = grammar.parse(
      {
        text,
        ref: reference.day,
        hour: reference.hour,
        southern,
        anchor,
        ahead: (s, e) => looksAhead(text, s, e, grammar.tense),
      },
      at,
    );
    if (found === undefined) continue;
    const { period } = found;
    if (period !== undefined && period.unit === "day" && found.open === undefined) anchor = period.to;
    spans.push({
      ...printed(found, options.zone),
      precision: found.precision ?? (period === undefined ? "day" : precisionOf(period.unit)),
      approximate: found.approximate ?? false,
      direction: direction(found, reference.day),
      kind: found.kind,
      ...(found.duration === undefined ? {} : { duration: found.duration }),
      words: text.slice(at, found.end),
      span: { start: at, end: found.end },
      rule: `times/${found.rule}`,
    });
    starts.lastIndex = Math.max(found.end, at + 1);
  }
  return spans;
}
