/**
 * What is known of a channel, an entry or a source while its elements are still coming in, and how it becomes a record.
 *
 * One name may be stated several ways (title, dc:title, media:title); each field keeps the statement of best rank, the
 * later one among equals. Leaves out judging: dates in the future or titles in capitals stay as they are.
 */
import type { Category, FeedItem, FeedShape, Person } from "../model/index.ts";
import { type FeedText, plainText, safeHtml } from "./content.ts";
import type { FeedDate } from "./dates.ts";
import { filmsIn, finishMedia, type MediaDraft } from "./media.ts";
import { resolveId, resolveUrl, resolveWebUrl } from "./urls.ts";

type Ranked<T> = { readonly value: T; readonly rank: number };

export type Draft = {
  readonly kind: "feed" | "entry" | "source";
  base: string;
  language?: string | undefined;
  id?: string;
  about?: string | undefined;
  guidIsLink?: boolean;
  link?: Ranked<string>;
  title?: Ranked<FeedText>;
  summary?: Ranked<FeedText>;
  content?: Ranked<FeedText>;
  dates: Partial<Record<DateName, FeedDate>>;
  authors: Ranked<Person>[];
  categories: Category[];
  enclosures: MediaDraft[];
  media: MediaDraft[];
  thumbnails: MediaDraft[];
  /** Media fields stated on the entry itself. */
  loose: MediaDraft;
  links: { readonly rel: string; readonly url: string }[];
  shape?: FeedShape | undefined;
  lat?: number;
  lon?: number;
  source?: { title?: string; url?: string } | undefined;
  originalUrl?: string | undefined;
  comments?: string | undefined;
  commentCount?: number;
  rights?: string;
  image?: string | undefined;
  ttlMinutes?: number;
  updatePeriod?: number;
  updateFrequency?: number;
  skipHours?: number[];
  skipDays?: string[];
  moved?: string | undefined;
};

export type DateName = "published" | "updated" | "created" | "date" | "built" | "prism";

export function newDraft(kind: Draft["kind"], base: string): Draft {
  return {
    kind,
    base,
    dates: {},
    authors: [],
    categories: [],
    enclosures: [],
    media: [],
    thumbnails: [],
    loose: {},
    links: [],
  };
}

/** Keeps the statement of lowest rank; of two of the same rank the later. */
export function keep<T>(
  before: Ranked<T> | undefined,
  value: T | undefined,
  rank: number,
): Ranked<T> | undefined {
  if (value === undefined) return before;
  return before !== undefined && before.rank < rank ? before : { value, rank };
}

export function addCategory(draft: Draft, category: Category | undefined): void {
  if (category === undefined || category.term === "" || draft.categories.length >= 200) return;
  if (draft.categories.some((other) => other.term === category.term && other.scheme === category.scheme))
    return;
  draft.categories.push(category);
}

/** Authors of the best rank stated, each once. */
export function authorsOf(draft: Draft): readonly Person[] {
  const best = Math.min(...draft.authors.map((author) => author.rank));
  const seen = new Map<string, Person>();
  for (const { value, rank } of draft.authors) {
    if (rank !== best) continue;
    const key = value.name ?? value.email ?? value.url ?? "";
    if (!seen.has(key)) seen.set(key, value);
  }
  return [...seen.values()];
}

export function languageTag(text: string | undefined): string | undefined {
  const plain = text?.trim().replaceAll("_", "-") ?? "";
  return /^[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*$/.test(plain) ? plain : undefined;
}

export function titleOf(draft: Draft): string | undefined {
  return draft.title === undefined ? undefined : plainText(draft.title.value);
}

export function linkOf(draft: Draft): string | undefined {
  if (draft.link !== undefined) return draft.link.value;
  const { id, guidIsLink } = draft;
  if (guidIsLink === true && id !== undefined) return resolveWebUrl(id, draft.base);
  return draft.originalUrl ?? resolveWebUrl(draft.about ?? "", undefined);
}

export function finishEntry(draft: Draft): FeedItem {
  const { dates, summary, content, source, shape } = draft;
  const published: FeedDate | undefined =
    dates.published ?? dates.date ?? dates.created ?? dates.prism ?? dates.updated;
  const updated: FeedDate | undefined = dates.updated ?? dates.date;
  const guid = draft.id === undefined ? draft.about : resolveId(draft.id, draft.base);
  const url = linkOf(draft);
  const title = titleOf(draft);
  const via = draft.links
    .filter((link) => link.rel === "via" || link.rel === "related")
    .map((link) => link.url);
  const comments = draft.comments ?? draft.links.find((link) => link.rel === "replies")?.url;
  const point = pointOf(draft);
  const item: Mutable<FeedItem> = {
    authors: draft.authors.length === 0 ? [] : authorsOf(draft),
    categories: draft.categories,
    media: finishMedia(
      draft.enclosures,
      content === undefined ? draft.media : [...draft.media, ...filmsOf(content.value)],
      draft.loose,
      draft.thumbnails,
    ),
  };
  if (guid !== undefined && guid !== "") item.guid = guid;
  if (draft.guidIsLink !== undefined) item.guidIsLink = draft.guidIsLink;
  if (url !== undefined) item.url = url;
  if (title !== undefined) item.title = title;
  if (summary !== undefined) item.summary = safeHtml(summary.value);
  if (content !== undefined) item.content = safeHtml(content.value);
  if (published !== undefined) item.published = published.iso;
  if (updated !== undefined) item.updated = updated.iso;
  const language = languageTag(draft.language);
  if (language !== undefined) item.language = language;
  if (source?.title !== undefined || source?.url !== undefined) item.source = source;
  if (via.length > 0) item.via = via;
  if (point !== undefined) item.point = point;
  if (shape !== undefined) item.shape = shape;
  if (draft.originalUrl !== undefined) item.originalUrl = draft.originalUrl;
  if (comments !== undefined) item.comments = comments;
  if (draft.commentCount !== undefined) item.commentCount = draft.commentCount;
  if (draft.rights !== undefined) item.rights = draft.rights;
  return item;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function filmsOf({ kind, value, base }: FeedText): readonly MediaDraft[] {
  return kind === "html" && /<(?:iframe|video)\b/i.test(value) ? filmsIn(value, base) : [];
}

function pointOf(draft: Draft): { lat: number; lon: number } | undefined {
  const { shape, lat, lon } = draft;
  if (shape?.type === "Point" && shape.system === undefined) {
    const [x, y] = shape.coordinates as readonly number[]; // a Point's coordinates are one flat list
    if (x !== undefined && y !== undefined) return { lat: y, lon: x };
  }
  if (lat === undefined || lon === undefined || Math.abs(lat) > 90 || Math.abs(lon) > 180) return undefined;
  return { lat, lon };
}

export function addLink(draft: Draft, rel: string, address: string | undefined, base: string): void {
  const url = resolveUrl(address ?? "", base);
  if (url !== undefined && draft.links.length < 200) draft.links.push({ rel, url });
}
