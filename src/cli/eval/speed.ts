/** `eval speed FILE.jsonl.gz|DIR`: articles a second through the chain, whole and by stage, p50 and p95, peak memory. */
import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { extractArticle } from "../../article/index.ts";
import type { RawPage } from "../../model/index.ts";
import { readArticle, readPage } from "../../pipeline/read-page.ts";
import { PIPELINE } from "../../pipeline/version.ts";
import { tokenizeText } from "../../text/sentences.ts";
import { readPage as readFile, readJsonLines } from "./files.ts";
import type { EvalTask } from "./measure.ts";

type Row = {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly text: string;
  readonly published?: string | null;
};
/** Articles timed at most: enough for a steady figure. */
const MOST = 600;

const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
const round = (x: number): number => Number(x.toFixed(2));

export const task: EvalTask = async (path, { parts }) => {
  const tools = parts.readTools([]);
  const fetchedAt = new Date(parts.clock.now()).toISOString();
  const pageOf = (bytes: Uint8Array, url: string, contentType: string): RawPage => ({
    url,
    bytes,
    contentType,
    fetchedAt,
    via: "file",
    sha256: createHash("sha256").update(bytes).digest("hex"),
  });
  const folder = statSync(path).isDirectory();
  const files = folder
    ? readdirSync(path, { recursive: true, encoding: "utf8" })
        .filter((f) => /\.html?(\.gz)?$/.test(f))
        .sort()
        .slice(0, MOST)
    : [];
  const pages = folder
    ? files.map((f) => pageOf(readFile(join(path, f)), `file:///${f}`, "text/html"))
    : readJsonLines<Row>(path)
        .slice(0, MOST)
        .map((r) => pageOf(new TextEncoder().encode(`${r.title}\n\n${r.text}`), r.url, "text/plain"));

  const stage = { extract: 0, tokens: 0, parse: 0, facts: 0 };
  const times: number[] = [];
  let words = 0;
  let declined = 0;
  // Weights are loaded and code is warm before the clock runs.
  for (const page of pages.slice(0, 20)) readPage(page, tools);
  const start = performance.now();
  for (const page of pages) {
    const t0 = performance.now();
    const result = readPage(page, tools);
    times.push(performance.now() - t0);
    if (!result.ok) declined++;
  }
  const wall = (performance.now() - start) / 1000;
  for (const page of pages.slice(0, 200)) {
    const t0 = performance.now();
    if (folder)
      extractArticle(page.bytes, {
        url: page.url,
        contentType: page.contentType,
        fetchedAt,
        weights: tools.articleWeights,
        pipeline: PIPELINE,
      });
    stage.extract += performance.now() - t0;
    const result = readPage(page, tools);
    if (!result.ok) continue;
    const { text, language } = result.reading.article;
    const t1 = performance.now();
    const tokens = tokenizeText(text, language);
    stage.tokens += performance.now() - t1;
    const n = tokens.sentences.reduce((sum, s) => sum + s.tokens.length, 0);
    words += n;
    const t2 = performance.now();
    tools.parser(language.slice(0, 2))?.parse(text, { lang: language.slice(0, 2) });
    stage.parse += performance.now() - t2;
    const t3 = performance.now();
    readArticle(result.reading.article, tools);
    stage.facts += performance.now() - t3;
  }
  times.sort((a, b) => a - b);
  const seconds = { parse: stage.parse / 1000, all: stage.facts / 1000 };
  return {
    figures: {
      articles: pages.length,
      declined,
      articlesPerSecond: round(pages.length / wall),
      p50ms: round(quantile(times, 0.5)),
      p95ms: round(quantile(times, 0.95)),
      wordsPerSecond: {
        tagAndParse: Math.round(words / Math.max(seconds.parse, 1e-6)),
        everything: Math.round(words / Math.max(seconds.all, 1e-6)),
      },
      stageMs: {
        extract: round(stage.extract / 200),
        tokens: round(stage.tokens / 200),
        parse: round(stage.parse / 200),
        everything: round(stage.facts / 200),
      },
      workers: 1,
    },
    items: pages.length,
  };
};
