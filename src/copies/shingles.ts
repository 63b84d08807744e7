/**
 * Text → a sample of its word triples. A triple is kept when its hash falls on a fixed residue ("minimum-mod" sampling:
 * Manber 1994, Broder 1997), so that two texts keep the same triples wherever they stand. Short copies are mostly the
 * opening lines of an article (a feed's teaser, "read more"), hence the opening is sampled more densely than the rest.
 * Triples and not longer shingles: a text in which one word in five was changed still shares half of them.
 * Words are compared without case, punctuation, or the marks of a wrongly decoded page.
 */
import { mix } from "./hash.ts";

export const COARSE = 8;
export const DENSE = 4;
/** Words of the opening that are sampled densely. */
export const OPENING = 140;

export type Shingles = {
  /** Sampled triples in reading order, each once. */
  readonly hashes: Uint32Array;
  /** 1 where the triple stands in the opening. */
  readonly opening: Uint8Array;
  /** Offset of the first word of each triple. */
  readonly offsets: Uint32Array;
  /** All triples of the text, sampled or not. */
  readonly total: number;
  /** Whether the text shows the marks of UTF-8 read as Latin-1. */
  readonly garbled: boolean;
};

/** UTF-8 punctuation and letters read as Windows-1252: "â€œ", "Ã©". */
const GARBLED = /[ÂÃâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,2}/g;

const isWordUnit = (code: number): boolean =>
  code < 128
    ? (code >= 97 && code <= 122) || (code >= 48 && code <= 57)
    : code >= 0xc0 &&
      code !== 0xd7 &&
      code !== 0xf7 &&
      !(code >= 0x2000 && code <= 0x2bff) &&
      !(code >= 0x3000 && code <= 0x303f) &&
      !(code >= 0xff00 && code <= 0xff0f);
/** Scripts written without spaces: each sign is taken for a word. */
const isSign = (code: number): boolean =>
  (code >= 0x3040 && code <= 0x9fff) || (code >= 0xe00 && code <= 0xe7f);

/** Hashes of the words of a text, with where each begins. */
const wordsOf = (text: string): { hashes: Int32Array; starts: Uint32Array; count: number } => {
  const hashes = new Int32Array(text.length);
  const starts = new Uint32Array(text.length);
  let count = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (!isWordUnit(code)) {
      at++;
      continue;
    }
    const start = at;
    let h = 0x811c9dc5;
    if (isSign(code)) h = Math.imul(h ^ text.charCodeAt(at++), 0x01000193);
    else
      for (; at < text.length; at++) {
        const c = text.charCodeAt(at);
        if (!isWordUnit(c) || isSign(c)) break;
        h = Math.imul(h ^ c, 0x01000193);
      }
    hashes[count] = h;
    starts[count++] = start;
  }
  return { hashes, starts, count };
};

/** Lower case of the same length, so that offsets stay true. */
const lower = (text: string): string => {
  const low = text.toLowerCase();
  return low.length === text.length
    ? low
    : text.replace(/[A-Z\u00c0-\u00de\u0410-\u042f]/g, (c) => c.toLowerCase());
};

/**
 * @example shinglesOf("Two men were held on Monday").total // 4
 */
export const shinglesOf = (text: string, coarse = COARSE, dense = DENSE): Shingles => {
  const marks = text.match(GARBLED)?.length ?? 0;
  const clean = marks > 0 ? text.replace(GARBLED, (m) => " ".repeat(m.length)) : text;
  const { hashes: words, starts, count } = wordsOf(lower(clean));
  const total = Math.max(0, count - 2);
  const seen = new Set<number>();
  const hashes: number[] = [];
  const opening: number[] = [];
  const offsets: number[] = [];
  for (let i = 0; i < total; i++) {
    // The indices are below `count`, so the words are there.
    const h = mix(
      ((words[i] ?? 0) * 31 +
        Math.imul(words[i + 1] ?? 0, 0x9e3779b1) +
        Math.imul((words[i + 2] ?? 0) ^ 0x5bd1e995, 0x27d4eb2f)) |
        0,
    );
    const inOpening = i < OPENING;
    if (h % (inOpening ? dense : coarse) !== 0 || seen.has(h)) continue;
    seen.add(h);
    hashes.push(h);
    opening.push(inOpening ? 1 : 0);
    offsets.push(starts[i] ?? 0);
  }
  return {
    hashes: Uint32Array.from(hashes),
    opening: Uint8Array.from(opening),
    offsets: Uint32Array.from(offsets),
    total,
    garbled: marks >= 3,
  };
};
