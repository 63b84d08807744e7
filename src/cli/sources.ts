/** `dateline sources add|list|check|remove|export`: the polled sources and their health. */
import { readFileSync } from "node:fs";
import { addFeeds, addSource, checkSources, exportOpml, importOpml } from "../app/sources.ts";
import type { Source } from "../model/index.ts";
import { palette, wantsColour } from "./colour.ts";
import type { Parts } from "./parts.ts";

export type SourcesCommand = {
  readonly data?: string;
  readonly allowPrivate?: boolean;
  readonly starter?: boolean;
};

/** Sources whose address or title holds the words; all without words. */
const chosen = (all: readonly Source[], words: readonly string[]): readonly Source[] =>
  words.length === 0
    ? all
    : all.filter((s) =>
        words.some(
          (w) => s.url === w || s.id === w || (s.title ?? "").toLowerCase().includes(w.toLowerCase()),
        ),
      );

export async function runSources(
  action: string,
  args: readonly string[],
  options: SourcesCommand,
  parts: Parts,
): Promise<number> {
  const store = await parts.openStore(parts.dataDir(options.data));
  const fetcher = parts.openFetcher({ allowPrivate: options.allowPrivate === true });
  const p = palette(wantsColour(process.stdout));
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const source = { store, clock: parts.clock, fetcher };
  try {
    switch (action) {
      case "add": {
        if (options.starter) {
          const { added, known } = await addFeeds({ store, clock: parts.clock }, parts.starterFeeds());
          say(
            `${added} feeds of the starter list added, ${known} known already; \`dateline sources check\` tells which answer`,
          );
          return 0;
        }
        let failed = 0;
        for (const address of args) {
          if (!/^[a-z]+:\/\//i.test(address) && /\.(opml|xml)$/i.test(address)) {
            const result = await importOpml({ store, clock: parts.clock }, readFileSync(address));
            if (result.ok) say(`${address}: ${result.added} feeds added, ${result.known} known already`);
            else {
              failed++;
              say(p.red(`${address}: ${result.detail}`));
            }
            continue;
          }
          const result = await addSource(source, address);
          if (!result.ok) {
            failed++;
            say(p.red(`${address}: ${result.detail}`));
          } else {
            say(
              `${result.known ? "known already" : p.green("added")}: ${result.source.title ?? ""} ${result.source.url} (${result.items} items)`,
            );
            for (const other of result.alternatives) say(p.dim(`  also offered: ${other}`));
          }
        }
        return failed > 0 ? 1 : 0;
      }
      case "list": {
        const all = chosen(await store.sources(), args);
        for (const s of all) {
          const state =
            s.state !== "active"
              ? p.dim(s.state)
              : s.alarm
                ? p.red("alarm ")
                : s.lastError
                  ? p.yellow("error ")
                  : s.lastSuccess
                    ? p.green("well  ")
                    : p.dim("new   ");
          say(`${state} ${s.url}${s.title ? p.dim(`  ${s.title}`) : ""}`);
          say(
            p.dim(
              `       last success ${s.lastSuccess ?? "never"}, next visit ${s.nextPoll}, ${s.itemsPerDay.toFixed(1)} items a day${s.usualPerDay === undefined ? "" : ` (usually ${s.usualPerDay.toFixed(1)})`}`,
            ),
          );
          if (s.alarm ?? s.lastError) say(`       ${s.alarm ?? s.lastError}`);
        }
        say(`${all.length} sources`);
        return 0;
      }
      case "check": {
        let bad = 0;
        for await (const one of checkSources(source, chosen(await store.sources(), args))) {
          const good = one.verdict === "ok";
          if (!good) bad++;
          say(
            `${good ? p.green("ok") : one.verdict === "moved" || one.verdict === "quiet" || one.verdict === "empty" ? p.yellow(one.verdict) : p.red(one.verdict)}  ${one.source.url}\n    ${one.words}`,
          );
        }
        return bad > 0 ? 1 : 0;
      }
      case "remove": {
        const gone = chosen(await store.sources(), args);
        if (args.length === 0 || gone.length === 0) {
          say("Name the address of a source to remove; `dateline sources list` shows them");
          return 2;
        }
        for (const s of gone) {
          await store.removeSource(s.id);
          say(`removed ${s.url}`);
        }
        return 0;
      }
      case "export":
        process.stdout.write(await exportOpml({ store, clock: parts.clock }, "Dateline sources"));
        return 0;
      default:
        say("Use: dateline sources add|list|check|remove|export");
        return 2;
    }
  } finally {
    await fetcher.close();
    await store.close();
  }
}
