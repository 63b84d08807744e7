/** `eval time FILE.jsonl`: time expressions of our own cases. */
import { evalTime, type TimeCase } from "../../eval/time.ts";
import { findTimes } from "../../lang/times.ts";
import { readJsonLines } from "./files.ts";
import type { EvalTask } from "./measure.ts";

export const task: EvalTask = async (path, { print }) => {
  const cases = readJsonLines<TimeCase>(path);
  const { wrong, n, correct, accuracy } = evalTime(cases, (c) =>
    findTimes(c.text, { publishedAt: c.publishedAt, zone: c.zone, lang: c.lang ?? "en" }),
  );
  for (const w of wrong)
    print(
      `${w.case.words ?? "nothing"} in: ${w.case.text} → ${w.got.map((g) => `${g.start ?? ""}/${g.end ?? ""}`).join(" ") || "nothing"}`,
    );
  return { figures: { n, correct, accuracy: Number(accuracy.toFixed(4)) }, items: n };
};
