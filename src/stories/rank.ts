/**
 * Stories → their height in Headlines and in Breaking, the one place where both are decided: stores keep the two numbers
 * beside the story and sort by them. Headlines by newsrooms, informants and freshness; Breaking by surprise (`burst.ts`).
 */
import type { Story } from "../model/index.ts";

const HOUR = 3_600_000;
/** Hours after which a story weighs half. */
export const HALF_LIFE = 24;
/** Weight of a story that no newsroom stands behind any more. */
const LEAST = 0.25;

/**
 * Independent newsrooms count most, further informants less and less; the whole halves with every day of age. Written as a
 * logarithm, age and weight add up, so that the order of two stories never changes by time alone and can be stored:
 * log2(weight · 2^(−age/H)) = log2(weight) + last/H − now/H, and the last term is the same for all.
 * @example headlineRank({ newsrooms: 3, informants: 1, lastMs: 0 }) // log2(5)
 */
export const headlineRank = (s: {
  readonly newsrooms: number;
  readonly informants: number;
  readonly lastMs: number;
}): number =>
  Math.log2(Math.max(LEAST, 2 * Math.log2(1 + s.newsrooms) + Math.log2(1 + s.informants))) +
  s.lastMs / (HALF_LIFE * HOUR);

/** Least surprise of a story in Breaking: two newsrooms within hours on what nobody wrote of before. */
const SURPRISE = 1.5;
/** One newsroom that publishes is no growth. */
const NEWSROOMS = 2;

/** Height in Breaking; 0 for a story that has no place there. */
export const breakingRank = ({ burst }: Pick<Story, "burst">): number =>
  burst !== undefined && burst.newsrooms >= NEWSROOMS && burst.score >= SURPRISE ? burst.score : 0;
