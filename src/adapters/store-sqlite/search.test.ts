/** How far a search looks, and that it says so. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openArchive } from "./migrate.ts";
import { search } from "./search.ts";

const folder = mkdtempSync(join(tmpdir(), "dateline-search-"));
const db = openArchive(join(folder, "dateline.db"));
afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const ARTICLES = 1200;
db.transaction(() => {
  for (let n = 1; n <= ARTICLES; n++) {
    db.run(
      `INSERT INTO articles(n, id, sort_time, day, outlet, language, genre, story, copies, video, demo, withdrawn, countries,
         event_types, text_sha, pipeline) VALUES (?, ?, ?, '2024-01-01', 'o', 'en', 'news', 's', 0, 0, 0, 0, 'CHL', '', '', '')`,
      [n, `a${n}`, n * 1000],
    );
    db.run("INSERT INTO lines(n, json) VALUES (?, ?)", [n, JSON.stringify({ id: `a${n}` })]);
    const title = n === 900 || n === 300 ? "The dam gave way" : "A report";
    db.run("INSERT INTO words(rowid, title, body, filed) VALUES (?, ?, ?, '')", [
      n,
      title,
      `${n % 600 === 0 ? "Seldom" : "Often"} the dam gave way.`,
    ]);
  }
});
const page = { limit: 10 };

describe("a search that finds much", () => {
  it.each([
    ["dam", 1000, true],
    ['"the dam"', 500, true],
    ["seldom", 2, undefined],
    ['"seldom the dam"', 2, undefined],
  ])("looks at the newest and says that there are more: %s", (q, total, atLeast) => {
    const answer = search(db, { q, sort: "newest" }, page);
    expect([answer.total, answer.atLeast]).toEqual([total, atLeast]);
    expect(answer.facets.country).toEqual([{ value: "CHL", count: total }]);
  });

  it("puts those first whose headline holds a word all articles have, the newer before the older", () => {
    expect(
      search(db, { q: '"the dam gave way"' }, page)
        .rows.map((r) => r.id)
        .slice(0, 3),
    ).toEqual(["a900", "a1200", "a1199"]);
  });

  it("goes through all of them by time", () => {
    const ids = new Set<string>();
    let after: string | undefined;
    do {
      const answer = search(db, { q: '"the dam"', sort: "newest" }, { limit: 400, after });
      for (const row of answer.rows) ids.add(row.id);
      after = answer.next;
    } while (after !== undefined);
    expect(ids.size).toBe(ARTICLES);
  });
});
