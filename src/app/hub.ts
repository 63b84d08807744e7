/**
 * WebSub (W3C recommendation, subscriber side): asks a feed's hub to push, answers its question, takes what it pushes. Only when
 * the operator gave an address at which we can be reached. Each source has its own secret, so that pushes can be told from
 * forgeries.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { readFeed } from "../feeds/read-feed.ts";
import type { Source } from "../model/index.ts";
import { fromFeedItems, type PollParts } from "./poll.ts";

export type HubOptions = {
  /** Public address of this server without a trailing slash. */
  readonly callbackBase: string;
  /** Random text of this installation. */
  readonly secret: string;
};

const LEASE_SECONDS = 10 * 24 * 3600;
const DAY = 86_400_000;

export const secretOf = (options: HubOptions, source: Pick<Source, "id">): string =>
  createHmac("sha256", options.secret).update(source.id).digest("hex").slice(0, 40);

export const callbackOf = (options: HubOptions, source: Pick<Source, "id">): string =>
  `${options.callbackBase}/hub/${source.id}`;

export const needsSubscription = (source: Source, now: number): boolean =>
  source.hub !== undefined &&
  source.state === "active" &&
  (source.hubLeaseEnds === undefined || Date.parse(source.hubLeaseEnds) < now + DAY);

/** Asks the hub; it answers later with a question to our address. A hub that refuses is asked again in a day. */
export const subscribe = async (parts: PollParts, source: Source, options: HubOptions): Promise<boolean> => {
  if (source.hub === undefined) return false;
  const answer = await parts.fetcher.fetch({
    url: source.hub,
    purpose: "hub",
    method: "POST",
    contentType: "application/x-www-form-urlencoded",
    body: new URLSearchParams({
      "hub.mode": "subscribe",
      "hub.topic": source.url,
      "hub.callback": callbackOf(options, source),
      "hub.lease_seconds": String(LEASE_SECONDS),
      "hub.secret": secretOf(options, source),
    }).toString(),
  });
  const now = parts.clock.now();
  const current = await parts.store.source(source.id);
  // Until the hub has asked back the lease counts as short, so that a lost question is asked again.
  if (current)
    await parts.store.putSource({ ...current, hubLeaseEnds: new Date(now + 2 * DAY).toISOString() });
  return answer.ok;
};

/** The hub's question: the challenge to answer with, or undefined to refuse (404). */
export const verifyHub = async (
  parts: Pick<PollParts, "store" | "clock">,
  id: Source["id"],
  query: URLSearchParams,
): Promise<string | undefined> => {
  const source = await parts.store.source(id);
  const challenge = query.get("hub.challenge");
  if (!source || challenge === null || query.get("hub.topic") !== source.url) return undefined;
  if (query.get("hub.mode") !== "subscribe" || source.state !== "active") return undefined;
  const lease = Math.min(Number(query.get("hub.lease_seconds") ?? 0) || LEASE_SECONDS, 30 * 24 * 3600);
  await parts.store.putSource({
    ...source,
    hubLeaseEnds: new Date(parts.clock.now() + lease * 1000).toISOString(),
  });
  return challenge;
};

const signatureFits = (header: string | undefined, secret: string, bytes: Uint8Array): boolean => {
  const match = /^(sha1|sha256|sha384|sha512)=([0-9a-f]+)$/i.exec(header ?? "");
  if (!match) return false;
  const ours = createHmac((match[1] ?? "").toLowerCase(), secret)
    .update(bytes)
    .digest();
  const theirs = Buffer.from(match[2] ?? "", "hex");
  return ours.length === theirs.length && timingSafeEqual(ours, theirs);
};

/** Pushed content. Always to be answered 2xx (the standard wants forgeries to learn nothing); false when it was ignored. */
export const deliverPush = async (
  parts: PollParts,
  id: Source["id"],
  push: {
    readonly bytes: Uint8Array;
    readonly contentType?: string | undefined;
    readonly signature?: string | undefined;
  },
  options: HubOptions,
): Promise<boolean> => {
  const source = await parts.store.source(id);
  if (!source || !signatureFits(push.signature, secretOf(options, source), push.bytes)) return false;
  const read = readFeed(push.bytes, { url: source.url, contentType: push.contentType });
  if (!read.ok) return false;
  const count = await fromFeedItems(parts, read.feed, source.url);
  const current = await parts.store.source(id);
  if (current && count > 0) {
    const at = new Date(parts.clock.now()).toISOString();
    await parts.store.putSource({ ...current, lastNew: at });
  }
  return true;
};
