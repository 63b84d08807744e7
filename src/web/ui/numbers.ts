/** Numbers of a story in their own words: which come first, what was known of them at a moment. Computes views, stores nothing. */
import type { ArticleRow, LedgerEntry, LedgerSeries, Measure, Quantity, Story } from "../../model/index.ts";

/** Order in which a reader asks. What is not a count of people comes last. */
export const MEASURES: readonly Measure[] = [
  "killed",
  "injured",
  "missing",
  "arrested",
  "hostages",
  "displaced",
  "participants",
  "forces",
  "cases",
  "votes",
  "weapons",
  "money",
  "share",
  "distance",
  "duration",
  "other",
];
/** Measures that hang together over articles of one story; the others are listed, not drawn. */
export const DRAWN: ReadonlySet<Measure> = new Set(MEASURES.slice(0, 11));

const PEOPLE: ReadonlySet<Measure> = new Set(MEASURES.slice(0, 6));

const GONE: ReadonlySet<string> = new Set(["withdrawn", "disowned", "corrected", "superseded", "revised"]);
export const isGone = (status: string): boolean => GONE.has(status);
export const isTakenBack = (status: string): boolean =>
  status === "withdrawn" || status === "disowned" || status === "corrected";

/** Quotation marks within quotation marks are single ones. */
const innerMarks = (words: string): string =>
  words.replace(/["“”«»„]([^"“”«»„]*)["“”«»„]/g, "‘$1’").replace(/["“”«»„]/g, "’");

/** A number in its own words, with quotation marks; a bare number takes its noun along. */
export const inWords = (q: Quantity): string => {
  const words = innerMarks(q.words.trim());
  const bare = /^[\d.,\s]+$/.test(words);
  return `“${bare && q.unit !== "" && !/^[A-Z]{3}$/.test(q.unit) && q.unit !== "percent" ? `${words} ${q.unit}` : words}”`;
};

/** The bound or value a drawing puts the number at; undefined when it has none. */
export const pointOf = (q: Quantity): number | undefined => q.exact ?? q.low ?? q.high;

export type Measured = { readonly measure: Measure; readonly series: readonly LedgerSeries[] };

/** Series by measure in the order readers ask; money and the like apart by unit. */
export function byMeasure(ledger: readonly LedgerSeries[]): readonly Measured[] {
  return MEASURES.map((measure) => ({
    measure,
    series: ledger
      .filter((s) => s.measure === measure && s.entries.length > 0)
      .toSorted((a, b) => weight(b) - weight(a)),
  })).filter((m) => m.series.length > 0);
}
const weight = (s: LedgerSeries): number => s.entries.reduce((sum, e) => sum + e.carriers.length, 0);

export type KeyNumber = {
  readonly measure: Measure;
  readonly series: LedgerSeries;
  readonly entry: LedgerEntry;
  /** Values taken back or replaced before, newest first. */
  readonly before: readonly LedgerEntry[];
};

/** The few numbers a front page prints: per measure the one that stands and most articles carry, with what was taken back before. */
export function keyNumbers(story: Story, limit: number): readonly KeyNumber[] {
  const found: KeyNumber[] = [];
  for (const { measure, series } of byMeasure(story.ledger)) {
    if (!DRAWN.has(measure)) continue;
    const all = series.flatMap((s) => s.entries.map((entry) => ({ series: s, entry })));
    const standing = all
      .filter(
        ({ entry, series: s }) => !isGone(entry.status) && pointOf(entry.quantity) !== undefined && whole(s),
      )
      .toSorted((a, b) => score(b) - score(a) || Date.parse(b.entry.at) - Date.parse(a.entry.at));
    const best = standing[0];
    if (best === undefined) continue;
    // People first: a count of anything else is shown where more than one outlet carries it.
    if (!PEOPLE.has(measure) && best.entry.outlets < 2) continue;
    const before = all
      .map((x) => x.entry)
      .filter((e) => isTakenBack(e.status) || (isGone(e.status) && best.series.entries.includes(e)))
      .filter((e) => pointOf(e.quantity) !== pointOf(best.entry.quantity))
      .toSorted((a, b) => b.carriers.length - a.carriers.length || Date.parse(b.at) - Date.parse(a.at))
      .filter((e, i, rest) => rest.findIndex((o) => pointOf(o.quantity) === pointOf(e.quantity)) === i);
    found.push({ measure, series: best.series, entry: best.entry, before: before.slice(0, 2) });
  }
  return found.slice(0, limit);
}
/** A total before a part, somebody's figure before an outlet's own, the much carried before the rare. */
const whole = (s: LedgerSeries): boolean => s.scope.kind !== "part" && s.scope.per === undefined;
const score = ({ series, entry }: { series: LedgerSeries; entry: LedgerEntry }): number =>
  entry.carriers.length +
  (entry.status === "latest" ? 1.5 : 0) +
  (series.issuer.startsWith("outlet:") ? 0 : 1);

export const issuerName = (issuer: string): { readonly name: string; readonly ownVoice: boolean } =>
  issuer.startsWith("outlet:")
    ? { name: issuer.slice("outlet:".length), ownVoice: true }
    : { name: issuer, ownVoice: false };

/** The story as it was known at a moment: what was published later is not there, what was said of it later is not known. */
export function storyAt(story: Story, rows: readonly ArticleRow[], at: number): Story {
  const then = rowsAt(rows, at);
  const outletOf = new Map<string, string>(then.map((r) => [r.id, r.outletId]));
  const known = (articleId: string): boolean => outletOf.has(articleId);
  const outletsOf = (ids: readonly string[]): number => new Set(ids.map((id) => outletOf.get(id))).size;
  const newest = then.toSorted((a, b) => b.sortTime - a.sortTime);
  // A headline of later would tell what nobody knew: the newest original of the moment heads the page.
  const head = newest.find((r) => r.copyOf === undefined && r.genre === "news") ?? newest[0];
  const { summary: _later, ...rest } = story;
  return {
    ...(known(story.headlineArticle) || head === undefined
      ? story
      : { ...rest, headline: head.title, headlineArticle: head.id }),
    last: head === undefined ? story.last : new Date(newest[0]?.sortTime ?? at).toISOString(),
    outlets: [...new Set(then.map((r) => r.outletId))],
    articles: story.articles.filter(known),
    originals: story.originals.filter(known),
    // How many carried a thing is counted over all reports, those of later too: here it is left out.
    timeline: story.timeline
      .filter((i) => known(i.articleId))
      .map(({ corroboration: _now, ...item }) => item),
    ledger: story.ledger
      .map((s) => ({ ...s, entries: entriesAt(s.entries, at, known, outletsOf) }))
      .filter((s) => s.entries.length > 0),
    stale: story.stale.filter((s) => known(s.articleId)),
    claims: story.claims
      .filter((c) => Date.parse(c.at) <= at)
      .map((c) => ({ ...c, outlets: 1, denials: c.denials.filter((d) => Date.parse(d.at) <= at) })),
  };
}

/** The reports that were out at a moment, without what became of them later. */
export const rowsAt = (rows: readonly ArticleRow[], at: number): readonly ArticleRow[] =>
  rows
    .filter((r) => r.sortTime <= at)
    .map((row) => {
      const { fates = [], ...bare } = row;
      const then = fates.filter((f) => Date.parse(f.at) <= at);
      if (then.length === fates.length) return row;
      const killedLater = fates.some((f) => f.kind === "killed") && !then.some((f) => f.kind === "killed");
      return {
        ...bare,
        withdrawn: row.withdrawn && !killedLater,
        ...(then.length === 0 ? {} : { fates: then }),
      };
    });

function entriesAt(
  entries: readonly LedgerEntry[],
  at: number,
  known: (articleId: string) => boolean,
  outletsOf: (articleIds: readonly string[]) => number,
): readonly LedgerEntry[] {
  const then = entries.filter((e) => Date.parse(e.at) <= at);
  return then.map((of, i) => {
    const last = i === then.length - 1;
    const carriers = of.carriers.filter(known);
    const entry = { ...of, outlets: outletsOf(carriers) };
    const evidence = entry.statusEvidence;
    if (isTakenBack(entry.status) || entry.status === "disputed") {
      if (evidence !== undefined && known(evidence.articleId)) return { ...entry, carriers };
      const { statusBy: _by, statusEvidence: _evidence, ...rest } = entry;
      return { ...rest, carriers, status: last ? "latest" : "superseded" };
    }
    const replaced = entry.status === "superseded" || entry.status === "revised";
    return { ...entry, carriers, status: replaced && last ? "latest" : entry.status };
  });
}
