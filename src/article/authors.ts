/**
 * Page → the persons who sign it: JSON-LD, meta, microdata, rel=author and by-line markup near the headline, in that order.
 * Names are cleaned of "By", titles of office, addresses and counts; the site itself and newsroom labels are not persons.
 */
import type { Element } from "domhandler";
import type { BodyBlock } from "./body.ts";
import { metaOf, type PageIndex } from "./collect.ts";
import { attr, foldSpace, textOf } from "./dom.ts";
import { wordsIn } from "./features.ts";
import { type Graph, type Thing, typesOf, wordsOf } from "./jsonld.ts";
import { resolveAll } from "./mainthing.ts";
import { nameWords, type RawBlock } from "./segment.ts";
import type { Zone } from "./zone.ts";

const key = (text: string): string => wordsIn(text).join("");
const BY =
  /^\s*(?:(?:(?:article|text|story|words|posted|published|written|reported|created|submitted|reviewed|geschrieben|verfasst|veröffentlicht|erstellt|ein (?:artikel|beitrag|gastbeitrag|kommentar|interview)|artikel|beitrag|eine (?:analyse|kolumne)|publié|écrit|rédigé|escrito|publicado|scritto|pubblicato|geplaatst|geschreven)\s+(?:\w+\s+)?(?:by|von|vom|par|por|per|door|av|af|de|di|da|przez)|by|von|par|por|door|автор|текст|author|autor|autorin|autoren|auteur|autore|verfasser|verfasserin|text|texte|words)\b\s*[:.]?\s+(?=\S)|(?:per|de|di|da|av|af)\s*:\s*)/iu;
const LABEL =
  /^\s*(?:author|autor(?:\/in|in|en)?|auteur|autore|verfasser(?:in)?|text|texte|words|by-?line|автор|redakteur(?:in)?|reporter|writer|foto|name|redaktion|von|by)\s*[:|]\s*/iu;
const STOP_AT =
  /\s*(?:[|•·—]|\s[-–]\s|\d{1,2}[./:]\d|\(|\b(?:updated|published|posted|veröffentlicht|aktualisiert|erschienen|published on|on|am|vom|le|il|el|em|um|at)\b\s*(?=\d|\p{Lu}?\p{L}+\s*\d|monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)|\b(?:19|20)\d\d\b|\b\d+\s*(?:min|comment|kommentar|share|view)|[,;]\s*(?:updated|published|staff|special to|correspondent|reporter|senior|editor|chief|dpa|afp|reuters|ap\b|kna|epd|sid|apa|contributor|author|redakteur|freie|political|business|sports|health|science|politics|associate|managing|published|photo|the associated)).*$/isu;
const SPLIT = /\s*(?:,|;|\/|\||&|\+|\s(?:and|und|et|y|e|i|och|og|en|и|та|sowie|with|mit)\s)\s*/iu;
const NOT_A_NAME =
  /https?:|www\.|@|\d{3,}|^(?:by|von|admin|administrator|editor|staff|redaktion|redacción|redação|rédaction|redazione|newsroom|news desk|web ?desk|online|team|unknown|anonymous|guest|gast|author|autor|autoren|profile|profil|comments?|share|share this|follow|posted|published|all posts|mehr|more|read more|subscribe|contact|kontakt|home|view all|facebook|twitter|instagram|linkedin|email|e-mail|print|about the author|über den autor|über die autorin|zum profil|no author|alle artikel|zum autor|gesponserte inhalte|laboratorio|ph\.?d\.?|m\.?d\.?|jr\.?|n\/a|none|null|undefined|super user|webmaster|root|test|wordpress|redaktionsteam|news agencies|agencies|agenturen|afp|reuters|ap|dpa|associated press|the associated press|tass|efe|ansa|xinhua)$/iu;

export type AuthorsRead = { readonly names: readonly string[]; readonly basis: string | undefined };

export type AuthorPage = {
  readonly index: PageIndex;
  readonly graph: Graph;
  readonly thing: Thing | undefined;
  readonly sites: ReadonlySet<string>;
  readonly zone: Zone;
  readonly blocks: readonly RawBlock[];
  readonly body: readonly BodyBlock[];
};

export function readAuthors({ index, graph, thing, sites, zone, blocks, body }: AuthorPage): AuthorsRead {
  const near = zone.near;
  const accept = (raw: readonly string[]): readonly string[] =>
    unique(raw.flatMap((text) => splitNames(text)).filter((name) => isName(name, sites)));
  const sources: readonly (readonly [string, () => readonly string[]])[] = [
    [
      "json-ld",
      () => (thing === undefined ? [] : personsOf(thing["author"] ?? thing["creator"], graph, sites)),
    ],
    ["microdata", () => itemAuthors(index, near)],
    ["byline", () => bylineTexts(index, near)],
    ["meta", () => metaAuthors(index)],
    ["line", () => bylineBlocks(blocks, body, zone)],
    ["link", () => authorLinks(index, zone)],
  ];
  for (const [basis, read] of sources) {
    const names = accept(read());
    if (names.length > 0) return { names: names.slice(0, 20), basis };
  }
  return { names: [], basis: undefined };
}

function personsOf(value: unknown, graph: Graph, sites: ReadonlySet<string>): readonly string[] {
  const names: string[] = [];
  for (const item of resolveAll(value, graph)) {
    if (typeof item === "string") names.push(item);
    else {
      const organisation = typesOf(item).some((type) => /Organization|Corporation|WebSite/.test(type));
      for (const name of Array.isArray(item["name"])
        ? item["name"].filter((n): n is string => typeof n === "string")
        : [wordsOf(item["name"])]) {
        if (name !== undefined && !(organisation && sites.has(key(name)))) names.push(name);
      }
    }
  }
  return names;
}

function metaAuthors(index: PageIndex): readonly string[] {
  for (const name of [
    "author",
    "article:author",
    "og:article:author",
    "dc.creator",
    "dcterms.creator",
    "dc.contributor",
    "citation_author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "cxenseparse:author",
    "authors",
    "article:author_name",
    "twitter:data1",
  ]) {
    if (
      name === "twitter:data1" &&
      !/written by|verfasst von|geschrieben von|author|escrito por|écrit par|di|von/i.test(
        metaOf(index, "twitter:label1") ?? "",
      )
    )
      continue;
    const values = (index.metas.get(name) ?? []).filter((value) => !/^https?:/.test(value));
    if (values.length > 0) return values;
  }
  return [];
}

function itemAuthors(index: PageIndex, near: (element: Element) => boolean): readonly string[] {
  const names: string[] = [];
  for (const element of index.items.get("author") ?? []) {
    if (!near(element)) continue;
    const inner = findItem(element, "name");
    const text =
      inner === undefined
        ? (attr(element, "content") ?? textOf(element, 300))
        : (attr(inner, "content") ?? textOf(inner, 300));
    if (text.length > 1 && text.length < 120) names.push(text);
  }
  return names;
}

function findItem(element: Element, prop: string): Element | undefined {
  const stack = [...element.children].reverse();
  for (let node = stack.pop(), steps = 0; node !== undefined && steps < 60; node = stack.pop(), steps++) {
    if (!("attribs" in node)) continue;
    if (node.attribs["itemprop"]?.split(/\s+/).includes(prop)) return node;
    stack.push(...[...node.children].reverse());
  }
  return undefined;
}

const BYLINE_WORD =
  /^(by|byline|bylines|author|authors|autor|autoren|auteur|autore|writer|verfasser|journalist|signature|reporter)$/;

function bylineTexts(index: PageIndex, near: (element: Element) => boolean): readonly string[] {
  const found: { text: string; score: number; element: Element }[] = [];
  for (const element of index.bylines) {
    if (!near(element)) continue;
    const text = textOf(element, 400);
    if (text.length < 3 || text.length > 160) continue;
    const words = nameWords(element);
    let score = 0;
    if (/\bauthor\b/i.test(attr(element, "rel") ?? "")) score += 3;
    if (words.some((word) => BYLINE_WORD.test(word))) score += 2;
    if (words.includes("name") || words.includes("vcard") || words.includes("fn")) score += 1;
    if (
      words.some((word) =>
        /^(bio|box|about|avatar|image|img|photo|social|role|title|desc|description|archive|posts|comment|comments|caption|credit|related|teaser|list)$/.test(
          word,
        ),
      )
    )
      score -= 2;
    if (BY.test(text) || LABEL.test(text)) score += 2;
    if (text.length < 40) score += 0.5;
    if (score >= 2) found.push({ text, score, element });
  }
  const best = Math.max(0, ...found.map((f) => f.score));
  return found
    .filter((f) => f.score >= best - 0.5)
    .slice(0, 6)
    .map((f) => f.text);
}

const TRAILING =
  /\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:\p{Lu}[\p{L}]*\s)?staff(?:\s(?:writer|reporter))?|publiziert|veröffentlicht|contactar|contact|im gespräch|ph\.?d\.?|m\.?d\.?|[A-Z]{2,4}\s?news|shares?|follow|email|autor|author)$/iu;
const POSTS_BY =
  /^(?:(?:view|see|show|read)?\s*(?:all|more)?\s*(?:posts|articles|stories)\s(?:by|from|of)|(?:zeige?\s)?(?:alle|weitere)\s(?:beiträge|artikel|posts)\s(?:von|anzeigen von)|voir tous les articles de|ver todas las entradas de|about|über|avatar of|photo of|profil von|author archives?:?|posts by|articles by)\s+/i;
const GLUED = /^(By|Von|Par|Por)(?=\p{Lu}\p{Ll}|\p{Lu}\.)/u;
const DATE_PART =
  /^(?:\d{1,2}\.?\s*\p{L}{3,12}\.?|\p{L}{3,12}\.?\s\d{1,2}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch)$/iu;

const NAME = "(?:\\p{Lu}[\\p{L}'’.-]*|van|de|der|den|von|zu|del|della|da|di|la|le|bin|al|el)";
const NAMES_ONLY = new RegExp(
  `^(?:(?:dr|prof|mag|dipl)\\.?\\s(?:[a-z-]+\\.\\s)*)?\\p{Lu}[\\p{L}'’.-]+(?:\\s${NAME}){1,4}$`,
  "iu",
);
const LINE_BY = new RegExp(
  `^(?:by|von|par|por|text|autor(?:in)?|author|autore|words|foto(?:s)? und text|text und foto(?:s)?|ein (?:beitrag|gastbeitrag|kommentar|artikel) von|eine? \\p{L}+ von|story by|written by|posted by|geschrieben von|door|di|автор)\\s*:?\\s+(\\p{Lu}[\\p{L}'’.-]*(?:\\s${NAME}){0,4}(?:(?:,|\\sund|\\sand|\\set|\\sy|\\s&)\\s\\p{Lu}[\\p{L}'’.-]+(?:\\s${NAME}){0,3}){0,4})(?=$|\\s*[|,•·(/—–-]|\\s+\\d|\\s+(?:am|on|vom|le|el|in|für)\\s)`,
  "iu",
);

/** Lines that begin with "By" or its like, near the headline or at the end of the body. */
function bylineBlocks(
  blocks: readonly RawBlock[],
  body: readonly BodyBlock[],
  zone: Zone,
): readonly string[] {
  const first = body[0] === undefined ? -1 : blocks.indexOf(body[0].raw);
  const last = body.length === 0 ? -1 : blocks.indexOf((body.at(-1) ?? body[0])?.raw as RawBlock); // a body has a last block
  const window = [
    ...range(Math.max(0, first - 12), first + 4),
    ...range(Math.max(first + 4, last - 2), last + 4),
  ];
  for (const i of window) {
    const block = blocks[i];
    if (
      block === undefined ||
      block.text.length > 160 ||
      (block.frame.element !== undefined && !zone.near(block.frame.element))
    )
      continue;
    const match = LINE_BY.exec(block.text);
    if (match?.[1] !== undefined && /^\p{Lu}/u.test(match[1]) && match[1].split(/\s/).length >= 2)
      return [match[1]];
  }
  return [];
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

/** Links to a page about a person ("/author/…") that stand by the headline. */
function authorLinks(index: PageIndex, zone: Zone): readonly string[] {
  const names: string[] = [];
  const anchor = zone.heading ?? zone.bodyStart;
  if (anchor === undefined) return [];
  for (const link of index.anchors) {
    const at = index.order.get(link) ?? -1;
    if (at < anchor - 40 || at > Math.max(anchor + 60, (zone.bodyStart ?? anchor) + 12) || !zone.near(link))
      continue;
    if (
      !/\/(?:authors?|autor(?:en|es|in)?|auteurs?|profiles?|people|staff|journalists?|reporters?|contributors?|redakt\w+|by|users?|writers?|columnists?|experts?)\/[\w%.-]+/i.test(
        attr(link, "href") ?? "",
      )
    )
      continue;
    const text = textOf(link, 120);
    if (NAMES_ONLY.test(text)) names.push(text);
  }
  return names.slice(0, 6);
}

/** "By Ann Example and Bo Muster, Staff" → ["Ann Example", "Bo Muster"]. */
export function splitNames(text: string): readonly string[] {
  let line = foldSpace(
    text
      .slice(0, 1000)
      .replace(/<[^<>]{0,300}>/g, " ")
      .replace(/https?:\S+/g, " "),
  );
  for (let i = 0; i < 2; i++)
    line = line.replace(POSTS_BY, "").replace(GLUED, "").replace(BY, "").replace(LABEL, "");
  line = line.replace(STOP_AT, "").trim();
  if (line === "") return [];
  // "Muster, Bo" is one name
  const turned = /^(\p{Lu}[\p{L}'’-]+), (\p{Lu}[\p{L}'’.-]+)$/u.exec(line);
  if (turned !== null && turned[1] !== undefined && turned[2] !== undefined && !line.includes(" and "))
    return [`${turned[2]} ${turned[1]}`];
  return line
    .slice(0, 400)
    .split(SPLIT)
    .map((name) => foldSpace(name.replace(/^[\s:.,–-]+|[\s:,–»«>-]+$/g, "").replace(TRAILING, "")))
    .filter((name) => name !== "" && !DATE_PART.test(name));
}

function isName(name: string, sites: ReadonlySet<string>): boolean {
  if (name.length < 2 || name.length > 70 || NOT_A_NAME.test(name)) return false;
  const words = name.split(/\s+/);
  if (words.length > 7 || !/\p{L}{2}/u.test(name)) return false;
  if (/[?!:{}[\]=]/.test(name)) return false;
  return !sites.has(key(name));
}

function unique(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return names.filter((name) => {
    const k = key(name);
    if (seen.has(k)) return false;
    seen.add(k);
    return true;
  });
}
