/** `eval feeds DIR`: cases of expectations.json, files beside it. */
import { join } from "node:path";
import { type FeedCase, failures, scoreFeeds, toScored } from "../../eval/feeds.ts";
import { readFeed } from "../../feeds/read-feed.ts";
import { readJson, readPage, toJsonLines } from "./files.ts";
import type { EvalTask } from "./measure.ts";

export const task: EvalTask = async (path, { print }) => {
  const { cases } = readJson<{ readonly cases: readonly FeedCase[] }>(join(path, "expectations.json"));
  const results = new Map<string, unknown>();
  for (const one of cases) {
    const read = readFeed(readPage(join(path, one.file)), {
      url: one.url,
      contentType: one.contentType ?? undefined,
      contentLanguage: one.contentLanguage ?? undefined,
    });
    results.set(one.id, toScored(read));
  }
  for (const one of cases) {
    if (!one.assertions) continue;
    const wrong = failures(one, results.get(one.id))[0];
    if (wrong) print(`${one.facet} ${one.id}: ${wrong.path}`);
  }
  return {
    figures: { ...scoreFeeds(cases, results) },
    items: cases.length,
    predictions: toJsonLines([...results].map(([id, result]) => ({ id, result }))),
  };
};
