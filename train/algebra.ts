/**
 * What every trainer of a network does with matrices in one WebAssembly memory: an arena that is handed out anew for each batch,
 * products and their gradients, and a bidirectional LSTM over sentences that run side by side, there and back. Addresses
 * are in floats; widths of results are multiples of eight.
 */
import type { Kernels } from "../src/syntax/kernels.ts";
import { pad8 } from "../src/syntax/layout.ts";
import type { Steps } from "../src/syntax/steps.ts";

export type Region = { readonly offset: number; readonly rows: number; readonly columns: number };
/** A matrix in panels of eight columns and `k` rows. */
export type Panels = { readonly at: number; readonly k: number };
type Both = readonly [number, number];

export type AlgebraBuffers = {
  readonly weights: number;
  readonly gradients: number;
  readonly arena: number;
  readonly arenaEnd: number;
};

export type LstmState = {
  readonly hidden: number;
  /** Names of the two recurrent matrices. */
  readonly names: readonly [string, string];
  /** Rows of 8·hidden: what comes in; afterwards the gates, and on the way back their gradients. */
  readonly gates: number;
  readonly cells: Both;
  /** States as the recurrence saw them: cleared before. */
  readonly previous: Both;
  /** What of the states comes over, one row of `hidden` for each sentence. */
  readonly masks: Both;
  readonly zeroCells: number;
  readonly y: number;
};

export function createAlgebra(
  f: Float32Array,
  kernels: Kernels,
  region: (name: string) => Region,
  buffers: AlgebraBuffers,
) {
  let top = buffers.arena;
  const alloc = (floats: number, clear = false): number => {
    const start = top;
    top += (floats + 15) & ~15;
    if (top > buffers.arenaEnd) throw new RangeError("Training arena is too small for this batch");
    if (clear) f.fill(0, start, start + floats);
    return start;
  };
  const w = (name: string): number => buffers.weights + region(name).offset;
  const g = (name: string): number => buffers.gradients + region(name).offset;
  const packed = (b: number, rowStride: number, columnStride: number, k: number, n: number): Panels => {
    const padded = pad8(k);
    const at = alloc(padded * pad8(n));
    kernels.pack(b * 4, rowStride * 4, columnStride * 4, k, n, at * 4, padded);
    return { at, k: padded };
  };
  const whole = (name: string): Panels => {
    const { rows, columns } = region(name);
    return packed(w(name), columns, 1, rows, columns);
  };
  const transposed = (name: string): Panels => {
    const { rows, columns } = region(name);
    return packed(w(name), 1, columns, columns, rows);
  };
  /** y[m×n] += x[m×k]·W */
  const product = (
    x: number,
    xStride: number,
    m: number,
    b: Panels,
    y: number,
    yStride: number,
    n: number,
  ): void => kernels.gemm(x * 4, xStride * 4, b.at * 4, y * 4, yStride * 4, m, n, b.k);
  /** y[m×n] += xᵀ[m×k]·dy[k×n] */
  const outer = (
    x: number,
    xStride: number,
    m: number,
    b: Panels,
    rows: number,
    y: number,
    yStride: number,
    n: number,
  ): void => {
    // Panels may be longer than the rows of x: read only `rows` of them, one panel at a time.
    for (let column = 0; column < n; column += 8)
      kernels.gemmT(x * 4, xStride * 4, (b.at + column * b.k) * 4, (y + column) * 4, yStride * 4, m, 8, rows);
  };
  const columnSums = (x: number, stride: number, rows: number, n: number, to: number): void =>
    kernels.sumRows(x * 4, stride * 4, rows, n * 4, to * 4);
  /** out += x·m over rows; all three have `width` columns. */
  const masked = (
    x: number,
    xStride: number,
    m: number,
    mStride: number,
    out: number,
    outStride: number,
    rows: number,
    width: number,
  ): void =>
    kernels.multiply(x * 4, xStride * 4, m * 4, mStride * 4, out * 4, outStride * 4, rows, width * 4);

  const lstmForward = (state: LstmState, steps: Steps): void => {
    const { hidden, gates, zeroCells, y } = state;
    const { off, running } = steps;
    const [wide, both] = [8 * hidden, 2 * hidden];
    for (const direction of [0, 1] as const) {
      const u = whole(state.names[direction]);
      const [c, hp, mask] = [state.cells[direction], state.previous[direction], state.masks[direction]];
      for (let s = 0; s < steps.steps; s++) {
        const { t, before, carried } = steps.at(direction, s);
        const gate = gates + off(t) * wide + direction * 4 * hidden;
        const h = y + off(t) * both + direction * hidden;
        const step = (from: number, first: number, many: number): void =>
          kernels.lstmForward(
            (gate + first * wide) * 4,
            wide * 4,
            from * 4,
            (c + (off(t) + first) * hidden) * 4,
            (h + first * both) * 4,
            both * 4,
            many,
            hidden * 4,
          );
        if (carried > 0) {
          const came = y + off(before) * both + direction * hidden;
          masked(came, both, mask, hidden, hp + off(t) * hidden, hidden, carried, hidden);
          product(hp + off(t) * hidden, hidden, carried, u, gate, wide, 4 * hidden);
          step(c + off(before) * hidden, 0, carried);
        }
        if (running(t) > carried) step(zeroCells, carried, running(t) - carried);
      }
    }
  };

  /** Turns `gates` into their gradients; `dy`, the gradient of y, is added to as the recurrence is gone back. */
  const lstmBackward = (state: LstmState, steps: Steps, dy: number, count: number): void => {
    const { hidden, gates, zeroCells } = state;
    const { off, running } = steps;
    const [wide, both] = [8 * hidden, 2 * hidden];
    for (const direction of [0, 1] as const) {
      const ut = transposed(state.names[direction]);
      const dc = alloc(count * hidden, true);
      const dh = alloc(count * hidden);
      const [c, mask] = [state.cells[direction], state.masks[direction]];
      for (let s = steps.steps - 1; s >= 0; s--) {
        const { t, before, carried } = steps.at(direction, s);
        const gate = gates + off(t) * wide + direction * 4 * hidden;
        const up = dy + off(t) * both + direction * hidden;
        const step = (from: number, first: number, many: number): void =>
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
        if (carried > 0) step(c + off(before) * hidden, 0, carried);
        if (running(t) > carried) step(zeroCells, carried, running(t) - carried);
        if (carried === 0) continue;
        f.fill(0, dh, dh + carried * hidden);
        product(gate, wide, carried, ut, dh, hidden, hidden);
        masked(dh, hidden, mask, hidden, dy + off(before) * both + direction * hidden, both, carried, hidden);
      }
    }
  };

  /** Gradients of the recurrent matrices, from the packed gradients of the gates. */
  const lstmGradients = (state: LstmState, dGates: Panels, rows: number): void => {
    const { hidden } = state;
    for (const direction of [0, 1] as const) {
      const half = { at: dGates.at + direction * 4 * hidden * dGates.k, k: dGates.k };
      outer(
        state.previous[direction],
        hidden,
        hidden,
        half,
        rows,
        g(state.names[direction]),
        4 * hidden,
        4 * hidden,
      );
    }
  };

  return {
    alloc,
    w,
    g,
    packed,
    whole,
    transposed,
    product,
    outer,
    columnSums,
    masked,
    lstmForward,
    lstmBackward,
    lstmGradients,
    get top(): number {
      return top;
    },
    backTo: (mark: number): void => {
      top = mark;
    },
  };
}
