/** `eval robots FILE`: cases of robots.txt decisions. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { decideRobots, type RobotsCase, scoreRobots } from "../../eval/robots.ts";
import { readJson, toJsonLines } from "./files.ts";
import type { EvalTask } from "./measure.ts";

export const task: EvalTask = async (path) => {
  const file = statSync(path).isDirectory() ? join(path, "robots.json") : path;
  const { cases } = readJson<{ readonly cases: readonly RobotsCase[] }>(file);
  const decisions = decideRobots(cases);
  return {
    figures: { ...scoreRobots(cases, decisions) },
    items: cases.length,
    predictions: toJsonLines(decisions),
  };
};
