/** Of all things in a page's JSON-LD, the one that describes the article of this page. */
import { wordsIn } from "./features.ts";
import { ARTICLE_TYPE, type Graph, isThing, listOf, type Thing, typesOf, wordsOf } from "./jsonld.ts";

export function mainThing(
  graph: Graph,
  titles: readonly string[],
  urls: readonly string[],
): Thing | undefined {
  const titleSets = titles.map((title) => new Set(wordsIn(title)));
  const paths = new Set(urls.map(bare));
  let best: Thing | undefined;
  let bestScore = 0;
  graph.things.forEach((thing, index) => {
    const types = typesOf(thing);
    const isArticle = types.some((type) => ARTICLE_TYPE.test(type));
    if (!isArticle && !types.includes("WebPage") && !types.includes("VideoObject")) return;
    let score = isArticle ? 2 : types.includes("WebPage") ? 0.6 : 0.4;
    const headline = wordsIn(wordsOf(thing["headline"] ?? thing["name"]) ?? "");
    if (headline.length > 0) {
      const match = Math.max(
        0,
        ...titleSets.map(
          (set) =>
            headline.filter((word) => set.has(word)).length /
            Math.max(headline.length, Math.min(set.size, 12)),
        ),
      );
      score += match * 2 - (isArticle && match < 0.25 && titleSets.length > 0 ? 1 : 0);
    }
    const own = [thing["url"], thing["@id"], thing["mainEntityOfPage"]].map((value) =>
      wordsOf(isThing(value) ? (value["@id"] ?? value["url"]) : value),
    );
    if (own.some((url) => url !== undefined && paths.has(bare(url)))) score += 1.5;
    if (thing["datePublished"] !== undefined) score += 0.5;
    if (thing["articleBody"] !== undefined) score += 0.3;
    score -= Math.min(0.4, index / 100);
    if (score > bestScore) [best, bestScore] = [thing, score];
  });
  return bestScore >= 0.9 ? best : undefined;
}

function bare(url: string): string {
  return url
    .replace(/^https?:\/\/(www\.|m\.|amp\.)?/i, "")
    .replace(/[?#].*$/, "")
    .replace(/\/+$/, "")
    .toLowerCase();
}

/** The thing a reference points to: itself when whole, else looked up by @id. */
export function resolve(value: unknown, graph: Graph): Thing | undefined {
  if (!isThing(value)) return undefined;
  const id = value["@id"];
  return value["name"] === undefined && typeof id === "string" ? (graph.byId.get(id) ?? value) : value;
}

export function resolveAll(value: unknown, graph: Graph): readonly (Thing | string)[] {
  const found: (Thing | string)[] = [];
  for (const item of listOf(value)) {
    const whole = typeof item === "string" ? item : resolve(item, graph);
    if (whole !== undefined) found.push(whole);
  }
  return found;
}
