/** A counted number and the words of its sentence → what is measured, from triggers after it, before it, or the noun itself. */

import {
  ACT_WORDS,
  CUSTODY,
  DEPLOYED,
  HEAD_NOUNS,
  HOSTAGE,
  PEOPLE,
  PROTEST,
  SOFT_FORCES,
  STATE_WORDS,
  SUSPECTS,
} from "../lang/en/measures.ts";
import type { Measure } from "../model/index.ts";
import type { Word } from "../text/scan.ts";
import type { Counted } from "./counted.ts";

/** Words that may stand between those counted and the state they are in. */
const AUXILIARY = new Set(
  "was were are is be been being have has had reportedly also feared believed confirmed to reported left allegedly presumed already apparently known said thought critically seriously severely lightly badly shot officially either – — -".split(
    " ",
  ),
);
/** Words that may stand between an act and those it was done to. */
const BETWEEN = new Set(
  "of to the at by a an about and up as reached reaching stood stands rose rises risen climbed passed topped count in on is was : them all off hit some toll number nearly him".split(
    " ",
  ),
);

export type Measured = {
  readonly measure: Measure;
  readonly strength: "trigger" | "noun" | "context" | "none";
};

export type MeasureInput = {
  readonly words: readonly Word[];
  readonly sentenceOf: readonly number[];
  readonly text: string;
  /** First word of the mention with its hedge, and after the last word of the noun phrase. */
  readonly first: number;
  readonly last: number;
  readonly counted: Counted;
  /** Offsets of the sentence. */
  readonly from: number;
  readonly to: number;
};

/**
 * Past what stands between those counted and their verb: "members [of the security forces] had died", "people[, nine of
 * them children,] were killed", "people [whom it described as …] had been killed". Undefined when no auxiliary follows.
 */
function pastModifier({ words, sentenceOf, last, counted }: MeasureInput): number | undefined {
  if (counted.head !== "" && !PEOPLE.has(counted.head)) return undefined;
  const sentence = sentenceOf[last - 1];
  const inside = (i: number): Word | undefined => (sentenceOf[i] === sentence ? words[i] : undefined);
  const opener = inside(last);
  if (opener === undefined) return undefined;
  const limit = opener.lower === "of" ? 7 : opener.text === "," || opener.lower === "whom" ? 12 : 0;
  const comma = opener.text === ",";
  for (let i = last + 1; i < last + limit; i++) {
    const word = inside(i);
    if (word === undefined || /^[;:.]$/.test(word.text)) return undefined;
    if (word.text === ",") {
      if (!comma) return undefined;
      return /^(?:was|were|had|have|has|are|is|died|die)$/.test(inside(i + 1)?.lower ?? "")
        ? i + 1
        : undefined;
    }
    if (!comma && /^(?:was|were|had|have|has|are|died|die)$/.test(word.lower)) return i;
    if (
      !comma &&
      opener.lower === "of" &&
      (word.kind === "number" || /^(?:and|that|who|which)$/.test(word.lower))
    )
      return undefined;
  }
  return undefined;
}

function stateAfter(input: MeasureInput): Measure | undefined {
  return stateFrom(input, input.last) ?? stateFrom(input, pastModifier(input));
}

function stateFrom(
  { words, sentenceOf, last, text }: MeasureInput,
  from: number | undefined,
): Measure | undefined {
  if (from === undefined) return undefined;
  const sentence = sentenceOf[last - 1];
  for (let i = from; i < from + 6; i++) {
    const word = words[i];
    if (word === undefined || sentenceOf[i] !== sentence) return undefined;
    if (CUSTODY.test(text.slice(word.start, word.start + 40))) return "arrested";
    // "four officers were shot": hurt, unless it says that they died.
    if (
      word.lower === "shot" &&
      /^(?:was|were|been|being)$/.test(words[i - 1]?.lower ?? "") &&
      !/^ (?:dead|down|to death|and (?:killed|died)|fatally)\b/.test(text.slice(word.end, word.end + 12))
    )
      return /\bfatally $/.test(text.slice(0, word.start)) ? "killed" : "injured";
    const state = STATE_WORDS.get(word.lower);
    if (state !== undefined) {
      // "were held talks", "20 captured the town": an active verb goes on with an object.
      const next = words[i + 1]?.lower ?? "";
      if (
        (state === "arrested" || word.lower === "held" || word.lower === "evacuated") &&
        i === last &&
        /^(?:the|a|an|talks|two|three)$/.test(next)
      )
        return undefined;
      if (
        /^(?:killed|injured|wounded|murdered|kidnapped|executed|abducted)$/.test(word.lower) &&
        i === last &&
        /^(?:the|a|an|more|at|dozens|hundreds|their|his|two|three)$/.test(next)
      )
        return undefined;
      if (word.lower === "held" && !/^(?:hostage|captive|by|in|over|on|for|\.|,|without)$/.test(next))
        return undefined;
      return word.lower === "held" && /^(?:hostage|captive)$/.test(next) ? "hostages" : state;
    }
    if (!AUXILIARY.has(word.lower)) return undefined;
  }
  return undefined;
}

function actBefore({ words, sentenceOf, first }: MeasureInput): Measure | undefined {
  const sentence = sentenceOf[first];
  for (let i = first - 1; i >= first - 7 && i >= 0; i--) {
    const word = words[i];
    if (word === undefined || sentenceOf[i] !== sentence) return undefined;
    const act = ACT_WORDS.get(word.lower);
    if (act !== undefined) {
      const before = words[i - 1]?.lower ?? "";
      // "was killed. 20", "were killed in": a passive before the number belongs to somebody else.
      if (/ed$|^(?:hurt|slain)$/.test(word.lower) && /^(?:was|were|been|be|being|are|is)$/.test(before))
        return undefined;
      if (
        word.lower === "claimed" &&
        !/^(?:lives|life)$/.test(words[first + 1]?.lower ?? "") &&
        !words.slice(first, first + 5).some((w) => w.lower === "lives")
      )
        return undefined;
      if (word.lower === "forced")
        return words.slice(first, first + 8).some((w) => /^(?:flee|homes|evacuate|leave)$/.test(w.lower))
          ? "displaced"
          : undefined;
      if (word.lower === "dead" && before !== "the" && before !== "of") return undefined;
      return act;
    }
    if (!BETWEEN.has(word.lower)) break;
  }
  return spree(words, sentenceOf, first);
}

/** "killed a commander along with seven of his associates". */
const ALONG =
  /\b(kill|injur|wound|arrest|detain|captur|kidnap|abduct)\w*\b[^.;,]{3,90}?,? (?:along with|together with|as well as|plus) $/i;
const ALONG_MEASURE: Readonly<Record<string, Measure>> = {
  kill: "killed",
  injur: "injured",
  wound: "injured",
  arrest: "arrested",
  detain: "arrested",
  captur: "arrested",
  kidnap: "hostages",
  abduct: "hostages",
};

/** "a killing spree on Tuesday of 148 people", "the massacre by the group of 30 villagers". */
function spree(words: readonly Word[], sentenceOf: readonly number[], first: number): Measure | undefined {
  if (words[first - 1]?.lower !== "of") return undefined;
  for (let i = first - 2; i >= first - 8 && i >= 0; i--) {
    const word = words[i];
    if (word === undefined || word.kind === "mark" || sentenceOf[i] !== sentenceOf[first]) return undefined;
    const kind =
      /^(?:massacre|killing|killings|murder|murders|deaths|slaughter|execution|executions|shooting)$/.test(
        word.lower,
      )
        ? "killed"
        : /^(?:arrest|arrests|detention|detentions)$/.test(word.lower)
          ? "arrested"
          : /^(?:abduction|kidnapping|kidnappings)$/.test(word.lower)
            ? "hostages"
            : /^(?:displacement|expulsion|evacuation)$/.test(word.lower)
              ? "displaced"
              : undefined;
    if (kind !== undefined) return kind;
  }
  return undefined;
}

/** "lowered the toll from 19 to 17": the number after "to" is the toll now, the one after "from" is no more. */
const MOVED =
  /\b(?:lower|cut|reduc|rais|revis|increas|adjust)\w*\b[^.;]{0,40}?\b(?:(?:death )?toll|number of (?:people |those )?(?:who (?:were )?)?(killed|dead|deaths|died|injured|wounded|hurt|missing|arrested|detained))\b[^.;]{0,90}?\b(from|to) (?:\p{L}+ ){0,2}$/iu;
const movedTo = (before: string): Measured | undefined => {
  const [, what = "dead", word] = MOVED.exec(before) ?? [];
  if (word === undefined) return undefined;
  if (word.toLowerCase() === "from") return { measure: "other", strength: "none" };
  const measure = /^(?:injured|wounded|hurt)$/i.test(what)
    ? "injured"
    : /^(?:arrested|detained)$/i.test(what)
      ? "arrested"
      : /^missing$/i.test(what)
        ? "missing"
        : "killed";
  return { measure, strength: "trigger" };
};

export function measureOf(input: MeasureInput): Measured {
  const { counted, text, from, to, words, first, last } = input;
  const noun = HEAD_NOUNS.get(counted.head);
  const sentence = text.slice(from, to);
  const after = text.slice(words[last - 1]?.end ?? from, to);
  const before = text.slice(from, words[first]?.start ?? from);
  if (noun === "distance" || noun === "duration" || noun === "cases" || noun === "votes")
    return { measure: noun, strength: "noun" };
  if (
    noun !== undefined &&
    (noun === "killed" || noun === "injured" || noun === "arrested" || noun === "missing") &&
    counted.head !== "prisoners" &&
    counted.head !== "inmates"
  )
    return { measure: noun, strength: "noun" };
  const moved = counted.head === "" ? movedTo(before) : undefined;
  if (moved !== undefined) return moved;
  const state = stateAfter(input);
  if (state !== undefined) return { measure: state, strength: "trigger" };
  const act = actBefore(input);
  if (
    act !== undefined &&
    (counted.head === "" || PEOPLE.has(counted.head) || HEAD_NOUNS.get(counted.head) !== "weapons")
  )
    return { measure: act, strength: "trigger" };
  const people = PEOPLE.has(counted.head) || counted.head === "";
  const along = people ? ALONG_MEASURE[ALONG.exec(before)?.[1]?.toLowerCase() ?? ""] : undefined;
  if (along !== undefined) return { measure: along, strength: "trigger" };
  if (
    people &&
    /^[^.;]{0,60}\bwho (?:\w+ ){0,2}(?:was|were|died|had been|have been) ?(?:killed|shot dead|died)?/i.test(
      after,
    )
  ) {
    if (
      /^[^.;]{0,60}\bwho (?:were |was |had been |have been )?(?:killed|died|shot dead|murdered)\b/i.test(
        after,
      )
    )
      return { measure: "killed", strength: "context" };
    if (/^[^.;]{0,60}\bwho (?:were |was |had been |have been )(?:injured|wounded|hurt)\b/i.test(after))
      return { measure: "injured", strength: "context" };
    if (
      /^[^.;]{0,60}\bwho (?:were |was |had been |have been )(?:arrested|detained|jailed|held)\b/i.test(after)
    )
      return { measure: "arrested", strength: "context" };
  }
  if (
    noun === "hostages" ||
    (people &&
      HOSTAGE.test(sentence) &&
      /\b(?:held|taken|took|tak(?:e|ing)|free[ds]?|releas\w+) /.test(sentence))
  )
    return { measure: "hostages", strength: "noun" };
  if (
    noun === "displaced" ||
    (people &&
      /^[^.;]{0,40}\b(?:fled|flee|fleeing|displaced|evacuated|left homeless|forced from their homes|leave their homes|forced to leave)\b/i.test(
        after,
      ))
  )
    return { measure: "displaced", strength: "noun" };
  if (noun === "participants" || noun === "weapons") return { measure: noun, strength: "noun" };
  if (noun === "forces") {
    if (
      !SOFT_FORCES.has(counted.head) ||
      DEPLOYED.test(before.slice(-40)) ||
      DEPLOYED.test(after.slice(0, 60))
    )
      return { measure: "forces", strength: "noun" };
    return { measure: "other", strength: "noun" };
  }
  if (
    people &&
    PROTEST.test(
      counted.head === ""
        ? `${before.slice(-20)} ${after.slice(0, 40)}`
        : `${before.slice(-30)} ${after.slice(0, 70)}`,
    )
  )
    return { measure: "participants", strength: "context" };
  if (
    /^(?:men|man|brothers|people|women|suspects|teenagers|youths|individuals|militants|students)$/.test(
      counted.head,
    ) &&
    SUSPECTS.test(after.slice(0, 60))
  )
    return { measure: "participants", strength: "context" };
  if (counted.head === "" && /\b(?:troop|troops|soldiers|forces)\b/i.test(before.slice(-60)))
    return { measure: "forces", strength: "context" };
  return { measure: "other", strength: counted.head === "" ? "none" : "noun" };
}
