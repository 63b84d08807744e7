import { describe, expect, it } from "vitest";
import { readFeed } from "../feeds/read-feed.ts";
import { type FeedOut, toAtom, toJsonFeed, toRss } from "./feeds-out.ts";

const feed: FeedOut = {
  title: "Dateline: <latest>",
  description: "All & sundry",
  page: "https://site.example/latest",
  self: "https://site.example/feeds/latest.rss",
  updated: "2024-05-01T10:00:00Z",
  items: [
    {
      id: "https://site.example/article/a1",
      url: "https://gazette.example/1?a=1&b=2",
      title: "Rain & <wind>\u0007",
      summary: 'It "rained".',
      outlet: "Gazette",
      published: "2024-05-01T09:00:00+02:00",
      seen: "2024-05-01T10:00:00Z",
      language: "en",
      demo: false,
    },
    {
      id: "https://site.example/article/a2",
      url: "https://gazette.example/2",
      title: "Undated",
      outlet: "Gazette",
      seen: "2024-05-01T10:00:00Z",
      demo: true,
    },
  ],
};

describe("feeds out", () => {
  it.each([
    ["RSS", toRss, "application/rss+xml"],
    ["Atom", toAtom, "application/atom+xml"],
    ["JSON Feed", toJsonFeed, "application/feed+json"],
  ])("%s is read back by our own reader", (_name, write, contentType) => {
    const read = readFeed(new TextEncoder().encode(write(feed)), { url: feed.self, contentType });
    if (!read.ok) throw new Error(read.detail);
    expect(read.feed.items).toHaveLength(2);
    expect(read.feed.items[0]?.url).toBe("https://gazette.example/1?a=1&b=2");
    expect(Date.parse(read.feed.items[0]?.published ?? "")).toBe(Date.parse("2024-05-01T07:00:00Z"));
    expect(read.feed.items[1]?.title).toBe("[demo] Undated");
    // Atom must say when an entry was updated, and readers take that for want of better; the others say nothing.
    if (contentType !== "application/atom+xml") expect(read.feed.items[1]?.published).toBeUndefined();
  });
});
