/**
 * A SQLite file as typed calls: opens it durable (WAL, synchronous FULL), keeps prepared statements, and packs JSON. libsql is
 * imported nowhere else; tables are made in migrate.ts.
 */
import {
  brotliCompressSync,
  brotliDecompressSync,
  constants,
  deflateRawSync,
  inflateRawSync,
} from "node:zlib";
import Database from "libsql";

export type Value = string | number | null | Uint8Array;

export type Db = {
  all<T>(sql: string, params?: readonly Value[]): T[];
  one<T>(sql: string, params?: readonly Value[]): T | undefined;
  /**
   * Rows as tuples, for long lists: `SELECT columns rest`. They cross from SQLite as one text of JSON, which takes half the time
   * of value by value; bytes cannot be read in this way.
   */
  tuples<T extends readonly unknown[]>(
    columns: readonly string[],
    rest: string,
    params?: readonly Value[],
  ): T[];
  run(sql: string, params?: readonly Value[]): number;
  exec(sql: string): void;
  /** All or nothing, durable when it returns. Calls inside one another join the outer one. */
  transaction<T>(work: () => T): T;
  close(): void;
};

/** The disk is full, or the file reached its set limit. Nothing of the transaction was kept. */
export class DiskFullError extends Error {
  override name = "DiskFullError";
}

/** Disk full in words a person can act on; everything else passes through. */
const explain = (error: unknown, path: string): unknown => {
  const text = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (/SQLITE_FULL|database or disk is full/.test(`${code} ${text}`))
    return new DiskFullError(
      `The disk is full: ${path} could not grow. The last batch was not kept; everything before it is safe. Free some space and start again.`,
    );
  if (/SQLITE_IOERR/.test(`${code} ${text}`))
    return new DiskFullError(
      `Writing ${path} failed (${text}). The last batch was not kept. Check free space and the disk, then start again.`,
    );
  return error;
};

export type OpenOptions = {
  /** Most pages of 4 KiB the file may have; for tests of a full disk. */
  readonly maxPages?: number | undefined;
  /** Memory for the page cache in KiB. */
  readonly cacheKiB?: number | undefined;
  /** False: do not wait for the disk. For benches that fill a folder; a power cut may then cost the file. */
  readonly durable?: boolean | undefined;
  /** Called now and then while an older archive is brought up to date, when that takes long. */
  readonly onUpgrade?: ((done: number, all: number) => void) | undefined;
};

export const openDatabase = (path: string, options: OpenOptions = {}): Db => {
  // The timeout (ms) is for programs that read the file from outside, such as a backup.
  const db = new Database(path, { timeout: 10_000 });
  const statements = new Map<string, Database.Statement>();
  const prepare = (sql: string): Database.Statement => {
    let statement = statements.get(sql);
    if (!statement) {
      // Queries with lists of unknown length make new texts; the cache must not grow without end.
      if (statements.size > 400) statements.clear();
      statement = db.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
  const guard = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw explain(error, path);
    }
  };
  for (const pragma of [
    "page_size = 4096",
    "journal_mode = WAL",
    `synchronous = ${options.durable === false ? "OFF" : "FULL"}`,
    "foreign_keys = OFF",
    "temp_store = MEMORY",
    `cache_size = -${options.cacheKiB ?? 64_000}`,
    "mmap_size = 268435456",
    "wal_autocheckpoint = 2000",
    "journal_size_limit = 67108864",
  ])
    db.pragma(pragma);
  if (options.maxPages !== undefined) db.pragma(`max_page_count = ${options.maxPages}`);
  let depth = 0;
  const self: Db = {
    // Rows have the shape the SQL text asks for; SQLite itself has no types to check against.
    all: <T>(sql: string, params: readonly Value[] = []) => guard(() => prepare(sql).all([...params]) as T[]),
    one: <T>(sql: string, params: readonly Value[] = []) =>
      guard(() => (prepare(sql).all([...params]) as T[])[0]),
    run: (sql, params = []) => guard(() => prepare(sql).run([...params]).changes),
    tuples: <T extends readonly unknown[]>(
      columns: readonly string[],
      rest: string,
      params: readonly Value[] = [],
    ) => {
      const named = columns.map((c, i) => `${c} AS x${i}`).join(", ");
      const names = columns.map((_, i) => `x${i}`).join(", ");
      const found = self.one<{ j: string }>(
        `SELECT json_group_array(json_array(${names})) AS j FROM (SELECT ${named} ${rest})`,
        params,
      );
      return found === undefined ? [] : parse<T[]>(found.j);
    },
    exec: (sql) => {
      guard(() => db.exec(sql));
    },
    transaction: (work) => {
      if (depth > 0) return work();
      guard(() => db.exec("BEGIN IMMEDIATE"));
      depth++;
      try {
        const result = work();
        guard(() => db.exec("COMMIT"));
        return result;
      } catch (error) {
        try {
          db.exec("ROLLBACK");
        } catch {
          // SQLite rolls back by itself when the disk is full; then there is nothing to roll back.
        }
        throw error;
      } finally {
        depth--;
      }
    },
    close: () => {
      statements.clear();
      db.close();
    },
  };
  return self;
};

/** Rows changed so far: what was counted stands until this does not. */
export const changesOf = (db: Db): number => db.one<{ c: number }>("SELECT total_changes() AS c")?.c ?? -1;

/** JSON packed for the bulk columns: level 3 costs little and saves two thirds. */
export const pack = (value: unknown): Uint8Array => deflateRawSync(JSON.stringify(value), { level: 3 });
/** What `pack` wrote; the caller names the type it packed. */
export const unpack = <T>(bytes: Uint8Array): T => JSON.parse(inflateRawSync(bytes).toString("utf8")) as T;
/** JSON of a column this store wrote itself. */
export const parse = <T>(json: string): T => JSON.parse(json) as T;

/** Raw bytes: brotli at quality 4, or as they are when that does not help. */
export const packRaw = (
  bytes: Uint8Array,
): { readonly packing: "br" | "none"; readonly packed: Uint8Array } => {
  const packed = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  return packed.length < bytes.length ? { packing: "br", packed } : { packing: "none", packed: bytes };
};
export const unpackRaw = (packing: string, packed: Uint8Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array(packing === "br" ? brotliDecompressSync(packed) : packed);

/**
 * A turn of the event loop. The library frees what a query held only between turns; a loop of awaits alone never ends its turn,
 * and would keep a kilobyte for every query.
 */
export const turn = (): Promise<void> =>
  new Promise((done) => {
    setImmediate(done);
  });

export const marks = (count: number): string => Array.from({ length: count }, () => "?").join(",");

/** Facts of one kind of an article, in their order. */
export const factsOf = <T>(db: Db, table: "quantities" | "quotes" | "events", n: number): readonly T[] =>
  db
    .all<{ json: string }>(`SELECT json FROM ${table} WHERE n = ? ORDER BY seq`, [n])
    .map((r) => parse<T>(r.json));
