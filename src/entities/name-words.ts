/**
 * Lists of single words in names: given names of women and men, other names of persons, words of firms' names. What such a
 * word means is for the tagger and the resolver to say: "Paris" is in two lists and mostly in neither sense.
 *
 * File: a line for each word, lower case: word, tab, letters (f woman's, m man's given name, p person, c firm).
 */
export const NAME = { woman: 1, man: 2, person: 4, firm: 8 } as const;

/** Bits of NAME for a lower-cased word. */
export type NameWords = (lower: string) => number;

const LETTERS: Readonly<Record<string, number>> = {
  f: NAME.woman,
  m: NAME.man,
  p: NAME.person,
  c: NAME.firm,
};

export function readNameWords(text: string): NameWords {
  const known = new Map<string, number>();
  for (const line of text.split("\n")) {
    const tab = line.indexOf("\t");
    if (tab <= 0 || line.startsWith("#")) continue;
    let bits = 0;
    for (const letter of line.slice(tab + 1)) bits |= LETTERS[letter] ?? 0;
    known.set(line.slice(0, tab), bits);
  }
  return (lower) => known.get(lower) ?? 0;
}
