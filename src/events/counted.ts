/** Number → the noun phrase it counts, from words alone: "at least 40 [people]", "five [Dallas police officers]", "seven [of his associates]". */
import { ATTRIBUTIVE, PEOPLE, PLURALS, STOPS } from "../lang/en/measures.ts";
import type { Word } from "../text/scan.ts";

export type Counted = {
  /** Index after the last word of the phrase. */
  readonly last: number;
  /** The head noun in lower case; empty when the number stands alone. */
  readonly head: string;
  /** The noun with its adjectives as written. */
  readonly words: string;
  /** "18 more", "another", "a further". */
  readonly more: boolean;
  /** "seven of his associates". */
  readonly partitive: boolean;
  /** "three-day": joined by a hyphen. */
  readonly hyphen: boolean;
};

const NOTHING: Omit<Counted, "last"> = { head: "", words: "", more: false, partitive: false, hyphen: false };
const MORE = new Set(["more", "other", "others", "further", "additional", "new"]);
const DETERMINERS = new Set(["the", "his", "her", "its", "their", "our", "my", "those", "these", "your"]);
const MAX = 7;

export const isPlural = (word: Word): boolean =>
  PLURALS.has(word.lower) ||
  (/[^su'’i]s$/.test(word.lower) && word.lower.length > 3) ||
  /(?:ss|us|x|ch)es$/.test(word.lower);
const isVerbal = (word: Word): boolean => /(?:ed|ing)$/.test(word.lower) && word.lower.length > 4;

export function countedAfter(
  words: readonly Word[],
  at: number,
  sentenceOf: readonly number[],
  one: boolean,
  text: string,
): Counted {
  const sentence = sentenceOf[at - 1];
  const get = (i: number): Word | undefined =>
    sentenceOf[i] === sentence && words[i]?.breaks === false ? words[i] : undefined;
  const hyphen = get(at);
  const unit = get(at + 1);
  if (
    hyphen !== undefined &&
    unit !== undefined &&
    /^[-‑]$/.test(hyphen.text) &&
    hyphen.tight &&
    unit.tight &&
    unit.kind === "word"
  ) {
    let last = at + 2;
    if (get(last)?.text === "-" && /^(?:long|strong|old|plus)$/.test(get(last + 1)?.lower ?? "")) last += 2;
    return { ...NOTHING, last, head: unit.lower, words: unit.text, hyphen: true };
  }
  let i = at;
  let more = false;
  let partitive = false;
  while (MORE.has(get(i)?.lower ?? "")) {
    more = more || get(i)?.lower !== "other";
    i++;
  }
  if (get(i)?.lower === "of" && get(i + 1) !== undefined) {
    partitive = DETERMINERS.has(get(i + 1)?.lower ?? "");
    i++;
  }
  if (DETERMINERS.has(get(i)?.lower ?? "") && i > at) i++;
  const from = i;
  let head = -1;
  let quoted = false;
  for (; i < from + MAX; i++) {
    const word = get(i);
    if (word === undefined) break;
    if (word.kind === "mark") {
      // `six "hard core terrorists"`, "pre-dawn", "U.S.-led": quotes and hyphens go on.
      if (/^["“”]$/.test(word.text) && !quoted && head < 0) {
        quoted = true;
        continue;
      }
      if (/^[-‑]$/.test(word.text) && word.tight && get(i + 1)?.tight === true) continue;
      if (word.text === "," && head < 0 && i > from && isPlural(get(i + 2) ?? word)) continue;
      break;
    }
    if (word.kind === "number") break;
    const afterHyphen = get(i - 1)?.text === "-" && word.tight;
    if (STOPS.has(word.lower) && !afterHyphen) break;
    const plain = word.lower.replace(/['’]s?$/, "");
    if (plain !== word.lower) {
      // A possessive: "two Georgia prosecutors' offices" goes on, head comes later.
      if (head >= 0 || !/['’]s?$/.test(word.lower)) break;
      continue;
    }
    if (isVerbal(word) && head >= 0) break;
    if (one) {
      if (isVerbal(word) && i > from) break;
      head = i;
      continue;
    }
    if (isPlural(word)) {
      const next = get(i + 1);
      const goesOn = next !== undefined && next.kind === "word" && !STOPS.has(next.lower) && !isVerbal(next);
      const capital = /^\p{Lu}/u.test(word.text);
      if (goesOn && (ATTRIBUTIVE.has(word.lower) || capital) && isPlural(next)) continue;
      // "Dallas port officers": a name that ends in s, not the people of a party or a nation.
      const later = get(i + 2);
      if (
        goesOn &&
        capital &&
        !PEOPLE.has(word.lower) &&
        later !== undefined &&
        isPlural(later) &&
        !STOPS.has(later.lower) &&
        later.kind === "word"
      )
        continue;
      head = i;
      break;
    }
  }
  if (head < 0) {
    const last = more ? Math.max(at, from) : at;
    return {
      ...NOTHING,
      last: more ? last : at,
      more,
      head: more && get(at)?.lower === "others" ? "others" : "",
      words: more && get(at)?.lower === "others" ? "others" : "",
    };
  }
  const start = words[from];
  const headWord = words[head];
  let last = head + 1;
  if (quoted && /^["”]$/.test(get(last)?.text ?? "")) last++;
  const first = words[from];
  return {
    last,
    head: headWord?.lower ?? "",
    words:
      start === undefined || headWord === undefined || first === undefined
        ? ""
        : text.slice(first.start, headWord.end).replace(/^["“]/, ""),
    more,
    partitive,
    hyphen: false,
  };
}
