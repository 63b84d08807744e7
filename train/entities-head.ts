/**
 * Learns the head of the entity tagger (src/entities/head.ts): look-ups and states of the parser's network, held fixed, and
 * traits → rectified layer → bidirectional LSTM → scores → conditional random field. Forward and backward pass over one
 * batch in one WebAssembly memory, laid out step by step as in net.ts; Adam; the weights kept are a running average.
 */
import { TRAITS } from "../src/entities/features.ts";
import { type HeadModel, headMatrices, lookUpsOf } from "../src/entities/head.ts";
import { mayFollow } from "../src/entities/tagger.ts";
import type { ClassOf } from "../src/entities/word-classes.ts";
import { createKernels } from "../src/syntax/kernels.ts";
import { pad8 } from "../src/syntax/layout.ts";
import { dequantise, type Quantised, quantise } from "../src/syntax/model.ts";
import type { Network } from "../src/syntax/parser.ts";
import { layOut } from "../src/syntax/steps.ts";
import { createAlgebra, type LstmState, type Panels, type Region } from "./algebra.ts";
import { chainGradients } from "./chain.ts";
import { createRandom, normal, type Random, shuffle } from "./random.ts";

export type HeadExample = {
  readonly forms: readonly string[];
  readonly traits: Uint32Array;
  readonly states: Int16Array;
  readonly tags: Uint8Array;
  /** How much the sentence counts. */
  readonly weight: number;
};
export type HeadPlan = {
  readonly middle: number;
  readonly hidden: number;
  readonly epochs: number;
  readonly rate: number;
  readonly dropout: number;
  readonly batchWords: number;
  readonly seed: number;
  /** A vector for each class of words, for words that have none of their own. */
  readonly centres: Quantised;
  readonly classOf: ClassOf;
  /** Pages of memory; a batch needs about 40 kB a word. */
  readonly pages?: number;
};

const PAGES = 8000;

export function trainHead(
  examples: readonly HeadExample[],
  labels: readonly string[],
  network: Network,
  plan: HeadPlan,
  print: (line: string) => void,
): HeadModel {
  const { middle, hidden } = plan;
  const L = labels.length;
  const tags = pad8(L);
  const wide = 8 * hidden;
  const both = 2 * hidden;
  const width = TRAITS + network.input + network.states;
  const memory = new WebAssembly.Memory({ initial: plan.pages ?? PAGES });
  const kernels = createKernels(memory);
  const f = new Float32Array(memory.buffer);

  // Weights, two gradients (the kernel adds them), moments and average, one region after the other.
  const regions = new Map<string, Region>();
  let size = 0;
  const put = (name: string, rows: number, columns: number): void => {
    regions.set(name, { offset: size, rows, columns });
    size += (rows * columns + 15) & ~15;
  };
  put("x", width, middle);
  const shape = {
    input: network.input,
    states: network.states,
    middle,
    hidden,
    labels: L,
    classes: plan.centres.rows,
    vector: plan.centres.columns,
  };
  for (const [name, rows, columns] of headMatrices(shape))
    if (!["centres", "traits", "input", "states"].includes(name)) put(name, rows, columns);
  put("transitions", L + 1, tags);
  const weights = 16;
  const [gradients, unused, moment1, moment2, average, arena] = [1, 2, 3, 4, 5, 6].map(
    (k) => weights + k * size,
  ) as [number, number, number, number, number, number];
  const region = (name: string): Region => {
    const found = regions.get(name);
    if (!found) throw new RangeError(`No region named ${name}`);
    return found;
  };
  const algebra = createAlgebra(f, kernels, region, { weights, gradients, arena, arenaEnd: f.length });
  const { alloc, w, g, packed, whole, transposed, product, outer, columnSums } = algebra;
  const begin = createRandom(plan.seed * 7919 + 13);
  for (const [name, { offset, rows, columns }] of regions) {
    if (rows === 1 || name === "transitions") continue;
    const gates = name.startsWith("U") ? 4 : name === "W" ? 8 : 1;
    const spread = Math.sqrt(2 / (rows + columns / gates));
    for (let i = 0; i < rows * columns; i++) f[weights + offset + i] = spread * normal(begin);
  }
  for (const direction of [0, 4])
    f.fill(1, w("b") + (direction + 1) * hidden, w("b") + (direction + 2) * hidden);
  f.copyWithin(average, weights, weights + size);

  /** The gradient of a matrix: += xᵀ·dy. */
  const gradient = (x: number, xWidth: number, dy: Panels, rows: number, name: string): void => {
    const { columns } = region(name);
    outer(x, xWidth, xWidth, dy, rows, g(name), columns, columns);
  };
  let noise = 1;
  const keep = 1 / (1 - plan.dropout);
  const threshold = plan.dropout * 4294967296;
  /** Xorshift: the next lane kept (scaled up) or dropped. */
  const kept = (): number => {
    noise ^= noise << 13;
    noise ^= noise >>> 17;
    noise ^= noise << 5;
    return noise >>> 0 < threshold ? 0 : keep;
  };
  const drop = (x: number, n: number): number => {
    const mask = alloc(n);
    for (let i = 0; i < n; i++) {
      const m = kept();
      f[mask + i] = m;
      f[x + i] = (f[x + i] ?? 0) * m;
    }
    return mask;
  };
  const lookUps = new Map<string, Float32Array>();
  const find = lookUpsOf(network, dequantise(plan.centres), plan.classOf);
  const lookUp = (form: string): Float32Array => {
    let found = lookUps.get(form);
    if (!found) {
      found = find(form);
      lookUps.set(form, found);
    }
    return found;
  };
  const legal = new Uint8Array((L + 1) * L);
  for (let a = 0; a <= L; a++)
    for (let b = 0; b < L; b++) legal[a * L + b] = mayFollow(labels, a === L ? -1 : a, b) ? 1 : 0;

  /** Adds the gradients of a batch (sentences by falling length); returns its loss. */
  function step(batch: readonly HeadExample[]): number {
    algebra.backTo(arena);
    const count = batch.length;
    const steps = layOut(batch.map((example) => example.forms.length));
    const { rows, off } = steps;

    const x = alloc(rows * width);
    const { input, states, scale } = network;
    batch.forEach((example, b) => {
      example.forms.forEach((form, t) => {
        let to = x + (off(t) + b) * width;
        const traits = example.traits[t] ?? 0;
        for (let bit = 0; bit < TRAITS; bit++) f[to++] = (traits >>> bit) & 1 ? kept() : 0;
        const own = lookUp(form);
        for (let d = 0; d < input; d++) f[to++] = (own[d] ?? 0) * kept();
        for (let d = 0, at = t * states; d < states; d++)
          f[to++] = ((example.states[at + d] ?? 0) / scale) * kept();
      });
    });
    const m = alloc(rows * middle, true);
    kernels.addRow(m * 4, w("middleBias") * 4, middle * 4, rows, middle * 4);
    product(x, width, rows, whole("x"), m, middle, middle);
    kernels.relu(m * 4, rows * middle);
    const mMask = drop(m, rows * middle);

    const gates = alloc(rows * wide, true);
    kernels.addRow(gates * 4, w("b") * 4, wide * 4, rows, wide * 4);
    product(m, middle, rows, whole("W"), gates, wide, wide);
    const y = alloc(rows * both);
    const cells = [alloc(rows * hidden), alloc(rows * hidden)] as const;
    const previous = [alloc(rows * hidden, true), alloc(rows * hidden, true)] as const;
    const noCells = alloc(count * hidden, true);
    const all = alloc(count * hidden);
    f.fill(1, all, all + count * hidden);
    const lstm: LstmState = {
      hidden,
      names: ["Uf", "Ub"],
      gates,
      cells,
      previous,
      masks: [all, all],
      zeroCells: noCells,
      y,
    };
    algebra.lstmForward(lstm, steps);
    const seen = alloc(rows * both);
    f.copyWithin(seen, y, y + rows * both);
    const yMask = drop(seen, rows * both);
    const scores = alloc(rows * tags, true);
    kernels.addRow(scores * 4, w("outBias") * 4, tags * 4, rows, tags * 4);
    product(seen, both, rows, whole("out"), scores, tags, tags);
    product(m, middle, rows, whole("direct"), scores, tags, tags);

    // The chain: scores become gradients in place.
    let loss = 0;
    batch.forEach((example, b) => {
      const n = example.tags.length;
      const own = new Float64Array(n * L);
      const rowAt = (t: number): number => scores + (off(t) + b) * tags;
      for (let t = 0; t < n; t++) for (let l = 0; l < L; l++) own[t * L + l] = f[rowAt(t) + l] ?? 0;
      const chain = chainGradients(
        own,
        example.tags,
        legal,
        L,
        (p, l) => f[w("transitions") + p * tags + l] ?? 0,
      );
      loss += chain.loss;
      for (let t = 0; t < n; t++) {
        f.fill(0, rowAt(t), rowAt(t) + tags);
        for (let l = 0; l < L; l++) f[rowAt(t) + l] = example.weight * (chain.scores[t * L + l] ?? 0);
      }
      for (let p = 0; p <= L; p++)
        for (let l = 0; l < L; l++) {
          const at = g("transitions") + p * tags + l;
          f[at] = (f[at] ?? 0) + example.weight * (chain.transitions[p * L + l] ?? 0);
        }
    });

    const dScores = packed(scores, tags, 1, rows, tags);
    columnSums(scores, tags, rows, tags, g("outBias"));
    gradient(m, middle, dScores, rows, "direct");
    gradient(seen, both, dScores, rows, "out");
    const dm = alloc(rows * middle, true);
    product(scores, tags, rows, transposed("direct"), dm, middle, middle);
    const dy = alloc(rows * both, true);
    product(scores, tags, rows, transposed("out"), dy, both, both);
    for (let i = 0; i < rows * both; i++) f[dy + i] = (f[dy + i] ?? 0) * (f[yMask + i] ?? 0);
    algebra.lstmBackward(lstm, steps, dy, count);
    const dGates = packed(gates, wide, 1, rows, wide);
    gradient(m, middle, dGates, rows, "W");
    columnSums(gates, wide, rows, wide, g("b"));
    algebra.lstmGradients(lstm, dGates, rows);
    product(gates, wide, rows, transposed("W"), dm, middle, middle);
    for (let i = 0; i < rows * middle; i++)
      f[dm + i] = (f[m + i] ?? 0) > 0 ? (f[dm + i] ?? 0) * (f[mMask + i] ?? 0) : 0;
    columnSums(dm, middle, rows, middle, g("middleBias"));
    gradient(x, width, packed(dm, middle, 1, rows, middle), rows, "x");
    return loss;
  }

  let done = 0;
  const words = examples.reduce((sum, e) => sum + e.forms.length, 0);
  const all = plan.epochs * Math.ceil(words / plan.batchWords);
  const [b1, b2] = [0.9, 0.98];
  for (let epoch = 0; epoch < plan.epochs; epoch++) {
    const random = createRandom(plan.seed * 1000 + epoch);
    let loss = 0;
    for (const batch of batchesOf(examples, plan.batchWords, random)) {
      noise = Math.floor(random() * 4294967295) | 1;
      loss += step(batch);
      done++;
      const progress = Math.min(1, done / all);
      const rate =
        plan.rate * Math.min(1, done / 100) * Math.max(0.02, 0.5 + 0.5 * Math.cos(Math.PI * progress));
      kernels.adam(
        weights * 4,
        gradients * 4,
        unused * 4,
        moment1 * 4,
        moment2 * 4,
        average * 4,
        size,
        (rate * Math.sqrt(1 - b2 ** done)) / (1 - b1 ** done),
        b1,
        b2,
        1e-7,
        Math.min(0.998, (1 + done) / (10 + done)),
        1 / batch.length,
      );
    }
    print(`head, epoch ${epoch + 1}/${plan.epochs}: loss ${(loss / examples.length).toFixed(4)}`);
  }

  // What is kept: the average, rounded; the first matrix is cut into its three sources.
  const floats = (from: number, n: number): Float32Array => f.slice(from, from + n);
  const xAt = average + region("x").offset;
  const cuts = new Map([
    ["traits", 0],
    ["input", TRAITS],
    ["states", TRAITS + network.input],
  ]);
  const matrices = new Map(
    headMatrices(shape).map(([name, rows, columns]): [string, Quantised] => {
      if (name === "centres") return [name, plan.centres];
      const cut = cuts.get(name);
      const from = cut === undefined ? average + region(name).offset : xAt + cut * middle;
      return [name, quantise(floats(from, rows * columns), rows, columns)];
    }),
  );
  const transitions = new Float32Array((L + 1) * L);
  for (let p = 0; p <= L; p++)
    for (let l = 0; l < L; l++)
      transitions[p * L + l] = f[average + region("transitions").offset + p * tags + l] ?? 0;
  return { shape, fingerprint: network.fingerprint, matrices, transitions };
}

/** Batches of sentences of like length, in random order, longest first inside each. */
function batchesOf(examples: readonly HeadExample[], words: number, random: Random): HeadExample[][] {
  const keyed = examples
    .filter((e) => e.forms.length > 0)
    .map((example) => ({ example, key: example.forms.length + 3 * random() }))
    .sort((a, b) => b.key - a.key);
  const batches: HeadExample[][] = [];
  let batch: HeadExample[] = [];
  let size = 0;
  for (const { example } of keyed) {
    if (size > 0 && size + example.forms.length > words) {
      batches.push(batch);
      batch = [];
      size = 0;
    }
    batch.push(example);
    size += example.forms.length;
  }
  if (batch.length > 0) batches.push(batch);
  shuffle(batches, random);
  for (const each of batches) each.sort((a, b) => b.forms.length - a.forms.length);
  return batches;
}
