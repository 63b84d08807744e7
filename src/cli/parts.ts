/** What main.ts hands to the commands: every choice of adapter is made there, none here. */
import type { ArticleWeights } from "../article/index.ts";
import type { CorefModel } from "../entities/coref.ts";
import type { EntityTools } from "../entities/read.ts";
import type { Outlet } from "../model/index.ts";
import type { ReadTools } from "../pipeline/read-page.ts";
import type { Clock, Fetcher, Store } from "../ports/index.ts";
import type { SyntaxParser } from "../syntax/index.ts";

export type Parts = {
  readonly version: string;
  readonly clock: Clock;
  /** The data folder: --data, else $DATELINE_DATA, else the XDG data home. */
  dataDir(option?: string): string;
  openStore(dataDir: string): Promise<Store>;
  articleWeights(): ArticleWeights;
  /** Everything the chain needs; outlets of the archive come on top of the tables'. */
  readTools(outlets: readonly Outlet[]): ReadTools;
  /** Undefined when models/ holds no weights for the language. */
  parser(language: string): SyntaxParser | undefined;
  corefModel(language: string): CorefModel | undefined;
  entityTools(language: string): EntityTools;
  openFetcher(options: { readonly allowPrivate: boolean }): Fetcher;
};
