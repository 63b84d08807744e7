/**
 * Two groups of articles → how alike they are, by their summed term vectors. The mean similarity between the groups
 * (average linkage, as in UPGMA) is put in proportion to the mean similarity within them: reports of one fight resemble
 * those of another fight, but less than they resemble one another. Groups of few members are helped out by what is usual.
 */

export type Group = {
  /** Sum of the members' term vectors, each of length one. */
  readonly sum: Map<number, number>;
  /** Members counted; copies of one text count once. */
  n: number;
  /** Words of the members together. */
  words: number;
};

export type SimilarityOptions = {
  /** Usual similarity of two reports of one story when only headlines are known, and when whole texts are. */
  readonly usualShort: number;
  readonly usualLong: number;
  /** Words by which a text counts as long, on the scale of an exponential. */
  readonly longWords: number;
  /** Number of pairs the usual similarity weighs as much as. */
  readonly prior: number;
  /** Least proportion to be one story, for headlines alone and for whole texts. */
  readonly leastShort: number;
  readonly leastLong: number;
};

export const SIMILARITY: SimilarityOptions = {
  usualShort: 0.08,
  usualLong: 0.45,
  longWords: 120,
  prior: 6,
  leastShort: 0.22,
  leastLong: 0.75,
};

export const dot = (a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): number => {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [term, weight] of few) {
    const other = many.get(term);
    if (other !== undefined) sum += weight * other;
  }
  return sum;
};

const longness = (g: Group, o: SimilarityOptions): number => 1 - Math.exp(-g.words / g.n / o.longWords);

/** Mean similarity of two members of a group. */
export const within = (g: Group, o: SimilarityOptions): number => {
  const usual = o.usualShort + (o.usualLong - o.usualShort) * longness(g, o);
  const pairs = (g.n * (g.n - 1)) / 2;
  if (pairs === 0) return usual;
  let square = 0;
  for (const w of g.sum.values()) square += w * w;
  return ((square - g.n) / 2 + o.prior * usual) / (pairs + o.prior);
};

export const likeness = (a: Group, b: Group, o: SimilarityOptions, withinA = within(a, o)): number =>
  dot(a.sum, b.sum) / (a.n * b.n) / Math.sqrt(Math.max(1e-6, withinA * within(b, o)));

/** Least likeness at which the two are one story. */
export const leastLikeness = (a: Group, b: Group, o: SimilarityOptions): number =>
  o.leastShort + (o.leastLong - o.leastShort) * Math.min(longness(a, o), longness(b, o));
