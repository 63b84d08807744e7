/**
 * Scores of arcs → the best tree with exactly one root: the maximum spanning arborescence of Chu and Liu (1965) and
 * Edmonds (1967), run only when the best head of every word does not already make a tree. One root is enforced by
 * a penalty on root arcs larger than any sum of scores.
 */

/** scores[d·stride + h]: word d (0-based) under head h (0 root, k the k-th word). Returns heads, 0 for the root. */
export function bestTree(scores: Float32Array, offset: number, stride: number, n: number): Int32Array {
  const heads = new Int32Array(n);
  let roots = 0;
  for (let d = 0; d < n; d++) {
    let best = -Infinity;
    for (let h = 0, at = offset + d * stride; h <= n; h++) {
      const score = scores[at + h] ?? 0;
      if (h !== d + 1 && score > best) {
        best = score;
        heads[d] = h;
      }
    }
    if (heads[d] === 0) roots++;
  }
  if (roots === 1 && isTree(heads)) return heads;
  return arborescence(scores, offset, stride, n);
}

function isTree(heads: Int32Array): boolean {
  const state = new Uint8Array(heads.length + 1);
  state[0] = 2;
  for (let start = 1; start <= heads.length; start++) {
    let at = start;
    while (state[at] === 0) {
      state[at] = 1;
      at = heads[at - 1] ?? 0;
    }
    if (state[at] === 1) return false;
    for (let back = start; state[back] === 1; back = heads[back - 1] ?? 0) state[back] = 2;
  }
  return true;
}

function arborescence(scores: Float32Array, offset: number, stride: number, n: number): Int32Array {
  const size = n + 1;
  // weight[h·size + d], root included as node 0.
  const weight = new Float64Array(size * size).fill(-Infinity);
  let largest = 1;
  for (let d = 1; d <= n; d++)
    for (let h = 0; h <= n; h++) {
      if (h === d) continue;
      const raw = scores[offset + (d - 1) * stride + h] ?? 0;
      const score = Number.isFinite(raw) ? Math.max(-1e6, Math.min(1e6, raw)) : 0;
      weight[h * size + d] = score;
      largest = Math.max(largest, Math.abs(score));
    }
  const penalty = 2 * largest * (n + 1);
  for (let d = 1; d <= n; d++) weight[d] = (weight[d] ?? 0) - penalty;
  return chuLiuEdmonds(weight, size);
}

/** Iterative contraction; returns the head of each word, 0-based words, heads as node numbers. */
function chuLiuEdmonds(initial: Float64Array, size: number): Int32Array {
  const weight = initial.slice();
  // For each live arc h→d the original arc it stands for.
  const fromNode = new Int32Array(size * size);
  const toNode = new Int32Array(size * size);
  for (let h = 0; h < size; h++)
    for (let d = 0; d < size; d++) {
      fromNode[h * size + d] = h;
      toNode[h * size + d] = d;
    }
  const alive = new Uint8Array(size).fill(1);
  const members: number[][] = Array.from({ length: size }, (_, node) => [node]);
  type Contraction = {
    readonly cycle: readonly {
      readonly from: number;
      readonly to: number;
      readonly members: readonly number[];
    }[];
  };
  const contractions: Contraction[] = [];
  const best = new Int32Array(size);
  for (;;) {
    for (let d = 1; d < size; d++) {
      if (alive[d] === 0) continue;
      let top = -Infinity;
      for (let h = 0; h < size; h++)
        if (alive[h] === 1 && h !== d && (weight[h * size + d] ?? -Infinity) > top) {
          top = weight[h * size + d] ?? -Infinity;
          best[d] = h;
        }
    }
    const cycle = findCycle(best, alive, size);
    if (cycle === undefined) break;
    const representative = cycle[0] ?? 0;
    contractions.push({
      cycle: cycle.map((d) => {
        const arc = (best[d] ?? 0) * size + d;
        return { from: fromNode[arc] ?? 0, to: toNode[arc] ?? 0, members: members[d] ?? [] };
      }),
    });
    contract(cycle, representative, { weight, fromNode, toNode, alive, best, size });
    members[representative] = cycle.flatMap((node) => members[node] ?? []);
  }
  const heads = new Int32Array(size).fill(-1);
  for (let d = 1; d < size; d++) {
    if (alive[d] === 0) continue;
    const arc = (best[d] ?? 0) * size + d;
    heads[toNode[arc] ?? 0] = fromNode[arc] ?? 0;
  }
  // Open the cycles, last contracted first: the member that was entered from outside keeps that head.
  for (const { cycle } of contractions.reverse())
    for (const arc of cycle) if (!arc.members.some((node) => heads[node] !== -1)) heads[arc.to] = arc.from;
  return heads.slice(1);
}

function findCycle(best: Int32Array, alive: Uint8Array, size: number): number[] | undefined {
  const state = new Int32Array(size);
  state[0] = -1;
  for (let start = 1; start < size; start++) {
    if (alive[start] === 0 || state[start] !== 0) continue;
    let at = start;
    while (state[at] === 0) {
      state[at] = start;
      at = best[at] ?? 0;
    }
    if (state[at] !== start) continue;
    const cycle = [at];
    for (let node = best[at] ?? 0; node !== at; node = best[node] ?? 0) cycle.push(node);
    return cycle;
  }
  return undefined;
}

type Graph = {
  weight: Float64Array;
  fromNode: Int32Array;
  toNode: Int32Array;
  alive: Uint8Array;
  best: Int32Array;
  size: number;
};

function contract(cycle: readonly number[], into: number, graph: Graph): void {
  const { weight, fromNode, toNode, alive, best, size } = graph;
  const inside = new Uint8Array(size);
  for (const node of cycle) inside[node] = 1;
  for (let other = 0; other < size; other++) {
    if (alive[other] === 0 || inside[other] === 1) continue;
    let enter = -Infinity;
    let enterArc = other * size + into;
    let leave = -Infinity;
    let leaveArc = into * size + other;
    for (const node of cycle) {
      const gain =
        (weight[other * size + node] ?? -Infinity) - (weight[(best[node] ?? 0) * size + node] ?? 0);
      if (gain > enter) {
        enter = gain;
        enterArc = other * size + node;
      }
      const out = weight[node * size + other] ?? -Infinity;
      if (out > leave) {
        leave = out;
        leaveArc = node * size + other;
      }
    }
    const entering = { from: fromNode[enterArc] ?? 0, to: toNode[enterArc] ?? 0 };
    const leaving = { from: fromNode[leaveArc] ?? 0, to: toNode[leaveArc] ?? 0 };
    weight[other * size + into] = enter;
    fromNode[other * size + into] = entering.from;
    toNode[other * size + into] = entering.to;
    weight[into * size + other] = leave;
    fromNode[into * size + other] = leaving.from;
    toNode[into * size + other] = leaving.to;
  }
  for (const node of cycle) if (node !== into) alive[node] = 0;
}
