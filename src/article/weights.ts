/** The learnt part of extraction: what the weights file holds, how it is read, and how it judges a page's blocks. */
import { contextRows } from "./context.ts";
import { type PageFacts, type PageHints, pageFacts, WIDTH } from "./features.ts";
import type { RawBlock } from "./segment.ts";
import { type Forest, logOdds, sigmoid } from "./trees.ts";

export type ArticleWeights = {
  readonly version: string;
  /** Generic words of class and id names → log-odds of standing around body text. */
  readonly names: ReadonlyMap<string, number>;
  /** Generic words of short texts → the same. */
  readonly words: ReadonlyMap<string, number>;
  readonly first: Forest;
  readonly second: Forest;
  /** A block is body text from this probability on. */
  readonly threshold: number;
};

/** Parsed JSON of data/article/weights.json → weights. Throws SyntaxError when the file is not one. */
export function readArticleWeights(json: unknown): ArticleWeights {
  const file = json as Record<string, unknown> | null; // every field is checked below
  const { version, names, words, first, second, threshold } = file ?? {};
  if (typeof version !== "string" || typeof threshold !== "number")
    throw new SyntaxError(
      "Cannot read the article weights: version or threshold is missing; fetch data/article/weights.json again",
    );
  return {
    version,
    threshold,
    names: oddsMap(names),
    words: oddsMap(words),
    first: forest(first),
    second: forest(second),
  };
}

function oddsMap(value: unknown): ReadonlyMap<string, number> {
  if (typeof value !== "object" || value === null)
    throw new SyntaxError("Cannot read the article weights: a word table is missing");
  return new Map(
    Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
  );
}

function forest(value: unknown): Forest {
  const candidate = value as Partial<Forest> | undefined; // checked on the next line
  if (typeof candidate?.bias !== "number" || !Array.isArray(candidate.trees))
    throw new SyntaxError("Cannot read the article weights: a forest is missing");
  return candidate as Forest; // tree arrays are read with defaults, so a damaged one cannot crash
}

/** Blocks → probability that each is body text, in two rounds. */
export function judge(
  blocks: readonly RawBlock[],
  hints: PageHints,
  weights: ArticleWeights,
): { readonly facts: PageFacts; readonly first: Float64Array; readonly probability: Float64Array } {
  const facts = pageFacts(blocks, hints, weights);
  const first = Float64Array.from(facts.rows, (row) => sigmoid(logOdds(weights.first, row)));
  const context = contextRows(facts, first);
  const probability = new Float64Array(blocks.length);
  facts.rows.forEach((row, i) => {
    probability[i] = sigmoid(logOdds(weights.second, joinRows(row, context[i])));
  });
  return { facts, first, probability };
}

export function joinRows(row: Float32Array, context: Float32Array | undefined): Float32Array {
  const joined = new Float32Array(WIDTH + (context?.length ?? 0));
  joined.set(row);
  if (context !== undefined) joined.set(context, WIDTH);
  return joined;
}
