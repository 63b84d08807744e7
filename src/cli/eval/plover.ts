/** `eval plover FILE`: the forced choice among fifteen roots, on the gold standard records or a table of sentences. */
import { readFileSync } from "node:fs";
import { goldArticle } from "../../eval/gold-text.ts";
import {
  type PloverCase,
  readPloverRecords,
  readPloverTsv,
  scoreCountries,
  scorePlover,
} from "../../eval/plover.ts";
import { chooseRoot } from "../../events/choose.ts";
import { codeEvents } from "../../events/code.ts";
import { readDocument } from "../../pipeline/read-document.ts";
import { PIPELINE } from "../../pipeline/version.ts";
import type { EvalTask } from "./measure.ts";

export const task: EvalTask = async (path, { parts }) => {
  const text = readFileSync(path, "utf8");
  const cases: PloverCase[] = text.trimStart().startsWith("[")
    ? readPloverRecords(text)
    : readPloverTsv(text);
  const tools = parts.readTools([]);
  const patterns = tools.eventPatterns;
  if (patterns === undefined) throw new Error("No pattern tables of the event coder; reinstall Dateline");
  const chosen: string[] = [];
  const actors: { gold: readonly string[]; pred: string[] }[] = [];
  const recipients: { gold: readonly string[]; pred: string[] }[] = [];
  for (const c of cases) {
    const { document } = readDocument(c.sentence, tools, { language: "en" });
    chosen.push(chooseRoot(document, c, patterns));
    if (!c.record) continue;
    const events = codeEvents({
      article: goldArticle(c.uid, c.sentence, PIPELINE),
      doc: document,
      quotes: [],
      patterns,
    });
    const codes = (side: "actor" | "recipient"): string[] =>
      events.flatMap((e) => e[side].flatMap((p) => (p.country === undefined ? [] : [p.country])));
    actors.push({ gold: c.sourceCountries, pred: codes("actor") });
    recipients.push({ gold: c.targetCountries, pred: codes("recipient") });
  }
  const answered = cases.some((c) => c.root !== "");
  return {
    figures: {
      ...(answered ? scorePlover(cases, chosen) : { n: cases.length }),
      ...(actors.length > 0
        ? { actorCountryF1: scoreCountries(actors), recipientCountryF1: scoreCountries(recipients) }
        : {}),
    },
    items: cases.length,
    predictions: `uid\troot\n${cases.map((c, i) => `${c.uid}\t${chosen[i] ?? ""}`).join("\n")}\n`,
  };
};
