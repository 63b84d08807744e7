/**
 * Readers that mean no good, or mistype: every route with invented, broken and oversized parameters, cookies, headers, methods
 * and forms, on both stores. Nothing may fail on our side or hang; what is no answer is a page in the reader's language.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMemoryStore } from "../../src/adapters/store-memory/index.ts";
import { createSqliteStore } from "../../src/adapters/store-sqlite/index.ts";
import type { Store } from "../../src/ports/index.ts";
import type { Catalogue } from "../../src/web/options.ts";
import { tokenOf } from "../../src/web/security.ts";
import { site } from "../../src/web/test-site.ts";
import { fill } from "./fixture.ts";

const catalogue = (language: string): Catalogue =>
  JSON.parse(readFileSync(new URL(`../../data/i18n/${language}.json`, import.meta.url), "utf8")) as Catalogue;
const catalogues = { en: catalogue("en"), es: catalogue("es"), ru: catalogue("ru"), ar: catalogue("ar") };

const folder = mkdtempSync(join(tmpdir(), "dateline-hostile-"));
const stores: readonly (readonly [string, () => Store])[] = [
  ["memory", () => createMemoryStore()],
  ["sqlite", () => createSqliteStore({ folder })],
];
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const IDS = ["sdam0001", "adam05", "CHL", "LOC:alerce", "andenwire.example", "none"];
const PATHS = [
  "/",
  "/headlines",
  "/breaking",
  "/latest",
  "/world",
  "/videos",
  "/search",
  "/countries",
  "/outlets",
  "/sources",
  "/settings",
  "/about",
  "/alerts",
  "/alerts/new",
  "/api/openapi.json",
  "/hub/x",
  ...["articles", "stories", "search", "coverage", "outlets", "sources", "changes", "stats"].map(
    (p) => `/api/v1/${p}`,
  ),
  ...["latest", "headlines", "breaking", "world", "videos", "nothing"].flatMap((s) =>
    ["rss", "atom", "json", "exe"].map((f) => `/feeds/${s}.${f}`),
  ),
  ...["rss", "atom", "json", "csv", ""].map((f) => `/feeds/search/results.${f}`),
  ...[
    "story",
    "article",
    "country",
    "actor",
    "place",
    "outlet",
    "e",
    "alerts",
    "assets",
    "feeds/story",
    "api/v1/articles",
    "api/v1/stories",
  ].flatMap((kind) => IDS.map((id) => `/${kind}/${encodeURIComponent(id)}`)),
  "/story/sdam0001/ledger.csv",
  "/feeds/story/sdam0001.rss",
];
const NAMES = [
  ..."q country outlet language genre eventType measure min max since until copies sort after limit at mark parse".split(
    " ",
  ),
  ..."view days by undated lang originals demo story series n __proto__ constructor".split(" "),
];
const VALUES = [
  "",
  "0",
  "1",
  "-1",
  "1e308",
  "-1e400",
  "NaN",
  "Infinity",
  "999999999999999999999999",
  "2022-99-99",
  "0000-00-00",
  "9999-12-31",
  "2024-02-30",
  "275760-09-14",
  "-271822-01-01",
  "2024-03-14T15:00:00Z",
  "2024-03",
  "CHL",
  "chl",
  "\u0000",
  "%",
  "%zz",
  "%E0%A4%A",
  "%F0%9F",
  "\ud800",
  "\uf8ffcchl",
  "'; DROP TABLE articles; --",
  '"',
  '""',
  '"a b',
  "-",
  "--- *** ***",
  "*",
  "a*",
  "a* b* c* d*",
  "-a -b",
  "AND OR NOT NEAR(a b)",
  "title:dam",
  "{title}: dam",
  "dam^2 (dam) dam+dam",
  "ب".repeat(300),
  "水".repeat(300),
  "a ".repeat(900),
  "<script>alert(1)</script>",
  "{{7*7}}",
  "../../etc/passwd",
  "relevance",
  "newest",
  "oldest",
  "map",
  "timeline",
  "PROTEST",
  "killed",
  "10-20",
  "20-10",
  "0-999999999",
  ...[
    [0],
    [-5],
    [1.5],
    ["x"],
    [1e300],
    [1, 2, 3],
    ["a", "b", "c"],
    [-1, -1, ""],
    [{ a: 1 }],
    [null],
    ["2024-03-01", "x"],
    Array.from({ length: 500 }, () => 1),
  ].map((cursor) => Buffer.from(JSON.stringify(cursor)).toString("base64url")),
  Buffer.from("not json").toString("base64url"),
  "x".repeat(7000),
];

const encoded = (value: string): string => encodeURIComponent(value.replace(/[\ud800-\udfff]/g, "\ufffd"));
/** What was thrown, and the first line of ours it came through. */
const whereOf = (error: unknown): string =>
  error instanceof Error
    ? `${error.message} ${/\/src\/\S+/.exec(error.stack ?? "")?.[0] ?? ""}`
    : String(error);

/** Chances that are the same at every run. */
const dice = (seed: number) => {
  let a = seed;
  return (below: number): number => {
    a = (Math.imul(a, 1664525) + 1013904223) >>> 0;
    return Math.floor((a / 4294967296) * below);
  };
};

describe.each(stores)("hostile readers on the store in %s", (_, open) => {
  let store: Store;
  let web: Awaited<ReturnType<typeof site>>;
  const failures: string[] = [];
  beforeAll(async () => {
    store = open();
    await fill(store);
    web = await site({
      store,
      catalogues,
      onError: (error, path) => failures.push(`${path.slice(0, 80)}: ${whereOf(error)}`),
    });
  });
  afterAll(async () => store.close());

  const ask = async (path: string, init?: RequestInit) => {
    const answer = await web.ask(path, init);
    const text = answer.headers.get("Content-Type")?.startsWith("text/event-stream")
      ? ""
      : await answer.text();
    if (answer.status >= 500)
      failures.push(`${answer.status} ${init?.method ?? "GET"} ${path.slice(0, 300)}`);
    return { status: answer.status, headers: answer.headers, text };
  };

  it("answers every parameter with every value", async () => {
    failures.length = 0;
    const random = dice(1);
    for (const path of PATHS)
      for (let i = 0; i < 3; i++) {
        const pairs = Array.from({ length: 1 + random(4) }, () => {
          const value = VALUES[random(VALUES.length)] ?? "";
          return `${NAMES[random(NAMES.length)]}=${random(4) === 0 ? value : encoded(value)}`;
        });
        await ask(`${path}?${pairs.join("&").replace(/[\ud800-\udfff]/g, "")}`);
      }
    for (const value of VALUES)
      for (let i = 0; i < 5; i++)
        await ask(
          `${["/search", "/api/v1/search", "/latest", "/story/sdam0001", "/feeds/search/r.csv"][random(5)]}?q=dam&${NAMES[random(NAMES.length)]}=${encoded(value)}`,
        );
    expect([...new Set(failures)].slice(0, 40)).toEqual([]);
  });

  it("answers identifiers nobody gave", async () => {
    failures.length = 0;
    for (const kind of [
      "story",
      "article",
      "country",
      "actor",
      "place",
      "outlet",
      "alerts",
      "feeds",
      "feeds/story",
      "feeds/search",
      "api/v1/stories",
      "api/v1/articles",
      "assets",
      "e",
    ])
      for (const id of [
        "%00",
        "%E0%A4%A",
        "%2e%2e%2f",
        "__proto__",
        "constructor",
        "toString",
        "a".repeat(5000),
        "%22%3E%3Cscript%3E",
        "-1",
        ".",
        "..",
        "%25",
        "%F0%9F%98%80",
      ])
        for (const tail of ["", ".rss", "/ledger.csv", "/x"]) {
          const { status, text } = await ask(`/${kind}/${id}${tail}`);
          if (status === 200) expect(text).not.toContain("<script>");
        }
    expect([...new Set(failures)].slice(0, 40)).toEqual([]);
  });

  it("refuses methods and forms that are not its own", async () => {
    failures.length = 0;
    const posted = [
      "/settings",
      "/settings/theme",
      "/settings/forget",
      "/sources",
      "/sources/x",
      "/alerts",
      "/alerts/x",
      "/decide",
      "/outlet/none",
      "/outlet/andenwire.example",
      "/story/sdam0001/hand",
    ];
    for (const path of [
      ...posted,
      "/",
      "/search",
      "/story/sdam0001",
      "/api/v1/articles",
      "/feeds/latest.rss",
    ])
      for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"]) {
        const { status } = await ask(path, { method, ...(method === "OPTIONS" ? {} : { body: "x=1" }) });
        expect([400, 403, 404, 405, 415]).toContain(status);
      }
    const random = dice(7);
    const fields =
      "url name who target field action reason undoes back act lang theme demo kind email webhook feed watch query story series mark at".split(
        " ",
      );
    // Names that every object has are no acts.
    for (const act of ["constructor", "toString", "__proto__"]) {
      const { status, text } = await ask("/story/sdam0001/hand", {
        method: "POST",
        body: new URLSearchParams({ token: tokenOf("for the tests"), act }),
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
      });
      expect(status).toBe(400);
      expect(text).not.toContain("hand.failed");
    }
    for (const path of posted.filter((p) => p !== "/settings/forget"))
      for (let i = 0; i < 20; i++) {
        const body = new URLSearchParams({ token: tokenOf("for the tests") });
        for (let n = 0; n < 4; n++)
          body.append(fields[random(fields.length)] ?? "url", VALUES[random(VALUES.length)] ?? "");
        await ask(path, {
          method: "POST",
          body,
          headers: { "Content-Type": "application/x-www-form-urlencoded" },
        });
        await ask(path, {
          method: "POST",
          body: body.toString(),
          headers: {
            "Content-Type":
              ["text/plain", "application/json", "multipart/form-data; boundary=x", "multipart/form-data"][
                i % 4
              ] ?? "",
          },
        });
      }
    expect([...new Set(failures)].slice(0, 40)).toEqual([]);
  });

  it("bears cookies and headers of any kind", async () => {
    failures.length = 0;
    for (const headers of [
      { Cookie: `lang=${"x".repeat(8000)}` },
      { Cookie: "lang=%E0%A4%A; theme=%; demo=; =; ;;" },
      { Cookie: Array.from({ length: 300 }, (_x, i) => `c${i}=v`).join("; ") },
      { Cookie: "lang=__proto__; theme=constructor" },
      { Authorization: "Basic !!!!" },
      { Range: "bytes=5-1" },
      { Range: "bytes=0-10" },
      { "If-None-Match": "*" },
      { "If-None-Match": `"${"x".repeat(4000)}"` },
      { "If-Modified-Since": "yesterday" },
      { Accept: "image/png" },
      { "Accept-Language": "q".repeat(3000) },
      { "Accept-Encoding": "gzip;q=0, br" },
      { "Last-Event-ID": "x".repeat(1000) },
      { "Sec-Fetch-Site": "cross-site", Origin: "https://evil.example" },
    ])
      for (const path of [
        "/",
        "/story/sdam0001",
        "/search?q=dam",
        "/feeds/latest.rss",
        "/api/v1/stats",
        "/nothing",
      ]) {
        const { status } = await ask(path, { headers });
        expect(status).toBeLessThan(500);
      }
    expect([...new Set(failures)].slice(0, 40)).toEqual([]);
  });

  it("answers HEAD as GET without a body, and the same page a second time with 304", async () => {
    for (const path of ["/", "/story/sdam0001", "/feeds/latest.atom", "/api/v1/stories"]) {
      const whole = await ask(path);
      const head = await ask(path, { method: "HEAD" });
      expect([head.status, head.text, head.headers.get("Content-Type")]).toEqual([
        200,
        "",
        whole.headers.get("Content-Type"),
      ]);
      const tag = whole.headers.get("ETag") ?? "";
      expect(tag).not.toBe("");
      const again = await ask(path, { headers: { "If-None-Match": `"other", ${tag}` } });
      expect([again.status, again.text, again.headers.get("ETag")]).toEqual([304, "", tag]);
      expect(again.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
    }
    expect((await ask("/nothing")).headers.get("ETag")).toBeNull();
  });

  it("says what is missing in the reader's language", async () => {
    for (const [language, words] of Object.entries(catalogues))
      for (const path of [
        "/nothing",
        "/story/none",
        "/article/none",
        "/country/QQQ",
        "/outlet/none",
        "/alerts/new?story=none",
      ]) {
        const { status, text } = await ask(path, { headers: { Cookie: `lang=${language}` } });
        expect(status).toBe(404);
        expect(text).toContain(`lang="${language}"`);
        expect(text).toContain(String(words["error.notFound"]));
      }
  });
});
