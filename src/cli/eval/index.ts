/** `dateline eval TASK PATH`: scores the engine on gold data. A task that is not built says so and exits with 3. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Parts } from "../parts.ts";
import { type EvalTask, measured } from "./measure.ts";

/** Tasks are loaded when asked for; `undefined` marks one that is not built yet. */
const TASKS: Readonly<Record<string, (() => Promise<EvalTask>) | undefined>> = {
  extract: async () => (await import("./extract.ts")).task,
  feeds: async () => (await import("./feeds.ts")).task,
  robots: async () => (await import("./robots.ts")).task,
  warc: async () => (await import("./warc.ts")).task,
  syntax: async () => (await import("./syntax.ts")).task,
  entities: async () => (await import("./entities.ts")).task,
  coref: async () => (await import("./coref.ts")).task,
  gold: async () => (await import("./gold.ts")).task,
  plover: async () => (await import("./plover.ts")).task,
  police: async () => (await import("./police.ts")).task,
  copies: async () => (await import("./copies.ts")).copies,
  stories: async () => (await import("./copies.ts")).stories,
  headlines: async () => (await import("./copies.ts")).headlines,
  silence: async () => (await import("./silence.ts")).task,
  time: async () => (await import("./time.ts")).task,
  places: async () => (await import("./places.ts")).task,
  speed: async () => (await import("./speed.ts")).task,
};

export const EVAL_TASKS: readonly string[] = Object.keys(TASKS);

/** Runs a task; returns the exit code: 0 done, 2 wrong call, 3 not built. */
export async function runEval(
  name: string,
  path: string,
  options: { readonly out?: string | undefined; readonly lang?: string | undefined; readonly parts: Parts },
): Promise<number> {
  if (!(name in TASKS)) {
    process.stderr.write(`No task ${name}; there are ${EVAL_TASKS.join(", ")}\n`);
    return 2;
  }
  const load = TASKS[name];
  if (!load) {
    process.stdout.write(`${JSON.stringify({ task: name, built: false })}\n`);
    process.stderr.write(`Task ${name} is not built yet\n`);
    return 3;
  }
  const task = await load();
  const result = await measured(task, path, {
    lang: options.lang,
    parts: options.parts,
    print: (line) => process.stdout.write(`${line}\n`),
  });
  if (options.out !== undefined && result.predictions !== undefined) {
    if (typeof result.predictions === "string" || result.predictions instanceof Uint8Array) {
      mkdirSync(dirname(options.out), { recursive: true });
      writeFileSync(options.out, result.predictions);
    } else {
      for (const [file, content] of result.predictions) {
        mkdirSync(dirname(join(options.out, file)), { recursive: true });
        writeFileSync(join(options.out, file), content);
      }
    }
  }
  process.stdout.write(`${JSON.stringify(result.figures)}\n`);
  return 0;
}
