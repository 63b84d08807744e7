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
import { hostOf, siteOf } from "./address.ts";
import { assemble, type Piece } from "./assemble.ts";
import { readCredits } from "./credits.ts";
import { dayOrder, type FoundDate } from "./datewords.ts";
import { foldSpace } from "./dom.ts";
import type { KnownOutlet } from "./extract.ts";
import { guessLanguage, settleLanguage } from "./language.ts";
import { isPlausible, urlDate } from "./localday.ts";
import { nameKey } from "./names.ts";
import { FURNITURE, type Line, readHead, sameWords, settleHead } from "./plainhead.ts";
import { isCorrection, readDateline, readWireTags } from "./provenance.ts";
import { slug } from "./slug.ts";

export type PlainOptions = {
  readonly url?: string | undefined;
  readonly contentType?: string | undefined;
  readonly fetchedAt: string;
  readonly outlets?: readonly KnownOutlet[] | undefined;
  readonly pipeline?: string | undefined;
  readonly rawSha256?: string | undefined;
};

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
  const credits = readCredits({
    text,
    blocks: blocks.filter((b) => b.span.start >= bodyStart),
    authors: head.byline ?? [],
    marked: [],
    after: tail,
    known: (options.outlets ?? []).map((o) => o.name),
    own: new Set([nameKey(outletName)]),
  });
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
