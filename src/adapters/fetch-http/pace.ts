/**
 * Manners towards hosts: at most so many requests at once and so long a pause between starts, for each host; a limit over
 * all; hosts that ask for rest (Retry-After, 429) get it. Turns are taken in order; hosts at rest cost no memory.
 */
import type { Clock } from "../../ports/index.ts";

export type PaceOptions = {
  readonly clock: Clock;
  /** Milliseconds between two starts at one host. */
  readonly pauseMs?: number | undefined;
  readonly perHost?: number | undefined;
  readonly overall?: number | undefined;
};

/** A counter of free places with a queue of those who wait for one. */
const createSlots = (count: number) => {
  const waiting: (() => void)[] = [];
  let taken = 0;
  return {
    take: async (): Promise<void> => {
      if (taken < count) {
        taken++;
        return;
      }
      // The place is handed over, so that nobody slips in between.
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    },
    give: (): void => {
      const next = waiting.shift();
      if (next) next();
      else taken--;
    },
    idle: (): boolean => taken === 0,
  };
};

type Host = {
  readonly slots: ReturnType<typeof createSlots>;
  /** One at a time decides when it may start. */
  readonly gate: ReturnType<typeof createSlots>;
  lastStart: number;
  restUntil: number;
  pauseMs: number;
};

export type Pace = {
  /** Runs the work when the host's turn has come. */
  at<T>(host: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** No start at the host before the moment (milliseconds since 1970). */
  rest(host: string, until: number): void;
  restingUntil(host: string): number | undefined;
  /** The host's own wish, in milliseconds between starts. */
  slow(host: string, pauseMs: number): void;
  readonly hosts: number;
};

/** Longest pause a robots.txt may ask for; a day between two pages would mean never. */
const LONGEST_PAUSE = 60_000;
const LONGEST_REST = 24 * 3_600_000;
const SWEEP_EVERY = 1000;

export const createPace = (options: PaceOptions): Pace => {
  const { clock } = options;
  const pauseMs = options.pauseMs ?? 1000;
  const perHost = options.perHost ?? 2;
  const all = createSlots(options.overall ?? 32);
  const hosts = new Map<string, Host>();
  let sinceSweep = 0;

  const sweep = (): void => {
    const now = clock.now();
    for (const [name, h] of hosts)
      if (h.slots.idle() && h.restUntil <= now && h.lastStart + h.pauseMs <= now && h.pauseMs === pauseMs)
        hosts.delete(name);
  };
  const hostOf = (name: string): Host => {
    let host = hosts.get(name);
    if (!host) {
      host = {
        slots: createSlots(perHost),
        gate: createSlots(1),
        lastStart: Number.NEGATIVE_INFINITY,
        restUntil: 0,
        pauseMs,
      };
      hosts.set(name, host);
    }
    return host;
  };
  /** Milliseconds still to wait. A clock that jumped back must not stop a host until it has caught up. */
  const waitOf = (host: Host): number => {
    const now = clock.now();
    host.lastStart = Math.min(host.lastStart, now);
    host.restUntil = Math.min(host.restUntil, now + LONGEST_REST);
    return Math.max(host.lastStart + host.pauseMs - now, host.restUntil - now);
  };

  return {
    at: async (name, work, signal) => {
      if (++sinceSweep >= SWEEP_EVERY) {
        sinceSweep = 0;
        sweep();
      }
      const host = hostOf(name);
      await host.slots.take();
      try {
        await host.gate.take();
        try {
          for (let wait = waitOf(host); wait > 0; wait = waitOf(host)) await clock.sleep(wait, signal);
          await all.take();
          host.lastStart = clock.now();
        } finally {
          host.gate.give();
        }
        try {
          return await work();
        } finally {
          all.give();
        }
      } finally {
        host.slots.give();
      }
    },
    rest: (name, until) => {
      const host = hostOf(name);
      host.restUntil = Math.max(host.restUntil, Math.min(until, clock.now() + LONGEST_REST));
    },
    restingUntil: (name) => {
      const host = hosts.get(name);
      return host && host.restUntil > clock.now() ? host.restUntil : undefined;
    },
    slow: (name, ms) => {
      hostOf(name).pauseMs = Math.min(LONGEST_PAUSE, Math.max(pauseMs, ms));
    },
    get hosts() {
      return hosts.size;
    },
  };
};
