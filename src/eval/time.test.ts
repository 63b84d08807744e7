import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findTimes } from "../lang/times.ts";
import { evalTime, type TimeCase } from "./time.ts";

const CASES = readFileSync(new URL("../../test/eval/time.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as TimeCase);

describe("evalTime", () => {
  it("finds nearly all of our own cases read", () => {
    const score = evalTime(CASES, (c) => findTimes(c.text, c));
    expect(score.accuracy, score.wrong.map((w) => w.case.text).join("\n")).toBeGreaterThan(0.97);
  });

  it("counts an overlooked time as wrong", () => {
    expect(evalTime(CASES.slice(0, 2), () => []).accuracy).toBe(0);
  });
});
