import { describe, expect, it } from "vitest";
import { layoutOf, matrixOf, type Shape } from "../src/syntax/layout.ts";
import { dequantise, quantise, type SyntaxModel } from "../src/syntax/model.ts";
import type { Inventory } from "./data.ts";
import { createRandom, normal } from "./random.ts";
import { transfer } from "./transfer.ts";

const NARROW = { word: 8, affix: 8, shape: 8, affixBuckets: 32, hidden: 8, layers: 2 } as const;
const SLICES = { tag: 8, lemma: 8, arc: 8, label: 8 } as const;

const inventoryOf = (words: readonly number[], relations: readonly string[]): Inventory => ({
  words: Uint32Array.from(words),
  counts: new Int32Array(words.length + 1),
  vectorWords: new Uint32Array(0),
  upos: ["NOUN", "VERB"],
  feats: ["_"],
  featsOf: [[0], [0]],
  scripts: ["="],
  relations,
  lexicon: new Map(),
});
const shapeOf = (inventory: Inventory, vector: number): Shape => ({
  ...NARROW,
  ...SLICES,
  vector,
  words: inventory.words.length,
  vectors: 0,
  upos: inventory.upos.length,
  feats: inventory.feats.length,
  scripts: inventory.scripts.length,
  relations: inventory.relations.length,
});

const parentOf = (inventory: Inventory, shape: Shape): SyntaxModel => {
  const random = createRandom(3);
  const layout = layoutOf(shape);
  return {
    ...inventory,
    lang: "xx",
    version: "xx-s1-e1",
    shape,
    layout,
    wordRow: () => 0,
    vectorRow: () => 0,
    vectors: quantise(new Float32Array(0), 1, 0),
    matrices: new Map(
      [...layout.matrices.values()].map(({ name, rows, columns }) => [
        name,
        quantise(
          Float32Array.from({ length: rows * columns }, () => normal(random)),
          rows,
          columns,
        ),
      ]),
    ),
    segmenter: undefined,
  };
};

describe("a start from another language", () => {
  const theirs = inventoryOf([11, 22, 33], ["nsubj", "obj", "expl"]);
  const parent = parentOf(theirs, shapeOf(theirs, 16));
  const ours = inventoryOf([44, 33], ["list", "obj", "nsubj"]);
  const shape = shapeOf(ours, 0);
  const layout = layoutOf(shape);
  const START = 7;
  const weights = new Float32Array(layout.size + START).fill(0.5);
  transfer(weights, START, layout, shape, ours, parent);

  /** A cell of the new weights, and one of the parent's. */
  const now = (name: string, row: number, column: number): number => {
    const { offset, columns } = matrixOf(layout, name);
    return weights[START + offset + row * columns + column] ?? Number.NaN;
  };
  const then = (name: string, row: number, column: number): number => {
    const old = parent.matrices.get(name);
    return old === undefined ? Number.NaN : (dequantise(old)[row * old.columns + column] ?? Number.NaN);
  };

  it("takes what is of no language as it is", () => {
    for (const name of ["Uf0", "Ub1", "W1", "Wz", "Warc", "rootArc"])
      expect(now(name, 0, 5)).toBe(then(name, 0, 5));
    expect(weights.slice(0, START).every((x) => x === 0.5)).toBe(true);
  });

  it("finds relations and words by what they are, not where they stand", () => {
    expect(now("Wlabel", 4, 2)).toBe(then("Wlabel", 4, 0));
    expect(now("blabel", 0, 1)).toBe(then("blabel", 0, 1));
    expect(now("word", 2, 3)).toBe(then("word", 3, 3));
    expect(now("word", 0, 3)).toBe(then("word", 0, 3));
  });

  it("keeps the random start of what the parent does not know", () => {
    expect(now("Wlabel", 4, 0)).toBe(0.5);
    expect(now("word", 1, 3)).toBe(0.5);
    expect(now("affix", 9, 3)).toBe(0.5);
  });

  it("steps over look-ups only one of them has", () => {
    // Affixes stand after word and vector in the parent, after the word here.
    expect(now("W0", 8, 1)).toBe(then("W0", 24, 1));
    expect(now("Wx", 7, 1)).toBe(then("Wx", 7, 1));
  });

  it("refuses a parent of other widths", () => {
    const wide = { ...parent, shape: { ...parent.shape, hidden: 16 } };
    expect(() => transfer(weights, START, layout, shape, ours, wide)).toThrow(/hidden is 16 wide/);
  });
});
