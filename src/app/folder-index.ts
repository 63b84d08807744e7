/**
 * A folder of pages that tells where they come from: `index.json` with `pages` (and `feeds`) of `{url, file, contentType?,
 * fetchedAt, status?}` → pages under their own address, with the time they were first seen, in the order of that time. Two
 * entries of one address are two versions. What a feed says of an address goes along as a hint. A folder without such an
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

const FolderIndex = z.object({
  pages: z.array(Entry).readonly(),
  feeds: z.array(Entry).readonly().optional(),
});
export type FolderIndex = Readonly<z.infer<typeof FolderIndex>>;

export type IndexedPage =
  | { readonly ok: true; readonly page: RawPage; readonly item?: FeedItem | undefined }
  | { readonly ok: false; readonly file: string };

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
    const bytes = await read(entry);
    if (!bytes) {
      yield { ok: false, file: entry.file };
      continue;
    }
    const page = rawPage(bytes, {
      url: entry.url,
      fetchedAt: entry.fetchedAt,
      via: "file",
      ...(entry.contentType === undefined ? {} : { contentType: entry.contentType }),
      ...(entry.status === undefined ? {} : { status: entry.status }),
    });
    yield { ok: true, page, item: items.get(entry.url) };
  }
}
