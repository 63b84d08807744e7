import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { extractArticle, readArticleWeights } from "./index.ts";

const weights = readArticleWeights(
  JSON.parse(readFileSync(join(import.meta.dirname, "../../data/article/weights.json"), "utf8")),
);
const first =
  "The council of Lowmere voted on Tuesday evening to close the old pier, after a survey found that eleven of its forty posts had rotted through.";
const second =
  "The boats that carry people to the islands will start from the harbour instead, the council said, and the fares are to stay as they are until May.";
const third =
  "Ines Marsh, who keeps the tea room on the pier, said she had been given three weeks to leave. She has run it for twenty years.";

/** The body of a page whose text stands between `above` and `below`. */
function read(above: string, below: string, url = "https://courier.example/2024/05/pier") {
  const html = `<!doctype html><html lang="en"><head><title>Pier to close - Lowmere Courier</title><meta property="og:site_name" content="Lowmere Courier"></head><body><header><a href="/">Lowmere Courier</a></header><article><h1>Pier to close</h1>${above}<div class="text"><p>${first}</p><p>${second}</p><p>${third}</p>${below}</div></article><footer>Lowmere Courier Ltd</footer></body></html>`;
  const result = extractArticle(html, {
    url,
    fetchedAt: "2024-06-01T00:00:00Z",
    weights,
    outlets: [{ id: "tarn", name: "Tarn Wire", hosts: ["tarn.example"] }],
  });
  if (!result.ok) throw new RangeError(result.detail);
  const { article } = result;
  return { article, body: article.text.slice(article.title.length).trim() };
}
const whole = [first, second, third].join("\n\n");

describe("headline and summary in one block", () => {
  it("are no part of the body", () => {
    const summary =
      "A survey finds eleven of the forty posts of the Lowmere pier rotted through, and the boats must move.";
    const html = (head: string) =>
      `<!doctype html><html lang="en"><head><title>Council closes the old pier at Lowmere</title><meta name="description" content="${summary}"></head><body><main><div>${head}</div><article><h1>The pier: what the council found</h1><p>${first}</p><p>${second}</p><p>${third}</p></article></main></body></html>`;
    const result = extractArticle(html(`<b>Council closes the old pier at Lowmere</b> <b>${summary}</b>`), {
      url: "https://courier.example/2024/05/pier",
      fetchedAt: "2024-06-01T00:00:00Z",
      weights,
      outlets: [],
    });
    if (!result.ok) throw new RangeError(result.detail);
    expect(result.article.text).toBe(`The pier: what the council found\n\n${whole}`);
  });
});

describe("lines around the text", () => {
  it.each([
    ["time element", '<time datetime="2024-05-02">2 May 2024</time>'],
    ["date in Spanish", '<p class="fecha">2 de mayo de 2024</p>'],
    ["date in Russian", "<div class=date>2 мая 2024, 21:40</div>"],
    ["date in Arabic", "<div class=date>2 مايو 2024</div>"],
    ["address and time", "<address>Ines Holt</address><time>16 January 2022, 08:30 NZDT</time>"],
    ["by-line with date", "<p>By <span class=p-author>Ines Holt</span> on <time>May 2, 2024</time></p>"],
    ["agency and date", '<div class="strap">Agencies | 2 May 2024, 17:00 IST</div>'],
    ["agency line", '<p class="agency">Tarn Wire</p>'],
    ["share bar", '<div class="sharebar"><span>Share</span><span>Post</span><span>Mail</span></div>'],
    ["share bar in Russian", '<div class="bar"><p>Поделиться</p></div>'],
  ])("above: %s", (_name, above) => {
    expect(read(above, "").body).toBe(whole);
  });

  it.each([
    ["staff credit", "<p>(Reporting by Ines Holt; editing by the coast desk)</p>"],
    ["source link", "<p>Source link</p>"],
    [
      "other headlines",
      '<div class="also"><b>You may also like</b><br><a href="/a">225 boats lost at sea, the harbour master reveals</a></div>',
    ],
    [
      "other headlines in Spanish",
      "<h4>Te puede interesar</h4><ul><li><a href=/a>El puerto pierde 225 barcos en una noche</a></li></ul>",
    ],
    [
      "other headlines in Arabic",
      "<h4>اقرأ أيضا</h4><ul><li><a href=/a>فقدان 225 قاربا في ليلة واحدة قبالة الساحل</a></li></ul>",
    ],
  ])("below: %s", (_name, below) => {
    expect(read("", below).body).toBe(whole);
  });

  it("keeps what is cut as credit, and an agency out of the by-line", () => {
    const { article } = read(
      '<p class="agency">Tarn Wire</p>',
      "<p>(Reporting by Ines Holt; editing by the coast desk)</p>",
    );
    expect(article.byline).toEqual([]);
    expect(article.credits).toHaveLength(2);
    expect(article.credits).toContainEqual({ words: "Tarn Wire", agency: "Tarn Wire" });
    expect(article.credits).toContainEqual({ words: "(Reporting by Ines Holt; editing by the coast desk)" });
  });

  it("says that a bare source link names another original", () => {
    expect(read("", "<p>Source link</p>").article.notes.map((n) => n.code)).toContain("source-link-bare");
  });

  it("keeps a sentence that only begins like a credit", () => {
    const line =
      "Reporting by the harbour office shows that the pier sank. It has done so every year since the war.";
    expect(read("", `<p>${line}</p>`).body).toContain(line);
  });
});
