/** Jobs wait for their moment, come once for one key, come again when they fail, and are given up in the end. */
import { describe, expect, it } from "vitest";
import { createSimulatedClock } from "../clock/index.ts";
import { createMemoryQueue } from "./index.ts";

describe("queue in memory", () => {
  it("hands out each waiting key once, when it is due", async () => {
    const clock = createSimulatedClock(0);
    const queue = createMemoryQueue(clock);
    const stop = new AbortController();
    const seen: string[] = [];
    const work = queue.work("read", async (job) => void seen.push(`${job.key} ${clock.now()}`), {
      concurrency: 2,
      signal: stop.signal,
    });
    await queue.add({ key: "b", kind: "read", payload: 1 }, { notBefore: 5000 });
    await queue.add({ key: "a", kind: "read", payload: 1 });
    await queue.add({ key: "b", kind: "read", payload: 2 });
    await clock.advanceTo(70_000);
    expect(seen).toEqual(["a 0", "b 5000"]);
    expect(await queue.size("read")).toBe(0);
    stop.abort();
    await queue.close();
    await work;
  });

  it("gives a failed job again, later each time, and gives up at last", async () => {
    const clock = createSimulatedClock(0);
    const given: string[] = [];
    const queue = createMemoryQueue(clock, (job) => given.push(job.key));
    const stop = new AbortController();
    let tries = 0;
    const work = queue.work(
      "read",
      async () => {
        tries++;
        throw new Error("x");
      },
      { concurrency: 1, signal: stop.signal },
    );
    await queue.add({ key: "a", kind: "read", payload: 1 });
    await clock.advanceTo(3_600_000);
    expect(tries).toBe(6);
    expect(given).toEqual(["a"]);
    stop.abort();
    await queue.close();
    await work;
  });
});
