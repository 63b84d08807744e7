/** `eval entities FILE.iob2`: names of persons, organisations and places, strict span and type. */
import { readFileSync } from "node:fs";
import { tagSentence } from "../../entities/tagger.ts";
import { scoreEntities } from "../../eval/entities.ts";
import { readIob, writeIob } from "../../eval/iob.ts";
import type { EvalTask } from "./measure.ts";

export const task: EvalTask = async (path, { parts, lang }) => {
  const text = readFileSync(path, "utf8");
  const sentences = readIob(text);
  const { tagger, tables } = parts.entityTools(lang ?? "en");
  const tags = sentences.map((s) => {
    const forms = s.tokens.map((t) => t.form);
    return tagger ? tagSentence(forms, tagger, tables) : forms.map(() => "O");
  });
  const figures = scoreEntities(
    sentences.map((s) => s.tokens.map((t) => t.tag)),
    tags,
  );
  return {
    figures,
    items: sentences.reduce((n, s) => n + s.tokens.length, 0),
    predictions: writeIob(text, tags),
  };
};
