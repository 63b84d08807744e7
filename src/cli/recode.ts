/** `dateline recode [--diff]`: the chain of today over the stored pages, row by row. `dateline forget URL`. */
import { forget } from "../app/forget.ts";
import { createIntake } from "../app/intake.ts";
import { recode } from "../app/recode.ts";
import { buildStories } from "../app/stories.ts";
import { palette, wantsColour } from "./colour.ts";
import type { Parts } from "./parts.ts";
import { createProgress } from "./progress.ts";

export type RecodeCommand = { readonly data?: string; readonly diff?: boolean; readonly json?: boolean };

export async function runRecode(options: RecodeCommand, parts: Parts): Promise<number> {
  const store = await parts.openStore(parts.dataDir(options.data));
  const p = palette(wantsColour(process.stdout));
  const progress = createProgress(process.stderr);
  try {
    const tools = await parts.openTools(store);
    const intake = createIntake({ store, tools, clock: parts.clock });
    const { articles: total } = await store.stats();
    const summary = await recode(
      { store, tools, intake },
      {
        apply: options.diff !== true,
        onProgress: (done) => progress.update(done / Math.max(1, total), `${done} of ${total} articles`),
        onRow: (row) => {
          if (options.json) process.stdout.write(`${JSON.stringify(row)}\n`);
          else if (options.diff) {
            const sign =
              row.change === "added" ? p.green("+") : row.change === "removed" ? p.red("-") : p.yellow("~");
            process.stdout.write(
              `${sign} ${row.articleId} ${row.table} ${row.what.replace(/\s+/g, " ").slice(0, 80)}${row.before === undefined ? "" : `\n    ${p.red(row.before)}`}${row.after === undefined ? "" : `\n    ${p.green(row.after)}`}\n`,
            );
          }
        },
      },
    );
    if (options.diff !== true) await buildStories({ store, tools, clock: parts.clock });
    progress.done(
      `${summary.articles} articles, ${summary.changed} differ in ${summary.rows} rows, ${summary.skipped} skipped${options.diff ? "; nothing was changed" : ""}`,
    );
    return 0;
  } finally {
    await store.close();
  }
}

export async function runForget(
  url: string,
  options: { readonly data?: string },
  parts: Parts,
): Promise<number> {
  const store = await parts.openStore(parts.dataDir(options.data));
  try {
    const { forgotten } = await forget(
      { store, clock: parts.clock, tools: await parts.openTools(store) },
      url,
    );
    process.stdout.write(
      forgotten > 0
        ? `Forgotten: ${forgotten} article with all that was derived from it; a tombstone keeps it from coming back\n`
        : `Nothing is stored under ${url}; a tombstone keeps it from coming in\n`,
    );
    return 0;
  } finally {
    await store.close();
  }
}
