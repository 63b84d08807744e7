/**
 * Parsed sentences → candidate mentions for coreference: noun phrases, names, pronouns, "here" and joined phrases ("A and
 * B") as spans of words with a head. Where a phrase ends (does the relative clause belong, the apposition, the bracket?) and
 * whether a phrase of such looks is ever spoken of twice is learnt from GUM by two logistic models over hashed features;
 * train/coref-mentions.ts learns them. Clauses ("He resigned. This …") are left out: they are one mention in forty.
 */
export type CorefWord = {
  readonly form: string;
  readonly lemma: string;
  readonly upos: string;
  readonly feats: string;
  readonly head: number;
  readonly deprel: string;
};

export type CorefCandidate = {
  readonly sentence: number;
  /** Words of the sentence, 0-based, half-open. */
  readonly start: number;
  readonly end: number;
  readonly head: number;
  readonly kind: "pronoun" | "name" | "nominal";
  /** A phrase with its conjuncts: "A and B". */
  readonly group: boolean;
  /** How likely a phrase of such looks is spoken of twice. */
  readonly chance: number;
};

export type MentionWeights = {
  /** Does a dependent belong to the phrase? */
  readonly arcs: Float32Array;
  /** Is the phrase spoken of twice? */
  readonly keep: Float32Array;
};

export const MENTION_BITS = 15;
const MASK = (1 << MENTION_BITS) - 1;
/** Candidates less likely than this are not looked at: they would cost time and bring wrong links. */
export const LEAST_CHANCE = 0.05;

export const hashText = (s: string): number => {
  let h = 0x811c9dc5;
  for (let i = 0; i < s.length; i++) h = Math.imul(h ^ s.charCodeAt(i), 0x01000193);
  return h;
};
/** Relations and parts of speech are few. */
const labels = new Map<string, number>();
const hashLabel = (label: string): number => {
  const known = labels.get(label);
  if (known !== undefined) return known;
  const hash = hashText(label);
  if (labels.size < 1000) labels.set(label, hash);
  return hash;
};
const mix = (template: number, a: number, b = 0, c = 0): number => {
  let h =
    Math.imul(template + 1, 0x9e3779b1) ^
    (Math.imul(a, 0x85ebca6b) + Math.imul(b, 0xc2b2ae35) + Math.imul(c, 0x27d4eb2f));
  h ^= h >>> 15;
  h = Math.imul(h, 0x165667b1);
  return ((h ^ (h >>> 13)) >>> 8) & MASK;
};
const bucket = (n: number): number => (n <= 4 ? Math.max(0, n) : n <= 7 ? 6 : n <= 12 ? 10 : 20);

/** A sentence with what the features ask for, made once. */
export type CorefTree = {
  readonly words: readonly CorefWord[];
  /** First dependent and next sister, −1 for none. */
  readonly first: Int32Array;
  readonly next: Int32Array;
  /** The words below a word, itself included: from, to. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly relations: Int32Array;
  readonly upos: Int32Array;
  readonly lemmas: Int32Array;
};

/** Widens the span of a word to those of all below it. */
function reach(i: number, first: Int32Array, next: Int32Array, from: Int32Array, to: Int32Array): void {
  for (let c = first[i] ?? -1; c >= 0; c = next[c] ?? -1) {
    reach(c, first, next, from, to);
    from[i] = Math.min(from[i] ?? i, from[c] ?? c);
    to[i] = Math.max(to[i] ?? i, to[c] ?? c);
  }
}

export function corefTree(words: readonly CorefWord[]): CorefTree {
  const n = words.length;
  const first = new Int32Array(n).fill(-1);
  const next = new Int32Array(n).fill(-1);
  const from = Int32Array.from(words, (_, i) => i);
  const to = Int32Array.from(words, (_, i) => i + 1);
  for (let i = n - 1; i >= 0; i--) {
    const h = (words[i]?.head ?? 0) - 1;
    if (h < 0) continue;
    next[i] = first[h] ?? -1;
    first[h] = i;
  }
  for (let i = 0; i < n; i++) if (words[i]?.head === 0) reach(i, first, next, from, to);
  return {
    words,
    first,
    next,
    from,
    to,
    relations: Int32Array.from(words, (w) => hashLabel(w.deprel)),
    upos: Int32Array.from(words, (w) => hashLabel(w.upos)),
    lemmas: Int32Array.from(words, (w) => hashText(w.lemma.toLowerCase())),
  };
}

/** How often the head nouns of a text occur in it, by hash. */
export function countLemmas(trees: readonly CorefTree[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const t of trees)
    t.words.forEach((w, i) => {
      if (w.upos !== "NOUN" && w.upos !== "PROPN") return;
      const lemma = t.lemmas[i] ?? 0;
      counts.set(lemma, (counts.get(lemma) ?? 0) + 1);
    });
  return counts;
}

const isPredicate = (t: CorefTree, h: number): boolean => {
  for (let c = t.first[h] ?? -1; c >= 0; c = t.next[c] ?? -1) if (t.words[c]?.deprel === "cop") return true;
  return false;
};

/** Features of "the words below c belong to the phrase of h". */
export function arcFeatures(
  t: CorefTree,
  h: number,
  c: number,
  out: Int32Array,
  predicate = isPredicate(t, h),
): number {
  const relation = t.relations[c] ?? 0;
  const above = t.relations[h] ?? 0;
  const side = c < h ? 1 : 2;
  const from = t.from[c] ?? c;
  const to = t.to[c] ?? c + 1;
  const opens = t.lemmas[from] ?? 0;
  const last = t.words[from - 1];
  const before = last ? hashText(last.upos === "PUNCT" ? last.form : last.upos) : 1;
  const cop = predicate ? 1 : 0;
  const head = t.upos[h] ?? 0;
  const tag = t.upos[c] ?? 0;
  let n = 0;
  out[n++] = mix(0, relation, side);
  out[n++] = mix(1, relation, head, side);
  out[n++] = mix(2, relation, tag);
  out[n++] = mix(3, relation, opens);
  out[n++] = mix(4, relation, above);
  out[n++] = mix(5, relation, side, cop);
  out[n++] = mix(6, relation, bucket(side === 1 ? h - to : from - h - 1), side);
  out[n++] = mix(7, relation, bucket(to - from));
  out[n++] = mix(8, relation, before);
  out[n++] = mix(9, relation, opens, t.lemmas[h]);
  out[n++] = mix(10, relation, t.lemmas[c]);
  out[n++] = mix(11, relation, t.lemmas[h]);
  out[n++] = mix(12, relation, cop, opens);
  out[n++] = mix(13, tag, before, cop);
  out[n++] = mix(14, relation, before, opens);
  out[n++] = mix(15, relation, above, cop);
  return n;
}

/** Features of "this phrase is spoken of twice". */
export function keepFeatures(
  t: CorefTree,
  c: Pick<CorefCandidate, "head" | "start" | "end" | "group">,
  counts: ReadonlyMap<number, number>,
  out: Int32Array,
): number {
  const { head: h, start, end } = c;
  const group = c.group ? 1 : 0;
  const relation = t.relations[h] ?? 0;
  const tag = t.upos[h] ?? 0;
  const lemma = t.lemmas[h] ?? 0;
  const parent = (t.words[h]?.head ?? 0) - 1;
  const parentLemma = t.lemmas[parent] ?? 1;
  const opens = t.lemmas[start] ?? 0;
  const length = bucket(end - start) + 32 * group;
  const feats = hashText(t.words[h]?.feats ?? "");
  const times = Math.min(4, counts.get(lemma) ?? 1);
  let n = 0;
  out[n++] = mix(30, tag, relation, length);
  out[n++] = mix(31, lemma, group);
  out[n++] = mix(32, lemma, relation);
  out[n++] = mix(33, opens, tag, length);
  out[n++] = mix(34, opens, lemma);
  out[n++] = mix(35, relation, parentLemma);
  out[n++] = mix(36, tag, t.upos[parent] ?? 1, relation);
  out[n++] = mix(37, feats, relation, length);
  out[n++] = mix(38, opens, relation);
  out[n++] = mix(39, tag, relation, group);
  out[n++] = mix(40, lemma, parentLemma);
  out[n++] = mix(41, t.upos[end - 1] ?? 0, tag, end - 1 === h ? 1 : 0);
  out[n++] = mix(42, lemma, length);
  out[n++] = mix(43, opens, feats);
  out[n++] = mix(44, group);
  out[n++] = mix(45, t.lemmas[end] ?? 1, tag, relation);
  out[n++] = mix(46, t.lemmas[start - 1] ?? 1, tag, relation);
  out[n++] = mix(47, tag, times, opens);
  out[n++] = mix(48, tag, times, relation);
  out[n++] = mix(49, times, length);
  out[n++] = mix(50, tag, times, end - start <= 2 ? 1 : 0);
  out[n++] = mix(51, lemma, times);
  return n;
}

const NEVER = /^(?:punct|cc|mark|expl|aux|reparandum)/;
/** Not asked of the model: these never belong to a phrase, conjuncts only to a group. */
export const isOutside = (deprel: string): boolean => NEVER.test(deprel) || deprel.startsWith("conj");

const ARGUMENT = /^(?:nsubj|obj|obl|nmod|iobj|root|conj|compound)/;
function mayHead(w: CorefWord): boolean {
  switch (w.upos) {
    case "NOUN":
    case "PROPN":
    case "PRON":
    case "NUM":
    case "X":
    case "SYM":
      return true;
    case "DET":
      return ARGUMENT.test(w.deprel) && !w.deprel.startsWith("compound");
    case "ADJ":
      return ARGUMENT.test(w.deprel) && w.deprel !== "root";
    case "ADV":
      return /^(?:here|there|home)$/i.test(w.form);
    default:
      // Names read as verbs: "United" of "United Kingdom".
      return w.upos === "VERB" && /^(?:compound|obl|nmod|amod)/.test(w.deprel) && /^\p{Lu}/u.test(w.form);
  }
}

const closes = (w: CorefWord | undefined): boolean => w?.form === ")" || w?.form === "]";

/** Brackets are closed, commas and conjunctions at the edges fall away. */
function trim(words: readonly CorefWord[], head: number, start: number, end: number): [number, number] {
  let open = 0;
  for (let i = start; i < end; i++) {
    const form = words[i]?.form;
    if (form === "(" || form === "[") open++;
    else if (form === ")" || form === "]") open--;
  }
  let to = end;
  if (open > 0 && closes(words[to])) to++;
  while (to > head + 1 && words[to - 1]?.upos === "PUNCT" && !(closes(words[to - 1]) && open >= 0)) to--;
  let from = start;
  while (from < head && /^(?:PUNCT|CCONJ|SCONJ)$/.test(words[from]?.upos ?? "")) from++;
  return [from, to];
}

const scratch = new Int32Array(32);
function scoreOf(n: number, weights: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < n; k++) sum += weights[scratch[k] ?? 0] ?? 0;
  return sum;
}
export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

export function corefCandidates(
  sentence: number,
  t: CorefTree,
  counts: ReadonlyMap<number, number>,
  weights: MentionWeights,
  least = LEAST_CHANCE,
): CorefCandidate[] {
  const out: CorefCandidate[] = [];
  t.words.forEach((word, head) => {
    if (!mayHead(word) || (word.deprel.startsWith("expl") && word.upos !== "PRON")) return;
    const kind = /^(?:PRON|DET|ADV)$/.test(word.upos)
      ? "pronoun"
      : word.upos === "PROPN"
        ? "name"
        : "nominal";
    const predicate = isPredicate(t, head);
    let [start, end] = [head, head + 1];
    let [groupStart, groupEnd] = [head, head + 1];
    let joined = false;
    for (let c = t.first[head] ?? -1; c >= 0; c = t.next[c] ?? -1) {
      const w = t.words[c];
      if (!w || NEVER.test(w.deprel)) continue;
      const conjunct = w.deprel.startsWith("conj");
      if (conjunct) joined ||= mayHead(w);
      else if (scoreOf(arcFeatures(t, head, c, scratch, predicate), weights.arcs) <= 0) continue;
      groupStart = Math.min(groupStart, t.from[c] ?? c);
      groupEnd = Math.max(groupEnd, t.to[c] ?? c);
      if (conjunct) continue;
      start = Math.min(start, t.from[c] ?? c);
      end = Math.max(end, t.to[c] ?? c);
    }
    for (let group = 0; group <= (joined ? 1 : 0); group++) {
      const [from, to] = group === 1 ? [groupStart, groupEnd] : [start, end];
      const [a, b] = trim(t.words, head, from, to);
      const span = { sentence, start: a, end: b, head, group: group === 1 };
      const chance = logistic(scoreOf(keepFeatures(t, span, counts, scratch), weights.keep));
      if (chance < least) continue;
      out.push({ ...span, kind: group === 1 && kind === "pronoun" ? "nominal" : kind, chance });
    }
  });
  return out.sort((a, b) => a.start - b.start || b.end - a.end);
}
