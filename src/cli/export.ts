/**
 * `dateline export`: the archive as tables, lines of JSON, or WARC. The demonstration archive stays out unless asked for, and
 * so do event mentions whose incident was refuted or rests on a number that was taken back.
 */
import { createWriteStream, mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { Writable } from "node:stream";
import { type WarcPage, writeWarc } from "../feeds/warc/write.ts";
import { csvLine } from "../formats/csv.ts";
import { COLUMNS, rowsOf, TABLE_KINDS, type TableKind } from "../formats/rows.ts";
import { type Doubt, type StoryId, stands } from "../model/index.ts";
import type { ListFilter, Store } from "../ports/index.ts";
import type { Parts } from "./parts.ts";

export type ExportCommand = {
  readonly data?: string;
  readonly format: string;
  readonly kind?: string;
  readonly out?: string;
  readonly since?: string;
  readonly until?: string;
  readonly country?: string;
  readonly language?: string;
  readonly demo?: boolean;
  readonly doubtful?: boolean;
};

export const EXPORT_FORMATS = ["csv", "jsonl", "warc"] as const;
type Writer = { write(chunk: string | Uint8Array): Promise<void>; end(): Promise<void> };

function writerTo(stream: Writable, close: boolean): Writer {
  return {
    write: (chunk) =>
      new Promise((done, fail) => {
        stream.write(chunk, (error) => (error ? fail(error) : done()));
      }),
    end: () =>
      new Promise((done) => {
        if (close) stream.end(done);
        else done();
      }),
  };
}

const isKind = (name: string): name is TableKind => (TABLE_KINDS as readonly string[]).includes(name);
const day = (text: string | undefined, add = 0): number | undefined =>
  text === undefined ? undefined : Date.parse(`${text}T00:00:00Z`) + add;

export async function runExport(options: ExportCommand, parts: Parts): Promise<number> {
  const fail = (message: string): number => {
    process.stderr.write(`${message}\n`);
    return 2;
  };
  if (!(EXPORT_FORMATS as readonly string[]).includes(options.format))
    return fail(`No format ${options.format}; there are ${EXPORT_FORMATS.join(", ")}`);
  if (options.kind !== undefined && !isKind(options.kind))
    return fail(`No table ${options.kind}; there are ${TABLE_KINDS.join(", ")}`);
  if ([options.since, options.until].some((d) => d !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(d)))
    return fail("Give --since and --until as YYYY-MM-DD");
  const kinds = options.kind === undefined ? TABLE_KINDS : TABLE_KINDS.filter((k) => k === options.kind);
  if (options.format !== "warc" && kinds.length > 1 && options.out === undefined)
    return fail(
      `Name a folder with --out for all tables, or one table with --kind: ${TABLE_KINDS.join(", ")}`,
    );
  const filter: ListFilter = {
    since: day(options.since),
    until: day(options.until, 86_400_000),
    country: options.country?.toUpperCase(),
    languages: options.language === undefined ? undefined : [options.language],
    demo: options.demo ? undefined : false,
  };
  const store = await parts.openStore(parts.dataDir(options.data));
  try {
    if (options.format === "warc") return await exportWarc(store, filter, options, parts);
    const folder = kinds.length > 1 ? options.out : undefined;
    if (folder !== undefined) mkdirSync(folder, { recursive: true });
    const writers = new Map(
      kinds.map((kind): [TableKind, Writer] => {
        const file = folder === undefined ? options.out : join(folder, `${kind}.${options.format}`);
        return [
          kind,
          file === undefined ? writerTo(process.stdout, false) : writerTo(createWriteStream(file), true),
        ];
      }),
    );
    if (options.format === "csv")
      for (const [kind, writer] of writers) await writer.write(csvLine(COLUMNS[kind]));
    const decisions = await store.decisions();
    let articles = 0;
    let left = 0;
    const doubtsOf = doubtsByStory(store);
    for await (const reading of store.scan(filter)) {
      articles++;
      const { originals } = await store.copyLinks(reading.article.id);
      const row = await store.row(reading.article.id);
      const doubts = writers.has("events") ? await doubtsOf(row?.storyId) : undefined;
      const kept = reading.events.filter(
        (e) => options.doubtful === true || stands({ doubt: doubts?.get(e.id) }),
      );
      left += reading.events.length - kept.length;
      for (const [kind, writer] of writers)
        for (const cells of rowsOf(kind, kind === "events" ? { ...reading, events: kept } : reading, {
          storyId: row?.storyId,
          fates: row?.fates,
          originals,
          decisions,
          doubts,
        }))
          await writer.write(
            options.format === "csv"
              ? csvLine(COLUMNS[kind].map((c) => cells[c]))
              : `${JSON.stringify(cells)}\n`,
          );
    }
    for (const writer of writers.values()) await writer.end();
    process.stderr.write(
      `${articles} articles${options.demo ? "" : "; the demonstration archive was left out (--demo takes it in)"}${left === 0 ? "" : `; ${left} event mentions in doubt were left out (--doubtful takes them in)`}\n`,
    );
    return 0;
  } finally {
    await store.close();
  }
}

const PAGE = 500;

/** Doubts of a story's incidents by mention. What was asked is kept: articles come in the order of their ids. */
function doubtsByStory(store: Store): (id: StoryId | undefined) => Promise<ReadonlyMap<string, Doubt>> {
  const none: ReadonlyMap<string, Doubt> = new Map();
  const known = new Map<StoryId, ReadonlyMap<string, Doubt>>();
  return async (id) => {
    if (id === undefined) return none;
    const asked = known.get(id);
    if (asked !== undefined) return asked;
    const doubts = new Map<string, Doubt>();
    let after: string | undefined;
    do {
      const page = await store.incidents({ storyId: id }, { limit: PAGE, after });
      for (const { doubt, mentions } of page.rows)
        if (doubt !== undefined) for (const mention of mentions) doubts.set(mention, doubt);
      after = page.next;
    } while (after !== undefined);
    known.set(id, doubts.size === 0 ? none : doubts);
    return doubts;
  };
}

async function exportWarc(
  store: Store,
  filter: ListFilter,
  options: ExportCommand,
  parts: Parts,
): Promise<number> {
  if (options.out === undefined) {
    process.stderr.write("Name the archive with --out FILE.warc.gz\n");
    return 2;
  }
  const writer = writerTo(createWriteStream(options.out), true);
  let pages = 0;
  async function* kept(): AsyncGenerator<WarcPage> {
    for await (const { article } of store.scan(filter)) {
      const raw = article.rawSha256 === undefined ? undefined : await store.raw(article.rawSha256);
      if (!raw) continue;
      pages++;
      yield { ...raw, metadata: { "dateline-article": article.id, "dateline-outlet": article.outletId } };
    }
  }
  const records = writeWarc(kept(), {
    software: `dateline/${parts.version}`,
    created: new Date(parts.clock.now()).toISOString(),
    filename: basename(options.out),
    gzip: options.out.endsWith(".gz"),
  });
  for await (const record of records) await writer.write(record);
  await writer.end();
  process.stderr.write(`${pages} pages written to ${options.out}\n`);
  return 0;
}
