/** What the page says about itself that helps to judge its blocks: headline candidates, description, JSON-LD body, language. */
import { metaOf, type PageIndex } from "./collect.ts";
import type { PageHints } from "./features.ts";
import { ARTICLE_TYPE, type Graph, listOf, plainOf, typesOf, wordsOf } from "./jsonld.ts";
import { guessLanguage, normalTag } from "./language.ts";
import type { RawBlock } from "./segment.ts";
import { STOPWORDS } from "./stopwords.ts";

export function pageHints(index: PageIndex, graph: Graph, blocks: readonly RawBlock[]): PageHints {
  const titles = new Set<string>();
  for (const text of [metaOf(index, "og:title"), metaOf(index, "twitter:title"), index.title]) {
    if (text === undefined) continue;
    titles.add(text);
    for (const part of text.split(/\s[|–—\-»:•·]\s/)) if (part.split(/\s+/).length >= 3) titles.add(part);
  }
  let articleBody: string | undefined;
  for (const thing of graph.things) {
    if (!typesOf(thing).some((type) => ARTICLE_TYPE.test(type))) continue;
    const headline = wordsOf(thing["headline"]);
    if (headline !== undefined) titles.add(headline);
    const body = plainOf(
      listOf(thing["articleBody"])
        .map((part) => wordsOf(part) ?? "")
        .join("\n\n"),
    );
    if (body.length > (articleBody?.length ?? 0)) articleBody = body;
  }
  const prose = blocks
    .filter((b) => b.text.length > 80 && b.linkChars < b.text.length / 3)
    .slice(0, 40)
    .map((b) => b.text)
    .join(" ");
  const language = guessLanguage(prose).language ?? normalTag(index.lang)?.split("-")[0];
  return {
    titles: [...titles],
    description: metaOf(index, "og:description", "description", "twitter:description"),
    articleBody,
    stopwords: language === undefined ? undefined : STOPWORDS.get(language),
  };
}
