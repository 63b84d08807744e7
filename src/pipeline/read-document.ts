/** Text → Document: sentences (parsed where there are weights for the language), entities, times. */
import { bindCoreference, type CorefModel, type EntityTools, readEntities } from "../entities/index.ts";
import type { EventPatterns } from "../events/patterns.ts";
import { findTimes } from "../lang/times.ts";
import type { Document, Reading, Sentence } from "../model/index.ts";
import type { SyntaxParser } from "../syntax/index.ts";
import { tokenizeText } from "../text/sentences.ts";

export type DocumentTools = {
  /** Undefined when there are no weights for the language: sentences then have tokens without a tree. */
  readonly parser: (language: string) => SyntaxParser | undefined;
  readonly entityTools: (language: string) => EntityTools;
  readonly corefModel: (language: string) => CorefModel | undefined;
  /** Pattern tables of the event coder; without them no events are coded. */
  readonly eventPatterns?: EventPatterns | undefined;
};

export type DocumentContext = {
  readonly language: string;
  /** Day or moment from which relative times are counted, ISO 8601; without it only absolute times are read. */
  readonly publishedAt?: string | undefined;
  readonly zone?: string | undefined;
  /** Where the text is written, ISO 3166-1 alpha-2. */
  readonly home?: string | undefined;
  /** Offsets at which a sentence ends: the end of the dateline. */
  readonly breaks?: readonly number[] | undefined;
};

/** Sentences with tokens but without analysis: every token hangs on nothing. */
function plainSentences(text: string, language: string, breaks?: readonly number[]): Sentence[] {
  let paragraph = 0;
  let last = 0;
  return tokenizeText(text, language, undefined, breaks).sentences.map((s) => {
    if (/\n\s*\n/.test(text.slice(last, s.start))) paragraph++;
    last = s.end;
    return {
      start: s.start,
      end: s.end,
      paragraph,
      tokens: s.tokens.map((t) => ({
        ...t,
        lemma: t.form.toLowerCase(),
        upos: "X" as const,
        feats: "_",
        head: 0,
        deprel: "dep",
      })),
    };
  });
}

export function readDocument(
  text: string,
  tools: DocumentTools,
  context: DocumentContext,
): { readonly document: Document; readonly countries: Reading["countries"] } {
  const language = context.language.slice(0, 2).toLowerCase();
  const parser = tools.parser(language);
  const entityTools = tools.entityTools(language);
  const states: Int16Array[] = [];
  const onStates =
    entityTools.tagger &&
    ((k: number, own: Int16Array): void => {
      states[k] = own;
    });
  const sentences = parser
    ? parser.parse(text, { lang: language, breaks: context.breaks, onStates })
    : plainSentences(text, language, context.breaks);
  const found = readEntities(text, sentences, entityTools, states, context.home);
  const { entities, countries } = found;
  const model = parser && tools.corefModel(language);
  const mentions = model
    ? bindCoreference(text, sentences, found, entityTools, model, parser.network.vector)
    : found.mentions;
  const times =
    context.publishedAt === undefined
      ? []
      : findTimes(text, {
          publishedAt: context.publishedAt,
          ...(context.zone === undefined ? {} : { zone: context.zone }),
          lang: language,
        });
  return { document: { text, language: context.language, sentences, entities, mentions, times }, countries };
}
