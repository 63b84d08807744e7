/**
 * Article and document → quotations: direct, indirect and mixed, with speaker, cue, stance and the newsroom through which
 * they are relayed. Rules over words, quotation marks and reporting verbs, after the usual patterns of English news
 * (O'Keefe et al. 2012; Pavllo et al. 2018, in spirit). One span per sentence of a running quotation. A newsroom that
 * relays is `via`, never a speaker. Leaves out thoughts, and speech told without any reporting verb or mark.
 */
import type { Quote, Span } from "../model/index.ts";
import { type FactInput, factContext, sentenceSpan } from "./input.ts";
import { accordingTo, attribute, citing, colonHeadline, unverified } from "./quote-attribution.ts";
import {
  butThat,
  complementEnd,
  complementStart,
  isInverted,
  isTail,
  labelEnd,
  leftStart,
} from "./quote-bounds.ts";
import { cuesIn } from "./quote-cues.ts";
import { findQuoted } from "./quote-marks.ts";
import {
  type CueAt,
  type Draft,
  isSpeech,
  type Memory,
  pieces,
  type Relay,
  type Scene,
  trimSpan,
  type Unit,
  unitsOf,
  wordCount,
} from "./quote-scene.ts";
import { stanceOf } from "./quote-stance.ts";
import { type Range, subjectAfter, subjectBefore, type WordsView } from "./quote-subject.ts";
import { clauseEnd, hasContent, holdsVerb, subjectBySyntax } from "./quote-syntax.ts";
import { isAbstract, isRelay, mainSubject, recipientNewsroom, remember, resolve } from "./quote-voices.ts";
import { collectNames, type Speaker } from "./speakers.ts";
import { treesOf } from "./tree.ts";

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
  for (const c of cues)
    subjects.set(c.at, subjectBySyntax(scene, unit, c.at, subjectBefore(view, c.at, unit.from)));
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
    if (range === undefined && c.cue.participle && !inverted)
      range = subjectBySyntax(scene, unit, c.at, undefined);
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
    if (speaker !== undefined && speaker.kind !== "newsroom") remember(scene, memory, speaker);
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
      (running.paragraph === unit.paragraph || cues.every((c) => (words[c.at]?.start ?? 0) > q.outerEnd))
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
    // "“…,” he told supporters in a ballroom": to whom and where is nothing said.
    if (alone && /^(?:clause|tell)$/.test(c.cue.frame) && hasContent(scene, c) === false) continue;
    const start = inverted ? undefined : complementStart(scene, unit, c);
    if (start === undefined || isTail(scene, unit, c)) {
      if (alone) continue;
      // "COMPLEMENT, speaker said." / "COMPLEMENT, said speaker."
      const subject = subjects.get(c.at);
      const edge = inverted ? c.at - 1 : subject === undefined ? -1 : subject.from - 1;
      if (edge <= unit.from || words[edge]?.text !== ",") continue;
      if (view.inSpeech(edge - 1)) continue;
      let span = trimSpan(text, leftStart(scene, unit, edge), words[edge]?.start ?? unit.start);
      // "On their return, he said, they began to recruit": what was said goes on after him.
      const after = words[inverted ? edge : c.end];
      if (!inverted && after?.text === "," && holdsVerb(scene, span.start, span.end) === false) {
        const end = complementEnd(
          scene,
          unit,
          c.end + 1,
          cues.filter((o) => o.at > c.at),
          c,
          subjects,
        );
        span = trimSpan(text, after.end, end);
      }
      if (holdsVerb(scene, span.start, span.end) === false) continue;
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
    const first = words[start];
    const limit = clauseEnd(scene, c);
    const found = complementEnd(scene, unit, start, later, c, subjects);
    const end =
      limit !== undefined &&
      first !== undefined &&
      limit > first.end &&
      !/^(?:if|when|while|because|unless)$/.test(first.lower)
        ? Math.min(found, limit)
        : found;
    if (first === undefined || end <= first.start) continue;
    const span = trimSpan(text, first.start, c.cue.frame === "as" ? labelEnd(scene, first.start, end) : end);
    const said = text.slice(span.start, span.end);
    if (
      (c.cue.frame === "tell" ||
        (c.cue.lemma === "ask" && !/^(?:for|about|whether|why|how|what|who|when|where)\b/.test(said)) ||
        /^(?:say|add|write|state|argue|note|tweet)$/.test(c.cue.lemma)) &&
      holdsVerb(scene, span.start, span.end) === false
    )
      continue;
    const responsibility = c.cue.lemma === "claim" && /^(?:\w+ )?(?:responsibility|credit)\b/.test(said);
    const minimum = responsibility || c.cue.frame === "object" || c.cue.frame === "as" ? 1 : alone ? 4 : 3;
    // "denied it": what "it" is stands elsewhere.
    if (wordCount(said) < minimum || /^(?:it|this|that|so|him|her|them|these|those)$/i.test(said)) continue;
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
  const scene: Scene = {
    input,
    context,
    view,
    names: collectNames(input),
    quoted,
    speech,
    trees: treesOf(input.doc.sentences),
  };
  const drafts: Draft[] = [];
  const relays: Relay[] = [];
  const memory: Memory = { genders: new Map() };
  const running: {
    speaker?: Speaker | undefined;
    cue?: CueAt | undefined;
    via?: string | undefined;
    paragraph: number;
  } = { paragraph: -9 };
  for (const unit of unitsOf(scene)) {
    readUnit(scene, unit, memory, running, drafts, relays);
    colonHeadline(scene, unit, drafts);
  }
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
