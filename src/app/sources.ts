/**
 * The user's list of sources: added by the address of a feed, a sitemap or a site (whose feeds are then looked for), checked with
 * words a person can act on, exchanged with other readers as OPML.
 */
import { discoverFeeds } from "../feeds/discover.ts";
import { readOpml, writeOpml } from "../feeds/opml.ts";
import { readFeed } from "../feeds/read-feed.ts";
import { readSitemap } from "../feeds/sitemap.ts";
import type { Declined, Outlet, Source } from "../model/index.ts";
import type { Clock, FetchAnswer, Fetcher, Store } from "../ports/index.ts";
import { decodeBytes } from "../text/charset.ts";
import { sourceIdOf } from "./hash.ts";
import { isHtml, kindOf } from "./inputs.ts";
import { FIRST_MINUTES } from "./rhythm.ts";

export type SourceParts = { readonly store: Store; readonly clock: Clock; readonly fetcher: Fetcher };

const iso = (ms: number): string => new Date(ms).toISOString();
const MOST_CANDIDATES = 8;

const hostOf = (url: string): string => {
  try {
    return new URL(url).hostname.toLowerCase().replace(/^www\./, "");
  } catch {
    return "";
  }
};

const outletOf = (outlets: readonly Outlet[], url: string): Outlet | undefined => {
  const host = hostOf(url);
  return outlets.find((o) => o.hosts.some((h) => host === h || host.endsWith(`.${h}`)));
};

export const newSource = (
  url: string,
  kind: Source["kind"],
  now: number,
  firstPoll: number,
  more: { readonly title?: string | undefined; readonly outlet?: Outlet | undefined } = {},
): Source => ({
  id: sourceIdOf(url),
  url,
  kind,
  ...(more.title === undefined ? {} : { title: more.title }),
  ...(more.outlet === undefined ? {} : { outletId: more.outlet.id }),
  state: "active",
  added: iso(now),
  failures: 0,
  nextPoll: iso(firstPoll),
  intervalMinutes: FIRST_MINUTES,
  itemsPerDay: 0,
});

type Seen =
  | {
      readonly ok: true;
      readonly kind: "feed" | "sitemap";
      readonly title?: string | undefined;
      readonly items: number;
      readonly newest?: string | undefined;
    }
  | { readonly ok: false; readonly kind: "page" | "other"; readonly detail: string };

/** What an answer holds, as a source. */
const look = (answer: Extract<FetchAnswer, { ok: true }>): Seen => {
  const contentType = answer.headers["content-type"];
  const kind = kindOf(answer.bytes);
  if (kind === "sitemap") {
    const read = readSitemap(answer.bytes, { url: answer.url, contentType });
    if (!read.ok) return { ok: false, kind: "other", detail: read.detail };
    const { pages, sitemaps } = read.sitemap;
    const newest = pages
      .map((p) => p.published ?? p.modified ?? "")
      .sort()
      .at(-1);
    return {
      ok: true,
      kind: "sitemap",
      items: pages.length + sitemaps.length,
      ...(newest ? { newest } : {}),
    };
  }
  const read = readFeed(answer.bytes, { url: answer.url, contentType });
  if (!read.ok) return { ok: false, kind: isHtml(answer.bytes) ? "page" : "other", detail: read.detail };
  const newest = read.feed.items
    .map((i) => i.published ?? i.updated ?? "")
    .sort()
    .at(-1);
  return {
    ok: true,
    kind: "feed",
    title: read.feed.title,
    items: read.feed.items.length,
    ...(newest ? { newest } : {}),
  };
};

export type Added =
  | {
      readonly ok: true;
      readonly source: Source;
      readonly items: number;
      readonly known: boolean;
      readonly alternatives: readonly string[];
    }
  | Declined;

/** Adds a source by address. A site's address leads to its feeds: the first that works is taken, the others are named. */
export const addSource = async (parts: SourceParts, address: string): Promise<Added> => {
  const url = /^[a-z][a-z0-9+.-]*:/i.test(address)
    ? address.replace(/^feed:(\/\/)?/i, "https://")
    : `https://${address}`;
  const answer = await parts.fetcher.fetch({ url, purpose: "feed" });
  if (!answer.ok) return answer;
  const seen = look(answer);
  if (seen.ok) return save(parts, answer.movedTo ?? url, seen, []);
  if (seen.kind !== "page") return { ok: false, reason: "not-a-feed", detail: `${seen.detail} (${url}).` };
  const html = decodeBytes(answer.bytes, { kind: "html", contentType: answer.headers["content-type"] }).text;
  const candidates = discoverFeeds(html, answer.url).slice(0, MOST_CANDIDATES);
  for (const [i, candidate] of candidates.entries()) {
    const tried = await parts.fetcher.fetch({ url: candidate.url, purpose: candidate.kind });
    if (!tried.ok) continue;
    const found = look(tried);
    if (!found.ok || found.items === 0) continue;
    const others = candidates.filter((c, j) => j !== i && c.basis === "declared").map((c) => c.url);
    return save(
      parts,
      tried.movedTo ?? candidate.url,
      { ...found, title: found.title ?? candidate.title },
      others,
    );
  }
  return {
    ok: false,
    reason: "not-a-feed",
    detail: `${url} is a web page, and none of the ${candidates.length} places looked at holds a feed. Give the address of its feed or news sitemap.`,
  };
};

const save = async (
  parts: SourceParts,
  url: string,
  seen: Extract<Seen, { ok: true }>,
  alternatives: readonly string[],
): Promise<Added> => {
  const known = await parts.store.source(sourceIdOf(url));
  if (known && known.state !== "retired")
    return { ok: true, source: known, items: seen.items, known: true, alternatives };
  const outlet = outletOf(await parts.store.outlets(), url);
  const now = parts.clock.now();
  const source = newSource(url, seen.kind, now, now, { title: seen.title, outlet });
  await parts.store.putSource(source);
  return { ok: true, source, items: seen.items, known: false, alternatives };
};

/** Adds every feed of an OPML file, unvisited; first visits are spread over the first interval. */
export const importOpml = async (
  parts: Omit<SourceParts, "fetcher">,
  bytes: Uint8Array,
): Promise<{ readonly ok: true; readonly added: number; readonly known: number } | Declined> => {
  const list = readOpml(bytes);
  if (!list.ok) return list;
  return addFeeds(parts, list.feeds);
};

/** Adds feeds by address without visiting them. */
export const addFeeds = async (
  parts: Omit<SourceParts, "fetcher">,
  feeds: readonly {
    readonly url: string;
    readonly title?: string | undefined;
    readonly kind?: Source["kind"] | undefined;
  }[],
): Promise<{ readonly ok: true; readonly added: number; readonly known: number }> => {
  const outlets = await parts.store.outlets();
  const now = parts.clock.now();
  let added = 0;
  let known = 0;
  for (const [i, feed] of feeds.entries()) {
    if (!/^https?:\/\//i.test(feed.url)) continue;
    if (await parts.store.source(sourceIdOf(feed.url))) {
      known++;
      continue;
    }
    // A few seconds apart at most, so that a short list is read at once and a long one does not come as a wave.
    const first = now + Math.min(i * 500, (i / Math.max(1, feeds.length)) * FIRST_MINUTES * 60_000);
    await parts.store.putSource(
      newSource(feed.url, feed.kind ?? "feed", now, first, {
        title: feed.title,
        outlet: outletOf(outlets, feed.url),
      }),
    );
    added++;
  }
  return { ok: true, added, known };
};

/** The list as OPML, in folders by country of the outlet. */
export const exportOpml = async (
  parts: Pick<SourceParts, "store" | "clock">,
  title: string,
): Promise<string> => {
  const outlets = new Map((await parts.store.outlets()).map((o) => [o.id as string, o]));
  const feeds = (await parts.store.sources())
    .filter((s) => s.state !== "retired" && s.kind === "feed")
    .map((s) => {
      const outlet = s.outletId === undefined ? undefined : outlets.get(s.outletId);
      return {
        url: s.url,
        ...(s.title === undefined ? {} : { title: s.title }),
        ...(outlet?.homepage === undefined ? {} : { site: outlet.homepage }),
        folders: outlet?.country === undefined ? [] : [outlet.country],
      };
    });
  return writeOpml(feeds, { title, created: iso(parts.clock.now()) });
};

export type Checked = {
  readonly source: Source;
  readonly verdict: "ok" | "moved" | "quiet" | "empty" | "not-a-feed" | "gone" | "forbidden" | "failing";
  /** What was found and what to do about it. */
  readonly words: string;
};

const QUIET_DAYS = 30;

/** Visits one source without taking anything in. */
export const checkSource = async (parts: SourceParts, source: Source): Promise<Checked> => {
  const answer = await parts.fetcher.fetch({ url: source.url, purpose: source.kind });
  const say = (verdict: Checked["verdict"], words: string): Checked => ({ source, verdict, words });
  if (!answer.ok) {
    if (answer.status === 410)
      return say("gone", `${answer.detail} Remove it, or add the outlet's site anew.`);
    if (answer.status === 404)
      return say("gone", `${answer.detail} Add ${originOf(source.url)} to look for its new address.`);
    if (answer.reason === "forbidden-address") return say("forbidden", answer.detail);
    if (answer.reason === "robots")
      return say("forbidden", `${answer.detail} Ask the outlet, or use its feed instead.`);
    return say("failing", `${answer.detail} ${adviceFor(answer)}`);
  }
  if (source.kind === "page") return say("ok", `A page of ${answer.bytes.length} bytes.`);
  const seen = look(answer);
  if (!seen.ok) {
    if (seen.kind !== "page") return say("not-a-feed", `${seen.detail}.`);
    const html = decodeBytes(answer.bytes, {
      kind: "html",
      contentType: answer.headers["content-type"],
    }).text;
    const other = discoverFeeds(html, answer.url).find((c) => c.basis === "declared" && c.url !== source.url);
    return say(
      "not-a-feed",
      other === undefined
        ? "The address answers with a web page, not a feed, and the page names no feed. Look for a new address."
        : `The address answers with a web page, not a feed. The page names this feed: ${other.url}`,
    );
  }
  const items = `${seen.items} ${seen.items === 1 ? "item" : "items"}`;
  if (seen.items === 0) return say("empty", "The feed is there but holds nothing.");
  const moved = answer.movedTo !== undefined && answer.movedTo !== source.url;
  if (moved)
    return say(
      "moved",
      `Moved for good to ${answer.movedTo}; the new address is taken at the next visit. ${items}.`,
    );
  const age =
    seen.newest === undefined ? undefined : (parts.clock.now() - Date.parse(seen.newest)) / 86_400_000;
  if (age !== undefined && age > QUIET_DAYS)
    return say(
      "quiet",
      `${items}, the newest ${Math.round(age)} days old. The outlet may have left this feed behind.`,
    );
  return say(
    "ok",
    `${items}${seen.newest === undefined ? "" : `, the newest of ${seen.newest.slice(0, 16).replace("T", " ")}`}.`,
  );
};

const originOf = (url: string): string => {
  try {
    return new URL(url).origin;
  } catch {
    return url;
  }
};

const adviceFor = (answer: Extract<FetchAnswer, { ok: false }>): string => {
  if (answer.status === 401 || answer.status === 402)
    return "It is for subscribers: remove it or use another feed.";
  if (answer.status === 403) return "It may refuse programs: write to the outlet, or use another feed.";
  if (answer.status === 429)
    return `Nothing to do: it is visited less often${answer.retryAt === undefined ? "" : `, next after ${iso(answer.retryAt).slice(0, 16)}`}.`;
  if (answer.status !== undefined && answer.status >= 500)
    return "Usually passes; it is tried again, less and less often.";
  if (/does not exist/.test(answer.detail))
    return "Check the spelling; the outlet may have changed its name.";
  if (/certificate/i.test(answer.detail)) return "The outlet must renew it; nothing is read until then.";
  if (answer.reason === "too-large")
    return "It is larger than any feed should be: look at it in a browser, or remove it.";
  if (/redirect|encoded|headers|not HTTP|broke off/i.test(answer.detail))
    return "Something is wrong at the outlet: look in a browser whether it has moved.";
  return "It is tried again, less and less often.";
};

/** Checks all sources, a few at a time, in the order of the list. */
export async function* checkSources(
  parts: SourceParts,
  sources: readonly Source[],
  concurrency = 16,
): AsyncGenerator<Checked> {
  const window: Promise<Checked>[] = [];
  for (const source of sources) {
    window.push(checkSource(parts, source));
    if (window.length >= concurrency) {
      const first = window.shift();
      if (first) yield await first;
    }
  }
  for (const rest of window) yield await rest;
}
