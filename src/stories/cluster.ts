/**
 * Articles with their terms → a partition, bottom up: the two groups that are most alike in proportion (similarity.ts)
 * are joined, again and again, until none is alike enough. Agglomerative clustering with average linkage in the
 * Lance-Williams form, on a dense matrix: meant for some hundred articles that are in doubt, not for an archive.
 */
import type { SimilarityOptions } from "./similarity.ts";
import type { Terms } from "./terms.ts";

/** Pairs that must stay apart or together by the user's decision, as indices. */
export type Constraints = { readonly apart: (a: number, b: number) => boolean };

const similarities = (units: readonly Terms[]): Float32Array => {
  const n = units.length;
  const matrix = new Float32Array(n * n);
  const postings = new Map<number, { at: number[]; weight: number[] }>();
  units.forEach((unit, i) => {
    unit.ids.forEach((term, k) => {
      const weight = unit.weights[k] ?? 0;
      const list = postings.get(term) ?? { at: [], weight: [] };
      for (let p = 0; p < list.at.length; p++) {
        const j = list.at[p] ?? 0;
        const both = weight * (list.weight[p] ?? 0);
        matrix[i * n + j] = (matrix[i * n + j] ?? 0) + both;
        matrix[j * n + i] = (matrix[j * n + i] ?? 0) + both;
      }
      list.at.push(i);
      list.weight.push(weight);
      postings.set(term, list);
    });
  });
  return matrix;
};

/** Number of the group of each unit; groups are numbered by their first member. */
export const clusterUnits = (
  units: readonly Terms[],
  o: SimilarityOptions,
  constraints?: Constraints,
): Int32Array => {
  const n = units.length;
  const sum = similarities(units);
  const size = new Float64Array(n).fill(1);
  const words = Float64Array.from(units, (u) => u.words);
  const usual = Float64Array.from(
    units,
    (u) => o.usualShort + (o.usualLong - o.usualShort) * (1 - Math.exp(-u.words / o.longWords)),
  );
  const pairSum = new Float64Array(n);
  const scale = new Float64Array(n); // square root of the similarity within
  const long = new Float64Array(n);
  const alive = new Uint8Array(n).fill(1);
  const group = Int32Array.from({ length: n }, (_, i) => i);
  const members: number[][] = Array.from({ length: n }, (_, i) => [i]);
  // Reads within 0..n-1 of arrays of that length.
  const at = (a: Float64Array, i: number): number => a[i] ?? 0;
  const refresh = (i: number): void => {
    const s = at(size, i);
    const pairs = (s * (s - 1)) / 2;
    scale[i] = Math.sqrt(Math.max(1e-6, (at(pairSum, i) + (o.prior * at(usual, i)) / s) / (pairs + o.prior)));
    long[i] = 1 - Math.exp(-at(words, i) / s / o.longWords);
  };
  const blocked = (i: number, j: number): boolean =>
    constraints !== undefined &&
    (members[i] ?? []).some((a) => (members[j] ?? []).some((b) => constraints.apart(a, b)));
  const score = (i: number, j: number): number => {
    const shared = sum[i * n + j] ?? 0;
    if (shared <= 0) return 0;
    const least = o.leastShort + (o.leastLong - o.leastShort) * Math.min(at(long, i), at(long, j));
    const value = shared / (at(size, i) * at(size, j) * at(scale, i) * at(scale, j) * least);
    return value >= 1 && blocked(i, j) ? 0 : value;
  };
  const nearest = new Int32Array(n).fill(-1);
  const best = new Float64Array(n);
  const find = (i: number): void => {
    let b = -1;
    let v = 0;
    for (let j = 0; j < n; j++) {
      if (j === i || alive[j] === 0) continue;
      const s = score(i, j);
      if (s > v) {
        v = s;
        b = j;
      }
    }
    nearest[i] = b;
    best[i] = v;
  };
  for (let i = 0; i < n; i++) refresh(i);
  for (let i = 0; i < n; i++) find(i);
  for (;;) {
    let top = -1;
    let v = 1;
    for (let i = 0; i < n; i++)
      if (alive[i] === 1 && at(best, i) >= v && (top < 0 || at(best, i) > v)) {
        v = at(best, i);
        top = i;
      }
    const other = top < 0 ? -1 : (nearest[top] ?? -1);
    if (top < 0 || other < 0) break;
    const [i, j] = top < other ? [top, other] : [other, top];
    pairSum[i] = at(pairSum, i) + at(pairSum, j) + (sum[i * n + j] ?? 0);
    usual[i] = at(usual, i) + at(usual, j);
    words[i] = at(words, i) + at(words, j);
    size[i] = at(size, i) + at(size, j);
    alive[j] = 0;
    for (const m of members[j] ?? []) group[m] = i;
    members[i]?.push(...(members[j] ?? []));
    for (let k = 0; k < n; k++) {
      const both = (sum[i * n + k] ?? 0) + (sum[j * n + k] ?? 0);
      sum[i * n + k] = both;
      sum[k * n + i] = both;
    }
    refresh(i);
    find(i);
    for (let k = 0; k < n; k++) {
      if (alive[k] === 0 || k === i) continue;
      if (nearest[k] === i || nearest[k] === j) find(k);
      else {
        const s = score(i, k);
        if (s > at(best, k)) {
          best[k] = s;
          nearest[k] = i;
        }
      }
    }
  }
  return group;
};
