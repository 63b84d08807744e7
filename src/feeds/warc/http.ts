/**
 * The block of a response or request record → HTTP status, headers and the body as a reader would see it.
 *
 * Chunks are joined and content encodings undone (RFC 9112 section 7.1, RFC 9110 section 8.4) when they are really
 * there: crawlers often store the decoded body under the old headers, and then it is left as it is. A body cut off in
 * the middle is read as far as it goes. Leaves out zstd, which Node 20 cannot undo.
 */
import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from "node:zlib";

export type HttpMessage = {
  /** Absent for requests. */
  readonly status?: number;
  readonly startLine: string;
  /** By name in lower case; of several of one name, joined by ", ". */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
  /** Bytes of the body as it was stored. */
  readonly rawSize: number;
  /** What could not be undone. */
  readonly problem?: string;
};

const MAX_HEAD = 1024 * 1024;

export function readHttp(block: Uint8Array, maxBody: number): HttpMessage {
  const head = headEnd(block);
  const lines = latin1(block.subarray(0, head.end)).split(/\r?\n/);
  const startLine = lines[0] ?? "";
  const status = /^HTTP\/[\d.]+\s+(\d{3})/i.exec(startLine)?.[1];
  const headers = readHeaders(lines.slice(1));
  const raw = block.subarray(head.bodyAt);
  const decoded = decodeBody(raw, headers, maxBody);
  return {
    ...(status === undefined ? {} : { status: Number(status) }),
    startLine,
    headers,
    rawSize: raw.length,
    ...decoded,
  };
}

/** Header lines → map by lower-case name; folded lines are joined to the one before. */
export function readHeaders(lines: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  let last: string | undefined;
  for (const line of lines) {
    if (/^[ \t]/.test(line) && last !== undefined) {
      headers.set(last, `${headers.get(last) ?? ""} ${line.trim()}`);
      continue;
    }
    const colon = line.indexOf(":");
    if (colon <= 0) continue;
    last = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    const before = headers.get(last);
    headers.set(last, before === undefined ? value : `${before}, ${value}`);
  }
  return headers;
}

/** Where the header lines end and the body starts: after the first empty line. */
export function headEnd(bytes: Uint8Array): { readonly end: number; readonly bodyAt: number } {
  const limit = Math.min(bytes.length, MAX_HEAD);
  for (let at = bytes.indexOf(10); at >= 0 && at < limit; at = bytes.indexOf(10, at + 1)) {
    if (at === 0 || (at === 1 && bytes[0] === 13)) return { end: 0, bodyAt: at + 1 };
    if (bytes[at + 1] === 10) return { end: at, bodyAt: at + 2 };
    if (bytes[at + 1] === 13 && bytes[at + 2] === 10) return { end: at, bodyAt: at + 3 };
  }
  return { end: bytes.length, bodyAt: bytes.length };
}

export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

function decodeBody(
  raw: Uint8Array,
  headers: ReadonlyMap<string, string>,
  maxBody: number,
): { body: Uint8Array; problem?: string } {
  let body = raw;
  if (/\bchunked\b/i.test(headers.get("transfer-encoding") ?? "")) body = joinChunks(raw);
  const encodings = (headers.get("content-encoding") ?? "")
    .toLowerCase()
    .split(/\s*,\s*/)
    .filter(Boolean)
    .reverse();
  for (const encoding of encodings.slice(0, 4)) {
    const undone = undo(encoding, body, maxBody);
    if (typeof undone === "string") return { body, problem: undone };
    body = undone;
  }
  return { body };
}

function joinChunks(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  let at = 0;
  while (at < bytes.length) {
    const lineEnd = bytes.indexOf(10, at);
    if (lineEnd < 0 || lineEnd - at > 1024) {
      if (parts.length === 0) return bytes; // not chunked after all
      break;
    }
    const size = /^\s*([0-9a-fA-F]{1,8})\s*(?:;.*)?$/.exec(
      latin1(bytes.subarray(at, lineEnd)).replace(/\r$/, ""),
    )?.[1];
    if (size === undefined) {
      if (parts.length === 0) return bytes;
      break;
    }
    const wanted = Number.parseInt(size, 16);
    if (wanted === 0) break;
    const part = bytes.subarray(lineEnd + 1, lineEnd + 1 + wanted);
    parts.push(part);
    length += part.length;
    at = lineEnd + 1 + wanted;
    if (bytes[at] === 13) at++;
    if (bytes[at] === 10) at++;
  }
  if (parts.length === 1 && parts[0] !== undefined) return parts[0];
  return Uint8Array.from(Buffer.concat(parts, length));
}

/** The body without one encoding, or what is wrong. */
function undo(encoding: string, body: Uint8Array, maxBody: number): Uint8Array | string {
  if (encoding === "identity" || encoding === "none" || body.length === 0) return body;
  const options = { maxOutputLength: maxBody, finishFlush: constants.Z_SYNC_FLUSH };
  try {
    if (encoding === "gzip" || encoding === "x-gzip")
      return body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body, options) : body;
    if (encoding === "deflate") return inflate(body, options);
    if (encoding === "br")
      return brotliDecompressSync(body, {
        maxOutputLength: maxBody,
        finishFlush: constants.BROTLI_OPERATION_FLUSH,
      });
    return `content encoding ${encoding.slice(0, 20)} is not known`;
  } catch (error) {
    if ((error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE")
      return "the decoded body would be too large";
    return `the body is not ${encoding}`;
  }
}

function inflate(body: Uint8Array, options: { maxOutputLength: number; finishFlush: number }): Uint8Array {
  // "deflate" means zlib, but many servers send it bare.
  const isZlib = ((body[0] ?? 0) & 15) === 8 && (((body[0] ?? 0) << 8) | (body[1] ?? 0)) % 31 === 0;
  return isZlib ? inflateSync(body, options) : inflateRawSync(body, options);
}
