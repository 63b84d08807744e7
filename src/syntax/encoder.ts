/**
 * Word forms → scores: the forward pass of the network at run time, in its own WebAssembly memory. What depends on
 * the form alone (lookups and their product with the first layer) is computed once per form and kept, so frequent
 * words cost one copy. Sentences of a batch run side by side, longest first.
 */
import { createArena, type Integers } from "./arena.ts";
import { pad8 } from "./layout.ts";
import { AFFIXES, affixBuckets, formHash, normalise, shapeOf } from "./lexical.ts";
import { dequantise, type Quantised, type SyntaxModel } from "./model.ts";
import { layOut } from "./steps.ts";

/** Sentences in batch order; the analysis of word t of sentence b stands in row base[b] + t. */
export type Encoded = {
  readonly floats: Float32Array;
  readonly base: Int32Array;
  /** Offsets (in floats) and row widths of the outputs. */
  readonly z: number;
  readonly zWidth: number;
  readonly upos: number;
  readonly uposWidth: number;
  readonly feats: number;
  readonly featsWidth: number;
  readonly scripts: number;
  readonly scriptsWidth: number;
  /** A copy of what every layer makes of sentence b: for each word the states of the first layer, of the second …, in
   * steps of 1/STATE_SCALE. */
  readonly states: (sentence: number) => Int16Array;
  readonly arcs: (sentence: number) => { readonly offset: number; readonly stride: number };
  readonly relations: (heads: readonly Int32Array[]) => { readonly offset: number; readonly width: number };
};
export type Encoder = {
  readonly encode: (batch: readonly (readonly string[])[]) => Encoded;
  /** What the network knows of a form before it reads it in a sentence. */
  readonly lookUp: (form: string) => Float32Array;
};

const KEPT_FORMS = 8192;
/** LSTM states lie between -1 and 1; as 16-bit integers they leave room for sums over 512 products with int8. */
export const STATE_SCALE = 4095;
/** What stands before the last layer stays below 15 in every language, sums of lookups below 10. */
const HIDDEN_SCALE = 1024;
const INPUT_SCALE = 2048;

export function createEncoder(model: SyntaxModel): Encoder {
  const { shape, layout } = model;
  const { hidden, layers } = shape;
  const { input, z, at } = layout;
  const wide = 8 * hidden;
  const both = 2 * hidden;
  const lexical = shape.tag + shape.lemma;
  const kept = wide + lexical;
  /** Rectified slices that are rounded: tag, lemma, dependent, head. */
  const narrow = at.labelDependent;
  const arena = createArena([2 * input, 2 * both, 2 * narrow, 2 * shape.label]);
  const { kernels, kernels16, alloc, product } = arena;
  const quantised = (name: string): Quantised => {
    const matrix = model.matrices.get(name);
    if (matrix === undefined) throw new RangeError(`No matrix named ${name}`);
    return matrix;
  };
  const integersOf = (name: string, inputScale = STATE_SCALE): Integers =>
    arena.integers(quantised(name), inputScale);
  const rowOf = (name: string): number => arena.row(dequantise(quantised(name)));

  const first = integersOf("W0", INPUT_SCALE);
  const firstLexical = integersOf("Wx", INPUT_SCALE);
  const firstBias = rowOf("b0");
  const upper = Array.from({ length: layers - 1 }, (_, k) => ({
    w: integersOf(`W${k + 1}`),
    b: rowOf(`b${k + 1}`),
  }));
  const recurrent = Array.from(
    { length: layers },
    (_, k) => [integersOf(`Uf${k}`), integersOf(`Ub${k}`)] as const,
  );
  const wz = integersOf("Wz");
  const bz = rowOf("bz");
  const outputs = (["upos", "feats", "lemma"] as const).map((name) => ({
    w: integersOf(`W${name}`, HIDDEN_SCALE),
    b: rowOf(`b${name}`),
  }));
  const warc = integersOf("Warc", HIDDEN_SCALE);
  const barc = rowOf("barc");
  const rootArc = rowOf("rootArc");
  const wlabel = integersOf("Wlabel", HIDDEN_SCALE);
  const blabel = rowOf("blabel");
  const rootLabel = rowOf("rootLabel");
  const store = alloc(KEPT_FORMS * kept);
  const base = arena.top;
  const rowOfForm = new Map<string, number>();
  const affixes = new Int32Array(AFFIXES);
  const tables = { word: quantised("word"), affix: quantised("affix"), shape: quantised("shape") };

  const addLookup = (table: Quantised, row: number, to: number): void => {
    const { values, scales, columns } = table;
    const { f } = arena;
    for (let d = 0, from = row * columns; d < columns; d++)
      f[to + d] = (f[to + d] ?? 0) + (values[from + d] ?? 0) * (scales[d] ?? 0);
  };
  const lookUp = (form: string, to: number): void => {
    const norm = normalise(form);
    const hash = formHash(norm);
    addLookup(tables.word, model.wordRow(hash), to);
    const vector = shape.vector > 0 ? model.vectorRow(hash) : 0;
    if (vector > 0) addLookup(model.vectors, vector, to + shape.word);
    affixBuckets(norm, shape.affixBuckets, affixes, 0);
    for (const bucket of affixes) addLookup(tables.affix, bucket, to + shape.word + shape.vector);
    addLookup(tables.shape, shapeOf(form), to + shape.word + shape.vector + shape.affix);
  };
  /** Makes sure every form of the batch has its row. */
  const remember = (batch: readonly (readonly string[])[]): void => {
    const missing = new Set<string>();
    for (const sentence of batch) for (const form of sentence) if (!rowOfForm.has(form)) missing.add(form);
    if (rowOfForm.size + missing.size > KEPT_FORMS) {
      rowOfForm.clear();
      missing.clear();
      for (const sentence of batch) for (const form of sentence) missing.add(form);
      if (missing.size > KEPT_FORMS) throw new RangeError(`More than ${KEPT_FORMS} forms in one batch`);
    }
    if (missing.size === 0) return;
    const mark = arena.top;
    const x = alloc(missing.size * input, true);
    const from = rowOfForm.size;
    let row = 0;
    for (const form of missing) {
      lookUp(form, x + row * input);
      rowOfForm.set(form, from + row);
      row++;
    }
    const y = store + from * kept;
    arena.f.fill(0, y, y + row * kept);
    kernels.addRow(y * 4, firstBias * 4, kept * 4, row, wide * 4);
    const rounded = alloc((row * input) / 2);
    kernels16.toInt16(x * 4, input * 4, rounded * 4, input * 2, row, input, INPUT_SCALE);
    product(rounded * 2, input, row, first, y, kept);
    product(rounded * 2, input, row, firstLexical, y + wide, kept);
    arena.backTo(mark);
  };

  function encode(batch: readonly (readonly string[])[]): Encoded {
    arena.backTo(base);
    const count = batch.length;
    const steps = layOut(batch.map((sentence) => sentence.length));
    const { rows, off } = steps;
    const starts = new Int32Array(count + 1);
    batch.forEach((sentence, b) => {
      starts[b + 1] = (starts[b] ?? 0) + sentence.length;
    });
    remember(batch);
    const zeroCells = alloc(count * hidden, true);
    const gates = alloc(rows * wide);
    const formRows = new Int32Array(rows);
    batch.forEach((sentence, b) => {
      sentence.forEach((form, t) => {
        const from = store + (rowOfForm.get(form) ?? 0) * kept;
        formRows[(starts[b] ?? 0) + t] = from;
        const to = gates + (off(t) + b) * wide;
        arena.f.copyWithin(to, from, from + wide);
      });
    });
    let current = 0;
    const levels: number[] = [];
    const cells = alloc(rows * hidden);
    for (let layer = 0; layer < layers; layer++) {
      const above = upper[layer - 1];
      if (above !== undefined) {
        arena.f.fill(0, gates, gates + rows * wide);
        kernels.addRow(gates * 4, above.b * 4, wide * 4, rows, wide * 4);
        product(current * 2, both, rows, above.w, gates, wide);
      }
      const rounded = alloc((rows * both) / 2);
      const own = recurrent[layer];
      if (own !== undefined)
        arena.lstm(
          {
            hidden,
            recurrent: own,
            scale: STATE_SCALE,
            gates,
            cells,
            noCells: zeroCells,
            out16: rounded * 2,
          },
          steps,
        );
      current = rounded;
      levels.push(rounded);
    }
    const ys = alloc((rows * both) / 2);
    const zs = alloc(rows * z);
    for (let b = 0; b < count; b++)
      for (let t = 0; t < (batch[b]?.length ?? 0); t++) {
        const row = (starts[b] ?? 0) + t;
        const from = current + ((off(t) + b) * both) / 2;
        arena.f.copyWithin(ys + (row * both) / 2, from, from + both / 2);
        const to = zs + row * z;
        arena.f.copyWithin(to, bz, bz + z);
        const lexicalFrom = (formRows[row] ?? 0) + wide;
        kernels.addRow(to * 4, lexicalFrom * 4, 0, 1, lexical * 4);
      }
    product(ys * 2, both, rows, wz, zs, z);
    for (let row = 0; row < rows; row++) kernels.relu((zs + row * z) * 4, at.labelDependent);
    const zs16 = alloc((rows * narrow) / 2);
    kernels16.toInt16(zs * 4, z * 4, zs16 * 4, narrow * 2, rows, narrow, HIDDEN_SCALE);
    const [upos, feats, scripts] = [at.tag, at.tag, at.lemma].map((slice, k) => {
      const output = outputs[k] ?? { w: wz, b: bz };
      const logits = alloc(rows * output.w.n, true);
      kernels.addRow(logits * 4, output.b * 4, output.w.n * 4, rows, output.w.n * 4);
      product(zs16 * 2 + slice, narrow, rows, output.w, logits, output.w.n);
      return logits;
    });
    const du = alloc(rows * shape.arc, true);
    kernels.addRow(du * 4, barc * 4, shape.arc * 4, rows, shape.arc * 4);
    product(zs16 * 2 + at.dependent, narrow, rows, warc, du, shape.arc);

    const states = (sentence: number): Int16Array => {
      const n = batch[sentence]?.length ?? 0;
      const out = new Int16Array(n * layers * both);
      const all = arena.words;
      for (let t = 0; t < n; t++)
        levels.forEach((level, k) => {
          const from = 2 * level + (off(t) + sentence) * both;
          out.set(all.subarray(from, from + both), (t * layers + k) * both);
        });
      return out;
    };
    const arcs = (sentence: number): { offset: number; stride: number } => {
      const n = batch[sentence]?.length ?? 0;
      const start = starts[sentence] ?? 0;
      const stride = pad8(n + 1);
      const scores = alloc(n * stride, true);
      const mark = arena.top;
      const heads = alloc((n + 1) * shape.arc);
      arena.f.copyWithin(heads, rootArc, rootArc + shape.arc);
      for (let t = 0; t < n; t++) {
        const from = zs + (start + t) * z + at.head;
        arena.f.copyWithin(heads + (t + 1) * shape.arc, from, from + shape.arc);
      }
      const panels = alloc(shape.arc * stride);
      kernels.pack(heads * 4, 4, shape.arc * 4, shape.arc, n + 1, panels * 4, shape.arc);
      kernels.gemm(
        (du + start * shape.arc) * 4,
        shape.arc * 4,
        panels * 4,
        scores * 4,
        stride * 4,
        n,
        stride,
        shape.arc,
      );
      arena.backTo(mark);
      return { offset: scores, stride };
    };
    const relations = (heads: readonly Int32Array[]): { offset: number; width: number } => {
      const joint = alloc((rows * shape.label) / 2);
      const width = pad8(shape.relations);
      const logits = alloc(rows * width, true);
      heads.forEach((row, b) => {
        const start = starts[b] ?? 0;
        row.forEach((head, t) => {
          const own = zs + (start + t) * z + at.labelDependent;
          const from = head === 0 ? rootLabel : zs + (start + head - 1) * z + at.labelHead;
          const to = joint * 2 + (start + t) * shape.label;
          kernels16.jointInt16(own * 4, from * 4, to * 2, shape.label, HIDDEN_SCALE);
        });
      });
      kernels.addRow(logits * 4, blabel * 4, width * 4, rows, width * 4);
      product(joint * 2, shape.label, rows, wlabel, logits, width);
      return { offset: logits, width };
    };
    // Reserved now, so that the views handed out stay valid while arcs and relations are asked for.
    const longest = pad8(steps.steps + 1);
    let later = rows * (shape.label + pad8(shape.relations)) + longest * shape.arc * 2 + 256;
    for (const sentence of batch) later += sentence.length * pad8(sentence.length + 1) + 16;
    arena.reserve(arena.top + later);
    return {
      floats: arena.f,
      base: starts,
      z: zs,
      zWidth: z,
      upos: upos ?? 0,
      uposWidth: pad8(shape.upos),
      feats: feats ?? 0,
      featsWidth: pad8(shape.feats),
      scripts: scripts ?? 0,
      scriptsWidth: pad8(shape.scripts),
      states,
      arcs,
      relations,
    };
  }
  return {
    encode,
    lookUp: (form) => {
      arena.backTo(base);
      const x = alloc(input, true);
      lookUp(form, x);
      return arena.f.slice(x, x + input);
    },
  };
}
