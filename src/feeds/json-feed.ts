/** JSON Feed 1.0 and 1.1 → a feed. Follows jsonfeed.org/version/1.1; every value is checked, wrong types are absent. Leaves out extensions (names with "_"). */
import type { Feed, FeedItem, Media, Note, Person } from "../model/index.ts";
import { safeHtml } from "./content.ts";
import { readDate } from "./dates.ts";
import { languageTag } from "./draft.ts";
import { textOfHtml } from "./html-text.ts";
import { finishMedia, type MediaDraft } from "./media.ts";
import { resolveUrl } from "./urls.ts";

type Json = Readonly<Record<string, unknown>>;

/** A feed, or undefined when the value is no JSON Feed. */
export function readJsonFeed(
  value: unknown,
  base: string,
): { readonly feed: Feed; readonly notes: readonly Note[] } | undefined {
  if (!isObject(value) || !Array.isArray(value["items"])) return undefined;
  const version = text(value, "version");
  if (
    !version?.includes("jsonfeed.org") &&
    text(value, "title") === undefined &&
    text(value, "feed_url") === undefined
  )
    return undefined;
  const notes: Note[] = [];
  const items = value["items"].filter(isObject).map((item) => readItem(item, base, notes));
  const hubs = Array.isArray(value["hubs"]) ? value["hubs"].filter(isObject) : [];
  const optional = {
    version,
    title: plain(value, "title"),
    subtitle: plain(value, "description"),
    url: address(value, "home_page_url", base),
    self: address(value, "feed_url", base),
    hub: hubs[0] === undefined ? undefined : address(hubs[0], "url", base),
    next: address(value, "next_url", base),
    language: languageTag(text(value, "language")),
    image: address(value, "icon", base) ?? address(value, "favicon", base),
  };
  const stated = Object.fromEntries(Object.entries(optional).filter(([, field]) => field !== undefined));
  return { feed: { ...stated, format: "json", authors: authors(value), items }, notes };
}

function readItem(item: Json, base: string, notes: Note[]): FeedItem {
  const published = date(item, "date_published", notes);
  const updated = date(item, "date_modified", notes);
  const html = text(item, "content_html");
  const body = text(item, "content_text");
  const external = address(item, "external_url", base);
  const enclosures = (Array.isArray(item["attachments"]) ? item["attachments"].filter(isObject) : []).map(
    (attachment): MediaDraft => ({
      url: address(attachment, "url", base),
      type: text(attachment, "mime_type"),
      title: text(attachment, "title"),
      bytes: number(attachment, "size_in_bytes"),
      durationSeconds: number(attachment, "duration_in_seconds"),
    }),
  );
  const pictures = [address(item, "image", base), address(item, "banner_image", base)].flatMap((url) =>
    url === undefined ? [] : [{ url, medium: "image" }],
  );
  const media: readonly Media[] = finishMedia(enclosures, [], {}, pictures);
  const tags = Array.isArray(item["tags"])
    ? item["tags"].filter((tag): tag is string => typeof tag === "string")
    : [];
  const url = address(item, "url", base);
  const summary = text(item, "summary");
  const optional = {
    guid: id(item),
    url: url ?? external,
    title: plain(item, "title"),
    summary: summary === undefined ? undefined : safeHtml({ value: summary, kind: "text", base }),
    content:
      html !== undefined
        ? safeHtml({ value: html, kind: "html", base: url ?? base })
        : body !== undefined
          ? safeHtml({ value: body, kind: "text", base })
          : undefined,
    published: published ?? updated,
    updated,
    language: languageTag(text(item, "language")),
    via: external !== undefined && url !== undefined && external !== url ? [external] : undefined,
  };
  const stated = Object.fromEntries(Object.entries(optional).filter(([, field]) => field !== undefined));
  return { ...stated, authors: authors(item), categories: tags.map((term) => ({ term })), media };
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function own(object: Json, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function text(object: Json, key: string): string | undefined {
  const value = own(object, key);
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

function plain(object: Json, key: string): string | undefined {
  const value = text(object, key);
  return value === undefined ? undefined : textOfHtml(value);
}

function number(object: Json, key: string): number | undefined {
  const value = own(object, key);
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function address(object: Json, key: string, base: string): string | undefined {
  return resolveUrl(text(object, key) ?? "", base);
}

function id(item: Json): string | undefined {
  const value = own(item, "id");
  return typeof value === "number" ? String(value) : text(item, "id")?.trim();
}

function date(item: Json, key: string, notes: Note[]): string | undefined {
  const words = text(item, key);
  if (words === undefined) return undefined;
  const found = readDate(words);
  if (found === undefined && notes.length < 20)
    notes.push({ stage: "feeds", code: "date-unreadable", detail: words.slice(0, 80) });
  return found?.iso;
}

function authors(object: Json): readonly Person[] {
  const listed = own(object, "authors");
  const all = Array.isArray(listed) ? listed : [own(object, "author")];
  return all.filter(isObject).flatMap((author) => {
    const name = plain(author, "name");
    const url = text(author, "url");
    if (name === undefined && url === undefined) return [];
    return [{ ...(name === undefined ? {} : { name }), ...(url === undefined ? {} : { url }) }];
  });
}
