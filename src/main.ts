/** The only file that knows every part: it chooses the adapters and hands them to the commands. */
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { loadArticleWeights, loadCorefModel, loadEntityTools, loadParser, loadReadTools } from "./adapters/tables.ts";
import { runCli } from "./cli/index.ts";
import type { Parts } from "./cli/parts.ts";

const pkg: { version: string } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
);

const parts: Parts = {
  version: pkg.version,
  clock: { now: Date.now, random: Math.random, sleep: (ms) => new Promise((done) => setTimeout(done, ms)) },
  dataDir: (option) =>
    option ??
    process.env["DATELINE_DATA"] ??
    join(process.env["XDG_DATA_HOME"] ?? join(homedir(), ".local/share"), "dateline"),
  articleWeights: loadArticleWeights,
  parser: loadParser,
  corefModel: loadCorefModel,
  entityTools: loadEntityTools,
  readTools: loadReadTools,
  openStore: () => Promise.reject(new Error("No store is built in yet")),
  openFetcher: () => {
    throw new Error("No fetcher is built in yet");
  },
};

process.exitCode = await runCli(process.argv.slice(2), parts);
