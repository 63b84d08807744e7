/** `eval coref FILE.conllu`: chains of GUM's Entity= on the parser's own trees over the file's words. */
import { readFileSync } from "node:fs";
import { chainsOf, enrich, resolve } from "../../entities/coref.ts";
import { corefCandidates } from "../../entities/corefmentions.ts";
import { tagSentence } from "../../entities/tagger.ts";
import { documentsOf, parseConllu } from "../../eval/conllu.ts";
import { countCoref, readChains, scoreCoref } from "../../eval/coref.ts";
import type { EvalTask } from "./measure.ts";

export const task: EvalTask = async (path, { parts, lang }) => {
  const language = lang ?? "en";
  const model = parts.corefModel(language);
  const tools = parts.entityTools(language);
  const parser = parts.parser(language);
  if (!model) throw new Error(`There are no coreference weights for language ${language} in models/`);
  const documents = documentsOf(parseConllu(readFileSync(path, "utf8")));
  const counted = documents.map((document) => {
    const forms = document.map((s) => s.words.map((w) => w.form));
    const parsed = parser?.parseWords(forms, { lang: language });
    const words = document.map((s, i) => s.words.map((w, j) => ({ ...w, ...parsed?.[i]?.[j] })));
    const tags = forms.map((f) => (tools.tagger ? tagSentence(f, tools.tagger, tools.tables) : []));
    const rich = enrich(
      words.flatMap((s, i) => corefCandidates(i, s)),
      { sentences: words, tags, classes: tools.tables.classes },
    );
    const chains = chainsOf(resolve(rich, model)).map((c) => c.flatMap((i) => (rich[i] ? [rich[i].at] : [])));
    const genre =
      document[0]?.comments
        .find((c) => c.startsWith("# meta::genre"))
        ?.split("=")[1]
        ?.trim() ?? "";
    return { genre, counts: countCoref(readChains(document), chains) };
  });
  const of = (genre: string) => scoreCoref(counted.filter((c) => c.genre === genre).map((c) => c.counts));
  return {
    figures: {
      ...scoreCoref(counted.map((c) => c.counts)),
      news: of("news"),
      interview: of("interview"),
      parsed: parser !== undefined,
    },
    items: documents.reduce((n, d) => n + d.length, 0),
  };
};
