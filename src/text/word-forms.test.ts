import { describe, expect, it } from "vitest";
import { otherNumber } from "./word-forms.ts";

describe("the other number of a word", () => {
  it.each([
    ["protest", "protests"],
    ["soldiers", "soldier"],
    ["city", "cities"],
    ["countries", "country"],
    ["crash", "crashes"],
    ["muerto", "muertos"],
  ])("%s ↔ %s", (word, other) => {
    expect(otherNumber(word)).toEqual([other]);
  });

  it.each(["news", "gas", "oil", "crisis", "virus", "press", "протест", "2022", "g20s"])(
    "%s has none",
    (word) => {
      expect(otherNumber(word)).toEqual([]);
    },
  );
});
