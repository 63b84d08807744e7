import fc from "fast-check";
import { expect, it } from "vitest";
import { type OpmlFeed, readOpml, writeOpml } from "./opml.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

it("reads feeds with their folders", () => {
  const result = readOpml(
    encode(`<opml version="1.0"><head><title>World</title></head><body>
    <outline text="Asia"><outline text="Gazette &amp; Mail" type="rss" xmlUrl="https://gazette.example/rss" htmlUrl="https://gazette.example/"/>
    <outline text="not a feed"/><outline title="Old" XMLURL="feed://old.example/rss"/></outline></body></opml>`),
  );
  expect(result).toEqual({
    ok: true,
    title: "World",
    feeds: [
      {
        url: "https://gazette.example/rss",
        title: "Gazette & Mail",
        site: "https://gazette.example/",
        folders: ["Asia"],
      },
      { url: "http://old.example/rss", title: "Old", folders: ["Asia"] },
    ],
  });
});

it("declines what is no OPML", () => {
  expect(readOpml(encode("<html/>"))).toMatchObject({ ok: false });
});

it("reads back what it wrote", () => {
  const word = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 8 })
    .map((text) => `x${text.replace(/\s+/g, " ").replace(/[\p{C}]/gu, "")}x`);
  const feed = fc.record({
    url: fc.nat().map((n) => `https://gazette.example/${n}?a=1&b=2`),
    title: word,
    folders: fc.array(word, { maxLength: 3 }),
  });
  fc.assert(
    fc.property(fc.uniqueArray(feed, { maxLength: 8, selector: ({ url }) => url }), (feeds: OpmlFeed[]) => {
      const back = readOpml(encode(writeOpml(feeds, { title: "t" })));
      const key = (one: OpmlFeed): string => JSON.stringify([one.url, one.title, one.folders]);
      return back.ok && JSON.stringify(back.feeds.map(key).sort()) === JSON.stringify(feeds.map(key).sort());
    }),
    { numRuns: 300 },
  );
});
