/** `eval police DIR`: what the police did, sentence by sentence (indiapolice-sents.jsonl). */
import { join } from "node:path";
import { goldArticle } from "../../eval/gold-text.ts";
import { type PoliceSentence, policeLabels, scorePolice } from "../../eval/police.ts";
import { codeEvents } from "../../events/code.ts";
import { readDocument } from "../../pipeline/read-document.ts";
import { PIPELINE } from "../../pipeline/version.ts";
import { readJsonLines } from "./files.ts";
import type { EvalTask } from "./measure.ts";

export const task: EvalTask = async (path, { parts }) => {
  const sentences = readJsonLines<PoliceSentence>(join(path, "indiapolice-sents.jsonl"));
  const tools = parts.readTools([]);
  const patterns = tools.eventPatterns;
  if (patterns === undefined) throw new Error("No pattern tables of the event coder; reinstall Dateline");
  const pred = sentences.map((s) => {
    const text = s.sent_text.replace(/^This story is from [^\n]*\n+/, "");
    const { document } = readDocument(text, tools, { language: "en" });
    return policeLabels(
      text,
      codeEvents({ article: goldArticle("s", text, PIPELINE), doc: document, quotes: [], patterns }),
    );
  });
  const answered = sentences.some((s) => s.sent_labels !== undefined);
  return {
    figures: answered
      ? scorePolice(
          sentences.map((s) => s.sent_labels ?? []),
          pred,
        )
      : { n: sentences.length },
    items: sentences.length,
    predictions: `${sentences.map((s, i) => JSON.stringify({ doc_id: s.doc_id, sent_id: s.sent_id, sent_labels: pred[i] ?? [] })).join("\n")}\n`,
  };
};
