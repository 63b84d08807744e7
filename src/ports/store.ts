/**
 * Where records live. Two kinds of call: `save…` and `put…` are atomic and durable when they resolve; all others read.
 * One conformance suite (test/conformance) runs on every implementation.
 */
import type {
  Alert,
  AlertMessage,
  Article,
  ArticleId,
  ArticleRow,
  ArticleVersion,
  CopyLink,
  Decision,
  Entity,
  Event,
  Fate,
  Filing,
  Incident,
  Outlet,
  OutletId,
  Quantity,
  Quote,
  RawPage,
  Reading,
  Refusal,
  SearchQuery,
  Source,
  SourceId,
  Story,
  StoryId,
} from "../model/index.ts";
import type { Bearer, Join } from "../stories/persons.ts";

export type Page = {
  readonly limit: number /** Opaque cursor from the answer before. */;
  readonly after?: string | undefined;
};

export type SearchPage = Page & {
  /** The rows alone: no excerpts, no facets, and `total` counts them. For feeds and tables. */
  readonly plain?: boolean | undefined;
  /** False: no excerpts, for a view that prints none. */
  readonly excerpts?: boolean | undefined;
};

export type ListFilter = {
  readonly country?: string | undefined;
  readonly countries?: readonly string[] | undefined;
  readonly outletId?: string | undefined;
  /** "es" stands for all its regions, "es-MX" for itself. */
  readonly languages?: readonly string[] | undefined;
  readonly genre?: string | undefined;
  readonly storyId?: string | undefined;
  /** Leave articles known as copies out. */
  readonly originalsOnly?: boolean | undefined;
  readonly withVideo?: boolean | undefined;
  /** Leave the demonstration archive out, or show it alone; absent: both. */
  readonly demo?: boolean | undefined;
  /** Milliseconds of sortTime, half-open. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
};

export type List<T> = { readonly rows: readonly T[]; readonly next?: string | undefined };

export type Facet = { readonly value: string; readonly count: number };
export type SearchAnswer = List<ArticleRow & { readonly snippet?: string | undefined }> & {
  readonly total: number;
  /** True when counting stopped: there are at least `total`. Facets are then of the newest that many matches. */
  readonly atLeast?: boolean | undefined;
  readonly facets: Readonly<
    Record<"country" | "outlet" | "language" | "genre" | "eventType" | "day", readonly Facet[]>
  >;
};

/** A story as a line of a list. */
export type StoryRow = {
  readonly id: StoryId;
  readonly headline: string;
  readonly headlineArticle: ArticleId;
  readonly first: string;
  readonly last: string;
  readonly articles: number;
  readonly originals: number;
  readonly newsrooms: number;
  readonly informants: number;
  readonly outlets: number;
  /** Height in Breaking; 0 when it has no place there. */
  readonly burst: number;
  readonly countries: readonly string[];
  readonly languages: readonly string[];
  readonly demo: boolean;
};

/** headlines: by newsrooms, informants and freshness; burst: by growth (both: src/stories/rank.ts). */
export type StoryFilter = ListFilter & { readonly sort: "newest" | "headlines" | "burst" };

export type CoverageCell = {
  readonly day: string;
  readonly country: string;
  readonly language: string;
  readonly articles: number;
  readonly originals: number;
};

/** Reports of a country or language over a span. */
export type CoverageTotal = {
  readonly value: string;
  readonly articles: number;
  readonly originals: number;
  /** Days with reports; absent when the span is longer than three months. */
  readonly days?: number | undefined;
};

export type Change = {
  /** Grows by one with every change. */
  readonly seq: number;
  readonly at: string;
  readonly kind: "added" | "changed" | "deleted";
  readonly target: "article" | "story" | "incident" | "decision" | "outlet";
  readonly id: string;
  readonly detail?: string | undefined;
};

export type SavedState = {
  readonly id: ArticleId;
  readonly storyId: StoryId;
  readonly sketch: Uint8Array;
  readonly profile: Uint8Array;
};

export type IncidentFilter = ListFilter & {
  readonly eventType?: string | undefined;
  /** Key of an entity that acts or undergoes. */
  readonly actor?: string | undefined;
  /** Names of one place. */
  readonly places?: readonly string[] | undefined;
  /** Told by one of these articles. */
  readonly articles?: readonly string[] | undefined;
};

/** A quotation with the line of the article it stands in. */
export type SaidIn = { readonly quote: Quote; readonly row: ArticleRow };

/** An office as reports name it, with the days of the first and the last report that does. */
export type OfficeNamed = {
  readonly office: string;
  readonly articles: number;
  readonly first: string;
  readonly last: string;
};
export type EntityRecord = Entity & {
  readonly articles: number;
  readonly names: readonly string[];
  readonly offices: readonly OfficeNamed[];
};

export type Store = {
  /** Saves articles with all that was derived from them, raw bytes included, in one transaction. Idempotent by article id: a second filing of the same text changes nothing, another text replaces the derived rows and adds a version. */
  saveFilings(filings: readonly Filing[]): Promise<void>;
  /** Notes what became of an article since it was published, one fate of a kind; without one, takes that kind back. */
  setFate(id: ArticleId, kind: Fate["kind"], fate: Fate | undefined): Promise<void>;
  saveRefusal(refusal: Refusal): Promise<void>;
  /** Moves all articles of a story into another (merge); the emptied id keeps pointing to the other. */
  moveStory(from: StoryId, to: StoryId): Promise<void>;
  /** Puts articles into a story (a split, or the user's hand); an emptied story disappears. */
  assignStory(ids: readonly ArticleId[], storyId: StoryId): Promise<void>;
  saveStories(stories: readonly Story[]): Promise<void>;
  saveIncidents(storyId: StoryId, incidents: readonly Incident[]): Promise<void>;
  /** Under which key persons of these articles are kept across articles, in place of what was joined in them before. */
  saveJoins(ids: readonly ArticleId[], joins: readonly Join[]): Promise<void>;
  /** Removes an article and all derived from it, raw bytes included; keeps a tombstone so that it does not come back. */
  forget(url: string, at: string): Promise<{ readonly forgotten: number }>;

  /** Whether an article of this id was here and was forgotten. */
  wasForgotten(id: string): Promise<boolean>;

  article(id: string): Promise<Article | undefined>;
  articleByUrl(url: string): Promise<Article | undefined>;
  /** Everything that was read from an article. */
  reading(id: string): Promise<Reading | undefined>;
  readings(ids: readonly string[]): Promise<readonly Reading[]>;
  row(id: string): Promise<ArticleRow | undefined>;
  rows(ids: readonly string[]): Promise<readonly ArticleRow[]>;
  versions(id: string): Promise<readonly ArticleVersion[]>;
  quantities(id: string): Promise<readonly Quantity[]>;
  quotes(id: string): Promise<readonly Quote[]>;
  events(id: string): Promise<readonly Event[]>;
  raw(sha256: string): Promise<RawPage | undefined>;
  /** Copies of an article and its originals. */
  copyLinks(
    id: string,
  ): Promise<{ readonly originals: readonly CopyLink[]; readonly copies: readonly CopyLink[] }>;
  /** True when the address was forgotten, or read already with these bytes. */
  seen(url: string, sha256?: string): Promise<"new" | "read" | "forgotten" | "refused">;

  latest(filter: ListFilter, page: Page): Promise<List<ArticleRow>>;
  /** Every article in order of id, for exports and re-coding; streams. */
  scan(filter: ListFilter): AsyncIterable<Reading>;
  search(query: SearchQuery, page: SearchPage): Promise<SearchAnswer>;
  refusals(page: Page): Promise<List<Refusal>>;

  story(id: string): Promise<Story | undefined>;
  /** Follows merges: the id under which a story lives now. */
  storyIdOf(id: string): Promise<StoryId | undefined>;
  stories(filter: StoryFilter, page: Page): Promise<List<StoryRow>>;
  /** Stories whose articles changed since their record was built. */
  staleStories(limit: number): Promise<readonly StoryId[]>;
  storyArticles(id: string): Promise<readonly ArticleRow[]>;
  incidents(filter: IncidentFilter, page: Page): Promise<List<Incident>>;

  coverage(filter: ListFilter): Promise<readonly CoverageCell[]>;
  /** Cells of whole days added up, most reports first; an article of two countries counts in both. */
  coverageTotals(filter: ListFilter, by: "country" | "language"): Promise<readonly CoverageTotal[]>;
  /** Articles a mention of the entity stands in, newest first. */
  entityArticles(key: string, page: Page): Promise<List<ArticleRow>>;
  /** With all its names and, of a person, the offices reports give it; both most frequent first. */
  entity(key: string): Promise<EntityRecord | undefined>;
  /** The key an entity is kept under now, for one that is known no more because it was joined or got a key of its own tables. */
  entityMoved(key: string): Promise<string | undefined>;
  /** Who bears these surnames (lower case, without marks) with a full name and is named within the span, most named first. */
  bearers(
    surnames: readonly string[],
    within: { readonly since: number; readonly until: number; readonly country?: string | undefined },
  ): Promise<ReadonlyMap<string, readonly Bearer[]>>;
  /** Entities most often named together with the filter, for actor lists. */
  entities(
    filter: ListFilter & { readonly type?: string | undefined; readonly q?: string | undefined },
    limit: number,
  ): Promise<readonly (Entity & { readonly articles: number })[]>;
  /** What an entity says, under any of these names, in the newest articles that name it; newest first, copies left out. */
  quotesOf(key: string, names: readonly string[], limit: number): Promise<readonly SaidIn[]>;

  outlets(): Promise<readonly Outlet[]>;
  outlet(id: string): Promise<Outlet | undefined>;
  putOutlets(outlets: readonly Outlet[]): Promise<void>;
  /** Whom an outlet copies and who copies it, with counts. */
  outletCopies(id: OutletId): Promise<{ readonly from: readonly Facet[]; readonly by: readonly Facet[] }>;

  sources(): Promise<readonly Source[]>;
  source(id: SourceId): Promise<Source | undefined>;
  putSource(source: Source): Promise<void>;
  removeSource(id: SourceId): Promise<void>;
  /** Active sources due at the moment, most overdue first. */
  dueSources(now: string, limit: number): Promise<readonly Source[]>;

  /** Articles to be read again, most overdue first, with how often they were read already. */
  dueRereads(
    now: string,
    limit: number,
  ): Promise<readonly { readonly id: ArticleId; readonly url: string; readonly reads: number }[]>;
  /** When an article is to be read again; without a time: never. */
  putReread(id: ArticleId, reads: number, due: string | undefined): Promise<void>;

  alerts(): Promise<readonly Alert[]>;
  putAlert(alert: Alert): Promise<void>;
  removeAlert(id: string): Promise<void>;
  addAlertMessages(messages: readonly AlertMessage[]): Promise<void>;
  alertMessages(alertId: string | undefined, page: Page): Promise<List<AlertMessage>>;

  decisions(target?: string): Promise<readonly Decision[]>;
  addDecision(decision: Decision): Promise<void>;

  changes(after: number, limit: number): Promise<readonly Change[]>;
  /** States of the copy index and story grouper of articles with sortTime not before `since`, oldest first. */
  savedStates(since: number): AsyncIterable<SavedState>;
  state(id: string): Promise<SavedState | undefined>;

  setting(key: string): Promise<unknown>;
  putSetting(key: string, value: unknown): Promise<void>;
  stats(): Promise<{
    readonly articles: number;
    readonly originals: number;
    readonly stories: number;
    readonly outlets: number;
    readonly sources: number;
    readonly refusals: number;
    readonly demo: number;
    readonly rawBytes: number;
    readonly first?: string | undefined;
    readonly last?: string | undefined;
  }>;
  close(): Promise<void>;
};
