/**
 * Keeps everything going, unattended: visits sources when they are due, reads articles again, builds stories, watches alerts.
 * What is due stands in the store, so that a stop at any moment loses nothing. A clock that jumps makes sources late or early
 * once; nothing waits for a moment that never comes, because every wait is short and the store is asked again.
 */
import type { Source } from "../model/index.ts";
import { type HubOptions, needsSubscription, subscribe } from "./hub.ts";
import { createGate } from "./intake.ts";
import { type PollParts, type PollReport, poll } from "./poll.ts";
import { rereadDue } from "./reread.ts";
import { afterFailure } from "./rhythm.ts";
import { buildStories, refreshBursts } from "./stories.ts";
import type { Tools } from "./tools.ts";

export type SchedulerParts = PollParts & { readonly tools: Tools };

export type SchedulerOptions = {
  /** Visits at once; the fetcher keeps the pace of each host. */
  readonly concurrency?: number | undefined;
  readonly hub?: HubOptions | undefined;
  /** Watches alerts; called about once a minute. */
  readonly checkAlerts?: (() => Promise<unknown>) | undefined;
  readonly onPoll?: ((report: PollReport) => void) | undefined;
  /** Errors that are ours (the store cannot write, a bug): told and survived, except that `fatal` ends the run. */
  readonly onError?: ((error: unknown, doing: string) => void) | undefined;
  readonly fatal?: ((error: unknown) => boolean) | undefined;
  readonly rereads?: boolean | undefined;
  /** Milliseconds between two looks at what is due; a second is precise enough for a rhythm of minutes. */
  readonly tickMs?: number | undefined;
};

export type Scheduler = {
  /** Runs until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
  /** Visits a source now. */
  poll(source: Source): Promise<PollReport>;
};

export const createScheduler = (parts: SchedulerParts, options: SchedulerOptions = {}): Scheduler => {
  const { store, clock } = parts;
  const places = options.concurrency ?? 32;
  const tick = options.tickMs ?? 1000;
  /** No wait is longer, so that a clock set back does not stop the work. */
  const longest = tick * 5;
  const gate = createGate(places);
  const underWay = new Set<string>();
  const tell = options.onError ?? (() => {});

  const visit = async (source: Source): Promise<PollReport> => {
    const report = await poll(parts, source);
    options.onPoll?.(report);
    const { hub } = options;
    if (hub && needsSubscription(report.source, clock.now())) await subscribe(parts, report.source, hub);
    return report;
  };

  const visitSafely = async (source: Source, stop: AbortController): Promise<void> => {
    try {
      await visit(source);
    } catch (error) {
      if (options.fatal?.(error)) {
        stop.abort(error);
        return;
      }
      tell(error, `visiting ${source.url}`);
      // A source that makes us fail must not be asked again at once for ever.
      const words = `Reading it failed here: ${error instanceof Error ? error.message : String(error)}`;
      await store.putSource(afterFailure(source, clock.now(), words, clock.random())).catch(() => {});
    } finally {
      underWay.delete(source.id);
      gate.leave();
    }
  };

  const visits = async (stop: AbortController): Promise<void> => {
    const running = new Set<Promise<void>>();
    while (!stop.signal.aborted) {
      const now = new Date(clock.now()).toISOString();
      const due = (await store.dueSources(now, places * 2 + underWay.size)).filter(
        (s) => !underWay.has(s.id),
      );
      for (const source of due) {
        await gate.enter();
        if (stop.signal.aborted) {
          gate.leave();
          break;
        }
        underWay.add(source.id);
        const one = visitSafely(source, stop).finally(() => running.delete(one));
        running.add(one);
      }
      if (due.length === 0) await clock.sleep(tick, stop.signal).catch(() => {});
    }
    await Promise.allSettled(running);
  };

  /** Repeats some work with a pause, surviving its failures. */
  const repeat = async (
    doing: string,
    everyMs: number,
    stop: AbortController,
    work: () => Promise<boolean>,
  ): Promise<void> => {
    while (!stop.signal.aborted) {
      let more = false;
      try {
        more = await work();
      } catch (error) {
        if (options.fatal?.(error)) stop.abort(error);
        else tell(error, doing);
      }
      for (let left = more ? 50 : Math.max(tick, everyMs); left > 0 && !stop.signal.aborted; left -= longest)
        await clock.sleep(Math.min(left, longest), stop.signal).catch(() => {});
    }
  };

  return {
    poll: visit,
    run: async (signal) => {
      const stop = new AbortController();
      const end = (): void => stop.abort();
      signal.addEventListener("abort", end, { once: true });
      if (signal.aborted) end();
      try {
        await parts.intake.restore();
        await Promise.all([
          visits(stop),
          repeat("reading again", 10_000, stop, async () =>
            options.rereads === false ? false : (await rereadDue(parts, 32)) >= 32,
          ),
          repeat(
            "building stories",
            2_000,
            stop,
            async () =>
              (await buildStories(parts, {
                limit: 100,
                signal: stop.signal,
                onError: (id, error) => tell(error, `building story ${id}`),
              })) >= 100,
          ),
          repeat("measuring growth", 10 * 60_000, stop, async () => {
            await refreshBursts(parts);
            return false;
          }),
          repeat("watching alerts", 60_000, stop, async () => {
            await options.checkAlerts?.();
            return false;
          }),
        ]);
      } finally {
        signal.removeEventListener("abort", end);
      }
      const reason: unknown = stop.signal.reason;
      if (!signal.aborted && reason instanceof Error) throw reason;
    },
  };
};
