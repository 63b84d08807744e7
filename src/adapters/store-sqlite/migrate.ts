/** Opens an archive with its tables brought up to date; refuses one that a newer program wrote. */
import { familyOf } from "../../stories/persons.ts";
import { type Db, type OpenOptions, openDatabase } from "./database.ts";
import { reindexWords } from "./reindex.ts";
import { MIGRATIONS } from "./schema.ts";
import { setRank } from "./write-stories.ts";

/** The migration before which the text index is made anew, outside its transaction: it may take minutes. */
const NEW_WORDS = 2;
/** The migration after which every story gets its height in Headlines: SQLite as built here knows no logarithms. */
const RANKS = 4;
/** The migration after which every person's surname is noted: it is found by rules, not in SQL. */
const FAMILIES = 8;

const setFamilies = (db: Db): void => {
  for (const { key, name } of db.all<{ key: string; name: string }>(
    "SELECT key, name FROM entities WHERE type = 'PER'",
  )) {
    const family = familyOf({ type: "PER", name });
    if (family !== undefined) db.run("UPDATE entities SET family = ? WHERE key = ?", [family, key]);
  }
};

export const openArchive = (path: string, options: OpenOptions = {}): Db => {
  const db = openDatabase(path, options);
  const version = db.one<{ user_version: number }>("PRAGMA user_version")?.user_version ?? 0;
  if (version > MIGRATIONS.length)
    throw new Error(
      `The data folder was written by a newer Dateline (tables ${version}, this one knows ${MIGRATIONS.length}). Install that version or choose another folder with --data.`,
    );
  for (let i = version; i < MIGRATIONS.length; i++) {
    if (i === NEW_WORDS) reindexWords(db, options.onUpgrade);
    db.transaction(() => {
      db.exec(MIGRATIONS[i] ?? "");
      if (i === RANKS) for (const { id } of db.all<{ id: string }>("SELECT id FROM stories")) setRank(db, id);
      if (i === FAMILIES) setFamilies(db);
      db.exec(`PRAGMA user_version = ${i + 1}`);
    });
  }
  return db;
};
