/**
 * A headline whose opening the parser took for a heap of nouns ("Crowd storms city hall, airport is seized", "Police Arrest
 * 40 In Raid") → the same tokens with the verb as head: headlines drop articles and auxiliaries, and a parser of running
 * text then sees compounds. Only where no word of the opening clause was read as a verb, where one of its first words is a
 * form of a known event verb that agrees with the noun before it, or stands as any verb would ("Orlov praises Malian
 * troops"), and where what follows may be its object. Everything else stays as it was parsed.
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

/** Where the opening clause ends: at a mark, or at a word that opens another clause. */
const BOUND = /^(?:[,;:–—-]|as|after|before|while|amid|and|but)$/;
const openingEnd = (tokens: readonly Token[]): number => {
  const at = tokens.findIndex((t, k) => k > 1 && BOUND.test(t.form.toLowerCase()));
  return at < 0 ? tokens.length : at;
};

/** "Orlov praises Malian troops": a lower-case word in -s between a name and what only an object begins with. */
const looksVerb = (tokens: readonly Token[], k: number): boolean =>
  tokens[k - 1]?.upos === "PROPN" &&
  /^\p{Ll}{3,}s$/u.test(tokens[k]?.form ?? "") &&
  !/(?:ss|us|is)$/.test(tokens[k]?.form ?? "") &&
  /^(?:ADJ|DET|PROPN|PRON)$/.test(tokens[k + 1]?.upos ?? "");

/** Index of the word that must be the verb of the first `end` words. */
function verbAt(tree: Tree, end: number, patterns: EventPatterns): number | undefined {
  const { tokens } = tree;
  if (tokens.slice(0, end).some((t) => /^(?:VERB|AUX)$/.test(t.upos))) return undefined;
  for (let k = 1; k < Math.min(6, end - 1); k++) {
    const before = tokens[k - 1];
    const next = tokens[k + 1];
    const word = lower(tree, k);
    if (before === undefined || next === undefined || !NOMINAL.test(before.upos)) return undefined;
    if (!/^(?:NOUN|PROPN|ADJ)$/.test(tokens[k]?.upos ?? "") || !/^(?:NOUN|PROPN|NUM)$/.test(before.upos))
      continue;
    const patternsHere = patterns.verbs.get(word);
    if (patternsHere === undefined) {
      if (looksVerb(tokens, k)) return k;
      continue;
    }
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
  const end = openingEnd(tree.tokens);
  const verb = verbAt(tree, end, patterns);
  if (verb === undefined) return undefined;
  const tokens: Token[] = [...tree.tokens];
  // The root of the sentence, where it lies behind the opening clause: the verb is then told beside it.
  const root = tokens.findIndex((t, k) => k >= end && t.head === 0);
  const second = tokens.findIndex((t, k) => k >= end && t.upos === "VERB");
  const bare =
    second >= 0 && !tokens.some((t, k) => k >= end && t.head === second + 1 && /^nsubj/.test(t.deprel));
  const passive = tokens.some((t) => t.head === second + 1 && t.deprel === "aux:pass");
  for (let k = end; k < tokens.length; k++) {
    const t = tokens[k];
    if (t === undefined || t.head === 0 || t.head > end) continue;
    // What hung on the heap hangs on its verb; "airport" of ", airport is seized" is the subject that was taken for a name's end.
    const subject = bare && k < second && /^(?:NOUN|PROPN|NUM|PRON)$/.test(t.upos);
    tokens[k] = subject
      ? { ...t, head: second + 1, deprel: passive ? "nsubj:pass" : "nsubj" }
      : { ...t, head: verb + 1 };
  }
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
    while (last + 1 < end && NOMINAL.test(tokens[last + 1]?.upos ?? "")) last++;
    for (let k = from; k < last; k++) hang(k, last, INNER[tokens[k]?.upos ?? ""] ?? "compound");
    return last < from ? undefined : last;
  };
  for (let k = 0; k < verb - 1; k++) hang(k, verb - 1, INNER[tokens[k]?.upos ?? ""] ?? "compound");
  hang(verb - 1, verb, "nsubj");
  const form = lower(tree, verb);
  const lemma = patterns.verbs.get(form)?.[0]?.lemma ?? form;
  const t = tokens[verb];
  if (t !== undefined)
    tokens[verb] = {
      ...t,
      head: root + 1,
      deprel: root < 0 ? "root" : "parataxis",
      upos: "VERB",
      lemma,
      feats: "VerbForm=Fin",
    };
  let at = verb + 1;
  const object = run(at);
  if (object !== undefined) {
    hang(object, verb, "obj");
    at = object + 1;
  }
  while (at < end) {
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
