/**
 * Writing articles: a filing becomes rows of many narrow tables, and everything counted over articles (stories, coverage,
 * entities, copies) is kept up to date in the same transaction, so that no list has to count when a page is asked for.
 */
import type {
  ArticleRow,
  ArticleVersion,
  CopyLink,
  Entity,
  Fate,
  Filing,
  RawPage,
  Reading,
} from "../../model/index.ts";
import { familyOf, formerKeys, type Join } from "../../stories/persons.ts";
import {
  addressesOf,
  dayOf,
  fateChange,
  goneFate,
  hidingLink,
  isVersion,
  ofAddress,
  quantityValue,
  rowOf,
  withFate,
} from "../store-rows.ts";
import { type Db, pack, packRaw, parse } from "./database.ts";
import { indexWords } from "./reindex.ts";
import { settleFacts } from "./standing.ts";
import { refreshStory } from "./write-stories.ts";

export type Touched = { readonly stories: Set<string>; readonly copies: Set<string> };

type Held = {
  n: number;
  id: string;
  sort_time: number;
  day: string;
  language: string;
  story: string;
  copy_of: string | null;
  demo: number;
  withdrawn: number;
  fates: string | null;
  countries: string;
  text_sha: string;
  pipeline: string;
};

const HELD =
  "SELECT n, id, sort_time, day, language, story, copy_of, demo, withdrawn, fates, countries, text_sha, pipeline FROM articles WHERE id = ?";

const heldOf = (db: Db, id: string): Held | undefined => db.one<Held>(HELD, [id]);

/** Twenty bits of an id, so that articles of one second keep the order of their ids. */
const idBits = (id: string): number => {
  const bits = Number.parseInt(id.slice(1, 6), 16);
  if (Number.isFinite(bits) && /^[0-9a-f]{5}$/.test(id.slice(1, 6))) return bits;
  let hash = 0;
  for (const ch of id) hash = (hash * 31 + (ch.codePointAt(0) ?? 0)) % 0x100000;
  return hash;
};

export const secondsBase = (ms: number): number => Math.max(0, Math.floor(ms / 1000)) * 0x100000;

const freeNumber = (db: Db, sortTime: number, id: string): number => {
  let n = secondsBase(sortTime) + idBits(id);
  while (db.one<{ id: string }>("SELECT id FROM articles WHERE n = ? AND id <> ?", [n, id])) n++;
  return n;
};

export const note = (
  db: Db,
  now: string,
  kind: "added" | "changed" | "deleted",
  target: string,
  id: string,
  detail?: string,
): void => {
  db.run("INSERT INTO changes(at, kind, target, id, detail) VALUES (?,?,?,?,?)", [
    now,
    kind,
    target,
    id,
    detail ?? null,
  ]);
};

/** Adds an article to the counts of its day, or takes it out (sign −1). An article of no country counts under "". */
const cover = (
  db: Db,
  a: Pick<Held, "day" | "language" | "demo" | "countries" | "copy_of">,
  sign: 1 | -1,
): void => {
  const countries = a.countries === "" ? [""] : a.countries.split(" ");
  for (const country of countries)
    for (const [table, span, when] of [
      ["coverage", "day", a.day],
      ["coverage_months", "month", a.day.slice(0, 7)],
    ] as const)
      db.run(
        `INSERT INTO ${table}(${span}, country, language, demo, articles, originals) VALUES (?1,?2,?3,?4,?5,?6)
         ON CONFLICT(${span}, country, language, demo) DO UPDATE SET articles = articles + ?5, originals = originals + ?6`,
        [when, country, a.language, a.demo, sign, a.copy_of === null ? sign : 0],
      );
};

export const saveRaw = (db: Db, page: RawPage): void => {
  if (db.one("SELECT 1 FROM raw WHERE sha = ?", [page.sha256])) return;
  const { packing, packed } = packRaw(page.bytes);
  const { bytes: _, ...meta } = page;
  db.run("INSERT INTO raw(sha, packing, size, packed, meta) VALUES (?,?,?,?,?)", [
    page.sha256,
    packing,
    page.bytes.length,
    packed,
    JSON.stringify(meta),
  ]);
};

export const dropEntities = (db: Db, n: number): void => {
  for (const { key } of db.all<{ key: string }>("SELECT key FROM entity_articles WHERE n = ?", [n]))
    db.run("UPDATE entities SET articles = articles - 1 WHERE key = ?", [key]);
  db.run(
    "DELETE FROM entities WHERE articles <= 0 AND key IN (SELECT key FROM entity_articles WHERE n = ?)",
    [n],
  );
  db.run("DELETE FROM entity_articles WHERE n = ?", [n]);
};

/** Takes away all rows derived from an article; addresses, versions and raw bytes stay. */
export const removeDerived = (
  db: Db,
  held: Pick<Held, "n" | "day" | "language" | "demo" | "countries" | "copy_of">,
): void => {
  cover(db, held, -1);
  dropEntities(db, held.n);
  for (const country of held.countries.split(" "))
    db.run("DELETE FROM article_countries WHERE country = ? AND n = ?", [country, held.n]);
  for (const table of [
    "quantities",
    "quotes",
    "events",
    "entity_joins",
    "states",
    "lines",
    "bodies",
    "articles",
  ])
    db.run(`DELETE FROM ${table} WHERE n = ?`, [held.n]);
  db.run("DELETE FROM words WHERE rowid = ?", [held.n]);
};

const saveFacts = (db: Db, n: number, filing: Filing): void => {
  const { reading } = filing;
  reading.quantities.forEach((q, seq) => {
    db.run("INSERT INTO quantities(n, seq, measure, value, country, json) VALUES (?,?,?,?,?,?)", [
      n,
      seq,
      q.measure,
      quantityValue(q) ?? null,
      q.country ?? null,
      JSON.stringify(q),
    ]);
  });
  reading.quotes.forEach((q, seq) => {
    db.run("INSERT INTO quotes(n, seq, speaker, stance, json) VALUES (?,?,?,?,?)", [
      n,
      seq,
      q.speaker ?? null,
      q.stance,
      JSON.stringify(q),
    ]);
  });
  reading.events.forEach((e, seq) => {
    db.run("INSERT INTO events(n, seq, type, mode, status, country, day, json) VALUES (?,?,?,?,?,?,?,?)", [
      n,
      seq,
      e.eventType,
      e.mode ?? null,
      e.status,
      e.place?.country ?? null,
      e.happened?.start ?? null,
      JSON.stringify(e),
    ]);
  });
};

/** Entities of an article under the keys they are kept by, with the keys that those of tables would have had by their words. */
export const saveEntities = (
  db: Db,
  n: number,
  reading: Pick<Reading, "entities" | "mentions">,
  joins: readonly Omit<Join, "articleId">[] = [],
): void => {
  const counts = new Map<number, number>();
  for (const m of reading.mentions) counts.set(m.entity, (counts.get(m.entity) ?? 0) + 1);
  const keys = new Map(joins.map((j) => [j.from, j.key]));
  const byKey = new Map<
    string,
    { entity: Entity; mentions: number; joined: boolean; office: string | undefined }
  >();
  reading.entities.forEach((entity, i) => {
    const mentions = counts.get(i) ?? 0;
    const key = keys.get(entity.key);
    const before = byKey.get(key ?? entity.key);
    byKey.set(key ?? entity.key, {
      entity: before?.entity ?? { ...entity, key: key ?? entity.key },
      mentions: mentions + (before?.mentions ?? 0),
      joined: key !== undefined,
      office: before?.office ?? entity.office,
    });
  });
  for (const { old, now } of formerKeys(reading))
    db.run(
      `INSERT INTO entity_moves(old, now) VALUES (?1,?2)
       ON CONFLICT(old) DO UPDATE SET now = '' WHERE now <> ?2`,
      [old, now],
    );
  for (const [key, { entity, mentions, joined, office }] of byKey) {
    db.run("INSERT INTO entity_articles(key, n, name, mentions, office) VALUES (?,?,?,?,?)", [
      key,
      n,
      entity.name,
      mentions,
      office ?? null,
    ]);
    // The fullest description seen so far is kept: it has the longest JSON. Whoever was joined has a fuller one already.
    const json = JSON.stringify(entity);
    db.run(
      `INSERT INTO entities(key, name, plain, type, articles, json, family) VALUES (?1,?2,?3,?4,1,?5,?6)
       ON CONFLICT(key) DO UPDATE SET articles = articles + 1${
         joined
           ? ""
           : `,
         name = CASE WHEN length(?5) > length(json) THEN ?2 ELSE name END,
         plain = CASE WHEN length(?5) > length(json) THEN ?3 ELSE plain END,
         json = CASE WHEN length(?5) > length(json) THEN ?5 ELSE json END`
       }`,
      [key, entity.name, entity.name.toLowerCase(), entity.type, json, familyOf(entity) ?? null],
    );
  }
};

const addVersion = (db: Db, version: ArticleVersion): void => {
  const last = db.one<{ seq: number; text_sha: string; json: string }>(
    "SELECT seq, text_sha, json FROM versions WHERE id = ? ORDER BY seq DESC LIMIT 1",
    [version.articleId],
  );
  if (last && last.text_sha === version.textSha256)
    if (!isVersion(parse<ArticleVersion>(last.json).change, version.change)) return;
  const { text, ...json } = version;
  db.run("INSERT INTO versions(id, seq, text_sha, raw_sha, json, body) VALUES (?,?,?,?,?,?)", [
    version.articleId,
    (last?.seq ?? 0) + 1,
    version.textSha256,
    version.rawSha256 ?? null,
    JSON.stringify(json),
    text === undefined ? null : pack(text),
  ]);
};

const saveLinks = (db: Db, filing: Filing, touched: Touched): void => {
  const id = filing.reading.article.id;
  touched.copies.add(id);
  for (const { copy } of db.all<{ copy: string }>("SELECT copy FROM copy_links WHERE original = ?", [id]))
    touched.copies.add(copy);
  // The user's own links outlive a new reading.
  for (const copy of new Set([id, ...filing.copies.map((l) => l.copy), ...(filing.freed ?? [])])) {
    touched.copies.add(copy);
    // The user's own links outlive a new reading.
    for (const { json, target } of db.all<{ json: string; target: string }>(
      "SELECT json, target FROM copy_links WHERE copy = ?",
      [copy],
    ))
      if (!parse<CopyLink>(json).evidence.some((e) => e.kind === "user"))
        db.run("DELETE FROM copy_links WHERE copy = ? AND target = ?", [copy, target]);
  }
  for (const link of filing.copies) {
    if (link.copy === link.original) continue;
    touched.copies.add(link.copy);
    db.run(
      "INSERT OR REPLACE INTO copy_links(copy, target, original, copy_outlet, original_outlet, json) VALUES (?,?,?,?,?,?)",
      [
        link.copy,
        link.original ?? link.originalUrl ?? link.originalOutlet ?? "",
        link.original ?? null,
        null,
        link.originalOutlet ?? null,
        JSON.stringify(link),
      ],
    );
  }
};

/** Decides again what hides each touched article, and keeps the counts that hang on it. */
export const settleCopies = (db: Db, touched: Touched): void => {
  const originals = new Set<string>();
  for (const id of touched.copies) {
    const held = heldOf(db, id);
    if (!held) continue;
    db.run(
      `UPDATE copy_links SET copy_outlet = (SELECT outlet FROM articles WHERE id = copy_links.copy),
         original_outlet = coalesce((SELECT outlet FROM articles WHERE id = copy_links.original), original_outlet)
       WHERE copy = ?`,
      [id],
    );
    const links = db
      .all<{ json: string }>("SELECT json FROM copy_links WHERE copy = ?", [id])
      .map((r) => parse<CopyLink>(r.json))
      .filter((l) => l.original === undefined || heldOf(db, l.original) !== undefined);
    const copyOf = hidingLink(id, links)?.original ?? null;
    if (copyOf === held.copy_of) continue;
    cover(db, held, -1);
    cover(db, { ...held, copy_of: copyOf }, 1);
    db.run("UPDATE articles SET copy_of = ? WHERE n = ?", [copyOf, held.n]);
    if (held.copy_of !== null) originals.add(held.copy_of);
    if (copyOf !== null) originals.add(copyOf);
    touched.stories.add(held.story);
  }
  for (const id of originals)
    db.run("UPDATE articles SET copies = (SELECT count(*) FROM articles WHERE copy_of = ?1) WHERE id = ?1", [
      id,
    ]);
};

const insertArticle = (db: Db, n: number, filing: Filing, held: Held | undefined): void => {
  const { reading } = filing;
  const { article } = reading;
  const row = rowOf(filing);
  const day = dayOf(row.sortTime);
  const types = [...new Set(reading.events.map((e) => e.eventType))].join(" ");
  const narrow = {
    day,
    language: row.language,
    demo: row.demo ? 1 : 0,
    countries: row.countries.join(" "),
    copy_of: held?.copy_of ?? null,
  };
  db.run(
    `INSERT INTO articles(n, id, sort_time, day, outlet, language, genre, story, copy_of, copies, video, demo, withdrawn,
       countries, event_types, text_sha, raw_sha, pipeline, fates)
     VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,(SELECT count(*) FROM articles WHERE copy_of = ?2),?10,?11,?12,?13,?14,?15,?16,?17,?18)`,
    [
      n,
      row.id,
      row.sortTime,
      day,
      row.outletId,
      row.language,
      row.genre,
      row.storyId,
      narrow.copy_of,
      row.video ? 1 : 0,
      narrow.demo,
      row.withdrawn || (held?.fates ?? "").includes('"kind":"killed"') ? 1 : 0,
      narrow.countries,
      types,
      article.textSha256,
      filing.page?.sha256 ?? article.rawSha256 ?? null,
      article.pipeline,
      // What became of it outlives a new reading.
      held?.fates ?? null,
    ],
  );
  cover(db, narrow, 1);
  db.run("INSERT INTO lines(n, json) VALUES (?,?)", [n, JSON.stringify(row)]);
  db.run("INSERT INTO bodies(n, article, rest) VALUES (?,?,?)", [
    n,
    pack(article),
    pack({
      sentences: reading.sentences,
      entities: reading.entities,
      mentions: reading.mentions,
      times: reading.times,
      countries: reading.countries,
      notes: reading.notes,
    }),
  ]);
  for (const country of row.countries)
    db.run("INSERT INTO article_countries(country, n) VALUES (?,?)", [country, n]);
  saveFacts(db, n, filing);
  saveEntities(db, n, filing.reading);
  db.run("INSERT INTO states(n, id, sketch, profile) VALUES (?,?,?,?)", [
    n,
    row.id,
    filing.sketch,
    filing.profile,
  ]);
  indexWords(db, "words", n, article, {
    outlet: row.outletId,
    language: row.language,
    genre: row.genre,
    countries: narrow.countries,
    event_types: types,
  });
  settleFacts(db, row.id);
};

const applyFate = (
  db: Db,
  held: Held,
  kind: Fate["kind"],
  fate: Fate | undefined,
  now: string,
  touched: Touched,
): void => {
  const fates = withFate(held.fates === null ? [] : parse<readonly Fate[]>(held.fates), kind, fate);
  if (!fates) return;
  const line = db.one<{ json: string }>("SELECT json FROM lines WHERE n = ?", [held.n]);
  const own = line !== undefined && parse<ArticleRow>(line.json).withdrawn;
  db.run("UPDATE articles SET fates = ?, withdrawn = ? WHERE n = ?", [
    fates.length === 0 ? null : JSON.stringify(fates),
    own || fates.some((f) => f.kind === "killed") ? 1 : 0,
    held.n,
  ]);
  touched.stories.add(held.story);
  note(db, now, "changed", "article", held.id, fateChange(kind, fate));
};

/** What became of an article, noted or taken back; its story is to be built again. */
export const setFate = (
  db: Db,
  id: string,
  kind: Fate["kind"],
  fate: Fate | undefined,
  now: string,
  touched: Touched,
): void => {
  const held = heldOf(db, id);
  if (held) applyFate(db, held, kind, fate, now, touched);
};

/** One filing, inside the caller's transaction. */
export const saveFiling = (db: Db, filing: Filing, now: string, touched: Touched): void => {
  const { article } = filing.reading;
  const addresses = addressesOf(filing);
  for (const url of addresses) if (db.one("SELECT 1 FROM tombstones WHERE url = ?", [url])) return;
  const sha = filing.page?.sha256 ?? article.rawSha256 ?? null;
  for (const url of addresses)
    db.run(
      "INSERT INTO addresses(url, id, raw_sha) VALUES (?1,?2,?3) ON CONFLICT(url) DO UPDATE SET id = ?2, raw_sha = coalesce(?3, raw_sha)",
      [url, article.id, sha],
    );
  for (const url of addresses) db.run("DELETE FROM refusals WHERE url = ?", [url]);
  if (filing.page) saveRaw(db, filing.page);
  const held = heldOf(db, article.id);
  addVersion(db, filing.version);
  if (ofAddress(filing) && held) {
    applyFate(db, held, "gone", goneFate(filing), now, touched);
    return;
  }
  const same =
    held !== undefined &&
    held.text_sha === article.textSha256 &&
    held.pipeline === article.pipeline &&
    filing.replace !== true;
  if (same) return;
  if (held) {
    touched.stories.add(held.story);
    removeDerived(db, held);
  }
  const story = resolveStory(db, filing.storyId);
  const settled = story === filing.storyId ? filing : { ...filing, storyId: story };
  insertArticle(db, freeNumber(db, rowOf(settled).sortTime, article.id), settled, held);
  touched.stories.add(story);
  saveLinks(db, filing, touched);
  note(db, now, held ? "changed" : "added", "article", article.id, filing.version.change);
};

/** Follows merges. Ids are branded by the model; the database gives back what it was given. */
const resolveStory = (db: Db, id: Filing["storyId"]): Filing["storyId"] =>
  (db.one<{ now: string }>("SELECT now FROM story_moves WHERE old = ?", [id])?.now as Filing["storyId"]) ??
  id;

/** Takes an article out with everything that came from it; what is left of its story is rebuilt. */
export const forgetArticle = (db: Db, id: string, now: string): void => {
  const held = heldOf(db, id);
  const shas = new Set<string>();
  for (const { raw_sha } of db.all<{ raw_sha: string | null }>(
    "SELECT raw_sha FROM versions WHERE id = ?1 UNION SELECT raw_sha FROM articles WHERE id = ?1 UNION SELECT raw_sha FROM addresses WHERE id = ?1",
    [id],
  ))
    if (raw_sha !== null) shas.add(raw_sha);
  for (const { url } of db.all<{ url: string }>("SELECT url FROM addresses WHERE id = ?", [id]))
    db.run("INSERT OR IGNORE INTO tombstones(url, at) VALUES (?,?)", [url, now]);
  db.run("INSERT OR IGNORE INTO forgotten(id) VALUES (?)", [id]);
  db.run("DELETE FROM addresses WHERE id = ?", [id]);
  db.run("DELETE FROM versions WHERE id = ?", [id]);
  db.run("DELETE FROM rereads WHERE id = ?", [id]);
  const touched: Touched = { stories: new Set(), copies: new Set() };
  if (held) {
    removeDerived(db, held);
    touched.stories.add(held.story);
    // The story's record quotes the article; it goes now and is built again without it.
    db.run("DELETE FROM story_records WHERE id = ?", [held.story]);
    db.run("UPDATE stories SET stale = 1 WHERE id = ?", [held.story]);
    db.run("DELETE FROM incident_actors WHERE id IN (SELECT id FROM incidents WHERE story = ?)", [
      held.story,
    ]);
    db.run("DELETE FROM incidents WHERE story = ?", [held.story]);
  }
  for (const { copy } of db.all<{ copy: string }>("SELECT copy FROM copy_links WHERE original = ?", [id]))
    touched.copies.add(copy);
  db.run("DELETE FROM copy_links WHERE copy = ?1 OR original = ?1", [id]);
  // What rested on its word stands again.
  for (const other of db.all<Held>(`${HELD.replace("id = ?", "instr(fates, ?) > 0")}`, [`"by":"${id}"`]))
    for (const fate of parse<readonly Fate[]>(other.fates ?? "[]"))
      if (fate.by === id) applyFate(db, other, fate.kind, undefined, now, touched);
  db.run("DELETE FROM alert_messages WHERE instr(json, ?) > 0", [id]);
  for (const sha of shas)
    if (
      !db.one(
        "SELECT 1 FROM articles WHERE raw_sha = ?1 UNION ALL SELECT 1 FROM versions WHERE raw_sha = ?1 LIMIT 1",
        [sha],
      )
    )
      db.run("DELETE FROM raw WHERE sha = ?", [sha]);
  settleCopies(db, touched);
  // The article itself is gone, so that its own original may have one copy less.
  if (held?.copy_of)
    db.run("UPDATE articles SET copies = (SELECT count(*) FROM articles WHERE copy_of = ?1) WHERE id = ?1", [
      held.copy_of,
    ]);
  for (const story of touched.stories) refreshStory(db, story, now);
  note(db, now, "deleted", "article", id, "forgotten");
};
