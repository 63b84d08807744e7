/** What every store must do, as one suite: the same calls with the same answers, whatever stands behind the port. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Alert, ArticleVersion, Decision, Incident, IncidentId, Outlet } from "../../src/model/index.ts";
import type { List, Page, Store } from "../../src/ports/index.ts";
import { headlineRank } from "../../src/stories/rank.ts";
import { articleId, type Draft, filing, outletId, source, storyId, storyRecord } from "./make.ts";

const urls = (rows: readonly { readonly url: string }[]): string[] => rows.map((r) => r.url);

const walk = async <T>(ask: (page: Page) => Promise<List<T>>, limit: number): Promise<T[]> => {
  const all: T[] = [];
  let after: string | undefined;
  for (let i = 0; i < 100; i++) {
    const { rows, next } = await ask({ limit, after });
    all.push(...rows);
    if (next === undefined) return all;
    after = next;
  }
  throw new Error("the list has no end");
};

const five: readonly Draft[] = [
  {
    url: "https://a.example/1",
    title: "Police fire on crowd in Almaty",
    body: "At least 12 people were killed when police fired on a crowd, the mayor said. Протесты продолжаются.",
    published: "2026-01-01T10:00Z",
    countries: ["KAZ"],
    story: "almaty",
    killed: 12,
    eventType: "ASSAULT",
    entities: [{ name: "Askar Umarov", key: "PER:askar umarov" }],
    outlet: "northgate.example",
  },
  {
    url: "https://b.example/2",
    title: "Police fire on crowd in Almaty, mayor says",
    body: "At least 12 people were killed when police fired on a crowd, the mayor said.",
    published: "2026-01-01T12:00Z",
    countries: ["KAZ", "RUS"],
    story: "almaty",
    copyOf: "https://a.example/1",
    outlet: "fenwick.example",
    killed: 12,
  },
  {
    url: "https://c.example/3",
    title: "Farmers march in Madrid",
    body: "Thousands of peace-loving farmers marched through the café quarter.",
    published: "2026-01-02",
    countries: ["ESP"],
    language: "es",
    story: "madrid",
    eventType: "PROTEST",
    video: true,
  },
  {
    url: "https://d.example/4",
    title: "Why the march matters",
    body: "In my view the march was overdue.",
    published: "2026-01-03T08:30+03:00",
    genre: "opinion",
    countries: ["ESP"],
    story: "madrid",
    entities: [{ name: "Umarov", key: "PER:askar umarov" }],
  },
  {
    url: "https://e.example/5",
    title: "Example of the archive",
    story: "demo",
    demo: true,
    firstSeen: "2026-01-04T00:00:00Z",
  },
];

export const storeConformance = (name: string, open: () => Promise<Store>): void => {
  describe(`store: ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
      await store.saveFilings(five.map(filing));
    });
    afterEach(async () => {
      await store.close();
    });

    it("gives back exactly what was filed", async () => {
      const first = filing(five[0] as Draft);
      const id = first.reading.article.id;
      expect(await store.reading(id)).toEqual(first.reading);
      expect(await store.article(id)).toEqual(first.reading.article);
      expect(await store.articleByUrl("https://a.example/1")).toEqual(first.reading.article);
      expect(await store.quantities(id)).toEqual(first.reading.quantities);
      expect(await store.events(id)).toEqual(first.reading.events);
      expect(await store.quotes(id)).toEqual([]);
      expect(await store.raw(first.page?.sha256 ?? "")).toEqual(first.page);
      expect(await store.versions(id)).toEqual([first.version]);
      expect(await store.readings([id, "a-unknown"])).toHaveLength(1);
      expect(await store.reading("a-unknown")).toBeUndefined();
      expect(await store.article("a-unknown")).toBeUndefined();
      expect(await store.row("a-unknown")).toBeUndefined();
      expect(await store.raw("00")).toBeUndefined();
    });

    it("lists newest first, in pages, with every filter", async () => {
      const list = async (filter: Parameters<Store["latest"]>[0]) =>
        urls((await store.latest(filter, { limit: 20 })).rows);
      const all = [
        "https://e.example/5",
        "https://d.example/4",
        "https://c.example/3",
        "https://b.example/2",
        "https://a.example/1",
      ];
      expect(await list({})).toEqual(all);
      expect(urls(await walk((p) => store.latest({}, p), 2))).toEqual(all);
      expect(await list({ country: "ESP" })).toEqual(["https://d.example/4", "https://c.example/3"]);
      expect(await list({ countries: ["RUS", "ESP", "KAZ"] })).toEqual(all.slice(1));
      expect(await list({ countries: [] })).toEqual([]);
      expect(urls(await walk((p) => store.latest({ countries: ["RUS", "ESP", "KAZ"] }, p), 1))).toEqual(
        all.slice(1),
      );
      expect(await list({ country: "KAZ", originalsOnly: true })).toEqual(["https://a.example/1"]);
      expect(await list({ outletId: "fenwick.example" })).toEqual(["https://b.example/2"]);
      expect(await list({ languages: ["es"] })).toEqual(["https://c.example/3"]);
      expect(await list({ languages: ["es", "en"], genre: "opinion" })).toEqual(["https://d.example/4"]);
      expect(await list({ storyId: storyId("almaty") })).toEqual([
        "https://b.example/2",
        "https://a.example/1",
      ]);
      expect(await list({ withVideo: true })).toEqual(["https://c.example/3"]);
      expect(await list({ demo: true })).toEqual(["https://e.example/5"]);
      expect(await list({ demo: false, since: Date.parse("2026-01-02T00:00Z") })).toEqual([
        "https://d.example/4",
        "https://c.example/3",
      ]);
      expect(await list({ until: Date.parse("2026-01-01T12:00Z") })).toEqual(["https://a.example/1"]);
      expect((await store.latest({}, { limit: 2, after: "nonsense" })).rows).toHaveLength(2);
    });

    it("sorts by a publication stated to the day or finer, else by first sight", async () => {
      await store.saveFilings([
        filing({ url: "https://f.example/6", published: "2026-01", firstSeen: "2026-01-09T00:00:00Z" }),
      ]);
      const row = await store.row(articleId("https://f.example/6"));
      expect(row?.sortTime).toBe(Date.parse("2026-01-09T00:00:00Z"));
      expect(row?.published).toBe("2026-01");
    });

    it("keeps copies, hides them when asked, counts them", async () => {
      const copy = await store.row(articleId("https://b.example/2"));
      expect(copy?.copyOf).toBe(articleId("https://a.example/1"));
      expect((await store.row(articleId("https://a.example/1")))?.copies).toBe(1);
      const links = await store.copyLinks(articleId("https://a.example/1"));
      expect(links.copies.map((l) => l.copy)).toEqual([articleId("https://b.example/2")]);
      expect((await store.copyLinks(articleId("https://b.example/2"))).originals).toHaveLength(1);
      expect(await store.outletCopies(outletId("fenwick.example"))).toEqual({
        from: [{ value: "northgate.example", count: 1 }],
        by: [],
      });
      expect((await store.outletCopies(outletId("northgate.example"))).by).toEqual([
        { value: "fenwick.example", count: 1 },
      ]);
    });

    it("hides a copy only once its original is there", async () => {
      await store.saveFilings([filing({ url: "https://g.example/7", copyOf: "https://h.example/8" })]);
      expect((await store.row(articleId("https://g.example/7")))?.copyOf).toBeUndefined();
      await store.saveFilings([filing({ url: "https://h.example/8" })]);
      expect((await store.row(articleId("https://g.example/7")))?.copyOf).toBe(
        articleId("https://h.example/8"),
      );
      expect((await store.row(articleId("https://h.example/8")))?.copies).toBe(1);
    });

    it("replaces the links of every copy that is named, and drops those of the freed", async () => {
      const original = filing({ url: "https://h.example/8" });
      const link = {
        copy: articleId("https://b.example/2"),
        original: original.reading.article.id,
        evidence: [],
        confidence: 0.8,
        kind: "reprint" as const,
      };
      await store.saveFilings([{ ...original, copies: [link] }]);
      expect((await store.row(articleId("https://b.example/2")))?.copyOf).toBe(original.reading.article.id);
      expect((await store.row(articleId("https://a.example/1")))?.copies).toBe(0);
      await store.saveFilings([
        { ...filing({ url: "https://i.example/9" }), freed: [articleId("https://b.example/2")] },
      ]);
      expect((await store.row(articleId("https://b.example/2")))?.copyOf).toBeUndefined();
      expect((await store.copyLinks(articleId("https://b.example/2"))).originals).toEqual([]);
      expect((await store.state(articleId("https://b.example/2")))?.storyId).toBe(storyId("almaty"));
      expect(await store.state("a-unknown")).toBeUndefined();
    });

    it("changes nothing when the same text is filed again", async () => {
      const before = {
        stats: await store.stats(),
        changes: await store.changes(0, 100),
        coverage: await store.coverage({}),
      };
      await store.saveFilings(five.map(filing));
      expect({
        stats: await store.stats(),
        changes: await store.changes(0, 100),
        coverage: await store.coverage({}),
      }).toEqual(before);
    });

    it("replaces derived rows and adds a version when the text changed", async () => {
      const again = filing({
        ...(five[0] as Draft),
        body: "At least 15 people were killed.",
        killed: 15,
        change: "update",
        raw: "new bytes",
      });
      await store.saveFilings([again]);
      const id = again.reading.article.id;
      expect((await store.versions(id)).map((v) => v.change)).toEqual(["first", "update"]);
      expect((await store.quantities(id)).map((q) => q.exact)).toEqual([15]);
      expect((await store.stats()).articles).toBe(5);
      expect((await store.search({ q: "fired", copies: true }, { limit: 9 })).rows).toHaveLength(1);
      expect((await store.row(articleId("https://b.example/2")))?.copyOf).toBe(id);
      expect((await store.row(id))?.copies).toBe(1);
      expect((await store.entity("PER:askar umarov"))?.articles).toBe(2);
    });

    it("replaces derived rows without a version when only the pipeline is newer", async () => {
      const again = filing({ ...(five[0] as Draft), killed: 13, pipeline: "2" });
      await store.saveFilings([again]);
      expect(await store.versions(again.reading.article.id)).toHaveLength(1);
      expect((await store.quantities(again.reading.article.id)).map((q) => q.exact)).toEqual([13]);
      await store.saveFilings([
        { ...filing({ ...(five[0] as Draft), killed: 14, pipeline: "2" }), replace: true },
      ]);
      expect((await store.quantities(again.reading.article.id)).map((q) => q.exact)).toEqual([14]);
    });

    it("knows of a removed article that it is gone, and keeps its text", async () => {
      const f = filing({ ...(five[0] as Draft), change: "removal" });
      await store.saveFilings([f, f]);
      const row = await store.row(f.reading.article.id);
      expect(row?.fates?.map((x) => x.kind)).toEqual(["gone"]);
      expect(row?.withdrawn).toBe(false);
      expect((await store.versions(f.reading.article.id)).map((v) => v.change)).toEqual(["first", "removal"]);
      expect(await store.reading(f.reading.article.id)).toBeDefined();
    });

    it("takes the mark away when the page is there again, and marks it anew when it goes once more", async () => {
      const of = (change: ArticleVersion["change"]) => filing({ ...(five[0] as Draft), change });
      const { id } = of("removal").reading.article;
      const before = (await store.changes(0, 1000)).at(-1)?.seq ?? 0;
      await store.saveFilings([of("return")]);
      expect(await store.versions(id)).toHaveLength(1);
      const gone: (number | undefined)[] = [];
      for (const change of ["removal", "return", "return", "removal"] as const) {
        await store.saveFilings([of(change)]);
        gone.push((await store.row(id))?.fates?.filter((f) => f.kind === "gone").length);
      }
      expect(gone).toEqual([1, undefined, undefined, 1]);
      expect((await store.versions(id)).map((v) => v.change)).toEqual([
        "first",
        "removal",
        "return",
        "removal",
      ]);
      const told = (await store.changes(before, 100)).filter((c) => c.target === "article");
      expect(told.map((c) => c.detail)).toEqual(["removal", "return", "removal"]);
    });

    it("keeps what became of an article through a new reading, until it is taken back or its source forgotten", async () => {
      const first = filing(five[0] as Draft);
      const notice = filing({ url: "https://a.example/kill", title: "KILL: one", story: "kill" });
      await store.saveFilings([notice]);
      const { id } = first.reading.article;
      const { id: by } = notice.reading.article;
      const fate = { kind: "killed", at: "2026-03-02T00:00:00Z", by, words: "KILL: one" } as const;
      const before = (await store.changes(0, 1000)).at(-1)?.seq ?? 0;
      await store.setFate(id, "killed", fate);
      await store.setFate(id, "killed", fate);
      const noted = (await store.changes(before, 100)).filter((c) => c.target === "article");
      expect(noted).toMatchObject([{ kind: "changed", id, detail: "retraction" }]);
      await store.saveFilings([{ ...first, replace: true }]);
      expect(await store.row(id)).toMatchObject({ withdrawn: true, fates: [fate] });
      await store.setFate(id, "corrected", { ...fate, kind: "corrected" });
      await store.setFate(id, "corrected", undefined);
      expect((await store.row(id))?.fates).toEqual([fate]);
      await store.forget("https://a.example/kill", "2026-03-03T00:00:00Z");
      expect((await store.row(id))?.fates).toBeUndefined();
      expect((await store.row(id))?.withdrawn).toBe(false);
    });

    it("knows which addresses were read, refused and forgotten", async () => {
      const page = filing(five[0] as Draft).page;
      expect(await store.seen("https://a.example/1")).toBe("read");
      expect(await store.seen("https://a.example/1", page?.sha256)).toBe("read");
      expect(await store.seen("https://a.example/1", "ff")).toBe("new");
      expect(await store.seen("https://nowhere.example/")).toBe("new");
      await store.saveRefusal({
        url: "https://x.example/",
        at: "2026-01-05T00:00:00Z",
        reason: "index-page",
        detail: "a list of links",
        rawSha256: "ab",
      });
      expect(await store.seen("https://x.example/", "ab")).toBe("refused");
      expect(await store.seen("https://x.example/", "cd")).toBe("new");
      expect((await store.refusals({ limit: 5 })).rows.map((r) => r.reason)).toEqual(["index-page"]);
    });

    it("forgets an article with everything derived from it, for good", async () => {
      await store.saveStories([
        storyRecord("almaty", ["https://a.example/1", "https://b.example/2"], "2026-01-01T10:00:00Z"),
      ]);
      const f = filing(five[0] as Draft);
      expect(await store.forget("https://a.example/1", "2026-02-01T00:00:00Z")).toEqual({ forgotten: 1 });
      expect(await store.forget("https://a.example/1", "2026-02-01T00:00:00Z")).toEqual({ forgotten: 0 });
      const id = f.reading.article.id;
      expect(await store.reading(id)).toBeUndefined();
      expect(await store.wasForgotten(id)).toBe(true);
      expect(await store.wasForgotten(articleId("https://b.example/2"))).toBe(false);
      expect(await store.versions(id)).toEqual([]);
      expect(await store.raw(f.page?.sha256 ?? "")).toBeUndefined();
      expect(await store.quantities(id)).toEqual([]);
      expect((await store.search({ q: "Протесты", copies: true }, { limit: 5 })).total).toBe(0);
      expect((await store.row(articleId("https://b.example/2")))?.copyOf).toBeUndefined();
      expect(await store.story(storyId("almaty"))).toBeUndefined();
      expect((await store.entity("PER:askar umarov"))?.articles).toBe(1);
      expect(await store.seen("https://a.example/1")).toBe("forgotten");
      await store.saveFilings([f]);
      expect(await store.reading(id)).toBeUndefined();
      expect(await store.forget("https://never.example/", "2026-02-01T00:00:00Z")).toEqual({ forgotten: 0 });
      expect(await store.seen("https://never.example/")).toBe("forgotten");
      expect((await store.coverage({ country: "KAZ" })).map((c) => [c.articles, c.originals])).toEqual([
        [1, 1],
      ]);
    });

    it("finds a word in the singular and the plural, and exactly in quotation marks", async () => {
      await store.saveFilings(
        ["Protest in the harbour", "Protests in the hills", "Cities wait", "One city waits"].map((title, i) =>
          filing({ url: `https://forms.example/${i}`, title, body: "Nothing else is told here." }),
        ),
      );
      const titles = async (q: string) =>
        (await store.search({ q, copies: true }, { limit: 9 })).rows.map((r) => r.title).toSorted();
      const both = ["Protest in the harbour", "Protests in the hills"];
      expect(await titles("protest")).toEqual(both);
      expect(await titles("protests")).toEqual(both);
      expect(await titles('"protest"')).toEqual(both.slice(0, 1));
      expect(await titles("city")).toEqual(["Cities wait", "One city waits"]);
      expect(await titles("harbour -protests")).toEqual([]);
      expect(await titles("protest -hill")).toEqual(both.slice(0, 1));
    });

    it("answers searches plainly when only the rows are wanted", async () => {
      const whole = await store.search({ q: "march", copies: true }, { limit: 2 });
      const plain = await store.search({ q: "march", copies: true }, { limit: 2, plain: true });
      expect(plain.rows.map((r) => r.id)).toEqual(whole.rows.map((r) => r.id));
      expect(plain.next === undefined).toBe(whole.next === undefined);
      expect(plain.rows.every((r) => !("snippet" in r))).toBe(true);
      const newest = await store.search({ country: "ESP", sort: "newest" }, { limit: 1, plain: true });
      expect(newest.rows).toHaveLength(1);
      const rest = await store.search(
        { country: "ESP", sort: "newest" },
        { limit: 5, plain: true, after: newest.next },
      );
      expect(rest.rows).toHaveLength(1);
    });

    const searches: readonly [string, Parameters<Store["search"]>[0], readonly string[]][] = [
      [
        "words and every filter",
        { q: "police", country: "KAZ", language: "en", genre: "news", copies: true },
        ["https://b.example/2", "https://a.example/1"],
      ],
      ["a filter that is near another", { country: "KA" }, []],
      ["a filter's own word in the index", { q: "\uf8ffckaz" }, []],
      ["beginnings of one sign", { q: "f*", sort: "oldest" }, ["https://a.example/1", "https://c.example/3"]],
      ["words, all of them", { q: "police crowd" }, ["https://a.example/1"]],
      [
        "copies when asked",
        { q: "police crowd", copies: true, sort: "newest" },
        ["https://b.example/2", "https://a.example/1"],
      ],
      [
        "oldest first",
        { q: "police crowd", copies: true, sort: "oldest" },
        ["https://a.example/1", "https://b.example/2"],
      ],
      ["phrases", { q: '"crowd in Almaty"' }, ["https://a.example/1"]],
      ["phrases in order only", { q: '"Almaty in crowd"' }, []],
      ["leaving out", { q: "march -opinion -overdue", copies: true }, ["https://c.example/3"]],
      ["leaving out a word", { q: "march -view" }, ["https://c.example/3"]],
      [
        "only leaving out",
        { q: "-police -view", sort: "newest" },
        ["https://e.example/5", "https://c.example/3"],
      ],
      ["beginnings", { q: "farm*" }, ["https://c.example/3"]],
      ["without accents", { q: "cafe" }, ["https://c.example/3"]],
      ["with accents", { q: "CAFÉ" }, ["https://c.example/3"]],
      ["Cyrillic", { q: "протесты" }, ["https://a.example/1"]],
      ["hyphenated words", { q: "peace-loving" }, ["https://c.example/3"]],
      ["by country", { country: "ESP", sort: "oldest" }, ["https://c.example/3", "https://d.example/4"]],
      ["by outlet", { outlet: "fenwick.example", copies: true }, ["https://b.example/2"]],
      ["by language", { language: "es" }, ["https://c.example/3"]],
      ["by genre", { genre: "opinion" }, ["https://d.example/4"]],
      ["by event type", { eventType: "PROTEST" }, ["https://c.example/3"]],
      ["by measure", { measure: "killed", min: 10, max: 20 }, ["https://a.example/1"]],
      ["by measure out of range", { measure: "killed", min: 13 }, []],
      ["by measure with words", { q: "police", measure: "killed", max: 12 }, ["https://a.example/1"]],
      [
        "by days, the last included",
        { since: "2026-01-02", until: "2026-01-03" },
        ["https://d.example/4", "https://c.example/3"],
      ],
      ["by month", { since: "2026-01", until: "2026-01", language: "es" }, ["https://c.example/3"]],
    ];
    it.each(searches)("searches: %s", async (_name, query, expected) => {
      const answer = await store.search(query, { limit: 20 });
      expect(urls(answer.rows)).toEqual(expected);
      expect(answer.total).toBe(expected.length);
    });

    it.each([
      '"',
      "(",
      "AND OR NOT",
      "a* b* *",
      'title:"x',
      "-",
      "--",
      "NEAR(a b)",
      "'; DROP TABLE articles; --",
      "\u0000",
      "😀",
      "^a",
      "{",
      "x".repeat(5000),
    ])("never fails on the query %j", async (q) => {
      expect((await store.search({ q }, { limit: 5 })).total).toBeGreaterThanOrEqual(0);
    });

    it("counts facets and pages through answers", async () => {
      const answer = await store.search({ q: "the", copies: true, sort: "newest" }, { limit: 1 });
      const all = await walk((p) => store.search({ q: "the", copies: true, sort: "newest" }, p), 1);
      expect(all).toHaveLength(answer.total);
      expect(new Set(urls(all)).size).toBe(answer.total);
      expect(new Set(urls(await walk((p) => store.search({ q: "the", copies: true }, p), 2))).size).toBe(
        answer.total,
      );
      const { facets } = await store.search({ copies: true }, { limit: 5 });
      expect(facets.country).toEqual([
        { value: "ESP", count: 2 },
        { value: "KAZ", count: 2 },
        { value: "RUS", count: 1 },
      ]);
      expect(facets.day.map((f) => f.value)).toEqual([
        "2026-01-01",
        "2026-01-02",
        "2026-01-03",
        "2026-01-04",
      ]);
      expect(facets.eventType.map((f) => f.value)).toEqual(["ASSAULT", "PROTEST"]);
      expect((await store.search({ q: "police" }, { limit: 5 })).rows[0]?.snippet).toContain("police");
      const bare = await store.search({ q: "police" }, { limit: 5, excerpts: false });
      expect(bare.rows.some((r) => "snippet" in r)).toBe(false);
      expect(bare.facets.country).not.toEqual([]);
    });

    it("tells no regions of a language apart unless one is asked for", async () => {
      await store.saveFilings(
        ["en-GB", "en-US", "enm", "es-MX"].map((language, i) =>
          filing({ url: `https://lang.example/${i}`, title: `Harbour ${language}`, language }),
        ),
      );
      const of = async (language: string) =>
        urls((await store.search({ q: "harbour", language, sort: "oldest" }, { limit: 9 })).rows).map((u) =>
          u.slice(-1),
        );
      expect((await store.search({ q: "harbour" }, { limit: 9 })).facets.language).toEqual([
        { value: "en", count: 2 },
        { value: "enm", count: 1 },
        { value: "es", count: 1 },
      ]);
      expect((await of("en")).toSorted()).toEqual(["0", "1"]);
      expect(await of("en-US")).toEqual(["1"]);
      expect(await of("es")).toEqual(["3"]);
      expect(await of("fr")).toEqual([]);
    });

    it("finds and counts nothing by a fact a person rejected, until that is undone, also after a new reading", async () => {
      const draft: Draft = {
        url: "https://judged.example/1",
        title: "Quarry workers attacked",
        killed: 4321,
        eventType: "ASSAULT",
      };
      const made = filing(draft);
      await store.saveFilings([made]);
      const { events, quantities } = made.reading;
      const found = async () => ({
        type: (await store.search({ q: "quarry", eventType: "ASSAULT" }, { limit: 9 })).total,
        facet: (await store.search({ q: "quarry" }, { limit: 9 })).facets.eventType.map((f) => f.value),
        number: (await store.search({ q: "quarry", measure: "killed", min: 4000 }, { limit: 9 })).total,
      });
      const all = { type: 1, facet: ["ASSAULT"], number: 1 };
      const none = { type: 0, facet: [], number: 0 };
      expect(await found()).toEqual(all);
      const decide = (id: string, more: Partial<Decision>): Promise<void> =>
        store.addDecision({
          id,
          at: "2026-01-06T00:00:00Z",
          who: "desk",
          target: "",
          field: "event",
          action: "reject",
          reason: "misread",
          ...more,
        });
      await decide("r1", { target: events[0]?.id ?? "" });
      await decide("r2", { target: quantities[0]?.id ?? "", field: "quantity" });
      expect(await found()).toEqual(none);
      expect(await store.events(made.reading.article.id)).toHaveLength(1);
      await store.saveFilings([{ ...filing({ ...draft, pipeline: "2" }), replace: true }]);
      expect(await found()).toEqual(none);
      await decide("u1", { target: events[0]?.id ?? "", action: "undo", undoes: "r1" });
      await decide("u2", {
        target: quantities[0]?.id ?? "",
        field: "quantity",
        action: "undo",
        undoes: "r2",
      });
      expect(await found()).toEqual(all);
    });

    it("keeps lines of stories before and after their records are built", async () => {
      const before = (await store.stories({ sort: "newest" }, { limit: 10 })).rows;
      expect(before.map((r) => r.id)).toEqual([storyId("demo"), storyId("madrid"), storyId("almaty")]);
      const almaty = before[2];
      expect(almaty).toMatchObject({
        headline: "Police fire on crowd in Almaty",
        articles: 2,
        originals: 1,
        newsrooms: 1,
        outlets: 2,
      });
      expect(await store.story(storyId("almaty"))).toBeUndefined();
      expect(new Set(await store.staleStories(10))).toEqual(
        new Set([storyId("demo"), storyId("madrid"), storyId("almaty")]),
      );
      const record = storyRecord(
        "almaty",
        ["https://a.example/1", "https://b.example/2"],
        "2026-01-01T10:00:00Z",
        7,
        3.5,
      );
      await store.saveStories([record]);
      expect(await store.story(storyId("almaty"))).toEqual(record);
      expect(await store.staleStories(10)).not.toContain(storyId("almaty"));
      const headlines = (await store.stories({ sort: "headlines" }, { limit: 10 })).rows;
      const ranks = headlines.map((r) => headlineRank({ ...r, lastMs: Date.parse(r.last) }));
      expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
      expect(headlines.find((r) => r.id === storyId("almaty"))).toMatchObject({
        id: storyId("almaty"),
        headline: "Record of almaty",
        newsrooms: 7,
        burst: 3.5,
        informants: 1,
      });
      expect(
        (await store.stories({ sort: "burst", since: Date.parse("2026-01-01") }, { limit: 1 })).rows[0]?.id,
      ).toBe(storyId("almaty"));
      await store.saveFilings([
        filing({
          url: "https://k.example/9",
          story: "almaty",
          published: "2026-01-05T00:00Z",
          countries: ["UZB"],
        }),
      ]);
      expect(await store.staleStories(10)).toContain(storyId("almaty"));
      const grown = (await store.stories({ sort: "newest" }, { limit: 1 })).rows[0];
      expect(grown).toMatchObject({
        id: storyId("almaty"),
        headline: "Record of almaty",
        articles: 3,
        newsrooms: 7,
      });
      expect(urls(await store.storyArticles(storyId("almaty")))).toEqual([
        "https://a.example/1",
        "https://b.example/2",
        "https://k.example/9",
      ]);
    });

    it("does not take a record of a story that gained an article meanwhile for finished", async () => {
      await store.saveStories([storyRecord("almaty", ["https://a.example/1"], "2026-01-01T10:00:00Z")]);
      expect(await store.staleStories(10)).toContain(storyId("almaty"));
      await store.saveStories([storyRecord("unknown", ["https://zz.example/1"], "2026-01-01T10:00:00Z")]);
      expect(await store.storyIdOf(storyId("unknown"))).toBeUndefined();
    });

    it("filters and pages stories", async () => {
      const list = async (f: Omit<Parameters<Store["stories"]>[0], "sort">) =>
        (await store.stories({ sort: "newest", ...f }, { limit: 10 })).rows.map((r) => r.id);
      expect(await list({ country: "ESP" })).toEqual([storyId("madrid")]);
      expect(await list({ countries: ["RUS", "ESP"] })).toEqual([storyId("madrid"), storyId("almaty")]);
      expect(await list({ languages: ["es"] })).toEqual([storyId("madrid")]);
      expect(await list({ demo: true })).toEqual([storyId("demo")]);
      expect(await list({ genre: "opinion" })).toEqual([storyId("madrid")]);
      expect(await list({ outletId: "fenwick.example" })).toEqual([storyId("almaty")]);
      expect(await list({ until: Date.parse("2026-01-02T00:00Z") })).toEqual([storyId("almaty")]);
      for (const sort of ["newest", "headlines", "burst"] as const)
        expect(new Set((await walk((p) => store.stories({ sort }, p), 1)).map((r) => r.id)).size).toBe(3);
    });

    it("merges and splits stories; old addresses lead on", async () => {
      await store.moveStory(storyId("almaty"), storyId("madrid"));
      expect(await store.storyIdOf(storyId("almaty"))).toBe(storyId("madrid"));
      expect(await store.storyArticles(storyId("almaty"))).toHaveLength(4);
      await store.moveStory(storyId("madrid"), storyId("demo"));
      expect(await store.storyIdOf(storyId("almaty"))).toBe(storyId("demo"));
      expect((await store.stories({ sort: "newest" }, { limit: 10 })).rows.map((r) => r.articles)).toEqual([
        5,
      ]);
      await store.saveFilings([filing({ url: "https://n.example/1", story: "almaty" })]);
      expect((await store.row(articleId("https://n.example/1")))?.storyId).toBe(storyId("demo"));
      await store.assignStory(
        [articleId("https://a.example/1"), articleId("https://b.example/2")],
        storyId("new"),
      );
      expect((await store.stories({ sort: "newest" }, { limit: 10 })).rows.map((r) => r.articles)).toEqual([
        4, 2,
      ]);
      expect(await store.storyIdOf("s-unknown")).toBeUndefined();
      // A story that was merged away and is filled again lives again.
      await store.assignStory([articleId("https://a.example/1")], storyId("almaty"));
      expect(await store.storyIdOf(storyId("almaty"))).toBe(storyId("almaty"));
      await store.saveFilings([filing({ url: "https://o.example/1", story: "almaty" })]);
      expect(await store.storyArticles(storyId("almaty"))).toHaveLength(2);
    });

    it("keeps incidents of a story and finds them", async () => {
      const incident = (id: string, day: string, country: string): Incident => ({
        id: id as IncidentId,
        eventType: "ASSAULT",
        actor: [{ words: "police", entity: "ORG:police" }],
        recipient: [],
        day: { start: day, precision: "day" },
        place: { name: "Almaty", country, precision: 1, articles: 1 },
        mentions: [],
        reasons: [],
        corroboration: { newsrooms: 1, informants: [], outlets: 1, words: "" },
      });
      await store.saveIncidents(storyId("almaty"), [
        incident("i1", "2026-01-01", "KAZ"),
        incident("i2", "2026-01-03", "KAZ"),
        incident("i3", "2026-01-02", "UZB"),
      ]);
      const list = async (f: Parameters<Store["incidents"]>[0]) =>
        (await store.incidents(f, { limit: 10 })).rows.map((i) => i.id);
      expect(await list({})).toEqual(["i2", "i3", "i1"]);
      expect((await walk((p) => store.incidents({}, p), 1)).map((i) => i.id)).toEqual(["i2", "i3", "i1"]);
      expect(await list({ country: "KAZ" })).toEqual(["i2", "i1"]);
      expect(await list({ actor: "ORG:police", storyId: storyId("almaty") })).toHaveLength(3);
      const by = { actor: "ORG:police" };
      expect((await walk((p) => store.incidents(by, p), 1)).map((i) => i.id)).toEqual(["i2", "i3", "i1"]);
      expect(await list({ ...by, since: Date.parse("2026-01-03") })).toEqual(["i2"]);
      expect(await list({ eventType: "PROTEST" })).toEqual([]);
      expect(await list({ country: "KAZ", places: ["Almaty", "Alma-Ata"] })).toEqual(["i2", "i1"]);
      expect(await list({ country: "KAZ", places: ["Astana"] })).toEqual([]);
      expect(await list({ since: Date.parse("2026-01-02"), until: Date.parse("2026-01-03") })).toEqual([
        "i3",
      ]);
      await store.saveIncidents(storyId("almaty"), [incident("i1", "2026-01-01", "KAZ")]);
      expect(await list({})).toEqual(["i1"]);
      const [told, other] = [articleId("https://a.example/1"), articleId("https://b.example/2")];
      await store.saveIncidents(storyId("almaty"), [
        { ...incident("i1", "2026-01-01", "KAZ"), mentions: [`${other}.e0`, `${told}.e1`] },
        { ...incident("i2", "2026-01-03", "KAZ"), mentions: [`${told}.e0`] },
        { ...incident("i3", "2026-01-02", "UZB"), mentions: [`${other}.e1`] },
      ]);
      expect(await list({ articles: [told] })).toEqual(["i2", "i1"]);
      expect(await list({ articles: [told, other], country: "UZB" })).toEqual(["i3"]);
      expect(await list({ articles: [] })).toEqual([]);
      await store.saveIncidents(storyId("almaty"), [incident("i1", "2026-01-01", "KAZ")]);
      await store.forget("https://a.example/1", "2026-02-01T00:00:00Z");
      expect(await list({})).toEqual([]);
    });

    it("counts coverage by day, country and language", async () => {
      expect(await store.coverage({ demo: false })).toEqual([
        { day: "2026-01-01", country: "KAZ", language: "en", articles: 2, originals: 1 },
        { day: "2026-01-01", country: "RUS", language: "en", articles: 1, originals: 0 },
        { day: "2026-01-02", country: "ESP", language: "es", articles: 1, originals: 1 },
        { day: "2026-01-03", country: "ESP", language: "en", articles: 1, originals: 1 },
      ]);
      expect((await store.coverage({ demo: true })).map((c) => c.country)).toEqual([""]);
      expect(await store.coverage({ country: "ESP", languages: ["es"] })).toHaveLength(1);
      expect(
        (await store.coverage({ since: Date.parse("2026-01-02"), until: Date.parse("2026-01-03") })).map(
          (c) => c.day,
        ),
      ).toEqual(["2026-01-02"]);
      expect(await store.coverage({ outletId: "fenwick.example" })).toEqual([
        { day: "2026-01-01", country: "KAZ", language: "en", articles: 1, originals: 0 },
        { day: "2026-01-01", country: "RUS", language: "en", articles: 1, originals: 0 },
      ]);
    });

    it("adds coverage up by country and language", async () => {
      expect(
        await store.coverageTotals(
          { demo: false, since: Date.parse("2026-01-01"), until: Date.parse("2026-01-04") },
          "country",
        ),
      ).toEqual([
        { value: "ESP", articles: 2, originals: 2, days: 2 },
        { value: "KAZ", articles: 2, originals: 1, days: 1 },
        { value: "RUS", articles: 1, originals: 0, days: 1 },
      ]);
      expect(
        (await store.coverageTotals({ outletId: "fenwick.example" }, "country")).map((t) => [
          t.value,
          t.articles,
        ]),
      ).toEqual([
        ["KAZ", 1],
        ["RUS", 1],
      ]);
      const spans: readonly (readonly [string | undefined, string | undefined])[] = [
        [undefined, undefined],
        ["2020-05-17", "2026-01-02"],
        ["2026-01-02", "2027-03-01"],
        ["2025-12-31", "2026-06-15"],
        ["2020-01-01", "2025-12-31"],
      ];
      for (const [since, until] of spans)
        for (const by of ["country", "language"] as const) {
          const filter = {
            ...(since === undefined ? {} : { since: Date.parse(since) }),
            ...(until === undefined ? {} : { until: Date.parse(until) }),
          };
          const sums = new Map<string, number>();
          for (const c of await store.coverage(filter)) sums.set(c[by], (sums.get(c[by]) ?? 0) + c.articles);
          const totals = await store.coverageTotals(filter, by);
          expect(new Map(totals.map((t) => [t.value, t.articles]))).toEqual(sums);
        }
    });

    it("tells which office reports gave somebody, and when", async () => {
      const key = "PER:mira holt";
      const told = [
        ["2025-12-01", "mayor"],
        ["2025-12-09", "mayor"],
        ["2025-12-20", "former mayor"],
        ["2025-12-21", undefined],
      ] as const;
      await store.saveFilings(
        told.map(([published, office], i) =>
          filing({
            url: `https://office.example/${i}`,
            published,
            entities: [{ name: "Mira Holt", key, ...(office === undefined ? {} : { office }) }],
          }),
        ),
      );
      const found = await store.entity(key);
      expect(found?.articles).toBe(4);
      expect(found?.offices).toEqual([
        { office: "mayor", articles: 2, first: "2025-12-01", last: "2025-12-09" },
        { office: "former mayor", articles: 1, first: "2025-12-20", last: "2025-12-20" },
      ]);
    });

    it("finds entities, their articles and mentions", async () => {
      const key = "PER:askar umarov";
      expect(await store.entity(key)).toMatchObject({ name: "Askar Umarov", articles: 2 });
      expect([...((await store.entity(key))?.names ?? [])].sort()).toEqual(["Askar Umarov", "Umarov"]);
      expect(urls((await store.entityArticles(key, { limit: 5 })).rows)).toEqual([
        "https://d.example/4",
        "https://a.example/1",
      ]);
      expect((await store.entities({}, 5)).map((e) => e.key)).toEqual([key]);
      expect(
        (await store.entities({ q: "umar", type: "PER", country: "KAZ" }, 5)).map((e) => e.articles),
      ).toEqual([1]);
      await store.forget("https://a.example/1", "2026-02-01T00:00:00Z");
      expect(await store.entities({ q: "umar", type: "PER", country: "KAZ" }, 5)).toEqual([]);
      expect(await store.entities({ q: "nobody" }, 5)).toEqual([]);
      expect(await store.entity("PER:nobody")).toBeUndefined();
    });

    it("keeps persons joined across articles, and parts them again", async () => {
      const [full, short] = ["per:lena oduya", "per:oduya"];
      const named = (n: number, name: string, key: string): Draft => ({
        url: `https://j.example/${n}`,
        title: `The mayor of the port, report ${n}`,
        published: `2026-02-0${n}T10:00Z`,
        firstSeen: `2026-02-0${n}T12:00:00Z`,
        entities: [{ name, key }],
        speaker: name,
        countries: ["KEN"],
      });
      await store.saveFilings(
        [named(1, "Lena Oduya", full), named(2, "Oduya", short), named(3, "Ivo Oduya", "per:ivo oduya")].map(
          filing,
        ),
      );
      const id = (await store.articleByUrl("https://j.example/2"))?.id;
      if (id === undefined) throw new Error("The report was not filed");
      const within = { since: Date.parse("2026-01-01"), until: Date.parse("2026-12-31"), country: "KEN" };
      const bearers = async (w: typeof within) =>
        ((await store.bearers(["oduya"], w)).get("oduya") ?? [])
          .map((b) => [b.name, b.articles, b.near])
          .toSorted();
      expect(await bearers(within)).toEqual([
        ["Ivo Oduya", 1, true],
        ["Lena Oduya", 1, true],
      ]);
      expect((await bearers({ ...within, country: "PER" })).map((b) => b[2])).toEqual([false, false]);
      expect(await bearers({ ...within, until: Date.parse("2026-01-02") })).toEqual([]);

      await store.saveJoins([id], [{ articleId: id, from: short, key: full, because: "story" }]);
      expect(await store.entity(full)).toMatchObject({ name: "Lena Oduya", articles: 2 });
      expect([...((await store.entity(full))?.names ?? [])].sort()).toEqual(["Lena Oduya", "Oduya"]);
      expect(urls((await store.entityArticles(full, { limit: 5 })).rows)).toEqual([
        "https://j.example/2",
        "https://j.example/1",
      ]);
      expect(await store.quotesOf(full, ["Lena Oduya", "Oduya"], 9)).toHaveLength(2);
      expect((await store.reading(id))?.entities).toMatchObject([
        { key: full, name: "Oduya", joined: { from: short, because: "story" } },
      ]);
      expect([await store.entity(short), await store.entityMoved(short)]).toEqual([undefined, full]);
      expect(await store.entityMoved("per:nobody")).toBeUndefined();

      await store.saveJoins([id], []);
      expect(await store.entity(full)).toMatchObject({ articles: 1 });
      expect(await store.entity(short)).toMatchObject({ name: "Oduya", articles: 1 });
      expect((await store.reading(id))?.entities).toMatchObject([{ key: short, name: "Oduya" }]);
    });

    it("finds what an entity says under its names, newest first, without copies", async () => {
      const key = "PER:lena oduya";
      const said = (n: number, speaker: string | undefined, more: Partial<Draft> = {}): Draft => ({
        url: `https://s.example/${n}`,
        title: `Lena Oduya speaks, report ${n}`,
        published: `2026-02-0${n}T10:00Z`,
        entities: [{ name: "Lena Oduya", key }],
        speaker,
        ...more,
      });
      await store.saveFilings(
        [
          said(1, "Lena Oduya"),
          said(2, "ODUYA"),
          said(3, "the mayor"),
          said(4, undefined),
          said(5, "Lena Oduya", { copyOf: "https://s.example/1" }),
        ].map(filing),
      );
      const ids = (list: readonly { readonly row: { readonly url: string } }[]) =>
        list.map(({ row }) => row.url);
      const found = await store.quotesOf(key, ["Lena Oduya", "Oduya"], 9);
      expect(ids(found)).toEqual(["https://s.example/2", "https://s.example/1"]);
      expect(found.map(({ quote }) => quote.speaker)).toEqual(["ODUYA", "Lena Oduya"]);
      expect(ids(await store.quotesOf(key, ["Lena Oduya"], 9))).toEqual(["https://s.example/1"]);
      expect(ids(await store.quotesOf(key, ["Lena Oduya", "Oduya"], 1))).toEqual(["https://s.example/2"]);
      expect(await store.quotesOf("PER:nobody", ["Lena Oduya"], 9)).toEqual([]);
    });

    it("takes a language for all its regions, a region for itself", async () => {
      const in2 = (url: string, language: string): Draft => ({
        url,
        language,
        published: "2026-03-01T10:00Z",
        countries: ["MEX"],
        story: `in ${language}`,
      });
      await store.saveFilings(
        [in2("https://m.example/1", "es-MX"), in2("https://m.example/2", "est")].map(filing),
      );
      const asked = async (language: string) => {
        const filter = { country: "MEX", languages: [language] };
        return [
          urls((await store.latest(filter, { limit: 9 })).rows),
          (await store.stories({ ...filter, sort: "newest" }, { limit: 9 })).rows.map((r) => r.id),
          (await store.coverage(filter)).map((c) => c.language),
        ];
      };
      const mexican = [["https://m.example/1"], [storyId("in es-MX")], ["es-MX"]];
      expect(await asked("es")).toEqual(mexican);
      expect(await asked("es-MX")).toEqual(mexican);
      expect(await asked("es-AR")).toEqual([[], [], []]);
    });

    it("streams readings in order of id and states in order of time", async () => {
      const ids: string[] = [];
      for await (const r of store.scan({ demo: false })) ids.push(r.article.id);
      expect(ids).toEqual([...ids].sort());
      expect(ids).toHaveLength(4);
      const spanish: string[] = [];
      for await (const r of store.scan({ country: "ESP" })) spanish.push(r.article.url);
      expect(spanish.sort()).toEqual(["https://c.example/3", "https://d.example/4"]);
      const states: string[] = [];
      for await (const s of store.savedStates(Date.parse("2026-01-02T00:00Z")))
        states.push(new TextDecoder().decode(s.profile));
      expect(states).toEqual(["https://c.example/3", "https://d.example/4", "https://e.example/5"]);
      for await (const s of store.savedStates(Date.parse("2026-01-03T00:00Z"))) {
        expect([...s.sketch]).toEqual([1, 2, 3]);
        expect(s.storyId).toBe(storyId("madrid"));
        break;
      }
    });

    it("keeps sources and tells which are due", async () => {
      await store.putSource(source("late", "2026-01-01T00:00:00Z"));
      await store.putSource(source("later", "2026-01-01T01:00:00Z"));
      await store.putSource(source("paused", "2026-01-01T00:00:00Z", "paused"));
      await store.putSource(source("future", "2027-01-01T00:00:00Z"));
      expect((await store.dueSources("2026-01-02T00:00:00Z", 10)).map((s) => s.id)).toEqual([
        "late",
        "later",
      ]);
      expect(await store.dueSources("2026-01-02T00:00:00Z", 1)).toHaveLength(1);
      expect(await store.sources()).toHaveLength(4);
      await store.removeSource(source("late", "").id);
      expect(await store.source(source("late", "").id)).toBeUndefined();
      expect((await store.stats()).sources).toBe(3);
    });

    it("keeps the schedule of re-reading", async () => {
      const id = articleId("https://a.example/1");
      await store.putReread(id, 1, "2026-01-02T00:00:00Z");
      await store.putReread(articleId("https://c.example/3"), 0, "2026-01-05T00:00:00Z");
      expect(await store.dueRereads("2026-01-03T00:00:00Z", 10)).toEqual([
        { id, url: "https://a.example/1", reads: 1 },
      ]);
      await store.putReread(id, 1, undefined);
      expect(await store.dueRereads("2026-01-03T00:00:00Z", 10)).toEqual([]);
    });

    it("keeps outlets, alerts, decisions and settings", async () => {
      const outlet: Outlet = {
        id: outletId("northgate.example"),
        name: "Northgate",
        hosts: ["northgate.example"],
        languages: ["en"],
        kind: "national",
        stateControl: "unknown",
        admiralty: "F",
        demo: true,
      };
      await store.putOutlets([outlet]);
      expect(await store.outlet(outlet.id)).toEqual(outlet);
      expect(await store.outlets()).toEqual([outlet]);
      const alert: Alert = {
        id: "w1",
        name: "Almaty",
        watch: { kind: "search", query: { q: "Almaty" } },
        channels: [{ kind: "feed" }],
        created: "2026-01-01T00:00:00Z",
      };
      await store.putAlert(alert);
      const message = (id: string) => ({
        id,
        alertId: "w1",
        at: "2026-01-01T00:00:00Z",
        title: id,
        reason: "a new article",
        link: "/article/x",
      });
      await store.addAlertMessages([message("m1"), message("m2")]);
      await store.addAlertMessages([message("m2"), message("m3")]);
      expect((await walk((p) => store.alertMessages("w1", p), 2)).map((m) => m.id)).toEqual([
        "m3",
        "m2",
        "m1",
      ]);
      expect((await store.alertMessages("other", { limit: 5 })).rows).toEqual([]);
      expect(await store.alerts()).toEqual([alert]);
      await store.removeAlert("w1");
      expect((await store.alertMessages(undefined, { limit: 5 })).rows).toEqual([]);
      const decision: Decision = {
        id: "d1",
        at: "2026-01-01T00:00:00Z",
        who: "editor",
        target: "i1",
        field: "place",
        action: "reject",
        reason: "wrong town",
      };
      await store.addDecision(decision);
      await store.addDecision(decision);
      expect(await store.decisions("i1")).toEqual([decision]);
      expect(await store.decisions("i2")).toEqual([]);
      expect(await store.decisions()).toHaveLength(1);
      await store.putSetting("edition", { id: "world" });
      expect(await store.setting("edition")).toEqual({ id: "world" });
      await store.putSetting("edition", undefined);
      expect(await store.setting("edition")).toBeUndefined();
    });

    it("feeds changes in order, each once", async () => {
      const all = await store.changes(0, 100);
      expect(all.map((c) => c.seq)).toEqual(all.map((_, i) => i + 1));
      expect(all.filter((c) => c.target === "article").map((c) => c.kind)).toEqual([
        "added",
        "added",
        "added",
        "added",
        "added",
      ]);
      expect(all.filter((c) => c.target === "story")).toHaveLength(3);
      const last = all.at(-1)?.seq ?? 0;
      await store.forget("https://e.example/5", "2026-02-01T00:00:00Z");
      const more = await store.changes(last, 100);
      expect(more.map((c) => [c.kind, c.target])).toEqual([
        ["deleted", "story"],
        ["deleted", "article"],
      ]);
    });

    it("adds up", async () => {
      expect(await store.stats()).toMatchObject({
        articles: 5,
        originals: 4,
        stories: 3,
        outlets: 2,
        demo: 1,
        refusals: 0,
        first: "2026-01-01T10:00:00.000Z",
        last: "2026-01-04T00:00:00.000Z",
      });
    });
  });
};
