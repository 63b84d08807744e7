import { describe, expect, it } from "vitest";
import { discoverFeeds } from "./discover.ts";

const page = "https://gazette.example/news/index.html";

describe("discoverFeeds", () => {
  const first: readonly (readonly [string, string, string, string])[] = [
    [
      "declared",
      '<link rel="alternate" type="application/rss+xml" title="All" href="/rss">',
      "https://gazette.example/rss",
      "declared",
    ],
    [
      "declared, relative to base",
      '<base href="https://cdn.example/x/"><link rel="ALTERNATE" type="application/atom+xml" href="a.xml">',
      "https://cdn.example/x/a.xml",
      "declared",
    ],
    [
      "feed: scheme",
      '<link rel="alternate" type="application/rss+xml" href="feed:https://gazette.example/f">',
      "https://gazette.example/f",
      "declared",
    ],
    [
      "JSON Feed",
      '<link rel="alternate" type="application/feed+json" href="/feed.json">',
      "https://gazette.example/feed.json",
      "declared",
    ],
    ["linked", '<a href="/sport/rss.xml">RSS</a>', "https://gazette.example/sport/rss.xml", "linked"],
    ["WordPress", '<script src="/wp-content/x.js"></script>', "https://gazette.example/feed/", "usual-place"],
    ["nothing", "<p>hello</p>", "https://gazette.example/feed", "usual-place"],
  ];
  it.each(first)("%s", (_name, html, url, basis) => {
    expect(discoverFeeds(html, page)[0]).toMatchObject({ url, basis, kind: "feed" });
  });

  it("does not take a translation or an oEmbed address for a feed", () => {
    const html =
      '<link rel="alternate" hreflang="ru" href="/ru/"><link rel="alternate" type="application/json+oembed" href="/wp-json/oembed/1.0/embed?url=x"><link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">';
    expect(discoverFeeds(html, page).filter(({ basis }) => basis === "declared")).toEqual([]);
  });

  it("offers sitemaps last", () => {
    expect(discoverFeeds("", page).at(-1)?.kind).toBe("sitemap");
  });

  it("knows video channels", () => {
    expect(discoverFeeds("", "https://www.youtube.com/channel/UCabc")[0]?.url).toBe(
      "https://www.youtube.com/feeds/videos.xml?channel_id=UCabc",
    );
  });
});
