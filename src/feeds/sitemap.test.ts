import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { readSitemap, type Sitemap } from "./sitemap.ts";

const url = "https://gazette.example/sitemap.xml";

function sitemapOf(text: string | Uint8Array): Sitemap {
  const result = readSitemap(typeof text === "string" ? new TextEncoder().encode(text) : text, { url });
  if (!result.ok) throw new Error(result.detail);
  return result.sitemap;
}

const NEWS = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" xmlns:video="http://www.google.com/schemas/sitemap-video/1.1">
 <url><loc>https://gazette.example/a/1</loc><lastmod>2022-01-06</lastmod>
 <n:news><n:publication><n:name>Gazette</n:name><n:language>en</n:language></n:publication>
 <n:publication_date>2022-01-06T10:00:00+06:00</n:publication_date><n:title>Rivers &amp; lakes</n:title><n:keywords>water, law</n:keywords></n:news>
 <video:video><video:thumbnail_loc>/t.jpg</video:thumbnail_loc><video:title>Flood</video:title><video:content_loc>/v.mp4</video:content_loc><video:duration>61</video:duration></video:video>
 </url><url><loc>javascript:x</loc></url></urlset>`;

it("reads news and video extensions under any prefix", () => {
  expect(sitemapOf(NEWS).pages).toEqual([
    {
      url: "https://gazette.example/a/1",
      modified: "2022-01-06T00:00:00Z",
      title: "Rivers & lakes",
      published: "2022-01-06T10:00:00+06:00",
      publication: "Gazette",
      language: "en",
      keywords: ["water", "law"],
      media: [
        {
          url: "https://gazette.example/v.mp4",
          kind: "video",
          title: "Flood",
          thumbnail: "https://gazette.example/t.jpg",
          durationSeconds: 61,
        },
      ],
    },
  ]);
});

it("reads the same gzipped", () => {
  expect(sitemapOf(gzipSync(NEWS)).pages).toHaveLength(1);
});

it("reads an index", () => {
  const index = sitemapOf(
    "<sitemapindex><sitemap><loc>https://gazette.example/s1.xml.gz</loc><lastmod>2022-01-06T10:00:00Z</lastmod></sitemap></sitemapindex>",
  );
  expect(index).toEqual({
    kind: "index",
    pages: [],
    sitemaps: [{ url: "https://gazette.example/s1.xml.gz", modified: "2022-01-06T10:00:00Z" }],
  });
});

it("reads a plain list", () => {
  expect(sitemapOf("https://gazette.example/1\r\nhttps://gazette.example/2\nnot one").pages).toHaveLength(2);
});

it.each([
  ["a page", "<html><body/></html>"],
  ["words", "Not found"],
  ["nothing", ""],
])("declines %s", (_name, text) => {
  expect(readSitemap(new TextEncoder().encode(text), { url }).ok).toBe(false);
});

it("declines broken gzip", () => {
  expect(readSitemap(Uint8Array.from([0x1f, 0x8b, 8, 0, 1, 2, 3]), { url })).toMatchObject({
    ok: false,
    reason: "damaged",
  });
});
