/**
 * One WebAssembly memory of a network that reads: floats handed out from the bottom up, weights as the 16-bit kernels want them,
 * the product with them, and a bidirectional LSTM over sentences that run side by side. Addresses are in floats unless a
 * name ends in 16: those count 16-bit words.
 */
import { createKernels } from "./kernels.ts";
import { createKernels16 } from "./kernels16.ts";
import { pad8 } from "./layout.ts";
import type { Quantised } from "./model.ts";
import type { Steps } from "./steps.ts";

const PAGE = 65536;

/** A matrix in panels of eight columns, pairs of rows side by side; `k` and `n` are its sides, padded. */
export type Integers = {
  readonly at: number;
  readonly scales: number;
  readonly k: number;
  readonly n: number;
};

export type Lstm = {
  readonly hidden: number;
  /** Weights of the recurrence, forwards and backwards. */
  readonly recurrent: readonly [Integers, Integers];
  /** Steps of the 16-bit integers into which states are rounded. */
  readonly scale: number;
  /** Rows of 8·hidden: what comes in, both directions, gates i, f, g, o. */
  readonly gates: number;
  /** Room for rows · hidden cells, and as many zeros as there are sentences, hidden wide. */
  readonly cells: number;
  readonly noCells: number;
  /** Where the states go, rows of 2·hidden. */
  readonly out16: number;
};

/** @param strides bytes between rows of what is multiplied, each that will be asked for */
export function createArena(strides: readonly number[]) {
  const memory = new WebAssembly.Memory({ initial: 64 });
  const kernels = createKernels(memory);
  const kernels16 = createKernels16(memory, strides);
  let f = new Float32Array(memory.buffer);
  let top = 16;

  /** Grows the memory to so many floats; views taken before are dead then. */
  const reserve = (floats: number): void => {
    const missing = floats * 4 - memory.buffer.byteLength;
    if (missing <= 0) return;
    memory.grow(Math.ceil(missing / PAGE) + 64);
    f = new Float32Array(memory.buffer);
  };
  const alloc = (floats: number, clear = false): number => {
    const start = top;
    top += (floats + 15) & ~15;
    reserve(top);
    if (clear) f.fill(0, start, start + floats);
    return start;
  };
  const row = (values: Float32Array): number => {
    const start = alloc(values.length);
    f.set(values, start);
    return start;
  };
  /** Weights stay the integers they are stored as; `scale` is that of the activations they will meet. */
  const integers = ({ rows, columns, values, scales }: Quantised, scale: number): Integers => {
    const n = pad8(columns);
    const k = pad8(rows);
    const at = alloc((k * n) / 2);
    const own = alloc(n, true);
    const words = new Int16Array(memory.buffer, at * 4, k * n).fill(0);
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < columns; c++)
        words[(c >> 3) * k * 8 + (r >> 1) * 16 + (c & 7) * 2 + (r & 1)] = values[r * columns + c] ?? 0;
    f.set(
      scales.map((s) => s / scale),
      own,
    );
    return { at, scales: own, k, n };
  };
  /** y += x·W for rows already rounded to 16 bits. */
  const product = (
    x16: number,
    stride16: number,
    rows: number,
    w: Integers,
    y: number,
    yStride: number,
  ): void =>
    kernels16.gemm16(2 * stride16)(x16 * 2, w.at * 4, y * 4, yStride * 4, rows, w.n, w.k, w.scales * 4);

  const lstm = ({ hidden, recurrent, scale, gates, cells, noCells, out16 }: Lstm, steps: Steps): void => {
    const { off, running } = steps;
    const wide = 8 * hidden;
    const both = 2 * hidden;
    for (const direction of [0, 1] as const)
      for (let s = 0; s < steps.steps; s++) {
        const { t, before, carried } = steps.at(direction, s);
        const gate = gates + off(t) * wide + direction * 4 * hidden;
        const state = (r: number): number => out16 + r * both + direction * hidden;
        const step = (first: number, count: number, previous: number): void =>
          kernels16.lstm16(
            (gate + first * wide) * 4,
            wide * 4,
            previous * 4,
            (cells + (off(t) + first) * hidden) * 4,
            state(off(t) + first) * 2,
            both * 2,
            count,
            hidden * 4,
            scale,
          );
        if (carried > 0) {
          product(state(off(before)), both, carried, recurrent[direction], gate, wide);
          step(0, carried, cells + off(before) * hidden);
        }
        if (running(t) > carried) step(carried, running(t) - carried, noCells);
      }
  };

  return {
    kernels,
    kernels16,
    reserve,
    alloc,
    row,
    integers,
    product,
    lstm,
    /** The floats, as of now: growing makes a new view. */
    get f(): Float32Array {
      return f;
    },
    get words(): Int16Array {
      return new Int16Array(memory.buffer);
    },
    /** The first float that is free; what lies above may be given up by going back to it. */
    get top(): number {
      return top;
    },
    backTo: (mark: number): void => {
      top = mark;
    },
  };
}
