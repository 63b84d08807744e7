/** What the web pages need from outside: a store, a clock, words and tables. Nothing here listens on a port. */
import type { Hand } from "../app/hand.ts";
import type { Alert, Edition, Sentence, Source } from "../model/index.ts";
import type { Store } from "../ports/index.ts";

/** A catalogue of the interface: flat keys; a value is a string or its plural forms by Intl.PluralRules. */
export type Catalogue = Readonly<Record<string, string | Readonly<Record<string, string>>>>;
export type UiLanguage = Edition["language"];

/** The user's acts that reach beyond the store. An act that is missing hides its form. */
export type Actions = {
  /** Adds a source by address; answers in words what was found. Must check the address itself. */
  readonly addSource?: (url: string) => Promise<{ readonly ok: boolean; readonly detail: string }>;
  /** Sends a trial of an alert by letter and webhook; answers what became of it on each way. */
  readonly tryAlert?: (
    alert: Alert,
  ) => Promise<readonly { readonly to: string; readonly error?: string | undefined }[]>;
  /** Visits a source now. */
  readonly checkSource?: (source: Source) => Promise<{ readonly ok: boolean; readonly detail: string }>;
};

export type WebOptions = {
  readonly store: Store;
  readonly clock: { now(): number };
  /** The first edition is served at `/`, every edition also at `/e/ID/`. */
  readonly editions: readonly [Edition, ...Edition[]];
  /** Catalogues by language; English is the fallback for a missing key. */
  readonly catalogues: Readonly<Partial<Record<UiLanguage, Catalogue>>>;
  readonly version: string;
  /** Text of docs/benchmarks.md for the page about the edition; absent when not measured. */
  readonly benchmarks?: string | undefined;
  /** Parses one sentence for the drawing of its dependencies; absent when no model is loaded. */
  readonly parseSentence?:
    | ((text: string, language: string) => Promise<Sentence | undefined> | Sentence | undefined)
    | undefined;
  readonly actions?: Actions | undefined;
  /** False when no mail server is configured: the form of alerts says so. */
  readonly mail?: boolean | undefined;
  /** Decisions on stories and facts; absent: they are kept, and stories are built again by whoever has the chain. */
  readonly hand?: Hand | undefined;
  /** Facts of this installation shown on the settings page: data folder, port, model versions. */
  readonly facts?: Readonly<Record<string, string>> | undefined;
  /** Hosts the site answers to, against DNS rebinding; absent: loopback names only. `*` answers to all. */
  readonly hosts?: readonly string[] | undefined;
  /** With a password every page asks for it (HTTP Basic); needed when bound to another address. */
  readonly password?: string | undefined;
  /** Secret from which form tokens are made; absent: made anew at each start. */
  readonly secret?: string | undefined;
  /** Called with what a handler threw, before the error page is shown. */
  readonly onError?: ((error: unknown, path: string) => void) | undefined;
};
