/**
 * One visit to one source: asked conditionally, its new entries taken in, its health and rhythm written down. Whatever happens
 * is told in words on the source; nothing is thrown but what the store cannot write.
 */
import { readFeed } from "../feeds/read-feed.ts";
import { readSitemap } from "../feeds/sitemap.ts";
import type { Feed, FeedItem, Source } from "../model/index.ts";
import type { FetchAnswer, Fetcher } from "../ports/index.ts";
import { feedPage } from "./feed-page.ts";
import { type IngestParts, pageFromAnswer, perform } from "./ingest.ts";
import { fromItem, isHtml, type Task } from "./inputs.ts";
import { scheduleReread } from "./reread.ts";
import { type Asked, afterFailure, afterSuccess, askedBy } from "./rhythm.ts";

export type PollParts = IngestParts & { readonly fetcher: Fetcher };

export type PollReport = {
  readonly source: Source;
  readonly newItems: number;
  readonly saved: number;
  readonly declined: number;
};

type Found = {
  readonly tasks: readonly Task[];
  readonly feed?: Feed;
  readonly edited: readonly FeedItem[];
  /** Entries that have neither an address nor a text. */
  readonly unkept?: number;
};

const DAY = 86_400_000;
/** A first visit to a sitemap takes the news, not the archive. */
const SITEMAP_DAYS = 2;
const MOST_ITEMS = 500;
const MOST_MAPS = 4;

const notAFeed = (detail: string, bytes: Uint8Array): string =>
  isHtml(bytes)
    ? "The address answers with a web page, not a feed: the feed has moved, or a consent page stands before it. Add the site's home page anew to look for its feeds."
    : `${detail}. Look whether the feed has moved.`;

/**
 * New entries of a feed, and known ones that say they were edited. An entry without an address is kept when it carries its
 * text; what it carries at a later visit is a new version.
 */
const fromFeed = async (parts: PollParts, feed: Feed, feedUrl: string, fetchedAt: string): Promise<Found> => {
  const context = { feedTitle: feed.title, language: feed.language, fetchedAt, feedUrl };
  let unkept = 0;
  const tasks: Task[] = [];
  const edited: FeedItem[] = [];
  for (const item of feed.items.slice(0, MOST_ITEMS)) {
    if (item.url === undefined) {
      const own = feedPage(item, context);
      if (!own) unkept++;
      else if ((await parts.store.seen(own.url, own.sha256)) === "new")
        tasks.push({ kind: "page", page: own, item });
      continue;
    }
    const seen = await parts.store.seen(item.url);
    if (seen === "new") tasks.push(...fromItem(item, context, parts, {}));
    else if (seen === "read" && item.updated !== undefined) {
      const known = await parts.store.articleByUrl(item.url);
      const last = known && (await parts.store.versions(known.id)).at(-1);
      if (last && Date.parse(item.updated) > Date.parse(last.seen)) edited.push(item);
    }
  }
  return { tasks, feed, edited, unkept };
};

/** Recent pages of a sitemap, or of the most recently changed sitemaps of an index. */
const fromSitemap = async (
  parts: PollParts,
  bytes: Uint8Array,
  url: string,
  level = 0,
): Promise<Found | string> => {
  const read = readSitemap(bytes, { url });
  if (!read.ok) return read.detail;
  const since = parts.clock.now() - SITEMAP_DAYS * DAY;
  const tasks: Task[] = [];
  for (const page of read.sitemap.pages.slice(0, 5000)) {
    const at = page.published ?? page.modified;
    if (at === undefined || Date.parse(at) < since) continue;
    if (tasks.length < MOST_ITEMS && (await parts.store.seen(page.url)) === "new")
      tasks.push({ kind: "fetch", url: page.url });
  }
  if (level === 0) {
    const recent = [...read.sitemap.sitemaps]
      .filter((m) => m.modified === undefined || Date.parse(m.modified) >= since)
      .sort((a, b) => ((a.modified ?? "") < (b.modified ?? "") ? 1 : -1));
    // News sitemaps first: they hold two days by definition.
    const maps = [
      ...recent.filter((m) => /news/i.test(m.url)),
      ...recent.filter((m) => !/news/i.test(m.url)),
    ];
    for (const map of maps.slice(0, MOST_MAPS)) {
      const answer = await parts.fetcher.fetch({ url: map.url, purpose: "sitemap" });
      if (!answer.ok) continue;
      const inner = await fromSitemap(parts, answer.bytes, answer.url, 1);
      if (typeof inner !== "string") tasks.push(...inner.tasks);
    }
  }
  return { tasks, edited: [] };
};

const find = async (
  parts: PollParts,
  source: Source,
  answer: Extract<FetchAnswer, { ok: true }>,
): Promise<Found | string> => {
  if (source.kind === "sitemap") return fromSitemap(parts, answer.bytes, answer.url);
  if (source.kind === "page")
    return { tasks: [{ kind: "page", page: pageFromAnswer(source.url, answer) }], edited: [] };
  const contentType = answer.headers["content-type"];
  const read = readFeed(answer.bytes, {
    url: answer.url,
    contentType,
    contentLanguage: answer.headers["content-language"],
    contentLocation: answer.headers["content-location"],
  });
  if (!read.ok) return notAFeed(read.detail, answer.bytes);
  return fromFeed(parts, read.feed, source.url, answer.fetchedAt);
};

/** Takes in what a source brought; used by visits and by pushed content. */
export const takeIn = async (
  parts: PollParts,
  found: Found,
): Promise<{
  readonly saved: number;
  readonly declined: number;
  readonly read: number;
  readonly withText: number;
}> => {
  let saved = 0;
  let declined = 0;
  let read = 0;
  let withText = 0;
  await Promise.all(
    found.tasks.map(async (task) => {
      const outcome = await perform(parts, task);
      if (outcome.kind === "declined") {
        declined++;
        // What could not be fetched says nothing about the page's text.
        if (!["robots", "fetch-failed", "gone", "forbidden-address", "forgotten"].includes(outcome.reason))
          read++;
        return;
      }
      read++;
      withText++;
      if (outcome.kind === "saved") {
        saved++;
        if (task.kind === "fetch") await scheduleReread(parts, outcome.id);
      }
    }),
  );
  for (const item of found.edited) {
    const known = item.url === undefined ? undefined : await parts.store.articleByUrl(item.url);
    if (known) await parts.store.putReread(known.id, 0, new Date(parts.clock.now()).toISOString());
  }
  return { saved, declined, read, withText };
};

/** Takes in a feed that was pushed; returns the number of new entries. */
export const fromFeedItems = async (parts: PollParts, feed: Feed, feedUrl: string): Promise<number> => {
  const found = await fromFeed(parts, feed, feedUrl, new Date(parts.clock.now()).toISOString());
  await takeIn(parts, found);
  return found.tasks.length;
};

export const poll = async (parts: PollParts, source: Source): Promise<PollReport> => {
  const { clock, store, fetcher } = parts;
  const answer = await fetcher.fetch({
    url: source.url,
    purpose: source.kind,
    etag: source.etag,
    lastModified: source.lastModified,
  });
  const at = clock.now();
  const fail = async (error: string, more: Parameters<typeof afterFailure>[4] = {}): Promise<PollReport> => {
    const failed = afterFailure(source, at, error, clock.random(), more);
    await store.putSource(failed);
    return { source: failed, newItems: 0, saved: 0, declined: 0 };
  };
  if (!answer.ok) return fail(answer.detail, { retryAt: answer.retryAt, gone: answer.status === 410 });
  const found: Found | string = answer.notModified
    ? { tasks: [], edited: [] }
    : await find(parts, source, answer);
  if (typeof found === "string") return fail(found);
  const taken = await takeIn(parts, found);
  const asked: Asked = askedBy(found.feed, answer.headers);
  // The user may have paused or removed the source meanwhile.
  const current = await store.source(source.id);
  if (!current) return { source, newItems: found.tasks.length, ...taken };
  const done = afterSuccess(
    remembered({ ...current }, answer, found),
    {
      at: clock.now(),
      newItems: found.tasks.length,
      pagesRead: taken.read,
      pagesWithText: taken.withText,
      asked,
    },
    clock.random(),
  );
  await store.putSource(done);
  return { source: done, newItems: found.tasks.length, saved: taken.saved, declined: taken.declined };
};

/** What the answer tells to remember: conditions, a new address, title and hub. */
const remembered = (
  source: Source,
  answer: Extract<FetchAnswer, { ok: true }>,
  { feed, unkept }: Found,
): Source => {
  const { etag: oldEtag, lastModified: oldModified, unkept: before, ...rest } = source;
  // An answer of "not modified" brings nothing new to count.
  const lost = answer.notModified ? before : unkept;
  const etag = answer.headers["etag"] ?? (answer.notModified ? oldEtag : undefined);
  const lastModified = answer.headers["last-modified"] ?? (answer.notModified ? oldModified : undefined);
  const title = source.title ?? feed?.title;
  return {
    ...rest,
    ...(answer.movedTo === undefined ? {} : { url: answer.movedTo }),
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
    ...(title === undefined ? {} : { title }),
    ...(lost === undefined || lost === 0 ? {} : { unkept: lost }),
    ...(feed?.hub === undefined ? {} : { hub: feed.hub }),
  };
};
