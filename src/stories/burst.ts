/**
 * When newsrooms reported a story → how surprising the last hours are. The score is the Poisson surprise
 * -log10 P(at least so many | usual rate), after the burst detection of event streams (Kleinberg 2002; Fung et al. 2005):
 * 3 means that as much would come by chance once in a thousand such spans. Newsrooms are counted, not outlets, so that a
 * wire text printed everywhere is no burst.
 */
import type { Burst } from "../model/index.ts";

export type Appearance = {
  readonly ms: number;
  /** Independent newsroom; appearances without one are left out. */
  readonly newsroom: string;
};

const HOUR = 3_600_000;
/** Newsrooms per hour that any story gets by chance. */
const FLOOR = 0.04;

/** -log10 of the upper tail of a Poisson distribution. */
export const poissonSurprise = (count: number, mean: number): number => {
  if (count <= 0) return 0;
  // The tail as a sum from `count` on, in logarithms: P(k) = e^-m m^k / k!
  let log = -mean;
  for (let k = 1; k <= count; k++) log += Math.log(mean / k);
  let tail = 1;
  let term = 1;
  for (let k = count + 1; k < count + 200; k++) {
    term *= mean / k;
    tail += term;
    if (term < 1e-12) break;
  }
  return Math.max(0, -(log + Math.log(tail)) / Math.LN10);
};

export type BurstOptions = {
  /** Last hours looked at. */
  readonly hours?: number;
  /** Hours shown as bars. */
  readonly bars?: number;
  /** How active the story's outlets are at that hour against their own mean; absent: at all hours alike. */
  readonly activity?: ((hourStartMs: number) => number) | undefined;
};

/** @example burstOf([{ ms: now - 1000, newsroom: "a" }], now).newsrooms // 1 */
export const burstOf = (seen: readonly Appearance[], now: number, options: BurstOptions = {}): Burst => {
  const hours = options.hours ?? 6;
  const length = options.bars ?? 24;
  const since = now - hours * HOUR;
  const past = seen.filter((s) => s.ms <= now);
  const recent = new Set(past.filter((s) => s.ms > since).map((s) => s.newsroom));
  const bars = Array.from({ length }, (_, i) => {
    const from = now - (length - i) * HOUR;
    return new Set(past.filter((s) => s.ms > from && s.ms <= from + HOUR).map((s) => s.newsroom)).size;
  });
  const before = past.filter((s) => s.ms <= since && s.ms > since - 72 * HOUR);
  const first = Math.min(...before.map((s) => s.ms), since);
  const span = Math.max(hours, (since - first) / HOUR);
  const active = (from: number, length: number): number => {
    let sum = 0;
    for (let h = 0; h < length; h++) sum += options.activity?.(from + h * HOUR) ?? 1;
    return sum / length;
  };
  // The story's own past by the hour, at an hour of mean activity; then what that makes of these hours.
  const seenBefore = new Set(before.map((s) => `${s.newsroom} ${Math.floor(s.ms / (hours * HOUR))}`)).size;
  const perHour = Math.max(
    FLOOR,
    seenBefore / span / Math.max(0.1, active(since - span * HOUR, Math.ceil(span))),
  );
  const usual = perHour * hours * active(since, hours);
  return {
    score: Math.round(poissonSurprise(recent.size, usual) * 100) / 100,
    newsrooms: recent.size,
    usual: Math.round(usual * 100) / 100,
    hours,
    bars,
  };
};
