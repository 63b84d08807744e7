/** Reads the tables of data/ and the weights of models/ from the installation's own folder. The only place that knows where they lie. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type ArticleWeights, readArticleWeights } from "../article/index.ts";
import { type CorefModel, loadCoref } from "../entities/coref.ts";
import { createGazetteer, type Gazetteer } from "../entities/gazetteer.ts";
import type { EntityTools } from "../entities/read.ts";
import { loadTagger } from "../entities/tagger.ts";
import { loadWordClasses } from "../entities/word-classes.ts";
import { type EventPatterns, readPatterns } from "../events/patterns.ts";
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

const entityTools = new Map<string, EntityTools>();
/** Tools for a language; without a learnt tagger only the gazetteers speak. */
export function loadEntityTools(language: string): EntityTools {
  const known = entityTools.get(language);
  if (known) return known;
  const names = loadGazetteer();
  const learnt = hasTable(`models/${language}/entities.bin`);
  const classes =
    learnt && hasTable(`models/${language}/word-classes.bin`)
      ? loadWordClasses(tableBytes(`models/${language}/word-classes.bin`))
      : undefined;
  const tools: EntityTools = {
    gazetteer: names,
    tables: { classes, gazetteer: (forms) => names.bits(forms) },
    tagger: learnt ? loadTagger(tableBytes(`models/${language}/entities.bin`)) : undefined,
  };
  entityTools.set(language, tools);
  return tools;
}

const corefModels = new Map<string, CorefModel | undefined>();
export function loadCorefModel(language: string): CorefModel | undefined {
  if (!corefModels.has(language)) {
    const file = `models/${language}/coref.bin`;
    corefModels.set(language, hasTable(file) ? loadCoref(tableBytes(file)) : undefined);
  }
  return corefModels.get(language);
}

let weights: ArticleWeights | undefined;
export function loadArticleWeights(): ArticleWeights {
  weights ??= readArticleWeights(JSON.parse(tableText("data/article/weights.json")));
  return weights;
}

const parsers = new Map<string, SyntaxParser | undefined>();
/** Undefined when there are no weights for the language. */
export function loadParser(language: string): SyntaxParser | undefined {
  if (!parsers.has(language)) {
    const file = `models/${language}/syntax.bin`;
    parsers.set(language, hasTable(file) ? createParser(loadModel(tableBytes(file))) : undefined);
  }
  return parsers.get(language);
}

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

const backgrounds = new Map<string, Background | undefined>();
/** How common words are in news of a language; undefined when there is no table. */
export function loadBackground(language: string): Background | undefined {
  if (!backgrounds.has(language)) {
    const file = `data/background/${language}.tsv`;
    backgrounds.set(language, hasTable(file) ? createBackground(tableText(file)) : undefined);
  }
  return backgrounds.get(language);
}

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
