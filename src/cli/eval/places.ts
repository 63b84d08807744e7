/** `eval places FILE.jsonl`: ambiguous place names. */
import { readFileSync } from "node:fs";
import { readEntities } from "../../entities/read.ts";
import { type PlaceCase, scorePlaces } from "../../eval/places.ts";
import { tokenizeText } from "../../text/sentences.ts";
import type { EvalTask } from "./measure.ts";

export const task: EvalTask = async (path, { parts, print }) => {
  const cases: PlaceCase[] = readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((l) => JSON.parse(l));
  const tools = parts.entityTools("en");
  const parser = parts.parser("en");
  const { wrong, ...figures } = scorePlaces(cases, (text, start, end) => {
    const states: Int16Array[] = [];
    const onStates = (k: number, own: Int16Array): void => {
      states[k] = own;
    };
    const sentences = parser?.parse(text, { lang: "en", onStates }) ?? tokenizeText(text, "en").sentences;
    const read = readEntities(text, sentences, tools, states);
    const mention = read.mentions.find((m) => m.span.start <= start && m.span.end >= end && m.type === "LOC");
    const entity = mention && read.entities[mention.entity];
    if (!mention || !entity?.place) return undefined;
    const { place } = entity;
    const kind =
      place.precision === 6
        ? mention.made.endsWith("government")
          ? "government"
          : "country"
        : place.precision === 4
          ? "admin1"
          : "city";
    return { kind, country: place.country, admin1: place.admin1 };
  });
  for (const line of wrong) print(line);
  return { figures, items: cases.length };
};
