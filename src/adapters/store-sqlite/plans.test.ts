/** Lists that pages wait for are walked along an index in their order: no table is scanned, nothing is sorted. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseSearch } from "../search-words.ts";
import type { Db, Value } from "./database.ts";
import { openArchive } from "./migrate.ts";
import { entityArticles, incidents, quotesOf, stories } from "./read-stories.ts";
import { search } from "./search.ts";
import { ranked } from "./search-rank.ts";

const folder = mkdtempSync(join(tmpdir(), "dateline-plans-"));
const db = openArchive(join(folder, "dateline.db"));
afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

type Question = readonly [sql: string, params: readonly Value[]];
const questionsOf = (call: (db: Db) => unknown): readonly Question[] => {
  const asked: Question[] = [];
  const all = <T>(sql: string, params: readonly Value[] = []): T[] => {
    asked.push([sql, params]);
    return db.all<T>(sql, params);
  };
  const tuples = <T extends readonly unknown[]>(
    columns: readonly string[],
    rest: string,
    params?: readonly Value[],
  ): T[] => {
    asked.push([`SELECT ${columns.join(", ")} ${rest}`, params ?? []]);
    return db.tuples<T>(columns, rest, params);
  };
  call({ ...db, all, tuples });
  return asked;
};

/** How SQLite means to answer the questions a call asks. */
const plansOf = (call: (db: Db) => unknown): readonly string[] =>
  questionsOf(call).flatMap(([sql, params]) =>
    db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, params).map((r) => r.detail),
  );

const page = { limit: 20 };
const until = Date.UTC(2026, 0, 1);
const LISTS: Readonly<Record<string, (db: Db) => unknown>> = {
  "Headlines of all time": (d) => stories(d, { sort: "headlines", until }, page),
  Breaking: (d) => stories(d, { sort: "burst", until }, page),
  "newest stories of a country": (d) => stories(d, { sort: "newest", country: "KAZ", until }, page),
  "Headlines of a country": (d) => stories(d, { sort: "headlines", country: "KAZ", until }, page),
  "Breaking of a country": (d) => stories(d, { sort: "burst", country: "KAZ", demo: false }, page),
  "incidents of a country": (d) => incidents(d, { country: "KAZ", until }, page),
  "incidents of an actor": (d) => incidents(d, { actor: "ORG:police" }, page),
  "articles that name an entity": (d) => entityArticles(d, "ORG:police", page),
};

describe("plans of the database", () => {
  it.each(Object.entries(LISTS))("%s", (_what, call) => {
    const plans = plansOf(call);
    expect(plans.join("\n")).toContain("SEARCH");
    expect(plans.filter((p) => p.includes("TEMP B-TREE FOR ORDER BY") && !p.includes("LAST TERM"))).toEqual(
      [],
    );
    expect(plans.filter((p) => /^SCAN (?!json_each|value)/.test(p) && !p.includes("INDEX"))).toEqual([]);
  });

  it("reads the stories of a span from one index", () => {
    const span = { sort: "headlines", since: until - 7 * 86_400_000, until } as const;
    expect(plansOf((d) => stories(d, span, page)).join("\n")).toContain("COVERING INDEX stories_span");
  });

  it("reads the incidents of a place by the place", () => {
    const place = { country: "KAZ", places: ["Almaty", "Alma-Ata"] };
    expect(plansOf((d) => incidents(d, place, page)).join("\n")).toContain("incidents_place");
  });

  it("finds the incidents that articles tell of in those of their stories", () => {
    const plans = plansOf((d) => incidents(d, { articles: ["a1", "a2"], country: "KAZ" }, page));
    expect(plans.join("\n")).toContain("incidents_story");
    expect(plans.filter((p) => /^SCAN (?!json_each)/.test(p))).toEqual([]);
  });

  it("hears an entity in the articles that name it", () => {
    const plans = plansOf((d) => quotesOf(d, "PER:a", ["A"], 5));
    expect(plans.join("\n")).toContain("SEARCH q USING PRIMARY KEY (n=?)");
    expect(plans.filter((p) => /^SCAN (?!e\b)/.test(p))).toEqual([]);
  });

  // FTS5 says nothing of bounds in its plan, so the question itself is looked at.
  it.each<readonly [string, (d: Db) => unknown]>([
    ["days", (d) => search(d, { q: "word", since: "2025-01-01", until: "2025-12-31" }, page)],
    ["words", (d) => ranked(d, parseSearch("word"), [3, 2, 1])],
    ["phrase", (d) => ranked(d, parseSearch('"two words"'), [3, 2, 1])],
  ])("gives the text index whole numbers as bounds, for it reads past any other: %s", (_what, call) => {
    const bounds = questionsOf(call)
      .filter(([sql]) => sql.includes("words MATCH"))
      .flatMap(([sql]) => sql.match(/\browid (?:BETWEEN|[<>]=?) \S+/g) ?? []);
    expect(bounds).not.toEqual([]);
    expect(bounds.filter((b) => !b.endsWith("CAST(?"))).toEqual([]);
  });
});
