/** Two clocks: the system's, and one that a test or simulation moves by hand, in which sleepers wake in order of time. */
import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../../ports/index.ts";

export const createSystemClock = (): Clock => ({
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    await delay(Math.max(0, ms), undefined, signal === undefined ? {} : { signal });
  },
  random: () => Math.random(),
});

export type SimulatedClock = Clock & {
  /** Moves to the moment, waking every sleeper on the way at its own time. */
  advanceTo(ms: number): Promise<void>;
  /** Sets the time without waking anybody before their turn: a clock that jumps. */
  jumpTo(ms: number): void;
  readonly sleepers: number;
};

type Sleeper = { readonly at: number; readonly order: number; readonly wake: () => void };

/** Binary heap by time, then by order of arrival, so that runs repeat exactly. */
const before = (a: Sleeper, b: Sleeper): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

const push = (heap: Sleeper[], item: Sleeper): void => {
  heap.push(item);
  for (let i = heap.length - 1; i > 0; ) {
    const up = (i - 1) >> 1;
    const a = heap[i];
    const b = heap[up];
    if (!a || !b || !before(a, b)) return;
    heap[i] = b;
    heap[up] = a;
    i = up;
  }
};

const pop = (heap: Sleeper[]): Sleeper | undefined => {
  const top = heap[0];
  const last = heap.pop();
  if (!top || !last || heap.length === 0) return top;
  heap[0] = last;
  for (let i = 0; ; ) {
    let least = i;
    for (const child of [2 * i + 1, 2 * i + 2]) {
      const c = heap[child];
      const l = heap[least];
      if (c && l && before(c, l)) least = child;
    }
    const a = heap[i];
    const b = heap[least];
    if (least === i || !a || !b) return top;
    heap[i] = b;
    heap[least] = a;
    i = least;
  }
};

/** Repeatable randomness (mulberry32) for jitter in simulations. */
const seeded = (seed: number): (() => number) => {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** Promise chains of woken sleepers need turns of the event loop before the next one may wake. */
const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++)
    await new Promise<void>((done) => {
      setImmediate(done);
    });
};

/** `settle` is the number of turns the work of one moment is given before time goes on. */
export const createSimulatedClock = (start: number, seed = 1, settle = 1): SimulatedClock => {
  let now = start;
  let order = 0;
  const heap: Sleeper[] = [];
  const random = seeded(seed);
  return {
    now: () => now,
    random,
    sleep: (ms, signal) =>
      new Promise<void>((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        const sleeper = {
          at: now + Math.max(0, ms),
          order: order++,
          wake: () => {
            signal?.removeEventListener("abort", aborted);
            resolve();
          },
        };
        const aborted = (): void => reject(signal?.reason);
        signal?.addEventListener("abort", aborted, { once: true });
        push(heap, sleeper);
      }),
    advanceTo: async (ms) => {
      await turns(settle);
      for (;;) {
        const next = heap[0];
        if (!next || next.at > ms) break;
        now = Math.max(now, next.at);
        // All sleepers of one moment wake together.
        while (heap[0] !== undefined && heap[0].at <= now) pop(heap)?.wake();
        await turns(settle);
      }
      now = Math.max(now, ms);
      await turns(settle);
    },
    jumpTo: (ms) => {
      now = ms;
    },
    get sleepers() {
      return heap.length;
    },
  };
};
