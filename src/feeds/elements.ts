/**
 * Elements of RSS, RDF, Atom, CDF and their modules → fields of a draft. One line per element, by short name.
 *
 * Sources: RSS 2.0 and its forebears, RSS 1.0 modules (content, dc, sy, slash), Atom 0.3 and RFC 4287, RFC 4685 and
 * 5005, Media RSS 1.5, iTunes, GeoRSS, PRISM, CDF 1997. Ranks order rival statements of one field: 0 is the format's
 * own, higher numbers are modules. Leaves out elements that say nothing about the record (cloud, docs, generator).
 */
import { type FeedText, plainText, readText } from "./content.ts";
import { readDate } from "./dates.ts";
import { addCategory, addLink, type DateName, type Draft, keep } from "./draft.ts";
import { readShape } from "./geo.ts";
import { oneLine } from "./html-text.ts";
import { mediaFromAttributes, readDuration } from "./media.ts";
import { readPerson } from "./people.ts";
import { resolveUrl } from "./urls.ts";
import type { XmlContent, XmlElement } from "./xml-walk.ts";

export type Closing = {
  readonly draft: Draft;
  readonly element: XmlElement;
  readonly content: XmlContent;
  readonly isAtom: boolean;
  readonly note: (code: string, detail: string) => void;
};

type Handler = (closing: Closing) => void;

const text = ({ element, content, isAtom }: Closing): FeedText | undefined =>
  readText(element, content, isAtom);
const line = ({ content }: Closing): string => oneLine(content.text);
const url = ({ element, content }: Closing): string | undefined => resolveUrl(content.text, element.base);

const title =
  (rank: number): Handler =>
  (closing) => {
    const kept = keep(closing.draft.title, text(closing), rank);
    if (kept !== undefined) closing.draft.title = kept;
  };
const summary =
  (rank: number): Handler =>
  (closing) => {
    const kept = keep(closing.draft.summary, text(closing), rank);
    if (kept !== undefined) closing.draft.summary = kept;
  };
const fullText =
  (rank: number): Handler =>
  (closing) => {
    const kept = keep(closing.draft.content, text(closing), rank);
    if (kept !== undefined) closing.draft.content = kept;
  };
const date =
  (name: DateName): Handler =>
  (closing) => {
    setDate(closing, name, closing.content.text);
  };
const author =
  (rank: number): Handler =>
  (closing) => {
    const person = readPerson(closing.content.text);
    if (person !== undefined && closing.draft.authors.length < 100)
      closing.draft.authors.push({ value: person, rank });
  };
const mediaText =
  (field: "title" | "caption" | "credit"): Handler =>
  (closing) => {
    closing.draft.loose[field] ??= closing.content.text;
  };
const shape =
  (kind: "Point" | "LineString" | "Polygon" | "Box"): Handler =>
  ({ draft, element, content }) => {
    draft.shape ??= readShape(kind, content.text, { system: gmlAttribute(element, "srsname") });
  };

export function setDate({ draft, note }: Closing, name: DateName, words: string): void {
  if (words.trim() === "") return;
  const found = readDate(words);
  if (found === undefined) note("date-unreadable", words.trim().slice(0, 80));
  else {
    if (!found.zoneStated && found.precision !== "day") note("date-without-zone", words.trim().slice(0, 80));
    draft.dates[name] = found;
  }
}

/** RSS: a second short text beside description makes the longer of the two the content. */
const rssSummary: Handler = (closing) => {
  const { draft, isAtom } = closing;
  const value = text(closing);
  if (value === undefined) return;
  if (!isAtom && draft.summary?.rank === 0) draft.content ??= { value, rank: 5 };
  else draft.summary = { value, rank: 0 };
};

const content: Handler = (closing) => {
  const { draft, element } = closing;
  const src = element.attributes["src"];
  if (src === undefined) {
    fullText(0)(closing);
    return;
  }
  const type = element.attributes["type"] ?? "";
  const address = resolveUrl(src, element.base);
  if (/^(?:image|video|audio)\//.test(type))
    draft.media.push(mediaFromAttributes(element.attributes, element.base));
  else if (address !== undefined) draft.link ??= { value: address, rank: 3 };
};

const HTML_TYPES = /^$|html|^text\/plain$/i;

const link: Handler = (closing) => {
  const { draft, element } = closing;
  const { attributes, base } = element;
  const href = attributes["href"] ?? attributes["rdf:resource"];
  if (href === undefined) {
    // The article's address as text, in every RSS since 0.90; some forget the scheme.
    const words = closing.content.text.trim();
    const address = resolveUrl(/^www\./i.test(words) ? `http://${words}` : words, base);
    if (address !== undefined) draft.link = keep(draft.link, address, 0) ?? { value: address, rank: 0 };
    return;
  }
  const type = attributes["type"]?.trim() ?? "";
  for (const rel of (attributes["rel"] ?? "alternate").toLowerCase().trim().split(/\s+/)) {
    const short = rel.replace(/^https?:\/\/www\.iana\.org\/assignments\/relation\//, "");
    if (short === "enclosure") draft.enclosures.push(mediaFromAttributes(attributes, base));
    else if (short === "alternate") {
      const address = resolveUrl(href, base);
      if (address === undefined) continue;
      const kept = keep(draft.link, address, HTML_TYPES.test(type) ? 0 : 2);
      if (kept !== undefined) draft.link = kept;
    } else addLink(draft, short, href, base);
  }
};

const category: Handler = (closing) => {
  const { attributes } = closing.element;
  const label = oneLine(attributes["label"] ?? "");
  const term = oneLine(attributes["term"] ?? attributes["text"] ?? "") || line(closing) || label;
  const scheme = (attributes["scheme"] ?? attributes["domain"] ?? "").trim();
  addCategory(closing.draft, {
    term,
    ...(scheme === "" ? {} : { scheme }),
    ...(label === "" ? {} : { label }),
  });
};

const keywords: Handler = (closing) => {
  for (const word of line(closing).split(/\s*[,;]\s*/)) addCategory(closing.draft, { term: word });
};

const source: Handler = (closing) => {
  // RSS: <source url="…">Name</source>. Atom's source is a draft of its own.
  const { draft, element } = closing;
  const name = line(closing);
  const address = resolveUrl(element.attributes["url"] ?? "", element.base);
  if (name === "" && address === undefined) return;
  draft.source = {
    ...(name === "" ? {} : { title: plainText({ value: name, kind: "html", base: "" }) }),
    ...(address === undefined ? {} : { url: address }),
  };
};

const guid: Handler = (closing) => {
  const value = line(closing);
  if (value === "") return;
  closing.draft.id = value;
  const isLink = (closing.element.attributes["ispermalink"] ?? "true").trim().toLowerCase() !== "false";
  closing.draft.guidIsLink = isLink && /^(?:https?:)?\/\//i.test(value);
};

const identifier: Handler = (closing) => {
  const value = line(closing);
  if (value !== "") closing.draft.id ??= value;
};

function gmlAttribute(element: XmlElement, name: string): string | undefined {
  for (
    let at: XmlElement | undefined = element;
    at !== undefined && /^g(?:ml|eorss):/.test(at.name);
    at = at.parent
  )
    if (at.attributes[name] !== undefined) return at.attributes[name];
  return undefined;
}

const gmlPositions: Handler = ({ draft, element, content }) => {
  const inside = (name: string): boolean => {
    for (let at = element.parent; at !== undefined; at = at.parent) if (at.name === name) return true;
    return false;
  };
  const kind =
    inside("gml:linearring") || inside("gml:polygon")
      ? "Polygon"
      : element.name === "gml:pos"
        ? "Point"
        : "LineString";
  const found = readShape(kind, content.text, {
    dimension: Number(gmlAttribute(element, "srsdimension") ?? 2),
    system: gmlAttribute(element, "srsname"),
  });
  draft.shape ??= found;
};

const gmlCorner: Handler = ({ draft, element, content }) => {
  const other = draft.shape;
  const point = readShape("Point", content.text, { system: gmlAttribute(element, "srsname") });
  if (point === undefined) return;
  if (other === undefined) draft.shape = point;
  else if (other.type === "Point")
    draft.shape = {
      ...other,
      type: "Box",
      coordinates: [other.coordinates, point.coordinates] as number[][],
    };
};

const count: Handler = (closing) => {
  const value = line(closing);
  if (/^\d{1,9}$/.test(value)) closing.draft.commentCount = Number(value);
};

const PERIODS: Readonly<Record<string, number>> = {
  hourly: 60,
  daily: 1440,
  weekly: 10080,
  monthly: 43200,
  yearly: 525600,
};

/** Read when the element closes. */
export const HANDLERS: Readonly<Record<string, Handler>> = {
  title: title(0),
  "dc:title": title(1),
  "itunes:title": title(2),
  "media:title": title(3),
  description: summary(0),
  summary: rssSummary,
  abstract: summary(0),
  tagline: summary(0),
  subtitle: summary(0),
  info: summary(1),
  "dc:description": summary(1),
  "dcterms:abstract": summary(1),
  "itunes:summary": summary(2),
  "itunes:subtitle": summary(3),
  "media:description": (closing) => {
    mediaText("caption")(closing);
    summary(4)(closing);
  },
  content,
  "content:encoded": fullText(0),
  body: fullText(1),
  "xhtml:body": fullText(1),
  "xhtml:div": fullText(1),
  fullitem: fullText(2),
  link,
  "rss:link": link,
  guid,
  id: identifier,
  "dc:identifier": identifier,
  pubdate: date("published"),
  published: date("published"),
  issued: date("published"),
  "dcterms:issued": date("published"),
  "dcterms:available": date("published"),
  "dc:date": date("date"),
  date: date("date"),
  created: date("created"),
  "dcterms:created": date("created"),
  "prism:publicationdate": date("prism"),
  updated: date("updated"),
  modified: date("updated"),
  "dcterms:modified": date("updated"),
  "prism:modificationdate": date("updated"),
  lastbuilddate: date("built"),
  author: author(0),
  "dc:creator": author(0),
  "dc:author": author(0),
  "itunes:author": author(1),
  managingeditor: author(2),
  "dc:publisher": author(3),
  category,
  "dc:subject": category,
  "media:category": category,
  "itunes:category": category,
  tags: keywords,
  keywords,
  "media:keywords": keywords,
  "itunes:keywords": keywords,
  source,
  enclosure: ({ draft, element }) => {
    if (draft.enclosures.length < 200)
      draft.enclosures.push(mediaFromAttributes(element.attributes, element.base));
  },
  "media:thumbnail": ({ draft, element }) => {
    if (draft.thumbnails.length < 200)
      draft.thumbnails.push(mediaFromAttributes(element.attributes, element.base));
  },
  "media:player": ({ draft, element }) => {
    draft.loose.player ??= resolveUrl(element.attributes["url"] ?? "", element.base);
  },
  "media:credit": mediaText("credit"),
  "itunes:duration": (closing) => {
    const seconds = readDuration(line(closing));
    if (seconds !== undefined) closing.draft.loose.durationSeconds ??= seconds;
  },
  "itunes:image": ({ draft, element }) => {
    const address = resolveUrl(element.attributes["href"] ?? element.attributes["url"] ?? "", element.base);
    if (address === undefined) return;
    draft.image ??= address;
    if (draft.kind === "entry") draft.thumbnails.push({ url: address, medium: "image" });
  },
  logo: (closing) => {
    closing.draft.image ??= url(closing);
  },
  icon: (closing) => {
    closing.draft.image ??= url(closing);
  },
  "georss:point": shape("Point"),
  "georss:line": shape("LineString"),
  "georss:polygon": shape("Polygon"),
  "georss:box": shape("Box"),
  "gml:pos": gmlPositions,
  "gml:poslist": gmlPositions,
  "gml:coordinates": gmlPositions,
  "gml:lowercorner": gmlCorner,
  "gml:uppercorner": gmlCorner,
  "geo:lat": (closing) => setNumber(closing, "lat"),
  "geo:long": (closing) => setNumber(closing, "lon"),
  "geo:lon": (closing) => setNumber(closing, "lon"),
  comments: (closing) => {
    closing.draft.comments ??= url(closing);
  },
  "slash:comments": count,
  "thr:total": count,
  "feedburner:origlink": (closing) => {
    closing.draft.originalUrl ??= url(closing);
  },
  language: (closing) => {
    closing.draft.language = line(closing) || closing.draft.language;
  },
  "dc:language": (closing) => {
    closing.draft.language ??= line(closing);
  },
  rights: (closing) => setRights(closing),
  copyright: (closing) => setRights(closing),
  "dc:rights": (closing) => setRights(closing),
  "media:copyright": (closing) => setRights(closing),
  ttl: (closing) => setNumber(closing, "ttlMinutes"),
  "sy:updateperiod": (closing) => {
    const period = PERIODS[line(closing).toLowerCase()];
    if (period !== undefined) closing.draft.updatePeriod = period;
  },
  "sy:updatefrequency": (closing) => setNumber(closing, "updateFrequency"),
  hour: (closing) => {
    const hour = Number(line(closing));
    // Userland counted 1–24, Netscape 0–23: 24 is midnight.
    if (line(closing) !== "" && Number.isInteger(hour) && hour >= 0 && hour <= 24)
      addOnce(closing.draft, "skipHours", hour % 24);
  },
  day: (closing) => {
    const day = line(closing);
    if (/^(?:mon|tues|wednes|thurs|fri|satur|sun)day$/i.test(day))
      addOnce(closing.draft, "skipDays", day[0]?.toUpperCase() + day.slice(1).toLowerCase());
  },
  "itunes:new-feed-url": (closing) => {
    closing.draft.moved ??= url(closing);
  },
};

function setNumber(closing: Closing, field: "lat" | "lon" | "ttlMinutes" | "updateFrequency"): void {
  const value = Number(line(closing));
  const isPosition = field === "lat" || field === "lon";
  if (line(closing) !== "" && Number.isFinite(value) && (isPosition || (value > 0 && value < 1e6)))
    closing.draft[field] ??= value;
}

function setRights(closing: Closing): void {
  const found = text(closing);
  if (found !== undefined) closing.draft.rights ??= plainText(found);
}

function addOnce<F extends "skipHours" | "skipDays">(
  draft: Draft,
  field: F,
  value: F extends "skipHours" ? number : string,
): void {
  const list = (draft[field] ?? []) as (typeof value)[];
  if (!list.includes(value) && list.length < 24) list.push(value);
  draft[field] = list as Draft[F];
}

/** Elements whose children are markup, not structure. */
export const MARKUP: ReadonlySet<string> = new Set(
  `title dc:title itunes:title media:title description summary abstract tagline subtitle info dc:description
dcterms:abstract itunes:summary itunes:subtitle media:description content content:encoded body xhtml:body xhtml:div
fullitem rights copyright dc:rights`.split(/\s+/),
);
