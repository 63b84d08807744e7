/**
 * CoNLL-U (https://universaldependencies.org/format.html) ↔ sentences: a reader for treebanks, a writer for what
 * the engine read, and the plain text a treebank stands for (sentences of a paragraph joined by one space,
 * paragraphs by a blank line, after # newpar and # newdoc). Enhanced dependencies and empty nodes are skipped.
 */
import type { Sentence, Token } from "../model/index.ts";

export type ConlluWord = {
  readonly form: string;
  readonly lemma: string;
  readonly upos: string;
  readonly xpos: string;
  readonly feats: string;
  readonly head: number;
  readonly deprel: string;
  readonly misc: string;
};
/** A surface token: one word, or the range of words a multiword token covers (0-based, half-open). */
export type ConlluToken = {
  readonly form: string;
  readonly from: number;
  readonly to: number;
  readonly spaceAfter: boolean;
};
export type ConlluSentence = {
  readonly id: string;
  readonly text: string;
  readonly comments: readonly string[];
  readonly startsParagraph: boolean;
  readonly words: readonly ConlluWord[];
  readonly tokens: readonly ConlluToken[];
};

const comment = (lines: readonly string[], key: string): string | undefined => {
  const line = lines.find((each) => each.startsWith(`# ${key} =`));
  return line?.slice(line.indexOf("=") + 1).trim();
};

function readBlock(lines: readonly string[]): ConlluSentence {
  const comments = lines.filter((line) => line.startsWith("#"));
  const words: ConlluWord[] = [];
  const tokens: ConlluToken[] = [];
  let covered = 0;
  for (const line of lines) {
    if (line.startsWith("#")) continue;
    const [
      id = "",
      form = "",
      lemma = "",
      upos = "",
      xpos = "",
      feats = "",
      head = "",
      deprel = "",
      ,
      misc = "",
    ] = line.split("\t");
    const spaceAfter = !misc.split("|").includes("SpaceAfter=No");
    if (id.includes(".")) continue;
    if (id.includes("-")) {
      const to = Number(id.split("-")[1]);
      tokens.push({ form, from: Number(id.split("-")[0]) - 1, to, spaceAfter });
      covered = to;
      continue;
    }
    words.push({ form, lemma, upos, xpos, feats, head: Number(head), deprel, misc });
    if (words.length > covered) tokens.push({ form, from: words.length - 1, to: words.length, spaceAfter });
  }
  const joined = tokens.map((token) => token.form + (token.spaceAfter ? " " : "")).join("");
  return {
    id: comment(comments, "sent_id") ?? "",
    text: comment(comments, "text") ?? joined.trim(),
    comments,
    startsParagraph: comments.some((line) => /^# new(?:par|doc)\b/u.test(line)),
    words,
    tokens,
  };
}

export function parseConllu(source: string): ConlluSentence[] {
  const sentences: ConlluSentence[] = [];
  let block: string[] = [];
  for (const line of source.split(/\r?\n/u)) {
    if (line.trim() !== "") {
      block.push(line);
      continue;
    }
    if (block.some((each) => !each.startsWith("#"))) sentences.push(readBlock(block));
    block = [];
  }
  if (block.some((each) => !each.startsWith("#"))) sentences.push(readBlock(block));
  return sentences;
}

/** The text a treebank was made from, with the offset at which each sentence begins. */
export function rawText(sentences: readonly ConlluSentence[]): { text: string; starts: number[] } {
  let text = "";
  const starts: number[] = [];
  for (const sentence of sentences) {
    if (text !== "") text += sentence.startsParagraph ? "\n\n" : " ";
    starts.push(text.length);
    text += sentence.text;
  }
  return { text, starts };
}

const clean = (field: string): string => field.replace(/[\t\n\r\u2028\u2029\v\f]+/gu, " ").trim() || "_";

function rangeLine(tokens: readonly Token[], at: number, text: string): string | undefined {
  const first = tokens[at];
  const size = first?.mwt;
  const last = size === undefined ? undefined : tokens[at + size - 1];
  if (first === undefined || size === undefined || last === undefined) return undefined;
  const space = spaceMisc(tokens, at + size - 1, text);
  return `${at + 1}-${at + size}\t${clean(text.slice(first.start, last.end))}\t_\t_\t_\t_\t_\t_\t_\t${space}`;
}

function spaceMisc(tokens: readonly Token[], at: number, text: string): string {
  const token = tokens[at];
  const next = tokens[at + 1];
  if (token === undefined) return "_";
  const after = next === undefined ? text.slice(token.end, token.end + 1) : text.slice(token.end, next.start);
  return after === "" && (next !== undefined || token.end < text.length)
    ? "SpaceAfter=No"
    : /\S/u.test(after)
      ? "SpaceAfter=No"
      : "_";
}

/** One sentence as CoNLL-U lines, without the blank line. */
function sentenceLines(sentence: Sentence, number: number, startsParagraph: boolean, text: string): string[] {
  const lines = startsParagraph ? [`# newpar`] : [];
  lines.push(`# sent_id = ${number}`, `# text = ${clean(text.slice(sentence.start, sentence.end))}`);
  let covered = 0;
  sentence.tokens.forEach((token, at) => {
    const range = rangeLine(sentence.tokens, at, text);
    if (range !== undefined) {
      lines.push(range);
      covered = at + (token.mwt ?? 1);
    }
    const misc = at < covered ? "_" : spaceMisc(sentence.tokens, at, text);
    const fields = [
      token.form,
      token.lemma,
      token.upos,
      token.xpos ?? "_",
      token.feats,
      String(token.head),
      token.deprel,
    ];
    lines.push([String(at + 1), ...fields.map(clean), "_", misc].join("\t"));
  });
  return lines;
}

/** What the engine read of a text, as CoNLL-U. */
export function writeConllu(sentences: readonly Sentence[], text: string): string {
  let paragraph = -1;
  let out = "";
  sentences.forEach((sentence, at) => {
    if (sentence.tokens.length === 0) return;
    out += `${sentenceLines(sentence, at + 1, sentence.paragraph !== paragraph, text).join("\n")}\n\n`;
    paragraph = sentence.paragraph;
  });
  return out;
}

/** Sentences of a treebank by document (`# newdoc`). */
export function documentsOf(sentences: readonly ConlluSentence[]): ConlluSentence[][] {
  const documents: ConlluSentence[][] = [];
  for (const sentence of sentences) {
    if (documents.length === 0 || sentence.comments.some((c) => c.startsWith("# newdoc"))) documents.push([]);
    documents.at(-1)?.push(sentence);
  }
  return documents;
}
