import { describe, expect, it } from "vitest";
import type { Article, ArticleResult } from "../model/index.ts";
import { readPlainText } from "./plaintext.ts";

const FETCHED = "2024-06-01T12:00:00Z";
const BODY = [
  "The harbour council of Lowmere voted on Tuesday to close the eastern pier for eight months, saying that storms in the autumn had loosened more than forty of its oak piles.",
  "Engineers who inspected the pier in October found that the sea had carried away up to two metres of the bed below the outer berths, council leader Marta Quill told the meeting.",
  "“We would rather lose one summer than one life,” she said.",
];
const article = (result: ArticleResult): Article => {
  if (!result.ok) throw new Error(result.detail);
  return result.article;
};
const bodyOf = (a: Article): string[] =>
  a.blocks.filter((b) => b.kind !== "headline").map((b) => a.text.slice(b.span.start, b.span.end));

describe("readPlainText", () => {
  it.each([
    [
      "date, site, tagline, headline, body, bare source link",
      [
        "March 4, 2024",
        "Daily Coast",
        "Coast News, Harbour, Weather and Sport",
        "Lowmere shuts its eastern pier for a summer",
        ...BODY,
        "Source link",
      ],
      {
        outletName: "Daily Coast",
        title: "Lowmere shuts its eastern pier for a summer",
        published: "2024-03-04",
        byline: [],
      },
    ],
    [
      "headline, outlet and date on one line, signature",
      ["Pier closes", "THE COAST POST | 2024-03-04", "Ines Holt and Per Aldham", ...BODY],
      {
        outletName: "THE COAST POST",
        title: "Pier closes",
        published: "2024-03-04",
        byline: ["Ines Holt", "Per Aldham"],
      },
    ],
    [
      "headline repeated and a caption above the body",
      [
        "Pier closes for a summer",
        "Coast Radio News | 2024-03-04",
        "Pier closes for a summer",
        "Enlarge this image toggle caption Ole Strand",
        ...BODY,
      ],
      {
        outletName: "Coast Radio News",
        title: "Pier closes for a summer",
        published: "2024-03-04",
        byline: [],
      },
    ],
    [
      "undated",
      ["Pier closes for a summer", "Coast Post | unknown", ...BODY],
      { outletName: "Coast Post", title: "Pier closes for a summer", published: undefined, byline: [] },
    ],
  ])("%s", (_name, lines, expected) => {
    const a = article(readPlainText(lines.join("\n\n"), { fetchedAt: FETCHED }));
    expect({
      outletName: a.outletName,
      title: a.title,
      published: a.published?.value,
      byline: a.byline,
    }).toEqual(expected);
    expect(bodyOf(a)).toEqual(BODY);
    expect(a.language).toBe("en");
  });

  it.each([
    [
      "front matter",
      `---\ntitle: "Pier closes"\ndate: 2024-03-04\nauthor: Ines Holt\nsource: Coast Post\ntags: [harbour, storms]\n---\n\n${BODY.join("\n\n")}`,
    ],
    [
      "headers like a letter's",
      `From: Coast Post <news@coast.example>\nSubject: Pier closes\nDate: Mon, 4 Mar 2024 10:00:00 +0100\nBy: Ines Holt\n\n${BODY.join("\n\n")}`,
    ],
  ])("%s", (_name, text) => {
    const a = article(readPlainText(text, { fetchedAt: FETCHED }));
    expect([a.title, a.outletName, a.byline, a.published?.value.slice(0, 10)]).toEqual([
      "Pier closes",
      "Coast Post",
      ["Ines Holt"],
      "2024-03-04",
    ]);
    expect(bodyOf(a)).toEqual(BODY);
  });

  it("joins hard-wrapped lines and points every span at its words", () => {
    const wrapped = BODY.map((p) => p.replace(/(.{50,70}) /g, "$1\n")).join("\n\n");
    const a = article(readPlainText(`Pier closes for a summer\n\n${wrapped}`, { fetchedAt: FETCHED }));
    expect(bodyOf(a)).toEqual(BODY);
  });

  it("says when a bare source link names another original", () => {
    const a = article(
      readPlainText(`Pier closes for a summer\n\n${BODY.join("\n\n")}\n\nSource link`, {
        fetchedAt: FETCHED,
      }),
    );
    expect(a.notes.map((n) => n.code)).toContain("source-link-bare");
  });

  it("never dates a page after it was fetched", () => {
    const a = article(
      readPlainText(`Pier closes\nCoast Post | 2031-03-04\n\n${BODY.join("\n\n")}`, { fetchedAt: FETCHED }),
    );
    expect(a.published).toBeUndefined();
  });

  it.each([
    ["empty", " \n ", "empty"],
    ["too short", "Hello there", "not-an-article"],
    ["binary", "\0".repeat(500), "not-text"],
  ])("declines what is %s", (_name, text, reason) => {
    expect(readPlainText(text, { fetchedAt: FETCHED })).toMatchObject({ ok: false, reason });
  });
});
