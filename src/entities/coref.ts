/**
 * Coreference: each mention in the order of the text joins the chain of its best antecedent or begins one of its own (ranking
 * of antecedents, Denis & Baldridge 2008, with latent antecedents as in Durrett & Klein 2013). This file has the weights' file
 * and the decoder; coreffeatures.ts has the features, train/coref.ts learns the weights.
 */
import { addMention, antecedents, newChains } from "./corefchains.ts";
import {
  COREF_BITS,
  chainFeatures,
  MOST_FEATURES,
  matchOf,
  nearFeatures,
  newFeatures,
  wordFeatures,
} from "./coreffeatures.ts";
import {
  corefCandidates,
  corefTree,
  countLemmas,
  MENTION_BITS,
  type MentionWeights,
} from "./corefmentions.ts";
import { type CorefText, describePhrases, type Phrases } from "./corefphrases.ts";
import type { Gazetteer } from "./gazetteer.ts";

export type CorefModel = {
  readonly mentions: MentionWeights;
  /** Weights of features in units of `scale`: whole numbers keep the table small enough for the cache. */
  readonly weights: Int8Array;
  /** Added to the score of "new", in the same units. */
  readonly bias: number;
  /** The distances below, in the same units. */
  readonly hopeless: number;
  readonly behind: number;
};

/**
 * An antecedent whose first features leave it so far (in log-odds) behind the best one is given up, and so is one whose words
 * do: measured, nearly none of them came back, and two thirds of the time is saved.
 */
const HOPELESS = 2;
const BEHIND = 1.1;
const MAGIC = 0x32434c44;
const HEADER = 20;
const MENTION_SIZE = 1 << MENTION_BITS;
const SIZE = 1 << COREF_BITS;

/** Bytes of models/LANG/coref.bin → weights; throws when they are not such a file. */
export function loadCoref(bytes: Uint8Array): CorefModel {
  const own = new Uint8Array(bytes);
  const view = new DataView(own.buffer);
  if (own.length !== HEADER + 2 * MENTION_SIZE + SIZE || view.getUint32(0, true) !== MAGIC)
    throw new RangeError("Not coreference weights of this version: run npm run train:coref");
  const unit = view.getFloat32(12, true);
  const mention = (at: number, scale: number): Float32Array =>
    Float32Array.from(new Int8Array(own.buffer, at, MENTION_SIZE), (v) => v * scale);
  return {
    mentions: {
      arcs: mention(HEADER, view.getFloat32(4, true)),
      keep: mention(HEADER + MENTION_SIZE, view.getFloat32(8, true)),
    },
    weights: new Int8Array(own.buffer, HEADER + 2 * MENTION_SIZE, SIZE),
    bias: view.getFloat32(16, true) / unit,
    hopeless: HOPELESS / unit,
    behind: BEHIND / unit,
  };
}

export function saveCoref(mentions: MentionWeights, weights: Float32Array, bias: number): Uint8Array {
  const out = new Uint8Array(HEADER + 2 * MENTION_SIZE + SIZE);
  const view = new DataView(out.buffer);
  view.setUint32(0, MAGIC, true);
  const put = (values: Float32Array, at: number, scaleAt: number): void => {
    let top = 1e-9;
    for (const w of values) top = Math.max(top, Math.abs(w));
    view.setFloat32(scaleAt, top / 127, true);
    new Int8Array(out.buffer, at, values.length).set(values.map((w) => Math.round((w / top) * 127)));
  };
  put(mentions.arcs, HEADER, 4);
  put(mentions.keep, HEADER + MENTION_SIZE, 8);
  put(weights, HEADER + 2 * MENTION_SIZE, 12);
  view.setFloat32(16, bias, true);
  return out;
}

/** The country or body that a name stands for, by the gazetteer; "" for others. */
export function codesOfNames(gazetteer: Pick<Gazetteer, "lookup">): CorefText["codeOf"] {
  const known = new Map<string, string>();
  return (name) => {
    const old = known.get(name);
    if (old !== undefined) return old;
    let code = "";
    for (const entry of gazetteer.lookup(name)) {
      if (entry.kind === "country") code = entry.country.alpha2;
      else if (entry.kind === "body") code = entry.body.wikidata || (entry.body.names[0] ?? "");
      if (code !== "") break;
    }
    known.set(name, code);
    return code;
  };
}

/** The candidate mentions of a text with what the ranking asks of them. */
export function readPhrases(text: CorefText, mentions: MentionWeights): Phrases {
  const trees = text.sentences.map(corefTree);
  const counts = countLemmas(trees);
  const candidates = trees.flatMap((t, i) => corefCandidates(i, t, counts, mentions));
  return describePhrases(candidates, text, trees, counts);
}

function scoreOf(features: Int32Array, from: number, to: number, weights: Int8Array): number {
  let sum = 0;
  for (let k = from; k < to; k++) sum += weights[features[k] ?? 0] ?? 0;
  return sum;
}

/** Chains of mentions by index, each in the order of the text; mentions that stand alone are chains of one. */
export function resolveChains(phrases: Phrases, model: CorefModel): readonly (readonly number[])[] {
  const chains = newChains(phrases.size);
  const features = new Int32Array(MOST_FEATURES);
  const options = new Int32Array(phrases.size + 1);
  const { weights, bias, hopeless, behind } = model;
  for (let i = 0; i < phrases.size; i++) {
    let best = scoreOf(features, 0, newFeatures(chains, phrases, i, features), weights) + bias;
    let link = -1;
    const n = antecedents(chains, phrases, i, options);
    for (let j = 0; j < n; j++) {
      const a = options[j] ?? 0;
      const match = matchOf(phrases, a, i);
      const near = nearFeatures(phrases, a, i, match, features, 0);
      let score = scoreOf(features, 0, near, weights);
      if (score < best - hopeless) continue;
      const all = wordFeatures(phrases, a, i, match, features, near);
      score += scoreOf(features, near, all, weights);
      if (score < best - behind) continue;
      score += scoreOf(features, all, chainFeatures(chains, phrases, a, i, match, features, all), weights);
      if (score <= best) continue;
      best = score;
      link = a;
    }
    addMention(chains, phrases, i, link);
  }
  return chains.members;
}
