/**
 * A collection of articles (JSON lines, gzipped or not, with `title` and `text`) → data/background/LANG.tsv: in how many
 * documents each term stands. Counts only; no sentence can be made from them. Terms in fewer than three documents are
 * left out. `node --import tsx train/background.ts articles.jsonl.gz data/background/en.tsv`
 */
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { wordsOf } from "../src/stories/terms.ts";

const LEAST = 3;

export function documentFrequencies(articles: Iterable<{ title: string; text: string }>): string {
  const counts = new Map<string, number>();
  let documents = 0;
  for (const { title, text } of articles) {
    documents++;
    for (const term of new Set(wordsOf(`${title}\n${text}`).map((w) => w.term)))
      counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  const rows = [...counts].filter(([term, n]) => n >= LEAST && term.length > 1);
  rows.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return `# documents ${documents}\n${rows.map(([term, n]) => `${term}\t${n}`).join("\n")}\n`;
}

/** A treebank's sentences (`# text =`) in stretches of a dozen, which stand for documents where there is no news corpus. */
export function* stretches(conllu: string, length = 12): Generator<{ title: string; text: string }> {
  const sentences = [...conllu.matchAll(/^# text = (.*)$/gm)].map((m) => m[1] ?? "");
  for (let i = 0; i < sentences.length; i += length)
    yield { title: "", text: sentences.slice(i, i + length).join("\n") };
}

const [input, output] = process.argv.slice(2);
if (input !== undefined && output !== undefined) {
  const bytes = readFileSync(input);
  const text = (input.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const articles = input.endsWith(".conllu")
    ? stretches(text)
    : text
        .split("\n")
        .filter((line) => line !== "")
        // Lines of the collection: title and text are strings there.
        .map((line) => JSON.parse(line) as { title: string; text: string });
  writeFileSync(output, documentFrequencies(articles));
}
