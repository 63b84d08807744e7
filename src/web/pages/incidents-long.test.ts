/** A country of many incidents: those of lately, all of them a link away. */
import { expect, it } from "vitest";
import { filing, storyId } from "../../../test/conformance/make.ts";
import { createMemoryStore } from "../../adapters/store-memory/index.ts";
import type { Incident, IncidentId } from "../../model/index.ts";
import { site } from "../test-site.ts";

const incident = (i: number): Incident => ({
  id: `i${i}` as IncidentId,
  eventType: "ASSAULT",
  actor: [{ words: `police ${i}` }],
  recipient: [],
  day: { start: new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10), precision: "day" },
  place: { name: "Almaty", country: "KAZ", precision: 1, articles: 1 },
  mentions: [],
  reasons: [],
  corroboration: { newsrooms: 1, informants: [], outlets: 1, words: "" },
});

it("draws the newest incidents of a country, all of them when asked", async () => {
  const store = createMemoryStore();
  await store.saveFilings([filing({ url: "https://a.example/1", story: "almaty", countries: ["KAZ"] })]);
  await store.saveIncidents(
    storyId("almaty"),
    Array.from({ length: 70 }, (_, i) => incident(i)),
  );
  const { page } = await site({ store });
  const drawn = (html: string): number => new Set(html.match(/Police \d+/gi)).size;
  const short = await page("/country/KAZ");
  expect(drawn(short)).toBe(45);
  expect(short).toContain('href="/country/KAZ?incidents=all#incidents"');
  const whole = await page("/country/KAZ?incidents=all");
  expect(drawn(whole)).toBe(70);
  expect(whole).not.toContain('incidents=all#incidents"');
});

it("counts no incident in doubt and lists it apart with who refutes it; prints a stretch of days whole", async () => {
  const store = createMemoryStore();
  await store.saveFilings([filing({ url: "https://a.example/1", story: "almaty", countries: ["KAZ"] })]);
  await store.saveIncidents(storyId("almaty"), [
    { ...incident(0), day: { start: "2024-01-01", end: "2024-01-07", precision: "week" } },
    { ...incident(1), doubt: { status: "denied", by: "Ridge Post" } },
  ]);
  const { page } = await site({ store });
  const html = await page("/country/KAZ");
  expect(html).toContain("1 incident<");
  expect(html).not.toContain("2 incidents");
  expect(html).toMatch(/1 refuted or taken back[\s\S]*Police 1[\s\S]*refuted by Ridge Post/i);
  expect(html).toMatch(/1 Jan 2024 – 7 Jan 2024/);
});
