/** `eval copies|stories|headlines DIR`: predictions over eight arrival orders, mean and standard deviation. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { meanOfRuns, type StoryRow, scoreStories } from "../../eval/stories.ts";
import { type EvalArticle, predictCopies } from "../../eval/stories-run.ts";
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

export const copies = taskOf("copies", predictCopies, 1);
export { ORDERS, taskOf };
