import { describe, expect, it } from "vitest";
import { createKernels } from "../src/syntax/kernels.ts";
import { layoutOf, type Shape } from "../src/syntax/layout.ts";
import { AFFIXES } from "../src/syntax/lexical.ts";
import { createNet, type Example, type Losses, NO_DROPOUT } from "./net.ts";
import { createRandom } from "./random.ts";

const SHAPE: Shape = {
  word: 8,
  vector: 8,
  affix: 8,
  shape: 8,
  affixBuckets: 16,
  hidden: 8,
  layers: 2,
  tag: 8,
  lemma: 8,
  arc: 8,
  label: 8,
  words: 5,
  vectors: 5,
  upos: 3,
  feats: 4,
  scripts: 5,
  relations: 9,
};

const random = createRandom(7);
const ints = (n: number, below: number): Int32Array =>
  Int32Array.from({ length: n }, () => Math.floor(random() * below));
const example = (length: number): Example => ({
  length,
  word: ints(length, 6),
  vector: ints(length, 6),
  affix: ints(length * AFFIXES, 16),
  shape: ints(length, 64),
  upos: ints(length, 3),
  feats: ints(length, 4),
  script: ints(length, 5),
  head: ints(length, length + 1),
  relation: ints(length, 9),
});
const total = (losses: Losses): number =>
  losses.arc + losses.label + losses.upos + losses.feats + losses.lemma;

describe("createNet", () => {
  it("computes gradients that agree with finite differences", () => {
    const memory = new WebAssembly.Memory({ initial: 64 });
    const kernels = createKernels(memory);
    const layout = layoutOf(SHAPE);
    const floats = new Float32Array(memory.buffer);
    const weights = 16;
    const gradients = weights + layout.size;
    const vectors = gradients + layout.size;
    const arena = vectors + 6 * 8 + 16;
    for (let i = weights; i < gradients; i++) floats[i] = (random() - 0.5) * 0.8;
    for (let i = vectors + 8; i < vectors + 48; i++) floats[i] = random() - 0.5;
    const buffers = { weights, gradients, vectors, arena, arenaEnd: floats.length };
    const net = createNet(memory, kernels, SHAPE, layout, buffers, new Int32Array(6));
    const batch = [example(7), example(5), example(5), example(2), example(1)];
    const dropout = { ...NO_DROPOUT, input: 0.2, layer: 0.2, recurrent: 0.2, hidden: 0.2 };
    net.step(batch, dropout, createRandom(3));
    const analytic = floats.slice(gradients, gradients + layout.size);
    let apart = 0;
    let checked = 0;
    for (const matrix of layout.matrices.values()) {
      for (let k = 0; k < 6; k++) {
        const at = weights + matrix.offset + Math.floor(random() * matrix.rows * matrix.columns);
        const kept = floats[at] ?? 0;
        const epsilon = 2e-3;
        floats[at] = kept + epsilon;
        const above = total(net.step(batch, dropout, createRandom(3)));
        floats[at] = kept - epsilon;
        const below = total(net.step(batch, dropout, createRandom(3)));
        floats[at] = kept;
        const numeric = (above - below) / (2 * epsilon);
        const own = analytic[at - weights] ?? 0;
        const error = Math.abs(numeric - own) / Math.max(0.1, Math.abs(numeric) + Math.abs(own));
        if (error > 0.01) apart++;
        if (numeric !== 0) checked++;
      }
    }
    expect(checked).toBeGreaterThan(60);
    // A few may lie astride the kink of a rectifier; everything else agrees.
    expect(apart).toBeLessThanOrEqual(5);
  });
});
