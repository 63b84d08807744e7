/**
 * Forward and backward pass of the network over one batch, by hand, in one WebAssembly memory. A batch lists
 * sentences by falling length and is laid out step by step (row = offset of the step + number of the sentence), so
 * that every step of the LSTM is one matrix product over the sentences still running. Losses: cross-entropy of
 * head, relation (under the gold head), part of speech, features and lemma script.
 */
import type { Kernels } from "../src/syntax/kernels.ts";
import { type Layout, matrixOf, pad8, type Shape } from "../src/syntax/layout.ts";
import { AFFIXES } from "../src/syntax/lexical.ts";
import { layOut } from "../src/syntax/steps.ts";
import { createAlgebra, type LstmState } from "./algebra.ts";
import type { Random } from "./random.ts";

/** One sentence as numbers; `gold` values below 0 are not trained on. */
export type Example = {
  readonly length: number;
  readonly word: Int32Array;
  readonly vector: Int32Array;
  readonly affix: Int32Array;
  readonly shape: Int32Array;
  readonly upos: Int32Array;
  readonly feats: Int32Array;
  readonly script: Int32Array;
  /** 0 is the root. */
  readonly head: Int32Array;
  readonly relation: Int32Array;
};

export type Dropout = {
  readonly input: number;
  readonly layer: number;
  readonly recurrent: number;
  readonly hidden: number;
  readonly word: number;
  readonly lookup: number;
};
export const NO_DROPOUT: Dropout = { input: 0, layer: 0, recurrent: 0, hidden: 0, word: 0, lookup: 0 };

export type Losses = { arc: number; label: number; upos: number; feats: number; lemma: number };

export type Net = {
  /** Adds the batch's gradients to `gradients`; returns summed losses. */
  readonly step: (batch: readonly Example[], dropout: Dropout, random: Random) => Losses;
};

type Buffers = {
  /** Addresses in floats. */
  readonly weights: number;
  readonly gradients: number;
  readonly vectors: number;
  readonly arena: number;
  readonly arenaEnd: number;
};

export function createNet(
  memory: WebAssembly.Memory,
  kernels: Kernels,
  shape: Shape,
  layout: Layout,
  buffers: Buffers,
  wordCounts: Int32Array,
): Net {
  const f = new Float32Array(memory.buffer);
  const { hidden, layers } = shape;
  const { input, z, at } = layout;
  const wide = 8 * hidden;
  const both = 2 * hidden;
  const lexical = shape.tag + shape.lemma;
  const algebra = createAlgebra(f, kernels, (name) => matrixOf(layout, name), buffers);
  const { alloc, w, g, packed, whole, transposed, product, outer, columnSums, masked } = algebra;
  /** Xorshift (Marsaglia 2003) seeded from the run's own numbers: a mask costs two nanoseconds a lane. */
  const fillMask = (from: number, n: number, rate: number, random: Random): void => {
    let state = Math.floor(random() * 4294967295) | 1;
    const keep = 1 / (1 - rate);
    const threshold = rate * 4294967296;
    for (let i = from; i < from + n; i++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      f[i] = state >>> 0 < threshold ? 0 : keep;
    }
  };

  function step(batch: readonly Example[], dropout: Dropout, random: Random): Losses {
    algebra.backTo(buffers.arena);
    const count = batch.length;
    const steps = layOut(batch.map((example) => example.length));
    const { rows, off, running } = steps;
    const base = new Int32Array(count + 1);
    batch.forEach((example, b) => {
      base[b + 1] = (base[b] ?? 0) + example.length;
    });

    // Lookups, and which of them a row uses (0 = dropped).
    const x = alloc(rows * input, true);
    const usedWord = new Int32Array(rows);
    const usedAffix = new Float32Array(rows);
    const xMask = alloc(count * input);
    fillMask(xMask, count * input, dropout.input, random);
    const vectorAt = shape.word;
    const affixAt = shape.word + shape.vector;
    const shapeAt = affixAt + shape.affix;
    const wordBase = w("word");
    const affixBase = w("affix");
    const shapeBase = w("shape");
    batch.forEach((example, b) => {
      for (let t = 0; t < example.length; t++) {
        const row = off(t) + b;
        const to = x + row * input;
        let word = example.word[t] ?? 0;
        if (
          word > 0 &&
          dropout.word > 0 &&
          random() < dropout.word / (dropout.word + (wordCounts[word] ?? 0))
        )
          word = 0;
        usedWord[row] = word;
        f.copyWithin(to, wordBase + word * shape.word, wordBase + (word + 1) * shape.word);
        const vector = example.vector[t] ?? 0;
        if (vector > 0 && random() >= dropout.lookup) {
          const from = buffers.vectors + vector * shape.vector;
          f.copyWithin(to + vectorAt, from, from + shape.vector);
        }
        const keepAffix = random() >= dropout.lookup;
        usedAffix[row] = keepAffix ? 1 : 0;
        if (keepAffix)
          for (let k = 0; k < AFFIXES; k++) {
            const from = affixBase + (example.affix[t * AFFIXES + k] ?? 0) * shape.affix;
            for (let d = 0; d < shape.affix; d++)
              f[to + affixAt + d] = (f[to + affixAt + d] ?? 0) + (f[from + d] ?? 0);
          }
        const letter = shapeBase + (example.shape[t] ?? 0) * shape.shape;
        f.copyWithin(to + shapeAt, letter, letter + shape.shape);
        if (dropout.input > 0)
          for (let d = 0, m = xMask + b * input; d < input; d++)
            f[to + d] = (f[to + d] ?? 0) * (f[m + d] ?? 0);
      }
    });

    // Encoder.
    const zeroCells = alloc(count * hidden, true);
    type LayerState = LstmState & { readonly x: number; readonly width: number; readonly yMask: number };
    const states: LayerState[] = [];
    let current = x;
    let width = input;
    for (let layer = 0; layer < layers; layer++) {
      const gates = alloc(rows * wide, true);
      kernels.addRow(gates * 4, w(`b${layer}`) * 4, wide * 4, rows, wide * 4);
      product(current, width, rows, whole(`W${layer}`), gates, wide, wide);
      const y = alloc(rows * both);
      const cells = [alloc(rows * hidden), alloc(rows * hidden)] as const;
      const previous = [alloc(rows * hidden, true), alloc(rows * hidden, true)] as const;
      const masks = [alloc(count * hidden), alloc(count * hidden)] as const;
      for (const mask of masks) fillMask(mask, count * hidden, dropout.recurrent, random);
      const lstm: LstmState = {
        hidden,
        names: [`Uf${layer}`, `Ub${layer}`],
        gates,
        cells,
        previous,
        masks,
        zeroCells,
        y,
      };
      algebra.lstmForward(lstm, steps);
      // Locked dropout (one mask per sentence) on what the next layer sees; the recurrence above is done with y.
      const yMask = alloc(count * both);
      fillMask(yMask, count * both, dropout.layer, random);
      const seen = dropout.layer > 0 ? alloc(rows * both, true) : y;
      if (dropout.layer > 0)
        for (let t = 0; t < steps.steps; t++)
          masked(y + off(t) * both, both, yMask, both, seen + off(t) * both, both, running(t), both);
      states.push({ ...lstm, x: current, width, yMask });
      current = seen;
      width = both;
    }

    // From steps to sentences.
    const ys = alloc(rows * both);
    const xs = alloc(rows * input);
    for (let b = 0; b < count; b++)
      for (let t = 0; t < (batch[b]?.length ?? 0); t++) {
        const from = off(t) + b;
        const to = (base[b] ?? 0) + t;
        f.copyWithin(ys + to * both, current + from * both, current + (from + 1) * both);
        f.copyWithin(xs + to * input, x + from * input, x + (from + 1) * input);
      }
    const zs = alloc(rows * z, true);
    kernels.addRow(zs * 4, w("bz") * 4, z * 4, rows, z * 4);
    product(ys, both, rows, whole("Wz"), zs, z, z);
    product(xs, input, rows, whole("Wx"), zs, z, lexical);
    // Rectified slices: tag, lemma, dependent, head; the label slices are rectified after their sum.
    const rectified = at.labelDependent;
    const zMask = alloc(rows * rectified);
    fillMask(zMask, rows * rectified, dropout.hidden, random);
    for (let r = 0; r < rows; r++)
      for (let d = 0, p = zs + r * z, m = zMask + r * rectified; d < rectified; d++) {
        const value = f[p + d] ?? 0;
        if (value > 0) f[p + d] = value * (f[m + d] ?? 0);
        else {
          f[p + d] = 0;
          f[m + d] = 0;
        }
      }
    const dz = alloc(rows * z, true);
    const losses: Losses = { arc: 0, label: 0, upos: 0, feats: 0, lemma: 0 };

    /** Softmax and its gradient in place over `n` logits; the loss of `gold`. */
    const crossEntropy = (
      logits: number,
      n: number,
      padded: number,
      gold: number,
      weight: number,
    ): number => {
      if (gold < 0) {
        f.fill(0, logits, logits + padded);
        return 0;
      }
      let max = -Infinity;
      for (let k = logits; k < logits + n; k++) max = Math.max(max, f[k] ?? 0);
      let sum = 0;
      for (let k = logits; k < logits + n; k++) {
        const e = Math.exp((f[k] ?? 0) - max);
        f[k] = e;
        sum += e;
      }
      const scale = weight / sum;
      const p = (f[logits + gold] ?? 0) / sum;
      for (let k = logits; k < logits + n; k++) f[k] = (f[k] ?? 0) * scale;
      f[logits + gold] = (f[logits + gold] ?? 0) - weight;
      f.fill(0, logits + n, logits + padded);
      return -Math.log(Math.max(p, 1e-12));
    };
    const classify = (
      slice: number,
      size: number,
      classes: number,
      weights: string,
      bias: string,
      pick: (e: Example) => Int32Array,
      weight: number,
    ): number => {
      const padded = pad8(classes);
      const logits = alloc(rows * padded, true);
      kernels.addRow(logits * 4, w(bias) * 4, padded * 4, rows, padded * 4);
      product(zs + slice, z, rows, whole(weights), logits, padded, padded);
      let loss = 0;
      batch.forEach((example, b) => {
        const gold = pick(example);
        for (let t = 0; t < example.length; t++)
          loss += crossEntropy(
            logits + ((base[b] ?? 0) + t) * padded,
            classes,
            padded,
            gold[t] ?? -1,
            weight,
          );
      });
      outer(zs + slice, z, size, packed(logits, padded, 1, rows, padded), rows, g(weights), padded, padded);
      columnSums(logits, padded, rows, padded, g(bias));
      product(logits, padded, rows, transposed(weights), dz + slice, z, size);
      return loss;
    };
    losses.upos = classify(at.tag, shape.tag, shape.upos, "Wupos", "bupos", (e) => e.upos, 1);
    losses.feats = classify(at.tag, shape.tag, shape.feats, "Wfeats", "bfeats", (e) => e.feats, 1);
    losses.lemma = classify(at.lemma, shape.lemma, shape.scripts, "Wlemma", "blemma", (e) => e.script, 1);

    // Arcs: score(dependent, head) = (dependent·W + b)·head; row 0 of the heads is the root's vector.
    const { arc, label } = shape;
    const du = alloc(rows * arc, true);
    kernels.addRow(du * 4, w("barc") * 4, arc * 4, rows, arc * 4);
    product(zs + at.dependent, z, rows, whole("Warc"), du, arc, arc);
    const dDu = alloc(rows * arc, true);
    const mark = algebra.top;
    batch.forEach((example, b) => {
      algebra.backTo(mark);
      const n = example.length;
      const start = base[b] ?? 0;
      const padded = pad8(n + 1);
      const heads = alloc((n + 1) * arc);
      f.copyWithin(heads, w("rootArc"), w("rootArc") + arc);
      for (let t = 0; t < n; t++) {
        const from = zs + (start + t) * z + at.head;
        f.copyWithin(heads + (t + 1) * arc, from, from + arc);
      }
      const scores = alloc(n * padded, true);
      product(du + start * arc, arc, n, packed(heads, 1, arc, arc, n + 1), scores, padded, padded);
      for (let t = 0; t < n; t++)
        losses.arc += crossEntropy(scores + t * padded, n + 1, padded, example.head[t] ?? -1, 1);
      product(scores, padded, n, packed(heads, arc, 1, n + 1, arc), dDu + start * arc, arc, arc);
      const dHeads = alloc((n + 1) * arc, true);
      outer(scores, padded, n + 1, packed(du + start * arc, arc, 1, n, arc), n, dHeads, arc, arc);
      for (let d = 0; d < arc; d++) f[g("rootArc") + d] = (f[g("rootArc") + d] ?? 0) + (f[dHeads + d] ?? 0);
      for (let t = 0; t < n; t++)
        for (let d = 0, to = dz + (start + t) * z + at.head, from = dHeads + (t + 1) * arc; d < arc; d++)
          f[to + d] = (f[to + d] ?? 0) + (f[from + d] ?? 0);
    });
    algebra.backTo(mark);
    outer(zs + at.dependent, z, arc, packed(dDu, arc, 1, rows, arc), rows, g("Warc"), arc, arc);
    columnSums(dDu, arc, rows, arc, g("barc"));
    product(dDu, arc, rows, transposed("Warc"), dz + at.dependent, z, arc);

    // Relations under the gold head.
    const joint = alloc(rows * label);
    const jointMask = alloc(rows * label);
    fillMask(jointMask, rows * label, dropout.hidden, random);
    const headRow = (example: Example, b: number, t: number): number => {
      const head = example.head[t] ?? 0;
      return head <= 0 ? -1 : (base[b] ?? 0) + head - 1;
    };
    batch.forEach((example, b) => {
      for (let t = 0; t < example.length; t++) {
        const row = (base[b] ?? 0) + t;
        const head = headRow(example, b, t);
        const from = head < 0 ? w("rootLabel") : zs + head * z + at.labelHead;
        for (
          let d = 0,
            own = zs + row * z + at.labelDependent,
            to = joint + row * label,
            m = jointMask + row * label;
          d < label;
          d++
        ) {
          const value = (f[own + d] ?? 0) + (f[from + d] ?? 0);
          if (value > 0) f[to + d] = value * (f[m + d] ?? 0);
          else {
            f[to + d] = 0;
            f[m + d] = 0;
          }
        }
      }
    });
    const relations = pad8(shape.relations);
    const labelLogits = alloc(rows * relations, true);
    kernels.addRow(labelLogits * 4, w("blabel") * 4, relations * 4, rows, relations * 4);
    product(joint, label, rows, whole("Wlabel"), labelLogits, relations, relations);
    batch.forEach((example, b) => {
      for (let t = 0; t < example.length; t++)
        losses.label += crossEntropy(
          labelLogits + ((base[b] ?? 0) + t) * relations,
          shape.relations,
          relations,
          example.relation[t] ?? -1,
          1,
        );
    });
    outer(
      joint,
      label,
      label,
      packed(labelLogits, relations, 1, rows, relations),
      rows,
      g("Wlabel"),
      relations,
      relations,
    );
    columnSums(labelLogits, relations, rows, relations, g("blabel"));
    const dJoint = alloc(rows * label, true);
    product(labelLogits, relations, rows, transposed("Wlabel"), dJoint, label, label);
    batch.forEach((example, b) => {
      for (let t = 0; t < example.length; t++) {
        const row = (base[b] ?? 0) + t;
        const head = headRow(example, b, t);
        const other = head < 0 ? g("rootLabel") : dz + head * z + at.labelHead;
        for (
          let d = 0,
            own = dz + row * z + at.labelDependent,
            from = dJoint + row * label,
            m = jointMask + row * label;
          d < label;
          d++
        ) {
          const value = (f[from + d] ?? 0) * (f[m + d] ?? 0);
          f[own + d] = (f[own + d] ?? 0) + value;
          f[other + d] = (f[other + d] ?? 0) + value;
        }
      }
    });

    // Back through the linear layer.
    for (let r = 0; r < rows; r++)
      for (let d = 0, p = dz + r * z, m = zMask + r * rectified; d < rectified; d++)
        f[p + d] = (f[p + d] ?? 0) * (f[m + d] ?? 0);
    const dzPanels = packed(dz, z, 1, rows, z);
    outer(ys, both, both, dzPanels, rows, g("Wz"), z, z);
    columnSums(dz, z, rows, z, g("bz"));
    const dys = alloc(rows * both, true);
    product(dz, z, rows, transposed("Wz"), dys, both, both);
    outer(xs, input, input, dzPanels, rows, g("Wx"), lexical, lexical);
    const dxs = alloc(rows * input, true);
    product(dz, z, rows, transposed("Wx"), dxs, input, input);
    let dy = alloc(rows * both);
    const dx = alloc(rows * input);
    for (let b = 0; b < count; b++)
      for (let t = 0; t < (batch[b]?.length ?? 0); t++) {
        const to = off(t) + b;
        const from = (base[b] ?? 0) + t;
        f.copyWithin(dy + to * both, dys + from * both, dys + (from + 1) * both);
        f.copyWithin(dx + to * input, dxs + from * input, dxs + (from + 1) * input);
      }

    // Back through the encoder.
    for (let layer = layers - 1; layer >= 0; layer--) {
      const state = states[layer];
      if (state === undefined) break;
      if (dropout.layer > 0) {
        const through = alloc(rows * both, true);
        for (let t = 0; t < steps.steps; t++)
          masked(
            dy + off(t) * both,
            both,
            state.yMask,
            both,
            through + off(t) * both,
            both,
            running(t),
            both,
          );
        dy = through;
      }
      algebra.lstmBackward(state, steps, dy, count);
      const panels = packed(state.gates, wide, 1, rows, wide);
      outer(state.x, state.width, state.width, panels, rows, g(`W${layer}`), wide, wide);
      columnSums(state.gates, wide, rows, wide, g(`b${layer}`));
      algebra.lstmGradients(state, panels, rows);
      const below = layer === 0 ? dx : alloc(rows * both, true);
      product(state.gates, wide, rows, transposed(`W${layer}`), below, state.width, state.width);
      dy = below;
    }

    // Into the lookups.
    const gWord = g("word");
    const gAffix = g("affix");
    const gShape = g("shape");
    batch.forEach((example, b) => {
      for (let t = 0; t < example.length; t++) {
        const row = off(t) + b;
        const from = dx + row * input;
        if (dropout.input > 0)
          for (let d = 0, m = xMask + b * input; d < input; d++)
            f[from + d] = (f[from + d] ?? 0) * (f[m + d] ?? 0);
        const word = gWord + (usedWord[row] ?? 0) * shape.word;
        for (let d = 0; d < shape.word; d++) f[word + d] = (f[word + d] ?? 0) + (f[from + d] ?? 0);
        if (usedAffix[row] === 1)
          for (let k = 0; k < AFFIXES; k++) {
            const affix = gAffix + (example.affix[t * AFFIXES + k] ?? 0) * shape.affix;
            for (let d = 0; d < shape.affix; d++)
              f[affix + d] = (f[affix + d] ?? 0) + (f[from + affixAt + d] ?? 0);
          }
        const letter = gShape + (example.shape[t] ?? 0) * shape.shape;
        for (let d = 0; d < shape.shape; d++)
          f[letter + d] = (f[letter + d] ?? 0) + (f[from + shapeAt + d] ?? 0);
      }
    });
    return losses;
  }
  return { step };
}
