/**
 * Text and links → where the text comes from and what became of it: source links, credit lines of agencies, the dateline,
 * wire tags, corrections. These are the evidence the copy tracer weighs; nothing is concluded here.
 */
import type { Credit, SourceLink, Span, WireTag } from "../model/index.ts";
import { absolute } from "./address.ts";
import type { PageIndex } from "./collect.ts";
import { attr, textOf } from "./dom.ts";
import type { Zone } from "./zone.ts";

const AGENCIES: readonly (readonly [string, RegExp])[] = [
  ["Reuters", /\bReuters\b/i],
  ["Associated Press", /\b(?:The )?Associated Press\b|\bAP\b/],
  ["Agence France-Presse", /\bAgence France[- ]Presse\b|\bAFP\b/],
  ["dpa", /\b(?:dpa|Deutsche Presse-Agentur)\b/],
  ["EFE", /\b(?:Agencia )?EFE\b/],
  ["ANSA", /\bANSA\b/],
  ["Xinhua", /\bXinhua\b/i],
  ["TASS", /\b(?:TASS|ТАСС)\b/],
  ["Interfax", /\b(?:Interfax|Интерфакс)\b/i],
  ["RIA Novosti", /\b(?:RIA Novosti|РИА Новости)\b/i],
  ["Ukrinform", /\b(?:Ukrinform|Укринформ|Укрінформ)\b/i],
  ["Press Trust of India", /\bPress Trust of India\b|\bPTI\b/],
  ["ANI", /\bANI\b/],
  ["IANS", /\bIANS\b/],
  ["Anadolu Agency", /\bAnadolu(?: Agency| Ajansı)?\b/i],
  ["Kyodo", /\bKyodo\b/i],
  ["Yonhap", /\bYonhap\b/i],
  ["Bloomberg", /\bBloomberg\b/],
  ["United Press International", /\bUnited Press International\b|\bUPI\b/],
  ["PA Media", /\b(?:PA Media|Press Association)\b/],
  ["APA", /\bAPA\b/],
  ["Keystone-SDA", /\b(?:Keystone-SDA|sda)\b/],
  ["PAP", /\bPAP\b/],
  ["CNN Wire", /\bCNN(?: Newsource| Wire)\b/],
];

export function agencyIn(text: string): string | undefined {
  return AGENCIES.find(([, pattern]) => pattern.test(text))?.[0];
}

const DATELINE =
  /^((?:\p{Lu}[\p{Lu}'’.-]+(?:\s\p{Lu}[\p{Lu}'’.-]+){0,3}|\p{Lu}[\p{L}'’-]+(?:[ /]\p{Lu}[\p{L}'’-]+){0,3})(?:,\s?\p{Lu}[\p{L}. ]{2,30})?(?:,\s?\p{Lu}[\p{Ll}]{2,8}\.? \d{1,2})?)\s*(?:\(([^()]{2,60})\)\s*(?:[-–—:]{1,2}\s)?|[-–—]{1,2}\s(?=\p{Lu}|["“]))/u;

export function readDateline(
  text: string,
  at: number,
): { words: string; place: string; agency?: string; span: Span } | undefined {
  const head = text.slice(at, at + 140);
  const match = DATELINE.exec(head);
  if (match?.[1] === undefined) return undefined;
  const agency = match[2] === undefined ? undefined : (agencyIn(match[2]) ?? match[2]);
  // "ALMATY, Kazakhstan, Jan 5 (Agency) -": the town is in capitals, what follows it need not be.
  const town = match[1].split(",")[0] ?? "";
  const upper = town === town.toUpperCase();
  if (!upper && match[2] === undefined) return undefined; // "Paris - …" without capitals or agency may be any noun
  if (!upper && agencyIn(match[2] ?? "") === undefined) return undefined; // "Smith (pictured)" is no dateline
  const words = match[0].trim();
  return {
    words,
    place: match[1].replace(/,\s?\p{Lu}\p{Ll}{2,8}\.? \d{1,2}$/u, ""),
    ...(agency === undefined ? {} : { agency }),
    span: { start: at, end: at + words.length },
  };
}

const CREDIT_LINE =
  /(?:^|[.\s(])((?:\(?(?:with|additional)?\s*(?:reporting|inputs?|contributions?|material)\s(?:by|from)\s[^.()\n]{3,160}\)?)|(?:(?:the )?[\p{L} .]{2,40} contributed to this (?:report|story|article))|(?:with (?:files|inputs?|reports?|post wires|agency reports|wire reports)(?: (?:from|by) [^.\n]{2,80})?)|(?:©|\(c\)|copyright)\s?(?:\d{4}\s)?(?:the )?[^.\n]{2,80}|contributing:\s[^.\n]{3,120}|(?:quelle|source|fuente|fonte|источник)\s*:\s[^.\n]{2,80}|mit (?:material|agenturmaterial) (?:von|der) [^.\n]{2,60}|avec (?:l')?afp|con información de [^.\n]{2,60})\.?\s*$/iu;

export function readCredits(
  text: string,
  blocks: readonly { readonly span: Span; readonly kind: string }[],
  authors: readonly string[],
  extra: readonly string[],
  /** Lines that follow the body on the page but are not part of it. */
  after: readonly string[] = [],
): readonly Credit[] {
  const credits: Credit[] = [];
  const last = blocks.slice(-4);
  for (const block of last) {
    const line = text.slice(block.span.start, block.span.end);
    const match = CREDIT_LINE.exec(line.length > 400 ? line.slice(-400) : line);
    if (match?.[1] !== undefined) {
      const words = match[1].trim();
      const start = text.indexOf(words, block.span.start);
      credits.push(creditOf(words, start < 0 ? undefined : { start, end: start + words.length }));
    } else if (line.length < 60 && /^[([—–-]?\s*[\p{L}\s/.,&-]+[)\]]?$/u.test(line)) {
      const agency = agencyIn(line);
      if (agency !== undefined && line.split(/\s+/).length <= 6) credits.push(creditOf(line, block.span));
    }
  }
  for (const line of after) {
    const words = line.length > 240 ? undefined : CREDIT_LINE.exec(line)?.[1]?.trim();
    if (words !== undefined && !/^©|copyright|\(c\)/i.test(words) && !credits.some((c) => c.words === words))
      credits.push(creditOf(words, undefined));
  }
  for (const words of [...authors, ...extra]) {
    if (words.length < 160 && agencyIn(words) !== undefined && !credits.some((c) => c.words === words))
      credits.push(creditOf(words, undefined));
  }
  return credits;
}

function creditOf(words: string, span: Span | undefined): Credit {
  const agency = agencyIn(words);
  return { words, ...(agency === undefined ? {} : { agency }), ...(span === undefined ? {} : { span }) };
}

const SOURCE_WORDS: readonly (readonly [RegExp, SourceLink["relation"]])[] = [
  [
    /^(?:source(?: link)?|read (?:the )?(?:original|full)(?: article| story| post)?(?: (?:here|at .{2,40}))?|original(?: article| source| post| story)|quelle|zum original(?:artikel)?|fuente(?: original)?|fonte|lire l['’]article original|источник|first seen on .{2,60}|view (?:the )?original)\s*[:>»]?$/i,
    "source",
  ],
  [/^via\b.{0,60}$/i, "via"],
];
const BEFORE_LINK: readonly (readonly [RegExp, SourceLink["relation"]])[] = [
  [
    /(?:originally (?:published|appeared|posted)|first (?:published|appeared)|zuerst erschienen|ursprünglich erschienen|publié (?:à l['’]origine|initialement)|publicado originalmente|(?:article|story|post|report|version|text|piece) .{0,40}appeared first) (?:on|at|in|by|auf|bei|sur|dans|en|im|here)?\W{0,3}$/i,
    "originally-published",
  ],
  [/(?:source|quelle|fuente|fonte|источник)\s*:?\s*$/i, "source"],
  [/\bvia\s*:?\s*$/i, "via"],
  [/(?:republished|syndicated|reprinted) (?:with permission )?(?:from|by)\W{0,3}$/i, "syndication"],
];

/** Links by which the page says whose text this is. */
export function readSourceLinks(
  index: PageIndex,
  base: string | undefined,
  zone: Zone,
  foreignCanonical: string | undefined,
  syndication: string | undefined,
): readonly SourceLink[] {
  const links: SourceLink[] = [];
  const add = (url: string | undefined, words: string, relation: SourceLink["relation"]): void => {
    if (
      url !== undefined &&
      links.length < 10 &&
      !links.some((l) => l.url === url && l.relation === relation)
    )
      links.push({ url, words, relation });
  };
  add(foreignCanonical, "rel=canonical", "canonical");
  add(absolute(syndication, base), "syndication-source", "syndication");
  const from = zone.bodyStart ?? 0;
  for (const anchor of index.anchors) {
    const at = index.order.get(anchor) ?? -1;
    if (at < from - 60 || !zone.near(anchor)) continue;
    const href = attr(anchor, "href");
    if (href === undefined) continue;
    const words = textOf(anchor, 200);
    if (words.length > 120) continue;
    const direct = SOURCE_WORDS.find(([pattern]) => pattern.test(words));
    if (direct !== undefined) {
      add(absolute(href, base), words, direct[1]);
      continue;
    }
    const before = textBefore(anchor);
    const lead = before === "" ? undefined : BEFORE_LINK.find(([pattern]) => pattern.test(before));
    if (lead !== undefined) add(absolute(href, base), `${before.slice(-60).trim()} ${words}`.trim(), lead[1]);
  }
  return links;
}

function textBefore(anchor: { prev: unknown; parent: unknown }): string {
  let text = "";
  let node: unknown = anchor.prev;
  for (let i = 0; i < 4 && node !== null && node !== undefined && text.length < 120; i++) {
    const n = node as { data?: string; children?: unknown; prev?: unknown; name?: string };
    text =
      (typeof n.data === "string" ? n.data : n.children === undefined ? "" : textOf(n as never, 200)) + text;
    node = n.prev;
  }
  return text.replace(/\s+/g, " ").slice(-120);
}

const TAGS: readonly (readonly [WireTag, RegExp])[] = [
  ["CORRECTED", /^\W*(?:CORRECTED|CORRECTION|CORREC(?:TS)?)\b/],
  ["REFILE", /^\W*REFILE\b/],
  ["UPDATE", /^\W*(?:UPDATE\s?\d*|UPDATED|EILMELDUNG|BREAKING)\b\s*[-:–—\d]/],
  ["WRAPUP", /^\W*WRAPUP\b/],
  ["RPT", /^\W*RPT\b/],
  ["WITHDRAWN", /\b(?:STORY|ARTICLE|HEADLINE) WITHDRAWN\b|^\W*WITHDRAWN\b/],
  ["KILL", /^\W*(?:KILL|BULLETIN KILL|MANDATORY KILL)\b\s*[-:–—]/],
  ["HOLD", /^\W*HOLD\b\s*[-:–—]/],
  ["WRITETHRU", /\b(?:WRITETHRU|\d(?:st|nd|rd|th) LD-?WRITETHRU)\b/i],
  ["EMBARGO", /\bEMBARGO(?:ED)?\b/],
  ["ADVISORY", /^\W*(?:ADVISORY|EDITORS?:|ATTENTION EDITORS)\b/],
];

export function readWireTags(title: string, opening: string): readonly WireTag[] {
  return TAGS.filter(([, pattern]) => pattern.test(title) || pattern.test(opening.slice(0, 160))).map(
    ([tag]) => tag,
  );
}

const CORRECTION =
  /^\W{0,4}(?:corrections?(?=\s*(?:[:.–—-]|\(|$|and clarification|appended))|correcting\b|editor['’]s note|editors['’] note|clarification|update and correction|this (?:story|article|report|post) (?:has been|was) (?:corrected|updated to correct|amended|changed)|this (?:story|article) corrects|an earlier version of this|a previous version of this|korrektur|anmerkung der redaktion|hinweis der redaktion|richtigstellung|rectificatif|correction\s?:|errata|fe de erratas|corrección|nota del editor|nota della redazione|errata corrige|correção|уточнение|поправка)/i;

export function isCorrection(text: string): boolean {
  return text.length < 900 && CORRECTION.test(text);
}
