/** The command line: each command is one file; this one only names them. */
import { Command } from "commander";
import { TABLE_KINDS } from "../formats/rows.ts";
import { runDoctor } from "./doctor.ts";
import { EVAL_TASKS, runEval } from "./eval/index.ts";
import { EXPORT_FORMATS, type ExportCommand, runExport } from "./export.ts";
import { type IngestCommand, runIngest } from "./ingest.ts";
import type { Parts } from "./parts.ts";
import { type ReadOptions, runRead } from "./read.ts";
import { type RecodeCommand, runForget, runRecode } from "./recode.ts";
import { runSources, type SourcesCommand } from "./sources.ts";
import { runStart, type StartCommand } from "./start.ts";
import { runStory, type StoryCommand } from "./story.ts";

/** Runs the command named by the arguments; returns the exit code. */
export async function runCli(argv: readonly string[], parts: Parts): Promise<number> {
  let code = 0;
  const program = new Command("dateline")
    .description("News in, sourced records out")
    .version(parts.version)
    .exitOverride()
    .configureHelp({ sortSubcommands: false });

  program
    .command("read")
    .description("one page or text → its record")
    .argument("<what>", "a file, an http address, or - for standard input")
    .option("--json", "print the record as JSON")
    .option("--conllu", "print the parse in CoNLL-U")
    .option("--url <address>", "the address the page was published at")
    .option("--lang <xx>", "language of the parse, when the text does not tell")
    .action(async (what: string, options: ReadOptions) => {
      code = await runRead(what, options, parts);
    });

  program
    .command("start")
    .description("poll, process, serve: the whole system")
    .option("--data <dir>", "data folder (else $DATELINE_DATA, else the XDG data home)")
    .option("--port <n>", "port of the site", "8686")
    .option("--host <address>", "address to listen on; any but loopback needs a password", "127.0.0.1")
    .option("--password <word>", "ask visitors for it (else $DATELINE_PASSWORD)")
    .option(
      "--public-url <address>",
      "where hubs (WebSub) reach this site from outside; without it feeds are only polled",
    )
    .option("--no-demo", "leave an empty archive empty")
    .option("--no-poll", "serve only; do not poll sources")
    .action(async (options: StartCommand) => {
      code = await runStart(options, parts);
    });

  program
    .command("ingest")
    .description("files, folders, feeds, OPML, sitemaps, WARC archives, addresses → the archive")
    .argument("<inputs...>", "what to read; a second run goes on where the first stopped")
    .option("--data <dir>", "data folder")
    .option("--again", "read archives from their beginning")
    .option("--no-pages", "take the texts of feeds instead of fetching the pages they point to")
    .option("--since <day>", "only sitemap entries changed since")
    .option("--verbose", "print each refusal with its reason")
    .option("--allow-private", "also fetch from private and loopback addresses (for tests)")
    .action(async (inputs: string[], options: IngestCommand) => {
      code = await runIngest(inputs, options, parts);
    });

  program
    .command("export")
    .description("tables, lines of JSON or WARC out of the archive")
    .option("--format <name>", EXPORT_FORMATS.join(", "), "csv")
    .option("--kind <table>", TABLE_KINDS.join(", "))
    .option("--out <path>", "file, or folder for all tables; else standard output")
    .option("--since <day>", "first day, YYYY-MM-DD (UTC)")
    .option("--until <day>", "last day")
    .option("--country <code>", "ISO 3166-1 alpha-3")
    .option("--language <xx>", "BCP 47")
    .option("--demo", "take the demonstration archive in")
    .option("--doubtful", "take event mentions in whose incident was refuted or rests on a withdrawn number")
    .option("--data <dir>", "data folder")
    .action(async (options: ExportCommand) => {
      code = await runExport(options, parts);
    });

  program
    .command("sources")
    .description("add, list, check, remove polled sources; export them as OPML")
    .argument("<action>", "add, list, check, remove or export")
    .argument("[addresses...]", "addresses of feeds, sitemaps or sites, or OPML files")
    .option("--starter", "with add: the list of public feeds that comes with Dateline")
    .option("--data <dir>", "data folder")
    .option("--allow-private", "also private and loopback addresses (for tests)")
    .action(async (action: string, addresses: string[], options: SourcesCommand) => {
      code = await runSources(action, addresses, options, parts);
    });

  program
    .command("recode")
    .description("re-run the chain over the stored archive")
    .option("--diff", "only show what would change, row by row")
    .option("--json", "print the rows as lines of JSON")
    .option("--data <dir>", "data folder")
    .action(async (options: RecodeCommand) => {
      code = await runRecode(options, parts);
    });

  program
    .command("forget")
    .description("remove an article and what was derived from it; keep a tombstone")
    .argument("<url>", "its address")
    .option("--data <dir>", "data folder")
    .action(async (url: string, options: { data?: string }) => {
      code = await runForget(url, options, parts);
    });

  program
    .command("story")
    .description("put stories right by hand; kept when the archive is read again")
    .argument("<action>", "split, move, merge, undo or list")
    .argument("[ids...]", "a story and the reports to take out of it; of undo, the decision")
    .option("--to <story>", "the other story, of move and merge")
    .option("--because <words>", "the reason; needed")
    .option("--by <name>", "who decides")
    .option("--data <dir>", "data folder")
    .action(async (action: string, ids: string[], options: StoryCommand) => {
      code = await runStory(action, ids, options, parts);
    });

  program
    .command("doctor")
    .description("what is wrong with this installation and how to mend it")
    .option("--data <dir>", "data folder")
    .action(async (options: { data?: string }) => {
      code = await runDoctor(options, parts);
    });

  program
    .command("eval")
    .description("score the engine on gold data")
    .argument("<task>", EVAL_TASKS.join(", "))
    .argument("<path>", "file or folder with the data")
    .option("--out <file>", "write the predictions in the scorer's form")
    .option("--lang <xx>", "language, when the file's name does not tell")
    .action(async (task: string, path: string, options: { out?: string; lang?: string }) => {
      code = await runEval(task, path, { ...options, parts });
    });

  try {
    await program.parseAsync(argv, { from: "user" });
  } catch (error) {
    // commander throws for --help, --version and wrong calls, after having printed what is to be said
    if (error instanceof Error && "exitCode" in error) return error.exitCode === 0 ? 0 : 2;
    // Said to a person, not a fault of the program: the folder is in use, the disk is full.
    if (error instanceof Error && /^(FolderLocked|DiskFull)Error$/.test(error.name)) {
      process.stderr.write(`${error.message}\n`);
      return 1;
    }
    throw error;
  }
  return code;
}
