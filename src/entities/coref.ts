/**
 * Coreference by ranking antecedents (Denis & Baldridge 2008; latent antecedents as in Fernandes et al. 2012): for each
 * mention, in order, the best earlier mention or "new" is chosen by a linear model over hashed features. This file has the
 * features and the decoder; train/coref.ts learns the weights.
 */
import type { CorefCandidate, CorefWord } from "./corefmentions.ts";
import type { WordClasses } from "./word-classes.ts";

export const COREF_BITS = 18;
const SIZE = 1 << COREF_BITS;

export type CorefModel = { readonly weights: Float32Array };

export const loadCoref = (bytes: Uint8Array): CorefModel => {
  const own = new Uint8Array(bytes);
  if (own.length !== 4 + SIZE) throw new RangeError("Coreference weights have a wrong length");
  const scale = new DataView(own.buffer).getFloat32(0, true);
  const values = new Int8Array(own.buffer, 4);
  return { weights: Float32Array.from(values, (v) => v * scale) };
};
export const saveCoref = (weights: Float32Array): Uint8Array => {
  let top = 1e-9;
  for (const w of weights) top = Math.max(top, Math.abs(w));
  const scale = top / 127;
  const out = new Uint8Array(4 + SIZE);
  new DataView(out.buffer).setFloat32(0, scale, true);
  new Int8Array(out.buffer, 4).set(Int8Array.from(weights, (w) => Math.round(w / scale)));
  return out;
};

export type CorefText = {
  readonly sentences: readonly (readonly CorefWord[])[];
  /** Entity tags (BIO) of the words, where a tagger read them. */
  readonly tags: readonly (readonly string[])[];
  readonly classes: WordClasses | undefined;
};

/** A mention with what the features ask for, made once. */
export type Rich = {
  readonly at: CorefCandidate;
  readonly index: number;
  readonly kind: "pronoun" | "name" | "nominal";
  readonly head: string;
  readonly lemma: string;
  readonly text: string;
  readonly words: ReadonlySet<string>;
  readonly person: string;
  readonly number: string;
  readonly gender: string;
  readonly type: string;
  readonly role: string;
  readonly determiner: string;
  readonly fine: number;
  readonly coarse: number;
  readonly first: string;
  readonly firstFine: number;
  readonly headIndex: number;
};

const feat = (feats: string, name: string): string =>
  new RegExp(`(?:^|\\|)${name}=([^|]+)`).exec(feats)?.[1] ?? "";
const STOP = new Set([
  "the",
  "a",
  "an",
  "this",
  "that",
  "these",
  "those",
  "of",
  "'s",
  "’s",
  "in",
  "and",
  "its",
  "his",
  "her",
  "their",
]);

export function enrich(candidates: readonly CorefCandidate[], text: CorefText): Rich[] {
  return candidates.map((at, index) => {
    const words = text.sentences[at.sentence] ?? [];
    const head = words[at.head];
    const phrase = words.slice(at.start, at.end);
    const lower = phrase.map((w) => w.form.toLowerCase());
    const first = phrase.find((w) => w.upos === "PROPN") ?? phrase[0];
    const cls = text.classes?.get((head?.form ?? "").toLowerCase());
    const det = phrase.find((w) => w.upos === "DET" || w.deprel === "nmod:poss");
    return {
      at,
      index,
      kind: at.kind,
      head: (head?.form ?? "").toLowerCase(),
      lemma: (head?.lemma ?? "").toLowerCase(),
      text: lower.filter((w, i) => !(i === lower.length - 1 && /^['’]s?$/.test(w))).join(" "),
      words: new Set(lower.filter((w) => !STOP.has(w) && /[\p{L}\p{N}]/u.test(w))),
      person: feat(head?.feats ?? "", "Person"),
      number: feat(head?.feats ?? "", "Number"),
      gender: feat(head?.feats ?? "", "Gender"),
      type: (text.tags[at.sentence]?.[at.head] ?? "O").slice(2),
      role: (head?.deprel ?? "").split(":")[0] ?? "",
      determiner: det ? (det.deprel === "nmod:poss" ? "poss" : det.form.toLowerCase()) : "",
      fine: cls?.fine ?? 5000,
      coarse: cls?.coarse ?? 500,
      first: (first?.form ?? "").toLowerCase(),
      firstFine: text.classes?.get((first?.form ?? "").toLowerCase())?.fine ?? 5000,
      headIndex: at.head,
    };
  });
}

const hashText = (s: string): number => {
  let h = 0x811c9dc5;
  for (let i = 0; i < s.length; i++) h = Math.imul(h ^ s.charCodeAt(i), 0x01000193);
  return h;
};
/** One feature: template and values, mixed to an index. Strings were hashed once per mention. */
const mix = (template: number, a: number, b = 0, c = 0, d = 0): number => {
  let h = Math.imul(template + 1, 0x9e3779b1);
  h = Math.imul(h ^ a, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h ^ b, 0xc2b2ae35);
  h ^= h >>> 15;
  h = Math.imul(h ^ c, 0x27d4eb2f);
  h ^= h >>> 14;
  h = Math.imul(h ^ d, 0x165667b1);
  h ^= h >>> 16;
  h = Math.imul(h, 0x2c1b3c6d);
  return (h >>> 9) & (SIZE - 1);
};

const KIND = { pronoun: 1, name: 2, nominal: 3 } as const;
const bucket = (n: number): number =>
  n <= 3 ? n : n <= 5 ? 5 : n <= 8 ? 8 : n <= 15 ? 15 : n <= 40 ? 40 : 99;

/** What the features take from a mention, as numbers. */
type Numbers = {
  readonly kind: number;
  /** The pronoun itself, or the kind. */
  readonly sort: number;
  readonly lemma: number;
  readonly determiner: number;
  readonly type: number;
  readonly role: number;
  readonly number: number;
  readonly gender: number;
  readonly person: number;
};
const numbersOf = new WeakMap<Rich, Numbers>();
const numbers = (m: Rich): Numbers => {
  const known = numbersOf.get(m);
  if (known) return known;
  const made: Numbers = {
    kind: KIND[m.kind],
    sort: m.kind === "pronoun" ? hashText(m.head) : KIND[m.kind],
    lemma: hashText(m.kind === "pronoun" ? m.head : m.lemma),
    determiner: hashText(m.determiner),
    type: hashText(m.type),
    role: hashText(m.role),
    number: m.number === "" ? 0 : hashText(m.number),
    gender: m.gender === "" ? 0 : hashText(m.gender),
    person: m.person === "" ? 0 : hashText(m.person),
  };
  numbersOf.set(m, made);
  return made;
};

/** Features of "m is new": what it looks like, and whether anything like it stood before. */
export function newFeatures(m: Rich, seenHead: boolean, seenText: boolean): number[] {
  const n = numbers(m);
  const seen = (seenHead ? 1 : 0) + (seenText ? 2 : 0);
  const pronoun = m.kind === "pronoun" ? n.sort : 0;
  return [
    mix(0, n.kind, pronoun),
    mix(1, n.kind, n.determiner),
    mix(2, n.kind, seen, n.determiner),
    mix(3, n.lemma),
    mix(4, n.kind, n.type, seen),
    mix(5, n.kind, n.role),
    mix(6, n.kind, Math.min(6, m.at.end - m.at.start), n.determiner),
    mix(7, m.coarse, n.kind, n.determiner),
    mix(8, n.kind, m.at.sentence === 0 ? 0 : m.at.sentence < 4 ? 1 : 2),
  ];
}

const agreement = (a: number, b: number): number => (a !== 0 && b !== 0 ? (a === b ? 1 : 2) : 0);

/** How alike two phrases are: 1 same text, 2 same words, 3 shorter, 4 longer, 5 same head, 6 inside, 7 outside, 0 none. */
function likeness(a: Rich, m: Rich): number {
  if (a.text === m.text) return 1;
  const within = (x: ReadonlySet<string>, y: ReadonlySet<string>): boolean => {
    for (const w of x) if (!y.has(w)) return false;
    return true;
  };
  const inA = within(m.words, a.words);
  const inM = within(a.words, m.words);
  if (a.lemma === m.lemma) return inA ? (inM ? 2 : 3) : inM ? 4 : 5;
  if (inA && m.words.size > 0) return 6;
  return inM && a.words.size > 0 ? 7 : 0;
}

export const PAIR_FEATURES = 25;

/** Features of "a is the antecedent of m", into `out`; the decoder hands the same list in again and again. */
export function pairFeatures(a: Rich, m: Rich, out: Int32Array = new Int32Array(PAIR_FEATURES)): Int32Array {
  const x = numbers(a);
  const y = numbers(m);
  const kinds = x.kind * 4 + y.kind;
  const sd = m.at.sentence - a.at.sentence;
  const near = bucket(sd);
  const md = bucket(m.index - a.index);
  const match = likeness(a, m);
  const nested = a.at.sentence === m.at.sentence && a.at.start <= m.at.start && a.at.end >= m.at.end ? 1 : 0;
  const agree =
    agreement(x.number, y.number) * 9 + agreement(x.gender, y.gender) * 3 + agreement(x.person, y.person);
  const acronym =
    a.kind === "name" && m.kind === "name" && m.head.length > 1 && m.head === initials(a) ? 1 : 0;
  const pronoun = m.kind === "pronoun";
  const aClass = a.kind === "pronoun" ? x.sort : a.coarse;
  out[0] = mix(20, kinds);
  out[1] = mix(21, y.sort, x.sort);
  out[2] = mix(22, kinds, match);
  out[3] = mix(23, kinds, match, y.determiner);
  out[4] = mix(24, kinds, match, near);
  out[5] = mix(25, y.sort, near);
  out[6] = mix(26, y.sort, md);
  out[7] = mix(27, y.sort, x.sort, near);
  out[8] = mix(28, kinds, nested);
  out[9] = mix(29, y.sort, agree);
  out[10] = mix(30, kinds, agree);
  out[11] = mix(31, y.sort, x.type, y.type);
  out[12] = mix(32, x.type, y.type, match);
  out[13] = mix(33, y.sort, x.role, y.role, sd === 0 ? 0 : sd === 1 ? 1 : 2);
  out[14] = mix(34, y.sort, x.role, near);
  out[15] = mix(35, y.sort, a.coarse);
  out[16] = mix(36, aClass, pronoun ? y.sort : m.coarse, match);
  out[17] = mix(37, y.sort, pronoun ? a.fine : 0);
  out[18] = mix(38, pronoun ? y.sort : 0, pronoun ? a.firstFine : 0);
  out[19] = mix(39, y.lemma, x.lemma);
  out[20] = mix(40, y.sort, x.lemma);
  out[21] = mix(
    41,
    kinds,
    a.at.sentence === m.at.sentence ? (m.at.start - a.at.end <= 1 ? 1 : 2) : 0,
    y.role,
  );
  out[22] = mix(42, x.determiner, y.determiner, match);
  out[23] = mix(43, acronym);
  out[24] = mix(44, kinds * 8 + match, x.type, y.type, sd === 0 ? 1 : 0);
  return out;
}

const initialsOf = new WeakMap<Rich, string>();
const initials = (m: Rich): string => {
  const known = initialsOf.get(m);
  if (known !== undefined) return known;
  const made = [...m.words].map((w) => w.charAt(0)).join("");
  initialsOf.set(m, made);
  return made;
};

const score = (features: readonly number[] | Int32Array, weights: Float32Array): number => {
  let sum = 0;
  for (let k = 0; k < features.length; k++) sum += weights[features[k] ?? 0] ?? 0;
  return sum;
};

const NEAR = 60;
/** Candidates for a mention: the nearest ones, and farther ones of the same head. */
export function antecedents(m: Rich, mentions: readonly Rich[]): Rich[] {
  const out: Rich[] = [];
  for (let i = m.index - 1; i >= 0; i--) {
    const a = mentions[i];
    if (!a) continue;
    if (m.index - a.index <= NEAR || (m.kind !== "pronoun" && a.kind !== "pronoun" && a.lemma === m.lemma)) {
      if (a.at.sentence === m.at.sentence && a.at.head === m.at.head) continue;
      out.push(a);
    } else if (m.kind === "pronoun") break;
  }
  return out;
}

/** For each mention the index of its antecedent, or −1 for new. */
export function resolve(mentions: readonly Rich[], model: CorefModel): Int32Array {
  const links = new Int32Array(mentions.length).fill(-1);
  const scratch = new Int32Array(PAIR_FEATURES);
  const heads = new Set<string>();
  const texts = new Set<string>();
  mentions.forEach((m, i) => {
    let best = score(newFeatures(m, heads.has(m.lemma), texts.has(m.text)), model.weights);
    for (const a of antecedents(m, mentions)) {
      const s = score(pairFeatures(a, m, scratch), model.weights);
      if (s > best) {
        best = s;
        links[i] = a.index;
      }
    }
    heads.add(m.lemma);
    texts.add(m.text);
  });
  return links;
}

/** Links → chains, in order of the text; mentions that stand alone are chains of one. */
export function chainsOf(links: Int32Array): number[][] {
  const root = Int32Array.from(links, (_, i) => i);
  const chains = new Map<number, number[]>();
  links.forEach((antecedent, i) => {
    root[i] = antecedent < 0 ? i : (root[antecedent] ?? i);
    const key = root[i] ?? i;
    chains.set(key, [...(chains.get(key) ?? []), i]);
  });
  return [...chains.values()];
}
