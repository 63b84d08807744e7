/** Text and language → numbers with hedges: chooses the word lists. */
import { findNumbersIn, type NumberMention, type NumberWords } from "../text/numbers.ts";
import { scanWords } from "../text/scan.ts";
import { EN_NUMBERS } from "./en/numbers.ts";

const TABLES: Readonly<Record<string, NumberWords>> = { en: EN_NUMBERS };

export const numberWords = (lang: string): NumberWords =>
  TABLES[lang.slice(0, 2).toLowerCase()] ?? EN_NUMBERS;

export function findNumbers(text: string, lang = "en"): NumberMention[] {
  const words = numberWords(lang);
  return findNumbersIn(text, scanWords(text, words.thousands), words);
}
