/** Other libraries on the same data, in the same run: chrono-node on our time cases, wink-nlp and compromise on tags. Each is a development dependency. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parseConllu } from "../src/eval/conllu.ts";
import { evalTime, type TimeCase } from "../src/eval/time.ts";

const require = createRequire(import.meta.url);
const root = new URL("..", import.meta.url).pathname;

function chrono(): string {
  const {
    parse,
  }: {
    parse(
      text: string,
      ref: Date,
    ): {
      index: number;
      text: string;
      start: { date(): Date; isCertain(k: string): boolean };
      end?: { date(): Date };
    }[];
  } = require("chrono-node");
  const cases = readFileSync(join(root, "test/eval/time.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((l): TimeCase => JSON.parse(l))
    .filter((c) => (c.lang ?? "en") === "en");
  const day = (d: Date, precision: string): string => {
    const iso = new Date(d.getTime() - d.getTimezoneOffset() * 60_000).toISOString();
    return precision === "year"
      ? iso.slice(0, 4)
      : precision === "month"
        ? iso.slice(0, 7)
        : iso.slice(0, 10);
  };
  const start = performance.now();
  const score = evalTime(cases, (c) =>
    parse(c.text, new Date(c.publishedAt)).map((r) => {
      const precision =
        r.start.isCertain("day") || r.start.isCertain("weekday")
          ? "day"
          : r.start.isCertain("month")
            ? "month"
            : r.start.isCertain("year")
              ? "year"
              : "day";
      return {
        span: { start: r.index, end: r.index + r.text.length },
        kind: "date",
        start: day(r.start.date(), precision),
        end: day((r.end ?? r.start).date(), precision),
        precision,
      };
    }),
  );
  return `| chrono-node | our ${cases.length} English time cases | accuracy ${score.accuracy.toFixed(3)} | ${((performance.now() - start) / cases.length).toFixed(2)} ms a case |`;
}

function wink(data: string): string {
  const nlp = require("wink-nlp")(require("wink-eng-lite-web-model"));
  const { its } = nlp;
  const sentences = parseConllu(readFileSync(join(data, "syntax/ewt-dev.conllu"), "utf8"));
  let right = 0;
  let all = 0;
  const start = performance.now();
  for (const s of sentences) {
    const doc = nlp.readDoc(s.words.map((w) => w.form).join(" "));
    const tags: string[] = doc.tokens().out(its.pos);
    const forms: string[] = doc.tokens().out();
    // Only words both cut alike can be compared; the others count as wrong.
    let j = 0;
    for (const w of s.words) {
      all++;
      const k = forms.indexOf(w.form, j);
      if (k < 0 || k > j + 3) continue;
      if (tags[k] === w.upos) right++;
      j = k + 1;
    }
  }
  return `| wink-nlp | UPOS, ewt-dev, words it cuts alike | ${((100 * right) / all).toFixed(1)} | ${Math.round(all / ((performance.now() - start) / 1000))} words/s |`;
}

function compromise(data: string): string {
  const nlp = require("compromise");
  const sentences = parseConllu(readFileSync(join(data, "syntax/ewt-dev.conllu"), "utf8"));
  const MAP: readonly (readonly [string, string])[] = [
    ["Auxiliary", "AUX"],
    ["Modal", "AUX"],
    ["Copula", "AUX"],
    ["ProperNoun", "PROPN"],
    ["Pronoun", "PRON"],
    ["Possessive", "PRON"],
    ["Noun", "NOUN"],
    ["Verb", "VERB"],
    ["Adjective", "ADJ"],
    ["Adverb", "ADV"],
    ["Preposition", "ADP"],
    ["Conjunction", "CCONJ"],
    ["Determiner", "DET"],
    ["Value", "NUM"],
  ];
  let right = 0;
  let all = 0;
  const start = performance.now();
  for (const s of sentences) {
    const terms: { text: string; tags: string[] }[] = nlp(s.words.map((w) => w.form).join(" "))
      .json()
      .flatMap((x: { terms: { text: string; tags: string[] }[] }) => x.terms);
    let j = 0;
    for (const w of s.words) {
      all++;
      if (w.upos === "PUNCT") continue;
      const k = terms.findIndex((t, i) => i >= j && i <= j + 3 && t.text === w.form);
      if (k < 0) continue;
      const tag = MAP.find(([t]) => terms[k]?.tags.includes(t))?.[1];
      if (tag === w.upos) right++;
      j = k + 1;
    }
  }
  return `| compromise | UPOS, ewt-dev, punctuation counted wrong | ${((100 * right) / all).toFixed(1)} | ${Math.round(all / ((performance.now() - start) / 1000))} words/s |`;
}

/** A table in Markdown; a peer that is not installed or has no data is named as such. */
export async function peers(data: string): Promise<string> {
  const rows = ["| library | on | figure | speed |", "|---|---|---|---|"];
  for (const [name, task] of [
    ["chrono-node", chrono],
    ["wink-nlp", () => wink(data)],
    ["compromise", () => compromise(data)],
  ] as const) {
    try {
      if (name !== "chrono-node" && !existsSync(join(data, "syntax/ewt-dev.conllu")))
        throw new Error("the treebank is absent");
      rows.push(task());
    } catch (error) {
      rows.push(
        `| ${name} | – | not run: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)} | |`,
      );
    }
  }
  return rows.join("\n");
}
