/**
 * Text → its language, by the commonest function words (Latin, Cyrillic, Arabic, Greek … scripts) or by the script itself
 * (Chinese, Japanese, Korean, Thai …); set against what the markup declares.
 * Leaves out telling apart languages that share nearly all function words (Serbian and Croatian, Bokmål and Danish):
 * there the declaration decides.
 */
import { primaryLanguage } from "../model/index.ts";
import { STOPWORDS } from "./stopwords.ts";

const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ["ja", /[\u3040-\u30ff]/g],
  ["ko", /[\uac00-\ud7a3]/g],
  ["zh", /[\u4e00-\u9fff]/g],
  ["th", /[\u0e00-\u0e7f]/g],
  ["ka", /[\u10a0-\u10ff]/g],
  ["hy", /[\u0530-\u058f]/g],
  ["bn", /[\u0980-\u09ff]/g],
  ["ta", /[\u0b80-\u0bff]/g],
];

export type LanguageGuess = {
  /** BCP 47 primary tag; absent when the text is too short or unlike any list. */
  readonly language: string | undefined;
  /** Share of words that are function words of that language. */
  readonly share: number;
};

export function guessLanguage(text: string): LanguageGuess {
  const sample = text.slice(0, 6000);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  if (letters < 20) return { language: undefined, share: 0 };
  for (const [language, letter] of SCRIPTS) {
    const count = sample.match(letter)?.length ?? 0;
    if (count > letters * (language === "ja" ? 0.08 : 0.3)) return { language, share: count / letters };
  }
  const words = sample.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  if (words.length < 8) return { language: undefined, share: 0 };
  let best: string | undefined;
  let bestCount = 0;
  for (const [language, list] of STOPWORDS) {
    let count = 0;
    for (const word of words) if (list.has(word)) count++;
    if (count > bestCount) [best, bestCount] = [language, count];
  }
  const share = bestCount / words.length;
  return share < 0.1 ? { language: undefined, share } : { language: best, share };
}

/** Tags that one list of function words cannot tell apart: a declaration inside a group stands. */
const ALIKE: readonly (readonly string[])[] = [
  ["sr", "hr", "bs", "me", "sh", "cnr"],
  ["da", "no", "nb", "nn"],
  ["cs", "sk"],
  ["id", "ms"],
  ["ru", "be", "uk"],
  ["pt", "gl"],
  ["es", "ca", "gl"],
  ["fa", "ar", "ur"],
];

/** Declared and guessed language → the one to record; `und` when neither is known. */
export function settleLanguage(
  declared: string | undefined,
  guess: LanguageGuess,
): { readonly language: string; readonly disagree: boolean } {
  const tag = normalTag(declared);
  if (guess.language === undefined) return { language: tag ?? "und", disagree: false };
  if (tag === undefined) return { language: guess.language, disagree: false };
  const primary = primaryLanguage(tag);
  if (primary === guess.language) return { language: tag, disagree: false };
  const alike = ALIKE.some(
    (group) => group.includes(primary) && guess.language !== undefined && group.includes(guess.language),
  );
  if (alike && guess.share < 0.3) return { language: tag, disagree: false };
  return guess.share >= 0.2
    ? { language: guess.language, disagree: true }
    : { language: tag, disagree: true };
}

/** `en_us`, `EN-us`, `en-US, de` → `en-US`; undefined when it is no language tag. */
export function normalTag(declared: string | undefined): string | undefined {
  const match = /^\s*([a-z]{2,3})(?:[-_]([a-z]{2,4}))?(?![a-z])/i.exec(declared ?? "");
  const primary = match?.[1]?.toLowerCase();
  if (primary === undefined || primary === "und" || primary === "mul") return undefined;
  const rest = match?.[2];
  if (rest === undefined) return primary;
  return rest.length === 2
    ? `${primary}-${rest.toUpperCase()}`
    : `${primary}-${rest.charAt(0).toUpperCase()}${rest.slice(1).toLowerCase()}`;
}
