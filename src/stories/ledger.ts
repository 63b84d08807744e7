/**
 * Readings of a story → the ledger of its numbers: one series per issuer and scope, each value with when it became known,
 * who carries it, and what became of it. Values of different series are never merged, compared or summed. A status that
 * speaks against a value needs a sentence that says so; repeating an old value after that makes an article's number stale.
 */

import { sameOutletName } from "../copies/agencies.ts";
import type {
  ArticleId,
  CopyLink,
  Fate,
  LedgerEntry,
  LedgerSeries,
  Quantity,
  Reading,
  Span,
  StaleNumber,
} from "../model/index.ts";
import { bodiesIn, type Issuer, isInformant, issuersIn, outletIssuer, sameIssuer } from "./issuers.ts";
import { knownAt } from "./known.ts";
import { coreOf, isLedgered, type Scope, scopeOf } from "./scope.ts";
import { namesFigure, numbersIn, type StatusSentence, statusOf } from "./status-words.ts";

type LedgerStatus = LedgerEntry["status"];

/** Where a correction names the value that was wrong. */
const WRONG: readonly RegExp[] = [
  /\b(?:not|instead of|rather than|а не|y no)\s+(?:\p{L}+\s+){0,2}?(\d[\d,.\u00a0 ]*)/iu,
  /\b(?:earlier|previous|original|first) (?:version|report|story|article|draft)s?\b[^.]*?\b(?:said|gave|put|misstated|reported)\b[^.\d]*(\d[\d,.\u00a0 ]*)/iu,
];

type Observation = {
  readonly q: Quantity;
  readonly reading: Reading;
  readonly ms: number;
  readonly at: string;
  readonly scope: Scope;
  readonly issuer: Issuer;
  /** Whether a speaker or relayed newsroom gives it, not the outlet's own voice. */
  readonly named: boolean;
  readonly core: number;
};

type Verdict = StatusSentence & {
  readonly articleId: ArticleId;
  readonly ms: number;
  readonly by: Issuer;
};

type Entry = {
  readonly core: number;
  readonly first: Observation;
  readonly carriers: Map<string, Observation>;
  verdict?: Verdict;
};
type Series = { readonly scope: Scope; readonly issuer: Issuer; readonly entries: Entry[] };

export type Ledger = { readonly series: readonly LedgerSeries[]; readonly stale: readonly StaleNumber[] };

const HOUR = 3_600_000;
const TOLL_ORDER = [
  "killed",
  "injured",
  "missing",
  "arrested",
  "displaced",
  "hostages",
  "participants",
  "forces",
  "cases",
  "votes",
  "weapons",
  "money",
  "share",
];
const MAX_SERIES = 160;
/** Statuses that make repeating the value stale, strongest first. */
const STRENGTH: readonly LedgerStatus[] = ["withdrawn", "disowned", "corrected", "superseded", "disputed"];

/** Root outlet of a copy: the outlet's voice in a reprint is the original's. */
const voiceOf = (
  reading: Reading,
  links: readonly CopyLink[],
  byId: ReadonlyMap<string, Reading>,
): string => {
  let at = reading;
  for (let hops = 0; hops < 20; hops++) {
    const link = links.find((l) => l.copy === at.article.id && l.original !== undefined);
    const next = link?.original === undefined ? undefined : byId.get(link.original);
    if (!next) break;
    at = next;
  }
  return at.article.outletName;
};

const observe = (
  readings: readonly Reading[],
  links: readonly CopyLink[],
  home: ReadonlySet<string>,
): Observation[] => {
  const byId = new Map(readings.map((r) => [r.article.id as string, r]));
  return readings.flatMap((reading) => {
    const { ms, at } = knownAt(reading);
    const voice = outletIssuer(voiceOf(reading, links, byId));
    const issuerIn = issuersIn(reading, home);
    const all = reading.quantities.filter(isLedgered).map((q): Observation => {
      const named = q.speaker !== undefined && isInformant(q.speaker);
      const issuer = named
        ? issuerIn(q.speaker ?? "", q.span.start)
        : q.via !== undefined
          ? outletIssuer(q.via)
          : voice;
      return { q, reading, ms, at, scope: scopeOf(q, { names: home }), issuer, named, core: coreOf(q) };
    });
    // The headline's "12 killed" is the ministry's when the text below says so.
    return all.filter(
      (o) =>
        o.named ||
        o.q.assertion === "denied" ||
        !all.some((other) => other.named && other.core === o.core && other.q.measure === o.q.measure),
    );
  });
};

const addTo = (series: Series, o: Observation): void => {
  const entry = series.entries.find((e) => e.core === o.core);
  if (entry) {
    if (!entry.carriers.has(o.reading.article.id)) entry.carriers.set(o.reading.article.id, o);
  } else series.entries.push({ core: o.core, first: o, carriers: new Map([[o.reading.article.id, o]]) });
};

/** Series by scope and issuer; what outlets say in their own voice joins the issuer that gave the same value before. */
const collect = (observations: readonly Observation[]): Series[] => {
  const byScope = new Map<string, Series[]>();
  const seriesOf = (o: Observation): Series => {
    const list = byScope.get(o.scope.key) ?? [];
    byScope.set(o.scope.key, list);
    const known = list.find((s) => sameIssuer(s.issuer.key, o.issuer.key));
    if (known) return known;
    const made: Series = { scope: o.scope, issuer: o.issuer, entries: [] };
    list.push(made);
    return made;
  };
  // What is said to be false is no value of whoever says so.
  const values = observations.filter((o) => o.q.assertion !== "denied");
  for (const o of values) if (o.named) addTo(seriesOf(o), o);
  for (const o of values) {
    if (o.named) continue;
    const giver = byScope
      .get(o.scope.key)
      ?.find(
        (s) =>
          !s.issuer.key.startsWith("outlet:") &&
          s.entries.some((e) => e.core === o.core && e.first.ms <= o.ms),
      );
    addTo(giver ?? seriesOf(o), o);
  }
  return [...byScope.values()].flat();
};

/** Who says a sentence: the speaker of a quotation in it, else the first body named in it, else the outlet. */
const sayerOf = (reading: Reading, span: Span, home: ReadonlySet<string>): Issuer => {
  const issuerIn = issuersIn(reading, home);
  const quote = reading.quotes.find(
    (q) => q.speaker !== undefined && q.sentence.start < span.end && q.sentence.end > span.start,
  );
  if (quote?.speaker !== undefined && isInformant(quote.speaker))
    return issuerIn(quote.speaker, quote.span.start);
  const [named] = bodiesIn(reading.article.text.slice(span.start, span.end));
  if (named !== undefined) return issuerIn(named, span.start);
  const body = reading.mentions.find(
    (m) =>
      m.span.start >= span.start &&
      m.span.end <= span.end &&
      (m.type === "ORG" || m.type === "PER" || m.type === "OFFICE") &&
      !sameOutletName(m.words, reading.article.outletName),
  );
  if (body) return issuerIn(reading.entities[body.entity]?.name ?? body.words, body.span.start);
  return outletIssuer(reading.article.outletName);
};

/** Sentences on what became of figures, with the values they mean. */
const judge = (readings: readonly Reading[], series: readonly Series[], home: ReadonlySet<string>): void => {
  for (const reading of readings) {
    const { text } = reading.article;
    const { ms } = knownAt(reading);
    const notes = reading.article.correctionSpan ? [reading.article.correctionSpan] : [];
    for (const span of [...reading.sentences, ...notes]) {
      // A headline's own tag (CORRECTED-) says that something was mended, not what.
      if (span.end - span.start > 700 || span.end <= reading.article.title.length) continue;
      const found = statusOf(text, span);
      if (!found) continue;
      const verdict: Verdict = {
        ...found,
        articleId: reading.article.id,
        ms,
        by:
          found.status === "corrected"
            ? outletIssuer(reading.article.outletName)
            : sayerOf(reading, span, home),
      };
      const cores = meant(verdict, reading);
      if (cores.size === 0) continue;
      for (const s of series)
        for (const e of s.entries)
          if (cores.has(e.core) && e.first.ms <= ms && binds(verdict, s))
            e.verdict = stronger(s, e.verdict, verdict);
    }
  }
};

/** A number that is denied disputes the same value of others. */
const dispute = (observations: readonly Observation[], series: readonly Series[]): void => {
  for (const o of observations) {
    if (o.q.assertion !== "denied") continue;
    const verdict: Verdict = {
      status: "disputed",
      span: o.q.sentence,
      words: o.reading.article.text.slice(o.q.sentence.start, o.q.sentence.end),
      numbers: [o.core],
      articleId: o.reading.article.id,
      ms: o.ms,
      by: o.issuer,
    };
    for (const s of series)
      if (s.scope.key === o.scope.key && binds(verdict, s))
        for (const e of s.entries)
          if (e.core === o.core && e.first.ms <= o.ms) e.verdict = stronger(s, e.verdict, verdict);
  }
};

/** A text that was taken back, or a copy of one. */
export type TakenBack = {
  readonly fate: Fate;
  /** Name of the outlet that took it back. */
  readonly by: string;
};

/** A value that stands only in texts that were taken back is withdrawn with them; what others carry still stands. */
const takeBack = (series: readonly Series[], killed: ReadonlyMap<string, TakenBack>): void => {
  if (killed.size === 0) return;
  for (const s of series)
    for (const e of s.entries) {
      const texts = [...e.carriers.keys()].map((id) => killed.get(id));
      const first = texts[0];
      if (!first || texts.some((t) => t === undefined)) continue;
      const { fate, by } = first;
      const verdict: Verdict = {
        status: "withdrawn",
        span: fate.span ?? { start: 0, end: 0 },
        words: fate.words,
        numbers: [],
        // A notice that is not kept leaves the text itself as the place to look.
        articleId: fate.by ?? e.first.reading.article.id,
        ms: Date.parse(fate.at),
        by: outletIssuer(by),
      };
      e.verdict = stronger(s, e.verdict, verdict);
    }
};

const GENERAL =
  /\b(?:to (?:withdraw|retract|delete|disown)|withdrawing|retracting) (?:a|any) \p{L}+\b|^a (?:withdrawn|deleted|retracted) \p{L}+ is\b/iu;

/** Values a sentence means: those it names, else the figure given just before it. */
const meant = (v: Verdict, reading: Reading): Set<number> => {
  if (v.status === "corrected") {
    // "26, not 24"; "an earlier version gave 24": the value that no longer stands.
    const wrong = WRONG.flatMap((p) => p.exec(v.words)?.[1] ?? []);
    return new Set(wrong.flatMap(numbersIn));
  }
  if (v.numbers.length > 0) {
    const own = v.numbers.filter((n) => reading.quantities.some((q) => coreOf(q) === n) || n >= 10);
    if (
      own.length > 0 &&
      (v.status !== "withdrawn" || namesFigure(v.words) || /error|mistake/i.test(v.words))
    )
      return new Set(own);
  }
  // "To withdraw a figure is not to say …" is of figures in general; other languages must name the number.
  if (!namesFigure(v.words) || !reading.article.language.startsWith("en") || GENERAL.test(v.words))
    return new Set();
  const before = reading.quantities
    .filter((q) => q.span.end <= v.span.start && v.span.start - q.span.end < 500 && isLedgered(q))
    .at(-1);
  return new Set(before ? [coreOf(before)] : []);
};

const binds = (v: Verdict, s: Series): boolean => {
  const own = sameIssuer(v.by.key, s.issuer.key);
  // Nobody disputes a number of one's own; that would be withdrawing it.
  return !(own && v.status === "disputed");
};

const stronger = (s: Series, a: Verdict | undefined, b: Verdict): Verdict => {
  if (!a) return b;
  const rank = (v: Verdict): number =>
    (sameIssuer(v.by.key, s.issuer.key) ? 0 : 10) + STRENGTH.indexOf(v.status);
  const [x, y] = [rank(a), rank(b)];
  return y < x || (y === x && b.ms < a.ms) ? b : a;
};

const directionOf = (value: number, before: number | undefined): LedgerEntry["direction"] =>
  before === undefined ? "first" : value > before ? "up" : value < before ? "down" : "same";

const writeEntry = ({ entries, issuer }: Series, i: number): LedgerEntry | undefined => {
  const e = entries[i];
  if (!e) return undefined;
  const next = entries.slice(i + 1).find((n) => n.first.ms > e.first.ms);
  const plain: LedgerStatus =
    next !== undefined
      ? "revised"
      : entries.length > 1 && entries.some((o) => o.first.ms < e.first.ms)
        ? "latest"
        : e.carriers.size > 1
          ? // What an issuer gave once and many carry still stands as its latest; an outlet's own is only repeated.
            issuer.key.startsWith("outlet:")
            ? "repeated"
            : "latest"
          : "said";
  const said = e.first.q.period?.end ?? e.first.q.period?.start;
  return {
    quantity: e.first.q,
    at: e.first.at,
    ...(said === undefined ? {} : { saidAt: said }),
    status: e.verdict?.status ?? plain,
    ...(e.verdict
      ? {
          statusBy: e.verdict.by.name.replace(/^outlet:/, ""),
          statusEvidence: {
            articleId: e.verdict.articleId,
            span: e.verdict.span,
            words: e.verdict.words,
            at: new Date(e.verdict.ms).toISOString(),
          },
        }
      : {}),
    carriers: [...e.carriers.keys()] as ArticleId[], // keys come from articles of the story
    outlets: new Set([...e.carriers.values()].map((o) => o.reading.article.outletId)).size,
    direction: directionOf(e.core, entries[i - 1]?.core),
  };
};

/** Articles that repeat a value after it was withdrawn, disowned, corrected or replaced by its issuer. */
const staleNumbers = (series: readonly Series[], readings: readonly Reading[]): StaleNumber[] => {
  const stale = new Map<string, StaleNumber>();
  const coresOf = new Map(readings.map((r) => [r.article.id as string, new Set(r.quantities.map(coreOf))]));
  for (const s of series) {
    const key = `${s.scope.key}|${s.issuer.key}`;
    s.entries.forEach((e, i) => {
      const next = s.entries.slice(i + 1).find((n) => n.first.ms > e.first.ms);
      for (const [id, o] of e.carriers) {
        const spoken =
          e.verdict && e.verdict.status !== "disputed" && e.verdict.ms < o.ms && e.verdict.articleId !== id
            ? e.verdict
            : undefined;
        const replaced =
          next && next.first.ms < o.ms && coresOf.get(id)?.has(next.core) === false ? next : undefined;
        const since = spoken?.ms ?? replaced?.first.ms;
        if (since === undefined || saysSo(o.reading, e.core)) continue;
        const known = stale.get(o.q.id);
        if (known && (known.reason !== "revised" || !spoken)) continue;
        stale.set(o.q.id, {
          articleId: o.reading.article.id,
          quantityId: o.q.id,
          seriesKey: key,
          reason: spoken?.status ?? "revised",
          since: new Date(since).toISOString(),
          lagHours: Math.round(((o.ms - since) / HOUR) * 10) / 10,
        });
      }
    });
  }
  return [...stale.values()];
};

/** Whether the article itself tells that the value no longer stands. */
const saysSo = (reading: Reading, core: number): boolean =>
  reading.sentences.some((span) => {
    const found = statusOf(reading.article.text, span);
    return found?.numbers.includes(core) === true && found.status !== "disputed";
  });

const importance = (s: Series): number => {
  const rank = TOLL_ORDER.indexOf(s.scope.measure);
  const carriers = s.entries.reduce((sum, e) => sum + e.carriers.size, 0);
  return (
    (rank < 0 ? 50 : rank) * 4 -
    carriers * 2 -
    s.entries.length * 3 +
    (s.issuer.key.startsWith("outlet:") ? 6 : 0)
  );
};

/**
 * @param readings oldest first
 * @param home names of the story's own country
 * @param killed texts that were taken back
 */
export const buildLedger = (
  readings: readonly Reading[],
  links: readonly CopyLink[],
  home: ReadonlySet<string>,
  killed: ReadonlyMap<string, TakenBack> = new Map(),
): Ledger => {
  const observations = observe(readings, links, home);
  const series = collect(observations);
  for (const s of series) s.entries.sort((a, b) => a.first.ms - b.first.ms);
  judge(readings, series, home);
  dispute(observations, series);
  takeBack(series, killed);
  const kept = series
    .map((s) => ({ s, rank: importance(s) }))
    .sort((a, b) => a.rank - b.rank || (a.s.scope.key < b.s.scope.key ? -1 : 1))
    .slice(0, MAX_SERIES)
    .map(({ s }) => s);
  return {
    series: kept.map((s) => {
      const { measure, key, ...scope } = s.scope;
      return {
        key: `${key}|${s.issuer.key}`,
        measure,
        scope,
        issuer: s.issuer.name,
        entries: s.entries.flatMap((_, i) => writeEntry(s, i) ?? []),
      };
    }),
    stale: staleNumbers(kept, readings),
  };
};
