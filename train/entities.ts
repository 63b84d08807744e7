/**
 * Learns models/LANG/entities.bin: a linear-chain CRF by stochastic gradient (AdaGrad), deterministic for a seed.
 *
 *     npm run train -- entities --data DIR [--lang en]        DIR holds uner_en_ewt-train.iob2, wikigold/, re3d/
 *
 * Types outside PER, ORG, LOC are mapped to O. Features seen once are dropped; rows whose weights stay small are dropped
 * after training; the rest is stored as int8.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type FeatureTables, sentenceFeatures } from "../src/entities/features.ts";
import { createGazetteer } from "../src/entities/gazetteer.ts";
import { mayFollow, saveTagger, slotTable, TAGS, tagSentence } from "../src/entities/tagger.ts";
import { loadWordClasses } from "../src/entities/word-classes.ts";
import { scoreEntities } from "../src/eval/entities.ts";
import { readIob } from "../src/eval/iob.ts";

type Example = { readonly forms: readonly string[]; readonly tags: readonly string[] };
const L = TAGS.length;

const RE3D: Readonly<Record<string, string>> = {
  Person: "PER",
  Organisation: "ORG",
  Location: "LOC",
  MilitaryPlatform: "O",
};

/** Plain BIO from the files' own labels; anything else becomes O. */
function normalise(labels: readonly string[], kinds: Readonly<Record<string, string>>): string[] {
  let last = "O";
  return labels.map((label) => {
    const type = kinds[label.replace(/^[BI]-/, "")] ?? "O";
    if (type === "O") {
      last = "O";
      return "O";
    }
    const tag = label.startsWith("B-") || last !== type ? `B-${type}` : `I-${type}`;
    last = type;
    return tag;
  });
}

function readColumns(file: string, kinds: Readonly<Record<string, string>>, separator: RegExp): Example[] {
  return readFileSync(file, "utf8")
    .split(/\n\s*\n/)
    .map((block) =>
      block
        .split("\n")
        .filter((l) => l.trim() !== "")
        .map((l) => l.trimEnd().split(separator)),
    )
    .filter((rows) => rows.length > 0)
    .map((rows) => ({
      forms: rows.map((r) => r[0] ?? ""),
      tags: normalise(
        rows.map((r) => r.at(-1) ?? "O"),
        kinds,
      ),
    }));
}

/** Splits hyphenated forms as Universal Dependencies does, so that all material has one tokenisation. */
function splitHyphens(example: Example): Example {
  const forms: string[] = [];
  const tags: string[] = [];
  example.forms.forEach((form, i) => {
    const tag = example.tags[i] ?? "O";
    const parts = /^[\p{L}]+(-[\p{L}]+)+$/u.test(form) ? form.split(/(-)/) : [form];
    parts.forEach((part, k) => {
      forms.push(part);
      tags.push(k > 0 && tag.startsWith("B-") ? `I-${tag.slice(2)}` : tag);
    });
  });
  return { forms, tags };
}

export function readExamples(data: string, sources: string): Example[] {
  const UNER = { PER: "PER", ORG: "ORG", LOC: "LOC" };
  const out: Example[] = readIob(readFileSync(join(data, "uner_en_ewt-train.iob2"), "utf8")).map((s) => ({
    forms: s.tokens.map((t) => t.form),
    tags: normalise(
      s.tokens.map((t) => t.tag),
      UNER,
    ),
  }));
  if (sources.includes("wikigold"))
    out.push(
      ...readColumns(join(data, "wikigold/CONLL-format/data/wikigold.conll.txt"), UNER, /\s+/).map(
        splitHyphens,
      ),
    );
  const re3d = join(data, "re3d/CONLL-format/data-by-source/conll");
  for (const folder of sources.includes("re3d") ? readdirSync(re3d).sort() : [])
    if (statSync(join(re3d, folder)).isDirectory())
      for (const file of readdirSync(join(re3d, folder)).sort())
        out.push(...readColumns(join(re3d, folder, file), RE3D, /\t/).map(splitHyphens));
  return out;
}

/** Copies of some sentences in headline and shouted case, so that capitals are not all the tagger knows. */
function augment(examples: readonly Example[], random: () => number): Example[] {
  const out = [...examples];
  for (const e of examples) {
    const r = random();
    if (r < 0.06)
      out.push({
        forms: e.forms.map((f) => (f.length > 3 ? f.charAt(0).toUpperCase() + f.slice(1) : f)),
        tags: e.tags,
      });
    else if (r < 0.08) out.push({ forms: e.forms.map((f) => f.toUpperCase()), tags: e.tags });
  }
  return out;
}

function generator(seed: number): () => number {
  let s = seed >>> 0;
  return () => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    return s / 2 ** 32;
  };
}

const logSum = (values: Float64Array): number => {
  let top = Number.NEGATIVE_INFINITY;
  for (const v of values) if (v > top) top = v;
  if (top === Number.NEGATIVE_INFINITY) return top;
  let sum = 0;
  for (const v of values) sum += Math.exp(v - top);
  return top + Math.log(sum);
};

export function trainEntities(
  examples: readonly Example[],
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
  const random = generator(options.seed);
  const all = augment(examples, random);
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
  const TG = new Float32Array((L + 1) * L).fill(1e-2);
  const allowed = new Uint8Array((L + 1) * L);
  for (let a = 0; a <= L; a++)
    for (let b = 0; b < L; b++) allowed[a * L + b] = mayFollow(TAGS, a === L ? -1 : a, b) ? 1 : 0;
  const order = prepared.map((_, i) => i);
  const tmp = new Float64Array(L);

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
      const alpha = new Float64Array(n * L).fill(Number.NEGATIVE_INFINITY);
      const beta = new Float64Array(n * L).fill(Number.NEGATIVE_INFINITY);
      for (let l = 0; l < L; l++) if (allowed[L * L + l]) alpha[l] = (s[l] ?? 0) + (T[L * L + l] ?? 0);
      for (let i = 1; i < n; i++)
        for (let l = 0; l < L; l++) {
          for (let p = 0; p < L; p++)
            tmp[p] = allowed[p * L + l]
              ? (alpha[(i - 1) * L + p] ?? 0) + (T[p * L + l] ?? 0)
              : Number.NEGATIVE_INFINITY;
          alpha[i * L + l] = logSum(tmp) + (s[i * L + l] ?? 0);
        }
      for (let l = 0; l < L; l++) beta[(n - 1) * L + l] = 0;
      for (let i = n - 2; i >= 0; i--)
        for (let l = 0; l < L; l++) {
          for (let q = 0; q < L; q++)
            tmp[q] = allowed[l * L + q]
              ? (beta[(i + 1) * L + q] ?? 0) + (T[l * L + q] ?? 0) + (s[(i + 1) * L + q] ?? 0)
              : Number.NEGATIVE_INFINITY;
          beta[i * L + l] = logSum(tmp);
        }
      for (let l = 0; l < L; l++) tmp[l] = alpha[(n - 1) * L + l] ?? 0;
      const Z = logSum(tmp);
      // Gradients: expected minus observed counts.
      const g = new Float64Array(n * L);
      for (let i = 0; i < n; i++) {
        for (let l = 0; l < L; l++)
          g[i * L + l] = Math.exp((alpha[i * L + l] ?? 0) + (beta[i * L + l] ?? 0) - Z);
        const gold = tags[i] ?? 0;
        g[i * L + gold] = (g[i * L + gold] ?? 0) - 1;
        loss -= Math.log(Math.max(1e-12, (g[i * L + gold] ?? 0) + 1));
      }
      const step = (w: Float32Array, acc: Float32Array, at: number, grad: number) => {
        if (grad === 0) return;
        acc[at] = (acc[at] ?? 0) + grad * grad;
        w[at] = (w[at] ?? 0) - (options.rate * grad) / Math.sqrt(acc[at] ?? 1);
      };
      for (let i = 0; i < n; i++) {
        for (let p = 0; p <= L; p++) {
          if ((i === 0) !== (p === L)) continue;
          for (let l = 0; l < L; l++) {
            if (!allowed[p * L + l]) continue;
            const before = i === 0 ? 0 : (alpha[(i - 1) * L + p] ?? 0);
            let grad = Math.exp(
              before + (T[p * L + l] ?? 0) + (s[i * L + l] ?? 0) + (beta[i * L + l] ?? 0) - Z,
            );
            if (tags[i] === l && (i === 0 || tags[i - 1] === p)) grad -= 1;
            step(T, TG, p * L + l, grad);
          }
        }
      }
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
    options.print(`epoch ${epoch + 1}/${options.epochs}: loss ${(loss / order.length).toFixed(4)}`);
  }
  return quantise(hashes, W, T);
}

/** Keeps the rows that matter and rounds them to int8. */
function quantise(hashes: Uint32Array, W: Float32Array, T: Float32Array) {
  let top = 0;
  for (const w of W) top = Math.max(top, Math.abs(w));
  const scale = Math.min(top, 2.54) / 127;
  const kept: number[] = [];
  for (let row = 0; row < hashes.length; row++) {
    for (let l = 0; l < L; l++)
      if (Math.abs(W[row * L + l] ?? 0) > 0.035) {
        kept.push(row);
        break;
      }
  }
  const weights = new Int8Array(kept.length * L);
  kept.forEach((row, i) => {
    for (let l = 0; l < L; l++)
      weights[i * L + l] = Math.max(-127, Math.min(127, Math.round((W[row * L + l] ?? 0) / scale)));
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

export function main(argv: readonly string[]): void {
  const opt = (name: string, otherwise: string): string =>
    argv[argv.indexOf(`--${name}`) + 1] && argv.includes(`--${name}`)
      ? (argv[argv.indexOf(`--${name}`) + 1] ?? otherwise)
      : otherwise;
  const data = opt("data", "");
  const root = new URL("..", import.meta.url);
  const file = (path: string) => readFileSync(new URL(path, root), "utf8");
  const gazetteer = createGazetteer({
    countries: file("data/actors/countries.json"),
    cities: file("data/places/cities.tsv"),
    aliases: file("data/places/aliases.tsv"),
    admin1: file("data/places/admin1.tsv"),
    bodies: file("data/actors/bodies.tsv"),
    offices: file("data/actors/offices.tsv"),
  });
  const classes = loadWordClasses(readFileSync(new URL("models/en/word-classes.bin", root)));
  const tables: FeatureTables = { classes, gazetteer: (forms) => gazetteer.bits(forms) };
  const model = trainEntities(readExamples(join(data, "entities"), opt("sources", "uner,wikigold")), tables, {
    epochs: Number(opt("epochs", "8")),
    rate: Number(opt("rate", "0.1")),
    l2: Number(opt("l2", "1e-6")),
    drop: Number(opt("drop", "0.35")),
    seed: Number(opt("seed", "1")),
    print: (line) => process.stderr.write(`${line}\n`),
  });
  const bytes = saveTagger(model);
  const out = opt("out", new URL("models/en/entities.bin", root).pathname);
  writeFileSync(out, bytes);
  const loaded = { ...model, slots: slotTable(model.hashes) };
  const dev = readIob(readFileSync(join(data, "entities/en_ewt-ud-dev.iob2"), "utf8"));
  process.stdout.write(`${bytes.length} bytes, ${model.hashes.length} rows\n`);
  for (const bias of [0, 0.5, 1]) {
    const biased = { ...loaded, outsideBias: bias };
    const scored = scoreEntities(
      dev.map((s) => s.tokens.map((t) => t.tag)),
      dev.map((s) =>
        tagSentence(
          s.tokens.map((t) => t.form),
          biased,
          tables,
        ),
      ),
    );
    process.stdout.write(`bias ${bias}: ${JSON.stringify(scored)}\n`);
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) main(process.argv.slice(2));
