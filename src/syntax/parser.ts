/**
 * Text → sentences with parts of speech, features, lemmas and a dependency tree (Universal Dependencies v2), given a
 * model. Every tree has one root and no cycle; every token keeps its place in the text.
 */
import type { Sentence, Token } from "../model/index.ts";
import { type TextSentence, tokenizeText } from "../text/sentences.ts";
import { createEncoder, type Encoded, STATE_SCALE } from "./encoder.ts";
import { applyScript } from "./lemma.ts";
import type { SyntaxModel } from "./model.ts";
import { bestTree } from "./tree.ts";
import { type WordVectors, wordVectors } from "./vectors.ts";

export type WordAnalysis = Pick<Token, "lemma" | "upos" | "feats" | "head" | "deprel">;
export type SyntaxOptions = {
  readonly lang: string;
  /** Offsets at which a sentence ends whatever stands there: the end of a dateline. */
  readonly breaks?: readonly number[] | undefined;
  /** Told the network's states of each sentence's words (see encoder.ts), for readers that build on them. */
  readonly onStates?: ((sentence: number, states: Int16Array) => void) | undefined;
};
/** What a reader of the states must know of the network they come from. */
export type Network = {
  /** Width of the states of one word, and of one look-up. */
  readonly states: number;
  readonly input: number;
  /** What one is among the states. */
  readonly scale: number;
  readonly lookUp: (form: string) => Float32Array;
  /** Where the pretrained vector stands in a look-up: from, to. */
  readonly vectorSpan: readonly [from: number, to: number];
  /** The pretrained vector of a word, of length one; undefined for words without. */
  readonly vector: WordVectors;
  /** Differs from one trained network to the next. */
  readonly fingerprint: number;
};
export type SyntaxParser = {
  /** parse("Police fired.", {lang: "en"}) → one sentence of three tokens. */
  readonly parse: (text: string, options: SyntaxOptions) => Sentence[];
  /** The same for sentences that are already words. */
  readonly parseWords: (
    sentences: readonly (readonly string[])[],
    options?: SyntaxOptions,
  ) => WordAnalysis[][];
  readonly network: Network;
};

/** Words per batch: enough to fill the vectors, few enough to stay in cache. */
const BATCH_WORDS = 1200;

function best(f: Float32Array, from: number, n: number): number {
  let top = 0;
  for (let k = 1; k < n; k++) if ((f[from + k] ?? 0) > (f[from + top] ?? 0)) top = k;
  return top;
}

function bestOf(f: Float32Array, from: number, allowed: readonly number[]): number {
  let top = allowed[0] ?? 0;
  for (const k of allowed) if ((f[from + k] ?? 0) > (f[from + top] ?? 0)) top = k;
  return top;
}

/** A hash of the innermost weights: all of them follow from one another in training. */
function fingerprintOf(model: SyntaxModel): number {
  let hash = 0x811c9dc5;
  for (const weight of model.matrices.get("Uf0")?.values ?? []) hash = Math.imul(hash ^ weight, 0x01000193);
  return hash >>> 0;
}

export function createParser(model: SyntaxModel): SyntaxParser {
  const encoder = createEncoder(model);
  const rootRelation = model.relations.indexOf("root");
  const inner = model.relations.map((_, k) => k).filter((k) => k !== rootRelation);
  const order = new Int32Array(model.scripts.length);

  function lemmaOf(form: string, upos: string, f: Float32Array, from: number): string {
    const listed = model.lexicon.get(`${form.toLowerCase()}\t${upos}`);
    if (listed !== undefined) return listed;
    const n = model.scripts.length;
    const top = best(f, from, n);
    const direct = applyScript(form, model.scripts[top] ?? "k|>");
    if (direct !== undefined && direct !== "") return direct;
    for (let k = 0; k < n; k++) order[k] = k;
    const ranked = order.slice(0, n).sort((a, b) => (f[from + b] ?? 0) - (f[from + a] ?? 0));
    for (const k of ranked.subarray(0, 40)) {
      const lemma = applyScript(form, model.scripts[k] ?? "k|>");
      if (lemma !== undefined && lemma !== "") return lemma;
    }
    return form;
  }

  function readBatch(
    batch: readonly (readonly string[])[],
    onStates?: (b: number, states: Int16Array) => void,
  ): WordAnalysis[][] {
    const encoded: Encoded = encoder.encode(batch);
    if (onStates) for (let b = 0; b < batch.length; b++) onStates(b, encoded.states(b));
    const f = encoded.floats;
    const heads = batch.map((sentence, b) => {
      const { offset, stride } = encoded.arcs(b);
      return bestTree(f, offset, stride, sentence.length);
    });
    const relations = encoded.relations(heads);
    return batch.map((sentence, b) =>
      sentence.map((form, t) => {
        const row = (encoded.base[b] ?? 0) + t;
        const tag = best(f, encoded.upos + row * encoded.uposWidth, model.upos.length);
        const upos = model.upos[tag] as Token["upos"]; // The inventory comes from a treebank.
        const bundle = bestOf(f, encoded.feats + row * encoded.featsWidth, model.featsOf[tag] ?? [0]);
        const head = heads[b]?.[t] ?? 0;
        const relation =
          head === 0 ? rootRelation : bestOf(f, relations.offset + row * relations.width, inner);
        return {
          lemma: lemmaOf(form, upos, f, encoded.scripts + row * encoded.scriptsWidth),
          upos,
          feats: model.feats[bundle] ?? "_",
          head,
          deprel: model.relations[relation] ?? "dep",
        };
      }),
    );
  }

  function parseWords(sentences: readonly (readonly string[])[], options?: SyntaxOptions): WordAnalysis[][] {
    const told = options?.onStates;
    const byLength = sentences
      .map((_, k) => k)
      .sort((a, b) => (sentences[b]?.length ?? 0) - (sentences[a]?.length ?? 0));
    const results: WordAnalysis[][] = sentences.map(() => []);
    let batch: number[] = [];
    let words = 0;
    const flush = (): void => {
      const inputs = batch.map((k) => sentences[k] ?? []);
      const numbers = batch;
      const onStates = told && ((b: number, states: Int16Array) => told(numbers[b] ?? 0, states));
      readBatch(inputs, onStates).forEach((analysis, b) => {
        results[numbers[b] ?? 0] = analysis;
      });
      batch = [];
      words = 0;
    };
    for (const k of byLength) {
      const length = sentences[k]?.length ?? 0;
      if (length === 0) continue;
      if (words > 0 && words + length > BATCH_WORDS) flush();
      batch.push(k);
      words += length;
    }
    if (batch.length > 0) flush();
    return results;
  }

  function parse(text: string, options: SyntaxOptions): Sentence[] {
    const { sentences } = tokenizeText(text, options.lang, model.segmenter, options.breaks);
    const analysed = parseWords(
      sentences.map((sentence) => sentence.tokens.map((token) => token.form)),
      options,
    );
    return sentences.map((sentence: TextSentence, k) => ({
      start: sentence.start,
      end: sentence.end,
      paragraph: sentence.paragraph,
      tokens: sentence.tokens.map((token, t): Token => {
        const analysis = analysed[k]?.[t] ?? {
          lemma: token.form,
          upos: "X",
          feats: "_",
          head: 0,
          deprel: "root",
        };
        return { ...token, ...analysis };
      }),
    }));
  }
  const network: Network = {
    states: 2 * model.shape.hidden * model.shape.layers,
    input: model.layout.input,
    scale: STATE_SCALE,
    lookUp: encoder.lookUp,
    vectorSpan: [model.shape.word, model.shape.word + model.shape.vector],
    vector: wordVectors(model),
    fingerprint: fingerprintOf(model),
  };
  return { parse, parseWords, network };
}
