/** Text and language → time spans: chooses the grammar. A language without one gives none. */
import type { TimeSpan } from "../model/index.ts";
import { scanTimes, type TimeGrammar, type TimeOptions } from "../text/times.ts";
import { EN_TIMES } from "./en/times.ts";
import { ES_TIMES } from "./es/times.ts";
import { RU_TIMES } from "./ru/times.ts";

const GRAMMARS: Readonly<Record<string, TimeGrammar>> = { en: EN_TIMES, es: ES_TIMES, ru: RU_TIMES };

export const timeGrammar = (lang: string): TimeGrammar | undefined =>
  GRAMMARS[lang.slice(0, 2).toLowerCase()];

export function findTimes(
  text: string,
  options: TimeOptions & { readonly lang?: string | undefined },
): TimeSpan[] {
  const grammar = timeGrammar(options.lang ?? "en");
  return grammar === undefined ? [] : scanTimes(text, grammar, options);
}
