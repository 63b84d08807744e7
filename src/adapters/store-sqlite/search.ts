/**
 * Search over the text index. The newest matches up to a limit are looked at: they are ranked (BM25, the headline counting
 * eightfold) and counted into facets; beyond the limit `atLeast` says that counting stopped. Lists by time go on without limit.
 */
import type { ArticleRow, SearchQuery } from "../../model/index.ts";
import type { Facet, Page, SearchAnswer } from "../../ports/index.ts";
import { ftsOf, ftsUnwanted, parseSearch, snippetOf } from "../search-words.ts";
import { partialMs } from "../store-rows.ts";
import type { Db, Value } from "./database.ts";
import { andAll, decodeCursor, encodeCursor, limitOf } from "./filters.ts";
import { readArticle, rowsByNumber } from "./read-articles.ts";
import { secondsBase } from "./write-articles.ts";

const MOST = 1000;
/** Facts of a kind from which it is cheaper to ask each article for one than to list them all. */
const COMMON = 4000;

type Candidate = readonly [
  n: number,
  outlet: string,
  language: string,
  genre: string,
  day: string,
  countries: string,
  types: string,
  score: number,
];

type Plan = {
  readonly from: string;
  readonly where: readonly string[];
  readonly params: readonly Value[];
  readonly n: string;
};

/** First moment of a day, or of the day after; absent when unreadable. */
const dayEdge = (day: string | undefined, plus: number): number | undefined => {
  if (day === undefined) return undefined;
  const ms = partialMs(day);
  if (!Number.isFinite(ms)) return undefined;
  const end = new Date(ms);
  if (plus > 0) {
    if (day.length === 4) end.setUTCFullYear(end.getUTCFullYear() + 1);
    else if (day.length === 7) end.setUTCMonth(end.getUTCMonth() + 1);
    else end.setUTCDate(end.getUTCDate() + 1);
  }
  return end.getTime();
};

const planOf = (db: Db, query: SearchQuery): Plan => {
  const terms = parseSearch(query.q);
  const fts = ftsOf(terms);
  const without = fts === undefined ? ftsUnwanted(terms) : undefined;
  const n = fts !== undefined ? "words.rowid" : query.country !== undefined ? "c.n" : "a.n";
  // With a text query each match is asked; without one, the plus is left away so that an index may lead.
  const lead = fts === undefined && query.country === undefined ? "" : "+";
  const where: string[] = [];
  const params: Value[] = [];
  const add = (sql: string, ...values: readonly Value[]): void => {
    where.push(sql);
    params.push(...values);
  };
  if (fts !== undefined) add("words MATCH ?", fts);
  if (without !== undefined) add("a.n NOT IN (SELECT rowid FROM words WHERE words MATCH ?)", without);
  const since = dayEdge(query.since, 0);
  const until = dayEdge(query.until, 1);
  if (since !== undefined) add(`${n} >= ?`, secondsBase(since));
  if (until !== undefined) add(`${n} < ?`, secondsBase(until));
  if (query.country !== undefined)
    add(
      fts === undefined
        ? "c.country = ?"
        : "EXISTS (SELECT 1 FROM article_countries c WHERE c.country = ? AND c.n = a.n)",
      query.country,
    );
  if (query.outlet !== undefined) add(`${lead}a.outlet = ?`, query.outlet);
  if (query.language !== undefined) add(`${lead}a.language = ?`, query.language);
  if (query.genre !== undefined) add("+a.genre = ?", query.genre);
  if (query.copies !== true) add("+a.copy_of IS NULL");
  if (query.eventType !== undefined)
    add("instr(' ' || a.event_types || ' ', ' ' || ? || ' ') > 0", query.eventType);
  if (query.measure !== undefined || query.min !== undefined || query.max !== undefined) {
    const sql = ["1"];
    const values: Value[] = [];
    if (query.measure !== undefined) {
      sql.push("q.measure = ?");
      values.push(query.measure);
    }
    if (query.min !== undefined) {
      sql.push("q.value >= ?");
      values.push(query.min);
    }
    if (query.max !== undefined) {
      sql.push("q.value <= ?");
      values.push(query.max);
    }
    const condition = sql.join(" AND ");
    const common = (): boolean =>
      (db.one<{ c: number }>(
        `SELECT count(*) AS c FROM (SELECT 1 FROM quantities q WHERE ${condition} LIMIT ${COMMON})`,
        values,
      )?.c ?? 0) >= COMMON;
    const ask = fts !== undefined || query.country !== undefined || common();
    add(
      ask
        ? `EXISTS (SELECT 1 FROM quantities q WHERE q.n = a.n AND ${condition.replaceAll("q.", "+q.")})`
        : `a.n IN (SELECT q.n FROM quantities q WHERE ${condition})`,
      ...values,
    );
  }
  const from =
    fts !== undefined
      ? "words CROSS JOIN articles a ON a.n = words.rowid"
      : query.country !== undefined
        ? "article_countries c CROSS JOIN articles a ON a.n = c.n"
        : "articles a";
  return { from, where, params, n };
};

const count = (values: Iterable<string>): readonly Facet[] => {
  const counts = new Map<string, number>();
  for (const v of values) if (v !== "") counts.set(v, (counts.get(v) ?? 0) + 1);
  return [...counts]
    .map(([value, c]) => ({ value, count: c }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
};

const facetsOf = (rows: readonly Candidate[]): SearchAnswer["facets"] => ({
  outlet: count(rows.map((r) => r[1])),
  language: count(rows.map((r) => r[2])),
  genre: count(rows.map((r) => r[3])),
  day: [...count(rows.map((r) => r[4]))].sort((a, b) => (a.value < b.value ? -1 : 1)),
  country: count(rows.flatMap((r) => r[5].split(" "))),
  eventType: count(rows.flatMap((r) => r[6].split(" "))),
});

const withSnippets = (db: Db, rows: readonly ArticleRow[], query: SearchQuery): SearchAnswer["rows"] => {
  const terms = parseSearch(query.q);
  if (terms.wanted.length === 0) return rows;
  return rows.map((row) => {
    const text = readArticle(db, row.id)?.text;
    const snippet = text === undefined ? undefined : snippetOf(text, terms);
    return snippet === undefined ? row : { ...row, snippet };
  });
};

export const search = (db: Db, query: SearchQuery, page: Page): SearchAnswer => {
  const plan = planOf(db, query);
  const limit = limitOf(page.limit);
  const textual = plan.n === "words.rowid";
  const sort = query.sort ?? (textual ? "relevance" : "newest");
  const ranked = sort === "relevance" && textual;
  const found = db.rawRows<Candidate>(
    `SELECT ${plan.n}, a.outlet, a.language, a.genre, a.day, a.countries, a.event_types, ${
      ranked ? "bm25(words, 8.0, 1.0)" : "0"
    } FROM ${plan.from} WHERE ${andAll(plan.where)} ORDER BY ${plan.n} DESC LIMIT ?`,
    [...plan.params, MOST + 1],
  );
  const atLeast = found.length > MOST;
  const candidates = atLeast ? found.slice(0, MOST) : found;
  let numbers: readonly number[];
  let next: string | undefined;
  if (ranked) {
    const start = Number(decodeCursor(page.after, 1)?.[0] ?? 0);
    const sorted = [...candidates].sort((a, b) => a[7] - b[7] || b[0] - a[0]);
    numbers = sorted.slice(start, start + limit).map((c) => c[0]);
    if (start + limit < sorted.length) next = encodeCursor([start + limit]);
  } else {
    const oldest = sort === "oldest";
    const after = decodeCursor(page.after, 1)?.[0];
    const rows = db.rawRows<readonly [number]>(
      `SELECT ${plan.n} FROM ${plan.from} WHERE ${andAll([
        ...plan.where,
        ...(typeof after === "number" ? [`${plan.n} ${oldest ? ">" : "<"} ?`] : []),
      ])} ORDER BY ${plan.n} ${oldest ? "ASC" : "DESC"} LIMIT ?`,
      [...plan.params, ...(typeof after === "number" ? [after] : []), limit + 1],
    );
    numbers = rows.slice(0, limit).map((r) => r[0]);
    const last = numbers.at(-1);
    if (rows.length > limit && last !== undefined) next = encodeCursor([last]);
  }
  return {
    rows: withSnippets(db, rowsByNumber(db, numbers), query),
    ...(next === undefined ? {} : { next }),
    total: candidates.length,
    ...(atLeast ? { atLeast: true } : {}),
    facets: facetsOf(candidates),
  };
};
