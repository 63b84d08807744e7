/**
 * Sitemap bytes → the pages or further sitemaps it lists: urlset, sitemapindex, plain text, gzipped or not.
 *
 * Follows sitemaps.org 0.9 with Google's news, image and video extensions, which name title, publication and date: for
 * many outlets the news sitemap is the better feed. Feeds given as sitemaps are the business of readFeed. Leaves out
 * priority and the hreflang alternatives.
 */
import { constants, gunzipSync } from "node:zlib";
import type { Declined, Media, Note } from "../model/index.ts";
import { decodeInPieces } from "../text/charset.ts";
import { readDate } from "./dates.ts";
import { oneLine, textOfHtml } from "./html-text.ts";
import { readDuration } from "./media.ts";
import { resolveWebUrl } from "./urls.ts";
import { walkXml, type XmlElement } from "./xml-walk.ts";

export type SitemapPage = {
  readonly url: string;
  /** lastmod as an instant; a bare day is midnight UTC. */
  readonly modified?: string;
  readonly changes?: string;
  /** News extension. */
  readonly title?: string;
  readonly published?: string;
  readonly publication?: string;
  readonly language?: string;
  readonly keywords?: readonly string[];
  readonly media: readonly Media[];
};

export type Sitemap = {
  readonly kind: "pages" | "index";
  readonly pages: readonly SitemapPage[];
  /** Further sitemaps, with the time they changed. */
  readonly sitemaps: readonly { readonly url: string; readonly modified?: string }[];
};

export type SitemapResult =
  | { readonly ok: true; readonly sitemap: Sitemap; readonly notes: readonly Note[] }
  | Declined;

/** The protocol allows 50,000 addresses and 50 MB. */
const MAX_PAGES = 100_000;
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * @example readSitemap(bytes, { url: "https://gazette.example/sitemap.xml" })
 */
export function readSitemap(
  bytes: Uint8Array,
  options: { readonly url: string; readonly contentType?: string | undefined },
): SitemapResult {
  const plain = gunzipped(bytes);
  if (plain === undefined)
    return decline("damaged", "The sitemap is gzipped but cannot be unpacked, or is too large");
  if (plain.length === 0) return decline("empty", "The answer was empty");
  const { pieces } = decodeInPieces(plain, { contentType: options.contentType, kind: "xml" });
  const [first = ""] = takeFirst(pieces);
  const head = first.slice(0, 2048).trimStart();
  if (!head.startsWith("<")) return readTextSitemap(plain, options);
  return readXmlSitemap(
    decodeInPieces(plain, { contentType: options.contentType, kind: "xml" }).pieces,
    options.url,
  );
}

function gunzipped(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.length <= MAX_BYTES ? bytes : undefined;
  try {
    const plain = gunzipSync(bytes, { maxOutputLength: MAX_BYTES, finishFlush: constants.Z_SYNC_FLUSH });
    return plain.length === 0 ? undefined : plain;
  } catch {
    return undefined; // zlib has no other way to say "damaged" or "too large"
  }
}

function readTextSitemap(
  bytes: Uint8Array,
  options: { readonly url: string; readonly contentType?: string | undefined },
): SitemapResult {
  const pages: SitemapPage[] = [];
  let rest = "";
  const addLine = (line: string): void => {
    const url = /^\s*https?:\/\/\S+\s*$/.test(line) ? resolveWebUrl(line, undefined) : undefined;
    if (url !== undefined && pages.length < MAX_PAGES) pages.push({ url, media: [] });
  };
  for (const piece of decodeInPieces(bytes, { contentType: options.contentType, kind: "text" }).pieces) {
    const lines = (rest + piece).split(/\r\n|\r|\n/);
    rest = lines.pop() ?? "";
    if (rest.length > 65536) rest = "";
    lines.forEach(addLine);
  }
  addLine(rest);
  if (pages.length === 0) return decline("not-text", "The answer is no sitemap: it lists no addresses");
  return { ok: true, sitemap: { kind: "pages", pages, sitemaps: [] }, notes: [] };
}

function readXmlSitemap(pieces: Iterable<string>, base: string): SitemapResult {
  const pages: SitemapPage[] = [];
  const sitemaps: { url: string; modified?: string }[] = [];
  let root: string | undefined;
  let draft: Map<string, string> | undefined;
  let media: Media[] = [];
  let film: Map<string, string> | undefined;
  let skipped = 0;

  const end = walkXml(pieces, base, {
    isMarkup: () => false,
    open(element) {
      root ??= element.name;
      if (element.name === "url" || element.name === "sitemap") {
        draft = new Map();
        media = [];
      } else if (element.name === "video:video" || element.name === "image:image") film = new Map();
    },
    close(element: XmlElement, content) {
      const { name } = element;
      const value = oneLine(content.text);
      if (name === "url" && draft !== undefined) {
        const page = finishPage(draft, media, base);
        if (page === undefined || pages.length >= MAX_PAGES) skipped++;
        else pages.push(page);
        draft = undefined;
      } else if (name === "sitemap" && draft !== undefined) {
        const url = resolveWebUrl(draft.get("loc") ?? "", base);
        const modified = readDate(draft.get("lastmod") ?? "")?.iso;
        if (url === undefined || sitemaps.length >= MAX_PAGES) skipped++;
        else sitemaps.push(modified === undefined ? { url } : { url, modified });
        draft = undefined;
      } else if (name === "video:video" || name === "image:image") {
        const found = film === undefined ? undefined : finishMedium(name, film, base);
        if (found !== undefined && media.length < 1000) media.push(found);
        film = undefined;
      } else if (film !== undefined && (name.startsWith("video:") || name.startsWith("image:"))) {
        if (value !== "") film.set(name.slice(6), value);
      } else if (value !== "" && draft !== undefined && !draft.has(name)) draft.set(name, value);
    },
  });

  if (root !== "urlset" && root !== "sitemapindex")
    return decline(
      "unsupported-type",
      root === undefined
        ? "The answer holds no XML"
        : `The root element <${root.slice(0, 60)}> is no sitemap`,
    );
  const notes: Note[] = [];
  if (end.truncated)
    notes.push({
      stage: "feeds",
      code: "truncated",
      detail: "the sitemap ends before its last element is closed",
    });
  if (end.tooDeep) notes.push({ stage: "feeds", code: "too-deep" });
  if (skipped > 0)
    notes.push({
      stage: "feeds",
      code: "entries-skipped",
      detail: `${skipped} entries without a usable address`,
    });
  return { ok: true, sitemap: { kind: root === "urlset" ? "pages" : "index", pages, sitemaps }, notes };
}

function finishPage(
  draft: ReadonlyMap<string, string>,
  media: readonly Media[],
  base: string,
): SitemapPage | undefined {
  const url = resolveWebUrl(draft.get("loc") ?? "", base);
  if (url === undefined) return undefined;
  const modified = readDate(draft.get("lastmod") ?? "")?.iso;
  const published = readDate(draft.get("news:publication_date") ?? "")?.iso;
  const title = textOfHtml(draft.get("news:title") ?? "");
  const keywords = (draft.get("news:keywords") ?? "").split(/\s*,\s*/).filter((word) => word !== "");
  const changes = draft.get("changefreq");
  const publication = draft.get("news:name");
  const language = draft.get("news:language");
  return {
    url,
    ...(modified === undefined ? {} : { modified }),
    ...(changes === undefined ? {} : { changes }),
    ...(title === "" ? {} : { title }),
    ...(published === undefined ? {} : { published }),
    ...(publication === undefined ? {} : { publication }),
    ...(language === undefined ? {} : { language }),
    ...(keywords.length === 0 ? {} : { keywords }),
    media,
  };
}

function finishMedium(name: string, fields: ReadonlyMap<string, string>, base: string): Media | undefined {
  const at = (key: string): string | undefined => resolveWebUrl(fields.get(key) ?? "", base);
  const title = textOfHtml(fields.get("title") ?? "");
  const caption = textOfHtml(fields.get("description") ?? fields.get("caption") ?? "");
  const words = { ...(title === "" ? {} : { title }), ...(caption === "" ? {} : { caption }) };
  if (name === "image:image") {
    const url = at("loc");
    return url === undefined ? undefined : { url, kind: "image", ...words };
  }
  const player = at("player_loc");
  const url = at("content_loc") ?? player;
  if (url === undefined) return undefined;
  const thumbnail = at("thumbnail_loc");
  const durationSeconds = readDuration(fields.get("duration") ?? "");
  const published = readDate(fields.get("publication_date") ?? "")?.iso;
  return {
    url,
    kind: "video",
    ...words,
    ...(thumbnail === undefined ? {} : { thumbnail }),
    ...(player === undefined ? {} : { player }),
    ...(durationSeconds === undefined ? {} : { durationSeconds }),
    ...(published === undefined ? {} : { published }),
  };
}

function* takeFirst(pieces: Iterable<string>): Generator<string> {
  for (const piece of pieces) {
    yield piece;
    return;
  }
}

function decline(reason: Declined["reason"], detail: string): Declined {
  return { ok: false, reason, detail };
}
