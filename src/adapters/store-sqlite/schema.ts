/**
 * Tables of the SQLite store as numbered migrations: each is run once, in order, in one transaction; none is ever edited
 * after release. What SQL alone cannot do stands in reindex.ts and runs before the migration it is named at. Articles are numbered by time: `n` = seconds of the sort time × 2^20 + the first 20 bits of the id, so that
 * every list by time is a walk down a primary key, in the text index too.
 */
export const MIGRATIONS: readonly string[] = [
  `
CREATE TABLE articles(
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sort_time INTEGER NOT NULL, day TEXT NOT NULL,
  outlet TEXT NOT NULL, language TEXT NOT NULL, genre TEXT NOT NULL, story TEXT NOT NULL,
  copy_of TEXT, copies INTEGER NOT NULL DEFAULT 0, video INTEGER NOT NULL, demo INTEGER NOT NULL,
  withdrawn INTEGER NOT NULL, countries TEXT NOT NULL, event_types TEXT NOT NULL,
  text_sha TEXT NOT NULL, raw_sha TEXT, pipeline TEXT NOT NULL);
CREATE INDEX articles_outlet ON articles(outlet, n);
CREATE INDEX articles_language ON articles(language, n);
CREATE INDEX articles_genre ON articles(genre, n);
CREATE INDEX articles_story ON articles(story, n);
CREATE INDEX articles_video ON articles(n) WHERE video = 1;
CREATE INDEX articles_demo ON articles(n) WHERE demo = 1;
CREATE INDEX articles_raw ON articles(raw_sha) WHERE raw_sha IS NOT NULL;
CREATE INDEX articles_copy ON articles(copy_of) WHERE copy_of IS NOT NULL;
-- The line of a list, and the bulk of a reading, apart from the narrow table above.
CREATE TABLE lines(n INTEGER PRIMARY KEY, json TEXT NOT NULL);
CREATE TABLE bodies(n INTEGER PRIMARY KEY, article BLOB NOT NULL, rest BLOB NOT NULL);
CREATE TABLE article_countries(country TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY(country, n)) WITHOUT ROWID;
CREATE TABLE addresses(url TEXT PRIMARY KEY, id TEXT NOT NULL, raw_sha TEXT) WITHOUT ROWID;
CREATE INDEX addresses_id ON addresses(id);
CREATE TABLE tombstones(url TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE raw(sha TEXT PRIMARY KEY, packing TEXT NOT NULL, size INTEGER NOT NULL, packed BLOB NOT NULL, meta TEXT NOT NULL);
CREATE TABLE versions(id TEXT NOT NULL, seq INTEGER NOT NULL, text_sha TEXT NOT NULL, raw_sha TEXT, json TEXT NOT NULL,
  body BLOB, PRIMARY KEY(id, seq)) WITHOUT ROWID;
CREATE INDEX versions_raw ON versions(raw_sha) WHERE raw_sha IS NOT NULL;
CREATE TABLE states(n INTEGER PRIMARY KEY, id TEXT NOT NULL, sketch BLOB NOT NULL, profile BLOB NOT NULL);
CREATE TABLE quantities(n INTEGER NOT NULL, seq INTEGER NOT NULL, measure TEXT NOT NULL, value REAL, country TEXT,
  json TEXT NOT NULL, PRIMARY KEY(n, seq)) WITHOUT ROWID;
CREATE INDEX quantities_measure ON quantities(measure, value, n);
CREATE TABLE quotes(n INTEGER NOT NULL, seq INTEGER NOT NULL, speaker TEXT, stance TEXT NOT NULL, json TEXT NOT NULL,
  PRIMARY KEY(n, seq)) WITHOUT ROWID;
CREATE TABLE events(n INTEGER NOT NULL, seq INTEGER NOT NULL, type TEXT NOT NULL, mode TEXT, status TEXT NOT NULL,
  country TEXT, day TEXT, json TEXT NOT NULL, PRIMARY KEY(n, seq)) WITHOUT ROWID;
CREATE INDEX events_type ON events(type, n);
CREATE TABLE entities(key TEXT PRIMARY KEY, name TEXT NOT NULL, plain TEXT NOT NULL, type TEXT NOT NULL,
  articles INTEGER NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX entities_plain ON entities(plain);
CREATE INDEX entities_count ON entities(articles);
CREATE TABLE entity_articles(key TEXT NOT NULL, n INTEGER NOT NULL, name TEXT NOT NULL, mentions INTEGER NOT NULL,
  PRIMARY KEY(key, n)) WITHOUT ROWID;
CREATE INDEX entity_articles_n ON entity_articles(n);
CREATE TABLE copy_links(copy TEXT NOT NULL, target TEXT NOT NULL, original TEXT, copy_outlet TEXT, original_outlet TEXT,
  json TEXT NOT NULL, PRIMARY KEY(copy, target)) WITHOUT ROWID;
CREATE INDEX copy_links_original ON copy_links(original);
CREATE INDEX copy_links_copy_outlet ON copy_links(copy_outlet, original_outlet);
CREATE INDEX copy_links_original_outlet ON copy_links(original_outlet, copy_outlet);
CREATE TABLE coverage(day TEXT NOT NULL, country TEXT NOT NULL, language TEXT NOT NULL, demo INTEGER NOT NULL,
  articles INTEGER NOT NULL, originals INTEGER NOT NULL, PRIMARY KEY(day, country, language, demo)) WITHOUT ROWID;
CREATE INDEX coverage_country ON coverage(country, day);
CREATE TABLE stories(id TEXT PRIMARY KEY, first_ms INTEGER NOT NULL, last_ms INTEGER NOT NULL, articles INTEGER NOT NULL,
  originals INTEGER NOT NULL, outlets INTEGER NOT NULL, newsrooms INTEGER NOT NULL, informants INTEGER NOT NULL,
  burst REAL NOT NULL, headline TEXT NOT NULL, headline_article TEXT NOT NULL, countries TEXT NOT NULL,
  languages TEXT NOT NULL, demo INTEGER NOT NULL, stale INTEGER NOT NULL, record BLOB) WITHOUT ROWID;
CREATE INDEX stories_last ON stories(last_ms, id);
CREATE INDEX stories_newsrooms ON stories(newsrooms, last_ms, id);
CREATE INDEX stories_burst ON stories(burst, last_ms, id);
CREATE INDEX stories_stale ON stories(last_ms) WHERE stale = 1;
CREATE TABLE story_countries(country TEXT NOT NULL, story TEXT NOT NULL, PRIMARY KEY(country, story)) WITHOUT ROWID;
CREATE INDEX story_countries_story ON story_countries(story);
CREATE TABLE story_moves(old TEXT PRIMARY KEY, now TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX story_moves_now ON story_moves(now);
CREATE TABLE incidents(id TEXT PRIMARY KEY, story TEXT, type TEXT NOT NULL, country TEXT, day TEXT NOT NULL,
  json TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX incidents_day ON incidents(day, id);
CREATE INDEX incidents_story ON incidents(story);
CREATE INDEX incidents_country ON incidents(country, day, id);
CREATE TABLE incident_actors(key TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY(key, id)) WITHOUT ROWID;
CREATE INDEX incident_actors_id ON incident_actors(id);
CREATE TABLE refusals(seq INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE, raw_sha TEXT, json TEXT NOT NULL);
CREATE TABLE outlets(id TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources(id TEXT PRIMARY KEY, state TEXT NOT NULL, next_poll INTEGER NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX sources_due ON sources(state, next_poll);
CREATE TABLE rereads(id TEXT PRIMARY KEY, due INTEGER NOT NULL, reads INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX rereads_due ON rereads(due);
CREATE TABLE alerts(id TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE alert_messages(seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, alert TEXT NOT NULL, json TEXT NOT NULL);
CREATE INDEX alert_messages_alert ON alert_messages(alert, seq);
CREATE TABLE decisions(seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, target TEXT NOT NULL, json TEXT NOT NULL);
CREATE INDEX decisions_target ON decisions(target);
CREATE TABLE changes(seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL,
  id TEXT NOT NULL, detail TEXT);
CREATE TABLE settings(key TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
-- The text index keeps no copy of the text; it is made again from bodies when needed.
CREATE VIRTUAL TABLE words USING fts5(title, body, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2");
`,
  // Stories of a country by time, and the size of what is kept without touching it.
  `
DROP TABLE story_countries;
CREATE TABLE story_countries(country TEXT NOT NULL, last_ms INTEGER NOT NULL, story TEXT NOT NULL,
  PRIMARY KEY(country, last_ms, story)) WITHOUT ROWID;
CREATE INDEX story_countries_story ON story_countries(story);
INSERT OR IGNORE INTO story_countries(country, last_ms, story)
  SELECT j.value, s.last_ms, s.id FROM stories s CROSS JOIN json_each(s.countries) j;
CREATE INDEX raw_size ON raw(size);
`,
  // Reports by month, so that totals over years need not add up days; the text index with what searches are narrowed by.
  `
CREATE TABLE coverage_months(month TEXT NOT NULL, country TEXT NOT NULL, language TEXT NOT NULL, demo INTEGER NOT NULL,
  articles INTEGER NOT NULL, originals INTEGER NOT NULL, PRIMARY KEY(month, country, language, demo)) WITHOUT ROWID;
INSERT INTO coverage_months SELECT substr(day, 1, 7), country, language, demo, sum(articles), sum(originals)
  FROM coverage GROUP BY 1, 2, 3, 4;
DROP TABLE words;
ALTER TABLE words_next RENAME TO words;
`,
  // What became of an article since: killed, corrected, gone; a list in JSON.
  "ALTER TABLE articles ADD COLUMN fates TEXT;",
  // Height in Headlines (src/stories/rank.ts), in place of the number of newsrooms alone; Breaking keeps what has a place there.
  `
ALTER TABLE stories ADD COLUMN rank REAL NOT NULL DEFAULT 0;
UPDATE stories SET burst = CASE WHEN burst < 1.5 OR newsrooms < 2 THEN 0 ELSE burst END;
DROP INDEX stories_newsrooms;
CREATE INDEX stories_rank ON stories(rank, last_ms, id);
`,
  // Stories of a span by height without reading their records.
  "CREATE INDEX stories_span ON stories(last_ms, rank, burst, demo, id);",
  // Lists of a country, of an actor and of a span are walked in their order without touching what stands beside long records.
  `
DROP INDEX stories_span;
CREATE INDEX stories_span ON stories(last_ms, first_ms, rank, burst, demo, id);
DROP TABLE story_countries;
CREATE TABLE story_countries(country TEXT NOT NULL, last_ms INTEGER NOT NULL, story TEXT NOT NULL, first_ms INTEGER NOT NULL,
  rank REAL NOT NULL, burst REAL NOT NULL, demo INTEGER NOT NULL, PRIMARY KEY(country, last_ms, story)) WITHOUT ROWID;
INSERT OR IGNORE INTO story_countries(country, last_ms, story, first_ms, rank, burst, demo)
  SELECT j.value, s.last_ms, s.id, s.first_ms, s.rank, s.burst, s.demo FROM stories s CROSS JOIN json_each(s.countries) j;
CREATE INDEX story_countries_story ON story_countries(story);
CREATE INDEX story_countries_rank ON story_countries(country, rank, last_ms, story, first_ms, demo);
CREATE INDEX story_countries_burst ON story_countries(country, burst, last_ms, story, first_ms, demo);
CREATE TABLE actor_days(key TEXT NOT NULL, day TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY(key, day, id)) WITHOUT ROWID;
INSERT INTO actor_days SELECT x.key, i.day, x.id FROM incident_actors x JOIN incidents i ON i.id = x.id;
DROP TABLE incident_actors;
ALTER TABLE actor_days RENAME TO incident_actors;
CREATE INDEX incident_actors_id ON incident_actors(id);
`,
  // Incidents by place; whether an article has a number of a kind and size, without reading the numbers themselves.
  `
CREATE INDEX quantities_n ON quantities(n, measure, value);
ALTER TABLE incidents ADD COLUMN place TEXT;
UPDATE incidents SET place = json_extract(json, '$.place.name');
CREATE INDEX incidents_place ON incidents(place, country, day, id);
`,
  // Persons joined across articles, the keys entities had before, and persons by surname.
  `
CREATE TABLE entity_joins(n INTEGER NOT NULL, was TEXT NOT NULL, key TEXT NOT NULL, because TEXT NOT NULL,
  PRIMARY KEY(n, was)) WITHOUT ROWID;
CREATE INDEX entity_joins_was ON entity_joins(was, key);
CREATE TABLE entity_moves(old TEXT PRIMARY KEY, now TEXT NOT NULL) WITHOUT ROWID;
ALTER TABLE entities ADD COLUMN family TEXT;
CREATE INDEX entities_family ON entities(family, articles) WHERE family IS NOT NULL;
`,
  // Stories and incidents as tables by row number: in a tree by name each long row took a step of its own, and those of one story
  // lay apart. Records of stories stand beside their lines.
  `
CREATE TABLE story_records(id TEXT PRIMARY KEY NOT NULL, record BLOB NOT NULL);
INSERT INTO story_records(id, record) SELECT id, record FROM stories WHERE record IS NOT NULL ORDER BY last_ms;
CREATE TABLE story_lines(id TEXT PRIMARY KEY NOT NULL, first_ms INTEGER NOT NULL, last_ms INTEGER NOT NULL, articles INTEGER NOT NULL,
  originals INTEGER NOT NULL, outlets INTEGER NOT NULL, newsrooms INTEGER NOT NULL, informants INTEGER NOT NULL,
  burst REAL NOT NULL, rank REAL NOT NULL DEFAULT 0, headline TEXT NOT NULL, headline_article TEXT NOT NULL,
  countries TEXT NOT NULL, languages TEXT NOT NULL, demo INTEGER NOT NULL, stale INTEGER NOT NULL);
INSERT INTO story_lines SELECT id, first_ms, last_ms, articles, originals, outlets, newsrooms, informants, burst, rank, headline,
  headline_article, countries, languages, demo, stale FROM stories ORDER BY last_ms;
DROP TABLE stories;
ALTER TABLE story_lines RENAME TO stories;
CREATE INDEX stories_last ON stories(last_ms, id);
CREATE INDEX stories_rank ON stories(rank, last_ms, id);
CREATE INDEX stories_burst ON stories(burst, last_ms, id);
CREATE INDEX stories_span ON stories(last_ms, first_ms, rank, burst, demo, id);
CREATE INDEX stories_stale ON stories(last_ms) WHERE stale = 1;
CREATE TABLE incidents_by_row(id TEXT PRIMARY KEY NOT NULL, story TEXT, type TEXT NOT NULL, country TEXT, place TEXT, day TEXT NOT NULL,
  json TEXT NOT NULL);
INSERT INTO incidents_by_row SELECT id, story, type, country, place, day, json FROM incidents ORDER BY story;
DROP TABLE incidents;
ALTER TABLE incidents_by_row RENAME TO incidents;
CREATE INDEX incidents_day ON incidents(day, id);
CREATE INDEX incidents_story ON incidents(story);
CREATE INDEX incidents_country ON incidents(country, day, id);
CREATE INDEX incidents_place ON incidents(place, country, day, id);
`,
  // Ids of articles that were forgotten: their addresses answer that something was there.
  `
CREATE TABLE forgotten(id TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT OR IGNORE INTO forgotten SELECT id FROM changes WHERE kind = 'deleted' AND target = 'article' AND detail = 'forgotten';
`,
  // The office an article gives somebody; older articles tell of it when they are read again.
  "ALTER TABLE entity_articles ADD COLUMN office TEXT;",
];

/**
 * The text index as migration 3 wants it, under a name of its own until it is full. Beginnings of one to three signs have their
 * own lists; the third column holds what an article is filed under, in words no text has (see `facetWords`).
 */
export const WORDS_NEXT = `CREATE VIRTUAL TABLE words_next USING fts5(title, body, filed, content='', contentless_delete=1,
  prefix='1 2 3', tokenize="unicode61 remove_diacritics 2")`;
