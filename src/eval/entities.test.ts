import { describe, expect, it } from "vitest";
import { scoreEntities } from "./entities.ts";
import { readIob, writeIob } from "./iob.ts";

describe("entity scores", () => {
  it("want span and type", () => {
    const s = scoreEntities([["B-PER", "I-PER", "O", "B-LOC"]], [["B-PER", "O", "O", "B-LOC"]]);
    expect(s.ALL).toEqual({ p: 0.5, r: 0.5, f1: 0.5 });
    expect(s.LOC.f1).toBe(1);
  });

  it("leave other types out", () => {
    expect(scoreEntities([["B-OTH"]], [["O"]]).ALL.r).toBe(0);
    expect(scoreEntities([["B-OTH"]], [["B-OTH"]]).ALL.p).toBe(0);
  });

  it("begin a new entity at B", () => {
    expect(scoreEntities([["B-PER", "B-PER"]], [["B-PER", "I-PER"]]).ALL.f1).toBe(0);
  });
});

describe("IOB2 files", () => {
  const file = "# id = 1\n1\tAda\tB-PER\t-\ta\n2\tspoke\tO\t-\ta\n\n# id = 2\n1\tTurin\tB-LOC\t-\ta\n";
  it("are read with numbered columns", () => {
    expect(readIob(file).map((s) => s.tokens.map((t) => `${t.form}/${t.tag}`))).toEqual([
      ["Ada/B-PER", "spoke/O"],
      ["Turin/B-LOC"],
    ]);
  });
  it("are written back with other tags and nothing else changed", () => {
    expect(writeIob(file, [["O", "O"], ["B-ORG"]])).toBe(
      file.replace("B-PER", "O").replace("B-LOC", "B-ORG"),
    );
  });
});
