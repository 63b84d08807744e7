/** Writing stories: the line of a story is counted again from its articles whenever they change; the full record comes from outside. */
import { type ArticleRow, type Incident, listedDay, type Story } from "../../model/index.ts";
import { breakingRank, headlineRank } from "../../stories/rank.ts";
import { type Db, pack, parse } from "./database.ts";

type Counts = {
  articles: number;
  first_ms: number | null;
  last_ms: number | null;
  originals: number;
  outlets: number;
  newsrooms: number;
  demo: number;
};

const change = (db: Db, now: string, kind: string, target: string, id: string, detail?: string): void => {
  db.run("INSERT INTO changes(at, kind, target, id, detail) VALUES (?,?,?,?,?)", [
    now,
    kind,
    target,
    id,
    detail ?? null,
  ]);
};

/** Takes a story's record away until it is built again; its line stays. */
const dropRecord = (db: Db, id: string): void => {
  db.run("DELETE FROM story_records WHERE id = ?", [id]);
};

const dropStory = (db: Db, id: string): void => {
  db.run("DELETE FROM stories WHERE id = ?", [id]);
  dropRecord(db, id);
  db.run("DELETE FROM story_countries WHERE story = ?", [id]);
  db.run("DELETE FROM incident_actors WHERE id IN (SELECT id FROM incidents WHERE story = ?)", [id]);
  db.run("DELETE FROM incidents WHERE story = ?", [id]);
};

/** Files a story under its countries, with what lists of a country are sorted and narrowed by. */
const setCountries = (db: Db, id: string): void => {
  db.run("DELETE FROM story_countries WHERE story = ?", [id]);
  db.run(
    `INSERT OR IGNORE INTO story_countries(country, last_ms, story, first_ms, rank, burst, demo)
     SELECT j.value, s.last_ms, s.id, s.first_ms, s.rank, s.burst, s.demo
     FROM stories s CROSS JOIN json_each(s.countries) j WHERE s.id = ?`,
    [id],
  );
};

/** Counts a story again. Headline, newsrooms, informants and burst stay as the record has them until it is rebuilt. */
export const refreshStory = (db: Db, id: string, now: string): void => {
  const counts = db.one<Counts>(
    `SELECT count(*) AS articles, min(sort_time) AS first_ms, max(sort_time) AS last_ms, total(copy_of IS NULL) AS originals,
       count(DISTINCT outlet) AS outlets, count(DISTINCT CASE WHEN copy_of IS NULL THEN outlet END) AS newsrooms,
       coalesce(min(demo), 0) AS demo FROM articles WHERE story = ?`,
    [id],
  );
  const before = db.one<{ record: number; headline_article: string }>(
    "SELECT EXISTS (SELECT 1 FROM story_records r WHERE r.id = s.id) AS record, headline_article FROM stories s WHERE s.id = ?",
    [id],
  );
  if (!counts || counts.articles === 0) {
    if (before) change(db, now, "deleted", "story", id);
    dropStory(db, id);
    return;
  }
  const weights = new Map<string, number>();
  const languages = new Set<string>();
  for (const a of db.all<{ countries: string; language: string }>(
    "SELECT countries, language FROM articles WHERE story = ? ORDER BY n DESC LIMIT 300",
    [id],
  )) {
    languages.add(a.language);
    for (const c of a.countries.split(" ")) if (c !== "") weights.set(c, (weights.get(c) ?? 0) + 1);
  }
  const countries = [...weights]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([c]) => c)
    .slice(0, 6);
  const common = [
    counts.first_ms ?? 0,
    counts.last_ms ?? 0,
    counts.articles,
    counts.originals,
    counts.outlets,
    JSON.stringify(countries),
    JSON.stringify([...languages].sort()),
    counts.demo,
  ];
  const stillThere =
    before?.record === 1 &&
    db.one("SELECT 1 FROM articles WHERE id = ? AND story = ?", [before.headline_article, id]) !== undefined;
  if (stillThere) {
    db.run(
      `UPDATE stories SET first_ms=?1, last_ms=?2, articles=?3, originals=?4, outlets=?5, countries=?6, languages=?7, demo=?8, stale=1 WHERE id=?9`,
      [...common, id],
    );
  } else {
    const line = db.one<{ json: string }>(
      "SELECT l.json FROM articles a JOIN lines l ON l.n = a.n WHERE a.story = ? ORDER BY a.copy_of IS NOT NULL, a.n LIMIT 1",
      [id],
    );
    const head = line ? parse<ArticleRow>(line.json) : undefined;
    db.run(
      `INSERT OR REPLACE INTO stories(first_ms, last_ms, articles, originals, outlets, countries, languages, demo, id, newsrooms,
         informants, burst, headline, headline_article, stale) VALUES (?,?,?,?,?,?,?,?,?,?,0,0,?,?,1)`,
      [...common, id, counts.newsrooms, head?.title ?? "", head?.id ?? ""],
    );
    dropRecord(db, id);
  }
  setRank(db, id);
  setCountries(db, id);
  change(db, now, before ? "changed" : "added", "story", id);
};

/** Newsrooms, informants or the last report changed: so does the height in Headlines. */
export const setRank = (db: Db, id: string): void => {
  const s = db.one<{ newsrooms: number; informants: number; lastMs: number }>(
    "SELECT newsrooms, informants, last_ms AS lastMs FROM stories WHERE id = ?",
    [id],
  );
  if (s) db.run("UPDATE stories SET rank = ? WHERE id = ?", [headlineRank(s), id]);
};

export const saveStory = (db: Db, story: Story, now: string): void => {
  const count =
    db.one<{ c: number }>("SELECT count(*) AS c FROM articles WHERE story = ?", [story.id])?.c ?? 0;
  // The story was merged away or forgotten while its record was being built.
  if (count === 0) return;
  const languages = story.languages;
  const countries = story.countries.map((c) => c.code).slice(0, 6);
  const times = db.one<{ a: number; b: number }>(
    "SELECT min(sort_time) AS a, max(sort_time) AS b FROM articles WHERE story = ?",
    [story.id],
  );
  db.run(
    `INSERT OR REPLACE INTO stories(id, first_ms, last_ms, articles, originals, outlets, newsrooms, informants, burst, headline,
       headline_article, countries, languages, demo, stale) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
    [
      story.id,
      times?.a ?? Date.parse(story.first),
      times?.b ?? Date.parse(story.last),
      count,
      story.originals.length,
      story.outlets.length,
      story.corroboration.newsrooms,
      story.corroboration.informants.length,
      breakingRank(story),
      story.headline,
      story.headlineArticle,
      JSON.stringify(countries),
      JSON.stringify(languages),
      story.demo ? 1 : 0,
      // An article came in while the record was being built: build it again.
      count === story.articles.length ? 0 : 1,
    ],
  );
  db.run("INSERT OR REPLACE INTO story_records(id, record) VALUES (?,?)", [story.id, pack(story)]);
  setRank(db, story.id);
  setCountries(db, story.id);
  change(db, now, "changed", "story", story.id, "record");
};

export const assignArticles = (db: Db, ids: readonly string[], to: string, now: string): void => {
  const touched = new Set<string>([to]);
  // A story that was merged away and is filled again lives again under its own id.
  if (ids.length > 0) db.run("DELETE FROM story_moves WHERE old = ?", [to]);
  for (const id of ids) {
    const held = db.one<{ n: number; story: string }>("SELECT n, story FROM articles WHERE id = ?", [id]);
    if (!held || held.story === to) continue;
    touched.add(held.story);
    db.run("UPDATE articles SET story = ? WHERE n = ?", [to, held.n]);
  }
  for (const story of touched) refreshStory(db, story, now);
};

export const moveStory = (db: Db, from: string, to: string, now: string): void => {
  if (from === to) return;
  const target = db.one<{ now: string }>("SELECT now FROM story_moves WHERE old = ?", [to])?.now ?? to;
  if (target === from) return;
  db.run("UPDATE articles SET story = ? WHERE story = ?", [target, from]);
  db.run("UPDATE story_moves SET now = ? WHERE now = ?", [target, from]);
  db.run("INSERT OR REPLACE INTO story_moves(old, now) VALUES (?,?)", [from, target]);
  db.run("DELETE FROM story_moves WHERE old = ?", [target]);
  dropStory(db, from);
  change(db, now, "deleted", "story", from, `merged into ${target}`);
  refreshStory(db, target, now);
};

export const saveIncidents = (db: Db, story: string, incidents: readonly Incident[], now: string): void => {
  const before = new Map(
    db
      .all<{ id: string; json: string }>("SELECT id, json FROM incidents WHERE story = ?", [story])
      .map((r) => [r.id, r.json]),
  );
  db.run("DELETE FROM incident_actors WHERE id IN (SELECT id FROM incidents WHERE story = ?)", [story]);
  db.run("DELETE FROM incidents WHERE story = ?", [story]);
  for (const incident of incidents) {
    const json = JSON.stringify(incident);
    const day = listedDay(incident) ?? "";
    db.run(
      "INSERT OR REPLACE INTO incidents(id, story, type, country, place, day, json) VALUES (?,?,?,?,?,?,?)",
      [
        incident.id,
        story,
        incident.eventType,
        incident.place?.country ?? null,
        incident.place?.name ?? null,
        day,
        json,
      ],
    );
    for (const party of [...incident.actor, ...incident.recipient])
      if (party.entity !== undefined)
        db.run("INSERT OR IGNORE INTO incident_actors(key, day, id) VALUES (?,?,?)", [
          party.entity,
          day,
          incident.id,
        ]);
    const old = before.get(incident.id);
    before.delete(incident.id);
    if (old !== json) change(db, now, old === undefined ? "added" : "changed", "incident", incident.id);
  }
  for (const id of before.keys()) change(db, now, "deleted", "incident", id);
};
