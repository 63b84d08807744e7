/**
 * Reading on other threads: pages are independent until they are linked, so that as many may be read at once as there are
 * processors, and the thread that serves pages is never held up. A page that takes longer than two minutes (its turn to wait included) is declined and its
 * thread ended, so that no input stops the work.
 */
import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import type { Outlet, RawPage } from "../../model/index.ts";
import type { ReadHints, ReadResult } from "../../pipeline/read-page.ts";
import type { ReadTask, WorkerSetup } from "./worker.ts";

export type ReadPoolOptions = {
  readonly outlets: readonly Outlet[];
  /** Threads; by default one less than there are processors, at least one. */
  readonly threads?: number | undefined;
  readonly longestMs?: number | undefined;
};

export type ReadPool = {
  read(page: RawPage, hints?: ReadHints): Promise<ReadResult>;
  readonly parallel: number;
  close(): Promise<void>;
};

const worker = new URL(
  import.meta.url.endsWith(".ts") ? "./worker-from-source.mjs" : "./worker.js",
  import.meta.url,
);

export const createReadPool = (options: ReadPoolOptions): ReadPool => {
  const threads = options.threads ?? Math.max(1, availableParallelism() - 1);
  const longestMs = options.longestMs ?? 120_000;
  const setup: WorkerSetup = { outlets: options.outlets };
  const pool = new Piscina<ReadTask, ReadResult>({
    filename: worker.href,
    name: "readTask",
    // Started with the first page: commands that read none do not load the tables twice.
    minThreads: 0,
    idleTimeout: 600_000,
    maxThreads: threads,
    workerData: setup,
    // Loaders of the main thread are not handed on; worker-from-source.mjs brings its own.
    execArgv: [],
  });
  return {
    // One page waits ready behind each that is read.
    parallel: threads * 2,
    read: async (page, hints) => {
      const stop = new AbortController();
      const timer = setTimeout(() => stop.abort(), longestMs);
      timer.unref();
      try {
        return await pool.run({ page, hints }, { signal: stop.signal });
      } catch (error) {
        if (!stop.signal.aborted) throw error;
        return {
          ok: false,
          reason: "damaged",
          detail: `Reading the page took longer than ${Math.round(longestMs / 1000)} s; it was given up.`,
        };
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => pool.destroy(),
  };
};
