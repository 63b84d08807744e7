/**
 * A page kept as plain text → Article. Reads the ways archives and crawlers keep pages: date, site name, tagline, headline
 * and body in lines of their own; "Title / OUTLET | DATE / body"; e-mail-like headers; front matter between `---` or `+++`.
 * Furniture (site name, tagline, "Source link", share and comment lines) is taken off the head and the tail only: inside
 * the body nothing is dropped. Leaves out telling several articles in one file apart.
 */
import { createHash } from "node:crypto";
import {
  type Article,
  ArticleId,
  type ArticleResult,
  type Note,
  OutletId,
  type StatedTime,
} from "../model/index.ts";
import { decodeBytes } from "../text/charset.ts";
import { absolute, hostOf, siteOf } from "./address.ts";
import { assemble, type Piece } from "./assemble.ts";
import { splitNames } from "./authors.ts";
import { dayOrder, type FoundDate, findDates, readMachineDate } from "./datewords.ts";
import { foldSpace } from "./dom.ts";
import type { KnownOutlet } from "./extract.ts";
import { guessLanguage, settleLanguage } from "./language.ts";
import { agencyIn, isCorrection, readCredits, readDateline, readWireTags } from "./provenance.ts";
import { isPlausible, urlDate } from "./published.ts";
import { slug } from "./slug.ts";

export type PlainOptions = {
  readonly url?: string | undefined;
  readonly contentType?: string | undefined;
  readonly fetchedAt: string;
  readonly outlets?: readonly KnownOutlet[] | undefined;
  readonly pipeline?: string | undefined;
  readonly rawSha256?: string | undefined;
};

type Head = {
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
type Line = { readonly text: string; readonly gapBefore: boolean };

const FIELD =
  /^(title|headline|subject|from|author|by|byline|date|published|publication date|pubdate|source|outlet|publication|publisher|newspaper|section|category|language|lang|url|link|canonical|tags|keywords|description|summary|dateline)\s*[:=]\s*(.*)$/i;
/** Lines that belong to a site's frame, in several languages; tried at the head and the tail of a text. */
const FURNITURE =
  /^(source link|source|original link|read more|read (?:the )?(?:original|full) (?:article|story)(?: here)?|share(?: this)?(?: article| story| post)?|share on .{2,20}|tweet|e-?mail|print|comments?(?: \(\d+\))?|leave a (?:comment|reply)|(?:no|\d+) comments?|related(?: (?:articles|posts|stories|news))?|subscribe.{0,60}|sign up.{0,80}|newsletter|advertisement|advert|ad|menu|home|search|skip to (?:main )?content|log ?in|sign in|register|follow us.{0,40}|all rights reserved.?|copyright .{0,80}|©.{0,100}|tags?:?.{0,80}|previous(?: article| post)?|next(?: article| post)?|back to top|view comments|load more|quelle|teilen|drucken|kommentare|anzeige|fuente|compartir|publicidad|imprimir|partager|publicité|imprimer|источник|поделиться|реклама|комментарии|privacy policy|terms of (?:use|service)|cookie (?:policy|settings)|contact us|about us)\s*[.:»>]*$/i;
const CAPTION =
  /^(?:enlarge(?: this)? image|toggle caption|hide caption|image caption|photo:|image:|picture:|foto:|bild:)/i;
const BYLINE =
  /^(?:by|von|par|por|автор:?|text:|words:)\s+(\p{Lu}[\p{L}.'’-]+(?:[ ,&]+(?:and |und |et |y )?\p{L}[\p{L}.'’-]+){0,8})$/iu;

/**
 * @example readPlainText("Rain at last\nTHE EXAMPLE | 2024-05-01\n\nIt rained …", { fetchedAt: "2024-05-02T00:00:00Z" })
 */
export function readPlainText(input: Uint8Array | string, options: PlainOptions): ArticleResult {
  const whole =
    typeof input === "string"
      ? input
      : decodeBytes(input, { contentType: options.contentType, kind: "text" }).text;
  if (whole.trim() === "") return { ok: false, reason: "empty", detail: "The text is empty" };
  if ((whole.slice(0, 4000).match(/\0|\ufffd/g)?.length ?? 0) > 40)
    return { ok: false, reason: "not-text", detail: "The content is binary data, not text" };
  const clipped = whole.length > 4_000_000 ? whole.slice(0, 4_000_000) : whole;
  const notes: Note[] = [];
  const guess = guessLanguage(clipped.slice(0, 8000));
  const order = dayOrder(guess.language, hostOf(options.url));
  const { head, rest } = readHead(clipped.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n"), order);
  const lines = linesOf(rest);
  const bodyAt = settleHead(head, lines, order, options.fetchedAt);
  let body = lines.slice(bodyAt);
  const tail = tailOf(body);
  body = body.slice(0, body.length - tail.length);
  if (body.length > 1 && head.title !== undefined && sameWords(body[0]?.text ?? "", head.title))
    body = body.slice(1);

  if (head.title === undefined && body.length > 0) head.title = firstSentence(body[0]?.text ?? "");
  const letters = body.reduce((sum, line) => sum + line.text.length, 0);
  if (letters < 80)
    return { ok: false, reason: "not-an-article", detail: "Too short: the text holds no body of an article" };

  const pieces = paragraphs(body);
  const url = options.url ?? head.url;
  const title = head.title ?? "";
  const { text, blocks, bodyStart } = assemble(title, pieces);
  const published = publishedOf(head.date, url, options.fetchedAt, notes);
  const host = hostOf(url);
  const known = options.outlets?.find(
    (o) =>
      (host !== undefined &&
        (o.hosts.includes(host.replace(/^www\./, "")) || o.hosts.includes(siteOf(host)))) ||
      (head.outlet !== undefined && sameWords(o.name, head.outlet)),
  );
  const outletName = known?.name ?? head.outlet ?? host?.replace(/^www\./, "") ?? "unknown";
  if (outletName === "unknown") notes.push({ stage: "article", code: "outlet-unknown" });
  const language = settleLanguage(head.language, guess).language;
  const dateline = blocks
    .filter((b) => b.kind === "paragraph")
    .slice(0, 2)
    .map((b) => readDateline(text, b.span.start))
    .find((d) => d !== undefined);
  const correction = blocks.find((b) => b.kind === "note");
  const sourceLine = tail.find((line) =>
    /^(?:source|source link|original link|quelle|fuente|fonte|источник|read (?:the )?original.*|via .*)\W*$/i.test(
      line,
    ),
  );
  if (sourceLine !== undefined)
    notes.push({
      stage: "article",
      code: "source-link-bare",
      detail: `The page ends in "${sourceLine}" whose address was not kept: it names another original`,
    });
  const credits = readCredits(
    text,
    blocks.filter((b) => b.span.start >= bodyStart),
    head.byline ?? [],
    tail.filter((line) => agencyIn(line) !== undefined),
  );
  const article: Article = {
    id: ArticleId.parse(`a${sha256(url ?? text).slice(0, 16)}`),
    url: url ?? "",
    outletId: OutletId.parse(known?.id ?? (host === undefined ? slug(outletName) : siteOf(host))),
    outletName,
    title,
    ...(head.summary === undefined ? {} : { summary: head.summary }),
    byline: head.byline ?? [],
    ...(published === undefined ? {} : { published }),
    firstSeen: options.fetchedAt,
    language,
    genre: "news",
    ...(head.section === undefined ? {} : { section: head.section }),
    tags: head.tags ?? [],
    text,
    textSha256: sha256(text),
    blocks,
    media: [],
    credits,
    sourceLinks: [],
    wireTags: readWireTags(title, text.slice(bodyStart, bodyStart + 200)),
    ...(correction === undefined
      ? {}
      : {
          correction: text.slice(correction.span.start, correction.span.end),
          correctionSpan: correction.span,
        }),
    ...(dateline === undefined ? {} : { dateline }),
    demo: false,
    ...(options.rawSha256 === undefined ? {} : { rawSha256: options.rawSha256 }),
    pipeline: options.pipeline ?? "0",
    notes,
  };
  return { ok: true, article };
}

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");
const fold = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
const sameWords = (a: string, b: string): boolean => fold(a) === fold(b) && fold(a) !== "";

function firstSentence(text: string): string {
  const end = /[.!?…](?=\s|$)/.exec(text);
  return foldSpace(text.slice(0, Math.min(end?.index ?? text.length, 140)));
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let gap = true;
  for (const raw of text.split("\n")) {
    const line = foldSpace(raw);
    if (line === "") gap = true;
    else {
      lines.push({ text: line, gapBefore: gap });
      gap = false;
    }
  }
  return lines;
}

/** Named fields at the top: front matter, or at least two "Name: value" lines. */
function readHead(text: string, order: Parameters<typeof findDates>[1]): { head: Head; rest: string } {
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

function setField(head: Head, line: string, order: Parameters<typeof findDates>[1]): boolean {
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
function settleHead(
  head: Head,
  lines: readonly Line[],
  order: Parameters<typeof findDates>[1],
  fetchedAt: string,
): number {
  let bodyAt = lines.findIndex(
    (line, i) => isSentence(line.text) && (i + 1 >= lines.length || isSentence(line.text)),
  );
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
function dateOnly(text: string, order: Parameters<typeof findDates>[1]): FoundDate | undefined {
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

/** Furniture at the end, last line first read; returned in order. */
function tailOf(lines: readonly Line[]): readonly string[] {
  let at = lines.length;
  while (at > 0 && FURNITURE.test(lines[at - 1]?.text ?? "")) at--;
  // "Related" followed by short lines to the end
  for (let i = Math.max(0, at - 15); i < at; i++) {
    if (
      /^(related|more|also)( (articles|posts|stories|news|on .*|from .*|read))?\s*:?$/i.test(
        lines[i]?.text ?? "",
      ) &&
      lines.slice(i + 1, at).every((line) => line.text.length < 140 && !/[.!?]$/.test(line.text))
    )
      at = i;
  }
  return lines.slice(at).map((line) => line.text);
}

/** Lines → paragraphs: hard-wrapped lines are joined, blank lines part them; short unpunctuated lines are headings. */
function paragraphs(lines: readonly Line[]): readonly Piece[] {
  const inner = lines.filter((line) => !line.gapBefore).length;
  const wrapped =
    inner > lines.length * 0.5 &&
    lines.filter((line) => line.text.length > 50 && line.text.length < 100).length > lines.length * 0.5;
  const pieces: { kind: Piece["kind"]; text: string }[] = [];
  for (const line of lines) {
    const previous = pieces.at(-1);
    if (wrapped && !line.gapBefore && previous !== undefined) {
      previous.text += ` ${line.text}`;
      continue;
    }
    const heading = /^#{1,6}\s+(.*)$/.exec(line.text);
    const item = /^(?:[-*•]|\d{1,2}[.)])\s+(.*)$/.exec(line.text);
    if (heading?.[1] !== undefined) pieces.push({ kind: "heading", text: heading[1] });
    else if (item?.[1] !== undefined) pieces.push({ kind: "list-item", text: item[1] });
    else if (/^>\s+/.test(line.text)) pieces.push({ kind: "quote", text: line.text.replace(/^>\s+/, "") });
    else if (isCorrection(line.text)) pieces.push({ kind: "note", text: line.text });
    else pieces.push({ kind: "paragraph", text: line.text });
  }
  return pieces;
}

function publishedOf(
  date: FoundDate | undefined,
  url: string | undefined,
  fetchedAt: string,
  notes: Note[],
): StatedTime | undefined {
  if (date !== undefined) {
    if (isPlausible(date, fetchedAt))
      return {
        value: date.value,
        precision: date.precision,
        zone: date.zone,
        basis: "visible-text",
        words: date.words,
      };
    notes.push({
      stage: "article",
      code: "date-rejected",
      detail: `Not plausible as a time of publication: ${date.value}`,
    });
  }
  const fromUrl = urlDate(url);
  if (fromUrl === undefined || !isPlausible(fromUrl.date, fetchedAt)) return undefined;
  return {
    value: fromUrl.date.value,
    precision: fromUrl.date.precision,
    zone: fromUrl.date.zone,
    basis: "url",
  };
}
