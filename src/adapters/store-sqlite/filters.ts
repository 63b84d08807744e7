/** A list filter as SQL conditions on `articles a`, and cursors as opaque text. */
import type { ListFilter } from "../../ports/index.ts";
import { isPrimary } from "../store-rows.ts";
import { marks, type Value } from "./database.ts";
import { secondsBase } from "./write-articles.ts";

export type Where = { readonly sql: readonly string[]; readonly params: readonly Value[] };

/** A bound of the text index: numbers reach SQLite as floats, and FTS5 passes over a bound that is no integer and reads on. */
export const INTEGER = "CAST(? AS INTEGER)";

export const countriesOf = (filter: ListFilter): readonly string[] | undefined =>
  filter.country !== undefined ? [filter.country] : filter.countries;

/** A column against languages: "es" stands for all its regions, "es-MX" for itself. Undefined when none is asked for. */
export const inLanguages = (
  column: string,
  languages: readonly string[] | undefined,
): { readonly sql: string; readonly params: readonly Value[] } | undefined => {
  if (languages === undefined || languages.length === 0) return undefined;
  const whole = languages.filter(isPrimary);
  const regions = whole.map(() => `${column} >= ? AND ${column} < ?`);
  return {
    sql: `(${[`${column} IN (${marks(languages.length)})`, ...regions].join(" OR ")})`,
    // The point follows the hyphen in the order of signs: all that begins with "es-".
    params: [...languages, ...whole.flatMap((l) => [`${l}-`, `${l}.`])],
  };
};

/**
 * Conditions without the countries, which decide the way a list is walked. A plus before a column keeps the planner from
 * leaving the walk by time for an index that would have to be sorted.
 */
export const whereOf = (filter: ListFilter): Where => {
  const sql: string[] = [];
  const params: Value[] = [];
  const add = (text: string, ...values: readonly Value[]): void => {
    sql.push(text);
    params.push(...values);
  };
  if (filter.outletId !== undefined) add("a.outlet = ?", filter.outletId);
  if (filter.storyId !== undefined) add("a.story = ?", filter.storyId);
  if (filter.genre !== undefined) add("+a.genre = ?", filter.genre);
  const languages = inLanguages("+a.language", filter.languages);
  if (languages !== undefined) add(languages.sql, ...languages.params);
  if (filter.originalsOnly) add("+a.copy_of IS NULL");
  if (filter.withVideo) add("a.video = 1");
  if (filter.demo === true) add("a.demo = 1");
  if (filter.demo === false) add("+a.demo = 0");
  if (filter.since !== undefined) add("a.n >= ?", secondsBase(filter.since + 999));
  if (filter.until !== undefined) add("a.n < ?", secondsBase(filter.until + 999));
  return { sql, params };
};

/** The same with the countries asked of each row; for walks that start elsewhere. */
export const whereWithCountries = (filter: ListFilter): Where => {
  const where = whereOf(filter);
  const countries = countriesOf(filter);
  if (countries === undefined) return where;
  if (countries.length === 0) return { sql: [...where.sql, "0"], params: where.params };
  return {
    sql: [
      ...where.sql,
      `EXISTS (SELECT 1 FROM article_countries c WHERE c.n = a.n AND c.country IN (${marks(countries.length)}))`,
    ],
    params: [...where.params, ...countries],
  };
};

export const andAll = (conditions: readonly string[]): string =>
  conditions.length === 0 ? "1" : conditions.join(" AND ");

export const encodeCursor = (parts: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(parts)).toString("base64url");

/** Undefined for no cursor and for one that is not ours: the list then starts at its beginning. */
export const decodeCursor = (
  cursor: string | undefined,
  length: number,
): readonly (string | number)[] | undefined => {
  if (cursor === undefined) return undefined;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (!Array.isArray(parts) || parts.length !== length) return undefined;
    return parts.every((p): p is string | number => typeof p === "string" || Number.isFinite(p))
      ? parts
      : undefined;
  } catch {
    return undefined;
  }
};

export const limitOf = (limit: number): number => Math.max(1, Math.min(1000, Math.floor(limit) || 20));
