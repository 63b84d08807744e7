/** The Queue port in memory: jobs wait for their moment, failed ones come again with a growing pause. Nothing survives the process; what must survive is kept in the store and queued again at the start. */
import type { Clock, Job, Queue } from "../../ports/index.ts";

type Waiting = {
  readonly job: Job;
  readonly notBefore: number;
  readonly tries: number;
  readonly order: number;
};

const MOST_TRIES = 6;

export const createMemoryQueue = (
  clock: Clock,
  onGivenUp: (job: Job, error: unknown) => void = () => {},
): Queue => {
  const kinds = new Map<string, Map<string, Waiting>>();
  const running = new Map<string, number>();
  const wakers = new Map<string, Set<() => void>>();
  let order = 0;
  let closed = false;

  const of = (kind: string): Map<string, Waiting> => {
    const found = kinds.get(kind) ?? new Map<string, Waiting>();
    kinds.set(kind, found);
    return found;
  };
  const wake = (kind: string): void => {
    for (const w of wakers.get(kind) ?? []) w();
    wakers.get(kind)?.clear();
  };
  const put = (job: Job, notBefore: number, tries: number): void => {
    const waiting = of(job.kind);
    if (waiting.has(job.key)) return;
    waiting.set(job.key, { job, notBefore, tries, order: order++ });
    wake(job.kind);
  };
  const due = (kind: string): Waiting | undefined => {
    const now = clock.now();
    let best: Waiting | undefined;
    for (const w of of(kind).values())
      if (
        w.notBefore <= now &&
        (!best || w.notBefore < best.notBefore || (w.notBefore === best.notBefore && w.order < best.order))
      )
        best = w;
    return best;
  };
  /** Until something is added or the earliest waiting job is due. */
  const pause = async (kind: string, signal: AbortSignal): Promise<void> => {
    let earliest = clock.now() + 60_000;
    for (const w of of(kind).values()) earliest = Math.min(earliest, w.notBefore);
    const stop = new AbortController();
    const added = new Promise<void>((resolve) => {
      const set = wakers.get(kind) ?? new Set();
      set.add(resolve);
      wakers.set(kind, set);
    });
    const slept = clock
      .sleep(Math.max(1, earliest - clock.now()), AbortSignal.any([signal, stop.signal]))
      .catch(() => {});
    await Promise.race([added, slept]);
    stop.abort();
  };

  return {
    add: async (job, options) => {
      if (!closed) put(job, options?.notBefore ?? 0, 0);
    },
    work: async (kind, handler, { concurrency, signal }) => {
      const worker = async (): Promise<void> => {
        while (!signal.aborted && !closed) {
          const next = due(kind);
          if (!next) {
            await pause(kind, signal);
            continue;
          }
          of(kind).delete(next.job.key);
          running.set(kind, (running.get(kind) ?? 0) + 1);
          try {
            await handler(next.job);
          } catch (error) {
            if (next.tries + 1 >= MOST_TRIES) onGivenUp(next.job, error);
            else put(next.job, clock.now() + 1000 * 3 ** next.tries * (0.5 + clock.random()), next.tries + 1);
          } finally {
            running.set(kind, (running.get(kind) ?? 1) - 1);
          }
        }
      };
      await Promise.all(Array.from({ length: concurrency }, worker));
    },
    size: async (kind) => of(kind).size + (running.get(kind) ?? 0),
    close: async () => {
      closed = true;
      for (const kind of wakers.keys()) wake(kind);
    },
  };
};
