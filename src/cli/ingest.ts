/** `dateline ingest …`: files, folders, feeds, OPML, sitemaps, archives, addresses → the archive, with a progress bar. */
import { ingest } from "../app/ingest.ts";
import { createIntake } from "../app/intake.ts";
import { buildStories } from "../app/stories.ts";
import type { Parts } from "./parts.ts";
import { clockTime, createProgress } from "./progress.ts";

export type IngestCommand = {
  readonly data?: string;
  readonly again?: boolean;
  readonly pages?: boolean;
  readonly verbose?: boolean;
  readonly since?: string;
  readonly allowPrivate?: boolean;
};

export async function runIngest(
  inputs: readonly string[],
  options: IngestCommand,
  parts: Parts,
): Promise<number> {
  const store = await parts.openStore(parts.dataDir(options.data));
  const fetcher = parts.openFetcher({ allowPrivate: options.allowPrivate === true });
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once("SIGINT", interrupt);
  const progress = createProgress(process.stderr);
  try {
    const tools = await parts.openTools(store);
    const intake = createIntake({ store, tools, clock: parts.clock });
    const result = await ingest(
      inputs,
      { store, clock: parts.clock, files: parts.files, fetcher, intake },
      {
        again: options.again,
        fetchPages: options.pages,
        since: options.since === undefined ? undefined : Date.parse(options.since),
        signal: stop.signal,
        onProgress: (p) =>
          progress.update(
            p.share,
            `${p.pages} pages, ${p.saved} new, ${p.declined} declined, ${p.perSecond.toFixed(1)}/s${p.etaSeconds === undefined ? "" : `, ${clockTime(p.etaSeconds)} left`}`,
          ),
        onDeclined: (input, reason, detail) => {
          if (options.verbose) process.stderr.write(`declined (${reason}) ${input}: ${detail}\n`);
        },
      },
    );
    progress.update(1, "building stories");
    await buildStories({ store, tools, clock: parts.clock });
    const why = Object.entries(result.byReason)
      .map(([reason, n]) => `${n} ${reason}`)
      .join(", ");
    progress.done(
      `${result.pages} pages: ${result.saved} new, ${result.changed} changed, ${result.same} known, ${result.declined} declined${why === "" ? "" : ` (${why})`}; ${result.perSecond.toFixed(1)} pages/s, ${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most`,
    );
    return result.pages === 0 ? 1 : 0;
  } finally {
    process.removeListener("SIGINT", interrupt);
    await fetcher.close();
    await store.close();
  }
}
