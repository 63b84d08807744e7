/** Pauses between starts, limits per host and over all, rest when asked: on a simulated clock. */
import { describe, expect, it } from "vitest";
import { createSimulatedClock } from "../clock/index.ts";
import { createPace } from "./pace.ts";

describe("pace", () => {
  it("keeps the pause between two starts at one host and lets hosts run side by side", async () => {
    const clock = createSimulatedClock(0);
    const pace = createPace({ clock, pauseMs: 1000 });
    const starts: string[] = [];
    const jobs = ["a", "a", "b", "a"].map((host) =>
      pace.at(host, async () => void starts.push(`${host} ${clock.now()}`)),
    );
    await clock.advanceTo(10_000);
    await Promise.all(jobs);
    expect(starts).toEqual(["a 0", "b 0", "a 1000", "a 2000"]);
  });

  it("runs at most so many at once at a host", async () => {
    const clock = createSimulatedClock(0);
    const pace = createPace({ clock, pauseMs: 10, perHost: 2 });
    let running = 0;
    let most = 0;
    const jobs = Array.from({ length: 6 }, () =>
      pace.at("a", async () => {
        most = Math.max(most, ++running);
        await clock.sleep(5000);
        running--;
      }),
    );
    await clock.advanceTo(60_000);
    await Promise.all(jobs);
    expect(most).toBe(2);
  });

  it("runs at most so many at once over all", async () => {
    const clock = createSimulatedClock(0);
    const pace = createPace({ clock, overall: 3 });
    let running = 0;
    let most = 0;
    const jobs = Array.from({ length: 9 }, (_, i) =>
      pace.at(`h${i}`, async () => {
        most = Math.max(most, ++running);
        await clock.sleep(100);
        running--;
      }),
    );
    await clock.advanceTo(10_000);
    await Promise.all(jobs);
    expect(most).toBe(3);
  });

  it("gives rest, also to those who wait already", async () => {
    const clock = createSimulatedClock(0);
    const pace = createPace({ clock, pauseMs: 1000 });
    const starts: number[] = [];
    const jobs = [1, 2].map(() =>
      pace.at("a", async () => {
        starts.push(clock.now());
        pace.rest("a", 50_000);
      }),
    );
    await clock.advanceTo(100_000);
    await Promise.all(jobs);
    expect(starts).toEqual([0, 50_000]);
    expect(pace.restingUntil("a")).toBeUndefined();
  });

  it("is not stopped by a clock that jumps back", async () => {
    const clock = createSimulatedClock(1_000_000_000);
    const pace = createPace({ clock, pauseMs: 1000 });
    await pace.at("a", async () => {});
    clock.jumpTo(0);
    let done = false;
    const job = pace.at("a", async () => {
      done = true;
    });
    await clock.advanceTo(3000);
    await job;
    expect(done).toBe(true);
  });

  it("goes on after work that throws", async () => {
    const clock = createSimulatedClock(0);
    const pace = createPace({ clock, pauseMs: 0, perHost: 1, overall: 1 });
    await expect(pace.at("a", async () => Promise.reject(new Error("x")))).rejects.toThrow("x");
    expect(await pace.at("a", async () => 1)).toBe(1);
  });
});
