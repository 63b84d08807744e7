/** Endings after which English (and Spanish and French) words take -es, and those in -s that are no plurals. */
const HISSED = /(?:ch|sh|x|z)$/;
const SINGULAR = /(?:ss|us|is)$/;

/**
 * The plural of a word, or its singular: "protest" ↔ "protests", "city" ↔ "cities". By endings alone, without a dictionary:
 * what is no word does no harm where words are looked up. Other scripts, short words and words of a kind that ends in -s
 * ("news", "crisis") have none.
 */
export function otherNumber(word: string): readonly string[] {
  if (!/^[\p{Script=Latin}\p{M}]{4,}$/u.test(word) || SINGULAR.test(word)) return [];
  if (/[^aeiou]ies$/.test(word)) return [`${word.slice(0, -3)}y`];
  if (word.endsWith("s")) return word.length < 6 ? [] : [word.slice(0, -1)];
  if (/[^aeiou]y$/.test(word)) return [`${word.slice(0, -1)}ies`];
  return [HISSED.test(word) ? `${word}es` : `${word}s`];
}
