import { describe, expect, it } from "vitest";
import type { Feed, FeedItem } from "../model/index.ts";
import { readFeed } from "./read-feed.ts";

const URL_OF_FEED = "https://gazette.example/news/rss.xml";

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function feedOf(
  text: string,
  options: { contentType?: string; contentLanguage?: string; contentLocation?: string } = {},
): Feed {
  const result = readFeed(bytes(text), { url: URL_OF_FEED, ...options });
  if (!result.ok) throw new Error(result.detail);
  return result.feed;
}

function rssItem(inner: string): FeedItem | undefined {
  return feedOf(`<rss version="2.0"><channel><title>G</title><item>${inner}</item></channel></rss>`).items[0];
}

function atomEntry(inner: string): FeedItem | undefined {
  return feedOf(`<feed xmlns="http://www.w3.org/2005/Atom"><title>G</title><entry>${inner}</entry></feed>`)
    .items[0];
}

describe("RSS items", () => {
  const cases: readonly (readonly [string, string, Partial<FeedItem>])[] = [
    [
      "title with markup and references",
      "<title>&lt;b&gt;Rivers&lt;/b&gt; &amp;amp; lakes &mdash; R&D</title>",
      { title: "Rivers & lakes — R&D" },
    ],
    [
      "title in CDATA",
      "<title><![CDATA[Mayor: <i>no</i> deal &amp; no talks]]></title>",
      { title: "Mayor: no deal & no talks" },
    ],
    ["a comparison is not a tag", "<title>Growth &lt; 3 percent</title>", { title: "Growth < 3 percent" }],
    ["relative link", "<link>/a/1</link>", { url: "https://gazette.example/a/1" }],
    [
      "guid as link",
      "<guid>https://gazette.example/a/2</guid>",
      { url: "https://gazette.example/a/2", guidIsLink: true },
    ],
    [
      "guid that is none",
      '<guid isPermaLink="false">tag-7</guid><link>/a/7</link>',
      { guid: "tag-7", guidIsLink: false },
    ],
    [
      "date with zone kept",
      "<pubDate>Thu, 06 Jan 2022 10:00:00 +0600</pubDate>",
      { published: "2022-01-06T10:00:00+06:00" },
    ],
    [
      "link in text made absolute",
      '<description>&lt;a href="/p"&gt;more&lt;/a&gt;</description>',
      { summary: '<a href="https://gazette.example/p">more</a>' },
    ],
    [
      "script never stays",
      "<description>ok&lt;script&gt;x()&lt;/script&gt;</description>",
      { summary: "ok" },
    ],
    [
      "source names its origin",
      '<source url="https://wire.example/rss">The Wire</source>',
      { source: { title: "The Wire", url: "https://wire.example/rss" } },
    ],
    [
      "address and name",
      "<author>desk@gazette.example (City Desk)</author>",
      { authors: [{ name: "City Desk", email: "desk@gazette.example" }] },
    ],
    [
      "creator without declared prefix",
      "<dc:creator>Ann Writer</dc:creator>",
      { authors: [{ name: "Ann Writer" }] },
    ],
    [
      "category with vocabulary",
      '<category domain="https://v.example/">Courts</category>',
      { categories: [{ term: "Courts", scheme: "https://v.example/" }] },
    ],
    ["simple point", "<georss:point>43.2 76.9</georss:point>", { point: { lat: 43.2, lon: 76.9 } }],
    [
      "geo:lat and geo:long",
      "<geo:lat>43.2</geo:lat><geo:long>76.9</geo:long>",
      { point: { lat: 43.2, lon: 76.9 } },
    ],
    ["latitude out of range", "<georss:point>143.2 76.9</georss:point>", {}],
    [
      "comments",
      "<comments>/c/1</comments><slash:comments>12</slash:comments>",
      { comments: "https://gazette.example/c/1", commentCount: 12 },
    ],
    [
      "page behind a counter",
      "<link>https://count.example/x</link><feedburner:origLink>https://gazette.example/real</feedburner:origLink>",
      { url: "https://count.example/x", originalUrl: "https://gazette.example/real" },
    ],
  ];
  it.each(cases)("%s", (_name, inner, expected) => {
    expect(rssItem(inner)).toMatchObject(expected);
  });

  it("reads pictures, films and sounds", () => {
    expect(
      rssItem(`<enclosure url="/v.mp4" type="video/mp4" length="1200"/><itunes:duration>01:35</itunes:duration>
        <media:thumbnail url="/still.jpg"/>`)?.media,
    ).toEqual([
      {
        url: "https://gazette.example/v.mp4",
        kind: "video",
        type: "video/mp4",
        bytes: 1200,
        durationSeconds: 95,
        thumbnail: "https://gazette.example/still.jpg",
      },
    ]);
  });

  it("finds films framed in the full text, and no other frames", () => {
    expect(
      rssItem(
        '<content:encoded><![CDATA[<p>See</p><iframe width="5" src="//www.youtube.com/embed/abc?x=1&amp;y=2"></iframe><iframe src="https://ads.example/"></iframe>]]></content:encoded>',
      ),
    ).toMatchObject({
      content: "<p>See</p>",
      media: [
        {
          url: "https://www.youtube.com/embed/abc?x=1&y=2",
          kind: "video",
          player: "https://www.youtube.com/embed/abc?x=1&y=2",
        },
      ],
    });
  });

  it("takes the best rendition of a media group, with the group's words", () => {
    expect(
      rssItem(`<media:group><media:title>March</media:title><media:description>Crowds</media:description>
        <media:credit>A. Lens</media:credit><media:thumbnail url="https://i.example/t.jpg"/>
        <media:content url="https://i.example/s.mp4" medium="video" width="320"/>
        <media:content url="https://i.example/l.mp4" medium="video" width="1280" height="720" duration="61"/></media:group>`)
        ?.media,
    ).toEqual([
      {
        url: "https://i.example/l.mp4",
        kind: "video",
        title: "March",
        caption: "Crowds",
        credit: "A. Lens",
        thumbnail: "https://i.example/t.jpg",
        durationSeconds: 61,
        width: 1280,
        height: 720,
      },
    ]);
  });
});

describe("Atom entries", () => {
  const cases: readonly (readonly [string, string, Partial<FeedItem>])[] = [
    ["text is text", "<title>The &lt;b&gt; tag</title>", { title: "The <b> tag" }],
    [
      "text escaped once too often",
      "<title>Don&amp;rsquo;t &amp;lt;b&amp;gt;</title>",
      { title: "Don’t &lt;b&gt;" },
    ],
    ["html is html", '<title type="html">The &lt;b&gt;bold&lt;/b&gt; one</title>', { title: "The bold one" }],
    [
      "xhtml",
      '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a <b>b</b></p></div></content>',
      { content: "<p>a <b>b</b></p>" },
    ],
    [
      "xml:base",
      '<content type="html" xml:base="https://other.example/x/">&lt;a href="y"&gt;z&lt;/a&gt;</content>',
      { content: '<a href="https://other.example/x/y">z</a>' },
    ],
    [
      "alternate beats the rest",
      '<link rel="self" href="/s"/><link href="/a"/><link rel="via" href="https://wire.example/1"/>',
      { url: "https://gazette.example/a", via: ["https://wire.example/1"] },
    ],
    [
      "source",
      "<source><title>The Wire</title><id>https://wire.example/</id></source>",
      { source: { title: "The Wire", url: "https://wire.example/" } },
    ],
    [
      "person",
      "<author><name>Ann</name><uri>/ann</uri></author>",
      { authors: [{ name: "Ann", url: "https://gazette.example/ann" }] },
    ],
    [
      "category",
      '<category term="c1" label="Courts" scheme="https://v.example/"/>',
      { categories: [{ term: "c1", label: "Courts", scheme: "https://v.example/" }] },
    ],
  ];
  it.each(cases)("%s", (_name, inner, expected) => {
    expect(atomEntry(inner)).toMatchObject(expected);
  });
});

describe("channel", () => {
  it("reads what a poller needs", () => {
    const feed = feedOf(`<rss version="2.0"><channel><title>G</title><link>https://gazette.example/</link>
      <atom:link rel="self" href="/rss"/><atom:link rel="hub" href="https://hub.example/"/><language>en_GB</language>
      <ttl>30</ttl><skipHours><hour>0</hour><hour>24</hour><hour>3</hour></skipHours><skipDays><day>Sunday</day></skipDays>
      <image><url>/logo.png</url><title>not the title</title><link>/not</link></image>
      <textInput><title>search</title></textInput></channel></rss>`);
    expect(feed).toMatchObject({
      title: "G",
      url: "https://gazette.example/",
      self: "https://gazette.example/rss",
      hub: "https://hub.example/",
      language: "en-GB",
      ttlMinutes: 30,
      skipHours: [0, 3],
      skipDays: ["Sunday"],
      image: "https://gazette.example/logo.png",
    });
  });
  it("reads sy:updatePeriod over sy:updateFrequency as minutes", () => {
    expect(
      feedOf(
        "<rss><channel><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency></channel></rss>",
      ).ttlMinutes,
    ).toBe(30);
  });
  it("takes relative links of a feed service as the site's", () => {
    const feed = feedOf(
      "<rss><channel><link>https://site.example/</link><item><link>/a</link></item></channel></rss>",
    );
    expect(feed.items[0]?.url).toBe("https://site.example/a");
  });
  it("falls back to Content-Language", () => {
    expect(
      feedOf("<rss><channel><title>x</title></channel></rss>", { contentLanguage: "kk, ru" }).language,
    ).toBe("kk");
  });
  it("takes Content-Location as base", () => {
    expect(
      feedOf("<rss><channel><link>a</link></channel></rss>", { contentLocation: "https://cdn.example/f/" })
        .url,
    ).toBe("https://cdn.example/f/a");
  });
});

describe("hostile and broken input", () => {
  const declined: readonly (readonly [string, string, string])[] = [
    ["nothing", "", "empty"],
    ["blanks", "   \n", "empty"],
    ["a page", "<!doctype html><html><body>Not found</body></html>", "not-a-feed"],
    ["a JSON error", '{"error":"forbidden"}', "not-a-feed"],
    ["broken JSON", '{"version": ', "not-a-feed"],
    ["a sitemap", "<urlset><url><loc>https://gazette.example/</loc></url></urlset>", "not-a-feed"],
    ["words", "Service unavailable", "not-a-feed"],
    ["elements without end", "<a>".repeat(100_000), "not-a-feed"],
  ];
  it.each(declined)("declines %s", (_name, text, reason) => {
    expect(readFeed(bytes(text), { url: URL_OF_FEED })).toMatchObject({ ok: false, reason });
  });

  const read: readonly (readonly [string, string, string | undefined])[] = [
    ["cut off in the middle", "<rss><channel><item><title>One</title></item><item><title>Tw", "One"],
    [
      "unescaped ampersands",
      "<rss><channel><item><title>AT&T & R&D &co;</title></item></channel></rss>",
      "AT&T & R&D &co;",
    ],
    [
      "external entity",
      '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><rss><channel><item><title>a &e;</title></item></channel></rss>',
      "a &e;",
    ],
    [
      "declared entity",
      '<!DOCTYPE r [<!ENTITY e "word">]><rss><channel><item><title>a &e;</title></item></channel></rss>',
      "a word",
    ],
    [
      "entity bomb",
      '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>',
      "&b;",
    ],
    [
      "keys of prototypes",
      '<rss><channel><item __proto__="x"><constructor/><__proto__>y</__proto__><title>t</title></item></channel></rss>',
      "t",
    ],
    [
      "an unknown namespace",
      '<x:rss xmlns:x="urn:new"><x:channel><x:item><x:title>t</x:title></x:item></x:channel></x:rss>',
      "t",
    ],
    [
      "spaces before the declaration",
      '\n\n <?xml version="1.0"?><rss><channel><item><title>t</title></item></channel></rss>',
      "t",
    ],
    ["upper case", "<RSS><CHANNEL><ITEM><TITLE>t</TITLE></ITEM></CHANNEL></RSS>", "t"],
    [
      "deep markup in a description",
      `<rss><channel><item><title>t</title><description>${"&lt;b&gt;".repeat(20_000)}deep</description></item></channel></rss>`,
      "t",
    ],
    [
      "an attribute of a megabyte",
      `<rss><channel><item a="${"y".repeat(1e6)}"><title>t</title></item></channel></rss>`,
      "t",
    ],
  ];
  it.each(read)("reads %s", (_name, text, title) => {
    expect(feedOf(text).items[0]?.title).toBe(title);
  });

  it("notes what it could not read", () => {
    const result = readFeed(
      bytes("<rss><channel><item><pubDate>soon</pubDate></item><item><pubDate>later</pubDate></item>"),
      { url: URL_OF_FEED },
    );
    expect(result.ok && result.notes.map((note) => `${note.code}: ${note.detail}`)).toEqual([
      "date-unreadable: soon (2 times)",
      "truncated: the document ends before its last element is closed",
    ]);
  });

  it("stops at too deep a nesting with what it has", () => {
    const result = readFeed(bytes(`<rss><channel><item><title>t</title></item>${"<x>".repeat(50_000)}`), {
      url: URL_OF_FEED,
    });
    expect(result.ok && result.feed.items.length).toBe(1);
    expect(result.ok && result.notes.some((note) => note.code === "too-deep")).toBe(true);
  });
});

it("reads JSON Feed and ignores values of the wrong type", () => {
  const feed = feedOf(
    JSON.stringify({
      version: "https://jsonfeed.org/version/1.1",
      title: "G",
      items: [
        {
          id: 5,
          title: 7,
          url: "/a",
          content_text: "a < b",
          date_published: "2022-01-06T10:00:00+06:00",
          tags: ["x", 1],
          attachments: [{ url: "/s.mp3", mime_type: "audio/mpeg" }],
        },
      ],
    }),
  );
  expect(feed.items[0]).toEqual({
    guid: "5",
    url: "https://gazette.example/a",
    content: "a &lt; b",
    published: "2022-01-06T10:00:00+06:00",
    authors: [],
    categories: [{ term: "x" }],
    media: [{ url: "https://gazette.example/s.mp3", kind: "audio", type: "audio/mpeg" }],
  });
});
