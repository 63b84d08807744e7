import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { type GoldArticle, nameOverlap, scoreGold } from "./gold.ts";

const SHARED = resolve(import.meta.dirname, "../../../shared");
const GOLD = join(SHARED, "data/gold");

describe("scoreGold", () => {
  const text = "Police said 12 people were killed in the port.";
  const quantity = {
    span: { text: "12 people" },
    measure: "killed",
    low: 12,
    high: 12,
    exact: 12,
    speaker: "Police",
    assertion: "claimed",
  };

  it("gives full marks to the gold itself", () => {
    const gold = { a: { genre: "news", quantities: [quantity], quotes: [], events: [] } };
    const score = scoreGold({ a: text }, gold, gold);
    expect(score.quantities["full"]).toMatchObject({ f1: 1 });
    expect(score.genre.accuracy).toBe(1);
  });

  it("counts a missing article as misses", () => {
    const score = scoreGold({ a: text }, { a: { quantities: [quantity] } }, {});
    expect(score.quantities["full"]).toMatchObject({ precision: 0, recall: 0, gold: 1 });
    expect(score.articles.missing).toBe(1);
  });

  it("leaves titles and articles out of names", () => {
    expect(nameOverlap("President Vladimir Putin", "the Vladimir Putin")).toBe(1);
    expect(nameOverlap("U.S. officials", "US officials")).toBe(1);
  });

  it.skipIf(!existsSync(GOLD))(
    "equals the reference scorer on disturbed gold records (needs ../shared)",
    () => {
      const texts: Record<string, string> = {};
      const gold: Record<string, GoldArticle> = {};
      const pred: Record<string, GoldArticle> = {};
      const out = mkdtempSync(join(tmpdir(), "dateline-gold-"));
      readdirSync(join(GOLD, "ann")).forEach((file, n) => {
        const id = file.slice(0, -5);
        const raw = JSON.parse(readFileSync(join(GOLD, "ann", file), "utf8")) as Record<
          string,
          Record<string, unknown>[]
        >;
        gold[id] = raw;
        texts[id] = readFileSync(join(GOLD, "text", `${id}.txt`), "utf8");
        if (n % 7 === 6) return;
        const bent = structuredClone(raw);
        bent["quantities"] = (bent["quantities"] ?? [])
          .filter((_, i) => i % 5 !== 4)
          .map((q, i) => (i % 4 === 1 ? { ...q, measure: "other", speaker: "nobody" } : q));
        bent["quotes"] = (bent["quotes"] ?? [])
          .filter((_, i) => i % 6 !== 2)
          .map((q, i) => (i % 3 === 1 ? { ...q, speaker: "the minister", stance: "denies" } : q));
        bent["events"] = (bent["events"] ?? []).map((e, i) =>
          i % 3 === 0
            ? { ...e, type: "RETREAT" }
            : i % 4 === 1
              ? { ...e, actors: [], date: "2014", place: "Nowhere" }
              : e,
        );
        pred[id] = bent;
        writeFileSync(join(out, file), JSON.stringify(bent));
      });
      const reference = JSON.parse(
        execFileSync(process.execPath, [join(SHARED, "score/gold.mjs"), GOLD, out, "--json"], {
          encoding: "utf8",
        }),
      ) as Record<string, unknown>;
      const ours = scoreGold(texts, gold, pred);
      expect(ours.quantities).toEqual(reference["quantities"]);
      expect(ours.quotes).toEqual(reference["quotes"]);
      expect(ours.events).toEqual(reference["events"]);
      expect(ours.genre).toEqual(reference["genre"]);
    },
  );
});
