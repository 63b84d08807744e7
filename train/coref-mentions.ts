/**
 * Learns where phrases end and which are spoken of twice (src/entities/corefmentions.ts) from GUM's spans: two logistic
 * models, Adagrad, half of the features dropped at each step so that no single word decides.
 */
import {
  arcFeatures,
  type CorefTree,
  corefCandidates,
  countLemmas,
  isOutside,
  keepFeatures,
  logistic,
  MENTION_BITS,
  type MentionWeights,
} from "../src/entities/corefmentions.ts";
import type { CorefMention } from "../src/eval/coref.ts";
import { createRandom, shuffle } from "./random.ts";

export type MentionExample = {
  readonly trees: readonly CorefTree[];
  readonly chains: readonly (readonly CorefMention[])[];
};

const DROP = 0.5;
const RATE = 0.1;
const EPOCHS = 5;
/** Runs over the examples in different orders, whose weights are averaged. */
const RUNS = 3;

export const spanKey = (m: CorefMention): string => `${m.sentence}:${m.start}-${m.end}`;

/** The word of a span whose head lies outside. */
function headOf(t: CorefTree, m: CorefMention): number {
  for (let i = m.start; i < m.end; i++) {
    const h = (t.words[i]?.head ?? 0) - 1;
    if (h < m.start || h >= m.end) return i;
  }
  return m.end - 1;
}

const scratch = new Int32Array(32);
const listOf = (n: number): number[] => [...scratch.subarray(0, n)];

function learner(draw: () => number) {
  const size = 1 << MENTION_BITS;
  const weights = new Float32Array(size);
  const squares = new Float32Array(size).fill(1);
  const step = (all: readonly number[], right: boolean): void => {
    const features = all.filter(() => draw() >= DROP);
    let sum = 0;
    for (const f of features) sum += weights[f] ?? 0;
    const error = logistic(sum / (1 - DROP)) - (right ? 1 : 0);
    if (Math.abs(error) < 0.01) return;
    for (const f of features) {
      squares[f] = (squares[f] ?? 0) + error * error;
      weights[f] = (weights[f] ?? 0) * (1 - 1e-5) - (RATE * error) / Math.sqrt(squares[f] ?? 1);
    }
  };
  return { weights, step };
}

export function learnMentions(examples: readonly MentionExample[], seed: number): MentionWeights {
  const runs = Array.from({ length: RUNS }, (_, k) => learnOnce(examples, seed + 100 * k));
  const mean = (part: keyof MentionWeights): Float32Array =>
    Float32Array.from(
      runs[0]?.[part] ?? [],
      (_, f) => runs.reduce((sum, r) => sum + (r[part][f] ?? 0), 0) / RUNS,
    );
  return { arcs: mean("arcs"), keep: mean("keep") };
}

function learnOnce(examples: readonly MentionExample[], seed: number): MentionWeights {
  const draw = createRandom(seed);
  const arcs = learner(draw);
  const keep = learner(draw);
  const asked: { readonly features: readonly number[]; readonly right: boolean }[] = [];
  for (const { trees, chains } of examples) {
    // Of several phrases with one head the shortest is the phrase, the longer ones are groups.
    const phrase = new Map<
      string,
      { readonly t: CorefTree; readonly head: number; readonly m: CorefMention }
    >();
    for (const m of chains.flat()) {
      const t = trees[m.sentence];
      if (!t) continue;
      const head = headOf(t, m);
      const known = phrase.get(`${m.sentence}:${head}`)?.m;
      if (!known || m.end - m.start < known.end - known.start)
        phrase.set(`${m.sentence}:${head}`, { t, head, m });
    }
    for (const { t, head, m } of phrase.values())
      for (let c = t.first[head] ?? -1; c >= 0; c = t.next[c] ?? -1)
        if (!isOutside(t.words[c]?.deprel ?? ""))
          asked.push({
            features: listOf(arcFeatures(t, head, c, scratch)),
            right: c >= m.start && c < m.end,
          });
  }
  for (let e = 0; e < EPOCHS; e++) {
    shuffle(asked, draw);
    for (const { features, right } of asked) arcs.step(features, right);
  }
  const phrases: { readonly features: readonly number[]; readonly right: boolean }[] = [];
  for (const { trees, chains } of examples) {
    const counts = countLemmas(trees);
    const twice = new Set(chains.filter((c) => c.length > 1).flatMap((c) => c.map(spanKey)));
    trees.forEach((t, i) => {
      for (const c of corefCandidates(i, t, counts, { arcs: arcs.weights, keep: keep.weights }, 0))
        phrases.push({ features: listOf(keepFeatures(t, c, counts, scratch)), right: twice.has(spanKey(c)) });
    });
  }
  for (let e = 0; e < EPOCHS; e++) {
    shuffle(phrases, draw);
    for (const { features, right } of phrases) keep.step(features, right);
  }
  return { arcs: arcs.weights, keep: keep.weights };
}
