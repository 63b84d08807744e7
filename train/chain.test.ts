import { describe, expect, it } from "vitest";
import { chainGradients } from "./chain.ts";

const L = 3;
const N = 4;
const gold = Uint8Array.from([0, 2, 1, 1]);
const scores = Float64Array.from({ length: N * L }, (_, k) => Math.sin(3 * k + 1));
const moves = Float64Array.from({ length: (L + 1) * L }, (_, k) => Math.cos(5 * k));
/** Label 1 may not open a sentence, nor follow label 0. */
const legal = Uint8Array.from({ length: (L + 1) * L }, (_, k) => (k === L * L + 1 || k === 1 ? 0 : 1));

/** The same by trying every sequence. */
function bruteLoss(s: Float64Array, T: Float64Array): number {
  const sum = (path: readonly number[]): number =>
    path.reduce(
      (total, l, t) => total + (s[t * L + l] ?? 0) + (T[(t === 0 ? L : (path[t - 1] ?? 0)) * L + l] ?? 0),
      0,
    );
  let all = 0;
  for (let k = 0; k < L ** N; k++) {
    const path = Array.from({ length: N }, (_, t) => Math.floor(k / L ** t) % L);
    if (path.every((l, t) => legal[(t === 0 ? L : (path[t - 1] ?? 0)) * L + l] === 1))
      all += Math.exp(sum(path));
  }
  return Math.log(all) - sum([...gold]);
}

describe("the chain", () => {
  const own = (s: Float64Array, T: Float64Array) =>
    chainGradients(s, gold, legal, L, (p, l) => T[p * L + l] ?? 0);
  const found = own(scores, moves);

  it("has the loss that all sequences together give", () => {
    expect(found.loss).toBeCloseTo(bruteLoss(scores, moves), 9);
  });

  it("has gradients that agree with small steps", () => {
    const h = 1e-5;
    const moved = (a: Float64Array, k: number, by: number) => a.map((v, i) => (i === k ? v + by : v));
    for (let k = 0; k < N * L; k++)
      expect(found.scores[k]).toBeCloseTo(
        (bruteLoss(moved(scores, k, h), moves) - bruteLoss(moved(scores, k, -h), moves)) / (2 * h),
        6,
      );
    for (let k = 0; k < (L + 1) * L; k++)
      if (legal[k] === 1)
        expect(found.transitions[k]).toBeCloseTo(
          (bruteLoss(scores, moved(moves, k, h)) - bruteLoss(scores, moved(moves, k, -h))) / (2 * h),
          6,
        );
  });
});
