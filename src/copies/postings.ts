/**
 * Hash → articles that carry it: sorted runs merged as they grow (the log-structured merge tree of O'Neil et al. 1996,
 * in memory). One posting is one double: hash, article number and a flag packed into 53 bits, eight bytes in all.
 * Up to 2^20 articles of an archive; beyond that the oldest would have to be left out.
 */

const ID_SPACE = 2 ** 21; // 20 bits of article number, one of flag
const MEMTABLE = 32768;

export type Postings = {
  readonly add: (hash: number, article: number, flag: 0 | 1) => void;
  /** Calls `visit` for every posting of the hash, oldest article first, until it has been called `limit` times; returns how many there were (at most limit + 1). */
  readonly each: (hash: number, limit: number, visit: (article: number, flag: number) => void) => number;
  readonly bytes: () => number;
};

const lowerBound = (run: Float64Array, key: number): number => {
  let low = 0;
  let high = run.length;
  while (low < high) {
    const mid = (low + high) >>> 1;
    if ((run[mid] ?? 0) < key) low = mid + 1;
    else high = mid;
  }
  return low;
};

const merge = (a: Float64Array, b: Float64Array): Float64Array => {
  const out = new Float64Array(a.length + b.length);
  let i = 0;
  let j = 0;
  for (let k = 0; k < out.length; k++) {
    const x = i < a.length ? (a[i] ?? 0) : Number.POSITIVE_INFINITY;
    const y = j < b.length ? (b[j] ?? 0) : Number.POSITIVE_INFINITY;
    if (x <= y) {
      out[k] = x;
      i++;
    } else {
      out[k] = y;
      j++;
    }
  }
  return out;
};

export const createPostings = (): Postings => {
  const runs: Float64Array<ArrayBufferLike>[] = [];
  let recent = new Map<number, number[]>();
  let pending = 0;

  const flush = (): void => {
    const run = new Float64Array(pending);
    let at = 0;
    for (const [hash, list] of recent) for (const low of list) run[at++] = hash * ID_SPACE + low;
    run.sort();
    recent = new Map();
    pending = 0;
    let merged: Float64Array<ArrayBufferLike> = run;
    // Runs grow by doubling, so each posting is merged some log2(n) times at most.
    while (runs.length > 0 && (runs.at(-1)?.length ?? 0) <= merged.length * 1.5)
      merged = merge(runs.pop() ?? new Float64Array(), merged);
    runs.push(merged);
  };

  return {
    add: (hash, article, flag) => {
      const low = article * 2 + flag;
      const list = recent.get(hash);
      if (list) list.push(low);
      else recent.set(hash, [low]);
      if (++pending >= MEMTABLE) flush();
    },
    each: (hash, limit, visit) => {
      let n = 0;
      const key = hash * ID_SPACE;
      for (const run of runs) {
        for (let i = lowerBound(run, key); i < run.length; i++) {
          const low = (run[i] ?? 0) - key;
          if (low >= ID_SPACE) break;
          if (n++ >= limit) return n;
          visit(low >> 1, low & 1);
        }
      }
      for (const low of recent.get(hash) ?? []) {
        if (n++ >= limit) return n;
        visit(low >> 1, low & 1);
      }
      return n;
    },
    bytes: () => runs.reduce((sum, run) => sum + run.byteLength, 0) + pending * 32,
  };
};
