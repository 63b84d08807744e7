/**
 * Candidate mentions → what the ranking asks of them, as numbers in typed arrays made once per text: kind, head, determiner,
 * number, gender, person, words, word classes, vectors, who speaks. Words and relations are hashed, so that features can be
 * mixed without touching strings.
 */
import type { WordVectors } from "../syntax/index.ts";
import { type CorefCandidate, type CorefTree, type CorefWord, hashText } from "./corefmentions.ts";
import { NAME as NAME_WORD, type NameWords } from "./name-words.ts";
import type { WordClasses } from "./word-classes.ts";

export type CorefText = {
  readonly sentences: readonly (readonly CorefWord[])[];
  /** Entity tags (BIO) of the words, where a tagger read them. */
  readonly tags: readonly (readonly string[])[];
  readonly classes: WordClasses | undefined;
  readonly vector: WordVectors;
  /** Lists of given names; absent where there are none. */
  readonly names?: NameWords | undefined;
  /** Country or body that a name stands for, "" for others: "U.S." and "United States" are one. */
  readonly codeOf: (name: string) => string;
  /** Who speaks each sentence, where the source says so: transcripts and interviews. */
  readonly speakers?: readonly (string | undefined)[] | undefined;
  /** Number of the paragraph of each sentence; an open quotation ends with it. */
  readonly paragraphs?: readonly number[] | undefined;
};

export const PRONOUN = 1;
export const NAME = 2;
export const NOMINAL = 3;
export const GROUP = 4;
/** Who speaks where nobody is named; quoted speech adds QUOTED, for it is another's. */
export const WRITER = 1;
export const QUOTED = 100_000;

const COLUMNS = [
  "sentence",
  "start",
  "end",
  "head",
  /** PRONOUN, NAME or NOMINAL; `form` says GROUP for joined phrases. */
  "kind",
  "form",
  /** The pronoun itself, or the form. */
  "sort",
  /** The same for "him", "his" and "he". */
  "canon",
  "lemma",
  "determiner",
  "numeral",
  "type",
  "role",
  "relation",
  "number",
  "gender",
  "person",
  "text",
  /** The text without determiner. */
  "core",
  "coarse",
  "fine",
  "firstFine",
  /** By the given name: 1 a man's, 2 a woman's, 3 of either; 4 more when it heads the phrase. */
  "given",
  "parent",
  "parentAt",
  "grandparentAt",
  "parentCoarse",
  "speaker",
  "speakerBefore",
  "speakerAfter",
  "namesSpeaker",
  "quoted",
  "opens",
  "follows",
  "capital",
  "chance",
  "times",
  /** The mention around it, or −1. */
  "owner",
  /** Initials of its words, itself as an abbreviation, code of country or body; 0 for none. */
  "initials",
  "short",
  "code",
] as const;

export type Phrases = { readonly [K in (typeof COLUMNS)[number]]: Int32Array } & {
  readonly size: number;
  readonly at: readonly CorefCandidate[];
  /** Hashes of content words and of those before the head, sorted. */
  readonly words: readonly Int32Array[];
  readonly modifiers: readonly Int32Array[];
  readonly vector: readonly (Float32Array | undefined)[];
};

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));
const STOP = set(
  "the a an this that these those of 's ’s in and its his her their my your our to for on at by with from as or",
);
const MALE = set(
  "man men boy boys father son brother husband uncle king prince mr mr. sir lord gentleman gentlemen guy emperor grandfather nephew dad actor priest he him his himself",
);
const FEMALE = set(
  "woman women girl girls mother daughter sister wife aunt queen princess mrs mrs. ms ms. miss lady ladies actress grandmother niece mom empress she her hers herself",
);
type Pronoun = readonly [canon: string, person: number, number: number, gender: number];
const PRONOUNS = new Map<string, Pronoun>();
const pronouns: readonly Pronoun[] = [
  ["i me my mine myself", 1, 1, 0],
  ["we us our ours ourselves 's", 1, 2, 0],
  ["you your yours yourself yourselves u ya", 2, 0, 0],
  ["he him his himself", 3, 1, 1],
  ["she her hers herself", 3, 1, 2],
  ["it its itself", 3, 1, 3],
  ["they them their theirs themselves 'em em", 3, 2, 0],
  ["this that", 3, 1, 3],
  ["these those", 3, 2, 0],
  ["one oneself", 3, 1, 0],
];
for (const [forms, person, number, gender] of pronouns)
  for (const form of forms.split(" "))
    PRONOUNS.set(form, [forms.slice(0, forms.indexOf(" ")), person, number, gender]);
const DETERMINERS = new Map(
  ["", "the", "a an", "this that these those", "some any", "no", "every each"]
    .concat("all both", "such", "another", "other")
    .flatMap((forms, code) => forms.split(" ").map((form): [string, number] => [form, code])),
);
const OTHER_DETERMINER = 10;
const POSSESSIVE_PRONOUN = 11;
const POSSESSIVE_NAME = 12;
const NUMERAL = 13;
/** Classes of words without one. */
const NO_COARSE = 500;
const NO_FINE = 5000;
const NOTHING = hashText("");

const featureOf = (feats: string, name: string): string => {
  const at = feats.indexOf(`${name}=`);
  if (at < 0) return "";
  const from = at + name.length + 1;
  const to = feats.indexOf("|", from);
  return feats.slice(from, to < 0 ? undefined : to);
};

/** For each word 1 inside quotation marks. */
function quotations(text: CorefText): Uint8Array[] {
  let open = false;
  return text.sentences.map((words, i) => {
    if (i > 0 && text.paragraphs?.[i] !== text.paragraphs?.[i - 1]) open = false;
    return Uint8Array.from(words, ({ form }) => {
      if (form === '"') {
        open = !open;
        return 0;
      }
      if (form === "“") open = true;
      else if (form === "”") open = false;
      return open ? 1 : 0;
    });
  });
}

type Speakers = {
  readonly ids: readonly number[];
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly names: readonly (readonly [name: string, id: number])[];
};
/** Numbers for who speaks, and for who spoke before and speaks next. */
function speakersOf(text: CorefText): Speakers {
  const known = new Map<string, number>();
  const ids = text.sentences.map((_, i) => {
    const name = text.speakers?.[i];
    if (name === undefined) return WRITER;
    const id = known.get(name) ?? WRITER + 1 + known.size;
    known.set(name, id);
    return id;
  });
  const before = ids.map(() => 0);
  const after = ids.map(() => 0);
  for (let i = 1; i < ids.length; i++) before[i] = (ids[i - 1] !== ids[i] ? ids[i - 1] : before[i - 1]) ?? 0;
  for (let i = ids.length - 2; i >= 0; i--)
    after[i] = (ids[i + 1] !== ids[i] ? ids[i + 1] : after[i + 1]) ?? 0;
  return { ids, before, after, names: [...known].map(([name, id]) => [name.toLowerCase(), id] as const) };
}

const CLITIC = /^['’]s?$/;
/** Bits of a word: says something, may be a modifier, is a proper noun, begins with a letter. */
const CONTENT = 1;
const MODIFIER = 2;
const PROPER = 4;
const LETTER = 8;
/** What the words of a sentence are, for the phrases that hold them. */
type Lowered = {
  readonly forms: readonly string[];
  readonly hashes: Int32Array;
  readonly bits: Uint8Array;
  /** 1 for words of men, 2 for words of women. */
  readonly genders: Uint8Array;
};
function lowered(words: readonly CorefWord[]): Lowered {
  const forms = words.map((w) => w.form.toLowerCase());
  const bits = Uint8Array.from(words, (w, k) => {
    const form = forms[k] ?? "";
    const code = form.charCodeAt(0);
    const plain = code >= 97 && code <= 122;
    const says = !STOP.has(form) && (plain || /[\p{L}\p{N}]/u.test(form));
    const tag = w.upos;
    return (
      (says ? CONTENT : 0) |
      (tag === "ADJ" || tag === "NOUN" || tag === "PROPN" || tag === "NUM" ? MODIFIER : 0) |
      (tag === "PROPN" ? PROPER : 0) |
      (plain || (code > 127 && /^\p{L}/u.test(form)) ? LETTER : 0)
    );
  });
  const genders = Uint8Array.from(words, (w, k) => {
    const form = forms[k] ?? "";
    return MALE.has(form) ? 1 : w.upos !== "PRON" && FEMALE.has(form) ? 2 : 0;
  });
  return { forms, hashes: Int32Array.from(forms, hashText), bits, genders };
}
/** Each value once, in order; the lists are short. */
function sorted(values: number[]): Int32Array {
  if (values.length > 1) values.sort((a, b) => a - b);
  let n = 0;
  for (let k = 0; k < values.length; k++) {
    const value = values[k] ?? 0;
    if (n === 0 || values[n - 1] !== value) values[n++] = value;
  }
  values.length = n;
  return Int32Array.from(values);
}

type Morphology = { readonly number: number; readonly gender: number; readonly person: number };
/** The few strings that come again and again are looked into once. */
function remembered<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const old = known.get(key);
    if (old !== undefined) return old;
    const made = make(key);
    known.set(key, made);
    return made;
  };
}
const morphologyOf = (feats: string): Morphology => {
  const number = featureOf(feats, "Number");
  const person = featureOf(feats, "Person");
  return {
    number: number === "Sing" ? 1 : number === "Plur" || number === "Ptan" ? 2 : 0,
    gender: ["Masc", "Fem", "Neut"].indexOf(featureOf(feats, "Gender")) + 1,
    person: person === "1" ? 1 : person === "2" ? 2 : 3,
  };
};
const typeOf = (tag: string): number => hashText(tag.slice(2));
const roleOf = (relation: string): number =>
  hashText(relation.startsWith("nsubj:pass") ? "nsubj:pass" : (relation.split(":")[0] ?? ""));

export function describePhrases(
  at: readonly CorefCandidate[],
  text: CorefText,
  trees: readonly CorefTree[],
  counts: ReadonlyMap<number, number>,
): Phrases {
  const size = at.length;
  // The cast holds: every name of the list gets an array.
  const c = Object.fromEntries(COLUMNS.map((name) => [name, new Int32Array(size)])) as {
    readonly [K in (typeof COLUMNS)[number]]: Int32Array;
  };
  const words: Int32Array[] = [];
  const modifiers: Int32Array[] = [];
  const vector: (Float32Array | undefined)[] = [];
  const quoted = quotations(text);
  const speakers = speakersOf(text);
  const low = text.sentences.map(lowered);
  const around: number[] = [];
  const type = remembered(typeOf);
  const role = remembered(roleOf);
  const morphology = remembered(morphologyOf);

  at.forEach((m, i) => {
    const sentence = text.sentences[m.sentence] ?? [];
    const tree = trees[m.sentence];
    const lower = low[m.sentence];
    const head = sentence[m.head];
    if (!tree || !lower || !head) return;
    const form = lower.forms[m.head] ?? "";
    const kind = m.kind === "pronoun" ? PRONOUN : m.kind === "name" ? NAME : NOMINAL;
    const pronoun = kind === PRONOUN ? PRONOUNS.get(form) : undefined;
    const lemma = tree.lemmas[m.head] ?? 0;
    const headWord = kind === PRONOUN ? (lower.hashes[m.head] ?? 0) : lemma;
    c.sentence[i] = m.sentence;
    c.start[i] = m.start;
    c.end[i] = m.end;
    c.head[i] = m.head;
    c.kind[i] = kind;
    c.form[i] = m.group ? GROUP : kind;
    c.sort[i] = kind === PRONOUN ? headWord : (c.form[i] ?? 0);
    c.canon[i] = kind === PRONOUN ? hashText(pronoun?.[0] ?? form) : (c.form[i] ?? 0);
    c.lemma[i] = headWord;

    let determiner = 0;
    let gender = 0;
    let full = 0x811c9dc5;
    let core = 0x811c9dc5;
    let initials = "";
    let firstName = m.head;
    const content: number[] = [];
    const before: number[] = [];
    for (let k = m.start; k < m.end; k++) {
      const w = sentence[k];
      const f = lower.forms[k] ?? "";
      if (!w || (k === m.end - 1 && k > m.start && CLITIC.test(f))) continue;
      const bits = lower.bits[k] ?? 0;
      const hash = lower.hashes[k] ?? 0;
      full = Math.imul(full ^ hash, 0x01000193);
      if (k < m.head || kind === NAME) gender = lower.genders[k] || gender;
      const owned = w.deprel === "nmod:poss";
      if (w.head - 1 === m.head && k < m.head) {
        if (w.upos === "DET" && determiner === 0) determiner = DETERMINERS.get(f) ?? OTHER_DETERMINER;
        else if (owned) determiner = w.upos === "PRON" ? POSSESSIVE_PRONOUN : POSSESSIVE_NAME;
        else if (w.upos === "NUM") {
          c.numeral[i] = hash;
          if (determiner === 0) determiner = NUMERAL;
        }
      }
      if (w.upos !== "DET" && !(owned && w.upos === "PRON")) core = Math.imul(core ^ hash, 0x01000193);
      if ((bits & PROPER) !== 0 && firstName === m.head && k < m.head) firstName = k;
      if ((bits & CONTENT) === 0) continue;
      if (initials.length < 8 && (bits & LETTER) !== 0) initials += f.charAt(0);
      content.push(k === m.head ? headWord : hash);
      if (k < m.head && (bits & MODIFIER) !== 0) before.push(hash);
    }
    words.push(sorted(content));
    modifiers.push(sorted(before));
    c.determiner[i] = determiner;
    c.type[i] = type(text.tags[m.sentence]?.[m.head] ?? "O");
    c.relation[i] = tree.relations[m.head] ?? 0;
    c.role[i] = role(head.deprel);
    const marks = morphology(head.feats);
    c.number[i] = pronoun?.[2] ?? (m.group ? 2 : marks.number);
    const lemmaText = head.lemma.toLowerCase();
    c.gender[i] =
      pronoun?.[3] ?? (MALE.has(lemmaText) ? 1 : FEMALE.has(lemmaText) ? 2 : gender || marks.gender);
    c.person[i] = pronoun?.[1] ?? marks.person;
    c.text[i] = full;
    c.core[i] = core;
    c.initials[i] = initials.length > 1 && initials.length < 8 ? hashText(initials) : 0;
    if (m.end - m.start < 3 && form !== head.form && /^(?:\p{Lu}\.?){2,7}$/u.test(head.form))
      c.short[i] = hashText(form.replaceAll(".", ""));
    const classes = text.classes?.get(form);
    c.coarse[i] = classes?.coarse ?? NO_COARSE;
    c.fine[i] = classes?.fine ?? NO_FINE;
    c.firstFine[i] =
      (firstName === m.head ? classes : text.classes?.get(lower.forms[firstName] ?? ""))?.fine ?? NO_FINE;
    if (kind === NAME && text.names) {
      const bits = text.names(lower.forms[firstName] ?? "");
      const given = (bits & NAME_WORD.man ? 1 : 0) | (bits & NAME_WORD.woman ? 2 : 0);
      c.given[i] = given === 0 ? 0 : given | (firstName === m.head ? 4 : 0);
    }
    const parent = head.head - 1;
    c.parentAt[i] = parent;
    c.parent[i] = tree.lemmas[parent] ?? 1;
    c.parentCoarse[i] =
      parent < 0 ? NO_COARSE + 1 : (text.classes?.get(lower.forms[parent] ?? "")?.coarse ?? NO_COARSE);
    c.grandparentAt[i] = parent < 0 ? -1 : (sentence[parent]?.head ?? 0) - 1;
    const inQuote = quoted[m.sentence]?.[m.head] ?? 0;
    c.quoted[i] = inQuote;
    c.speaker[i] = (speakers.ids[m.sentence] ?? WRITER) + inQuote * QUOTED;
    if (inQuote === 0) {
      c.speakerBefore[i] = speakers.before[m.sentence] ?? 0;
      c.speakerAfter[i] = speakers.after[m.sentence] ?? 0;
    }
    if (kind === NAME) {
      const name = sentence.slice(m.start, m.end).filter((w) => w.upos !== "DET" && !CLITIC.test(w.form));
      // Names of countries and bodies are short; a phrase with a relative clause is no entry of the tables.
      const code = name.length <= 6 ? text.codeOf(name.map((w) => w.form).join(" ")) : "";
      if (code !== "") c.code[i] = hashText(code);
      for (const [who, id] of speakers.names)
        if (lemmaText.length > 2 && who.includes(lemmaText)) c.namesSpeaker[i] = id;
    }
    c.opens[i] = tree.lemmas[m.start] ?? 0;
    const follows = lower.forms[m.end] ?? "";
    c.follows[i] = lower.hashes[m.end] ?? NOTHING;
    c.capital[i] =
      (follows === "who" || follows === "which" || follows === "that" ? 1 : 0) |
      (sentence[m.start]?.form.charCodeAt(0) !== lower.forms[m.start]?.charCodeAt(0) ? 2 : 0);
    c.chance[i] = Math.floor(m.chance * 8);
    c.times[i] = kind === PRONOUN ? 0 : Math.min(6, counts.get(headWord) ?? 0);
    vector.push(kind === PRONOUN ? undefined : text.vector(head.form));
    let outer = around.at(-1) ?? -1;
    while (outer >= 0 && (c.sentence[outer] !== m.sentence || (c.end[outer] ?? 0) < m.end)) {
      around.pop();
      outer = around.at(-1) ?? -1;
    }
    c.owner[i] = outer;
    around.push(i);
  });
  return { ...c, size, at, words, modifiers, vector };
}
