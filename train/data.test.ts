import { describe, expect, it } from "vitest";
import { headline, presentForm, type Tree } from "./data.ts";
import { createRandom } from "./random.ts";
import { principalAxes } from "./vectors.ts";

const forms: readonly (readonly [string, boolean, string])[] = [
  ["carry", false, "carries"],
  ["carry", true, "carry"],
  ["say", false, "says"],
  ["have", false, "has"],
  ["push", false, "pushes"],
  ["go", false, "goes"],
];

const PAST = "Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin";
const word = (
  form: string,
  upos: string,
  head: number,
  deprel: string,
  lemma = form.toLowerCase(),
  feats = "_",
) => ({
  form,
  lemma,
  upos,
  feats,
  head,
  deprel,
});
const TREE: Tree = [
  word("The", "DET", 2, "det"),
  word("rebels", "NOUN", 3, "nsubj", "rebel"),
  word("seized", "VERB", 0, "root", "seize", PAST),
  word("a", "DET", 5, "det"),
  word("town", "NOUN", 3, "obj"),
  word(".", "PUNCT", 3, "punct"),
];

describe("headline", () => {
  it.each(forms)("%s, plural %s: %s", (lemma, plural, expected) => {
    expect(presentForm(lemma, plural)).toBe(expected);
  });

  it("keeps the tree whole whatever it drops", () => {
    const seen = new Set<string>();
    for (let seed = 1; seed < 60; seed++) {
      const made = headline(TREE, createRandom(seed), "en");
      seen.add(made.map((each) => each.form).join(" "));
      expect(made.filter((each) => each.head === 0)).toHaveLength(1);
      const verb = made.findIndex((each) => each.lemma === "seize");
      const town = made.find((each) => each.lemma === "town");
      expect(town?.head).toBe(verb + 1);
    }
    expect(seen).toContain("Rebels Seize Town");
    expect(seen).toContain("The rebels seized a town");
  });
});

describe("principalAxes", () => {
  it("finds the axis of largest variance first", () => {
    const axes = principalAxes(Float64Array.from([2, 1, 1, 2]), 2);
    expect(Math.abs(axes[0] ?? 0)).toBeCloseTo(Math.SQRT1_2, 6);
    expect((axes[0] ?? 0) * (axes[1] ?? 0)).toBeCloseTo(0.5, 6);
  });
});
