/**
 * A WARC or ARC file in pieces, plain or gzipped record by record → its records in order.
 *
 * Bounded memory: one record (or gzip member) and one window are held at a time; larger ones are passed over with a
 * note. Damage never ends the reading: the damaged stretch is reported and reading goes on at the next record that can
 * be recognised. Each item says where it starts and where the next one does, so that a file can be taken up again there.
 * A file packed as one single gzip member is streamed, and can only be resumed at its start.
 */
import type { Note } from "../../model/index.ts";
import { isGzip, readMember } from "./gzip.ts";
import { inflateMember } from "./long-member.ts";
import { type RecordHead, readHead, readRecord, startsWith, type WarcRecord } from "./record.ts";
import { type ByteWindow, openWindow } from "./window.ts";

export type WarcItem = {
  /** Offset of the record, or of the gzip member that holds it, in the file. */
  readonly offset: number;
  /** Offset to resume at after this item. */
  readonly next: number;
} & (
  | { readonly kind: "record"; readonly record: WarcRecord }
  | { readonly kind: "damaged"; readonly note: Note }
);

export type WarcOptions = {
  /** Offset of a record to start from: what stands before is passed over. */
  readonly resumeAt?: number;
  /** Offset in the file of the first byte of the source, when the source itself starts later. */
  readonly startsAt?: number;
  /** Largest record block and largest decoded payload, in bytes. */
  readonly maxRecord?: number;
};

const MAX_RECORD = 64 * 1024 * 1024;

/**
 * @example for await (const item of readWarc(createReadStream("news.warc.gz"))) if (item.kind === "record") …
 */
export async function* readWarc(
  source: AsyncIterable<Uint8Array>,
  options: WarcOptions = {},
): AsyncGenerator<WarcItem> {
  const { startsAt = 0, maxRecord = MAX_RECORD } = options;
  const window = openWindow(source, startsAt);
  try {
    const distance = (options.resumeAt ?? startsAt) - startsAt;
    if (distance > 0 && !(await window.pass(distance))) return;
    while (await window.need(1)) {
      const view = window.view();
      if (view[0] === 10 || view[0] === 13) window.skip(1);
      else if (isGzip(view)) yield* readGzipMember(window, maxRecord);
      else yield* readPlain(window, maxRecord);
    }
  } finally {
    await window.close();
  }
}

async function* readPlain(window: ByteWindow, maxRecord: number): AsyncGenerator<WarcItem> {
  const offset = window.offset();
  let head = readHead(window.view(), false);
  for (let size = 65536; head === "short"; size *= 4) {
    const more = await window.need(Math.max(size, window.view().length + 1));
    head = readHead(window.view(), !more);
  }
  if (head === undefined) {
    await findNext(window);
    yield damaged(offset, window.offset(), "no-record", "bytes that are no record");
    return;
  }
  if (head.blockSize > maxRecord) {
    window.skip(head.headSize);
    await window.pass(head.blockSize);
    yield damaged(offset, window.offset(), "record-too-large", `a record of ${head.blockSize} bytes`);
    return;
  }
  const total = head.headSize + head.blockSize;
  const whole = await window.need(total);
  const view = window.view();
  const record = readRecord(head, view.subarray(head.headSize, total), maxRecord);
  window.skip(Math.min(total, view.length));
  if (!whole && !isComplete(record)) {
    // To be resumed at the same record, should the file still be growing.
    yield damaged(offset, offset, "truncated", "the file ends inside a record");
    return;
  }
  await skipEnd(window);
  yield { kind: "record", record, offset, next: window.offset() };
}

/** Whether an HTTP message is all there although its record claims to be longer, as many ARC files do. */
function isComplete({ http }: WarcRecord): boolean {
  const length = http?.headers.get("content-length") ?? "";
  return http !== undefined && /^\d+$/.test(length) && http.rawSize >= Number(length);
}

/** Passes the empty lines after a record; when no record follows them, the stated length was wrong. */
async function skipEnd(window: ByteWindow): Promise<void> {
  while (await window.need(1)) {
    const byte = window.view()[0];
    if (byte !== 10 && byte !== 13) return;
    window.skip(1);
  }
}

/** Moves to the next place that looks like the start of a record. */
async function findNext(window: ByteWindow): Promise<void> {
  window.skip(1);
  for (;;) {
    await window.need(65536);
    const view = window.view();
    const found = recordStart(view);
    if (found >= 0) {
      window.skip(found);
      return;
    }
    window.skip(Math.max(0, view.length - 8));
    if (!(await window.need(9))) {
      window.skip(window.view().length);
      return;
    }
  }
}

function recordStart(bytes: Uint8Array): number {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = text.indexOf("WARC/1."); at >= 0; at = text.indexOf("WARC/1.", at + 1))
    if (at === 0 || text[at - 1] === 10) return firstOf(at, gzipStart(text));
  return gzipStart(text);
}

function gzipStart(bytes: Buffer): number {
  const magic = Buffer.from([0x1f, 0x8b, 8]);
  for (let at = bytes.indexOf(magic); at >= 0; at = bytes.indexOf(magic, at + 1))
    if (((bytes[at + 3] ?? 0xff) & 0xe0) === 0) return at;
  return -1;
}

function firstOf(a: number, b: number): number {
  return b >= 0 && b < a ? b : a;
}

async function* readGzipMember(window: ByteWindow, maxRecord: number): AsyncGenerator<WarcItem> {
  const offset = window.offset();
  // Room for the head of the record beside its block.
  const maxContent = maxRecord + 1024 * 1024;
  for (let size = 256 * 1024; ; size = window.view().length * 2) {
    const more = await window.need(size);
    const member = readMember(window.view(), maxContent);
    if (member.state === "ok") {
      window.skip(member.size);
      yield* recordsIn(member.content, offset, window.offset(), maxRecord);
      return;
    }
    if (member.state === "short" && more && window.view().length <= maxContent) continue;
    if (member.state === "too-large" || (member.state === "short" && more)) {
      yield* readLongMember(window, offset, maxRecord);
      return;
    }
    await findNext(window);
    if (member.state === "damaged") yield damaged(offset, window.offset(), "no-record", member.detail);
    else yield damaged(offset, offset, "truncated", "the file ends inside a record");
    return;
  }
}

/** Records of a member that is too long to unpack at once; all of them are resumed at its start. */
async function* readLongMember(
  window: ByteWindow,
  offset: number,
  maxRecord: number,
): AsyncGenerator<WarcItem> {
  const inner = openWindow(inflateMember(window), 0);
  try {
    while (await inner.need(1)) {
      const first = inner.view()[0];
      if (first === 10 || first === 13) inner.skip(1);
      else for await (const item of readPlain(inner, maxRecord)) yield { ...item, offset, next: offset };
    }
  } catch (error) {
    await findNext(window);
    yield damaged(
      offset,
      window.offset(),
      "no-record",
      error instanceof Error ? error.message : "inflate failed",
    );
  } finally {
    await inner.close();
  }
}

/** Records of one member: one by the standard, but some files hold several. */
function* recordsIn(
  content: Uint8Array,
  offset: number,
  next: number,
  maxRecord: number,
): Generator<WarcItem> {
  let at = 0;
  while (at < content.length) {
    const rest = content.subarray(at);
    if (rest[0] === 10 || rest[0] === 13) {
      at++;
      continue;
    }
    const head = readHead(rest, true);
    const isHead = head !== undefined && head !== "short";
    if (!isHead || head.headSize + head.blockSize > rest.length) {
      yield damaged(offset, next, isHead ? "truncated" : "no-record", memberProblem(head, rest));
      const found = startsWith(rest, "WARC/") ? recordStart(rest.subarray(1)) + 1 : recordStart(rest);
      if (found <= 0) return;
      at += found;
      continue;
    }
    const end = head.headSize + head.blockSize;
    yield {
      kind: "record",
      record: readRecord(head, rest.subarray(head.headSize, end), maxRecord),
      offset,
      next,
    };
    at += end;
  }
}

function memberProblem(head: RecordHead | "short" | undefined, rest: Uint8Array): string {
  if (typeof head !== "object") return "a gzip member that holds no record";
  return `the block has ${rest.length - head.headSize} bytes instead of ${head.blockSize}`;
}

function damaged(offset: number, next: number, code: string, detail: string): WarcItem {
  return {
    kind: "damaged",
    offset,
    next,
    note: { stage: "warc", code, detail: `${detail} at offset ${offset}` },
  };
}
