/**
 * Text → sentences of words. Blank lines always end a sentence; single line breaks do unless the text looks
 * hard-wrapped; elsewhere rules (full stops, abbreviations, initials, quotation marks, what follows) decide, and
 * a learnt linear model takes over when its weights are given. Every offset points into the text as given.
 */
import { type TokenRules, tokenRules } from "./token-rules.ts";
import { type CutWeights, charClass, LETTER, PUNCT, type TextToken, tokenize } from "./tokens.ts";

export type TextSentence = {
  readonly start: number;
  readonly end: number;
  readonly paragraph: number;
  readonly tokens: readonly TextToken[];
};
export type TokenizedText = { readonly sentences: readonly TextSentence[] };

/** Learnt weights: one score per feature bucket; a sum above zero ends the sentence. */
export type EndWeights = { readonly bits: number; readonly weights: Int8Array | Float32Array };
export type SegmenterWeights = { readonly cuts: CutWeights; readonly ends: EndWeights };

const STOP = /^(?:[.!?…。！？]+|[!?]+\.*)$/u;
const CLOSER = /^["'”’»)\]]+$/u;
const OPENER = /^["'“‘«([]/u;
const UPPER = /^\p{Lu}/u;

/** The rules' opinion on whether tokens[at] ends a sentence. */
export function ruleEnds(
  tokens: readonly TextToken[],
  at: number,
  titles: ReadonlySet<string>,
  abbreviations: ReadonlySet<string>,
): boolean {
  const token = tokens[at];
  const next = tokens[at + 1];
  if (token === undefined || next === undefined) return true;
  if (next.start === token.end && !STOP.test(token.form)) return false;
  if (CLOSER.test(next.form) && next.start === token.end) return false;
  let last = token;
  let back = at;
  while (CLOSER.test(last.form) && back > 0) {
    const previous = tokens[back - 1];
    if (previous === undefined || previous.end !== last.start) break;
    last = previous;
    back--;
  }
  let following = next;
  if (OPENER.test(following.form)) following = tokens[at + 2] ?? following;
  const capital = UPPER.test(following.form) || /^\p{N}/u.test(following.form) || OPENER.test(following.form);
  if (STOP.test(last.form)) {
    if (last.form.startsWith(".") && back === at) return capital || /^[-–—•*]/u.test(following.form);
    return capital;
  }
  if (back === at && last.form.length > 2 && last.form.endsWith(".")) {
    const lower = last.form.toLowerCase();
    return abbreviations.has(lower) && !titles.has(lower) && UPPER.test(next.form);
  }
  return false;
}

const DAY_OR_ZONE =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec|e[sd]?t|gmt|utc|local|on|in)/iu;

/** Places no model may end a sentence at: after a title, after an abbreviation before a small letter, within a time. */
export function neverEnds(tokens: readonly TextToken[], at: number, rules: TokenRules): boolean {
  const token = tokens[at];
  const next = tokens[at + 1];
  if (token === undefined || next === undefined || token.form.length < 2 || !token.form.endsWith("."))
    return false;
  if (/^\.+$/u.test(token.form)) return false;
  const lower = token.form.toLowerCase();
  if (rules.titles.has(lower) && rules.firm.has(lower)) return true;
  if (/^\p{Ll}/u.test(next.form)) return true;
  return /^[ap]\.m\.$/u.test(lower) && DAY_OR_ZONE.test(next.form);
}

const mix = (hash: number, value: number): number => {
  const mixed = Math.imul(hash ^ value, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
};

function lowerHash(form: string): number {
  let hash = 11;
  for (let i = 0; i < form.length; i++) {
    const unit = form.charCodeAt(i);
    hash = mix(hash, unit >= 65 && unit <= 90 ? unit + 32 : unit >= 48 && unit <= 57 ? 48 : unit);
  }
  return hash;
}

/** Capital, lower, digit, or the punctuation itself, with length for short words. */
function shapeOf(token: TextToken | undefined): number {
  if (token === undefined) return 1;
  const unit = token.form.charCodeAt(0);
  const kind = charClass(unit);
  if (kind === PUNCT) return 100 + unit;
  if (kind !== LETTER) return 2;
  const first = UPPER.test(token.form);
  const rest = token.form.length > 1 && token.form.slice(1) !== token.form.slice(1).toLowerCase();
  const stop = token.form.endsWith(".") ? 20 : 0;
  return (first ? (rest ? 5 : 4) : 3) + stop + (token.form.length === 1 ? 10 : 0);
}

/** Buckets of the features for "a sentence ends after tokens[at]"; `first` is where the sentence began. */
export function endFeatures(
  tokens: readonly TextToken[],
  at: number,
  first: number,
  rule: boolean,
  lineBreak: boolean,
  out: Int32Array,
  bits: number,
): number {
  const mask = (1 << bits) - 1;
  let n = 0;
  const put = (kind: number, value: number): void => {
    out[n++] = mix(mix(kind + 501, value), kind) & mask;
  };
  const token = tokens[at];
  const next = tokens[at + 1];
  const hash = (k: number): number => lowerHash(tokens[k]?.form ?? "");
  const spaced = token !== undefined && next !== undefined && next.start > token.end ? 1 : 0;
  const length = Math.min(at - first + 1, 40);
  const bucket = length < 4 ? length : length < 8 ? 5 : length < 16 ? 6 : length < 30 ? 7 : 8;
  const ruled = (rule ? 1 : 0) + (lineBreak ? 4 : 0);
  const s0 = shapeOf(token);
  const s1 = shapeOf(next);
  const s2 = shapeOf(tokens[at + 2]);
  const sb = at > first ? shapeOf(tokens[at - 1]) : 0;
  const h0 = hash(at);
  const h1 = hash(at + 1);
  let quotes = 0;
  let brackets = 0;
  for (let k = first; k <= at; k++) {
    const form = tokens[k]?.form;
    if (form === '"' || form === "“" || form === "”") quotes++;
    if (form === "(" || form === "[") brackets++;
    if (form === ")" || form === "]") brackets--;
  }
  put(0, ruled);
  put(1, mix(h0, spaced));
  put(2, mix(h1, spaced));
  put(3, mix(h0, h1));
  put(4, mix(h0, s1));
  put(5, mix(s0, h1));
  put(6, mix(mix(s0, s1), spaced));
  put(7, mix(mix(sb, s0), mix(s1, s2)));
  put(8, mix(mix(s0, s1), bucket));
  put(9, mix(mix(ruled, spaced), bucket));
  put(10, mix(mix(s0, s1), hash(at + 2)));
  put(11, mix(at > first ? hash(at - 1) : 0, mix(h0, s1)));
  put(12, mix(ruled, mix(quotes & 1, Math.sign(brackets))));
  put(13, mix(mix(h0, s1), bucket));
  put(14, mix(mix(s0, h1), bucket));
  put(15, mix(hash(at + 1), hash(at + 2)));
  put(16, mix(mix(s0, s1), mix(sb, bucket)));
  put(17, mix(hash(first), mix(s0, s1)));
  put(18, mix(mix(s0, s1), mix(s2, shapeOf(tokens[at + 3]))));
  put(19, mix(mix(quotes & 1, s0), s1));
  put(20, mix(mix(h0, spaced), mix(s1, s2)));
  return n;
}

const features = new Int32Array(32);

function modelEnds(
  tokens: readonly TextToken[],
  at: number,
  first: number,
  rule: boolean,
  lineBreak: boolean,
  model: EndWeights,
): boolean {
  const count = endFeatures(tokens, at, first, rule, lineBreak, features, model.bits);
  let sum = 0;
  for (let k = 0; k < count; k++) sum += model.weights[features[k] ?? 0] ?? 0;
  return sum > 0;
}

type Block = { readonly start: number; readonly end: number };

/** Paragraphs: parted by blank lines. */
function paragraphsOf(text: string): Block[] {
  const blocks: Block[] = [];
  const gap = /\r?\n[^\S\n]*(?:\r?\n\s*)+|\u2029/gu;
  let start = 0;
  for (const found of text.matchAll(gap)) {
    blocks.push({ start, end: found.index });
    start = found.index + found[0].length;
  }
  blocks.push({ start, end: text.length });
  return blocks.filter((block) => /\S/u.test(text.slice(block.start, block.end)));
}

/** A line cut where something ends that is no part of what follows: a dateline before the first sentence of a report. */
function cutAt(line: Block, breaks: readonly number[]): Block[] {
  const inside = breaks.filter((at) => at > line.start && at < line.end).sort((a, b) => a - b);
  return [line.start, ...inside].map((start, k) => ({ start, end: inside[k] ?? line.end }));
}

/** Lines of a paragraph that stand for themselves; hard-wrapped lines (65 to 90 wide) are joined again. */
function linesOf(text: string, block: Block): Block[] {
  const lines: Block[] = [];
  let start = block.start;
  let lineStart = block.start;
  for (let at = block.start; at < block.end; at++) {
    if (text.charCodeAt(at) !== 10 && text.charCodeAt(at) !== 0x2028) continue;
    const width = at - lineStart;
    const after = text
      .slice(at + 1, at + 3)
      .trimStart()
      .charAt(0);
    const wrapped =
      width >= 55 && width <= 95 && !/[.!?:…"”]\s*$/u.test(text.slice(at - 3, at)) && !/[-–—•*]/u.test(after);
    lineStart = at + 1;
    if (
      wrapped ||
      (after !== "" &&
        after === after.toLowerCase() &&
        after !== after.toUpperCase() &&
        !/[.!?:]\s*$/u.test(text.slice(at - 3, at)))
    )
      continue;
    lines.push({ start, end: at });
    start = at + 1;
  }
  lines.push({ start, end: block.end });
  return lines;
}

/**
 * Sentences with their words. tokenizeText("It rained. Nobody came.", "en").sentences.length → 2. A sentence ends at every
 * offset of `breaks`, whatever stands there.
 */
export function tokenizeText(
  text: string,
  lang: string,
  weights?: SegmenterWeights,
  breaks: readonly number[] = [],
): TokenizedText {
  const rules = tokenRules(lang);
  const sentences: TextSentence[] = [];
  paragraphsOf(text).forEach((block, paragraph) => {
    for (const line of linesOf(text, block).flatMap((l) => cutAt(l, breaks))) {
      const tokens = tokenize(text, lang, weights?.cuts, line.start, line.end);
      let first = 0;
      for (let at = 0; at < tokens.length; at++) {
        const token = tokens[at];
        const start = tokens[first]?.start;
        if (token === undefined || start === undefined) continue;
        const next = tokens[at + 1];
        const inside = next !== undefined && next.start < token.end;
        const sameToken = next !== undefined && partOfMultiword(tokens, at);
        if (at + 1 < tokens.length) {
          if (inside || sameToken || neverEnds(tokens, at, rules)) continue;
          const rule = ruleEnds(tokens, at, rules.titles, rules.abbreviations);
          const ends = weights === undefined ? rule : modelEnds(tokens, at, first, rule, false, weights.ends);
          if (!ends && at - first < 249) continue;
        }
        sentences.push({ start, end: token.end, paragraph, tokens: tokens.slice(first, at + 1) });
        first = at + 1;
      }
    }
  });
  return { sentences };
}

/** Whether the words at and after `at` belong to one multiword token. */
function partOfMultiword(tokens: readonly TextToken[], at: number): boolean {
  for (let back = 0; back < 4 && at - back >= 0; back++) {
    const size = tokens[at - back]?.mwt;
    if (size !== undefined) return size > back + 1;
  }
  return false;
}

/** Spans of the sentences only. */
export function splitSentences(
  text: string,
  lang: string,
  weights?: SegmenterWeights,
): { start: number; end: number }[] {
  return tokenizeText(text, lang, weights).sentences.map(({ start, end }) => ({ start, end }));
}
