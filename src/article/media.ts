/**
 * Page → the pictures, films and sounds of its article: og and JSON-LD first, then figures inside the body, then players.
 * Reads lazy-loading attributes (data-src, srcset); leaves out icons, spacers, avatars and pictures outside the article.
 */
import type { Element } from "domhandler";
import type { Media } from "../model/index.ts";
import { absolute } from "./address.ts";
import { metaOf, type PageIndex } from "./collect.ts";
import { readMachineDate } from "./datewords.ts";
import { attr, textOf, walk } from "./dom.ts";
import { type Graph, isThing, listOf, type Thing, typesOf, wordsOf } from "./jsonld.ts";
import type { Zone } from "./zone.ts";

const PLAYER =
  /^https?:\/\/(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com\/embed\/|youtu\.be\/|player\.vimeo\.com\/video\/|(?:geo\.)?dailymotion\.com\/(?:embed|player)|(?:www\.)?facebook\.com\/plugins\/video|rutube\.ru\/play\/embed|players\.brightcove\.net|cdn\.jwplayer\.com\/players|fast\.wistia\.net\/embed|player\.twitch\.tv|rumble\.com\/embed|odysee\.com\/\$\/embed|w\.soundcloud\.com\/player|open\.spotify\.com\/embed|embed\.podcasts\.apple\.com|vk\.com\/video_ext|[\w.-]+\/(?:embed|player|video-?player|videos?\/embed))/i;
const JUNK =
  /(sprite|spacer|pixel|blank|placeholder|avatar|gravatar|logo|icon|favicon|1x1|transparent|loading|emoji|smilies|badge|button|counter|tracking|doubleclick|\.svg(\?|$))/i;
const LIMIT = 40;

export function readMedia(
  index: PageIndex,
  graph: Graph,
  thing: Thing | undefined,
  base: string | undefined,
  zone: Zone,
): readonly Media[] {
  const media = new Map<string, Media>();
  const add = (item: Media | undefined): void => {
    if (item === undefined) return;
    const key = item.url.replace(/^https?:/, "").replace(/[?#].*$/, "");
    const known = media.get(key);
    if (known === undefined) {
      if (media.size < LIMIT) media.set(key, item);
    } else media.set(key, { ...item, ...known });
  };
  for (const found of graph.things)
    if (typesOf(found).some((type) => type === "VideoObject" || type === "AudioObject"))
      add(fromThing(found, base));
  add(fromOpenGraph(index, base));
  const preview = absolute(
    metaOf(index, "og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"),
    base,
  );
  if (preview !== undefined && !JUNK.test(preview))
    add({
      url: preview,
      kind: "image",
      ...optional({
        caption: metaOf(index, "og:image:alt"),
        width: numberOf(metaOf(index, "og:image:width")),
        height: numberOf(metaOf(index, "og:image:height")),
      }),
    });
  for (const image of listOf(thing?.["image"])) {
    const href = absolute(
      typeof image === "string"
        ? image
        : isThing(image)
          ? wordsOf(image["url"] ?? image["contentUrl"] ?? image["@id"])
          : undefined,
      base,
    );
    if (href === undefined || JUNK.test(href)) continue;
    const details = isThing(image)
      ? {
          caption: wordsOf(image["caption"]),
          credit: wordsOf(image["creditText"]),
          width: numberOf(image["width"]),
          height: numberOf(image["height"]),
        }
      : {};
    add({ url: href, kind: "image", ...optional(details) });
  }
  for (const element of index.images) {
    if (!insideBody(index, element, zone)) continue;
    add(fromImage(element, base));
  }
  for (const element of index.players) if (zone.near(element)) add(fromPlayer(element, base));
  return [...media.values()];
}

function optional<T extends Record<string, unknown>>(
  fields: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // The cast only drops undefined values, which the filter has removed
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function insideBody(index: PageIndex, element: Element, zone: Zone): boolean {
  const at = index.order.get(element) ?? -1;
  const from =
    Math.min(zone.heading ?? Number.POSITIVE_INFINITY, zone.bodyStart ?? Number.POSITIVE_INFINITY) - 30;
  return at >= from && at <= (zone.bodyEnd ?? -1) + 20 && zone.near(element);
}

function numberOf(value: unknown): number | undefined {
  const n = Number.parseFloat(wordsOf(value) ?? "");
  return Number.isFinite(n) && n > 0 ? n : undefined;
}

/** ISO 8601 duration or "mm:ss" → seconds. */
export function durationSeconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const iso = /^P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/i.exec(text.trim());
  if (iso !== null && /\d/.test(text))
    return (
      Number(iso[1] ?? 0) * 86400 +
      Number(iso[2] ?? 0) * 3600 +
      Number(iso[3] ?? 0) * 60 +
      Number(iso[4] ?? 0)
    );
  const clock = /^(?:(\d{1,2}):)?(\d{1,2}):(\d{2})$/.exec(text.trim());
  if (clock !== null) return Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
  const plain = /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
  return plain;
}

function instantOf(text: string | undefined): string | undefined {
  const date = text === undefined ? undefined : readMachineDate(text, "unknown");
  if (date === undefined || date.zone !== "stated") return undefined;
  return date.value.length <= 17 ? date.value.replace(/^(.{16})/, "$1:00") : date.value;
}

function fromThing(thing: Thing, base: string | undefined): Media | undefined {
  const player = absolute(wordsOf(thing["embedUrl"]), base);
  const url = absolute(wordsOf(thing["contentUrl"]), base) ?? player ?? absolute(wordsOf(thing["url"]), base);
  if (url === undefined) return undefined;
  return {
    url,
    kind: typesOf(thing).includes("AudioObject") ? "audio" : "video",
    ...optional({
      title: wordsOf(thing["name"] ?? thing["headline"]),
      caption: wordsOf(thing["description"]),
      thumbnail: absolute(wordsOf(thing["thumbnailUrl"] ?? thing["thumbnail"]), base),
      player,
      durationSeconds: durationSeconds(wordsOf(thing["duration"])),
      published: instantOf(wordsOf(thing["uploadDate"] ?? thing["datePublished"])),
      type: wordsOf(thing["encodingFormat"]),
    }),
  };
}

function fromOpenGraph(index: PageIndex, base: string | undefined): Media | undefined {
  const url = absolute(
    metaOf(
      index,
      "og:video:secure_url",
      "og:video:url",
      "og:video",
      "twitter:player:stream",
      "twitter:player",
    ),
    base,
  );
  if (url === undefined) return undefined;
  const type = metaOf(index, "og:video:type", "twitter:player:stream:content_type");
  return {
    url,
    kind: "video",
    ...optional({
      type,
      player: /html/.test(type ?? "") || PLAYER.test(url) ? url : undefined,
      thumbnail: absolute(metaOf(index, "og:image"), base),
      durationSeconds: durationSeconds(metaOf(index, "video:duration", "og:video:duration")),
      width: numberOf(metaOf(index, "og:video:width")),
      height: numberOf(metaOf(index, "og:video:height")),
    }),
  };
}

function fromImage(element: Element, base: string | undefined): Media | undefined {
  const set = (attr(element, "data-srcset") ?? attr(element, "srcset"))
    ?.split(/,\s+/)
    .at(-1)
    ?.trim()
    .split(/\s+/)[0];
  const lazy = ["data-src", "data-original", "data-lazy-src", "data-lazy", "data-url", "data-hi-res-src"]
    .map((name) => attr(element, name))
    .find((v) => v !== undefined);
  const src = attr(element, "src");
  const url = absolute(
    lazy ?? (src === undefined || src.startsWith("data:") || JUNK.test(src) ? set : src) ?? set,
    base,
  );
  if (url === undefined || JUNK.test(url)) return undefined;
  const width = numberOf(attr(element, "width"));
  const height = numberOf(attr(element, "height"));
  if ((width !== undefined && width < 100) || (height !== undefined && height < 80)) return undefined;
  const caption = captionOf(element);
  return {
    url,
    kind: "image",
    ...optional({
      title: attr(element, "alt"),
      caption: caption.text,
      credit: caption.credit,
      width,
      height,
    }),
  };
}

const CREDIT =
  /\b(?:photo|photograph|image|picture|foto|bild|credit|quelle|crédit|fuente|©|\(c\))\s*(?:by|credit|:|©)?\s*:?\s*([^.|]{2,80})$/i;

function captionOf(image: Element): { text?: string; credit?: string } {
  let node: unknown = image.parent;
  for (let up = 0; up < 5; up++) {
    const element = node as Element | null; // parents of elements are elements or the document
    if (element === null || element === undefined || !("attribs" in element)) break;
    if (element.name === "figure" || /\bcaption\b|figure|wp-caption/i.test(element.attribs["class"] ?? "")) {
      let text = "";
      walk(element, (inner) => {
        if (
          text === "" &&
          (inner.name === "figcaption" || /caption|legend/i.test(inner.attribs["class"] ?? ""))
        )
          text = textOf(inner, 1500);
        return text === "";
      });
      if (text === "") return {};
      const credit = CREDIT.exec(text)?.[1]?.trim();
      return { text, ...(credit === undefined ? {} : { credit }) };
    }
    node = element.parent;
  }
  return {};
}

function fromPlayer(element: Element, base: string | undefined): Media | undefined {
  if (element.name === "iframe") {
    const url = absolute(
      attr(element, "src") ?? attr(element, "data-src") ?? attr(element, "data-lazy-src"),
      base,
    );
    if (url === undefined || !PLAYER.test(url)) return undefined;
    return {
      url,
      kind: /soundcloud|spotify|podcast/i.test(url) ? "audio" : "video",
      player: url,
      ...optional({ title: attr(element, "title"), thumbnail: youtubeStill(url) }),
    };
  }
  if (element.name === "amp-youtube") {
    const id = attr(element, "data-videoid");
    return id === undefined
      ? undefined
      : {
          url: `https://www.youtube.com/embed/${id}`,
          kind: "video",
          player: `https://www.youtube.com/embed/${id}`,
        };
  }
  let source = attr(element, "src") ?? attr(element, "data-src");
  let type: string | undefined;
  walk(element, (inner) => {
    if (inner.name === "source" && source === undefined) {
      source = attr(inner, "src");
      type = attr(inner, "type");
    }
    return true;
  });
  const url = absolute(source, base);
  return url === undefined
    ? undefined
    : {
        url,
        kind: element.name === "audio" ? "audio" : "video",
        ...optional({
          type,
          thumbnail: absolute(attr(element, "poster"), base),
          title: attr(element, "title") ?? attr(element, "aria-label"),
        }),
      };
}

function youtubeStill(url: string): string | undefined {
  const id = /(?:embed\/|youtu\.be\/)([\w-]{6,15})/.exec(url)?.[1];
  return id === undefined || !/youtu/.test(url) ? undefined : `https://i.ytimg.com/vi/${id}/hqdefault.jpg`;
}
