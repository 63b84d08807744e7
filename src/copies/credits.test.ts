import { describe, expect, it } from "vitest";
import { makeArticle } from "../../test/make-reading.ts";
import { agencyName, sameOutletName } from "./agencies.ts";
import { originClaims } from "./credits.ts";

const body = "The bridge over the Arno was closed on Monday after a lorry struck a pillar.\n\n";

describe("originClaims", () => {
  it.each<[string, string | undefined]>([
    ["Source link", undefined],
    ["Read the full article at the original site.", undefined],
    ["A pillar was struck. Read more »", undefined],
    ["This story was originally published by Hill Gazette.", "Hill Gazette"],
    ["Republished with permission from Hill Gazette.", "Hill Gazette"],
    ["© 2031 The Associated Press. All rights reserved.", "Associated Press"],
    ["Источник: ТАСС", "TASS"],
  ])("%s", (line, outlet) => {
    const claims = originClaims(makeArticle({ id: "a", body: body + line }));
    expect(claims.map((c) => c.outlet)).toEqual([outlet]);
  });

  it.each([
    "Reuters contributed to this report.",
    "Additional reporting by the Associated Press.",
    "Photo: Getty Images",
    "© 2031 Ridge Post. All rights reserved.",
    "The water was first on home lines and then in the streets.",
    "Traffic was sent over the hills.",
  ])("no origin in: %s", (line) =>
    expect(originClaims(makeArticle({ id: "a", body: body + line }))).toEqual([]),
  );

  it("takes the agency of the dateline and of a credit, but not the outlet's own name", () => {
    const span = { start: 0, end: 1 };
    const line = (agency: string) =>
      originClaims(makeArticle({ id: "a", body, dateline: { words: "PISA", place: "Pisa", agency, span } }));
    expect(line("Reuters").map((c) => c.kind)).toEqual(["dateline"]);
    expect(line("Ridge Post")).toEqual([]);
  });

  it("takes a source link on another host, with the page it leads to", () => {
    const claims = originClaims(
      makeArticle({
        id: "a",
        body,
        sourceLinks: [
          { url: "https://hill.example/7", words: "Source", relation: "source" },
          { url: "https://ridgepost.example/other", words: "more", relation: "source" },
        ],
      }),
    );
    expect(claims).toMatchObject([{ kind: "link", url: "https://hill.example/7", outlet: "hill.example" }]);
  });
});

describe("names of outlets", () => {
  it.each([
    ["AP", "The Associated Press", true],
    ["ТАСС", "TASS", true],
    ["Hill Gazette", "The Hill Gazette Online", true],
    ["Hill Gazette", "Ridge Post", false],
  ])("%s and %s", (a, b, same) => expect(sameOutletName(a, b)).toBe(same));
  it("knows no agency of that name", () => expect(agencyName("Hill Gazette")).toBeUndefined());
});
