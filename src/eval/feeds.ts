/**
 * Feeds read against a table of expectations → shares of cases that hold, by facet.
 *
 * A case passes when every assertion holds: a path into the normalised feed, a way to compare, a value. Core is every
 * facet but sanitize; real is the facet real-world. toScored() turns our record into the shape the paths speak of.
 * Leaves out reading files: the caller hands over cases and results.
 */
import type { FeedResult } from "../model/index.ts";

export type FeedAssertion = {
  readonly path: string;
  readonly cmp: string;
  readonly value: unknown;
  readonly alt?: readonly string[];
};
export type FeedCase = {
  readonly id: string;
  readonly file: string;
  readonly facet: string;
  readonly url: string;
  readonly contentType?: string | null;
  readonly contentLanguage?: string | null;
  /** Absent where the answers are kept elsewhere; such a case is not scored. */
  readonly assertions?: readonly FeedAssertion[];
};
export type FeedScores = {
  readonly core: number;
  readonly sanitize: number;
  readonly real: number;
  readonly byFacet: Readonly<Record<string, { readonly n: number; readonly pass: number }>>;
};

/** Our record in the shape of the expectations: feed and entries, with RSS-like names. */
export function toScored(result: FeedResult): Readonly<Record<string, unknown>> {
  if (!result.ok) return { feed: {}, entries: [] };
  const { feed } = result;
  return {
    feed: {
      id: feed.id,
      title: feed.title,
      description: feed.subtitle,
      link: feed.url,
      language: feed.language,
      updated: feed.updated,
      authors: feed.authors,
    },
    entries: feed.items.map((item) => ({
      id: item.guid,
      title: item.title,
      link: item.url,
      summary: item.summary,
      contentHtml: item.content,
      published: item.published,
      updated: item.updated,
      authors: item.authors.map((author) => ({ ...author, name: author.name ?? author.email })),
      categories: item.categories.flatMap(({ term, label }) =>
        label === undefined || label === term ? [term] : [term, label],
      ),
      enclosures: item.media.map((medium) => ({ url: medium.url, type: medium.type, length: medium.bytes })),
      media: item.media,
      source: item.source === undefined ? undefined : { title: item.source.title, link: item.source.url },
      geo: item.shape,
    })),
  };
}

/** Scores results by case id; a case without a result fails. */
export function scoreFeeds(cases: readonly FeedCase[], results: ReadonlyMap<string, unknown>): FeedScores {
  const byFacet: Record<string, { n: number; pass: number }> = {};
  for (const one of cases) {
    if (one.assertions === undefined) continue;
    byFacet[one.facet] ??= { n: 0, pass: 0 };
    const facet = byFacet[one.facet];
    if (facet === undefined) continue;
    facet.n++;
    if (failures(one, results.get(one.id)).length === 0) facet.pass++;
  }
  const share = (keep: (facet: string) => boolean): number => {
    const kept = Object.entries(byFacet).filter(([facet]) => keep(facet));
    const n = kept.reduce((sum, [, facet]) => sum + facet.n, 0);
    return n === 0 ? 0 : kept.reduce((sum, [, facet]) => sum + facet.pass, 0) / n;
  };
  return {
    core: share((facet) => facet !== "sanitize"),
    sanitize: share((facet) => facet === "sanitize"),
    real: share((facet) => facet === "real-world"),
    byFacet,
  };
}

/** The assertions of a case that do not hold. */
export function failures(one: FeedCase, result: unknown): readonly FeedAssertion[] {
  return (one.assertions ?? []).filter((assertion) => result === undefined || !holds(assertion, result, one));
}

function holds(assertion: FeedAssertion, result: unknown, one: FeedCase): boolean {
  return [assertion.path, ...(assertion.alt ?? [])].some((path) =>
    compare(assertion.cmp, valueAt(result, path), assertion.value, one),
  );
}

export function valueAt(value: unknown, path: string): unknown {
  let at = value;
  for (const key of path.split(/\.|\[(\d+)\]/)) {
    if (key === undefined || key === "") continue;
    if (at === null || at === undefined) return undefined;
    at = (at as Record<string, unknown>)[key]; // any value may be asked for a key here
  }
  return at;
}

function compare(cmp: string, got: unknown, want: unknown, one: FeedCase): boolean {
  const wanted = String(want);
  switch (cmp) {
    case "count":
      return Array.isArray(got) && got.length === want;
    case "json":
      return JSON.stringify(got) === JSON.stringify(want);
    case "str":
      return missing(got) ? false : show(got).trim() === wanted.trim();
    case "lang":
      return missing(got) ? false : tag(show(got)) === tag(wanted);
    case "url":
      return missing(got) ? false : sameUrl(show(got).trim(), wanted, one.url);
    case "date":
      return missing(got)
        ? false
        : (typeof got === "number" ? got : Date.parse(show(got))) === Date.parse(wanted);
    case "has":
      return Array.isArray(got) && got.some((item) => spaces(show(item)) === spaces(wanted));
    case "hasName":
      return (
        Array.isArray(got) &&
        got.some((item) => spaces(show(field(item, "name") ?? item)).includes(spaces(wanted)))
      );
    case "hasUrl":
      return (
        Array.isArray(got) &&
        got.some(
          (item) => show(field(item, "url") ?? item) === wanted || show(field(item, "thumbnail")) === wanted,
        )
      );
    case "text":
      return missing(got) ? want === "" : sameText(show(got), wanted);
    case "html":
      return missing(got) ? want === "" : sameHtml(show(got), wanted, one.facet === "sanitize");
    default:
      return false;
  }
}

function missing(value: unknown): boolean {
  return value === null || value === undefined;
}

function field(value: unknown, key: string): unknown {
  return missing(value) ? undefined : (value as Record<string, unknown>)[key]; // any value may be asked for a key here
}

function show(value: unknown): string {
  if (missing(value)) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function tag(text: string): string {
  return text.trim().toLowerCase().replace("_", "-");
}

function sameUrl(got: string, want: string, base: string): boolean {
  if (got === want) return true;
  return (
    URL.canParse(got, base) &&
    URL.canParse(want, base) &&
    new URL(got, base).href === new URL(want, base).href
  );
}

function sameText(got: string, want: string): boolean {
  return spaces(got) === spaces(want) || once(got) === once(want) || twice(got) === twice(want);
}

function sameHtml(got: string, want: string, strict: boolean): boolean {
  if (spaces(got) === spaces(want)) return true;
  const urls = JSON.stringify(urlsIn(got)) === JSON.stringify(urlsIn(want));
  if (!strict) return urls && (once(got) === once(want) || twice(got) === twice(want));
  return (
    urls &&
    once(got) === once(want) &&
    tagsIn(got) === tagsIn(want) &&
    !/\son\w+\s*=|javascript:|<script|<style/i.test(got)
  );
}

function spaces(text: string): string {
  return text.replace(/[\s\u00a0]+/g, " ").trim();
}

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
};

function references(text: string): string {
  return text.replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (all, name: string) => {
    if (!name.startsWith("#")) return NAMED[name.toLowerCase()] ?? all;
    const hex = name[1] === "x" || name[1] === "X";
    const code = hex ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return String.fromCodePoint(Math.min(0x10ffff, code) || 0xfffd);
  });
}

function withoutTags(text: string): string {
  return text.replace(/<!--[\s\S]*?-->/g, "").replace(/<\/?[a-zA-Z][^>]*>/g, " ");
}

function once(text: string): string {
  return spaces(references(withoutTags(text)));
}

function twice(text: string): string {
  return spaces(withoutTags(references(references(text)))).replace(/\s+(?=[.,;:!?])/g, "");
}

function urlsIn(text: string): readonly string[] {
  const found = text.matchAll(/\b(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/gi);
  return [...found].map((match) => references(match[1] ?? match[2] ?? match[3] ?? ""));
}

function tagsIn(text: string): string {
  return [...text.matchAll(/<([a-zA-Z][\w:-]*)/g)]
    .map((match) => (match[1] ?? "").toLowerCase())
    .sort()
    .join(" ");
}
