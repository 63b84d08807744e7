/** No page may keep anybody out: axe on every page, light and dark, wide and narrow; nothing overflows, nothing is fetched from elsewhere. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noBrowser, openBrowser, openSite, PAGES, type Site } from "./site.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

describe.skipIf(noBrowser)("accessibility", () => {
  let site: Site;
  let browser: Browser;
  beforeAll(async () => {
    site = await openSite();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const cases = [
    { width: 1280, scheme: "light" as const },
    { width: 360, scheme: "dark" as const },
  ];
  for (const { width, scheme } of cases)
    it(`finds nothing at ${width} px, ${scheme}`, async () => {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: scheme,
        bypassCSP: true,
      });
      const page = await context.newPage();
      const foreign: string[] = [];
      page.on("request", (r) => {
        if (!r.url().startsWith(site.base)) foreign.push(r.url());
      });
      const found: string[] = [];
      for (const path of PAGES) {
        await page.goto(site.base + path);
        await page.evaluate(axe);
        const violations: { id: string; target: string }[] = await page.evaluate(async () => {
          // @ts-expect-error axe is put into the page by the line above
          const result = await window.axe.run(document, { resultTypes: ["violations"] });
          return result.violations.flatMap((v: { id: string; nodes: { target: string[] }[] }) =>
            v.nodes.map((n) => ({ id: v.id, target: n.target.join(" ") })),
          );
        });
        found.push(...violations.map((v) => `${path}: ${v.id} at ${v.target}`));
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (over > 0) found.push(`${path}: ${over} px too wide`);
      }
      await context.close();
      expect(found).toEqual([]);
      expect(foreign).toEqual([]);
    });

  it.each([768, 1600])("draws letters one can read, none on another, at %i px", async (width) => {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const found: string[] = [];
    for (const path of ["/", "/e/estepa/", "/world", "/story/sdam0001", "/story/sdam0001?lang=ar"]) {
      await page.goto(site.base + path);
      const wrong = await page.evaluate(() => {
        const seen = [...document.querySelectorAll<SVGTextElement>("svg text")]
          .map((e) => ({ e, words: e.textContent ?? "", box: e.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 1);
        const size = ({ e }: { e: SVGTextElement }) =>
          Number.parseFloat(getComputedStyle(e).fontSize) * (e.getScreenCTM()?.a ?? 1);
        const small = seen
          .filter((t) => size(t) < 10.5)
          .map((t) => `${t.words} has ${size(t).toFixed(1)} px`);
        const crossed = seen.flatMap((a, i) =>
          seen
            .slice(i + 1)
            .filter(
              (b) =>
                a.e.ownerSVGElement === b.e.ownerSVGElement &&
                Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > 1 &&
                Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top) > 4,
            )
            .map((b) => `${a.words} lies on ${b.words}`),
        );
        const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
        return [...small, ...crossed, ...(over > 0 ? [`${over} px too wide`] : [])];
      });
      found.push(...wrong.map((w) => `${path}: ${w}`));
    }
    await page.close();
    expect(found).toEqual([]);
  });

  it("keeps its own policy: no page reports a breach", async () => {
    const page = await browser.newPage();
    const breaches: string[] = [];
    page.on("console", (m) => {
      if (/Content Security Policy|Refused to/.test(m.text())) breaches.push(m.text());
    });
    for (const path of PAGES) await page.goto(site.base + path);
    await page.close();
    expect(breaches).toEqual([]);
  });
});
