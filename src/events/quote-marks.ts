/**
 * Text → stretches between quotation marks: curly, straight, angled; single marks where they cannot be apostrophes. A
 * quotation that is not closed runs to the end of its paragraph (the next paragraph may open again: running speech).
 */
export type Quoted = {
  /** Of the words between the marks. */
  readonly start: number;
  readonly end: number;
  /** With the marks. */
  readonly outerStart: number;
  readonly outerEnd: number;
  /** False when the closing mark is missing. */
  readonly closed: boolean;
};

const PAIRS: Readonly<Record<string, string>> = { "“": "”", "«": "»", "„": "“", '"': '"' };

function inParagraph(text: string, from: number, to: number, out: Quoted[]): void {
  let at = from;
  while (at < to) {
    const open = text[at] ?? "";
    const close = PAIRS[open];
    if (close !== undefined) {
      const ends = open === "“" ? /[”"]/g : open === '"' ? /["”]/g : new RegExp(close, "g");
      ends.lastIndex = at + 1;
      const found = ends.exec(text)?.index ?? -1;
      const closed = found >= 0 && found < to;
      const end = closed ? found : to;
      // A lone straight mark deep in a paragraph is an inch or a slip, not speech.
      if (closed || open !== '"' || at === from)
        out.push({ start: at + 1, end, outerStart: at, outerEnd: closed ? end + 1 : end, closed });
      at = closed ? end + 1 : open === '"' && at !== from ? at + 1 : to;
      continue;
    }
    if (
      (open === "‘" || open === "'") &&
      /[\s([—–-]|^$/.test(text[at - 1] ?? "") &&
      /[\p{L}\p{N}]/u.test(text[at + 1] ?? "") &&
      !/^['‘](?:s|em|til|cause|\d0s)\b/.test(text.slice(at, at + 7))
    ) {
      const end = singleEnd(text, at + 1, to);
      if (end !== undefined) {
        out.push({ start: at + 1, end, outerStart: at, outerEnd: end + 1, closed: true });
        at = end + 1;
        continue;
      }
    }
    at++;
  }
}

/** The closing single mark: not within a word, and followed by a space, a mark or the end. */
function singleEnd(text: string, from: number, to: number): number | undefined {
  for (let i = from + 2; i < Math.min(to, from + 400); i++) {
    if (!/['’]/.test(text[i] ?? "")) continue;
    const next = text[i + 1] ?? " ";
    // "protesters' march": a plural possessive is followed by a lower-case word.
    if (
      /[\s.,;:!?)\]—–-]/.test(next) &&
      !(
        text[i - 1] === "s" &&
        /^\s\p{Ll}/u.test(text.slice(i + 1, i + 3)) &&
        !/\d|\p{Ll}/u.test(text[from] ?? "")
      )
    )
      return i;
  }
  return undefined;
}

export function findQuoted(text: string): Quoted[] {
  const out: Quoted[] = [];
  for (const m of text.matchAll(/[^\n]+/g)) inParagraph(text, m.index, m.index + m[0].length, out);
  return out;
}
