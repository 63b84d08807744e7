/**
 * Coreference by ranking antecedents (Denis & Baldridge 2008; latent antecedents as in Fernandes et al. 2012): for each
 * mention, in order, the best earlier mention or "new" is chosen by a linear model over hashed features. This file has the
 * features and the decoder; train/coref.ts learns the weights.
 */
import type { CorefCandidate, CorefWord } from "./corefmentions.ts";
import type { WordClasses } from "./word-classes.ts";

export const COREF_BITS = 16;
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

const hash = (s: string): number => {
  let h = 0x811c9dc5;
  for (let i = 0; i < s.length; i++) h = Math.imul(h ^ s.charCodeAt(i), 0x01000193);
  h ^= h >>> 15;
  return (Math.imul(h, 0x2c1b3c6d) >>> 8) & (SIZE - 1);
};

const bucket = (n: number): string =>
  n <= 3 ? String(n) : n <= 5 ? "5" : n <= 8 ? "8" : n <= 15 ? "15" : n <= 40 ? "40" : "+";

/** Features of "m is new": what it looks like, and whether anything like it stood before. */
export function newFeatures(m: Rich, seenHead: boolean, seenText: boolean): number[] {
  const tail = `${m.kind}|${m.kind === "pronoun" ? m.head : ""}`;
  return [
    `N:${tail}`,
    `Nd:${m.kind}|${m.determiner}`,
    `Nh:${m.kind}|${seenHead}|${seenText}|${m.determiner}`,
    `Nl:${m.kind === "pronoun" ? m.head : m.lemma}`,
    `Nt:${m.kind}|${m.type}|${seenHead}|${seenText}`,
    `Nr:${m.kind}|${m.role}`,
    `Nw:${m.kind}|${Math.min(6, m.at.end - m.at.start)}|${m.determiner}`,
    `Nc:${m.coarse}|${m.kind}|${m.determiner}`,
    `Ns:${m.kind}|${m.at.sentence === 0 ? 0 : m.at.sentence < 4 ? 1 : 2}`,
  ].map(hash);
}

/** Features of "a is the antecedent of m". */
export function pairFeatures(a: Rich, m: Rich): number[] {
  const kinds = `${a.kind}>${m.kind}`;
  const pron = m.kind === "pronoun" ? m.head : m.kind;
  const apron = a.kind === "pronoun" ? a.head : a.kind;
  const sd = m.at.sentence - a.at.sentence;
  const md = m.index - a.index;
  const sameText = a.text === m.text;
  const sameHead = a.lemma === m.lemma;
  let inM = true;
  let inA = true;
  for (const w of m.words) if (!a.words.has(w)) inM = false;
  for (const w of a.words) if (!m.words.has(w)) inA = false;
  const match = sameText
    ? "text"
    : sameHead
      ? inM
        ? inA
          ? "bag"
          : "shorter"
        : inA
          ? "longer"
          : "head"
      : inM && m.words.size > 0
        ? "inside"
        : inA && a.words.size > 0
          ? "outside"
          : "none";
  const nested = a.at.sentence === m.at.sentence && a.at.start <= m.at.start && a.at.end >= m.at.end;
  const agree = `${a.number && m.number ? (a.number === m.number ? "=" : "x") : "?"}${a.gender && m.gender ? (a.gender === m.gender ? "=" : "x") : "?"}${a.person && m.person ? (a.person === m.person ? "=" : "x") : "?"}`;
  const acronym =
    a.kind === "name" &&
    m.kind === "name" &&
    m.head.length > 1 &&
    [...a.words].map((w) => w.charAt(0)).join("") === m.head;
  return [
    `k:${kinds}`,
    `k:${pron}|${apron}`,
    `m:${kinds}|${match}`,
    `mt:${kinds}|${match}|${m.determiner}`,
    `md:${kinds}|${match}|${bucket(sd)}`,
    `d:${pron}|${bucket(sd)}`,
    `dd:${pron}|${bucket(md)}`,
    `da:${pron}|${apron}|${bucket(sd)}`,
    `n:${kinds}|${nested}`,
    `g:${pron}|${agree}`,
    `ga:${kinds}|${agree}`,
    `t:${pron}|${a.type}|${m.type}`,
    `tm:${a.type}|${m.type}|${match}`,
    `r:${pron}|${a.role}|${m.role}|${sd === 0 ? 0 : sd === 1 ? 1 : 2}`,
    `ar:${pron}|${a.role}|${bucket(sd)}`,
    `c:${pron}|${a.coarse}`,
    `cc:${a.kind === "pronoun" ? a.head : a.coarse}|${m.kind === "pronoun" ? m.head : m.coarse}|${match}`,
    `f:${pron}|${m.kind === "pronoun" ? a.fine : ""}`,
    `ff:${m.kind === "pronoun" ? m.head : ""}|${m.kind === "pronoun" ? a.firstFine : ""}`,
    `w:${m.kind === "pronoun" ? m.head : m.lemma}|${a.kind === "pronoun" ? a.head : a.lemma}`,
    `al:${pron}|${a.kind === "pronoun" ? a.head : a.lemma}`,
    `adj:${kinds}|${a.at.sentence === m.at.sentence ? (m.at.start - a.at.end <= 1 ? "next" : "same") : "other"}|${m.role}`,
    `det:${a.determiner}|${m.determiner}|${match}`,
    `acr:${acronym}`,
    `x:${kinds}|${match}|${a.type}|${m.type}|${sd === 0}`,
  ].map(hash);
}

const score = (features: readonly number[], weights: Float32Array): number => {
  let sum = 0;
  for (const f of features) sum += weights[f] ?? 0;
  return sum;
};

const NEAR = 60;
/** Candidates for a mention: the nearest ones, and farther ones of the same head. */
export function antecedents(m: Rich, before: readonly Rich[]): Rich[] {
  const out: Rich[] = [];
  for (let i = before.length - 1; i >= 0; i--) {
    const a = before[i];
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
  const heads = new Set<string>();
  const texts = new Set<string>();
  mentions.forEach((m, i) => {
    let best = score(newFeatures(m, heads.has(m.lemma), texts.has(m.text)), model.weights);
    for (const a of antecedents(m, mentions.slice(0, i))) {
      const s = score(pairFeatures(a, m), model.weights);
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
