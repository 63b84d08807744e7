/**
 * Whether a data folder is whole: the file itself, and every count and index against the articles it was made from. For
 * `dateline doctor` and for the tests that kill the process. Answers with what is wrong, in words; nothing means whole.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Db } from "./database.ts";
import { lockFolder } from "./lock.ts";
import { openArchive } from "./migrate.ts";

const COUNTS: readonly (readonly [what: string, sql: string])[] = [
  [
    "articles without a line",
    "SELECT count(*) AS c FROM articles a WHERE NOT EXISTS (SELECT 1 FROM lines l WHERE l.n = a.n)",
  ],
  [
    "articles without a body",
    "SELECT count(*) AS c FROM articles a WHERE NOT EXISTS (SELECT 1 FROM bodies b WHERE b.n = a.n)",
  ],
  [
    "articles without a state",
    "SELECT count(*) AS c FROM articles a WHERE NOT EXISTS (SELECT 1 FROM states s WHERE s.n = a.n)",
  ],
  [
    "articles without a version",
    "SELECT count(*) AS c FROM articles a WHERE NOT EXISTS (SELECT 1 FROM versions v WHERE v.id = a.id)",
  ],
  [
    "articles without a story",
    "SELECT count(*) AS c FROM articles a WHERE NOT EXISTS (SELECT 1 FROM stories s WHERE s.id = a.story)",
  ],
  [
    "articles without their raw page",
    "SELECT count(*) AS c FROM articles a WHERE raw_sha IS NOT NULL AND NOT EXISTS (SELECT 1 FROM raw r WHERE r.sha = a.raw_sha)",
  ],
  [
    "articles missing in the text index",
    "SELECT abs((SELECT count(*) FROM articles) - (SELECT count(*) FROM words_docsize)) AS c",
  ],
  [
    "lines without an article",
    "SELECT count(*) AS c FROM lines l WHERE NOT EXISTS (SELECT 1 FROM articles a WHERE a.n = l.n)",
  ],
  [
    "bodies without an article",
    "SELECT count(*) AS c FROM bodies b WHERE NOT EXISTS (SELECT 1 FROM articles a WHERE a.n = b.n)",
  ],
  [
    "addresses that lead nowhere",
    "SELECT count(*) AS c FROM addresses u WHERE NOT EXISTS (SELECT 1 FROM articles a WHERE a.id = u.id)",
  ],
  [
    "facts without an article",
    "SELECT (SELECT count(*) FROM quantities q WHERE NOT EXISTS (SELECT 1 FROM articles a WHERE a.n = q.n)) + (SELECT count(*) FROM events e WHERE NOT EXISTS (SELECT 1 FROM articles a WHERE a.n = e.n)) + (SELECT count(*) FROM quotes e WHERE NOT EXISTS (SELECT 1 FROM articles a WHERE a.n = e.n)) AS c",
  ],
  [
    "stories with a wrong number of articles",
    "SELECT count(*) AS c FROM stories s WHERE s.articles <> (SELECT count(*) FROM articles a WHERE a.story = s.id)",
  ],
  [
    "records of stories that are not there",
    "SELECT count(*) AS c FROM story_records r WHERE NOT EXISTS (SELECT 1 FROM stories s WHERE s.id = r.id)",
  ],
  [
    "copies of an original that is not there",
    "SELECT count(*) AS c FROM articles a WHERE copy_of IS NOT NULL AND NOT EXISTS (SELECT 1 FROM articles o WHERE o.id = a.copy_of)",
  ],
  [
    "originals with a wrong number of copies",
    "SELECT count(*) AS c FROM articles a WHERE copies <> (SELECT count(*) FROM articles o WHERE o.copy_of = a.id)",
  ],
  [
    "entities with a wrong number of articles",
    "SELECT count(*) AS c FROM entities e WHERE articles <> (SELECT count(*) FROM entity_articles x WHERE x.key = e.key)",
  ],
  [
    "days with a wrong number of articles",
    `SELECT count(*) AS c FROM (
     SELECT day, country, language, demo, articles, originals FROM coverage WHERE articles <> 0 OR originals <> 0 EXCEPT
     SELECT a.day, j.value, a.language, a.demo, count(*), sum(a.copy_of IS NULL) FROM articles a
       CROSS JOIN json_each('["' || replace(a.countries, ' ', '","') || '"]') j GROUP BY 1, 2, 3, 4)`,
  ],
  [
    "months with a wrong number of articles",
    `SELECT count(*) AS c FROM (
     SELECT month, country, language, demo, articles, originals FROM coverage_months WHERE articles <> 0 OR originals <> 0 EXCEPT
     SELECT substr(day, 1, 7), country, language, demo, sum(articles), sum(originals) FROM coverage GROUP BY 1, 2, 3, 4)`,
  ],
];

export const checkDatabase = (db: Db, thorough: boolean): readonly string[] => {
  const wrong: string[] = [];
  const pragma = thorough ? "integrity_check" : "quick_check";
  for (const row of db.all<Record<string, unknown>>(`PRAGMA ${pragma}(10)`)) {
    const text = Object.entries(row).find(([k]) => k === "integrity_check" || k === "quick_check")?.[1];
    if (typeof text === "string" && text !== "ok") wrong.push(`the file: ${text}`);
  }
  for (const [what, sql] of COUNTS) {
    const count = db.one<{ c: number }>(sql)?.c ?? 0;
    if (count > 0) wrong.push(`${count} ${what}`);
  }
  try {
    db.exec("INSERT INTO words(words) VALUES('integrity-check')");
  } catch (error) {
    wrong.push(`the text index: ${error instanceof Error ? error.message : String(error)}`);
  }
  return wrong;
};

/** Opens the folder (which must not be in use) and checks it. */
export const checkFolder = (
  folder: string,
  options: { readonly thorough?: boolean } = {},
): readonly string[] => {
  const path = join(folder, "dateline.db");
  if (!existsSync(path)) return [];
  const unlock = lockFolder(folder);
  try {
    const db = openArchive(path);
    try {
      return checkDatabase(db, options.thorough ?? false);
    } finally {
      db.close();
    }
  } finally {
    unlock();
  }
};
