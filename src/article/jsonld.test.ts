import { describe, expect, it } from "vitest";
import { readJsonLd, typesOf, undoEntities, wordsOf } from "./jsonld.ts";

describe("readJsonLd", () => {
  it.each([
    ["plain", '{"@type":"NewsArticle","headline":"A"}', "A"],
    ["trailing commas", '{"@type":"NewsArticle","headline":"A",}', "A"],
    ["raw line break in a string", '{"@type":"NewsArticle","headline":"A\nB"}', "A\nB"],
    ["comments", '/* x */ {"@type":"NewsArticle", // y\n"headline":"A"}', "A"],
    ["CDATA", '//<![CDATA[\n{"@type":"NewsArticle","headline":"A"}\n//]]>', "A"],
    ["unescaped quotation marks", '{"@type":"NewsArticle","headline":"The "big" A","x":1}', 'The "big" A'],
    ["graph", '{"@graph":[{"@type":"WebSite"},{"@type":"NewsArticle","headline":"A"}]}', "A"],
    ["two values", '{"@type":"NewsArticle","headline":"A"}{"@type":"WebSite"}', "A"],
    ["rubbish behind", '{"@type":"NewsArticle","headline":"A"} junk', "A"],
  ])("%s", (_name, script, headline) => {
    const { things } = readJsonLd([script]);
    const article = things.find((t) => typesOf(t).includes("NewsArticle"));
    expect(article && wordsOf(article["headline"])).toBe(headline);
  });

  it("counts what cannot be mended", () => {
    expect(readJsonLd(["{ nonsense", ""])).toMatchObject({ things: [], malformed: 2 });
  });

  it("undoes entities once", () => {
    expect(undoEntities("Caf&eacute; &amp; B&#228;r &unknown; &#xD800;")).toBe(
      "Café & Bär &unknown; &#xD800;",
    );
  });
});
