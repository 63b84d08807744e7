/**
 * Page → when it was published and when modified, each with precision, zone and where it was read.
 *
 * Order of trust: JSON-LD of the article, meta elements, microdata, <time>, dated text near the headline, the address.
 * Guards after htmldate's known failures: modified is never taken for published, nothing after the page was fetched,
 * nothing before the web, slashes in the order of the locale.
 */
import type { Element } from "domhandler";
import type { StatedTime } from "../model/index.ts";
import type { BodyBlock } from "./body.ts";
import { metaOf, type PageIndex } from "./collect.ts";
import { type DayOrder, type FoundDate, findDates, readMachineDate } from "./datewords.ts";
import { attr, textOf } from "./dom.ts";
import { type Thing, wordsOf } from "./jsonld.ts";
import { type Basis, type Candidate, isPlausible, localDay, urlDate } from "./localday.ts";
import { nameWords, type RawBlock } from "./segment.ts";
import type { Zone } from "./zone.ts";

export type TimesRead = {
  readonly published: StatedTime | undefined;
  readonly modified: StatedTime | undefined;
  readonly rejected: readonly string[];
};

export type DateContext = {
  readonly fetchedAt: string;
  readonly order: DayOrder;
  readonly url: string | undefined;
  readonly zone: Zone;
  readonly blocks: readonly RawBlock[];
  readonly body: readonly BodyBlock[];
  readonly title: string;
};

const PUBLISHED_META = [
  "article:published_time",
  "og:article:published_time",
  "og:published_time",
  "article:published",
  "article:publicationdate",
  "datepublished",
  "date.published",
  "published_time",
  "publish-date",
  "publish_date",
  "publishdate",
  "published-date",
  "publication_date",
  "publicationdate",
  "pubdate",
  "pub_date",
  "article.published",
  "article:post_date",
  "parsely-pub-date",
  "sailthru.date",
  "cxenseparse:recs:publishtime",
  "cxenseparse:publishtime",
  "dcterms.issued",
  "dc.date.issued",
  "dc.issued",
  "dcterms.available",
  "citation_publication_date",
  "citation_date",
  "article_date_original",
  "originalpublicationdate",
  "rnews:datepublished",
  "og:pubdate",
  "bt:pubdate",
  "video:release_date",
  "og:video:release_date",
  "analyticsattributes.articledate",
  "dateposted",
  "vr:published_time",
] as const;
/** Names that often hold the date of the last change, of an event or of the template. */
const WEAK_META = [
  "dcterms.date",
  "dc.date",
  "dcterms.created",
  "dc.date.created",
  "dc.created",
  "article.created",
  "ptime",
  "displaydate",
  "date",
  "article:date",
  "last-publish",
  "datecreated",
  "created",
  "timestamp",
  "prism.publicationdate",
  "content_create_date",
] as const;
const MODIFIED_META = [
  "article:modified_time",
  "og:article:modified_time",
  "og:updated_time",
  "article:updated_time",
  "datemodified",
  "dcterms.modified",
  "dc.date.modified",
  "dc.modified",
  "last-modified",
  "lastmod",
  "last-updated",
  "lastupdated",
  "date.modified",
  "modified",
  "revised",
  "updated_time",
  "article:modified",
  "last_modified",
] as const;
const MODIFIED_WORDS =
  /(modif|updat|aktualis|geändert|zuletzt|last[- ]?(edit|change)|mis à jour|màj|actualiz|aggiorn|bijgewerkt|обновл|zmieni|oppdater|opdater|uppdater|atualiz|überarbeitet)/i;
const PUBLISHED_WORDS =
  /(publish|publié|publicad|veröffentlicht|pubblicat|posted|erschienen|erstellt|gepostet|geplaatst|опубликов|dodano|opublikowan|julkaistu|publicerad|publiceret|publisert|stand:|created|verfasst|\bvom\b|geschrieben|written|datum\s*:|date\s*:|fecha\s*:|wurde am|release)/i;

export function readTimes(index: PageIndex, thing: Thing | undefined, context: DateContext): TimesRead {
  const rejected: string[] = [];
  const plausible = (candidate: Candidate | undefined): Candidate | undefined => {
    if (candidate === undefined) return undefined;
    if (isPlausible(candidate.date, context.fetchedAt)) return candidate;
    rejected.push(`${candidate.date.value} (${candidate.basis})`);
    return undefined;
  };
  const machine = (text: string | undefined, basis: Basis): Candidate | undefined => {
    const date = text === undefined ? undefined : readMachineDate(text, context.order);
    return plausible(date === undefined ? undefined : { date, basis, weight: 1 });
  };
  const modified =
    machine(thing === undefined ? undefined : wordsOf(thing["dateModified"]), "json-ld") ??
    firstOf(MODIFIED_META, (name) => machine(metaOf(index, name), "meta")) ??
    firstOf((index.items.get("datemodified") ?? []).filter(context.zone.near), (element) =>
      machine(elementDate(element), "microdata"),
    );

  const shown = shownDates(index, context).filter((candidate) => plausible(candidate) !== undefined);
  const url = plausible(urlDate(context.url));
  const best = shown[0];
  const declared =
    machine(thing === undefined ? undefined : wordsOf(thing["datePublished"]), "json-ld") ??
    firstOf(PUBLISHED_META, (name) => machine(metaOf(index, name), "meta")) ??
    machine(
      thing === undefined ? undefined : wordsOf(thing["dateCreated"] ?? thing["uploadDate"]),
      "json-ld",
    ) ??
    firstOf(index.items.get("datepublished") ?? [], (element) =>
      context.zone.near(element) || (index.items.get("datepublished")?.length ?? 0) === 1
        ? machine(elementDate(element), "microdata")
        : undefined,
    );
  const weak = firstOf(WEAK_META, (name) => machine(metaOf(index, name), "meta"));
  const published =
    declared ??
    (best !== undefined && best.weight >= 1.3 ? best : undefined) ??
    (url?.date.precision === "day" ? url : undefined) ??
    weak ??
    (best !== undefined && best.weight >= 0.2 ? best : undefined) ??
    firstOf(index.scriptDates, (text) => machine(text, "meta")) ??
    best ??
    url;
  const local =
    published === undefined
      ? undefined
      : localDay(published, [url, ...shown.filter((c) => c.weight >= 1).slice(0, 3)], context.url);
  return {
    published: stated(local, local !== published),
    modified: stated(
      modified === undefined ||
        published === undefined ||
        modified.date.value.slice(0, 10) >= published.date.value.slice(0, 10)
        ? modified
        : undefined,
      false,
    ),
    rejected,
  };
}

function firstOf<T, R>(list: readonly T[], read: (item: T) => R | undefined): R | undefined {
  for (const item of list) {
    const value = read(item);
    if (value !== undefined) return value;
  }
  return undefined;
}

function stated(candidate: Candidate | undefined, assumed: boolean): StatedTime | undefined {
  if (candidate === undefined) return undefined;
  const { date, basis } = candidate;
  const shown = basis === "visible-text" || (basis === "time-element" && !/^[\dTZ:.+ -]+$/.test(date.words));
  const words = shown ? { words: date.words } : {};
  return {
    value: date.value,
    precision: date.precision,
    zone: assumed ? "assumed" : date.zone,
    basis,
    ...words,
  };
}

export function elementDate(element: Element): string | undefined {
  return (
    attr(element, "datetime") ??
    attr(element, "content") ??
    attr(element, "data-datetime") ??
    attr(element, "title") ??
    (textOf(element, 200) || undefined)
  );
}

/** Dates the reader sees, the likeliest to be that of publication first. */
export function shownDates(index: PageIndex, context: DateContext): readonly Candidate[] {
  const { zone, order } = context;
  const anchor = zone.heading ?? zone.bodyStart;
  const found: (Candidate & { at: number })[] = [];
  const seen = new Set<Element>();
  const consider = (element: Element, isTime: boolean): void => {
    if (seen.has(element)) return;
    seen.add(element);
    const text = textOf(element, 300);
    const attribute =
      attr(element, "datetime") ??
      attr(element, "data-datetime") ??
      (element.name === "abbr" ? attr(element, "title") : undefined);
    if (!isTime && (text.length > 220 || text.length < 6)) return;
    const date =
      (attribute === undefined ? undefined : readMachineDate(attribute, order)) ??
      firstPublished(text, order);
    if (date === undefined) return;
    if (attribute === undefined && context.title.indexOf(date.words) > 0) return; // a date inside the headline is its subject
    const at = index.order.get(element) ?? 0;
    const names = [
      ...nameWords(element),
      ...(element.parent !== null && "attribs" in element.parent ? nameWords(element.parent as Element) : []),
    ].join(" ");
    let weight = isTime ? 1.5 : text.length < 60 ? 1.1 : 0.7;
    if (attr(element, "pubdate") !== undefined) weight += 2;
    if (!zone.near(element)) weight -= 2;
    if (isTime && text === "") weight -= 0.8;
    if (zone.bodyEnd !== undefined && at > zone.bodyEnd) weight -= 0.7;
    if (/publi|posted|entry|pubdate|post|article|timestamp/.test(names)) weight += 0.6;
    if (/\b(date|datum|time|fecha|byline|dateline)\b/.test(names)) weight += 0.4;
    if (/comment|related|teaser|event|expire|copyright|footer|sidebar|widget|archive|calendar/.test(names))
      weight -= 1.5;
    if (
      MODIFIED_WORDS.test(names) ||
      (MODIFIED_WORDS.test(text.slice(0, 200)) && !PUBLISHED_WORDS.test(text))
    )
      weight -= 1.2;
    if (PUBLISHED_WORDS.test(text)) weight += 0.8;
    if (anchor !== undefined) weight -= Math.min(1.5, Math.log(1 + Math.abs(at - anchor)) / 5);
    found.push({ date, basis: isTime ? "time-element" : "visible-text", weight, at });
  };
  for (const element of index.times.slice(0, 300)) consider(element, true);
  for (const element of index.dated.slice(0, 400)) consider(element, false);
  // Short blocks around the headline, and the first and last lines of the body
  const first = context.body[0]?.raw;
  const last = context.body.at(-1)?.raw;
  const from = first === undefined ? 0 : context.blocks.indexOf(first);
  const to = last === undefined ? -1 : context.blocks.indexOf(last);
  context.blocks.forEach((block, i) => {
    const inside = i >= from && i <= to;
    const opens = inside && i <= from + 7 ? OPENING.test(block.text) : false;
    const close = inside ? 0 : i < from ? from - i : i - to;
    if (close > 40 || (!opens && block.text.length > (i <= from + 3 ? 260 : i > to ? 400 : 70))) return;
    const source = opens ? block.text.slice(0, 70) : block.text;
    const date = firstPublished(source, order);
    if (date === undefined || (opens && date.index > 40) || context.title.indexOf(date.words) > 0) return;
    const at = block.frame.element === undefined ? 0 : (index.order.get(block.frame.element) ?? 0);
    const before = source.slice(Math.max(0, date.index - 30), date.index);
    const says =
      PUBLISHED_WORDS.test(before) || PUBLISHED_WORDS.test(context.blocks[i - 1]?.text.slice(-20) ?? "");
    if (i > from + 3 && inside && !opens && !says && date.words.length < block.text.length * 0.5) return;
    if (!inside && !says && block.text.length > 260) return;
    let weight =
      (opens ? 1.3 - (i - from) * 0.05 : block.text.length < 70 ? 1 : 0.6) - (close / 25) * (says ? 0.4 : 1);
    if (inside && !opens) weight -= 0.4;
    if (block.frame.element !== undefined && !zone.near(block.frame.element)) weight -= 0.6;
    if (MODIFIED_WORDS.test(before)) weight -= 0.8;
    if (says) weight += 0.9;
    if (/[©®]|copyright|\[?\s*(?:antworten|reply|répondre|responder)\b/i.test(block.text)) weight -= 1.5;
    if (i > to) weight -= 0.3;
    found.push({ date, basis: "visible-text", weight, at });
  });
  return found.filter((c) => c.weight > -0.6).sort((a, b) => b.weight - a.weight || a.at - b.at);
}

/** "27.1.2022 - Text", "(21. November 2022) Text", "Bonn, 25. Januar 2022 – Text": a dateline of its own at the head of the body. */
const OPENING =
  /^\(?(?:\p{L}[\p{L} ./|-]{2,30},?\s)?(?:\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|\d{1,2}\.?\s\p{L}{3,10}\.?,?\s\d{4}|\p{Lu}\p{L}{2,9}\.?\s\d{1,2},\s\d{4})\)?\s*(?:[-–—:|„"“.)]|\p{Lu})/u;

/** The date a line says it was published on; else its first that is not of a change. */
function firstPublished(text: string, order: DayOrder): FoundDate | undefined {
  const dates = findDates(text, order);
  if (dates.length < 2) return dates[0];
  return (
    dates.find((date) => PUBLISHED_WORDS.test(text.slice(Math.max(0, date.index - 30), date.index))) ??
    dates.find((date) => !MODIFIED_WORDS.test(text.slice(Math.max(0, date.index - 30), date.index))) ??
    dates[0]
  );
}
