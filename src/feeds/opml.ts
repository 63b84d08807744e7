/**
 * OPML (1.0 and 2.0) ↔ a list of feeds with the folders they stand in. What other readers export is read, and what we
 * write they read. Leaves out outlines that are no feeds, and inclusion of other files, which would have to be fetched.
 */
import type { Declined } from "../model/index.ts";
import { decodeInPieces } from "../text/charset.ts";
import { oneLine } from "./html-text.ts";
import { resolveWebUrl } from "./urls.ts";
import { escapeText, walkXml, type XmlElement } from "./xml-walk.ts";

export type OpmlFeed = {
  readonly url: string;
  readonly title?: string;
  readonly site?: string;
  readonly language?: string;
  readonly description?: string;
  /** Names of the folders around it, outermost first. */
  readonly folders: readonly string[];
};

export type OpmlResult =
  | { readonly ok: true; readonly title?: string; readonly feeds: readonly OpmlFeed[] }
  | Declined;

const MAX_FEEDS = 100_000;

/** @example readOpml(bytes) // { ok: true, title: "World", feeds: [{ url: "https://gazette.example/rss", folders: ["Asia"] }] } */
export function readOpml(
  bytes: Uint8Array,
  options: { readonly contentType?: string | undefined } = {},
): OpmlResult {
  if (bytes.length > 64 * 1024 * 1024) return decline("too-large", "The list has more than 64 MB");
  const feeds: OpmlFeed[] = [];
  const seen = new Set<string>();
  const folders: string[] = [];
  let title: string | undefined;
  const end = walkXml(decodeInPieces(bytes, { contentType: options.contentType, kind: "xml" }).pieces, "", {
    isMarkup: () => false,
    open(element) {
      if (element.name !== "outline") return;
      const feed = readOutline(element, folders);
      if (feed !== undefined && !seen.has(feed.url) && feeds.length < MAX_FEEDS) {
        seen.add(feed.url);
        feeds.push(feed);
      }
      folders.push(nameOf(element));
    },
    close(element, content) {
      if (element.name === "outline") folders.pop();
      else if (element.name === "title" && element.parent?.name === "head")
        title = oneLine(content.text) || undefined;
    },
  });
  if (end.root !== "opml" && feeds.length === 0)
    return decline("unsupported-type", "The file is no OPML: it lists no feeds");
  return { ok: true, feeds, ...(title === undefined ? {} : { title }) };
}

function nameOf({ attributes }: XmlElement): string {
  return oneLine(attributes["title"] ?? attributes["text"] ?? "");
}

function readOutline(element: XmlElement, folders: readonly string[]): OpmlFeed | undefined {
  const { attributes } = element;
  const address =
    attributes["xmlurl"] ?? (attributes["type"]?.toLowerCase() === "rss" ? attributes["url"] : undefined);
  const url = resolveWebUrl(
    (address ?? "").replace(/^feed:(?:\/\/)?(?=http)/i, "").replace(/^feed:\/\//i, "http://"),
    undefined,
  );
  if (url === undefined) return undefined;
  const title = nameOf(element);
  const site = resolveWebUrl(attributes["htmlurl"] ?? "", undefined);
  const language = attributes["language"]?.trim() ?? "";
  const description = oneLine(attributes["description"] ?? "");
  return {
    url,
    ...(title === "" ? {} : { title }),
    ...(site === undefined ? {} : { site }),
    ...(language === "" ? {} : { language }),
    ...(description === "" ? {} : { description }),
    folders: folders.filter((name) => name !== ""),
  };
}

/** OPML 2.0; feeds of one folder stand together, in the order in which folders are first met. */
export function writeOpml(
  feeds: readonly OpmlFeed[],
  options: { readonly title: string; readonly created?: string },
): string {
  const root: Folder = { feeds: [], folders: new Map() };
  for (const feed of feeds) {
    let at = root;
    for (const name of feed.folders) {
      const next: Folder = at.folders.get(name) ?? { feeds: [], folders: new Map() };
      at.folders.set(name, next);
      at = next;
    }
    at.feeds.push(feed);
  }
  const created =
    options.created === undefined
      ? ""
      : `\n    <dateCreated>${escapeText(new Date(options.created).toUTCString())}</dateCreated>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>${escapeText(clean(options.title))}</title>${created}
  </head>
  <body>
${writeFolder(root, "    ")}  </body>
</opml>
`;
}

type Folder = { readonly feeds: OpmlFeed[]; readonly folders: Map<string, Folder> };

function writeFolder(folder: Folder, indent: string): string {
  let out = "";
  for (const feed of folder.feeds) {
    const title = feed.title ?? feed.url;
    const attributes: readonly (readonly [string, string | undefined])[] = [
      ["type", "rss"],
      ["text", title],
      ["title", title],
      ["xmlUrl", feed.url],
      ["htmlUrl", feed.site],
      ["language", feed.language],
      ["description", feed.description],
    ];
    const written = attributes.flatMap(([name, value]) =>
      value === undefined ? [] : [` ${name}="${attribute(value)}"`],
    );
    out += `${indent}<outline${written.join("")}/>\n`;
  }
  for (const [name, inner] of folder.folders)
    out += `${indent}<outline text="${attribute(name)}" title="${attribute(name)}">\n${writeFolder(inner, `${indent}  `)}${indent}</outline>\n`;
  return out;
}

function attribute(value: string): string {
  return escapeText(clean(value)).replaceAll('"', "&quot;");
}

/** Control characters are not allowed in XML at all, not even escaped. */
function clean(value: string): string {
  return [...value]
    .filter((letter) => letter >= " " || letter === "\t" || letter === "\n")
    .join("")
    .replace(/\s+/g, " ");
}

function decline(reason: Declined["reason"], detail: string): Declined {
  return { ok: false, reason, detail };
}
