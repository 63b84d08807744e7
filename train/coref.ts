/**
 * Learns models/en/coref.bin from GUM's chains: averaged perceptron over latent antecedents, deterministic.
 *
 *     npm run train:coref -- --data DIR [--epochs 12]        DIR holds syntax/gum12-*.conllu
 *
 * Learns on the trees of our own parser, as it will read at run time; `--trees gold` takes those of the treebank.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadEntityTools, loadParser } from "../src/adapters/tables.ts";
import {
  antecedents,
  COREF_BITS,
  chainsOf,
  enrich,
  newFeatures,
  pairFeatures,
  type Rich,
  resolve,
  saveCoref,
} from "../src/entities/coref.ts";
import { type CorefWord, corefCandidates } from "../src/entities/corefmentions.ts";
import { tagSentence } from "../src/entities/tagger.ts";
import { type ConlluSentence, documentsOf, parseConllu } from "../src/eval/conllu.ts";
import { type CorefMention, countCoref, readChains, scoreCoref } from "../src/eval/coref.ts";

const readDocuments = (file: string): ConlluSentence[][] =>
  documentsOf(parseConllu(readFileSync(file, "utf8")));

type Example = { readonly mentions: readonly Rich[]; readonly chain: readonly number[] };

export function prepare(
  document: readonly ConlluSentence[],
  words: readonly (readonly CorefWord[])[],
): { readonly rich: Rich[]; readonly gold: CorefMention[][] } {
  const tools = loadEntityTools("en");
  const tags = words.map((s) =>
    tools.tagger
      ? tagSentence(
          s.map((w) => w.form),
          tools.tagger,
          tools.tables,
        )
      : [],
  );
  const candidates = words.flatMap((s, i) => corefCandidates(i, s));
  return {
    rich: enrich(candidates, { sentences: words, tags, classes: tools.tables.classes }),
    gold: readChains(document),
  };
}

function exampleOf(document: readonly ConlluSentence[], words: readonly (readonly CorefWord[])[]): Example {
  const { rich, gold } = prepare(document, words);
  const chainAt = new Map(
    gold.flatMap((c, i) =>
      c.map((m): [string, number] => [`${m.sentence}:${m.start}-${m.end}`, c.length > 1 ? i : -1]),
    ),
  );
  return {
    mentions: rich,
    chain: rich.map((m) => chainAt.get(`${m.at.sentence}:${m.at.start}-${m.at.end}`) ?? -1),
  };
}

export function trainCoref(
  examples: readonly Example[],
  epochs: number,
  costs: { readonly wrongNew: number; readonly falseLink: number },
  print: (line: string) => void,
): Float32Array {
  const size = 1 << COREF_BITS;
  const w = new Float32Array(size);
  const sum = new Float64Array(size);
  const last = new Int32Array(size);
  let time = 0;
  const add = (features: readonly number[] | Int32Array, by: number) => {
    for (const f of features) {
      sum[f] = (sum[f] ?? 0) + (time - (last[f] ?? 0)) * (w[f] ?? 0);
      last[f] = time;
      w[f] = (w[f] ?? 0) + by;
    }
  };
  const value = (features: readonly number[] | Int32Array) => {
    let s = 0;
    for (const f of features) s += w[f] ?? 0;
    return s;
  };
  for (let epoch = 0; epoch < epochs; epoch++) {
    let wrong = 0;
    let all = 0;
    for (const { mentions, chain } of examples) {
      const heads = new Set<string>();
      const texts = new Set<string>();
      mentions.forEach((m, i) => {
        time++;
        const fresh = newFeatures(m, heads.has(m.lemma), texts.has(m.text));
        heads.add(m.lemma);
        texts.add(m.text);
        const mine = chain[i] ?? -1;
        const options: { f: readonly number[] | Int32Array; right: boolean; s: number }[] = [];
        let anyRight = false;
        for (const a of antecedents(m, mentions)) {
          const f = pairFeatures(a, m);
          const right = mine >= 0 && chain[a.index] === mine;
          anyRight ||= right;
          // Costs are part of the training score: a wrong link is worse than a missed one, and must be beaten by a margin.
          options.push({ f, right, s: value(f) + (right ? 0 : mine < 0 ? costs.falseLink : 1) });
        }
        options.push({ f: fresh, right: !anyRight, s: value(fresh) + (anyRight ? costs.wrongNew : 0) });
        let best = options[0];
        let bestRight: (typeof options)[number] | undefined;
        for (const o of options) {
          if (!best || o.s > best.s) best = o;
          if (o.right && (!bestRight || o.s > bestRight.s)) bestRight = o;
        }
        all++;
        if (best && bestRight && !best.right) {
          wrong++;
          add(bestRight.f, 1);
          add(best.f, -1);
        }
      });
    }
    print(`epoch ${epoch + 1}/${epochs}: ${wrong} of ${all} wrong`);
  }
  const out = new Float32Array(size);
  for (let f = 0; f < size; f++) out[f] = ((sum[f] ?? 0) + (time - (last[f] ?? 0)) * (w[f] ?? 0)) / time;
  return out;
}

/** The words of a document with the parser's own analysis in the place of the treebank's. */
function parsedWords(document: readonly ConlluSentence[]): CorefWord[][] {
  const read = loadParser("en")?.parseWords(
    document.map((s) => s.words.map((w) => w.form)),
    { lang: "en" },
  );
  return document.map((s, i) => s.words.map((w, j) => ({ ...w, ...read?.[i]?.[j] })));
}

const genreOf = (document: readonly ConlluSentence[]): string =>
  document[0]?.comments
    .find((c) => c.startsWith("# meta::genre"))
    ?.split("=")[1]
    ?.trim() ?? "";

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const argv = process.argv.slice(2);
  const opt = (name: string, otherwise: string) =>
    argv.includes(`--${name}`) ? (argv[argv.indexOf(`--${name}`) + 1] ?? otherwise) : otherwise;
  const data = opt("data", "");
  const train = readDocuments(join(data, "syntax/gum12-train-permissive.conllu"));
  const costs = { wrongNew: Number(opt("wrong-new", "2.6")), falseLink: Number(opt("false-link", "0.8")) };
  const weights = trainCoref(
    train.map((d) =>
      exampleOf(d, opt("trees", "parsed") === "parsed" ? parsedWords(d) : d.map((s) => s.words)),
    ),
    Number(opt("epochs", "7")),
    costs,
    (line) => process.stderr.write(`${line}\n`),
  );
  writeFileSync(new URL("../models/en/coref.bin", import.meta.url), saveCoref(weights));
  const dev = readDocuments(join(data, "syntax/gum12-dev.conllu"));
  const parser = loadParser("en");
  for (const [name, of] of [
    ["gold trees", (d: readonly ConlluSentence[]) => d.map((s) => s.words)],
    [
      "parsed",
      (d: readonly ConlluSentence[]) => {
        const read = parser?.parseWords(
          d.map((s) => s.words.map((w) => w.form)),
          { lang: "en" },
        );
        return d.map((s, i) => s.words.map((w, j) => ({ ...w, ...read?.[i]?.[j] })));
      },
    ],
  ] as const) {
    const counts = dev.map((d) => {
      const { rich, gold } = prepare(d, of(d));
      const chains = chainsOf(resolve(rich, { weights })).map((c) =>
        c.flatMap((i) => (rich[i] ? [rich[i].at] : [])),
      );
      return { genre: genreOf(d), counts: countCoref(gold, chains) };
    });
    const part = (keep: (g: string) => boolean) =>
      scoreCoref(counts.filter((c) => keep(c.genre)).map((c) => c.counts));
    process.stdout.write(
      `${name}: all ${JSON.stringify(part(() => true))}\nnews ${JSON.stringify(part((g) => g === "news"))}\ninterview ${JSON.stringify(part((g) => g === "interview"))}\n`,
    );
  }
}
