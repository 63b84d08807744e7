import { describe, expect, it } from "vitest";
import { parseConllu } from "../src/eval/conllu.ts";
import { augment, type Example, gumNames } from "./names.ts";

/** Words as form/UPOS or form/UPOS/Entity. */
const sentence = (line: string) => {
  const rows = line.split(" ").map((w, i) => {
    const [form = "", upos = "", entity] = w.split("/");
    const misc = entity === undefined ? "_" : `Entity=${entity}`;
    return [i + 1, form, form, upos, "_", "_", i === 0 ? 0 : 1, i === 0 ? "root" : "dep", "_", misc].join(
      "\t",
    );
  });
  const [first] = parseConllu(`# text = x\n${rows.join("\n")}\n\n`);
  if (!first) throw new Error("no sentence");
  return first;
};

describe("names in GUM", () => {
  it.each([
    [
      "the/DET/(1-organization-new-nnnnn-cf1-2,4-coref University/PROPN of/ADP Arlen/PROPN/1) opened/VERB",
      "O B-ORG I-ORG I-ORG O",
    ],
    [
      "President/PROPN/(1-person-new-nnnnn-cf1-1,2,3-coref Ada/PROPN Moor/PROPN/1) spoke/VERB",
      "O B-PER I-PER O",
    ],
    ["the/DET/(1-person-new-nnnnn-cf1-2-coref president/NOUN/1) spoke/VERB", "O O O"],
    ["Arlen/PROPN/(1-place-new-nnnnn-cf1-1-sgl) slept/VERB", "B-LOC O"],
    [
      "Ada/PROPN/(1-person-new-nnnnn-cf1-1,3-coref(2-person-new-nnnnn-cf1-1-coref) and/CCONJ Bo/PROPN/(3-person-new-nnnnn-cf1-1-coref)1)",
      "B-PER O B-PER",
    ],
    ["Rain/PROPN/(1-abstract-new-nnnnn-cf1-1-coref) fell/VERB", "O O"],
  ])("%s", (line, tags) => {
    expect(gumNames(sentence(line)).tags.join(" ")).toBe(tags);
  });
});

describe("copies in other cases", () => {
  it("keep their tags and their number of words", () => {
    const examples: Example[] = Array.from({ length: 200 }, (_, k) => ({
      set: "uner",
      forms: ["Old", `Arlen${k}`, "slept"],
      tags: ["O", "B-LOC", "O"],
    }));
    let turn = 0;
    const all = augment(examples, 0.25, () => ((37 * turn++) % 100) / 100);
    expect(all.length).toBeGreaterThan(240);
    for (const e of all.slice(200)) {
      expect(e.tags).toEqual(["O", "B-LOC", "O"]);
      expect(e.forms.join(" ").toLowerCase()).toMatch(/^old arlen\d+ slept$/);
    }
  });
});
