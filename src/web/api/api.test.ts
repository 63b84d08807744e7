import { beforeAll, describe, expect, it } from "vitest";
import { readFeed } from "../../feeds/read-feed.ts";
import { site } from "../test-site.ts";

let ask: Awaited<ReturnType<typeof site>>["ask"];
beforeAll(async () => {
  ({ ask } = await site());
});
const json = async (path: string) => (await (await ask(path)).json()) as Record<string, never>;

describe("the API", () => {
  it("describes itself in OpenAPI, each route with a summary", async () => {
    const doc = (await json("/api/v1/openapi.json")) as unknown as {
      openapi: string;
      paths: Record<string, { get: { summary?: string } }>;
    };
    expect(doc.openapi).toMatch(/^3\.1/);
    for (const [path, item] of Object.entries(doc.paths)) expect(item.get.summary, path).toBeTruthy();
    expect(Object.keys(doc.paths)).toEqual(
      expect.arrayContaining([
        "/articles",
        "/articles/{id}",
        "/stories",
        "/stories/{id}",
        "/search",
        "/coverage",
        "/changes",
        "/stats",
      ]),
    );
  });

  it("pages through articles without losing or repeating one", async () => {
    const seen: string[] = [];
    let after = "";
    for (let i = 0; i < 50; i++) {
      const page = (await json(`/api/v1/articles?limit=3${after}`)) as unknown as {
        rows: { id: string }[];
        next?: string;
      };
      seen.push(...page.rows.map((r) => r.id));
      if (page.next === undefined) break;
      after = `&after=${encodeURIComponent(page.next)}`;
    }
    expect(new Set(seen).size).toBe(seen.length);
    const { articles } = (await json("/api/v1/stats")) as unknown as { articles: number };
    expect(seen.length).toBe(articles);
  });

  it("gives each fact with the sentence it stands in, and no full text", async () => {
    const { rows } = (await json("/api/v1/articles?limit=50")) as unknown as { rows: { id: string }[] };
    let facts = 0;
    for (const { id } of rows) {
      const one = (await json(`/api/v1/articles/${id}`)) as unknown as {
        quantities: { words: string; sentenceText: string }[];
        article: Record<string, unknown>;
      };
      expect(one.article).not.toHaveProperty("text");
      for (const q of one.quantities) {
        facts++;
        expect(q.sentenceText).toContain(q.words);
      }
    }
    expect(facts).toBeGreaterThan(0);
  });

  it.each([
    ["/api/v1/articles/none", 404],
    ["/api/v1/stories/none", 404],
    ["/api/v1/articles?country=Norway", 400],
    ["/api/v1/articles?since=yesterday", 400],
    ["/api/v1/search?min=many", 400],
  ])("%s answers %i with the reason", async (path, status) => {
    const answer = await ask(path);
    expect(answer.status).toBe(status);
    expect(((await answer.json()) as { error: string }).error.length).toBeGreaterThan(5);
  });

  it.each(['"', "a OR", "NEAR(", "*", "-", "((", "col:x", "ü'\""])("search bears %j", async (q) => {
    expect((await ask(`/api/v1/search?q=${encodeURIComponent(q)}`)).status).toBe(200);
  });
});

describe("feeds of the site", () => {
  it.each(
    ["latest", "headlines", "breaking", "world", "videos"].flatMap((s) =>
      ["rss", "atom", "json"].map((f) => [`/feeds/${s}.${f}`]),
    ),
  )("%s can be read", async (path) => {
    const answer = await ask(path);
    const read = readFeed(new Uint8Array(await answer.arrayBuffer()), {
      url: `http://localhost${path}`,
      contentType: answer.headers.get("content-type") ?? undefined,
    });
    expect(read.ok).toBe(true);
  });

  it("gives a search as a table", async () => {
    const answer = await ask("/feeds/search/results.csv?q=");
    expect(answer.headers.get("content-type")).toContain("text/csv");
    expect((await answer.text()).split("\r\n")[0]).toContain("headline");
  });

  it.each(["/feeds/none.rss", "/feeds/latest.exe", "/feeds/story/none.rss"])(
    "%s is not found",
    async (path) => {
      expect((await ask(path)).status).toBe(404);
    },
  );
});
