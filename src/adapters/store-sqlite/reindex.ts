/**
 * Text and filing of an article → its row of the text index; and the index of an older archive made anew from the stored
 * articles. That goes in batches, each kept, so that it may be stopped and goes on at the next opening.
 */
import type { Article } from "../../model/index.ts";
import { searchable } from "../search-words.ts";
import { type Db, unpack } from "./database.ts";
import { WORDS_NEXT } from "./schema.ts";

/** What a search may be narrowed by. Lists are words with spaces between, as the table of articles keeps them. */
export type Filed = {
  readonly outlet: string;
  readonly language: string;
  readonly genre: string;
  readonly countries: string;
  readonly event_types: string;
};

/** A sign of the private use area at the head of every such word: no query of a user keeps it. */
export const MARK = "\uf8ff";
const bare = (value: string): string =>
  value.toLowerCase().replace(/[^\p{L}\p{N}]/gu, (sign) => `x${(sign.codePointAt(0) ?? 0).toString(16)}x`);
/** `facetWord("c", "KAZ")` → one word of the index; different values give different words. */
export const facetWord = (kind: "c" | "e" | "g" | "l" | "o", value: string): string =>
  `${MARK}${kind}${bare(value)}`;

const facetWords = (a: Filed): string =>
  [
    facetWord("o", a.outlet),
    facetWord("l", a.language),
    facetWord("g", a.genre),
    ...a.countries.split(" ").flatMap((c) => (c === "" ? [] : facetWord("c", c))),
    ...a.event_types.split(" ").flatMap((e) => (e === "" ? [] : facetWord("e", e))),
  ].join(" ");

export const indexWords = (
  db: Db,
  table: "words" | "words_next",
  n: number,
  article: Pick<Article, "title" | "text">,
  filed: Filed,
): void => {
  const { title, text } = article;
  db.run(`INSERT INTO ${table}(rowid, title, body, filed) VALUES (?,?,?,?)`, [
    n,
    searchable(title).replaceAll(MARK, " "),
    searchable(text.startsWith(title) ? text.slice(title.length) : text).replaceAll(MARK, " "),
    facetWords(filed),
  ]);
};

const BATCH = 1000;

/** Fills `words_next` with every article. `say` is called now and then with how many are done. */
export const reindexWords = (db: Db, say: (done: number, all: number) => void = () => undefined): void => {
  const count = (sql: string): number => db.one<{ c: number }>(sql)?.c ?? 0;
  const all = count("SELECT count(*) AS c FROM articles");
  if (count("SELECT count(*) AS c FROM sqlite_master WHERE name = 'words_next'") === 0) db.exec(WORDS_NEXT);
  for (let round = 0; round < 2; round++) {
    let after = count("SELECT coalesce(max(id), -1) AS c FROM words_next_docsize");
    let done = count("SELECT count(*) AS c FROM words_next_docsize");
    for (;;) {
      const rows = db.all<Filed & { n: number; article: Uint8Array }>(
        `SELECT a.n, a.outlet, a.language, a.genre, a.countries, a.event_types, b.article FROM articles a
         JOIN bodies b ON b.n = a.n WHERE a.n > ? ORDER BY a.n LIMIT ${BATCH}`,
        [after],
      );
      if (rows.length === 0) break;
      db.transaction(() => {
        for (const { n, article, ...filed } of rows)
          indexWords(db, "words_next", n, unpack<Article>(article), filed);
      });
      after = rows.at(-1)?.n ?? after;
      done += rows.length;
      if (all > BATCH) say(done, all);
    }
    if (count("SELECT count(*) AS c FROM words_next_docsize") === all) return;
    // Articles came or went in between, under an older program: once more from the beginning.
    db.exec("DROP TABLE words_next");
    db.exec(WORDS_NEXT);
  }
  throw new Error(
    "The text index could not be made anew: some articles have no text. Run `dateline doctor`.",
  );
};
