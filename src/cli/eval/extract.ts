/** `eval extract DIR`: pages/*.html.gz against gold.json. The date of reading is the day the page was kept, when the set says so. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { extractArticle } from "../../article/index.ts";
import { type ExtractGold, type ExtractPrediction, scoreExtract } from "../../eval/extract.ts";
import { readJson, readPage } from "./files.ts";
import type { EvalTask } from "./measure.ts";

export const task: EvalTask = async (path, { parts, print }) => {
  const goldFile = join(path, "gold.json");
  const gold = existsSync(goldFile)
    ? readJson<Record<string, ExtractGold & { readonly file?: string }>>(goldFile)
    : undefined;
  const ids = gold
    ? Object.keys(gold)
    : readdirSync(join(path, "pages")).map((f) => f.replace(/\.html(\.gz)?$/, ""));
  const fetchedAt = new Date(parts.clock.now()).toISOString();
  const predictions: Record<string, ExtractPrediction> = {};
  const declined = new Map<string, number>();
  for (const id of ids) {
    const file = [gold?.[id]?.file, `pages/${id}.html.gz`, `pages/${id}.html`]
      .filter((f): f is string => f !== undefined)
      .find((f) => existsSync(join(path, f)));
    if (file === undefined) continue;
    const result = extractArticle(readPage(join(path, file)), {
      url: gold?.[id]?.url,
      fetchedAt,
      weights: parts.articleWeights(),
    });
    if (!result.ok) {
      declined.set(result.reason, (declined.get(result.reason) ?? 0) + 1);
      continue;
    }
    const { article } = result;
    predictions[id] = {
      title: article.title,
      authors: [...article.byline],
      date: article.published?.value ?? "",
      text: article.blocks
        .filter((b) => b.kind !== "headline")
        .map((b) => article.text.slice(b.span.start, b.span.end))
        .join("\n\n"),
    };
  }
  for (const [reason, n] of declined) print(`declined ${n}: ${reason}`);
  const output = JSON.stringify(predictions);
  if (!gold) return { figures: { pages: ids.length }, items: ids.length, predictions: output };
  const sources = [...new Set(Object.values(gold).map((g) => g.source))];
  const bySource = Object.fromEntries(
    sources.map((source) => {
      const part = Object.fromEntries(Object.entries(gold).filter(([, g]) => g.source === source));
      return [source, scoreExtract(part, predictions)];
    }),
  );
  return {
    figures: { all: scoreExtract(gold, predictions), bySource },
    items: ids.length,
    predictions: output,
  };
};
