/**
 * Trains the two linear models of the segmenter (src/text): where to cut words, by an averaged perceptron over the
 * places the rules consider, and where sentences end, by logistic regression. Both start from the rules' opinion,
 * which is one of their features, and are rounded to int8.
 */
import { type ConlluSentence, rawText } from "../src/eval/conllu.ts";
import {
  type EndWeights,
  endFeatures,
  neverEnds,
  ruleEnds,
  type SegmenterWeights,
} from "../src/text/sentences.ts";
import { tokenRules } from "../src/text/token-rules.ts";
import {
  type CutWeights,
  cutFeatures,
  isOpen,
  ruleCuts,
  type TextToken,
  tokenize,
} from "../src/text/tokens.ts";
import { createRandom, shuffle } from "./random.ts";

const CUT_BITS = 15;
const END_BITS = 16;

type CutCase = { readonly features: Int32Array; readonly gold: number };

/** Gold cuts by offset in the text: 1 between tokens, 2 between words of one token. */
function goldCuts(
  sentences: readonly ConlluSentence[],
  text: string,
  starts: readonly number[],
): Map<number, number> {
  const cuts = new Map<number, number>();
  sentences.forEach((sentence, k) => {
    let at = starts[k] ?? 0;
    for (const token of sentence.tokens) {
      at = text.indexOf(token.form, at);
      if (at < 0) return;
      cuts.set(at, 1);
      const words = sentence.words.slice(token.from, token.to);
      if (words.length > 1 && words.map((word) => word.form).join("") === token.form) {
        let inner = at;
        for (const word of words.slice(0, -1)) {
          inner += word.form.length;
          cuts.set(inner, 2);
        }
      }
      at += token.form.length;
      cuts.set(at, Math.max(cuts.get(at) ?? 0, 1));
    }
  });
  return cuts;
}

function cutCases(text: string, gold: ReadonlyMap<number, number>, lang: string): CutCase[] {
  const rules = tokenRules(lang);
  const cases: CutCase[] = [];
  const buffer = new Int32Array(32);
  for (const found of text.matchAll(/\S+/gu)) {
    const start = found.index;
    const end = start + found[0].length;
    const marks = new Uint8Array(end - start);
    ruleCuts(found[0], rules, marks);
    for (let at = start + 1; at < end; at++) {
      const rule = marks[at - start] ?? 0;
      if (!isOpen(text, at, rule)) continue;
      const n = cutFeatures(text, start, end, at, rule, buffer, CUT_BITS);
      cases.push({ features: buffer.slice(0, n), gold: gold.get(at) ?? 0 });
    }
  }
  return cases;
}

function trainCuts(cases: CutCase[], seed: number, log: (line: string) => void): CutWeights {
  const size = 3 << CUT_BITS;
  const weights = new Float32Array(size);
  const sums = new Float64Array(size);
  const random = createRandom(seed + 5);
  let time = 1;
  for (let epoch = 0; epoch < 8; epoch++) {
    shuffle(cases, random);
    let wrong = 0;
    for (const { features, gold } of cases) {
      const scores = [0, 0, 0];
      for (const feature of features)
        for (let c = 0; c < 3; c++) scores[c] = (scores[c] ?? 0) + (weights[feature * 3 + c] ?? 0);
      const [join = 0, cut = 0, inner = 0] = scores;
      const guess = inner > cut && inner > join ? 2 : cut > join ? 1 : 0;
      // A margin keeps the rounded weights on the right side.
      const margin = (scores[gold] ?? 0) - Math.max(...scores.filter((_, c) => c !== gold));
      if (guess !== gold) wrong++;
      if (margin < 4) {
        const rival =
          gold === guess
            ? [0, 1, 2]
                .filter((c) => c !== gold)
                .reduce((a, b) => ((scores[a] ?? 0) >= (scores[b] ?? 0) ? a : b))
            : guess;
        for (const feature of features) {
          weights[feature * 3 + gold] = (weights[feature * 3 + gold] ?? 0) + 1;
          sums[feature * 3 + gold] = (sums[feature * 3 + gold] ?? 0) + time;
          weights[feature * 3 + rival] = (weights[feature * 3 + rival] ?? 0) - 1;
          sums[feature * 3 + rival] = (sums[feature * 3 + rival] ?? 0) - time;
        }
      }
      time++;
    }
    log(`segmenter, cuts, round ${epoch + 1}: ${wrong} of ${cases.length} wrong`);
  }
  const averaged = weights.map((weight, k) => weight - (sums[k] ?? 0) / time);
  return { bits: CUT_BITS, weights: round(averaged) };
}

function round(weights: Float32Array): Int8Array {
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  const sorted = Float32Array.from(weights, Math.abs)
    .filter((value) => value > 0)
    .sort();
  const limit = sorted[Math.floor(sorted.length * 0.9995)] ?? largest;
  return Int8Array.from(weights, (weight) =>
    Math.max(-127, Math.min(127, Math.round((weight / (limit || 1)) * 127))),
  );
}

type EndCase = { readonly features: Int32Array; readonly gold: number };

function endCases(
  sentences: readonly ConlluSentence[],
  text: string,
  starts: readonly number[],
  lang: string,
  cuts: CutWeights,
): EndCase[] {
  const rules = tokenRules(lang);
  const ends = new Set(sentences.map((sentence, k) => (starts[k] ?? 0) + sentence.text.length));
  const buffer = new Int32Array(32);
  const cases: EndCase[] = [];
  let from = 0;
  for (const block of text.split("\n\n")) {
    const tokens: TextToken[] = tokenize(text, lang, cuts, from, from + block.length);
    let first = 0;
    for (let at = 0; at + 1 < tokens.length; at++) {
      const token = tokens[at];
      const next = tokens[at + 1];
      if (token === undefined || next === undefined || next.start < token.end) continue;
      if (neverEnds(tokens, at, rules)) continue;
      const n = endFeatures(
        tokens,
        at,
        first,
        ruleEnds(tokens, at, rules.titles, rules.abbreviations),
        false,
        buffer,
        END_BITS,
      );
      const gold = ends.has(token.end) ? 1 : 0;
      cases.push({ features: buffer.slice(0, n), gold });
      if (gold === 1) first = at + 1;
    }
    from += block.length + 2;
  }
  return cases;
}

function trainEnds(cases: EndCase[], seed: number, log: (line: string) => void): EndWeights {
  const size = 1 << END_BITS;
  const weights = new Float32Array(size);
  const squares = new Float32Array(size).fill(1);
  const random = createRandom(seed + 6);
  const epochs = 12;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(cases, random);
    let wrong = 0;
    let loss = 0;
    for (const { features, gold } of cases) {
      let sum = 0;
      for (const feature of features) sum += weights[feature] ?? 0;
      const p = 1 / (1 + Math.exp(-sum));
      if (p > 0.5 !== (gold === 1)) wrong++;
      loss -= Math.log(Math.max(1e-9, gold === 1 ? p : 1 - p));
      const g = p - gold;
      if (Math.abs(g) < 1e-3) continue;
      for (const feature of features) {
        const own = g + 2e-5 * (weights[feature] ?? 0);
        squares[feature] = (squares[feature] ?? 1) + own * own;
        weights[feature] = (weights[feature] ?? 0) - (0.15 * own) / Math.sqrt(squares[feature] ?? 1);
      }
    }
    log(
      `segmenter, ends, round ${epoch + 1}: ${wrong} of ${cases.length} wrong, loss ${(loss / cases.length).toFixed(4)}`,
    );
  }
  return { bits: END_BITS, weights: round(weights) };
}

export function trainSegmenter(
  sentences: readonly ConlluSentence[],
  lang: string,
  seed: number,
  log: (line: string) => void,
): SegmenterWeights {
  const { text, starts } = rawText(sentences);
  const cuts = trainCuts(cutCases(text, goldCuts(sentences, text, starts), lang), seed, log);
  const ends = trainEnds(endCases(sentences, text, starts, lang, cuts), seed, log);
  return { cuts, ends };
}
