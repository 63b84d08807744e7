/** Reading articles: single records, lists by time, streams. Every list is a walk down a primary key that stops at its limit. */
import type {
  Article,
  ArticleId,
  ArticleRow,
  ArticleVersion,
  CopyLink,
  Event,
  Fate,
  Quantity,
  Quote,
  RawPage,
  Reading,
  Refusal,
  StoryId,
} from "../../model/index.ts";
import type { List, ListFilter, Page, SavedState } from "../../ports/index.ts";
import { type Join, withJoins } from "../../stories/persons.ts";
import { type Db, factsOf, parse, turn, unpack, unpackRaw, type Value } from "./database.ts";
import {
  andAll,
  countriesOf,
  decodeCursor,
  encodeCursor,
  limitOf,
  whereOf,
  whereWithCountries,
} from "./filters.ts";
import { secondsBase } from "./write-articles.ts";

const numberOf = (db: Db, id: string): number | undefined =>
  db.one<{ n: number }>("SELECT n FROM articles WHERE id = ?", [id])?.n;

export const readArticle = (db: Db, id: string): Article | undefined => {
  const row = db.one<{ article: Uint8Array }>(
    "SELECT b.article FROM articles a JOIN bodies b ON b.n = a.n WHERE a.id = ?",
    [id],
  );
  return row && unpack<Article>(row.article);
};

export const readArticleByUrl = (db: Db, url: string): Article | undefined => {
  const id = db.one<{ id: string }>("SELECT id FROM addresses WHERE url = ?", [url])?.id;
  return id === undefined ? undefined : readArticle(db, id);
};

type Rest = Pick<Reading, "sentences" | "entities" | "mentions" | "times" | "countries" | "notes">;

/** A reading as its article alone gives it, without what was joined across articles; and the article's number. */
export const readAlone = (
  db: Db,
  id: string,
): { readonly n: number; readonly reading: Reading } | undefined => {
  const row = db.one<{ n: number; article: Uint8Array; rest: Uint8Array }>(
    "SELECT a.n, b.article, b.rest FROM articles a JOIN bodies b ON b.n = a.n WHERE a.id = ?",
    [id],
  );
  if (!row) return undefined;
  const { n } = row;
  return {
    n,
    reading: {
      article: unpack<Article>(row.article),
      ...unpack<Rest>(row.rest),
      quantities: factsOf<Quantity>(db, "quantities", n),
      quotes: factsOf<Quote>(db, "quotes", n),
      events: factsOf<Event>(db, "events", n),
    },
  };
};

export const joinsOf = (db: Db, n: number): readonly Omit<Join, "articleId">[] =>
  db.all<Omit<Join, "articleId">>('SELECT was AS "from", key, because FROM entity_joins WHERE n = ?', [n]);

export const readReading = (db: Db, id: string): Reading | undefined => {
  const alone = readAlone(db, id);
  return alone && withJoins(alone.reading, joinsOf(db, alone.n));
};

/** Events under the keys their parties are kept by now. */
export const readEvents = (db: Db, id: string): readonly Event[] => {
  const n = numberOf(db, id);
  if (n === undefined) return [];
  return withJoins({ entities: [], events: factsOf<Event>(db, "events", n) }, joinsOf(db, n)).events;
};

export const readFacts = <T extends Quantity | Quote>(
  db: Db,
  table: "quantities" | "quotes",
  id: string,
): readonly T[] => {
  const n = numberOf(db, id);
  return n === undefined ? [] : factsOf<T>(db, table, n);
};

type Line = {
  json: string;
  story: string;
  copy_of: string | null;
  copies: number;
  withdrawn: number;
  fates: string | null;
};
const LINE = "a.story, a.copy_of, a.copies, a.withdrawn, a.fates";

const toRow = (line: Line): ArticleRow => {
  const row = parse<ArticleRow>(line.json);
  return {
    ...row,
    // Ids are branded by the model; the database gives back what it was given.
    storyId: line.story as StoryId,
    ...(line.copy_of === null ? {} : { copyOf: line.copy_of as ArticleId }),
    copies: line.copies,
    withdrawn: line.withdrawn === 1,
    ...(line.fates === null ? {} : { fates: parse<readonly Fate[]>(line.fates) }),
  };
};

export const rowsByNumber = (db: Db, numbers: readonly number[]): readonly ArticleRow[] => {
  if (numbers.length === 0) return [];
  const found = new Map<number, ArticleRow>();
  for (const r of db.all<Line & { n: number }>(
    `SELECT a.n, l.json, ${LINE} FROM articles a JOIN lines l ON l.n = a.n WHERE a.n IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(numbers)],
  ))
    found.set(r.n, toRow(r));
  return numbers.flatMap((n) => found.get(n) ?? []);
};

export const readRows = (db: Db, ids: readonly string[]): readonly ArticleRow[] => {
  const found = new Map<string, ArticleRow>();
  for (const r of db.all<Line>(
    `SELECT l.json, ${LINE} FROM articles a JOIN lines l ON l.n = a.n WHERE a.id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(ids)],
  )) {
    const row = toRow(r);
    found.set(row.id, row);
  }
  return ids.flatMap((id) => found.get(id) ?? []);
};

/** Numbers of the newest articles of a filter below a cursor. */
export const newestNumbers = (
  db: Db,
  filter: ListFilter,
  before: number | undefined,
  limit: number,
): readonly number[] => {
  const where = whereOf(filter);
  const countries = countriesOf(filter);
  const below = before === undefined ? [] : ["a.n < ?"];
  const params: Value[] = [...where.params, ...(before === undefined ? [] : [before])];
  const pick = (r: { n: number }): number => r.n;
  if (countries === undefined)
    return db
      .all<{ n: number }>(
        `SELECT a.n FROM articles a WHERE ${andAll([...where.sql, ...below])} ORDER BY a.n DESC LIMIT ?`,
        [...params, limit],
      )
      .map(pick);
  // One short walk for each country, then merged: no sort over all articles of a region.
  const plain = where.sql.length === 0;
  const sql = plain
    ? `SELECT a.n FROM article_countries a WHERE a.country = ? AND ${andAll(below)} ORDER BY a.n DESC LIMIT ?`
    : `SELECT c.n FROM article_countries c CROSS JOIN articles a ON a.n = c.n WHERE c.country = ? AND ${andAll(
        [...where.sql, ...below].map((s) => s.replace(/^a\.n /, "c.n ").replace(/^a\./, "+a.")),
      )} ORDER BY c.n DESC LIMIT ?`;
  const all = new Set<number>();
  for (const country of new Set(countries))
    for (const r of db.all<{ n: number }>(sql, [country, ...params, limit])) all.add(r.n);
  return [...all].sort((a, b) => b - a).slice(0, limit);
};

export const latest = (db: Db, filter: ListFilter, page: Page): List<ArticleRow> => {
  const limit = limitOf(page.limit);
  const after = decodeCursor(page.after, 1)?.[0];
  const numbers = newestNumbers(db, filter, typeof after === "number" ? after : undefined, limit + 1);
  const shown = numbers.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: rowsByNumber(db, shown),
    ...(numbers.length > limit && last !== undefined ? { next: encodeCursor([last]) } : {}),
  };
};

export async function* scan(db: Db, filter: ListFilter): AsyncGenerator<Reading> {
  const where = whereWithCountries(filter);
  let after = "";
  for (;;) {
    const ids = db.all<{ id: string }>(
      `SELECT a.id FROM articles a WHERE a.id > ? AND ${andAll(where.sql)} ORDER BY a.id LIMIT 100`,
      [after, ...where.params],
    );
    for (const { id } of ids) {
      const reading = readReading(db, id);
      if (reading) yield reading;
      after = id;
    }
    if (ids.length < 100) return;
    await turn();
  }
}

type StateLine = { n: number; id: string; story: string; sketch: Uint8Array; profile: Uint8Array };

const toState = (r: StateLine): SavedState => ({
  id: r.id as ArticleId,
  storyId: r.story as StoryId,
  sketch: new Uint8Array(r.sketch),
  profile: new Uint8Array(r.profile),
});

export const readState = (db: Db, id: string): SavedState | undefined => {
  const row = db.one<StateLine>(
    "SELECT s.n, s.id, a.story, s.sketch, s.profile FROM articles a JOIN states s ON s.n = a.n WHERE a.id = ?",
    [id],
  );
  return row && toState(row);
};

export async function* savedStates(db: Db, since: number): AsyncGenerator<SavedState> {
  let after = secondsBase(since) - 1;
  for (;;) {
    const rows = db.all<StateLine>(
      "SELECT s.n, s.id, a.story, s.sketch, s.profile FROM states s JOIN articles a ON a.n = s.n WHERE s.n > ? ORDER BY s.n LIMIT 500",
      [after],
    );
    for (const r of rows) {
      yield toState(r);
      after = r.n;
    }
    if (rows.length < 500) return;
    await turn();
  }
}

export const readVersions = (db: Db, id: string): readonly ArticleVersion[] =>
  db
    .all<{ json: string; body: Uint8Array | null }>(
      "SELECT json, body FROM versions WHERE id = ? ORDER BY seq",
      [id],
    )
    .map((r) => ({
      ...parse<Omit<ArticleVersion, "text">>(r.json),
      ...(r.body === null ? {} : { text: unpack<string>(r.body) }),
    }));

export const readRaw = (db: Db, sha: string): RawPage | undefined => {
  const row = db.one<{ packing: string; packed: Uint8Array; meta: string }>(
    "SELECT packing, packed, meta FROM raw WHERE sha = ?",
    [sha],
  );
  return row && { ...parse<Omit<RawPage, "bytes">>(row.meta), bytes: unpackRaw(row.packing, row.packed) };
};

export const readLinks = (
  db: Db,
  id: string,
): { readonly originals: readonly CopyLink[]; readonly copies: readonly CopyLink[] } => {
  const of = (column: "copy" | "original"): readonly CopyLink[] =>
    db
      .all<{ json: string }>(
        `SELECT json FROM copy_links WHERE ${column} = ? ORDER BY copy, target LIMIT 2000`,
        [id],
      )
      .map((r) => parse<CopyLink>(r.json));
  return { originals: of("copy"), copies: of("original") };
};

export const seen = (
  db: Db,
  url: string,
  sha: string | undefined,
): "new" | "read" | "forgotten" | "refused" => {
  if (db.one("SELECT 1 FROM tombstones WHERE url = ?", [url])) return "forgotten";
  const known = db.one<{ raw_sha: string | null }>("SELECT raw_sha FROM addresses WHERE url = ?", [url]);
  if (known) return sha === undefined || known.raw_sha === sha ? "read" : "new";
  const refused = db.one<{ raw_sha: string | null }>("SELECT raw_sha FROM refusals WHERE url = ?", [url]);
  if (refused && (sha === undefined || refused.raw_sha === sha)) return "refused";
  return "new";
};

export const refusals = (db: Db, page: Page): List<Refusal> => {
  const limit = limitOf(page.limit);
  const after = decodeCursor(page.after, 1)?.[0];
  const rows = db.all<{ seq: number; json: string }>(
    "SELECT seq, json FROM refusals WHERE seq < ? ORDER BY seq DESC LIMIT ?",
    [typeof after === "number" ? after : Number.MAX_SAFE_INTEGER, limit + 1],
  );
  const last = rows[limit - 1];
  return {
    rows: rows.slice(0, limit).map((r) => parse<Refusal>(r.json)),
    ...(rows.length > limit && last ? { next: encodeCursor([last.seq]) } : {}),
  };
};
