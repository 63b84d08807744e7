/**
 * Pages as kept → a WARC 1.1 file (ISO 28500), one gzip member per record.
 *
 * A page becomes a response record with its status and headers, or a resource record when it came from a file; what we
 * know besides goes into a metadata record that names it. Record ids are derived from what the record holds, so that the
 * same archive is written the same way twice. The payload is stored decoded; headers that speak of transfer encodings
 * are renamed as Common Crawl does. Leaves out requests, which are not kept.
 */
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";

export type WarcPage = {
  readonly url: string;
  /** ISO 8601, UTC. */
  readonly fetchedAt: string;
  readonly bytes: Uint8Array;
  readonly contentType?: string | undefined;
  readonly status?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Lines of a metadata record about the page (application/warc-fields). */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
};

export type WarcWriteOptions = {
  readonly software: string;
  readonly created: string;
  readonly filename?: string;
  /** Lines added to the warcinfo record. */
  readonly info?: Readonly<Record<string, string>>;
  readonly gzip?: boolean;
};

/** Bytes of the file, a record at a time. */
export async function* writeWarc(
  pages: AsyncIterable<WarcPage> | Iterable<WarcPage>,
  options: WarcWriteOptions,
): AsyncGenerator<Uint8Array> {
  const pack = (record: Uint8Array): Uint8Array => (options.gzip === false ? record : gzipSync(record));
  const info = fields({ software: options.software, format: "WARC File Format 1.1", ...options.info });
  yield pack(
    record("warcinfo", options.created, info, {
      ...(options.filename === undefined ? {} : { "WARC-Filename": options.filename }),
      "Content-Type": "application/warc-fields",
    }),
  );
  for await (const page of pages) {
    const main = pageRecord(page);
    yield pack(main.bytes);
    if (page.metadata === undefined || Object.keys(page.metadata).length === 0) continue;
    yield pack(
      record("metadata", page.fetchedAt, fields(page.metadata), {
        "WARC-Target-URI": uri(page.url),
        "WARC-Concurrent-To": main.id,
        "Content-Type": "application/warc-fields",
      }),
    );
  }
}

function pageRecord(page: WarcPage): { readonly bytes: Uint8Array; readonly id: string } {
  const isHttp = /^https?:/i.test(page.url);
  const digest = `sha1:${base32(createHash("sha1").update(page.bytes).digest())}`;
  const id = recordId("page", page.url, page.fetchedAt, digest);
  const block = isHttp ? joined([text(httpHead(page)), page.bytes]) : page.bytes;
  const bytes = record(isHttp ? "response" : "resource", page.fetchedAt, block, {
    "WARC-Record-ID": id,
    "WARC-Target-URI": uri(page.url),
    "WARC-Payload-Digest": digest,
    "Content-Type": isHttp
      ? "application/http; msgtype=response"
      : (page.contentType ?? "application/octet-stream"),
  });
  return { bytes, id };
}

function httpHead(page: WarcPage): string {
  const lines = [`HTTP/1.1 ${page.status ?? 200} ${(page.status ?? 200) < 400 ? "OK" : "Error"}`];
  for (const [name, value] of Object.entries(page.headers ?? {})) {
    const lower = name.toLowerCase();
    if (lower === "content-length" || lower === "content-type") continue;
    const renamed =
      lower === "content-encoding" || lower === "transfer-encoding" ? `X-Crawler-${name}` : name;
    lines.push(`${oneLine(renamed)}: ${oneLine(value)}`);
  }
  const type = page.contentType ?? page.headers?.["content-type"];
  if (type !== undefined) lines.push(`Content-Type: ${oneLine(type)}`);
  lines.push(`Content-Length: ${page.bytes.length}`);
  return `${lines.join("\r\n")}\r\n\r\n`;
}

function record(
  type: string,
  date: string,
  block: Uint8Array,
  given: Readonly<Record<string, string>>,
): Uint8Array {
  const digest = `sha1:${base32(createHash("sha1").update(block).digest())}`;
  const head: Record<string, string> = {
    "WARC-Type": type,
    "WARC-Record-ID": recordId(type, given["WARC-Target-URI"] ?? "", date, digest),
    "WARC-Date": warcDate(date),
    "WARC-Block-Digest": digest,
    ...given,
    "Content-Length": String(block.length),
  };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${oneLine(value)}`);
  return joined([text(`WARC/1.1\r\n${lines.join("\r\n")}\r\n\r\n`), block, text("\r\n\r\n")]);
}

/** UTC to the second: other readers know no offsets. */
function warcDate(date: string): string {
  const time = Date.parse(date);
  return Number.isFinite(time) ? `${new Date(time).toISOString().slice(0, 19)}Z` : date;
}

/** A UUID of version 5's form from what the record holds (RFC 9562). */
function recordId(...parts: readonly string[]): string {
  const hash = createHash("sha1").update(parts.join("\n")).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString("hex");
  return `<urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}>`;
}

function fields(lines: Readonly<Record<string, string>>): Uint8Array {
  return text(
    Object.entries(lines)
      .map(([name, value]) => `${oneLine(name)}: ${oneLine(value)}\r\n`)
      .join(""),
  );
}

function uri(url: string): string {
  return url.replace(/[\s<>]/g, encodeURIComponent);
}

function oneLine(value: string): string {
  return value.replace(/[\r\n\0]+/g, " ");
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}

/** RFC 4648 base 32, as WARC digests are written. */
function base32(bytes: Uint8Array): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  let out = "";
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += letters[(value >> bits) & 31];
    }
  }
  return bits === 0 ? out : out + letters[(value << (5 - bits)) & 31];
}
