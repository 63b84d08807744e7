/**
 * Text → words, within one run of text that holds no sentence knowledge: white-space chunks are cut by rules
 * (token-rules.ts), and a learnt linear model may overrule each cut. Words follow Universal Dependencies v2:
 * punctuation stands alone, clitics are words ("do|n't"), "del" is two words. Offsets are UTF-16, half-open,
 * into the text as given; nothing is normalised. Leaves out languages written without spaces.
 */
import { type TokenRules, tokenRules } from "./token-rules.ts";

export type TextToken = {
  readonly start: number;
  readonly end: number;
  /** Equal to the text between start and end, unless the word comes from a contraction ("del"). */
  readonly form: string;
  /** Number of words of the multiword token that begins here; absent for ordinary words. */
  readonly mwt?: number;
};

/** Learnt weights of the cutter: three scores (join, cut, cut inside a multiword token) per feature bucket. */
export type CutWeights = { readonly bits: number; readonly weights: Int8Array | Float32Array };

/** Between two characters: no cut, a cut between tokens, a cut between the words of one token. */
export type Cut = 0 | 1 | 2;

export const PUNCT = 0;
export const LETTER = 1;
export const DIGIT = 2;
const classCache = new Uint8Array(65536).fill(255);

/** Mark of a place the rules keep together whatever the model thinks: within "U.S.", before the stop of "Gen.". */
const FIRM = 3;

/** Letter (with marks), digit or anything else, by UTF-16 unit; halves of pairs count as punctuation. */
export function charClass(unit: number): number {
  let known = classCache[unit] ?? PUNCT;
  if (known === 255) {
    const char = String.fromCharCode(unit);
    known = /[\p{L}\p{M}]/u.test(char) ? LETTER : /\p{N}/u.test(char) ? DIGIT : PUNCT;
    classCache[unit] = known;
  }
  return known;
}

const PIECES: readonly RegExp[] = [
  /(?:https?:\/\/|www\.)[^\s<>"”»]*[^\s<>"”».,;:!?)\]'’]/uy,
  /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/uy,
  /[@#][\p{L}\p{N}_]+/uy,
  /\p{N}+(?:[.,:/]\p{N}+)*(?:st|nd|rd|th|s)?(?!\p{L})/uy,
  /\p{N}+(?:[.,:/]\p{N}+)*/uy,
  /(?:\p{L}\.){2,}/uy,
  /[\p{L}\p{M}]+\.(?=$|[^\p{L}])/uy,
  /[\p{L}\p{M}\p{N}]+(?:['’`´&][\p{L}\p{M}]+)*/uy,
  /\.{2,}|-{2,}|[!?]{2,}|={2,}|_{2,}|\*{2,}|~{2,}/uy,
  /[:;]-?[()DPp]|<3/uy,
  /\p{Extended_Pictographic}(?:\uFE0F|[\u{1F3FB}-\u{1F3FF}]|\u200D\p{Extended_Pictographic})*/uy,
  /[\s\S]/uy,
];
const INITIALISM = 5;
const ABBREVIATION = 6;
const WORD = 7;

function cutWord(word: string, at: number, rules: TokenRules, marks: Uint8Array): void {
  const splits = rules.splits.get(word.toLowerCase());
  if (splits !== undefined) {
    for (const cut of splits) marks[at + cut] = 2;
    return;
  }
  for (const clitic of rules.clitics) {
    const stem = clitic.exec(word)?.[1];
    if (stem !== undefined) {
      marks[at + stem.length] = 2;
      return;
    }
  }
}

/** The rules' own cuts in one chunk; marks[i] is the cut before the chunk's i-th unit, or FIRM. */
export function ruleCuts(chunk: string, rules: TokenRules, marks: Uint8Array): void {
  let at = 0;
  let hyphenBefore = false;
  while (at < chunk.length) {
    let length = 1;
    let kind = PIECES.length - 1;
    for (let k = 0; k < PIECES.length; k++) {
      const pattern = PIECES[k];
      if (pattern === undefined) continue;
      pattern.lastIndex = at;
      const found = pattern.exec(chunk);
      if (found === null) continue;
      if (k === ABBREVIATION) {
        const word = found[0].toLowerCase();
        const initial = word.length === 2 && /^\p{Lu}/u.test(found[0]);
        if (!initial && !rules.abbreviations.has(word)) continue;
      }
      length = found[0].length;
      kind = k;
      break;
    }
    if (at > 0 && !hyphenBefore) marks[at] = 1;
    hyphenBefore = false;
    const piece = chunk.slice(at, at + length);
    if (kind === INITIALISM || (kind === ABBREVIATION && rules.firm.has(piece.toLowerCase())))
      marks.fill(FIRM, at + 1, at + length);
    if (kind === WORD) cutWord(chunk.slice(at, at + length), at, rules, marks);
    const next = at + length;
    const isWord = kind === WORD || kind === 4 || kind === 3;
    if (
      isWord &&
      chunk[next] === "-" &&
      next + 1 < chunk.length &&
      charClass(chunk.charCodeAt(next + 1)) !== PUNCT
    ) {
      const prefix = rules.prefixes.has(chunk.slice(at, next).toLowerCase());
      if (!rules.splitHyphens || prefix) {
        at = next + 1;
        hyphenBefore = true;
        continue;
      }
    }
    at = next;
  }
}

const MULTIPLIER = 0x9e3779b1;
const mix = (hash: number, value: number): number => {
  const mixed = Math.imul(hash ^ value, MULTIPLIER);
  return mixed ^ (mixed >>> 15);
};

function hashRange(text: string, from: number, to: number, seed: number): number {
  let hash = seed;
  for (let i = from; i < to; i++) {
    let unit = text.charCodeAt(i);
    if (unit >= 65 && unit <= 90) unit += 32;
    hash = mix(hash, unit);
  }
  return hash;
}

/** Buckets of the features of a possible cut before `at`, within the chunk [start, end); -1 ends the list. */
export function cutFeatures(
  text: string,
  start: number,
  end: number,
  at: number,
  rule: number,
  out: Int32Array,
  bits: number,
): number {
  const mask = (1 << bits) - 1;
  let n = 0;
  const put = (kind: number, value: number): void => {
    out[n++] = mix(mix(kind + 77, value), kind) & mask;
  };
  const unit = (i: number): number => (i < start || i >= end ? 0 : text.charCodeAt(i));
  const cls = (i: number): number => (i < start || i >= end ? 3 : charClass(text.charCodeAt(i)));
  const before = unit(at - 1);
  const after = unit(at);
  let left = at - 1;
  while (left > start && cls(left - 1) === cls(at - 1) && cls(left) !== PUNCT) left--;
  let right = at + 1;
  while (right < end && cls(right) === cls(at) && cls(at) !== PUNCT) right++;
  const leftHash = hashRange(text, left, at, 1);
  const rightHash = hashRange(text, at, right, 2);
  const tail = Math.min(end - at, 4);
  const head = Math.min(at - start, 4);
  const around = mix(before, after);
  put(0, rule);
  put(1, mix(rule, around));
  put(2, mix(around, mix(unit(at - 2), unit(at + 1))));
  put(3, mix(around, unit(at - 2)));
  put(4, mix(around, unit(at + 1)));
  put(5, mix(leftHash, after));
  put(6, mix(rightHash, before));
  put(7, mix(leftHash, rightHash));
  put(8, mix(mix(cls(at - 2), cls(at - 1)), mix(cls(at), cls(at + 1))));
  put(9, mix(mix(head, tail), around));
  put(10, mix(leftHash, mix(rule, tail === 1 ? 1 : 0)));
  put(11, mix(rightHash, mix(rule, 3)));
  // The run beyond the punctuation on either side: "e-|mail", "al|-Ani", "U.|S".
  let farther = left - 2;
  while (farther >= start && cls(farther) !== PUNCT) farther--;
  put(12, mix(hashRange(text, Math.max(start, farther + 1), Math.max(start, left - 1), 3), around));
  let beyond = right + 1;
  while (beyond < end && cls(beyond) !== PUNCT) beyond++;
  put(13, mix(hashRange(text, Math.min(end, right + 1), Math.min(end, beyond), 4), around));
  // Shape of the chunk, runs collapsed, and whether it looks like an address.
  let shape = 5;
  let last = -1;
  for (let i = start; i < end && i < start + 40; i++) {
    const kind = cls(i) === PUNCT ? text.charCodeAt(i) + 8 : cls(i);
    if (kind !== last) shape = mix(shape, kind);
    last = kind;
  }
  put(14, mix(shape, Math.min(at - start, 12)));
  const slice = text.slice(start, end);
  const address = slice.includes("@") ? 1 : slice.includes("://") || slice.startsWith("www.") ? 2 : 0;
  put(15, mix(address, mix(rule, around)));
  // What follows the chunk decides whether a last full stop is the sentence's.
  const follower = end + 1 < text.length ? text.charCodeAt(end + 1) : 0;
  const capital = follower !== 0 && /\p{Lu}/u.test(String.fromCharCode(follower)) ? 1 : 0;
  put(16, mix(mix(leftHash, after), mix(tail, follower === 0 ? 2 : capital)));
  put(17, mix(mix(farther < start ? 1 : 0, beyond >= end ? 1 : 0), mix(around, rule)));
  return n;
}

const features = new Int32Array(32);

/** True where a cut is possible at all: the kind of character changes, or either side is punctuation. */
function mayCut(text: string, at: number): boolean {
  const after = text.charCodeAt(at);
  if (after >= 0xdc00 && after <= 0xdfff) return false;
  if (after === 0xfe0f || after === 0x200d) return false;
  const a = charClass(text.charCodeAt(at - 1));
  const b = charClass(after);
  return a !== b || a === PUNCT;
}

/** Whether a learnt model decides about this place (it may be cut, and the rules are not sure). */
export function isOpen(text: string, at: number, mark: number): boolean {
  return mark !== FIRM && mayCut(text, at);
}

function decide(text: string, start: number, end: number, at: number, rule: Cut, model: CutWeights): Cut {
  const count = cutFeatures(text, start, end, at, rule, features, model.bits);
  let join = 0;
  let cut = 0;
  let inner = 0;
  for (let k = 0; k < count; k++) {
    const base = (features[k] ?? 0) * 3;
    join += model.weights[base] ?? 0;
    cut += model.weights[base + 1] ?? 0;
    inner += model.weights[base + 2] ?? 0;
  }
  return inner > cut && inner > join ? 2 : cut > join ? 1 : 0;
}

const isSpace = (unit: number): boolean =>
  unit === 32 ||
  (unit >= 9 && unit <= 13) ||
  unit === 0xa0 ||
  unit === 0x2028 ||
  unit === 0x2029 ||
  unit === 0x3000 ||
  unit === 0xfeff ||
  (unit >= 0x2000 && unit <= 0x200b) ||
  unit === 0x202f ||
  unit === 0x85 ||
  unit === 0x1680 ||
  unit === 0x205f;

const marksBuffer = new Uint8Array(1024);

/** Marks of every unit of one chunk: rules first, then the model where it may have a say. */
export function chunkCuts(
  text: string,
  start: number,
  end: number,
  rules: TokenRules,
  model?: CutWeights,
): Uint8Array {
  const size = end - start;
  const marks = size <= 1024 ? marksBuffer.subarray(0, size).fill(0) : new Uint8Array(size);
  ruleCuts(text.slice(start, end), rules, marks);
  for (let at = start + 1; at < end; at++) {
    const rule = marks[at - start];
    if (rule === FIRM) marks[at - start] = 0;
    else if (model !== undefined && isOpen(text, at, rule ?? 0))
      marks[at - start] = decide(text, start, end, at, rule as Cut, model); // Only ruleCuts wrote here.
  }
  return marks;
}

function pushChunk(
  text: string,
  start: number,
  end: number,
  lang: TokenRules,
  model: CutWeights | undefined,
  out: TextToken[],
): void {
  let plain = true;
  for (let i = start; i < end && plain; i++) plain = charClass(text.charCodeAt(i)) === LETTER;
  if (plain) {
    const form = text.slice(start, end);
    if (!lang.splits.has(form.toLowerCase()) && partsOf(form, lang) === undefined) {
      out.push({ start, end, form });
      return;
    }
  }
  const marks = chunkCuts(text, start, end, lang, model);
  let tokenStart = start;
  let inner: number[] = [];
  for (let at = start + 1; at <= end; at++) {
    const mark = at === end ? 1 : marks[at - start];
    if (mark === 2) inner.push(at);
    if (mark !== 1) continue;
    pushToken(text, tokenStart, at, inner, lang, out);
    tokenStart = at;
    inner = [];
  }
}

/** The words a contraction or a verb with pronouns stands for: "del", "haciéndolo". */
function partsOf(form: string, lang: TokenRules): readonly string[] | undefined {
  const lower = form.toLowerCase();
  const listed = lang.contractions.get(lower);
  if (listed !== undefined) return listed;
  for (const pattern of lang.enclitics) {
    const found = pattern.exec(lower);
    if (found === null) continue;
    const [, verb = "", ...pronouns] = found;
    return [
      verb
        .normalize("NFD")
        .replace(/\u0301/gu, "")
        .normalize("NFC"),
      ...pronouns,
    ];
  }
  return undefined;
}

function pushToken(
  text: string,
  start: number,
  end: number,
  inner: readonly number[],
  lang: TokenRules,
  out: TextToken[],
): void {
  const form = text.slice(start, end);
  const parts = partsOf(form, lang);
  if (parts !== undefined) {
    const upper = form.length > 1 && form === form.toUpperCase();
    // Parts as long as the whole have places of their own ("ver|la"); others share the whole ("del").
    const apart = parts.reduce((sum, part) => sum + part.length, 0) === form.length;
    let from = start;
    parts.forEach((part, k) => {
      const cased = upper
        ? part.toUpperCase()
        : k === 0 && form[0] !== form[0]?.toLowerCase()
          ? capital(part)
          : part;
      const span = apart ? { start: from, end: from + part.length } : { start, end };
      from += part.length;
      out.push(k === 0 ? { ...span, form: cased, mwt: parts.length } : { ...span, form: cased });
    });
    return;
  }
  if (inner.length === 0) {
    out.push({ start, end, form });
    return;
  }
  const bounds = [start, ...inner, end];
  for (let k = 0; k + 1 < bounds.length; k++) {
    const from = bounds[k] ?? start;
    const to = bounds[k + 1] ?? end;
    const word = { start: from, end: to, form: text.slice(from, to) };
    out.push(k === 0 ? { ...word, mwt: bounds.length - 1 } : word);
  }
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Words of the text between two offsets. tokenize("He didn't.", "en") → He, did, n't, . */
export function tokenize(
  text: string,
  lang: string,
  model?: CutWeights,
  from = 0,
  to = text.length,
): TextToken[] {
  const rules = tokenRules(lang);
  const out: TextToken[] = [];
  let at = from;
  while (at < to) {
    while (at < to && isSpace(text.charCodeAt(at))) at++;
    const start = at;
    while (at < to && !isSpace(text.charCodeAt(at))) at++;
    if (at > start) pushChunk(text, start, at, rules, model, out);
  }
  return out;
}
