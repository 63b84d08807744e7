/** Stories put right by hand, with plain forms and no script: split, move, merge, each with its reason, and each undone. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noBrowser, openBrowser, openSite, type Site } from "./site.ts";

describe.skipIf(noBrowser)("the desk's hand on stories", () => {
  let site: Site;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    site = await openSite();
    browser = await openBrowser();
    const context = await browser.newContext({ javaScriptEnabled: false });
    page = await context.newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  const words = async (selector: string): Promise<string> =>
    (await page.locator(selector).allTextContents()).join(" ");
  const form = (summary: string) => page.locator("#hand details", { hasText: summary });
  const open = async (story: string, summary: string) => {
    await page.goto(`${site.base}/story/${story}`);
    await form(summary).locator("summary").click();
  };
  const undo = async () => {
    const last = page.locator(".hand-undo").last();
    await last.getByLabel("Why undo").fill("It belongs there after all");
    await last.getByRole("button", { name: "Undo" }).click();
  };

  it("splits a report into a story of its own, says so on both, and takes it back", async () => {
    await open("sdam0001", "Take reports out");
    await form("Take reports out").locator("input[value=adam05]").check();
    await form("Take reports out").getByLabel("Reason").fill("Another reservoir");
    await form("Take reports out").getByLabel("Who decides").fill("Ada");
    await form("Take reports out").getByRole("button", { name: "Make a story of them" }).click();
    const own = new URL(page.url()).pathname;
    expect(own).not.toBe("/story/sdam0001");
    expect(await words(".hand-notes")).toMatch(/made a story of their own by hand.*Another reservoir.*Ada/s);
    await page.goto(`${site.base}/story/sdam0001`);
    expect(await words(".hand-notes")).toMatch(/taken out of this story by hand.*Another reservoir/s);
    expect(await page.locator("#reports a[href='/article/adam05']").count()).toBe(0);
    await page.goto(`${site.base}/article/adam05`);
    expect(await words(".article-head")).toContain("Another reservoir");

    await page.goto(`${site.base}/story/sdam0001`);
    await undo();
    expect(new URL(page.url()).pathname).toBe("/story/sdam0001");
    expect(await page.locator("#reports a[href='/article/adam05']").count()).toBe(1);
    await page.goto(`${site.base}${own}`);
    expect(new URL(page.url()).pathname).toBe("/story/sdam0001");
  });

  it("moves a report to another story by its address", async () => {
    await open("sdam0001", "Take reports out");
    await form("Take reports out").locator("input[value=adam08]").check();
    await form("Take reports out").getByLabel("Reason").fill("About the ferries");
    await form("Take reports out").getByLabel("Other story").fill(`${site.base}/story/snor0001#reports`);
    await form("Take reports out").getByRole("button", { name: "Move them" }).click();
    expect(new URL(page.url()).pathname).toBe("/story/snor0001");
    expect(await words(".hand-notes")).toMatch(/moved here by hand from.*About the ferries/s);
    await undo();
    expect(new URL(page.url()).pathname).toBe("/story/sdam0001");
    expect((await site.store.row("adam08"))?.storyId).toBe("sdam0001");
  });

  it("merges two stories so that the old address leads on, and parts them again", async () => {
    await open("sgha0002", "Put together");
    await form("Put together").getByLabel("Other story").fill("sgha0001");
    await form("Put together").getByLabel("Reason").fill("One and the same");
    await form("Put together").getByRole("button").click();
    expect(await words(".hand-notes")).toMatch(/Another story put into this one.*One and the same/s);
    await page.goto(`${site.base}/story/sgha0002`);
    expect(new URL(page.url()).pathname).toBe("/story/sgha0001");
    await undo();
    await page.goto(`${site.base}/story/sgha0002`);
    expect(new URL(page.url()).pathname).toBe("/story/sgha0002");
  });

  it("says what is missing instead of doing half", async () => {
    await open("sdam0001", "Take reports out");
    await form("Take reports out").getByLabel("Reason").fill("No report chosen");
    await form("Take reports out").getByRole("button", { name: "Make a story of them" }).click();
    expect(await words("main")).toContain("Choose at least one report");
  });

  it("rejects a fact, strikes it through, and has it back", async () => {
    await page.goto(`${site.base}/article/adam05#fact-adam05.n0`);
    const card = page.locator(".fact-cards > li:target");
    await card.locator("summary").click();
    await card.getByLabel("Reason").fill("Counted twice");
    await card.getByRole("button", { name: "Reject" }).click();
    await page.goto(`${site.base}/article/adam05`);
    expect(await page.locator(".m-rejected").count()).toBeGreaterThan(0);
    expect(await words("#facts")).toContain("rejected by hand");
    await page.goto(`${site.base}/article/adam05?again#fact-adam05.n0`);
    await card.getByLabel("Why undo").fill("It is right");
    await card.getByRole("button", { name: "Undo" }).click();
    await page.goto(`${site.base}/article/adam05`);
    expect(await page.locator(".m-rejected").count()).toBe(0);
  });
});
