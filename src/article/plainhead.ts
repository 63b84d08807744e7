/**
 * The lines above the body of a page kept as plain text → headline, outlet, date, signature: from named fields, or from how
 * short lines stand to one another.
 */
import { absolute } from "./address.ts";
import { type DayOrder, type FoundDate, findDates, readMachineDate } from "./datewords.ts";
import { foldSpace } from "./dom.ts";
import { isPlausible } from "./localday.ts";
import { splitNames } from "./names.ts";

export type Head = {
  title?: string;
  outlet?: string;
  date?: FoundDate;
  byline?: readonly string[];
  url?: string;
  language?: string;
  section?: string;
  tags?: readonly string[];
  summary?: string;
};
export type Line = { readonly text: string; readonly gapBefore: boolean };

const FIELD =
  /^(title|headline|subject|from|author|by|byline|date|published|publication date|pubdate|source|outlet|publication|publisher|newspaper|section|category|language|lang|url|link|canonical|tags|keywords|description|summary|dateline)\s*[:=]\s*(.*)$/i;
/** Lines that belong to a site's frame, in several languages; tried at the head and the tail of a text. */
export const FURNITURE =
  /^(source link|source|original link|read more|read (?:the )?(?:original|full) (?:article|story)(?: here)?|share(?: this)?(?: article| story| post)?|share on .{2,20}|tweet|e-?mail|print|comments?(?: \(\d+\))?|leave a (?:comment|reply)|(?:no|\d+) comments?|related(?: (?:articles|posts|stories|news))?|subscribe.{0,60}|sign up.{0,80}|newsletter|advertisement|advert|ad|menu|home|search|skip to (?:main )?content|log ?in|sign in|register|follow us.{0,40}|all rights reserved.?|copyright .{0,80}|©.{0,100}|tags?:?.{0,80}|previous(?: article| post)?|next(?: article| post)?|back to top|view comments|load more|quelle|teilen|drucken|kommentare|anzeige|fuente|compartir|publicidad|imprimir|partager|publicité|imprimer|источник|поделиться|реклама|комментарии|privacy policy|terms of (?:use|service)|cookie (?:policy|settings)|contact us|about us)\s*[.:»>]*$/i;
const CAPTION =
  /^(?:enlarge(?: this)? image|toggle caption|hide caption|image caption|photo:|image:|picture:|foto:|bild:)/i;
const BYLINE =
  /^(?:by|von|par|por|автор:?|text:|words:)\s+(\p{Lu}[\p{L}.'’-]+(?:[ ,&]+(?:and |und |et |y )?\p{L}[\p{L}.'’-]+){0,8})$/iu;

const fold = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
export const sameWords = (a: string, b: string): boolean => fold(a) === fold(b) && fold(a) !== "";

/** Named fields at the top: front matter, or at least two "Name: value" lines. */
export function readHead(text: string, order: DayOrder): { head: Head; rest: string } {
  const head: Head = {};
  const matter = /^\s*(---|\+\+\+)[ \t]*\n([\s\S]{0,8000}?)\n\1[ \t]*(?:\n|$)/.exec(text);
  if (matter !== null) {
    for (const line of (matter[2] ?? "").split("\n")) setField(head, line, order);
    const rest = text.slice(matter[0].length);
    const heading = /^\s*#\s+(.+)\n/.exec(rest);
    if (heading?.[1] !== undefined) head.title ??= foldSpace(heading[1]);
    return { head, rest: heading === null ? rest : rest.slice(heading[0].length) };
  }
  const lines = text.replace(/^\s+/, "").split("\n");
  let count = 0;
  let at = 0;
  while (at < lines.length && at < 30 && setField(head, lines[at] ?? "", order)) {
    at++;
    count++;
  }
  if (count >= 2) return { head, rest: lines.slice(at).join("\n") };
  const heading = /^\s*#\s+(.+)\n/.exec(text);
  if (heading?.[1] !== undefined)
    return { head: { title: foldSpace(heading[1]) }, rest: text.slice(heading[0].length) };
  return { head: {}, rest: text };
}

function setField(head: Head, line: string, order: DayOrder): boolean {
  const match = FIELD.exec(line.trim());
  if (match === null) return false;
  const value = foldSpace((match[2] ?? "").replace(/^["'](.*)["']$/, "$1"));
  if (value === "") return true;
  switch ((match[1] ?? "").toLowerCase()) {
    case "title":
    case "headline":
    case "subject":
      head.title ??= value;
      break;
    case "from": {
      const name = foldSpace(value.replace(/<[^>]*>/g, "").replace(/^"|"$/g, ""));
      if (name !== "") head.outlet ??= name;
      break;
    }
    case "author":
    case "by":
    case "byline":
      head.byline ??= splitNames(value.replace(/^\[|\]$/g, "").replace(/["']/g, ""));
      break;
    case "date":
    case "published":
    case "publication date":
    case "pubdate": {
      const date = readMachineDate(value, order);
      if (date !== undefined) head.date ??= { ...date, words: value };
      break;
    }
    case "source":
    case "outlet":
    case "publication":
    case "publisher":
    case "newspaper":
      if (/^https?:/.test(value)) head.url ??= value;
      else head.outlet ??= value;
      break;
    case "section":
    case "category":
      head.section ??= value;
      break;
    case "language":
    case "lang":
      head.language ??= value;
      break;
    case "url":
    case "link":
    case "canonical": {
      const url = absolute(value, undefined);
      if (url !== undefined) head.url ??= url;
      break;
    }
    case "tags":
    case "keywords":
      head.tags ??= value
        .replace(/^\[|\]$/g, "")
        .split(/[,;]/)
        .map((tag) => tag.replace(/["']/g, "").trim())
        .filter((tag) => tag !== "");
      break;
    case "description":
    case "summary":
      head.summary ??= value;
      break;
  }
  return true;
}

const isSentence = (text: string): boolean =>
  text.length > 140 || (text.length > 70 && /[.!?…]["'”’»)]*$/.test(text));

/** Reads the short lines above the body; fills what the head lacks and returns where the body begins. */
export function settleHead(head: Head, lines: readonly Line[], order: DayOrder, fetchedAt: string): number {
  let bodyAt = lines.findIndex((line) => isSentence(line.text));
  if (bodyAt < 0) bodyAt = Math.min(lines.length, head.title === undefined ? 1 : 0);
  if (bodyAt > 14) bodyAt = head.title === undefined ? 1 : 0;
  const short = lines.slice(0, bodyAt);
  if (short.length === 0) return bodyAt;
  const names: { text: string; at: number }[] = [];
  let datedAt = -1; // the line that gives outlet and date: a headline stands right above it
  short.forEach((line, at) => {
    if (FURNITURE.test(line.text) || CAPTION.test(line.text)) return;
    // "OUTLET | DATE", "OUTLET - DATE", "DATE | Section"
    const parts = line.text.split(/\s+[|•·–—]\s+|\s+-\s+/);
    const dated = parts.map((part) => dateOnly(part, order));
    const dateAt = dated.findIndex((d) => d !== undefined);
    const unknownDate =
      parts.length === 2 && /^(unknown|undated|n\/a|no date|date unknown|n\.d\.)$/i.test(parts[1] ?? "");
    if (dateAt >= 0 || unknownDate) {
      const date = dated[dateAt];
      if (date !== undefined && head.date === undefined && isPlausible(date, fetchedAt)) head.date = date;
      const others = parts.filter((_, i) => i !== (unknownDate ? 1 : dateAt) && (parts[i] ?? "").length > 1);
      if (others[0] !== undefined && others[0].length < 60) {
        const by = BYLINE.exec(others[0]);
        if (by !== null) head.byline ??= splitNames(others[0]);
        else {
          if (head.outlet === undefined) datedAt = at;
          head.outlet ??= others[0];
        }
      }
      return;
    }
    const by = BYLINE.exec(line.text);
    if (by !== null && line.text.length < 100) {
      head.byline ??= splitNames(line.text);
      return;
    }
    names.push({ text: line.text, at });
  });
  const titleAt = placeNames(head, names, short.length, datedAt);
  // A full sentence between headline and body is a standfirst or a lead, not furniture
  const lead = names.find(
    (name) =>
      name.at > titleAt &&
      /[.!?]["'”’)]*$/.test(name.text) &&
      name.text.split(/\s+/).length >= 5 &&
      !sameWords(name.text, head.title ?? ""),
  );
  return lead?.at ?? bodyAt;
}

/** A line that is nothing but a date, perhaps with weekday, time or "Published". */
function dateOnly(text: string, order: DayOrder): FoundDate | undefined {
  if (text.length > 70) return undefined;
  const date = readMachineDate(text, order) ?? findDates(text, order)[0];
  if (date === undefined) return undefined;
  const rest = text
    .replace(date.words, " ")
    .replace(
      /\b(mon|tues?|wednes|wed|thurs?|thu|fri|satur|sat|sun)(day)?\b|\b(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b|published|posted|updated|last|on|at|date|um|uhr|am|pm|a\.m\.|p\.m\.|[A-Z]{2,4}\b|[\d:.,()|–-]/gi,
      " ",
    )
    .replace(/\s+/g, "");
  return rest.length <= 4 ? date : undefined;
}

/** Which of the remaining short lines is the headline, the site's name, its tagline, the signature. */
function placeNames(
  head: Head,
  names: { text: string; at: number }[],
  shortLines: number,
  datedAt: number,
): number {
  if (names.length === 0) return -1;
  const rest = [...names];
  let titleAt = -1;
  if (head.title === undefined) {
    // The headline stands nearest to the body, unless what stands there is a signature or the outlet's name again
    const candidates = rest.map((name, i) => ({
      ...name,
      i,
      score:
        headlineScore(name.text) +
        (name.at === shortLines - 1 ? 0.8 : 0) +
        (name.at === datedAt - 1 ? 2.5 : 0) +
        (head.outlet !== undefined && i === 0 ? 1.2 : 0) -
        (head.outlet !== undefined && sameWords(name.text, head.outlet) ? 9 : 0),
    }));
    const best = candidates.reduce((a, b) => (b.score > a.score ? b : a));
    head.title = best.text;
    titleAt = best.at;
    rest.splice(best.i, 1);
    const above = rest.filter((name) => name.at < best.at);
    const below = rest.filter((name) => name.at > best.at);
    if (head.outlet === undefined) {
      const site = above.find((name) => looksLikeSite(name.text));
      if (site !== undefined) head.outlet = site.text;
    }
    signature(head, below);
  } else {
    if (head.outlet === undefined) {
      const site = rest.find((name) => looksLikeSite(name.text) && !sameWords(name.text, head.title ?? ""));
      if (site !== undefined) head.outlet = site.text;
    }
    signature(
      head,
      rest.filter((name) => !sameWords(name.text, head.title ?? "") && name.text !== head.outlet),
    );
  }
  return titleAt;
}

function signature(head: Head, below: readonly { text: string }[]): void {
  if (head.byline !== undefined) return;
  const line = below.find(
    (name) =>
      /^(\p{Lu}[\p{L}.'’-]+\s){1,3}\p{Lu}[\p{L}'’-]+(\s+(and|und|et|y|&)\s+(\p{Lu}[\p{L}.'’-]+\s){1,3}\p{Lu}[\p{L}'’-]+)?$/u.test(
        name.text,
      ) &&
      (head.outlet === undefined || !sameWords(name.text, head.outlet)),
  );
  if (line !== undefined) head.byline = splitNames(line.text);
}

function headlineScore(text: string): number {
  const words = text.split(/\s+/);
  let score = words.length >= 4 ? 1 : 0;
  if (words.length >= 6) score += 0.5;
  if (words.some((word) => /^\p{Ll}{3,}/u.test(word))) score += 0.7; // a sentence has small words, a name has none
  if (
    (text.match(/,/g)?.length ?? 0) >= 2 &&
    words.filter((word) => /^\p{Lu}/u.test(word)).length > words.length * 0.7
  )
    score -= 1.5; // "News, Sport, Weather": a list of sections
  if (
    /\b(news|headlines|videos?|sports?|weather|magazine|newspaper|online|portal|breaking|latest)\b.*\b(news|headlines|videos?|sports?|weather|magazine|newspaper|online|portal|world)\b/i.test(
      text,
    ) &&
    !/[?.!]/.test(text)
  )
    score -= 1;
  if (/^(the )?\p{Lu}\S*(\s\p{Lu}\S*){0,3}$/u.test(text) && words.length <= 3) score -= 1;
  return score;
}

function looksLikeSite(text: string): boolean {
  const words = text.split(/\s+/);
  if (words.length > 6 || text.length > 50 || /[.!?:,;]$/.test(text)) return false;
  if (/^[\w-]+(\.[\w-]+)+$/.test(text)) return true;
  return (
    words.filter((word) => /^[\p{Lu}\d&]|^(of|the|and|de|la|le|der|die|das|del|du|for|in)$/u.test(word))
      .length === words.length
  );
}
