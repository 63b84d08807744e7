/**
 * Search over the text index. The newest matches up to a limit are looked at: they are ranked (search-rank.ts) and counted into
 * facets; beyond the limit `atLeast` says that counting stopped. Lists by time go on without limit.
 */
import { type ArticleRow, primaryLanguage, type SearchQuery } from "../../model/index.ts";
import type { Facet, SearchAnswer, SearchPage } from "../../ports/index.ts";
import { ftsOf, ftsUnwanted, parseSearch, type SearchTerms, snippetOf } from "../search-words.ts";
import { isPrimary, partialMs } from "../store-rows.ts";
import type { Db, Value } from "./database.ts";
import { andAll, decodeCursor, encodeCursor, INTEGER, inLanguages, limitOf } from "./filters.ts";
import { readArticle, rowsByNumber } from "./read-articles.ts";
import { facetWord, MARK } from "./reindex.ts";
import { ranked } from "./search-rank.ts";
import { secondsBase } from "./write-articles.ts";

/** Matches that are looked at; fewer of a phrase, for which every place of all its words is read. */
const MOST = 1000;
const MOST_PHRASED = 500;
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
];
const CANDIDATE = ["a.outlet", "a.language", "a.genre", "a.day", "a.countries", "a.event_types"] as const;

type Plan = {
  readonly terms: SearchTerms;
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

/** Filters as words of the text index, which meets lists of them faster than rows could be asked one by one. */
const filedOf = (query: SearchQuery): readonly string[] =>
  (
    [
      ["c", query.country],
      ["o", query.outlet],
      ["l", query.language],
      ["g", query.genre],
      ["e", query.eventType],
    ] as const
  ).flatMap(([kind, value]) => {
    if (value === undefined || value === "") return [];
    const word = `"${facetWord(kind, value)}"`;
    // A language without a region stands for all its regions.
    return kind === "l" && isPrimary(value) ? [`(${word} OR "${facetWord(kind, `${value}-`)}" *)`] : [word];
  });

const planOf = (db: Db, query: SearchQuery): Plan => {
  const terms = parseSearch(query.q?.replaceAll(MARK, " "));
  const wanted = ftsOf(terms);
  const without = wanted === undefined ? ftsUnwanted(terms) : undefined;
  const filed = filedOf(query);
  const narrowed = [...(wanted === undefined ? [] : [`(${wanted})`]), ...filed].join(" AND ");
  const fts =
    narrowed === "" ? undefined : without === undefined ? narrowed : `(${narrowed}) NOT (${without})`;
  const n = fts === undefined ? "a.n" : "words.rowid";
  const where: string[] = [];
  const params: Value[] = [];
  const add = (sql: string, ...values: readonly Value[]): void => {
    where.push(sql);
    params.push(...values);
  };
  if (fts !== undefined) add("words MATCH ?", fts);
  else if (without !== undefined) add("a.n NOT IN (SELECT rowid FROM words WHERE words MATCH ?)", without);
  const since = dayEdge(query.since, 0);
  const until = dayEdge(query.until, 1);
  if (since !== undefined) add(`${n} >= ${INTEGER}`, secondsBase(since));
  if (until !== undefined) add(`${n} < ${INTEGER}`, secondsBase(until));
  // The index folds case; the rows do not.
  if (query.outlet !== undefined) add("+a.outlet = ?", query.outlet);
  const languages = inLanguages("+a.language", query.language === undefined ? undefined : [query.language]);
  if (languages !== undefined) add(languages.sql, ...languages.params);
  if (query.genre !== undefined) add("+a.genre = ?", query.genre);
  if (query.country !== undefined)
    add("instr(' ' || a.countries || ' ', ' ' || ? || ' ') > 0", query.country);
  if (query.eventType !== undefined)
    add("instr(' ' || a.event_types || ' ', ' ' || ? || ' ') > 0", query.eventType);
  if (query.copies !== true) add("+a.copy_of IS NULL");
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
    const found = db.one<{ c: number }>(
      `SELECT count(*) AS c FROM (SELECT 1 FROM quantities q WHERE ${condition} LIMIT ${COMMON})`,
      values,
    );
    add(
      (found?.c ?? 0) >= COMMON
        ? `EXISTS (SELECT 1 FROM quantities q WHERE q.n = a.n AND ${condition})`
        : `a.n IN (SELECT q.n FROM quantities q WHERE ${condition})`,
      ...values,
    );
  }
  return {
    terms,
    from: fts === undefined ? "articles a" : "words CROSS JOIN articles a ON a.n = words.rowid",
    where,
    params,
    n,
  };
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
  language: count(rows.map((r) => primaryLanguage(r[2]))),
  genre: count(rows.map((r) => r[3])),
  day: [...count(rows.map((r) => r[4]))].sort((a, b) => (a.value < b.value ? -1 : 1)),
  country: count(rows.flatMap((r) => r[5].split(" "))),
  eventType: count(rows.flatMap((r) => r[6].split(" "))),
});

const withSnippets = (db: Db, rows: readonly ArticleRow[], terms: SearchTerms): SearchAnswer["rows"] =>
  terms.wanted.length === 0
    ? rows
    : rows.map((row) => {
        const text = readArticle(db, row.id)?.text;
        const snippet = text === undefined ? undefined : snippetOf(text, terms);
        return snippet === undefined ? row : { ...row, snippet };
      });

/** A page of a list by time, with the cursor of the next. */
const byTime = (db: Db, plan: Plan, oldest: boolean, page: SearchPage) => {
  const limit = limitOf(page.limit);
  const after = decodeCursor(page.after, 1)?.[0];
  const from = typeof after === "number";
  const rows = db.tuples<readonly [number]>(
    [plan.n],
    `FROM ${plan.from} WHERE ${andAll([...plan.where, ...(from ? [`${plan.n} ${oldest ? ">" : "<"} ${INTEGER}`] : [])])}
     ORDER BY ${plan.n} ${oldest ? "ASC" : "DESC"} LIMIT ?`,
    [...plan.params, ...(from ? [after] : []), limit + 1],
  );
  const numbers = rows.slice(0, limit).map((r) => r[0]);
  const last = numbers.at(-1);
  return { numbers, next: rows.length > limit && last !== undefined ? encodeCursor([last]) : undefined };
};

const NO_FACETS: SearchAnswer["facets"] = {
  country: [],
  outlet: [],
  language: [],
  genre: [],
  eventType: [],
  day: [],
};

export const search = (db: Db, query: SearchQuery, page: SearchPage): SearchAnswer => {
  const plan = planOf(db, query);
  const limit = limitOf(page.limit);
  const textual = plan.terms.wanted.length > 0;
  const sort = query.sort ?? (textual ? "relevance" : "newest");
  const byRank = sort === "relevance" && textual;
  if (page.plain === true && !byRank) {
    const { numbers, next } = byTime(db, plan, sort === "oldest", page);
    const rows = rowsByNumber(db, numbers);
    return { rows, ...(next === undefined ? {} : { next }), total: rows.length, facets: NO_FACETS };
  }
  const most = plan.terms.wanted.some((term) => term.words.length > 1) ? MOST_PHRASED : MOST;
  const found = db.tuples<Candidate>(
    [plan.n, ...CANDIDATE],
    `FROM ${plan.from} WHERE ${andAll(plan.where)} ORDER BY ${plan.n} DESC LIMIT ?`,
    [...plan.params, most + 1],
  );
  const atLeast = found.length > most;
  const candidates = atLeast ? found.slice(0, most) : found;
  let numbers: readonly number[];
  let next: string | undefined;
  if (byRank) {
    const start = Math.max(0, Math.floor(Number(decodeCursor(page.after, 1)?.[0] ?? 0)) || 0);
    const sorted = ranked(
      db,
      plan.terms,
      candidates.map((c) => c[0]),
    );
    numbers = sorted.slice(start, start + limit);
    if (start + limit < sorted.length) next = encodeCursor([start + limit]);
  } else if (sort === "newest" && page.after === undefined && limit <= most) {
    numbers = candidates.slice(0, limit).map((c) => c[0]);
    const last = numbers.at(-1);
    if (found.length > limit && last !== undefined) next = encodeCursor([last]);
  } else ({ numbers, next } = byTime(db, plan, sort === "oldest", page));
  const rows = rowsByNumber(db, numbers);
  return {
    rows: page.plain === true || page.excerpts === false ? rows : withSnippets(db, rows, plan.terms),
    ...(next === undefined ? {} : { next }),
    total: candidates.length,
    ...(atLeast ? { atLeast: true } : {}),
    facets: page.plain === true ? NO_FACETS : facetsOf(candidates),
  };
};
