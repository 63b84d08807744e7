/** What the API answers with: the model's own records, and the rows of lists. */
import { z } from "@hono/zod-openapi";
import {
  CopyLink,
  Decision,
  Entity,
  EntityMention,
  Event,
  Fate,
  Media,
  Outlet,
  Quantity,
  Quote,
  Source,
  TimeSpan,
} from "../../model/index.ts";

export const ArticleRowOut = z
  .object({
    id: z.string(),
    permalink: z.string().describe("Page of the article on this site"),
    url: z.string().describe("Address at the outlet"),
    outletId: z.string(),
    outletName: z.string(),
    title: z.string(),
    summary: z.string().optional(),
    byline: z.array(z.string()),
    published: z
      .string()
      .optional()
      .describe("As stated, with its precision; absent when the page does not say"),
    firstSeen: z.string(),
    language: z.string(),
    genre: z.string(),
    countries: z.array(z.string()).describe("ISO 3166-1 alpha-3, most weighty first"),
    storyId: z.string(),
    copyOf: z.string().optional(),
    copies: z.number().int(),
    wireTags: z.array(z.string()),
    image: Media.optional(),
    video: Media.optional(),
    withdrawn: z.boolean(),
    fates: z.array(Fate).optional().describe("What became of it since; absent when nothing is known"),
    demo: z.boolean(),
  })
  .openapi("ArticleRow");

export const StoryRowOut = z
  .object({
    id: z.string(),
    permalink: z.string(),
    headline: z.string(),
    headlineArticle: z.string(),
    first: z.string(),
    last: z.string(),
    articles: z.number().int(),
    originals: z.number().int(),
    newsrooms: z.number().int(),
    informants: z.number().int(),
    outlets: z.number().int(),
    burst: z.number(),
    countries: z.array(z.string()),
    languages: z.array(z.string()),
    demo: z.boolean(),
  })
  .openapi("StoryRow");

/** A fact as it leaves the house: with the sentence it stands in, since the full text stays. */
const cited = <T extends z.ZodRawShape>(schema: z.ZodObject<T>) =>
  schema.extend({
    sentenceText: z.string().describe("The sentence cited, unchanged"),
    byHand: z
      .object({ action: z.enum(["accept", "reject"]), reason: z.string(), who: z.string(), at: z.string() })
      .optional()
      .describe("A person's decision on it; what was rejected is left out of stories, numbers and incidents"),
  });

export const QuantityOut = cited(Quantity as z.ZodObject).openapi("Quantity");
export const QuoteOut = cited(Quote as z.ZodObject).openapi("Quote");
export const EventOut = cited(Event as z.ZodObject).openapi("Event");

export const ArticleOut = z
  .object({
    article: ArticleRowOut,
    textSha256: z.string().describe("SHA-256 of the stored text all spans point into"),
    rawSha256: z.string().optional(),
    pipeline: z.string(),
    quantities: z.array(QuantityOut),
    quotes: z.array(QuoteOut),
    events: z.array(EventOut),
    entities: z.array(Entity),
    mentions: z.array(EntityMention),
    times: z.array(TimeSpan),
    originals: z.array(CopyLink),
    copies: z.array(CopyLink),
  })
  .openapi("Article");

export const Problem = z
  .object({ error: z.string().describe("What failed, on what, what to do") })
  .openapi("Problem");

export const FacetOut = z.array(z.object({ value: z.string(), count: z.number().int() }));
export const CoverageOut = z
  .object({
    day: z.string(),
    country: z.string(),
    language: z.string(),
    articles: z.number().int(),
    originals: z.number().int(),
  })
  .openapi("CoverageCell");
export const ChangeOut = z
  .object({
    seq: z.number().int(),
    at: z.string(),
    kind: z.enum(["added", "changed", "deleted"]),
    target: z.string(),
    id: z.string(),
    detail: z.string().optional(),
  })
  .openapi("Change");
export const DecisionOut = z.object(Decision.shape).openapi("Decision");
export const OutletOut = z.object(Outlet.shape).openapi("Outlet");
export const SourceOut = z.object(Source.shape).openapi("Source");
