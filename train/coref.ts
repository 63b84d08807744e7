/**
 * Learns models/en/coref.bin from GUM's chains, deterministic for a seed, one core, some minutes:
 *
 *     npm run train:coref -- --data DIR [--rounds 4] [--epochs 4] [--seed 1] [--folds 4]     DIR holds syntax/gum12-*.conllu
 *
 * Log-linear ranking of antecedents with costs (Durrett & Klein 2013), latent antecedents, Adagrad, most features dropped at
 * each step (84 documents are few), the weights of several rounds added up. Learns on the trees of our own parser, as it will
 * read at run time, so run it again when models/en/syntax.bin or the tagger changes. `--folds` measures choices within the
 * training documents and writes nothing.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadEntityTools, loadParser } from "../src/adapters/tables.ts";
import { loadCoref, readPhrases, resolveChains, saveCoref } from "../src/entities/coref.ts";
import { addMention, antecedents, newChains } from "../src/entities/corefchains.ts";
import { COREF_BITS, MOST_FEATURES, newFeatures, pairFeatures } from "../src/entities/coreffeatures.ts";
import { corefTree, type MentionWeights } from "../src/entities/corefmentions.ts";
import type { CorefText, Phrases } from "../src/entities/corefphrases.ts";
import { type ConlluSentence, documentsOf, parseConllu } from "../src/eval/conllu.ts";
import {
  type CorefCounts,
  type CorefMention,
  countCoref,
  readChains,
  scoreCoref,
} from "../src/eval/coref.ts";
import { corefTextOf, genreOf } from "../src/eval/coref-text.ts";
import { learnMentions, type MentionExample, spanKey } from "./coref-mentions.ts";
import { createRandom, shuffle } from "./random.ts";

/** A document read by our own parser and tagger, with the chains it should have. */
type Source = MentionExample & { readonly text: CorefText; readonly genre: string };
type Example = { readonly phrases: Phrases; readonly chain: Int32Array };

export type Settings = {
  readonly epochs: number;
  readonly rounds: number;
  /** Rounds of one seed are not those of another. */
  readonly seed: number;
  /** Share of the features dropped at each step. */
  readonly drop: number;
  readonly rate: number;
  /** What a missed link, a link of what is new, and a wrong link cost. */
  readonly missed: number;
  readonly invented: number;
  readonly wrong: number;
};
const SETTINGS: Settings = {
  epochs: 4,
  rounds: 4,
  seed: 1,
  drop: 0.6,
  rate: 0.05,
  missed: 2.5,
  invented: 0.5,
  wrong: 1,
};
/**
 * Added to "new": the costs aim a little low. --folds would go to −1, but there the parser reads what it was trained on and
 * the phrases are better than they will be.
 */
const BIAS = -0.4;
const INNER_FOLDS = 4;

function exampleOf(source: Source, mentions: MentionWeights): Example {
  const phrases = readPhrases(source.text, mentions);
  const chainAt = new Map(
    source.chains.flatMap((c, i) => (c.length > 1 ? c.map((m): [string, number] => [spanKey(m), i]) : [])),
  );
  return { phrases, chain: Int32Array.from(phrases.at, (m) => chainAt.get(spanKey(m)) ?? -1) };
}

/** Examples whose mentions come from models that never saw the document: so sure, and so wrong, as they will be later. */
function crossed(sources: readonly Source[]): Example[] {
  const models = Array.from({ length: INNER_FOLDS }, (_, k) =>
    learnMentions(
      sources.filter((_, i) => i % INNER_FOLDS !== k),
      k + 1,
    ),
  );
  return sources.flatMap((s, i) => {
    const model = models[i % INNER_FOLDS];
    return model ? [exampleOf(s, model)] : [];
  });
}

function learnRound(
  examples: readonly Example[],
  s: Settings,
  seed: number,
  print: (line: string) => void,
): Float32Array {
  const draw = createRandom(seed);
  const size = 1 << COREF_BITS;
  const w = new Float32Array(size);
  const squares = new Float32Array(size).fill(0.1);
  const total = new Float64Array(size);
  let added = 0;
  const most = 4096;
  const features = new Int32Array(most * MOST_FEATURES);
  const counts = new Int32Array(most);
  const scores = new Float64Array(most);
  const options = new Int32Array(1 << 16);
  const row = (j: number) => features.subarray(j * MOST_FEATURES, (j + 1) * MOST_FEATURES);
  const longest = examples.reduce((n, e) => Math.max(n, e.phrases.size), 0);
  if (longest >= most) throw new RangeError("A document has more mentions than the trainer has room for");

  const learnMention = (
    chains: ReturnType<typeof newChains>,
    { phrases, chain }: Example,
    i: number,
  ): boolean => {
    const n = antecedents(chains, phrases, i, options);
    const mine = chain[i] ?? -1;
    const salt = Math.floor(draw() * 4294967296);
    const joins = (j: number): boolean => mine >= 0 && chain[options[j] ?? 0] === mine;
    let old = false;
    let best = n;
    for (let j = 0; j <= n; j++) {
      const out = row(j);
      const all =
        j < n ? pairFeatures(chains, phrases, options[j] ?? 0, i, out) : newFeatures(chains, phrases, i, out);
      let kept = 0;
      let sum = 0;
      for (let k = 0; k < all; k++) {
        const f = out[k] ?? 0;
        let h = Math.imul(f ^ salt, 0x9e3779b1);
        h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
        if ((h >>> 8) / 16777216 < s.drop) continue;
        out[kept++] = f;
        sum += w[f] ?? 0;
      }
      counts[j] = kept;
      scores[j] = sum / (1 - s.drop);
      if (j < n) old ||= joins(j);
      if ((scores[j] ?? 0) > (scores[best] ?? 0)) best = j;
    }
    const right = (j: number): boolean => (j === n ? !old : joins(j));
    // The softmax over all options with their costs, against that over the right ones.
    let top = Number.NEGATIVE_INFINITY;
    let topRight = Number.NEGATIVE_INFINITY;
    for (let j = 0; j <= n; j++) {
      if (right(j)) topRight = Math.max(topRight, scores[j] ?? 0);
      else scores[j] = (scores[j] ?? 0) + (j === n ? s.missed : old ? s.wrong : s.invented);
      top = Math.max(top, scores[j] ?? 0);
    }
    let sum = 0;
    let sumRight = 0;
    for (let j = 0; j <= n; j++) {
      sum += Math.exp((scores[j] ?? 0) - top);
      if (right(j)) sumRight += Math.exp((scores[j] ?? 0) - topRight);
    }
    for (let j = 0; j <= n; j++) {
      const score = scores[j] ?? 0;
      const d = Math.exp(score - top) / sum - (right(j) ? Math.exp(score - topRight) / sumRight : 0);
      if (Math.abs(d) < 0.003) continue;
      const out = row(j);
      for (let k = 0; k < (counts[j] ?? 0); k++) {
        const f = out[k] ?? 0;
        squares[f] = (squares[f] ?? 0) + d * d;
        w[f] = (w[f] ?? 0) * (1 - 1e-6) - (s.rate * d) / Math.sqrt(squares[f] ?? 1);
      }
    }
    addMention(chains, phrases, i, best < n ? (options[best] ?? 0) : -1);
    return right(best);
  };

  for (let epoch = 1; epoch <= s.epochs; epoch++) {
    const order = [...examples];
    shuffle(order, draw);
    let wrong = 0;
    let all = 0;
    for (const example of order) {
      const chains = newChains(example.phrases.size);
      for (let i = 0; i < example.phrases.size; i++) if (!learnMention(chains, example, i)) wrong++;
      all += example.phrases.size;
    }
    // The first third of the epochs is too rough to be part of the average.
    if (epoch > s.epochs / 3) {
      added++;
      for (let f = 0; f < size; f++) total[f] = (total[f] ?? 0) + (w[f] ?? 0);
    }
    print(`seed ${seed}, epoch ${epoch}/${s.epochs}: ${wrong} of ${all} wrong`);
  }
  return Float32Array.from(total, (x) => x / added);
}

/** The file's bytes. */
export function learnCoref(
  sources: readonly Source[],
  s: Settings,
  bias: number,
  print: (line: string) => void,
): Uint8Array {
  const examples = crossed(sources);
  const weights = new Float32Array(1 << COREF_BITS);
  for (let round = 1; round <= s.rounds; round++)
    learnRound(examples, s, (s.seed - 1) * s.rounds + round, print).forEach((x, f) => {
      weights[f] = (weights[f] ?? 0) + x / s.rounds;
    });
  return saveCoref(learnMentions(sources, INNER_FOLDS + 1), weights, bias);
}

export function countsOf(source: Source, bytes: Uint8Array): CorefCounts {
  const model = loadCoref(bytes);
  const phrases = readPhrases(source.text, model.mentions);
  const chains = resolveChains(phrases, model).map((c) =>
    c.flatMap((i): CorefMention[] => (phrases.at[i] ? [phrases.at[i]] : [])),
  );
  return countCoref(source.chains, chains);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const argv = process.argv.slice(2);
  const opt = (name: string, otherwise: number): number =>
    argv.includes(`--${name}`) ? Number(argv[argv.indexOf(`--${name}`) + 1]) : otherwise;
  const data = argv[argv.indexOf("--data") + 1];
  if (!argv.includes("--data") || data === undefined)
    throw new RangeError("Name the folder of the treebanks: --data DIR");
  const parser = loadParser("en");
  if (!parser) throw new Error("models/en/syntax.bin is missing: train the parser first");
  const tools = loadEntityTools("en");
  const log: string[] = [];
  const print = (line: string): void => {
    log.push(line);
    process.stderr.write(`${line}\n`);
  };
  const documents = (name: string): ConlluSentence[][] =>
    documentsOf(parseConllu(readFileSync(join(data, "syntax", name), "utf8")));
  const sourcesOf = (name: string): Source[] =>
    documents(name).map((d) => {
      const text = corefTextOf(d, tools, parser);
      return { text, trees: text.sentences.map(corefTree), chains: readChains(d), genre: genreOf(d) };
    });
  const settings: Settings = {
    epochs: opt("epochs", SETTINGS.epochs),
    rounds: opt("rounds", SETTINGS.rounds),
    seed: opt("seed", SETTINGS.seed),
    drop: opt("drop", SETTINGS.drop),
    rate: opt("rate", SETTINGS.rate),
    missed: opt("missed", SETTINGS.missed),
    invented: opt("invented", SETTINGS.invented),
    wrong: opt("wrong", SETTINGS.wrong),
  };
  const bias = opt("bias", BIAS);
  print(JSON.stringify({ ...settings, bias }));
  const train = sourcesOf("gum12-train-permissive.conllu");
  const folds = opt("folds", 0);
  if (folds > 0) {
    const biases = [0.2, 0, -0.2, -0.4, -0.6, -0.8, -1];
    const held = biases.map((): CorefCounts[] => []);
    for (let k = 0; k < folds; k++) {
      const bytes = learnCoref(
        train.filter((_, i) => i % folds !== k),
        settings,
        0,
        print,
      );
      biases.forEach((b, n) => {
        const own = bytes.slice();
        new DataView(own.buffer).setFloat32(16, b, true);
        for (const source of train.filter((_, i) => i % folds === k)) held[n]?.push(countsOf(source, own));
      });
    }
    biases.forEach((b, n) => {
      print(`bias ${b}: ${JSON.stringify(scoreCoref(held[n] ?? []))}`);
    });
  } else {
    const bytes = learnCoref(train, settings, bias, print);
    writeFileSync(new URL("../models/en/coref.bin", import.meta.url), bytes);
    const counted = sourcesOf("gum12-dev.conllu").map((d) => ({
      genre: d.genre,
      counts: countsOf(d, bytes),
    }));
    const part = (name: string, keep: (genre: string) => boolean): void =>
      print(
        `gum12-dev ${name}: ${JSON.stringify(scoreCoref(counted.filter((c) => keep(c.genre)).map((c) => c.counts)))}`,
      );
    part("all", () => true);
    part("news", (g) => g === "news");
    part("interview", (g) => g === "interview");
    const sha = createHash("sha256").update(bytes).digest("hex");
    print(`coref.bin: ${bytes.length} bytes, SHA-256 ${sha}`);
    writeFileSync(new URL("../models/en/coref-log.txt", import.meta.url), `${log.join("\n")}\n`);
  }
}
