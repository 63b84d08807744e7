/** What every page is drawn with: who asks, in which edition, language and moment, and how links are made. */
import type { Edition } from "../model/index.ts";
import type { ListFilter, Store } from "../ports/index.ts";
import type { Assets } from "./assets.ts";
import type { Words } from "./i18n.ts";
import type { UiLanguage, WebOptions } from "./options.ts";

export type Theme = "auto" | "light" | "dark";
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export type Ctx = {
  readonly options: WebOptions;
  readonly store: Store;
  readonly now: number;
  readonly edition: Edition;
  readonly editions: readonly Edition[];
  readonly language: UiLanguage;
  readonly locale: string;
  readonly dir: "ltr" | "rtl";
  readonly zone: string;
  readonly t: Words;
  readonly assets: Assets;
  readonly theme: Theme;
  /** Path of the page without the edition's prefix. */
  readonly path: string;
  readonly search: URLSearchParams;
  readonly token: string;
  /** A filter that keeps to the countries and languages of the edition, and to what the user wants of the demo. */
  readonly filter: ListFilter;
  /** An address inside this edition. */
  href(path: string, query?: Query): string;
};

export const withQuery = (path: string, query: Query = {}): string => {
  const pairs = Object.entries(query).filter(([, v]) => v !== undefined && v !== "" && v !== false);
  if (pairs.length === 0) return path;
  const [bare = path, anchor] = path.split("#");
  const search = new URLSearchParams(pairs.map(([k, v]) => [k, v === true ? "1" : String(v)]));
  return `${bare}?${search}${anchor === undefined ? "" : `#${anchor}`}`;
};
