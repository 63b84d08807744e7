/**
 * Article rows → RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1. Headline, link, outlet and summary only: full text stays with
 * the local user. The first kind of date is publication; an article without one carries none.
 */
import type { ArticleRow } from "../model/index.ts";

export type FeedOut = {
  readonly title: string;
  readonly description: string;
  /** Address of the page this feed is of, and of the feed itself. */
  readonly page: string;
  readonly self: string;
  readonly updated: string;
  readonly items: readonly FeedOutItem[];
};
export type FeedOutItem = {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly summary?: string | undefined;
  readonly outlet: string;
  readonly published?: string | undefined;
  readonly seen: string;
  readonly language?: string | undefined;
  readonly demo: boolean;
};

export const feedItemOf = (row: ArticleRow, permalink: string): FeedOutItem => ({
  id: permalink,
  url: row.url,
  title: row.title,
  summary: row.summary,
  outlet: row.outletName,
  published:
    row.published !== undefined && /T\d{2}:\d{2}.*(Z|[+-]\d{2}:\d{2})$/.test(row.published)
      ? row.published
      : undefined,
  seen: row.firstSeen,
  language: row.language,
  demo: row.demo,
});

/** Leaves out what XML 1.0 cannot hold. */
const xml = (s: string): string =>
  s
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are just the characters XML forbids
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

const mark = (item: FeedOutItem): string => (item.demo ? `[demo] ${item.title}` : item.title);

export function toRss(feed: FeedOut): string {
  const items = feed.items.map(
    (i) =>
      `<item><title>${xml(mark(i))}</title><link>${xml(i.url)}</link><guid isPermaLink="false">${xml(i.id)}</guid>` +
      `<dc:creator>${xml(i.outlet)}</dc:creator>` +
      (i.published === undefined ? "" : `<pubDate>${new Date(i.published).toUTCString()}</pubDate>`) +
      (i.summary === undefined ? "" : `<description>${xml(i.summary)}</description>`) +
      "</item>",
  );
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>' +
    `<title>${xml(feed.title)}</title><link>${xml(feed.page)}</link><description>${xml(feed.description)}</description>` +
    `<atom:link rel="self" type="application/rss+xml" href="${xml(feed.self)}"/><lastBuildDate>${new Date(feed.updated).toUTCString()}</lastBuildDate>` +
    `${items.join("\n")}</channel></rss>\n`
  );
}

export function toAtom(feed: FeedOut): string {
  const entries = feed.items.map(
    (i) =>
      `<entry><title>${xml(mark(i))}</title><id>${xml(i.id)}</id><link href="${xml(i.url)}"/><updated>${xml(i.published ?? i.seen)}</updated>` +
      (i.published === undefined ? "" : `<published>${xml(i.published)}</published>`) +
      `<author><name>${xml(i.outlet)}</name></author>` +
      (i.summary === undefined ? "" : `<summary>${xml(i.summary)}</summary>`) +
      "</entry>",
  );
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">' +
    `<title>${xml(feed.title)}</title><subtitle>${xml(feed.description)}</subtitle><id>${xml(feed.self)}</id>` +
    `<link rel="alternate" href="${xml(feed.page)}"/><link rel="self" href="${xml(feed.self)}"/><updated>${xml(feed.updated)}</updated>` +
    `${entries.join("\n")}</feed>\n`
  );
}

export function toJsonFeed(feed: FeedOut): string {
  return `${JSON.stringify(
    {
      version: "https://jsonfeed.org/version/1.1",
      title: feed.title,
      description: feed.description,
      home_page_url: feed.page,
      feed_url: feed.self,
      items: feed.items.map((i) => ({
        id: i.id,
        url: i.url,
        title: mark(i),
        // The specification asks for content_text or content_html: the summary, else the headline.
        content_text: i.summary ?? i.title,
        summary: i.summary,
        date_published: i.published,
        language: i.language,
        authors: [{ name: i.outlet }],
      })),
    },
    null,
    1,
  )}\n`;
}
