/**
 * Tree → everything in it that speaks about the page: meta and link elements, JSON-LD scripts, headings, times,
 * microdata, by-lines, pictures and players, anchors. One walk; nothing is judged here.
 */
import { type Document, Element, Text } from "domhandler";
import { attr, textOf, walk } from "./dom.ts";
import { isState } from "./state.ts";

export type PageIndex = {
  /** `name`, `property`, `itemprop` or `http-equiv` in lower case → contents in document order. */
  readonly metas: ReadonlyMap<string, readonly string[]>;
  readonly links: readonly {
    readonly rel: string;
    readonly href: string;
    readonly hreflang: string | undefined;
    readonly type: string | undefined;
  }[];
  readonly jsonLd: readonly string[];
  /** Dates that scripts give under a name of publication ("published_at", "datePublished"), best name first. */
  readonly scriptDates: readonly string[];
  /** Scripts that carry the page's data for its own programs. */
  readonly state: readonly string[];
  readonly title: string | undefined;
  readonly lang: string | undefined;
  readonly base: string | undefined;
  readonly headings: readonly { readonly element: Element; readonly level: 1 | 2; readonly text: string }[];
  /** h3 and h4 from the top of the page on: some themes set the headline so small. */
  readonly minorHeadings: readonly Element[];
  readonly times: readonly Element[];
  readonly items: ReadonlyMap<string, readonly Element[]>;
  /** Elements whose names speak of authors or by-lines, or that link with rel=author. */
  readonly bylines: readonly Element[];
  /** Elements whose names speak of dates. */
  readonly dated: readonly Element[];
  readonly images: readonly Element[];
  readonly players: readonly Element[];
  readonly anchors: readonly Element[];
  /** Position of every element in the document, for telling what stands near what. */
  readonly order: ReadonlyMap<Element, number>;
  readonly elements: number;
  readonly passwordFields: number;
};

const BYLINE =
  /(^|[^a-z])(by-?line|author|autor|avtor|auteur|autore|yazar|forfatter|författare|skribent|szerzo|writer|verfasser|redakteur|journalist|contributor|creator|posted-?by|written-?by|signature|reporter|columnist)s?/i;
const DATED =
  /date|datum|fecha|data-pub|time|zeit|publi|posted|updated|modified|created|byline|dateline|meta(?!l)|info|entry-|stand\b/i;
const SCRIPT_DATE =
  /["']?\b((?:date_?published|(?:cms|page|article|first|original)?_?publi(?:sh|shed|shing|cation)_?(?:at|date|time|datetime|on)?|pub_?date|release_?date|creation_?date|(?:date_?)?created(?:_?at|_?date)?))\\?["']?\s*[:=]\s*\\?["']((?:19|20)\d\d-?\d\d-?\d\d(?:[T ][\d:.+Z-]{4,20})?)\\?["']/gi;
const LIMIT = 4000;

export function collect(root: Document): PageIndex {
  const metas = new Map<string, string[]>();
  const links: PageIndex["links"][number][] = [];
  const jsonLd: string[] = [];
  const state: string[] = [];
  const headings: PageIndex["headings"][number][] = [];
  const minorHeadings: Element[] = [];
  const times: Element[] = [];
  const items = new Map<string, Element[]>();
  const bylines: Element[] = [];
  const dated: Element[] = [];
  const images: Element[] = [];
  const players: Element[] = [];
  const anchors: Element[] = [];
  const order = new Map<Element, number>();
  const scriptDates: { weak: boolean; text: string }[] = [];
  let scripts = 0;
  let title: string | undefined;
  let lang: string | undefined;
  let base: string | undefined;
  let elements = 0;
  let passwordFields = 0;

  walk(root, (element) => {
    order.set(element, elements++);
    const a = element.attribs;
    switch (element.name) {
      case "html":
        lang ??= attr(element, "lang") ?? attr(element, "xml:lang");
        break;
      case "base":
        base ??= attr(element, "href");
        break;
      case "title":
        if (title === undefined && !insideSvg(element)) title = textOf(element) || undefined;
        return false;
      case "meta": {
        const content = attr(element, "content");
        if (content === undefined) break;
        for (const key of new Set([
          a["name"],
          a["property"],
          a["itemprop"],
          a["http-equiv"],
          a["id"] && a["name"] === undefined && a["property"] === undefined ? a["id"] : undefined,
        ])) {
          if (key !== undefined && key !== "") push(metas, key.trim().toLowerCase(), content);
        }
        break;
      }
      case "link": {
        const href = attr(element, "href");
        const rel = attr(element, "rel")?.toLowerCase();
        if (href !== undefined && rel !== undefined && rel !== "stylesheet" && links.length < LIMIT)
          links.push({ rel, href, hreflang: attr(element, "hreflang"), type: attr(element, "type") });
        const prop = a["itemprop"];
        if (prop !== undefined) push(items, prop.toLowerCase(), element);
        break;
      }
      case "script":
        if (/ld\+json/i.test(a["type"] ?? "")) {
          const data = element.children.map((child) => (child instanceof Text ? child.data : "")).join("");
          if (data.trim() !== "" && jsonLd.length < 60) jsonLd.push(data);
        } else if (state.length < 30 && element.children.length === 1) {
          const child = element.children[0];
          if (child instanceof Text && isState(a["type"] ?? "", child.data)) state.push(child.data);
        }
        if (!/ld\+json/i.test(a["type"] ?? "") && scripts < 400_000) {
          for (const child of element.children) {
            if (!(child instanceof Text)) continue;
            scripts += child.data.length;
            for (const match of child.data.slice(0, 400_000).matchAll(SCRIPT_DATE)) {
              if (match[1] !== undefined && match[2] !== undefined && scriptDates.length < 50)
                scriptDates.push({ weak: /creat/i.test(match[1]), text: match[2] });
            }
          }
        }
        return false;
      case "style":
      case "template":
        return false;
      case "h1":
      case "h2":
        if (headings.length < 400)
          headings.push({ element, level: element.name === "h1" ? 1 : 2, text: textOf(element, 1000) });
        break;
      case "h3":
      case "h4":
        if (minorHeadings.length < 40) minorHeadings.push(element);
        break;
      case "time":
      case "abbr":
        if (
          times.length < LIMIT &&
          (element.name === "time" || a["title"] !== undefined || a["data-utime"] !== undefined)
        )
          times.push(element);
        break;
      case "img":
      case "amp-img":
        if (images.length < LIMIT) images.push(element);
        break;
      case "iframe":
      case "video":
      case "audio":
      case "amp-video":
      case "amp-youtube":
        if (players.length < 400) players.push(element);
        break;
      case "a":
        if (anchors.length < 20_000) anchors.push(element);
        break;
      case "input":
        if (a["type"] === "password") passwordFields++;
        break;
    }
    const prop = a["itemprop"];
    if (prop !== undefined && element.name !== "meta" && element.name !== "link")
      for (const name of prop.split(/\s+/)) push(items, name.toLowerCase(), element);
    const names = `${a["class"] ?? ""} ${a["id"] ?? ""} ${a["rel"] ?? ""} ${a["data-testid"] ?? ""}`;
    if (names.length > 3) {
      if (bylines.length < 300 && BYLINE.test(names)) bylines.push(element);
      if (dated.length < 800 && element.name !== "body" && element.name !== "html" && DATED.test(names))
        dated.push(element);
    }
    return true;
  });
  return {
    metas,
    links,
    jsonLd,
    state,
    scriptDates: [...scriptDates.filter((d) => !d.weak), ...scriptDates.filter((d) => d.weak)].map(
      (d) => d.text,
    ),
    title,
    lang,
    base,
    headings,
    minorHeadings,
    times,
    items,
    bylines,
    dated,
    images,
    players,
    anchors,
    order,
    elements,
    passwordFields,
  };
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else if (list.length < 500) list.push(value);
}

function insideSvg(element: Element): boolean {
  return (
    element.parent instanceof Element &&
    element.parent.name !== "head" &&
    element.parent.name !== "html" &&
    element.parent.name !== "body"
  );
}

/** First non-empty content of the first of these meta names that is present. */
export function metaOf(index: PageIndex, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = index.metas.get(name)?.find((v) => v.trim() !== "");
    if (value !== undefined) return value.trim();
  }
  return undefined;
}
