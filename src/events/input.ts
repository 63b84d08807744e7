/**
 * What the readers of facts are given: an article and its document. A document without tokens will do; the parse makes
 * some answers better. `skip` names stretches that are not read (credits, captions of a page kept as text).
 */

import { numberWords } from "../lang/numbers.ts";
import type { Article, Document, Sentence, Span } from "../model/index.ts";
import { scanWords, type Word } from "../text/scan.ts";

export type FactInput = {
  readonly article: Article;
  readonly doc: Document;
};

export type FactContext = {
  readonly text: string;
  readonly words: readonly Word[];
  /** Index of the sentence of each word. */
  readonly sentenceOf: readonly number[];
  readonly sentences: readonly Sentence[];
};

export function factContext({ article, doc }: FactInput): FactContext {
  const words = scanWords(doc.text, numberWords(article.language).thousands);
  const sentenceOf: number[] = [];
  let s = 0;
  for (const word of words) {
    while (s + 1 < doc.sentences.length && (doc.sentences[s]?.end ?? 0) <= word.start) s++;
    sentenceOf.push(s);
  }
  return { text: doc.text, words, sentenceOf, sentences: doc.sentences };
}

/** The sentence that holds a stretch; the stretch itself when there are no sentences. */
export function sentenceSpan(context: FactContext, span: Span): Span {
  const found = context.sentences.find((s) => s.start <= span.start && span.start < s.end);
  return found === undefined ? span : { start: found.start, end: found.end };
}
