/**
 * An item of a feed → what makes it the same item at the next reading: the guid, else the address without its campaign
 * parameters, else title and date (many feeds have no more).
 */
import { createHash } from "node:crypto";
import type { FeedItem } from "../model/index.ts";

/** Parameters that say where a reader came from, not what is read. */
const CAMPAIGN = /^(?:utm_\w+|at_\w+|fbclid|gclid|yclid|mc_[ce]id|cmpid|cmp|ref|ref_src|ns_\w+|rss)$/i;

/** @example itemKey({ guid: "gz-7", … }) // "guid:gz-7" */
export function itemKey(item: FeedItem): string {
  if (item.guid !== undefined && item.guidIsLink !== true) return `guid:${item.guid}`;
  const url = item.url ?? item.guid;
  if (url !== undefined) return `url:${plainAddress(url)}`;
  return `text:${digest([item.title ?? "", item.published ?? ""])}`;
}

function plainAddress(url: string): string {
  if (!URL.canParse(url)) return url;
  const parsed = new URL(url);
  parsed.hash = "";
  for (const name of [...parsed.searchParams.keys()])
    if (CAMPAIGN.test(name)) parsed.searchParams.delete(name);
  return parsed.href;
}

function digest(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\u0000")).digest("hex").slice(0, 32);
}
