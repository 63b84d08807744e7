/**
 * The search language: words and "phrases" are all wanted, a minus leaves out, a star at the end matches beginnings. A word is
 * found in the singular and the plural, unless it stands in quotation marks.
 * Anything else is ignored, so that no input is an error. Turns a query into terms, terms into an FTS5 expression, and
 * text into what is indexed (scripts written without spaces get a space around every sign).
 */
import { otherNumber } from "../text/word-forms.ts";

export type SearchTerm = {
  /** Words in order; more than one is a phrase. Lower case. */
  readonly words: readonly string[];
  /** The last word may go on. */
  readonly prefix: boolean;
  /** Words that do as well as a single one. */
  readonly also?: readonly string[];
};
export type SearchTerms = {
  readonly wanted: readonly SearchTerm[];
  readonly unwanted: readonly SearchTerm[];
};

const MOST_TERMS = 24;
/** Scripts without spaces between words: each sign is indexed as a word, and a run of them searched as a phrase. */
const DENSE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;

export const searchable = (text: string): string => text.replace(DENSE, " $& ");

/** Words as the index cuts them: runs of letters, marks and digits. */
export const wordsOf = (text: string): readonly string[] =>
  searchable(text.normalize("NFC").toLowerCase()).match(/[\p{L}\p{M}\p{N}\p{Co}]+/gu) ?? [];

export const parseSearch = (query: string | undefined): SearchTerms => {
  const wanted: SearchTerm[] = [];
  const unwanted: SearchTerm[] = [];
  const pattern = /(-?)(?:"([^"]*)"?|“([^”]*)”?|(\S+))/gu;
  for (const m of (query ?? "").slice(0, 2000).matchAll(pattern)) {
    // A minus counts only at the beginning of a word: "peace-talks" is a phrase, not a leaving-out.
    const raw = m[2] ?? m[3] ?? m[4] ?? "";
    const words = wordsOf(raw).slice(0, MOST_TERMS);
    if (words.length === 0) continue;
    const prefix = m[4] !== undefined && raw.endsWith("*");
    const also = m[4] === undefined || prefix || words.length > 1 ? [] : otherNumber(words[0] ?? "");
    const term = { words, prefix, ...(also.length === 0 ? {} : { also }) };
    (m[1] === "-" ? unwanted : wanted).push(term);
    if (wanted.length + unwanted.length >= MOST_TERMS) break;
  }
  return { wanted, unwanted };
};

/** One term as FTS5 writes it: quoted words, a star behind for a beginning, an OR between the forms of a word. */
export const expression = (term: SearchTerm): string => {
  const words = `"${term.words.join(" ")}"${term.prefix ? " *" : ""}`;
  return term.also === undefined ? words : `(${[words, ...term.also.map((w) => `"${w}"`)].join(" OR ")})`;
};

/** An FTS5 query. Words hold letters and digits only, so quoting them is safe. Absent when nothing is wanted. */
export const ftsOf = (terms: SearchTerms): string | undefined => {
  if (terms.wanted.length === 0) return undefined;
  const wanted = terms.wanted.map(expression).join(" AND ");
  if (terms.unwanted.length === 0) return wanted;
  return `(${wanted}) NOT (${terms.unwanted.map(expression).join(" OR ")})`;
};

/** Query for what is not wanted, when nothing is wanted. */
export const ftsUnwanted = (terms: SearchTerms): string | undefined =>
  terms.unwanted.length === 0 ? undefined : terms.unwanted.map(expression).join(" OR ");

const bare = (word: string): string => word.normalize("NFD").replace(/\p{M}/gu, "");

/** True when the words of a text contain the term; for stores without a text index. */
export const containsTerm = (words: readonly string[], term: SearchTerm): boolean => {
  if (term.also?.some((w) => containsTerm(words, { words: [w], prefix: false }))) return true;
  const last = term.words.length - 1;
  const wanted = term.words.map(bare);
  for (let i = 0; i + last < words.length; i++) {
    let fits = true;
    for (let j = 0; j <= last && fits; j++) {
      const here = bare(words[i + j] ?? "");
      const want = wanted[j] ?? "";
      fits = j === last && term.prefix ? here.startsWith(want) : here === want;
    }
    if (fits) return true;
  }
  return false;
};

/** A stretch of the text around the first hit, cut at word boundaries, whitespace folded. */
export const snippetOf = (text: string, terms: SearchTerms, length = 220): string | undefined => {
  if (terms.wanted.length === 0) return undefined;
  const body = text.slice(Math.max(0, text.indexOf("\n\n") + 2));
  const low = body.toLowerCase();
  let at = -1;
  for (const term of terms.wanted) {
    const hit =
      [term.words.join(" "), ...(term.also ?? [])].map((w) => low.indexOf(w)).find((i) => i >= 0) ?? -1;
    const first = hit >= 0 ? hit : low.indexOf(term.words[0] ?? "");
    if (first >= 0 && (at < 0 || first < at)) at = first;
  }
  if (at < 0) at = 0;
  let start = Math.max(0, at - Math.floor(length / 3));
  if (start > 0) start = body.indexOf(" ", start) + 1 || start;
  let end = Math.min(body.length, start + length);
  if (end < body.length) end = Math.max(body.lastIndexOf(" ", end), start + 1);
  const cut = body.slice(start, end).replace(/\s+/g, " ").trim();
  return `${start > 0 ? "… " : ""}${cut}${end < body.length ? " …" : ""}`;
};
