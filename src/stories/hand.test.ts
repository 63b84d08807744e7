import { describe, expect, it } from "vitest";
import type { Decision } from "../model/index.ts";
import { articleOfFact, holdingsOf, inForce } from "./hand.ts";

const decision = (id: string, more: Partial<Decision>): Decision => ({
  id,
  at: "2024-03-10T08:00:00Z",
  who: "desk",
  target: "s1",
  field: "story",
  action: "split",
  reason: "another matter",
  ...more,
});
const split = decision("d1", { value: { from: "s1", to: "s2", articles: ["a1", "a2"] } });
const move = decision("d2", { action: "move", value: { from: "s2", to: "s3", articles: ["a2"] } });
const merge = decision("d3", {
  action: "merge",
  target: "s2",
  value: { from: "s2", to: "s1", articles: ["a1"], held: ["a3"] },
});
const undo = (what: string) => decision(`u${what}`, { action: "undo", undoes: what });

describe("holdingsOf", () => {
  it.each([
    ["a split", [split], { a1: "s2", a2: "s2" }, [["s1", "s2"]]],
    [
      "a move after it",
      [split, move],
      { a1: "s2", a2: "s3" },
      [
        ["s1", "s2"],
        ["s2", "s3"],
      ],
    ],
    ["the move undone", [split, move, undo("d2")], { a1: "s2", a2: "s2" }, [["s1", "s2"]]],
    ["a merge that ends the parting", [split, merge], { a1: "s1", a2: "s2", a3: "s1" }, []],
    ["all undone", [split, undo("d1")], {}, []],
  ])("%s", (_, decisions, pins, apart) => {
    const holdings = holdingsOf(decisions as Decision[]);
    expect(Object.fromEntries(holdings.pins)).toEqual(pins);
    expect(holdings.apart).toEqual(apart);
  });
  it("leaves decisions on other things alone", () =>
    expect(holdingsOf([decision("d4", { field: "outlet", action: "override", value: {} })]).pins.size).toBe(
      0,
    ));
});

describe("inForce", () => {
  it("knows neither what was undone nor the undoing", () =>
    expect(inForce([split, move, undo("d1")]).map((d) => d.id)).toEqual(["d2"]));
});

describe("articleOfFact", () => {
  it.each([
    ["a0123456789abcdef.q3", "a0123456789abcdef"],
    ["afile.0001.e12", "afile.0001"],
    ["s1", undefined],
  ])("%s", (id, article) => expect(articleOfFact(id)).toBe(article));
});
