/**
 * Headline and text → weighted terms, after tf-idf (Salton & Buckley 1988) with the document frequencies of a background
 * collection: how telling a word is must not depend on the day's news, or the great story of the day would hide itself.
 * Words are cut to a stem by a few endings; names written in capitals in mid-sentence and numbers count more; the
 * headline and the opening count more than the rest. Languages are told apart only by their tables.
 */
import type { Background } from "./background.ts";

export type TermInput = {
  readonly title: string;
  /** Body without the headline; may be empty. */
  readonly body: string;
};

export type Terms = {
  /** Hash of each term, ascending. */
  readonly ids: Uint32Array;
  /** Weights, of length one together (Euclid). */
  readonly weights: Float32Array;
  /** Words of the text. */
  readonly words: number;
};

export type TermOptions = {
  /** Factor of a term that stands in the headline. */
  readonly headline: number;
  /** Factor of a term of the first words of the body. */
  readonly opening: number;
  /** Words of the opening. */
  readonly openingWords: number;
  /** Factor of names. */
  readonly name: number;
  /** Factor of numbers. */
  readonly number: number;
  /** Power of the inverse document frequency. */
  readonly power: number;
  /** Largest number of terms kept. */
  readonly keep: number;
};

export const TERM_OPTIONS: TermOptions = {
  headline: 2,
  opening: 1.5,
  openingWords: 60,
  name: 1.6,
  number: 0.6,
  power: 0.45,
  keep: 48,
};

/** Endings of nouns and verbs in English; other languages keep their word forms. */
export const stem = (word: string): string => {
  if (word.length <= 3 || !/^[a-z]+$/.test(word)) return word;
  let w = word;
  if (w.endsWith("ies") && w.length > 4) w = `${w.slice(0, -3)}y`;
  else if (/(ss|sh|ch|x|z)es$/.test(w)) w = w.slice(0, -2);
  else if (w.endsWith("s") && !/(ss|us|is)$/.test(w)) w = w.slice(0, -1);
  if (w.endsWith("ing") && w.length > 6) w = w.slice(0, -3);
  else if (w.endsWith("ed") && w.length > 5 && !w.endsWith("eed")) w = w.slice(0, -2);
  else return w.length > 5 && w.endsWith("e") ? w.slice(0, -1) : w;
  // "stopping" → "stop", "releasing" → "releas", as "release" → "releas".
  if (/([bdgmnprt])\1$/.test(w)) w = w.slice(0, -1);
  return w;
};

/** 32-bit hash of a term (FNV-1a). */
export const termId = (term: string): number => {
  let x = 0x811c9dc5;
  for (let i = 0; i < term.length; i++) x = Math.imul(x ^ term.charCodeAt(i), 0x01000193);
  x ^= x >>> 15;
  x = Math.imul(x, 0x2c1b3c6d);
  return (x ^ (x >>> 13)) >>> 0;
};

const WORD = /[\p{L}\p{M}\p{N}]+(?:[.,]\p{N}+)*(?:['’]\p{L}+)?/gu;

export type Word = {
  readonly term: string;
  readonly name: boolean;
  readonly number: boolean;
};

/** Words of a text as terms, in order. Capitals count as a name only inside a sentence. */
export const wordsOf = (text: string): Word[] => {
  const words: Word[] = [];
  let end = 0;
  for (const m of text.matchAll(WORD)) {
    const raw = m[0].replace(/['’](s|S)$/, "");
    const before = text.slice(end, m.index);
    end = m.index + m[0].length;
    const opens = words.length === 0 || /[.!?:\n"“«]/.test(before);
    const number = /^\p{N}/u.test(raw);
    const capital = /^\p{Lu}/u.test(raw);
    // Accents are dropped: outlets spell "Beyoncé" both ways.
    const low = raw
      .toLowerCase()
      .normalize("NFKD")
      .replace(/\p{M}|['’]/gu, "");
    words.push({ term: number ? low.replace(/,/g, "") : stem(low), name: capital && !opens, number });
  }
  return words;
};

export const termsOf = (
  input: TermInput,
  background: Background,
  options: TermOptions = TERM_OPTIONS,
): Terms => {
  const weights = new Map<string, { tf: number; name: number; n: number; number: boolean; head: number }>();
  const note = (w: Word, factor: number): void => {
    const t = weights.get(w.term) ?? { tf: 0, name: 0, n: 0, number: w.number, head: 1 };
    t.tf++;
    t.n++;
    if (w.name) t.name++;
    t.head = Math.max(t.head, factor);
    weights.set(w.term, t);
  };
  const title = wordsOf(input.title);
  const body = wordsOf(input.body);
  for (const w of title) note({ ...w, name: false }, options.headline);
  body.forEach((w, i) => {
    note(w, i < options.openingWords ? options.opening : 1);
  });
  const scored: { id: number; weight: number }[] = [];
  for (const [term, t] of weights) {
    if (term.length < 2) continue;
    const idf = background.idf(term);
    if (idf <= 0) continue;
    const factor = t.head * (t.name > t.n / 2 ? options.name : 1) * (t.number ? options.number : 1);
    scored.push({ id: termId(term), weight: (1 + Math.log(t.tf)) * idf ** options.power * factor });
  }
  scored.sort((a, b) => b.weight - a.weight || a.id - b.id);
  const kept = scored.slice(0, options.keep).sort((a, b) => a.id - b.id);
  const norm = Math.sqrt(kept.reduce((s, k) => s + k.weight * k.weight, 0)) || 1;
  return {
    ids: Uint32Array.from(kept, (k) => k.id),
    weights: Float32Array.from(kept, (k) => k.weight / norm),
    words: title.length + body.length,
  };
};
