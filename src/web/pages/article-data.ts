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
} from "../../model/index.ts";
import type { Fact, newMarking } from "../ui/marked.tsx";

export type ArticleData = {
  readonly reading: Reading;
  readonly row: ArticleRow | undefined;
  readonly versions: readonly ArticleVersion[];
  readonly originals: readonly CopyLink[];
  readonly copies: readonly CopyLink[];
  readonly near: ReadonlyMap<string, ArticleRow>;
  readonly incidents: readonly Incident[];
  readonly facts: readonly Fact[];
  readonly passage: Span | undefined;
  readonly parsed: Sentence | undefined;
  readonly decisions: readonly Decision[];
  readonly marking: ReturnType<typeof newMarking>;
};
