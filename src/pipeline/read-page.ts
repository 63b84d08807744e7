/**
 * The chain for one page: bytes → Article → Document → facts. Pure: the same bytes, hints, tables and version give the same
 * reading. Names its stages once; whoever needs another order of things changes it here.
 */
import { type ArticleWeights, extractArticle, readPlainText } from "../article/index.ts";
import { writtenIn } from "../entities/index.ts";
import { codeEvents } from "../events/code.ts";
import { genreOf } from "../events/genre.ts";
import { readQuantities } from "../events/quantities.ts";
import { readQuotes } from "../events/quotes.ts";
import type { Article, Declined, FeedItem, Outlet, RawPage, Reading } from "../model/index.ts";
import { withoutOwnName } from "./own-name.ts";
import { type DocumentTools, readDocument } from "./read-document.ts";
import { PIPELINE } from "./version.ts";

export type ReadTools = DocumentTools & {
  readonly articleWeights: ArticleWeights;
  readonly outlets: readonly Outlet[];
};

/** What is known of the page before it is read. */
export type ReadHints = {
  /** The feed entry that led to the page: fills what the page itself does not say. */
  readonly item?: FeedItem | undefined;
};

export type ReadResult = { readonly ok: true; readonly reading: Reading } | Declined;

const isText = (page: RawPage): boolean =>
  /^text\/plain/i.test(page.contentType ?? "") ||
  (page.contentType === undefined && /\.(txt|text|md)$/i.test(page.url));

/** What the feed says fills gaps and adds media; it never overrides the page. */
function withItem(article: Article, item: FeedItem | undefined): Article {
  if (!item) return article;
  const known = new Set(article.media.map((m) => m.url));
  const published =
    article.published ??
    (item.published === undefined
      ? undefined
      : {
          value: item.published,
          precision: "second" as const,
          zone: "stated" as const,
          basis: "feed" as const,
        });
  const source = item.source?.url;
  return {
    ...article,
    published,
    summary:
      article.summary ??
      (item.summary
        ?.replace(/<[^>]*>/g, " ")
        .replace(/\s+/g, " ")
        .trim()
        .slice(0, 600) ||
        undefined),
    byline:
      article.byline.length > 0 ? article.byline : item.authors.flatMap((a) => (a.name ? [a.name] : [])),
    media: [...article.media, ...item.media.filter((m) => !known.has(m.url))],
    sourceLinks:
      source !== undefined && !article.sourceLinks.some((l) => l.url === source)
        ? [
            ...article.sourceLinks,
            {
              url: source,
              words: item.source?.title ?? "source element of the feed",
              relation: "source" as const,
            },
          ]
        : article.sourceLinks,
  };
}

/** Offset of the stated time, as a zone for relative words: "+06:00". */
const zoneOf = (article: Article): string | undefined =>
  /(Z|[+-]\d{2}:\d{2})$/.exec(article.published?.value ?? "")?.[1];

export function readPage(page: RawPage, tools: ReadTools, hints: ReadHints = {}): ReadResult {
  const options = {
    url: page.finalUrl ?? page.url,
    contentType: page.contentType,
    fetchedAt: page.fetchedAt,
    weights: tools.articleWeights,
    outlets: tools.outlets,
    pipeline: PIPELINE,
    rawSha256: page.sha256,
  };
  const extracted = isText(page) ? readPlainText(page.bytes, options) : extractArticle(page.bytes, options);
  if (!extracted.ok) return extracted;
  const outlet = tools.outlets.find((o) => o.id === extracted.article.outletId);
  const plain = withItem(
    { ...extracted.article, demo: extracted.article.demo || outlet?.demo === true },
    hints.item,
  );
  return { ok: true, reading: readArticle(plain, tools) };
}

/** The chain from the article on: document and facts. */
export function readArticle(plain: Article, tools: DocumentTools): Reading {
  const read = readDocument(plain.text, tools, {
    language: plain.language,
    publishedAt: plain.published?.value ?? plain.firstSeen,
    zone: zoneOf(plain),
    home: writtenIn(plain.canonicalUrl ?? plain.url, plain.language),
    breaks: plain.dateline === undefined ? undefined : [plain.dateline.span.end],
  });
  const document = withoutOwnName(read.document, plain);
  const { dateline } = plain;
  // Markup that names a genre wins; "news" is also what says nothing.
  const told = plain.genre === "news" ? genreOf(plain, document) : undefined;
  const article: Article = told === undefined ? plain : { ...plain, genre: told.genre, genreMade: told.rule };
  const quotes = readQuotes({ article, doc: document });
  return {
    article,
    sentences: document.sentences
      .filter((s) => dateline === undefined || s.start < dateline.span.start || s.end > dateline.span.end)
      .map(({ start, end }) => ({ start, end })),
    entities: document.entities,
    mentions: document.mentions,
    times: document.times,
    quantities: readQuantities({ article, doc: document }, quotes),
    quotes,
    events:
      tools.eventPatterns === undefined
        ? []
        : codeEvents({ article, doc: document, quotes, patterns: tools.eventPatterns }),
    countries: read.countries,
    notes: article.notes,
  };
}
