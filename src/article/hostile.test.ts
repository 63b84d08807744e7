/** Input made to hurt: nothing thrown, everything bounded. Time is not asserted; a quadratic walk would hang the run. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Article } from "../model/index.ts";
import { extractArticle, readArticleWeights, readPlainText } from "./index.ts";

const ROOT = join(import.meta.dirname, "../../test/golden/article");
const weights = readArticleWeights(
  JSON.parse(readFileSync(join(import.meta.dirname, "../../data/article/weights.json"), "utf8")),
);
const options = { url: "https://paper.example/x", fetchedAt: "2024-06-01T12:00:00Z", weights };
const prose =
  "The council voted on Tuesday to close the pier, and the boats had to move to the other side of the bay. ";

/** Small linear congruential generator: the same damage on every run. */
function dice(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % n;
  };
}

describe("hostile pages", () => {
  it.each<[string, string | Uint8Array]>([
    ["deep nesting", `${"<div>".repeat(50_000)}${prose.repeat(20)}`],
    ["deep inline nesting", `<p>${"<b><i>".repeat(30_000)}${prose.repeat(20)}`],
    [
      "many empty elements",
      `<article>${"<span class=date></span>".repeat(60_000)}<p>${prose.repeat(10)}</p></article>`,
    ],
    ["many short paragraphs", `<article>${"<p>a b</p>".repeat(60_000)}</article>`],
    ["one huge text", `<p>${prose.repeat(20_000)}`],
    ["nothing but angle brackets", "<".repeat(500_000)],
    ["unclosed script", `<script>${"x<".repeat(200_000)}`],
    ["unclosed comment", `<!--${"- ".repeat(200_000)}`],
    [
      "huge attribute",
      `<p class="${"comment-area".repeat(40_000)}" style="${"display ".repeat(40_000)}">${prose.repeat(10)}</p>`,
    ],
    ["names that repeat", `<div class="comment${"-area".repeat(5_000)}x"><p>${prose.repeat(10)}</p></div>`],
    [
      "JSON-LD of brackets",
      `<script type="application/ld+json">${"[".repeat(300_000)}</script><p>${prose.repeat(10)}</p>`,
    ],
    [
      "JSON-LD of quotes",
      `<script type="application/ld+json">{"a":${'"'.repeat(200_000)}}</script><p>${prose.repeat(10)}</p>`,
    ],
    [
      "JSON-LD body of tags",
      `<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"${"<script ".repeat(60_000)}"}</script>`,
    ],
    [
      "author of a million letters",
      `<meta name=author content="${"By Ann and ".repeat(80_000)}"><h1>Pier closes</h1><p>${prose.repeat(10)}</p>`,
    ],
    [
      "headline of a million letters",
      `<title>${"Pier | ".repeat(80_000)}</title><h1>${"Pier - ".repeat(80_000)}</h1><p>${prose.repeat(10)}</p>`,
    ],
    [
      "dates without end",
      `<h1>Pier</h1><div class=date>${"1.1.2020 ".repeat(60_000)}</div><p>${prose.repeat(10)}</p>`,
    ],
    ["lone surrogates and zeros", `<p>\ud800\udfff\u0000 ${prose.repeat(10)}</p>`],
    ["random bytes", Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7919 + (i >> 3) * 104729) & 255)],
  ])(
    "%s",
    (_name, input) => {
      const result = extractArticle(input, options);
      if (result.ok) {
        expect(() => Article.parse(result.article)).not.toThrow();
        for (const b of result.article.blocks)
          expect(b.span.end).toBeLessThanOrEqual(result.article.text.length);
      } else expect(result.detail).not.toBe("");
    },
    60_000,
  );

  it("reads every golden page cut short or with bytes changed", () => {
    const roll = dice(42);
    for (const name of readdirSync(ROOT)) {
      const bytes = readFileSync(join(ROOT, name, "source.html"));
      for (let round = 0; round < 6; round++) {
        const damaged = Uint8Array.from(bytes.subarray(0, round < 3 ? roll(bytes.length) : bytes.length));
        for (let k = 0; k < 12 && round >= 3; k++) damaged[roll(damaged.length)] = roll(256);
        const result = extractArticle(damaged, options);
        if (!result.ok) continue;
        const { text, blocks } = result.article;
        let at = 0;
        for (const { span } of blocks) {
          expect(span.start).toBeGreaterThanOrEqual(at);
          expect(span.end).toBeGreaterThan(span.start);
          at = span.end;
        }
        expect(at).toBe(text.length);
      }
    }
  }, 60_000);

  it.each([
    ["long line", "a ".repeat(400_000)],
    ["many lines", "a b c\n".repeat(100_000)],
    ["fields without end", "Title: x\n".repeat(50_000)],
    ["front matter without end", `---\n${"a: b\n".repeat(50_000)}`],
  ])(
    "plain text: %s",
    (_name, text) => {
      const result = readPlainText(text, options);
      expect(typeof result.ok).toBe("boolean");
    },
    60_000,
  );
});
