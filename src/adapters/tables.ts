/** Reads the tables of data/ and the weights of models/ from the installation's own folder. The only place that knows where they lie. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type ArticleWeights, readArticleWeights } from "../article/index.ts";
import { type CorefModel, loadCoref } from "../entities/coref.ts";
import { createGazetteer, type Gazetteer } from "../entities/gazetteer.ts";
import { createNameRules } from "../entities/name-rules.ts";
import { readNameWords } from "../entities/name-words.ts";
import type { EntityTools } from "../entities/read.ts";
import { createNameTagger, loadTagger } from "../entities/tagger.ts";
import { loadWordClasses } from "../entities/word-classes.ts";
import { type EventPatterns, readPatterns } from "../events/patterns.ts";
import { nameLists } from "../lang/name-lists.ts";
import { Edition, type Outlet } from "../model/index.ts";
import type { ReadTools } from "../pipeline/read-page.ts";
import { type Background, createBackground } from "../stories/background.ts";
import { createParser, loadModel, type SyntaxParser } from "../syntax/index.ts";

/** The installation: the folder that holds package.json, both from src/ and from dist/. */
export const installation = new URL("../../", import.meta.url);

export const tableText = (path: string): string => readFileSync(new URL(path, installation), "utf8");
export const tableBytes = (path: string): Uint8Array => readFileSync(new URL(path, installation));
export const tablePath = (path: string): string => fileURLToPath(new URL(path, installation));
export const hasTable = (path: string): boolean => existsSync(new URL(path, installation));

let gazetteer: Gazetteer | undefined;
export function loadGazetteer(): Gazetteer {
  gazetteer ??= createGazetteer({
    countries: tableText("data/actors/countries.json"),
    cities: tableText("data/places/cities.tsv"),
    aliases: tableText("data/places/aliases.tsv"),
    admin1: tableText("data/places/admin1.tsv"),
    bodies: tableText("data/actors/bodies.tsv"),
    offices: tableText("data/actors/offices.tsv"),
  });
  return gazetteer;
}

/** Loads once for each language. */
function perLanguage<T>(load: (language: string) => T): (language: string) => T {
  const loaded = new Map<string, T>();
  return (language) => {
    const known = loaded.get(language);
    // Undefined is an answer too: there is no such file.
    if (known !== undefined || loaded.has(language)) return known as T;
    const made = load(language);
    loaded.set(language, made);
    return made;
  };
}

/** What a file holds, or undefined when the installation has none of it. */
const ifThere = <T>(file: string, read: (bytes: Uint8Array) => T): T | undefined =>
  hasTable(file) ? read(tableBytes(file)) : undefined;

/** Tools for a language; without a learnt tagger only the gazetteers speak. */
export const loadEntityTools = perLanguage((language): EntityTools => {
  const names = loadGazetteer();
  const model = ifThere(`models/${language}/entities.bin`, loadTagger);
  const classes = ifThere(`models/${language}/word-classes.bin`, loadWordClasses);
  const tables = {
    classes,
    gazetteer: (forms: readonly string[]) => names.bits(forms),
    names: ifThere(`data/names/${language}.tsv`, (bytes) => readNameWords(new TextDecoder().decode(bytes))),
  };
  const lists = nameLists(language);
  const tagger = model
    ? createNameTagger(model, tables, () => loadParser(language)?.network)
    : lists &&
      createNameRules(lists, (form) =>
        names.match([form]).some((m) => m.entries.some((e) => e.kind === "country")),
      );
  return { gazetteer: names, tables, tagger };
});

export const loadCorefModel = perLanguage((language): CorefModel | undefined =>
  ifThere(`models/${language}/coref.bin`, loadCoref),
);

let weights: ArticleWeights | undefined;
export function loadArticleWeights(): ArticleWeights {
  weights ??= readArticleWeights(JSON.parse(tableText("data/article/weights.json")));
  return weights;
}

/** Undefined when there are no weights for the language. */
export const loadParser = perLanguage((language): SyntaxParser | undefined =>
  ifThere(`models/${language}/syntax.bin`, (bytes) => createParser(loadModel(bytes))),
);

let outlets: readonly Outlet[] | undefined;
/** The outlets of the tables: real ones and the invented ones of the demonstration archive. */
export function loadOutlets(): readonly Outlet[] {
  outlets ??= ["data/outlets/outlets.json", "data/demo/outlets.json"].flatMap((file): Outlet[] =>
    JSON.parse(tableText(file)),
  );
  return outlets;
}

let eventPatterns: EventPatterns | undefined;
export function loadEventPatterns(): EventPatterns {
  eventPatterns ??= readPatterns(
    JSON.parse(tableText("data/plover/verbs.json")),
    JSON.parse(tableText("data/plover/nouns.json")),
  );
  return eventPatterns;
}

export function loadReadTools(more: readonly Outlet[]): ReadTools {
  const known = new Set(more.map((o) => o.id));
  return {
    articleWeights: loadArticleWeights(),
    // What the user has edited wins over the table.
    outlets: [...more, ...loadOutlets().filter((o) => !known.has(o.id))],
    parser: loadParser,
    entityTools: loadEntityTools,
    corefModel: loadCorefModel,
    eventPatterns: loadEventPatterns(),
  };
}

/** How common words are in news of a language; undefined when there is no table. */
export const loadBackground = perLanguage((language): Background | undefined =>
  ifThere(`data/background/${language}.tsv`, (bytes) => createBackground(new TextDecoder().decode(bytes))),
);

export type Site = {
  readonly editions: readonly [Edition, ...Edition[]];
  readonly catalogues: Readonly<
    Record<string, Readonly<Record<string, string | Readonly<Record<string, string>>>>>
  >;
  readonly benchmarks: string | undefined;
};

/** Editions (the one named `default` first), catalogues of the interface, and the page of our own error rates. */
export function loadSite(): Site {
  const folder = (name: string) =>
    readdirSync(new URL(name, installation))
      .filter((f) => f.endsWith(".json"))
      .sort();
  const editions = folder("data/editions/")
    .map((f) => Edition.parse(JSON.parse(tableText(`data/editions/${f}`))))
    .sort((a, b) => Number(b.id === "default") - Number(a.id === "default"));
  const [first, ...rest] = editions;
  if (!first) throw new Error("data/editions holds no edition; reinstall Dateline");
  return {
    editions: [first, ...rest],
    catalogues: Object.fromEntries(
      folder("data/i18n/").map((f) => [f.replace(".json", ""), JSON.parse(tableText(`data/i18n/${f}`))]),
    ),
    benchmarks: hasTable("docs/benchmarks.md") ? tableText("docs/benchmarks.md") : undefined,
  };
}

/** Public feeds to begin with: address and name. */
export function loadStarterFeeds(): { readonly url: string; readonly title: string }[] {
  const rows: readonly { readonly feed: string; readonly name: string }[] = JSON.parse(
    tableText("data/outlets/starter.json"),
  );
  return rows.map((r) => ({ url: r.feed, title: r.name }));
}
