/**
 * The SQLite store under load: fills a folder with invented articles and prints how fast it writes and how long the pages'
 * questions take (p50 and p95). `nice -n 10 node --import tsx bench/store.ts FOLDER [COUNT]`; a filled folder is used again.
 */
import { statSync } from "node:fs";
import { join } from "node:path";
import { createSqliteStore } from "../src/adapters/store-sqlite/index.ts";
import type { Store } from "../src/ports/index.ts";
import { filing, storyRecord } from "../test/conformance/make.ts";

const [folder = "/tmp/dateline-bench", count = "200000"] = process.argv.slice(2);
const wanted = Number(count);

let seed = 12345;
const random = (): number => {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return seed / 0x7fffffff;
};
/** Words by Zipf's law, so that common ones are as common as in news. */
const word = (): string => `w${Math.floor(Math.exp(random() * Math.log(60_000)))}`;
const words = (n: number): string => Array.from({ length: n }, word).join(" ");
const COUNTRIES = Array.from({ length: 120 }, (_, i) => `C${String(i).padStart(2, "0")}`);
const country = (): string => COUNTRIES[Math.floor(Math.exp(random() * Math.log(120)))] ?? "C00";
const START = Date.parse("2025-01-01T00:00:00Z");

const make = (i: number, total: number) => {
  const at = new Date(START + (i / total) * 365 * 86_400_000).toISOString();
  const story = random() < 0.5 ? `s${Math.floor(i / 60) * 60 + Math.floor(random() * 12)}` : `own${i}`;
  return filing({
    url: `https://o${Math.floor(random() * 400)}.example/${i}`,
    title: words(9),
    body: words(380),
    outlet: `o${Math.floor(Math.exp(random() * Math.log(400)))}.example`,
    published: at,
    firstSeen: at,
    language: random() < 0.6 ? "en" : random() < 0.5 ? "es" : "ru",
    genre: random() < 0.15 ? "opinion" : "news",
    countries: [...new Set([country(), ...(random() < 0.4 ? [country()] : [])])],
    story,
    ...(random() < 0.2 && i > 50 ? {} : {}),
    ...(random() < 0.3 ? { killed: Math.floor(random() * 300) } : {}),
    ...(random() < 0.4 ? { eventType: random() < 0.5 ? "ASSAULT" : "PROTEST" } : {}),
    entities: Array.from({ length: 8 }, () => {
      const n = Math.floor(Math.exp(random() * Math.log(40_000)));
      return { name: `Person ${n}`, key: `PER:person ${n}` };
    }),
    video: random() < 0.05,
    raw: words(60),
  });
};

const fill = async (store: Store): Promise<void> => {
  const have = (await store.stats()).articles;
  if (have >= wanted) return;
  for (let i = 0; i < have; i++) random();
  const start = performance.now();
  for (let i = have; i < wanted; i += 100) {
    await store.saveFilings(Array.from({ length: Math.min(100, wanted - i) }, (_, j) => make(i + j, wanted)));
    if (i % 20_000 === 0) {
      const rate = (i - have) / ((performance.now() - start) / 1000);
      console.log(`${i} articles, ${rate.toFixed(0)}/s, ${Math.round(process.memoryUsage().rss / 1e6)} MB`);
    }
  }
  console.log(`filled: ${((wanted - have) / ((performance.now() - start) / 1000)).toFixed(0)} articles/s`);
  let built = 0;
  for (
    let stale = await store.staleStories(500);
    stale.length > 0 && built < 20_000;
    stale = await store.staleStories(500)
  ) {
    for (const id of stale) {
      const rows = await store.storyArticles(id);
      const first = rows[0];
      if (!first) continue;
      await store.saveStories([
        {
          ...storyRecord("x", [], first.firstSeen, rows.length, random() * 10),
          id,
          headline: first.title,
          headlineArticle: first.id,
          articles: rows.map((r) => r.id),
          originals: rows.map((r) => r.id),
          countries: first.countries.map((code) => ({ code, weight: 1 })),
        },
      ]);
      built++;
    }
  }
};

const ask = async (name: string, question: (i: number) => Promise<unknown>, times = 60): Promise<void> => {
  const took: number[] = [];
  const worked: number[] = [];
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    const cpu = process.cpuUsage();
    await question(i);
    const { user, system } = process.cpuUsage(cpu);
    took.push(performance.now() - start);
    worked.push((user + system) / 1000);
  }
  const at = (list: number[], q: number): string => {
    list.sort((a, b) => a - b);
    return (list[Math.min(list.length - 1, Math.floor(q * list.length))] ?? 0).toFixed(1).padStart(7);
  };
  // On a machine shared with other work the processor's time is the fairer figure.
  console.log(
    `${name.padEnd(46)} p50 ${at(took, 0.5)} ms   p95 ${at(took, 0.95)} ms   processor p50 ${at(worked, 0.5)} ms   p95 ${at(worked, 0.95)} ms`,
  );
};

const opened = performance.now();
const store = createSqliteStore({ folder });
console.log(`open ${(performance.now() - opened).toFixed(0)} ms`);
await fill(store);
const now = START + 365 * 86_400_000;
const day = 86_400_000;
const region = COUNTRIES.slice(10, 60);
const stories = (await store.stories({ sort: "newest" }, { limit: 60 })).rows;
const articles = (await store.latest({}, { limit: 60 })).rows;
await ask("latest 20", () => store.latest({}, { limit: 20 }));
await ask("latest, originals of one common country", () =>
  store.latest({ country: "C01", originalsOnly: true }, { limit: 20 }),
);
await ask("latest of a rare country", (i) =>
  store.latest({ country: COUNTRIES[60 + i] ?? "C60" }, { limit: 20 }),
);
await ask("latest of a region of 50 countries", () =>
  store.latest({ countries: region, originalsOnly: true }, { limit: 20 }),
);
await ask("latest in two languages", () => store.latest({ languages: ["es", "ru"] }, { limit: 20 }));
await ask("latest opinion", () => store.latest({ genre: "opinion" }, { limit: 20 }));
await ask("latest with video", () => store.latest({ withVideo: true, demo: false }, { limit: 20 }));
await ask("latest of an outlet", (i) => store.latest({ outletId: `o${i}.example` }, { limit: 20 }));
await ask("stories newest", () => store.stories({ sort: "newest" }, { limit: 20 }));
await ask("stories by newsrooms, last two days", () =>
  store.stories({ sort: "newsrooms", since: now - 2 * day }, { limit: 20 }),
);
await ask("stories by burst, last day", () =>
  store.stories({ sort: "burst", since: now - day }, { limit: 10 }),
);
await ask("stories by newsrooms, all time", () => store.stories({ sort: "newsrooms" }, { limit: 20 }));
await ask("stories of a common country", () =>
  store.stories({ sort: "newest", country: "C01" }, { limit: 20 }),
);
await ask("stories of a region", () =>
  store.stories({ sort: "newsrooms", countries: region, since: now - 3 * day }, { limit: 20 }),
);
await ask("stories in a language", () => store.stories({ sort: "newest", languages: ["ru"] }, { limit: 20 }));
await ask("one story with its articles", async (i) => {
  const id = stories[i % stories.length]?.id ?? "";
  await store.story(id);
  await store.storyArticles(id);
});
await ask("one article with everything", async (i) => {
  const id = articles[i % articles.length]?.id ?? "";
  await store.reading(id);
  await store.row(id);
  await store.copyLinks(id);
  await store.versions(id);
});
await ask("search, very common word", () => store.search({ q: "w1" }, { limit: 20 }));
await ask("search, common word", (i) => store.search({ q: `w${20 + i}` }, { limit: 20 }));
await ask("search, rare word", (i) => store.search({ q: `w${20_000 + i * 7}` }, { limit: 20 }));
await ask("search, two words", (i) => store.search({ q: `w${5 + i} w${100 + i}` }, { limit: 20 }));
await ask("search, phrase", (i) => store.search({ q: `"w1 w${2 + i}"` }, { limit: 20 }));
await ask("search, prefix", (i) => store.search({ q: `w${100 + i}*` }, { limit: 20 }));
await ask("search, newest first", () => store.search({ q: "w3", sort: "newest" }, { limit: 20 }));
await ask("search, words and country and days", () =>
  store.search({ q: "w3", country: "C05", since: "2025-10-01" }, { limit: 20 }),
);
await ask("search, killed at least 100", () => store.search({ measure: "killed", min: 100 }, { limit: 20 }));
await ask("search, killed 100 in a country", () =>
  store.search({ measure: "killed", min: 100, country: "C05" }, { limit: 20 }),
);
await ask("search, event type", () => store.search({ eventType: "ASSAULT" }, { limit: 20 }));
await ask("search, filters only, rare country", () => store.search({ country: "C90" }, { limit: 20 }));
await ask("coverage of a month", () => store.coverage({ since: now - 30 * day }));
await ask("coverage of a country, all time", () => store.coverage({ country: "C03" }));
await ask("entity page", async (i) => {
  await store.entity(`PER:person ${1 + i}`);
  await store.entityArticles(`PER:person ${1 + i}`, { limit: 20 });
});
await ask("entities of a country", () => store.entities({ country: "C05" }, 20));
await ask("entities by name", (i) => store.entities({ q: `person ${300 + i}` }, 20));
await ask("stats", () => store.stats());
console.log(
  `file ${Math.round(statSync(join(folder, "dateline.db")).size / 1e6)} MB, memory ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
);
await store.close();
