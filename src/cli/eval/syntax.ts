/** `eval syntax FILE.conllu [--lang xx]`: CoNLL-18 rules, from gold tokens and from raw text. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { evalSyntax } from "../../eval/syntax.ts";
import type { EvalTask } from "./measure.ts";

export const task: EvalTask = async (path, { parts, lang }) => {
  const language = lang ?? /^(es|ru|en)_/.exec(basename(path))?.[1] ?? "en";
  const parser = parts.parser(language);
  if (!parser) throw new Error(`There are no weights for language ${language} in models/`);
  const { conllu, ...figures } = evalSyntax(readFileSync(path, "utf8"), parser, { lang: language });
  const words = conllu.split("\n").filter((l) => /^\d+\t/.test(l)).length;
  // Every word is read twice: once from gold tokens, once from raw text.
  return { figures: { lang: language, words, ...figures }, items: 2 * words, predictions: conllu };
};
