/** Reading stories, incidents and entities: lines kept by the writers, records unpacked on demand. */
import type { ArticleId, ArticleRow, Entity, Incident, Quote, Story, StoryId } from "../../model/index.ts";
import type {
  EntityRecord,
  IncidentFilter,
  List,
  ListFilter,
  Page,
  SaidIn,
  StoryFilter,
  StoryRow,
} from "../../ports/index.ts";
import { MOST_OFFICES } from "../store-rows.ts";
import { changesOf, type Db, marks, parse, unpack, type Value } from "./database.ts";
import { andAll, countriesOf, decodeCursor, encodeCursor, inLanguages, limitOf, whereOf } from "./filters.ts";
import { newestNumbers, rowsByNumber } from "./read-articles.ts";

type Line = {
  id: string;
  first_ms: number;
  last_ms: number;
  articles: number;
  originals: number;
  outlets: number;
  newsrooms: number;
  informants: number;
  burst: number;
  rank: number;
  headline: string;
  headline_article: string;
  countries: string;
  languages: string;
  demo: number;
};

const iso = (ms: number): string => new Date(ms).toISOString();

const toRow = (r: Line): StoryRow => ({
  // Ids are branded by the model; the database gives back what it was given.
  id: r.id as StoryId,
  headline: r.headline,
  headlineArticle: r.headline_article as ArticleId,
  first: iso(r.first_ms),
  last: iso(r.last_ms),
  articles: r.articles,
  originals: r.originals,
  newsrooms: r.newsrooms,
  informants: r.informants,
  outlets: r.outlets,
  burst: r.burst,
  countries: parse<string[]>(r.countries),
  languages: parse<string[]>(r.languages),
  demo: r.demo === 1,
});

export const storyIdOf = (db: Db, id: string): StoryId | undefined => {
  if (db.one("SELECT 1 FROM stories WHERE id = ?", [id])) return id as StoryId;
  return db.one<{ now: string }>("SELECT now FROM story_moves WHERE old = ?", [id])?.now as
    | StoryId
    | undefined;
};

export const readStory = (db: Db, id: string): Story | undefined => {
  const now = storyIdOf(db, id);
  if (now === undefined) return undefined;
  const row = db.one<{ record: Uint8Array }>("SELECT record FROM story_records WHERE id = ?", [now]);
  return row && unpack<Story>(row.record);
};

export const storyArticles = (db: Db, id: string): readonly ArticleRow[] => {
  const now = storyIdOf(db, id);
  if (now === undefined) return [];
  return rowsByNumber(
    db,
    db
      .all<{ n: number }>("SELECT n FROM articles WHERE story = ? ORDER BY n LIMIT 5000", [now])
      .map((r) => r.n),
  );
};

export const staleStories = (db: Db, limit: number): readonly StoryId[] =>
  db
    .all<{ id: string }>("SELECT id FROM stories WHERE stale = 1 ORDER BY last_ms DESC LIMIT ?", [limit])
    .map((r) => r.id as StoryId);

const COLUMN = { newest: "last_ms", headlines: "rank", burst: "burst" } as const;

export const stories = (db: Db, filter: StoryFilter, page: Page): List<StoryRow> => {
  const limit = limitOf(page.limit);
  const where: string[] = [];
  const params: Value[] = [];
  const add = (sql: string, ...values: readonly Value[]): void => {
    where.push(sql);
    params.push(...values);
  };
  const countries = countriesOf(filter);
  const one = countries?.length === 1;
  // The stories of one country are walked along the table of countries, which holds what is asked of them here.
  const t = one ? "c" : "s";
  const id = one ? "c.story" : "s.id";
  let from = "stories s";
  if (one) {
    from = "story_countries c";
    add("c.country = ?", countries[0] ?? "");
  } else if (countries !== undefined)
    add(
      `EXISTS (SELECT 1 FROM story_countries c WHERE c.story = s.id AND c.country IN (${marks(countries.length)}))`,
      ...countries,
    );
  if (filter.since !== undefined) add(`${t}.last_ms >= ?`, filter.since);
  if (filter.until !== undefined) add(`${t}.first_ms < ?`, filter.until);
  if (filter.demo !== undefined) add(`+${t}.demo = ?`, filter.demo ? 1 : 0);
  if (filter.storyId !== undefined) add(`${id} = ?`, filter.storyId);
  const languages = inLanguages("value", filter.languages);
  if (languages !== undefined) {
    if (one) from = "story_countries c CROSS JOIN stories s ON s.id = c.story";
    add(`EXISTS (SELECT 1 FROM json_each(s.languages) WHERE ${languages.sql})`, ...languages.params);
  }
  if (filter.outletId !== undefined || filter.genre !== undefined || filter.withVideo === true) {
    const inner = whereOf({ outletId: filter.outletId, genre: filter.genre, withVideo: filter.withVideo });
    add(
      `EXISTS (SELECT 1 FROM articles a WHERE a.story = ${id} AND ${andAll(inner.sql.map((x) => x.replace(/^a\./, "+a.")))})`,
      ...inner.params,
    );
  }
  const column = COLUMN[filter.sort];
  const after = decodeCursor(page.after, 3);
  if (after)
    if (column === "last_ms") add(`(${t}.last_ms, ${id}) < (?, ?)`, after[1] ?? 0, after[2] ?? "");
    else add(`(${t}.${column}, ${t}.last_ms, ${id}) < (?, ?, ?)`, ...after);
  // Within a span of time, that span is walked and sorted; without one, the index of the order is.
  const sorted = filter.since === undefined ? `${t}.${column}` : `+${t}.${column}`;
  const order =
    column === "last_ms" ? `${t}.last_ms DESC, ${id} DESC` : `${sorted} DESC, ${t}.last_ms DESC, ${id} DESC`;
  // First which stories, from narrow indexes; then their lines, which stand beside long records.
  const ids = db.all<{ id: string }>(
    `SELECT ${id} AS id FROM ${from} WHERE ${andAll(where)} ORDER BY ${order} LIMIT ?`,
    [...params, limit + 1],
  );
  const lines = new Map(
    db
      .all<Line>(
        `SELECT s.id, s.first_ms, s.last_ms, s.articles, s.originals, s.outlets, s.newsrooms, s.informants, s.burst, s.rank, s.headline,
           s.headline_article, s.countries, s.languages, s.demo FROM stories s WHERE s.id IN (SELECT value FROM json_each(?))`,
        [JSON.stringify(ids.map((r) => r.id))],
      )
      .map((line) => [line.id, line]),
  );
  const rows = ids.flatMap((r) => lines.get(r.id) ?? []);
  const final = rows[limit - 1];
  return {
    rows: rows.slice(0, limit).map(toRow),
    ...(rows.length > limit && final ? { next: encodeCursor([final[column], final.last_ms, final.id]) } : {}),
  };
};

export const incidents = (db: Db, filter: IncidentFilter, page: Page): List<Incident> => {
  const limit = limitOf(page.limit);
  const where: string[] = [];
  const params: Value[] = [];
  const add = (sql: string, ...values: readonly Value[]): void => {
    where.push(sql);
    params.push(...values);
  };
  const countries = countriesOf(filter);
  // Articles, a story, an actor, a place are far narrower than a country: its index is not to be walked then.
  const narrow = [filter.articles, filter.places, filter.storyId, filter.actor].some((x) => x !== undefined);
  const country = narrow ? "+i.country" : "i.country";
  if (countries !== undefined) add(`${country} IN (${marks(countries.length)})`, ...countries);
  if (filter.places !== undefined) add(`i.place IN (${marks(filter.places.length)})`, ...filter.places);
  if (filter.articles !== undefined)
    // Ids of mentions are the article's with a dot and more; nothing else in a record begins so.
    add(
      `i.id IN (SELECT i.id FROM articles a CROSS JOIN incidents i ON i.story = a.story
        WHERE a.id IN (SELECT value FROM json_each(?)) AND instr(i.json, '"' || a.id || '.') > 0)`,
      JSON.stringify(filter.articles),
    );
  if (filter.storyId !== undefined) add("i.story = ?", storyIdOf(db, filter.storyId) ?? filter.storyId);
  if (filter.eventType !== undefined) add("+i.type = ?", filter.eventType);
  const byActor = filter.actor !== undefined;
  const from = byActor ? "incident_actors x CROSS JOIN incidents i ON i.id = x.id" : "incidents i";
  const [day, id] = byActor ? ["x.day", "x.id"] : ["i.day", "i.id"];
  if (filter.actor !== undefined) add("x.key = ?", filter.actor);
  if (filter.since !== undefined) add(`${day} >= ?`, iso(filter.since).slice(0, 10));
  if (filter.until !== undefined) add(`${day} <= ?`, iso(filter.until - 1).slice(0, 10));
  if (filter.demo !== undefined)
    add("EXISTS (SELECT 1 FROM stories s WHERE s.id = i.story AND s.demo = ?)", filter.demo ? 1 : 0);
  const after = decodeCursor(page.after, 2);
  if (after) add(`(${day}, ${id}) < (?, ?)`, ...after);
  // First which incidents, from narrow indexes; then their records.
  const lines = db.all<{ id: string; day: string }>(
    `SELECT ${id} AS id, ${day} AS day FROM ${from} WHERE ${andAll(where)} ORDER BY ${day} DESC, ${id} DESC LIMIT ?`,
    [...params, limit + 1],
  );
  const shown = lines.slice(0, limit);
  const records = new Map(
    db
      .all<{ id: string; json: string }>(
        "SELECT id, json FROM incidents WHERE id IN (SELECT value FROM json_each(?))",
        [JSON.stringify(shown.map((r) => r.id))],
      )
      .map((r) => [r.id, r.json]),
  );
  const last = shown.at(-1);
  return {
    rows: shown.flatMap((r) => {
      const json = records.get(r.id);
      return json === undefined ? [] : [parse<Incident>(json)];
    }),
    ...(lines.length > limit && last ? { next: encodeCursor([last.day, last.id]) } : {}),
  };
};

export const entityArticles = (db: Db, key: string, page: Page): List<ArticleRow> => {
  const limit = limitOf(page.limit);
  const after = decodeCursor(page.after, 1)?.[0];
  const numbers = db
    .all<{ n: number }>("SELECT n FROM entity_articles WHERE key = ? AND n < ? ORDER BY n DESC LIMIT ?", [
      key,
      typeof after === "number" ? after : Number.MAX_SAFE_INTEGER,
      limit + 1,
    ])
    .map((r) => r.n);
  const last = numbers[limit - 1];
  return {
    rows: rowsByNumber(db, numbers.slice(0, limit)),
    ...(numbers.length > limit && last !== undefined ? { next: encodeCursor([last]) } : {}),
  };
};

/** Newest articles of an entity whose names and offices are counted. */
const NAMED_IN = 2000;

export const entity = (db: Db, key: string): EntityRecord | undefined => {
  const row = db.one<{ json: string; articles: number }>(
    "SELECT json, articles FROM entities WHERE key = ?",
    [key],
  );
  if (!row) return undefined;
  const tallied = (what: "name" | "office", most: number) =>
    db.all<{ value: string; articles: number; first: number; last: number }>(
      `SELECT ${what} AS value, count(*) AS articles, min(n) AS first, max(n) AS last
       FROM (SELECT n, ${what} FROM entity_articles WHERE key = ? ORDER BY n DESC LIMIT ${NAMED_IN})
       WHERE ${what} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${most}`,
      [key],
    );
  const dayOf = (n: number): string =>
    db.one<{ day: string }>("SELECT day FROM articles WHERE n = ?", [n])?.day ?? "";
  const known = parse<Entity>(row.json);
  return {
    ...known,
    articles: row.articles,
    names: tallied("name", 20).map((x) => x.value),
    // Nobody else holds one.
    offices: (known.type === "PER" ? tallied("office", MOST_OFFICES) : []).map((x) => ({
      office: x.value,
      articles: x.articles,
      first: dayOf(x.first),
      last: dayOf(x.last),
    })),
  };
};

/** How many of a filter's newest articles entities are counted over. */
const COUNTED = 400;
/** Entities whose records are asked for at once, from the most named down. */
const ASKED = 200;

type Named = readonly (readonly [key: string, articles: number])[];
const named = new WeakMap<Db, { readonly of: string; readonly list: Named }>();

/** Entities of a filter's newest articles, most named first; a page asks for the persons and the bodies of the same articles. */
const mostNamed = (db: Db, filter: ListFilter): Named => {
  const of = JSON.stringify([changesOf(db), filter]);
  const known = named.get(db);
  if (known?.of === of) return known.list;
  const numbers = newestNumbers(db, filter, undefined, COUNTED);
  const counts = new Map<string, number>();
  for (const [key] of db.tuples<readonly [string]>(
    ["key"],
    "FROM entity_articles WHERE n IN (SELECT value FROM json_each(?))",
    [JSON.stringify(numbers)],
  ))
    counts.set(key, (counts.get(key) ?? 0) + 1);
  const list = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  named.set(db, { of, list });
  return list;
};

export const entities = (
  db: Db,
  filter: ListFilter & { readonly type?: string | undefined; readonly q?: string | undefined },
  limit: number,
): readonly (Entity & { readonly articles: number })[] => {
  const { type, q, ...articles } = filter;
  const most = limitOf(limit);
  const where: string[] = [];
  const params: Value[] = [];
  if (type !== undefined) {
    where.push("e.type = ?");
    params.push(type);
  }
  const wanted = q?.trim().toLowerCase() ?? "";
  if (wanted !== "") {
    where.push("instr(e.plain, ?) > 0");
    params.push(wanted);
  }
  if (Object.values(articles).every((v) => v === undefined))
    return db
      .all<{ json: string; articles: number }>(
        `SELECT e.json, e.articles FROM entities e WHERE ${andAll(where)} ORDER BY e.articles DESC LIMIT ?`,
        [...params, most],
      )
      .map((r) => ({ ...parse<Entity>(r.json), articles: r.articles }));
  const sorted = mostNamed(db, articles);
  const found: (Entity & { readonly articles: number })[] = [];
  for (let at = 0; at < sorted.length && found.length < most; at += ASKED) {
    const part = new Map(sorted.slice(at, at + ASKED));
    const records = new Map(
      db
        .all<{ key: string; json: string }>(
          `SELECT e.key, e.json FROM entities e WHERE e.key IN (SELECT value FROM json_each(?)) AND ${andAll(where)}`,
          [JSON.stringify([...part.keys()]), ...params],
        )
        .map((r) => [r.key, r.json]),
    );
    for (const [key, count] of part) {
      const json = records.get(key);
      if (json !== undefined && found.length < most) found.push({ ...parse<Entity>(json), articles: count });
    }
  }
  return found;
};

/** How many of the newest articles that name an entity are looked through for what it says. */
const HEARD = 200;

export const quotesOf = (db: Db, key: string, names: readonly string[], limit: number): readonly SaidIn[] => {
  const called = new Set(names.map((name) => name.toLowerCase()));
  // Who speaks first, from narrow rows; then the records of those wanted.
  const found = db
    .tuples<readonly [n: number, seq: number, speaker: string]>(
      ["q.n", "q.seq", "q.speaker"],
      `FROM (SELECT n FROM entity_articles WHERE key = ? ORDER BY n DESC LIMIT ${HEARD}) e
       CROSS JOIN articles a ON a.n = e.n CROSS JOIN quotes q ON q.n = e.n
       WHERE a.copy_of IS NULL AND q.speaker IS NOT NULL ORDER BY q.n DESC, q.seq`,
      [key],
    )
    .filter(([, , speaker]) => called.has(speaker.toLowerCase()))
    .slice(0, limitOf(limit));
  const rows = new Map(
    rowsByNumber(db, [...new Set(found.map(([n]) => n))]).map((row) => [row.id as string, row]),
  );
  return found.flatMap(([n, seq]) => {
    const json = db.one<{ json: string }>("SELECT json FROM quotes WHERE n = ? AND seq = ?", [n, seq])?.json;
    const quote = json === undefined ? undefined : parse<Quote>(json);
    const row = quote === undefined ? undefined : rows.get(quote.articleId);
    return quote === undefined || row === undefined ? [] : [{ quote, row }];
  });
};
