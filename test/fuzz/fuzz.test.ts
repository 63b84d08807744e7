import { expect, it } from "vitest";
import { fuzz, TARGETS } from "./run.ts";

it.each(TARGETS.map((target) => [target.name, target] as const))(
  "a few thousand broken inputs: %s",
  async (_name, target) => {
    const report = await fuzz(target, 2000, 7);
    expect(report.failures.map(({ error }) => error)).toEqual([]);
  },
);
