/** What a task of `dateline eval` is, and what every result carries besides its figures: time, processor time, memory, rate. */
import type { Parts } from "../parts.ts";

export type EvalResult = {
  /** The figures; written as the last line of the output, as JSON. */
  readonly figures: Readonly<Record<string, unknown>>;
  /** Number of things read, for the rate. */
  readonly items: number;
  /** Predictions in the scorer's input form, for `--out`: one file, or a folder of files. */
  readonly predictions?: string | Uint8Array | ReadonlyMap<string, string> | undefined;
};

export type EvalOptions = {
  readonly lang?: string | undefined;
  readonly parts: Parts;
  /** Writes a line for people, before the result. */
  readonly print: (line: string) => void;
};

export type EvalTask = (path: string, options: EvalOptions) => Promise<EvalResult>;

/** Runs a task and adds `seconds`, `cpuSeconds`, `peakMB`, `perSecond`. */
export async function measured(task: EvalTask, path: string, options: EvalOptions): Promise<EvalResult> {
  const start = performance.now();
  const cpu = process.cpuUsage();
  const result = await task(path, options);
  const seconds = (performance.now() - start) / 1000;
  const used = process.cpuUsage(cpu);
  const round = (x: number, digits: number) => Number(x.toFixed(digits));
  return {
    ...result,
    figures: {
      ...result.figures,
      seconds: round(seconds, 2),
      cpuSeconds: round((used.user + used.system) / 1e6, 2),
      peakMB: Math.round(process.resourceUsage().maxRSS / 1024),
      perSecond: round(result.items / Math.max(seconds, 1e-3), 1),
    },
  };
}
