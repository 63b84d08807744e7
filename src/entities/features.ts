/**
 * Features of the entity tagger: for each token of a sentence a list of 32-bit hashes. No strings are kept.
 * Templates are those of the named-entity literature (Ratinov & Roth 2009): forms, shapes, affixes, word classes, gazetteers
 * and the company a word keeps in the same sentence; hashes are FNV-1a over template number and value.
 */
import type { WordClasses } from "./word-classes.ts";

/** What the gazetteers know of a token: bits, set for every token of a listed name. */
export const GAZ = {
  country: 1,
  adjective: 2,
  city: 4,
  body: 8,
  office: 16,
  given: 32,
  begin: 64,
  multi: 128,
} as const;

export type FeatureTables = {
  readonly classes: WordClasses | undefined;
  /** Bits of GAZ for each token of a sentence. */
  readonly gazetteer: (forms: readonly string[]) => Uint16Array;
};

const FNV = 0x811c9dc5;
const mix = (h: number, v: number): number => Math.imul(h ^ v, 0x01000193);
function hashText(seed: number, s: string): number {
  let h = seed;
  for (let i = 0; i < s.length; i++) h = mix(h, s.charCodeAt(i));
  return h;
}
/** Finaliser of MurmurHash3: spreads the low bits, which index the table. */
function spread(h: number): number {
  let x = h;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** "McDonald's" → "XxXx'x": runs of one class are cut to one letter, so that length does not matter. */
export function shapeOf(form: string): string {
  let out = "";
  let last = "";
  for (const c of form) {
    const k = /\p{Lu}/u.test(c) ? "X" : /\p{Ll}|\p{Lo}/u.test(c) ? "x" : /\p{N}/u.test(c) ? "9" : c;
    if (k !== last) out += k;
    last = k;
  }
  return form.length === 1 ? `${out}1` : form.length === 2 ? `${out}2` : out;
}

/** Words come again and again: what is costly to find out of one is kept, up to a bound. */
export function memo<T>(find: (form: string) => T, most = 50_000): (form: string) => T {
  const known = new Map<string, T>();
  return (form) => {
    const hit = known.get(form);
    if (hit !== undefined) return hit;
    const value = find(form);
    if (known.size >= most) known.clear();
    known.set(form, value);
    return value;
  };
}

const knownShape = memo(shapeOf);
const isCapital = (form: string): boolean => /^\p{Lu}/u.test(form);

/** Hashes for every token, row by row; `starts[i]` is where token i begins in `hashes`. */
export function sentenceFeatures(
  forms: readonly string[],
  tables: FeatureTables,
): { readonly hashes: Uint32Array; readonly starts: Uint32Array } {
  const n = forms.length;
  const lower = forms.map((f) => f.toLowerCase());
  const shape = forms.map(knownShape);
  const cls = lower.map((w) => tables.classes?.get(w));
  const gaz = tables.gazetteer(forms);
  const letters = forms.filter((f) => /\p{L}/u.test(f));
  const capitals = letters.filter(isCapital).length;
  // Headlines and shouted lines capitalise everything: capitals then mean less, and the tagger must know.
  const style =
    letters.length < 2
      ? 0
      : letters.every((f) => f === f.toUpperCase())
        ? 3
        : capitals / letters.length > 0.7
          ? 2
          : capitals === 0
            ? 1
            : 0;

  const hashes = new Uint32Array(n * 72);
  const starts = new Uint32Array(n + 1);
  let at = 0;
  let template = 0;
  const put = (h: number) => {
    hashes[at++] = spread(mix(h, template));
  };
  const word = (i: number): string => (i < 0 ? "<s>" : i >= n ? "</s>" : (lower[i] ?? ""));
  const num = (v: number): number => mix(mix(FNV, v & 0xffff), v >>> 16);

  for (let i = 0; i < n; i++) {
    starts[i] = at;
    template = 1;
    const text = (value: string) => {
      put(hashText(FNV, value));
      template++;
    };
    const pair = (a: string, b: string) => {
      put(hashText(mix(hashText(FNV, a), 0x1f), b));
      template++;
    };
    const value = (v: number) => {
      put(num(v));
      template++;
    };
    const form = forms[i] ?? "";
    const w = word(i);
    text("");
    text(w);
    text(form);
    text(word(i - 1));
    text(word(i + 1));
    text(word(i - 2));
    text(word(i + 2));
    pair(word(i - 1), w);
    pair(w, word(i + 1));
    pair(word(i - 2), word(i - 1));
    pair(word(i + 1), word(i + 2));
    for (let k = 1; k <= 4; k++) text(w.length > k ? w.slice(0, k) : "-");
    for (let k = 1; k <= 4; k++) text(w.length > k ? w.slice(-k) : "-");
    const sh = (j: number): string => (j < 0 ? "<" : j >= n ? ">" : (shape[j] ?? ""));
    text(sh(i));
    text(sh(i - 1));
    text(sh(i + 1));
    pair(sh(i - 1), sh(i));
    pair(sh(i), sh(i + 1));
    text(`${sh(i - 1)}|${sh(i)}|${sh(i + 1)}`);
    text(`${sh(i - 2)}|${sh(i - 1)}|${sh(i)}`);
    text(`${sh(i)}|${sh(i + 1)}|${sh(i + 2)}`);
    value((i === 0 ? 1 : 0) | (style << 1) | ((isCapital(form) ? 1 : 0) << 4));
    for (let d = -2; d <= 2; d++) {
      const c = cls[i + d];
      template = 40 + d;
      put(num(c ? c.fine : i + d < 0 || i + d >= n ? 5001 : 5000));
      template = 50 + d;
      put(num(c ? c.coarse : i + d < 0 || i + d >= n ? 501 : 500));
      template = 60 + d;
      put(num(gaz[i + d] ?? 0));
    }
    const here = cls[i];
    template = 70;
    value(((here?.capital ?? 14) << 3) | (style << 1) | (isCapital(form) ? 1 : 0));
    value(((here?.coarse ?? 500) << 12) | ((gaz[i] ?? 0) << 2) | (isCapital(form) ? 1 : 0));
    const before = cls[i - 1];
    const after = cls[i + 1];
    value(((before?.coarse ?? 500) << 10) | (here?.coarse ?? 500));
    value(((here?.coarse ?? 500) << 10) | (after?.coarse ?? 500));
    value(((before?.fine ?? 5000) << 1) | (isCapital(form) ? 1 : 0));
    value(((after?.fine ?? 5000) << 1) | (isCapital(form) ? 1 : 0));
    value(((gaz[i - 1] ?? 0) << 9) | (gaz[i] ?? 0));
    value(((gaz[i] ?? 0) << 9) | (gaz[i + 1] ?? 0));
    // The nearest lower-case words on each side tell who is meant: "said Mr X", "X, a town near Y".
    let left = i - 1;
    while (left >= 0 && isCapital(forms[left] ?? "")) left--;
    let right = i + 1;
    while (right < n && isCapital(forms[right] ?? "")) right++;
    pair(word(left), sh(i));
    pair(sh(i), word(right));
    value(Math.min(3, i - left - 1) * 4 + Math.min(3, right - i - 1));
    // The last capitalised word of the run is often the kind: "… University", "… County", "… Corp".
    if (isCapital(form)) {
      text(word(right - 1));
      text(word(left + 1));
    }
  }
  starts[n] = at;
  return { hashes: hashes.subarray(0, at), starts };
}
