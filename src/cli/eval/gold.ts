/** `eval gold DIR`: the whole chain over text/*.txt against ann/*.json: numbers, quotes, events, genre. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type GoldArticle, scoreGold, toGold } from "../../eval/gold.ts";
import { goldArticle } from "../../eval/gold-text.ts";
import { readArticle } from "../../pipeline/read-page.ts";
import { PIPELINE } from "../../pipeline/version.ts";
import { readJson } from "./files.ts";
import type { EvalTask } from "./measure.ts";

export const task: EvalTask = async (path, { parts }) => {
  const tools = parts.readTools([]);
  const ids = readdirSync(join(path, "text"))
    .filter((f) => f.endsWith(".txt"))
    .map((f) => f.slice(0, -4))
    .sort();
  const texts = new Map(ids.map((id) => [id, readFileSync(join(path, "text", `${id}.txt`), "utf8")]));
  const predictions: Record<string, GoldArticle> = {};
  for (const [id, file] of texts)
    predictions[id] = toGold(readArticle(goldArticle(id, file, PIPELINE), tools), id) as GoldArticle;
  const out = new Map(
    Object.entries(predictions).map(([id, p]) => [`ann/${id}.json`, `${JSON.stringify(p, null, 1)}\n`]),
  );
  const annotated = ids.filter((id) => existsSync(join(path, "ann", `${id}.json`)));
  if (annotated.length === 0)
    return { figures: { articles: ids.length }, items: ids.length, predictions: out };
  const gold = Object.fromEntries(
    annotated.map((id) => [id, readJson<GoldArticle>(join(path, "ann", `${id}.json`))]),
  );
  return {
    figures: { ...scoreGold(Object.fromEntries(texts), gold, predictions) },
    items: ids.length,
    predictions: out,
  };
};
