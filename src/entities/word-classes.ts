/**
 * Word classes for the entity tagger: for frequent English words, a fine and a coarse class (k-means over published word
 * vectors) and how often the word is written with a capital in running news text. What a tagger cannot learn from a small
 * treebank, that "Bratislava" behaves like "Warsaw", it learns from these.
 *
 * File: JSON header line, then the words joined by newlines, then Uint16 fine classes, Uint8 coarse classes, Uint8 shares.
 */

export type WordClass = {
  readonly fine: number;
  readonly coarse: number;
  /** Share of occurrences inside sentences that begin with a capital, in tenths 0–10; 15 when unknown. */
  readonly capital: number;
};

export type WordClasses = {
  get(lower: string): WordClass | undefined;
  readonly size: number;
  readonly words: readonly string[];
};
/** The fine class of a form as it stands in a text. */
export type ClassOf = (form: string) => number | undefined;

export const UNKNOWN_CAPITAL = 15;

export function loadWordClasses(bytes: Uint8Array): WordClasses {
  const newline = bytes.indexOf(10);
  if (newline < 0) throw new SyntaxError("Word classes have no header line");
  const decoder = new TextDecoder();
  const header: { readonly words: number; readonly wordBytes: number } = JSON.parse(
    decoder.decode(bytes.subarray(0, newline)),
  );
  let at = newline + 1;
  const words = decoder.decode(bytes.subarray(at, at + header.wordBytes)).split("\n");
  at += header.wordBytes;
  const n = header.words;
  if (words.length !== n || bytes.length < at + 4 * n) throw new RangeError("Word classes are cut short");
  const view = new DataView(bytes.buffer, bytes.byteOffset + at);
  const index = new Map<string, number>();
  for (let i = 0; i < n; i++) index.set(words[i] ?? "", i);
  return {
    size: n,
    words,
    get: (lower) => {
      // "corp." is "corp".
      const i = index.get(lower) ?? (lower.endsWith(".") ? index.get(lower.slice(0, -1)) : undefined);
      if (i === undefined) return undefined;
      return {
        fine: view.getUint16(2 * i, true),
        coarse: view.getUint8(2 * n + i),
        capital: view.getUint8(3 * n + i),
      };
    },
  };
}

export function saveWordClasses(rows: readonly (readonly [string, WordClass])[]): Uint8Array {
  const encoder = new TextEncoder();
  const words = encoder.encode(rows.map((r) => r[0]).join("\n"));
  const header = encoder.encode(`${JSON.stringify({ words: rows.length, wordBytes: words.length })}\n`);
  const out = new Uint8Array(header.length + words.length + 4 * rows.length);
  out.set(header);
  out.set(words, header.length);
  const view = new DataView(out.buffer, header.length + words.length);
  rows.forEach(([, c], i) => {
    view.setUint16(2 * i, c.fine, true);
    view.setUint8(2 * rows.length + i, c.coarse);
    view.setUint8(3 * rows.length + i, c.capital);
  });
  return out;
}
