/**
 * Features of the entity tagger: for each token of a sentence a list of 32-bit hashes. No strings are kept.
 * Templates are those of the named-entity literature (Ratinov & Roth 2009): forms, shapes, affixes, word classes, gazetteers
 * and the company a word keeps in the same sentence; hashes are FNV-1a over template number and value. The same pass gives
 * the traits of each word, the bits that the head of the network (head.ts) is told beside the parser's states.
 */
import { NAME, type NameWords } from "./name-words.ts";
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
  /** What the lists of names (name-words.ts) say of a lower-cased word; absent where there are no lists. */
  readonly names?: NameWords | undefined;
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
export function memo<T, K = string>(find: (form: K) => T, most = 50_000): (form: K) => T {
  const known = new Map<K, T>();
  return (form) => {
    const hit = known.get(form);
    if (hit !== undefined) return hit;
    const value = find(form);
    if (known.size >= most) known.clear();
    known.set(form, value);
    return value;
  };
}

/** What is true of a form wherever it stands; found once for each. */
export type FormFacts = {
  /** Hashes of the lower-cased word, of the form and of its shape. */
  readonly word: number;
  readonly form: number;
  readonly shape: number;
  /** Hashes of the first one to four letters, then of the last one to four. */
  readonly affixes: Uint32Array;
  readonly capital: boolean;
  readonly letters: boolean;
  readonly upper: boolean;
  readonly mixed: boolean;
  readonly fine: number;
  readonly coarse: number;
  readonly share: number;
  readonly known: boolean;
  /** Bits of GAZ (country to body) of the form with a capital, for forms without one. */
  readonly raised: number;
  /** Bits of NAME. */
  readonly names: number;
};

const NO_CLASS = { fine: 5000, coarse: 500, capital: 14 };

/** Given name, name of a person, word of a firm's name. */
const nameBits = (bits: number): number =>
  ((bits & (NAME.woman | NAME.man)) !== 0 ? 1 : 0) |
  ((bits & NAME.person) !== 0 ? 2 : 0) |
  ((bits & NAME.firm) !== 0 ? 4 : 0);

function factsOf(form: string, tables: FeatureTables): FormFacts {
  const lower = form.toLowerCase();
  const affixes = new Uint32Array(8);
  const none = hashText(FNV, "-");
  for (let k = 1; k <= 4; k++) {
    affixes[k - 1] = lower.length > k ? hashText(FNV, lower.slice(0, k)) : none;
    affixes[k + 3] = lower.length > k ? hashText(FNV, lower.slice(-k)) : none;
  }
  const found = tables.classes?.get(lower);
  const { fine, coarse, capital: share } = found ?? NO_CLASS;
  const letters = /\p{L}/u.test(form);
  const upper = form === form.toUpperCase();
  return {
    word: hashText(FNV, lower),
    form: hashText(FNV, form),
    shape: hashText(FNV, shapeOf(form)),
    affixes,
    capital: /^\p{Lu}/u.test(form),
    letters,
    upper,
    mixed: !upper && form.slice(1) !== lower.slice(1),
    fine,
    coarse,
    share,
    known: found !== undefined,
    raised: /^\p{Ll}/u.test(form)
      ? (tables.gazetteer([form.charAt(0).toUpperCase() + form.slice(1)])[0] ?? 0) & 15
      : 0,
    names: nameBits(tables.names?.(lower) ?? 0),
  };
}

const factTables = new WeakMap<FeatureTables, (form: string) => FormFacts>();
export function formFacts(tables: FeatureTables): (form: string) => FormFacts {
  const known = factTables.get(tables);
  if (known) return known;
  const made = memo((form) => factsOf(form, tables));
  factTables.set(tables, made);
  return made;
}

/** How a line is capitalised, for capitals mean less in headlines: 0 as in prose, 1 not at all, 2 most words, 3 shouted. */
function styleOf(facts: readonly FormFacts[]): number {
  let letters = 0;
  let capitals = 0;
  let shouted = true;
  for (const f of facts) {
    if (!f.letters) continue;
    letters++;
    if (f.capital) capitals++;
    if (!f.upper) shouted = false;
  }
  if (letters < 2) return 0;
  return shouted ? 3 : capitals / letters > 0.7 ? 2 : capitals === 0 ? 1 : 0;
}

const edge = (name: string): FormFacts => ({
  word: hashText(FNV, name),
  form: hashText(FNV, name),
  shape: hashText(FNV, name),
  affixes: new Uint32Array(8),
  capital: false,
  letters: false,
  upper: false,
  mixed: false,
  fine: 5001,
  coarse: 501,
  share: 14,
  known: false,
  raised: 0,
  names: 0,
});
const START = edge("<s>");
const END = edge("</s>");

/** Hashes for every token, row by row; `starts[i]` is where token i begins in `hashes`. */
export type SentenceFeatures = {
  readonly hashes: Uint32Array;
  readonly starts: Uint32Array;
  /** Traits of each word (TRAITS bits), for the head of the network. */
  readonly traits: Uint32Array;
};

/** Bits of a trait mask; the last ones tell in training which set a sentence comes from, and are 0 at run time. */
export const TRAITS = 32;
export const TRAIT_OF_SET = 28;

export function sentenceFeatures(forms: readonly string[], tables: FeatureTables): SentenceFeatures {
  const n = forms.length;
  const find = formFacts(tables);
  const facts = forms.map(find);
  const gaz = tables.gazetteer(forms);
  const style = styleOf(facts);
  const hashes = new Uint32Array(n * 88);
  const starts = new Uint32Array(n + 1);
  const traits = new Uint32Array(n);
  let at = 0;
  let template = 0;
  /** One feature; its template is the next number. */
  const put = (h: number) => {
    hashes[at++] = spread(mix(h, template++));
  };
  const pair = (a: number, b: number) => put(mix(mix(a, 0x1f), b));
  const num = (v: number): number => mix(mix(FNV, v & 0xffff), v >>> 16);
  const of = (i: number): FormFacts => (i < 0 ? START : i >= n ? END : (facts[i] ?? END));

  for (let i = 0; i < n; i++) {
    starts[i] = at;
    template = 1;
    const [b2, b1, here, a1, a2] = [of(i - 2), of(i - 1), of(i), of(i + 1), of(i + 2)];
    const capital = here.capital ? 1 : 0;
    put(FNV);
    put(here.word);
    put(here.form);
    put(b1.word);
    put(a1.word);
    put(b2.word);
    put(a2.word);
    pair(b1.word, here.word);
    pair(here.word, a1.word);
    pair(b2.word, b1.word);
    pair(a1.word, a2.word);
    for (let k = 0; k < 8; k++) put(here.affixes[k] ?? 0);
    put(here.shape);
    put(b1.shape);
    put(a1.shape);
    pair(b1.shape, here.shape);
    pair(here.shape, a1.shape);
    pair(mix(b1.shape, here.shape), a1.shape);
    pair(mix(b2.shape, b1.shape), here.shape);
    pair(mix(here.shape, a1.shape), a2.shape);
    put(num((i === 0 ? 1 : 0) | (style << 1) | (capital << 4)));
    for (let d = -2; d <= 2; d++) {
      const c = of(i + d);
      template = 40 + d;
      put(num(c.fine));
      template = 50 + d;
      put(num(c.coarse));
      template = 60 + d;
      put(num(gaz[i + d] ?? 0));
      template = 80 + d;
      put(num((c.names << 1) | (c.capital ? 1 : 0)));
    }
    template = 90;
    put(num((b1.names << 4) | (here.names << 1) | capital));
    put(num((here.names << 4) | (a1.names << 1) | capital));
    put(num((here.names << 10) | here.coarse));
    put(num((here.names << 12) | (style << 10) | ((gaz[i] ?? 0) << 1) | capital));
    template = 70;
    const own = gaz[i] ?? 0;
    put(num((here.share << 3) | (style << 1) | capital));
    put(num((here.coarse << 12) | (own << 2) | capital));
    put(num((b1.coarse << 10) | here.coarse));
    put(num((here.coarse << 10) | a1.coarse));
    put(num((b1.fine << 1) | capital));
    put(num((a1.fine << 1) | capital));
    put(num(((gaz[i - 1] ?? 0) << 9) | own));
    put(num((own << 9) | (gaz[i + 1] ?? 0)));
    // The nearest lower-case words on each side tell who is meant: "said Mr X", "X, a town near Y".
    let left = i - 1;
    while (left >= 0 && of(left).capital) left--;
    let right = i + 1;
    while (right < n && of(right).capital) right++;
    pair(of(left).word, here.shape);
    pair(here.shape, of(right).word);
    put(num(Math.min(3, i - left - 1) * 4 + Math.min(3, right - i - 1)));
    // The last capitalised word of the run is often the kind: "… University", "… County", "… Corp".
    if (capital) {
      put(of(right - 1).word);
      put(of(left + 1).word);
    }
    const { share } = here;
    traits[i] =
      (own & 255) |
      (here.raised << 8) |
      (share <= 10
        ? (share >= 3 ? 1 << 12 : 0) | (share >= 6 ? 1 << 13 : 0) | (share >= 9 ? 1 << 14 : 0)
        : 1 << 15) |
      (here.known ? 0 : 1 << 16) |
      (capital << 17) |
      (here.upper && here.letters && (forms[i] ?? "").length > 1 ? 1 << 18 : 0) |
      (here.mixed ? 1 << 19 : 0) |
      (1 << (20 + style)) |
      (i === 0 ? 1 << 24 : 0) |
      (here.names << 25);
  }
  starts[n] = at;
  return { hashes: hashes.subarray(0, at), starts, traits };
}
