/** Where what was said begins and ends beside a reporting verb. */
import { ADVERBS, PRONOUNS } from "../lang/en/reporting.ts";
import { EN_TIMES } from "../lang/en/times.ts";
import type { Span } from "../model/index.ts";
import { type CueAt, type Scene, type Unit, wordCount } from "./quote-scene.ts";
import { type Range, subjectAfter, subjectBefore } from "./quote-subject.ts";
import { contentStart, isBeside, isRecipient, subjectSide } from "./quote-syntax.ts";

const NEWS_TELL =
  /^(?:reporters|journalists|newsmen|lawmakers|parliament|viewers|supporters|followers|residents|delegates|colleagues|police|investigators|officials|officers|crowds?|him|her|them|us|me|you|people|state|local|public|national|television|tv|radio|news|media|conference|agency|a|an|the|his|her|their|in|at|on|during|by|via|audience|court|council|meeting|press|briefing|interview|statement|telephone|phone|email|of|security|session|call|newspaper|station|channel|congress|senate|host)$/;

/** Where the reported clause begins after a reporting verb; undefined when nothing follows but circumstance. */
export function complementStart(scene: Scene, unit: Unit, c: CueAt): number | undefined {
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
  // "have said since that …", "said repeatedly that …"
  if (
    words[i + 1]?.lower === "that" &&
    (/^(?:since|later|earlier|before|also|again|repeatedly|separately)$/.test(words[i]?.lower ?? "") ||
      /ly$/.test(words[i]?.lower ?? ""))
  )
    return i + 2;
  if (c.cue.frame === "tell") {
    const content = contentStart(scene, unit, c);
    const at = that(i, 16);
    if (at !== undefined && (content === undefined || at <= content || words[at - 1]?.lower === "that"))
      return at;
    const subject = subjectBefore(view, c.at, unit.from);
    if (
      content === undefined &&
      subject !== undefined &&
      words[subject.from - 1]?.text === "," &&
      limit - i < 18
    )
      return undefined;
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
    if (content !== undefined && content > c.end && content !== i && !view.inSpeech(content)) {
      if (content < i || isRecipient(scene, c, i)) return content;
    }
  } else {
    while (i < limit && (view.inTime(i) || (words[i]?.lower === "in" && view.inTime(i + 1)))) i++;
    if (words[i]?.lower === "that") return i + 1;
    if (
      /^(?:in|at|on|during|by|through|via|after|before|to|from|late|early|of|earlier|later|yesterday|today|again|under|with|outside|inside|near|aboard|over)$/.test(
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
export function complementEnd(
  scene: Scene,
  unit: Unit,
  from: number,
  later: readonly CueAt[],
  of: CueAt,
  subjects: ReadonlyMap<number, Range | undefined>,
): number {
  const { words } = scene.context;
  const { view } = scene;
  const { frame } = of.cue;
  // "The plan, which drafters say will save money, passed": the relative clause ends at the next comma.
  const gap =
    /^(?:will|would|is|are|was|were|has|have|had|can|could|may|might|should)$/.test(
      words[from]?.lower ?? "",
    ) &&
    words
      .slice(Math.max(unit.from, of.at - 6), of.at)
      .some((w, k, all) => /^(?:which|who)$/.test(w.lower) && (k === 0 || all[k - 1]?.text === ","));
  for (let i = from; i < unit.to; i++) {
    const word = words[i];
    if (word === undefined) break;
    if (view.inSpeech(i) && i > from) return word.start - 1;
    if (gap && word.text === "," && i > from + 1) return word.start;
    if (word.lower === "according" && words[i + 1]?.lower === "to" && i > from) return word.start;
    if (word.lower === "per" && words[i - 1]?.text === ",") return word.start;
    if (
      frame === "object" &&
      i > from + 1 &&
      (i > from + 3 || /^(?:after|because|when)$/.test(word.lower)) &&
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
    // "… without warning, and he ruled out talks": another statement of his begins.
    if (
      /^(?:he|she|they)$/.test(before?.lower ?? "") &&
      /^(?:and|but)$/.test(words[i - 2]?.lower ?? "") &&
      i - 2 > from
    )
      return (words[i - 3]?.text === "," ? words[i - 3]?.start : words[i - 2]?.start) ?? word.start;
    // "…, but the council predicts": the other side is heard.
    const other = subjects.get(cue.at);
    if (
      other !== undefined &&
      other.from > from + 2 &&
      words[other.from - 2]?.text === "," &&
      (/^(?:but|while|whereas|though|although)$/.test(words[other.from - 1]?.lower ?? "") ||
        (words[other.from - 1]?.lower === "and" && isBeside(scene, i, of.at)))
    )
      return words[other.from - 2]?.start ?? word.start;
    const subject = subjects.get(cue.at);
    const left = subject === undefined ? undefined : words[subject.from - 1];
    if (subject !== undefined && subject.from > from && left?.text === "," && isTail(scene, unit, cue))
      return left.start;
    if (before?.text === "," && !cue.cue.participle && i - 1 > from) return before.start;
  }
  return words[unit.to - 1]?.end ?? unit.end;
}

/** Nothing but circumstance follows: "…, he said on Monday." */
export function isTail(scene: Scene, unit: Unit, c: CueAt): boolean {
  if (c.cue.frame === "object" || c.cue.frame === "as" || c.cue.participle) return false;
  const start = complementStart(scene, unit, c);
  if (start === undefined) return true;
  const { words } = scene.context;
  const rest = words.slice(start, unit.to).filter((w) => w.kind !== "mark");
  if (rest.length === 0) return true;
  // "…, the ministry said separately", "…, an aid worker said by telephone": what follows is no clause.
  const subject = subjectBefore(scene.view, c.at, unit.from);
  return (
    subject !== undefined &&
    subject.from > unit.from + 3 &&
    words[subject.from - 1]?.text === "," &&
    rest.length <= 5 &&
    (rest.every((w) => ADVERBS.has(w.lower) || /ly$/.test(w.lower)) ||
      (/^(?:in|on|at|by|after|during|through|via)$/.test(rest[0]?.lower ?? "") &&
        !rest.some(
          (w) =>
            EN_TIMES.tense.isPast(w.lower) || /^(?:is|are|was|were|has|have|had|will|would)$/.test(w.lower),
        )))
  );
}

/** "…, said Ralf Melzer, who monitors": the verb stands before its subject. */
export function isInverted(scene: Scene, unit: Unit, c: CueAt): boolean {
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
  const side = subjectSide(scene, c.at);
  if (closing)
    return side !== "before" || !/^(?:the|an?|his|her|its|their|he|she|it|they|we)$/.test(next.lower);
  // "Tom Bell, a clerk, said ships sank": by the parse the subject stands before.
  if (side === "before") return false;
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

/** "called it an “extreme incident” that …": the label ends with its marks. */
export function labelEnd(scene: Scene, start: number, end: number): number {
  const last = scene.quoted.filter((q) => q.outerStart >= start && q.outerEnd <= end).at(-1);
  if (last === undefined) return end;
  return wordCount(scene.context.text.slice(last.outerEnd, end)) > 4 ? last.outerEnd : end;
}

/** "said he would not give a date but that talks will go on": two statements. */
export function butThat(text: string, span: Span): Span[] {
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
export function leftStart(scene: Scene, unit: Unit, edge: number): number {
  const { words } = scene.context;
  for (let i = edge - 1; i > unit.from; i--)
    if (scene.view.inSpeech(i)) return words[i + 1]?.end ?? unit.start;
  const first = words[unit.from];
  return first?.start ?? unit.start;
}
