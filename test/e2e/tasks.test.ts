/** What a reader comes for, done in a browser: each task by clicks or keys alone. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { noBrowser, openBrowser, openSite, type Site } from "./site.ts";

describe.skipIf(noBrowser)("tasks of a reader", () => {
  let site: Site;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    site = await openSite();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    page = await context.newPage();
  });
  afterEach(() => context.close());

  it("finds the original of a copy", async () => {
    await page.goto(`${site.base}/article/adam03`);
    await page
      .getByRole("link", { name: /copy of Anden Wire/ })
      .first()
      .click();
    expect(page.url()).toContain("/article/adam02");
    expect(await page.locator("#copies").textContent()).toContain("Digestbin");
  });

  it("finds what was known of the dead on a day before the count was withdrawn", async () => {
    await page.goto(`${site.base}/story/sdam0001`);
    await page.fill("#at", "2024-03-09");
    await page.getByRole("button", { name: "Show" }).click();
    const killed = await page.locator("#ledger-killed table").textContent();
    expect(killed).toContain("At least 94 people");
    expect(killed).not.toContain("withdrawn");
    expect(killed).not.toContain("61 bodies");
    await page.goto(`${site.base}/story/sdam0001`);
    const now = await page.locator("#ledger-killed table").textContent();
    expect(now).toContain("withdrawn");
    expect(now).toContain("61 bodies");
  });

  it("finds who denies what, the denial beside the claim", async () => {
    await page.goto(`${site.base}/story/sdam0001`);
    const claim = page.locator(".claim", { hasText: "sabotage by outside hands" });
    const denial = claim.locator(".denial");
    expect(await denial.textContent()).toContain("Fiscalía regional");
    await denial.locator("blockquote a").click();
    expect(await page.locator("#mark").first().textContent()).toContain("negó");
  });

  it("opens the sentence under a number", async () => {
    await page.goto(site.base);
    await page.locator(".figures a", { hasText: "61 bodies" }).click();
    expect(page.url()).toMatch(/\/article\/adam05\?mark=/);
    expect((await page.locator(".passage").allTextContents()).join("")).toContain("61 bodies");
  });

  it("opens the card of a fact without script", async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const reader = await plain.newPage();
    await reader.goto(`${site.base}/article/adam02`);
    await reader.locator("a.m-quantity", { hasText: "nearly 1,200 people" }).click();
    const card = reader.locator(".fact-cards > li:target");
    expect(await card.isVisible()).toBe(true);
    expect(await card.textContent()).toContain("mining ministry");
    await card.locator("a.close").click();
    expect(await card.count()).toBe(0);
    await plain.close();
  });

  it("finds the report that repeats a withdrawn number", async () => {
    await page.goto(`${site.base}/story/sdam0001`);
    const row = page.locator("#reports tr", { hasText: "stale number" }).first();
    expect(await row.textContent()).toContain("A mine that nobody was allowed to ask about");
  });

  it("reads with the keyboard alone", async () => {
    await page.goto(site.base);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    const words = await page.evaluate(() => document.activeElement?.textContent);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/story\//);
    expect(await page.locator("h1").textContent()).toBe(words);
    await page.keyboard.press("/");
    await page.keyboard.type("dam");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/search\?q=dam/);
    expect(await page.locator("[role=status]").first().textContent()).toContain("3 results");
  });

  it("narrows a search by a facet, sees it in time, and keeps it as an address", async () => {
    await page.goto(`${site.base}/search?q=dam`);
    await page.locator(".facets a", { hasText: "The Alerce Times" }).click();
    expect(await page.locator(".tabs [role=status]").textContent()).toContain("1 result");
    await page.getByRole("link", { name: "Timeline" }).click();
    const address = page.url();
    await page.goto(address);
    expect(await page.locator(".day-rows").count()).toBe(1);
  });

  it("compares two versions side by side", async () => {
    await page.goto(`${site.base}/article/adam05#versions`);
    expect(await page.locator("del").textContent()).toContain("Saturday");
    expect(await page.locator("ins").first().textContent()).toContain("Friday");
  });

  it("marks what has changed since the last visit", async () => {
    await page.goto(`${site.base}/story/sdam0001`);
    expect(await page.locator("#since").isVisible()).toBe(false);
    await page.evaluate(() => localStorage.setItem("visit:sdam0001", "2024-03-11T00:00:00Z"));
    await page.reload();
    expect(await page.locator("#since").isVisible()).toBe(true);
    expect(await page.locator(".is-new").count()).toBeGreaterThan(0);
  });

  it("switches to Arabic, mirrored, and to the dark sheet, and keeps both", async () => {
    await page.goto(site.base);
    await page.getByRole("link", { name: "العربية" }).click();
    expect(await page.locator("html").getAttribute("dir")).toBe("rtl");
    await page.locator(".theme button[value=dark]").click();
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
    await page.goto(`${site.base}/latest`);
    expect(await page.locator("html").getAttribute("dir")).toBe("rtl");
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
  });

  it("pauses a source, and decides on a fact by hand with a reason", async () => {
    await page.goto(`${site.base}/sources`);
    await page.locator("tr", { hasText: "Anden Wire" }).getByRole("button", { name: "Pause" }).click();
    expect(await page.locator("tr", { hasText: "Anden Wire" }).textContent()).toContain("paused");
    await page.goto(`${site.base}/article/adam05#fact-adam05.n0`);
    const card = page.locator(".fact-cards > li:target");
    await card.locator("summary").click();
    await card.getByLabel("Reason").fill("Counted twice");
    await card.getByRole("button", { name: "Reject" }).click();
    await page.goto(`${site.base}/article/adam05#fact-adam05.n0`);
    expect(await page.locator(".fact-cards > li:target").textContent()).toContain("Counted twice");
    expect((await site.store.decisions("adam05.n0")).length).toBe(1);
  });

  it("reads every section on a phone without script", async () => {
    const phone = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 360, height: 740 },
    });
    const reader = await phone.newPage();
    await reader.goto(site.base);
    for (const section of ["headlines", "breaking", "latest", "world", "videos"])
      expect(await reader.locator(`#${section} a`).count(), section).toBeGreaterThan(1);
    await phone.close();
  });
});
