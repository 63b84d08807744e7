/**
 * Runs one fuzz target: `node --import tsx test/fuzz/run.ts --target feed --count 1000000 [--seed 1]`.
 *
 * Three inputs of four are mutations of the corpus, the fourth is invented. Ends with a line of JSON; the inputs that
 * failed are written beside --out (default: the system's temporary folder), and the exit code is 1.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { charsetTarget } from "./charset.ts";
import { feedTarget } from "./feed.ts";
import { type FuzzTarget, mutate, randomFrom } from "./mutate.ts";
import { robotsTarget } from "./robots.ts";
import { warcTarget } from "./warc.ts";

export const TARGETS: readonly FuzzTarget[] = [feedTarget, robotsTarget, charsetTarget, warcTarget];

export type FuzzReport = {
  readonly target: string;
  readonly count: number;
  readonly failures: readonly { readonly input: Uint8Array; readonly error: string }[];
  readonly slowestMs: number;
  readonly slowest: Uint8Array;
};

export async function fuzz(
  target: FuzzTarget,
  count: number,
  seed: number,
  onProgress?: (done: number, failures: number) => void,
): Promise<FuzzReport> {
  const random = randomFrom(seed);
  const failures: { input: Uint8Array; error: string }[] = [];
  let invented: readonly Uint8Array[] = [];
  let slowestMs = 0;
  let slowest: Uint8Array = new Uint8Array(0);
  for (let turn = 0; turn < count && failures.length < 20; turn++) {
    const at = Math.floor(turn / 4) % 250;
    if (turn % 4 === 3 && (at === 0 || invented.length <= at)) invented = target.invent(seed + turn, 250);
    const input =
      turn % 4 === 3 ? (invented[at] ?? new Uint8Array(0)) : mutate(random, target.corpus, target.words);
    const start = performance.now();
    try {
      await target.check(input, turn);
    } catch (error) {
      failures.push({
        input,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
    const spent = performance.now() - start;
    if (spent > slowestMs) [slowestMs, slowest] = [spent, input];
    if (turn % 10_000 === 9_999) onProgress?.(turn + 1, failures.length);
  }
  return { target: target.name, count, failures, slowestMs, slowest };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      target: { type: "string" },
      count: { type: "string" },
      seed: { type: "string" },
      out: { type: "string" },
    },
  });
  const chosen = TARGETS.filter((target) => values.target === undefined || target.name === values.target);
  if (chosen.length === 0)
    throw new RangeError(
      `No target ${values.target}; there are ${TARGETS.map(({ name }) => name).join(", ")}`,
    );
  for (const target of chosen) {
    const start = performance.now();
    const report = await fuzz(
      target,
      Number(values.count ?? 100_000),
      Number(values.seed ?? 1),
      (done, failed) => {
        process.stderr.write(`\r${target.name} ${done} inputs, ${failed} failures`);
      },
    );
    process.stderr.write("\n");
    const folder = values.out ?? tmpdir();
    mkdirSync(folder, { recursive: true });
    report.failures.forEach(({ input, error }, index) => {
      writeFileSync(join(folder, `fuzz-${target.name}-${index}.bin`), input);
      process.stdout.write(`${error}\n`);
    });
    if (report.slowestMs > 1000)
      writeFileSync(join(folder, `fuzz-${target.name}-slowest.bin`), report.slowest);
    const seconds = (performance.now() - start) / 1000;
    process.stdout.write(
      `${JSON.stringify({ target: target.name, count: report.count, failures: report.failures.length, slowestMs: Math.round(report.slowestMs), seconds: Math.round(seconds) })}\n`,
    );
    if (report.failures.length > 0) process.exitCode = 1;
  }
}

if (process.argv[1] !== undefined && import.meta.url === new URL(`file://${process.argv[1]}`).href)
  await main();
