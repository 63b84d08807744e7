import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { loadCorefModel, loadEntityTools, loadParser } from "../adapters/tables.ts";
import { bindCoreference } from "./bind.ts";
import { codesOfNames, loadCoref, readPhrases, resolveChains, saveCoref } from "./coref.ts";
import { addMention, antecedents, common, likeness, newChains } from "./corefchains.ts";
import { COREF_BITS, MOST_FEATURES, newFeatures, pairFeatures } from "./coreffeatures.ts";
import { corefTree, MENTION_BITS } from "./corefmentions.ts";
import type { Phrases } from "./corefphrases.ts";
import { readEntities } from "./read.ts";

const empty = { arcs: new Float32Array(1 << MENTION_BITS), keep: new Float32Array(1 << MENTION_BITS) };

describe("weights of coreference", () => {
  it("come back from the bytes they were written to, rounded", () => {
    const weights = new Float32Array(1 << COREF_BITS);
    weights[5] = 1.27;
    weights[6] = -0.5;
    const model = loadCoref(saveCoref({ ...empty, keep: empty.keep.fill(0.25) }, weights, -0.4));
    expect([model.weights[5], model.weights[6], model.weights[7]]).toEqual([127, -50, 0]);
    expect(model.bias).toBeCloseTo(-40, 3);
    expect(model.mentions.keep[3]).toBeCloseTo(0.25, 5);
  });
  it("are declined in other formats", () => {
    expect(() => loadCoref(new Uint8Array(4 + (1 << COREF_BITS)))).toThrow(RangeError);
  });
});

describe("a tree", () => {
  it("knows the words below each word, and survives heads that lead nowhere", () => {
    const word = (form: string, head: number, deprel: string) => ({
      form,
      lemma: form,
      upos: "NOUN",
      feats: "_",
      head,
      deprel,
    });
    const t = corefTree([
      word("a", 2, "det"),
      word("b", 0, "root"),
      word("c", 4, "dep"),
      word("d", 3, "dep"),
    ]);
    expect([t.from[1], t.to[1]]).toEqual([0, 2]);
    expect([t.from[2], t.to[2]]).toEqual([2, 3]);
  });
});

it.each<readonly [number[], number[], number]>([
  [[], [1], 0],
  [[-5, 1, 9], [1, 9], 2],
  [[1, 2, 3], [4, 5], 0],
])("%j and %j have %i in common", (x, y, n) => {
  expect(common(Int32Array.from(x), Int32Array.from(y))).toBe(n);
});

const there = existsSync(resolve(import.meta.dirname, "../../models/en/coref.bin"));
describe.skipIf(!there)("coreference (needs models/en)", () => {
  const parser = loadParser("en");
  const tools = loadEntityTools("en");
  const model = loadCorefModel("en");
  const phrasesOf = (text: string, speakers?: readonly string[]): Phrases => {
    if (!parser || !model) throw new Error("models/en is incomplete");
    const sentences = parser.parse(text, { lang: "en" });
    const found = readEntities(text, sentences, tools);
    return readPhrases(
      {
        sentences: sentences.map((s) => s.tokens),
        tags: found.tags,
        classes: tools.tables.classes,
        vector: parser.network.vector,
        names: tools.tables.names,
        codeOf: codesOfNames(tools.gazetteer),
        speakers,
      },
      model.mentions,
    );
  };
  const words = (p: Phrases, text: string, i: number): string => {
    const at = p.at[i];
    const tokens = at ? (parser?.parse(text, { lang: "en" })[at.sentence]?.tokens ?? []) : [];
    return at ? text.slice(tokens[at.start]?.start, tokens[at.end - 1]?.end) : "";
  };
  const chains = (text: string, speakers?: readonly string[]): string[][] => {
    const p = phrasesOf(text, speakers);
    if (!model) return [];
    return resolveChains(p, model)
      .filter((c) => c.length > 1)
      .map((c) => c.map((i) => words(p, text, i)));
  };

  it("joins names, pronouns and possessives of one person", () => {
    const all = chains(
      "Anna Berg resigned on Monday. She said her party had lost trust. Berg led it for years.",
    );
    expect(all).toContainEqual(["Anna Berg", "She", "her", "Berg"]);
  });
  it("takes two names of one country for one", () => {
    const text = "The United States sent an envoy. Critics in Kenya say the U.S. came late.";
    const p = phrasesOf(text);
    const at = (form: string) => p.at.findIndex((_, i) => words(p, text, i) === form);
    expect(likeness(p, at("The United States"), at("the U.S."))).toBe(3);
  });
  it("knows what a given name tells of its bearer", () => {
    const given = (text: string): number | undefined => phrasesOf(text).given[0];
    expect(given("Gloria Moor spoke.")).toBe(2 | 4);
    expect(given("Peter Quist spoke.")).toBe(1 | 4);
    expect(given("Alex Quist spoke.")).toBe(3 | 4);
    expect(given("The mayor spoke.")).toBe(0);
  });
  /** What each mention may be joined to, when none is joined to any; and where a mention stands. */
  const optionsOf = (text: string, speakers: readonly string[]) => {
    const p = phrasesOf(text, speakers);
    const c = newChains(p.size);
    const options = new Int32Array(p.size + 1);
    const linked: Record<string, readonly number[]> = {};
    for (let i = 0; i < p.size; i++) {
      const n = antecedents(c, p, i, options);
      linked[`${p.sentence[i]} ${words(p, text, i)}`] = [...options.subarray(0, n)];
      addMention(c, p, i, -1);
    }
    const index = (s: number, form: string) =>
      p.at.findIndex((m, i) => m.sentence === s && words(p, text, i) === form);
    return { linked, index };
  };
  it("keeps to who speaks", () => {
    const { linked, index } = optionsOf("I left early. You saw me. I did not see you.", ["A", "A", "B"]);
    expect(linked["1 me"]).toEqual([index(0, "I")]);
    expect(linked["2 I"]).not.toContain(index(0, "I"));
  });
  it("knows whom the source names as the speaker", () => {
    const { linked, index } = optionsOf("Ada Moor met us. I left early. She stayed behind. I saw her.", [
      "Bo Quist",
      "Ada Moor",
      "Ada Moor",
      "Bo Quist",
    ]);
    const ada = index(0, "Ada Moor");
    expect(ada).toBeGreaterThanOrEqual(0);
    expect(linked["1 I"]).toEqual([ada]);
    expect(linked["2 She"]).not.toContain(ada);
    expect(linked["3 I"]).not.toContain(ada);
    expect(linked["3 her"]).toContain(ada);
  });
  it("has room for all features of a choice", () => {
    const p = phrasesOf(
      "The old mayor of the town met the new mayor of the city. The mayors spoke; they agreed.",
    );
    const c = newChains(p.size);
    const out = new Int32Array(MOST_FEATURES);
    for (let i = 0; i < p.size; i++) {
      expect(newFeatures(c, p, i, out)).toBeLessThanOrEqual(MOST_FEATURES);
      for (let a = 0; a < i; a++) expect(pairFeatures(c, p, a, i, out)).toBeLessThanOrEqual(MOST_FEATURES);
      addMention(c, p, i, -1);
    }
  });
  it("does not take a joined phrase for its first name", () => {
    if (!parser || !model) return;
    const text = "Armenia and Georgia signed the treaty. The two countries said they would open the border.";
    const sentences = parser.parse(text, { lang: "en" });
    const found = readEntities(text, sentences, tools);
    const bound = bindCoreference(text, sentences, found, tools, model, parser.network.vector);
    const they = bound.find((m) => m.words === "they");
    expect(they && found.entities[they.entity]?.name).toBeUndefined();
  });
});
