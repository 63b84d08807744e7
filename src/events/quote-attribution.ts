/** Attribution without a plain subject and verb: speech in marks, "according to", "citing", "could not be verified". */
import { OPENERS } from "../lang/en/reporting.ts";
import { isSpeakerNoun } from "../lang/en/speakers.ts";
import { complementStart, isTail } from "./quote-bounds.ts";
import type { Quoted } from "./quote-marks.ts";
import {
  type CueAt,
  type Draft,
  isAttribution,
  type Memory,
  type Relay,
  type Scene,
  trimSpan,
  type Unit,
  wordCount,
} from "./quote-scene.ts";
import { stanceOf } from "./quote-stance.ts";
import { subjectAfter, subjectBefore } from "./quote-subject.ts";
import { holdsVerb } from "./quote-syntax.ts";
import { mainSubject, remember, resolve } from "./quote-voices.ts";
import { type Speaker, speakerFrom } from "./speakers.ts";

const ABBREVIATION =
  /\b(?:St|Mr|Mrs|Ms|Dr|Gen|Col|Sen|Sens|Rep|Reps|Gov|Lt|Maj|Sgt|Capt|Prof|Adm|Rev|Jr|Sr|U\.S|U\.N|U\.K|[A-Z])\./g;

type Attribution = { readonly speaker: Speaker | undefined; readonly cue: CueAt | undefined };

export function attribute(
  scene: Scene,
  unit: Unit,
  q: Quoted,
  cues: readonly CueAt[],
  speakers: ReadonlyMap<CueAt, Speaker | undefined>,
  memory: Memory,
): Attribution | undefined {
  const { words, text } = scene.context;
  // “It did not happen.” And like many here, Bell blamed …: a sentence of its own, not who said it.
  const mark = text[q.end - 1] ?? "";
  const closed = q.closed && /[.!?]/.test(mark) && /^\s+\p{Lu}/u.test(text.slice(q.outerEnd, q.outerEnd + 3));
  const apart =
    closed &&
    !isAttribution(text, q.outerEnd, unit.end, mark) &&
    (mark === "." || OPENERS.has(/\p{L}+/u.exec(text.slice(q.outerEnd))?.[0].toLowerCase() ?? ""));
  const after = cues.find(
    (c) =>
      !apart &&
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

export function accordingTo(
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
    remember(scene, memory, speaker);
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
export function citing(
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

/**
 * "Health ministry: at least 40 hurt", "Forty hurt in blast: police": in a headline the side of the colon that is a speaker
 * gives the other side. Labels ("Video:", "UPDATE 1:"), places and topics are no speakers.
 */
export function colonHeadline(scene: Scene, unit: Unit, out: Draft[]): void {
  const { words, text } = scene.context;
  if (unit.end > scene.input.article.title.length + 2) return;
  const colons: number[] = [];
  for (let i = unit.from + 1; i < unit.to - 1; i++)
    if (words[i]?.text === ":" && !scene.view.inSpeech(i) && !scene.view.inTime(i)) colons.push(i);
  if (colons.length !== 1) return;
  const at = colons[0] ?? 0;
  const side = (from: number, to: number): Speaker | undefined => {
    const last = words[to - 1];
    const first = words[from];
    if (first === undefined || last === undefined || to - from > 7 || last.kind !== "word") return undefined;
    const span = { start: first.start, end: last.end };
    if (
      words
        .slice(from, to)
        .some((w) => w.kind === "number" || /^(?:is|are|was|were|to|who|how|why|what)$/.test(w.lower))
    )
      return undefined;
    const mention = scene.input.doc.mentions.find(
      (m) => m.span.end === last.end && m.span.start >= first.start,
    );
    const named = mention?.type === "PER" || mention?.type === "OFFICE";
    if (!named && !isSpeakerNoun(last.lower)) return undefined;
    const speaker = speakerFrom(text, span, scene.names);
    return speaker.kind === "newsroom" ? undefined : speaker;
  };
  const before = side(unit.from, at);
  const after = before === undefined ? side(at + 1, unit.to) : undefined;
  const speaker = before ?? after;
  if (speaker === undefined) return;
  const span =
    before === undefined
      ? trimSpan(text, unit.start, words[at]?.start ?? unit.end)
      : trimSpan(text, words[at]?.end ?? unit.start, unit.end);
  if (wordCount(text.slice(span.start, span.end)) < 3) return;
  // "Ann Reed: From Clerk to Mayor" is a title, not a statement.
  if (
    !/[\d“”"‘]/.test(text.slice(span.start, span.end)) &&
    (holdsVerb(scene, span.start, span.end) === false ||
      /^(?:from|how|why|what|the (?:man|woman)|an?)\b/i.test(text.slice(span.start, span.end)))
  )
    return;
  if (out.some((d) => d.span.start < span.end && d.span.end > span.start && d.speaker !== undefined)) return;
  out.push({
    span,
    speaker,
    stance: stanceOf(undefined, text.slice(span.start, span.end), false),
    rule: "quotes/colon",
  });
}

const UNVERIFIED =
  /\b(?:could not|couldn['’]t|cannot|can not|was not able to|were unable to|was unable to) (?:immediately |independently )*(?:be )?(?:independently |immediately )*(?:verif\w+|confirm\w+)(?: by \p{L}+)?|\bunable to (?:independently )?verify\b/iu;
export function unverified(scene: Scene, unit: Unit, out: Draft[]): void {
  const { text } = scene.context;
  const m = UNVERIFIED.exec(text.slice(unit.start, unit.end));
  if (m === null) return;
  const at = unit.start + m.index;
  const active = /verify|confirm$/i.test(m[0]) && !/\bbe\b/i.test(m[0]);
  const span = active ? trimSpan(text, at + m[0].length, unit.end) : trimSpan(text, unit.start, at);
  if (wordCount(text.slice(span.start, span.end)) === 0) return;
  out.push({ span, stance: "doubts", rule: "quotes/unverified" });
}
