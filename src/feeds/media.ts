/**
 * Enclosures, Media RSS, iTunes and picture elements of one entry → its list of pictures, films and sounds.
 *
 * Follows RSS 2.0 enclosures, Media RSS 1.5 (groups are renditions of one thing: the best is taken), iTunes durations
 * and images. Enclosures come first, in order. Leaves out ratings, hashes, restrictions and subtitles.
 */
import type { Media } from "../model/index.ts";
import { textOfHtml } from "./html-text.ts";
import { resolveUrl } from "./urls.ts";
import type { Attributes } from "./xml-walk.ts";

/** A medium while it is being read. */
export type MediaDraft = {
  url?: string | undefined;
  type?: string | undefined;
  medium?: string | undefined;
  title?: string | undefined;
  caption?: string | undefined;
  credit?: string | undefined;
  thumbnail?: string | undefined;
  player?: string | undefined;
  durationSeconds?: number | undefined;
  bytes?: number | undefined;
  width?: number | undefined;
  height?: number | undefined;
  bitrate?: number | undefined;
  isDefault?: boolean;
  /** Present for media:group: its renditions. */
  renditions?: MediaDraft[];
};

export function mediaFromAttributes(attributes: Attributes, base: string): MediaDraft {
  const { url, href, src, type, medium, filesize, length, duration, width, height, bitrate, isdefault } =
    attributes as Record<
      | "url"
      | "href"
      | "src"
      | "type"
      | "medium"
      | "filesize"
      | "length"
      | "duration"
      | "width"
      | "height"
      | "bitrate"
      | "isdefault",
      string | undefined
    >;
  return {
    url: resolveUrl(url ?? href ?? src ?? "", base),
    type: type?.trim().toLowerCase(),
    medium: medium?.trim().toLowerCase(),
    bytes: positive(filesize ?? length),
    durationSeconds: readDuration(duration ?? ""),
    width: positive(width),
    height: positive(height),
    bitrate: positive(bitrate),
    isDefault: isdefault === "true",
  };
}

function positive(text: string | undefined): number | undefined {
  const plain = text?.trim() ?? "";
  return /^\d{1,15}(\.\d+)?(px)?$/.test(plain) ? Number.parseFloat(plain) : undefined;
}

/** Seconds from "95", "01:35", "0:01:35", "PT1M35S". */
export function readDuration(text: string): number | undefined {
  const plain = text.trim();
  if (/^\d{1,7}(\.\d+)?$/.test(plain)) return Number(plain);
  const clock = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:\.\d+)?$/.exec(plain);
  if (clock !== null) return Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
  const iso = /^P(?:T(?=\d))(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/i.exec(plain);
  return iso === null
    ? undefined
    : Number(iso[1] ?? 0) * 3600 + Number(iso[2] ?? 0) * 60 + Number(iso[3] ?? 0);
}

/** Addresses that frames play films from; other frames are advertisements and forms. */
const PLAYERS =
  /^https?:\/\/(?:[\w-]+\.)*(?:youtube(?:-nocookie)?\.com\/embed\/|player\.vimeo\.com\/video\/|dailymotion\.com\/embed\/|rutube\.ru\/(?:play|video)\/embed\/|vk\.com\/video_ext|ok\.ru\/videoembed\/|facebook\.com\/plugins\/video|streamable\.com\/[eos]\/|jwplatform\.com\/players\/|brightcove\.net\/)/i;
const MAX_FILMS = 20;

/** Films that stand in the full text as frames or video elements, which sanitising takes out or leaves unsaid. */
export function filmsIn(html: string, base: string): readonly MediaDraft[] {
  const films: MediaDraft[] = [];
  for (const [, name = "", attributes = ""] of html.matchAll(/<(iframe|video)\b([^<>]{0,2000})>/gi)) {
    const source = (attribute: string): string | undefined => {
      const found = new RegExp(`\\s${attribute}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, "i").exec(
        attributes,
      );
      return resolveUrl((found?.[1] ?? found?.[2] ?? found?.[3] ?? "").replaceAll("&amp;", "&"), base);
    };
    const url = source("src") ?? source("data-src");
    if (url === undefined || films.length >= MAX_FILMS) continue;
    if (name.toLowerCase() === "video") films.push({ url, medium: "video", thumbnail: source("poster") });
    else if (PLAYERS.test(url)) films.push({ url, medium: "video", player: url });
  }
  return films;
}

/** The list of an entry: enclosures and media in order, loose thumbnails given to what lacks one or kept as pictures. */
export function finishMedia(
  enclosures: readonly MediaDraft[],
  media: readonly MediaDraft[],
  loose: MediaDraft,
  thumbnails: readonly MediaDraft[],
): readonly Media[] {
  const drafts = [...enclosures, ...media.map(bestRendition)];
  const films = drafts.filter((draft) => kindOf(draft) === "video" || kindOf(draft) === "audio");
  const used = new Set<string | undefined>();
  for (const film of films) {
    film.durationSeconds ??= films.length === 1 ? loose.durationSeconds : undefined;
    if (film.thumbnail === undefined && thumbnails[0]?.url !== undefined) {
      film.thumbnail = thumbnails[0].url;
      used.add(film.thumbnail);
    }
  }
  if (drafts.length === 1 && drafts[0] !== undefined) fill(drafts[0], loose);
  if (loose.player !== undefined && drafts.length === 0)
    drafts.push({
      ...loose,
      url: loose.player,
      medium: loose.medium ?? "video",
      thumbnail: thumbnails[0]?.url,
    });
  for (const thumbnail of thumbnails)
    if (!used.has(thumbnail.url) && drafts.every((draft) => draft.thumbnail !== thumbnail.url))
      drafts.push({ ...thumbnail, medium: "image" });

  const seen = new Map<string, Media>();
  for (const draft of drafts) {
    const finished = finish(draft);
    if (finished === undefined) continue;
    const before = seen.get(finished.url);
    seen.set(finished.url, before === undefined ? finished : { ...finished, ...before });
  }
  return [...seen.values()];
}

/** Of one group, the default rendition, else the widest, else the first. */
function bestRendition(draft: MediaDraft): MediaDraft {
  const { renditions, ...group } = draft;
  if (renditions === undefined) return draft;
  const playable = renditions.filter((rendition) => rendition.url !== undefined);
  const films = playable.filter((rendition) => kindOf(rendition) === "video");
  const choice = films.length > 0 ? films : playable;
  const best =
    choice.find((rendition) => rendition.isDefault) ??
    choice.reduce<MediaDraft | undefined>(
      (top, rendition) => (top === undefined || (rendition.width ?? 0) > (top.width ?? 0) ? rendition : top),
      undefined,
    );
  if (best === undefined)
    return group.player === undefined ? group : { ...group, url: group.player, medium: "video" };
  const copy = { ...best };
  fill(copy, group);
  return copy;
}

function fill(draft: MediaDraft, from: MediaDraft): void {
  draft.title ??= from.title;
  draft.caption ??= from.caption;
  draft.credit ??= from.credit;
  draft.thumbnail ??= from.thumbnail;
  draft.player ??= from.player;
  draft.durationSeconds ??= from.durationSeconds;
}

const EXTENSIONS: Readonly<Record<string, Media["kind"]>> = {
  jpg: "image",
  jpeg: "image",
  png: "image",
  gif: "image",
  webp: "image",
  avif: "image",
  svg: "image",
  mp4: "video",
  m4v: "video",
  webm: "video",
  mov: "video",
  m3u8: "video",
  mpg: "video",
  mpeg: "video",
  ogv: "video",
  mp3: "audio",
  m4a: "audio",
  ogg: "audio",
  oga: "audio",
  wav: "audio",
  aac: "audio",
  opus: "audio",
};

function kindOf(draft: MediaDraft): Media["kind"] {
  const stated = draft.medium ?? /^(image|video|audio)\//.exec(draft.type ?? "")?.[1];
  if (stated === "image" || stated === "video" || stated === "audio") return stated;
  if (draft.type === "application/x-shockwave-flash" || draft.type === "application/x-mpegurl")
    return "video";
  const extension = /\.([a-z0-9]{2,5})(?:[?#]|$)/i.exec(draft.url ?? "")?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(EXTENSIONS, extension) ? (EXTENSIONS[extension] ?? "other") : "other";
}

function finish(draft: MediaDraft): Media | undefined {
  if (draft.url === undefined) return undefined;
  const out: Record<string, unknown> = { url: draft.url, kind: kindOf(draft) };
  for (const key of ["type", "thumbnail", "player", "durationSeconds", "bytes", "width", "height"] as const)
    if (draft[key] !== undefined && draft[key] !== "") out[key] = draft[key];
  for (const key of ["title", "caption", "credit"] as const) {
    const text = textOfHtml(draft[key] ?? "");
    if (text !== "") out[key] = text;
  }
  return out as Media; // built key by key from the fields of Media
}
