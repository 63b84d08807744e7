/** Fuzz target: feeds, with sitemaps, OPML and the sanitiser on the way. Nothing may throw, and what comes out must be a record. */
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { discoverFeeds } from "../../src/feeds/discover.ts";
import { readOpml } from "../../src/feeds/opml.ts";
import { readFeed } from "../../src/feeds/read-feed.ts";
import { readSitemap } from "../../src/feeds/sitemap.ts";
import { Feed } from "../../src/model/index.ts";
import { type FuzzTarget, must } from "./mutate.ts";

const golden = new URL("../golden/feeds/", import.meta.url);
const corpus = readdirSync(golden).map((name) => {
  const file = readdirSync(new URL(`${name}/`, golden)).find((entry) => entry.startsWith("source."));
  return readFileSync(new URL(`${name}/${file}`, golden));
});
corpus.push(
  Buffer.from(
    '<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://g.example/1</loc><news:news><news:title>t</news:title></news:news></url></urlset>',
  ),
  Buffer.from(
    '<opml version="2.0"><body><outline text="a"><outline type="rss" xmlUrl="https://g.example/rss"/></outline></body></opml>',
  ),
  Buffer.from(
    '<rss version="2.0"><channel><item><description>&lt;p&gt;&lt;a href="/x" onclick="y"&gt;z&lt;/a&gt;&lt;script&gt;q&lt;/script&gt;&lt;/p&gt;</description></item></channel></rss>',
  ),
);

const words =
  `<item> </item> <entry> </entry> <title> </title> <![CDATA[ ]]> <!-- --> <!DOCTYPE <!ENTITY & &amp; &lt; &gt; &#x0; &#1114112; &#xD800; &nbsp; <script> </script>
&lt;script&gt; &lt;svg onload=x&gt; javascript: onerror= <b> <div> </div> <content type="xhtml"> type="html" mode="base64" xml:base="x:" xml:base="//" xmlns="" xmlns:a="b" __proto__ constructor hasOwnProperty
<media:group> <media:content <georss:point> <gml:pos> <enclosure <author> <source> <image> <textInput> <pubDate> 2022-01-06T10:00:00Z 99999999999999999999 -1 NaN \u0000 \ufeff \u2028 encoding="utf-16" encoding="x" {"items":[ "version": null [ ] { } \\ud800 http:// https://[::1 data: %`
    .split(/\s+/)
    .concat([" ", "\n", "<?xml version='1.0' encoding='windows-1251'?>"]);

const element = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, depthSize: "small" },
    fc.string({ maxLength: 12 }),
    fc.constantFrom(...words),
    fc
      .tuple(
        fc.constantFrom(
          "item",
          "entry",
          "title",
          "link",
          "description",
          "content",
          "content:encoded",
          "author",
          "name",
          "source",
          "image",
          "url",
          "media:group",
          "media:content",
          "media:thumbnail",
          "category",
          "guid",
          "pubDate",
          "updated",
          "georss:where",
          "gml:Point",
          "gml:pos",
          "b",
          "a",
          "p",
          "x:y",
        ),
        fc.array(
          fc.tuple(
            fc.constantFrom(
              "type",
              "href",
              "rel",
              "url",
              "xml:base",
              "xmlns",
              "xmlns:x",
              "isPermaLink",
              "onclick",
              "__proto__",
            ),
            fc.string({ maxLength: 8 }),
          ),
          { maxLength: 3 },
        ),
        fc.array(tie("tree"), { maxLength: 4 }),
        fc.boolean(),
      )
      .map(
        ([name, attributes, children, closed]) =>
          `<${name}${attributes.map(([key, value]) => ` ${key}="${value}"`).join("")}>${children.join("")}${closed ? `</${name}>` : ""}`,
      ),
  ),
}));
const invented = fc
  .tuple(
    fc.constantFrom("<rss><channel>", '<feed xmlns="http://www.w3.org/2005/Atom">', "<rdf:RDF><channel>", ""),
    fc.array(element.tree, { maxLength: 6 }),
  )
  .map(([root, trees]) => new TextEncoder().encode(root + trees.join("")));

export const feedTarget: FuzzTarget = {
  name: "feed",
  corpus,
  words,
  invent: (seed, count) => fc.sample(invented, { seed, numRuns: count }),
  check(bytes, turn) {
    const result = readFeed(bytes, {
      url: "https://gazette.example/feed",
      contentType: turn % 3 === 0 ? "text/xml; charset=utf-8" : undefined,
    });
    if (result.ok) {
      for (const item of result.feed.items)
        for (const html of [item.summary, item.content])
          must(
            html === undefined ||
              !/<(?:script|style|iframe|object|svg|math)\b|<[^>]*\son[a-z]+=/i.test(
                html.replace(/"[^"]*"/g, '""'),
              ),
            "unsafe HTML came through",
          );
      if (turn % 16 === 0) Feed.parse(result.feed);
    } else must(result.detail !== "", "a decline without words");
    if (turn % 4 === 0) readSitemap(bytes, { url: "https://gazette.example/sitemap.xml" });
    if (turn % 4 === 1) readOpml(bytes);
    if (turn % 4 === 2) discoverFeeds(new TextDecoder().decode(bytes), "https://gazette.example/");
  },
};
