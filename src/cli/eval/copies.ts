/** `eval copies|stories|headlines DIR`: predictions over eight arrival orders, mean and standard deviation. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { meanOfRuns, type StoryRow, scoreStories } from "../../eval/stories.ts";
import { type EvalArticle, predictCopies, predictStories } from "../../eval/stories-run.ts";
import { createBackground } from "../../stories/background.ts";
import { readJsonLines, toJsonLines } from "./files.ts";
import type { EvalTask } from "./measure.ts";

const ORDERS = 8;

const taskOf =
  (
    name: string,
    predict: (rows: readonly EvalArticle[], order: number) => StoryRow[],
    orders: number,
  ): EvalTask =>
  async (path) => {
    const rows = readJsonLines<EvalArticle>(join(path, `${name}.articles.jsonl`));
    const goldFile = join(path, `${name}.gold.jsonl`);
    const gold = existsSync(goldFile) ? readJsonLines<StoryRow>(goldFile) : undefined;
    const first = predict(rows, 0);
    const predictions = toJsonLines(first);
    if (!gold) return { figures: { articles: rows.length }, items: rows.length, predictions };
    const runs = Array.from({ length: orders }, (_, order) =>
      scoreStories(gold, order === 0 ? first : predict(rows, order)),
    );
    const { mean, sd } = meanOfRuns(runs);
    return { figures: { ...mean, sd, orders }, items: rows.length * orders, predictions };
  };

const background = createBackground(
  readFileSync(join(import.meta.dirname, "../../../data/background/en.tsv"), "utf8"),
);
const group = (rows: readonly EvalArticle[], order: number): StoryRow[] =>
  predictStories(rows, order, background);

export const copies = taskOf("copies", predictCopies, ORDERS);
export const stories = taskOf("stories", group, ORDERS);
export const headlines = taskOf("headlines", group, ORDERS);
