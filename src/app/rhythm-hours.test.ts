import { expect, it } from "vitest";
import { filing } from "../../test/conformance/make.ts";
import { createMemoryStore } from "../adapters/store-memory/index.ts";
import { createOutletHours } from "./rhythm-hours.ts";

it("knows the hours in which an outlet publishes, and takes a new one to have none", async () => {
  const store = createMemoryStore();
  await store.saveFilings(
    Array.from({ length: 40 }, (_, i) =>
      filing({
        url: `https://day.example/${i}`,
        outlet: "day.example",
        published: `2026-01-${String(1 + (i % 20)).padStart(2, "0")}T09:${String(10 + i)}Z`,
        firstSeen: "2026-02-01T00:00:00Z",
      }),
    ),
  );
  const hours = createOutletHours(store, () => 0);
  const day = await hours(["day.example"]);
  expect(day(Date.parse("2026-03-01T09:00:00Z"))).toBeGreaterThan(5);
  expect(day(Date.parse("2026-03-01T03:00:00Z"))).toBeLessThan(0.7);
  const fresh = await hours(["fresh.example"]);
  expect(fresh(Date.parse("2026-03-01T09:00:00Z"))).toBe(1);
  expect((await hours([]))(0)).toBe(1);
});
