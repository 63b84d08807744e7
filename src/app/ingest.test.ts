/** Files, folders, feeds, lists and archives go in once; known pages change nothing; archives go on where they stopped. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { htmlPage, plainTools } from "../../test/conformance/plain-tools.ts";
import { createSystemClock } from "../adapters/clock/index.ts";
import { createFiles } from "../adapters/files/index.ts";
import { createMemoryStore } from "../adapters/store-memory/index.ts";
import { writeWarc } from "../feeds/warc/write.ts";
import type { Fetcher } from "../ports/index.ts";
import { type IngestParts, ingest } from "./ingest.ts";
import { kindOf } from "./inputs.ts";
import { createIntake } from "./intake.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dateline-ingest-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const put = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, content);
  return path;
};

const parts = (fetched: Readonly<Record<string, string>> = {}) => {
  const store = createMemoryStore();
  const clock = createSystemClock();
  const tools = plainTools();
  const asked: string[] = [];
  const fetcher: Fetcher = {
    fetch: async ({ url }) => {
      asked.push(url);
      const body = fetched[url];
      if (body === undefined)
        return { ok: false, reason: "fetch-failed", status: 404, detail: `nothing at ${url}` };
      return {
        ok: true,
        status: 200,
        url,
        notModified: false,
        bytes: new TextEncoder().encode(body),
        headers: {},
        fetchedAt: "2026-01-05T00:00:00Z",
      };
    },
    close: async () => {},
  };
  const made: IngestParts = {
    store,
    clock,
    files: createFiles(),
    fetcher,
    intake: createIntake({ store, tools, clock }),
  };
  return { ...made, asked, tools };
};

const rss = (items: string): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Gazette</title>${items}</channel></rss>`;
const item = (url: string, text: string): string =>
  `<item><title>Entry</title><link>${url}</link><description>${text}</description></item>`;

describe("kind of a document", () => {
  it.each([
    ['<?xml version="1.0"?>\n<!-- x -->\n<rss version="2.0">', "feed"],
    ["\ufeff<feed xmlns='x'>", "feed"],
    ['<rdf:RDF xmlns:rdf="x">', "feed"],
    ['{"version":"https://jsonfeed.org/version/1.1"}', "feed"],
    ['<?xml version="1.0"?><opml version="2.0">', "opml"],
    ["<urlset>", "sitemap"],
    ["<!DOCTYPE html><html>", "page"],
    ["WARC/1.0\r\nWARC-Type: x", "warc"],
    ["# list\nhttps://a.example/1\nhttps://b.example/2\n", "addresses"],
    ["A headline\n\nhttps://a.example/", "page"],
    ["", "page"],
  ])("%j is a %s", (text, kind) => {
    expect(kindOf(new TextEncoder().encode(text))).toBe(kind);
  });
});

describe("ingest", () => {
  it("takes a folder of pages, gzipped or not, once", async () => {
    put("a.html", htmlPage("One", "first"));
    put("sub/b.html.gz", gzipSync(htmlPage("Two", "second")));
    put("c.html", "<html><title>No text</title></html>");
    put(".hidden.html", htmlPage("Hidden", "x"));
    const p = parts();
    expect(await ingest([folder], p)).toMatchObject({
      pages: 3,
      saved: 2,
      declined: 1,
      total: 3,
      share: 1,
      byReason: { "not-an-article": 1 },
    });
    expect(await ingest([folder], p)).toMatchObject({ pages: 3, saved: 0, same: 2, declined: 1 });
    expect(p.tools.reads()).toBe(3);
    expect((await p.store.stats()).articles).toBe(2);
  });

  it("reads a changed file as a new version", async () => {
    const path = put("a.html", htmlPage("One", "first words of the page"));
    const p = parts();
    await ingest([path], p);
    put("a.html", htmlPage("One", `first words of the page and ${"more ".repeat(40)}`));
    expect(await ingest([path], p)).toMatchObject({ changed: 1 });
    const { rows } = await p.store.latest({}, { limit: 5 });
    expect((await p.store.versions(rows[0]?.id ?? "")).map((v) => v.change)).toEqual(["first", "update"]);
  });

  it("follows a feed to its pages and falls back on its own text", async () => {
    const long = "The council decided after long debate to repair the bridge before winter. ".repeat(5);
    const feed = put(
      "feed.xml",
      rss(
        item("https://a.example/1", "short") +
          item("https://a.example/2", `<![CDATA[<p>${long}</p>]]>`) +
          item("https://a.example/3", "short"),
      ),
    );
    const p = parts({ "https://a.example/1": htmlPage("Page one", "fetched") });
    const progress = await ingest([feed], p);
    expect(progress).toMatchObject({ pages: 3, saved: 2, declined: 1 });
    expect((await p.store.articleByUrl("https://a.example/1"))?.title).toBe("Page one");
    expect((await p.store.articleByUrl("https://a.example/2"))?.text).toContain("repair the bridge");
    expect((await p.store.refusals({ limit: 5 })).rows.map((r) => r.url)).toEqual(["https://a.example/3"]);
    const asked = p.asked.length;
    await ingest([feed], p);
    expect(p.asked.slice(asked)).toEqual(["https://a.example/3"]);
  });

  it("takes a feed's own text when nothing may be fetched", async () => {
    const feed = put("feed.xml", rss(item("https://a.example/1", "<![CDATA[<p>Short.</p>]]>")));
    const p = parts();
    expect(await ingest([feed], p, { fetchPages: false })).toMatchObject({ saved: 1 });
    expect(p.asked).toEqual([]);
  });

  it("follows lists of feeds, sitemaps and lists of addresses", async () => {
    const opml = put(
      "list.opml",
      '<opml version="2.0"><body><outline type="rss" text="A" xmlUrl="https://a.example/feed"/></body></opml>',
    );
    const sitemap = put("map.xml", "<urlset><url><loc>https://a.example/2</loc></url></urlset>");
    const list = put("list.txt", "https://a.example/3\n# comment\n");
    const p = parts({
      "https://a.example/feed": rss(item("https://a.example/1", "x")),
      "https://a.example/1": htmlPage("One", "1"),
      "https://a.example/2": htmlPage("Two", "2"),
      "https://a.example/3": htmlPage("Three", "3"),
    });
    expect(
      await ingest([opml, sitemap, list, "https://a.example/none", join(folder, "missing")], p),
    ).toMatchObject({ saved: 3, declined: 2 });
  });

  it("goes on in an archive where the last durable page stood", async () => {
    const pages = Array.from({ length: 12 }, (_, i) => ({
      url: `https://a.example/${i}`,
      fetchedAt: "2026-01-05T00:00:00Z",
      bytes: new TextEncoder().encode(htmlPage(`Page ${i}`, `text ${i}`)),
      contentType: "text/html",
      status: 200,
      headers: { "content-type": "text/html" },
    }));
    const bytes: Uint8Array[] = [];
    for await (const b of writeWarc(pages, { software: "test", created: "2026-01-05T00:00:00Z" }))
      bytes.push(b);
    const path = put("news.warc.gz", Buffer.concat(bytes));
    const p = parts();
    const stop = new AbortController();
    let seen = 0;
    await ingest([path], p, { window: 1, signal: stop.signal, onSaved: () => ++seen === 5 && stop.abort() });
    expect((await p.store.stats()).articles).toBe(5);
    const read = p.tools.reads();
    expect(await ingest([path], p)).toMatchObject({ saved: 7, same: 0, share: 1 });
    expect(p.tools.reads()).toBe(read + 7);
    expect(await ingest([path], p)).toMatchObject({ pages: 0 });
    expect(await ingest([path], p, { again: true })).toMatchObject({ same: 12 });
  });

  it("keeps forgotten addresses out", async () => {
    const path = put("a.html", htmlPage("One", "first"));
    const p = parts();
    await ingest([path], p);
    await p.store.forget(`file://${path}`, "2026-02-01T00:00:00Z");
    expect(await ingest([path], p)).toMatchObject({ declined: 1, byReason: { forgotten: 1 } });
    expect((await p.store.stats()).articles).toBe(0);
  });
});
