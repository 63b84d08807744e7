/** Rhythm and health of a source, as tables. */
import { describe, expect, it } from "vitest";
import type { Source } from "../model/index.ts";
import {
  afterFailure,
  afterSuccess,
  allowedFrom,
  askedBy,
  backoffMinutes,
  intervalOf,
  weighted,
} from "./rhythm.ts";
import { newSource } from "./sources.ts";

const DAY = 86_400_000;
const START = Date.parse("2026-01-05T00:00:00Z"); // a Monday
const fresh = (): Source => newSource("https://a.example/feed", "feed", START, START);

describe("interval", () => {
  it.each([
    ["a feed that never brings anything", 0, {}, 720],
    ["one item a day", 1, {}, 720],
    ["twelve a day", 12, {}, 60],
    ["a flood", 1000, {}, 10],
    ["a flood with ttl 60", 1000, { ttlMinutes: 60 }, 60],
    ["ttl of a week is held to a day", 12, { ttlMinutes: 10_080 }, 1440],
    ["max-age of half an hour", 1000, { maxAge: 1800 }, 30],
    ["max-age of a year is held to six hours", 1000, { maxAge: 31_536_000 }, 360],
  ])("%s", (_what, perDay, asked, minutes) => {
    expect(intervalOf(perDay, asked)).toBe(minutes);
  });

  it("reads Cache-Control beside the feed's own wishes", () => {
    expect(
      askedBy(
        { ttlMinutes: 5, skipHours: [1], skipDays: ["Sunday"] },
        { "cache-control": "public, max-age=600" },
      ),
    ).toEqual({
      ttlMinutes: 5,
      skipHours: [1],
      skipDays: ["Sunday"],
      maxAge: 600,
    });
  });

  it.each([
    ["no wishes", {}, "2026-01-05T10:30:00.000Z"],
    ["this hour", { skipHours: [10] }, "2026-01-05T11:00:00.000Z"],
    ["several hours", { skipHours: [10, 11, 12] }, "2026-01-05T13:00:00.000Z"],
    ["this day", { skipDays: ["Monday"] }, "2026-01-06T00:00:00.000Z"],
    [
      "every hour is no wish",
      { skipHours: Array.from({ length: 24 }, (_, i) => i) },
      "2026-01-05T10:30:00.000Z",
    ],
    [
      "every day is no wish",
      { skipDays: ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] },
      "2026-01-05T10:30:00.000Z",
    ],
  ])("skips: %s", (_what, asked, expected) => {
    expect(new Date(allowedFrom(Date.parse("2026-01-05T10:30:00Z"), asked)).toISOString()).toBe(expected);
  });

  it("doubles after failures, a day at most", () => {
    expect([0, 1, 2, 20].map((n) => backoffMinutes(30, n))).toEqual([30, 60, 120, 1440]);
  });

  it("forgets slowly", () => {
    expect(weighted(10, 0, 0, 3)).toBe(10);
    expect(weighted(10, 0, 3, 3)).toBeCloseTo(10 / Math.E);
    expect(weighted(0, 12, 100, 3)).toBeCloseTo(0.12);
  });
});

describe("health", () => {
  it("finds the rhythm of a source within days", () => {
    let source = fresh();
    let now = START;
    let waiting = 0;
    for (let i = 0; i < 400; i++) {
      const before = now;
      now = Date.parse(source.nextPoll);
      waiting += ((now - before) / DAY) * 24; // an item an hour
      source = afterSuccess(source, { at: now, newItems: Math.floor(waiting), asked: {} }, 0.5);
      waiting -= Math.floor(waiting);
    }
    expect(source.itemsPerDay).toBeGreaterThan(18);
    expect(source.itemsPerDay).toBeLessThan(32);
    expect(source.intervalMinutes).toBeGreaterThan(22);
    expect(source.intervalMinutes).toBeLessThan(40);
    expect(source.alarm).toBeUndefined();
  });

  it("raises the alarm when a lively feed falls silent, and lowers it again", () => {
    const source: Source = {
      ...fresh(),
      lastSuccess: new Date(START).toISOString(),
      lastNew: new Date(START).toISOString(),
      itemsPerDay: 12,
      usualPerDay: 12,
      added: "2025-11-01T00:00:00Z",
    };
    const day2 = afterSuccess(source, { at: START + 2 * DAY, newItems: 0, asked: {} }, 0.5);
    expect(day2.alarm).toBeUndefined();
    const day4 = afterSuccess(day2, { at: START + 4 * DAY, newItems: 0, asked: {} }, 0.5);
    expect(day4.alarm).toMatch(
      /^Nothing new for 4 days; usually 10|^Nothing new for 4 days; usually 1\d a day/,
    );
    expect(afterSuccess(day4, { at: START + 5 * DAY, newItems: 3, asked: {} }, 0.5).alarm).toBeUndefined();
  });

  it("does not alarm for a monthly", () => {
    const source: Source = {
      ...fresh(),
      lastSuccess: new Date(START).toISOString(),
      lastNew: new Date(START).toISOString(),
      itemsPerDay: 0.03,
      usualPerDay: 0.03,
      added: "2025-11-01T00:00:00Z",
    };
    expect(afterSuccess(source, { at: START + 40 * DAY, newItems: 0, asked: {} }, 0.5).alarm).toBeUndefined();
  });

  it("raises the alarm when pages stop yielding text", () => {
    let source = fresh();
    for (let i = 1; i <= 6; i++)
      source = afterSuccess(
        source,
        { at: START + i * 3_600_000, newItems: 5, pagesRead: 5, pagesWithText: i < 4 ? 5 : 0, asked: {} },
        0.5,
      );
    expect(source.textShare).toBeLessThan(0.3);
    expect(source.alarm).toContain("stopped yielding text");
  });

  it("backs off, alarms after five failures, recovers", () => {
    let source = fresh();
    for (let i = 0; i < 5; i++) source = afterFailure(source, START + i * DAY, "The server failed.", 0.5);
    expect(source.failures).toBe(5);
    expect(source.alarm).toBe("Failed 5 times in a row. Last answer: The server failed.");
    expect(source.state).toBe("active");
    source = afterSuccess(source, { at: START + 6 * DAY, newItems: 1, asked: {} }, 0.5);
    expect(source.failures).toBe(0);
    expect(source.lastError).toBeUndefined();
    expect(source.alarm).toBeUndefined();
  });

  it("waits as long as it is asked to and retires what is gone", () => {
    const source = afterFailure(fresh(), START, "Slow down.", 0.5, { retryAt: START + 3 * DAY });
    expect(source.nextPoll).toBe(new Date(START + 3 * DAY).toISOString());
    expect(afterFailure(fresh(), START, "Gone.", 0.5, { gone: true })).toMatchObject({ state: "retired" });
  });
});
