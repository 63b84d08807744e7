/** RSS, Atom and JSON Feed of every list, and CSV of any search. */
import type { Context, Hono } from "hono";
import { stream } from "hono/streaming";
import { csvTable } from "../../formats/csv.ts";
import { type FeedOut, feedItemOf, toAtom, toJsonFeed, toRss } from "../../formats/feeds-out.ts";
import type { ArticleRow, SearchQuery } from "../../model/index.ts";
import type { Ctx } from "../context.ts";
import { asksNumbers, foundNumbers } from "../ui/found-numbers.ts";

const FORMATS = {
  rss: { type: "application/rss+xml; charset=utf-8", write: toRss },
  atom: { type: "application/atom+xml; charset=utf-8", write: toAtom },
  json: { type: "application/feed+json; charset=utf-8", write: toJsonFeed },
} as const;
type Format = keyof typeof FORMATS;
const isFormat = (name: string): name is Format => name in FORMATS;

const ITEMS = 50;
const SECTIONS = new Set(["latest", "headlines", "breaking", "world", "videos"]);

const originOf = (c: Context): string => new URL(c.req.url).origin;

function send(
  c: Context,
  ctx: Ctx,
  format: Format,
  title: string,
  page: string,
  rows: readonly ArticleRow[],
): Response {
  const origin = originOf(c);
  const feed: FeedOut = {
    title: `${ctx.edition.name}: ${title}`,
    description: ctx.edition.tagline,
    page: `${origin}${page}`,
    self: c.req.url,
    updated: rows[0]?.firstSeen ?? new Date(ctx.now).toISOString(),
    items: rows.map((row) => feedItemOf(row, `${origin}/article/${row.id}`)),
  };
  c.header("Content-Type", FORMATS[format].type);
  return c.body(FORMATS[format].write(feed));
}

/** The articles that stand for the stories of a list, in its order. */
async function storyHeads(ctx: Ctx, sort: "headlines" | "burst"): Promise<readonly ArticleRow[]> {
  const { rows } = await ctx.store.stories({ ...ctx.filter, sort }, { limit: ITEMS });
  return ctx.store.rows(rows.map((s) => s.headlineArticle));
}

async function sectionRows(ctx: Ctx, section: string): Promise<readonly ArticleRow[]> {
  if (section === "headlines" || section === "breaking")
    return storyHeads(ctx, section === "headlines" ? "headlines" : "burst");
  const filter =
    section === "videos"
      ? { ...ctx.filter, withVideo: true }
      : section === "latest"
        ? { ...ctx.filter, originalsOnly: true }
        : ctx.filter;
  return (await ctx.store.latest(filter, { limit: ITEMS })).rows;
}

const text = (search: URLSearchParams, name: string): string | undefined =>
  search.get(name)?.trim() || undefined;
const number = (search: URLSearchParams, name: string): number | undefined => {
  const value = text(search, name);
  return value !== undefined && Number.isFinite(Number(value)) ? Number(value) : undefined;
};

/** The same parameters as the search page. */
export const searchQueryOf = (search: URLSearchParams): SearchQuery => ({
  q: text(search, "q"),
  country: text(search, "country"),
  outlet: text(search, "outlet"),
  language: text(search, "language"),
  genre: text(search, "genre"),
  eventType: text(search, "eventType"),
  measure: text(search, "measure"),
  min: number(search, "min"),
  max: number(search, "max"),
  since: text(search, "since"),
  until: text(search, "until"),
  copies: search.get("copies") === "1" ? true : undefined,
  sort: "newest",
});

const CSV_COLUMNS = [
  "id",
  "permalink",
  "url",
  "outlet",
  "headline",
  "published",
  "first_seen",
  "language",
  "genre",
  "countries",
  "story_id",
  "copy_of",
  "copies",
  "demo",
] as const;
/** A search by numbers also says which it found, in their words. */
const NUMBER_COLUMNS = [...CSV_COLUMNS, "numbers"] as const;

/** Every match as lines of a table, newest first, some hundred at a time. */
async function* csvOf(ctx: Ctx, query: SearchQuery, origin: string): AsyncGenerator<string> {
  let after: string | undefined;
  for (let part = 0; part === 0 || after !== undefined; part++) {
    const { rows, next } = await ctx.store.search(
      { ...query, sort: "newest" },
      { limit: part === 0 ? 100 : 500, plain: true, after },
    );
    const numbers = await foundNumbers(
      ctx,
      query,
      rows.map((r) => r.id),
    );
    const lines = csvTable(
      asksNumbers(query) ? NUMBER_COLUMNS : CSV_COLUMNS,
      rows.map((r) => ({
        id: r.id,
        permalink: `${origin}/article/${r.id}`,
        url: r.url,
        outlet: r.outletName,
        headline: r.title,
        published: r.published,
        first_seen: r.firstSeen,
        language: r.language,
        genre: r.genre,
        countries: r.countries.join(" "),
        story_id: r.storyId,
        copy_of: r.copyOf,
        copies: r.copies,
        demo: r.demo,
        numbers: numbers
          .get(r.id)
          ?.map((q) => q.words)
          .join("; "),
      })),
    );
    yield part === 0 ? lines : lines.slice(lines.indexOf("\n") + 1);
    after = next;
    // Readers of pages come in between.
    await new Promise<void>((turn) => {
      setImmediate(turn);
    });
  }
}

export function addFeeds(app: Hono, contextOf: (c: Context) => Ctx): void {
  app.get("/feeds/:name", async (c) => {
    const [section = "", format = ""] = c.req.param("name").split(".");
    if (!SECTIONS.has(section) || !isFormat(format))
      return c.text(
        "No such feed: latest, headlines, breaking, world or videos, as .rss, .atom or .json",
        404,
      );
    const ctx = contextOf(c);
    return send(
      c,
      ctx,
      format,
      ctx.t(`section.${section}`),
      ctx.href(`/${section}`),
      await sectionRows(ctx, section),
    );
  });
  app.get("/feeds/story/:name", async (c) => {
    const [id = "", format = ""] = c.req.param("name").split(".");
    const ctx = contextOf(c);
    const story = await ctx.store.story((await ctx.store.storyIdOf(id)) ?? id);
    if (!story || !isFormat(format)) return c.text("No such story", 404);
    const rows = [...(await ctx.store.storyArticles(story.id))]
      .sort((a, b) => b.sortTime - a.sortTime)
      .slice(0, ITEMS);
    return send(c, ctx, format, story.headline, ctx.href(`/story/${story.id}`), rows);
  });
  app.get("/feeds/search/:name", async (c) => {
    const ctx = contextOf(c);
    const query = searchQueryOf(ctx.search);
    const [, format = ""] = c.req.param("name").split(".");
    if (format === "csv") {
      const origin = originOf(c);
      c.header("Content-Type", "text/csv; charset=utf-8");
      c.header("Content-Disposition", 'attachment; filename="dateline-search.csv"');
      return stream(c, async (out) => {
        for await (const part of csvOf(ctx, query, origin)) {
          if (out.aborted) return;
          await out.write(part);
        }
      });
    }
    if (!isFormat(format)) return c.text("No such format: .rss, .atom, .json or .csv", 404);
    const { rows } = await ctx.store.search(query, { limit: ITEMS, plain: true });
    return send(
      c,
      ctx,
      format,
      query.q ?? ctx.t("section.search"),
      ctx.href("/search", Object.fromEntries(ctx.search)),
      rows,
    );
  });
}
