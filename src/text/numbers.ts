/**
 * Text → cardinal numbers with their hedges: digits with separators, words, vague words ("dozens"), ranges, money and
 * percentages. What a number counts is read later (events/quantities). The word lists of a language come in as an argument.
 * Bounds follow the words: "at least 40" has a lower bound only, "almost 900" an upper one only, "about 50" is exact
 * with a hedge, "dozens" is at least 24. Leaves out ordinals, fractions other than the common ones, and Roman numerals.
 */
import type { Word } from "./scan.ts";

/** What a hedge does to the number: gives a lower bound, an upper one, or says it is approximate or plain. */
export type Bound = "low" | "high" | "about" | "plain";

export type NumberWords = {
  /** "1,234.5": how digits are grouped and where the fraction begins. */
  readonly thousands: string;
  readonly decimal: "." | ",";
  /** "two" → 2, "twenty" → 20: added up. */
  readonly small: Readonly<Record<string, number>>;
  /** "hundred" → 100, "million", "bn", "dozen": multiply what stands before. */
  readonly scales: Readonly<Record<string, number>>;
  /** "dozens" → 24: at least that many. */
  readonly vague: Readonly<Record<string, number>>;
  /** "tens of thousands": a vague word times another, [factor of the first]. */
  readonly vagueFactors: Readonly<Record<string, number>>;
  readonly of: string;
  /** Words that make "several hundred", "a few dozen" vague. */
  readonly several: readonly string[];
  readonly and: readonly string[];
  /** Hedges before, longest first when matched, in lower case, words parted by one space. */
  readonly before: Readonly<Record<string, Bound>>;
  /** Hedges after the number: "or so", "or more". */
  readonly after: Readonly<Record<string, Bound>>;
  readonly between: string;
  readonly to: readonly string[];
  readonly or: readonly string[];
  readonly percent: readonly string[];
  /** Currency words and signs → ISO 4217. */
  readonly currencies: Readonly<Record<string, string>>;
  /** Currency words that are also something else: "won", "pounds". */
  readonly ambiguousCurrencies: readonly string[];
  /** "half" → 50 and so on, in percent. */
  readonly shares: Readonly<Record<string, number>>;
  /** Articles that belong to a number word: "a hundred", "a dozen". */
  readonly articles: readonly string[];
  /** "a couple" → 2, "a pair" → 2, "twin" → 2, "twice" → 2. */
  readonly named: Readonly<Record<string, number>>;
};

export type NumberMention = {
  /** With the hedge, the currency sign and the percent word. */
  readonly start: number;
  readonly end: number;
  /** Index of the first and after the last word of the whole mention in the list of words. */
  readonly first: number;
  readonly last: number;
  /** The number alone. */
  readonly numberStart: number;
  readonly numberEnd: number;
  readonly low?: number;
  readonly high?: number;
  readonly exact?: number;
  readonly hedge?: string;
  readonly form: "digits" | "words" | "vague" | "share" | "named";
  readonly money?: string;
  readonly percent: boolean;
  /** One of two numbers joined by a hyphen, "15-0": a range or a score, by context. */
  readonly joined?: boolean;
};

type Value = {
  readonly value: number;
  readonly next: number;
  readonly form: NumberMention["form"];
  readonly hedge?: string;
};

export function parseDigits(text: string, words: Pick<NumberWords, "thousands" | "decimal">): number {
  const grouped = new RegExp(`[${words.thousands}](?=\\d{3}(?:\\D|$))`, "g");
  return Number(text.replace(grouped, "").replace(words.decimal, "."));
}

const isFollowedBy = (tokens: readonly Word[], at: number, phrase: readonly string[]): boolean =>
  phrase.every((word, i) => tokens[at + i]?.lower === word);

/** "2.5 million", "1.2bn", "10k": the scales that follow a value. */
function scaled(
  value: number,
  tokens: readonly Word[],
  at: number,
  words: NumberWords,
  tightOnly: boolean,
): { value: number; next: number } {
  let next = at;
  let result = value;
  for (let token = tokens[next]; token !== undefined; token = tokens[next]) {
    const factor = words.scales[token.lower];
    if (factor === undefined || token.breaks) break;
    // A single letter is a scale only when it touches the digits: "10k", never "10 m".
    if (token.text.length <= 2 && !token.tight) break;
    if (tightOnly && !token.tight) break;
    // "8.3 million" is 8,300,000 and not a billionth more.
    result = Number((result * factor).toPrecision(12));
    next++;
    if (
      tokens[next]?.text === "." &&
      token.text.length <= 3 &&
      tokens[next]?.tight === true &&
      /^\p{Ll}/u.test(tokens[next + 1]?.text ?? "")
    )
      break;
  }
  return { value: result, next };
}

/** "twenty-five thousand three hundred and one". */
function spelled(tokens: readonly Word[], at: number, words: NumberWords): Value | undefined {
  let next = at;
  let total = 0;
  let group = 0;
  let seen = 0;
  let lastSmall = Number.POSITIVE_INFINITY;
  for (;;) {
    const token = tokens[next];
    if (token === undefined || (next > at && token.breaks)) break;
    const small = words.small[token.lower];
    if (small !== undefined) {
      // "two three" are two numbers; "twenty two", "hundred five" are one.
      const tens = lastSmall >= 20 && lastSmall < 100 && small < 10;
      if (seen > 0 && lastSmall !== Number.POSITIVE_INFINITY && !tens) break;
      group += small;
      lastSmall = small;
      seen++;
      next++;
      continue;
    }
    const factor = token.text.length > 2 ? words.scales[token.lower] : undefined;
    if (factor !== undefined && (seen > 0 || words.articles.includes(tokens[at]?.lower ?? ""))) {
      if (factor >= 1000) {
        total += (group === 0 ? 1 : group) * factor;
        group = 0;
      } else group = (group === 0 ? 1 : group) * factor;
      lastSmall = Number.POSITIVE_INFINITY;
      seen++;
      next++;
      continue;
    }
    const after = tokens[next + 1];
    if (seen > 0 && token.text === "-" && token.tight && after?.tight === true) {
      const ones = words.small[after.lower];
      if (ones !== undefined && ones < 10 && lastSmall >= 20 && lastSmall < 100) {
        next++;
        continue;
      }
    }
    if (
      seen > 0 &&
      words.and.includes(token.lower) &&
      lastSmall === Number.POSITIVE_INFINITY &&
      after !== undefined &&
      words.small[after.lower] !== undefined &&
      group >= 100
    ) {
      next++;
      continue;
    }
    if (
      next === at &&
      words.articles.includes(token.lower) &&
      after !== undefined &&
      words.scales[after.lower] !== undefined &&
      after.text.length > 2
    ) {
      next++;
      continue;
    }
    break;
  }
  return seen === 0 ? undefined : { value: total + group, next, form: "words" };
}

/** "dozens", "tens of thousands", "several hundred", "low thousands". */
function vague(tokens: readonly Word[], at: number, words: NumberWords): Value | undefined {
  for (const phrase of words.several) {
    const parts = phrase.split(" ");
    if (!isFollowedBy(tokens, at, parts)) continue;
    const scale = tokens[at + parts.length];
    const factor = scale === undefined ? undefined : words.scales[scale.lower];
    if (scale === undefined || factor === undefined || scale.text.length < 3) continue;
    const more = scaled(factor, tokens, at + parts.length + 1, words, false);
    return {
      value: more.value * 2,
      next: more.next,
      form: "vague",
      hedge: tokens
        .slice(at, more.next)
        .map((t) => t.text)
        .join(" "),
    };
  }
  const first = tokens[at];
  if (first === undefined) return undefined;
  const factor = words.vagueFactors[first.lower];
  if (factor !== undefined && tokens[at + 1]?.lower === words.of) {
    const base = words.vague[tokens[at + 2]?.lower ?? ""];
    if (base !== undefined)
      return {
        value: (factor * base) / 2,
        next: at + 3,
        form: "vague",
        hedge: tokens
          .slice(at, at + 3)
          .map((t) => t.text)
          .join(" "),
      };
  }
  const low = words.vague[first.lower];
  if (low === undefined) return undefined;
  return { value: low, next: at + 1, form: "vague", hedge: first.text };
}

function valueAt(tokens: readonly Word[], at: number, words: NumberWords): Value | undefined {
  const token = tokens[at];
  if (token === undefined || token.kind === "mark") return undefined;
  if (token.kind === "number") {
    const value = parseDigits(token.text, words);
    if (Number.isNaN(value)) return undefined;
    const more = scaled(value, tokens, at + 1, words, false);
    const after = tokens[more.next];
    // "5th", "7-eleven", "4x4": letters glued to digits that are no scale are not a cardinal.
    if (after?.tight === true && after.kind === "word" && more.next === at + 1) return undefined;
    return { value: more.value, next: more.next, form: "digits" };
  }
  return vague(tokens, at, words) ?? spelled(tokens, at, words);
}

type Hedge = { readonly first: number; readonly bound: Bound; readonly text: string };

function hedgeBefore(
  tokens: readonly Word[],
  at: number,
  words: NumberWords,
  text: string,
): Hedge | undefined {
  for (let length = 5; length >= 1; length--) {
    const first = at - length;
    const from = tokens[first];
    const to = tokens[at - 1];
    if (from === undefined || to === undefined) continue;
    const run = tokens.slice(first, at);
    if (run.some((t, i) => i > 0 && t.breaks)) continue;
    const key = run.map((t) => t.lower).join(" ");
    const bound = words.before[key];
    if (bound !== undefined) return { first, bound, text: text.slice(from.start, to.end) };
  }
  return undefined;
}

const bounds = (value: number, bound: Bound): Pick<NumberMention, "low" | "high" | "exact"> =>
  bound === "low"
    ? { low: value }
    : bound === "high"
      ? { high: value }
      : bound === "about"
        ? { exact: value }
        : { low: value, high: value, exact: value };

/** Every number of a text, in order, not overlapping. */
export function findNumbersIn(text: string, tokens: readonly Word[], words: NumberWords): NumberMention[] {
  const found: NumberMention[] = [];
  let at = 0;
  let floor = 0;
  while (at < tokens.length) {
    const mention = mentionAt(text, tokens, at, words, floor);
    if (mention === undefined) {
      at++;
      continue;
    }
    found.push(mention);
    at = mention.last;
    floor = at;
  }
  return found;
}

function mentionAt(
  text: string,
  tokens: readonly Word[],
  at: number,
  words: NumberWords,
  floor: number,
): NumberMention | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  const share = shareAt(tokens, at, words);
  const named = share === undefined ? namedAt(tokens, at, words) : undefined;
  const value = share ?? named ?? valueAt(tokens, at, words);
  if (value === undefined) return undefined;
  let first = at;
  let { next } = value;
  let money: string | undefined;
  const sign = tokens[at - 1];
  if (sign !== undefined && at - 1 >= floor) {
    const code = words.currencies[sign.lower];
    const glued = token.tight || /^\p{Lu}+$/u.test(sign.text);
    if (code !== undefined && glued && token.kind === "number") {
      money = code;
      first--;
      // "US$5", "A$5"
      const land = tokens[first - 1];
      if (land !== undefined && sign.tight && /^(?:US|A|AU|C|CA|NZ|HK|S)$/.test(land.text)) {
        first--;
        money =
          { US: "USD", A: "AUD", AU: "AUD", C: "CAD", CA: "CAD", NZ: "NZD", HK: "HKD", S: "SGD" }[
            land.text
          ] ?? code;
      }
    }
  }
  let second: Value | undefined;
  let joined = false;
  let bound: Bound = value.form === "vague" ? "low" : value.form === "share" ? "plain" : "plain";
  let hedgeText = value.hedge;
  const before = first - 1 >= floor ? hedgeBefore(tokens, first, words, text) : undefined;
  const previous = tokens[first - 1]?.lower;
  const link = tokens[next];
  if (value.form !== "vague" && value.form !== "named" && link !== undefined && !link.breaks) {
    const isBetween = previous === words.between && words.and.includes(link.lower);
    const isTo = words.to.includes(link.lower);
    const isOr = words.or.includes(link.lower);
    const hyphen = /^[-–—]$/.test(link.text) && link.tight && tokens[next + 1]?.tight === true;
    if (isBetween || isTo || isOr || hyphen) {
      let from = next + 1;
      const secondSign = tokens[from];
      if (
        secondSign !== undefined &&
        words.currencies[secondSign.lower] !== undefined &&
        tokens[from + 1]?.tight === true
      )
        from++;
      const other = valueAt(tokens, from, words);
      const fits =
        other !== undefined &&
        other.form !== "vague" &&
        (other.value > value.value || hyphen) &&
        tokens[from]?.breaks === false;
      // "from 10 to 20" tells of a change, not of a range.
      if (fits && !(isTo && previous === "from") && !(isOr && other.value > value.value * 3)) {
        second = other;
        next = other.next;
        joined = hyphen;
        if (isBetween) first--;
      }
    }
  }
  let amount = value.value;
  if (second !== undefined && amount < 1000) {
    // "2 to 3 million": the scale of the second holds for the first.
    const factor = words.scales[tokens[second.next - 1]?.lower ?? ""] ?? 1;
    if (factor >= 1000 && amount * factor < second.value) amount *= factor;
  }
  let percent = value.form === "share";
  const unit = tokens[next];
  if (unit !== undefined && !unit.breaks) {
    if (words.percent.includes(unit.lower)) {
      percent = true;
      next++;
    } else if (unit.lower === "per" && tokens[next + 1]?.lower === "cent") {
      percent = true;
      next += 2;
    } else if (money === undefined) {
      const code = currencyAfter(tokens, next, value, words);
      money = code?.money;
      next = code?.next ?? next;
    }
  }
  const numberLast = next;
  if (before !== undefined && second === undefined) {
    first = before.first;
    bound = value.form === "vague" && before.bound !== "high" ? "low" : before.bound;
    hedgeText = value.form === "vague" ? `${before.text} ${value.hedge ?? ""}`.trim() : before.text;
  } else if (before !== undefined && second !== undefined) {
    first = before.first;
    hedgeText = before.text;
  } else if (second !== undefined && previous === words.between) hedgeText = tokens[first]?.text;
  for (let length = 3; length >= 1; length--) {
    const run = tokens.slice(next, next + length);
    const afterBound = run.length === length ? words.after[run.map((t) => t.lower).join(" ")] : undefined;
    if (afterBound === undefined || run.some((t) => t.breaks)) continue;
    const end = run.at(-1);
    if (end === undefined) continue;
    next += length;
    if (afterBound !== "plain") {
      bound = afterBound;
      hedgeText = hedgeText === undefined ? text.slice(run[0]?.start ?? 0, end.end) : hedgeText;
    }
    break;
  }
  const start = tokens[first];
  const end = tokens[next - 1];
  const numberEnd = tokens[numberLast - 1];
  if (start === undefined || end === undefined || numberEnd === undefined) return undefined;
  return {
    start: start.start,
    end: end.end,
    first,
    last: next,
    numberStart: token.start,
    numberEnd: numberEnd.end,
    ...(second === undefined ? bounds(amount, bound) : { low: amount, high: second.value }),
    ...(hedgeText === undefined ? {} : { hedge: hedgeText }),
    form: value.form,
    ...(money === undefined ? {} : { money }),
    percent,
    ...(joined ? { joined } : {}),
  };
}

/** "5 million rubles", "millions of dollars"; words that are also verbs or weights only after a scale. */
function currencyAfter(
  tokens: readonly Word[],
  at: number,
  value: Value,
  words: NumberWords,
): { money: string; next: number } | undefined {
  const from = value.form === "vague" && tokens[at]?.lower === words.of ? at + 1 : at;
  const unit = tokens[from];
  const money = unit === undefined || unit.breaks ? undefined : words.currencies[unit.lower];
  if (unit === undefined || money === undefined || unit.kind !== "word" || /^\p{Lu}{2}$/u.test(unit.text))
    return undefined;
  if (words.ambiguousCurrencies.includes(unit.lower) && value.value < 100_000) return undefined;
  return { money, next: from + 1 };
}

function shareAt(tokens: readonly Word[], at: number, words: NumberWords): Value | undefined {
  for (let length = 3; length >= 1; length--) {
    const key = tokens
      .slice(at, at + length)
      .map((t) => t.lower)
      .join(" ");
    const share = words.shares[key];
    if (share !== undefined) return { value: share, next: at + length, form: "share" };
  }
  return undefined;
}

function namedAt(tokens: readonly Word[], at: number, words: NumberWords): Value | undefined {
  for (let length = 4; length >= 1; length--) {
    const key = tokens
      .slice(at, at + length)
      .map((t) => t.lower)
      .join(" ");
    const value = words.named[key];
    if (value !== undefined) return { value, next: at + length, form: "named" };
  }
  return undefined;
}
