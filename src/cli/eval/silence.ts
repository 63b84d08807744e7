/** `eval silence FILE`: texts without conflict; every conflict event coded in them is printed. */
import { readFileSync } from "node:fs";
import { goldArticle } from "../../eval/gold-text.ts";
import { loudEvents, silenceTexts } from "../../eval/silence.ts";
import { PUBLISHING_LEVEL } from "../../events/code.ts";
import { readArticle } from "../../pipeline/read-page.ts";
import { PIPELINE } from "../../pipeline/version.ts";
import type { EvalTask } from "./measure.ts";

export const task: EvalTask = async (path, { parts, print }) => {
  const texts = silenceTexts(readFileSync(path, "utf8"));
  const tools = parts.readTools([]);
  let hits = 0;
  for (const { id, text } of texts) {
    const { events } = readArticle(goldArticle(id, text, PIPELINE), tools);
    const loud = loudEvents(events, PUBLISHING_LEVEL);
    if (loud.length > 0) hits++;
    for (const e of loud)
      print(
        `${id}: ${e.eventType} ${e.mode ?? ""} [${e.words}] ${text.slice(e.sentence.start, e.sentence.end).slice(0, 160)}`,
      );
  }
  return {
    figures: { n: texts.length, hits, share: Number((hits / Math.max(1, texts.length)).toFixed(4)) },
    items: texts.length,
  };
};
