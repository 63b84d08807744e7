/**
 * A web server on this machine that plays everything a bad day on the web brings, by path. Each case says what a careful
 * reader should end with; `run.ts` prints what ours does.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";

export type Expected =
  | { readonly ok: true; readonly items?: number; readonly text?: string }
  | { readonly ok: false; readonly reason: string };

export type Case = {
  readonly path: string;
  readonly what: string;
  readonly purpose: "feed" | "page" | "sitemap";
  readonly expected: Expected;
  readonly answer: (request: IncomingMessage, response: ServerResponse, base: string) => void;
};

const item = (n: number, title = `Item ${n}`): string =>
  `<item><title>${title}</title><link>https://gazette.example/${n}</link><guid>g${n}</guid><pubDate>Mon, 05 Jan 2026 10:00:00 GMT</pubDate></item>`;
const rss = (items: string, head = ""): string =>
  `<?xml version="1.0" encoding="utf-8"?>${head}<rss version="2.0"><channel><title>Gazette</title><link>https://gazette.example/</link>${items}</channel></rss>`;

const xml =
  (body: string | Buffer): Case["answer"] =>
  (_q, r) => {
    r.writeHead(200, { "content-type": "application/rss+xml" });
    r.end(body);
  };
const status =
  (code: number, headers: Record<string, string> = {}, body = "no"): Case["answer"] =>
  (_q, r) => {
    r.writeHead(code, headers);
    r.end(code === 304 || code === 204 ? undefined : body);
  };
const to = (location: string, code = 302): Case["answer"] => status(code, { location });
const encoded =
  (encoding: string, body: Buffer): Case["answer"] =>
  (_q, r) => {
    r.writeHead(200, { "content-type": "text/html", "content-encoding": encoding });
    r.end(body);
  };

/** Writes straight to the connection and repeats until it is closed. */
const raw =
  (first: string, drip?: { readonly bytes: string; readonly everyMs: number }): Case["answer"] =>
  (q) => {
    const socket = q.socket;
    socket.write(first);
    if (!drip) {
      socket.end();
      return;
    }
    const timer = setInterval(() => {
      if (socket.destroyed) clearInterval(timer);
      else socket.write(drip.bytes);
    }, drip.everyMs);
    socket.on("error", () => clearInterval(timer));
  };

const flood: Case["answer"] = (_q, r) => {
  r.writeHead(200, { "content-type": "text/html" });
  const piece = Buffer.alloc(65_536, 0x61);
  const more = (): void => {
    while (!r.destroyed && r.write(piece));
  };
  r.on("drain", more);
  r.on("error", () => {});
  more();
};

const zeros = (mib: number): Buffer => Buffer.alloc(mib * 1024 * 1024);
const page = "<html><head><title>Plain page</title></head><body><p>All is well.</p></body></html>";
const refused = (reason: string): Expected => ({ ok: false, reason });
const fine = (items?: number): Expected => ({ ok: true, ...(items === undefined ? {} : { items }) });

let bomb: Buffer | undefined;
const bombBytes = (): Buffer => {
  bomb ??= gzipSync(zeros(200));
  return bomb;
};

export const CASES: readonly Case[] = [
  {
    path: "/good",
    what: "a good page",
    purpose: "page",
    expected: { ok: true, text: "All is well" },
    answer: status(200, { "content-type": "text/html" }, page),
  },
  {
    path: "/good.xml",
    what: "a good feed",
    purpose: "feed",
    expected: fine(2),
    answer: xml(rss(item(1) + item(2))),
  },

  {
    path: "/slow-headers",
    what: "headers dripped byte by byte",
    purpose: "page",
    expected: refused("fetch-failed"),
    answer: raw("HTTP/1.1 200 OK\r\nX-A: ", { bytes: "a", everyMs: 20 }),
  },
  {
    path: "/slow-body",
    what: "a body of one byte now and then",
    purpose: "page",
    expected: refused("fetch-failed"),
    answer: raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n", {
      bytes: "a",
      everyMs: 60,
    }),
  },
  {
    path: "/silent",
    what: "a connection that says nothing",
    purpose: "page",
    expected: refused("fetch-failed"),
    answer: () => {},
  },
  {
    path: "/stall",
    what: "a body that stops half way",
    purpose: "page",
    expected: refused("fetch-failed"),
    answer: (_q, r) => {
      r.writeHead(200, { "content-length": "1000" });
      r.write("half");
    },
  },
  {
    path: "/endless",
    what: "a body without end",
    purpose: "page",
    expected: refused("too-large"),
    answer: flood,
  },
  {
    path: "/endless-interim",
    what: "interim answers without end",
    purpose: "page",
    expected: refused("fetch-failed"),
    answer: raw("HTTP/1.1 103 Early Hints\r\n\r\n", {
      bytes: "HTTP/1.1 103 Early Hints\r\n\r\n",
      everyMs: 5,
    }),
  },
  {
    path: "/big-headers",
    what: "headers of 1 MB",
    purpose: "page",
    expected: refused("fetch-failed"),
    answer: raw(`HTTP/1.1 200 OK\r\nX-Big: ${"a".repeat(1_000_000)}\r\n\r\n`),
  },
  {
    path: "/many-headers",
    what: "twenty thousand headers",
    purpose: "page",
    expected: refused("fetch-failed"),
    answer: raw(`HTTP/1.1 200 OK\r\n${"X: y\r\n".repeat(20_000)}\r\nok`),
  },
  {
    path: "/not-http",
    what: "another protocol's greeting",
    purpose: "page",
    expected: refused("fetch-failed"),
    answer: raw("SSH-2.0-OpenSSH_9.2\r\n"),
  },
  {
    path: "/reset",
    what: "a connection cut at once",
    purpose: "page",
    expected: refused("fetch-failed"),
    answer: (q) => {
      q.socket.destroy();
    },
  },
  {
    path: "/short",
    what: "less body than announced",
    purpose: "page",
    expected: refused("fetch-failed"),
    answer: raw("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nshort"),
  },
  {
    path: "/smuggle",
    what: "two lengths that contradict",
    purpose: "page",
    expected: refused("fetch-failed"),
    answer: raw("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
  },

  {
    path: "/loop",
    what: "redirects in a circle",
    purpose: "page",
    expected: refused("fetch-failed"),
    answer: to("/loop-b"),
  },
  {
    path: "/loop-b",
    what: "the other half of the circle",
    purpose: "page",
    expected: refused("fetch-failed"),
    answer: to("/loop"),
  },
  {
    path: "/spin?n=0",
    what: "redirects that never repeat",
    purpose: "page",
    expected: refused("fetch-failed"),
    answer: (q, r, base) => {
      const n = Number(new URL(q.url ?? "/", base).searchParams.get("n"));
      to(`/spin?n=${n + 1}`)(q, r, base);
    },
  },
  {
    path: "/five?n=5",
    what: "five redirects, then a page",
    purpose: "page",
    expected: { ok: true, text: "All is well" },
    answer: (q, r, base) => {
      const n = Number(new URL(q.url ?? "/", base).searchParams.get("n"));
      if (n === 0) status(200, { "content-type": "text/html" }, page)(q, r, base);
      else to(`/five?n=${n - 1}`, 301)(q, r, base);
    },
  },
  {
    path: "/to-metadata",
    what: "a redirect to the metadata address",
    purpose: "page",
    expected: refused("forbidden-address"),
    answer: to("http://169.254.169.254/latest/meta-data/"),
  },
  {
    path: "/to-loopback",
    what: "a redirect to loopback in hexadecimal",
    purpose: "page",
    expected: refused("forbidden-address"),
    answer: to("http://0x7f000001:1/"),
  },
  {
    path: "/to-loopback6",
    what: "a redirect to loopback mapped in IPv6",
    purpose: "page",
    expected: refused("forbidden-address"),
    answer: to("http://[::ffff:127.0.0.1]:8081/"),
  },
  {
    path: "/to-file",
    what: "a redirect to a file",
    purpose: "page",
    expected: refused("forbidden-address"),
    answer: to("file:///etc/passwd"),
  },
  {
    path: "/to-nothing",
    what: "a redirect to no address",
    purpose: "page",
    expected: refused("fetch-failed"),
    answer: to("http://"),
  },

  {
    path: "/bomb-gzip",
    what: "200 MB of zeros in gzip",
    purpose: "page",
    expected: refused("too-large"),
    answer: (q, r, b) => encoded("gzip", bombBytes())(q, r, b),
  },
  {
    path: "/bomb-br",
    what: "200 MB of zeros in brotli",
    purpose: "page",
    expected: refused("too-large"),
    answer: (q, r, b) => encoded("br", brotliCompressSync(zeros(200), { params: { 1: 1 } }))(q, r, b),
  },
  {
    path: "/bomb-double",
    what: "a bomb in gzip twice over",
    purpose: "page",
    expected: refused("too-large"),
    answer: (q, r, b) => encoded("gzip, gzip", gzipSync(bombBytes()))(q, r, b),
  },
  {
    path: "/bomb-nest",
    what: "encoded six times over",
    purpose: "page",
    expected: refused("fetch-failed"),
    answer: encoded("gzip, gzip, gzip, gzip, gzip, gzip", gzipSync("x")),
  },
  {
    path: "/enc-unknown",
    what: "an unknown encoding",
    purpose: "page",
    expected: refused("fetch-failed"),
    answer: encoded("zpaq", Buffer.from("x")),
  },
  {
    path: "/enc-lie",
    what: "plain text called gzip",
    purpose: "page",
    expected: { ok: true, text: "All is well" },
    answer: encoded("gzip", Buffer.from(page)),
  },
  {
    path: "/enc-deflate",
    what: "deflate with zlib header",
    purpose: "page",
    expected: { ok: true, text: "All is well" },
    answer: encoded("deflate", deflateSync(page)),
  },
  {
    path: "/enc-deflate-raw",
    what: "deflate without header",
    purpose: "page",
    expected: { ok: true, text: "All is well" },
    answer: encoded("deflate", deflateRawSync(page)),
  },
  {
    path: "/enc-br",
    what: "brotli",
    purpose: "page",
    expected: { ok: true, text: "All is well" },
    answer: encoded("br", brotliCompressSync(page)),
  },
  {
    path: "/enc-cut",
    what: "gzip cut before its end",
    purpose: "page",
    expected: { ok: true, text: "All is well" },
    answer: encoded("gzip", gzipSync(page + "<p>more</p>".repeat(5)).subarray(0, -9)),
  },
  {
    path: "/enc-damaged",
    what: "gzip with damage",
    purpose: "page",
    expected: refused("fetch-failed"),
    answer: encoded(
      "gzip",
      (() => {
        const b = gzipSync(Array.from({ length: 3000 }, (_, i) => `w${(i * 7919) % 4001}`).join(" "));
        b.fill(0xff, 200, 400);
        return b;
      })(),
    ),
  },

  {
    path: "/404",
    what: "not found",
    purpose: "page",
    expected: refused("fetch-failed"),
    answer: status(404),
  },
  { path: "/410", what: "gone", purpose: "feed", expected: refused("gone"), answer: status(410) },
  { path: "/403", what: "refused", purpose: "page", expected: refused("fetch-failed"), answer: status(403) },
  {
    path: "/500",
    what: "a failing server",
    purpose: "page",
    expected: refused("fetch-failed"),
    answer: status(500),
  },
  {
    path: "/204",
    what: "no content, as a feed",
    purpose: "feed",
    expected: refused("empty"),
    answer: status(204),
  },
  {
    path: "/empty",
    what: "an empty body, as a feed",
    purpose: "feed",
    expected: refused("empty"),
    answer: status(200, { "content-type": "text/xml" }, ""),
  },
  {
    path: "/type-lie",
    what: "a feed called an image",
    purpose: "feed",
    expected: fine(1),
    answer: status(200, { "content-type": "image/png" }, rss(item(1))),
  },

  {
    path: "/html-as-feed",
    what: "a web page as feed",
    purpose: "feed",
    expected: refused("not-a-feed"),
    answer: status(200, { "content-type": "application/rss+xml" }, page),
  },
  {
    path: "/json-error",
    what: "a JSON error as feed",
    purpose: "feed",
    expected: refused("not-a-feed"),
    answer: status(200, { "content-type": "application/json" }, '{"error":"quota exceeded"}'),
  },
  {
    path: "/proto",
    what: "a JSON feed with __proto__ keys",
    purpose: "feed",
    expected: fine(1),
    answer: status(
      200,
      { "content-type": "application/feed+json" },
      '{"version":"https://jsonfeed.org/version/1.1","title":"t","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"items":[{"id":"1","__proto__":{"polluted":true},"url":"https://gazette.example/1","content_text":"x"}]}',
    ),
  },
  {
    path: "/deep",
    what: "fifty thousand elements deep",
    purpose: "feed",
    expected: fine(),
    answer: xml(rss(item(1) + "<item>".concat("<a>".repeat(50_000)))),
  },
  {
    path: "/entity-bomb",
    what: "entities that multiply",
    purpose: "feed",
    expected: fine(1),
    answer: xml(
      rss(
        item(1, "&lol9;"),
        `<!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, i) => `<!ENTITY lol${i + 1} "${`&lol${i === 0 ? "" : i};`.repeat(10)}">`).join("")}]>`,
      ),
    ),
  },
  {
    path: "/external-entity",
    what: "an entity in a file",
    purpose: "feed",
    expected: fine(1),
    answer: xml(rss(item(1, "x &file; y"), '<!DOCTYPE r [<!ENTITY file SYSTEM "file:///etc/passwd">]>')),
  },
  {
    path: "/ampersands",
    what: "unescaped ampersands",
    purpose: "feed",
    expected: fine(1),
    answer: xml(rss(item(1, "Bread & butter & <b"))),
  },
  {
    path: "/cut-feed",
    what: "a feed cut in the middle",
    purpose: "feed",
    expected: fine(),
    answer: xml(rss(item(1) + item(2)).slice(0, 330)),
  },
  {
    path: "/wrong-charset",
    what: "Cyrillic in another charset than declared",
    purpose: "feed",
    expected: { ok: true, items: 1, text: "Протест" },
    answer: (_q, r) => {
      r.writeHead(200, { "content-type": "application/rss+xml; charset=utf-8" });
      r.end(
        Buffer.concat([
          Buffer.from(rss(item(1, "@@")).split("@@")[0] ?? ""),
          Buffer.from([
            0xcf, 0xf0, 0xee, 0xf2, 0xe5, 0xf1, 0xf2, 0x20, 0xe2, 0x20, 0xe3, 0xee, 0xf0, 0xee, 0xe4, 0xe5,
          ]),
          Buffer.from(rss(item(1, "@@")).split("@@")[1] ?? ""),
        ]),
      );
    },
  },
  {
    path: "/nulls",
    what: "null bytes",
    purpose: "feed",
    expected: refused("empty"),
    answer: xml(zeros(1)),
  },
  {
    path: "/50mb",
    what: "a feed of 50 MB",
    purpose: "feed",
    expected: refused("too-large"),
    answer: (_q, r) => {
      r.writeHead(200, { "content-type": "application/rss+xml" });
      const big = Buffer.from(item(1).repeat(3000));
      const [a = "", b = ""] = rss("@@").split("@@");
      r.write(a);
      let n = 0;
      const more = (): void => {
        while (n * big.length < 50 * 1024 * 1024) {
          n++;
          if (!r.write(big)) return void r.once("drain", more);
        }
        r.end(b);
      };
      more();
    },
  },
];

/** Robots rules of this host: one folder is closed. */
const ROBOTS = "User-agent: *\nDisallow: /closed/\n";

export type HostileServer = {
  readonly base: string;
  readonly port: number;
  /** Paths asked for, in order. */
  readonly log: string[];
  close(): Promise<void>;
};

export const startHostileServer = async (): Promise<HostileServer> => {
  const log: string[] = [];
  const sockets = new Set<Socket>();
  let base = "";
  const server: Server = createServer((request, response) => {
    const path = request.url ?? "/";
    log.push(path);
    response.on("error", () => {});
    request.on("error", () => {});
    const plain = path.split("?")[0];
    if (plain === "/robots.txt") return void response.end(ROBOTS);
    if (plain?.startsWith("/closed/")) return void response.end(page);
    if (plain === "/rest") {
      response.writeHead(429, { "retry-after": "120" });
      return void response.end();
    }
    if (plain === "/etag") {
      if (request.headers["if-none-match"] === '"v1"') response.writeHead(304, { etag: '"v1"' });
      else response.writeHead(200, { etag: '"v1"', "last-modified": "Mon, 05 Jan 2026 10:00:00 GMT" });
      return void response.end(request.headers["if-none-match"] === '"v1"' ? undefined : page);
    }
    if (plain === "/moved") {
      response.writeHead(301, { location: "/good" });
      return void response.end();
    }
    const found = CASES.find((c) => c.path.split("?")[0] === plain);
    if (found) return found.answer(request, response, base);
    response.writeHead(404);
    response.end("nothing here");
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
  });
  await new Promise<void>((done) => {
    server.listen(0, "127.0.0.1", done);
  });
  const { port } = server.address() as AddressInfo;
  base = `http://127.0.0.1:${port}`;
  return {
    base,
    port,
    log,
    close: () =>
      new Promise<void>((done) => {
        for (const s of sockets) s.destroy();
        server.close(() => done());
      }),
  };
};
