import { describe, expect, it } from "vitest";
import { findNumbers } from "./numbers.ts";

type Case = [string, string, number | undefined, number | undefined, number | undefined, string?];
const CASES: Case[] = [
  ["At least 164 people were killed.", "At least 164", 164, undefined, undefined, "At least"],
  ["Almost 8,000 were held.", "Almost 8,000", undefined, 8000, undefined, "Almost"],
  ["About 50 marched.", "About 50", undefined, undefined, 50, "About"],
  ["He saw twenty-five tanks.", "twenty-five", 25, 25, 25],
  ["Two dozen men fled.", "Two dozen", 24, 24, 24],
  ["Dozens were hurt.", "Dozens", 24, undefined, undefined, "Dozens"],
  ["Tens of thousands marched.", "Tens of thousands", 20000, undefined, undefined, "Tens of thousands"],
  ["Several hundred came.", "Several hundred", 200, undefined, undefined, "Several hundred"],
  ["Between 10 and 20 rebels died.", "Between 10 and 20", 10, 20, undefined, "Between"],
  ["Some 10 to 20 rebels died.", "Some 10 to 20", 10, 20, undefined, "Some"],
  ["Two to three million fled.", "Two to three million", 2e6, 3e6, undefined],
  ["It cost $2.5 million.", "$2.5 million", 2.5e6, 2.5e6, 2.5e6],
  ["It cost US$1.2bn.", "US$1.2bn", 1.2e9, 1.2e9, 1.2e9],
  ["It cost millions of dollars.", "millions of dollars", 2e6, undefined, undefined, "millions"],
  ["As many as 40 died.", "As many as 40", undefined, 40, undefined, "As many as"],
  ["No fewer than nine fell.", "No fewer than nine", 9, undefined, undefined, "No fewer than"],
  ["There were 50 or so.", "50 or so", undefined, undefined, 50, "or so"],
  ["There were 100 or more.", "100 or more", 100, undefined, undefined, "or more"],
  ["Two hundred and fifty people came.", "Two hundred and fifty", 250, 250, 250],
  ["Turnout was 12.5 percent.", "12.5 percent", 12.5, 12.5, 12.5],
];

describe("findNumbers", () => {
  it.each(CASES)("%s", (text, words, low, high, exact, hedge) => {
    const found = findNumbers(text)[0];
    expect(found).toBeDefined();
    if (found === undefined) return;
    expect(text.slice(found.start, found.end)).toBe(words);
    expect([found.low, found.high, found.exact, found.hedge]).toEqual([low, high, exact, hedge]);
  });

  it("takes no ordinals", () => expect(findNumbers("The 5th brigade left on the first day.")).toEqual([]));
});
