import { describe, expect, it } from "vitest";
import { layoutOf, type Shape } from "./layout.ts";
import { formHash } from "./lexical.ts";
import { dequantise, loadModel, quantise, saveModel } from "./model.ts";
import { createParser } from "./parser.ts";

const SHAPE: Shape = {
  word: 8,
  vector: 0,
  affix: 8,
  shape: 8,
  affixBuckets: 16,
  hidden: 8,
  layers: 2,
  tag: 8,
  lemma: 8,
  arc: 8,
  label: 8,
  words: 2,
  vectors: 0,
  upos: 2,
  feats: 2,
  scripts: 2,
  relations: 3,
};

function tinyModel(): Uint8Array {
  let state = 1;
  const next = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) | 0;
    return ((state >>> 8) % 2001) / 1000 - 1;
  };
  const matrices = new Map(
    [...layoutOf(SHAPE).matrices.values()].map(({ name, rows, columns }) => [
      name,
      quantise(Float32Array.from({ length: rows * columns }, next), rows, columns),
    ]),
  );
  return saveModel({
    lang: "xx",
    version: "test",
    shape: SHAPE,
    upos: ["NOUN", "VERB"],
    feats: ["_", "Number=Sing"],
    featsOf: [[0, 1], [0]],
    scripts: ["k|>", "l|s>"],
    relations: ["root", "nsubj", "obj"],
    lexicon: new Map([["went\tVERB", "go"]]),
    words: Uint32Array.from(["dog", "bark"], formHash),
    vectorWords: new Uint32Array(0),
    vectors: quantise(new Float32Array(0), 1, 0),
    matrices,
    segmenter: undefined,
  });
}

describe("model files", () => {
  it("come back as they were saved, wherever the bytes lie", () => {
    const bytes = tinyModel();
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    for (const source of [bytes, shifted.subarray(1)]) {
      const model = loadModel(source);
      expect(model.relations).toEqual(["root", "nsubj", "obj"]);
      expect(model.lexicon.get("went\tVERB")).toBe("go");
      expect(model.wordRow(formHash("bark"))).toBe(2);
      expect(model.wordRow(formHash("cat"))).toBe(0);
    }
  });

  it("round to one part in 127 of the largest weight of a column", () => {
    const plain = Float32Array.from([1, -0.5, 0.25, 2]);
    const back = dequantise(quantise(plain, 2, 2));
    back.forEach((value, k) => {
      expect(Math.abs(value - (plain[k] ?? 0))).toBeLessThan(0.01);
    });
  });

  it("are refused when they are something else", () => {
    expect(() => loadModel(new Uint8Array(20))).toThrow(SyntaxError);
    expect(() => loadModel(tinyModel().subarray(0, 3000))).toThrow();
  });

  it("parse the same alone and in a batch", () => {
    const parser = createParser(loadModel(tinyModel()));
    const sentences = [["dog", "barks"], ["The", "dog", "Went", "home", "."], ["a"]];
    const together = parser.parseWords(sentences);
    sentences.forEach((sentence, k) => {
      expect(parser.parseWords([sentence])[0]).toEqual(together[k]);
    });
    expect(together[2]?.[0]?.deprel).toBe("root");
  });
});
