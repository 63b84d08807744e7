/** Where a sentence reports speech: reporting verbs and phrases that stand as such, not as nouns, passives or phone calls. */
import { BESIDE_SPEECH, CUES, type Cue } from "../lang/en/reporting.ts";
import type { Stance } from "../model/index.ts";
import type { CueAt, Scene, Unit } from "./quote-scene.ts";
import { isGerund, isNoVerb, isPassiveAttribute } from "./quote-syntax.ts";

const AFTER_NOUN =
  /^(?:that|the|a|an|he|she|it|they|we|his|her|its|their|there|no|any|to|this|these|those|[“"‘])$/;
const NOUNISH =
  /^(?:the|a|an|his|her|its|their|our|my|of|new|no|any|some|this|these|that|such|first|latest|public|repeated|official|initial|early|news|media|recent|false|similar|earlier|by|for|in|with|on|despite|from|to|into|other|more|multiple|several|many)$/;

export function cuesIn(scene: Scene, unit: Unit): CueAt[] {
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
    // Beside speech in marks a reporting verb is one, whatever the parser made of it.
    if (!nextToSpeech(scene, i)) {
      if (
        (unit.start > 0 || cue.lemma === "allege") &&
        (cue.nounLike || word.lower === cue.lemma || /(?:ed|ing)$/.test(word.lower)) &&
        isNoVerb(scene, i) &&
        !besideCue(found.at(-1), before?.lower, word.lower)
      )
        continue;
      if (isPassiveAttribute(scene, i) || isGerund(scene, i)) continue;
    }
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
    if (cue.nounLike && !cue.past && /['’]s?$|ed$|ing$/.test(before?.text ?? "")) continue;
    // "hold promise and peril": a noun after all.
    if (
      cue.nounLike &&
      !cue.past &&
      cue.lemma !== "call on" &&
      /^(?:and|or|of|in|for|by|on|from|is|are|was|were|with|at)$/.test(next?.lower ?? "")
    )
      continue;
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
    if (BESIDE_SPEECH.has(cue.lemma)) {
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
      /ly$|^(?:also|widely|not|long|first|later|once|never)$/.test(before?.lower ?? "")
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
    // "dismissed him", "dismissed the minister": out of office, not out of hand.
    if (
      cue.lemma === "dismiss" &&
      next !== undefined &&
      (/^(?:him|her|them)$/.test(next.lower) || namesPerson(scene, i + 1))
    )
      continue;
    if (
      cue.lemma === "ask" &&
      next?.lower === "not" &&
      /^(?:named|identified|quoted)$/.test(words[i + 4]?.lower ?? "")
    )
      continue;
    // "did not say how many", "has said nothing of civilians": nothing was asserted.
    if (
      cue.stance === "asserts" &&
      cue.lemma === "say" &&
      (/^(?:not|n['’]t|never)$/.test(before?.lower ?? "") ||
        /n['’]t$/.test(before?.lower ?? "") ||
        (next?.lower === "nothing" && /^(?:of|about|on)$/.test(words[i + 2]?.lower ?? "")))
    )
      cue = { ...cue, stance: "declines" };
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

/** "demands an end and calls for aid": the second of two that stand alike. */
const besideCue = (last: CueAt | undefined, before: string | undefined, word: string): boolean =>
  last !== undefined &&
  before === "and" &&
  last.cue.frame === "object" &&
  !last.cue.participle &&
  /s$/.test(word) === /s$/.test(last.words.split(" ")[0] ?? "");

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

/** Whether a person or an office is named within the next words, before any preposition. */
function namesPerson(scene: Scene, at: number): boolean {
  const { words } = scene.context;
  const from = words[at]?.start ?? 0;
  const to = words[Math.min(words.length - 1, at + 4)]?.end ?? from;
  return scene.input.doc.mentions.some(
    (m) =>
      (m.type === "PER" || m.type === "OFFICE") &&
      m.span.start >= from &&
      m.span.end <= to &&
      m.span.start - from < 24,
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
