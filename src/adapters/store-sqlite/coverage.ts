/** How many reports were read, by day, country and language: from kept counts where the filter allows it, else counted. */
import type { CoverageCell, CoverageTotal, ListFilter } from "../../ports/index.ts";
import { totalsOf } from "../store-rows.ts";
import { type Db, marks, type Value } from "./database.ts";
import { andAll, countriesOf, inLanguages, type Where, whereOf } from "./filters.ts";

const PLAIN_COVERAGE: ReadonlySet<string> = new Set([
  "country",
  "countries",
  "languages",
  "demo",
  "since",
  "until",
]);

const isPlain = (filter: ListFilter): boolean =>
  Object.entries(filter).every(([k, v]) => v === undefined || v === false || PLAIN_COVERAGE.has(k));

/** Conditions of a plain filter on the table of days or of months; an emptied span matches nothing. */
const plainWhere = (filter: ListFilter, column: "day" | "month"): Where => {
  const size = column === "day" ? 10 : 7;
  const countries = countriesOf(filter);
  const sql: string[] = ["articles > 0"];
  const params: Value[] = [];
  if (countries !== undefined) {
    sql.push(`country IN (${marks(countries.length)})`);
    params.push(...countries);
  }
  const languages = inLanguages("language", filter.languages);
  if (languages !== undefined) {
    sql.push(languages.sql);
    params.push(...languages.params);
  }
  if (filter.demo !== undefined) {
    sql.push("demo = ?");
    params.push(filter.demo ? 1 : 0);
  }
  if (filter.since !== undefined) {
    sql.push(`${column} >= ?`);
    params.push(new Date(filter.since).toISOString().slice(0, size));
  }
  if (filter.until !== undefined) {
    sql.push(`${column} <= ?`);
    params.push(new Date(filter.until - 1).toISOString().slice(0, size));
  }
  return { sql, params };
};

/** From the kept counts when the filter allows it, else counted over the articles. */
export const coverage = (db: Db, filter: ListFilter): readonly CoverageCell[] => {
  if (!isPlain(filter)) {
    const countries = countriesOf(filter);
    const where = whereOf(filter);
    const inList = countries === undefined ? "1" : `j.value IN (${marks(countries.length)})`;
    return db.all<CoverageCell>(
      `SELECT a.day, j.value AS country, a.language, count(*) AS articles, total(a.copy_of IS NULL) AS originals
       FROM articles a CROSS JOIN json_each('["' || replace(a.countries, ' ', '","') || '"]') j
       WHERE ${andAll(where.sql)} AND ${inList} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
      [...where.params, ...(countries ?? [])],
    );
  }
  const where = plainWhere(filter, "day");
  return db
    .tuples<readonly [string, string, string, number, number]>(
      ["day", "country", "language", "sum(articles)", "sum(originals)"],
      `FROM coverage WHERE ${andAll(where.sql)} GROUP BY day, country, language ORDER BY day, country, language`,
      where.params,
    )
    .map(([day, country, language, articles, originals]) => ({
      day,
      country,
      language,
      articles,
      originals,
    }));
};

/** Spans from this length on are added up from months, with days at both ends. */
const LONG = 92 * 86_400_000;
const EVER = { since: Date.UTC(1900, 0, 1), until: Date.UTC(2200, 0, 1) } as const;

const monthAt = (ms: number, plus: number): number => {
  const at = new Date(ms);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + plus, 1);
};
const dayAt = (ms: number): number => Math.floor(ms / 86_400_000) * 86_400_000;

export const coverageTotals = (
  db: Db,
  filter: ListFilter,
  by: "country" | "language",
): readonly CoverageTotal[] => {
  if (!isPlain(filter)) return totalsOf(coverage(db, filter), by);
  const [since, until] = [filter.since ?? EVER.since, filter.until ?? EVER.until];
  if (until - since < LONG) {
    const where = plainWhere(filter, "day");
    return db.all<CoverageTotal>(
      `SELECT value, sum(articles) AS articles, sum(originals) AS originals, count(*) AS days FROM
         (SELECT ${by} AS value, sum(articles) AS articles, sum(originals) AS originals FROM coverage
          WHERE ${andAll(where.sql)} GROUP BY day, ${by})
       GROUP BY value ORDER BY articles DESC, value`,
      where.params,
    );
  }
  // Whole days count, as in the table of days: the day of the first moment, and the day of the last one before the end.
  const from = dayAt(since);
  const to = dayAt(until - 1) + 86_400_000;
  const first = monthAt(from, from === monthAt(from, 0) ? 0 : 1);
  const last = monthAt(to, 0);
  const parts = [
    {
      table: "coverage",
      where: plainWhere({ ...filter, since: from, until: first }, "day"),
      empty: from >= first,
    },
    {
      table: "coverage_months",
      where: plainWhere({ ...filter, since: first, until: last }, "month"),
      empty: first >= last,
    },
    { table: "coverage", where: plainWhere({ ...filter, since: last, until: to }, "day"), empty: last >= to },
  ].filter((p) => !p.empty);
  return db.all<CoverageTotal>(
    `SELECT value, sum(articles) AS articles, sum(originals) AS originals FROM (${parts
      .map(
        (p) =>
          `SELECT ${by} AS value, sum(articles) AS articles, sum(originals) AS originals FROM ${p.table} WHERE ${andAll(p.where.sql)} GROUP BY 1`,
      )
      .join(" UNION ALL ")}) GROUP BY value ORDER BY articles DESC, value`,
    parts.flatMap((p) => p.where.params),
  );
};
