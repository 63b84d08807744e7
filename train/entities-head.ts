/**
 * Learns the head of the entity tagger (src/entities/head.ts): look-ups and states of the parser's network, held fixed, and
 * traits → rectified layer → bidirectional LSTM → scores → conditional random field. Forward and backward pass over one
 * batch in one WebAssembly memory, laid out step by step as in net.ts; Adam; the weights kept are a running average.
 */
import { TRAITS } from "../src/entities/features.ts";
import { type HeadModel, headMatrices } from "../src/entities/head.ts";
import { mayFollow } from "../src/entities/tagger.ts";
import { createKernels } from "../src/syntax/kernels.ts";
import { pad8 } from "../src/syntax/layout.ts";
import { type Quantised, quantise } from "../src/syntax/model.ts";
import type { Network } from "../src/syntax/parser.ts";
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
  /** Pages of memory; a batch needs about 40 kB a word. */
  readonly pages?: number;
};

type Region = { readonly at: number; readonly rows: number; readonly columns: number };
type Panels = { readonly at: number; readonly k: number };
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
    regions.set(name, { at: size, rows, columns });
    size += (rows * columns + 15) & ~15;
  };
  put("x", width, middle);
  const shape = { input: network.input, states: network.states, middle, hidden, labels: L };
  for (const [name, rows, columns] of headMatrices(shape))
    if (!["traits", "input", "states"].includes(name)) put(name, rows, columns);
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
  const w = (name: string): number => weights + region(name).at;
  const g = (name: string): number => gradients + region(name).at;
  const begin = createRandom(plan.seed * 7919 + 13);
  for (const [name, { at, rows, columns }] of regions) {
    if (rows === 1 || name === "transitions") continue;
    const gates = name.startsWith("U") ? 4 : name === "W" ? 8 : 1;
    const spread = Math.sqrt(2 / (rows + columns / gates));
    for (let i = 0; i < rows * columns; i++) f[weights + at + i] = spread * normal(begin);
  }
  for (const direction of [0, 4])
    f.fill(1, w("b") + (direction + 1) * hidden, w("b") + (direction + 2) * hidden);
  f.copyWithin(average, weights, weights + size);

  let top = arena;
  const alloc = (floats: number, clear = false): number => {
    const start = top;
    top += (floats + 15) & ~15;
    if (top > f.length) throw new RangeError("Training arena is too small for this batch");
    if (clear) f.fill(0, start, start + floats);
    return start;
  };
  const packed = (b: number, rowStride: number, columnStride: number, k: number, n: number): Panels => {
    const at = alloc(pad8(k) * pad8(n));
    kernels.pack(b * 4, rowStride * 4, columnStride * 4, k, n, at * 4, pad8(k));
    return { at, k: pad8(k) };
  };
  const whole = (name: string): Panels =>
    packed(w(name), region(name).columns, 1, region(name).rows, region(name).columns);
  const transposed = (name: string): Panels =>
    packed(w(name), 1, region(name).columns, region(name).columns, region(name).rows);
  /** y += x·B */
  const product = (
    x: number,
    xStride: number,
    m: number,
    b: Panels,
    y: number,
    yStride: number,
    n: number,
  ): void => kernels.gemm(x * 4, xStride * 4, b.at * 4, y * 4, yStride * 4, m, n, b.k);
  /** The gradient of a matrix: y += xᵀ·dy, panel by panel. */
  const outer = (x: number, xWidth: number, dy: Panels, rows: number, name: string): void => {
    const { columns } = region(name);
    for (let c = 0; c < columns; c += 8)
      kernels.gemmT(
        x * 4,
        xWidth * 4,
        (dy.at + c * dy.k) * 4,
        (g(name) + c) * 4,
        columns * 4,
        xWidth,
        8,
        rows,
      );
  };
  const sums = (x: number, stride: number, rows: number, n: number, name: string): void =>
    kernels.sumRows(x * 4, stride * 4, rows, n * 4, g(name) * 4);
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
  const lookUp = (form: string): Float32Array => {
    let found = lookUps.get(form);
    if (!found) {
      found = network.lookUp(form);
      lookUps.set(form, found);
    }
    return found;
  };
  const legal = new Uint8Array((L + 1) * L);
  for (let a = 0; a <= L; a++)
    for (let b = 0; b < L; b++) legal[a * L + b] = mayFollow(labels, a === L ? -1 : a, b) ? 1 : 0;

  /** Adds the gradients of a batch (sentences by falling length); returns its loss. */
  function step(batch: readonly HeadExample[]): number {
    top = arena;
    const count = batch.length;
    const steps = batch[0]?.forms.length ?? 0;
    const active = new Int32Array(steps + 1);
    const offset = new Int32Array(steps + 1);
    for (const e of batch) for (let t = 0; t < e.forms.length; t++) active[t] = (active[t] ?? 0) + 1;
    for (let t = 0; t < steps; t++) offset[t + 1] = (offset[t] ?? 0) + (active[t] ?? 0);
    const off = (t: number): number => offset[t] ?? 0;
    const running = (t: number): number => active[t] ?? 0;
    const rows = off(steps);

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
    const neighbour = (direction: 0 | 1, t: number): { before: number; carried: number } => {
      const before = direction === 0 ? t - 1 : t + 1;
      return {
        before,
        carried: before < 0 || before >= steps ? 0 : Math.min(running(t), running(before)),
      };
    };
    for (const direction of [0, 1] as const) {
      const u = whole(direction === 0 ? "Uf" : "Ub");
      const [c, hp] = [cells[direction], previous[direction]];
      for (let s = 0; s < steps; s++) {
        const t = direction === 0 ? s : steps - 1 - s;
        const { before, carried } = neighbour(direction, t);
        const gate = gates + off(t) * wide + direction * 4 * hidden;
        const h = y + off(t) * both + direction * hidden;
        if (carried > 0) {
          for (let r = 0; r < carried; r++) {
            const from = y + (off(before) + r) * both + direction * hidden;
            f.copyWithin(hp + (off(t) + r) * hidden, from, from + hidden);
          }
          product(hp + off(t) * hidden, hidden, carried, u, gate, wide, 4 * hidden);
          kernels.lstmForward(
            gate * 4,
            wide * 4,
            (c + off(before) * hidden) * 4,
            (c + off(t) * hidden) * 4,
            h * 4,
            both * 4,
            carried,
            hidden * 4,
          );
        }
        const fresh = running(t) - carried;
        if (fresh > 0)
          kernels.lstmForward(
            (gate + carried * wide) * 4,
            wide * 4,
            noCells * 4,
            (c + (off(t) + carried) * hidden) * 4,
            (h + carried * both) * 4,
            both * 4,
            fresh,
            hidden * 4,
          );
      }
    }
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
    sums(scores, tags, rows, tags, "outBias");
    outer(m, middle, dScores, rows, "direct");
    outer(seen, both, dScores, rows, "out");
    const dm = alloc(rows * middle, true);
    product(scores, tags, rows, transposed("direct"), dm, middle, middle);
    const dy = alloc(rows * both, true);
    product(scores, tags, rows, transposed("out"), dy, both, both);
    for (let i = 0; i < rows * both; i++) f[dy + i] = (f[dy + i] ?? 0) * (f[yMask + i] ?? 0);
    for (const direction of [0, 1] as const) {
      const ut = transposed(direction === 0 ? "Uf" : "Ub");
      const dc = alloc(count * hidden, true);
      const dh = alloc(count * hidden);
      const c = cells[direction];
      for (let s = steps - 1; s >= 0; s--) {
        const t = direction === 0 ? s : steps - 1 - s;
        const { before, carried } = neighbour(direction, t);
        const gate = gates + off(t) * wide + direction * 4 * hidden;
        const up = dy + off(t) * both + direction * hidden;
        const back = (from: number, first: number, many: number): void =>
          kernels.lstmBackward(
            (gate + first * wide) * 4,
            wide * 4,
            from * 4,
            (c + (off(t) + first) * hidden) * 4,
            (up + first * both) * 4,
            both * 4,
            (dc + first * hidden) * 4,
            many,
            hidden * 4,
          );
        if (carried > 0) back(c + off(before) * hidden, 0, carried);
        if (running(t) > carried) back(noCells, carried, running(t) - carried);
        if (carried === 0) continue;
        f.fill(0, dh, dh + carried * hidden);
        product(gate, wide, carried, ut, dh, hidden, hidden);
        for (let r = 0; r < carried; r++)
          for (let d = 0, to = dy + (off(before) + r) * both + direction * hidden; d < hidden; d++, to++)
            f[to] = (f[to] ?? 0) + (f[dh + r * hidden + d] ?? 0);
      }
    }
    const dGates = packed(gates, wide, 1, rows, wide);
    outer(m, middle, dGates, rows, "W");
    sums(gates, wide, rows, wide, "b");
    for (const direction of [0, 1] as const) {
      const panels = { at: dGates.at + direction * 4 * hidden * dGates.k, k: dGates.k };
      outer(previous[direction], hidden, panels, rows, direction === 0 ? "Uf" : "Ub");
    }
    product(gates, wide, rows, transposed("W"), dm, middle, middle);
    for (let i = 0; i < rows * middle; i++)
      f[dm + i] = (f[m + i] ?? 0) > 0 ? (f[dm + i] ?? 0) * (f[mMask + i] ?? 0) : 0;
    sums(dm, middle, rows, middle, "middleBias");
    outer(x, width, packed(dm, middle, 1, rows, middle), rows, "x");
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
  const xAt = average + region("x").at;
  const cuts = new Map([
    ["traits", 0],
    ["input", TRAITS],
    ["states", TRAITS + network.input],
  ]);
  const matrices = new Map(
    headMatrices(shape).map(([name, rows, columns]): [string, Quantised] => {
      const cut = cuts.get(name);
      const from = cut === undefined ? average + region(name).at : xAt + cut * middle;
      return [name, quantise(floats(from, rows * columns), rows, columns)];
    }),
  );
  const transitions = new Float32Array((L + 1) * L);
  for (let p = 0; p <= L; p++)
    for (let l = 0; l < L; l++)
      transitions[p * L + l] = f[average + region("transitions").at + p * tags + l] ?? 0;
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
