/**
 * Text → a flat list of words, numbers and marks with offsets, for readers that need no parse (numbers, quotations).
 * Coarser than tokens.ts on purpose: "1,234.5", "p.m.", "U.S." and "al-Qaida's" keep together as far as a reader of
 * numbers wants them to. Leaves out sentence knowledge; `breaks` marks a line break before a word.
 */
export type Word = {
  readonly text: string;
  readonly lower: string;
  readonly start: number;
  readonly end: number;
  readonly kind: "word" | "number" | "mark";
  /** A line break stands before it. */
  readonly breaks: boolean;
  /** It touches what stands before it. */
  readonly tight: boolean;
};

const PIECE =
  /(?<number>\d{1,3}(?:[,.\u00a0\u202f ]\d{3})+(?![\d])(?:[.,]\d+(?!\d))?|\d+(?:[.,]\d+)?)|(?<word>(?:\p{L}\.){2,}|\p{L}[\p{L}\p{M}]*(?:['’][\p{L}]+)?)|(?<mark>\S)/gu;

/** Words in order. `thousands` is the character class that may group digits in this language ("," in English). */
export function scanWords(text: string, thousands = ","): Word[] {
  const words: Word[] = [];
  let last = 0;
  const grouped = new RegExp(`\\d{1,3}(?:[${thousands}]\\d{3})+(?!\\d)(?:[.,]\\d+)?|\\d+(?:[.,]\\d+)?`, "y");
  PIECE.lastIndex = 0;
  for (let m = PIECE.exec(text); m !== null; m = PIECE.exec(text)) {
    let found = m[0];
    const at = m.index;
    const kind =
      m.groups?.["number"] !== undefined ? "number" : m.groups?.["word"] !== undefined ? "word" : "mark";
    if (kind === "number") {
      grouped.lastIndex = at;
      found = grouped.exec(text)?.[0] ?? found;
      PIECE.lastIndex = at + found.length;
    }
    const gap = text.slice(last, at);
    words.push({
      text: found,
      lower: found.toLowerCase(),
      start: at,
      end: at + found.length,
      kind,
      breaks: words.length === 0 || gap.includes("\n"),
      tight: gap === "" && words.length > 0,
    });
    last = at + found.length;
  }
  return words;
}
