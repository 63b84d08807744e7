/** Whose speech it is: noun phrases and pronouns → speakers, with a memory of who spoke; what is a newsroom, what is no voice at all. */
import { FEMALE_WORD, type Gender, genderOfName, MALE_WORD } from "../lang/en/given-names.ts";
import { SECTOR_OF } from "../lang/en/parties.ts";
import { PERSON_PRONOUNS, PRONOUNS } from "../lang/en/reporting.ts";
import { EN_TIMES } from "../lang/en/times.ts";
import type { CueAt, Memory, Scene, Unit } from "./quote-scene.ts";
import type { Range } from "./quote-subject.ts";
import { isSubject, subjectOfPrevious } from "./quote-syntax.ts";
import { isNewsroom, type Speaker, speakerFrom } from "./speakers.ts";

export function resolve(scene: Scene, range: Range | undefined, memory: Memory): Speaker | undefined {
  const { words, text } = scene.context;
  if (range === undefined) return undefined;
  let { from } = range;
  // A closing mark is no part of who speaks.
  while (
    from < range.to - 1 &&
    (words[from]?.kind === "mark" || /^(?:and|but|so)$/.test(words[from]?.lower ?? ""))
  )
    from++;
  const first = words[from];
  const last = words[range.to - 1];
  if (first === undefined || last === undefined || from >= range.to) return undefined;
  if (scene.view.inTime(from) && scene.view.inTime(range.to - 1)) return undefined;
  const span = { start: first.start, end: last.end };
  // "they're warning", "he'd said": the pronoun without what is joined to it.
  const word = first.lower.replace(/['’](?:re|s|d|ve|ll|m)$/, "");
  if (range.to - from === 1 && PRONOUNS.has(word) && first.text !== "WHO") {
    const gender = PERSON_PRONOUNS.get(word);
    const found =
      gender !== undefined
        ? antecedent(scene, span.start, memory, gender)
        : word === "they"
          ? (memory.plural ?? memory.body)
          : word === "it"
            ? (memory.body ?? corefSpeaker(scene, first.start, word) ?? bodyBefore(scene, span.start))
            : undefined;
    return found === undefined ? undefined : { ...found, span };
  }
  return speakerFrom(text, span, scene.names);
}

/** "The interior ministry gave its first count. It said …": the body that the sentence before is about. */
function bodyBefore(scene: Scene, at: number): Speaker | undefined {
  const subject = subjectOfPrevious(scene, at);
  if (subject === undefined || !BODIES.test(SECTOR_OF.get(subject.head) ?? "")) return undefined;
  const speaker = speakerFrom(scene.context.text, subject.span, scene.names);
  return speaker.kind === "newsroom" ? undefined : { ...speaker, kind: "body" };
}
const BODIES = /^(?:GOV|COP|MIL|JUD|LEG|SPY|PTY|BUS|IGO|NGO)$/;

/** What the document's coreference says of "it" and "they"; persons are left to the order of speakers. */
function corefSpeaker(scene: Scene, at: number, word: string): Speaker | undefined {
  if (!/^(?:it|they)$/.test(word)) return undefined;
  const { doc } = scene.input;
  const mention = doc.mentions.find((m) => m.kind === "pronoun" && m.span.start === at);
  const entity = mention === undefined ? undefined : doc.entities[mention.entity];
  return entity === undefined
    ? undefined
    : { name: entity.name, span: { start: at, end: at }, kind: entity.type === "PER" ? "person" : "body" };
}

/**
 * "he", "she": the last speaker when that one spoke in this paragraph, else the first person named in it, else the last
 * speaker, always leaving out who is known to be of the other sex. Whom "she" was once is a woman from then on.
 */
function antecedent(scene: Scene, at: number, memory: Memory, gender: Gender): Speaker | undefined {
  const { text } = scene.context;
  const known = (name: string): Gender | undefined => memory.genders.get(name) ?? genderOf(text, name);
  const may = (s: Speaker | undefined): s is Speaker =>
    s !== undefined && (known(s.name) ?? gender) === gender;
  const settle = (s: Speaker | undefined): Speaker | undefined => {
    if (s !== undefined) memory.genders.set(s.name, gender);
    return s;
  };
  const persons = scene.names.places
    // Whom a quotation names is spoken of, and does not speak.
    .filter((p) => p.end <= at && !scene.speech.some((q) => q.start <= p.start && p.end <= q.end))
    .map((p) => speakerFrom(text, { start: p.start, end: p.end }, scene.names))
    .filter((s) => s.kind !== "newsroom")
    .map((s): Speaker => ({ ...s, kind: "person" }));
  const paragraph = text.lastIndexOf("\n", at) + 1;
  const last = may(memory.person) ? memory.person : undefined;
  // "Tom Bell caused a stir when he said": the subject of the same sentence comes first.
  const sentence = scene.context.sentences.find((s) => s.start <= at && at < s.end);
  const subject = persons
    .filter(
      (s) => sentence !== undefined && s.span.start >= sentence.start && may(s) && isSubject(scene, s.span),
    )
    .at(-1);
  if (subject !== undefined) return settle(subject);
  if (last !== undefined && (memory.personAt ?? -1) >= paragraph) return settle(last);
  const here = persons.filter((s) => s.span.start >= paragraph);
  const spoke = memory.last?.[gender];
  const named =
    here.find((s) => known(s.name) === gender) ??
    here.find((s) => may(s) && s.name.includes(" ")) ??
    (spoke === undefined ? here.find(may) : undefined);
  if (named !== undefined) return settle(named);
  const previous = text.lastIndexOf("\n", Math.max(0, text.slice(0, paragraph).trimEnd().length - 1)) + 1;
  // Whom the paragraph before is about stands first in it.
  const about = persons.find((s) => s.span.start >= previous && may(s));
  if (last !== undefined) return settle((memory.personAt ?? -1) < previous ? (about ?? last) : last);
  const near = about ?? persons.filter((s) => s.span.start > at - 600 && may(s)).at(-1);
  return settle(spoke ?? persons.filter((s) => known(s.name) === gender).at(-1) ?? near);
}

/** What the article and the name tell: "Ms. Ortiz", "a spokeswoman", "Maria". */
function genderOf(text: string, name: string): Gender | undefined {
  if (FEMALE_WORD.test(name)) return "female";
  if (MALE_WORD.test(name)) return "male";
  const words = name.split(" ");
  const family = (words.at(-1) ?? "").replace(/[^\p{L}\p{M}-]/gu, "");
  const title = new RegExp(`\\b(Mr|Mrs|Ms|Miss|Sir|Dame)\\.? (?:\\p{Lu}\\p{L}+ )?${family}\\b`, "u").exec(
    text,
  )?.[1];
  const given = words.length > 1 ? genderOfName(words[0] ?? "") : undefined;
  // A family shares its title: the given name is nearer to the person.
  return given ?? (title === undefined ? undefined : /^(?:Mr|Sir)$/.test(title) ? "male" : "female");
}

const PLURAL = /(?:^|\s)(?:\p{Ll}+s|police|people|\p{Lu}\p{L}+(?:ans|ats|ists|ians|is|men))$/u;

export function remember(scene: Scene, memory: Memory, speaker: Speaker): void {
  // A described person ("a spokesman") is a "he" too.
  const described =
    speaker.kind === "described" &&
    /\b(?:man|woman|official|officer|spokes\w+|source|diplomat|minister|president|resident|witness|judge|leader|chief|aide|lawyer|general)(?: (?:of|in|at|from|with|for|on) .*)?$/i.test(
      speaker.name,
    );
  if (speaker.kind === "person" || described) {
    memory.person = speaker;
    memory.personAt = speaker.span.start;
    const gender = memory.genders.get(speaker.name) ?? genderOf(scene.context.text, speaker.name);
    if (gender !== undefined) memory.last = { ...memory.last, [gender]: speaker };
  }
  if (speaker.kind === "person") return;
  if (PLURAL.test(speaker.name)) memory.plural = speaker;
  else memory.body = speaker;
}

// ---- stance

/** "The violence threatened the mission": what is no person and no body says nothing. */
export function isAbstract(speaker: Speaker, c: CueAt): boolean {
  if (speaker.kind === "person" || speaker.kind === "newsroom") return false;
  const name = speaker.name.toLowerCase();
  if (/^(?:nobody|no one|none|neither|no|first|later|originally)\b/.test(name)) return true;
  // A text that speaks of itself, and words that name no one.
  if (/^(?:an?|the) (?:earlier|previous|original|first) version\b/.test(name)) return true;
  if (/^(?:the|this|that|a) (?:\p{L}+ )?(?:term|word|phrase|expression|wording|label)s?\b/u.test(name))
    return true;
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

/** "the paper reported", "DH reported that": who reports, and is no witness and no office, is a newsroom. */
export function isRelay(c: CueAt, speaker: Speaker): boolean {
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
export function mainSubject(scene: Scene, unit: Unit, before: number, memory: Memory): Speaker | undefined {
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
      (/^(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|said|says|told|also|who|which|that|in|on|at|as)$/.test(
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

export function recipientNewsroom(scene: Scene, unit: Unit, c: CueAt): string | undefined {
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
