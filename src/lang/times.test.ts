import { describe, expect, it } from "vitest";
import { findTimes } from "./times.ts";

describe("findTimes", () => {
  it.each([
    ["Violence flared before a curfew was set to begin on Sunday.", "2014-08-18", "2014-08-17"],
    ["Leaders responded to Wednesday's attack and must be inclusive.", "2015-01-09", "2015-01-07"],
    ["The bill will be debated on Wednesday.", "2022-01-16", "2022-01-19"],
    ["The bill was debated on Wednesday.", "2022-01-16", "2022-01-12"],
  ])("%s", (text, publishedAt, start) => {
    expect(findTimes(text, { publishedAt })[0]?.start).toBe(start);
  });

  it("gives nothing when the day of publication is unknown or the language has no grammar", () => {
    expect(findTimes("on Wednesday", { publishedAt: "" })).toEqual([]);
    expect(findTimes("on Wednesday", { publishedAt: "2022-01-16", lang: "xx" })).toEqual([]);
  });

  it("keeps spans in order, apart, and equal to their words", () => {
    const text =
      "On Wednesday, Jan. 5, 2022, at 6:30 p.m. GMT, two days after the vote of early March, he left for three weeks, as every Friday since the 1990s.";
    const spans = findTimes(text, { publishedAt: "2022-01-16" });
    for (const [i, s] of spans.entries()) {
      expect(text.slice(s.span.start, s.span.end)).toBe(s.words);
      expect(s.span.start).toBeGreaterThanOrEqual(spans[i - 1]?.span.end ?? 0);
    }
  });
});
