/** Our figures against the scorer and cases kept beside the project, where they are there. */
import { createReadStream, existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { readFeed } from "../feeds/read-feed.ts";
import { type FeedCase, scoreFeeds, toScored } from "./feeds.ts";
import { decideRobots, type RobotsCase, scoreRobots } from "./robots.ts";
import { warcRows } from "./warc.ts";

const shared = resolve(import.meta.dirname, "../../../shared");
const data = resolve(shared, "data/feeds");
const without = existsSync(resolve(data, "expectations.json")) ? false : "../shared is not there";

type Scorer = { scoreCase: (one: FeedCase, result: unknown) => { pass: boolean } };

describe.skipIf(without)("figures on the shared cases", () => {
  it("scores feeds as the shared scorer does, above what is required", async () => {
    const cases = JSON.parse(readFileSync(resolve(data, "expectations.json"), "utf8")).cases as FeedCase[];
    const results = new Map<string, unknown>();
    for (const one of cases) {
      const result = readFeed(readFileSync(resolve(data, one.file)), {
        url: one.url,
        contentType: one.contentType ?? undefined,
        contentLanguage: one.contentLanguage ?? undefined,
      });
      results.set(one.id, JSON.parse(JSON.stringify(toScored(result))));
    }
    const ours = scoreFeeds(cases, results);
    const { scoreCase } = (await import(resolve(shared, "score/feeds.mjs"))) as Scorer;
    const theirs = (keep: (one: FeedCase) => boolean): number => {
      const kept = cases.filter(keep);
      return kept.filter((one) => scoreCase(one, results.get(one.id)).pass).length / kept.length;
    };
    expect(ours.core).toBeCloseTo(
      theirs((one) => one.facet !== "sanitize"),
      6,
    );
    expect(ours.sanitize).toBeCloseTo(
      theirs((one) => one.facet === "sanitize"),
      6,
    );
    expect(ours.real).toBeCloseTo(
      theirs((one) => one.facet === "real-world"),
      6,
    );
    expect(ours.core).toBeGreaterThanOrEqual(0.98);
    expect(ours.sanitize).toBeGreaterThanOrEqual(0.98);
    expect(ours.real).toBe(1);
  });

  it("decides robots.txt cases", () => {
    const cases = JSON.parse(readFileSync(resolve(data, "robots.json"), "utf8")).cases as RobotsCase[];
    expect(scoreRobots(cases, decideRobots(cases)).accuracy).toBe(1);
  });

  it("reads every well-formed archive as expected", async () => {
    const { files } = JSON.parse(readFileSync(resolve(data, "warc/expectations.json"), "utf8")) as {
      files: Record<string, { records: unknown[]; error: string | null }>;
    };
    for (const [file, expected] of Object.entries(files)) {
      if (expected.error !== null) continue;
      const { rows } = await warcRows(createReadStream(resolve(data, "warc", file), { highWaterMark: 1000 }));
      expect(rows, file).toEqual(expected.records);
    }
    expect(readdirSync(resolve(data, "warc")).length).toBeGreaterThan(0);
  });
});

describe("scoreFeeds", () => {
  const one = (cmp: string, value: unknown, facet = "rss"): FeedCase => ({
    id: "a",
    file: "",
    facet,
    url: "https://gazette.example/",
    assertions: [{ path: "entries[0].x", cmp, value, alt: ["feed.y"] }],
  });
  const cases: readonly (readonly [string, unknown, unknown, boolean])[] = [
    ["text", "A <b>b</b>", "A b", true],
    ["text", "A &amp; b", "A & b", true],
    ["text", "A c", "A b", false],
    ["html", '<a href="https://x.example/">t</a>', '<a href="https://x.example/">t</a>', true],
    ["html", '<a href="https://y.example/">t</a>', '<a href="https://x.example/">t</a>', false],
    ["url", "/a", "https://gazette.example/a", true],
    ["date", "2022-01-06T10:00:00+06:00", "2022-01-06T04:00:00Z", true],
    ["lang", "en_us", "EN-US", true],
    ["count", [1, 2], 2, true],
    ["has", ["a", "b"], "b", true],
    ["hasName", [{ name: "Ann Lee" }], "Ann", true],
    ["hasUrl", [{ url: "u" }], "u", true],
    ["str", 5, "5", true],
    ["unheard-of", 5, 5, false],
  ];
  it.each(cases)("%s: %j against %j", (cmp, got, want, passes) => {
    const scores = scoreFeeds([one(cmp, want)], new Map([["a", { entries: [{ x: got }] }]]));
    expect(scores.core).toBe(passes ? 1 : 0);
  });
  it("counts a case without a result as failed", () => {
    expect(scoreFeeds([one("str", "5")], new Map()).core).toBe(0);
  });
  it("looks at tags in the facet sanitize", () => {
    const result = new Map([["a", { feed: { y: "<i>t</i>" } }]]);
    expect(scoreFeeds([one("html", "<b>t</b>", "sanitize")], result).sanitize).toBe(0);
    expect(scoreFeeds([one("html", "<b>t</b>")], result).core).toBe(1);
  });
});
