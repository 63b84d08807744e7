import { describe, expect, it } from "vitest";
import { sentenceFeatures } from "./features.ts";
import { NAME, readNameWords } from "./name-words.ts";

const names = readNameWords("# word, lists\nada\tfp\nalex\tfm\nharbourco\tc\n");

describe("lists of names", () => {
  it.each([
    ["ada", NAME.woman | NAME.person],
    ["alex", NAME.woman | NAME.man],
    ["harbourco", NAME.firm],
    ["rain", 0],
    ["# word, lists", 0],
  ])("%s is %i", (word, bits) => {
    expect(names(word)).toBe(bits);
  });

  it("are heard in any case, and change what the tagger is told", () => {
    const tables = { classes: undefined, gazetteer: (f: readonly string[]) => new Uint16Array(f.length) };
    const traits = (forms: readonly string[], lists?: typeof names) =>
      [...sentenceFeatures(forms, { ...tables, names: lists }).traits].map((t) => (t >>> 25) & 7);
    expect(traits(["Ada", "ALEX", "harbourco", "rain"], names)).toEqual([3, 1, 4, 0]);
    expect(traits(["Ada", "ALEX", "harbourco", "rain"])).toEqual([0, 0, 0, 0]);
  });
});
