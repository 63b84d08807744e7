import { describe, expect, it } from "vitest";
import { parseConllu } from "../src/eval/conllu.ts";
import { augment, dropCommas, type Example, gumNames, swapNames } from "./names.ts";

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

const tagged = (line: string): Example => {
  const pairs = line.split(" ").map((w) => w.split("/"));
  return { set: "uner", forms: pairs.map(([f = ""]) => f), tags: pairs.map(([, t = "O"]) => t) };
};

describe("copies with other names", () => {
  const examples = [
    tagged("Ada/B-PER Moor/I-PER left Arlen/B-LOC"),
    tagged("Bo/B-PER Quist/I-PER saw New/B-LOC Quarvan/I-LOC"),
    tagged("the Harbour/B-ORG Board/I-ORG sat"),
    tagged("ilo/B-PER spoke"),
    tagged("it rained"),
  ];
  let turn = 0;
  const copies = swapNames(examples, 1, () => ((29 * turn++) % 100) / 100);

  it("are made of the sentences that have names, and keep all other words", () => {
    expect(copies.map((e) => e.forms.filter((_, i) => e.tags[i] === "O").join(" "))).toEqual([
      "left",
      "saw",
      "the sat",
      "spoke",
    ]);
  });

  it("have names of the same type and of as many words where that is one", () => {
    const names = new Map([
      ["PER", /^(?:Ada|Bo) (?:Moor|Quist)$/],
      ["LOC", /^(?:Arlen|New Quarvan)$/],
      ["ORG", /^Harbour Board$/],
    ]);
    for (const { forms, tags } of copies.slice(0, 3))
      for (const [type, all] of names) {
        const name = forms.filter((_, i) => tags[i]?.endsWith(type)).join(" ");
        if (name !== "") expect(name).toMatch(all);
      }
    expect(copies[0]?.forms.at(-1)).toBe("Arlen");
  });

  it("are the same for the same numbers", () => {
    let again = 0;
    expect(swapNames(examples, 1, () => ((29 * again++) % 100) / 100)).toEqual(copies);
  });
});

describe("copies without the comma inside a place", () => {
  it.each([
    ["in Arlen/B-LOC ,/O Ovia/B-LOC today", "in Arlen Ovia today"],
    ["in New/B-LOC Arlen/I-LOC ,/O Ovia/B-LOC", "in New Arlen Ovia"],
    ["Arlen/B-LOC ,/O Ovia/B-LOC and Quarvan/B-LOC", undefined],
    ["Arlen/B-LOC ,/O Ovia/B-LOC ,/O Quarvan/B-LOC and others", undefined],
    ["Arlen/B-LOC ,/O they said", undefined],
  ])("%s", (line, made) => {
    const [copy] = dropCommas([tagged(line)]);
    expect(copy?.forms.join(" ")).toBe(made);
    expect(copy?.tags.length).toBe(copy?.forms.length);
  });
});
