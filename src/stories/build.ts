/**
 * The readings of one story, with what is known of their copies and outlets → the story's record. Pure: the same readings
 * give the same record. Every sentence of it stands in an article; every count says how it was counted.
 */
import {
  type ArticleRow,
  type CopyLink,
  type Decision,
  type Incident,
  type Outlet,
  primaryLanguage,
  type Reading,
  type Story,
  type StoryId,
} from "../model/index.ts";
import { headingOf } from "../text/heading.ts";
import { type Background, NO_BACKGROUND } from "./background.ts";
import { type BurstOptions, burstOf } from "./burst.ts";
import { buildClaims } from "./claims.ts";
import { originsOf } from "./corroborate.ts";
import { doubtsIn, isFallen } from "./doubts.ts";
import { inForce, withoutRejected } from "./hand.ts";
import { buildIncidents } from "./incidents.ts";
import { type Issuer, isInformant, issuersIn } from "./issuers.ts";
import { knownAt, oldestFirst } from "./known.ts";
import { buildLedger, type Ledger, type TakenBack } from "./ledger.ts";
import { type Bearer, type Join, joinNames, withJoins, withoutJoins } from "./persons.ts";
import { countriesOf, placesOf } from "./places.ts";
import { coreOf, homeOf, scopeOf } from "./scope.ts";
import { contentWords, overlap } from "./sentences.ts";
import { numbersIn } from "./status-words.ts";
import { wordsOf } from "./terms.ts";
import { buildTimeline } from "./timeline.ts";

export type StoryBuild = {
  readonly id: StoryId;
  readonly readings: readonly Reading[];
  readonly links: readonly CopyLink[];
  /** Lines of the readings, for what became of them since. */
  readonly rows?: readonly ArticleRow[] | undefined;
  readonly outlets: readonly Outlet[];
  /** ISO 8601. */
  readonly now: string;
  /** Names of a country in texts by its ISO 3166-1 alpha-3 code; absent: the code alone. */
  readonly countryNames?: ((code: string) => readonly string[]) | undefined;
  readonly background?: ((language: string) => Background | undefined) | undefined;
  readonly activity?: BurstOptions["activity"] | undefined;
  /** The user's hand: what was rejected is left out here and marked by whoever shows the article; mentions that were parted stay apart. */
  readonly decisions?: readonly Decision[] | undefined;
  /** Who bears a surname in the archive, within the span of the story. */
  readonly bearers?: ((surname: string) => readonly Bearer[]) | undefined;
};

/** Article whose headline stands for the story: the one the others are most like, a fresh one rather than an old. */
const centralOf = (originals: readonly Reading[]): Reading | undefined => {
  const words = originals.map((r) => contentWords(r.article.title));
  let best: { reading: Reading; score: number } | undefined;
  originals.forEach((reading, i) => {
    const own = words[i] ?? new Set<string>();
    let alike = 0;
    words.forEach((other, j) => {
      if (j !== i) alike += overlap(own, other) * Math.min(1, Math.min(own.size, other.size) / 4);
    });
    const { genre, language } = reading.article;
    const english = originals.filter((r) => r.article.language === language).length / originals.length;
    const score =
      alike / Math.max(1, originals.length - 1) +
      0.25 * (i / Math.max(1, originals.length - 1)) +
      0.3 * english -
      (genre === "opinion" || genre === "analysis" || genre === "advisory"
        ? 0.6
        : genre === "live" || genre === "release"
          ? 0.3
          : 0) -
      (own.size < 3 ? 0.5 : 0);
    if (!best || score >= best.score) best = { reading, score };
  });
  return best?.reading;
};

/** Articles whose headline gives a number that was taken back, disowned or disputed: none of them is to head the story. */
const fallenHeadlines = (readings: readonly Reading[], ledger: Ledger): ReadonlySet<string> => {
  const numbers = new Map<string, readonly number[]>(
    readings.map((r) => [r.article.id, numbersIn(headingOf(r.article))]),
  );
  const fallen = new Set<string>();
  for (const { entries } of ledger.series)
    for (const { status, carriers, quantity } of entries) {
      if (!isFallen(status)) continue;
      for (const id of carriers) if (numbers.get(id)?.includes(coreOf(quantity))) fallen.add(id);
    }
  return fallen;
};

/** First sentence of the body that reads as one. */
const leadOf = (reading: Reading): string | undefined => {
  const { text, title } = reading.article;
  const skip = text.startsWith(title) ? title.length : 0;
  const span = reading.sentences.find(
    (s) => s.start >= skip && s.end - s.start >= 40 && s.end - s.start <= 500,
  );
  return span ? text.slice(span.start, span.end).trim() : undefined;
};

/** Words in many of the headlines and openings that are rare elsewhere. */
const termsOfStory = (
  originals: readonly Reading[],
  backgroundOf: (language: string) => Background,
): string[] => {
  const counts = new Map<string, { n: number; word: string; idf: number }>();
  for (const r of originals) {
    const opening = r.article.text.slice(0, r.article.title.length + 400);
    const shown = new Map<string, string>();
    for (const m of opening.matchAll(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)) {
      const term = wordsOf(m[0])[0]?.term;
      if (term !== undefined && !shown.has(term)) shown.set(term, m[0]);
    }
    const background = backgroundOf(r.article.language);
    for (const [term, word] of shown) {
      if (term.length < 3 || /^\d/.test(term)) continue;
      const known = counts.get(term) ?? { n: 0, word, idf: background.idf(term) };
      known.n++;
      counts.set(term, known);
    }
  }
  return [...counts.values()]
    .filter((c) => c.idf > 0.3 && (c.n > 1 || originals.length < 3))
    .sort((a, b) => b.n * b.idf - a.n * a.idf || (a.word < b.word ? -1 : 1))
    .slice(0, 12)
    .map((c) => c.word);
};

const mostCommon = (values: readonly (string | undefined)[]): string | undefined => {
  const counts = new Map<string, number>();
  for (const v of values) if (v !== undefined && v !== "") counts.set(v, (counts.get(v) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0];
};

const informantsOf = (readings: readonly Reading[], home: ReadonlySet<string>): Issuer[] =>
  readings.flatMap((r) => {
    const issuerIn = issuersIn(r, home);
    return [...r.quotes, ...r.quantities].flatMap((f) =>
      f.speaker === undefined || !isInformant(f.speaker) || f.assertion === "hypothetical"
        ? []
        : [issuerIn(f.speaker, f.span.start)],
    );
  });

/** Builds the record of a story and its incidents; undefined when no reading is given. */
export const buildStory = (
  input: StoryBuild,
):
  | { readonly story: Story; readonly incidents: readonly Incident[]; readonly joins: readonly Join[] }
  | undefined => {
  const decisions = input.decisions ?? [];
  const alone = input.readings.map(withoutJoins);
  const joins = joinNames(alone, input.bearers);
  const readings = oldestFirst(
    alone.map((r) =>
      withoutRejected(
        withJoins(
          r,
          joins.filter((j) => j.articleId === r.article.id),
        ),
        decisions,
      ),
    ),
  );
  const oldest = readings[0];
  const newest = readings.at(-1);
  if (!oldest || !newest) return undefined;
  // What was taken back says nothing any more; its numbers stay, with what became of them.
  const killed = killedOf(readings, input.rows ?? []);
  const standing = readings.filter((r) => !killed.has(r.article.id));
  const origins = originsOf(standing, input.links, input.outlets);
  const inStory = new Set(readings.map((r) => r.article.id as string));
  const copies = new Set(
    input.links.flatMap((l) =>
      l.original !== undefined && inStory.has(l.original) && inStory.has(l.copy) ? [l.copy as string] : [],
    ),
  );
  const originals = readings.filter((r) => !copies.has(r.article.id));
  const countries = countriesOf(readings);
  const homeCode = countries[0]?.code;
  const home = homeOf(homeCode === undefined ? [] : [homeCode, ...(input.countryNames?.(homeCode) ?? [])]);
  const ledger = buildLedger(readings, input.links, home, killed);
  const now = Date.parse(input.now);
  const fallen = fallenHeadlines(readings, ledger);
  const upright = originals.filter((r) => standing.includes(r) && !fallen.has(r.article.id));
  const central =
    centralOf(upright) ?? standing.find((r) => !fallen.has(r.article.id)) ?? standing[0] ?? oldest;
  const summary = leadOf(central);
  const section = mostCommon(originals.map((r) => r.article.section));
  const apart = keptApart(decisions);
  const story: Story = {
    id: input.id,
    headline: headingOf(central.article),
    headlineArticle: central.article.id,
    ...(summary === undefined ? {} : { summary }),
    first: knownAt(oldest).at,
    last: knownAt(newest).at,
    articles: readings.map((r) => r.article.id),
    originals: originals.map((r) => r.article.id),
    outlets: [...new Set(readings.map((r) => r.article.outletId))],
    languages: [...new Set(readings.map((r) => r.article.language))],
    countries,
    places: placesOf(readings),
    corroboration: origins.corroborate(
      standing.map((r) => r.article.id),
      informantsOf(standing, home),
    ),
    timeline: buildTimeline(standing, origins, home),
    ledger: ledger.series,
    stale: ledger.stale,
    claims: buildClaims(standing, home),
    burst: burstOf(
      standing.flatMap((r) => {
        const newsroom = origins.newsroomOf(r.article.id);
        return newsroom === undefined ? [] : [{ ms: knownAt(r).ms, newsroom }];
      }),
      now,
      { activity: input.activity },
    ),
    terms: termsOfStory(
      originals,
      (language) => input.background?.(primaryLanguage(language)) ?? NO_BACKGROUND,
    ),
    ...(section === undefined ? {} : { section }),
    demo: readings.every((r) => r.article.demo),
    pipeline: central.article.pipeline,
  };
  const doubtOf = doubtsIn(ledger.series, readings, (q) => scopeOf(q, { names: home }).key);
  return { story, incidents: buildIncidents(standing, origins, input.id, apart, doubtOf), joins };
};

/** Texts that were taken back, with the notice that says so. */
const killedOf = (
  readings: readonly Reading[],
  rows: readonly ArticleRow[],
): ReadonlyMap<string, TakenBack> => {
  const killed = new Map<string, TakenBack>();
  const byId = new Map(readings.map((r) => [r.article.id as string, r]));
  for (const row of rows)
    for (const fate of row.fates ?? [])
      if (fate.kind === "killed") {
        const original = fate.via === undefined ? undefined : byId.get(fate.via);
        killed.set(row.id, { fate, by: original?.article.outletName ?? row.outletName });
      }
  return killed;
};

/** Pairs of mentions a user has parted, unless that was undone. */
const keptApart = (decisions: readonly Decision[]): (readonly [string, string])[] =>
  inForce(decisions).flatMap((d) =>
    d.action === "split" && typeof d.value === "string" ? [[d.target, d.value] as const] : [],
  );
