/**
 * Features of the ranking of antecedents, as indexes into one table of weights: of "mention i speaks of something new", and
 * of "mention i joins the chain of mention a". What mentions have in common follows Soon, Ng & Lim 2001 and Durrett & Klein
 * 2013; features of the whole chain follow Clark & Manning 2015.
 */
import { type Chains, common, likeness } from "./corefchains.ts";
import { type Phrases, PRONOUN, WRITER } from "./corefphrases.ts";

export const COREF_BITS = 18;
const MASK = (1 << COREF_BITS) - 1;
/** Room for the features of one choice. */
export const MOST_FEATURES = 96;

/** One feature: template and values. The products do not wait for one another, so that this is quick. */
const mix = (template: number, a: number, b = 0, c = 0, d = 0): number => {
  let h =
    Math.imul(template + 1, 0x9e3779b1) +
    Math.imul(a, 0x85ebca6b) +
    Math.imul(b, 0xc2b2ae35) +
    Math.imul(c, 0x27d4eb2f) +
    Math.imul(d, 0x165667b1);
  h ^= h >>> 16;
  h = Math.imul(h, 0x2c1b3c6d);
  return ((h ^ (h >>> 12)) >>> 9) & MASK;
};
const bucket = (n: number): number =>
  n <= 3 ? n : n <= 5 ? 5 : n <= 8 ? 8 : n <= 15 ? 15 : n <= 40 ? 40 : 99;
const agreement = (a: number, b: number): number => (a !== 0 && b !== 0 ? (a === b ? 1 : 2) : 0);
/** A value against the bits of a chain: 0 unknown, 1 the same, 2 among others, 3 against. */
const fits = (value: number, bits: number): number =>
  value === 0 || bits === 0 ? 0 : bits === 1 << value ? 1 : bits & (1 << value) ? 2 : 3;

const STEPS = [0, 0.15, 0.3, 0.4, 0.5, 0.6, 0.7, 0.85];
/** How near two vectors of length one are, in ten steps; 0 where one is missing. */
function nearness(x: Float32Array | undefined, y: Float32Array | undefined): number {
  if (!x || !y) return 0;
  let cosine = 0;
  for (let k = 0; k < x.length; k++) cosine += (x[k] ?? 0) * (y[k] ?? 0);
  let step = 1;
  while (step <= STEPS.length && cosine >= (STEPS[step - 1] ?? 0)) step++;
  return step;
}

/** Writes the features of "new" into `out` and says how many they are. */
export function newFeatures(c: Chains, p: Phrases, i: number, out: Int32Array): number {
  const canon = p.canon[i] ?? 0;
  const lemma = p.lemma[i] ?? 0;
  const determiner = p.determiner[i] ?? 0;
  const role = p.role[i] ?? 0;
  const seen = Math.min(3, c.lemmas.get(lemma) ?? 0) * 4 + Math.min(3, c.texts.get(p.core[i] ?? 0) ?? 0);
  const length = (p.end[i] ?? 0) - (p.start[i] ?? 0);
  const sentence = p.sentence[i] ?? 0;
  const times = p.times[i] ?? 0;
  const chance = p.chance[i] ?? 0;
  let n = 0;
  out[n++] = mix(0, canon);
  out[n++] = mix(1, canon, determiner);
  out[n++] = mix(2, canon, seen, determiner);
  out[n++] = mix(3, lemma);
  out[n++] = mix(4, canon, p.type[i], seen);
  out[n++] = mix(5, canon, role);
  out[n++] = mix(6, canon, Math.min(6, length), determiner);
  out[n++] = mix(7, p.coarse[i] ?? 0, canon, determiner);
  out[n++] = mix(8, canon, sentence === 0 ? 0 : sentence < 4 ? 1 : 2);
  out[n++] = mix(9, canon, chance, seen);
  out[n++] = mix(10, p.fine[i] ?? 0, determiner);
  out[n++] = mix(11, lemma, determiner);
  out[n++] = mix(12, lemma, seen);
  out[n++] = mix(13, canon, p.parent[i], role);
  out[n++] = mix(14, canon, p.opens[i]);
  out[n++] = mix(15, canon, p.follows[i]);
  out[n++] = mix(16, canon, p.number[i], determiner);
  out[n++] = mix(17, canon, p.relation[i], determiner);
  out[n++] = mix(18, canon, (p.owner[i] ?? -1) >= 0 ? 1 : 0, determiner, seen);
  out[n++] = mix(19, canon, Math.min(3, p.modifiers[i]?.length ?? 0), determiner, seen);
  out[n++] = mix(20, canon, p.parentCoarse[i], role);
  out[n++] = mix(21, p.text[i] ?? 0);
  out[n++] = mix(22, canon, p.quoted[i], (p.speaker[i] ?? 0) > WRITER ? 1 : 0);
  out[n++] = mix(23, canon, p.capital[i], seen);
  out[n++] = mix(24, canon, bucket(i));
  out[n++] = mix(25, canon, times, seen);
  out[n++] = mix(26, canon, times, determiner);
  out[n++] = mix(27, canon, chance, determiner);
  return n;
}

/** How two mentions of one sentence hang together in its tree. */
function relationOf(p: Phrases, a: number, i: number): number {
  if (p.parentAt[i] === p.head[a]) return 1;
  if (p.parentAt[a] === p.head[i]) return 2;
  if (p.parentAt[a] === p.parentAt[i] && (p.parentAt[i] ?? -1) >= 0) return 3;
  if (p.grandparentAt[i] === p.parentAt[a]) return 4;
  return p.grandparentAt[a] === p.parentAt[i] ? 5 : 6;
}

/** How alike two mentions are, 0–10 (see likeness); pronouns are the same or not. */
export const matchOf = (p: Phrases, a: number, i: number): number =>
  p.kind[i] !== PRONOUN && p.kind[a] !== PRONOUN ? likeness(p, a, i) : p.text[a] === p.text[i] ? 1 : 0;

/** 1 the same one speaks, 2 another, 3 nobody is named. */
const voiceOf = (p: Phrases, a: number, i: number): number =>
  p.speaker[a] === p.speaker[i] ? (p.speaker[i] === WRITER ? 3 : 1) : 2;

/** Writes the features of "i joins the chain of a" into `out` and says how many they are. */
export function pairFeatures(c: Chains, p: Phrases, a: number, i: number, out: Int32Array): number {
  const match = matchOf(p, a, i);
  return chainFeatures(
    c,
    p,
    a,
    i,
    match,
    out,
    wordFeatures(p, a, i, match, out, nearFeatures(p, a, i, match, out, 0)),
  );
}

// The features of a pair come in three parts, the telling and cheap ones first: what they leave behind by far is given up
// before the others are asked. Each part writes from `from` on and says where it ended.

/** Where the two stand, and whether they agree. */
export function nearFeatures(
  p: Phrases,
  a: number,
  i: number,
  match: number,
  out: Int32Array,
  from: number,
): number {
  const fa = p.form[a] ?? 0;
  const fi = p.form[i] ?? 0;
  const forms = fa * 5 + fi;
  const si = p.sort[i] ?? 0;
  const ca = p.canon[a] ?? 0;
  const ci = p.canon[i] ?? 0;
  const apart = (p.sentence[i] ?? 0) - (p.sentence[a] ?? 0);
  const same = apart === 0;
  const near = bucket(apart);
  const near3 = Math.min(2, apart);
  const startA = p.start[a] ?? 0;
  const startI = p.start[i] ?? 0;
  const endA = p.end[a] ?? 0;
  const inside = same && startA <= startI && endA >= (p.end[i] ?? 0);
  const nested = inside ? (p.owner[i] === a ? 1 : 2) : same ? 3 : 0;
  const agree =
    agreement(p.number[a] ?? 0, p.number[i] ?? 0) * 9 +
    agreement(p.gender[a] ?? 0, p.gender[i] ?? 0) * 3 +
    agreement(p.person[a] ?? 0, p.person[i] ?? 0);
  const ra = p.role[a] ?? 0;
  const ri = p.role[i] ?? 0;
  const coarseA = p.coarse[a] ?? 0;
  const formsMatch = forms * 16 + match;
  let n = from;
  out[n++] = mix(104, formsMatch, near);
  out[n++] = mix(105, si, near);
  out[n++] = mix(106, si, bucket(i - a));
  out[n++] = mix(107, ci, ca, near);
  out[n++] = mix(108, forms, nested);
  out[n++] = mix(109, ci, agree);
  out[n++] = mix(110, forms, agree);
  out[n++] = mix(113, ci, ra, ri, near3);
  out[n++] = mix(114, ci, ra, near);
  out[n++] = mix(116, fi === PRONOUN ? ci : (p.coarse[i] ?? 0), fa === PRONOUN ? ca : coarseA, match);
  out[n++] = mix(120, ci, p.lemma[a]);
  out[n++] = mix(121, forms, same ? (startI - endA <= 1 ? 1 : 2) : 0, ri);
  out[n++] = mix(124, formsMatch, p.type[a], p.type[i], same ? 1 : 0);
  out[n++] = mix(154, ci, p.chance[a], near3);
  return n;
}

/** What the two say, in which words, and how they hang together in a sentence. */
export function wordFeatures(
  p: Phrases,
  a: number,
  i: number,
  match: number,
  out: Int32Array,
  from: number,
): number {
  const fa = p.form[a] ?? 0;
  const fi = p.form[i] ?? 0;
  const forms = fa * 5 + fi;
  const ca = p.canon[a] ?? 0;
  const ci = p.canon[i] ?? 0;
  const pronoun = fi === PRONOUN;
  const apart = (p.sentence[i] ?? 0) - (p.sentence[a] ?? 0);
  const near = bucket(apart);
  const near3 = Math.min(2, apart);
  const numberI = p.number[i] ?? 0;
  const quotes = (p.quoted[a] ?? 0) * 2 + (p.quoted[i] ?? 0);
  const ta = p.type[a] ?? 0;
  const ti = p.type[i] ?? 0;
  const la = p.lemma[a] ?? 0;
  const li = p.lemma[i] ?? 0;
  const coarseA = p.coarse[a] ?? 0;
  const coarseI = p.coarse[i] ?? 0;
  const da = p.determiner[a] ?? 0;
  const di = p.determiner[i] ?? 0;
  const chanceA = p.chance[a] ?? 0;
  const formsMatch = forms * 16 + match;
  let n = from;
  out[n++] = mix(100, forms);
  out[n++] = mix(101, p.sort[i] ?? 0, p.sort[a]);
  out[n++] = mix(102, formsMatch);
  out[n++] = mix(103, formsMatch, di);
  out[n++] = mix(111, ci, ta, ti);
  out[n++] = mix(112, ta, ti, match);
  out[n++] = mix(115, ci, coarseA);
  out[n++] = mix(119, li, la);
  out[n++] = mix(122, da, di, match);
  out[n++] = mix(125, ci, ca, voiceOf(p, a, i), near3);
  out[n++] = mix(126, formsMatch, quotes);
  out[n++] = mix(127, ci, ca, quotes);
  out[n++] = mix(149, li, ta);
  out[n++] = mix(150, li, coarseA);
  out[n++] = mix(151, forms, ta, coarseI);
  out[n++] = mix(152, forms, chanceA, p.chance[i]);
  out[n++] = mix(153, formsMatch, chanceA);
  if (pronoun) {
    out[n++] = mix(117, ci, p.fine[a]);
    out[n++] = mix(118, ci, p.firstFine[a]);
    if (p.given[a] !== 0) out[n++] = mix(155, ci, p.given[a]);
  }
  if (apart === 0) {
    const relation = relationOf(p, a, i);
    out[n++] = mix(128, ci, relation, p.relation[i], p.relation[a]);
    out[n++] = mix(129, formsMatch, relation);
    out[n++] = mix(130, ci, relation, ca);
  }
  if (!pronoun && fa !== PRONOUN) {
    const x = p.modifiers[a];
    const y = p.modifiers[i];
    const both = x && y ? common(x, y) : 0;
    const clash = ((x?.length ?? 0) > both ? 1 : 0) + ((y?.length ?? 0) > both ? 2 : 0) + (both > 0 ? 4 : 0);
    const alike = la === li ? 0 : nearness(p.vector[a], p.vector[i]);
    out[n++] = mix(131, formsMatch, clash);
    out[n++] = mix(132, formsMatch, clash, di);
    out[n++] = mix(133, forms, alike);
    out[n++] = mix(134, forms * 16 + alike, di, agreement(p.number[a] ?? 0, numberI));
    out[n++] = mix(135, forms * 16 + alike, near, di);
    out[n++] = mix(136, li, match);
    out[n++] = mix(137, formsMatch, agreement(p.numeral[a] ?? 0, p.numeral[i] ?? 0));
    out[n++] = mix(138, coarseI, match, di);
    out[n++] = mix(139, formsMatch, near, di);
    out[n++] = mix(
      140,
      formsMatch,
      (p.end[a] ?? 0) - (p.start[a] ?? 0) > 4 ? 1 : 0,
      (p.end[i] ?? 0) - (p.start[i] ?? 0) > 4 ? 1 : 0,
    );
    out[n++] = mix(141, formsMatch, p.role[a], p.role[i]);
    out[n++] = mix(142, formsMatch, (p.number[a] ?? 0) * 3 + numberI, da * 16 + di);
  } else {
    out[n++] = mix(143, ci, ca, p.parent[a] === p.parent[i] ? 1 : 0);
    out[n++] = mix(144, ci, p.parent[i], coarseA);
    out[n++] = mix(145, ci, da, near3);
    out[n++] = mix(147, ci, p.number[a], p.gender[a], near3);
    out[n++] = mix(148, ci, p.role[i], p.parentCoarse[i], coarseA);
  }
  return n;
}

/** The part that speaks of the whole chain of a. */
export function chainFeatures(
  c: Chains,
  p: Phrases,
  a: number,
  i: number,
  match: number,
  out: Int32Array,
  from: number,
): number {
  const fi = p.form[i] ?? 0;
  const pronoun = fi === PRONOUN;
  const forms = (p.form[a] ?? 0) * 5 + fi;
  const ci = p.canon[i] ?? 0;
  const ca = p.canon[a] ?? 0;
  const di = p.determiner[i] ?? 0;
  const apart = (p.sentence[i] ?? 0) - (p.sentence[a] ?? 0);
  const near3 = Math.min(2, apart);
  const chain = c.of[a] ?? 0;
  const members = c.members[chain] ?? [];
  const size = bucket(members.length);
  const genders = c.genders[chain] ?? 0;
  const numbers = c.numbers[chain] ?? 0;
  const gender = fits(p.gender[i] ?? 0, genders);
  const number = fits(p.number[i] ?? 0, numbers);
  const kinds = c.forms[chain] ?? 0;
  const last = c.last[chain] ?? 0;
  // The best and the worst likeness to the latest phrases of the chain.
  let best = 0;
  let unlike = 0;
  if (!pronoun)
    for (let j = members.length - 1, met = 0; j >= 0 && met < 6; j--) {
      const b = members[j] ?? 0;
      if (p.kind[b] === PRONOUN) continue;
      met++;
      const l = b === a ? match : likeness(p, b, i);
      if (l > 0 && (best === 0 || l < best)) best = l;
      if (l === 0 || l === 10) unlike = 1;
    }
  const voice = voiceOf(p, a, i);
  const speaker = p.speaker[i] ?? 0;
  const self = c.self[chain] ?? 0;
  const you = c.addressedBy[chain] ?? 0;
  const named = c.named[chain] ?? 0;
  const before = p.speakerBefore[i];
  const says =
    self === 0
      ? 0
      : self === speaker
        ? c.otherSelf[chain] === 0
          ? 1
          : 4
        : self === before
          ? 2
          : self === p.speakerAfter[i]
            ? 5
            : 3;
  const hears = you === 0 ? 0 : you === speaker ? 1 : you === before ? 2 : 3;
  const called = named === 0 ? 0 : named === speaker ? 1 : named === before ? 2 : 3;
  const calls = p.namesSpeaker[i] === 0 ? 0 : p.namesSpeaker[i] === self ? 1 : 2;
  const part = pronoun ? (p.person[i] ?? 0) * 3 + (p.number[i] ?? 0) : 12 + fi;
  let n = from;
  out[n++] = mix(160, ci, gender, number);
  out[n++] = mix(161, ci, kinds, size);
  out[n++] = mix(162, forms, best, match);
  out[n++] = mix(163, ci, kinds, best, di);
  out[n++] = mix(164, ci, size, near3);
  out[n++] = mix(165, ci, bucket(i - last), last === a ? 1 : 0);
  out[n++] = mix(166, ci, genders, numbers);
  out[n++] = mix(167, forms, best, unlike, size);
  out[n++] = mix(168, ci, p.sentence[members[0] ?? 0] === 0 ? 0 : 1, size, near3);
  out[n++] = mix(169, ci, c.persons[chain], ca, voice);
  out[n++] = mix(170, forms, best, number, gender);
  out[n++] = mix(171, ci, kinds, bucket(apart));
  out[n++] = mix(172, part, says, hears);
  out[n++] = mix(173, ci, says * 8 + hears, p.person[a], voice);
  out[n++] = mix(174, part, called, calls);
  out[n++] = mix(175, part, says, called, near3);
  if (pronoun && c.given[chain] !== 0) out[n++] = mix(176, ci, c.given[chain]);
  return n;
}
