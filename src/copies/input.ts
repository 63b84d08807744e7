/** Article → what the copy index needs of it, and that as bytes for a restart (layout below; version byte first). */
import { type Article, type OutletKind, primaryLanguage } from "../model/index.ts";
import { agencyName } from "./agencies.ts";
import { type OriginClaim, originClaims } from "./credits.ts";
import { hashString } from "./hash.ts";
import { shinglesOf } from "./shingles.ts";
import { urlDay, urlKey } from "./url.ts";

export type CopyInput = {
  readonly article: Article;
  /** Kind of the outlet by the table of outlets; absent when unknown. */
  readonly outletKind?: OutletKind | undefined;
  /** Keys of names and numbers that survive translation ("Q169470", "225"); used only between languages. */
  readonly keys?: readonly string[] | undefined;
};

/** An article as the index sees it. Everything in it can be written down and read back. */
export type Card = {
  readonly id: string;
  readonly outlet: string;
  readonly outletName: string;
  readonly language: string;
  /** Milliseconds; NaN when the page does not say when it was published. */
  readonly published: number;
  /** How coarse the published time is, in milliseconds. */
  readonly precision: number;
  /** NaN when the order of arrival means nothing. */
  readonly firstSeen: number;
  readonly outletKind: OutletKind;
  readonly urls: readonly number[];
  readonly textHash: number;
  /** Word triples of the text, sampled or not. */
  readonly total: number;
  readonly hashes: Uint32Array;
  readonly opening: Uint8Array;
  readonly offsets: Uint32Array;
  readonly keys: Uint32Array;
  readonly claims: readonly OriginClaim[];
  readonly garbled: boolean;
  readonly correction: boolean;
};

const PRECISION_MS: Readonly<Record<string, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 31 * 86_400_000,
  year: 366 * 86_400_000,
};
const CORRECTS = new Set(["CORRECTED", "REFILE", "UPDATE", "WRITETHRU", "WITHDRAWN", "KILL", "RPT"]);

/** Milliseconds of a date cut at its precision; a date without zone is read as UTC. */
export const dateMs = (value: string): number => {
  const full = /T\d{2}$/.test(value) ? `${value}:00Z` : value;
  return Date.parse(/T/.test(full) && !/(Z|[+-]\d{2}:\d{2})$/.test(full) ? `${full}Z` : full);
};

/** Body without the headline: the headline is often changed in a copy, and short ones are shared by chance. */
export const bodyOf = (article: Pick<Article, "text" | "title">): { text: string; start: number } => {
  const start = article.text.startsWith(article.title) ? article.title.length : 0;
  return { text: article.text.slice(start), start };
};

const kindOf = ({ outletKind = "unknown", article }: CopyInput): OutletKind =>
  outletKind === "unknown" && agencyName(article.outletName) !== undefined ? "agency" : outletKind;

export const cardOf = (input: CopyInput): Card => {
  const { article } = input;
  const body = bodyOf(article);
  const shingles = shinglesOf(body.text);
  const words = body.text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const urls = [article.url, article.canonicalUrl ?? ""]
    .map(urlKey)
    .filter((k) => k !== undefined && k !== "");
  const dayInUrl = urlDay(article.url);
  return {
    id: article.id,
    outlet: article.outletId,
    outletName: article.outletName,
    language: primaryLanguage(article.language),
    published: article.published
      ? dateMs(article.published.value)
      : dayInUrl === undefined
        ? Number.NaN
        : dateMs(dayInUrl),
    precision: PRECISION_MS[article.published?.precision ?? "day"] ?? 0,
    firstSeen: Date.parse(article.firstSeen),
    outletKind: kindOf(input),
    urls: [...new Set(urls)].map((u) => hashString(`url ${u}`)),
    textHash: hashString(`text ${words.join(" ")}`),
    total: shingles.total,
    hashes: shingles.hashes,
    opening: shingles.opening,
    offsets: shingles.offsets,
    keys: Uint32Array.from([...new Set(input.keys ?? [])].slice(0, 48).map((k) => hashString(`key ${k}`))),
    claims: originClaims(article),
    garbled: shingles.garbled,
    correction: article.wireTags.some((t) => CORRECTS.has(t)),
  };
};

/**
 * Bytes of a card for a restart: length of the JSON head (4 bytes), the head, then hashes (4 bytes each), keys (4), and
 * opening flags (1). Offsets are not kept: they serve only the article's own provenance, told when it comes in.
 */
export const packCard = (card: Card): Uint8Array => {
  const { hashes, opening, offsets: _offsets, keys, ...rest } = card;
  const finite = (n: number): number | null => (Number.isFinite(n) ? n : null);
  const head = new TextEncoder().encode(
    JSON.stringify({
      ...rest,
      v: 1,
      published: finite(card.published),
      firstSeen: finite(card.firstSeen),
      n: hashes.length,
      k: keys.length,
    }),
  );
  const bytes = new Uint8Array(4 + head.length + 4 * hashes.length + 4 * keys.length + opening.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, head.length, true);
  bytes.set(head, 4);
  let at = 4 + head.length;
  for (const list of [hashes, keys])
    for (const h of list) {
      view.setUint32(at, h, true);
      at += 4;
    }
  bytes.set(opening, at);
  return bytes;
};

export const unpackCard = (bytes: Uint8Array): Card => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(0, true);
  // Written by packCard of the same version; another version throws and the caller reads the archive again.
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Omit<
    Card,
    "hashes" | "opening" | "offsets" | "keys" | "published" | "firstSeen"
  > & { v: number; n: number; k: number; published: number | null; firstSeen: number | null };
  if (head.v !== 1) throw new RangeError(`Copy sketch of unknown version ${head.v}; recode the archive`);
  const { n, k, v: _version, published, firstSeen, ...rest } = head;
  let at = 4 + length;
  const read = (count: number): Uint32Array => {
    const out = new Uint32Array(count);
    for (let i = 0; i < count; i++, at += 4) out[i] = view.getUint32(at, true);
    return out;
  };
  return {
    ...rest,
    published: published ?? Number.NaN,
    firstSeen: firstSeen ?? Number.NaN,
    hashes: read(n),
    keys: read(k),
    opening: bytes.slice(at, at + n),
    offsets: new Uint32Array(0),
  };
};
