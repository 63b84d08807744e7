/**
 * Feeds texts, broken ones included, to the parser and checks every CoNLL-U output:
 * node --import tsx test/fuzz/conllu.ts [runs = 100000] [seed = 1] [lang = en]. Prints the first faults and how many
 * texts were sound; exits 1 when any was not.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { writeConllu } from "../../src/eval/conllu.ts";
import { validateConllu } from "../../src/eval/conllu-check.ts";
import { createParser, loadModel } from "../../src/syntax/index.ts";

const [runs = "100000", seed = "1", lang = "en"] = process.argv.slice(2);
const model = readFileSync(resolve(import.meta.dirname, `../../models/${lang}/syntax.bin`));
const parser = createParser(loadModel(model));

const WORDS =
  `the a of said police President Mr. U.S. Jan. 5 p.m. don't cannot it's Qarvan killed 1,200 %  $ € — – - … . , ; : ! ? " “ ” ' ’ ( ) [ ]
  https://paper.example/a?b=1 @desk #news me@paper.example ... ?! ALMATY (Reuters) в году сказал г. el del dámelo 中文 العربية שלום 🙂 👩‍👩‍👧 e\u0301 \u200b \ufeff \u0085 \u00ad \u0000 \ud800 \udc00 â€œ Ã© ''`.split(
    / +|\n/u,
  );
const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 2, arbitrary: fc.string({ unit: "grapheme", maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
);
const gap = fc.oneof(
  { weight: 8, arbitrary: fc.constant(" ") },
  { weight: 1, arbitrary: fc.constantFrom("", "\n", "\n\n", "\r\n", "\t", "\u2028", "\u00a0", "\u3000") },
);
const text = fc
  .array(fc.tuple(piece, gap), { maxLength: 20 })
  .map((parts) => parts.map(([word, space]) => word + space).join(""));

let faulty = 0;
const size = 1000;
for (let done = 0; done < Number(runs); done += size) {
  const texts = fc.sample(text, { numRuns: Math.min(size, Number(runs) - done), seed: Number(seed) + done });
  for (const each of texts) {
    const problems = validateConllu(writeConllu(parser.parse(each, { lang }), each));
    if (problems.length === 0) continue;
    if (faulty++ < 10)
      process.stdout.write(`${JSON.stringify(each)}: ${JSON.stringify(problems.slice(0, 3))}\n`);
  }
  if (process.stderr.isTTY) process.stderr.write(`\r${done + texts.length} of ${runs}`);
}
process.stdout.write(`${Number(runs) - faulty} of ${runs} texts gave sound CoNLL-U\n`);
process.exitCode = faulty === 0 ? 0 : 1;
