/** What the reading of quotations works on: the article's words, marks, names and units of speech, and the drafts it makes. */
import type { Gender } from "../lang/en/given-names.ts";
import type { Cue } from "../lang/en/reporting.ts";
import type { Span, Stance } from "../model/index.ts";
import type { FactContext, FactInput } from "./input.ts";
import type { Quoted } from "./quote-marks.ts";
import type { WordsView } from "./quote-subject.ts";
import type { Names, Speaker } from "./speakers.ts";
import type { Tree } from "./tree.ts";

export type CueAt = { readonly at: number; readonly end: number; readonly cue: Cue; readonly words: string };
export type Draft = {
  readonly span: Span;
  readonly speaker?: Speaker | undefined;
  readonly cue?: CueAt | undefined;
  readonly stance: Stance;
  readonly via?: string | undefined;
  readonly rule: string;
};
/** A stretch that a newsroom relays in its own voice: "…, the agency reported". */
export type Relay = { readonly span: Span; readonly via: string };

export type Unit = {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
  readonly paragraph: number;
};

export type Scene = {
  readonly input: FactInput;
  readonly context: FactContext;
  readonly view: WordsView;
  readonly names: Names;
  readonly quoted: readonly Quoted[];
  readonly speech: readonly Quoted[];
  /** Per sentence; undefined where there is no parse. */
  readonly trees: readonly (Tree | undefined)[];
};

export const wordCount = (text: string): number =>
  text.split(/\s+/).filter((w) => /[\p{L}\p{N}]/u.test(w)).length;

/** Marks that hold speech, not a phrase: they open a clause after a comma, a colon or nothing, or hold a whole sentence. */
export function isSpeech(text: string, q: Quoted): boolean {
  const inside = text.slice(q.start, q.end).trim();
  const count = wordCount(inside);
  const before = text
    .slice(Math.max(0, q.outerStart - 3), q.outerStart)
    .trimEnd()
    .slice(-1);
  const atStart =
    q.outerStart === 0 || /[\n]\s*$/.test(text.slice(Math.max(0, q.outerStart - 3), q.outerStart));
  const opens = atStart || /[,:.!?”"]/.test(before);
  if (/[‘']/.test(text[q.outerStart] ?? "") && count < 6) return false;
  if (opens && count >= 3) return true;
  if (
    opens &&
    count >= 1 &&
    /^[\p{Lu}[]/u.test(inside) &&
    /[,.!?]$/.test(inside) &&
    /^.?\s*(?:\p{Lu}\p{L}+ )?(?:he |she |they )?(?:said|says|told|asked|added)/u.test(
      text.slice(q.end, q.end + 40),
    )
  )
    return true;
  return count >= 8 && /^[\p{Lu}[]/u.test(inside) && /[.!?]$/.test(inside);
}

const SAID =
  "(?:said|says|asked|asks|replied|replies|wrote|writes|tweeted|tweets|added|adds|answered|answers|pressed|responded|responds|continued|continues|shouted|yelled|chanted|exclaimed|declared|declares|told)";
const WHO =
  "(?:(?:\\p{Lu}[\\p{L}\\p{M}'’.-]*)(?: (?:\\p{Lu}[\\p{L}\\p{M}'’.-]*|al|bin|de|van|von|el))*|he|she|they|the \\p{Ll}+(?: \\p{Ll}+)?)";
const ATTRIBUTION = new RegExp(
  `^\\s*${WHO} (?:\\p{Ll}+ly |also |again |later |then |once )?${SAID}\\b(?<rest>[^\\n]*)`,
  "u",
);

/**
 * “Is it safe?” Bell asked the mayor. — what stands after closed speech is only who said it: a name, a verb, and at most
 * whom, when and how. After a full stop the verb must end the sentence or be followed by a comma or a preposition.
 */
export function isAttribution(text: string, from: number, to: number, mark: string): boolean {
  const m = ATTRIBUTION.exec(text.slice(from, to));
  if (m === null) return false;
  const rest = m.groups?.["rest"] ?? "";
  if (/^[“"]|[“"]/.test(rest)) return /^[.,]/.test(rest);
  return mark === "."
    ? /^(?:[.,]|$| (?:in|on|at|during|after|via|through|later|again)\b)/.test(rest) && wordCount(rest) <= 12
    : !/^ (?:that|he|she|it|they|we|there|if|whether|why|how|what|for|to|of)\b/.test(rest);
}

/** Sentences, joined where speech runs over their ends, and with who said it where that stands as a sentence of its own. */
export function unitsOf(scene: Scene): Unit[] {
  const { context, speech } = scene;
  const units: Unit[] = [];
  let at = 0;
  for (const sentence of context.sentences) {
    while (at < context.words.length && (context.words[at]?.start ?? 0) < sentence.start) at++;
    const from = at;
    while (at < context.words.length && (context.words[at]?.start ?? 0) < sentence.end) at++;
    if (from === at) continue;
    const last = units.at(-1);
    const cut = speech.some((q) => q.outerStart < sentence.start && q.outerEnd > sentence.start + 1);
    const before = speech.find(
      (q) => q.closed && q.outerEnd <= sentence.start + 1 && q.outerEnd >= sentence.start - 2,
    );
    const told =
      before !== undefined &&
      isAttribution(
        context.text,
        Math.max(before.outerEnd, sentence.start),
        sentence.end,
        context.text[before.end - 1] ?? "",
      );
    if (last !== undefined && (cut || told) && last.paragraph === sentence.paragraph)
      units[units.length - 1] = { ...last, to: at, end: sentence.end };
    else
      units.push({ from, to: at, start: sentence.start, end: sentence.end, paragraph: sentence.paragraph });
  }
  return units;
}

export type Memory = {
  person?: Speaker;
  personAt?: number;
  body?: Speaker;
  plural?: Speaker;
  /** The woman and the man who spoke last. */
  last?: { readonly [G in Gender]?: Speaker };
  /** Who was "he" or "she" before, by name. */
  readonly genders: Map<string, Gender>;
};

export function trimSpan(text: string, start: number, end: number): Span {
  let s = start;
  let e = end;
  while (s < e && /[\s,:;—–]/.test(text[s] ?? "")) s++;
  while (e > s && /[\s,;:—–]/.test(text[e - 1] ?? "")) e--;
  if (text[e - 1] === "." && !/\p{Lu}\.\p{Lu}?\.?$/u.test(text.slice(Math.max(s, e - 5), e))) e--;
  return { start: s, end: e };
}

/** Speech cut at the ends of its sentences. */
export function pieces(scene: Scene, q: Quoted): Span[] {
  const { text } = scene.context;
  const cuts = scene.context.sentences.map((s) => s.start).filter((at) => at > q.start + 2 && at < q.end - 2);
  const inner: number[] = [...cuts];
  for (const m of text.slice(q.start, q.end).matchAll(/[.!?…]["”’]?\s+(?=["“‘]?\p{Lu})/gu)) {
    const at = q.start + m.index + m[0].length;
    const before = text.slice(Math.max(q.start, at - 12), at);
    if (/\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Sen|Rep|Gov|St|U\.S|U\.N|U\.K|No|vs|\p{Lu})\.\s*$/u.test(before)) continue;
    if (!inner.some((c) => Math.abs(c - at) < 4)) inner.push(at);
  }
  const edges = [q.start, ...inner.sort((a, b) => a - b), q.end];
  const spans: Span[] = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    let s = edges[i] ?? 0;
    let e = edges[i + 1] ?? 0;
    while (s < e && /\s/.test(text[s] ?? "")) s++;
    while (e > s && /[\s,]/.test(text[e - 1] ?? "")) e--;
    if (e - s > 1) spans.push({ start: s, end: e });
  }
  return spans;
}
