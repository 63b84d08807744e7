/**
 * The Store port on SQLite: one file in the data folder, one process at a time. Calls are synchronous inside and answer
 * as promises, so that a store on another machine can take this one's place.
 */
import { join } from "node:path";
import type {
  Alert,
  AlertMessage,
  ArticleId,
  Decision,
  Outlet,
  Quantity,
  Quote,
  Source,
} from "../../model/index.ts";
import type { Change, Facet, Store } from "../../ports/index.ts";
import { coverage, coverageTotals } from "./coverage.ts";
import { changesOf, type Db, parse, turn } from "./database.ts";
import { decodeCursor, encodeCursor, limitOf } from "./filters.ts";
import { bearers, entityMoved, saveJoins } from "./joins.ts";
import { lockFolder } from "./lock.ts";
import { openArchive } from "./migrate.ts";
import * as articles from "./read-articles.ts";
import * as stories from "./read-stories.ts";
import { search } from "./search.ts";
import { settleDecision } from "./standing.ts";
import { forgetArticle, note, saveFiling, setFate, settleCopies, type Touched } from "./write-articles.ts";
import { assignArticles, moveStory, refreshStory, saveIncidents, saveStory } from "./write-stories.ts";

export { checkFolder } from "./check.ts";
export { DiskFullError } from "./database.ts";
export { FolderLockedError } from "./lock.ts";

export type SqliteStoreOptions = {
  /** Folder that holds everything; made when absent. */
  readonly folder: string;
  readonly maxPages?: number | undefined;
  readonly cacheKiB?: number | undefined;
  readonly durable?: boolean | undefined;
  readonly onUpgrade?: ((done: number, all: number) => void) | undefined;
  /** Milliseconds since 1970, for the dates of the feed of changes. */
  readonly now?: (() => number) | undefined;
};

export const createSqliteStore = (options: SqliteStoreOptions): Store => {
  const unlock = lockFolder(options.folder);
  let db: Db;
  try {
    db = openArchive(join(options.folder, "dateline.db"), options);
  } catch (error) {
    unlock();
    throw error;
  }
  const clock = options.now ?? Date.now;
  const now = (): string => new Date(clock()).toISOString();
  let closed = false;
  return {
    ...articleCalls(db, now),
    ...storyCalls(db, now),
    ...peopleCalls(db, now),
    ...settingCalls(db, now),
    async close() {
      if (closed) return;
      closed = true;
      db.exec("PRAGMA optimize");
      db.close();
      unlock();
    },
  };
};

type Part<K extends keyof Store> = Pick<Store, K>;
type ArticleCalls =
  | "saveFilings"
  | "setFate"
  | "saveRefusal"
  | "forget"
  | "wasForgotten"
  | "article"
  | "articleByUrl"
  | "reading"
  | "readings"
  | "row"
  | "rows"
  | "versions"
  | "quantities"
  | "quotes"
  | "events"
  | "raw"
  | "copyLinks"
  | "seen"
  | "latest"
  | "scan"
  | "search"
  | "refusals"
  | "coverage"
  | "coverageTotals"
  | "savedStates"
  | "state"
  | "dueRereads"
  | "putReread"
  | "stats";

const articleCalls = (db: Db, now: () => string): Part<ArticleCalls> => ({
  async saveFilings(filings) {
    if (filings.length === 0) return;
    db.transaction(() => {
      const touched: Touched = { stories: new Set(), copies: new Set() };
      const at = now();
      for (const filing of filings) saveFiling(db, filing, at, touched);
      settleCopies(db, touched);
      for (const story of touched.stories) refreshStory(db, story, at);
    });
    await turn();
  },
  async setFate(id, kind, fate) {
    db.transaction(() => {
      const touched: Touched = { stories: new Set(), copies: new Set() };
      setFate(db, id, kind, fate, now(), touched);
      for (const story of touched.stories) refreshStory(db, story, now());
    });
  },
  async saveRefusal(refusal) {
    db.run("INSERT OR REPLACE INTO refusals(url, raw_sha, json) VALUES (?,?,?)", [
      refusal.url,
      refusal.rawSha256 ?? null,
      JSON.stringify(refusal),
    ]);
  },
  async forget(url, at) {
    const forgotten = db.transaction(() => {
      db.exec("PRAGMA secure_delete = ON");
      const id = db.one<{ id: string }>(
        "SELECT id FROM addresses WHERE url = ?1 UNION ALL SELECT id FROM articles WHERE id = ?1",
        [url],
      )?.id;
      db.run("INSERT OR IGNORE INTO tombstones(url, at) VALUES (?,?)", [url, at]);
      db.run("DELETE FROM refusals WHERE url = ?", [url]);
      if (id !== undefined) forgetArticle(db, id, at);
      return id === undefined ? 0 : 1;
    });
    // The journal still holds the old pages; emptying it takes them off the disk.
    db.all("PRAGMA wal_checkpoint(TRUNCATE)");
    db.exec("PRAGMA secure_delete = OFF");
    return { forgotten };
  },
  async wasForgotten(id) {
    return db.one("SELECT 1 FROM forgotten WHERE id = ?", [id]) !== undefined;
  },
  async article(id) {
    return articles.readArticle(db, id);
  },
  async articleByUrl(url) {
    return articles.readArticleByUrl(db, url);
  },
  async reading(id) {
    return articles.readReading(db, id);
  },
  async readings(ids) {
    const found = ids.flatMap((id) => articles.readReading(db, id) ?? []);
    await turn();
    return found;
  },
  async row(id) {
    return articles.readRows(db, [id])[0];
  },
  async rows(ids) {
    return articles.readRows(db, ids);
  },
  async versions(id) {
    return articles.readVersions(db, id);
  },
  async quantities(id) {
    return articles.readFacts<Quantity>(db, "quantities", id);
  },
  async quotes(id) {
    return articles.readFacts<Quote>(db, "quotes", id);
  },
  async events(id) {
    return articles.readEvents(db, id);
  },
  async raw(sha) {
    return articles.readRaw(db, sha);
  },
  async copyLinks(id) {
    return articles.readLinks(db, id);
  },
  async seen(url, sha) {
    return articles.seen(db, url, sha);
  },
  async latest(filter, page) {
    return articles.latest(db, filter, page);
  },
  scan: (filter) => articles.scan(db, filter),
  async search(query, page) {
    return search(db, query, page);
  },
  async refusals(page) {
    return articles.refusals(db, page);
  },
  async coverage(filter) {
    return coverage(db, filter);
  },
  async coverageTotals(filter, by) {
    return coverageTotals(db, filter, by);
  },
  savedStates: (since) => articles.savedStates(db, since),
  async state(id) {
    return articles.readState(db, id);
  },
  async dueRereads(at, limit) {
    return db
      .all<{ id: string; json: string; reads: number }>(
        `SELECT r.id, l.json, r.reads FROM rereads r JOIN articles a ON a.id = r.id JOIN lines l ON l.n = a.n
         WHERE r.due <= ? ORDER BY r.due LIMIT ?`,
        [Date.parse(at), limit],
      )
      .map((r) => ({ id: r.id as ArticleId, url: parse<{ url: string }>(r.json).url, reads: r.reads }));
  },
  async putReread(id, reads, due) {
    if (due === undefined) db.run("DELETE FROM rereads WHERE id = ?", [id]);
    else
      db.run("INSERT OR REPLACE INTO rereads(id, due, reads) VALUES (?,?,?)", [id, Date.parse(due), reads]);
  },
  async stats() {
    // Counting takes some milliseconds: not again before a row has changed.
    const changes = changesOf(db);
    const kept = counted.get(db);
    if (kept !== undefined && kept.changes === changes) return kept.stats;
    const stats = countAll(db);
    counted.set(db, { changes, stats });
    return stats;
  },
});

type Stats = Awaited<ReturnType<Store["stats"]>>;
const counted = new WeakMap<Db, { readonly changes: number; readonly stats: Stats }>();

const countAll = (db: Db): Stats => {
  const one = (sql: string): number => db.one<{ c: number }>(sql)?.c ?? 0;
  const all = one("SELECT count(*) AS c FROM articles");
  const edge = db.one<{ a: number | null; b: number | null }>(
    "SELECT (SELECT sort_time FROM articles ORDER BY n LIMIT 1) AS a, (SELECT sort_time FROM articles ORDER BY n DESC LIMIT 1) AS b",
  );
  return {
    articles: all,
    originals: all - one("SELECT count(*) AS c FROM articles WHERE copy_of IS NOT NULL"),
    stories: one("SELECT count(*) AS c FROM stories"),
    outlets: distinctOutlets(db),
    sources: one("SELECT count(*) AS c FROM sources"),
    refusals: one("SELECT count(*) AS c FROM refusals"),
    demo: one("SELECT count(*) AS c FROM articles WHERE demo = 1"),
    rawBytes: one("SELECT total(size) AS c FROM raw"),
    ...(typeof edge?.a === "number" ? { first: new Date(edge.a).toISOString() } : {}),
    ...(typeof edge?.b === "number" ? { last: new Date(edge.b).toISOString() } : {}),
  };
};

/** Outlets by jumping through the index from one to the next, without counting their articles. */
const distinctOutlets = (db: Db): number =>
  db.one<{ c: number }>(
    `WITH RECURSIVE o(x) AS (SELECT min(outlet) FROM articles UNION ALL
       SELECT (SELECT min(outlet) FROM articles WHERE outlet > x) FROM o WHERE x IS NOT NULL)
     SELECT count(x) AS c FROM o`,
  )?.c ?? 0;

type StoryCalls =
  | "moveStory"
  | "assignStory"
  | "saveStories"
  | "saveIncidents"
  | "saveJoins"
  | "story"
  | "storyIdOf"
  | "stories"
  | "staleStories"
  | "storyArticles"
  | "incidents"
  | "entityArticles"
  | "entity"
  | "entities"
  | "entityMoved"
  | "bearers"
  | "quotesOf";

const storyCalls = (db: Db, now: () => string): Part<StoryCalls> => ({
  async moveStory(from, to) {
    db.transaction(() => moveStory(db, from, to, now()));
  },
  async assignStory(ids, storyId) {
    db.transaction(() => assignArticles(db, ids, storyId, now()));
  },
  async saveStories(list) {
    db.transaction(() => {
      for (const story of list) saveStory(db, story, now());
    });
    await turn();
  },
  async saveIncidents(storyId, list) {
    db.transaction(() => saveIncidents(db, storyId, list, now()));
  },
  async story(id) {
    return stories.readStory(db, id);
  },
  async storyIdOf(id) {
    return stories.storyIdOf(db, id);
  },
  async stories(filter, page) {
    return stories.stories(db, filter, page);
  },
  async staleStories(limit) {
    return stories.staleStories(db, limit);
  },
  async storyArticles(id) {
    return stories.storyArticles(db, id);
  },
  async incidents(filter, page) {
    return stories.incidents(db, filter, page);
  },
  async entityArticles(key, page) {
    return stories.entityArticles(db, key, page);
  },
  async entity(key) {
    return stories.entity(db, key);
  },
  async entities(filter, limit) {
    return stories.entities(db, filter, limit);
  },
  async saveJoins(ids, list) {
    db.transaction(() => saveJoins(db, ids, list));
  },
  async entityMoved(key) {
    return entityMoved(db, key);
  },
  async bearers(surnames, within) {
    return bearers(db, surnames, within);
  },
  async quotesOf(key, names, limit) {
    return stories.quotesOf(db, key, names, limit);
  },
});

type PeopleCalls =
  | "outlets"
  | "outlet"
  | "putOutlets"
  | "outletCopies"
  | "sources"
  | "source"
  | "putSource"
  | "removeSource"
  | "dueSources";

const peopleCalls = (db: Db, now: () => string): Part<PeopleCalls> => ({
  async outlets() {
    return db.all<{ json: string }>("SELECT json FROM outlets ORDER BY id").map((r) => parse<Outlet>(r.json));
  },
  async outlet(id) {
    const row = db.one<{ json: string }>("SELECT json FROM outlets WHERE id = ?", [id]);
    return row && parse<Outlet>(row.json);
  },
  async putOutlets(list) {
    db.transaction(() => {
      for (const outlet of list) {
        const json = JSON.stringify(outlet);
        const old = db.one<{ json: string }>("SELECT json FROM outlets WHERE id = ?", [outlet.id])?.json;
        if (old === json) continue;
        db.run("INSERT OR REPLACE INTO outlets(id, json) VALUES (?,?)", [outlet.id, json]);
        note(db, now(), old === undefined ? "added" : "changed", "outlet", outlet.id);
      }
    });
  },
  async outletCopies(id) {
    const of = (mine: string, other: string): readonly Facet[] =>
      db.all<{ value: string; count: number }>(
        `SELECT ${other} AS value, count(*) AS count FROM copy_links WHERE ${mine} = ? AND ${other} IS NOT NULL
         AND ${other} <> ${mine} GROUP BY ${other} ORDER BY count(*) DESC, ${other} LIMIT 100`,
        [id],
      );
    return { from: of("copy_outlet", "original_outlet"), by: of("original_outlet", "copy_outlet") };
  },
  async sources() {
    return db.all<{ json: string }>("SELECT json FROM sources ORDER BY id").map((r) => parse<Source>(r.json));
  },
  async source(id) {
    const row = db.one<{ json: string }>("SELECT json FROM sources WHERE id = ?", [id]);
    return row && parse<Source>(row.json);
  },
  async putSource(source) {
    db.run("INSERT OR REPLACE INTO sources(id, state, next_poll, json) VALUES (?,?,?,?)", [
      source.id,
      source.state,
      Date.parse(source.nextPoll),
      JSON.stringify(source),
    ]);
  },
  async removeSource(id) {
    db.run("DELETE FROM sources WHERE id = ?", [id]);
  },
  async dueSources(at, limit) {
    return db
      .all<{ json: string }>(
        "SELECT json FROM sources WHERE state = 'active' AND next_poll <= ? ORDER BY next_poll, id LIMIT ?",
        [Date.parse(at), limit],
      )
      .map((r) => parse<Source>(r.json));
  },
});

type SettingCalls =
  | "alerts"
  | "putAlert"
  | "removeAlert"
  | "addAlertMessages"
  | "alertMessages"
  | "decisions"
  | "addDecision"
  | "changes"
  | "setting"
  | "putSetting";

const settingCalls = (db: Db, now: () => string): Part<SettingCalls> => ({
  async alerts() {
    return db.all<{ json: string }>("SELECT json FROM alerts ORDER BY id").map((r) => parse<Alert>(r.json));
  },
  async putAlert(alert) {
    db.run("INSERT OR REPLACE INTO alerts(id, json) VALUES (?,?)", [alert.id, JSON.stringify(alert)]);
  },
  async removeAlert(id) {
    db.transaction(() => {
      db.run("DELETE FROM alerts WHERE id = ?", [id]);
      db.run("DELETE FROM alert_messages WHERE alert = ?", [id]);
    });
  },
  async addAlertMessages(messages) {
    db.transaction(() => {
      for (const m of messages)
        db.run("INSERT OR IGNORE INTO alert_messages(id, alert, json) VALUES (?,?,?)", [
          m.id,
          m.alertId,
          JSON.stringify(m),
        ]);
    });
  },
  async alertMessages(alertId, page) {
    const limit = limitOf(page.limit);
    const after = decodeCursor(page.after, 1)?.[0];
    const rows = db.all<{ seq: number; json: string }>(
      `SELECT seq, json FROM alert_messages WHERE seq < ? ${alertId === undefined ? "" : "AND alert = ?"} ORDER BY seq DESC LIMIT ?`,
      [
        typeof after === "number" ? after : Number.MAX_SAFE_INTEGER,
        ...(alertId === undefined ? [] : [alertId]),
        limit + 1,
      ],
    );
    const last = rows[limit - 1];
    return {
      rows: rows.slice(0, limit).map((r) => parse<AlertMessage>(r.json)),
      ...(rows.length > limit && last ? { next: encodeCursor([last.seq]) } : {}),
    };
  },
  async decisions(target) {
    const rows =
      target === undefined
        ? db.all<{ json: string }>("SELECT json FROM decisions ORDER BY seq")
        : db.all<{ json: string }>("SELECT json FROM decisions WHERE target = ? ORDER BY seq", [target]);
    return rows.map((r) => parse<Decision>(r.json));
  },
  async addDecision(decision) {
    db.transaction(() => {
      if (db.one("SELECT 1 FROM decisions WHERE id = ?", [decision.id])) return;
      db.run("INSERT INTO decisions(id, target, json) VALUES (?,?,?)", [
        decision.id,
        decision.target,
        JSON.stringify(decision),
      ]);
      settleDecision(db, decision);
      note(db, now(), "added", "decision", decision.id);
    });
  },
  async changes(after, limit) {
    return db
      .all<{
        seq: number;
        at: string;
        kind: Change["kind"];
        target: Change["target"];
        id: string;
        detail: string | null;
      }>("SELECT seq, at, kind, target, id, detail FROM changes WHERE seq > ? ORDER BY seq LIMIT ?", [
        after,
        limitOf(limit),
      ])
      .map(({ detail, seq, at, kind, target, id }) => ({
        seq,
        at,
        kind,
        target,
        id,
        ...(detail === null ? {} : { detail }),
      }));
  },
  async setting(key) {
    const row = db.one<{ json: string }>("SELECT json FROM settings WHERE key = ?", [key]);
    return row && parse<unknown>(row.json);
  },
  async putSetting(key, value) {
    if (value === undefined) db.run("DELETE FROM settings WHERE key = ?", [key]);
    else db.run("INSERT OR REPLACE INTO settings(key, json) VALUES (?,?)", [key, JSON.stringify(value)]);
  },
});
