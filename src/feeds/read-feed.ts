/**
 * Bytes from the web → a feed as a record, or a decline in words: RSS 0.9x/1.0/2.0, RDF, Atom 0.3/1.0, CDF, JSON Feed.
 *
 * Reads what is there, not what the Content-Type says. Anything that is no feed (a page, a JSON error, a sitemap, an
 * archive) is declined; a feed that is damaged is read as far as it goes, with notes. Time grows with the length of the
 * input, memory with the text that is kept. Leaves out fetching: next pages, hubs and external entities.
 */
import type { Declined, FeedItem, FeedResult, Note } from "../model/index.ts";
import { decodeInPieces } from "../text/charset.ts";
import { readJsonFeed } from "./json-feed.ts";
import { resolveUrl } from "./urls.ts";
import { readXmlFeed } from "./xml-feed.ts";

export type FeedOptions = {
  /** Address the bytes came from, after redirects. */
  readonly url: string;
  readonly contentType?: string | undefined;
  readonly contentLanguage?: string | undefined;
  /** Value of Content-Location: the base address when there was one. */
  readonly contentLocation?: string | undefined;
};

export const MAX_FEED_BYTES = 64 * 1024 * 1024;

/**
 * @example readFeed(bytes, { url: "https://gazette.example/rss" }) // { ok: true, feed: { format: "rss", … }, notes: [] }
 */
export function readFeed(bytes: Uint8Array, options: FeedOptions): FeedResult {
  if (bytes.length === 0) return decline("empty", "The answer was empty");
  if (bytes.length > MAX_FEED_BYTES)
    return decline("too-large", `The answer has more than ${MAX_FEED_BYTES} bytes`);
  const base =
    resolveUrl(options.contentLocation ?? "", options.url) ?? resolveUrl(options.url, undefined) ?? "";
  const { pieces } = decodeInPieces(bytes, { contentType: options.contentType, kind: "xml" });
  const first = firstOf(pieces);
  const head = first.slice(0, 4096).replace(/^[\s\ufeff\0]+/, "");
  if (head === "") return decline("empty", "The answer holds no text");
  if (head.startsWith("{") || head.startsWith("[")) return readJson(bytes, base, options);
  const large = bytes.length > LARGE ? largeFeed() : undefined;
  const found = readXmlFeed(trimmed(pieces), {
    base,
    language: options.contentLanguage,
    ...(large === undefined ? {} : { onItem: large.add }),
  });
  if (found.isFeed && large !== undefined)
    return {
      ok: true,
      feed: { ...found.feed, items: large.items },
      notes: [...found.notes, ...large.notes()],
    };
  if (found.isFeed) return { ok: true, feed: found.feed, notes: found.notes };
  return declineDocument(found.root, head);
}

/** From this size on, items are copied out of the document's text, which can then go. */
const LARGE = 16 * 1024 * 1024;
/** Full texts kept of one large feed, in letters. What comes after keeps its summary; its page can still be read. */
const MAX_CONTENT = 16 * 1024 * 1024;

function largeFeed(): {
  readonly items: FeedItem[];
  readonly add: (item: FeedItem) => void;
  readonly notes: () => Note[];
} {
  const items: FeedItem[] = [];
  let kept = 0;
  let cut = 0;
  return {
    items,
    add(item) {
      kept += item.content?.length ?? 0;
      const { content: _, ...rest } = item;
      const chosen = kept > MAX_CONTENT && item.content !== undefined ? rest : item;
      if (chosen === rest) cut++;
      items.push(JSON.parse(JSON.stringify(chosen)) as FeedItem); // a copy that shares no strings with the document
    },
    notes: () =>
      cut === 0
        ? []
        : [
            {
              stage: "feeds",
              code: "content-left-out",
              detail: `full text of the last ${cut} items of a very large feed`,
            },
          ],
  };
}

function readJson(bytes: Uint8Array, base: string, options: FeedOptions): FeedResult {
  let text = "";
  for (const piece of decodeInPieces(bytes, { contentType: options.contentType, kind: "text" }).pieces)
    text += piece;
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^[\s\ufeff]+/, ""));
  } catch {
    return decline("not-a-feed", "The answer looks like JSON but is not well-formed"); // JSON.parse has no other way to say so
  }
  const found = readJsonFeed(value, base);
  if (found === undefined)
    return decline("not-a-feed", `The answer is JSON but no JSON Feed${jsonError(value)}`);
  return { ok: true, ...found };
}

/** What a JSON error says of itself, for the person who looks at the source's health. */
function jsonError(value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  for (const [key, text] of Object.entries(value).slice(0, 20))
    if (/^(?:error|message|detail|title)/i.test(key) && typeof text === "string")
      return `: ${text.slice(0, 120)}`;
  return "";
}

function declineDocument(root: string | undefined, head: string): Declined {
  const start = head.toLowerCase();
  if (
    root === "html" ||
    root === "xhtml:html" ||
    start.startsWith("<!doctype html") ||
    start.includes("<html") ||
    start.includes("<body")
  )
    return decline("not-a-feed", "The answer is a page, not a feed");
  if (root === "urlset" || root === "sitemapindex")
    return decline("not-a-feed", "The answer is a sitemap, not a feed");
  if (root === "opml") return decline("not-a-feed", "The answer is a list of feeds (OPML), not a feed");
  if (start.charCodeAt(0) === 0x1f || start.startsWith("pk\u0003"))
    return decline("not-a-feed", "The answer is compressed");
  if (root === undefined) return decline("not-a-feed", "The answer holds no element of XML");
  return decline("not-a-feed", `The root element <${root.slice(0, 60)}> belongs to no feed format`);
}

function decline(reason: Declined["reason"], detail: string): Declined {
  return { ok: false, reason, detail };
}

function firstOf(pieces: Iterable<string>): string {
  for (const piece of pieces) return piece;
  return "";
}

/** Servers put blank lines, marks and zero bytes before the declaration; a parser must not see them. */
function* trimmed(pieces: Iterable<string>): Generator<string> {
  let started = false;
  for (const piece of pieces) {
    const rest = started ? piece : piece.replace(/^[\s\ufeff\0]+/, "");
    if (rest === "") continue;
    started = true;
    yield rest;
  }
}
