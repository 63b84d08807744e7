/**
 * Coreference scores: MUC (Vilain et al. 1995), B³ (Bagga & Baldwin 1998), CEAFe (Luo 2005, φ4, Hungarian-style optimal
 * matching), as in the CoNLL-2012 scorer, over mentions given as spans; singletons are dropped on both sides.
 * Gold chains are read from GUM's `Entity=` (Zeldes 2017): `(12-person-…` opens, `12)` closes, both may stand in one value.
 */
import type { ConlluSentence } from "./conllu.ts";

/** A mention: sentence and words, 0-based and half-open. */
export type CorefMention = { readonly sentence: number; readonly start: number; readonly end: number };
export type CorefChain = readonly CorefMention[];
export type CorefScores = {
  readonly muc: number;
  readonly b3: number;
  readonly ceafe: number;
  readonly mean: number;
};
export type CorefCounts = { readonly muc: Counts; readonly b3: Counts; readonly ceafe: Counts };
/** Numerators and denominators of recall and precision; they add up over documents. */
export type Counts = readonly [rn: number, rd: number, pn: number, pd: number];

const keyOf = (m: CorefMention): string => `${m.sentence}:${m.start}-${m.end}`;

/** Chains of one document, singletons included. */
export function readChains(sentences: readonly ConlluSentence[]): CorefMention[][] {
  const chains = new Map<string, CorefMention[]>();
  sentences.forEach((sentence, s) => {
    const open = new Map<string, number[]>();
    sentence.words.forEach((word, w) => {
      const value = word.misc.split("|").find((part) => part.startsWith("Entity="));
      if (!value) return;
      // Pieces: "(id-…" with or without ")", and "id)".
      for (const [piece] of value
        .slice(7)
        .matchAll(/\([^()]*(?:\([^()]*\)[^()]*)*?(?=\(|$|\))\)?|[^()]+\)/g)) {
        if (piece.startsWith("(")) {
          const body = piece.slice(1);
          const id = /^([^-)[]+)/.exec(body)?.[1] ?? body;
          open.set(id, [...(open.get(id) ?? []), w]);
          if (piece.endsWith(")")) close(id, w);
        } else close(/^([^-)[]+)/.exec(piece)?.[1] ?? piece.slice(0, -1), w);
      }
      function close(id: string, w2: number): void {
        const starts = open.get(id);
        const start = starts?.pop();
        if (start === undefined) return;
        chains.set(id, [...(chains.get(id) ?? []), { sentence: s, start, end: w2 + 1 }]);
      }
    });
  });
  return [...chains.values()];
}

const linked = (chains: readonly CorefChain[]): CorefChain[] =>
  chains.map((c) => [...new Map(c.map((m) => [keyOf(m), m])).values()]).filter((c) => c.length > 1);

/** One side of MUC: links of `a` that `b` has too. */
function mucSide(a: readonly CorefChain[], b: ReadonlyMap<string, number>): [number, number] {
  let num = 0;
  let den = 0;
  for (const chain of a) {
    const parts = new Set<string>();
    for (const m of chain) parts.add(b.has(keyOf(m)) ? `c${b.get(keyOf(m))}` : keyOf(m));
    num += chain.length - parts.size;
    den += chain.length - 1;
  }
  return [num, den];
}

function bSide(a: readonly CorefChain[], b: ReadonlyMap<string, number>): [number, number] {
  let num = 0;
  let den = 0;
  for (const chain of a) {
    const sizes = new Map<number, number>();
    for (const m of chain) {
      const other = b.get(keyOf(m));
      if (other !== undefined) sizes.set(other, (sizes.get(other) ?? 0) + 1);
    }
    for (const n of sizes.values()) num += (n * n) / chain.length;
    den += chain.length;
  }
  return [num, den];
}

/** Largest total of a one-to-one matching (Kuhn–Munkres on a rectangular table, O(n²m)). */
export function bestMatching(value: readonly (readonly number[])[]): number {
  const rows = value.length;
  const columns = value[0]?.length ?? 0;
  if (rows === 0 || columns === 0) return 0;
  if (rows > columns)
    return bestMatching(Array.from({ length: columns }, (_, j) => value.map((row) => row[j] ?? 0)));
  const u = new Float64Array(rows + 1);
  const v = new Float64Array(columns + 1);
  const match = new Int32Array(columns + 1);
  const way = new Int32Array(columns + 1);
  for (let i = 1; i <= rows; i++) {
    match[0] = i;
    let j0 = 0;
    const least = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
    const used = new Uint8Array(columns + 1);
    do {
      used[j0] = 1;
      const i0 = match[j0] ?? 0;
      let delta = Number.POSITIVE_INFINITY;
      let j1 = 0;
      for (let j = 1; j <= columns; j++) {
        if (used[j]) continue;
        const cost = -(value[i0 - 1]?.[j - 1] ?? 0) - (u[i0] ?? 0) - (v[j] ?? 0);
        if (cost < (least[j] ?? 0)) {
          least[j] = cost;
          way[j] = j0;
        }
        if ((least[j] ?? 0) < delta) {
          delta = least[j] ?? 0;
          j1 = j;
        }
      }
      for (let j = 0; j <= columns; j++) {
        if (used[j]) {
          const row = match[j] ?? 0;
          u[row] = (u[row] ?? 0) + delta;
          v[j] = (v[j] ?? 0) - delta;
        } else least[j] = (least[j] ?? 0) - delta;
      }
      j0 = j1;
    } while (match[j0] !== 0);
    do {
      const j1 = way[j0] ?? 0;
      match[j0] = match[j1] ?? 0;
      j0 = j1;
    } while (j0 !== 0);
  }
  let total = 0;
  for (let j = 1; j <= columns; j++)
    if ((match[j] ?? 0) > 0) total += value[(match[j] ?? 1) - 1]?.[j - 1] ?? 0;
  return total;
}

function ceafe(
  gold: readonly CorefChain[],
  system: readonly CorefChain[],
  inSystem: ReadonlyMap<string, number>,
): Counts {
  const table = gold.map((chain) => {
    const row = new Array<number>(system.length).fill(0);
    for (const m of chain) {
      const j = inSystem.get(keyOf(m));
      if (j !== undefined) row[j] = (row[j] ?? 0) + 1;
    }
    return row.map((n, j) => (2 * n) / (chain.length + (system[j]?.length ?? 0)));
  });
  const total = bestMatching(table);
  return [total, gold.length, total, system.length];
}

/** Counts of one document. */
export function countCoref(
  goldChains: readonly CorefChain[],
  systemChains: readonly CorefChain[],
): CorefCounts {
  const gold = linked(goldChains);
  const system = linked(systemChains);
  const index = (chains: readonly CorefChain[]) =>
    new Map(chains.flatMap((c, i) => c.map((m): [string, number] => [keyOf(m), i])));
  const inGold = index(gold);
  const inSystem = index(system);
  return {
    muc: [...mucSide(gold, inSystem), ...mucSide(system, inGold)],
    b3: [...bSide(gold, inSystem), ...bSide(system, inGold)],
    ceafe: ceafe(gold, system, inSystem),
  };
}

/** F1 of counts added over documents. */
export function scoreCoref(documents: readonly CorefCounts[]): CorefScores {
  const f1 = (metric: keyof CorefCounts): number => {
    const [rn, rd, pn, pd] = documents.reduce<Counts>(
      (a, d) => [a[0] + d[metric][0], a[1] + d[metric][1], a[2] + d[metric][2], a[3] + d[metric][3]],
      [0, 0, 0, 0],
    );
    const r = rn / (rd || 1);
    const p = pn / (pd || 1);
    return (2 * p * r) / (p + r || 1);
  };
  const round = (x: number) => Number(x.toFixed(4));
  const [muc, b3, ceaf] = [f1("muc"), f1("b3"), f1("ceafe")];
  return { muc: round(muc), b3: round(b3), ceafe: round(ceaf), mean: round((muc + b3 + ceaf) / 3) };
}
