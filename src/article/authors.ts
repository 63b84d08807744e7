/**
 * Page → the persons who sign it. Places where a page names its author are read in the order of trust: JSON-LD, microdata,
 * by-line markup, meta, lines that begin with "By", dated lines, links to author pages, a name signed under the text.
 * The first that gives a full name of a person wins; a user name, initials or the name of a body stand only where no
 * place gives one. The site itself and newsroom labels are not persons.
 */
import type { Element } from "domhandler";
import type { BodyBlock } from "./body.ts";
import { metaOf, type PageIndex } from "./collect.ts";
import { attr, textOf } from "./dom.ts";
import { type Graph, type Thing, typesOf, wordsOf } from "./jsonld.ts";
import { resolveAll } from "./mainthing.ts";
import {
  isFullName,
  isName,
  kindOfName,
  LABEL_ALONE,
  LINE_BY,
  LINE_BY_CASELESS,
  nameKey,
  namesBesideDate,
  POSTED_BY,
  splitNames,
} from "./names.ts";
import { nameWords, type RawBlock } from "./segment.ts";
import type { Zone } from "./zone.ts";

export type AuthorsRead = { readonly names: readonly string[]; readonly basis: string | undefined };

export type AuthorPage = {
  readonly index: PageIndex;
  readonly graph: Graph;
  readonly thing: Thing | undefined;
  readonly sites: ReadonlySet<string>;
  readonly host: string | undefined;
  readonly zone: Zone;
  readonly blocks: readonly RawBlock[];
  readonly body: readonly BodyBlock[];
};

/** Hosts where the site is its writer. */
const PERSONAL_HOST =
  /\.(?:wordpress|blogspot|blogger|substack|typepad|tumblr|livejournal|medium|over-blog|hatenablog)\.(?:com|org|net|fr)(?:\.\w\w)?$/i;

export function readAuthors(page: AuthorPage): AuthorsRead {
  const found = authorSources(page);
  const best =
    found.find(({ names }) => names.some((name) => kindOfName(name) === "person")) ??
    found.find(({ names }) => names.some((name) => kindOfName(name) === "lone")) ??
    found[0];
  if (best === undefined) return { names: [], basis: undefined };
  return { names: wholeNames(best.names, found).slice(0, 20), basis: best.basis };
}

/** Every place of the page that names an author, best first. */
export function authorSources({
  index,
  graph,
  thing,
  sites,
  host,
  zone,
  blocks,
  body,
}: AuthorPage): readonly {
  readonly basis: string;
  readonly names: readonly string[];
}[] {
  const near = zone.signs;
  const personal = host !== undefined && PERSONAL_HOST.test(host);
  const accept = (raw: readonly string[]): readonly string[] =>
    unique(
      raw.flatMap((text) => {
        const whole = nameKey(text);
        if (sites.has(whole) && !personal) return []; // "Jobs & Hire" is one site, not two persons
        return splitNames(text).filter((name) => isName(name) && (personal || !sites.has(nameKey(name))));
      }),
    );
  const sources: readonly (readonly [string, () => readonly string[]])[] = [
    [
      "json-ld",
      () => (thing === undefined ? [] : personsOf(thing["author"] ?? thing["creator"], graph, sites)),
    ],
    ["microdata", () => itemAuthors(index, near)],
    ["byline", () => bylineTexts(index, near)],
    ["meta", () => metaAuthors(index)],
    ["line", () => bylineBlocks(blocks, body, zone)],
    ["dated", () => datedBlocks(blocks, body, zone)],
    ["link", () => authorLinks(index, zone)],
    ["signed", () => signature(body)],
  ];
  return sources.flatMap(([basis, read]) => {
    const names = accept(read());
    return names.length === 0 ? [] : [{ basis, names }];
  });
}

/** "Nils" in the markup, "Nils Example" in the line readers see: the whole name. */
function wholeNames(
  names: readonly string[],
  found: readonly { readonly names: readonly string[] }[],
): readonly string[] {
  const full = found.flatMap((f) => f.names).filter(isFullName);
  return unique(
    names.map((name) =>
      kindOfName(name) === "person" || /\s/.test(name)
        ? name
        : (full.find((other) => other.toLowerCase().startsWith(`${name.toLowerCase()} `)) ??
          full.find((other) => nameKey(other) === nameKey(name)) ??
          name),
    ),
  );
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
        if (name !== undefined && !(organisation && sites.has(nameKey(name)))) names.push(name);
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
  /^(by|byline|bylines|author|authors|autor|avtor|autoren|auteur|autore|yazar|forfatter|skribent|writer|verfasser|journalist|signature|reporter)$/;

const SAYS_BY =
  /^\s*(?:(?:\p{L}+\s){0,2}(?:by|von|vom|par|por|door|przez)\b|(?:authors?|autor(?:in|en|es)?|auteurs?|autore|text|texte|words|автор(?:ы)?|текст)\b\s*:?)/iu;

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
    if (SAYS_BY.test(text)) score += 2;
    if (text.length < 40) score += 0.5;
    if (score >= 2) found.push({ text, score, element });
  }
  const best = Math.max(0, ...found.map((f) => f.score));
  return found
    .filter((f) => f.score >= best - 0.5)
    .slice(0, 6)
    .map((f) => f.text);
}

/** Lines that begin with "By" or its like, or a label and a name in blocks of their own, by the headline or under the body. */
function bylineBlocks(
  blocks: readonly RawBlock[],
  body: readonly BodyBlock[],
  zone: Zone,
): readonly string[] {
  for (const i of windowOf(blocks, body)) {
    const block = blocks[i];
    if (block === undefined || !isLine(block, zone)) continue;
    const posted = (POSTED_BY.exec(block.text) ?? LINE_BY_CASELESS.exec(block.text))?.[1];
    if (posted !== undefined) return [posted];
    const match = LINE_BY.exec(block.text);
    if (match?.[1] !== undefined) return [match[1]];
    const next = blocks[i + 1]?.text ?? "";
    if (LABEL_ALONE.test(block.text) && next.length < 80) {
      const names = splitNames(next);
      if (names.length > 0 && names.every(isFullName)) return [next];
    }
  }
  return [];
}

function datedBlocks(blocks: readonly RawBlock[], body: readonly BodyBlock[], zone: Zone): readonly string[] {
  for (const i of windowOf(blocks, body)) {
    const block = blocks[i];
    if (block === undefined || !isLine(block, zone)) continue;
    const names = namesBesideDate(block.text);
    if (names !== undefined) return [names];
  }
  return [];
}

const isLine = (block: RawBlock, zone: Zone): boolean =>
  block.text.length <= 160 && (block.frame.element === undefined || zone.signs(block.frame.element));

function windowOf(blocks: readonly RawBlock[], body: readonly BodyBlock[]): readonly number[] {
  const first = body[0] === undefined ? -1 : blocks.indexOf(body[0].raw);
  const end = body.at(-1);
  const last = end === undefined ? -1 : blocks.indexOf(end.raw);
  return [...range(Math.max(0, first - 12), first + 4), ...range(Math.max(first + 4, last - 2), last + 4)];
}

/** A name alone, set off in bold or italics, as the last line of the text. */
function signature(body: readonly BodyBlock[]): readonly string[] {
  const end = body.at(-1);
  if (end === undefined || body.length < 4) return [];
  const { text, strongChars } = end.raw;
  const name = text.replace(/^[\s(/–—-]+|[\s)./–—-]+$/g, "");
  return text.length < 40 && strongChars >= name.length - 2 && isFullName(name) ? [name] : [];
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
    if (isFullName(text)) names.push(text);
  }
  return names.slice(0, 6);
}

function unique(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return names.filter((name) => {
    const k = nameKey(name);
    if (seen.has(k)) return false;
    seen.add(k);
    return true;
  });
}
