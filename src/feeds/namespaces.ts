/**
 * Qualified names as feeds write them → short names with one prefix per vocabulary.
 *
 * Elements of RSS and Atom in all their versions come out without prefix, so that atom:link in an RSS channel and link
 * in an Atom feed are one name. A vocabulary is known by its namespace name, with or without the slashes and versions
 * people add; when the namespace is unknown or undeclared, the usual prefix is believed. Leaves out XML namespaces'
 * rule that an undeclared prefix is an error.
 */

const BY_NAMESPACE: Readonly<Record<string, string>> = {
  "www.w3.org/2005/atom": "",
  "purl.org/atom/ns": "",
  "purl.org/pie": "",
  "purl.org/echo": "",
  "uri/of/echo/namespace": "",
  "example.com/necho": "",
  "example.com/newformat": "",
  "purl.org/rss/1.0": "",
  "purl.org/net/rss1.1": "",
  "my.netscape.com/rdf/simple/0.9": "",
  "my.netscape.com/publish/formats/rss-0.91.dtd": "",
  "channel.netscape.com/rdf/simple/0.9": "",
  "backend.userland.com/rss": "",
  "backend.userland.com/rss2": "",
  "backend.userland.com/rss091": "",
  "blogs.law.harvard.edu/tech/rss": "",
  "cyber.law.harvard.edu/rss/rss.html": "",
  "www.rssboard.org/rss-specification": "",
  "purl.org/rss/1.0/modules/rss091": "",
  "www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
  "purl.org/dc/elements/1.1": "dc",
  "purl.org/dc/elements/1.0": "dc",
  "purl.org/rss/1.0/modules/dc": "dc",
  "purl.org/dc/terms": "dcterms",
  "purl.org/rss/1.0/modules/dcterms": "dcterms",
  "purl.org/rss/1.0/modules/content": "content",
  "purl.org/rss/1.0/modules/syndication": "sy",
  "purl.org/rss/1.0/modules/slash": "slash",
  "purl.org/syndication/thread/1.0": "thr",
  "purl.org/syndication/history/1.0": "fh",
  "search.yahoo.com/mrss": "media",
  "tools.search.yahoo.com/mrss": "media",
  "video.search.yahoo.com/mrss": "media",
  "www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
  "example.com/dtds/podcast-1.0.dtd": "itunes",
  "www.georss.org/georss": "georss",
  "www.georss.org": "georss",
  "www.opengis.net/gml": "gml",
  "www.opengis.net/gml/3.2": "gml",
  "www.w3.org/2003/01/geo/wgs84_pos": "geo",
  "www.w3.org/1999/xhtml": "xhtml",
  "www.w3.org/2000/svg": "svg",
  "www.w3.org/1998/math/mathml": "math",
  "www.w3.org/1999/xlink": "xlink",
  "rssnamespace.org/feedburner/ext/1.0": "feedburner",
  "prismstandard.org/namespaces/basic/2.0": "prism",
  "prismstandard.org/namespaces/1.2/basic": "prism",
  "www.google.com/schemas/sitemap-news/0.9": "news",
  "www.google.com/schemas/sitemap-video/1.1": "video",
  "www.google.com/schemas/sitemap-image/1.1": "image",
  "www.sitemaps.org/schemas/sitemap/0.9": "",
  "www.google.com/schemas/sitemap/0.84": "",
};
const USUAL_PREFIXES: ReadonlySet<string> = new Set(Object.values(BY_NAMESPACE));
const CORE_PREFIXES: ReadonlySet<string> = new Set(["atom", "atom10", "atom03", "a10", "rss", "xml"]);

/** Declarations in force at one element. Made anew only where an element declares something. */
export type Scope = {
  readonly prefixes: ReadonlyMap<string, string>;
  /** Short name by qualified name, filled as names are met. */
  readonly names: Map<string, string>;
};

export const ROOT_SCOPE: Scope = { prefixes: new Map(), names: new Map() };

export function declare(scope: Scope, attributes: Readonly<Record<string, string>>, isRoot: boolean): Scope {
  const prefixes = new Map(scope.prefixes);
  for (const [name, value] of Object.entries(attributes)) {
    if (name !== "xmlns" && !name.startsWith("xmlns:")) continue;
    const prefix = name.slice(6);
    const known = vocabulary(value);
    if (known !== undefined) prefixes.set(prefix, known);
    else if (prefix === "") prefixes.set("", isRoot ? "" : "?");
    else if (!USUAL_PREFIXES.has(prefix)) prefixes.set(prefix, "?");
  }
  return { prefixes, names: new Map() };
}

function vocabulary(namespace: string): string | undefined {
  const plain = namespace
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/[#/]+$/, "");
  if (plain === "") return "";
  return Object.hasOwn(BY_NAMESPACE, plain) ? BY_NAMESPACE[plain] : undefined;
}

/** The scope of a root element that is a feed's by its name though its namespace is unknown: its prefix is taken for RSS or Atom. */
export function adoptRoot(scope: Scope, qualified: string): Scope {
  const colon = qualified.indexOf(":");
  const prefix = colon < 0 ? "" : qualified.slice(0, colon);
  if (
    !/^(?:rss|feed|channel)$/.test(qualified.slice(colon + 1)) ||
    (scope.prefixes.get(prefix) ?? prefix) === ""
  )
    return scope;
  return { prefixes: new Map(scope.prefixes).set(prefix, ""), names: new Map() };
}

export function shortName(scope: Scope, qualified: string): string {
  const known = scope.names.get(qualified);
  if (known !== undefined) return known;
  const colon = qualified.indexOf(":");
  const prefix = colon < 0 ? "" : qualified.slice(0, colon);
  const local = colon < 0 ? qualified : qualified.slice(colon + 1);
  const bound = scope.prefixes.get(prefix) ?? (CORE_PREFIXES.has(prefix) ? "" : prefix);
  const name = bound === "" ? local : `${bound}:${local}`;
  if (scope.names.size < 4096) scope.names.set(qualified, name);
  return name;
}
