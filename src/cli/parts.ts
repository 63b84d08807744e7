/** What main.ts hands to the commands: every choice of adapter is made there, none here. */
import type { Hand } from "../app/hand.ts";
import type { addFeeds } from "../app/sources.ts";
import type { Tools } from "../app/tools.ts";
import type { ArticleWeights } from "../article/index.ts";
import type { CorefModel } from "../entities/coref.ts";
import type { EntityTools } from "../entities/read.ts";
import type { Outlet } from "../model/index.ts";
import type { ReadTools } from "../pipeline/read-page.ts";
import type { Clock, Fetcher, Files, Mailer, Store } from "../ports/index.ts";
import type { Background } from "../stories/background.ts";
import type { SyntaxParser } from "../syntax/index.ts";

export type ServeOptions = {
  readonly host: string;
  readonly port: number;
  readonly password?: string | undefined;
  /** Shown on the settings page. */
  readonly facts: Readonly<Record<string, string>>;
  readonly fetcher: Fetcher;
  /** Decisions on stories and facts, with the living grouper behind them. */
  readonly hand: Hand;
  /** Answers requests of hubs; undefined for all others. */
  readonly hub?: ((request: Request) => Promise<Response | undefined>) | undefined;
};

export type Parts = {
  readonly version: string;
  readonly clock: Clock;
  /** The data folder: --data, else $DATELINE_DATA, else the XDG data home. */
  dataDir(option?: string): string;
  openStore(dataDir: string): Promise<Store>;
  /** What is wrong with an archive that is not open, in words; nothing means whole. */
  checkArchive(dataDir: string): readonly string[];
  articleWeights(): ArticleWeights;
  /** Everything the chain needs; outlets of the archive come on top of the tables'. */
  readTools(outlets: readonly Outlet[]): ReadTools;
  /** Undefined when models/ holds no weights for the language. */
  parser(language: string): SyntaxParser | undefined;
  corefModel(language: string): CorefModel | undefined;
  entityTools(language: string): EntityTools;
  readonly files: Files;
  /** The chain with the indexes of an archive; what earlier processes knew is restored before the first page. */
  openTools(store: Store): Promise<Tools>;
  background(language: string): Background | undefined;
  /** Serves the site; rejects when the port is taken. */
  serve(store: Store, options: ServeOptions): Promise<{ readonly url: string; close(): Promise<void> }>;
  /** Folder of the demonstration archive. */
  readonly demoFolder: string;
  /** The list of public feeds to begin with. */
  starterFeeds(): Parameters<typeof addFeeds>[1];
  /** Letters of alerts; undefined when no mail server is named ($DATELINE_SMTP). */
  readonly mailer?: Mailer | undefined;
  openFetcher(options: { readonly allowPrivate: boolean }): Fetcher;
};
