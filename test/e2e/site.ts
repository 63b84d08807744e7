/** The site on a free port of the loopback with the fixture's archive, and the system's Chromium to read it with. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { serve } from "@hono/node-server";
import { type Browser, chromium } from "playwright-core";
import type { Edition } from "../../src/model/index.ts";
import type { Store } from "../../src/ports/index.ts";
import { withApi } from "../../src/web/api/index.ts";
import { createWeb } from "../../src/web/app.tsx";
import type { Catalogue, WebOptions } from "../../src/web/options.ts";
import { fixtureStore, NOW } from "../web/fixture.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
export const noBrowser = !existsSync(CHROMIUM);

const json = (path: string): unknown => JSON.parse(readFileSync(join(ROOT, path), "utf8"));
const jsonFiles = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder)).filter((f) => f.endsWith(".json"));

export const editions = (): readonly [Edition, ...Edition[]] => {
  const all = jsonFiles("data/editions").map((f) => json(`data/editions/${f}`) as Edition);
  const [first, ...rest] = all.toSorted((a, b) => Number(b.id === "default") - Number(a.id === "default"));
  if (first === undefined) throw new Error("There is no edition under data/editions");
  return [first, ...rest];
};
export const catalogues = (): Partial<Record<string, Catalogue>> =>
  Object.fromEntries(
    jsonFiles("data/i18n").map((f) => [f.replace(".json", ""), json(`data/i18n/${f}`) as Catalogue]),
  );

export type Site = { readonly base: string; readonly store: Store; readonly close: () => Promise<void> };

export async function openSite(more: Partial<WebOptions> = {}): Promise<Site> {
  const store = more.store ?? (await fixtureStore());
  const app = createWeb(
    {
      store,
      clock: { now: () => NOW },
      editions: editions(),
      catalogues: catalogues(),
      version: "test",
      benchmarks: "## Numbers\n\n| task | f1 |\n|---|---|\n| gold | 0.61 |\n",
      secret: "for the tests",
      parseSentence: (text) => ({
        start: 0,
        end: text.length,
        paragraph: 0,
        tokens: text.split(/\s+/).map((form, i) => ({
          form,
          start: 0,
          end: 0,
          lemma: form,
          upos: "NOUN" as const,
          feats: "_",
          head: i === 0 ? 0 : 1,
          deprel: i === 0 ? "root" : "dep",
        })),
      }),
      ...more,
    },
    withApi("test"),
  );
  const { server, port } = await new Promise<{ server: ReturnType<typeof serve>; port: number }>((done) => {
    const started = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, (info) =>
      done({ server: started, port: info.port }),
    );
  });
  return {
    base: `http://127.0.0.1:${port}`,
    store,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

/** Every page of the site, as the fixture fills it. */
export const PAGES: readonly string[] = [
  "/",
  "/headlines",
  "/breaking",
  "/latest",
  "/world",
  "/videos",
  "/story/sdam0001",
  "/story/sdam0001?at=2024-03-09",
  "/article/adam05",
  "/article/adam02?mark=60-100",
  "/article/adam05?mark=100-140&parse=1",
  "/article/adam08",
  "/search",
  "/search?q=dam",
  "/search?q=dam&view=timeline",
  "/search?q=dam&view=map",
  "/search?q=nothingatall",
  "/search?measure=killed&min=90",
  "/search?q=dam&min=abc&country=XX",
  "/countries",
  "/country/CHL",
  "/country/TUV",
  "/place/LOC:alerce",
  "/outlets",
  "/outlet/andenwire.example",
  "/sources",
  "/alerts",
  "/alerts/new?q=dam",
  "/alerts/new?story=sdam0001",
  "/settings",
  "/about",
  "/api",
  "/no-such-page",
  "/e/estepa/",
  "/?lang=ar",
  "/story/sdam0001?lang=ar",
];
