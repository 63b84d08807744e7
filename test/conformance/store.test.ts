/** Runs the suite on every store there is, and what only the store on disk must do: survive, lock, refuse a newer file. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createMemoryStore } from "../../src/adapters/store-memory/index.ts";
import { openDatabase } from "../../src/adapters/store-sqlite/database.ts";
import {
  checkFolder,
  createSqliteStore,
  DiskFullError,
  FolderLockedError,
} from "../../src/adapters/store-sqlite/index.ts";
import { reindexWords } from "../../src/adapters/store-sqlite/reindex.ts";
import { MIGRATIONS } from "../../src/adapters/store-sqlite/schema.ts";
import type { Incident, IncidentId } from "../../src/model/index.ts";
import { articleId, filing, storyRecord } from "./make.ts";
import { storeConformance } from "./store.ts";

const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), "dateline-store-"));
  folders.push(made);
  return made;
};
afterAll(() => {
  for (const f of folders) rmSync(f, { recursive: true, force: true });
});

storeConformance("memory", async () => createMemoryStore());
storeConformance("sqlite", async () => createSqliteStore({ folder: folder() }));

const incident: Incident = {
  id: "i1" as IncidentId,
  eventType: "ASSAULT",
  actor: [{ words: "police", entity: "ORG:police" }],
  recipient: [],
  day: { start: "2026-01-10", precision: "day" },
  place: { name: "Almaty", country: "KAZ", precision: 1, articles: 1 },
  mentions: [],
  reasons: [],
  corroboration: { newsrooms: 1, informants: [], outlets: 1, words: "" },
};

describe("store on disk", () => {
  it("keeps everything over a restart", async () => {
    const at = folder();
    const first = createSqliteStore({ folder: at });
    await first.saveFilings([filing({ url: "https://a.example/1" })]);
    await first.close();
    const second = createSqliteStore({ folder: at });
    expect((await second.stats()).articles).toBe(1);
    expect((await second.search({ q: "council" }, { limit: 1 })).total).toBe(1);
    await second.close();
  });

  /** Puts a folder back to the tables of the version before the text index had a third column. */
  const downgrade = (at: string): void => {
    const db = openDatabase(join(at, "dateline.db"));
    const first = MIGRATIONS[0] ?? "";
    const made = (name: string): string =>
      [
        ...first.matchAll(new RegExp(`^CREATE (?:TABLE|INDEX) ${name}(?:_\\w+ ON ${name})?\\([^;]+;`, "gm")),
      ].join("\n");
    const columns = {
      stories:
        "id, first_ms, last_ms, articles, originals, outlets, newsrooms, informants, burst, headline, headline_article, countries, languages, demo, stale",
      incidents: "id, story, type, country, day, json",
    };
    for (const [name, list] of Object.entries(columns)) {
      db.exec(`CREATE TEMP TABLE kept AS SELECT ${list} FROM ${name}; DROP TABLE ${name};`);
      db.exec(made(name));
      db.exec(`INSERT INTO ${name}(${list}) SELECT ${list} FROM kept; DROP TABLE kept;`);
    }
    db.exec(
      "UPDATE stories SET record = (SELECT record FROM story_records r WHERE r.id = stories.id); DROP TABLE story_records; DROP TABLE coverage_months; DROP TABLE words; ALTER TABLE articles DROP COLUMN fates; DROP INDEX quantities_n; DROP TABLE entity_joins; DROP TABLE entity_moves; DROP TABLE forgotten; ALTER TABLE entity_articles DROP COLUMN office; DROP INDEX entities_family; ALTER TABLE entities DROP COLUMN family;",
    );
    db.exec(/CREATE VIRTUAL TABLE words [^;]+;/.exec(MIGRATIONS[0] ?? "")?.[0] ?? "");
    db.exec("PRAGMA user_version = 2");
    db.close();
  };
  const older = async (): Promise<string> => {
    const at = folder();
    const store = createSqliteStore({ folder: at });
    const drafts = Array.from({ length: 60 }, (_, i) => ({
      url: `https://a.example/${i}`,
      title: `Mayor number ${i} speaks`,
      published: `2026-0${1 + (i % 3)}-10`,
      countries: i % 2 === 0 ? ["ESP"] : [],
    }));
    await store.saveFilings(drafts.map(filing));
    await store.forget("https://a.example/7", "2026-05-01T00:00:00Z");
    const [told] = drafts.map(filing);
    if (told === undefined) throw new Error("no article");
    await store.saveStories([
      { ...storyRecord("x", [drafts[0]?.url ?? ""], "2026-01-10T00:00:00Z"), id: told.storyId },
    ]);
    await store.saveIncidents(told.storyId, [incident]);
    await store.close();
    downgrade(at);
    return at;
  };
  const whole = async (at: string): Promise<void> => {
    const store = createSqliteStore({ folder: at });
    expect((await store.stats()).articles).toBe(59);
    expect((await store.search({ q: "mayor" }, { limit: 1 })).total).toBe(59);
    expect((await store.search({ q: "m*", country: "ESP" }, { limit: 1 })).total).toBe(30);
    const page = { limit: 9 };
    const [{ id } = { id: "" }] = (await store.stories({ sort: "headlines", country: "KAZ" }, page)).rows;
    expect((await store.story(id))?.headline).toBe("Record of x");
    expect((await store.incidents({ storyId: id, country: "KAZ", places: ["Almaty"] }, page)).rows).toEqual([
      incident,
    ]);
    expect((await store.coverageTotals({}, "country")).map((t) => [t.value, t.articles])).toEqual([
      ["ESP", 30],
      ["", 29],
    ]);
    expect(await store.wasForgotten(articleId("https://a.example/7"))).toBe(true);
    await store.close();
    expect(checkFolder(at)).toEqual([]);
  };

  it("brings an older archive up to date without loss", async () => {
    await whole(await older());
  });

  it("goes on with an upgrade that was stopped, and begins again when articles came in between", async () => {
    for (const table of ["articles", "words_next"]) {
      const at = await older();
      const db = openDatabase(join(at, "dateline.db"));
      reindexWords(db);
      // Stopped half way; or an article was there that has gone since.
      if (table === "words_next")
        db.exec("DELETE FROM words_next WHERE rowid > (SELECT avg(n) FROM articles)");
      else db.run("INSERT INTO words_next(rowid, title, body, filed) VALUES (77, 'Mayor', 'gone', '')");
      db.close();
      await whole(at);
    }
  });

  it("lets one in at a time and says who is in", async () => {
    const at = folder();
    const first = createSqliteStore({ folder: at });
    expect(() => createSqliteStore({ folder: at })).toThrow(FolderLockedError);
    expect(() => createSqliteStore({ folder: at })).toThrow(/in use by process \d+/);
    await first.close();
    await createSqliteStore({ folder: at }).close();
  });

  it("reports a full disk and keeps what was acknowledged", async () => {
    const at = folder();
    const store = createSqliteStore({ folder: at, maxPages: 220 });
    let saved = 0;
    const body = (i: number): string =>
      Array.from({ length: 900 }, (_, w) => `word${(i * 7919 + w * 104729) % 1000003}`).join(" ");
    const fill = async (): Promise<void> => {
      for (let i = 0; i < 500; i++) {
        await store.saveFilings([filing({ url: `https://a.example/${i}`, body: body(i) })]);
        saved++;
      }
    };
    await expect(fill()).rejects.toThrow(DiskFullError);
    expect(saved).toBeGreaterThan(3);
    expect((await store.stats()).articles).toBe(saved);
    await store.close();
    const again = createSqliteStore({ folder: at });
    expect((await again.stats()).articles).toBe(saved);
    await again.saveFilings([filing({ url: "https://b.example/", body: body(999) })]);
    expect((await again.stats()).articles).toBe(saved + 1);
    await again.close();
  });
});
