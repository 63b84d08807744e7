/**
 * Article in a language without a grammar of numbers of its own → quantities of people: tolls, arrests, crowds, forces, in
 * the outlet's voice. Who gives the number is not read there, and what nobody is counted by is left out: precision first.
 */
import type { Quantity } from "../model/index.ts";
import { type PlainNumberTable, plainNumbers } from "../text/plain-numbers.ts";
import { type FactInput, factContext, sentenceSpan } from "./input.ts";

const TOLLS = new Set(["killed", "injured", "missing", "arrested", "displaced", "hostages"]);
/** Nouns that say no more than that people are counted. */
const ANYONE =
  /^(?:personas|muert[oa]s?|fallecid[oa]s?|cadáveres|víctimas|herid[oa]s?|detenid[oa]s?|desaparecid[oa]s?|el|los|las|en|de|человек\p{L}*|люд\p{L}+|погибш\p{L}+|убит\p{L}*|ранен\p{L}*|задержан\p{L}*|тел|شخصا|شخص|أشخاص|قتيلا|قتيل|قتلى|جثة|جريحا|جرحى|من|على|في)$/iu;

export function readPlainQuantities(input: FactInput, table: PlainNumberTable): Quantity[] {
  const { article, doc } = input;
  const context = factContext(input);
  const kept = plainNumbers(doc.text, table).filter(
    (n) => !doc.times.some((t) => t.span.start < n.end && t.span.end > n.start && t.kind !== "duration"),
  );
  return kept.map((n, i): Quantity => {
    const span = { start: n.start, end: n.end };
    const toll = TOLLS.has(n.measure);
    const whom =
      toll && n.whom !== undefined
        ? n.whom
        : toll && n.unit !== "" && !ANYONE.test(n.unit)
          ? n.unit
          : undefined;
    return {
      id: `${article.id}.q${i + 1}`,
      articleId: article.id,
      span,
      words: doc.text.slice(span.start, span.end),
      sentence: sentenceSpan(context, span),
      assertion: n.denied ? "denied" : "reported",
      voice: article.genre === "opinion" || article.genre === "analysis" ? "author" : "outlet",
      rule: "quantities/plain",
      pipeline: article.pipeline,
      ...(n.bound === "low" ? { low: n.value } : {}),
      ...(n.bound === "high" ? { high: n.value } : {}),
      ...(n.bound === "plain" ? { low: n.value, high: n.value, exact: n.value } : {}),
      ...(n.bound === "about" ? { exact: n.value } : {}),
      ...(n.hedge === undefined ? {} : { hedge: n.hedge }),
      unit: n.unit,
      measure: n.measure,
      ...(n.part ? { kind: "part" as const } : toll ? { kind: "total" as const } : {}),
      ...(whom === undefined ? {} : { ofWhom: whom }),
    };
  });
}
