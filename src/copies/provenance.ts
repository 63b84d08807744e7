/** Copy and original in full → which paragraphs of the copy come from the original, with the share of each. */
import type { CopyLink, Span } from "../model/index.ts";
import { shinglesOf } from "./shingles.ts";

/** Paragraphs below this share are the copy's own. */
const OWN = 0.3;

export type Provenance = {
  /** Share of the copy's text, 0–1. */
  readonly share: number;
  readonly parts: NonNullable<CopyLink["parts"]>;
};

/** Paragraphs of a text by line breaks. */
export const paragraphSpans = (text: string): Span[] => {
  const spans: Span[] = [];
  for (const m of text.matchAll(/[^\n]+/g))
    if (m[0].trim() !== "") spans.push({ start: m.index, end: m.index + m[0].length });
  return spans;
};

/**
 * Exact, by all word triples; for the page of one article, not for search.
 * @example partsFrom(copy.text, original.text).parts[0]?.span // the first paragraph taken over
 */
export const partsFrom = (copy: string, original: string): Provenance => {
  const theirs = new Set(shinglesOf(original, 1, 1).hashes);
  const parts: { span: Span; share: number }[] = [];
  let all = 0;
  let taken = 0;
  for (const span of paragraphSpans(copy)) {
    const own = shinglesOf(copy.slice(span.start, span.end), 1, 1).hashes;
    if (own.length === 0) continue;
    let hits = 0;
    for (const h of own) if (theirs.has(h)) hits++;
    all += own.length;
    taken += hits;
    const share = hits / own.length;
    if (share >= OWN) parts.push({ span, share: Math.round(share * 1000) / 1000 });
  }
  return { share: all === 0 ? 0 : taken / all, parts };
};
