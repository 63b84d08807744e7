/**
 * The tagger's network at run time: what the parser's network knows of each word (its look-ups and the states of its two
 * layers, see syntax/encoder.ts) and the word's traits (features.ts) → one rectified layer → a small bidirectional LSTM →
 * a score for each tag. The parser has read the sentence already, so a second, larger network is not needed (as in Peters
 * et al. 2018, whose states come from a language model). Learnt by train/entities-head.ts with the parser held fixed;
 * of use only with the very parser it was learnt on (fingerprint).
 *
 * A word for which the parser has no pretrained vector is given that of its class (word-classes.ts), the mean of its words.
 *
 * Bytes: for each matrix of HEAD_MATRICES its scales (Float32, one per column) and its values (Int8), then the
 * transitions (Float32, [labels + start][labels]).
 */
import { createArena, type Integers } from "../syntax/arena.ts";
import type { Network } from "../syntax/index.ts";
import { pad8 } from "../syntax/layout.ts";
import { dequantise, type Quantised } from "../syntax/model.ts";
import { layOut } from "../syntax/steps.ts";
import { memo, TRAITS } from "./features.ts";
import type { ClassOf } from "./word-classes.ts";

export type HeadShape = {
  /** Widths of the parser's look-ups and states. */
  readonly input: number;
  readonly states: number;
  readonly middle: number;
  /** Width of the LSTM in each direction. */
  readonly hidden: number;
  readonly labels: number;
  /** Classes of words, and the width of the pretrained vectors. */
  readonly classes: number;
  readonly vector: number;
};
export type HeadModel = {
  readonly shape: HeadShape;
  readonly fingerprint: number;
  readonly matrices: ReadonlyMap<string, Quantised>;
  readonly transitions: Float32Array;
};

/** Name, rows and columns of every matrix, in the order of the file. */
export function headMatrices(shape: HeadShape): readonly (readonly [string, number, number])[] {
  const { input, states, middle, hidden, labels, classes, vector } = shape;
  const tags = pad8(labels);
  return [
    ["centres", classes, vector],
    ["traits", TRAITS, middle],
    ["input", input, middle],
    ["states", states, middle],
    ["middleBias", 1, middle],
    ["W", middle, 8 * hidden],
    ["Uf", hidden, 4 * hidden],
    ["Ub", hidden, 4 * hidden],
    ["b", 1, 8 * hidden],
    ["out", 2 * hidden, tags],
    ["direct", middle, tags],
    ["outBias", 1, tags],
  ];
}

export function headBytes(model: HeadModel): Uint8Array {
  const parts: (Float32Array | Int8Array)[] = [];
  for (const [name, rows, columns] of headMatrices(model.shape)) {
    const matrix = model.matrices.get(name);
    if (!matrix || matrix.rows !== rows || matrix.columns !== columns)
      throw new RangeError(`No matrix ${name} of ${rows} × ${columns}`);
    parts.push(matrix.scales, matrix.values);
  }
  parts.push(model.transitions);
  const out = new Uint8Array(parts.reduce((sum, p) => sum + p.byteLength, 0));
  let at = 0;
  for (const p of parts) {
    out.set(new Uint8Array(p.buffer, p.byteOffset, p.byteLength), at);
    at += p.byteLength;
  }
  return out;
}

export function readHead(bytes: Uint8Array, shape: HeadShape, fingerprint: number): HeadModel {
  let at = 0;
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw new RangeError("Head of the tagger is cut short");
    at += length;
    return bytes.slice(at - length, at);
  };
  const floats = (n: number): Float32Array => new Float32Array(take(4 * n).buffer);
  const matrices = new Map(
    headMatrices(shape).map(([name, rows, columns]): [string, Quantised] => {
      const scales = floats(columns);
      return [name, { scales, values: new Int8Array(take(rows * columns).buffer), rows, columns }];
    }),
  );
  return { shape, fingerprint, matrices, transitions: floats((shape.labels + 1) * shape.labels) };
}

export type Head = {
  /** Scores [word][label] of each sentence. */
  readonly score: (
    sentences: readonly (readonly string[])[],
    states: readonly Int16Array[],
    traits: readonly Uint32Array[],
  ) => Float32Array[];
};

/** Look-ups of the parser's network; words without a vector have that of their class. */
export function lookUpsOf(
  network: Network,
  centres: Float32Array,
  classOf: ClassOf,
): (form: string) => Float32Array {
  const [from, to] = network.vectorSpan;
  return (form) => {
    const x = network.lookUp(form);
    if (network.vector(form) !== undefined) return x;
    const fine = classOf(form);
    if (fine !== undefined) x.set(centres.subarray(fine * (to - from), (fine + 1) * (to - from)), from);
    return x;
  };
}

const KEPT_FORMS = 32768;
/** Steps of the 16-bit integers into which activations are rounded: of the rectified layer, of the LSTM's states. */
const MIDDLE_SCALE = 2048;
const HIDDEN_SCALE = 4095;
/** Words at a time. */
const MOST_WORDS = 1200;

export function createHead(model: HeadModel, network: Network, classOf: ClassOf): Head {
  const { input, states: stateWidth, middle, hidden, labels } = model.shape;
  const tags = pad8(labels);
  const wide = 8 * hidden;
  const both = 2 * hidden;
  const arena = createArena([2 * stateWidth, 2 * middle, 2 * both]);
  const { kernels, kernels16, alloc, row, product } = arena;
  const matrix = (name: string): Quantised => {
    const found = model.matrices.get(name);
    if (!found) throw new RangeError(`No matrix named ${name}`);
    return found;
  };
  const integers = (name: string, scale: number): Integers => arena.integers(matrix(name), scale);

  const fromStates = integers("states", network.scale);
  const gatesOf = integers("W", MIDDLE_SCALE);
  const recurrent = [integers("Uf", HIDDEN_SCALE), integers("Ub", HIDDEN_SCALE)] as const;
  const out = integers("out", HIDDEN_SCALE);
  const direct = integers("direct", MIDDLE_SCALE);
  const bias = row(dequantise(matrix("b")));
  const outBias = row(dequantise(matrix("outBias")));
  const fromTraits = dequantise(matrix("traits"));
  const fromInput = dequantise(matrix("input"));
  const middleBias = dequantise(matrix("middleBias"));
  const lookUp = lookUpsOf(network, dequantise(matrix("centres")), classOf);

  /** What traits, and what the look-ups of a form, add to the middle layer. */
  const ofTraits = memo((code: number): Float32Array => {
    const sum = middleBias.slice();
    for (let bit = 0; bit < TRAITS; bit++)
      if ((code >>> bit) & 1)
        for (let d = 0; d < middle; d++) sum[d] = (sum[d] ?? 0) + (fromTraits[bit * middle + d] ?? 0);
    return sum;
  }, KEPT_FORMS);
  const ofForm = memo((form: string): Float32Array => {
    const x = lookUp(form);
    const sum = new Float32Array(middle);
    for (let k = 0; k < input; k++) {
      const value = x[k] ?? 0;
      if (value === 0) continue;
      for (let d = 0, at = k * middle; d < middle; d++, at++)
        sum[d] = (sum[d] ?? 0) + value * (fromInput[at] ?? 0);
    }
    return sum;
  }, KEPT_FORMS);
  const base = arena.top;

  /** Sentences by falling length; row of word t of sentence b: offset[t] + b. */
  function run(
    sentences: readonly (readonly string[])[],
    states: readonly Int16Array[],
    traits: readonly Uint32Array[],
  ): Float32Array[] {
    arena.backTo(base);
    const count = sentences.length;
    const steps = layOut(sentences.map((forms) => forms.length));
    const { rows, off } = steps;
    const x = alloc((rows * stateWidth) / 2);
    const m = alloc(rows * middle);
    const m16 = alloc((rows * middle) / 2);
    const gates = alloc(rows * wide, true);
    const y16 = alloc((rows * both) / 2);
    const cells = alloc(rows * hidden);
    const noCells = alloc(count * hidden, true);
    const scores = alloc(rows * tags, true);
    // Everything is allotted: the views stay good.
    const { f, words } = arena;
    sentences.forEach((forms, b) => {
      const own = states[b] ?? new Int16Array(0);
      forms.forEach((form, t) => {
        const r = off(t) + b;
        words.set(own.subarray(t * stateWidth, (t + 1) * stateWidth), 2 * x + r * stateWidth);
        const [a, c] = [ofTraits(traits[b]?.[t] ?? 0), ofForm(form)];
        for (let d = 0, to = m + r * middle; d < middle; d++, to++) f[to] = (a[d] ?? 0) + (c[d] ?? 0);
      });
    });
    product(2 * x, stateWidth, rows, fromStates, m, middle);
    kernels.relu(m * 4, rows * middle);
    kernels16.toInt16(m * 4, middle * 4, m16 * 4, middle * 2, rows, middle, MIDDLE_SCALE);
    kernels.addRow(gates * 4, bias * 4, wide * 4, rows, wide * 4);
    product(2 * m16, middle, rows, gatesOf, gates, wide);
    arena.lstm({ hidden, recurrent, scale: HIDDEN_SCALE, gates, cells, noCells, out16: 2 * y16 }, steps);
    kernels.addRow(scores * 4, outBias * 4, tags * 4, rows, tags * 4);
    product(2 * y16, both, rows, out, scores, tags);
    product(2 * m16, middle, rows, direct, scores, tags);
    return sentences.map((forms, b) => {
      const own = new Float32Array(forms.length * labels);
      for (let t = 0; t < forms.length; t++) {
        const from = scores + (off(t) + b) * tags;
        own.set(f.subarray(from, from + labels), t * labels);
      }
      return own;
    });
  }

  return {
    score(sentences, states, traits) {
      const results: Float32Array[] = sentences.map(() => new Float32Array(0));
      const order = sentences
        .map((_, k) => k)
        .filter((k) => (sentences[k]?.length ?? 0) > 0)
        .sort((a, b) => (sentences[b]?.length ?? 0) - (sentences[a]?.length ?? 0));
      for (let from = 0; from < order.length; ) {
        let to = from;
        let words = 0;
        while (to < order.length) {
          words += sentences[order[to] ?? 0]?.length ?? 0;
          if (to > from && words > MOST_WORDS) break;
          to++;
        }
        const batch = order.slice(from, to);
        run(
          batch.map((k) => sentences[k] ?? []),
          batch.map((k) => states[k] ?? new Int16Array(0)),
          batch.map((k) => traits[k] ?? new Uint32Array(0)),
        ).forEach((scores, b) => {
          results[batch[b] ?? 0] = scores;
        });
        from = to;
      }
      return results;
    },
  };
}
