/** The command line: each command is one file; this one only names them. */
import { Command } from "commander";
import { EVAL_TASKS, runEval } from "./eval/index.ts";
import type { Parts } from "./parts.ts";
import { type ReadOptions, runRead } from "./read.ts";

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
    throw error;
  }
  return code;
}
