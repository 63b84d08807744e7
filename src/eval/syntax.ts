/**
 * Scores tagging and parsing against a treebank by the rules of the CoNLL 2018 shared task
 * (https://universaldependencies.org/conll18/evaluation.html): tokens and sentences are compared as spans over the
 * text without white space, words of multiword tokens are aligned by their longest common subsequence, relations
 * are compared without subtypes, lemmas "_" in the gold count as right. F1 on raw text, accuracy on gold tokens.
 */
import type { Sentence } from "../model/index.ts";
import { type ConlluSentence, parseConllu, rawText, writeConllu } from "./conllu.ts";

export type Analysis = Pick<Sentence["tokens"][number], "lemma" | "upos" | "feats" | "head" | "deprel">;
/** What a parser must be able to do to be scored. */
export type SyntaxParser = {
  readonly parse: (text: string, options: { lang: string }) => readonly Sentence[];
  readonly parseWords: (
    sentences: readonly (readonly string[])[],
    options: { lang: string },
  ) => readonly (readonly Analysis[])[];
};
export type GoldScores = {
  readonly upos: number;
  readonly uas: number;
  readonly las: number;
  readonly lemma: number;
  readonly feats: number;
};
export type RawScores = GoldScores & {
  readonly tokens: number;
  readonly sentences: number;
  readonly words: number;
};
export type SyntaxScores = { readonly goldTokens: GoldScores; readonly raw: RawScores };

type Word = Omit<Analysis, "upos"> & { readonly form: string; readonly upos: string };
type FlatWord = Word & { form: string; start: number; end: number; multi: number };
type Flat = { chars: string; tokens: string[]; sentences: string[]; words: FlatWord[] };

const universal = (deprel: string): string => deprel.split(":")[0] ?? deprel;
const squeeze = (text: string): string => text.replace(/\s+/gu, "");

type SentenceParts = {
  words: readonly Word[];
  tokens: readonly { form: string; from: number; to: number }[];
};

/** Spans over the text without white space; heads become positions in the list of all words (-1: root). */
function flatten(sentences: Iterable<SentenceParts>): Flat {
  const flat: Flat = { chars: "", tokens: [], sentences: [], words: [] };
  let multi = 0;
  for (const sentence of sentences) {
    const base = flat.words.length;
    const from = flat.chars.length;
    for (const token of sentence.tokens) {
      const start = flat.chars.length;
      flat.chars += squeeze(token.form);
      const end = flat.chars.length;
      flat.tokens.push(`${start}-${end}`);
      if (token.to - token.from > 1) multi++;
      for (const word of sentence.words.slice(token.from, token.to)) {
        const head = word.head === 0 ? -1 : base + word.head - 1;
        flat.words.push({ ...word, head, start, end, multi: token.to - token.from > 1 ? multi : 0 });
      }
    }
    flat.sentences.push(`${from}-${flat.chars.length}`);
  }
  return flat;
}

const goldParts = (sentences: readonly ConlluSentence[]): SentenceParts[] =>
  sentences.map(({ words, tokens }) => ({ words, tokens }));

function systemParts(sentences: readonly Sentence[], text: string): SentenceParts[] {
  return sentences.map((sentence) => {
    const tokens: { form: string; from: number; to: number }[] = [];
    for (let at = 0; at < sentence.tokens.length; ) {
      const size = sentence.tokens[at]?.mwt ?? 1;
      const start = sentence.tokens[at]?.start ?? 0;
      const end = sentence.tokens[at + size - 1]?.end ?? start;
      tokens.push({ form: text.slice(start, end), from: at, to: at + size });
      at += size;
    }
    return { words: sentence.tokens, tokens };
  });
}

/** Pairs of a longest common subsequence of lower-cased forms. */
function commonForms(gold: readonly FlatWord[], system: readonly FlatWord[]): [number, number][] {
  const rows = gold.length;
  const columns = system.length;
  const table = Array.from({ length: rows + 1 }, () => new Int32Array(columns + 1));
  const same = (i: number, j: number): boolean =>
    gold[i]?.form.toLowerCase() === system[j]?.form.toLowerCase();
  const cell = (i: number, j: number): number => table[i]?.[j] ?? 0;
  for (let i = rows - 1; i >= 0; i--) {
    const row = table[i];
    for (let j = columns - 1; j >= 0 && row !== undefined; j--)
      row[j] = same(i, j) ? cell(i + 1, j + 1) + 1 : Math.max(cell(i + 1, j), cell(i, j + 1));
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    if (same(i, j)) pairs.push([i++, j++]);
    else if (cell(i + 1, j) >= cell(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}

/** gold index → system index, -1 when unaligned. */
function align(gold: Flat, system: Flat): Int32Array {
  const result = new Int32Array(gold.words.length).fill(-1);
  let g = 0;
  let s = 0;
  while (g < gold.words.length && s < system.words.length) {
    const a = gold.words[g];
    const b = system.words[s];
    if (a === undefined || b === undefined) break;
    if (a.multi === 0 && b.multi === 0) {
      if (a.start === b.start && a.end === b.end) result[g++] = s++;
      else if (a.start < b.start || (a.start === b.start && a.end < b.end)) g++;
      else s++;
      continue;
    }
    // A multiword token on either side: skip to it, then align everything it overlaps.
    if (a.multi === 0 && a.end <= b.start) {
      g++;
      continue;
    }
    if (b.multi === 0 && b.end <= a.start) {
      s++;
      continue;
    }
    if (a.multi !== 0 && b.multi !== 0 && (a.end <= b.start || b.end <= a.start)) {
      if (a.start < b.start) g++;
      else s++;
      continue;
    }
    let end = Math.max(a.multi !== 0 ? a.end : 0, b.multi !== 0 ? b.end : 0);
    let gEnd = g;
    let sEnd = s;
    for (let grown = true; grown; ) {
      grown = false;
      for (
        let word = gold.words[gEnd];
        word !== undefined && (word.multi !== 0 ? word.start : word.end - 1) < end;
        word = gold.words[++gEnd]
      )
        if (word.multi !== 0 && word.end > end) {
          end = word.end;
          grown = true;
        }
      for (
        let word = system.words[sEnd];
        word !== undefined && (word.multi !== 0 ? word.start : word.end - 1) < end;
        word = system.words[++sEnd]
      )
        if (word.multi !== 0 && word.end > end) {
          end = word.end;
          grown = true;
        }
    }
    if (gEnd === g && sEnd === s) {
      g++;
      continue;
    }
    for (const [i, j] of commonForms(gold.words.slice(g, gEnd), system.words.slice(s, sEnd)))
      result[g + i] = s + j;
    g = gEnd;
    s = sEnd;
  }
  return result;
}

const f1 = (right: number, gold: number, system: number): number =>
  gold + system === 0 ? 0 : (200 * right) / (gold + system);
const shared = (a: readonly string[], b: readonly string[]): number => {
  const known = new Set(a);
  return b.filter((item) => known.has(item)).length;
};

/** Compares two analyses of one text; the spaceless texts must be equal. */
export function scoreFlat(
  goldSentences: Iterable<SentenceParts>,
  systemSentences: Iterable<SentenceParts>,
): RawScores {
  const gold = flatten(goldSentences);
  const system = flatten(systemSentences);
  if (gold.chars !== system.chars) {
    let at = 0;
    while (gold.chars[at] === system.chars[at]) at++;
    throw new RangeError(
      `Texts differ at ${at}: ${gold.chars.slice(at, at + 20)} and ${system.chars.slice(at, at + 20)}`,
    );
  }
  const aligned = align(gold, system);
  const count = { words: 0, upos: 0, uas: 0, las: 0, lemma: 0, feats: 0 };
  gold.words.forEach((word, at) => {
    const to = aligned[at] ?? -1;
    const other = system.words[to];
    if (other === undefined) return;
    count.words++;
    if (word.upos === other.upos) count.upos++;
    if (word.lemma === other.lemma || word.lemma === "_") count.lemma++;
    if (word.feats === other.feats) count.feats++;
    const head = word.head < 0 ? -1 : aligned[word.head];
    if (head === other.head && (word.head < 0 || head !== -1)) {
      count.uas++;
      if (universal(word.deprel) === universal(other.deprel)) count.las++;
    }
  });
  const score = (right: number): number => f1(right, gold.words.length, system.words.length);
  return {
    tokens: f1(shared(gold.tokens, system.tokens), gold.tokens.length, system.tokens.length),
    sentences: f1(shared(gold.sentences, system.sentences), gold.sentences.length, system.sentences.length),
    words: score(count.words),
    upos: score(count.upos),
    uas: score(count.uas),
    las: score(count.las),
    lemma: score(count.lemma),
    feats: score(count.feats),
  };
}

/** Scores a parser on a treebank; `conllu` is what it made of the raw text. */
export function evalSyntax(
  goldConllu: string,
  parser: SyntaxParser,
  options: { lang: string },
): SyntaxScores & { conllu: string } {
  const gold = parseConllu(goldConllu);
  const analysed = parser.parseWords(
    gold.map((sentence) => sentence.words.map((word) => word.form)),
    options,
  );
  const onGold = scoreFlat(
    goldParts(gold),
    gold.map((sentence, k) => ({
      tokens: sentence.tokens,
      words: sentence.words.map((word, at) => ({ ...word, ...analysed[k]?.[at] })),
    })),
  );
  const { text } = rawText(gold);
  const sentences = parser.parse(text, options);
  const raw = scoreFlat(goldParts(gold), systemParts(sentences, text));
  const { upos, uas, las, lemma, feats } = onGold;
  return { goldTokens: { upos, uas, las, lemma, feats }, raw, conllu: writeConllu(sentences, text) };
}
