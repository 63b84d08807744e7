/** `eval entities FILE.iob2`: names of persons, organisations and places, strict span and type. */
import { readFileSync } from "node:fs";
import { scoreEntities } from "../../eval/entities.ts";
import { readIob, writeIob } from "../../eval/iob.ts";
import type { EvalTask } from "./measure.ts";

export const task: EvalTask = async (path, { parts, lang }) => {
  const text = readFileSync(path, "utf8");
  const sentences = readIob(text);
  const language = lang ?? "en";
  const { tagger } = parts.entityTools(language);
  const forms = sentences.map((s) => s.tokens.map((t) => t.form));
  const states: Int16Array[] = [];
  parts.parser(language)?.parseWords(forms, {
    lang: language,
    onStates: (k, own) => {
      states[k] = own;
    },
  });
  const tags = tagger?.tag(forms, states) ?? forms.map((f) => f.map(() => "O"));
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
