/** Stories → the order of the front page: Headlines by newsrooms, informants and freshness; Breaking by surprise. */
import type { Story } from "../model/index.ts";

export type Ranked = {
  readonly id: string;
  readonly last: string;
  readonly newsrooms: number;
  readonly informants: number;
  /** Poisson surprise; 0 when unknown. */
  readonly burst: number;
  /** Newsrooms of the last hours. */
  readonly recent: number;
};

const HOUR = 3_600_000;
/** Hours after which a story weighs half. */
const HALF_LIFE = 24;

export const rankedOf = (story: Story): Ranked => ({
  id: story.id,
  last: story.last,
  newsrooms: story.corroboration.newsrooms,
  informants: story.corroboration.informants.length,
  burst: story.burst?.score ?? 0,
  recent: story.burst?.newsrooms ?? 0,
});

/** Independent newsrooms count most, further informants less and less; the whole fades with age. */
export const headlineScore = (s: Ranked, now: number): number => {
  const age = Math.max(0, now - Date.parse(s.last)) / HOUR;
  return (Math.log2(1 + s.newsrooms) * 2 + Math.log2(1 + s.informants)) * 0.5 ** (age / HALF_LIFE);
};

/** For sorting: the story that should stand higher comes first. */
export const compareForFront =
  (now: number) =>
  (a: Ranked, b: Ranked): number =>
    headlineScore(b, now) - headlineScore(a, now) ||
    (a.last < b.last ? 1 : a.last > b.last ? -1 : a.id < b.id ? -1 : 1);

/** Least surprise and newsrooms of a story in Breaking. */
export const isBreaking = (s: Ranked): boolean => s.burst >= 2 && s.recent >= 2;

export const compareForBreaking = (a: Ranked, b: Ranked): number =>
  b.burst - a.burst ||
  b.recent - a.recent ||
  (a.last < b.last ? 1 : a.last > b.last ? -1 : a.id < b.id ? -1 : 1);
