/** The noun phrase that speaks, beside a reporting verb: before it ("Nixon said"), after it ("said Nixon"), by words alone. */

import { ADVERBS, LEFT_STOPS, OPENERS, PRONOUNS } from "../lang/en/reporting.ts";
import { EN_TIMES } from "../lang/en/times.ts";
import type { Word } from "../text/scan.ts";

export type Range = { readonly from: number; readonly to: number };
export type WordsView = {
  readonly words: readonly Word[];
  /** True for words inside quoted speech. */
  readonly inSpeech: (i: number) => boolean;
  /** True for words that belong to a date or clock time. */
  readonly inTime: (i: number) => boolean;
};

const isCapital = (word: Word | undefined): boolean => word !== undefined && /^\p{Lu}/u.test(word.text);
const isAdverb = (word: Word): boolean =>
  ADVERBS.has(word.lower) ||
  /n['’]t$/.test(word.lower) ||
  (/ly$/.test(word.lower) && word.lower.length > 4 && !isCapital(word));
const DETERMINERS = new Set([
  "the",
  "a",
  "an",
  "his",
  "her",
  "its",
  "their",
  "our",
  "one",
  "another",
  "some",
  "many",
  "several",
  "two",
  "three",
  "both",
  "most",
]);
const ROLE =
  /(?:man|woman|person|men|er|or|ist|ian|ant|ent|ee|ief|head|chief|coach|judge|king|queen|prince|spouse|widow|wife|husband|son|brother|sister|father|mother|daughter|aide|mate|group|party|agency|newspaper|paper|firm|company|charity|senior|general|diplomat|ally|police|officer|governor|student|resident|witness|activist|priest|nurse|guard|pilot|envoy|deputy|analyst)$/;
const HARD_MARK = /^[,;:()“”"«»—–…[\]]$/;

function previousComma(view: WordsView, at: number, floor: number): number | undefined {
  for (let i = at - 1; i >= floor; i--) {
    const word = view.words[i];
    if (word === undefined || view.inSpeech(i)) return undefined;
    if (word.text === ",") return i;
    if (/^[;:()“”"]$/.test(word.text)) return undefined;
  }
  return undefined;
}

/** A run of words that ends at `last`, back to where the phrase begins. */
function run(view: WordsView, last: number, floor: number, tight = false): Range | undefined {
  const { words } = view;
  if (PRONOUNS.has(words[last]?.lower ?? "") && words[last]?.text !== "WHO")
    return { from: last, to: last + 1 };
  if (/^(?:and|but|or|to|of|,)$/.test(words[last]?.lower ?? "")) return undefined;
  let from = last;
  for (let i = last; i >= Math.max(floor, last - 16); i--) {
    const word = words[i];
    if (word === undefined || view.inSpeech(i)) break;
    if (word.kind === "mark" && (HARD_MARK.test(word.text) || /^[!?]$/.test(word.text))) break;
    if (word.kind === "mark" && word.text === "." && !/^\p{Lu}\p{L}{0,3}$/u.test(words[i - 1]?.text ?? ""))
      break;
    if (word.kind === "mark" && (word.text === "-" || word.text === "–") && !word.tight) break;
    if (LEFT_STOPS.has(word.lower) && word.text !== "WHO") break;
    if (tight && i < last && /^(?:by|with|from|to|in|on|at|for|against|into|among|between)$/.test(word.lower))
      break;
    if (word.lower === "and" && i < last) {
      const left = words[i - 1];
      // "Police and town officials" joins; "… was shot and officials" does not.
      let verb = false;
      for (let k = i - 1; k >= Math.max(floor, i - 14); k--) {
        const w = words[k];
        if (w === undefined || w.text === ",") break;
        if (
          /^(?:is|are|was|were|has|have|had|said|will|would)$/.test(w.lower) ||
          (k !== last && EN_TIMES.tense.isPast(w.lower))
        )
          verb = true;
      }
      if (verb || left === undefined || left.kind === "mark") break;
    }
    from = i;
  }
  if (from > last) return undefined;
  return trimmed(view, { from, to: last + 1 });
}

/** Drops "But", "On Sunday", "In Minnesota" from the front. */
function trimmed(view: WordsView, range: Range): Range | undefined {
  const { words } = view;
  let { from } = range;
  const { to } = range;
  while (from < to && view.inTime(from)) from++;
  const first = words[from];
  if (first === undefined || from >= to) return undefined;
  // "the test Kim declared": a name after a noun that is no office is the subject alone.
  for (let i = to - 1; i > from + 1; i--) {
    if (!isCapital(words[i])) break;
    const left = words[i - 1];
    if (left === undefined || isCapital(left) || left.kind === "mark") continue;
    if (
      !isCapital(words[from]) &&
      !/^(?:of|for|and|the|de|al|bin|van|von|el|to|in|at|from)$/.test(left.lower) &&
      !ROLE.test(left.lower)
    )
      return { from: i, to };
    break;
  }
  if (OPENERS.has(first.lower)) {
    if (
      /^(?:but|and|however|meanwhile|yet|still|so|then|also|later|earlier|instead|separately|similarly|indeed|although|though|while|when|as|if)$/.test(
        first.lower,
      )
    )
      return trimmed(view, { from: from + 1, to });
    // A phrase of place or circumstance without a comma: the subject begins at the last determiner or capital run.
    for (let i = to - 1; i > from + 1; i--) {
      const word = words[i];
      const before = words[i - 1];
      if (word === undefined || before === undefined) break;
      if (DETERMINERS.has(word.lower)) return { from: i, to };
      if (
        isCapital(word) &&
        !isCapital(before) &&
        before.kind === "word" &&
        !/^(?:of|for|and|the|de|al|bin)$/.test(before.lower)
      )
        return { from: i, to };
      if (view.inTime(i)) return i + 1 < to ? { from: i + 1, to } : undefined;
      if (PRONOUNS.has(word.lower)) return { from: i, to };
    }
    return from + 2 < to ? { from: to - 1, to } : undefined;
  }
  return { from, to };
}

/** The subject of a finite reporting verb at word `cue`. */
export function subjectBefore(view: WordsView, cue: number, floor: number): Range | undefined {
  const { words } = view;
  let i = cue - 1;
  while (i >= floor) {
    const word = words[i];
    if (word === undefined || view.inSpeech(i)) return undefined;
    if (word.kind === "word" && (isAdverb(word) || view.inTime(i))) i--;
    else if (word.kind === "number" && view.inTime(i)) i--;
    else break;
  }
  return subjectEnding(view, i, floor, 0);
}

function subjectEnding(view: WordsView, last: number, floor: number, depth: number): Range | undefined {
  const { words } = view;
  const word = words[last];
  if (word === undefined || last < floor || view.inSpeech(last) || depth > 4) return undefined;
  if ((word.lower === "who" && word.text !== "WHO") || word.lower === "which")
    return subjectEnding(view, words[last - 1]?.text === "," ? last - 2 : last - 1, floor, depth + 1);
  if (word.text === ")") {
    for (let i = last - 1; i >= floor; i--)
      if (words[i]?.text === "(") return subjectEnding(view, i - 1, floor, depth + 1);
    return undefined;
  }
  if (word.text === ",") {
    const open = previousComma(view, last, floor);
    const inner = open === undefined ? undefined : ({ from: open + 1, to: last } satisfies Range);
    if (open === undefined || inner === undefined || inner.from >= inner.to) return undefined;
    const parts = words.slice(inner.from, inner.to);
    const outerLast = words[open - 1];
    const named =
      parts.length <= 5 &&
      parts.every((w) => isCapital(w) || /^(?:al|bin|de|van|von|el|\.|-)$/.test(w.lower));
    if (named && outerLast !== undefined && !isCapital(outerLast)) return inner;
    if (named && outerLast !== undefined && /['’]s?$/.test(outerLast.text)) return inner;
    // "the leader of Hezbollah, Hassan Nasrallah, said"
    if (named && parts.length >= 2 && outerLast !== undefined) {
      const outer = run(view, open - 1, floor);
      if (outer !== undefined && /^(?:the|a|an|its|his|her|their)$/.test(words[outer.from]?.lower ?? ""))
        return inner;
    }
    return subjectEnding(view, open - 1, floor, depth + 1);
  }
  if (word.kind === "number" && words[last - 1]?.text === ",")
    return subjectEnding(view, last - 2, floor, depth + 1);
  if (word.kind === "mark" && word.text !== "." && !/^['’]$/.test(word.text)) return undefined;
  return run(view, last, floor);
}

const AFTER_STOPS = new Set(
  "who whom which that in on at during after before as when while where and but to with by via from since because if about over under than via speaking referring adding noting citing quoting through outside inside amid following is was are were has had".split(
    " ",
  ),
);

/** The subject after the verb: "said Ralf Melzer, who monitors …", "said a tribal police officer, Ali Ahmed". */
export function subjectAfter(view: WordsView, cue: number, ceiling: number): Range | undefined {
  const { words } = view;
  let from = cue + 1;
  while (
    from < ceiling &&
    (view.inTime(from) || (words[from] !== undefined && isAdverb(words[from] as Word)))
  )
    from++;
  let to = from;
  for (; to < Math.min(ceiling, from + 14); to++) {
    const word = words[to];
    if (word === undefined || view.inSpeech(to)) break;
    if (
      word.kind === "mark" &&
      !(
        word.text === "." &&
        word.tight &&
        /^(?:St|Mr|Mrs|Ms|Dr|Gen|Col|Sen|Rep|Gov|Lt|Maj|Sgt|Capt|Prof|Adm|Rev|Jr|\p{Lu})$/u.test(
          words[to - 1]?.text ?? "",
        ) &&
        isCapital(words[to + 1])
      ) &&
      !(/^[-'’]$/.test(word.text) && word.tight)
    )
      break;
    if (AFTER_STOPS.has(word.lower) && to > from) break;
    if (view.inTime(to)) break;
  }
  if (to === from) return undefined;
  const first = words[from];
  if (first !== undefined && !isCapital(first) && words[to]?.text === ",") {
    // A description and then the name.
    let end = to + 1;
    while (
      end < ceiling &&
      (isCapital(words[end]) || /^(?:al|bin|de|van|von|el|\.|-)$/.test(words[end]?.lower ?? "")) &&
      end < to + 6
    )
      end++;
    const stopped = words[end - 1]?.text === ".";
    if (end > to + 2 && (stopped || end >= ceiling || words[end]?.text === ","))
      return { from: to + 1, to: stopped ? end - 1 : end };
  }
  return { from, to };
}
