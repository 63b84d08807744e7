/** Twenty kills while ingesting and polling: nothing acknowledged is lost, nothing is half there. */
import { expect, it } from "vitest";
import { killMany } from "../kill/harness.ts";

it("loses nothing in twenty kills", async () => {
  const report = await killMany(20, { seed: 20, freshEvery: 10 });
  expect(report.lost).toEqual([]);
  expect(report.broken).toEqual([]);
  expect(report.acknowledged).toBeGreaterThan(0);
}, 900_000);
