/** Trials of an alert: what did not arrive is told, and remembered until something does. */
import { expect, it } from "vitest";
import { createMemoryStore } from "../adapters/store-memory/index.ts";
import type { Alert } from "../model/index.ts";
import type { Fetcher, Mailer } from "../ports/index.ts";
import { tryAlert } from "./alert.ts";

const alert: Alert = {
  id: "w1",
  name: "Ferries",
  watch: { kind: "search", query: { q: "ferry" } },
  channels: [
    { kind: "feed" },
    { kind: "email", to: "desk@paper.example" },
    { kind: "webhook", url: "https://10.0.0.4/hook" },
  ],
  created: "2024-03-01T00:00:00Z",
};
const refused = {
  fetch: () => Promise.resolve({ ok: false, reason: "forbidden-address", detail: "10.0.0.4 is not public." }),
} as unknown as Fetcher;
const accepted = { fetch: () => Promise.resolve({ ok: true }) } as unknown as Fetcher;

it("tries every way but the feed, and says of each what became of it", async () => {
  const store = createMemoryStore();
  const clock = {
    now: () => Date.parse("2024-03-02T00:00:00Z"),
    random: () => 0,
    sleep: () => Promise.resolve(),
  };
  const letters: string[] = [];
  const mailer: Mailer = {
    send: async ({ to, text }) => {
      letters.push(`${to}: ${text}`);
    },
    close: async () => undefined,
  };
  await store.putAlert(alert);
  expect(
    await tryAlert({ store, clock, mailer, fetcher: refused, siteUrl: "http://localhost" }, alert),
  ).toEqual([
    { to: "desk@paper.example", error: undefined },
    { to: "https://10.0.0.4/hook", error: "10.0.0.4 is not public." },
  ]);
  expect(letters.join()).toContain("nothing has changed");
  expect((await store.alerts())[0]?.lastError).toBe("10.0.0.4 is not public.");
  expect(await tryAlert({ store, clock, fetcher: accepted }, alert)).toMatchObject([
    { error: "No mail server is configured (DATELINE_SMTP)." },
    { error: undefined },
  ]);
  await tryAlert({ store, clock, mailer, fetcher: accepted }, alert);
  expect((await store.alerts())[0]?.lastError).toBeUndefined();
  // A trial is no message: the feed of the alert stays as it was.
  expect((await store.alertMessages("w1", { limit: 5 })).rows).toEqual([]);
});
