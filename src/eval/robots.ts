/** Cases {robots, ua, url, allowed} → how many our matcher decides as expected. Leaves out reading the file. */
import { isAllowed, parseRobots } from "../feeds/robots.ts";

export type RobotsCase = {
  readonly robots: string;
  readonly ua: string;
  readonly url: string;
  readonly allowed?: boolean;
};

export type RobotsScores = { readonly n: number; readonly correct: number; readonly accuracy: number };

/** Our decisions, in order. */
export function decideRobots(cases: readonly RobotsCase[]): readonly boolean[] {
  return cases.map(({ robots, ua, url }) => isAllowed(parseRobots(robots), ua, url));
}

export function scoreRobots(cases: readonly RobotsCase[], decisions: readonly boolean[]): RobotsScores {
  const correct = cases.filter((one, index) => one.allowed === decisions[index]).length;
  return { n: cases.length, correct, accuracy: cases.length === 0 ? 0 : correct / cases.length };
}
