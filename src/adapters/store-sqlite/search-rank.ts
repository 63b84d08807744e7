/**
 * The order of matches. BM25 (Robertson & Zaragoza 2009, as FTS5 has it, the headline counting eightfold) over the terms that are
 * rare enough to be worth it: for each term FTS5 first reads everything that holds it, and a word that stands in every second
 * article says little. When nothing but such words is asked for, those in the headline come first. The newer stands first
 * among equals.
 */
import { expression, type SearchTerm, type SearchTerms } from "../search-words.ts";
import type { Db } from "./database.ts";
import { INTEGER } from "./filters.ts";

/** Entries of the index BM25 may read for one search: some five milliseconds. */
const BUDGET = 60_000;
const SAMPLE = 200;
/** Among so many of the newest articles a sample must be full for a term to count as common. */
const NEAR = 20_000;

/** About how many entries are read to count a word: from how close together its newest matches stand. */
const costOf = (db: Db, term: SearchTerm, articles: number): number => {
  const sample = db.one<{ c: number; n: number | null }>(
    `SELECT count(*) AS c, min(n) AS n FROM (SELECT rowid AS n FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ${SAMPLE})`,
    [expression(term)],
  );
  const [found, oldest] = [sample?.c ?? 0, sample?.n ?? 0];
  const near =
    found < SAMPLE
      ? undefined
      : db.one<{ c: number }>(
          `SELECT count(*) AS c FROM (SELECT 1 FROM articles WHERE n >= ? LIMIT ${NEAR})`,
          [oldest],
        )?.c;
  return near === undefined ? found : (SAMPLE / Math.max(1, near)) * articles;
};

const counted = new WeakMap<Db, { readonly at: number; readonly articles: number }>();
/** Number of articles, as of a minute ago at most: counting takes longer than a search for a rare word. */
const articlesOf = (db: Db): number => {
  const known = counted.get(db);
  if (known !== undefined && performance.now() - known.at < 60_000) return known.articles;
  const articles = db.one<{ c: number }>("SELECT count(*) AS c FROM articles")?.c ?? 0;
  counted.set(db, { at: performance.now(), articles });
  return articles;
};

/** Numbers of articles, newest first → the same, best first. */
export const ranked = (db: Db, terms: SearchTerms, numbers: readonly number[]): readonly number[] => {
  const [newest, oldest] = [numbers[0], numbers.at(-1)];
  if (newest === undefined || oldest === undefined || numbers.length < 2) return numbers;
  // For a phrase all places of all its words are read, for a word's beginning all its endings, and what they weigh says less than
  // that they are there: single words alone are weighed, the others have done their part by being found.
  const single = terms.wanted.filter((term) => term.words.length === 1 && !term.prefix);
  const articles = single.length === 0 ? 0 : articlesOf(db);
  const costs = single
    .map((term) => ({ term, cost: costOf(db, term, articles) }))
    .sort((a, b) => a.cost - b.cost);
  let left = BUDGET;
  const worth = costs.filter(({ cost }) => {
    left -= cost;
    return left >= 0;
  });
  const scores = new Map<number, number>();
  if (worth.length > 0)
    for (const [n, score] of db.tuples<readonly [number, number]>(
      ["rowid", "bm25(words, 8.0, 1.0, 0.0)"],
      `FROM words WHERE words MATCH ? AND rowid BETWEEN ${INTEGER} AND ${INTEGER} AND +rowid IN (SELECT value FROM json_each(?)) LIMIT ?`,
      [
        worth.map(({ term }) => expression(term)).join(" AND "),
        oldest,
        newest,
        JSON.stringify(numbers),
        numbers.length,
      ],
    ))
      scores.set(n, score);
  else
    for (const [n] of db.tuples<readonly [number]>(
      ["rowid"],
      `FROM words WHERE words MATCH ? AND rowid BETWEEN ${INTEGER} AND ${INTEGER}`,
      [`title : (${terms.wanted.map(expression).join(" AND ")})`, oldest, newest],
    ))
      scores.set(n, -1);
  return [...numbers].sort((a, b) => (scores.get(a) ?? 0) - (scores.get(b) ?? 0) || b - a);
};
