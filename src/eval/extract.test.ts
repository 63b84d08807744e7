import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { type ExtractGold, type ExtractPrediction, pageTextF1, scoreExtract } from "./extract.ts";

const SHARED = resolve(import.meta.dirname, "../../../shared");
const SCORER = join(SHARED, "score/extract.mjs");
const GOLD = join(SHARED, "data/extract/gold.json");
const skipped = !existsSync(SCORER) || !existsSync(GOLD); // the reference scorer lies outside the project

describe("scoreExtract", () => {
  it("is perfect on the answers themselves", () => {
    const gold = {
      a: {
        text: "one two three four five six",
        title: "T: x",
        authors: ["Ann B"],
        date: "2022-01-16",
        with: ["three four"],
        without: ["zzz"],
      },
    };
    const score = scoreExtract(gold, { a: { ...gold.a } });
    expect(score).toEqual({
      pages: 1,
      text: { n: 1, f1: 1, precision: 1, recall: 1, accuracy: 1 },
      segments: { n: 2, precision: 1, recall: 1, accuracy: 1, f1: 1 },
      title: { n: 1, given: 1, exact: 1, containsEither: 1 },
      authors: { n: 1, given: 1, exactSet: 1, nameP: 1, nameR: 1, nameF1: 1 },
      date: { n: 1, given: 1, accuracy: 1, precision: 1, within1day: 1 },
    });
  });

  it("counts a missing page as empty", () => {
    expect(scoreExtract({ a: { text: "one two three four five" } }, {}).text).toMatchObject({
      f1: 0,
      recall: 0,
    });
  });

  it("gives the F1 of one page", () => {
    expect(pageTextF1("a b c d e", "a b c d")).toBeCloseTo(2 / 3, 5);
  });

  it.skipIf(skipped)("agrees with the reference scorer to three decimals", () => {
    const gold = JSON.parse(readFileSync(GOLD, "utf8")) as Record<string, ExtractGold>;
    const predictions: Record<string, ExtractPrediction> = {};
    Object.entries(gold).forEach(([id, g], i) => {
      if (i % 7 === 0) return; // some pages unanswered
      const text = g.text ?? [...(g.with ?? []), ...(g.without ?? []).slice(0, i % 2)].join(" … ");
      predictions[id] = {
        text: i % 3 === 0 ? text.slice(0, text.length / 2) : `${text} and some more words behind it`,
        title: i % 4 === 0 ? (g.title ?? "").toUpperCase() : `${g.title ?? ""} extra`,
        authors: (g.authors ?? []).slice(0, 1 + (i % 2)),
        date: i % 5 === 0 ? "2020-02-30" : (g.date ?? ""),
      };
    });
    const file = join(mkdtempSync(join(tmpdir(), "dateline-")), "predictions.json");
    writeFileSync(file, JSON.stringify(predictions));
    const reference = JSON.parse(
      execFileSync("node", [SCORER, GOLD, file, "--json"], { encoding: "utf8" }),
    ) as Record<string, Record<string, number>>;
    const own = scoreExtract(gold, predictions) as unknown as Record<string, Record<string, number>>;
    for (const [part, figures] of Object.entries(reference)) {
      if (typeof figures === "number") continue;
      for (const [name, value] of Object.entries(figures))
        expect([part, name, own[part]?.[name]?.toFixed(3)]).toEqual([part, name, value.toFixed(3)]);
    }
  });
});
