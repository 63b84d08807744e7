/** Fuzz target: WARC and ARC. Reading must come to its end, offsets must go forward, and payloads must stay in bounds. */
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { readWarc } from "../../src/feeds/warc/read.ts";
import { type FuzzTarget, joined, must } from "./mutate.ts";

const encoder = new TextEncoder();
const record = (type: string, block: string): Uint8Array =>
  encoder.encode(
    `WARC/1.0\r\nWARC-Type: ${type}\r\nWARC-Target-URI: https://gazette.example/\r\nWARC-Date: 2022-01-06T10:00:00Z\r\nContent-Type: application/http\r\nContent-Length: ${block.length}\r\n\r\n${block}\r\n\r\n`,
  );
const page = record("response", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>words</p>");
const chunked = record(
  "response",
  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nwords\r\n0\r\n\r\n",
);
const packed = record("response", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip, br\r\n\r\n\u001f\u008b\u0008");
const arc = encoder.encode(
  "filedesc://x.arc 0.0.0.0 20050102030405 text/plain 14\n1 0 C\nURL IP\n\nhttp://g.example/ 1.2.3.4 20050102030405 text/html 20\nHTTP/1.1 200 OK\n\nold\n",
);
const words = [
  "WARC/1.0\r\n",
  "WARC/1.1",
  "Content-Length: 99999999999",
  "Content-Length: -1",
  "Content-Length: 0",
  "WARC-Type: revisit",
  "\r\n\r\n",
  "\n",
  "Transfer-Encoding: chunked",
  "Content-Encoding: deflate",
  "ffffffff\r\n",
  "0\r\n",
  "\u001f",
  "HTTP/1.1 200",
];

export const warcTarget: FuzzTarget = {
  name: "warc",
  corpus: [
    joined(page, chunked),
    joined(gzipSync(page), gzipSync(chunked)),
    joined(page, packed),
    gzipSync(joined(page, page)),
    arc,
    gzipSync(arc),
    joined(record("conversion", "words"), gzipSync(page)),
  ],
  words,
  invent: (seed, count) =>
    fc
      .sample(
        fc.tuple(
          fc.constantFrom("response", "revisit", "metadata", "x"),
          fc.string({ maxLength: 60 }),
          fc.boolean(),
        ),
        { seed, numRuns: count },
      )
      .map(([type, block, gzip]) =>
        gzip ? gzipSync(record(type, block)) : record(type, `HTTP/1.1 200 OK\r\n${block}`),
      ),
  async check(bytes, turn) {
    const size = 1 + (turn % 97) * 3;
    async function* pieces(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    }
    let last = 0;
    let count = 0;
    for await (const item of readWarc(pieces(), { maxRecord: 50_000 })) {
      must(
        item.offset >= last && item.next >= item.offset && item.next <= bytes.length,
        "offsets do not go forward",
      );
      must(
        item.kind === "damaged" || item.record.payload.length <= 50_000 + bytes.length,
        "a payload out of bounds",
      );
      last = item.offset;
      must(++count <= bytes.length + 1, "more items than bytes");
    }
  },
};
