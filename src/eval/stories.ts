/**
 * Predicted stories and copies against gold → B-cubed (Bagga & Baldwin 1998) and pairwise scores of the grouping, and of
 * copies: were they flagged, were they put with the right family, was the right original named. Over several arrival
 * orders: mean and standard deviation.
 */

export type StoryRow = {
  readonly id: string;
  readonly story?: string | null | undefined;
  /** Original this article copies; null when it copies none; absent when copies are not judged. */
  readonly copyOf?: string | null | undefined;
  readonly kind?: string | null | undefined;
};
export type Score = { readonly p: number; readonly r: number; readonly f1: number };
export type StoryFigures = {
  readonly docs: number;
  readonly gold: number;
  readonly predicted: number;
  readonly bcubed: Score;
  readonly pairwise: Score;
};
export type CopyFigures = {
  readonly copies: number;
  readonly flagged: Score;
  readonly pairs: Score;
  readonly rightOriginal: number;
};
export type KindFigures = {
  readonly n: number;
  readonly saidCopy: number;
  readonly rightOriginal: number | null;
};
export type StoriesScore = {
  readonly missing: number;
  readonly stories?: StoryFigures;
  readonly duplicates?: CopyFigures;
  readonly byKind?: Readonly<Record<string, KindFigures>>;
};

const scoreOf = (p: number, r: number): Score => ({ p, r, f1: p + r > 0 ? (2 * p * r) / (p + r) : 0 });
const pairs = (n: number): number => (n * (n - 1)) / 2;

const sizes = <T>(items: readonly T[], key: (item: T) => string): Map<string, number> => {
  const out = new Map<string, number>();
  for (const item of items) out.set(key(item), (out.get(key(item)) ?? 0) + 1);
  return out;
};
const pairsOf = (groups: ReadonlyMap<string, number>): number => {
  let n = 0;
  for (const size of groups.values()) n += pairs(size);
  return n;
};

const scoreGroups = (gold: readonly StoryRow[], predicted: ReadonlyMap<string, StoryRow>): StoryFigures => {
  const docs = gold.filter((g) => g.story != null);
  const goldKey = (g: StoryRow): string => String(g.story);
  // An article without a prediction stands alone.
  const predKey = (g: StoryRow): string => String(predicted.get(g.id)?.story ?? ` solo ${g.id}`);
  const golds = sizes(docs, goldKey);
  const preds = sizes(docs, predKey);
  const both = sizes(docs, (g) => JSON.stringify([goldKey(g), predKey(g)]));
  let p = 0;
  let r = 0;
  for (const g of docs) {
    const overlap = both.get(JSON.stringify([goldKey(g), predKey(g)])) ?? 0;
    p += overlap / (preds.get(predKey(g)) ?? 1);
    r += overlap / (golds.get(goldKey(g)) ?? 1);
  }
  const hit = pairsOf(both);
  const said = pairsOf(preds);
  const real = pairsOf(golds);
  return {
    docs: docs.length,
    gold: golds.size,
    predicted: preds.size,
    bcubed: scoreOf(p / docs.length, r / docs.length),
    pairwise: scoreOf(said ? hit / said : 1, real ? hit / real : 1),
  };
};

/** End of the chain of originals within the judged articles. */
const rootBy =
  (original: (id: string) => string | null | undefined, known: ReadonlySet<string>) => (id: string) => {
    let at = id;
    for (let hops = 0; hops < 1000; hops++) {
      const up = original(at);
      if (up == null || up === at || !known.has(up)) break;
      at = up;
    }
    return at;
  };

const scoreCopies = (
  gold: readonly StoryRow[],
  predicted: ReadonlyMap<string, StoryRow>,
): { duplicates: CopyFigures; byKind: Record<string, KindFigures> } => {
  const known = new Set(gold.map((g) => g.id));
  const goldOf = new Map(gold.map((g) => [g.id, g.copyOf]));
  const goldRoot = rootBy((id) => goldOf.get(id), known);
  const predRoot = rootBy((id) => predicted.get(id)?.copyOf, known);
  const said = (g: StoryRow): boolean => predicted.get(g.id)?.copyOf != null;
  const right = (g: StoryRow): boolean => said(g) && predRoot(g.id) === goldRoot(g.id);
  const copies = gold.filter((g) => g.copyOf != null);
  const flagged = gold.filter(said);
  const hit = pairsOf(sizes(gold, (g) => `${goldRoot(g.id)}\u0000${predRoot(g.id)}`));
  const saidPairs = pairsOf(sizes(gold, (g) => predRoot(g.id)));
  const real = pairsOf(sizes(gold, (g) => goldRoot(g.id)));
  const byKind: Record<string, KindFigures> = {};
  for (const kind of new Set(gold.map((g) => g.kind))) {
    if (!kind) continue;
    const of = gold.filter((g) => g.kind === kind);
    const areCopies = of[0]?.copyOf != null;
    byKind[kind] = {
      n: of.length,
      saidCopy: of.filter(said).length / of.length,
      rightOriginal: areCopies ? of.filter(right).length / of.length : null,
    };
  }
  return {
    duplicates: {
      copies: copies.length,
      flagged: scoreOf(
        flagged.length ? flagged.filter((g) => g.copyOf != null).length / flagged.length : 1,
        copies.filter(said).length / copies.length,
      ),
      pairs: scoreOf(saidPairs ? hit / saidPairs : 1, hit / real),
      rightOriginal: copies.filter(right).length / copies.length,
    },
    byKind,
  };
};

/** @example scoreStories([{ id: "a", story: "s" }, { id: "b", story: "s" }], [{ id: "a", story: "x" }, { id: "b", story: "x" }]).stories?.bcubed.f1 // 1 */
export const scoreStories = (gold: readonly StoryRow[], predictions: readonly StoryRow[]): StoriesScore => {
  const predicted = new Map<string, StoryRow>();
  for (const p of predictions) {
    if (predicted.has(p.id)) throw new RangeError(`Two predictions for ${p.id}`);
    predicted.set(p.id, p);
  }
  return {
    missing: gold.filter((g) => !predicted.has(g.id)).length,
    ...(gold.some((g) => g.story != null) ? { stories: scoreGroups(gold, predicted) } : {}),
    ...(gold.some((g) => "copyOf" in g) ? scoreCopies(gold, predicted) : {}),
  };
};

/** Mean and standard deviation of every figure over runs, keeping the shape of one run. */
export const meanOfRuns = (runs: readonly StoriesScore[]): { mean: StoriesScore; sd: StoriesScore } => {
  const combine = (values: readonly unknown[], how: (numbers: readonly number[]) => number): unknown => {
    const first = values[0];
    if (typeof first === "number") return how(values.filter((v) => typeof v === "number"));
    if (first === null || typeof first !== "object") return first;
    return Object.fromEntries(
      Object.keys(first).map((k) => [
        k,
        combine(
          values.map((v) => (v as Record<string, unknown>)[k]),
          how,
        ),
      ]),
    );
  };
  const mean = (xs: readonly number[]): number => xs.reduce((s, x) => s + x, 0) / xs.length;
  const sd = (xs: readonly number[]): number => {
    const m = mean(xs);
    return Math.sqrt(mean(xs.map((x) => (x - m) ** 2)));
  };
  // `combine` keeps the shape it is given.
  return { mean: combine(runs, mean) as StoriesScore, sd: combine(runs, sd) as StoriesScore };
};
