/**
 * A document of a treebank with coreference → what the resolver reads: words with the parser's own analysis, names, who
 * speaks (`# speaker`) and where paragraphs begin (`# newpar`). Chains are never looked at here.
 */
import { codesOfNames } from "../entities/coref.ts";
import type { CorefWord } from "../entities/corefmentions.ts";
import type { CorefText } from "../entities/corefphrases.ts";
import type { EntityTools } from "../entities/read.ts";
import type { SyntaxParser } from "../syntax/index.ts";
import type { ConlluSentence } from "./conllu.ts";

/** With `parser` its trees over the treebank's words, without it the treebank's own. */
export function corefTextOf(
  document: readonly ConlluSentence[],
  tools: EntityTools,
  parser: SyntaxParser,
  trees: "parsed" | "gold" = "parsed",
): CorefText {
  const forms = document.map((s) => s.words.map((w) => w.form));
  const states: Int16Array[] = [];
  const onStates = (k: number, own: Int16Array): void => {
    states[k] = own;
  };
  const read = parser.parseWords(forms, { lang: "en", onStates });
  const parsed = trees === "parsed" ? read : undefined;
  const sentences = document.map((s, i) => s.words.map((w, j): CorefWord => ({ ...w, ...parsed?.[i]?.[j] })));
  let paragraph = 0;
  return {
    sentences,
    tags: tools.tagger?.tag(forms, states) ?? forms.map(() => []),
    classes: tools.tables.classes,
    vector: parser.network.vector,
    names: tools.tables.names,
    codeOf: codesOfNames(tools.gazetteer),
    speakers: document.map((s) => commentOf(s, "speaker")),
    paragraphs: document.map((s) => (s.comments.includes("# newpar") ? ++paragraph : paragraph)),
  };
}

const commentOf = (sentence: ConlluSentence, name: string): string | undefined =>
  sentence.comments
    .find((c) => c.startsWith(`# ${name} =`))
    ?.split("=")[1]
    ?.trim();

export const genreOf = (document: readonly ConlluSentence[]): string =>
  (document[0] && commentOf(document[0], "meta::genre")) ?? "";
