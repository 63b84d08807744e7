/** Indexes of folders, read from a disk that is a map. */
import { describe, expect, it } from "vitest";
import type { Files } from "../ports/index.ts";
import { folderIndex, pagesOfIndex } from "./folder-index.ts";

const folder = "/kept";
const stored = new Map<string, string>([
  ["/kept/pages/late.html", "<h1>Late</h1>"],
  ["/kept/pages/early.html", "<h1>Early</h1>"],
  [
    "/kept/feed.xml",
    '<rss version="2.0"><channel><title>T</title><item><title>Late</title><link>https://a.example/late</link></item></channel></rss>',
  ],
]);
const put = (name: string, text: string): void => void stored.set(`${folder}/${name}`, text);
const bytesOf = (path: string): Uint8Array => new TextEncoder().encode(stored.get(path) ?? "");
const files: Files = {
  absolute: (path) => path,
  kind: async (path) => (stored.has(path) ? "file" : path === folder ? "folder" : "none"),
  walk: async function* () {},
  head: async (path, bytes) => bytesOf(path).subarray(0, bytes),
  read: async (path) => bytesOf(path),
  stream: async function* (path) {
    yield bytesOf(path);
  },
};

const entry = (name: string, fetchedAt: string) => ({
  url: `https://a.example/${name}`,
  file: `pages/${name}.html`,
  fetchedAt,
});

describe("folder index", () => {
  it("gives pages under their address, in the order they were seen, with what the feed says", async () => {
    put(
      "index.json",
      JSON.stringify({
        pages: [
          entry("late", "2022-01-03T10:00:00Z"),
          entry("early", "2022-01-03T12:00:00+06:00"),
          entry("lost", "2022-01-04T00:00:00Z"),
          { url: "https://a.example/early", fetchedAt: "2022-01-05T00:00:00Z", status: 410 },
        ],
        feeds: [
          {
            url: "https://a.example/feed",
            file: "feed.xml",
            contentType: "text/xml",
            fetchedAt: "2022-01-03T10:00:00Z",
          },
        ],
      }),
    );
    const index = await folderIndex(folder, files);
    if (!index) throw new Error("no index was read");
    const seen: string[] = [];
    for await (const p of pagesOfIndex(folder, index, files))
      seen.push(
        p.kind === "page"
          ? `${p.page.url} ${p.page.fetchedAt} ${p.item?.title ?? "-"}`
          : p.kind === "gone"
            ? `${p.url} ${p.at} ${p.status}`
            : `missing ${p.file}`,
      );
    expect(seen).toEqual([
      "https://a.example/early 2022-01-03T12:00:00+06:00 -",
      "https://a.example/late 2022-01-03T10:00:00Z Late",
      "missing pages/lost.html",
      "https://a.example/early 2022-01-05T00:00:00Z 410",
    ]);
  });

  it.each([
    ["not JSON", "pages"],
    ["another shape", '{"pages": 3}'],
    [
      "a way out of the folder",
      JSON.stringify({ pages: [{ ...entry("early", "2022-01-03T10:00:00Z"), file: "../secret.html" }] }),
    ],
    [
      "an absolute path",
      JSON.stringify({ pages: [{ ...entry("early", "2022-01-03T10:00:00Z"), file: "/etc/passwd" }] }),
    ],
    [
      "a page without a file",
      JSON.stringify({ pages: [{ url: "https://a.example/x", fetchedAt: "2022-01-05T00:00:00Z" }] }),
    ],
    [
      "another scheme",
      JSON.stringify({ pages: [{ ...entry("early", "2022-01-03T10:00:00Z"), url: "file:///etc/passwd" }] }),
    ],
  ])("takes no index from %s", async (_what, text) => {
    put("index.json", text);
    expect(await folderIndex(folder, files)).toBeUndefined();
  });
});
