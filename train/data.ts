/**
 * Treebank sentences → the inventories of a model (words, tags, scripts, relations) and examples as numbers.
 * Headline-like and badly typed variants of some sentences are made here: without articles and final stop, in title
 * case, in capitals, so that the parser has seen what newspapers print above their articles.
 */
import type { ConlluSentence } from "../src/eval/conllu.ts";
import { lemmaScript } from "../src/syntax/lemma.ts";
import {
  AFFIXES,
  affixBuckets,
  formHash,
  type HashIndex,
  hashIndex,
  normalise,
  shapeOf,
} from "../src/syntax/lexical.ts";
import type { Example } from "./net.ts";
import type { Random } from "./random.ts";

export type Word = {
  readonly form: string;
  readonly lemma: string;
  readonly upos: string;
  readonly feats: string;
  readonly head: number;
  readonly deprel: string;
};
export type Tree = readonly Word[];

export const treesOf = (sentences: readonly ConlluSentence[]): Tree[] => sentences.map(({ words }) => words);

export type Inventory = {
  readonly words: Uint32Array;
  /** counts[row], row 0 unknown. */
  readonly counts: Int32Array;
  readonly vectorWords: Uint32Array;
  readonly upos: readonly string[];
  readonly feats: readonly string[];
  readonly featsOf: readonly (readonly number[])[];
  readonly scripts: readonly string[];
  readonly relations: readonly string[];
  readonly lexicon: ReadonlyMap<string, string>;
};

const tally = (items: Iterable<string>): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
};
const frequent = (counts: ReadonlyMap<string, number>, least: number): string[] =>
  [...counts]
    .filter(([, n]) => n >= least)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([item]) => item);

export function takeInventory(trees: readonly Tree[], vectorWords: Uint32Array): Inventory {
  const words = trees.flat();
  const norms = tally(words.map((word) => normalise(word.form)));
  const kept = frequent(norms, 2);
  const scripts = tally(words.map((word) => lemmaScript(word.form, word.lemma)));
  const keptScripts = frequent(scripts, 3);
  const upos = frequent(tally(words.map((word) => word.upos)), 1);
  const feats = frequent(tally(words.map((word) => word.feats)), 2);
  const pairs = tally(words.map((word) => `${word.upos}\t${word.feats}`));
  const featsOf = upos.map((tag) => feats.map((_, k) => k).filter((k) => pairs.has(`${tag}\t${feats[k]}`)));
  const known = new Set(keptScripts);
  // Words whose usual lemma no script yields: irregular ones, once typing errors are outvoted.
  const usual = new Map<string, Map<string, { count: number; script: string }>>();
  for (const word of words) {
    const key = `${word.form.toLowerCase()}\t${word.upos}`;
    const lemmas = usual.get(key) ?? new Map<string, { count: number; script: string }>();
    const entry = lemmas.get(word.lemma) ?? { count: 0, script: lemmaScript(word.form, word.lemma) };
    entry.count++;
    lemmas.set(word.lemma, entry);
    usual.set(key, lemmas);
  }
  const lexicon = new Map<string, string>();
  for (const [key, lemmas] of usual) {
    const [top] = [...lemmas].sort((a, b) => b[1].count - a[1].count);
    if (top !== undefined && !known.has(top[1].script) && top[0] !== "_") lexicon.set(key, top[0]);
  }
  return {
    words: Uint32Array.from(kept, formHash),
    counts: Int32Array.from([0, ...kept.map((norm) => norms.get(norm) ?? 0)]),
    vectorWords,
    upos,
    feats,
    featsOf: featsOf.map((list) => (list.length > 0 ? list : [0])),
    scripts: keptScripts,
    relations: frequent(tally(words.map((word) => word.deprel)), 1),
    lexicon,
  };
}

export type Numberer = (tree: Tree) => Example;

export function createNumberer(inventory: Inventory, buckets: number): Numberer {
  const row = (list: readonly string[]): ((item: string) => number) => {
    const rows = new Map(list.map((item, k) => [item, k]));
    return (item) => rows.get(item) ?? -1;
  };
  const upos = row(inventory.upos);
  const feats = row(inventory.feats);
  const script = row(inventory.scripts);
  const relation = row(inventory.relations);
  const wordRow: HashIndex = hashIndex(inventory.words);
  const vectorRow: HashIndex = hashIndex(inventory.vectorWords);
  return (tree) => {
    const norms = tree.map((word) => normalise(word.form));
    const affix = new Int32Array(tree.length * AFFIXES);
    norms.forEach((norm, t) => {
      affixBuckets(norm, buckets, affix, t * AFFIXES);
    });
    return {
      length: tree.length,
      word: Int32Array.from(norms, (norm) => wordRow(formHash(norm))),
      vector: Int32Array.from(norms, (norm) => vectorRow(formHash(norm))),
      affix,
      shape: Int32Array.from(tree, (word) => shapeOf(word.form)),
      upos: Int32Array.from(tree, (word) => upos(word.upos)),
      feats: Int32Array.from(tree, (word) => feats(word.feats)),
      script: Int32Array.from(tree, (word) => script(lemmaScript(word.form, word.lemma))),
      head: Int32Array.from(tree, (word) => word.head),
      relation: Int32Array.from(tree, (word) => relation(word.deprel)),
    };
  };
}

/** The tree without the words at `drop` (0-based; they must be leaves). */
function without(tree: Tree, drop: ReadonlySet<number>): Tree {
  const moved = new Int32Array(tree.length + 1);
  let next = 0;
  tree.forEach((_, t) => {
    moved[t + 1] = drop.has(t) ? 0 : ++next;
  });
  return tree.filter((_, t) => !drop.has(t)).map((word) => ({ ...word, head: moved[word.head] ?? 0 }));
}

const leaves = (tree: Tree): Set<number> => {
  const heads = new Set(tree.map((word) => word.head - 1));
  return new Set(tree.map((_, t) => t).filter((t) => !heads.has(t)));
};
const SMALL = new Set("a an the of in on to for and or at by with as from but is n't 's".split(" "));
const capital = (form: string): string => form.charAt(0).toUpperCase() + form.slice(1);

const VOWEL = /[aeiou]/u;

/** Third person present of an English verb: "carry" → "carries" or, in the plural, "carry". */
export function presentForm(lemma: string, plural: boolean): string {
  if (plural) return lemma;
  if (lemma === "have") return "has";
  if (/(?:[sxz]|ch|sh|o)$/u.test(lemma)) return `${lemma}es`;
  if (lemma.endsWith("y") && !VOWEL.test(lemma.charAt(lemma.length - 2))) return `${lemma.slice(0, -1)}ies`;
  return `${lemma}s`;
}

/** Headline English: past tense becomes present, "will" becomes "to", some forms of "be" are marked to go. */
function headlineWords(tree: Tree, free: ReadonlySet<number>, drop: Set<number>, random: Random): Tree {
  const present = random() < 0.75;
  const bare = random() < 0.5;
  const infinitive = random() < 0.5;
  return tree.map((word, t) => {
    if (
      bare &&
      free.has(t) &&
      /^(?:aux:pass|cop)$/u.test(word.deprel) &&
      /^(?:is|are|was|were)$/iu.test(word.form)
    )
      drop.add(t);
    if (infinitive && word.deprel === "aux" && word.form.toLowerCase() === "will")
      return { ...word, form: "to", lemma: "to", upos: "PART", feats: "_", deprel: "mark" };
    const past = word.upos === "VERB" && /Person=3.*Tense=Past.*VerbForm=Fin/u.test(word.feats);
    if (!present || !past || word.lemma === "be") return word;
    const form = presentForm(word.lemma, word.feats.includes("Number=Plur"));
    return { ...word, form, feats: word.feats.replace("Tense=Past", "Tense=Pres") };
  });
}

/** A headline made of a sentence: articles and final stop gone, headline tenses, sometimes in title case. */
export function headline(tree: Tree, random: Random, lang: string): Tree {
  const free = leaves(tree);
  const drop = new Set<number>();
  const last = tree[tree.length - 1];
  if (last?.form === "." && free.has(tree.length - 1)) drop.add(tree.length - 1);
  if (random() < 0.6)
    tree.forEach((word, t) => {
      if (free.has(t) && word.deprel === "det" && /^(?:a|an|the)$/iu.test(word.form)) drop.add(t);
    });
  const worded = lang === "en" ? headlineWords(tree, free, drop, random) : tree;
  const rest = without(worded, drop);
  if (rest.length === 0) return tree;
  const titled = random() < 0.5;
  return rest.map((word, t) =>
    t === 0 || (titled && !SMALL.has(word.form)) ? { ...word, form: capital(word.form) } : word,
  );
}

/** A headline, a sentence in capitals, or one without its last mark. */
export function noisy(tree: Tree, random: Random, lang: string): Tree {
  const kind = random();
  if (kind < 0.75) return headline(tree, random, lang);
  if (kind < 0.87) return tree.map((word) => ({ ...word, form: word.form.toUpperCase() }));
  const last = tree.length - 1;
  if (tree.length > 2 && tree[last]?.upos === "PUNCT" && leaves(tree).has(last))
    return without(tree, new Set([last]));
  return tree;
}
