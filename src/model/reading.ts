/** What the chain makes of one page, and the rows lists are made of. */
import type { Article, ArticleVersion, Fate } from "./article.ts";
import type { CopyLink } from "./copy.ts";
import type { Event, Quantity, Quote } from "./facts.ts";
import type { Media } from "./feed.ts";
import type { Entity, EntityMention, TimeSpan } from "./index.ts";
import type { RawPage } from "./page.ts";
import type { ArticleId, DeclineReason, Note, OutletId, Span, StoryId } from "./span.ts";

/** Everything read from one article: a pure function of its bytes, the tables and the pipeline version. */
export type Reading = {
  readonly article: Article;
  /** Sentences of the text; tokens are made again from the text when they are asked for. */
  readonly sentences: readonly Span[];
  readonly entities: readonly Entity[];
  readonly mentions: readonly EntityMention[];
  readonly times: readonly TimeSpan[];
  readonly quantities: readonly Quantity[];
  readonly quotes: readonly Quote[];
  readonly events: readonly Event[];
  /** ISO 3166-1 alpha-3 codes the text is about, most weighty first; weights sum to 1. */
  readonly countries: readonly { readonly code: string; readonly weight: number }[];
  readonly notes: readonly Note[];
};

/** A reading with what was found out about it among the others: saved in one transaction or not at all. */
export type Filing = {
  readonly reading: Reading;
  readonly page?: RawPage | undefined;
  readonly storyId: StoryId;
  /** Links found. They replace all earlier links of every copy they name, which need not be this article. */
  readonly copies: readonly CopyLink[];
  /** Articles that were held to be copies and are so no longer: their links are dropped. */
  readonly freed?: readonly ArticleId[] | undefined;
  readonly version: ArticleVersion;
  /** Write the derived rows again although text and pipeline version are the same. */
  readonly replace?: boolean | undefined;
  /** Opaque states of the copy index and the story grouper for this article, for restoring after a restart. */
  readonly sketch: Uint8Array;
  readonly profile: Uint8Array;
};

export type Refusal = {
  readonly url: string;
  readonly at: string;
  readonly reason: DeclineReason;
  readonly detail: string;
  readonly rawSha256?: string | undefined;
};

/** An article as a line of a list. */
export type ArticleRow = {
  readonly id: ArticleId;
  readonly url: string;
  readonly outletId: OutletId;
  readonly outletName: string;
  readonly title: string;
  readonly summary?: string | undefined;
  readonly byline: readonly string[];
  /** Published as stated (ISO 8601 with its precision); absent when the page does not say. */
  readonly published?: string | undefined;
  readonly firstSeen: string;
  /** Milliseconds by which lists are sorted: published when stated to the day or finer, else first seen. */
  readonly sortTime: number;
  readonly language: string;
  readonly genre: Article["genre"];
  readonly section?: string | undefined;
  readonly countries: readonly string[];
  readonly storyId: StoryId;
  readonly copyOf?: ArticleId | undefined;
  /** Number of articles known as copies of this one. */
  readonly copies: number;
  readonly wireTags: Article["wireTags"];
  readonly image?: Media | undefined;
  readonly video?: Media | undefined;
  readonly quantities: number;
  /** Taken back by its outlet, or a copy of what was. */
  readonly withdrawn: boolean;
  /** What became of it since; absent when nothing is known. One of a kind. */
  readonly fates?: readonly Fate[] | undefined;
  readonly demo: boolean;
};
