/** What the applications ask of the chain. main.ts composes it from pipeline, copies and stories; tests put in something small. */
import type {
  ArticleRow,
  CopyLink,
  Decision,
  Incident,
  Outlet,
  RawPage,
  Reading,
  Story,
  StoryId,
} from "../model/index.ts";
import type { ReadHints, ReadResult } from "../pipeline/read-page.ts";
import type { SavedState } from "../ports/index.ts";
import type { Holdings } from "../stories/hand.ts";
import type { Bearer, Join } from "../stories/persons.ts";

export type { ReadHints, ReadResult };

export type Linked = {
  readonly sketch: Uint8Array;
  /** They replace all earlier links of every copy they name. */
  readonly links: readonly CopyLink[];
  readonly freed: readonly string[];
};

/** As `createStoryGrouper` answers; ids are those of stories and articles. */
export type Grouped = {
  readonly storyId: string;
  readonly profile: Uint8Array;
  /** Articles that turned out to belong elsewhere. */
  readonly moved: readonly {
    readonly articleId: string;
    readonly from: string;
    readonly to: string;
    readonly reason: string;
  }[];
  /** Stories that turned out to be one: the first goes into the second. */
  readonly merged: readonly { readonly from: string; readonly to: string; readonly reason: string }[];
};

export type StoryInput = {
  readonly id: StoryId;
  /** Oldest first. */
  readonly readings: readonly Reading[];
  readonly rows: readonly ArticleRow[];
  readonly links: readonly CopyLink[];
  readonly outlets: readonly Outlet[];
  /** ISO 8601. */
  readonly now: string;
  /** How active its outlets are at an hour, 1 being usual. */
  readonly activity?: ((hourStartMs: number) => number) | undefined;
  /** What people decided about its facts. */
  readonly decisions?: readonly Decision[] | undefined;
  /** Who bears a surname in the archive, within the span of the story. */
  readonly bearers?: ((surname: string) => readonly Bearer[]) | undefined;
};

export type Tools = {
  /** Version that stands on every row. */
  readonly pipeline: string;
  /** One page, on its own: pure. May run on another thread. */
  read(page: RawPage, hints?: ReadHints): ReadResult | Promise<ReadResult>;
  /** Pages that may be read at the same time; 1 without a pool. */
  readonly parallel?: number | undefined;
  /** Adds a reading to the index of copies; in order of arrival. */
  link(reading: Reading): Linked;
  /** Adds a reading to the stories; after `link`. */
  group(reading: Reading, links: readonly CopyLink[]): Grouped;
  /** Clusters afresh what is in doubt; when a batch is done. */
  settle?(): Pick<Grouped, "moved" | "merged">;
  /** What people hold by hand, in place of what they held before; and reports put somewhere without being held. */
  hold?(holdings: Holdings): void;
  assign?(ids: readonly string[], storyId: string): void;
  /** Puts back what an earlier process knew of an article; in order of time, before anything is added. */
  restore(state: SavedState): void;
  /** Undefined while stories are not built (then only their lines are shown). */
  buildStory?(input: StoryInput): {
    readonly story: Story;
    readonly incidents: readonly Incident[];
    /** Persons joined across articles; absent: none. */
    readonly joins?: readonly Join[] | undefined;
  };
};
