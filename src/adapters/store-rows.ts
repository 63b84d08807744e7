/**
 * What every store derives from a filing in the same way: the line of a list, the place in time by which lists are
 * sorted, which copy link hides an article, and which day it counts for. Pure functions; no I/O.
 */
import { restsOn } from "../copies/judge.ts";
import type {
  Article,
  ArticleRow,
  ArticleVersion,
  CopyLink,
  Fate,
  Filing,
  Quantity,
  StoryId,
} from "../model/index.ts";
import type { CoverageCell, CoverageTotal } from "../ports/index.ts";
import { headingOf } from "../text/heading.ts";

/** Milliseconds of a partial date, or NaN. A date without zone is read as UTC. */
export const partialMs = (value: string): number => {
  if (/T\d{2}:\d{2}(:\d{2})?$/.test(value)) return Date.parse(`${value}Z`);
  if (/T\d{2}$/.test(value)) return Date.parse(`${value}:00Z`);
  const hour = /^(.*T\d{2})(Z|[+-]\d{2}:\d{2})$/.exec(value);
  if (hour) return Date.parse(`${hour[1]}:00${hour[2]}`);
  return Date.parse(value);
};

/** Published when stated to the day or finer and not in the future of our first sight, else first seen. */
export const sortTimeOf = (article: Article): number => {
  const seen = Date.parse(article.firstSeen);
  const p = article.published;
  if (!p || p.precision === "year" || p.precision === "month" || p.precision === "week") return seen;
  const at = partialMs(p.value);
  if (!Number.isFinite(at)) return seen;
  // A page may carry tomorrow's date (time zones, embargoes); two days ahead is a mistake and would pin it to the top.
  return at > seen + 48 * 3_600_000 ? seen : at;
};

export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Countries an article is listed under: the weightiest, and those with a tenth of the weight, at most six. */
export const listedCountries = (
  countries: readonly { readonly code: string; readonly weight: number }[],
): readonly string[] =>
  [...new Set(countries.filter((c, i) => i === 0 || c.weight >= 0.1).map((c) => c.code))].slice(0, 6);

/** Offices of one person that are told of. */
export const MOST_OFFICES = 6;

/** The link by which an article counts as a copy: its surest original in the archive; a rewrite only when most of it is taken over. */
export const hidingLink = (id: string, links: readonly CopyLink[]): CopyLink | undefined => {
  let best: CopyLink | undefined;
  for (const link of links) {
    if (link.copy !== id || link.original === undefined || link.original === id) continue;
    if (!restsOn(link, 0.6)) continue;
    if (!best || link.confidence > best.confidence) best = link;
  }
  return best;
};

/** A text that says of itself that it is withdrawn; a note to editors about another text stands. */
export const isWithdrawn = (article: Article): boolean =>
  article.genre !== "advisory" &&
  (article.wireTags.includes("WITHDRAWN") || article.wireTags.includes("KILL"));

/** Fates with one of a kind put in or taken out; undefined when nothing changes. */
export const withFate = (
  fates: readonly Fate[],
  kind: Fate["kind"],
  fate: Fate | undefined,
): readonly Fate[] | undefined => {
  const old = fates.find((f) => f.kind === kind);
  if (old?.by === fate?.by && old?.via === fate?.via && (old === undefined) === (fate === undefined))
    return undefined;
  // A fate of one's own says more than one shared with an original.
  if (old && fate?.via !== undefined && old.via === undefined) return undefined;
  return [...fates.filter((f) => f.kind !== kind), ...(fate ? [fate] : [])];
};

const FATE_CHANGE: Readonly<Record<Fate["kind"], string>> = {
  killed: "retraction",
  corrected: "correction",
  gone: "removal",
};
/** What a change of fate is called in the feed of changes. */
export const fateChange = (kind: Fate["kind"], fate: Fate | undefined): string =>
  kind === "gone" && fate === undefined ? "return" : FATE_CHANGE[kind];

/** Whether a filing tells of the address alone: gone, or there again. The text that is held stays as it is. */
export const ofAddress = ({ version: { change } }: Filing): boolean =>
  change === "removal" || change === "return";
/** Of a text that has a version already, only the address going and coming back in turn is a new version. */
export const isVersion = (last: ArticleVersion["change"], next: ArticleVersion["change"]): boolean =>
  next === "removal" ? last !== "removal" : next === "return" && last === "removal";

/** A removal as the fate it is; none when the page is there again. */
export const goneFate = ({ version }: Filing): Fate | undefined =>
  version.change === "return" ? undefined : { kind: "gone", at: version.seen, words: version.evidence };

/** "en-GB" → "en": a list of languages tells no regions apart. */
export const isPrimary = (language: string): boolean => /^[a-z]{2,3}$/.test(language);
/** Whether a language is the one asked for: "es" stands for all its regions, "es-MX" for itself. */
export const isOf = (language: string, asked: string): boolean =>
  language === asked || (isPrimary(asked) && language.startsWith(`${asked}-`));

export const quantityValue = (q: Quantity): number | undefined => q.exact ?? q.low ?? q.high;

/** The line of a list, without what other articles tell about it (copies, later withdrawal). */
export const rowOf = (filing: Filing, storyId: StoryId = filing.storyId): ArticleRow => {
  const { article } = filing.reading;
  const image = article.media.find((m) => m.kind === "image");
  const video = article.media.find((m) => m.kind === "video");
  return {
    id: article.id,
    url: article.url,
    outletId: article.outletId,
    outletName: article.outletName,
    title: headingOf(article),
    ...(article.summary === undefined ? {} : { summary: article.summary }),
    byline: article.byline,
    ...(article.published === undefined ? {} : { published: article.published.value }),
    firstSeen: article.firstSeen,
    sortTime: sortTimeOf(article),
    language: article.language,
    genre: article.genre,
    ...(article.section === undefined ? {} : { section: article.section }),
    countries: listedCountries(filing.reading.countries),
    storyId,
    copies: 0,
    wireTags: article.wireTags,
    ...(image === undefined ? {} : { image }),
    ...(video === undefined ? {} : { video }),
    quantities: filing.reading.quantities.length,
    withdrawn: isWithdrawn(article) || filing.version.change === "retraction",
    demo: article.demo,
  };
};

/** All addresses under which an article may be asked for. */
export const addressesOf = (filing: Filing): readonly string[] => {
  const { article } = filing.reading;
  const all = [article.url, article.canonicalUrl, filing.page?.url, filing.page?.finalUrl];
  return [...new Set(all.filter((u): u is string => u !== undefined && u !== ""))];
};

/** Cells of coverage added up by country or language. */
export const totalsOf = (
  cells: readonly CoverageCell[],
  by: "country" | "language",
): readonly CoverageTotal[] => {
  const totals = new Map<string, { articles: number; originals: number; days: Set<string> }>();
  for (const cell of cells) {
    const total = totals.get(cell[by]) ?? { articles: 0, originals: 0, days: new Set<string>() };
    total.articles += cell.articles;
    total.originals += cell.originals;
    total.days.add(cell.day);
    totals.set(cell[by], total);
  }
  return [...totals]
    .map(([value, t]) => ({ value, articles: t.articles, originals: t.originals, days: t.days.size }))
    .sort((a, b) => b.articles - a.articles || (a.value < b.value ? -1 : 1));
};
