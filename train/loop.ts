/**
 * One training thread. Every thread holds the same data and draws the same plan from the seed; it takes its share of
 * each batch, adds its gradients to its own buffer, waits for the others and then updates its share of the weights
 * from both buffers in fixed order, so that a run is the same however the threads are scheduled.
 */
import type { Kernels } from "../src/syntax/kernels.ts";
import type { Layout, Shape } from "../src/syntax/layout.ts";
import { type Inventory, type Numberer, noisy, type Tree } from "./data.ts";
import { createNet, type Dropout, type Example, type Losses } from "./net.ts";
import { createRandom, normal, shuffle } from "./random.ts";

export const THREADS = 2;

export type Plan = {
  readonly seed: number;
  readonly epochs: number;
  readonly batchWords: number;
  readonly rate: number;
  readonly warmup: number;
  readonly dropout: Dropout;
  /** Share of sentences replaced by a headline-like or noisy variant in each epoch. */
  readonly noise: number;
  readonly averaging: number;
};

/** Where things lie in the shared memory, in floats. */
export type MemoryMap = {
  readonly weights: number;
  readonly gradients: readonly [number, number];
  readonly moment1: number;
  readonly moment2: number;
  readonly average: number;
  readonly vectors: number;
  readonly arenas: readonly [number, number];
  readonly arenaFloats: number;
  readonly floats: number;
};

export function mapMemory(layout: Layout, vectorFloats: number, arenaFloats: number): MemoryMap {
  let top = 16;
  const take = (floats: number): number => {
    const start = top;
    top += (floats + 15) & ~15;
    return start;
  };
  const weights = take(layout.size);
  const gradients = [take(layout.size), take(layout.size)] as const;
  const [moment1, moment2, average] = [take(layout.size), take(layout.size), take(layout.size)];
  const vectors = take(vectorFloats);
  const arenas = [take(arenaFloats), take(arenaFloats)] as const;
  return { weights, gradients, moment1, moment2, average, vectors, arenas, arenaFloats, floats: top };
}

/** Weights before training: Glorot for products, small normal for lookups, forget gates open. */
export function initialise(
  f: Float32Array,
  map: MemoryMap,
  layout: Layout,
  shape: Shape,
  seed: number,
): void {
  const random = createRandom(seed * 7919 + 13);
  for (const { name, rows, columns, offset } of layout.matrices.values()) {
    const at = map.weights + offset;
    const lookup = name === "word" || name === "affix" || name === "shape" || name.startsWith("root");
    const square =
      name.startsWith("U") || name.startsWith("W0") || name.startsWith("W1") || name.startsWith("W2");
    const spread = lookup
      ? 0.1
      : Math.sqrt(2 / (rows + (square ? columns / (name.startsWith("U") ? 4 : 8) : columns)));
    for (let i = 0; i < rows * columns; i++) f[at + i] = name.startsWith("b") ? 0 : normal(random) * spread;
    if (/^b\d$/u.test(name))
      for (const direction of [0, 4])
        f.fill(1, at + (direction + 1) * shape.hidden, at + (direction + 2) * shape.hidden);
  }
  f.copyWithin(map.average, map.weights, map.weights + layout.size);
}

export type Thread = {
  readonly id: number;
  readonly lang: string;
  readonly memory: WebAssembly.Memory;
  readonly kernels: Kernels;
  readonly control: Int32Array;
  readonly map: MemoryMap;
  readonly shape: Shape;
  readonly layout: Layout;
  readonly inventory: Inventory;
  readonly trees: readonly Tree[];
  readonly numberer: Numberer;
  readonly plan: Plan;
};

/** All threads meet here. control[0] counts arrivals, control[1] is the round. */
export function meet(control: Int32Array): void {
  const round = Atomics.load(control, 1);
  if (Atomics.add(control, 0, 1) === THREADS - 1) {
    Atomics.store(control, 0, 0);
    Atomics.add(control, 1, 1);
    Atomics.notify(control, 1);
    return;
  }
  // A short spin first: both threads usually arrive within microseconds of each other.
  for (let spin = 0; spin < 2000; spin++) if (Atomics.load(control, 1) !== round) return;
  while (Atomics.load(control, 1) === round) Atomics.wait(control, 1, round, 1000);
}

function batchesOf(examples: readonly Example[], words: number, seed: number): Example[][] {
  const random = createRandom(seed);
  const keyed = examples.map((example) => ({ example, key: example.length + random() * 3 }));
  shuffle(keyed, random);
  keyed.sort((a, b) => b.key - a.key);
  const batches: Example[][] = [];
  let batch: Example[] = [];
  let size = 0;
  for (const { example } of keyed) {
    if (size > 0 && size + example.length > words) {
      batches.push(batch);
      batch = [];
      size = 0;
    }
    batch.push(example);
    size += example.length;
  }
  if (batch.length > 0) batches.push(batch);
  shuffle(batches, random);
  return batches;
}

export type EpochReport = {
  readonly epoch: number;
  readonly losses: Losses;
  readonly words: number;
  readonly seconds: number;
};

export function train(
  thread: Thread,
  onBatch: (done: number, all: number) => void,
  onEpoch: (report: EpochReport) => void,
): void {
  const { id, memory, kernels, control, map, shape, layout, plan } = thread;
  const buffers = {
    weights: map.weights,
    gradients: map.gradients[id as 0 | 1],
    vectors: map.vectors,
    arena: map.arenas[id as 0 | 1],
    arenaEnd: map.arenas[id as 0 | 1] + map.arenaFloats,
  };
  const net = createNet(memory, kernels, shape, layout, buffers, thread.inventory.counts);
  const originals = thread.trees.map(thread.numberer);
  const half = Math.ceil(layout.size / 2 / 16) * 16;
  const from = id === 0 ? 0 : half;
  const count = id === 0 ? half : layout.size - half;
  const [b1, b2] = [0.9, 0.98];
  let step = 0;
  const words = originals.reduce((sum, example) => sum + example.length, 0);
  const allSteps = plan.epochs * Math.ceil(words / plan.batchWords);
  for (let epoch = 0; epoch < plan.epochs; epoch++) {
    const started = performance.now();
    const epochSeed = plan.seed * 100003 + epoch * 101;
    const random = createRandom(epochSeed);
    const examples = originals.map((example, k) =>
      random() < plan.noise ? thread.numberer(noisy(thread.trees[k] ?? [], random, thread.lang)) : example,
    );
    const batches = batchesOf(examples, plan.batchWords, epochSeed + 1);
    const losses: Losses = { arc: 0, label: 0, upos: 0, feats: 0, lemma: 0 };
    batches.forEach((batch, number) => {
      const share = batch.filter((_, k) => k % THREADS === id).sort((a, b) => b.length - a.length);
      const size = batch.reduce((sum, example) => sum + example.length, 0);
      const own =
        share.length > 0
          ? net.step(share, plan.dropout, createRandom(epochSeed * 31 + number * 2 + id))
          : losses;
      if (share.length > 0)
        for (const key of Object.keys(losses) as (keyof Losses)[]) losses[key] += own[key];
      meet(control);
      step++;
      const progress = step / allSteps;
      const warm = Math.min(1, step / plan.warmup);
      const rate =
        plan.rate * warm * (progress < 1 ? Math.max(0.02, 0.5 + 0.5 * Math.cos(Math.PI * progress)) : 0.02);
      const corrected = (rate * Math.sqrt(1 - b2 ** step)) / (1 - b1 ** step);
      const decay = Math.min(plan.averaging, (1 + step) / (10 + step));
      const at = (base: number): number => (base + from) * 4;
      kernels.adam(
        at(map.weights),
        at(map.gradients[0]),
        at(map.gradients[1]),
        at(map.moment1),
        at(map.moment2),
        at(map.average),
        count,
        corrected,
        b1,
        b2,
        1e-7,
        decay,
        1 / size,
      );
      meet(control);
      onBatch(epoch * batches.length + number + 1, plan.epochs * batches.length);
    });
    onEpoch({
      epoch: epoch + 1,
      losses,
      words: words / THREADS,
      seconds: (performance.now() - started) / 1000,
    });
    meet(control);
  }
}
