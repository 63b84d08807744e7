/**
 * Lengths of sentences, falling → where their words stand when the sentences run side by side: word t of sentence b in row
 * off(t) + b, so that those that still run at a step are neighbours.
 */
export type Direction = 0 | 1;

export type Steps = {
  readonly steps: number;
  readonly rows: number;
  /** First row of a step. */
  readonly off: (t: number) => number;
  /** The step that comes `s`-th in a direction, the one before it, and how many sentences come over from there. */
  readonly at: (
    direction: Direction,
    s: number,
  ) => { readonly t: number; readonly before: number; readonly carried: number };
  /** Sentences that have a word at a step. */
  readonly running: (t: number) => number;
};

export function layOut(lengths: readonly number[]): Steps {
  const steps = lengths[0] ?? 0;
  const active = new Int32Array(steps + 1);
  const offset = new Int32Array(steps + 1);
  for (const length of lengths) for (let t = 0; t < length; t++) active[t] = (active[t] ?? 0) + 1;
  for (let t = 0; t < steps; t++) offset[t + 1] = (offset[t] ?? 0) + (active[t] ?? 0);
  const running = (t: number): number => active[t] ?? 0;
  return {
    steps,
    rows: offset[steps] ?? 0,
    off: (t) => offset[t] ?? 0,
    running,
    at: (direction, s) => {
      const t = direction === 0 ? s : steps - 1 - s;
      const before = direction === 0 ? t - 1 : t + 1;
      const carried = before < 0 || before >= steps ? 0 : Math.min(running(t), running(before));
      return { t, before, carried };
    },
  };
}
