/** For tests: the site over a store, answering in text. */
import { readFileSync } from "node:fs";
import { fixtureStore, NOW } from "../../test/web/fixture.ts";
import type { Edition } from "../model/index.ts";
import { withApi } from "./api/index.ts";
import { createWeb } from "./app.tsx";
import type { Catalogue, WebOptions } from "./options.ts";

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"));
export const english = (): Catalogue => read("data/i18n/en.json") as Catalogue;

export async function site(more: Partial<WebOptions> = {}) {
  const app = createWeb(
    {
      store: more.store ?? (await fixtureStore()),
      clock: { now: () => NOW },
      editions: [read("data/editions/default.json") as Edition],
      catalogues: { en: english() },
      version: "test",
      secret: "for the tests",
      ...more,
    },
    withApi("test"),
  );
  const ask = (path: string, init?: RequestInit) => app.request(`http://localhost${path}`, init);
  return { app, ask, page: async (path: string) => (await ask(path)).text() };
}
