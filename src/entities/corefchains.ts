/**
 * Chains of mentions while they grow, mention by mention in the order of the text, with what the ranking asks of a whole
 * chain (kinds, genders, numbers, who says "I" in it), and the mentions that may be the antecedent of the next one.
 */
import { type Phrases, PRONOUN, QUOTED, WRITER } from "./corefphrases.ts";

export type Chains = {
  count: number;
  /** Chain of each mention. */
  readonly of: Int32Array;
  readonly members: number[][];
  /** Per chain: bits of the forms, genders, numbers and persons of its members. */
  readonly forms: Int32Array;
  readonly genders: Int32Array;
  readonly numbers: Int32Array;
  readonly persons: Int32Array;
  /** Bits of what the given names in it say. */
  readonly given: Int32Array;
  readonly last: Int32Array;
  /** Who says "I" in it, a second one who does, who says "you", and whom a name in it names. */
  readonly self: Int32Array;
  readonly otherSelf: Int32Array;
  readonly addressedBy: Int32Array;
  readonly named: Int32Array;
  /** How often a head, and a text, has been seen. */
  readonly lemmas: Map<number, number>;
  readonly texts: Map<number, number>;
  /** Mentions by the words, abbreviations and codes in them. */
  readonly byWord: Map<number, number[]>;
  readonly stamps: Int32Array;
};

export const newChains = (n: number): Chains => ({
  count: 0,
  of: new Int32Array(n),
  members: [],
  forms: new Int32Array(n),
  genders: new Int32Array(n),
  numbers: new Int32Array(n),
  persons: new Int32Array(n),
  given: new Int32Array(n),
  last: new Int32Array(n),
  self: new Int32Array(n),
  otherSelf: new Int32Array(n),
  addressedBy: new Int32Array(n),
  named: new Int32Array(n),
  lemmas: new Map(),
  texts: new Map(),
  byWord: new Map(),
  stamps: new Int32Array(n).fill(-1),
});

const isFirstSingular = (p: Phrases, i: number): boolean =>
  p.kind[i] === PRONOUN && p.person[i] === 1 && p.number[i] === 1;

function mark(column: Int32Array, chain: number, value: number, allowed: number): void {
  column[chain] = (column[chain] ?? 0) | ((1 << value) & allowed);
}
function remember(byWord: Map<number, number[]>, key: number, i: number): void {
  const list = byWord.get(key);
  if (list) list.push(i);
  else byWord.set(key, [i]);
}

/** Puts mention i into the chain of a, or for a < 0 into one of its own, and remembers its words. */
export function addMention(c: Chains, p: Phrases, i: number, a: number): void {
  const chain = a < 0 ? c.count++ : (c.of[a] ?? 0);
  const members = c.members[chain];
  if (a < 0 || !members) c.members[chain] = [i];
  else members.push(i);
  c.of[i] = chain;
  c.last[chain] = i;
  mark(c.forms, chain, p.form[i] ?? 0, ~0);
  mark(c.genders, chain, p.gender[i] ?? 0, 14);
  mark(c.numbers, chain, p.number[i] ?? 0, 6);
  mark(c.persons, chain, p.person[i] ?? 0, ~0);
  mark(c.given, chain, p.given[i] ?? 0, ~1);
  const speaker = p.speaker[i] ?? 0;
  if (isFirstSingular(p, i)) {
    if (c.self[chain] === 0 || c.self[chain] === speaker) c.self[chain] = speaker;
    else c.otherSelf[chain] = speaker;
  }
  if (p.kind[i] === PRONOUN && p.person[i] === 2) c.addressedBy[chain] = speaker;
  if (p.namesSpeaker[i] !== 0) c.named[chain] = p.namesSpeaker[i] ?? 0;

  const lemma = p.lemma[i] ?? 0;
  const core = p.core[i] ?? 0;
  c.lemmas.set(lemma, (c.lemmas.get(lemma) ?? 0) + 1);
  c.texts.set(core, (c.texts.get(core) ?? 0) + 1);
  if (p.kind[i] === PRONOUN) return;
  const words = p.words[i];
  if (words) for (let k = 0; k < words.length; k++) remember(c.byWord, words[k] ?? 0, i);
  if (p.short[i] !== 0) remember(c.byWord, p.short[i] ?? 0, i);
  if (p.initials[i] !== 0) remember(c.byWord, p.initials[i] ?? 0, i);
  if (p.code[i] !== 0) remember(c.byWord, p.code[i] ?? 0, i);
}

/** How many mentions back a phrase, a pronoun of the third person and one of the first or second looks. */
const BACK = 14;
const BACK_THIRD = 26;
const BACK_SPEAKER = 40;
/** Farther mentions with a word in common, at most so many for each word. */
const PER_WORD = 10;

/** Two mentions of one head, a phrase and its group, are never one thing. */
const sameHead = (p: Phrases, a: number, i: number): boolean =>
  p.sentence[a] === p.sentence[i] && p.head[a] === p.head[i];

/** Is the chain the one who speaks: by "I", or by name? */
const speaks = (c: Chains, chain: number, speaker: number): boolean =>
  (c.self[chain] === speaker && c.otherSelf[chain] === 0) || c.named[chain] === speaker;

function antecedentsOfPronoun(c: Chains, p: Phrases, i: number, out: Int32Array): number {
  const speaker = p.speaker[i] ?? 0;
  const known = speaker < QUOTED;
  const third = p.person[i] === 3;
  const gender = p.gender[i] ?? 0;
  const self = isFirstSingular(p, i);
  const sourced = known && speaker > WRITER;
  // "I" is who said "I" before, as long as the same one speaks, else the one whom the source names as the speaker.
  if (self && known) {
    let own = -1;
    for (let k = 0; k < c.count && own < 0; k++) if (c.self[k] === speaker && c.otherSelf[k] === 0) own = k;
    for (let k = 0; k < c.count && own < 0; k++)
      if (sourced && c.named[k] === speaker && c.self[k] === 0) own = k;
    if (own >= 0) {
      out[0] = c.last[own] ?? 0;
      return 1;
    }
  }
  const least = Math.max(0, i - (third ? BACK_THIRD : BACK_SPEAKER));
  let n = 0;
  for (let a = i - 1; a >= least; a--) {
    if (sameHead(p, a, i)) continue;
    if (third) {
      // "he" joins no chain of a woman or a thing.
      const genders = c.genders[c.of[a] ?? 0] ?? 0;
      if (gender !== 0 && genders !== 0 && (genders & (1 << gender)) === 0) continue;
      // Nobody speaks of himself as "he".
      if (sourced && (gender === 1 || gender === 2) && speaks(c, c.of[a] ?? 0, speaker)) continue;
    } else {
      if (i - a > BACK && (p.kind[a] !== PRONOUN || p.person[a] === 3)) continue;
      const chain = c.of[a] ?? 0;
      const sayer = c.self[chain] ?? 0;
      // "I" is nobody whom the source names as another speaker.
      if (self && sourced && c.named[chain] !== 0 && c.named[chain] !== speaker) continue;
      if (self && ((known && sayer !== 0 && sayer !== speaker) || c.addressedBy[chain] === speaker)) continue;
      if (p.person[i] === 2 && sayer === speaker) continue;
    }
    out[n++] = a;
  }
  return n;
}

/** Adds mentions before `least` with a word, an abbreviation or a code in common. */
function fartherWith(
  c: Chains,
  key: number,
  i: number,
  least: number,
  out: Int32Array,
  from: number,
): number {
  const list = c.byWord.get(key);
  if (!list) return from;
  let n = from;
  for (let j = list.length - 1, met = 0; j >= 0 && met < PER_WORD; j--) {
    const a = list[j] ?? 0;
    if (a >= least) continue;
    met++;
    if (c.stamps[a] === i) continue;
    c.stamps[a] = i;
    out[n++] = a;
  }
  return n;
}

/** Writes the possible antecedents of mention i into `out` and says how many they are. */
export function antecedents(c: Chains, p: Phrases, i: number, out: Int32Array): number {
  if (p.kind[i] === PRONOUN) return antecedentsOfPronoun(c, p, i, out);
  const least = Math.max(0, i - BACK);
  let n = 0;
  for (let a = i - 1; a >= least; a--) if (!sameHead(p, a, i)) out[n++] = a;
  const words = p.words[i];
  if (words) for (let k = 0; k < words.length; k++) n = fartherWith(c, words[k] ?? 0, i, least, out, n);
  const code = p.code[i] || p.short[i] || p.initials[i] || 0;
  return code === 0 ? n : fartherWith(c, code, i, least, out, n);
}

/** 1 same text, 2 same but for the determiner, 3 same words or thing, 4 shorter, 5 longer, 6 same head, 7 inside, 8 outside, 9 initials, 10 a word in common, 0 none of it. */
export function likeness(p: Phrases, a: number, i: number): number {
  if (p.text[a] === p.text[i]) return 1;
  if (p.core[a] === p.core[i]) return 2;
  if (p.code[a] !== 0 && p.code[a] === p.code[i]) return 3;
  const x = p.words[a];
  const y = p.words[i];
  if (!x || !y) return 0;
  const both = common(x, y);
  const inA = both === y.length;
  const inI = both === x.length;
  if (p.lemma[a] === p.lemma[i]) return inA ? (inI ? 3 : 4) : inI ? 5 : 6;
  if (inA && y.length > 0) return 7;
  if (inI && x.length > 0) return 8;
  if (
    (p.initials[a] !== 0 && p.initials[a] === p.short[i]) ||
    (p.initials[i] !== 0 && p.initials[i] === p.short[a])
  )
    return 9;
  return both > 0 ? 10 : 0;
}

/** How many values two sorted lists have in common. */
export function common(x: Int32Array, y: Int32Array): number {
  let n = 0;
  for (let i = 0, j = 0; i < x.length && j < y.length; ) {
    const [v, w] = [x[i] ?? 0, y[j] ?? 0];
    if (v === w) n++;
    if (v <= w) i++;
    if (w <= v) j++;
  }
  return n;
}
