/**
 * The order of matches. BM25 (Robertson & Zaragoza 2009, as FTS5 has it, the headline counting eightfold) over the terms that are
 * rare enough to be worth it: for each term FTS5 first reads everything that holds it, and a word that stands in every second
 * article says little. When nothing but such words is asked for, those in the headline come first. The newer stands first
 * among equals.
 */
import { expression, type SearchTerm, type SearchTerms } from "../search-words.ts";
import type { Db } from "./database.ts";

/** Entries of the index BM25 may read for one search: some ten milliseconds. */
const BUDGET = 120_000;
const SAMPLE = 200;
/** Among so many of the newest articles a sample must be full for a term to count as common. */
const NEAR = 20_000;

/** About how many entries are read to count a term: from how close together its newest matches stand. */
const costOf = (db: Db, term: SearchTerm, articles: number): number => {
  const sample = db.one<{ c: number; n: number | null }>(
    `SELECT count(*) AS c, min(n) AS n FROM (SELECT rowid AS n FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ${SAMPLE})`,
    [expression(term)],
  );
  const [found, oldest] = [sample?.c ?? 0, sample?.n ?? 0];
  const near = db.one<{ c: number }>(
    `SELECT count(*) AS c FROM (SELECT 1 FROM articles WHERE n >= ? LIMIT ${NEAR})`,
    [oldest],
  )?.c;
  const share = found < SAMPLE ? 0 : SAMPLE / Math.max(1, near ?? NEAR);
  const entries = found < SAMPLE ? found : share * articles;
  // The words of a phrase are all read, and their places compared; the sample saw the phrase alone.
  return term.words.length > 1
    ? Math.max(entries * 4, ...term.words.map((w) => costOf(db, { words: [w], prefix: false }, articles)))
    : entries * (term.prefix ? 2 : 1);
};

/** Numbers of articles, newest first → the same, best first. */
export const ranked = (db: Db, terms: SearchTerms, numbers: readonly number[]): readonly number[] => {
  const [newest, oldest] = [numbers[0], numbers.at(-1)];
  if (newest === undefined || oldest === undefined || numbers.length < 2) return numbers;
  const articles = db.one<{ c: number }>("SELECT count(*) AS c FROM articles")?.c ?? 0;
  const costs = terms.wanted
    .map((term) => ({ term, cost: costOf(db, term, articles) }))
    .sort((a, b) => a.cost - b.cost);
  let left = BUDGET;
  const worth = costs.filter(({ cost }) => {
    left -= cost;
    return left >= 0;
  });
  const scores = new Map<number, number>();
  const add = (sql: string, match: string): void => {
    for (const [n, score] of db.tuples<readonly [number, number]>(
      ["rowid", sql],
      "FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ? AND +rowid IN (SELECT value FROM json_each(?)) LIMIT ?",
      [match, oldest, newest, JSON.stringify(numbers), numbers.length],
    ))
      scores.set(n, (scores.get(n) ?? 0) + score);
  };
  if (worth.length > 0)
    add("bm25(words, 8.0, 1.0, 0.0)", worth.map(({ term }) => expression(term)).join(" AND "));
  else add("-1", terms.wanted.map((term) => `{title} : ${expression(term)}`).join(" AND "));
  return [...numbers].sort((a, b) => (scores.get(a) ?? 0) - (scores.get(b) ?? 0) || b - a);
};
