/**
 * A note to editors that takes a text back (KILL, WITHDRAWN) → the texts it means: named by the headline it repeats, by a
 * headline in quotation marks, or by a slug; of the same outlet, or carried elsewhere on its credit. A text published after
 * the notice is not meant: it is the substitute.
 */
import type { Article, ArticleId, Span } from "../model/index.ts";
import { sameOutletName } from "./agencies.ts";

export type Notice = {
  readonly id: ArticleId;
  readonly outletId: string;
  readonly outletName: string;
  /** Headlines as written, for looking them up. */
  readonly headlines: readonly string[];
  /** Slugs as written. */
  readonly slugs: readonly string[];
  /** Milliseconds. */
  readonly ms: number;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly words: string;
  readonly span: Span;
};

/** What can be told of a text that may be meant. */
export type Candidate = Pick<Article, "id" | "outletId" | "title" | "url" | "credits" | "dateline" | "genre">;

const DAY = 86_400_000;
/** Days back a notice reaches. */
export const NOTICE_DAYS = 14;
/** A client's clock, and a page dated by the hour, may be late. */
const LATE_MS = 3_600_000;

const TAG =
  /^\W*(?:(?:MANDATORY|BULLETIN|URGENT)\s+)?(?:KILL|WITHDRAWN|STORY WITHDRAWN|WITHDRAW|UPDATE\s*\d*|WRAPUP\s*\d*|CORRECTED|REFILE|RPT|ADVISORY|EXCLUSIVE)\b\s*(?:\([^)]*\))?\s*[-:–—]+\s*/i;
const QUOTED = /["“«„]([^"”»“]{12,200})["”»“]/gu;
const SLUG = /\bslug(?:ged|line)?:?\s+["“]?([\p{L}\d][\p{L}\d/._-]{3,60})/giu;

/** Headline without the wire's tags before it. */
const bare = (title: string): string => {
  let rest = title;
  for (let i = 0; i < 4; i++) {
    const next = rest.replace(TAG, "");
    if (next === rest) break;
    rest = next;
  }
  return rest.trim();
};

const key = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

const words = (text: string): number => key(text).split(" ").length;

/** @param ms when it was published, in milliseconds */
export const noticeOf = (article: Article, ms: number): Notice | undefined => {
  const { title, text, wireTags, genre } = article;
  if (genre !== "advisory") return undefined;
  if (!wireTags.includes("KILL") && !wireTags.includes("WITHDRAWN")) return undefined;
  const own = bare(title);
  const body = text.slice(text.startsWith(title) ? title.length : 0, 1500);
  const quoted = [...body.matchAll(QUOTED)].map((m) => m[1] ?? "");
  const headlines = [...(own === title ? [] : [own]), ...quoted].filter((h) => words(h) >= 3);
  const slugs = [...body.matchAll(SLUG)].map((m) => m[1] ?? "").filter((s) => s !== "");
  if (headlines.length + slugs.length === 0) return undefined;
  return {
    id: article.id,
    outletId: article.outletId,
    outletName: article.outletName,
    headlines: [...new Set(headlines)],
    slugs,
    ms,
    at: new Date(ms).toISOString(),
    words: title,
    span: { start: 0, end: text.startsWith(title) ? title.length : 0 },
  };
};

/** @param ms when the other was published, in milliseconds */
export const isMeant = (notice: Notice, other: Candidate, ms: number): boolean => {
  if (other.id === notice.id || other.genre === "advisory") return false;
  if (ms > notice.ms + LATE_MS || ms < notice.ms - NOTICE_DAYS * DAY) return false;
  const credited =
    other.credits.some((c) => sameOutletName(c.agency ?? c.words, notice.outletName)) ||
    (other.dateline?.agency !== undefined && sameOutletName(other.dateline.agency, notice.outletName));
  if (other.outletId !== notice.outletId && !credited) return false;
  const title = key(bare(other.title));
  if (notice.headlines.some((h) => key(bare(h)) === title)) return true;
  const address = key(other.url.replace(/[?#].*$/, ""));
  return notice.slugs.some((s) => words(s) > 1 && ` ${address} `.includes(` ${key(s)} `));
};
