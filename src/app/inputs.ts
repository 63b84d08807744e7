/**
 * What the user names (files, folders, addresses of feeds, lists, sitemaps, archives) → single pages, one after another.
 * What a thing is, is told from its first bytes, not from its name. Nothing is kept in memory but the piece at hand.
 */

import { readOpml } from "../feeds/opml.ts";
import { readFeed } from "../feeds/read-feed.ts";
import { readSitemap, type Sitemap } from "../feeds/sitemap.ts";
import { readWarc } from "../feeds/warc/read.ts";
import type { DeclineReason, FeedItem, RawPage } from "../model/index.ts";
import type { Clock, Fetcher, Files, FoundFile, Store } from "../ports/index.ts";
import { feedPage } from "./feed-page.ts";
import { folderIndex, pagesOfIndex } from "./folder-index.ts";
import { rawPage } from "./hash.ts";

export type Task =
  | {
      readonly kind: "page";
      readonly page: RawPage;
      readonly item?: FeedItem | undefined;
      readonly done?: Done;
    }
  | {
      readonly kind: "fetch";
      readonly url: string;
      readonly item?: FeedItem | undefined;
      readonly fallback?: RawPage | undefined;
      readonly done?: Done;
    }
  /** A page that was found gone at a moment. */
  | {
      readonly kind: "gone";
      readonly url: string;
      readonly at: string;
      readonly status: number;
      readonly done?: Done;
    }
  | {
      readonly kind: "declined";
      readonly input: string;
      readonly reason: DeclineReason;
      readonly detail: string;
      readonly done?: Done;
    }
  | End;

/** The archive was read to its end. */
export type End = { readonly kind: "end"; readonly done: Done };

/** How far an archive has been read once the task is durable. */
export type Done = { readonly key: string; readonly offset: number; readonly size: number };

export type InputTools = {
  readonly store: Store;
  readonly clock: Clock;
  readonly files: Files;
  /** Absent when nothing may be fetched. */
  readonly fetcher?: Fetcher | undefined;
};

export type InputOptions = {
  /** Fetch the pages feeds point to; without it their own text is taken. Default: when there is a fetcher. */
  readonly fetchPages?: boolean | undefined;
  /** Read archives from their beginning. */
  readonly again?: boolean | undefined;
  /** Only pages of sitemaps changed since, milliseconds. */
  readonly since?: number | undefined;
};

type Kind = "opml" | "feed" | "sitemap" | "warc" | "addresses" | "page";

const MAX_FILE = 64 * 1024 * 1024;

const latin = (bytes: Uint8Array, length: number): string =>
  Buffer.from(bytes.subarray(0, length)).toString("latin1");

/** Kind of a document by its first bytes (unpacked). UTF-16 shows its zeros; they are dropped. */
export const kindOf = (bytes: Uint8Array): Kind => {
  const head = latin(bytes, 4096).replaceAll("\0", "");
  if (/^(WARC\/\d|filedesc:\/\/)/.test(head)) return "warc";
  const start = head.replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, "").trimStart();
  if (/<opml[\s>]/i.test(start)) return "opml";
  if (/<(?:\w+:)?(urlset|sitemapindex)[\s>]/i.test(start)) return "sitemap";
  if (
    /^(?:<\?xml[^>]*>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE (?!html)[^>]*>\s*|<\?xml-stylesheet[^>]*>\s*)*<(?:\w+:)?(rss|feed|rdf|channel)[\s>:]/i.test(
      start,
    )
  )
    return "feed";
  if (start.startsWith("{") && /jsonfeed\.org\/version|"items"\s*:/.test(start)) return "feed";
  const lines = start.split(/\r?\n/).filter((l) => l.trim() !== "");
  const whole = bytes.length > 4096 ? lines.slice(0, -1) : lines;
  if (
    whole.length > 0 &&
    whole.every((l) => /^\s*(#|https?:\/\/\S+\s*$)/i.test(l)) &&
    whole.some((l) => /^\s*http/i.test(l))
  )
    return "addresses";
  return "page";
};

/** Whether bytes look like a web page; what is merely no feed may be anything. */
export const isHtml = (bytes: Uint8Array): boolean =>
  /<(!doctype\s+html|html|head|body|title|div|p)[\s>]/i.test(latin(bytes, 4096).replaceAll("\0", ""));

const isAddress = (input: string): boolean => /^(https?|feed):\/\//i.test(input);

const now = (tools: InputTools): string => new Date(tools.clock.now()).toISOString();

/** All pages of all inputs. */
export async function* tasksOf(
  inputs: readonly string[],
  tools: InputTools,
  options: InputOptions = {},
): AsyncGenerator<Task> {
  for (const input of inputs) {
    if (isAddress(input)) yield* fromAddress(input.replace(/^feed:\/\//i, "https://"), tools, options, 0);
    else yield* fromPath(input, tools, options);
  }
}

async function* fromPath(path: string, tools: InputTools, options: InputOptions): AsyncGenerator<Task> {
  if ((await tools.files.kind(path)) === "none") {
    yield {
      kind: "declined",
      input: path,
      reason: "fetch-failed",
      detail: `There is no file or folder ${path}.`,
    };
    return;
  }
  const index = await folderIndex(path, tools.files);
  if (index) {
    for await (const found of pagesOfIndex(path, index, tools.files))
      yield found.kind === "missing"
        ? {
            kind: "declined",
            input: `${path}/${found.file}`,
            reason: "fetch-failed",
            detail: "The index names a file that is not there.",
          }
        : found;
    return;
  }
  for await (const file of tools.files.walk(path)) yield* fromFile(file, tools, options);
}

async function* fromFile(file: FoundFile, tools: InputTools, options: InputOptions): AsyncGenerator<Task> {
  if (await isArchive(file, tools)) {
    yield* fromArchive(file, tools, options);
    return;
  }
  const bytes = await tools.files.read(file.path, MAX_FILE);
  if (!bytes) {
    const reason = file.bytes > MAX_FILE ? "too-large" : "damaged";
    const detail =
      reason === "too-large"
        ? `${file.path} is larger than ${MAX_FILE} bytes.`
        : `${file.path} is gzipped but cannot be unpacked.`;
    yield { kind: "declined", input: file.path, reason, detail };
    return;
  }
  const url = `file://${encodeURI(file.path)}`;
  yield* fromBytes(bytes, { url, path: file.path }, tools, options, 0);
}

const isArchive = async (file: FoundFile, tools: InputTools): Promise<boolean> => {
  const head = await tools.files.head(file.path, 512);
  if (head[0] === 0x1f && head[1] === 0x8b)
    return /\.w?arc(\.gz)?$/i.test(file.path) || /warc/i.test(file.path);
  return kindOf(head) === "warc";
};

type From = {
  readonly url: string;
  readonly path?: string | undefined;
  readonly contentType?: string | undefined;
  readonly status?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly finalUrl?: string | undefined;
};

const LEVELS = 3;

async function* fromBytes(
  bytes: Uint8Array,
  from: From,
  tools: InputTools,
  options: InputOptions,
  level: number,
): AsyncGenerator<Task> {
  const input = from.path ?? from.url;
  const kind = kindOf(bytes);
  if (kind === "opml") {
    const list = readOpml(bytes, { contentType: from.contentType });
    if (!list.ok) yield { kind: "declined", input, reason: list.reason, detail: list.detail };
    else if (level < LEVELS)
      for (const feed of list.feeds) yield* fromAddress(feed.url, tools, options, level + 1);
    return;
  }
  if (kind === "addresses") {
    for (const line of Buffer.from(bytes).toString("utf8").split(/\r?\n/)) {
      const url = line.trim();
      if (/^https?:/i.test(url)) yield { kind: "fetch", url };
    }
    return;
  }
  if (kind === "sitemap") {
    const read = readSitemap(bytes, { url: from.url, contentType: from.contentType });
    if (!read.ok) yield { kind: "declined", input, reason: read.reason, detail: read.detail };
    else yield* fromSitemap(read.sitemap, tools, options, level);
    return;
  }
  if (kind === "feed") {
    const read = readFeed(bytes, { url: from.finalUrl ?? from.url, contentType: from.contentType });
    if (!read.ok) {
      yield { kind: "declined", input, reason: read.reason, detail: read.detail };
      return;
    }
    const { feed } = read;
    for (const item of feed.items)
      yield* fromItem(
        item,
        {
          feedTitle: feed.title,
          language: feed.language,
          fetchedAt: now(tools),
          feedUrl: from.finalUrl ?? from.url,
        },
        tools,
        options,
      );
    return;
  }
  yield {
    kind: "page",
    page: rawPage(bytes, {
      url: from.url,
      ...(from.finalUrl === undefined || from.finalUrl === from.url ? {} : { finalUrl: from.finalUrl }),
      ...(from.contentType === undefined ? {} : { contentType: from.contentType }),
      ...(from.status === undefined ? {} : { status: from.status }),
      ...(from.headers === undefined ? {} : { headers: from.headers }),
      fetchedAt: now(tools),
      via: from.path === undefined ? "fetch" : "file",
    }),
  };
}

/** An entry of a feed: its page, with the entry's own text to fall back on. */
export function* fromItem(
  item: FeedItem,
  context: Parameters<typeof feedPage>[1],
  tools: Pick<InputTools, "fetcher">,
  options: InputOptions,
): Generator<Task> {
  const own = feedPage(item, context);
  if (item.url !== undefined && tools.fetcher && options.fetchPages !== false)
    yield { kind: "fetch", url: item.url, item, fallback: own };
  else if (own) yield { kind: "page", page: own, item };
  else {
    const short = feedPage(item, context, 1);
    if (short) yield { kind: "page", page: short, item };
  }
}

async function* fromSitemap(
  sitemap: Sitemap,
  tools: InputTools,
  options: InputOptions,
  level: number,
): AsyncGenerator<Task> {
  const recent = (modified: string | undefined): boolean =>
    options.since === undefined || modified === undefined || Date.parse(modified) >= options.since;
  for (const page of sitemap.pages)
    if (recent(page.published ?? page.modified)) yield { kind: "fetch", url: page.url };
  if (level >= LEVELS) return;
  for (const map of sitemap.sitemaps)
    if (recent(map.modified)) yield* fromAddress(map.url, tools, options, level + 1, "sitemap");
}

async function* fromAddress(
  url: string,
  tools: InputTools,
  options: InputOptions,
  level: number,
  purpose: "page" | "feed" | "sitemap" = "feed",
): AsyncGenerator<Task> {
  if (!tools.fetcher) {
    yield { kind: "declined", input: url, reason: "fetch-failed", detail: "Fetching is off." };
    return;
  }
  const answer = await tools.fetcher.fetch({ url, purpose });
  if (!answer.ok) {
    yield { kind: "declined", input: url, reason: answer.reason, detail: answer.detail };
    return;
  }
  // An address that turned out to be a page is asked for again as one, so that robots.txt is heard.
  if (purpose === "feed" && kindOf(answer.bytes) === "page") {
    yield { kind: "fetch", url };
    return;
  }
  const contentType = answer.headers["content-type"];
  yield* fromBytes(answer.bytes, { url, finalUrl: answer.url, contentType }, tools, options, level);
}

/** Records of a WARC or ARC file; taken up where an earlier run ended. */
async function* fromArchive(file: FoundFile, tools: InputTools, options: InputOptions): AsyncGenerator<Task> {
  const key = `ingest:${file.path}`;
  const state = await tools.store.setting(key);
  const resumeAt = options.again ? 0 : resumeOffset(state, file.bytes);
  if (resumeAt >= file.bytes) return;
  const source = tools.files.stream(file.path, resumeAt);
  for await (const item of readWarc(source, { startsAt: resumeAt })) {
    const done = { key, offset: item.next, size: file.bytes };
    if (item.kind === "damaged") {
      yield {
        kind: "declined",
        input: `${file.path} at ${item.offset}`,
        reason: "damaged",
        detail: item.note.detail ?? item.note.code,
        done,
      };
      continue;
    }
    const { record } = item;
    const wanted = record.type === "response" || record.type === "resource" || record.type === "conversion";
    const status = record.http?.status;
    if (
      !wanted ||
      record.url === undefined ||
      record.payload.length === 0 ||
      (status !== undefined && status !== 200)
    )
      continue;
    if (!/^https?:/i.test(record.url) && !record.url.startsWith("file:")) continue;
    const contentType = record.http?.headers.get("content-type") ?? record.contentType;
    if (contentType !== undefined && !/html|xml|text\/plain/i.test(contentType)) continue;
    if (/robots\.txt$/.test(record.url)) continue;
    yield {
      kind: "page",
      page: rawPage(record.payload, {
        url: record.url,
        ...(contentType === undefined ? {} : { contentType }),
        ...(status === undefined ? {} : { status }),
        fetchedAt: record.date ?? file.modified,
        via: "warc",
      }),
      done,
    };
  }
  yield { kind: "end", done: { key, offset: file.bytes, size: file.bytes } };
}

const resumeOffset = (state: unknown, size: number): number => {
  if (typeof state !== "object" || state === null || !("offset" in state) || !("size" in state)) return 0;
  // An archive that grew since is taken up where it ended then.
  return typeof state.size === "number" && state.size <= size && typeof state.offset === "number"
    ? state.offset
    : 0;
};
