/**
 * The site under reading: starts the real server on a filled folder (bench/store.ts fills one) and measures, for every kind of
 * page, the time to the first byte and to the last, warm. `nice -n 10 node --import tsx bench/web.ts FOLDER [--clients N]
 * [--times N] [--only WORD]`. Addresses change from request to request, so that no cache of pages flatters; the front page is
 * measured both made anew and kept. Readers one after another first, then several at once without a pause. Beside other work on
 * the machine the processor's time of the server is the fairer figure; it counts all its threads.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { parseArgs } from "node:util";
import { bodyOf, LANDS, OUTLET_ROWS, personOf, placeOf, wordOf } from "./archive.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    clients: { type: "string", default: "8" },
    times: { type: "string", default: "120" },
    only: { type: "string", default: "" },
    port: { type: "string", default: "8797" },
  },
});
const [folder = "/tmp/dateline-bench"] = positionals;
const port = Number(values.port);
const times = Number(values.times);
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

type Answer = {
  readonly status: number;
  readonly first: number;
  readonly all: number;
  readonly size: number;
  readonly text: string;
};

/** One request; `first` is when the first byte of the body came, in milliseconds. */
const ask = (path: string): Promise<Answer> =>
  new Promise((done, fail) => {
    const start = performance.now();
    get({ host: "127.0.0.1", port, path, agent }, (answer) => {
      let first: number | undefined;
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => {
        first ??= performance.now() - start;
        chunks.push(chunk);
      });
      answer.on("error", fail);
      answer.on("end", () => {
        const all = performance.now() - start;
        const bytes = Buffer.concat(chunks);
        done({
          status: answer.statusCode ?? 0,
          first: first ?? all,
          all,
          size: bytes.length,
          text: bytes.toString("utf8"),
        });
      });
    }).on("error", fail);
  });

const launch = async (): Promise<{ readonly server: ChildProcess; readonly ms: number }> => {
  const start = performance.now();
  const server = spawn(
    process.execPath,
    [
      "--import",
      "tsx",
      "src/main.ts",
      "start",
      "--data",
      folder,
      "--port",
      String(port),
      "--no-poll",
      "--no-demo",
    ],
    { cwd: new URL("..", import.meta.url).pathname, stdio: ["ignore", "ignore", "pipe"] },
  );
  server.stderr?.on("data", (chunk: Buffer) => {
    if (!String(chunk).startsWith("Dateline is at")) process.stderr.write(chunk);
  });
  for (;;) {
    if (server.exitCode !== null) throw new Error(`The server stopped with ${server.exitCode}`);
    const found = await ask("/").catch(() => undefined);
    if (found?.status === 200) return { server, ms: performance.now() - start };
    await new Promise((later) => setTimeout(later, 20));
  }
};

const memory = (server: ChildProcess): string => {
  try {
    const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
    const kib = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
    const own = Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? 0);
    return `${Math.round(kib / 1024)} MiB, ${Math.round(own / 1024)} of them its own`;
  } catch {
    return "unknown";
  }
};

/** Processor time of the server so far, in milliseconds; 0 where the system does not tell. */
const worked = (server: ChildProcess): number => {
  try {
    const tasks = `/proc/${server.pid}/task`;
    return readdirSync(tasks).reduce(
      (sum, task) => sum + Number(readFileSync(`${tasks}/${task}/schedstat`, "utf8").split(" ")[0]) / 1e6,
      0,
    );
  } catch {
    return 0;
  }
};

const rows = async (path: string, pages: number): Promise<readonly string[]> => {
  const ids: string[] = [];
  let after = "";
  for (let i = 0; i < pages; i++) {
    const { text } = await ask(`/api/v1/${path}&limit=200${after}`);
    // The shape is the API's own, described by its schema.
    const list = JSON.parse(text) as { rows: { id: string }[]; next?: string };
    ids.push(...list.rows.map((r) => r.id));
    if (list.next === undefined) break;
    after = `&after=${encodeURIComponent(list.next)}`;
  }
  return ids;
};

const encoded = encodeURIComponent;
const code = (i: number): string => LANDS[i % LANDS.length]?.code ?? "CHL";
const outlet = (i: number): string => OUTLET_ROWS[i % OUTLET_ROWS.length]?.id ?? "o0.example";
const q = (text: string): string => `/search?q=${encoded(text)}`;
const day = (back: number): string => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
const officials = Array.from({ length: 400 }, (_, i) => personOf(i)).filter((p) => p.office !== undefined);

type Kind = readonly [name: string, path: (i: number) => string];
const kindsOf = async (): Promise<readonly Kind[]> => {
  const stories = await rows("stories?sort=headlines", 2);
  const fresh = await rows("stories?sort=newest", 2);
  const articles = await rows("articles?", 3);
  const story = (list: readonly string[], i: number): string => list[i % list.length] ?? "";
  const after: string[] = [];
  let cursor = "";
  for (let i = 0; i < 20; i++) {
    const { text } = await ask(`/latest${cursor}`);
    const found = /href="\/latest\?after=([^"&]+)"/.exec(text)?.[1];
    if (found === undefined) break;
    cursor = `?after=${found}`;
    after.push(found);
  }
  return [
    ["front, made anew", (i) => `/?n=${i}`],
    ["front, kept", () => "/"],
    ["headlines", (i) => `/headlines?by=${["week", "newest", "all"][i % 3]}&n=${i}`],
    ["breaking", (i) => `/breaking?n=${i}`],
    ["latest, pages", (i) => `/latest?after=${after[i % Math.max(1, after.length)] ?? ""}&n=${i}`],
    ["world", (i) => `/world?days=${[1, 7, 30][i % 3]}&n=${i}`],
    ["videos", (i) => `/videos?n=${i}`],
    ["story, most reported", (i) => `/story/${story(stories, i)}`],
    ["story, the three largest", (i) => `/story/${story(stories, i % 3)}?n=${i}`],
    ["story, all its reports", (i) => `/story/${story(stories, i % 3)}?reports=all&n=${i}`],
    ["story, all its deaths", (i) => `/story/${story(stories, i % 3)}?numbers=killed&n=${i}`],
    ["story, all its copies", (i) => `/story/${story(stories, i % 3)}?copies=all&n=${i}`],
    ["story, newest", (i) => `/story/${story(fresh, i)}`],
    ["story as known at a day", (i) => `/story/${story(stories, i)}?at=${day(1 + (i % 90))}`],
    ["article", (i) => `/article/${story(articles, i * 3)}`],
    ["countries", (i) => `/countries?n=${i}`],
    ["country", (i) => `/country/${code(i)}`],
    ["country, most reported", (i) => `/country/${code(i % 3)}?n=${i}`],
    ["country, all its incidents", (i) => `/country/${code(i % 3)}?incidents=all&n=${i}`],
    ["place", (i) => `/place/${encoded(placeOf(code(i), i % 3).key)}`],
    ["person in office", (i) => `/actor/${encoded(officials[i % officials.length]?.key ?? "")}`],
    ["body", (i) => `/actor/${encoded(bodyOf(i).key)}`],
    ["outlets", (i) => `/outlets?n=${i}`],
    ["outlet", (i) => `/outlet/${outlet(i)}`],
    ["search, most common words", (i) => q(wordOf(i % 12))],
    ["search, common word", (i) => q(wordOf(30 + i))],
    ["search, rare word", (i) => q(wordOf(20_000 + i * 7))],
    ["search, two words", (i) => q(`${wordOf(5 + i)} ${wordOf(100 + i)}`)],
    ["search, phrase of common words", (i) => q(`"${wordOf(i % 10)} ${wordOf(1 + i)}"`)],
    ["search, phrase of rarer words", (i) => q(`"${wordOf(30 + i)} ${wordOf(60 + i)}"`)],
    ["search, beginning of a word", (i) => q(`${wordOf(100 + i).slice(0, 4)}*`)],
    ["search, one letter and star", (i) => q(`${"kmstrlpn".charAt(i % 8)}*`)],
    ["search, word and country", (i) => `${q(wordOf(i))}&country=${code(i)}`],
    ["search, word and facets", (i) => `${q(wordOf(i))}&language=es&genre=news&eventType=PROTEST`],
    ["search, word and days", (i) => `${q(wordOf(i))}&since=${day(100 + i)}&until=${day(60 + i)}`],
    ["search, number range", (i) => `/search?measure=killed&min=${20 + i}&max=${60 + i}`],
    ["search, number range in a country", (i) => `/search?measure=injured&min=${i}&country=${code(i)}`],
    [
      "search, event type",
      (i) => `/search?eventType=${["PROTEST", "ASSAULT", "COERCE"][i % 3]}&outlet=${outlet(i)}`,
    ],
    ["search as timeline", (i) => `${q(wordOf(10 + i))}&view=timeline`],
    ["search as map", (i) => `${q(wordOf(10 + i))}&view=map`],
    ["sources", (i) => `/sources?n=${i}`],
    ["alerts", (i) => `/alerts?n=${i}`],
    ["settings", (i) => `/settings?n=${i}`],
    ["about", (i) => `/about?n=${i}`],
    [
      "feed of a section",
      (i) =>
        `/feeds/${["latest", "headlines", "breaking", "world", "videos"][i % 5]}.${["rss", "atom", "json"][i % 3]}?n=${i}`,
    ],
    ["feed of a story", (i) => `/feeds/story/${story(stories, i)}.rss`],
    ["feed of a search", (i) => `/feeds/search/search.atom?q=${encoded(wordOf(20 + i))}`],
    ["table of a search (1,000 rows)", (i) => `/feeds/search/search.csv?q=${encoded(wordOf(20 + i))}`],
    ["API articles, 50", (i) => `/api/v1/articles?country=${code(i)}`],
    ["API article", (i) => `/api/v1/articles/${story(articles, i * 3)}`],
    [
      "API stories, 50",
      (i) => `/api/v1/stories?sort=${["newest", "headlines", "burst"][i % 3]}&country=${code(i)}`,
    ],
    ["API story", (i) => `/api/v1/stories/${story(stories, i)}`],
    ["API search", (i) => `/api/v1/search?q=${encoded(wordOf(20 + i))}`],
    ["API coverage of a country", (i) => `/api/v1/coverage?country=${code(i)}`],
    ["API coverage, country by day, a month", (i) => `/api/v1/coverage?since=${day(30 + i)}&until=${day(i)}`],
    ["API changes, 200", (i) => `/api/v1/changes?after=${i * 1000}`],
    ["API stats", (i) => `/api/v1/stats?n=${i}`],
    ["OpenAPI", (i) => `/api/v1/openapi.json?n=${i}`],
    ["no such page", (i) => `/nothing/${i}`],
  ];
};

const at = (list: readonly number[], share: number): string => {
  const sorted = list.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1);
};

const { server, ms } = await launch();
let failed = 0;
try {
  console.log(`start to first page ${Math.round(ms)} ms; memory ${memory(server)}`);
  const kinds = (await kindsOf()).filter(([name]) => name.includes(values.only));
  const measure = async (clients: number): Promise<void> => {
    console.log(
      `\n| ${clients === 1 ? "one after another" : `${clients} at once`} | processor p50 | p95 | first byte p50 | p95 | p99 | whole p95 | KiB |`,
    );
    console.log("|---|---|---|---|---|---|---|---|");
    for (const [name, path] of kinds) {
      for (let i = 0; i < 10; i++) await ask(path(10_000 + i));
      const found: Answer[] = [];
      const work: number[] = [];
      let next = 0;
      await Promise.all(
        Array.from({ length: clients }, async () => {
          for (let i = next++; i < times; i = next++) {
            const before = clients === 1 ? worked(server) : 0;
            const answer = await ask(path(i));
            if (clients === 1) work.push(worked(server) - before);
            if (answer.status >= 500) failed++;
            found.push(answer);
          }
        }),
      );
      const first = found.map((a) => a.first);
      const kib = found.reduce((n, a) => n + a.size, 0) / found.length / 1024;
      const odd = found.filter((a) => a.status !== 200).length;
      console.log(
        `| ${name}${odd > 0 && name !== "no such page" ? ` (${odd} not found)` : ""} | ${clients === 1 ? at(work, 0.5) : "–"} | ${clients === 1 ? at(work, 0.95) : "–"} | ${at(first, 0.5)} | ${at(first, 0.95)} | ${at(first, 0.99)} | ${at(
          found.map((a) => a.all),
          0.95,
        )} | ${kib.toFixed(0)} |`,
      );
    }
  };
  await measure(1);
  if (Number(values.clients) > 1) await measure(Number(values.clients));
  console.log(`\nmemory ${memory(server)}; ${failed} answers of the server's fault`);
} finally {
  server.kill("SIGTERM");
  agent.destroy();
}
if (failed > 0) process.exitCode = 1;
