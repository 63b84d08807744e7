/** `eval copies|stories|headlines DIR`: predictions over eight arrival orders, mean and standard deviation. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { meanOfRuns, type StoryRow, scoreStories } from "../../eval/stories.ts";
import { type EvalArticle, predictCopies, predictStories } from "../../eval/stories-run.ts";
import { type Background, NO_BACKGROUND } from "../../stories/background.ts";
import { readJsonLines, toJsonLines } from "./files.ts";
import type { EvalTask } from "./measure.ts";

const ORDERS = 8;

type Predict = (rows: readonly EvalArticle[], order: number, background: Background) => StoryRow[];

const taskOf =
  (name: string, predict: Predict): EvalTask =>
  async (path, { parts }) => {
    const background = parts.background("en") ?? NO_BACKGROUND;
    const rows = readJsonLines<EvalArticle>(join(path, `${name}.articles.jsonl`));
    const goldFile = join(path, `${name}.gold.jsonl`);
    const gold = existsSync(goldFile) ? readJsonLines<StoryRow>(goldFile) : undefined;
    const first = predict(rows, 0, background);
    const predictions = toJsonLines(first);
    if (!gold) return { figures: { articles: rows.length }, items: rows.length, predictions };
    const runs = Array.from({ length: ORDERS }, (_, order) =>
      scoreStories(gold, order === 0 ? first : predict(rows, order, background)),
    );
    const { mean, sd } = meanOfRuns(runs);
    return { figures: { ...mean, sd, orders: ORDERS }, items: rows.length * ORDERS, predictions };
  };

export const copies = taskOf("copies", (rows, order) => predictCopies(rows, order));
export const stories = taskOf("stories", predictStories);
export const headlines = taskOf("headlines", predictStories);
