/**
 * Gradient-boosted regression trees for a yes/no question: evaluation only (train/article.ts grows them).
 * Stored flat: per tree, parallel arrays of feature, threshold, left child and value; right child = left + 1.
 * A feature of −1 marks a leaf. Logistic loss: the sum of leaves is a log-odds.
 */
export type Tree = {
  readonly f: readonly number[];
  readonly t: readonly number[];
  readonly l: readonly number[];
  readonly v: readonly number[];
};

export type Forest = { readonly bias: number; readonly trees: readonly Tree[] };

/** Log-odds that the answer is yes. */
export function logOdds(forest: Forest, features: Float32Array): number {
  let sum = forest.bias;
  for (const tree of forest.trees) {
    let node = 0;
    for (let feature = tree.f[0] ?? -1; feature >= 0; feature = tree.f[node] ?? -1) {
      const left = tree.l[node] ?? 0;
      node = (features[feature] ?? 0) <= (tree.t[node] ?? 0) ? left : left + 1;
    }
    sum += tree.v[node] ?? 0;
  }
  return sum;
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
