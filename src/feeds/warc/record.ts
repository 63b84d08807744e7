/**
 * One record of WARC 1.0/1.1 (ISO 28500) or ARC 1 → its type, address, date, headers and payload.
 *
 * Payload is what a reader would see: of HTTP messages the decoded body, of every other record its block. Revisit
 * records carry headers and point at the record they repeat. Leaves out checking digests.
 */
import { type HttpMessage, headEnd, latin1, readHeaders, readHttp } from "./http.ts";

export type WarcType =
  | "warcinfo"
  | "response"
  | "request"
  | "resource"
  | "metadata"
  | "revisit"
  | "conversion"
  | "continuation"
  | "arc_header"
  | "unknown";

export type WarcRecord = {
  readonly type: WarcType;
  readonly url?: string;
  /** WARC-Date, or the ARC date as ISO 8601. */
  readonly date?: string;
  readonly id?: string;
  readonly contentType?: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly http?: HttpMessage;
  readonly payload: Uint8Array;
  /** What a revisit record repeats. */
  readonly refersTo?: {
    readonly url?: string;
    readonly date?: string;
    readonly id?: string;
    readonly digest?: string;
  };
  /** Reason the crawler gave for cutting the payload short. */
  readonly truncated?: string;
};

/** Head of a record: what must be known to find its end. */
export type RecordHead = {
  readonly format: "warc" | "arc";
  readonly headers: ReadonlyMap<string, string>;
  /** Bytes from the start of the record to its block. */
  readonly headSize: number;
  /** Bytes of the block. */
  readonly blockSize: number;
};

const ARC_LINE = /^([a-z][a-z0-9+.-]*:.*?) (\S+) (\d{8,18}) (\S+) (\S+)\r?$/i;

/** The head at the start of the bytes; "short" when more bytes are needed, undefined when it is no record. */
export function readHead(bytes: Uint8Array, isLast: boolean): RecordHead | "short" | undefined {
  if (startsWith(bytes, "WARC/")) {
    const { end, bodyAt } = headEnd(bytes);
    if (bodyAt >= bytes.length && !isLast && bytes.length < 1024 * 1024) return "short";
    const headers = readHeaders(latin1(bytes.subarray(0, end)).split(/\r?\n/).slice(1));
    const length = headers.get("content-length")?.trim() ?? "";
    if (!/^\d{1,15}$/.test(length)) return undefined;
    return { format: "warc", headers, headSize: bodyAt, blockSize: Number(length) };
  }
  const lineEnd = bytes.indexOf(10);
  if (lineEnd < 0) return !isLast && bytes.length < 16384 ? "short" : undefined;
  const line = ARC_LINE.exec(latin1(bytes.subarray(0, Math.min(lineEnd, 16384))));
  if (line === null) return undefined;
  const [, url = "", ip = "", date = "", type = "", length = ""] = line;
  const size = /^\d+$/.test(length) ? Number(length) : 0;
  const headers = new Map([
    ["arc-url", url],
    ["arc-ip", ip],
    ["arc-date", date],
    ["arc-type", type],
  ]);
  const isHeader = url.startsWith("filedesc:");
  // The version block of a filedesc record may lack a usable length: its two lines end at the first empty one.
  const blockSize = isHeader && size === 0 ? headEnd(bytes.subarray(lineEnd + 1)).bodyAt : size;
  return { format: "arc", headers, headSize: lineEnd + 1, blockSize };
}

export function startsWith(bytes: Uint8Array, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[i] !== text.charCodeAt(i)) return false;
  return bytes.length >= text.length;
}

export function readRecord(head: RecordHead, block: Uint8Array, maxPayload: number): WarcRecord {
  return head.format === "warc"
    ? warcRecord(head.headers, block, maxPayload)
    : arcRecord(head.headers, block, maxPayload);
}

const TYPES: ReadonlySet<string> = new Set(
  "warcinfo response request resource metadata revisit conversion continuation".split(" "),
);

function warcRecord(headers: ReadonlyMap<string, string>, block: Uint8Array, maxPayload: number): WarcRecord {
  const name = headers.get("warc-type")?.toLowerCase() ?? "";
  const type = TYPES.has(name) ? (name as WarcType) : "unknown"; // the set holds the names of the type
  const contentType = headers.get("content-type");
  const isHttp =
    (type === "response" || type === "request" || type === "revisit") &&
    /^\s*application\/http/i.test(contentType ?? "application/http") &&
    /^https?:/i.test(address(headers.get("warc-target-uri")) ?? "http:");
  const http = isHttp && block.length > 0 ? readHttp(block, maxPayload) : undefined;
  const refersTo =
    type !== "revisit"
      ? undefined
      : defined({
          url: address(headers.get("warc-refers-to-target-uri")),
          date: headers.get("warc-refers-to-date"),
          id: headers.get("warc-refers-to"),
          digest: headers.get("warc-payload-digest"),
        });
  return {
    type,
    headers,
    payload: http?.body ?? block,
    ...defined({
      url: address(headers.get("warc-target-uri")),
      date: headers.get("warc-date"),
      id: headers.get("warc-record-id"),
      contentType: http?.headers.get("content-type") ?? contentType,
      http,
      refersTo,
      truncated: headers.get("warc-truncated"),
    }),
  };
}

function arcRecord(headers: ReadonlyMap<string, string>, block: Uint8Array, maxPayload: number): WarcRecord {
  const url = headers.get("arc-url") ?? "";
  const digits = headers.get("arc-date") ?? "";
  const date = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(digits);
  const iso =
    date === null ? undefined : `${date[1]}-${date[2]}-${date[3]}T${date[4]}:${date[5]}:${date[6]}Z`;
  if (url.startsWith("filedesc:")) {
    // "1 0 Name" and the line of column names are the header; a note may follow.
    const payload = block.subarray(afterLines(block, 2));
    return { type: "arc_header", headers, payload, url, ...defined({ date: iso }) };
  }
  const http = /^https?:/i.test(url) ? readHttp(block, maxPayload) : undefined;
  const contentType = http?.headers.get("content-type") ?? headers.get("arc-type");
  return {
    type: "response",
    headers,
    payload: http?.body ?? block,
    url,
    ...defined({ date: iso, contentType, http }),
  };
}

function afterLines(bytes: Uint8Array, count: number): number {
  let at = 0;
  for (let i = 0; i < count; i++) {
    const end = bytes.indexOf(10, at);
    if (end < 0) return bytes.length;
    at = end + 1;
  }
  while (bytes[at] === 10 || bytes[at] === 13) at++;
  return at;
}

/** wget writes <address>; a space in an address is not one any more when it is quoted. */
function address(value: string | undefined): string | undefined {
  const plain = value?.trim().replace(/^<(.*)>$/, "$1");
  return plain === undefined || plain === "" ? undefined : plain.replace(/ /g, "%20");
}

function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>; // entries come from T
  };
}
