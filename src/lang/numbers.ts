/** Text and language → numbers with hedges: chooses the word lists. */
import { findNumbersIn, type NumberMention, type NumberWords } from "../text/numbers.ts";
import type { PlainNumberTable } from "../text/plain-numbers.ts";
import { scanWords } from "../text/scan.ts";
import { AR_NUMBERS } from "./ar/numbers.ts";
import { EN_NUMBERS } from "./en/numbers.ts";
import { ES_NUMBERS } from "./es/numbers.ts";
import { RU_NUMBERS } from "./ru/numbers.ts";

const PLAIN: Readonly<Record<string, PlainNumberTable>> = { ar: AR_NUMBERS, es: ES_NUMBERS, ru: RU_NUMBERS };

/** Short lists for a language whose numbers are read plainly; undefined where a grammar or nothing is known. */
export const plainNumberTable = (lang: string): PlainNumberTable | undefined =>
  PLAIN[lang.slice(0, 2).toLowerCase()];

const TABLES: Readonly<Record<string, NumberWords>> = { en: EN_NUMBERS };

export const numberWords = (lang: string): NumberWords =>
  TABLES[lang.slice(0, 2).toLowerCase()] ?? EN_NUMBERS;

export function findNumbers(text: string, lang = "en"): NumberMention[] {
  const words = numberWords(lang);
  return findNumbersIn(text, scanWords(text, words.thousands), words);
}
