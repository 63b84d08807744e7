import { describe, expect, it } from "vitest";
import { applyScript, lemmaScript } from "./lemma.ts";

const pairs: readonly (readonly [string, string, string])[] = [
  ["cities", "city", "l|ies>y"],
  ["Police", "police", "l|>"],
  ["Paris", "Paris", "k|>"],
  ["was", "be", "=be"],
  ["KABUL", "Kabul", "t|>"],
  ["running", "run", "l|ning>"],
  ["дома", "дом", "l|а>"],
];

describe("lemma scripts", () => {
  it.each(pairs)("%s → %s is %s", (form, lemma, script) => {
    expect(lemmaScript(form, lemma)).toBe(script);
    expect(applyScript(form, script)).toBe(lemma);
  });

  it("declines a script whose ending is missing", () => {
    expect(applyScript("city", "l|ies>y")).toBeUndefined();
  });
});
