/**
 * A page of an outlet → addresses where its feeds probably are, best first, each with the reason.
 *
 * First what the page declares (link rel=alternate, RFC 5005 style), then links that look like feeds, then the places
 * that common systems use (WordPress, Drupal, Ghost, Blogger, Medium, YouTube, plain /rss), then sitemaps. Nothing is
 * fetched: the caller tries them in order. Leaves out pages built by scripts.
 */
import { Parser } from "htmlparser2";
import { isTooDeep, oneLine } from "./html-text.ts";
import { resolveWebUrl } from "./urls.ts";

export type FeedCandidate = {
  readonly url: string;
  readonly kind: "feed" | "sitemap";
  /** How it was found: the page declares it, links to it, or a system of this kind usually has it. */
  readonly basis: "declared" | "linked" | "usual-place";
  readonly title?: string;
  readonly type?: string;
};

const FEED_TYPES =
  /^(?:application|text)\/(?:rss|atom|rdf|feed)\+(?:xml|json)|^application\/(?:xml|json|rdf)\b|^text\/xml/i;
const FEED_ADDRESS =
  /(?:^|[/._-])(?:rss|atom|feeds?|rdf)(?:[/._-]|\d*\.(?:xml|json|rdf)|\d?$)|\.(?:rss|atom|rdf)$|[?&](?:feed|format|type)=(?:rss|atom)/i;
const NOT_A_FEED = /\.(?:html?|png|jpe?g|svg|gif|css|js|pdf)$|\/(?:oembed|wp-json)\b|\/comments\/feed/i;

/**
 * @example discoverFeeds('<link rel="alternate" type="application/rss+xml" href="/rss">', "https://gazette.example/")[0]?.url
 * // "https://gazette.example/rss"
 */
export function discoverFeeds(html: string, url: string): readonly FeedCandidate[] {
  const found = new Map<string, FeedCandidate>();
  const add = (address: string, base: string, candidate: Omit<FeedCandidate, "url">): void => {
    const absolute = resolveWebUrl(
      address.replace(/^feed:(?:\/\/)?/i, (all) =>
        /https?:/i.test(address) ? "" : all.replace(/feed:/i, "http:"),
      ),
      base,
    );
    if (absolute !== undefined && !found.has(absolute) && found.size < 200)
      found.set(absolute, { url: absolute, ...candidate });
  };
  const page = readPage(html.slice(0, 4 * 1024 * 1024), url);
  for (const link of page.links)
    if (link.declared) add(link.href, page.base, { kind: link.kind, basis: "declared", ...words(link) });
  for (const link of page.links) {
    if (link.declared || link.kind === "sitemap") continue;
    const absolute = resolveWebUrl(link.href, page.base);
    if (absolute === undefined || !FEED_ADDRESS.test(pathOf(absolute)) || NOT_A_FEED.test(pathOf(absolute)))
      continue;
    add(link.href, page.base, { kind: "feed", basis: "linked", ...words(link) });
  }
  for (const [path, kind] of usualPlaces(page.system, url)) add(path, url, { kind, basis: "usual-place" });
  return [...found.values()];
}

type Link = {
  readonly href: string;
  readonly declared: boolean;
  readonly kind: "feed" | "sitemap";
  readonly title: string;
  readonly type: string;
};
type System = "wordpress" | "drupal" | "ghost" | "blogger" | "youtube" | "joomla" | "unknown";

function words(link: Link): { title?: string; type?: string } {
  return {
    ...(link.title === "" ? {} : { title: link.title }),
    ...(link.type === "" ? {} : { type: link.type }),
  };
}

function readPage(html: string, url: string): { links: readonly Link[]; base: string; system: System } {
  const links: Link[] = [];
  let base = url;
  let system: System = systemOf(html);
  let anchor: { href: string; text: string } | undefined;
  const parser = new Parser({
    onopentag(name, attributes) {
      const {
        href = "",
        rel = "",
        type = "",
        title = "",
      } = attributes as Record<"href" | "rel" | "type" | "title", string | undefined>;
      if (name === "base" && href !== "") base = resolveWebUrl(href, url) ?? base;
      else if (name === "link" && href !== "") {
        const rels = rel.toLowerCase().split(/\s+/);
        if (rels.includes("sitemap")) links.push({ href, declared: true, kind: "sitemap", title, type });
        else if (
          (rels.includes("alternate") || rels.includes("feed")) &&
          (FEED_TYPES.test(type) || rels.includes("feed"))
        ) {
          const looksOther = /json\b/.test(type) && !/feed/i.test(`${type} ${href}`);
          if (!looksOther && !NOT_A_FEED.test(href))
            links.push({ href, declared: true, kind: "feed", title: oneLine(title), type });
        }
      } else if (name === "a" && href !== "") anchor = { href, text: title };
      else if (name === "meta" && attributes["name"]?.toLowerCase() === "generator" && system === "unknown")
        system = systemOf(attributes["content"] ?? "");
    },
    ontext(data) {
      if (anchor !== undefined && anchor.text.length < 200) anchor.text += data;
    },
    onclosetag(name) {
      if (name !== "a" || anchor === undefined) return;
      if (links.length < 20_000)
        links.push({
          href: anchor.href,
          declared: false,
          kind: "feed",
          title: oneLine(anchor.text),
          type: "",
        });
      anchor = undefined;
    },
  });
  if (!isTooDeep(html)) parser.end(html);
  return { links, base, system };
}

function systemOf(html: string): System {
  if (/\/wp-(?:content|includes|json)\/|wordpress/i.test(html)) return "wordpress";
  if (/blogger|blogspot/i.test(html)) return "blogger";
  if (/drupal/i.test(html)) return "drupal";
  if (/ghost-(?:sdk|portal)|generator" content="ghost/i.test(html)) return "ghost";
  if (/joomla/i.test(html)) return "joomla";
  return "unknown";
}

const PLACES: Readonly<Record<System, readonly string[]>> = {
  wordpress: ["/feed/", "/?feed=rss2", "/feed/atom/"],
  drupal: ["/rss.xml"],
  ghost: ["/rss/"],
  blogger: ["/feeds/posts/default"],
  joomla: ["/?format=feed&type=rss"],
  youtube: [],
  unknown: [],
};
const EVERYWHERE = [
  "/feed",
  "/rss",
  "/rss.xml",
  "/feed.xml",
  "/atom.xml",
  "/index.xml",
  "/feeds",
  "/rss/index.xml",
  "/feed.json",
];
const SITEMAPS: Readonly<Record<"wordpress" | "others", readonly string[]>> = {
  wordpress: ["/news-sitemap.xml", "/sitemap-news.xml", "/wp-sitemap.xml", "/sitemap_index.xml"],
  others: [
    "/news-sitemap.xml",
    "/sitemap-news.xml",
    "/sitemap_news.xml",
    "/sitemap.xml",
    "/sitemap_index.xml",
  ],
};

function usualPlaces(system: System, url: string): readonly (readonly [string, "feed" | "sitemap"])[] {
  const channel = /^https?:\/\/(?:www\.)?youtube\.com\/channel\/([\w-]+)/.exec(url)?.[1];
  if (channel !== undefined)
    return [[`https://www.youtube.com/feeds/videos.xml?channel_id=${channel}`, "feed"]];
  const feeds = [...PLACES[system], ...EVERYWHERE].map((path) => [path, "feed"] as const);
  const section = /^https?:\/\/[^/]+(\/[^?#]+?)\/?(?:[?#].*)?$/.exec(url)?.[1];
  const own =
    section === undefined || /\.\w{2,5}$/.test(section)
      ? []
      : [[`${section}/feed`, "feed"] as const, [`${section}/rss`, "feed"] as const];
  const sitemaps = SITEMAPS[system === "wordpress" ? "wordpress" : "others"].map(
    (path) => [path, "sitemap"] as const,
  );
  return [...own, ...feeds, ...sitemaps];
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
