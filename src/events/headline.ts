/**
 * A headline the parser took for a heap of nouns ("Crowd storms city hall", "Police Arrest 40 In Raid") → the same tokens
 * with the verb as head: headlines drop articles and auxiliaries, and a parser of running text then sees compounds. Only
 * where no word was read as a verb, where one of the first words is a form of a known event verb that agrees with the noun
 * before it, and where what follows may be its object. Everything else stays as it was parsed.
 */
import type { Sentence, Token } from "../model/index.ts";
import type { EventPatterns } from "./patterns.ts";
import { lower, type Tree, treeOf } from "./tree.ts";

const NOMINAL = /^(?:NOUN|PROPN|ADJ|NUM|DET|PRON)$/;
/** Nouns without an s that take the plural, and collectives that take either number: "police arrest", "crowd storms". */
const PLURAL =
  /^(?:police|people|men|women|gunmen|militiamen|policemen|children|hundreds|thousands|dozens|scores)$/;
const EITHER = /^(?:crowd|crowds|authorities|us|u\.s\.|uk|un|eu|nato|forces|troops)$/;

const isPlural = (word: string): boolean =>
  PLURAL.test(word) || (/s$/.test(word) && !/(?:ss|us|is)$/.test(word));

/** Index of the word that must be the verb. */
function verbAt(tree: Tree, patterns: EventPatterns): number | undefined {
  const { tokens } = tree;
  if (tokens.some((t) => /^(?:VERB|AUX)$/.test(t.upos))) return undefined;
  for (let k = 1; k < Math.min(6, tokens.length - 1); k++) {
    const before = tokens[k - 1];
    const next = tokens[k + 1];
    const word = lower(tree, k);
    if (before === undefined || next === undefined || !NOMINAL.test(before.upos)) return undefined;
    if (!/^(?:NOUN|PROPN|ADJ)$/.test(tokens[k]?.upos ?? "") || !/^(?:NOUN|PROPN|NUM)$/.test(before.upos))
      continue;
    const patternsHere = patterns.verbs.get(word);
    if (patternsHere === undefined) continue;
    const third = /s$/.test(word) && !patternsHere.some((p) => p.lemma === word);
    const base = patternsHere.some((p) => p.lemma === word);
    const subject = lower(tree, k - 1);
    const either = EITHER.test(subject);
    if (
      third
        ? isPlural(subject) && before.upos !== "PROPN" && !either
        : !(base && (either || isPlural(subject)))
    )
      continue;
    // "US sanctions over Iran" is a noun; a verb of this form wants its object, "Workers strike in Lima" may do without.
    if (NOMINAL.test(next.upos) || (base && next.upos === "ADP")) return k;
  }
  return undefined;
}

/** The tree read anew, or undefined when the parse may stand. */
export function headlineTree(tree: Tree, patterns: EventPatterns): Tree | undefined {
  const verb = verbAt(tree, patterns);
  if (verb === undefined) return undefined;
  const tokens: Token[] = [...tree.tokens];
  const hang = (k: number, head: number, deprel: string, upos?: Token["upos"]): void => {
    const t = tokens[k];
    if (t !== undefined)
      tokens[k] = { ...t, head: head + 1, deprel, ...(upos === undefined ? {} : { upos }) };
  };
  const INNER: Readonly<Record<string, string>> = {
    DET: "det",
    ADJ: "amod",
    NUM: "nummod",
    PRON: "nmod:poss",
  };
  /** A run of nominals from `from` hung on its last word; that word's index, or undefined when there is none. */
  const run = (from: number): number | undefined => {
    let last = from - 1;
    while (last + 1 < tokens.length && NOMINAL.test(tokens[last + 1]?.upos ?? "")) last++;
    for (let k = from; k < last; k++) hang(k, last, INNER[tokens[k]?.upos ?? ""] ?? "compound");
    return last < from ? undefined : last;
  };
  for (let k = 0; k < verb - 1; k++) hang(k, verb - 1, INNER[tokens[k]?.upos ?? ""] ?? "compound");
  hang(verb - 1, verb, "nsubj");
  const form = lower(tree, verb);
  const lemma = patterns.verbs.get(form)?.[0]?.lemma ?? form;
  const t = tokens[verb];
  if (t !== undefined)
    tokens[verb] = { ...t, head: 0, deprel: "root", upos: "VERB", lemma, feats: "VerbForm=Fin" };
  let at = verb + 1;
  const object = run(at);
  if (object !== undefined) {
    hang(object, verb, "obj");
    at = object + 1;
  }
  while (at < tokens.length) {
    const noun = tokens[at]?.upos === "ADP" ? run(at + 1) : undefined;
    if (noun === undefined) {
      hang(at, verb, tokens[at]?.upos === "PUNCT" ? "punct" : "dep");
      at++;
      continue;
    }
    hang(at, noun, "case");
    hang(noun, verb, "obl");
    at = noun + 1;
  }
  const sentence: Sentence = { ...tree.sentence, tokens };
  return treeOf(sentence);
}
