/**
 * Who says so, as written → the issuer at the end of the citation chain. A spokesman, a press service, a statement and
 * an official channel are their body's; "the Ministry of Health" and "Kazakhstan's health ministry" are one. Two
 * different persons stay two, and so do two ministries. Names in capitals keep theirs for show.
 */

import { SECTOR_OF } from "../lang/en/parties.ts";
import { FIRST_HAND } from "../lang/en/speakers.ts";
import type { Reading } from "../model/index.ts";

const MOUTHPIECE =
  /^(?:an? |the |its |his |her |their )?(?:(?:chief|deputy|official|senior|press|state|government|unnamed|another) )*(?:spokes(?:man|woman|person|people)|representative|press (?:service|office|secretary|release)|statement|communiqu[eé]|report|channel|telegram channel|website|official channel|account|officials?|sources?|data|figures|statistics|numbers)(?: (?:of|for|from|by|at|with|in|on behalf of))? (?:the )?(?=\S)/i;
const MOUTHPIECE_AFTER =
  /(?:['’]s?)? (?:spokes(?:man|woman|person)|press (?:service|office|secretary|release)|statement|communiqu[eé]|(?:official |telegram )*(?:channel|website|account|page)|representatives?|data|figures|officials)(?: .*)?$/i;
const BODY =
  "president|prime minister|ministry|office|department|agency|service|police|army|government|committee|council|bureau|administration|akimat|court|parliament|prosecutor(?:['’]s office)?";

/** Ministries and the like by their field, where the reading found no entity: "health ministry". */
const BODY_IN_TEXT =
  /\b(?:(?:health|interior|information|defen[cs]e|foreign|finance|justice|energy|economy|education|labou?r|emergencies|culture|transport|trade|security) (?:and [a-z]+ )?ministry|ministry of (?:the )?[a-z]+|prosecutor general['’]s office|national security committee|city (?:hall|council|government)|human rights office)\b/gi;

const squash = (s: string): string =>
  s
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/['’]s?(?= |$)/g, "")
    .replace(/[^\p{L}\p{N} ]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();

/** Bodies named in a piece of text, in order. */
export const bodiesIn = (text: string): string[] => [...text.matchAll(BODY_IN_TEXT)].map((m) => m[0]);

/** Words that belong to a body's place in the world, not to its name. */
const COUNTRY_OWNER = /^(?:the )?[\p{Lu}][\p{L}-]+(?: [\p{Lu}][\p{L}-]+)?['’]s? (?=\p{Ll}|[\p{Lu}])/u;

/** Words for a body that say nothing without its name; a story has one police and one government, but many ministries. */
const GENERIC = new Set(
  "ministry office agency department committee council service authority officials official minister spokesman spokeswoman spokesperson statement report commissioner secretariat organisation organization group company court channel leader leaders bureau administration commission party union".split(
    " ",
  ),
);
/** What is no informant at all: a pronoun, or a run of words that is no name. */
const NOBODY =
  /^(?:it|he|she|they|we|i|you|this|that|these|those|who|which|nobody|somebody|one|some|many|others?|first|two|three|half)\b|^$/i;

/** Crowds and words in -er that no one is. */
const NO_SOURCE = new Set(
  "people hundreds thousands dozens members member others other number letter paper matter order power water winter summer weather after former earlier later factor error whatever however together january september october november december".split(
    " ",
  ),
);
const AGENT = /^\p{Ll}{3,}(?:er|or|ist|ian|man|woman)s?$/u;
const DEMONYM_ALONE =
  /^(?:central|north|south|east|west|northern|southern|eastern|western|southeast|latin) \p{L}+(?:an|ern|ish)$/iu;

/** The noun of a description: before "of", "in", "reached by", "who". */
const headOf = (words: readonly string[]): string => {
  const cut = words.findIndex(
    (w, i) =>
      i > 0 &&
      /^(?:of|in|at|from|for|on|by|with|near|who|that|which|to|and|or|reached|called|named|quoted|interviewed)$/.test(
        w,
      ),
  );
  return (words[(cut < 0 ? words.length : cut) - 1] ?? "").toLowerCase();
};

/**
 * Whether a speaker as read can be a first-hand source: a name, or a description whose noun is a person, a body or a
 * document. Crowds ("hundreds of people") and stray words are none. What is not in Latin letters is judged by length alone.
 */
export const isInformant = (speaker: string): boolean => {
  const plain = speaker.trim();
  const words = plain.replace(/^(?:the|an?|its|his|her|their) /i, "").split(/\s+/);
  if (NOBODY.test(plain) || words.length > 8 || !/^\p{L}/u.test(words[0] ?? "")) return false;
  if (/[^\p{Script=Latin}\p{P}\p{N}\s]/u.test(plain)) return true;
  const head = headOf(words).replace(/['’]s?$/, "");
  if (NO_SOURCE.has(head) || DEMONYM_ALONE.test(words.join(" "))) return false;
  return (
    SECTOR_OF.has(head) ||
    FIRST_HAND.has(head) ||
    AGENT.test(head) ||
    words.slice(1).some((w) => /^\p{Lu}/u.test(w)) ||
    (words.length <= 2 &&
      /^\p{Lu}/u.test(words[0] ?? "") &&
      !/^(?:The|An?|This|That|First|Second)$/.test(words[0] ?? ""))
  );
};

export const isGeneric = (key: string): boolean => GENERIC.has(key) || key === "prosecutor general office";

/** Endings of adjectives of countries; a name of a body that ends so ("Pentagon officials" do not) loses nothing by it. */
const ADJECTIVE = /(?:an|ian|ish|ese|[^u]i|ch|sh|ek|ic|ot)s?$/u;

export type Issuer = {
  /** Compared. */
  readonly key: string;
  /** Shown. */
  readonly name: string;
};

/** "Kazakh prosecutors" → "prosecutors", in a story about Kazakhstan; a head of state keeps the country. */
const withoutHome = (name: string, home: ReadonlySet<string>): string | undefined => {
  const [first = "", ...rest] = name.split(" ");
  const tail = rest.join(" ");
  return home.has(squash(first)) && new RegExp(`\\b(?:${BODY}|prosecutors)\\b`, "i").test(tail)
    ? tail
    : undefined;
};

/**
 * @param home names and adjectives of the story's own country, lower case
 * @example issuerOf("a spokesman for the Ministry of Health").key // "health ministry"
 */
export const issuerOf = (speaker: string, home?: ReadonlySet<string>): Issuer => {
  const before = speaker.trim().replace(/\s+/g, " ");
  let name = before.replace(/^(?:the )?country['’]s (?=\p{L})/iu, "").replace(MOUTHPIECE, "");
  const cut = name.replace(MOUTHPIECE_AFTER, "");
  // "Israeli officials" without its noun would be an adjective for a name.
  const people = /^(?:the )?(\p{Lu}\p{L}+) officials$/u.exec(name)?.[1];
  const nation = people !== undefined && ADJECTIVE.test(people) ? people : undefined;
  // Of "its statement" nothing that names anybody would be left.
  const named = cut.length > 2 && !/^(?:the|an?|its|his|her|their|this|that)$/i.test(cut);
  if (named && nation === undefined) name = cut;
  name = name.replace(/^(?:the|an?|its|his|her|their) /i, "");
  // Whoever's office it is speaks through it: "Vesna Tarn's office", "the presidential press service".
  if (/^presidential$/i.test(name)) name = "president";
  name = name.replace(/^(president|prime minister|chancellor|governor|mayor)['’]s office$/i, "$1");
  const holder =
    /^(?:(?:President|Prime Minister|Chancellor|Governor|Mayor) )?(\p{Lu}[\p{L}’'-]+(?: \p{Lu}[\p{L}-]+)+)['’]s? office$/u.exec(
      name,
    )?.[1];
  if (holder !== undefined) name = holder;
  const owned = name.replace(COUNTRY_OWNER, "");
  if (owned !== name && new RegExp(`\\b(?:${BODY})\\b`, "i").test(owned)) name = owned;
  name = name.replace(/ (?:in|of) the (?:[\p{L}-]+ )*(?:country|republic|kingdom|state|region)$/iu, "");
  const bare = home && withoutHome(name, home);
  if (bare) name = bare;
  // A common noun keeps no capital from the head of its sentence: "Interior ministry".
  if (
    nation === undefined &&
    new RegExp(`^\\p{Lu}\\p{Ll}+ (?:${BODY}|prosecutors|officials)$`, "u").test(name) &&
    !/^(?:Ministry|Foreign Office)/.test(name)
  )
    name = name.slice(0, 1).toLowerCase() + name.slice(1);
  let key = squash(nation ?? name);
  key = key.replace(/^(ministry|department|office|bureau|committee) (?:of|for) (?:the )?(.+)$/, "$2 $1");
  key = key
    .replace(/\b(the|of|for|and)\b/g, " ")
    .replace(/\bgeneral prosecutor\b/g, "prosecutor general")
    .replace(/\bprosecutors? (general )?office\b/g, "prosecutor general office")
    .replace(/^(general )?prosecutors?$/, "prosecutor general office")
    .replace(/\bministers?\b(?= ministry)/g, "")
    .replace(/\s+/g, " ")
    .trim();
  return { key: key === "" ? squash(before) : key, name: name === "" ? before : name };
};

/** "outlet:NAME" for an outlet's own voice. */
export const outletIssuer = (name: string): Issuer => ({
  key: `outlet:${squash(name)}`,
  name: `outlet:${name}`,
});

/** Whether two issuers are one: equal keys, or the name of a person in full and by surname. */
export const sameIssuer = (a: string, b: string): boolean => {
  if (a === b) return true;
  if (a === "" || b === "") return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const last = long.split(" ").at(-1);
  return short.length >= 4 && !short.includes(" ") && last === short && !isGeneric(short);
};

/**
 * Issuers of one article: a bare "the ministry" is the ministry the text named last before it, else it stays the
 * article's own, so that two papers' unnamed ministries are never one.
 */
export const issuersIn = (
  reading: Pick<Reading, "article" | "quotes" | "quantities" | "mentions" | "entities">,
  home?: ReadonlySet<string>,
): ((speaker: string, at: number) => Issuer) => {
  const named: { at: number; issuer: Issuer }[] = [];
  const note = (words: string, at: number): void => {
    const issuer = issuerOf(words, home);
    if (!GENERIC.has(issuer.key) && /\s/.test(issuer.key)) named.push({ at, issuer });
  };
  for (const f of [...reading.quotes, ...reading.quantities])
    if (f.speaker !== undefined) note(f.speaker, f.speakerSpan?.start ?? f.span.start);
  for (const m of reading.mentions) if (m.type === "ORG" || m.type === "OFFICE") note(m.words, m.span.start);
  for (const m of reading.article.text.matchAll(BODY_IN_TEXT)) note(m[0], m.index);
  named.sort((a, b) => a.at - b.at);
  // "the president" is the one person the article names in that office.
  const holders = new Map<string, Set<string>>();
  for (const e of reading.entities)
    if (e.type === "PER" && e.office !== undefined && e.name.includes(" "))
      holders.set(squash(e.office), (holders.get(squash(e.office)) ?? new Set()).add(e.name));
  // "Israeli officials" speak for the Israel of the same article.
  const countries = new Map<string, string>();
  for (const e of reading.entities)
    if (e.type === "LOC" && e.place?.precision === 6 && e.country !== undefined)
      countries.set(e.country, e.name);
  const nations = new Map<string, string>();
  for (const m of reading.mentions) {
    const e = reading.entities[m.entity];
    const country = e?.type === "NAT" && e.country !== undefined ? countries.get(e.country) : undefined;
    if (country !== undefined) nations.set(squash(m.words), squash(country));
  }
  return (speaker, at) => {
    const own = issuerOf(speaker, home);
    const issuer = { ...own, key: nations.get(own.key) ?? own.key };
    const held = [...(holders.get(issuer.key) ?? [])];
    if (held.length === 1 && held[0] !== undefined) return issuerOf(held[0], home);
    if (!GENERIC.has(issuer.key)) return issuer;
    const noun = issuer.key;
    const fits = (n: { issuer: Issuer }): boolean => n.issuer.key.split(" ").includes(noun);
    const found = named.filter((n) => n.at < at && fits(n)).at(-1) ?? named.find(fits);
    return found?.issuer ?? { key: `${noun} (${reading.article.id})`, name: issuer.name };
  };
};

/** Keeps one of each issuer, the fullest name of it. */
export const distinctIssuers = (issuers: readonly Issuer[]): Issuer[] => {
  const kept: Issuer[] = [];
  // "the office" of one article may be any office named elsewhere: it counts only where no other can be meant.
  const unnamed = (key: string): string | undefined => /^(\S+) \([^)]*\)$/.exec(key)?.[1];
  for (const issuer of [...issuers].sort(
    (a, b) =>
      Number(unnamed(a.key) !== undefined) - Number(unnamed(b.key) !== undefined) ||
      b.key.length - a.key.length ||
      (a.key < b.key ? -1 : 1),
  )) {
    const noun = unnamed(issuer.key);
    if (
      noun === undefined
        ? kept.some((k) => sameIssuer(k.key, issuer.key))
        : kept.some((k) => k.key.split(" ").includes(noun))
    )
      continue;
    kept.push(issuer);
  }
  return kept.sort((a, b) => (a.name < b.name ? -1 : 1));
};
