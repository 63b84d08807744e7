import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readWarc, type WarcItem } from "./read.ts";
import { type WarcPage, writeWarc } from "./write.ts";

const encoder = new TextEncoder();
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(
  bytes: Uint8Array,
  options: Parameters<typeof readWarc>[1] & { size?: number } = {},
): Promise<WarcItem[]> {
  const items: WarcItem[] = [];
  for await (const item of readWarc(pieces(bytes, options.size ?? 7), options)) items.push(item);
  return items;
}

function response(url: string, http: Uint8Array, extra = ""): Uint8Array {
  const head = `WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: ${url}\r\nWARC-Date: 2022-01-06T10:00:00Z\r\n${extra}Content-Type: application/http; msgtype=response\r\nContent-Length: ${http.length}\r\n\r\n`;
  return Buffer.concat([encoder.encode(head), http, encoder.encode("\r\n\r\n")]);
}

function http(headers: string, body: Uint8Array): Uint8Array {
  return Buffer.concat([encoder.encode(`HTTP/1.1 200 OK\r\n${headers}\r\n\r\n`), body]);
}

const PAGE = encoder.encode("<p>The river rose by two metres</p>");

function payloads(items: readonly WarcItem[]): string[] {
  return items.map((item) => (item.kind === "record" ? text(item.record.payload) : `(${item.note.code})`));
}

describe("payloads", () => {
  const chunked = encoder.encode(
    `5;x=y\r\n<p>Th\r\n${(PAGE.length - 5).toString(16)}\r\n${text(PAGE).slice(5)}\r\n0\r\n\r\n`,
  );
  const cases: readonly (readonly [string, string, Uint8Array])[] = [
    ["plain", "Content-Type: text/html", PAGE],
    ["gzip", "Content-Encoding: gzip", gzipSync(PAGE)],
    ["deflate", "Content-Encoding: deflate", deflateSync(PAGE)],
    ["bare deflate", "Content-Encoding: deflate", deflateRawSync(PAGE)],
    ["br", "Content-Encoding: br", brotliCompressSync(PAGE)],
    ["chunked", "Transfer-Encoding: chunked", chunked],
    ["said to be gzip, is not", "Content-Encoding: gzip", PAGE],
    ["said to be chunked, is not", "Transfer-Encoding: chunked", PAGE],
    ["gzip inside chunks", "Transfer-Encoding: chunked\r\nContent-Encoding: gzip", gzipChunk()],
  ];
  function gzipChunk(): Uint8Array {
    const packed = gzipSync(PAGE);
    return Buffer.concat([
      encoder.encode(`${packed.length.toString(16)}\r\n`),
      packed,
      encoder.encode("\r\n0\r\n\r\n"),
    ]);
  }
  it.each(cases)("%s", async (_name, headers, body) => {
    const record = response("https://gazette.example/1", http(headers, body));
    expect(payloads(await read(record))).toEqual([text(PAGE)]);
    expect(payloads(await read(gzipSync(record)))).toEqual([text(PAGE)]);
  });

  it("does not unpack a bomb", async () => {
    const bomb = response(
      "https://gazette.example/1",
      http("Content-Encoding: gzip", gzipSync(new Uint8Array(3e6))),
    );
    const [item] = await read(bomb, { maxRecord: 1e6 });
    expect(item?.kind === "record" && item.record.http?.problem).toBe("the decoded body would be too large");
  });
});

describe("damage", () => {
  const one = response("https://gazette.example/1", http("A: b", encoder.encode("one")));
  const two = response("https://gazette.example/2", http("A: b", encoder.encode("two")));
  const noise = encoder.encode("noise\r\nWARC is not here\r\n");
  const broken = Uint8Array.from(gzipSync(two));
  broken.fill(0xff, 30, 40);
  const cases: readonly (readonly [string, Uint8Array, string[]])[] = [
    ["noise between records", Buffer.concat([one, noise, two]), ["one", "(no-record)", "two"]],
    ["cut at the end", Buffer.concat([one, two.subarray(0, two.length - 9)]), ["one", "(truncated)"]],
    ["a broken member", Buffer.concat([gzipSync(one), broken, gzipSync(two)]), ["one", "(no-record)", "two"]],
    [
      "cut inside a member",
      Buffer.concat([gzipSync(one), gzipSync(two).subarray(0, 60)]),
      ["one", "(truncated)"],
    ],
    ["noise before the first member", Buffer.concat([noise, gzipSync(one)]), ["(no-record)", "one"]],
    ["several records in one member", gzipSync(Buffer.concat([one, two])), ["one", "two"]],
    [
      "no length",
      Buffer.concat([encoder.encode("WARC/1.0\r\nWARC-Type: response\r\n\r\n"), one]),
      ["(no-record)", "one"],
    ],
    ["nothing", new Uint8Array(0), []],
  ];
  it.each(cases)("%s", async (_name, bytes, expected) => {
    expect(payloads(await read(bytes))).toEqual(expected);
    expect(payloads(await read(bytes, { size: 100_000 }))).toEqual(expected);
  });

  it("passes over a record that is too large", async () => {
    const large = response("https://gazette.example/l", http("A: b", new Uint8Array(5000)));
    expect(payloads(await read(Buffer.concat([one, large, two]), { maxRecord: 1000 }))).toEqual([
      "one",
      "(record-too-large)",
      "two",
    ]);
  });
});

it("streams a file that is one gzip member, and goes on after it", async () => {
  const word = (letter: string): Uint8Array => encoder.encode(letter.repeat(600_000));
  const long = ["a", "b", "c"].map((letter) =>
    response(`https://gazette.example/${letter}`, http("A: b", word(letter))),
  );
  const after = gzipSync(response("https://gazette.example/d", http("A: b", encoder.encode("d"))));
  const huge = gzipSync(response("https://gazette.example/e", http("A: b", new Uint8Array(3e6))));
  const file = Buffer.concat([gzipSync(Buffer.concat(long)), after, huge, after]);
  for (const size of [1000, 5_000_000]) {
    const items = await read(file, { maxRecord: 700_000, size });
    expect(payloads(items).map((text) => text.slice(0, 20))).toEqual([
      "a".repeat(20),
      "b".repeat(20),
      "c".repeat(20),
      "d",
      "(record-too-large)",
      "d",
    ]);
  }
});

it("reports damage inside a long member and goes on", async () => {
  const noise = Uint8Array.from({ length: 900_000 }, (_, i) => (i * 7919 + (i >> 3)) & 255);
  const broken = Uint8Array.from(
    gzipSync(response("https://gazette.example/a", http("A: b", Buffer.concat([noise, noise])))),
  );
  broken.fill(0xff, 9000, 9100);
  const after = gzipSync(response("https://gazette.example/d", http("A: b", encoder.encode("d"))));
  const found = payloads(await read(Buffer.concat([broken, after]), { maxRecord: 500_000, size: 4096 }));
  expect(found.at(-1)).toBe("d");
});

it("resumes at any record", async () => {
  for (const pack of [gzipSync, (bytes: Uint8Array) => bytes]) {
    const records = ["a", "b", "c"].map((word) =>
      pack(response(`https://gazette.example/${word}`, http("A: b", encoder.encode(word)))),
    );
    const file = Buffer.concat(records);
    const items = await read(file);
    expect(payloads(items)).toEqual(["a", "b", "c"]);
    const after = items[0]?.next ?? 0;
    expect(payloads(await read(file, { resumeAt: after }))).toEqual(["b", "c"]);
    expect(payloads(await read(file.subarray(after), { startsAt: after }))).toEqual(["b", "c"]);
  }
});

it("tells what a revisit repeats, and reads conversions", async () => {
  const revisit = encoder.encode(
    "WARC/1.1\r\nWARC-Type: revisit\r\nWARC-Target-URI: <https://gazette.example/1>\r\nWARC-Refers-To-Target-URI: https://gazette.example/0\r\nWARC-Refers-To-Date: 2022-01-05T00:00:00Z\r\nContent-Type: application/http\r\nContent-Length: 19\r\n\r\nHTTP/1.1 200 OK\r\n\r\n\r\n\r\n",
  );
  const conversion = encoder.encode(
    "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://gazette.example/1\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nwords\r\n\r\n",
  );
  const [first, second] = await read(Buffer.concat([revisit, conversion]));
  expect(first?.kind === "record" && first.record).toMatchObject({
    type: "revisit",
    url: "https://gazette.example/1",
    refersTo: { url: "https://gazette.example/0", date: "2022-01-05T00:00:00Z" },
    http: { status: 200 },
  });
  expect(second?.kind === "record" && [second.record.type, text(second.record.payload)]).toEqual([
    "conversion",
    "words",
  ]);
});

it("reads ARC", async () => {
  const body = "HTTP/1.1 200 OK\nContent-Type: text/html\n\n<p>old</p>";
  const arc = `filedesc://x.arc 0.0.0.0 20050102030405 text/plain 69\n1 0 Crawler\nURL IP-address Archive-date Content-type Archive-length\n\n\n\nhttp://gazette.example/ 1.2.3.4 20050102030405 text/html ${body.length}\n${body}\n`;
  const items = await read(encoder.encode(arc));
  const last = items.at(-1);
  expect(last?.kind === "record" && { ...last.record, payload: text(last.record.payload) }).toMatchObject({
    type: "response",
    url: "http://gazette.example/",
    date: "2005-01-02T03:04:05Z",
    payload: "<p>old</p>",
  });
});

async function written(pages: readonly WarcPage[], gzip: boolean): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of writeWarc(pages, { software: "dateline", created: "2022-01-06T10:00:00Z", gzip }))
    parts.push(part);
  return Buffer.concat(parts);
}

it("reads back what it wrote, and writes the same twice", async () => {
  const page = fc.record({
    url: fc.constantFrom("https://gazette.example/1", "https://gazette.example/a b", "file:///x.txt"),
    fetchedAt: fc.constant("2022-01-06T10:00:00+06:00"),
    bytes: fc.uint8Array({ maxLength: 300 }),
    contentType: fc.constantFrom("text/html; charset=utf-8", undefined),
    headers: fc.constantFrom({ "content-encoding": "gzip", "x-a": "b\r\nc" }, undefined),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(page, { maxLength: 4 }), fc.boolean(), async (pages, gzip) => {
      const file = await written(pages, gzip);
      const again = await written(pages, gzip);
      const items = await read(file, { size: 50 });
      const got = items
        .slice(1)
        .map((item) =>
          item.kind === "record" ? Buffer.from(item.record.payload).toString("hex") : "damaged",
        );
      return (
        Buffer.compare(file, again) === 0 &&
        JSON.stringify(got) === JSON.stringify(pages.map(({ bytes }) => Buffer.from(bytes).toString("hex")))
      );
    }),
    { numRuns: 100 },
  );
});
