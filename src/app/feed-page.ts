/**
 * A feed entry that carries its text → a page, for outlets that publish whole articles in the feed and for pages that cannot
 * be fetched. The page is plain HTML with the entry's own statements in its head, so that it goes through the chain like any
 * other; `via: "feed"` tells where it came from.
 */
import { itemKey } from "../feeds/identity.ts";
import type { FeedItem, RawPage } from "../model/index.ts";
import { rawPage } from "./hash.ts";

const escapeHtml = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

const meta = (property: string, content: string | undefined): string =>
  content === undefined || content === ""
    ? ""
    : `<meta property="${property}" content="${escapeHtml(content)}">`;

const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();

/** Letters an entry must hold to be worth a page of its own. */
export const LEAST_TEXT = 200;

export const textLength = (item: FeedItem): number => plain(item.content ?? item.summary ?? "").length;

export type FeedContext = {
  /** Address of the feed: entries without one of their own are kept under it, by their own id. */
  readonly feedUrl?: string | undefined;
  readonly feedTitle?: string | undefined;
  readonly language?: string | undefined;
  readonly fetchedAt: string;
};

/** The address of an entry: its own, else that of its feed with the entry's id, so that it can be named and linked. */
export const entryUrl = (item: FeedItem, feedUrl: string | undefined): string | undefined => {
  if (item.url !== undefined || feedUrl === undefined || !URL.canParse(feedUrl)) return item.url;
  const url = new URL(feedUrl);
  url.searchParams.set("entry", itemKey(item));
  return url.href;
};

/** Undefined when the entry has no address or too little text. */
export const feedPage = (item: FeedItem, context: FeedContext, least = LEAST_TEXT): RawPage | undefined => {
  const url = entryUrl(item, context.feedUrl);
  if (url === undefined || textLength(item) < least) return undefined;
  const language = item.language ?? context.language;
  const html = [
    `<!DOCTYPE html><html${language === undefined ? "" : ` lang="${escapeHtml(language)}"`}><head><meta charset="utf-8">`,
    `<title>${escapeHtml(item.title ?? "")}</title><link rel="canonical" href="${escapeHtml(url)}">`,
    meta("og:type", "article"),
    meta("og:title", item.title),
    meta("og:site_name", context.feedTitle),
    meta("article:published_time", item.published),
    meta("article:modified_time", item.updated),
    ...item.authors.map((a) => meta("article:author", a.name)),
    ...item.categories.map((c) => meta("article:tag", c.term)),
    `</head><body><article><h1>${escapeHtml(item.title ?? "")}</h1>`,
    item.content ?? item.summary ?? "",
    "</article></body></html>",
  ].join("");
  return rawPage(new TextEncoder().encode(html), {
    url,
    contentType: "text/html; charset=utf-8",
    fetchedAt: context.fetchedAt,
    via: "feed",
  });
};
