/** `eval coref FILE.conllu`: chains of GUM's Entity= on the parser's own trees over the file's words. */
import { readFileSync } from "node:fs";
import { readPhrases, resolveChains } from "../../entities/coref.ts";
import { documentsOf, parseConllu } from "../../eval/conllu.ts";
import { countCoref, readChains, scoreCoref } from "../../eval/coref.ts";
import { corefTextOf, genreOf } from "../../eval/coref-text.ts";
import type { EvalTask } from "./measure.ts";

export const task: EvalTask = async (path, { parts, lang }) => {
  const language = lang ?? "en";
  const model = parts.corefModel(language);
  const tools = parts.entityTools(language);
  const parser = parts.parser(language);
  if (!model || !parser)
    throw new Error(`There are no coreference weights for language ${language} in models/`);
  const documents = documentsOf(parseConllu(readFileSync(path, "utf8")));
  const counted = documents.map((document) => {
    const phrases = readPhrases(corefTextOf(document, tools, parser), model.mentions);
    const chains = resolveChains(phrases, model).map((c) =>
      c.flatMap((i) => (phrases.at[i] ? [phrases.at[i]] : [])),
    );
    return { genre: genreOf(document), counts: countCoref(readChains(document), chains) };
  });
  const of = (genre: string) => scoreCoref(counted.filter((c) => c.genre === genre).map((c) => c.counts));
  return {
    figures: {
      ...scoreCoref(counted.map((c) => c.counts)),
      news: of("news"),
      interview: of("interview"),
      parsed: true,
    },
    items: documents.reduce((n, d) => n + d.length, 0),
  };
};
