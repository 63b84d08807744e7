/** Sentences compared by their content words: which say the same. */
import { wordsOf } from "./terms.ts";

/** Words of every sentence in English, Russian and Spanish; a word left in does no harm. */
const COMMON = new Set(
  "the a an of to in on at for by with from and or but that this it its as is are was were be been has have had not no he she they his her their who which said say will would could more than after over into about also up out when one two и в во не на что он она они с со как а то по к у за из от о для его de la el los las que y en un una por con del se su al lo es".split(
    " ",
  ),
);

export const contentWords = (sentence: string): Set<string> =>
  new Set(wordsOf(sentence).flatMap((w) => (w.term.length < 2 || COMMON.has(w.term) ? [] : [w.term])));

/** Share of the smaller set found in the larger. */
export const overlap = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  if (few.size === 0) return 0;
  let shared = 0;
  for (const w of few) if (many.has(w)) shared++;
  return shared / few.size;
};

/** Near-identical: most of both. */
export const sameSentence = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  Math.min(a.size, b.size) >= 3 &&
  Math.min(a.size, b.size) / Math.max(a.size, b.size) >= 0.5 &&
  overlap(a, b) >= 0.7;
