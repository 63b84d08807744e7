/** Texts without conflict → how many are given an ASSAULT, PROTEST, COERCE or MOBILIZE event above the publishing level: none should be. */
import type { Event } from "../model/index.ts";

const LOUD = /^(?:ASSAULT|PROTEST|COERCE|MOBILIZE)$/;

export const loudEvents = (events: readonly Event[], level: number): Event[] =>
  events.filter((e) => LOUD.test(e.eventType) && e.confidence >= level && e.status !== "negated");

/** Texts of a JSONL file (field `text`, else `sent_text` or `sentence`) or of CoNLL-U (`# text = …`). */
export function silenceTexts(file: string): { readonly id: string; readonly text: string }[] {
  if (/^# (?:newdoc|sent_id|text)|^1\t/m.test(file.slice(0, 2000))) {
    return [...file.matchAll(/^# text = (.+)$/gm)].map((m, i) => ({ id: String(i + 1), text: m[1] ?? "" }));
  }
  return file
    .trim()
    .split("\n")
    .flatMap((line, i) => {
      const value: unknown = JSON.parse(line);
      if (typeof value !== "object" || value === null) return [];
      const record = value as Record<string, unknown>;
      const text = [record["text"], record["sent_text"], record["sentence"]].find(
        (t) => typeof t === "string",
      );
      const title = typeof record["title"] === "string" ? `${record["title"]}\n\n` : "";
      return typeof text === "string" ? [{ id: String(record["id"] ?? i + 1), text: title + text }] : [];
    });
}
