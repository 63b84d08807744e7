/**
 * The SQLite store under load: fills a folder with invented articles and prints how fast it writes and how long the pages'
 * questions take (p50 and p95). `nice -n 10 node --import tsx bench/store.ts FOLDER [COUNT [quick]]`; a filled folder is used
 * again. `quick` fills without waiting for the disk: faster, but then the speed of writing says nothing.
 */
import { statSync } from "node:fs";
import { join } from "node:path";
import { createSqliteStore } from "../src/adapters/store-sqlite/index.ts";
import { bodyOf, LANDS, personOf, wordOf } from "./archive.ts";
import { endOf, fill } from "./fill.ts";

const [folder = "/tmp/dateline-bench", count = "200000"] = process.argv.slice(2);
const wanted = Number(count);

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
const quick = process.argv[4] === "quick";
let store = createSqliteStore({ folder, durable: !quick, ...(quick ? { cacheKiB: 1_000_000 } : {}) });
console.log(`open ${(performance.now() - opened).toFixed(0)} ms`);
await fill(store, wanted);
if (quick) {
  await store.close();
  store = createSqliteStore({ folder });
}
const now = await endOf(store);
const day = 86_400_000;
const code = (i: number): string => LANDS[i % LANDS.length]?.code ?? "CHL";
const region = LANDS.slice(10, 60).map((l) => l.code);
const stories = (await store.stories({ sort: "newest" }, { limit: 60 })).rows;
const articles = (await store.latest({}, { limit: 60 })).rows;
await ask("latest 20", () => store.latest({}, { limit: 20 }));
await ask("latest, originals of one common country", () =>
  store.latest({ country: code(0), originalsOnly: true }, { limit: 20 }),
);
await ask("latest of a rare country", (i) => store.latest({ country: code(60 + i) }, { limit: 20 }));
await ask("latest of a region of 50 countries", () =>
  store.latest({ countries: region, originalsOnly: true }, { limit: 20 }),
);
await ask("latest in two languages", () => store.latest({ languages: ["es", "ru"] }, { limit: 20 }));
await ask("latest opinion", () => store.latest({ genre: "opinion" }, { limit: 20 }));
await ask("latest with video", () => store.latest({ withVideo: true, demo: false }, { limit: 20 }));
await ask("latest of an outlet", (i) => store.latest({ outletId: `o${i}.example` }, { limit: 20 }));
await ask("stories newest", () => store.stories({ sort: "newest" }, { limit: 20 }));
await ask("stories by newsrooms, last two days", () =>
  store.stories({ sort: "headlines", since: now - 2 * day }, { limit: 20 }),
);
await ask("stories by burst, last day", () =>
  store.stories({ sort: "burst", since: now - day }, { limit: 10 }),
);
await ask("headlines, all time", () => store.stories({ sort: "headlines" }, { limit: 20 }));
await ask("stories of a common country", () =>
  store.stories({ sort: "newest", country: code(0) }, { limit: 20 }),
);
await ask("stories of a region", () =>
  store.stories({ sort: "headlines", countries: region, since: now - 3 * day }, { limit: 20 }),
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
await ask("search, very common word", () => store.search({ q: wordOf(0) }, { limit: 20 }));
await ask("search, common word", (i) => store.search({ q: wordOf(20 + i) }, { limit: 20 }));
await ask("search, rare word", (i) => store.search({ q: wordOf(20_000 + i * 7) }, { limit: 20 }));
await ask("search, two words", (i) =>
  store.search({ q: `${wordOf(5 + i)} ${wordOf(100 + i)}` }, { limit: 20 }),
);
await ask("search, phrase", (i) => store.search({ q: `"${wordOf(0)} ${wordOf(1 + i)}"` }, { limit: 20 }));
await ask("search, prefix", (i) => store.search({ q: `${wordOf(100 + i).slice(0, 3)}*` }, { limit: 20 }));
await ask("search, newest first", () => store.search({ q: wordOf(2), sort: "newest" }, { limit: 20 }));
await ask("search, words and country and days", () =>
  store.search(
    { q: wordOf(2), country: code(4), since: new Date(now - 90 * day).toISOString().slice(0, 10) },
    { limit: 20 },
  ),
);
await ask("search, killed at least 100", () => store.search({ measure: "killed", min: 100 }, { limit: 20 }));
await ask("search, killed 100 in a country", () =>
  store.search({ measure: "killed", min: 100, country: code(4) }, { limit: 20 }),
);
await ask("search, event type", () => store.search({ eventType: "ASSAULT" }, { limit: 20 }));
await ask("search, filters only, rare country", () => store.search({ country: code(90) }, { limit: 20 }));
await ask("coverage of a month", () => store.coverage({ since: now - 30 * day }));
await ask("coverage of a country, all time", () => store.coverage({ country: code(2) }));
await ask("entity page", async (i) => {
  const { key } = personOf(i);
  await store.entity(key);
  await store.entityArticles(key, { limit: 20 });
});
await ask("entities of a country", () => store.entities({ country: code(4) }, 20));
await ask("entities by name", (i) => store.entities({ q: bodyOf(i).name.slice(0, 6) }, 20));
await ask("stats", () => store.stats());
console.log(
  `file ${Math.round(statSync(join(folder, "dateline.db")).size / 1e6)} MB, memory ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
);
await store.close();
