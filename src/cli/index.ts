/** The command line: each command is one file; this one only names them. */
import { Command } from "commander";
import { EVAL_TASKS, runEval } from "./eval/index.ts";
import type { Parts } from "./parts.ts";

/** Runs the command named by the arguments; returns the exit code. */
export async function runCli(argv: readonly string[], parts: Parts): Promise<number> {
  let code = 0;
  const program = new Command("dateline")
    .description("News in, sourced records out")
    .version(parts.version)
    .exitOverride()
    .configureHelp({ sortSubcommands: false });

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
