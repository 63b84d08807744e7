/**
 * Sentence → BIO tags. Two learners score every word: a linear-chain conditional random field (Lafferty, McCallum & Pereira
 * 2001) over hashed features, and, where the parser has read the sentence, a network over the parser's states (head.ts).
 * Their scores and transitions are added and the best sequence found. This file decodes; train/entities.ts learns. Weights
 * of the field are int8 with one scale; features that were not kept in training weigh nothing (a table of exact hashes, no
 * collisions).
 *
 * File: JSON header line {labels, features, scale, …}, Uint32 hashes (sorted), Int8 weights [feature][label], Float32
 * transitions [from + start row][to], then the bytes of the head, if there is one.
 */
import type { Network } from "../syntax/index.ts";
import { type FeatureTables, type SentenceFeatures, sentenceFeatures } from "./features.ts";
import { createHead, type Head, type HeadModel, type HeadShape, headBytes, readHead } from "./head.ts";

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
  readonly head?: TaggerHead | undefined;
};

export type TaggerHead = {
  readonly model: HeadModel;
  /** What the field's scores count beside the network's, and what is taken from O then. */
  readonly share: number;
  readonly outsideBias: number;
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
    readonly head?: {
      readonly shape: HeadShape;
      readonly fingerprint: number;
      readonly share: number;
      readonly outsideBias: number;
    };
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
  const { head } = header;
  const more = head && {
    model: readHead(body.subarray(at + 4 * transitions.length), head.shape, head.fingerprint),
    share: head.share,
    outsideBias: head.outsideBias,
  };
  return { labels, weights, scale, outsideBias, transitions, hashes, slots: slotTable(hashes), head: more };
}

export function saveTagger(model: Omit<TaggerModel, "slots">): Uint8Array {
  const { labels, scale, outsideBias, head } = model;
  const about = head && {
    shape: head.model.shape,
    fingerprint: head.model.fingerprint,
    share: head.share,
    outsideBias: head.outsideBias,
  };
  const header = new TextEncoder().encode(
    `${JSON.stringify({ labels, features: model.hashes.length, scale, outsideBias, head: about })}\n`,
  );
  const more = head ? headBytes(head.model) : new Uint8Array(0);
  const own = 4 * model.hashes.length + model.weights.length + 4 * model.transitions.length;
  const out = new Uint8Array(header.length + own + more.length);
  out.set(more, header.length + own);
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

/** What the field says of each word: [word][label]. */
export function fieldScores(found: SentenceFeatures, model: TaggerModel): Float32Array {
  const { hashes, starts } = found;
  const n = starts.length - 1;
  const L = model.labels.length;
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
  }
  return score;
}

/** Viterbi decoding: the best legal sequence of tags. */
export function decode(
  score: Float32Array,
  transitions: Float32Array,
  labels: readonly string[],
  outsideBias: number,
): string[] {
  const L = labels.length;
  const n = score.length / L;
  if (n === 0) return [];
  const best = new Float32Array(n * L).fill(Number.NEGATIVE_INFINITY);
  const back = new Int8Array(n * L);
  const own = (i: number, l: number): number => (score[i * L + l] ?? 0) - (l === 0 ? outsideBias : 0);
  for (let l = 0; l < L; l++)
    if (mayFollow(labels, -1, l)) best[l] = own(0, l) + (transitions[L * L + l] ?? 0);
  const allowed = legal(labels);
  for (let i = 1; i < n; i++)
    for (let l = 0; l < L; l++)
      for (let p = 0; p < L; p++) {
        if (allowed[p * L + l] === 0) continue;
        const s = (best[(i - 1) * L + p] ?? 0) + (transitions[p * L + l] ?? 0) + own(i, l);
        if (s > (best[i * L + l] ?? 0)) {
          best[i * L + l] = s;
          back[i * L + l] = p;
        }
      }
  let tag = 0;
  for (let l = 1; l < L; l++) if ((best[(n - 1) * L + l] ?? 0) > (best[(n - 1) * L + tag] ?? 0)) tag = l;
  const out = new Array<string>(n);
  for (let i = n - 1; i >= 0; i--) {
    out[i] = labels[tag] ?? "O";
    tag = back[i * L + tag] ?? 0;
  }
  return out;
}

const legalTables = new WeakMap<readonly string[], Uint8Array>();
function legal(labels: readonly string[]): Uint8Array {
  const known = legalTables.get(labels);
  if (known) return known;
  const table = Uint8Array.from({ length: labels.length ** 2 }, (_, k) =>
    mayFollow(labels, Math.floor(k / labels.length), k % labels.length) ? 1 : 0,
  );
  legalTables.set(labels, table);
  return table;
}

export type NameTagger = {
  /** A tag for each form of each sentence; `states` are what the parser's network makes of the same words. */
  readonly tag: (
    sentences: readonly (readonly string[])[],
    states?: readonly (Int16Array | undefined)[],
    /** Parts of speech, for taggers by rule. */
    upos?: readonly (readonly string[])[],
  ) => string[][];
};

export function createNameTagger(
  model: TaggerModel,
  tables: FeatureTables,
  /** The parser's network, asked for when states come in. */
  network: () => Network | undefined = () => undefined,
): NameTagger {
  const learnt = model.head;
  let head: Head | null | undefined;
  const headFor = (): Head | undefined => {
    if (head === undefined) {
      const found = learnt && network();
      head =
        learnt && found?.fingerprint === learnt.model.fingerprint
          ? createHead(learnt.model, found, (form) => tables.classes?.get(form.toLowerCase())?.fine)
          : null;
    }
    return head ?? undefined;
  };
  const joined = learnt?.model.transitions.map((t, k) => t + learnt.share * (model.transitions[k] ?? 0));
  return {
    tag(sentences, states) {
      const found = sentences.map((forms) => sentenceFeatures(forms, tables));
      const field = found.map((f) => fieldScores(f, model));
      const complete = sentences.every(
        (forms, k) => states?.[k]?.length === forms.length * (learnt?.model.shape.states ?? 0),
      );
      const network = states && complete ? headFor() : undefined;
      if (!network || !learnt || !joined)
        return field.map((scores) => decode(scores, model.transitions, model.labels, model.outsideBias));
      const given = states?.map((s) => s ?? new Int16Array(0)) ?? [];
      const scores = network.score(
        sentences,
        given,
        found.map((f) => f.traits),
      );
      return scores.map((own, k) => {
        const other = field[k];
        for (let i = 0; i < own.length; i++) own[i] = (own[i] ?? 0) + learnt.share * (other?.[i] ?? 0);
        return decode(own, joined, model.labels, learnt.outsideBias);
      });
    },
  };
}
