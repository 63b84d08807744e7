/**
 * Text and links → where the text comes from and what became of it: source links, the dateline, wire tags, corrections
 * (credit lines: credits.ts). These are the evidence the copy tracer weighs; nothing is concluded here.
 */
import type { SourceLink, Span, WireTag } from "../model/index.ts";
import { absolute } from "./address.ts";
import type { PageIndex } from "./collect.ts";
import { agencyIn } from "./credits.ts";
import { attr, textOf } from "./dom.ts";
import type { Zone } from "./zone.ts";

const DATELINE =
  /^((?:\p{Lu}[\p{Lu}'’.-]+(?:\s\p{Lu}[\p{Lu}'’.-]+){0,3}|\p{Lu}[\p{L}'’-]+(?:[ /]\p{Lu}[\p{L}'’-]+){0,3})(?:,\s?\p{Lu}[\p{L}. ]{2,30})?(?:,\s?\p{Lu}[\p{Ll}]{2,8}\.? \d{1,2})?)\s*(?:\(([^()]{2,60})\)\s*(?:[-–—:]{1,2}\s)?|[-–—]{1,2}\s(?=\p{Lu}|["“]))/u;

/** Newsrooms that are no agencies and open their reports as those do: "Washington (CNN) The senator …". */
const BROADCASTER =
  /^(?:CNN(?:Money| Business| Politics)?|(?:ABC|BBC|CBS|Fox|NBC)(?: News)?|NPR|VOA|RFE\/RL|UPI)$/;

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
  // "Smith (pictured)" is no dateline
  if (!upper && agencyIn(match[2] ?? "") === undefined && !BROADCASTER.test(match[2] ?? "")) return undefined;
  const words = match[0].trim();
  return {
    words,
    place: match[1].replace(/,\s?\p{Lu}\p{Ll}{2,8}\.? \d{1,2}$/u, "").trim(),
    ...(agency === undefined ? {} : { agency }),
    span: { start: at, end: at + words.length },
  };
}

const SOURCE_WORDS: readonly (readonly [RegExp, SourceLink["relation"]])[] = [
  [
    /^(?:source(?: link)?|read (?:the )?(?:original|full)(?: article| story| post)?(?: (?:here|at .{2,40}))?|original(?: article| source| post| story)|quelle|zum original(?:artikel)?|fuente(?: original)?|enlace original|fonte|lire l['’]article original|источник|ссылка на источник|المصدر|رابط المصدر|first seen on .{2,60}|view (?:the )?original)\s*[:>»]?$/i,
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
  /^\W{0,4}(?:corrections?(?=\s*(?:[:.–—-]|\(|,\s?\d|$|and clarification|appended))|correcting\b|(?<=\()(?:corrects|refiles|recasts)\b|refiled to\b|corrected to\b|editor['’]s note|editors['’] note|clarification|update and correction|this (?:story|article|report|post) (?:has been|was) (?:corrected|updated to correct|amended|changed)|this (?:story|article) corrects|an earlier version of this|a previous version of this|korrektur|anmerkung der redaktion|hinweis der redaktion|richtigstellung|rectificatif|correction\s?:|errata|fe de erratas|corrección|nota del editor|nota della redazione|errata corrige|correção|уточнение|исправлено|исправление|поправка|تصحيح|تنويه)/i;

export function isCorrection(text: string): boolean {
  return text.length < 900 && CORRECTION.test(text);
}
