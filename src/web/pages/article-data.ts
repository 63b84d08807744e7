/** What the page of an article is drawn from. */
import type {
  ArticleRow,
  ArticleVersion,
  CopyLink,
  Decision,
  Incident,
  Reading,
  Sentence,
  Span,
  Story,
} from "../../model/index.ts";
import type { StoryDecision } from "../../stories/hand.ts";
import type { Fact, newMarking } from "../ui/marked.tsx";

export type ArticleData = {
  readonly reading: Reading;
  readonly row: ArticleRow | undefined;
  readonly versions: readonly ArticleVersion[];
  readonly originals: readonly CopyLink[];
  readonly copies: readonly CopyLink[];
  readonly story: Story | undefined;
  readonly near: ReadonlyMap<string, ArticleRow>;
  readonly incidents: readonly Incident[];
  readonly facts: readonly Fact[];
  readonly passage: Span | undefined;
  readonly parsed: Sentence | undefined;
  /** Fact → the decision to accept or reject it. */
  readonly judged: ReadonlyMap<string, Decision>;
  /** How it came into its story by hand. */
  readonly moved: readonly StoryDecision[];
  readonly marking: ReturnType<typeof newMarking>;
};
