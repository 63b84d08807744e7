/**
 * RSS, RDF, Atom or CDF as XML in pieces → a feed of drafts turned into records, in one pass.
 *
 * Each element knows by its ancestors which draft it speaks of: the feed, an entry, the source of an entry, or nothing
 * we keep (textInput, cloud). Leaves out ordering by rdf:Seq: items come as they stand.
 */
import type { Feed, FeedItem, Note } from "../model/index.ts";
import { plainText } from "./content.ts";
import { authorsOf, type Draft, finishEntry, languageTag, linkOf, newDraft, titleOf } from "./draft.ts";
import { HANDLERS, MARKUP, setDate } from "./elements.ts";
import { oneLine } from "./html-text.ts";
import { type MediaDraft, mediaFromAttributes } from "./media.ts";
import { resolveId, resolveUrl } from "./urls.ts";
import { walkXml, type XmlContent, type XmlElement } from "./xml-walk.ts";

export type XmlFeed = {
  readonly feed: Feed;
  readonly notes: readonly Note[];
  /** Whether the document was a feed at all. */
  readonly isFeed: boolean;
  readonly root: string | undefined;
};

const ROOTS: Readonly<Record<string, Feed["format"]>> = {
  rss: "rss",
  "rdf:rdf": "rdf",
  rdf: "rdf",
  feed: "atom",
  entry: "atom",
  channel: "rss",
  redirect: "unknown",
};
const ENTRIES: ReadonlySet<string> = new Set(["item", "entry"]);
/** Elements that are about something else: their titles and links must not reach the channel. */
const APART: ReadonlySet<string> = new Set([
  "textinput",
  "cloud",
  "contributor",
  "webmaster",
  "itunes:owner",
]);
const MAX_ITEMS = 200_000;

type Person = { name?: string; email?: string; url?: string };
type Place =
  | { readonly to: "draft"; readonly draft: Draft }
  | { readonly to: "person"; readonly draft: Draft; readonly person: Person }
  | { readonly to: "image"; readonly draft: Draft; readonly image: MediaDraft }
  | {
      readonly to: "media";
      readonly draft: Draft;
      readonly media: MediaDraft;
      readonly group: MediaDraft | undefined;
    }
  | { readonly to: "nothing" };

export function readXmlFeed(
  pieces: Iterable<string>,
  options: {
    readonly base: string;
    readonly language?: string | undefined;
    readonly onItem?: (item: FeedItem) => void;
  },
): XmlFeed {
  const feed = newDraft("feed", options.base);
  const items: FeedItem[] = [];
  const codes = new Map<string, { count: number; first: string }>();
  const places: Place[] = [{ to: "draft", draft: feed }];
  let format: Feed["format"] = "unknown";
  let version: string | undefined;
  let isFeed = false;
  let isAtom = false;
  let count = 0;

  const note = (code: string, detail: string): void => {
    const before = codes.get(code);
    if (before === undefined) codes.set(code, { count: 1, first: detail });
    else before.count++;
  };
  const add = (item: FeedItem): void => {
    count++;
    if (options.onItem !== undefined) options.onItem(item);
    else if (items.length < MAX_ITEMS) items.push(item);
    else note("too-many-items", `more than ${MAX_ITEMS} items`);
  };

  const end = walkXml(pieces, options.base, {
    // A feed service hands out feeds of other sites: their relative addresses are relative to the site.
    baseOf: (name) => (name === "item" && !isAtom ? siteOf(feed.link?.value, options.base) : undefined),
    isMarkup: (element) => MARKUP.has(element.name) && places.at(-1)?.to !== "nothing",
    open(element) {
      const outer = places.at(-1) ?? { to: "nothing" };
      if (element.parent === undefined) {
        const root =
          element.name.includes(":") && element.name !== "rdf:rdf"
            ? element.name.slice(element.name.indexOf(":") + 1)
            : element.name;
        format = Object.hasOwn(ROOTS, root) ? (ROOTS[root] ?? "unknown") : "unknown";
        isFeed = format !== "unknown";
        isAtom = format === "atom";
        version = element.attributes["version"];
        if (root === "channel" && isCdf(element)) format = "cdf";
        if (root === "feed") openDraft(feed, element);
      }
      places.push(placeOf(element, outer));
    },
    close(element, content) {
      const place = places.pop() ?? { to: "nothing" };
      const outer = places.at(-1) ?? { to: "nothing" };
      closeElement(element, content, place, outer);
    },
  });

  function placeOf(element: XmlElement, outer: Place): Place {
    const { name, attributes, base } = element;
    if (outer.to === "nothing" || APART.has(name)) return { to: "nothing" };
    if (outer.to === "media") {
      if (name !== "media:content") return outer;
      return {
        to: "media",
        draft: outer.draft,
        media: mediaFromAttributes(attributes, base),
        group: outer.media,
      };
    }
    if (outer.to !== "draft") return outer;
    const { draft } = outer;
    if (ENTRIES.has(name) && draft.kind === "feed") {
      const entry = newDraft("entry", base);
      openDraft(entry, element);
      return { to: "draft", draft: entry };
    }
    if (name === "channel") openDraft(draft, element);
    if (name === "source" && draft.kind === "entry" && attributes["url"] === undefined)
      return { to: "draft", draft: newDraft("source", base) };
    if (name === "author") return { to: "person", draft, person: {} };
    if (name === "image" || name === "rss:image")
      return { to: "image", draft, image: { url: resolveUrl(attributes["rdf:resource"] ?? "", base) } };
    if (name === "media:content")
      return { to: "media", draft, media: mediaFromAttributes(attributes, base), group: undefined };
    if (name === "media:group") return { to: "media", draft, media: { renditions: [] }, group: undefined };
    return outer;
  }

  /** Attributes of a channel, feed or entry that are fields: rdf:about, xml:lang, and those of CDF. */
  function openDraft(draft: Draft, element: XmlElement): void {
    const { attributes, base, language } = element;
    draft.base = base;
    const about = attributes["rdf:about"] ?? attributes["about"];
    if (about !== undefined) draft.about = about.trim();
    draft.language ??= draft.kind === "feed" ? language : element.attributes["xml:lang"];
    const href = resolveUrl(attributes["href"] ?? "", base);
    if (href !== undefined) draft.link ??= { value: href, rank: 1 };
    const modified = attributes["lastmod"];
    if (modified !== undefined)
      setDate(
        { draft, element, content: { text: "", markup: undefined }, isAtom, note },
        "updated",
        modified,
      );
  }

  function closeElement(element: XmlElement, content: XmlContent, place: Place, outer: Place): void {
    const { name } = element;
    const starts = place !== outer;
    if (place.to === "nothing") return;
    if (place.to === "person") closePerson(element, content, place, starts);
    else if (place.to === "image") closeImage(element, content, place, starts);
    else if (place.to === "media") closeMedia(element, content, place, starts);
    else if (starts && place.draft.kind === "entry") add(finishEntry(place.draft));
    else if (starts && place.draft.kind === "source") {
      if (outer.to === "draft") closeSource(outer.draft, place.draft, content);
    } else {
      const handler = Object.hasOwn(HANDLERS, name) ? HANDLERS[name] : undefined;
      handler?.({ draft: place.draft, element, content, isAtom: isAtom || isAtomElement(element), note });
    }
  }

  function closePerson(
    element: XmlElement,
    content: XmlContent,
    place: Place & { to: "person" },
    starts: boolean,
  ): void {
    const value = oneLine(content.text);
    if (!starts) {
      if (element.name === "name" && value !== "") place.person.name = value;
      else if (element.name === "email" && value !== "") place.person.email = value.replace(/^mailto:/i, "");
      else if (element.name === "uri" || element.name === "url" || element.name === "homepage") {
        const address = resolveUrl(value, element.base);
        if (address !== undefined) place.person.url = address;
      }
      return;
    }
    if (Object.keys(place.person).length > 0) place.draft.authors.push({ value: place.person, rank: 0 });
    else HANDLERS["author"]?.({ draft: place.draft, element, content, isAtom, note });
  }

  function closeImage(
    element: XmlElement,
    content: XmlContent,
    place: Place & { to: "image" },
    starts: boolean,
  ): void {
    const { image, draft } = place;
    if (!starts) {
      if (element.name === "url") image.url = resolveUrl(content.text, element.base) ?? image.url;
      return;
    }
    image.url ??=
      resolveUrl(content.text, element.base) ?? resolveUrl(element.attributes["href"] ?? "", element.base);
    if (image.url === undefined) return;
    if (draft.kind === "feed") draft.image ??= image.url;
    else draft.thumbnails.push({ url: image.url, medium: "image" });
  }

  function closeMedia(
    element: XmlElement,
    content: XmlContent,
    place: Place & { to: "media" },
    starts: boolean,
  ): void {
    const { media, draft } = place;
    if (starts) {
      if (place.group?.renditions !== undefined) place.group.renditions.push(media);
      else if (draft.media.length < 200) draft.media.push(media);
      return;
    }
    const { attributes, base } = element;
    if (element.name === "media:thumbnail") media.thumbnail ??= resolveUrl(attributes["url"] ?? "", base);
    else if (element.name === "media:player") media.player ??= resolveUrl(attributes["url"] ?? "", base);
    else if (element.name === "media:credit") media.credit ??= content.text;
    else if (element.name === "media:title") {
      media.title ??= content.text;
      HANDLERS[element.name]?.({ draft, element, content, isAtom, note });
    } else if (element.name === "media:description") {
      media.caption ??= content.text;
      HANDLERS[element.name]?.({ draft, element, content, isAtom, note });
    } else if (element.name === "media:category" || element.name === "media:keywords")
      HANDLERS[element.name]?.({ draft, element, content, isAtom, note });
  }

  if (end.truncated) note("truncated", "the document ends before its last element is closed");
  if (end.tooDeep) note("too-deep", "elements nest too deep; reading stopped there");
  const notes = [...codes].map(([code, { count, first }]) => ({
    stage: "feeds",
    code,
    detail: count === 1 ? first : `${first} (${count} times)`,
  }));
  return {
    feed: finishFeed(feed, items, format, version, options.language),
    notes,
    isFeed: isFeed || count > 0,
    root: end.root,
  };
}

function siteOf(link: string | undefined, feedUrl: string): string | undefined {
  const host = (url: string): string =>
    /^https?:\/\/(?:www\.)?([^/?#]+)/i.exec(url)?.[1]?.toLowerCase() ?? "";
  return link !== undefined && host(link) !== "" && host(link) !== host(feedUrl) ? link : undefined;
}

function isCdf(element: XmlElement): boolean {
  return ["href", "base", "lastmod", "lastmodified"].some((name) => element.attributes[name] !== undefined);
}

function isAtomElement(element: XmlElement): boolean {
  // An Atom element inside RSS says what it holds by its type attribute.
  return element.attributes["type"] !== undefined && MARKUP.has(element.name);
}

function closeSource(entry: Draft, source: Draft, content: XmlContent): void {
  const title = titleOf(source) ?? (oneLine(content.text) || undefined);
  const url =
    linkOf(source) ??
    source.links.find((link) => link.rel === "self")?.url ??
    resolveUrl(source.id ?? "", undefined);
  if (title !== undefined || url !== undefined)
    entry.source = { ...(title === undefined ? {} : { title }), ...(url === undefined ? {} : { url }) };
}

function finishFeed(
  draft: Draft,
  items: readonly FeedItem[],
  format: Feed["format"],
  version: string | undefined,
  httpLanguage: string | undefined,
): Feed {
  const { dates, summary } = draft;
  const link = (rel: string): string | undefined => draft.links.find((other) => other.rel === rel)?.url;
  // Atom's published is when a channel began; RSS's pubDate is when its content came out.
  const updated =
    dates.updated ?? dates.built ?? dates.date ?? (format === "atom" ? undefined : dates.published);
  const id = draft.id === undefined ? draft.about : resolveId(draft.id, draft.base);
  const period =
    draft.updatePeriod === undefined
      ? undefined
      : Math.max(1, draft.updatePeriod / (draft.updateFrequency ?? 1));
  const optional = {
    version,
    id,
    title: titleOf(draft),
    subtitle: summary === undefined ? undefined : plainText(summary.value),
    url: linkOf(draft),
    self: link("self"),
    hub: link("hub"),
    next: link("next") ?? link("prev-archive"),
    language: languageTag(draft.language) ?? languageTag(httpLanguage?.split(",")[0]),
    image: draft.image,
    updated: updated?.iso,
    ttlMinutes: draft.ttlMinutes ?? period,
    skipHours: draft.skipHours,
    skipDays: draft.skipDays,
    moved: draft.moved,
    rights: draft.rights,
  };
  const stated = Object.fromEntries(
    Object.entries(optional).filter(([, value]) => value !== undefined && value !== null),
  );
  return { ...stated, format, authors: draft.authors.length === 0 ? [] : authorsOf(draft), items };
}
