import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { extractArticle, readArticleWeights } from "./index.ts";
import { stateBody } from "./state.ts";

const lines = [
  "The council of Lowmere voted on Tuesday evening to close the old pier, after a survey found that eleven of its forty posts had rotted through.",
  "The boats that carry people to the islands will start from the harbour instead, the council said, and the fares are to stay as they are until May.",
  "Ines Marsh, who keeps the tea room on the pier, said she had been given three weeks to leave. She has run it for twenty years.",
];
const markup = lines.map((line) => `<p>${line}</p>`).join("");
const parts = lines.map((content) => ({ type: "text", content }));
const other = { teasers: [{ title: "Another story", body: "Too short." }], config: { html: "<div></div>" } };
const pad = { padding: "x".repeat(500) };

describe("stateBody", () => {
  it.each<[string, string]>([
    ["Next.js", JSON.stringify({ props: { pageProps: { post: { bodyHtml: markup }, ...other } }, ...pad })],
    [
      "Fusion",
      `window.Fusion=window.Fusion||{};Fusion.globalContent=${JSON.stringify({ content_elements: [parts[0], { type: "image", content: "a.jpg" }, parts[1], parts[2]], ...pad })};Fusion.globalContentConfig={"a":1};`,
    ],
    [
      "quoted",
      `window.__INITIAL_STATE__ = JSON.parse(${JSON.stringify(JSON.stringify({ article: { content: markup }, ...pad }))});`,
    ],
    ["preloaded", `window.__PRELOADED_STATE__ = ${JSON.stringify({ a: [{ blocks: parts }], ...pad })};`],
  ])("%s", (_name, script) => {
    const text = stateBody([script]) ?? "";
    expect(
      text
        .split(/\n+/)
        .filter((line) => line.trim() !== "")
        .map((line) => line.trim()),
    ).toEqual(lines);
  });

  it.each([
    ["teasers", JSON.stringify(other)],
    ["code", `window.__INITIAL_STATE__ = {"html": "${".a{color:red} ".repeat(60)}"}`],
    ["rubbish", `window.__INITIAL_STATE__ = {"html": ${"[".repeat(5000)}`],
    ["a function", "window.__NUXT__=(function(a,b){return {a:1}})()"],
  ])("finds none in %s", (_name, script) => {
    expect(stateBody([script])).toBeUndefined();
  });
});

describe("a page that shows nothing of its text", () => {
  const weights = readArticleWeights(
    JSON.parse(readFileSync(join(import.meta.dirname, "../../data/article/weights.json"), "utf8")),
  );
  const read = (shown: string) =>
    extractArticle(
      `<!doctype html><html><head><title>Pier to close</title><meta property="og:type" content="article"><meta property="og:title" content="Pier to close"></head><body><div id="__next">${shown}</div><script id="__NEXT_DATA__" type="application/json">${JSON.stringify({ props: { pageProps: { post: { body: markup } } }, ...pad })}</script></body></html>`,
      { url: "https://courier.example/2024/05/pier", fetchedAt: "2024-06-01T00:00:00Z", weights },
    );
  it("takes it from the script and says so", () => {
    const result = read("<h1>Pier to close</h1><p>Loading…</p>");
    if (!result.ok) throw new RangeError(result.detail);
    expect(result.article.text).toBe(["Pier to close", ...lines].join("\n\n"));
    expect(result.article.notes.map((n) => n.code)).toContain("body-from-script");
  });
  it("leaves the script alone where the text is shown", () => {
    const result = read(`<article><h1>Pier to close</h1>${markup}</article>`);
    if (!result.ok) throw new RangeError(result.detail);
    expect(result.article.notes.map((n) => n.code)).not.toContain("body-from-script");
  });
});
