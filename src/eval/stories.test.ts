import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { meanOfRuns, type StoryRow, scoreStories } from "./stories.ts";

const SCORER = resolve(import.meta.dirname, "../../../shared/score/stories.mjs");

describe("scoreStories", () => {
  const gold: StoryRow[] = [
    { id: "a", story: "x" },
    { id: "b", story: "x" },
    { id: "c", story: "y" },
  ];
  it.each<[string, (string | undefined)[], number, number]>([
    ["all right", ["1", "1", "2"], 1, 1],
    ["all in one", ["1", "1", "1"], 5 / 7, 0.5],
    ["all apart", ["1", "2", "3"], 0.8, 0],
    ["one missing stands alone", ["1", "1", undefined], 1, 1],
  ])("%s", (_, stories, bcubed, pairs) => {
    const rows = gold.flatMap((g, i) => (stories[i] === undefined ? [] : [{ id: g.id, story: stories[i] }]));
    const score = scoreStories(gold, rows).stories;
    expect(score?.bcubed.f1).toBeCloseTo(bcubed, 6);
    expect(score?.pairwise.f1).toBeCloseTo(pairs, 6);
  });

  it("follows chains of copies to their origin", () => {
    const copies: StoryRow[] = [
      { id: "o", copyOf: null },
      { id: "p", copyOf: "o" },
      { id: "q", copyOf: "o" },
    ];
    const chain: StoryRow[] = [
      { id: "p", copyOf: "o" },
      { id: "q", copyOf: "p" },
    ];
    expect(scoreStories(copies, chain).duplicates).toMatchObject({ rightOriginal: 1, pairs: { f1: 1 } });
  });

  it("takes mean and deviation over runs", () => {
    const [good, bad] = [
      ["1", "1", "2"],
      ["1", "2", "3"],
    ].map((s) =>
      scoreStories(
        gold,
        gold.map((g, i) => ({ id: g.id, story: s[i] })),
      ),
    );
    if (!good || !bad) throw new Error("no runs");
    const { mean, sd } = meanOfRuns([good, bad]);
    expect(mean.stories?.bcubed.f1).toBeCloseTo(0.9, 6);
    expect(sd.stories?.bcubed.f1).toBeCloseTo(0.1, 6);
  });

  it.skipIf(!existsSync(SCORER))(
    "agrees with the shared scorer to three decimals (skipped where it is absent)",
    () => {
      const folder = mkdtempSync(join(tmpdir(), "stories-"));
      const n = 60;
      const golds: StoryRow[] = Array.from({ length: n }, (_, i) => ({
        id: `d${i}`,
        story: `s${i % 7}`,
        copyOf: i % 4 === 3 ? `d${i - 1}` : null,
        kind: i % 4 === 3 ? "cut" : "none",
      }));
      const predicted: StoryRow[] = Array.from({ length: n - 3 }, (_, i) => ({
        id: `d${i}`,
        story: `p${(i * 5) % 9}`,
        copyOf: i % 6 === 5 ? `d${i - 2}` : i % 4 === 3 ? `d${i - 1}` : null,
      }));
      const write = (name: string, rows: readonly StoryRow[]): string => {
        const file = join(folder, name);
        writeFileSync(file, rows.map((r) => JSON.stringify(r)).join("\n"));
        return file;
      };
      const out = execFileSync(
        "node",
        [SCORER, write("gold.jsonl", golds), write("pred.jsonl", predicted), "--json"],
        {
          encoding: "utf8",
        },
      );
      const round = (value: unknown): unknown =>
        typeof value === "number"
          ? Math.round(value * 1000) / 1000
          : value !== null && typeof value === "object"
            ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, round(v)]))
            : value;
      expect(round(scoreStories(golds, predicted))).toEqual(round(JSON.parse(out)));
    },
  );
});
