/**
 * Who speaks: from the words beside a reporting verb to the fullest name in the article. Works on capital letters, titles
 * and pronouns; entities of the document are used when there are any. A newsroom that relays is told apart.
 */

import { HARD_TITLES, NEWSROOM, NEWSROOM_LIKE, TITLES } from "../lang/en/reporting.ts";
import type { EntityMention, Span } from "../model/index.ts";
import type { FactInput } from "./input.ts";

export type Names = {
  /** Fullest names by last word, in lower case. */
  readonly byLast: ReadonlyMap<string, string>;
  /** And by first word, for family names that stand first and for Christian names. */
  readonly byFirst: ReadonlyMap<string, string>;
  /** Names with their places, in order of the text. */
  readonly places: readonly { readonly name: string; readonly start: number; readonly end: number }[];
  readonly mentions: readonly EntityMention[];
  readonly entityNames: readonly string[];
};

const PARTICLE = "(?:al|el|bin|ibn|van|von|der|de|del|da|di|du|la|le|ter|abu|bint|ben|st\\.)";
const NAME_WORD = "(?:\\p{Lu}[\\p{L}\\p{M}]*(?:['’]\\p{Lu}\\p{L}+)?(?:-\\p{L}[\\p{L}\\p{M}]*)*|\\p{Lu}\\.)";
const RUN = new RegExp(`${NAME_WORD}(?: (?:${PARTICLE}[ -]?)?${NAME_WORD}){0,6}`, "gu");

const clean = (word: string): string =>
  word
    .toLowerCase()
    .replace(/\.$/, "")
    .replace(/['’]s?$/, "");
const isTitle = (word: string): boolean => TITLES.has(clean(word)) || TITLES.has(word.toLowerCase());
const isHardTitle = (word: string): boolean => HARD_TITLES.has(clean(word));

/** "South Korean President Moon Jae-in" → "Moon Jae-in"; a phrase that holds no name is given back whole. */
export function stripTitles(run: string): string {
  const words = run.split(/\s+/);
  let from = 0;
  for (let i = 0; i < words.length - 1; i++) if (isHardTitle(words[i] ?? "")) from = i + 1;
  while (from < words.length - 1 && isTitle(words[from] ?? "")) from++;
  return words
    .slice(from)
    .join(" ")
    .replace(/['’]s?$/, "");
}

/** Words that open sentences and are not names. */
const NOT_NAMES = new Set(
  "the a an this that these those it he she they we i in on at but and if when while after before as for from with by his her its their our my what who how why where there here no not yes so since until last next some many most more all both each every another other one two three four five six seven eight nine ten monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december according meanwhile however".split(
    " ",
  ),
);

export function collectNames({ doc }: FactInput): Names {
  const byLast = new Map<string, string>();
  const byFirst = new Map<string, string>();
  const places: { name: string; start: number; end: number }[] = [];
  const add = (name: string, start: number, end: number): void => {
    places.push({ name, start, end });
    const last = clean(name.split(" ").at(-1) ?? "");
    const known = byLast.get(last);
    if (known === undefined || (known.split(" ").length === 1 && name.includes(" "))) byLast.set(last, name);
    const first = clean(name.split(" ")[0] ?? "");
    if (name.includes(" ") && !byFirst.has(first)) byFirst.set(first, name);
  };
  const persons = doc.mentions.filter((m) => m.type === "PER" && m.kind === "name");
  if (persons.length > 0) {
    for (const m of persons) add(m.words, m.span.start, m.span.end);
  } else {
    for (const m of doc.text.matchAll(RUN)) {
      const words = m[0].split(" ");
      while (words.length > 0 && NOT_NAMES.has(clean(words[0] ?? ""))) words.shift();
      const name = stripTitles(words.join(" "));
      const parts = name.split(" ");
      if (
        parts.length < 2 ||
        parts.length > 4 ||
        isTitle(parts.at(-1) ?? "") ||
        NEWSROOM.test(name) ||
        NEWSROOM_LIKE.test(name)
      )
        continue;
      const start = m.index + m[0].length - name.length;
      add(name, start, m.index + m[0].length);
    }
  }
  for (const m of doc.text.matchAll(
    /\b(?:President|Mr\.|Mrs\.|Ms\.|Dr\.|Gen\.|Sen\.|Rep\.|Gov\.|Col\.|Mayor|Senator|Secretary|Minister|Chancellor|Justice|Judge) (\p{Lu}[\p{L}-]+)(?! \p{Lu})/gu,
  )) {
    const name = m[1] ?? "";
    if (!byLast.has(clean(name)) && !isTitle(name) && !BODY_WORD.test(name)) byLast.set(clean(name), name);
  }
  // Family names alone, for pronouns that look back to them.
  const taken = new Set(places.map((q) => q.end));
  for (const m of doc.text.matchAll(/\p{Lu}[\p{L}\p{M}-]+/gu)) {
    const full = byLast.get(clean(m[0]));
    if (full !== undefined && !taken.has(m.index + m[0].length))
      places.push({ name: full, start: m.index, end: m.index + m[0].length });
  }
  places.sort((a, b) => a.start - b.start);
  return { byLast, byFirst, places, mentions: doc.mentions, entityNames: doc.entities.map((e) => e.name) };
}

export type Speaker = {
  /** Fullest name or the description as written. */
  readonly name: string;
  readonly span: Span;
  readonly kind: "person" | "newsroom" | "body" | "described";
};

export const isNewsroom = (words: string): boolean => {
  const plain = words.replace(/^(?:the|The) /, "").replace(/['’]s?$/, "");
  return (
    NEWSROOM.test(plain) ||
    NEWSROOM.test(plain.replace(/ (?:news agency|newspaper|news|agency)$/i, "")) ||
    (NEWSROOM_LIKE.test(plain) &&
      !/^(?:KCNA|Korean Central)|KCNA|Korean Central/.test(plain) &&
      /^\p{Lu}|^(?:state|local) (?:media|TV|television)|newspaper|news agency/u.test(plain))
  );
};

/** Last words that make a name one of a body or a place. */
const BODY_WORD =
  /\b(?:Korea|States|House|Kingdom|Agency|Council|Ministry|Party|Court|University|Army|Forces?|Police|Department|Office|Union|Nations|Street|Square|Airport|Brigades?|Bank|Center|Centre|District|County|City|River|Sea|School|Hospital|Church|Republic|Front|Movement|Coalition|Committee|Commission|Association|Federation|Organi[sz]ation|Group|Institute|Congress|Senate|Parliament|Assembly|Government|Administration|Bureau|Service|Services|Corps|Guards?|Command|Defense|Defence|Affairs|Embassy|Pentagon|Kremlin|Fund|Foundation|Network|Authority|Staff|Company|Corp|Inc|Ltd|Airlines|Democrats|Republicans|Brotherhood|Watch|International|Zealand|Arabia|Africa|America|Lanka|Rica|Leone|Emirates|Islands?|Israel|Palestine|Security|State|War|Day|Report|Act|Times|Post|News|Journal|Lives|Matter)$/;

/** The name a noun phrase ends in or holds: "spokesman Andriy Lysenko", "the head of the agency, John Smith". */
function personIn(words: string, names: Names, span: Span): string | undefined {
  // "his office", "Reed's spokesman": the owner does not speak.
  // "the Reed campaign", "Reed administration officials": a body or people named for a person.
  const named = (m: EntityMention): boolean =>
    /^ \p{Ll}[\p{L}-]+(?: \p{Ll}[\p{L}-]+)*$/u.test(words.slice(m.span.end - span.start)) &&
    !/^ (?:of|from|at|in|on|for|with|and|the|who|himself|herself|later|also|then|both|again|once|has|had|is|was|can|could|may|will|would|jr|sr)\b/.test(
      words.slice(m.span.end - span.start),
    );
  // "The campaigns of Ann Reed and Tom Bell", "supporters of Reed": people or bodies that belong to a person.
  const belongs = (m: EntityMention): boolean =>
    /^(?:(?:the|a|an|some|many|several|other|his|her|their) )?(?:\p{Ll}+ )*(?:campaigns?|supporters?|allies|ally|aides?|critics|relatives|family|families|friends?|lawyers?|attorneys?|office|offices|spokes\p{Ll}+|representatives?|teams?|opponents?|followers|backers|administrations?|governments?|colleagues?|associates|advisers?|advisors?|neighbou?rs?|parents?|mother|father|wife|husband|widow|brother|sister|son|daughter) (?:of|for|to) /iu.test(
      words.slice(0, m.span.start - span.start),
    );
  const owns = (m: EntityMention): boolean =>
    m.span.end < span.end &&
    (/^(?:his|her|their|its)$/i.test(m.words) ||
      /['’]s?$/.test(m.words) ||
      /^['’]s?\s/.test(words.slice(m.span.end - span.start)));
  const mention = names.mentions
    .filter(
      (m) =>
        m.type === "PER" &&
        m.span.start >= span.start &&
        m.span.end <= span.end &&
        !owns(m) &&
        !named(m) &&
        !belongs(m),
    )
    .at(-1);
  if (mention !== undefined) {
    const full = names.entityNames[mention.entity];
    if (full !== undefined) return full;
  }
  const runs = [...words.matchAll(RUN)].map((m) => m[0]);
  const tail = runs.at(-1);
  if (tail === undefined || !words.replace(/['’]s?$/, "").endsWith(tail)) return undefined;
  const stripped = stripTitles(tail);
  const parts = stripped.split(" ");
  const last = clean(parts.at(-1) ?? "");
  const known = names.byLast.get(last);
  const removed = tail.slice(0, Math.max(0, tail.length - stripped.length)).split(/\s+/);
  const hasTitle = removed.some(isHardTitle);
  if (BODY_WORD.test(stripped)) return undefined;
  if (parts.length === 1) {
    const full = known ?? names.byFirst.get(last);
    if (full !== undefined && (runs.length === 1 || hasTitle)) return full;
    return hasTitle && !isTitle(stripped) ? stripped : undefined;
  }
  if (
    known !== undefined &&
    stripped.endsWith(known.split(" ").at(-1) ?? "") &&
    known.split(" ").length >= 2
  ) {
    return stripped.includes(known) ? known : parts.length <= 3 ? stripped : known;
  }
  return hasTitle || known !== undefined ? stripped : undefined;
}

/** A noun phrase beside a reporting verb → the speaker. */
export function speakerFrom(text: string, span: Span, names: Names): Speaker {
  const words = text.slice(span.start, span.end).trim();
  if (isNewsroom(words)) return { name: words.replace(/^the /i, ""), span, kind: "newsroom" };
  const from = / (?:of|from) \p{Lu}[\p{L}. -]*$/u.exec(words);
  const bare =
    from === null
      ? undefined
      : personIn(words.slice(0, from.index), names, { start: span.start, end: span.start + from.index });
  const person = personIn(words, names, span) ?? (bare?.includes(" ") === true ? bare : undefined);
  if (person !== undefined && !isNewsroom(person)) return { name: person, span, kind: "person" };
  // "his office": whose it is belongs to the name.
  const owned =
    /^(?:his|her) (?=(?:\p{L}+ )?(?:office|spokes\p{L}+|lawyers?|aides?|family|administration|government|party|campaign|press service)$)/iu.exec(
      words,
    );
  if (owned !== null) {
    const owner = names.mentions.find((m) => m.span.start === span.start && m.type === "PER");
    const full = owner === undefined ? undefined : names.entityNames[owner.entity];
    if (full !== undefined)
      return { name: `${full}’s ${words.slice(owned[0].length)}`, span, kind: "described" };
  }
  // "The ministry's statement", "a statement by the ministry": the issuer speaks.
  const owner =
    /^(.+?)['’]s? (?:\p{Ll}+ ){0,2}(?:statement|tweet|post|letter|message|announcement|spokesman|spokeswoman|website)$/u.exec(
      words,
    )?.[1] ??
    /^(?:A|The|In a|a|the) (?:\p{Ll}+ )?(?:statement|report|letter|announcement) (?:by|from|of) (?:the )?(.+)$/u.exec(
      words,
    )?.[1];
  const site =
    /^(?:A|The|In a) (?:statement|post|message|notice|report) (?:posted )?(?:on|from|by) (?:the |its )?(.+?)(?:['’]s? (?:website|web site|page|account|site))?$/u.exec(
      words,
    )?.[1];
  if (site !== undefined && owner === undefined && /['’]s? (?:web ?site|page|account|site)$/.test(words))
    return { name: site, span, kind: "body" };
  if (owner !== undefined && /^(?:the |The )?\p{Lu}/u.test(owner))
    return { name: expand(owner, text), span, kind: "body" };
  return {
    name: expand(words, text),
    span,
    kind:
      /^(?:the |The )?\p{Lu}/u.test(words) && !/^(?:The|A|An|Some|Many) \p{Ll}/u.test(words)
        ? "body"
        : "described",
  };
}

/** "the North" → "North Korea" where the article names it; other short names of countries likewise. */
function expand(words: string, text: string): string {
  const plain = words.replace(/^(?:the|The) /, "");
  if (/^(?:North|South)$/.test(plain)) {
    const full = new RegExp(`\\b${plain} \\p{Lu}\\p{Ll}+`, "u").exec(text)?.[0];
    if (full !== undefined) return full;
  }
  return words;
}
