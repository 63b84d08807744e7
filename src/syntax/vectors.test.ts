import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { loadModel } from "./index.ts";
import { type WordVectors, wordVectors } from "./vectors.ts";

const FILE = resolve(import.meta.dirname, "../../models/en/syntax.bin");
const vector: WordVectors = existsSync(FILE) ? wordVectors(loadModel(readFileSync(FILE))) : () => undefined;
const near = (a: string, b: string): number => {
  const [x, y] = [vector(a), vector(b)];
  return x && y ? x.reduce((sum, v, k) => sum + v * (y[k] ?? 0), 0) : Number.NaN;
};

describe.skipIf(vector("president") === undefined)("word vectors (needs models/en/syntax.bin)", () => {
  it("have length one, are kept and know unknown words", () => {
    expect(near("president", "President")).toBeCloseTo(1, 4);
    expect(vector("president")).toBe(vector("president"));
    expect(vector("zzqxv")).toBeUndefined();
  });
  it("put like words near", () => {
    expect(near("president", "minister")).toBeGreaterThan(near("president", "banana"));
  });
});
