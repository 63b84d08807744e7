/** An alert is set in the browser and comes: in its own feed, as a letter at a local SMTP server, at a local webhook, each with its reason. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFetcher } from "../../src/adapters/fetch-http/index.ts";
import { createMailer } from "../../src/adapters/mail/index.ts";
import { checkAlerts } from "../../src/app/alert.ts";
import { filings, NOW } from "../web/fixture.ts";
import { noBrowser, openBrowser, openSite, type Site } from "./site.ts";

describe.skipIf(noBrowser)("alerts", () => {
  let site: Site;
  let browser: Browser;
  let page: Page;
  let smtp: SMTPServer;
  let hook: Server;
  const letters: string[] = [];
  const calls: string[] = [];
  beforeAll(async () => {
    site = await openSite();
    browser = await openBrowser();
    page = await browser.newPage();
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      onData: (stream, _session, done) => {
        let text = "";
        stream.on("data", (chunk: Buffer) => {
          text += chunk.toString("utf8");
        });
        stream.on("end", () => {
          letters.push(text);
          done();
        });
      },
    });
    await new Promise<void>((done) => smtp.listen(0, "127.0.0.1", () => done()));
    hook = createServer((request, response) => {
      let text = "";
      request.on("data", (chunk: Buffer) => {
        text += chunk.toString("utf8");
      });
      request.on("end", () => {
        calls.push(text);
        response.end("ok");
      });
    });
    await new Promise<void>((done) => hook.listen(0, "127.0.0.1", () => done()));
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    smtp?.close(() => undefined);
    hook?.close();
  });

  it("is set from a search, fires on a new report, and says why in feed, letter and webhook", async () => {
    const clock = { now: () => NOW, random: () => 0.5, sleep: () => Promise.resolve() };
    const mailPort = (smtp.server.address() as AddressInfo).port;
    const hookPort = (hook.address() as AddressInfo).port;
    const mailer = createMailer({ url: `smtp://127.0.0.1:${mailPort}`, from: "dateline@site.example" });
    const fetcher = createFetcher({ clock, allowPrivate: true, version: "test" });
    const parts = { store: site.store, clock, mailer, fetcher, siteUrl: site.base };

    await page.goto(`${site.base}/search?q=lighthouse`);
    await page.goto(`${site.base}/search?q=ferry`);
    await page.getByRole("link", { name: "Save this search" }).click();
    await page.getByLabel("Name").fill("Ferries");
    await page.getByLabel("E-mail address").fill("reader@desk.example");
    await page.getByLabel("Address of the webhook").fill(`http://127.0.0.1:${hookPort}/hook`);
    await page.getByRole("button", { name: "Set the alert" }).click();
    expect(await page.locator("[role=status]").first().textContent()).toContain("The alert is set");
    expect(await checkAlerts(parts)).toBe(0);

    const strike = filings().find((f) => f.reading.article.id === "anor01");
    if (strike === undefined) throw new Error("The fixture lost its ferry");
    const { article } = strike.reading;
    const text = article.text.replace("eleven western ferry routes", "twelve western ferry routes");
    const id = "anor03" as typeof article.id;
    await site.store.saveFilings([
      {
        ...strike,
        version: { ...strike.version, articleId: id, textSha256: "0".repeat(64), text },
        reading: {
          ...strike.reading,
          quantities: [],
          events: [],
          article: {
            ...article,
            id,
            url: `${article.url}-second`,
            title: "Ferry talks go on",
            text,
            textSha256: "0".repeat(64),
          },
        },
      },
    ]);
    expect(await checkAlerts(parts)).toBe(1);

    await page.goto(`${site.base}/alerts`);
    const shown = await page.locator("main").textContent();
    expect(shown).toContain("Ferry talks go on");
    expect(shown).toContain("Sent because");
    const feed = await (
      await fetch(`${site.base}${await page.getByRole("link", { name: "RSS" }).getAttribute("href")}`)
    ).text();
    expect(feed).toContain("Ferry talks go on");
    expect(letters.join("")).toContain("reader@desk.example");
    expect(calls.join("")).toContain("Ferry talks go on");

    await page.getByRole("button", { name: "Delete" }).click();
    expect(await page.locator("main").textContent()).toContain("No alerts are set");
    await mailer.close();
    await fetcher.close();
  });

  it("follows a number of a story, and exports its ledger", async () => {
    await page.goto(`${site.base}/story/sdam0001`);
    await page.getByRole("link", { name: "Follow this story" }).click();
    await page.getByLabel("a number of this story changes").check();
    await page.getByRole("button", { name: "Set the alert" }).click();
    const [alert] = await site.store.alerts();
    expect(alert?.watch.kind).toBe("number");
    const table = await (await fetch(`${site.base}/story/sdam0001/ledger.csv?at=2024-03-09`)).text();
    expect(table.split("\n")[0]).toContain("measure,words");
    expect(table).toContain("At least 94 people");
    expect(table).not.toContain("61 bodies");
  });
});
