/** Addresses of the feeds and tables that belong to a page. */
import type { Ctx, Query } from "../context.ts";

export type FeedFormat = "rss" | "atom" | "json" | "csv";

/** `/latest` → `/feeds/latest.rss`; a country or outlet is a search; a story has its own. */
export function feedHref(ctx: Ctx, page: string, format: FeedFormat, query: Query = {}): string {
  const [, kind = "", id = ""] = page.split("/");
  if (kind === "search") return ctx.href(`/feeds/search/results.${format}`, query);
  if (kind === "country" || kind === "outlet")
    return ctx.href(`/feeds/search/results.${format}`, { ...query, [kind]: decodeURIComponent(id) });
  if (kind === "story")
    return format === "csv" ? ctx.href(`/story/${id}/ledger.csv`) : ctx.href(`/feeds/story/${id}.${format}`);
  return ctx.href(`/feeds/${kind}.${format}`);
}
