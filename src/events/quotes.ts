/**
 * Article and document → quotations: direct, indirect and mixed, with speaker, cue, stance and the newsroom through which
 * they are relayed. Rules over words, quotation marks and reporting verbs, after the usual patterns of English news
 * (O'Keefe et al. 2012; Pavllo et al. 2018, in spirit). One span per sentence of a running quotation. A newsroom that
 * relays is `via`, never a speaker. Leaves out thoughts, and speech told without any reporting verb or mark.
 */

import { CUES, type Cue, PERSON_PRONOUNS, PRONOUNS } from "../lang/en/reporting.ts";
import { EN_TIMES } from "../lang/en/times.ts";
import type { Quote, Span, Stance } from "../model/index.ts";
import { type FactContext, type FactInput, factContext, sentenceSpan } from "./input.ts";
import { findQuoted, type Quoted } from "./quote-marks.ts";
import { type Range, subjectAfter, subjectBefore, type WordsView } from "./quote-subject.ts";
import { collectNames, isNewsroom, type Names, type Speaker, speakerFrom } from "./speakers.ts";

type CueAt = { readonly at: number; readonly end: number; readonly cue: Cue; readonly words: string };
type Draft = {
  readonly span: Span;
  readonly speaker?: Speaker | undefined;
  readonly cue?: CueAt | undefined;
  readonly stance: Stance;
  readonly via?: string | undefined;
  readonly rule: string;
};
/** A stretch that a newsroom relays in its own voice: "…, the agency reported". */
export type Relay = { readonly span: Span; readonly via: string };

type Unit = {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
  readonly paragraph: number;
};

type Scene = {
  readonly input: FactInput;
  readonly context: FactContext;
  readonly view: WordsView;
  readonly names: Names;
  readonly quoted: readonly Quoted[];
  readonly speech: readonly Quoted[];
};

const wordCount = (text: string): number => text.split(/\s+/).filter((w) => /[\p{L}\p{N}]/u.test(w)).length;

/** Marks that hold speech, not a phrase: they open a clause after a comma, a colon or nothing, or hold a whole sentence. */
function isSpeech(text: string, q: Quoted): boolean {
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

/** Sentences, joined where speech runs over their ends. */
function unitsOf(scene: Scene): Unit[] {
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
    if (last !== undefined && cut && last.paragraph === sentence.paragraph)
      units[units.length - 1] = { ...last, to: at, end: sentence.end };
    else
      units.push({ from, to: at, start: sentence.start, end: sentence.end, paragraph: sentence.paragraph });
  }
  return units;
}

const AFTER_NOUN =
  /^(?:that|the|a|an|he|she|it|they|we|his|her|its|their|there|no|any|to|this|these|those|[“"‘])$/;
const NOUNISH =
  /^(?:the|a|an|his|her|its|their|our|my|of|new|no|any|some|this|these|that|such|first|latest|public|repeated|official|initial|early|news|media|recent|false|similar|earlier|by|for|in|with|on|despite|from|to|into|other|more|multiple|several|many)$/;

function cuesIn(scene: Scene, unit: Unit): CueAt[] {
  const { words } = scene.context;
  const { view } = scene;
  const found: CueAt[] = [];
  for (let i = unit.from; i < unit.to; i++) {
    const word = words[i];
    if (word === undefined || word.kind !== "word" || view.inSpeech(i)) continue;
    const phrase = phraseCue(scene, i, unit.to);
    if (phrase !== undefined) {
      found.push(phrase);
      i = phrase.end - 1;
      continue;
    }
    let cue = CUES.get(word.lower);
    if (cue === undefined) continue;
    // "Said Kouachi": a name, unless the line is a headline or the sentence begins here.
    if (/^\p{Lu}/u.test(word.text) && i > unit.from && unit.start > 0) continue;
    if (scene.quoted.some((q) => q.start <= word.start && word.end <= q.end)) continue;
    const before = words[i - 1];
    const next = words[i + 1];
    let end = i + 1;
    if (cue.lemma === "call on") {
      if (next?.lower === "for" || next?.lower === "on" || next?.lower === "upon") end = i + 2;
      else if (next !== undefined && calledSomething(scene, unit, i))
        cue = { ...cue, lemma: "call", stance: "asserts", frame: "as" };
      else continue;
      if (cue.nounLike && NOUNISH.test(before?.lower ?? "the")) continue;
    } else if (
      cue.nounLike &&
      (before === undefined ||
        NOUNISH.test(before.lower) ||
        (cue.past === false &&
          !AFTER_NOUN.test(next?.lower ?? "") &&
          !/^\p{Lu}/u.test(next?.text ?? "") &&
          next?.text !== "," &&
          !(cue.frame === "object" && next?.kind === "word")))
    )
      continue;
    const base = !/(?:s|ed|ing)$/.test(word.lower) && !cue.past;
    if (base && /^(?:and|or|,)$/.test(before?.text ?? "")) continue;
    if (cue.lemma === "estimate" && (/^an?$/.test(before?.lower ?? "") || next?.kind === "number")) continue;
    if (cue.nounLike && !cue.past && /['’]s?$|ed$/.test(before?.text ?? "")) continue;
    const rallied =
      before?.lower === "to" &&
      /^(?:demand|denounce|condemn|call|urge)$/.test(word.lower) &&
      /\b(?:rall|gather|march|protest|demonstrat)\w*\b[^.;]{0,70} to $/i.test(
        scene.context.text.slice(Math.max(unit.start, word.start - 110), word.start),
      );
    if (
      !rallied &&
      (before?.lower === "to" ||
        /^(?:will|would|can|could|may|might|should|must|not|n't|cannot|did|does|do)$/.test(
          before?.lower ?? "",
        )) &&
      !/s$|ed$|ing$/.test(word.lower) &&
      cue.lemma !== "say"
    )
      continue;
    if (cue.lemma === "decline" || cue.lemma === "refuse") {
      const tail = words
        .slice(i + 1, i + 9)
        .map((w) => w.lower)
        .join(" ");
      if (
        !/^(?:all |any |further |immediate )*(?:to (?:\w+ )?(?:comment|say|answer|discuss|elaborate|confirm|respond|speculate|identify|give|provide|name|be (?:named|identified|interviewed)|speak|talk|disclose|specify)|comment|requests? for)/.test(
          tail,
        )
      )
        continue;
    }
    if (
      cue.lemma === "show" ||
      cue.lemma === "find" ||
      cue.lemma === "read" ||
      cue.lemma === "indicate" ||
      cue.lemma === "reveal" ||
      cue.lemma === "quote" ||
      cue.lemma === "continue" ||
      cue.lemma === "believe" ||
      cue.lemma === "maintain" ||
      cue.lemma === "repeat" ||
      cue.lemma === "note" ||
      cue.lemma === "recall" ||
      cue.lemma === "observe" ||
      cue.lemma === "counter" ||
      cue.lemma === "question" ||
      cue.lemma === "respond"
    ) {
      const that = words.slice(i + 1, i + 4).some((w) => w.lower === "that") && next?.lower !== "to";
      const speech = nextToSpeech(scene, i);
      const subjectSays =
        cue.lemma === "believe" &&
        !cue.participle &&
        next !== undefined &&
        /^(?:the|it|he|they|she|there)$/.test(next.lower);
      if (!that && !speech && !subjectSays) continue;
    }
    if (cue.lemma === "call on" && scene.view.inTime(i + 2) && next?.lower === "on") continue;
    // "was charged", "is believed", "was accused": passive, nobody speaks.
    if (cue.past && /^(?:is|are|was|were|been|be|being)$/.test(before?.lower ?? "")) continue;
    if (
      cue.past &&
      /^(?:is|are|was|were|been|be|being)$/.test(words[i - 2]?.lower ?? "") &&
      /ly$|^(?:also|widely|not|long)$/.test(before?.lower ?? "")
    )
      continue;
    if (
      cue.lemma === "claim" &&
      /^(?:the|at|dozens|more|\d|hundreds|two|three|his|her|their)$/.test(next?.lower ?? "") &&
      words.slice(i + 1, i + 6).some((w) => w.lower === "lives" || w.lower === "life")
    )
      continue;
    if (
      cue.lemma === "add" &&
      !/^(?:that|he|she|it|they|the|there|in|:)$/.test(next?.lower ?? "") &&
      !nextToSpeech(scene, i) &&
      next?.text !== "," &&
      next?.text !== "." &&
      !/^\p{Lu}/u.test(next?.text ?? "")
    )
      continue;
    if (
      cue.lemma === "threaten" &&
      !cue.participle &&
      !/^(?:to|that|[“"‘'])$/.test(next?.lower ?? "") &&
      !scene.view.inTime(i + 1) &&
      !(next?.lower === "on" && scene.view.inTime(i + 2))
    )
      continue;
    if (cue.lemma === "report" && next?.lower === "to") continue;
    if (cue.lemma === "ask" && next?.lower === "about" && words[i - 1]?.lower !== "he") continue;
    found.push({
      at: i,
      end,
      cue,
      words: scene.context.text.slice(word.start, words[end - 1]?.end ?? word.end),
    });
  }
  return found;
}

const PHRASES: readonly (readonly [RegExp, Stance, Cue["frame"]])[] = [
  [
    /^(?:made|makes|making) (?:it )?(?:clear|plain|known)(?= (?:that|the|he|she|it|they|\p{Lu}))/u,
    "asserts",
    "clause",
  ],
  [/^(?:spoke|speaks|speaking) of(?= )/, "asserts", "object"],
  [
    /^(?:expressed|expresses|voiced|voices|expressing|voicing) (?:\p{L}+ )?(?:concerns?|fears?|alarm|worry|worries|unease)(?: (?:over|about|at))?/u,
    "warns",
    "object",
  ],
  [
    /^(?:expressed|expresses|voiced|voices|expressing|voicing) (?:\p{L}+ )?(?:doubts?|skepticism|scepticism)(?: (?:over|about|at))?/u,
    "doubts",
    "object",
  ],
  [
    /^(?:expressed|expresses|voiced|voices|expressing|voicing) (?:\p{L}+ )?(?:hopes?|regrets?|support|confidence|outrage|anger|sympathy|condolences)(?: (?:over|about|at|for))?/u,
    "asserts",
    "object",
  ],
  [/^(?:held firm to|holds firm to|stood by|stands by)(?= )/, "asserts", "object"],
  [/^(?:ruled out|rules out|ruling out)(?= )/, "denies", "object"],
  [/^(?:gave|gives|giving|issued|issues) (?:\p{L}+ ){1,4}ultimatum(?= to )/u, "warns", "object"],
];

/** Reporting phrases of several words: "made clear", "expressed concern over", "ruled out". */
function phraseCue(scene: Scene, at: number, ceiling: number): CueAt | undefined {
  const { words, text } = scene.context;
  const word = words[at];
  if (word === undefined || !/^(?:ma|sp|expr|voic|held|hold|sto|stand|rul|ga|gi|iss)/.test(word.lower))
    return undefined;
  for (const [pattern, stance, frame] of PHRASES) {
    const m = pattern.exec(text.slice(word.start, word.start + 90));
    if (m === null) continue;
    let end = at;
    while (end < ceiling && (words[end]?.start ?? 0) < word.start + m[0].length) end++;
    return {
      at,
      end,
      words: m[0],
      cue: {
        lemma: m[0],
        stance,
        frame,
        participle: /^\w+ing\b/.test(m[0]),
        nounLike: false,
        past: !/^\w+(?:s|ing)\b/.test(m[0]),
      },
    };
  }
  return undefined;
}

/** "called the raid an “act of war”", "called it a mistake": a label, not a phone call. */
function calledSomething(scene: Scene, unit: Unit, at: number): boolean {
  const end = scene.context.words[Math.min(unit.to, at + 14) - 1]?.end ?? 0;
  const start = scene.context.words[at]?.end ?? 0;
  if (scene.quoted.some((q) => q.outerStart >= start && q.outerStart < end)) return true;
  if (scene.context.words.slice(Math.max(unit.from, at - 5), at).some((w) => w.lower === "what")) return true;
  return /^ (?:it|him|her|them|this|that|(?:the|his|her|their|its) (?:\p{L}+ ){1,4})(?:an?|“|")/u.test(
    scene.context.text.slice(start, end),
  );
}

function nextToSpeech(scene: Scene, at: number): boolean {
  const word = scene.context.words[at];
  if (word === undefined) return false;
  return scene.speech.some(
    (q) =>
      (q.outerStart >= word.end && q.outerStart - word.end <= 3) ||
      (q.outerEnd <= word.start && word.start - q.outerEnd <= 30),
  );
}

// ---- speakers

type Memory = { person?: Speaker; personAt?: number; body?: Speaker; plural?: Speaker; last?: Speaker };

function resolve(scene: Scene, range: Range | undefined, memory: Memory): Speaker | undefined {
  const { words, text } = scene.context;
  if (range === undefined) return undefined;
  const first = words[range.from];
  const last = words[range.to - 1];
  if (first === undefined || last === undefined) return undefined;
  const span = { start: first.start, end: last.end };
  if (range.to - range.from === 1 && PRONOUNS.has(first.lower)) {
    const found = PERSON_PRONOUNS.has(first.lower)
      ? antecedent(scene, span.start, memory)
      : first.lower === "they"
        ? (memory.plural ?? memory.body)
        : first.lower === "it"
          ? (memory.body ?? memory.last)
          : undefined;
    return found === undefined ? undefined : { ...found, span };
  }
  return speakerFrom(text, span, scene.names);
}

/** "he": the last speaker when he spoke in this paragraph, else the first person named in it, else the last speaker. */
function antecedent(scene: Scene, at: number, memory: Memory): Speaker | undefined {
  const { text } = scene.context;
  const paragraph = text.lastIndexOf("\n", at) + 1;
  if (memory.person !== undefined && (memory.personAt ?? -1) >= paragraph) return memory.person;
  const named = scene.names.places.find((p) => p.start >= paragraph && p.end <= at);
  if (named !== undefined) {
    const speaker = speakerFrom(text, { start: named.start, end: named.end }, scene.names);
    if (speaker.kind !== "newsroom") return { ...speaker, kind: "person" };
  }
  const previous = text.lastIndexOf("\n", Math.max(0, text.slice(0, paragraph).trimEnd().length - 1)) + 1;
  if (memory.person !== undefined && (memory.personAt ?? -1) < previous)
    return nearestPerson(scene, at) ?? memory.person;
  return memory.person ?? nearestPerson(scene, at);
}

function nearestPerson(scene: Scene, at: number): Speaker | undefined {
  const found = scene.names.places.filter((p) => p.end <= at && p.start > at - 600).at(-1);
  if (found === undefined) return undefined;
  const span = { start: found.start, end: found.end };
  const speaker = speakerFrom(scene.context.text, span, scene.names);
  return speaker.kind === "newsroom" ? undefined : { ...speaker, kind: "person" };
}

function remember(memory: Memory, speaker: Speaker): void {
  memory.last = speaker;
  if (speaker.kind === "person") {
    memory.person = speaker;
    memory.personAt = speaker.span.start;
  } else if (/s$|police|people/i.test(speaker.name)) memory.plural = speaker;
  else memory.body = speaker;
  // A described person ("a spokesman") is a "he" too.
  if (
    speaker.kind === "described" &&
    /\b(?:man|woman|official|officer|spokes\w+|source|diplomat|minister|president|resident|witness|judge|leader|chief|aide|lawyer|general)$/i.test(
      speaker.name,
    )
  ) {
    memory.person = speaker;
    memory.personAt = speaker.span.start;
  }
}

// ---- stance

function stanceOf(cue: Cue | undefined, said: string, direct: boolean): Stance {
  if (cue !== undefined && cue.stance !== "asserts") {
    if (cue.lemma === "ask" && !direct && /^(?:\S+ ){1,6}(?:to|not to) /.test(said)) return "asks";
    return cue.stance;
  }
  if (/\?\s*$/.test(said)) return "asks";
  if (
    /\b(?:no comment|(?:would|will) not (?:comment|give|say|discuss|confirm)|could not comment|not be drawn)\b/i.test(
      said,
    )
  )
    return "declines";
  if (
    /\b(?:must|should|needs? to|has to|have to|ought to|it is time|call(?:ing)? (?:for|on))\b/i.test(said) &&
    !/\bif\b/i.test(said.slice(0, 20))
  )
    return "demands";
  if (
    /^(?:(?:and|but|so) )?(?:we|i)(?:['’]ll| will| shall| are going to|['’]re going to|['’]re not going to| won['’]t| will not| are (?:planning|prepared|determined) to)\b/i.test(
      said,
    )
  )
    return "vows";
  if (
    /^(?:(?:he|she|it|they|we|his|her|its|their)\b(?: \w+){0,3}) (?:would|will)(?: not| never| continue)?\b/i.test(
      said,
    )
  )
    return "vows";
  if (
    /\b(?:consequences|will pay|could (?:lead|prompt|trigger|escalate|spark)|catastroph\w+|risk(?:s|ed)? of|danger(?:ous)? (?:of|that)|price to pay)\b/i.test(
      said,
    )
  )
    return "warns";
  if (
    /\b(?:i|we) (?:never|did not|didn['’]t|have not|had nothing)\b|\b(?:is|are|was|were) (?:false|untrue|not true|a lie|lies|fabricated)\b|\bnot (?:involved|responsible)\b/i.test(
      said,
    )
  )
    return "denies";
  return "asserts";
}

// ---- spans

function trimSpan(text: string, start: number, end: number): Span {
  let s = start;
  let e = end;
  while (s < e && /[\s,:;—–]/.test(text[s] ?? "")) s++;
  while (e > s && /[\s,;:—–]/.test(text[e - 1] ?? "")) e--;
  if (text[e - 1] === "." && !/\p{Lu}\.\p{Lu}?\.?$/u.test(text.slice(Math.max(s, e - 5), e))) e--;
  return { start: s, end: e };
}

/** Speech cut at the ends of its sentences. */
function pieces(scene: Scene, q: Quoted): Span[] {
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

const NEWS_TELL =
  /^(?:reporters|journalists|newsmen|lawmakers|parliament|viewers|supporters|followers|residents|delegates|colleagues|police|investigators|officials|officers|crowds?|him|her|them|us|me|you|people|state|local|public|national|television|tv|radio|news|media|conference|agency|a|an|the|his|her|their|in|at|on|during|by|via|audience|court|council|meeting|press|briefing|interview|statement|telephone|phone|email|of|security|session|call|newspaper|station|channel|congress|senate|host)$/;

/** Where the reported clause begins after a reporting verb; undefined when nothing follows but circumstance. */
function complementStart(scene: Scene, unit: Unit, c: CueAt): number | undefined {
  const { words } = scene.context;
  const { view } = scene;
  let i = c.end;
  const limit = unit.to;
  const that = (from: number, reach: number): number | undefined => {
    for (let k = from; k < Math.min(limit, from + reach); k++) {
      if (view.inSpeech(k)) return undefined;
      if (words[k]?.lower === "that" || (c.cue.frame === "tell" && words[k]?.lower === "to" && k > from))
        return words[k]?.lower === "to" ? k : k + 1;
      if (
        /^[,.;:]$/.test(words[k]?.text ?? "") &&
        !(
          words[k]?.text === "." &&
          words[k]?.tight === true &&
          /^\p{Lu}\p{L}{0,3}$/u.test(words[k - 1]?.text ?? "")
        )
      )
        return undefined;
    }
    return undefined;
  };
  if (c.cue.frame === "object" || c.cue.frame === "as") {
    while (i < limit && view.inTime(i)) i++;
    if (
      words[i]?.lower === "according" ||
      (words[i]?.kind === "mark" && !/^[“"‘'[(]$/.test(words[i]?.text ?? ""))
    )
      return undefined;
    return words[i]?.lower === "that" ? i + 1 : i < limit ? i : undefined;
  }
  if (words[i]?.lower === "that") return i + 1;
  if (c.cue.frame === "tell") {
    const at = that(i, 16);
    if (at !== undefined) return at;
    const subject = subjectBefore(view, c.at, unit.from);
    if (subject !== undefined && words[subject.from - 1]?.text === "," && limit - i < 18) return undefined;
    let moved = false;
    while (
      i < limit &&
      !view.inSpeech(i) &&
      (NEWS_TELL.test(words[i]?.lower ?? "") ||
        /^\p{Lu}/u.test(words[i]?.text ?? "") ||
        view.inTime(i) ||
        /^['’.]$/.test(words[i]?.text ?? "")) &&
      i < c.end + 12
    ) {
      if (
        moved &&
        /^(?:the|a|an|he|she|it|they|we)$/.test(words[i]?.lower ?? "") &&
        !/^(?:in|at|on|during|of|by|via)$/.test(words[i - 1]?.lower ?? "")
      )
        break;
      moved = true;
      i++;
    }
  } else {
    while (i < limit && (view.inTime(i) || (words[i]?.lower === "in" && view.inTime(i + 1)))) i++;
    if (words[i]?.lower === "that") return i + 1;
    if (
      /^(?:in|at|on|during|by|through|via|after|before|to|from|late|early|of|earlier|later|yesterday|today|again|under|with)$/.test(
        words[i]?.lower ?? "",
      )
    ) {
      const at = that(i, 12);
      if (at !== undefined) return at;
      // "said in a statement the attack …": after the phrase a new subject begins.
      const phrase =
        /^(?:in|at|on|during|by|through|via) (?:a|an|the|his|her|its|their) (?:\p{L}+ ){0,3}(?:statement|interview|conference|briefing|address|speech|post|letter|report|video|tweet|phone|telephone|meeting|message|email)(?: (?:on|with|to|to the) \p{Lu}\p{L}+)? (?=\p{L})/iu.exec(
          scene.context.text.slice(words[i]?.start ?? 0, (words[i]?.start ?? 0) + 140),
        );
      if (phrase !== null) {
        const target = (words[i]?.start ?? 0) + phrase[0].length;
        while (i < limit && (words[i]?.start ?? 0) < target) i++;
        if (/^(?:on|with|to|in|at|by|from|after|carried)$/.test(words[i]?.lower ?? "")) return undefined;
        while (i < limit && view.inTime(i)) i++;
        return i;
      }
      return undefined;
    }
  }
  const next = words[i];
  if (next === undefined || i >= limit || view.inSpeech(i)) return undefined;
  if (next.kind === "mark" && !/^[“"‘'[(]$/.test(next.text)) return undefined;
  if (
    /^(?:by|to|for|as|when|while|after|before|and|but|about|with|according|following|amid)$/.test(next.lower)
  )
    return undefined;
  if (next.lower === "of" && !/^(?:note|add|say|claim)$/.test(c.cue.lemma)) return undefined;
  return i;
}

/** Where what was said ends: at the next attribution, at speech of its own, or with the sentence. */
function complementEnd(
  scene: Scene,
  unit: Unit,
  from: number,
  later: readonly CueAt[],
  frame: Cue["frame"],
  subjects: ReadonlyMap<number, Range | undefined>,
): number {
  const { words } = scene.context;
  const { view } = scene;
  for (let i = from; i < unit.to; i++) {
    const word = words[i];
    if (word === undefined) break;
    if (view.inSpeech(i) && i > from) return word.start - 1;
    if (word.lower === "according" && words[i + 1]?.lower === "to" && i > from) return word.start;
    if (word.lower === "per" && words[i - 1]?.text === ",") return word.start;
    if (
      frame === "object" &&
      i > from + 3 &&
      /^(?:after|as|despite|amid|while|when|following|because)$/.test(word.lower)
    )
      return word.start;
    const cue = later.find((c) => c.at === i);
    if (cue === undefined) continue;
    const before = words[i - 1];
    if (
      cue.cue.participle &&
      (before?.text === "," || before?.lower === "and" || before?.text === "—" || before?.text === "–")
    )
      return before.start;
    if (before?.lower === "who" && words[i - 2]?.text === ",") return words[i - 2]?.start ?? before.start;
    if (/^(?:and|but)$/.test(before?.lower ?? "") && i - 1 > from)
      return (words[i - 2]?.text === "," ? words[i - 2]?.start : before?.start) ?? word.start;
    if (
      /^(?:and|but)$/.test(words[i - 2]?.lower ?? "") &&
      /ly$|^(?:also|later|then)$/.test(before?.lower ?? "")
    )
      return words[i - 2]?.start ?? word.start;
    const subject = subjects.get(cue.at);
    const left = subject === undefined ? undefined : words[subject.from - 1];
    if (subject !== undefined && subject.from > from && left?.text === "," && isTail(scene, unit, cue))
      return left.start;
    if (before?.text === "," && !cue.cue.participle && i - 1 > from) return before.start;
  }
  return words[unit.to - 1]?.end ?? unit.end;
}

/** Nothing but circumstance follows: "…, he said on Monday." */
function isTail(scene: Scene, unit: Unit, c: CueAt): boolean {
  if (c.cue.frame === "object" || c.cue.frame === "as" || c.cue.participle) return false;
  const start = complementStart(scene, unit, c);
  if (start === undefined) return true;
  const { words } = scene.context;
  const rest = words.slice(start, unit.to).filter((w) => w.kind !== "mark").length;
  return rest === 0;
}

/** "…, said Ralf Melzer, who monitors": the verb stands before its subject. */
function isInverted(scene: Scene, unit: Unit, c: CueAt): boolean {
  const { words, text } = scene.context;
  const before = words[c.at - 1];
  if (before === undefined || c.at - 1 < unit.from || c.cue.participle || c.cue.frame !== "clause")
    return false;
  const closing = /^[”"’»]$/.test(before.text) || scene.view.inSpeech(c.at - 1);
  if (!closing && before.text !== ",") return false;
  const next = words[c.end];
  if (next === undefined || next.kind === "mark" || PRONOUNS.has(next.lower)) return false;
  if (next.lower === "that" || next.lower === "in" || scene.view.inTime(c.end)) return false;
  const after = subjectAfter(scene.view, c.at, unit.to);
  if (after === undefined) return false;
  const end = words[after.to];
  if (closing) return true;
  // After a plain comma the words before must be a clause, and no clause may follow the subject.
  const clause = text.slice(unit.start, before.start);
  if (wordCount(clause) < 5) return false;
  return (
    end === undefined ||
    after.to >= unit.to ||
    /^[.,;—–]$/.test(end.text) ||
    /^(?:who|in|on|at|during|and|from|after|as)$/.test(end.lower) ||
    scene.view.inTime(after.to)
  );
}

// ---- the reader

function readUnit(
  scene: Scene,
  unit: Unit,
  memory: Memory,
  running: {
    speaker?: Speaker | undefined;
    cue?: CueAt | undefined;
    via?: string | undefined;
    paragraph: number;
  },
  out: Draft[],
  relays: Relay[],
): void {
  const { context, view } = scene;
  const { words, text } = context;
  const cues = cuesIn(scene, unit);
  const subjects = new Map<number, Range | undefined>();
  for (const c of cues) subjects.set(c.at, subjectBefore(view, c.at, unit.from));
  const speech = scene.speech.filter((q) => q.outerStart >= unit.start - 1 && q.outerStart < unit.end);
  let via: string | undefined;
  const done = new Set<CueAt>();
  const speakers = new Map<CueAt, Speaker | undefined>();
  for (const c of cues) {
    const inverted = isInverted(scene, unit, c);
    let range = inverted ? subjectAfter(view, c.at, unit.to) : subjects.get(c.at);
    if (c.cue.participle && !inverted) {
      const left = words[c.at - 1];
      const auxiliary = /^(?:is|are|was|were|been|be)$/.test(left?.lower ?? "");
      range = auxiliary || (left !== undefined && /ly$/.test(left.lower)) ? range : undefined;
      if (left?.lower === "as") range = subjectBefore(view, c.at - 1, unit.from);
    }
    let speaker = resolve(scene, range, memory);
    if (speaker === undefined && (c.cue.participle || /^(?:and|but)$/.test(words[c.at - 1]?.lower ?? "")))
      speaker =
        [...speakers.values()].reverse().find((s) => s !== undefined) ??
        mainSubject(scene, unit, c.at, memory);
    if (speaker !== undefined && speaker.kind !== "person" && isRelay(c, speaker))
      speaker = { ...speaker, kind: "newsroom" };
    if (speaker?.kind === "newsroom") {
      via = speaker.name;
      if (
        c.cue.lemma === "report" ||
        c.cue.lemma === "say" ||
        c.cue.lemma === "write" ||
        c.cue.lemma === "add" ||
        c.cue.lemma === "note"
      ) {
        done.add(c);
        relays.push({ span: { start: unit.start, end: unit.end }, via });
      }
    }
    if (c.cue.frame === "tell" || c.cue.lemma === "say") via = recipientNewsroom(scene, unit, c) ?? via;
    speakers.set(c, speaker);
    if (speaker !== undefined && speaker.kind !== "newsroom") remember(memory, speaker);
  }

  // Speech first.
  for (const q of speech) {
    const found = attribute(scene, unit, q, cues, speakers, memory);
    let speaker = found?.speaker;
    let cue = found?.cue;
    if (cue !== undefined) done.add(cue);
    if (
      speaker === undefined &&
      found === undefined &&
      running.paragraph >= unit.paragraph - 1 &&
      running.speaker !== undefined &&
      (running.paragraph === unit.paragraph || cues.length === 0)
    ) {
      speaker = running.speaker;
      cue = running.cue;
    }
    if (speaker?.kind === "newsroom") {
      relays.push({ span: { start: q.start, end: q.end }, via: speaker.name });
      speaker = undefined;
    }
    for (const span of pieces(scene, q)) {
      out.push({
        span,
        speaker,
        cue,
        stance: stanceOf(cue?.cue, text.slice(span.start, span.end), true),
        via: via ?? (found === undefined ? running.via : undefined),
        rule: found === undefined ? "quotes/running" : "quotes/direct",
      });
    }
    if (speaker !== undefined) {
      running.speaker = speaker;
      running.cue = cue;
      running.via = via;
    }
    running.paragraph = unit.paragraph;
  }

  accordingTo(scene, unit, memory, out, relays, via);
  citing(scene, unit, memory, out, cues, speakers);
  unverified(scene, unit, out);

  for (const c of cues) {
    const speaker = speakers.get(c);
    const alone = done.has(c);
    if (speaker === undefined || speaker.kind === "newsroom" || isAbstract(speaker, c)) continue;
    const later = cues.filter((o) => o.at > c.at);
    const inverted = isInverted(scene, unit, c);
    const start = inverted ? undefined : complementStart(scene, unit, c);
    if (start === undefined || isTail(scene, unit, c)) {
      if (alone) continue;
      // "COMPLEMENT, speaker said." / "COMPLEMENT, said speaker."
      const subject = subjects.get(c.at);
      const edge = inverted ? c.at - 1 : subject === undefined ? -1 : subject.from - 1;
      if (edge <= unit.from || words[edge]?.text !== ",") continue;
      if (view.inSpeech(edge - 1)) continue;
      const span = trimSpan(text, leftStart(scene, unit, edge, cues), words[edge]?.start ?? unit.start);
      if (wordCount(text.slice(span.start, span.end)) < 3) continue;
      out.push({
        span,
        speaker,
        cue: c,
        stance: stanceOf(c.cue, text.slice(span.start, span.end), false),
        via,
        rule: "quotes/after",
      });
      continue;
    }
    if (view.inSpeech(start)) continue;
    const end = complementEnd(scene, unit, start, later, c.cue.frame, subjects);
    const first = words[start];
    if (first === undefined || end <= first.start) continue;
    const span = trimSpan(text, first.start, c.cue.frame === "as" ? labelEnd(scene, first.start, end) : end);
    const said = text.slice(span.start, span.end);
    const responsibility = c.cue.lemma === "claim" && /^(?:\w+ )?(?:responsibility|credit)\b/.test(said);
    const minimum = responsibility || c.cue.frame === "object" || c.cue.frame === "as" ? 1 : alone ? 4 : 3;
    if (wordCount(said) < minimum) continue;
    if (alone && /^(?:\W*$|(?:in|at|on|during|after|before|as|while|when|by|from|to)\b)/i.test(said))
      continue;
    for (const part of butThat(text, span)) {
      out.push({
        span: part,
        speaker,
        cue: c,
        stance: stanceOf(c.cue, text.slice(part.start, part.end), false),
        via,
        rule: `quotes/${c.cue.frame}`,
      });
    }
  }
}

/** "The violence threatened the mission": what is no person and no body says nothing. */
function isAbstract(speaker: Speaker, c: CueAt): boolean {
  if (speaker.kind === "person" || speaker.kind === "newsroom") return false;
  const head =
    /(\p{L}+)(?:['’]s)?(?: (?:of|in|on|at|from|for|to|by|with) .*)?$/u.exec(
      speaker.name.toLowerCase(),
    )?.[1] ?? "";
  if (
    /^(?:government|administration|delegation|organi[sz]ation|ministry|parliament|community|department|association|commission|coalition|federation|opposition|management|institution|foundation|corporation|regiment|military|majority|residency|presidency|agency|embassy|party|army|university|authority|municipality)s?$/.test(
      head,
    )
  )
    return false;
  if (
    /^(?:there|been|this|that|these|those|which|what|one|we|you|nobody|anyone|time|move|attack|attacks|war|crisis|program|programme|plan|deal|law|bill|rule|vote|strike|action|step|act|event|events|conflict|fighting|clashes|unrest|violence|fire|storm|quake|flood|flooding|protest|protests)$/.test(
      head,
    )
  )
    return true;
  return (
    c.cue.frame === "object" &&
    /(?:ence|ances?|ness|ments?|tions?|sions?|ity|ities|isms?|ship|ings?)$/.test(head)
  );
}

/** "called it an “extreme incident” that …": the label ends with its marks. */
function labelEnd(scene: Scene, start: number, end: number): number {
  const last = scene.quoted.filter((q) => q.outerStart >= start && q.outerEnd <= end).at(-1);
  if (last === undefined) return end;
  return wordCount(scene.context.text.slice(last.outerEnd, end)) > 4 ? last.outerEnd : end;
}

/** "said he would not give a date but that talks will go on": two statements. */
function butThat(text: string, span: Span): Span[] {
  const m =
    /,? but that (?=(?:the|an?|he|she|it|they|we|his|her|its|their|there|no)\b|\p{Lu}(?!\p{L}*day\b))/u.exec(
      text.slice(span.start, span.end),
    );
  if (m === null) return [span];
  return [
    { start: span.start, end: span.start + m.index },
    { start: span.start + m.index + m[0].length, end: span.end },
  ];
}

/** The clause before a trailing attribution begins after an earlier one, else with the sentence. */
function leftStart(scene: Scene, unit: Unit, edge: number, cues: readonly CueAt[]): number {
  const { words } = scene.context;
  void cues;
  for (let i = edge - 1; i > unit.from; i--)
    if (scene.view.inSpeech(i)) return words[i + 1]?.end ?? unit.start;
  const first = words[unit.from];
  return first?.start ?? unit.start;
}

/** "the paper reported", "DH reported that": who reports, and is no witness and no office, is a newsroom. */
function isRelay(c: CueAt, speaker: Speaker): boolean {
  if (
    /^(?:the |The )?(?:paper|newspaper|agency|news agency|network|station|broadcaster|magazine|channel|outlet|(?:local|state|Russian|Chinese|Iranian|Turkish|Israeli|South Korean) media|(?:state|local) (?:TV|television|radio))$/.test(
      speaker.name,
    )
  )
    return /^(?:report|say|write|add|note|cite)$/.test(c.cue.lemma);
  if (c.cue.lemma !== "report") return false;
  return !/(?:official|officer|police|ministry|minister|witness|resident|military|army|government|authorit|commission|committee|agency|department|spokes|source|group|union|people|doctor|hospital|court|prosecutor|troops|soldiers|fighters|activist|monitor|office|observatory|bank|UN|U\.N)/i.test(
    speaker.name,
  );
}

/** The subject of the sentence, for participles: "X opened fire, accusing Y of …". */
function mainSubject(scene: Scene, unit: Unit, before: number, memory: Memory): Speaker | undefined {
  const { words } = scene.context;
  let from = unit.from;
  const comma = words.slice(unit.from, before).findIndex((w) => w.text === ",");
  const opener =
    /^(?:in|on|at|after|before|as|when|while|with|for|during|despite|since|if|by|from|although|though)$/.test(
      words[from]?.lower ?? "",
    );
  if (opener && comma > 0 && comma < 14) from = unit.from + comma + 1;
  let to = from;
  for (; to < Math.min(before, from + 9); to++) {
    const word = words[to];
    if (word === undefined || word.kind === "mark") {
      if (word?.text === "." || word?.text === "-") continue;
      break;
    }
    if (
      to > from &&
      (/^(?:is|are|was|were|has|have|had|will|would|said|says|told|also|who|which|that|in|on|at|as)$/.test(
        word.lower,
      ) ||
        (/(?:ed|ing)$/.test(word.lower) && !/^\p{Lu}/u.test(word.text)) ||
        EN_TIMES.tense.isPast(word.lower) ||
        /^(?:makes|takes)$/.test(word.lower) ||
        scene.view.inTime(to))
    )
      break;
  }
  if (to <= from) return undefined;
  // "The new head of the radio, Nikolay Krastev, took …": the name says more.
  if (words[to]?.text === ",") {
    let end = to + 1;
    while (end < before && /^\p{Lu}/u.test(words[end]?.text ?? "")) end++;
    if (end > to + 2 && words[end]?.text === "," && !/^\p{Lu}/u.test(words[to - 1]?.text ?? ""))
      return resolve(scene, { from: to + 1, to: end }, memory);
  }
  return resolve(scene, { from, to }, memory);
}

function recipientNewsroom(scene: Scene, unit: Unit, c: CueAt): string | undefined {
  const { words, text } = scene.context;
  const start = words[c.end]?.start ?? unit.end;
  const tail = text.slice(start, Math.min(unit.end, start + 110));
  const m =
    c.cue.frame === "tell"
      ? /^((?:the )?(?:\p{Lu}[\p{L}.&-]*|News)(?: (?:of |\p{Lu})[\p{L}.&-]*){0,4})/u.exec(tail)
      : /\b(?:interview with|in remarks to|on|told) ((?:the |The )?\p{Lu}[\p{L}.&-]*(?: \p{Lu}[\p{L}.&-]*){0,4})/u.exec(
          tail,
        );
  const name = m?.[1];
  if (name === undefined) return undefined;
  for (let n = name.split(" ").length; n > 0; n--) {
    const part = name
      .split(" ")
      .slice(0, n)
      .join(" ")
      .replace(/['’]s?$/, "")
      .replace(/\.$/, "");
    if (isNewsroom(part)) return part.replace(/^the /i, "");
  }
  return undefined;
}

const ABBREVIATION =
  /\b(?:St|Mr|Mrs|Ms|Dr|Gen|Col|Sen|Sens|Rep|Reps|Gov|Lt|Maj|Sgt|Capt|Prof|Adm|Rev|Jr|Sr|U\.S|U\.N|U\.K|[A-Z])\./g;

type Attribution = { readonly speaker: Speaker | undefined; readonly cue: CueAt | undefined };

function attribute(
  scene: Scene,
  unit: Unit,
  q: Quoted,
  cues: readonly CueAt[],
  speakers: ReadonlyMap<CueAt, Speaker | undefined>,
  memory: Memory,
): Attribution | undefined {
  const { words, text } = scene.context;
  const after = cues.find(
    (c) =>
      (words[c.at]?.start ?? 0) >= q.outerEnd &&
      (words[c.at]?.start ?? 0) - q.outerEnd < 160 &&
      !/[.!?;]["”]?\s+\p{Lu}/u.test(text.slice(q.outerEnd, words[c.at]?.start).replace(ABBREVIATION, "")),
  );
  const endsWithComma =
    /[,?!—-]["”’»]*$/.test(text.slice(q.end - 1, q.outerEnd)) ||
    /^\s*,/.test(text.slice(q.outerEnd, q.outerEnd + 2));
  const before = [...cues].reverse().find((c) => (words[c.at]?.end ?? 0) <= q.outerStart);
  const direct =
    before !== undefined && /[,:]\s*$|\b(?:that|said|as)\s*$/.test(text.slice(0, q.outerStart).slice(-6));
  const interrupted =
    after !== undefined &&
    scene.speech.some((o) => o.outerStart >= q.outerEnd && o.outerEnd <= (words[after.at]?.start ?? 0));
  if (after !== undefined && !interrupted && (endsWithComma || !direct))
    return { speaker: speakers.get(after), cue: after };
  if (before !== undefined) return { speaker: speakers.get(before), cue: before };
  const colon = /:\s*$/.test(text.slice(Math.max(unit.start, q.outerStart - 3), q.outerStart));
  if (colon)
    return {
      speaker: mainSubject(
        scene,
        unit,
        scene.context.words.findIndex((w) => w.start >= q.outerStart),
        memory,
      ),
      cue: undefined,
    };
  if (after !== undefined && !interrupted) return { speaker: speakers.get(after), cue: after };
  const accord = /^[,]?\s*according to ([^,.]+)/.exec(text.slice(q.outerEnd, q.outerEnd + 90));
  if (accord !== null) {
    const at = q.outerEnd + accord[0].indexOf(accord[1] ?? "");
    return {
      speaker: speakerFrom(text, { start: at, end: at + (accord[1] ?? "").length }, scene.names),
      cue: undefined,
    };
  }
  return undefined;
}

function accordingTo(
  scene: Scene,
  unit: Unit,
  memory: Memory,
  out: Draft[],
  relays: Relay[],
  via: string | undefined,
): void {
  const { words, text } = scene.context;
  for (let i = unit.from; i < unit.to; i++) {
    const per = words[i]?.lower === "per" && words[i - 1]?.text === ",";
    if ((!per && (words[i]?.lower !== "according" || words[i + 1]?.lower !== "to")) || scene.view.inSpeech(i))
      continue;
    const range = subjectAfter(scene.view, per ? i : i + 1, unit.to);
    const speaker = resolve(scene, range, memory);
    if (range === undefined || speaker === undefined) continue;
    const cue: CueAt = {
      at: i,
      end: per ? i + 1 : i + 2,
      words: text.slice(words[i]?.start, words[per ? i : i + 1]?.end),
      cue: {
        lemma: "according to",
        stance: "asserts",
        frame: "clause",
        participle: false,
        nounLike: false,
        past: false,
      },
    };
    const initial = i === unit.from || (i <= unit.from + 2 && words[unit.from]?.kind === "mark");
    const from = initial ? (words[range.to]?.end ?? unit.end) : (words[unit.from]?.start ?? unit.start);
    const to = initial ? unit.end : (words[i]?.start ?? unit.end);
    const span = trimSpan(text, initial ? from : lastCut(text, from, to), to);
    if (wordCount(text.slice(span.start, span.end)) < 3) continue;
    if (speaker.kind === "newsroom") {
      relays.push({ span, via: speaker.name });
      for (const draft of out)
        if (draft.via === undefined && draft.span.start >= unit.start && draft.span.end <= unit.end)
          out[out.indexOf(draft)] = { ...draft, via: speaker.name };
      continue;
    }
    if (scene.speech.some((q) => q.start < span.end && q.end > span.start)) continue;
    remember(memory, speaker);
    out.push({
      span,
      speaker,
      cue,
      stance: stanceOf(undefined, text.slice(span.start, span.end), false),
      via,
      rule: "quotes/according",
    });
  }
}

/** "A did X, which has killed N, according to Y": the whole clause is Y's. */
const lastCut = (text: string, from: number, to: number): number => {
  const semi = text.slice(from, to).lastIndexOf("; ");
  return semi < 0 ? from : from + semi + 2;
};

/** "…, the agency reported, quoting the military": the one quoted speaks, the other relays. */
function citing(
  scene: Scene,
  unit: Unit,
  memory: Memory,
  out: Draft[],
  cues: readonly CueAt[],
  speakers: ReadonlyMap<CueAt, Speaker | undefined>,
): void {
  const { words, text } = scene.context;
  for (let i = unit.from + 1; i < unit.to; i++) {
    const word = words[i];
    if (
      word === undefined ||
      !/^(?:citing|quoting|quotes|quoted|cited|cites)$/.test(word.lower) ||
      scene.view.inSpeech(i)
    )
      continue;
    const range = subjectAfter(scene.view, i, unit.to);
    const speaker = resolve(scene, range, memory);
    if (speaker === undefined || range === undefined) continue;
    const saying = words[range.to]?.lower === "as" && words[range.to + 1]?.lower === "saying";
    const reporter = subjectBefore(scene.view, i, unit.from);
    const relay =
      [...speakers.entries()].find(([c, s]) => c.at < i && s?.kind === "newsroom")?.[1] ??
      (reporter === undefined ? undefined : resolve(scene, reporter, memory));
    const via = relay?.kind === "newsroom" ? relay.name : undefined;
    const cue: CueAt = {
      at: i,
      end: i + 1,
      words: word.text,
      cue: {
        lemma: "cite",
        stance: "asserts",
        frame: "clause",
        participle: true,
        nounLike: false,
        past: false,
      },
    };
    if (saying) {
      const first = words[range.to + 2];
      if (first === undefined) continue;
      if (scene.view.inSpeech(range.to + 2) || first.start >= unit.end - 2) continue;
      out.push({
        span: trimSpan(text, first.start, unit.end),
        speaker,
        cue,
        stance: "asserts",
        via,
        rule: "quotes/citing",
      });
      continue;
    }
    if (!/^(?:citing|quoting)$/.test(word.lower) || words[i - 1]?.text !== "," || speaker.kind === "newsroom")
      continue;
    const first = cues.find((c) => c.at < i);
    const subject = first === undefined ? undefined : subjectBefore(scene.view, first.at, unit.from);
    const tail =
      first !== undefined &&
      isTail(scene, unit, first) &&
      subject !== undefined &&
      words[subject.from - 1]?.text === ",";
    const start = first !== undefined && !tail ? complementStart(scene, unit, first) : undefined;
    const from = tail ? unit.start : start === undefined ? unit.start : (words[start]?.start ?? unit.start);
    const to =
      tail && subject !== undefined
        ? (words[subject.from - 1]?.start ?? word.start)
        : (words[i - 1]?.start ?? word.start);
    const span = trimSpan(text, from, to);
    if (wordCount(text.slice(span.start, span.end)) >= 3)
      out.push({ span, speaker, cue, stance: "asserts", via, rule: "quotes/citing" });
  }
}

const UNVERIFIED =
  /\b(?:could not|couldn['’]t|cannot|can not|was not able to|were unable to|was unable to) (?:immediately |independently )*(?:be )?(?:independently |immediately )*(?:verif\w+|confirm\w+)(?: by \p{L}+)?|\bunable to (?:independently )?verify\b/iu;
function unverified(scene: Scene, unit: Unit, out: Draft[]): void {
  const { text } = scene.context;
  const m = UNVERIFIED.exec(text.slice(unit.start, unit.end));
  if (m === null) return;
  const at = unit.start + m.index;
  const active = /verify|confirm$/i.test(m[0]) && !/\bbe\b/i.test(m[0]);
  const span = active ? trimSpan(text, at + m[0].length, unit.end) : trimSpan(text, unit.start, at);
  if (wordCount(text.slice(span.start, span.end)) === 0) return;
  out.push({ span, stance: "doubts", rule: "quotes/unverified" });
}

/** Of two drafts over nearly the same words the first kept wins: speech before clauses, attributed before unattributed. */
function settle(drafts: readonly Draft[]): Draft[] {
  const kept: Draft[] = [];
  const overlap = (a: Span, b: Span): number => {
    const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start);
    return shared <= 0 ? 0 : shared / Math.max(a.end - a.start, b.end - b.start);
  };
  for (const draft of [...drafts].sort(
    (a, b) => Number(b.speaker !== undefined) - Number(a.speaker !== undefined),
  )) {
    if (kept.some((k) => overlap(k.span, draft.span) > 0.85)) continue;
    kept.push(draft);
  }
  return kept.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

export function readSpeech(input: FactInput): { readonly quotes: Quote[]; readonly relays: Relay[] } {
  const context = factContext(input);
  const { text } = context;
  const quoted = findQuoted(text);
  const speech = quoted.filter((q) => isSpeech(text, q));
  const speechAt = new Uint8Array(context.words.length);
  context.words.forEach((w, i) => {
    if (speech.some((q) => q.outerStart <= w.start && w.end <= q.outerEnd)) speechAt[i] = 1;
  });
  const times = input.doc.times.filter((t) => t.kind === "date" || t.kind === "time");
  const timeAt = new Uint8Array(context.words.length);
  context.words.forEach((w, i) => {
    if (times.some((t) => t.span.start <= w.start && w.end <= t.span.end)) timeAt[i] = 1;
  });
  const view: WordsView = {
    words: context.words,
    inSpeech: (i) => speechAt[i] === 1,
    inTime: (i) => timeAt[i] === 1,
  };
  const scene: Scene = { input, context, view, names: collectNames(input), quoted, speech };
  const drafts: Draft[] = [];
  const relays: Relay[] = [];
  const memory: Memory = {};
  const running: {
    speaker?: Speaker | undefined;
    cue?: CueAt | undefined;
    via?: string | undefined;
    paragraph: number;
  } = { paragraph: -9 };
  for (const unit of unitsOf(scene)) readUnit(scene, unit, memory, running, drafts, relays);
  const quotes = settle(drafts).map((d, i): Quote => {
    const direct = speech.some((q) => q.start <= d.span.start && d.span.end <= q.outerEnd);
    const mixed = !direct && quoted.some((q) => q.outerStart < d.span.end && q.outerEnd > d.span.start);
    const cueSpan =
      d.cue === undefined
        ? undefined
        : { start: context.words[d.cue.at]?.start ?? 0, end: context.words[d.cue.end - 1]?.end ?? 0 };
    const certainty = /\b(reportedly|allegedly|probably|apparently|suspected|possibly)\b/i.exec(
      text.slice(d.span.start, d.span.end),
    )?.[1];
    return {
      id: `${input.article.id}.u${i + 1}`,
      articleId: input.article.id,
      span: d.span,
      words: text.slice(d.span.start, d.span.end),
      sentence: sentenceSpan(context, d.span),
      assertion: "claimed",
      voice: "speaker",
      ...(d.speaker === undefined ? {} : { speaker: d.speaker.name, speakerSpan: d.speaker.span }),
      ...(d.via === undefined ? {} : { via: d.via }),
      ...(certainty === undefined ? {} : { certainty }),
      rule: d.rule,
      pipeline: input.article.pipeline,
      ...(d.cue === undefined || cueSpan === undefined ? {} : { cue: { words: d.cue.words, span: cueSpan } }),
      kind: direct ? "direct" : mixed ? "mixed" : "indirect",
      stance: d.stance,
    };
  });
  return { quotes, relays };
}

/** readQuotes({article, doc}) → who says what. */
export const readQuotes = (input: FactInput): Quote[] => readSpeech(input).quotes;
