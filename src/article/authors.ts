/**
 * Page → the persons who sign it: JSON-LD, meta, microdata, rel=author and by-line markup near the headline, in that order.
 * Names are cleaned of "By", titles of office, addresses and counts; the site itself and newsroom labels are not persons.
 */
import type { Element } from "domhandler";
import { metaOf, type PageIndex } from "./collect.ts";
import { attr, foldSpace, textOf } from "./dom.ts";
import { wordsIn } from "./features.ts";
import { type Graph, type Thing, typesOf, wordsOf } from "./jsonld.ts";
import { resolveAll } from "./mainthing.ts";
import { nameWords } from "./segment.ts";

const key = (text: string): string => wordsIn(text).join("");
const BY =
  /^\s*(?:(?:article|text|story|words|posted|published|written|reported|created|submitted|reviewed|geschrieben|verfasst|veröffentlicht|erstellt|ein (?:artikel|beitrag|gastbeitrag|kommentar|interview)|artikel|beitrag|eine (?:analyse|kolumne)|publié|écrit|rédigé|escrito|publicado|scritto|pubblicato|geplaatst|geschreven)\s+(?:\w+\s+)?)?(?:by|von|vom|par|por|per|door|av|af|автор|текст|author|autor|autorin|autoren|auteur|autore|verfasser|verfasserin|redaktion|text|texte|words|de|di|da|przez)\b\s*[:.]?\s+(?=\S)/iu;
const LABEL =
  /^\s*(?:author|autor(?:\/in|in|en)?|auteur|autore|verfasser(?:in)?|text|texte|words|by-?line|автор|redakteur(?:in)?|reporter|writer|foto|name|redaktion|von|by)\s*[:|]\s*/iu;
const STOP_AT =
  /\s*(?:[|•·—]|\s[-–]\s|\d{1,2}[./:]\d|\(|\b(?:updated|published|posted|veröffentlicht|aktualisiert|erschienen|published on|on|am|vom|le|il|el|em|um|at)\b\s*(?=\d|\p{Lu}?\p{L}+\s*\d|monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)|\b(?:19|20)\d\d\b|\b\d+\s*(?:min|comment|kommentar|share|view)|[,;]\s*(?:updated|published|staff|special to|correspondent|reporter|senior|editor|chief|dpa|afp|reuters|ap\b|kna|epd|sid|apa|contributor|author|redakteur|freie|political|business|sports|health|science|politics|associate|managing|published|photo|the associated)).*$/isu;
const SPLIT = /\s*(?:,|;|\/|\||&|\+|\s(?:and|und|et|y|e|i|och|og|en|и|та|sowie|with|mit)\s)\s*/iu;
const NOT_A_NAME =
  /https?:|www\.|@|\d{3,}|^(?:by|von|admin|administrator|editor|staff|redaktion|redacción|redação|rédaction|redazione|newsroom|news desk|web ?desk|online|team|unknown|anonymous|guest|gast|author|autor|autoren|profile|profil|comments?|share|share this|follow|posted|published|all posts|mehr|more|read more|subscribe|contact|kontakt|home|view all|facebook|twitter|instagram|linkedin|email|e-mail|print|about the author|über den autor|über die autorin|zum profil|n\/a|none|null|undefined|super user|webmaster|root|test|wordpress|redaktionsteam|news agencies|agencies|agenturen|afp|reuters|ap|dpa|associated press|the associated press|tass|efe|ansa|xinhua)$/iu;

export type AuthorsRead = { readonly names: readonly string[]; readonly basis: string | undefined };

export function readAuthors(
  index: PageIndex,
  graph: Graph,
  thing: Thing | undefined,
  sites: ReadonlySet<string>,
  near: (element: Element) => boolean,
): AuthorsRead {
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

/** "By Ann Example and Bo Muster, Staff" → ["Ann Example", "Bo Muster"]. */
export function splitNames(text: string): readonly string[] {
  let line = foldSpace(text.replace(/<[^<>]{0,300}>/g, " "));
  for (let i = 0; i < 2; i++) line = line.replace(BY, "").replace(LABEL, "");
  line = line.replace(STOP_AT, "").trim();
  if (line === "") return [];
  // "Muster, Bo" is one name
  const turned = /^(\p{Lu}[\p{L}'’-]+), (\p{Lu}[\p{L}'’.-]+)$/u.exec(line);
  if (turned !== null && turned[1] !== undefined && turned[2] !== undefined && !line.includes(" and "))
    return [`${turned[2]} ${turned[1]}`];
  return line
    .split(SPLIT)
    .map((name) => foldSpace(name.replace(/^[\s:.,–-]+|[\s:,–-]+$/g, "")))
    .filter((name) => name !== "");
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
