/** Sources are visited, articles read again, stories built, alerts sent: days of simulated time against an invented web. */
import { createHmac } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { htmlPage, plainTools } from "../../test/conformance/plain-tools.ts";
import { createWeb, rssOf, type Site } from "../../test/conformance/web.ts";
import { createSimulatedClock, type SimulatedClock } from "../adapters/clock/index.ts";
import { createFiles } from "../adapters/files/index.ts";
import { createMemoryStore } from "../adapters/store-memory/index.ts";
import type { Alert, StoryId } from "../model/index.ts";
import type { Store } from "../ports/index.ts";
import { checkAlerts, deliver } from "./alert.ts";
import { forget } from "./forget.ts";
import { deliverPush, secretOf, verifyHub } from "./hub.ts";
import { hubHandler } from "./hub-http.ts";
import { createIntake } from "./intake.ts";
import { recode } from "./recode.ts";
import { createScheduler, type Scheduler, type SchedulerParts } from "./scheduler.ts";
import { addFeeds, addSource, checkSource, exportOpml, importOpml, newSource } from "./sources.ts";

const START = Date.parse("2026-01-05T00:00:00Z");
const HOUR = 3_600_000;
const FEED = "https://gazette.example/feed";

let clock: SimulatedClock;
let site: Site;
let store: Store;
let parts: SchedulerParts;
let asked: ReturnType<typeof createWeb>["asked"];
beforeEach(() => {
  clock = createSimulatedClock(START);
  site = new Map();
  store = createMemoryStore({ now: clock.now });
  const web = createWeb(site, () => new Date(clock.now()).toISOString());
  asked = web.asked;
  const tools = plainTools();
  parts = {
    store,
    clock,
    fetcher: web.fetcher,
    files: createFiles(),
    tools,
    intake: createIntake({ store, tools, clock }),
  };
});

const hours = async (scheduler: Scheduler, count: number): Promise<void> => {
  const stop = new AbortController();
  const run = scheduler.run(stop.signal);
  await clock.advanceTo(clock.now() + count * HOUR);
  stop.abort();
  await clock.advanceTo(clock.now() + 10_000);
  await run;
};

const article = (n: number): string => `https://gazette.example/${n}`;
const visits = (url: string): number => asked.filter((r) => r.url === url).length;

describe("scheduler", () => {
  it("visits a source, takes its articles in once, remembers conditions", async () => {
    site.set(FEED, {
      bytes: new TextEncoder().encode(rssOf([{ url: article(1) }, { url: article(2) }])),
      headers: { etag: '"1"' },
    });
    site.set(article(1), htmlPage("One", "first"));
    site.set(article(2), htmlPage("Two", "second"));
    await store.putSource(newSource(FEED, "feed", START, START));
    await hours(createScheduler(parts, { rereads: false, tickMs: 60_000 }), 24);
    expect((await store.stats()).articles).toBe(2);
    expect(visits(FEED)).toBeGreaterThan(1);
    expect(visits(article(1))).toBe(1);
    expect(asked.filter((r) => r.url === FEED).at(-1)?.etag).toBe('"1"');
    expect((await store.sources())[0]).toMatchObject({ title: "Gazette", failures: 0, etag: '"1"' });
    expect(await store.staleStories(5)).toEqual([]);
    expect(await store.story((await store.latest({}, { limit: 1 })).rows[0]?.storyId ?? "")).toBeDefined();
  });

  it("keeps an entry without an address under its own id, with its edits, and tells what it cannot keep", async () => {
    const entry = (text: string) =>
      `<item><guid isPermaLink="false">gz-7</guid><title>Ferry</title><description>&lt;p&gt;${text} ${"The ferry lay still. ".repeat(20)}&lt;/p&gt;</description></item>`;
    const feed = (text: string) =>
      `<rss><channel><title>Gazette</title>${entry(text)}<item><title>Short</title></item></channel></rss>`;
    const source = newSource(FEED, "feed", START, START);
    await store.putSource(source);
    const scheduler = createScheduler(parts, { tickMs: 600_000 });
    for (const text of ["Three boats.", "Three boats.", "Four boats."]) {
      site.set(FEED, feed(text));
      await scheduler.poll(source);
    }
    const known = await store.articleByUrl(`${FEED}?entry=guid%3Agz-7`);
    expect(known?.text).toContain("Four boats.");
    expect((await store.versions(known?.id ?? "")).length).toBe(2);
    expect((await store.stats()).articles).toBe(1);
    expect((await store.sources())[0]?.unkept).toBe(1);
  });

  it("tries a page again that could not be had, and leaves alone what is not there", async () => {
    site.set(FEED, rssOf([{ url: article(1) }, { url: article(2) }]));
    site.set(article(1), { ok: false, reason: "fetch-failed", status: 503, detail: "The server failed." });
    const source = newSource(FEED, "feed", START, START);
    await store.putSource(source);
    const scheduler = createScheduler(parts, { tickMs: 600_000 });
    await scheduler.poll(source);
    site.set(article(1), htmlPage("One", "first"));
    await scheduler.poll(source);
    expect((await store.stats()).articles).toBe(1);
    expect(visits(article(2))).toBe(1);
  });

  it("takes a permanent move, retires what is gone, says what is wrong", async () => {
    site.set(FEED, { bytes: new TextEncoder().encode(rssOf([])), movedTo: "https://gazette.example/new" });
    site.set("https://gone.example/feed", {
      ok: false,
      reason: "gone",
      status: 410,
      detail: "The page is gone for good.",
    });
    site.set("https://html.example/feed", htmlPage("Not a feed", "x"));
    for (const url of [FEED, "https://gone.example/feed", "https://html.example/feed"])
      await store.putSource(newSource(url, "feed", START, START));
    await hours(createScheduler(parts, { tickMs: 600_000 }), 1);
    const by = new Map((await store.sources()).map((s) => [s.url, s]));
    expect(by.has("https://gazette.example/new")).toBe(true);
    expect(by.get("https://gone.example/feed")).toMatchObject({ state: "retired" });
    expect(by.get("https://html.example/feed")?.lastError).toContain("web page, not a feed");
  });

  it("reads articles again and tells corrections and removals", async () => {
    site.set(FEED, rssOf([{ url: article(1) }, { url: article(2) }, { url: article(3) }]));
    for (const n of [1, 2, 3]) site.set(article(n), htmlPage(`Title ${n}`, "as first published"));
    await store.putSource(newSource(FEED, "feed", START, START));
    const scheduler = createScheduler(parts, { tickMs: 600_000 });
    await hours(scheduler, 1);
    expect(visits(article(1))).toBeGreaterThan(1);
    site.set(article(1), htmlPage("CORRECTED Title 1", "as corrected"));
    site.delete(article(2));
    await hours(scheduler, 48);
    const kinds = async (n: number) =>
      (await store.versions((await store.articleByUrl(article(n)))?.id ?? "")).map((v) => v.change);
    expect(await kinds(1)).toEqual(["first", "correction"]);
    expect(await kinds(2)).toEqual(["first", "removal"]);
    expect(await kinds(3)).toEqual(["first"]);
    const gone = await store.row((await store.articleByUrl(article(2)))?.id ?? "");
    expect(gone?.fates?.map((f) => f.kind)).toEqual(["gone"]);
    // What was taken down is back unchanged: the mark goes.
    site.set(article(2), htmlPage("Two", "as before"));
    await hours(scheduler, 24 * 60);
    expect(visits(article(3))).toBe(8);
    expect((await store.row(gone?.id ?? ""))?.fates).toBeUndefined();
  });

  it("reads again at once what the feed says was edited", async () => {
    site.set(FEED, rssOf([{ url: article(1) }]));
    site.set(article(1), htmlPage("One", "first"));
    const source = newSource(FEED, "feed", START, START);
    await store.putSource(source);
    const scheduler = createScheduler(parts, { tickMs: 600_000 });
    await scheduler.poll(source);
    site.set(FEED, rssOf([{ url: article(1), updated: "2026-01-06T00:00:00Z" }]));
    site.set(article(1), htmlPage("One", "second"));
    await scheduler.poll(source);
    expect(await store.dueRereads(new Date(clock.now()).toISOString(), 5)).toHaveLength(1);
  });

  it("survives a clock that jumps to and fro", async () => {
    site.set(FEED, rssOf([{ url: article(1) }]));
    site.set(article(1), htmlPage("One", "first"));
    await store.putSource(newSource(FEED, "feed", START, START));
    const scheduler = createScheduler(parts, { tickMs: 600_000 });
    await hours(scheduler, 2);
    clock.jumpTo(clock.now() + 1000 * HOUR);
    await hours(scheduler, 2);
    const before = visits(FEED);
    clock.jumpTo(clock.now() - 900 * HOUR);
    await hours(scheduler, 950);
    expect(visits(FEED)).toBeGreaterThan(before);
    expect((await store.stats()).articles).toBe(1);
  });
});

describe("sources", () => {
  it("adds a feed, or the feed of a site", async () => {
    site.set(FEED, rssOf([{ url: article(1) }]));
    site.set(
      "https://gazette.example",
      '<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body><p>x</p></body></html>',
    );
    site.set("https://bare.example/", htmlPage("No feed", "x"));
    expect(await addSource(parts, "gazette.example")).toMatchObject({
      ok: true,
      known: false,
      items: 1,
      source: { url: FEED, kind: "feed" },
    });
    expect(await addSource(parts, FEED)).toMatchObject({ ok: true, known: true });
    expect(await addSource(parts, "https://bare.example/")).toMatchObject({
      ok: false,
      reason: "not-a-feed",
    });
    expect(await addSource(parts, "https://none.example/")).toMatchObject({ ok: false });
  });

  it("exchanges lists", async () => {
    await addFeeds(parts, [{ url: FEED, title: "Gazette" }, { url: "ftp://x.example/" }]);
    const opml = await exportOpml(parts, "Mine");
    expect(opml).toContain(FEED);
    expect(await importOpml(parts, new TextEncoder().encode(opml))).toEqual({ ok: true, added: 0, known: 1 });
    expect(await importOpml(parts, new TextEncoder().encode("<html></html>"))).toMatchObject({ ok: false });
  });

  it.each([
    ["a good feed", rssOf([{ url: article(1) }]), "ok", "1 item."],
    ["an empty feed", rssOf([]), "empty", "holds nothing"],
    ["a page", htmlPage("x", "y"), "not-a-feed", "web page"],
    [
      "a page that names its feed",
      '<link rel="alternate" type="application/rss+xml" href="/other"><p>x</p>',
      "not-a-feed",
      "https://gazette.example/other",
    ],
    ["nothing there", undefined, "gone", "look for its new address"],
    [
      "a moved feed",
      { bytes: new TextEncoder().encode(rssOf([{ url: article(1) }])), movedTo: "https://b.example/feed" },
      "moved",
      "https://b.example/feed",
    ],
    [
      "a wall",
      {
        ok: false as const,
        reason: "fetch-failed" as const,
        status: 403,
        detail: "The server refuses to serve us.",
      },
      "failing",
      "write to the outlet",
    ],
    [
      "a private address",
      { ok: false as const, reason: "forbidden-address" as const, detail: "Not public." },
      "forbidden",
      "Not public",
    ],
  ])("checks %s", async (_what, answer, verdict, words) => {
    if (answer !== undefined) site.set(FEED, answer);
    const checked = await checkSource(parts, newSource(FEED, "feed", START, START));
    expect(checked.verdict).toBe(verdict);
    expect(checked.words).toContain(words);
  });
});

describe("hub", () => {
  const hub = { callbackBase: "https://me.example", secret: "s3cret" };
  it("subscribes, answers the question, takes only signed pushes", async () => {
    site.set(FEED, rssOf([], '<atom:link rel="hub" href="https://hub.example/"/>'));
    site.set("https://hub.example/", "");
    site.set(article(9), htmlPage("Pushed", "x"));
    const source = newSource(FEED, "feed", START, START);
    await store.putSource(source);
    await createScheduler(parts, { hub }).poll(source);
    const request = asked.find((r) => r.purpose === "hub");
    expect(new URLSearchParams(request?.body).get("hub.callback")).toBe(
      `https://me.example/hub/${source.id}`,
    );
    const question = new URLSearchParams({
      "hub.mode": "subscribe",
      "hub.topic": FEED,
      "hub.challenge": "abc",
      "hub.lease_seconds": "864000",
    });
    expect(await verifyHub(parts, source.id, question)).toBe("abc");
    question.set("hub.topic", "https://other.example/");
    expect(await verifyHub(parts, source.id, question)).toBeUndefined();
    const bytes = new TextEncoder().encode(rssOf([{ url: article(9) }]));
    const signature = `sha256=${createHmac("sha256", secretOf(hub, source)).update(bytes).digest("hex")}`;
    expect(await deliverPush(parts, source.id, { bytes, signature: "sha256=00" }, hub)).toBe(false);
    expect(await deliverPush(parts, source.id, { bytes }, hub)).toBe(false);
    expect((await store.stats()).articles).toBe(0);
    expect(await deliverPush(parts, source.id, { bytes, signature }, hub)).toBe(true);
    expect((await store.stats()).articles).toBe(1);
    const handle = hubHandler(parts, hub);
    const at = `http://127.0.0.1/hub/${source.id}`;
    question.set("hub.topic", FEED);
    expect(await (await handle(new Request(`${at}?${question}`)))?.text()).toBe("abc");
    expect((await handle(new Request(at)))?.status).toBe(404);
    expect((await handle(new Request(at, { method: "POST", body: "forged" })))?.status).toBe(202);
    expect((await handle(new Request(at, { method: "PUT" })))?.status).toBe(405);
    expect(await handle(new Request("http://127.0.0.1/search"))).toBeUndefined();
  });
});

describe("alerts", () => {
  const alert = (watch: Alert["watch"], channels: Alert["channels"] = [{ kind: "feed" }]): Alert => ({
    id: "w1",
    name: "Bridge",
    watch,
    channels,
    created: "2026-01-05T00:00:00Z",
  });
  const add = async (n: number, title: string): Promise<void> => {
    site.set(article(n), htmlPage(title, "text"));
    const answer = await parts.fetcher.fetch({ url: article(n), purpose: "page" });
    if (answer.ok)
      await parts.intake.submit((await import("./ingest.ts")).pageFromAnswer(article(n), answer));
  };

  it("tells new articles of a search, each once, and nothing of what was there before", async () => {
    await add(1, "Bridge closed");
    await store.putAlert(alert({ kind: "search", query: { q: "bridge" } }));
    expect(await checkAlerts(parts)).toBe(0);
    await add(2, "Bridge open");
    await add(3, "Weather");
    expect(await checkAlerts(parts)).toBe(1);
    expect(await checkAlerts(parts)).toBe(0);
    const { rows } = await store.alertMessages("w1", { limit: 5 });
    expect(rows.map((m) => m.title)).toEqual(["Bridge open"]);
    expect(rows[0]?.reason).toContain('New in the search "bridge"');
  });

  it("tells the growth of a story", async () => {
    await add(1, "Bridge closed in town");
    const storyId = (await store.latest({}, { limit: 1 })).rows[0]?.storyId as StoryId;
    await store.putAlert(alert({ kind: "story", storyId }));
    await checkAlerts(parts);
    await add(2, "Bridge closed, again");
    expect(await checkAlerts(parts)).toBe(1);
    expect((await store.alertMessages("w1", { limit: 5 })).rows[0]?.reason).toContain("1 new report");
  });

  it("sends letters and posts, keeps what failed, gives up at last", async () => {
    const letters: string[] = [];
    let down = true;
    const mailer = {
      send: async (l: { to: string; subject: string }) => {
        if (down) throw new Error("mail server is down");
        letters.push(`${l.to}: ${l.subject}`);
      },
      close: async () => {},
    };
    site.set("https://hook.example/", "");
    await store.putAlert(
      alert({ kind: "search", query: { q: "bridge" } }, [
        { kind: "email", to: "a@gazette.example" },
        { kind: "webhook", url: "https://hook.example/" },
      ]),
    );
    await checkAlerts({ ...parts, mailer });
    await add(2, "Bridge open");
    await checkAlerts({ ...parts, mailer, siteUrl: "https://me.example" });
    expect((await store.alerts())[0]?.lastError).toBeUndefined();
    const hook = asked.find((r) => r.purpose === "webhook");
    expect(JSON.parse(hook?.body ?? "{}")).toMatchObject({
      messages: [{ title: "Bridge open", link: expect.stringContaining("https://me.example/article/") }],
    });
    expect(letters).toEqual([]);
    down = false;
    await deliver({ ...parts, mailer });
    expect(letters).toEqual([]);
    await clock.advanceTo(clock.now() + HOUR);
    await deliver({ ...parts, mailer });
    expect(letters).toEqual(["a@gazette.example: Bridge: Bridge open"]);
    await deliver({ ...parts, mailer });
    expect(letters).toHaveLength(1);
  });
});

describe("re-coding and forgetting", () => {
  it("tells what today's chain would change, and files it when asked", async () => {
    const page = (n: number) => htmlPage(`Title ${n}`, "body");
    site.set(article(1), page(1));
    const answer = await parts.fetcher.fetch({ url: article(1), purpose: "page" });
    if (answer.ok)
      await parts.intake.submit((await import("./ingest.ts")).pageFromAnswer(article(1), answer));
    const old = plainTools();
    const tools = {
      ...plainTools({ pipeline: "2" }),
      read: async (p: Parameters<typeof old.read>[0]) => {
        const r = await old.read(p);
        return r.ok
          ? {
              ok: true as const,
              reading: {
                ...r.reading,
                article: { ...r.reading.article, genre: "opinion" as const, pipeline: "2" },
              },
            }
          : r;
      },
    };
    const rows: string[] = [];
    const intake = createIntake({ store, tools, clock });
    const summary = await recode(
      { store, tools, intake },
      { onRow: (r) => rows.push(`${r.what}: ${r.before} → ${r.after}`) },
    );
    expect(summary).toEqual({ articles: 1, changed: 1, rows: 1, skipped: 0 });
    expect(rows).toEqual(["genre: news → opinion"]);
    expect((await store.latest({}, { limit: 1 })).rows[0]?.genre).toBe("news");
    await recode({ store, tools, intake }, { apply: true });
    expect((await store.latest({}, { limit: 1 })).rows[0]?.genre).toBe("opinion");
    expect(await recode({ store, tools, intake }, { apply: true })).toMatchObject({ changed: 0 });
    expect(await forget({ store, clock, tools }, article(1))).toEqual({ forgotten: 1 });
    expect((await store.stats()).articles).toBe(0);
  });
});
