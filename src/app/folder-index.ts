/**
 * A folder of pages that tells where they come from: `index.json` with `pages` (and `feeds`) of `{url, file, contentType?,
 * fetchedAt, status?}` → pages under their own address, with the time they were first seen, in the order of that time. Two
 * entries of one address are two versions; one of status 404 or 410, which needs no file, says that the page was gone then. What a feed says of an address goes along as a hint. A folder without such an
 * index is read file by file, elsewhere; an index that does not fit is no index. Described in docs/demo.md.
 */
import { z } from "zod";
import { readFeed } from "../feeds/read-feed.ts";
import { type FeedItem, Instant, type RawPage } from "../model/index.ts";
import type { Files } from "../ports/index.ts";
import { rawPage } from "./hash.ts";

const Entry = z.object({
  url: z.url({ protocol: /^https?$/ }),
  /** Below the folder: no way up or out. */
  file: z.string().regex(/^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))[^\\]+$/),
  contentType: z.string().optional(),
  fetchedAt: Instant,
  status: z.int().optional(),
});
type Entry = Readonly<z.infer<typeof Entry>>;

const GONE: ReadonlySet<number> = new Set([404, 410]);
/** A later visit that found nothing. */
const GoneEntry = Entry.omit({ file: true }).extend({
  status: z.int().refine((status) => GONE.has(status)),
});
type GoneEntry = Readonly<z.infer<typeof GoneEntry>>;

const FolderIndex = z.object({
  pages: z.array(z.union([Entry, GoneEntry])).readonly(),
  feeds: z.array(Entry).readonly().optional(),
});
export type FolderIndex = Readonly<z.infer<typeof FolderIndex>>;

export type IndexedPage =
  | { readonly kind: "page"; readonly page: RawPage; readonly item?: FeedItem | undefined }
  | { readonly kind: "gone"; readonly url: string; readonly at: string; readonly status: number }
  | { readonly kind: "missing"; readonly file: string };

const MAX_INDEX = 64 * 1024 * 1024;
const MAX_PAGE = 64 * 1024 * 1024;

/** The index of a folder; undefined for a file, and for a folder that has none. */
export const folderIndex = async (path: string, files: Files): Promise<FolderIndex | undefined> => {
  if ((await files.kind(path)) !== "folder") return undefined;
  const name = `${path}/index.json`;
  if ((await files.kind(name)) !== "file") return undefined;
  const bytes = await files.read(name, MAX_INDEX);
  if (!bytes) return undefined;
  try {
    const read = FolderIndex.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return read.success ? read.data : undefined;
  } catch {
    // Not JSON: some other file of that name.
    return undefined;
  }
};

const isGone = (entry: Entry | GoneEntry): entry is GoneEntry =>
  entry.status !== undefined && GONE.has(entry.status);

/** The pages of an index, earliest first. A file that is missing is told and passed over. */
export async function* pagesOfIndex(
  path: string,
  index: FolderIndex,
  files: Files,
): AsyncGenerator<IndexedPage> {
  const read = (entry: Entry): Promise<Uint8Array | undefined> =>
    files
      .kind(`${path}/${entry.file}`)
      .then((kind) => (kind === "file" ? files.read(`${path}/${entry.file}`, MAX_PAGE) : undefined));
  const items = new Map<string, FeedItem>();
  for (const entry of index.feeds ?? []) {
    const bytes = await read(entry);
    const feed = bytes && readFeed(bytes, { url: entry.url, contentType: entry.contentType });
    if (feed?.ok) for (const item of feed.feed.items) if (item.url !== undefined) items.set(item.url, item);
  }
  const inOrder = [...index.pages].sort((a, b) => Date.parse(a.fetchedAt) - Date.parse(b.fetchedAt));
  for (const entry of inOrder) {
    if (isGone(entry)) {
      yield { kind: "gone", url: entry.url, at: entry.fetchedAt, status: entry.status };
      continue;
    }
    const bytes = await read(entry);
    if (!bytes) {
      yield { kind: "missing", file: entry.file };
      continue;
    }
    const page = rawPage(bytes, {
      url: entry.url,
      fetchedAt: entry.fetchedAt,
      via: "file",
      ...(entry.contentType === undefined ? {} : { contentType: entry.contentType }),
      ...(entry.status === undefined ? {} : { status: entry.status }),
    });
    yield { kind: "page", page, item: items.get(entry.url) };
  }
}
