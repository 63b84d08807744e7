/**
 * The REST API under /api/v1, described by OpenAPI at /api/openapi.json. Answers carry headlines, links and cited sentences,
 * never full texts. Lists are paged by an opaque cursor: pass `next` of the answer before as `after`.
 */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context, Hono } from "hono";
import type { ArticleRow, Decision, Event, Quantity, Quote, Reading } from "../../model/index.ts";
import { Story } from "../../model/index.ts";
import type { ListFilter, StoryRow } from "../../ports/index.ts";
import { factDecisions } from "../../stories/hand.ts";
import type { Ctx } from "../context.ts";
import {
  ArticleOut,
  ArticleRowOut,
  ChangeOut,
  CoverageOut,
  DecisionOut,
  FacetOut,
  OutletOut,
  Problem,
  SourceOut,
  StoryRowOut,
} from "./schemas.ts";

/** A day of the calendar: 2024-02-30 is none. */
const Day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, "a day as YYYY-MM-DD is needed")
  .refine((day) => new Date(Date.parse(day) || 0).toISOString().startsWith(day), "no such day");
const Filters = z.object({
  country: z
    .string()
    .regex(/^[A-Za-z]{3}$/, "a country in three letters is needed, like KAZ")
    .optional()
    .openapi({ description: "ISO 3166-1 alpha-3", example: "KAZ" }),
  outlet: z.string().optional().openapi({ description: "Outlet id" }),
  language: z.string().optional().openapi({ description: "BCP 47 language", example: "en" }),
  genre: z.string().optional().openapi({ example: "news" }),
  since: Day.optional().openapi({ description: "First day (UTC)", example: "2022-01-05" }),
  until: Day.optional().openapi({ description: "Last day (UTC)", example: "2022-01-19" }),
  originals: z.enum(["0", "1"]).optional().openapi({ description: "1 leaves known copies out" }),
  demo: z
    .enum(["0", "1"])
    .optional()
    .openapi({ description: "0 leaves the demonstration archive out, 1 shows it alone" }),
});
const Paging = z.object({
  limit: z
    .string()
    .regex(/^\d{1,3}$/, "a number from 1 to 200 is needed")
    .optional()
    .openapi({ description: "1 to 200, default 50" }),
  after: z.string().max(400).optional().openapi({ description: "Cursor from the answer before" }),
});

const limitOf = (limit: string | undefined): number => Math.min(200, Math.max(1, Number(limit ?? 50)));
const dayMs = (day: string | undefined, add = 0): number | undefined =>
  day === undefined ? undefined : Date.parse(`${day}T00:00:00Z`) + add;

function filterOf(q: z.infer<typeof Filters>): ListFilter {
  return {
    country: q.country?.toUpperCase(),
    outletId: q.outlet,
    languages: q.language === undefined ? undefined : [q.language],
    genre: q.genre,
    since: dayMs(q.since),
    until: dayMs(q.until, 86_400_000),
    originalsOnly: q.originals === "1" ? true : undefined,
    demo: q.demo === undefined ? undefined : q.demo === "1",
  };
}

const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { "application/json": { schema } },
});
const notFound = json(Problem, "Nothing under this id");
const badRequest = json(Problem, "A parameter cannot be read");
const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ rows: z.array(item), next: z.string().optional() });

const byHand = (d: Decision | undefined) =>
  d === undefined ? {} : { byHand: { action: d.action, reason: d.reason, who: d.who, at: d.at } };

export function createApi(contextOf: (c: Context) => Ctx, version: string): Hono {
  const api = new OpenAPIHono({
    defaultHook: (result, c) =>
      result.success
        ? undefined
        : c.json(
            { error: result.error.issues.map((i) => `${i.path.join(".")}: ${i.message}`).join("; ") },
            400,
          ),
  });
  const articleOut = (ctx: Ctx, row: ArticleRow) => {
    const { sortTime: _sortTime, section: _section, quantities: _quantities, ...rest } = row;
    return {
      ...rest,
      permalink: ctx.href(`/article/${row.id}`),
      byline: [...row.byline],
      countries: [...row.countries],
      wireTags: [...row.wireTags],
      fates: row.fates === undefined ? undefined : [...row.fates],
    };
  };
  const storyOut = (ctx: Ctx, row: StoryRow) => ({
    ...row,
    permalink: ctx.href(`/story/${row.id}`),
    countries: [...row.countries],
    languages: [...row.languages],
  });
  const cite = <F extends Quantity | Quote | Event>(
    reading: Reading,
    fact: F,
    judged: ReadonlyMap<string, Decision>,
  ) => ({
    ...fact,
    sentenceText: reading.article.text.slice(fact.sentence.start, fact.sentence.end),
    ...byHand(judged.get(fact.id)),
  });

  api.openapi(
    createRoute({
      method: "get",
      path: "/articles",
      summary: "Articles, newest first",
      request: { query: Filters.merge(Paging) },
      responses: { 200: json(listOf(ArticleRowOut), "A page of articles"), 400: badRequest },
    }),
    async (c) => {
      const q = c.req.valid("query");
      const ctx = contextOf(c);
      const { rows, next } = await ctx.store.latest(filterOf(q), { limit: limitOf(q.limit), after: q.after });
      return c.json({ rows: rows.map((r) => articleOut(ctx, r)), next }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: "get",
      path: "/articles/{id}",
      summary: "One article with its facts",
      request: { params: z.object({ id: z.string() }) },
      responses: { 200: json(ArticleOut, "The article's record"), 404: notFound },
    }),
    async (c) => {
      const ctx = contextOf(c);
      const { id } = c.req.valid("param");
      const [row, reading] = await Promise.all([ctx.store.row(id), ctx.store.reading(id)]);
      if (!row || !reading) return c.json({ error: `No article ${id}` }, 404);
      const links = await ctx.store.copyLinks(id);
      const judged = factDecisions(reading, await ctx.store.decisions());
      const body = {
        article: articleOut(ctx, row),
        textSha256: reading.article.textSha256,
        rawSha256: reading.article.rawSha256,
        pipeline: reading.article.pipeline,
        quantities: reading.quantities.map((f) => cite(reading, f, judged)),
        quotes: reading.quotes.map((f) => cite(reading, f, judged)),
        events: reading.events.map((f) => cite(reading, f, judged)),
        entities: [...reading.entities],
        mentions: [...reading.mentions],
        times: [...reading.times],
        originals: [...links.originals],
        copies: [...links.copies],
      };
      // The facts were checked when they were made; the cast only says that their lists are read-only here.
      return c.json(body as unknown as z.infer<typeof ArticleOut>, 200);
    },
  );
  api.openapi(
    createRoute({
      method: "get",
      path: "/stories",
      summary: "Stories",
      request: {
        query: Filters.merge(Paging).extend({ sort: z.enum(["newest", "headlines", "burst"]).optional() }),
      },
      responses: { 200: json(listOf(StoryRowOut), "A page of stories"), 400: badRequest },
    }),
    async (c) => {
      const q = c.req.valid("query");
      const ctx = contextOf(c);
      const { rows, next } = await ctx.store.stories(
        { ...filterOf(q), sort: q.sort ?? "newest" },
        { limit: limitOf(q.limit), after: q.after },
      );
      return c.json({ rows: rows.map((r) => storyOut(ctx, r)), next }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: "get",
      path: "/stories/{id}",
      summary: "One story: timeline, ledger of every number, claims, corroboration",
      request: { params: z.object({ id: z.string() }) },
      responses: { 200: json(z.object(Story.shape).openapi("Story"), "The story"), 404: notFound },
    }),
    async (c) => {
      const ctx = contextOf(c);
      const { id } = c.req.valid("param");
      const story = await ctx.store.story((await ctx.store.storyIdOf(id)) ?? id);
      return story ? c.json(story, 200) : c.json({ error: `No story ${id}` }, 404);
    },
  );
  api.openapi(
    createRoute({
      method: "get",
      path: "/search",
      summary:
        "Search by words, phrases, country, outlet, language, genre, days, event type and number ranges",
      request: {
        query: Filters.merge(Paging).extend({
          q: z.string().max(400).optional().openapi({
            description: 'Words and "phrases"; -word leaves out',
            example: '"state of emergency" Almaty',
          }),
          eventType: z.string().optional(),
          measure: z.string().optional().openapi({ example: "killed" }),
          min: z
            .string()
            .regex(/^\d+(\.\d+)?$/, "a number is needed")
            .optional(),
          max: z
            .string()
            .regex(/^\d+(\.\d+)?$/, "a number is needed")
            .optional(),
          sort: z.enum(["relevance", "newest", "oldest"]).optional(),
        }),
      },
      responses: {
        200: json(
          z.object({
            rows: z.array(ArticleRowOut.extend({ snippet: z.string().optional() })),
            next: z.string().optional(),
            total: z
              .number()
              .int()
              .openapi({ description: "Matches, or how many of the newest were counted" }),
            atLeast: z
              .boolean()
              .optional()
              .openapi({ description: "True when there are more than `total`; facets are of the newest" }),
            facets: z.record(z.string(), FacetOut),
          }),
          "Matches with facets",
        ),
        400: badRequest,
      },
    }),
    async (c) => {
      const q = c.req.valid("query");
      const ctx = contextOf(c);
      const { rows, next, total, atLeast, facets } = await ctx.store.search(
        {
          q: q.q,
          country: q.country?.toUpperCase(),
          outlet: q.outlet,
          language: q.language,
          genre: q.genre,
          since: q.since,
          until: q.until,
          eventType: q.eventType,
          measure: q.measure,
          min: q.min === undefined ? undefined : Number(q.min),
          max: q.max === undefined ? undefined : Number(q.max),
          sort: q.sort,
          copies: q.originals !== "1",
        },
        { limit: limitOf(q.limit), after: q.after },
      );
      const body = {
        rows: rows.map((r) => ({ ...articleOut(ctx, r), snippet: r.snippet })),
        next,
        total,
        ...(atLeast === true ? { atLeast } : {}),
        facets: Object.fromEntries(Object.entries(facets).map(([k, v]) => [k, [...v]])),
      };
      return c.json(body, 200);
    },
  );
  api.openapi(
    createRoute({
      method: "get",
      path: "/coverage",
      summary: "Reports read, by day, country and language: silence is not calm",
      request: { query: Filters },
      responses: { 200: json(z.object({ cells: z.array(CoverageOut) }), "Counts"), 400: badRequest },
    }),
    async (c) =>
      c.json({ cells: [...(await contextOf(c).store.coverage(filterOf(c.req.valid("query"))))] }, 200),
  );
  api.openapi(
    createRoute({
      method: "get",
      path: "/outlets",
      summary: "Outlets",
      responses: { 200: json(z.object({ outlets: z.array(OutletOut) }), "All outlets known") },
    }),
    async (c) => c.json({ outlets: [...(await contextOf(c).store.outlets())] }, 200),
  );
  api.openapi(
    createRoute({
      method: "get",
      path: "/sources",
      summary: "Polled sources with their health",
      responses: { 200: json(z.object({ sources: z.array(SourceOut) }), "All sources") },
    }),
    async (c) => c.json({ sources: [...(await contextOf(c).store.sources())] }, 200),
  );
  api.openapi(
    createRoute({
      method: "get",
      path: "/changes",
      summary: "Added, changed and deleted records since a sequence number",
      request: {
        query: z.object({
          after: z.string().regex(/^\d+$/, "a sequence number is needed").optional(),
          limit: z
            .string()
            .regex(/^\d{1,4}$/, "a number up to 9999 is needed")
            .optional(),
        }),
      },
      responses: {
        200: json(z.object({ changes: z.array(ChangeOut), next: z.number().int() }), "Changes, oldest first"),
        400: badRequest,
      },
    }),
    async (c) => {
      const q = c.req.valid("query");
      const after = Number(q.after ?? 0);
      const changes = await contextOf(c).store.changes(after, Math.min(1000, Number(q.limit ?? 200)));
      return c.json({ changes: [...changes], next: changes.at(-1)?.seq ?? after }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: "get",
      path: "/decisions",
      summary:
        "What people decided: stories split, moved, merged, facts accepted or rejected, and what was undone",
      request: { query: z.object({ target: z.string().max(200).optional() }) },
      responses: {
        200: json(z.object({ decisions: z.array(DecisionOut) }), "Oldest first"),
        400: badRequest,
      },
    }),
    async (c) =>
      c.json({ decisions: [...(await contextOf(c).store.decisions(c.req.valid("query").target))] }, 200),
  );
  api.openapi(
    createRoute({
      method: "get",
      path: "/stats",
      summary: "What is in the archive",
      responses: { 200: json(z.record(z.string(), z.union([z.number(), z.string()])), "Counts") },
    }),
    async (c) => {
      const stats = await contextOf(c).store.stats();
      return c.json(
        Object.fromEntries(Object.entries(stats).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]]))),
        200,
      );
    },
  );
  api.doc31("/openapi.json", {
    openapi: "3.1.0",
    info: {
      title: "Dateline",
      version,
      description:
        "Sourced records from the news: who did what to whom, where, when, how many, and who says so.",
    },
    servers: [{ url: "/api/v1" }],
  });
  // OpenAPIHono is a Hono with a registry; the site mounts it as an ordinary one.
  return api as unknown as Hono;
}
