/**
 * Learns models/en/entities.bin, deterministic for a seed: a linear-chain CRF over hashed features by stochastic gradient
 * (AdaGrad), and the head over the parser's network (entities-head.ts). To be run again whenever models/en/syntax.bin has
 * been trained anew: the head knows the states of one network only.
 *
 *     npm run train:entities -- --data DIR        DIR holds entities/ and syntax/
 *
 * Of the field, features seen once are dropped, and after training rows whose weights stay small; the rest is stored as int8.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadEntityTools, loadParser } from "../src/adapters/tables.ts";
import { type FeatureTables, sentenceFeatures, TRAIT_OF_SET } from "../src/entities/features.ts";
import {
  createNameTagger,
  loadTagger,
  mayFollow,
  saveTagger,
  slotTable,
  TAGS,
  type TaggerModel,
} from "../src/entities/tagger.ts";
import type { WordClasses } from "../src/entities/word-classes.ts";
import { scoreEntities } from "../src/eval/entities.ts";
import { readIob } from "../src/eval/iob.ts";
import type { Network, SyntaxParser } from "../src/syntax/index.ts";
import { type Quantised, quantise as round8 } from "../src/syntax/model.ts";
import { chainGradients } from "./chain.ts";
import { type HeadExample, trainHead } from "./entities-head.ts";
import { augment, dropCommas, type Example, readExamples, SETS, swapNames } from "./names.ts";
import { createRandom } from "./random.ts";

const L = TAGS.length;
/** How much the field counts beside the network, and what is taken from "no name": round figures, the same for every seed. */
const SHARE = 0.5;
const BIAS = 0.4;

function trainField(
  all: readonly Example[],
  tables: FeatureTables,
  options: {
    readonly epochs: number;
    readonly rate: number;
    readonly l2: number;
    readonly seed: number;
    readonly drop: number;
    readonly print: (line: string) => void;
  },
) {
  const random = createRandom(options.seed);
  // Which features occur twice or more.
  const counts = new Map<number, number>();
  const cached = all.map((e) => {
    const f = sentenceFeatures(e.forms, tables);
    for (const h of f.hashes) counts.set(h, (counts.get(h) ?? 0) + 1);
    return f;
  });
  const hashes = Uint32Array.from([...counts].filter(([, c]) => c >= 2).map(([h]) => h)).sort();
  const slots = slotTable(hashes);
  const mask = slots.length - 1;
  const rowOf = (h: number): number => {
    let slot = h & mask;
    let row = slots[slot] ?? 0;
    while (row !== 0 && hashes[row - 1] !== h) {
      slot = (slot + 1) & mask;
      row = slots[slot] ?? 0;
    }
    return row - 1;
  };
  const prepared = all.map((e, i) => {
    const f = cached[i];
    if (!f) throw new RangeError("no features");
    return {
      tags: Uint8Array.from(e.tags.map((t) => Math.max(0, (TAGS as readonly string[]).indexOf(t)))),
      starts: f.starts,
      rows: Int32Array.from(f.hashes, rowOf),
      n: e.forms.length,
    };
  });
  options.print(`${all.length} sentences, ${hashes.length} features`);

  const W = new Float32Array(hashes.length * L);
  const G = new Float32Array(hashes.length * L).fill(1e-2);
  const T = new Float32Array((L + 1) * L);
  /** Sums over the later epochs: what is kept is their mean. */
  const sumW = new Float32Array(hashes.length * L);
  const sumT = new Float32Array((L + 1) * L);
  let summed = 0;
  const TG = new Float32Array((L + 1) * L).fill(1e-2);
  const allowed = new Uint8Array((L + 1) * L);
  for (let a = 0; a <= L; a++)
    for (let b = 0; b < L; b++) allowed[a * L + b] = mayFollow(TAGS, a === L ? -1 : a, b) ? 1 : 0;
  const order = prepared.map((_, i) => i);

  for (let epoch = 0; epoch < options.epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
    }
    let loss = 0;
    for (const index of order) {
      const ex = prepared[index];
      if (!ex || ex.n === 0) continue;
      const { n, starts, rows, tags } = ex;
      const keep = new Uint8Array(rows.length);
      for (let k = 0; k < rows.length; k++)
        keep[k] = (rows[k] ?? -1) >= 0 && random() >= options.drop ? 1 : 0;
      const s = new Float64Array(n * L);
      const scaleUp = 1 / (1 - options.drop);
      for (let i = 0; i < n; i++)
        for (let k = starts[i] ?? 0; k < (starts[i + 1] ?? 0); k++) {
          if (!keep[k]) continue;
          const base = (rows[k] ?? 0) * L;
          for (let l = 0; l < L; l++) s[i * L + l] = (s[i * L + l] ?? 0) + (W[base + l] ?? 0) * scaleUp;
        }
      const chain = chainGradients(s, tags, allowed, L, (p, l) => T[p * L + l] ?? 0);
      loss += chain.loss;
      const g = chain.scores;
      const step = (w: Float32Array, acc: Float32Array, at: number, grad: number) => {
        if (grad === 0) return;
        acc[at] = (acc[at] ?? 0) + grad * grad;
        w[at] = (w[at] ?? 0) - (options.rate * grad) / Math.sqrt(acc[at] ?? 1);
      };
      for (let k = 0; k < T.length; k++) step(T, TG, k, chain.transitions[k] ?? 0);
      for (let i = 0; i < n; i++) {
        let big = 0;
        for (let l = 0; l < L; l++) big = Math.max(big, Math.abs(g[i * L + l] ?? 0));
        if (big < 1e-4) continue;
        for (let k = starts[i] ?? 0; k < (starts[i + 1] ?? 0); k++) {
          if (!keep[k]) continue;
          const base = (rows[k] ?? 0) * L;
          for (let l = 0; l < L; l++)
            step(W, G, base + l, (g[i * L + l] ?? 0) + options.l2 * (W[base + l] ?? 0));
        }
      }
    }
    if (2 * epoch >= options.epochs - 1) {
      summed++;
      for (let k = 0; k < W.length; k++) sumW[k] = (sumW[k] ?? 0) + (W[k] ?? 0);
      for (let k = 0; k < T.length; k++) sumT[k] = (sumT[k] ?? 0) + (T[k] ?? 0);
    }
    options.print(`field, epoch ${epoch + 1}/${options.epochs}: loss ${(loss / order.length).toFixed(4)}`);
  }
  for (let k = 0; k < W.length; k++) W[k] = (sumW[k] ?? 0) / summed;
  for (let k = 0; k < T.length; k++) T[k] = (sumT[k] ?? 0) / summed;
  return quantise(hashes, W, T);
}

/** Rows all of whose weights are smaller are dropped: they make up much of the file and nothing of the score. */
const LEAST_WEIGHT = 0.1;
/** Rounds the rows to int8 and keeps those that matter. */
function quantise(hashes: Uint32Array, W: Float32Array, T: Float32Array) {
  let top = 0;
  for (const w of W) top = Math.max(top, Math.abs(w));
  const scale = Math.min(top, 2.54) / 127;
  const rounded = Int8Array.from(W, (w) => Math.max(-127, Math.min(127, Math.round(w / scale))));
  const matters = (row: number): boolean =>
    rounded.subarray(row * L, (row + 1) * L).some((v) => Math.abs(v) * scale > LEAST_WEIGHT);
  const kept = [...hashes.keys()].filter(matters);
  const weights = new Int8Array(kept.length * L);
  kept.forEach((row, i) => {
    weights.set(rounded.subarray(row * L, (row + 1) * L), i * L);
  });
  return {
    labels: [...TAGS],
    hashes: Uint32Array.from(kept, (row) => hashes[row] ?? 0),
    weights,
    scale,
    outsideBias: 0.5,
    transitions: T,
  };
}

/** The mean vector of the words of each class that have one. */
function centresOf(network: Network, classes: WordClasses | undefined): Quantised {
  const [from, to] = network.vectorSpan;
  const width = to - from;
  const rows: Float64Array[] = [];
  const counts: number[] = [];
  for (const word of classes?.words ?? []) {
    const fine = classes?.get(word)?.fine ?? 0;
    if (network.vector(word) === undefined) continue;
    const x = network.lookUp(word);
    rows[fine] ??= new Float64Array(width);
    counts[fine] = (counts[fine] ?? 0) + 1;
    const row = rows[fine];
    for (let d = 0; d < width; d++) row[d] = (row[d] ?? 0) + (x[from + d] ?? 0);
  }
  const means = new Float32Array(rows.length * width);
  for (let fine = 0; fine < rows.length; fine++)
    for (let d = 0; d < width; d++) means[fine * width + d] = (rows[fine]?.[d] ?? 0) / (counts[fine] ?? 1);
  return round8(means, rows.length, width);
}

/** The states of the parser's network for every sentence. */
function statesOf(parser: SyntaxParser, sentences: readonly (readonly string[])[]): Int16Array[] {
  const out: Int16Array[] = sentences.map(() => new Int16Array(0));
  parser.parseWords(sentences, {
    lang: "en",
    onStates: (k, states) => {
      out[k] = states;
    },
  });
  return out;
}

export function main(argv: readonly string[]): void {
  const opt = (name: string, otherwise: string): string =>
    argv[argv.indexOf(`--${name}`) + 1] && argv.includes(`--${name}`)
      ? (argv[argv.indexOf(`--${name}`) + 1] ?? otherwise)
      : otherwise;
  const data = opt("data", "");
  const seed = Number(opt("seed", "1"));
  const print = (line: string) => process.stderr.write(`${line}\n`);
  const { tables } = loadEntityTools("en");
  const parser = loadParser("en");
  if (!parser) throw new Error("models/en has no syntax.bin: train it first");
  const sets = SETS.filter((set) => opt("sets", "uner,wikigold,gum").split(",").includes(set));
  const read = readExamples(data, sets);
  const lower = Number(opt("lower", "0.25"));

  const forField = read.filter((e) => opt("field", "uner,wikigold").split(",").includes(e.set));
  const field = trainField(
    [
      ...augment(forField, Number(opt("field-lower", "0.05")), createRandom(seed)),
      ...dropCommas(forField),
      ...swapNames(forField, Number(opt("field-swap", "0")), createRandom(seed + 2)),
    ],
    tables,
    {
      epochs: Number(opt("field-epochs", "8")),
      rate: 0.1,
      l2: 1e-6,
      drop: Number(opt("field-drop", "0.35")),
      seed,
      print,
    },
  );

  const examples = [
    ...augment([...read, ...dropCommas(read)], lower, createRandom(seed + 1)),
    ...swapNames(read, Number(opt("swap", "0.5")), createRandom(seed + 3)),
  ];
  const states = statesOf(
    parser,
    examples.map((e) => e.forms),
  );
  const weight = Number(opt("weight", "1"));
  const prepared = examples.map((e, k): HeadExample => {
    const { traits } = sentenceFeatures(e.forms, tables);
    const set = SETS.indexOf(e.set);
    return {
      forms: e.forms,
      traits: set > 0 ? traits.map((t) => t | (1 << (TRAIT_OF_SET - 1 + set))) : traits,
      states: states[k] ?? new Int16Array(0),
      tags: Uint8Array.from(e.tags.map((t) => Math.max(0, (TAGS as readonly string[]).indexOf(t)))),
      weight: set > 0 ? weight : 1,
    };
  });
  print(`${prepared.length} sentences read by the parser`);
  const head = trainHead(
    prepared,
    TAGS,
    parser.network,
    {
      middle: Number(opt("middle", "128")),
      hidden: Number(opt("hidden", "64")),
      epochs: Number(opt("epochs", "9")),
      rate: Number(opt("rate", "0.002")),
      dropout: Number(opt("drop", "0.3")),
      batchWords: 600,
      seed,
      centres: centresOf(parser.network, tables.classes),
      classOf: (form) => tables.classes?.get(form.toLowerCase())?.fine,
    },
    print,
  );

  const dev = readIob(readFileSync(join(data, "entities/en_ewt-ud-dev.iob2"), "utf8"));
  const forms = dev.map((s) => s.tokens.map((t) => t.form));
  const gold = dev.map((s) => s.tokens.map((t) => t.tag));
  const devStates = statesOf(parser, forms);
  const tagger = (share: number, outsideBias: number) =>
    loadTagger(saveTagger({ ...field, head: { model: head, share, outsideBias } }));
  const score = (model: TaggerModel, with_: readonly Int16Array[] | undefined) =>
    scoreEntities(gold, createNameTagger(model, tables, () => parser.network).tag(forms, with_));
  const line = (name: string, s: ReturnType<typeof scoreEntities>) =>
    process.stdout.write(
      `${name}: F1 ${s.ALL.f1} (p ${s.ALL.p} r ${s.ALL.r}), PER ${s.PER.f1} ORG ${s.ORG.f1} LOC ${s.LOC.f1}\n`,
    );
  line("field alone", score(tagger(0.5, 0), undefined));
  line("network alone", score(tagger(0, 0.25), devStates));
  line(`both, field × ${SHARE}, O − ${BIAS}`, score(tagger(SHARE, BIAS), devStates));
  const bytes = saveTagger({ ...field, head: { model: head, share: SHARE, outsideBias: BIAS } });
  const out = opt("out", new URL("../models/en/entities.bin", import.meta.url).pathname);
  writeFileSync(out, bytes);
  process.stdout.write(
    `entities.bin: ${bytes.length} bytes, SHA-256 ${createHash("sha256").update(bytes).digest("hex")}\n`,
  );
}

if (process.argv[1] === new URL(import.meta.url).pathname) main(process.argv.slice(2));
