/**
 * Grows gradient-boosted trees for the block judge: Newton boosting of the logistic loss over binned features
 * (Friedman 2001; histogram method as in LightGBM). Deterministic for a given seed.
 */
import type { Forest, Tree } from "../../src/article/trees.ts";

export type GrowOptions = {
  readonly trees: number;
  readonly depth: number;
  readonly rate: number;
  readonly lambda: number;
  readonly minWeight: number;
  readonly columns: number;
  readonly rows: number;
  readonly seed: number;
};

const BINS = 64;

/** Edges between bins, from quantiles of a sample of each column. */
function edgesOf(rows: readonly Float32Array[], width: number): Float32Array[] {
  const step = Math.max(1, Math.floor(rows.length / 20000));
  return Array.from({ length: width }, (_, f) => {
    const values: number[] = [];
    for (let i = 0; i < rows.length; i += step) values.push(rows[i]?.[f] ?? 0);
    values.sort((a, b) => a - b);
    const edges: number[] = [];
    for (let q = 1; q < BINS; q++) {
      const value = values[Math.floor((q * values.length) / BINS)] ?? 0;
      if (edges.length === 0 || value > (edges[edges.length - 1] ?? 0)) edges.push(value);
    }
    // The greatest value is no split point
    if (edges.length > 0 && edges[edges.length - 1] === values[values.length - 1]) edges.pop();
    return Float32Array.from(edges);
  });
}

function binOf(edges: Float32Array, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= (edges[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function growForest(
  rows: readonly Float32Array[],
  labels: ArrayLike<number>,
  weights: ArrayLike<number>,
  options: GrowOptions,
): Forest {
  const n = rows.length;
  const width = rows[0]?.length ?? 0;
  const edges = edgesOf(rows, width);
  const binned = Array.from({ length: width }, (_, f) => {
    const column = new Uint8Array(n);
    const e = edges[f] ?? new Float32Array();
    for (let i = 0; i < n; i++) column[i] = binOf(e, rows[i]?.[f] ?? 0);
    return column;
  });
  let yes = 0;
  let all = 0;
  for (let i = 0; i < n; i++) {
    yes += (labels[i] ?? 0) * (weights[i] ?? 0);
    all += weights[i] ?? 0;
  }
  const bias = Math.log((yes + 1e-3) / (all - yes + 1e-3));
  const score = new Float64Array(n).fill(bias);
  const g = new Float64Array(n);
  const h = new Float64Array(n);
  let state = options.seed >>> 0 || 1;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const trees: Tree[] = [];
  const gh = new Float64Array(BINS * 2);
  for (let t = 0; t < options.trees; t++) {
    for (let i = 0; i < n; i++) {
      const p = 1 / (1 + Math.exp(-(score[i] ?? 0)));
      const w = weights[i] ?? 0;
      g[i] = w * (p - (labels[i] ?? 0));
      h[i] = Math.max(1e-9, w * p * (1 - p));
    }
    const columns: number[] = [];
    for (let f = 0; f < width; f++)
      if ((edges[f]?.length ?? 0) > 0 && random() < options.columns) columns.push(f);
    const sample: number[] = [];
    for (let i = 0; i < n; i++) if ((weights[i] ?? 0) > 0 && random() < options.rows) sample.push(i);
    const tree = { f: [] as number[], t: [] as number[], l: [] as number[], v: [] as number[] };
    const bins: number[] = [];
    const build = (items: Int32Array, node: number, depth: number): void => {
      let sumG = 0;
      let sumH = 0;
      for (const i of items) {
        sumG += g[i] ?? 0;
        sumH += h[i] ?? 0;
      }
      tree.f[node] = -1;
      tree.t[node] = 0;
      tree.l[node] = 0;
      tree.v[node] = Math.round((-sumG / (sumH + options.lambda)) * options.rate * 1e4) / 1e4;
      if (depth >= options.depth || sumH < options.minWeight * 2) return;
      const base = (sumG * sumG) / (sumH + options.lambda);
      let bestGain = 1e-4;
      let bestF = -1;
      let bestBin = 0;
      for (const f of columns) {
        const column = binned[f];
        const size = (edges[f]?.length ?? 0) + 1;
        if (column === undefined) continue;
        gh.fill(0, 0, size * 2);
        for (const i of items) {
          const b = (column[i] ?? 0) * 2;
          gh[b] = (gh[b] ?? 0) + (g[i] ?? 0);
          gh[b + 1] = (gh[b + 1] ?? 0) + (h[i] ?? 0);
        }
        let leftG = 0;
        let leftH = 0;
        for (let b = 0; b < size - 1; b++) {
          leftG += gh[b * 2] ?? 0;
          leftH += gh[b * 2 + 1] ?? 0;
          const rightH = sumH - leftH;
          if (leftH < options.minWeight || rightH < options.minWeight) continue;
          const rightG = sumG - leftG;
          const gain =
            (leftG * leftG) / (leftH + options.lambda) + (rightG * rightG) / (rightH + options.lambda) - base;
          if (gain > bestGain) [bestGain, bestF, bestBin] = [gain, f, b];
        }
      }
      if (bestF < 0) return;
      const column = binned[bestF];
      const left: number[] = [];
      const right: number[] = [];
      for (const i of items) ((column?.[i] ?? 0) <= bestBin ? left : right).push(i);
      const child = tree.f.length;
      tree.f[node] = bestF;
      tree.t[node] = edges[bestF]?.[bestBin] ?? 0;
      tree.l[node] = child;
      bins[node] = bestBin;
      tree.f.push(-1, -1);
      tree.t.push(0, 0);
      tree.l.push(0, 0);
      tree.v.push(0, 0);
      build(Int32Array.from(left), child, depth + 1);
      build(Int32Array.from(right), child + 1, depth + 1);
    };
    build(Int32Array.from(sample), 0, 0);
    for (let i = 0; i < n; i++) {
      let node = 0;
      for (let f = tree.f[0] ?? -1; f >= 0; f = tree.f[node] ?? -1)
        node = (tree.l[node] ?? 0) + ((binned[f]?.[i] ?? 0) <= (bins[node] ?? 0) ? 0 : 1);
      score[i] = (score[i] ?? 0) + (tree.v[node] ?? 0);
    }
    trees.push(tree);
  }
  return { bias, trees };
}
