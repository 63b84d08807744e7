/** Invented articles and readings for tests: only what a test names differs from a plain default. */

import type { Article, Event, Quantity, Quote, Reading } from "../src/model/index.ts";
import { splitSentences } from "../src/text/sentences.ts";

export type Draft = {
  readonly id: string;
  readonly outlet?: string;
  readonly title?: string;
  readonly body?: string;
  readonly at?: string;
} & Partial<Omit<Article, "id" | "title" | "text">>;

export const makeArticle = ({
  id,
  outlet = "Ridge Post",
  title = "",
  body = "",
  at,
  ...rest
}: Draft): Article => ({
  // Ids of tests are short names.
  id: id as Article["id"],
  url: `https://${outlet.toLowerCase().replace(/[^a-z]+/g, "")}.example/${id}`,
  outletId: `${outlet.toLowerCase().replace(/[^a-z]+/g, "")}.example` as Article["outletId"],
  outletName: outlet,
  title,
  byline: [],
  ...(at === undefined
    ? {}
    : { published: { value: at, precision: "minute", zone: "stated", basis: "json-ld" } as const }),
  firstSeen: at ?? "2031-05-01T00:00:00Z",
  language: "en",
  genre: "news",
  tags: [],
  text: title === "" ? body : `${title}\n\n${body}`,
  textSha256: id,
  blocks: [],
  media: [],
  credits: [],
  sourceLinks: [],
  wireTags: [],
  demo: false,
  pipeline: "test",
  notes: [],
  ...rest,
});

type Fact = { readonly words: string; readonly speaker?: string | undefined };
export type NumberDraft = Fact & Partial<Quantity> & { readonly value: number };
export type QuoteDraft = Fact & Partial<Quote>;
export type EventDraft = { readonly words: string } & Partial<Event>;

/** Numbers, quotes and events are named by words of the text; the sentence is the one they stand in. */
export const makeReading = (
  draft: Draft,
  facts: {
    readonly numbers?: readonly NumberDraft[];
    readonly quotes?: readonly QuoteDraft[];
    readonly events?: readonly EventDraft[];
  } = {},
): Reading => {
  const article = makeArticle(draft);
  const sentences = splitSentences(article.text, article.language);
  const place = (words: string) => {
    const start = article.text.indexOf(words);
    if (start < 0) throw new RangeError(`"${words}" does not stand in ${article.id}`);
    const span = { start, end: start + words.length };
    const sentence = sentences.find((s) => s.start <= start && s.end >= span.end) ?? span;
    return {
      articleId: article.id,
      span,
      words,
      sentence: { start: sentence.start, end: sentence.end },
      rule: "test",
      pipeline: "test",
    };
  };
  const common = (f: Fact) => ({
    assertion: f.speaker === undefined ? ("reported" as const) : ("claimed" as const),
    voice: f.speaker === undefined ? ("outlet" as const) : ("speaker" as const),
    ...(f.speaker === undefined ? {} : { speaker: f.speaker }),
  });
  return {
    article,
    sentences: sentences.map(({ start, end }) => ({ start, end })),
    entities: [],
    mentions: [],
    times: [],
    quantities: (facts.numbers ?? []).map(
      ({ value, ...f }, i): Quantity => ({
        ...common(f),
        exact: value,
        unit: "people",
        measure: "killed",
        ...f,
        ...place(f.words),
        id: `${article.id}.n${i}`,
      }),
    ),
    quotes: (facts.quotes ?? []).map(
      (f, i): Quote => ({
        ...common(f),
        kind: "indirect",
        stance: "asserts",
        ...f,
        ...place(f.words),
        id: f.id ?? `${article.id}.q${i}`,
      }),
    ),
    events: (facts.events ?? []).map(
      (f, i): Event => ({
        ...common(f),
        eventType: "ASSAULT",
        context: [],
        actor: [],
        recipient: [],
        status: "happened",
        background: false,
        confidence: 0.8,
        ...f,
        ...place(f.words),
        id: `${article.id}.e${i}`,
      }),
    ),
    countries: [],
    notes: [],
  };
};
