/**
 * Learns data/article/weights.json: `tsx train/article/main.ts DIR [--out FILE] [--no-cv]`, DIR holding `pages/*.html.gz`
 * and `gold.json`. Prints cross-validated figures (five parts by site, so that no site is in both) before the fitted ones.
 * No text leaves the data: the file holds single words seen on many sites, and numbers.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { chooseBlocks } from "../../src/article/body.ts";
import { collect } from "../../src/article/collect.ts";
import { contextRows } from "../../src/article/context.ts";
import { parseMarkup } from "../../src/article/dom.ts";
import {
  type OddsTables,
  type PageFacts,
  type PageHints,
  pageFacts,
  wordsIn,
} from "../../src/article/features.ts";
import { pageHints } from "../../src/article/hints.ts";
import { readJsonLd } from "../../src/article/jsonld.ts";
import { type Frame, type RawBlock, segment } from "../../src/article/segment.ts";
import { type Forest, logOdds, sigmoid } from "../../src/article/trees.ts";
import { joinRows } from "../../src/article/weights.ts";
import { type ExtractGold, scoreExtract } from "../../src/eval/extract.ts";
import { decodeBytes } from "../../src/text/charset.ts";
import { type GrowOptions, growForest } from "./grow.ts";
import { type Labels, labelBlocks } from "./labels.ts";

type Page = {
  id: string;
  host: string;
  gold: ExtractGold;
  blocks: readonly RawBlock[];
  hints: PageHints;
  labels: Labels;
};
type HostShares = Map<string, Map<string, [yes: number, all: number]>>;

const FIRST: GrowOptions = {
  trees: 140,
  depth: 5,
  rate: 0.1,
  lambda: 3,
  minWeight: 4,
  columns: 0.35,
  rows: 0.7,
  seed: 7,
};
const SECOND: GrowOptions = {
  trees: 120,
  depth: 5,
  rate: 0.08,
  lambda: 4,
  minWeight: 5,
  columns: 0.35,
  rows: 0.7,
  seed: 11,
};
const MIN_HOSTS = 6;

export function siteOf(url: string): string {
  const host = /^https?:\/\/([^/:?#]+)/i.exec(url)?.[1]?.toLowerCase() ?? "unknown";
  const parts = host.split(".");
  const two = parts.slice(-2).join(".");
  return /^(co|com|org|net|gov|ac|edu|gob|or|ne|blogspot|wordpress)\.[a-z]{2,3}$/.test(two)
    ? parts.slice(-3).join(".")
    : two;
}

function loadPages(dir: string): Page[] {
  const gold = JSON.parse(readFileSync(join(dir, "gold.json"), "utf8")) as Record<
    string,
    ExtractGold & { file: string }
  >;
  return Object.entries(gold).map(([id, g]) => {
    const text = decodeBytes(gunzipSync(readFileSync(join(dir, g.file))), { kind: "html" }).text;
    const { root } = parseMarkup(text);
    const { blocks } = segment(root);
    const index = collect(root);
    const hints = pageHints(index, readJsonLd(index.jsonLd), blocks);
    const labels = labelBlocks(blocks, g, hints.articleBody);
    return {
      id,
      host: siteOf(g.url ?? id),
      gold: g,
      blocks,
      hints,
      labels,
    };
  });
}

/** Per word and site: how much of what stands under that name, or of short texts with that word, is body text. */
function shares(pages: readonly Page[]): { names: HostShares; words: HostShares } {
  const names: HostShares = new Map();
  const words: HostShares = new Map();
  for (const page of pages) {
    page.blocks.forEach((block, i) => {
      const w = page.labels.w[i] ?? 0;
      if (w === 0) return;
      const y = page.labels.y[i] ?? 0;
      const weight = Math.min(400, block.text.length + 20);
      const seen = new Set<string>();
      let frame: Frame | undefined = block.frame;
      for (let up = 0; frame !== undefined && up < 12; frame = frame.parent, up++)
        for (const word of frame.words) seen.add(word);
      for (const word of block.innerWords) seen.add(word);
      for (const word of seen) add(names, word, page.host, y * weight, weight);
      const list = wordsIn(block.text);
      if (list.length <= 40)
        for (const word of new Set(list))
          if (word.length > 1 && word.length < 18 && !/\d/.test(word)) add(words, word, page.host, y, 1);
    });
  }
  return { names, words };
}

function add(table: HostShares, word: string, host: string, yes: number, all: number): void {
  let hosts = table.get(word);
  if (hosts === undefined) {
    hosts = new Map();
    table.set(word, hosts);
  }
  const cell = hosts.get(host);
  if (cell === undefined) hosts.set(host, [yes, all]);
  else {
    cell[0] += yes;
    cell[1] += all;
  }
}

const PRIOR = 0.5;
const STRENGTH = 2;
function oddsFrom(sum: number, count: number): number {
  return Math.log((sum + STRENGTH * PRIOR) / (count - sum + STRENGTH * (1 - PRIOR)));
}

/** Tables over many sites; `without` leaves one site out, so that a page never sees its own answers. */
function tables(source: { names: HostShares; words: HostShares }): {
  full: { names: Map<string, number>; words: Map<string, number> };
  without(host: string): OddsTables;
} {
  const prepare = (shares: HostShares) => {
    const sums = new Map<string, { sum: number; count: number; hosts: Map<string, number> }>();
    for (const [word, hosts] of shares) {
      if (hosts.size < MIN_HOSTS) continue;
      const per = new Map<string, number>();
      let sum = 0;
      for (const [host, [yes, all]] of hosts) {
        per.set(host, yes / all);
        sum += yes / all;
      }
      sums.set(word, { sum, count: hosts.size, hosts: per });
    }
    return sums;
  };
  const names = prepare(source.names);
  const words = prepare(source.words);
  const map = (sums: ReturnType<typeof prepare>) =>
    new Map(
      [...sums].map(([word, s]) => [word, Math.round(oddsFrom(s.sum, s.count) * 1000) / 1000] as const),
    );
  const view = (sums: ReturnType<typeof prepare>, host: string) => ({
    get(word: string): number | undefined {
      const s = sums.get(word);
      if (s === undefined) return undefined;
      const own = s.hosts.get(host);
      return own === undefined
        ? oddsFrom(s.sum, s.count)
        : s.count - 1 < MIN_HOSTS - 1
          ? undefined
          : oddsFrom(s.sum - own, s.count - 1);
    },
  });
  return {
    full: { names: map(names), words: map(words) },
    without: (host) => ({ names: view(names, host), words: view(words, host) }),
  };
}

function foldOf(host: string, folds: number, salt: number): number {
  let hash = 2166136261 ^ salt;
  for (let i = 0; i < host.length; i++) hash = Math.imul(hash ^ host.charCodeAt(i), 16777619);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0x5bd1e995);
  return ((hash ^ (hash >>> 15)) >>> 0) % folds;
}

type Model = {
  odds: { names: Map<string, number>; words: Map<string, number> };
  first: Forest;
  second: Forest;
};

function gatherRows(
  pages: readonly Page[],
  rowsOf: (page: Page, at: number) => readonly Float32Array[],
): { rows: Float32Array[]; y: number[]; w: number[] } {
  const out = { rows: [] as Float32Array[], y: [] as number[], w: [] as number[] };
  pages.forEach((page, at) => {
    const rows = rowsOf(page, at);
    rows.forEach((row, i) => {
      const w = page.labels.w[i] ?? 0;
      if (w === 0) return;
      out.rows.push(row);
      out.y.push(page.labels.y[i] ?? 0);
      out.w.push(w);
    });
  });
  return out;
}

function trainModel(pages: readonly Page[]): Model {
  const odds = tables(shares(pages));
  const facts: PageFacts[] = pages.map((page) => pageFacts(page.blocks, page.hints, odds.without(page.host)));
  const grow = (subset: readonly number[]): Forest => {
    const data = gatherRows(
      subset.map((i) => pages[i] as Page),
      (_, at) => (facts[subset[at] as number] as PageFacts).rows,
    );
    return growForest(data.rows, data.y, data.w, FIRST);
  };
  const INNER = 4;
  const judged: Float64Array[] = [];
  for (let k = 0; k < INNER; k++) {
    const inside = pages.map((_, i) => i).filter((i) => foldOf((pages[i] as Page).host, INNER, 99) !== k);
    const forest = grow(inside);
    pages.forEach((page, i) => {
      if (foldOf(page.host, INNER, 99) === k)
        judged[i] = Float64Array.from((facts[i] as PageFacts).rows, (row) => sigmoid(logOdds(forest, row)));
    });
  }
  const second = gatherRows(pages, (_, at) => {
    const f = facts[at] as PageFacts;
    const context = contextRows(f, judged[at] as Float64Array);
    return f.rows.map((row, i) => joinRows(row, context[i]));
  });
  return {
    odds: odds.full,
    first: grow(pages.map((_, i) => i)),
    second: growForest(second.rows, second.y, second.w, SECOND),
  };
}

function probabilities(page: Page, model: Model): { first: Float64Array; final: Float64Array } {
  const facts = pageFacts(page.blocks, page.hints, model.odds);
  const first = Float64Array.from(facts.rows, (row) => sigmoid(logOdds(model.first, row)));
  const context = contextRows(facts, first);
  return {
    first,
    final: Float64Array.from(facts.rows, (row, i) =>
      sigmoid(logOdds(model.second, joinRows(row, context[i]))),
    ),
  };
}

function report(
  name: string,
  pages: readonly Page[],
  judged: ReadonlyMap<string, Float64Array>,
  threshold: number,
): number {
  const gold: Record<string, ExtractGold> = {};
  const predicted: Record<string, { text: string }> = {};
  for (const page of pages) {
    gold[page.id] = page.gold;
    const keys = new Set(page.hints.titles.map((t) => wordsIn(t).join(" ")));
    predicted[page.id] = {
      text: chooseBlocks(page.blocks, judged.get(page.id) ?? new Float64Array(), threshold, keys)
        .map((b) => b.text)
        .join("\n\n"),
    };
  }
  const score = scoreExtract(gold, predicted);
  console.log(
    name,
    threshold,
    "text",
    JSON.stringify(score.text),
    "segments",
    JSON.stringify(score.segments),
  );
  return score.text?.f1 ?? 0;
}

const [dir, ...flags] = process.argv.slice(2);
if (dir === undefined)
  throw new TypeError("Name the folder of pages and gold: tsx train/article/main.ts DIR");
const out = flags.includes("--out") ? (flags[flags.indexOf("--out") + 1] ?? "") : "";
const pages = loadPages(dir);
const kinds: Record<string, number> = {};
for (const page of pages) kinds[page.labels.kind] = (kinds[page.labels.kind] ?? 0) + 1;
console.log("pages", pages.length, "labels", JSON.stringify(kinds));

{
  const ideal = new Map(pages.map((page) => [page.id, Float64Array.from(page.labels.y)]));
  report(
    "labels themselves",
    pages.filter((p) => p.gold.text !== undefined),
    ideal,
    0.5,
  );
}

if (!flags.includes("--no-cv")) {
  const FOLDS = 5;
  const first = new Map<string, Float64Array>();
  const final = new Map<string, Float64Array>();
  for (let k = 0; k < FOLDS; k++) {
    const model = trainModel(pages.filter((p) => foldOf(p.host, FOLDS, 1) !== k));
    for (const page of pages.filter((p) => foldOf(p.host, FOLDS, 1) === k)) {
      const p = probabilities(page, model);
      first.set(page.id, p.first);
      final.set(page.id, p.final);
    }
    console.log("part", k + 1, "of", FOLDS);
  }
  for (const threshold of [0.3, 0.4, 0.5, 0.6]) {
    report("cv first round", pages, first, threshold);
    report("cv second round", pages, final, threshold);
  }
  if (flags.includes("--dump"))
    writeFileSync(
      flags[flags.indexOf("--dump") + 1] ?? "",
      JSON.stringify(
        Object.fromEntries([...final].map(([id, p]) => [id, [...p].map((x) => Math.round(x * 1000) / 1000)])),
      ),
    );
}

if (out !== "") {
  const model = trainModel(pages);
  const fitted = new Map(pages.map((page) => [page.id, probabilities(page, model).final]));
  for (const threshold of [0.4, 0.5]) report("fitted", pages, fitted, threshold);
  const sorted = (map: Map<string, number>) =>
    Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
  const compact = (forest: Forest) => ({
    bias: Math.round(forest.bias * 1e4) / 1e4,
    trees: forest.trees.map((t) => ({ ...t, t: t.t.map((x) => Number(x.toPrecision(7))) })),
  });
  writeFileSync(
    out,
    `${JSON.stringify({ version: "1", threshold: 0.5, names: sorted(model.odds.names), words: sorted(model.odds.words), first: compact(model.first), second: compact(model.second) })}\n`,
  );
  console.log("written", out);
}
