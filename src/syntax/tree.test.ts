import { describe, expect, it } from "vitest";
import { bestTree } from "./tree.ts";

/** Best single-root tree by trying all assignments. */
function brute(scores: Float32Array, n: number): number {
  let best = -Infinity;
  const heads = new Array<number>(n).fill(0);
  const visit = (d: number, sum: number): void => {
    if (d === n) {
      const roots = heads.filter((head) => head === 0).length;
      const reaches = heads.every((_, start) => {
        let at = start + 1;
        for (let k = 0; k <= n && at !== 0; k++) at = heads[at - 1] ?? 0;
        return at === 0;
      });
      if (roots === 1 && reaches) best = Math.max(best, sum);
      return;
    }
    for (let h = 0; h <= n; h++) {
      if (h === d + 1) continue;
      heads[d] = h;
      visit(d + 1, sum + (scores[d * (n + 1) + h] ?? 0));
    }
  };
  visit(0, 0);
  return best;
}

describe("bestTree", () => {
  it("finds the best tree with one root, as trying all trees does", () => {
    let state = 12345;
    const next = (): number => {
      state = (Math.imul(state, 1103515245) + 12345) | 0;
      return ((state >>> 8) % 1000) / 100;
    };
    for (let round = 0; round < 300; round++) {
      const n = 1 + (round % 5);
      const scores = Float32Array.from({ length: n * (n + 1) }, next);
      const heads = bestTree(scores, 0, n + 1, n);
      const sum = heads.reduce((total, head, d) => total + (scores[d * (n + 1) + head] ?? 0), 0);
      expect(heads.filter((head) => head === 0)).toHaveLength(1);
      expect(sum).toBeCloseTo(brute(scores, n), 3);
    }
  });
});
