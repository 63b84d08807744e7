/** Routes, headers, tokens, states: what holds for the site as a whole. */
import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { filing, storyId } from "../../test/conformance/make.ts";
import { fixtureStore } from "../../test/web/fixture.ts";
import { createMemoryStore } from "../adapters/store-memory/index.ts";
import type { Store } from "../ports/index.ts";
import { tokenOf } from "./security.ts";
import { english, site } from "./test-site.ts";

type App = Awaited<ReturnType<typeof site>>;
const form = (
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): RequestInit => ({
  method: "POST",
  body: new URLSearchParams(fields).toString(),
  headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
});
const token = tokenOf("for the tests");

describe("the site", () => {
  let app: App;
  beforeAll(async () => {
    app = await site();
  });

  const pages: readonly (readonly [string, number, string])[] = [
    ["/", 200, "61 bodies"],
    ["/headlines", 200, "Prosecutors count"],
    ["/breaking", 200, "Ferry crews"],
    ["/latest", 200, "Count begins"],
    ["/world", 200, "Chile"],
    ["/videos", 200, "1:42"],
    ["/story/sdam0001", 200, "sabotage by outside hands"],
    ["/story/none", 404, "There is no such page"],
    ["/article/adam05", 200, "Tomas Ulmo"],
    ["/article/none", 404, "There is no such page"],
    ["/article/adam05?mark=99999-100000", 200, "Tomas Ulmo"],
    ["/search?q=%22lower+quarter%22", 200, "2 results"],
    ["/search?q=zzz", 200, "Nothing was found"],
    ["/country/CHL", 200, "Chile"],
    ["/country/QQQ", 404, "There is no such page"],
    ["/outlet/andenwire.example", 200, "Anden Cooperative"],
    ["/outlet/none", 404, "There is no such page"],
    ["/place/LOC:alerce", 200, "Alerce"],
    ["/actor/none", 404, "There is no such page"],
    ["/sources", 200, "asked again in four hours"],
    ["/settings", 200, "Forget an article"],
    ["/alerts", 200, "No alerts are set"],
    ["/alerts/new?q=dam", 200, "Set the alert"],
    ["/alerts/new?story=none", 404, "There is no such page"],
    ["/about", 200, "Not measured"],
    ["/e/unknown/latest", 200, "Latest"],
  ];
  it("leads nowhere that is not there, by no link without a name", async () => {
    const seen = new Set(["/"]);
    const wrong: string[] = [];
    for (const path of seen) {
      if (seen.size > 600) break;
      const answer = await app.ask(path);
      if (answer.status >= 400) wrong.push(`${answer.status} ${path}`);
      const body = await answer.text();
      if (!answer.headers.get("Content-Type")?.includes("html")) continue;
      for (const [whole, href = "", inner = ""] of body.matchAll(
        /<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)<\/a>/gs,
      )) {
        if (!/<img|aria-label/.test(whole) && inner.replace(/<[^>]*>/g, "").trim() === "")
          wrong.push(`no words on ${path}: ${href}`);
        const [to = ""] = href.replaceAll("&amp;", "&").split("#");
        if (to.startsWith("/") && !to.includes("?")) seen.add(to);
      }
    }
    expect(seen.size).toBeGreaterThan(60);
    expect(wrong).toEqual([]);
  });

  it.each(pages)("answers %s with %i and “%s”", async (path, status, words) => {
    const answer = await app.ask(path);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(words);
    expect(answer.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
  });

  it("leads nowhere that is not there: every link of every page answers", async () => {
    const seen = new Set<string>();
    const dead: string[] = [];
    const queue = pages.filter(([, status]) => status === 200).map(([path]) => path);
    while (queue.length > 0 && seen.size < 400) {
      const path = queue.pop() ?? "";
      if (seen.has(path)) continue;
      seen.add(path);
      const answer = await app.ask(path);
      if (answer.status >= 400) dead.push(`${path}: ${answer.status}`);
      if (!(answer.headers.get("Content-Type") ?? "").startsWith("text/html") || seen.size > 120) continue;
      for (const [, href = ""] of (await answer.text()).matchAll(/href="(\/[^"#]*)/g)) {
        const next = href.replaceAll("&amp;", "&");
        if (!/^\/(assets|events|e\/)/.test(next) && !/[?&](lang|after)=/.test(next)) queue.push(next);
      }
    }
    expect(dead).toEqual([]);
    expect(seen.size).toBeGreaterThan(60);
  });

  it("tells on a phone what grows and what came last before the lesser headlines", async () => {
    const html = await app.page("/");
    const order = ["headlines", "breaking", "latest", "more-headlines", "world", "videos"];
    const at = order.map((id) => html.indexOf(`<section id="${id}"`));
    expect(at.every((n) => n > 0)).toBe(true);
    expect(at).toEqual(at.toSorted((a, b) => a - b));
  });

  it("has no inline script or style on any page", async () => {
    for (const [path] of pages) {
      const html = await app.page(path);
      expect(html).not.toMatch(/<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=/);
    }
  });

  it("loads at most 60 KB of script, packed, on any page", async () => {
    const sizes = new Map<string, number>();
    for (const [path] of pages) {
      const html = await app.page(path);
      let sum = 0;
      for (const [, src = ""] of html.matchAll(
        /<(?:script|link rel="modulepreload")[^>]*\s(?:src|href)="([^"]+)"/g,
      )) {
        const answer = await app.ask(src, { headers: { "Accept-Encoding": "gzip" } });
        expect(answer.headers.get("Content-Encoding")).toBe("gzip");
        sizes.set(src, sizes.get(src) ?? (await answer.arrayBuffer()).byteLength);
        sum += sizes.get(src) ?? 0;
      }
      expect(sum).toBeLessThanOrEqual(60_000);
    }
    expect(sizes.size).toBeGreaterThan(0);
  });

  it("serves assets under their hash for good, and at most 60 KB of script", async () => {
    const html = await app.page("/");
    const script = /src="(\/assets\/site\.[^"]+\.js)"/.exec(html)?.[1] ?? "";
    const answer = await app.ask(script, { headers: { "Accept-Encoding": "gzip" } });
    expect(answer.headers.get("Cache-Control")).toContain("immutable");
    expect((await answer.arrayBuffer()).byteLength).toBeLessThan(60_000);
    expect((await app.ask("/assets/site.0000000000.js")).status).toBe(404);
  });

  it("does not answer to a foreign name", async () => {
    const answer = await app.app.request("http://rebound.example/");
    expect(answer.status).toBe(421);
  });

  it("changes nothing without a token, with a wrong one, or from another site", async () => {
    const url = "/settings/forget";
    const fields = { url: "https://andenwire.example/adam05" };
    expect((await app.ask(url, form(fields))).status).toBe(403);
    expect((await app.ask(url, form({ ...fields, token: "x" }))).status).toBe(403);
    expect((await app.ask(url, form({ ...fields, token }, { Origin: "https://evil.example" }))).status).toBe(
      403,
    );
    expect((await app.ask(url, form({ ...fields, token }, { "Sec-Fetch-Site": "cross-site" }))).status).toBe(
      403,
    );
    expect((await app.ask("/article/adam05")).status).toBe(200);
  });

  it("forgets an article at a user's wish", async () => {
    const own = await site();
    const answer = await own.ask(
      "/settings/forget",
      form({ url: "https://fjordpost.example/anor01", token }),
    );
    expect(await answer.text()).toContain("1 article was forgotten");
    expect((await own.ask("/article/anor01")).status).toBe(410);
  });

  it("says which source was removed, and takes it back", async () => {
    const added: string[] = [];
    const own = await site({
      actions: {
        addSource: async (url) => {
          added.push(url);
          return { ok: true, detail: "Added" };
        },
      },
    });
    const answer = await (await own.ask("/sources/src2", form({ token, act: "remove" }))).text();
    expect(answer).toContain("Gold Coast Herald\u2069 is removed");
    const list = (html: string): string => html.slice(html.indexOf("<tbody>"), html.indexOf("</tbody>"));
    expect(list(answer)).not.toContain("Gold Coast Herald");
    const [, again = ""] = /name="url" value="([^"]+)"\/><button/.exec(answer) ?? [];
    await own.ask("/sources", form({ token, url: again }));
    expect(added).toEqual(["https://goldcoast.example/rss"]);
  });

  it("goes back only to its own pages after a form", async () => {
    for (const back of ["https://evil.example/", "//evil.example", "/\\evil.example"]) {
      const answer = await app.ask("/settings/theme", form({ theme: "dark", back, token }));
      expect(answer.headers.get("Location")).toBe("/");
    }
  });

  it("corrects the row of an outlet by hand and keeps the reason", async () => {
    const own = await site();
    await own.ask(
      "/outlet/alercetimes.example",
      form({
        token,
        kind: "local",
        stateControl: "independent",
        admiralty: "B",
        owner: "Alerce Press",
        country: "CHL",
        reason: "Imprint of March",
      }),
    );
    const page = await own.page("/outlet/alercetimes.example");
    expect(page).toContain("Alerce Press");
    expect(page).toContain("Imprint of March");
  });

  it("says in an empty archive what to do", async () => {
    const empty = await site({ store: createMemoryStore() });
    expect(await empty.page("/")).toContain("Nothing has been read yet");
    for (const path of [
      "/headlines",
      "/breaking",
      "/latest",
      "/world",
      "/videos",
      "/countries",
      "/outlets",
      "/sources",
      "/search?q=x",
    ])
      expect((await empty.ask(path)).status, path).toBe(200);
  });

  it("shows a page of its own when the store fails, and tells the log", async () => {
    const told: unknown[] = [];
    const broken = new Proxy(createMemoryStore(), {
      get: () => () => Promise.reject(new Error("disk I/O error")),
    }) as Store;
    const own = await site({ store: broken, onError: (e) => told.push(e) });
    const answer = await own.ask("/");
    expect(answer.status).toBe(500);
    const html = await answer.text();
    expect(html).toContain("Something went wrong");
    expect(html).not.toContain("disk I/O");
    expect(told).toHaveLength(1);
  });

  it("asks for the password when one is set", async () => {
    const own = await site({ password: "sesame" });
    expect((await own.ask("/")).status).toBe(401);
    const basic = (p: string) => ({
      headers: { Authorization: `Basic ${Buffer.from(`me:${p}`).toString("base64")}` },
    });
    expect((await own.ask("/", basic("wrong"))).status).toBe(401);
    expect((await own.ask("/", basic("sesame"))).status).toBe(200);
  });

  it("names the language of a headline that is not the reader's", async () => {
    const spanish = await app.page("/headlines?lang=es");
    expect(spanish).toMatch(/<h2[^>]* lang="en"[^>]*><a href="\/story\/sgha0001"/);
    expect(spanish).toContain("headline in inglés");
    expect(await app.page("/headlines?lang=en")).not.toContain("headline in");
  });

  it("says in an empty archive what is missing and how something gets there", async () => {
    const own = await site({ store: createMemoryStore() });
    for (const path of ["/", "/headlines", "/latest", "/videos", "/countries", "/outlets"]) {
      const html = await own.page(path);
      expect(html, path).toContain("Add a source, or start with the demonstration archive");
      expect(html, path).toMatch(/<main[\s\S]*href="\/sources"[\s\S]*<\/main>/);
    }
    const chile = await own.page("/country/CHL");
    expect(chile).toContain("that says nothing of what happens there");
    expect(chile).not.toContain('class="axis-dash"');
    // Where others were read, a list that is empty says only that.
    expect(await app.page("/videos?after=none")).not.toContain("Add a source, or start");
  });

  it("turns the pages of many sources, finds one by name, and comes back to the page after an act", async () => {
    const store = await fixtureStore();
    const own = await site({ store });
    const [one] = await store.sources();
    if (one === undefined) throw new Error("The fixture has no source");
    const { alarm: _none, ...calm } = one;
    for (let i = 0; i < 230; i++)
      await store.putSource({
        ...calm,
        id: `many${i}` as typeof one.id,
        title: `Gazette ${String(i).padStart(3, "0")}`,
        url: `https://gazette${i}.example/feed`,
        failures: 0,
      });
    const named = (html: string) => [...html.matchAll(/<b dir="auto">([^<]+)</g)].map((m) => m[1] ?? "");
    const pages = [1, 2, 3, 4, 5].map((n) => own.page(`/sources?page=${n}`));
    const names = (await Promise.all(pages)).map(named);
    expect(names.map((n) => n.length)).toEqual([50, 50, 50, 50, 32]);
    expect(new Set(names.flat()).size).toBe(232);
    expect(named(await own.page("/sources?page=99"))).toEqual(names[4]);
    expect(named(await own.page("/sources?q=GAZETTE+007"))).toEqual(["Gazette 007"]);
    expect(await own.page("/sources?q=nothing+like+it")).toContain("Nothing was found");
    const needy = named(await own.page("/sources?health=attention"));
    expect(needy.length).toBeLessThan(3);
    expect(needy.join()).not.toContain("Gazette");
    const done = await own.ask(
      "/sources/many7",
      form({ token, act: "pause", back: "/sources?page=2" }, { Origin: "http://localhost" }),
    );
    expect(done.headers.get("Location")).toBe("/sources?page=2");
  });

  it("gives a refused form of alerts back as it was written, and says what is wrong", async () => {
    const own = await site({ mail: false });
    const fields = {
      token,
      on: "search",
      query: "country=CHL&min=50",
      name: "Dam",
      email: "nobody",
      webhook: "",
    };
    const answer = await own.ask("/alerts", form(fields));
    expect(answer.status).toBe(400);
    const html = await answer.text();
    expect(html).toContain("This is no e-mail address");
    expect(html).toMatch(/name="email"[^>]*aria-invalid="true"[^>]*value="nobody"/);
    expect(html).toMatch(/name="name"[^>]*value="Dam"/);
    expect(html).toContain('name="query" value="country=CHL&amp;min=50"');
    expect(html).toContain("Chile, 50 or more");
    expect(html).toContain("No mail server is set up here");
    const story = {
      token,
      on: "number",
      story: "sdam0001",
      series: "",
      name: "Dead",
      email: "",
      webhook: "ftp://x",
    };
    const back = await (await own.ask("/alerts", form(story))).text();
    expect(back).toMatch(/name="webhook"[^>]*value="ftp:\/\/x"/);
    expect(back).toMatch(/value="number" checked/);
    // Whoever chose a number means it, whatever the button above says.
    const series = /<option value="([^"]+)">killed/.exec(await own.page("/alerts/new?story=sdam0001"))?.[1];
    if (series === undefined) throw new Error("The form offers no number");
    await own.ask("/alerts", form({ ...story, on: "story", series, webhook: "" }));
    expect(await own.page("/alerts")).toContain("a number of this story changes");
    // A form that could only fail is not shown.
    expect(await own.page("/alerts/new")).not.toContain("Set the alert");
  });

  it("tries the ways of an alert when it is set, and on demand, and tells what did not arrive", async () => {
    const tried: string[] = [];
    const own = await site({
      actions: {
        tryAlert: (alert) => {
          tried.push(alert.name);
          return Promise.resolve([
            { to: "desk@paper.example" },
            { to: "https://10.0.0.4/", error: "10.0.0.4 is not a public address." },
          ]);
        },
      },
    });
    const fields = { token, on: "search", query: "q=dam", name: "Dam", email: "desk@paper.example" };
    const html = await (await own.ask("/alerts", form({ ...fields, webhook: "https://10.0.0.4/" }))).text();
    expect(html).toContain("The alert is set.");
    expect(html).toContain("A trial was sent to \u2068desk@paper.example\u2069.");
    expect(html).toContain(
      "The trial to \u2068https://10.0.0.4/\u2069 could not be delivered: \u206810.0.0.4 is not a public address.\u2069",
    );
    const id = /action="\/alerts\/(w\w+)"/.exec(html)?.[1];
    await own.ask(`/alerts/${id}`, form({ token, act: "try" }));
    expect(tried).toEqual(["Dam", "Dam"]);
    expect((await own.ask("/alerts/none", form({ token, act: "try" }))).status).toBe(404);
  });

  it("says which part of a search it did not understand, and shows the filters where none is asked", async () => {
    const html = await app.page("/search?q=dam&country=XX&min=abc&since=yesterday&genre=poem");
    expect(html).toContain("Not understood, and left out");
    for (const part of ["Country “XX”", "Number from “abc”", "From “yesterday”", "Genre “poem”"])
      expect(html).toContain(part);
    expect(await app.page("/search?q=dam&country=chl")).not.toContain("left out");
    expect(await app.page("/search")).toMatch(/<details open[^>]*><summary>Filters/);
    expect(await app.page("/search?q=dam")).toMatch(/<details><summary>Filters/);
  });

  it("breaks on no day that is not in the calendar, and says where there is nothing", async () => {
    for (const path of ["/search?q=dam&since=2022-13-01", "/search?q=dam&until=2022-02-30"]) {
      const answer = await app.ask(path);
      expect(answer.status, path).toBe(200);
      expect(await answer.text()).toContain("Not understood, and left out");
    }
    expect((await app.ask("/alerts/new?q=dam&since=2022-13-45")).status).toBe(200);
    expect((await app.ask("/place/CHL:Nowhere%20At%20All")).status).toBe(404);
    const route = await app.ask("/api/v1/nope");
    expect([route.status, await route.json()]).toEqual([
      404,
      { error: "No such route: see /api/v1/openapi.json" },
    ]);
    const limit = await app.ask("/api/v1/articles?limit=abc");
    expect(await limit.json()).toEqual({ error: "limit: a number from 1 to 200 is needed" });
  });

  it("shows the numbers a search by numbers found, in their words, also in its table", async () => {
    const html = await app.page("/search?measure=killed&min=90");
    expect(html).toMatch(/class="said" href="\/article\/\w+\?mark=[^"]*"[^>]*>“At least 94 people”/);
    expect(html).not.toContain("“61 bodies”");
    const csv = await app.page("/feeds/search/results.csv?measure=killed&min=90");
    expect(csv.split("\r\n")[0] ?? "").toMatch(/,numbers$/);
    expect(csv).toContain("At least 94 people");
    expect((await app.page("/feeds/search/results.csv?q=dam")).split("\n")[0]).not.toContain("numbers");
  });

  it("draws the incidents of a country, a place and an actor by day, and says nothing twice where nothing was read", async () => {
    const chile = await app.page("/country/CHL");
    expect(chile).toContain('id="incident-days-title"');
    expect(chile).toContain("Strong: the text gives the day");
    expect(chile).toMatch(/class="head-more" href="\/search\?country=CHL"/);
    const tuvalu = await app.page("/country/TUV");
    expect(tuvalu).toContain("that says nothing of what happens there");
    for (const id of ["incident-days", "stories", "latest", "incidents"])
      expect(tuvalu).not.toContain(`id="${id}"`);
    // On the page of a place its name is no column.
    const place = await app.page("/place/LOC:alerce");
    expect(place).toContain('class="stack incidents unplaced"');
    expect(chile).toContain('class="stack incidents"');
  });

  it("says of a source that was never visited neither that it works nor that it fails", async () => {
    const store = await fixtureStore();
    const own = await site({ store });
    const [one] = await store.sources();
    if (one === undefined) throw new Error("The fixture has no source");
    const { alarm: _a, lastError: _e, lastSuccess: _s, ...fresh } = one;
    await store.putSource({ ...fresh, id: "fresh" as typeof one.id, title: "Fresh Gazette", failures: 0 });
    const row = /<b dir="auto">Fresh Gazette<[\s\S]*?<\/tr>/.exec(await own.page("/sources"))?.[0];
    expect(row).toContain("not visited yet");
    expect(row).not.toContain("works");
  });

  it("names on a phone what each of our figures is, and folds them by their heading", async () => {
    const own = await site({
      benchmarks:
        "# Benchmarks\n\nTaken.\n\n## Facts\n\n| figure | here | |\n|---|---|---|\n| F1 | .61 | note |\n",
    });
    const html = await own.page("/about");
    expect(html).toContain("<summary><h3>Facts</h3></summary>");
    expect(html).toContain('<td data-label="here">.61</td><td>note</td>');
    expect(html).not.toContain("Benchmarks");
  });

  it("finds every key it asks for in the English catalogue", () => {
    const words = english();
    const missing = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
      .filter((f) => /\.tsx?$/.test(f) && !f.includes(".test."))
      .flatMap((f) =>
        [...readFileSync(`${import.meta.dirname}/${f}`, "utf8").matchAll(/\bt\(\s*"([^"]+)"/g)].map(
          (m) => m[1] ?? "",
        ),
      )
      .filter((key) => !(key in words));
    expect([...new Set(missing)]).toEqual([]);
  });
});

describe("somebody in office", () => {
  it("is told of with the days of the reports that name the office", async () => {
    const store = createMemoryStore();
    const key = "per:mira holt";
    await store.saveFilings(
      [
        ["2023-12-01", "mayor"],
        ["2023-12-09", "mayor"],
        ["2023-12-20", "former mayor"],
      ].map(([published = "", office = ""], i) =>
        filing({ url: `https://a.example/${i}`, published, entities: [{ name: "Mira Holt", key, office }] }),
      ),
    );
    const html = await (await site({ store })).page(`/actor/${encodeURIComponent(key)}`);
    const offices = html.slice(html.indexOf('id="offices"'));
    expect(offices).toMatch(/mayor<\/bdi>.{0,80}1\s?[–-]\s?9 Dec/su);
    expect(offices).toMatch(/former mayor<\/bdi>.{0,80}20 Dec/su);
  });
});

describe("a forgotten article", () => {
  it("is said to have been here", async () => {
    const store = createMemoryStore();
    const [kept, gone] = ["https://a.example/1", "https://a.example/2"].map((url) => filing({ url }));
    await store.saveFilings([kept, gone].flatMap((f) => f ?? []));
    await store.forget("https://a.example/2", "2024-01-01T00:00:00Z");
    const { ask } = await site({ store });
    expect((await ask(`/article/${kept?.reading.article.id}`)).status).toBe(200);
    const answer = await ask(`/article/${gone?.reading.article.id}`);
    expect(answer.status).toBe(410);
    expect(await answer.text()).toContain("This article was forgotten");
  });
});

describe("columns", () => {
  it("stand apart from the headlines, however many there are on one subject", async () => {
    const store = createMemoryStore();
    const at = (hour: number): string => new Date(Date.UTC(2024, 0, 1, hour)).toISOString();
    await store.saveFilings([
      filing({
        url: "https://a.example/1",
        title: "Why the dam must go",
        genre: "opinion",
        story: "views",
        published: at(3),
      }),
      filing({
        url: "https://b.example/2",
        title: "Why the dam must stay",
        outlet: "b.example",
        genre: "opinion",
        story: "views",
        published: at(4),
      }),
      filing({
        url: "https://c.example/3",
        title: "Dam holds",
        outlet: "c.example",
        story: "dam",
        published: at(2),
      }),
    ]);
    const html = await (await site({ store })).page("/");
    const headlines = html.slice(html.indexOf('id="headlines"'), html.indexOf('class="apart"'));
    expect(headlines).toContain("Dam holds");
    expect(headlines).not.toContain(`/story/${storyId("views")}`);
    expect(html.slice(html.indexOf('class="apart"'))).toContain("Why the dam must stay");
  });
});

describe("a long story", () => {
  it("shows its newest reports, and all of them a link away", async () => {
    const store = createMemoryStore();
    await store.saveFilings(
      Array.from({ length: 140 }, (_, i) =>
        filing({
          url: `https://a.example/${i}`,
          title: `Report number ${i} of the dam`,
          published: new Date(Date.UTC(2024, 0, 1) + i * 3_600_000).toISOString(),
          story: "dam",
        }),
      ),
    );
    const { page } = await site({ store });
    const path = `/story/${storyId("dam")}`;
    const rows = (html: string): number => html.match(/<tr data-at/g)?.length ?? 0;
    const short = await page(path);
    expect(rows(short)).toBe(48);
    expect(short).toContain("Report number 139 of");
    expect(short).toContain(`href="${path}?reports=all#reports"`);
    const whole = await page(`${path}?reports=all`);
    expect(rows(whole)).toBe(140);
    expect(whole).not.toContain("?reports=all#reports");
  });
});
