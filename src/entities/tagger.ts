/**
 * A linear-chain conditional random field (Lafferty, McCallum & Pereira 2001) over hashed features: sentence → BIO tags.
 * This file decodes; train/entities.ts learns. Weights are int8 with one scale; features that were not kept in training
 * weigh nothing (a table of exact hashes, no collisions).
 *
 * File: JSON header line {labels, features, scale, transitionScale}, Uint32 hashes (sorted), Int8 weights [feature][label],
 * Float32 transitions [from + start row][to].
 */
import { type FeatureTables, sentenceFeatures } from "./features.ts";

export const TAGS = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"] as const;
export type Tag = (typeof TAGS)[number];

export type TaggerModel = {
  readonly labels: readonly string[];
  readonly weights: Int8Array;
  readonly scale: number;
  /** Taken from the score of O: trades precision for recall; chosen on development data. */
  readonly outsideBias: number;
  /** (labels + 1) × labels; the last row is the start of a sentence. */
  readonly transitions: Float32Array;
  /** Open addressing: slot → feature row + 1. */
  readonly slots: Uint32Array;
  readonly hashes: Uint32Array;
};

export function slotTable(hashes: Uint32Array): Uint32Array {
  let size = 1;
  while (size < hashes.length * 2) size *= 2;
  const slots = new Uint32Array(size);
  for (let row = 0; row < hashes.length; row++) {
    let slot = (hashes[row] ?? 0) & (size - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (size - 1);
    slots[slot] = row + 1;
  }
  return slots;
}

export function loadTagger(bytes: Uint8Array): TaggerModel {
  const newline = bytes.indexOf(10);
  if (newline < 0) throw new SyntaxError("Tagger has no header line");
  const header: {
    readonly labels: readonly string[];
    readonly features: number;
    readonly scale: number;
    readonly outsideBias: number;
  } = JSON.parse(new TextDecoder().decode(bytes.subarray(0, newline)));
  const { labels, features, scale, outsideBias } = header;
  // A copy of its own: a Buffer shares its memory with others, and the views below need offset 0.
  const body = new Uint8Array(bytes.subarray(newline + 1));
  const size = 4 * features + features * labels.length + 4 * (labels.length + 1) * labels.length;
  if (body.length < size) throw new RangeError("Tagger is cut short");
  const view = new DataView(body.buffer);
  const hashes = new Uint32Array(features);
  for (let i = 0; i < features; i++) hashes[i] = view.getUint32(4 * i, true);
  const weights = new Int8Array(body.buffer, 4 * features, features * labels.length);
  const transitions = new Float32Array((labels.length + 1) * labels.length);
  const at = 4 * features + weights.length;
  for (let i = 0; i < transitions.length; i++) transitions[i] = view.getFloat32(at + 4 * i, true);
  return { labels, weights, scale, outsideBias, transitions, hashes, slots: slotTable(hashes) };
}

export function saveTagger(model: Omit<TaggerModel, "slots">): Uint8Array {
  const header = new TextEncoder().encode(
    `${JSON.stringify({ labels: model.labels, features: model.hashes.length, scale: model.scale, outsideBias: model.outsideBias })}\n`,
  );
  const out = new Uint8Array(
    header.length + 4 * model.hashes.length + model.weights.length + 4 * model.transitions.length,
  );
  out.set(header);
  const view = new DataView(out.buffer, header.length);
  model.hashes.forEach((h, i) => {
    view.setUint32(4 * i, h, true);
  });
  out.set(
    new Uint8Array(model.weights.buffer, model.weights.byteOffset, model.weights.length),
    header.length + 4 * model.hashes.length,
  );
  const at = 4 * model.hashes.length + model.weights.length;
  model.transitions.forEach((t, i) => {
    view.setFloat32(at + 4 * i, t, true);
  });
  return out;
}

/** True when tag b may follow tag a (index −1 = start of sentence): I-X only after B-X or I-X. */
export function mayFollow(labels: readonly string[], a: number, b: number): boolean {
  const to = labels[b] ?? "O";
  if (!to.startsWith("I-")) return true;
  const from = a < 0 ? "O" : (labels[a] ?? "O");
  return from !== "O" && from.slice(2) === to.slice(2);
}

/** Viterbi decoding. Returns a tag for each form. */
export function tagSentence(forms: readonly string[], model: TaggerModel, tables: FeatureTables): string[] {
  const n = forms.length;
  const L = model.labels.length;
  if (n === 0) return [];
  const { hashes, starts } = sentenceFeatures(forms, tables);
  const mask = model.slots.length - 1;
  const score = new Float32Array(n * L);
  for (let i = 0; i < n; i++) {
    for (let k = starts[i] ?? 0; k < (starts[i + 1] ?? 0); k++) {
      const h = hashes[k] ?? 0;
      let slot = h & mask;
      let row = model.slots[slot] ?? 0;
      while (row !== 0 && model.hashes[row - 1] !== h) {
        slot = (slot + 1) & mask;
        row = model.slots[slot] ?? 0;
      }
      if (row === 0) continue;
      const base = (row - 1) * L;
      for (let l = 0; l < L; l++) score[i * L + l] = (score[i * L + l] ?? 0) + (model.weights[base + l] ?? 0);
    }
    for (let l = 0; l < L; l++) score[i * L + l] = (score[i * L + l] ?? 0) * model.scale;
    score[i * L] = (score[i * L] ?? 0) - model.outsideBias;
  }
  const best = new Float32Array(n * L).fill(Number.NEGATIVE_INFINITY);
  const back = new Int8Array(n * L);
  for (let l = 0; l < L; l++)
    if (mayFollow(model.labels, -1, l)) best[l] = (score[l] ?? 0) + (model.transitions[L * L + l] ?? 0);
  for (let i = 1; i < n; i++)
    for (let l = 0; l < L; l++)
      for (let p = 0; p < L; p++) {
        if (!mayFollow(model.labels, p, l)) continue;
        const s =
          (best[(i - 1) * L + p] ?? 0) + (model.transitions[p * L + l] ?? 0) + (score[i * L + l] ?? 0);
        if (s > (best[i * L + l] ?? 0)) {
          best[i * L + l] = s;
          back[i * L + l] = p;
        }
      }
  let tag = 0;
  for (let l = 1; l < L; l++) if ((best[(n - 1) * L + l] ?? 0) > (best[(n - 1) * L + tag] ?? 0)) tag = l;
  const out = new Array<string>(n);
  for (let i = n - 1; i >= 0; i--) {
    out[i] = model.labels[tag] ?? "O";
    tag = back[i * L + tag] ?? 0;
  }
  return out;
}
