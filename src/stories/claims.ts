/**
 * Readings of a story → claims, each with the denials that point at it. A denial points at what the reading says it
 * denies; else at an earlier claim of somebody else that shares its telling words. Reports of one statement are folded.
 */
import type { ArticleId, ClaimThread, Quote, Reading } from "../model/index.ts";
import { type Issuer, isInformant, issuersIn, sameIssuer } from "./issuers.ts";
import { knownAt } from "./known.ts";
import { contentWords, overlap, sameSentence } from "./sentences.ts";
import { numbersIn } from "./status-words.ts";

type Statement = {
  readonly quote: Quote;
  readonly reading: Reading;
  readonly ms: number;
  readonly at: string;
  readonly issuer: Issuer;
  readonly words: ReadonlySet<string>;
};

const MAX_CLAIMS = 40;
const NOT_CLAIMS = new Set(["asks", "declines", "demands", "vows"]);
const DENIES = new Set(["denies", "doubts", "retracts"]);

const statementsOf = (reading: Reading, home: ReadonlySet<string>): Statement[] => {
  const issuerIn = issuersIn(reading, home);
  const { ms, at } = knownAt(reading);
  return reading.quotes.flatMap((quote) => {
    if (quote.speaker === undefined || !isInformant(quote.speaker) || quote.assertion === "hypothetical")
      return [];
    const words = contentWords(reading.article.text.slice(quote.span.start, quote.span.end));
    return words.size < 3
      ? []
      : [{ quote, reading, ms, at, issuer: issuerIn(quote.speaker, quote.span.start), words }];
  });
};

/** How much a denial is about a claim: 0 when it is not. */
const aim = (denial: Statement, claim: Statement): number => {
  if (denial.quote.denies === claim.quote.id) return 10;
  if (denial.quote.denies !== undefined && denial.quote.articleId === claim.quote.articleId) return 0;
  if (claim.ms > denial.ms || sameIssuer(claim.issuer.key, denial.issuer.key)) return 0;
  // One sentence does not deny itself.
  if (
    claim.quote.articleId === denial.quote.articleId &&
    claim.quote.sentence.start === denial.quote.sentence.start
  )
    return 0;
  const numbers = numbersIn(claim.quote.words);
  const sharesNumber = numbersIn(denial.quote.words).some((n) => n >= 10 && numbers.includes(n));
  const share = overlap(denial.words, claim.words);
  return sharesNumber ? 1 + share : share >= 0.5 ? share : 0;
};

/** @param readings oldest first */
export const buildClaims = (readings: readonly Reading[], home: ReadonlySet<string>): ClaimThread[] => {
  const statements = readings.flatMap((r) => statementsOf(r, home));
  const claims: { head: Statement; all: Statement[]; denials: Statement[] }[] = [];
  const denials: Statement[] = [];
  for (const s of statements) {
    if (DENIES.has(s.quote.stance)) {
      denials.push(s);
      continue;
    }
    if (NOT_CLAIMS.has(s.quote.stance)) continue;
    const known = claims.find(
      (c) => sameIssuer(c.head.issuer.key, s.issuer.key) && sameSentence(c.head.words, s.words),
    );
    if (known) known.all.push(s);
    else claims.push({ head: s, all: [s], denials: [] });
  }
  for (const denial of denials) {
    let best: { claim: (typeof claims)[number]; score: number } | undefined;
    for (const claim of claims) {
      const score = Math.max(...claim.all.map((s) => aim(denial, s)));
      if (score > 0 && (!best || score > best.score)) best = { claim, score };
    }
    if (best) {
      if (
        !best.claim.denials.some(
          (d) => sameIssuer(d.issuer.key, denial.issuer.key) && sameSentence(d.words, denial.words),
        )
      )
        best.claim.denials.push(denial);
    } else {
      // A denial of what nobody in the archive claimed stands by itself.
      const known = claims.find(
        (c) => sameIssuer(c.head.issuer.key, denial.issuer.key) && sameSentence(c.head.words, denial.words),
      );
      if (known) known.all.push(denial);
      else claims.push({ head: denial, all: [denial], denials: [] });
    }
  }
  const outletsOf = (all: readonly Statement[]): number =>
    new Set(all.map((s) => s.reading.article.outletId)).size;
  return claims
    .map((c) => ({ ...c, outlets: outletsOf(c.all) }))
    .sort((a, b) => b.denials.length - a.denials.length || b.outlets - a.outlets || a.head.ms - b.head.ms)
    .slice(0, MAX_CLAIMS)
    .map(({ head, denials: against, outlets }) => ({
      quoteId: head.quote.id,
      articleId: head.quote.articleId as ArticleId,
      speaker: head.quote.speaker ?? "",
      words: head.quote.words,
      span: head.quote.span,
      at: head.at,
      stance: head.quote.stance,
      denials: against.map((d) => ({
        quoteId: d.quote.id,
        articleId: d.quote.articleId,
        speaker: d.quote.speaker ?? "",
        words: d.quote.words,
        span: d.quote.span,
        at: d.at,
      })),
      outlets,
    }));
};
