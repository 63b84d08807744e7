/** Persons joined across articles: written with a story, read with every article, and found by the key they had before. */
import type { Entity } from "../../model/index.ts";
import type { Bearer, Join } from "../../stories/persons.ts";
import { type Db, parse } from "./database.ts";
import { joinsOf, readAlone } from "./read-articles.ts";
import { dropEntities, saveEntities } from "./write-articles.ts";

const same = (a: readonly Omit<Join, "articleId">[], b: readonly Omit<Join, "articleId">[]): boolean => {
  const text = (list: typeof a) =>
    list
      .map(({ from, key, because }) => `${from}\n${key}\n${because}`)
      .toSorted()
      .join("\n\n");
  return text(a) === text(b);
};

/** Rows are written anew only where something changed: a story is built often, and its joins stay mostly the same. */
export const saveJoins = (db: Db, ids: readonly string[], joins: readonly Join[]): void => {
  for (const id of ids) {
    const n = db.one<{ n: number }>("SELECT n FROM articles WHERE id = ?", [id])?.n;
    if (n === undefined) continue;
    const own = joins.filter((j) => j.articleId === id);
    if (same(joinsOf(db, n), own)) continue;
    db.run("DELETE FROM entity_joins WHERE n = ?", [n]);
    for (const { from, key, because } of own)
      db.run("INSERT OR REPLACE INTO entity_joins(n, was, key, because) VALUES (?,?,?,?)", [
        n,
        from,
        key,
        because,
      ]);
    const alone = readAlone(db, id);
    if (!alone) continue;
    dropEntities(db, n);
    saveEntities(db, n, alone.reading, own);
  }
};

export const entityMoved = (db: Db, key: string): string | undefined => {
  const joined = db.all<{ key: string }>("SELECT DISTINCT key FROM entity_joins WHERE was = ? LIMIT 2", [
    key,
  ]);
  if (joined.length > 0) return joined.length === 1 ? joined[0]?.key : undefined;
  const now = db.one<{ now: string }>("SELECT now FROM entity_moves WHERE old = ?", [key])?.now;
  return now === "" ? undefined : now;
};

/** Bearers of one surname that are looked at; whoever is named less is no rival. */
const MOST_BEARERS = 12;

export const bearers = (
  db: Db,
  surnames: readonly string[],
  within: { readonly since: number; readonly until: number; readonly country?: string | undefined },
): ReadonlyMap<string, readonly Bearer[]> => {
  const found = new Map<string, readonly Bearer[]>();
  for (const surname of surnames) {
    const list = db
      .all<{ key: string; json: string; articles: number }>(
        `SELECT key, json, articles FROM entities WHERE family = ? ORDER BY articles DESC LIMIT ${MOST_BEARERS}`,
        [surname],
      )
      .flatMap(({ key, json, articles }): Bearer[] => {
        const named = db.one<{ near: number | null; once: number }>(
          `SELECT count(*) AS once, max(c.n IS NOT NULL) AS near FROM (
             SELECT x.n FROM entity_articles x CROSS JOIN articles a ON a.n = x.n
             WHERE x.key = ? AND a.sort_time BETWEEN ? AND ? LIMIT 200) w
           LEFT JOIN article_countries c ON c.n = w.n AND c.country = ?`,
          [key, within.since, within.until, within.country ?? ""],
        );
        if (!named || named.once === 0) return [];
        const { name, office, country } = parse<Entity>(json);
        return [
          {
            key,
            name,
            ...(office === undefined ? {} : { office }),
            ...(country === undefined ? {} : { country }),
            articles,
            near: named.near === 1,
          },
        ];
      });
    if (list.length > 0) found.set(surname, list);
  }
  return found;
};
