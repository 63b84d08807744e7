/**
 * Golden pages: each folder of test/golden/article holds a page we wrote, what must be read from it, and why it is there.
 * Only the fields named in `expected` are compared. A folder without expected.json gets one written, and fails.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Article, type ArticleResult } from "../model/index.ts";
import { extractArticle, readArticleWeights } from "./index.ts";

const ROOT = join(import.meta.dirname, "../../test/golden/article");
const weights = readArticleWeights(
  JSON.parse(readFileSync(join(import.meta.dirname, "../../data/article/weights.json"), "utf8")),
);

type Golden = {
  readonly page: { readonly url: string; readonly contentType?: string };
  readonly expected: Readonly<Record<string, unknown>>;
};

/** The record in the form expectations are written in: texts instead of spans. */
function view(result: ArticleResult): Record<string, unknown> {
  if (!result.ok) return { ok: false, reason: result.reason };
  const { article } = result;
  const words = (span: { start: number; end: number }): string => article.text.slice(span.start, span.end);
  return {
    ...article,
    ok: true,
    blocks: article.blocks.filter((b) => b.kind !== "headline").map((b) => [b.kind, words(b.span)]),
    notes: article.notes.map((n) => n.code),
    credits: article.credits.map(({ span: _, ...credit }) => credit),
    ...(article.dateline === undefined
      ? {}
      : { dateline: (({ span: _, ...dateline }) => dateline)(article.dateline) }),
  };
}

describe("golden pages", () => {
  for (const name of readdirSync(ROOT).sort()) {
    it(name, () => {
      const file = join(ROOT, name, "expected.json");
      const golden: Golden | undefined = existsSync(file)
        ? (JSON.parse(readFileSync(file, "utf8")) as Golden)
        : undefined;
      const bytes = readFileSync(join(ROOT, name, "source.html"));
      const url = golden?.page.url ?? `https://news.lowmere-courier.example/${name}`;
      const result = extractArticle(bytes, {
        ...golden?.page,
        url,
        fetchedAt: "2024-06-01T12:00:00Z",
        weights,
      });
      if (result.ok) expect(() => Article.parse(result.article)).not.toThrow();
      const seen = view(result);
      if (golden === undefined) {
        const { ok, title, byline, published, language, blocks, reason } = seen;
        const expected = { ok, title, byline, published, language, blocks, reason };
        writeFileSync(file, `${JSON.stringify({ page: { url }, expected }, null, 2)}\n`);
        throw new Error(`No expectation for ${name}: one was written, read it and keep it if it is right`);
      }
      const { holds, ...fields } = golden.expected;
      for (const [field, value] of Object.entries(fields))
        expect({ [field]: seen[field] }).toEqual({ [field]: value });
      for (const text of (holds as readonly string[] | undefined) ?? []) expect(seen["text"]).toContain(text);
    });
  }
});
