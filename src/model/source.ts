/** Polled sources and their health; saved searches and alerts; the user's hand. */
import { z } from "zod";
import { ArticleId, list, OutletId, SourceId, Span, StoryId } from "./span.ts";
import { Instant } from "./time.ts";

export const Source = z
  .object({
    id: SourceId,
    url: z.string(),
    kind: z.enum(["feed", "sitemap", "page"]),
    title: z.string().optional(),
    outletId: OutletId.optional(),
    state: z.enum(["active", "paused", "retired"]).describe("retired: answered 410 or removed by the user"),
    added: Instant,
    etag: z.string().optional(),
    lastModified: z.string().optional(),
    lastTried: Instant.optional(),
    lastSuccess: Instant.optional(),
    lastNew: Instant.optional().describe("When it last brought something new"),
    lastError: z
      .string()
      .optional()
      .describe("In words a person can act on; absent when the last try succeeded"),
    failures: z.int().describe("Failures in a row"),
    nextPoll: Instant,
    intervalMinutes: z.number().describe("Present rhythm of polling"),
    itemsPerDay: z.number().describe("Exponentially weighted mean of new items a day"),
    usualPerDay: z.number().optional().describe("Mean of the four weeks before; absent in the first week"),
    textShare: z.number().optional().describe("Share of its recent pages that yielded text"),
    unkept: z
      .int()
      .optional()
      .describe(
        "Entries of the last visit with neither an address nor a text, which cannot be kept; absent: none",
      ),
    alarm: z.string().optional().describe("Why the source looks broken; absent when it does not"),
    hub: z.string().optional(),
    hubLeaseEnds: Instant.optional(),
  })
  .describe("A source that is polled, with its health");
export type Source = Readonly<z.infer<typeof Source>>;

export const SearchQuery = z
  .object({
    q: z.string().optional().describe('Words and "phrases"; -word leaves out'),
    country: z.string().optional(),
    outlet: z.string().optional(),
    language: z.string().optional(),
    genre: z.string().optional(),
    eventType: z.string().optional(),
    measure: z.string().optional(),
    min: z.number().optional().describe("Least value of a number of that measure"),
    max: z.number().optional(),
    since: z.string().optional().describe("First day, ISO 8601"),
    until: z.string().optional().describe("Last day, ISO 8601"),
    copies: z.boolean().optional().describe("Show copies too"),
    sort: z.enum(["relevance", "newest", "oldest"]).optional(),
  })
  .describe("A search");
export type SearchQuery = Readonly<z.infer<typeof SearchQuery>>;

export const Alert = z
  .object({
    id: z.string(),
    name: z.string(),
    watch: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("search"), query: SearchQuery }),
      z.object({ kind: z.literal("story"), storyId: z.string() }),
      z.object({ kind: z.literal("number"), storyId: z.string(), seriesKey: z.string().optional() }),
    ]),
    channels: list(
      z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("feed") }),
        z.object({ kind: z.literal("email"), to: z.string() }),
        z.object({ kind: z.literal("webhook"), url: z.string() }),
      ]),
    ),
    created: Instant,
    cursor: z.string().optional().describe("State seen at the last firing"),
    lastFired: Instant.optional(),
    lastError: z.string().optional(),
  })
  .describe("A saved search, story or number that is watched");
export type Alert = Readonly<z.infer<typeof Alert>>;

export const AlertMessage = z.object({
  id: z.string(),
  alertId: z.string(),
  at: Instant,
  title: z.string(),
  reason: z.string().describe("Why it fired, in words"),
  link: z.string(),
});
export type AlertMessage = Readonly<z.infer<typeof AlertMessage>>;

export const Decision = z
  .object({
    id: z.string(),
    at: Instant,
    who: z.string(),
    target: z.string().describe("Id of the record decided on"),
    field: z.string().describe("What of it: `story`, `quantity`, `quote`, `event`, `outlet` …"),
    action: z.enum(["accept", "reject", "override", "split", "move", "merge", "note", "undo"]),
    value: z
      .unknown()
      .optional()
      .describe("What was set: of a story a `StoryHand`, of a fact a `FactHand`, of an outlet its record"),
    reason: z.string(),
    undoes: z.string().optional().describe("Id of the decision that is taken back"),
  })
  .describe("The user's hand: kept through re-coding, exported apart from machine rows");
export type Decision = Readonly<z.infer<typeof Decision>>;

export const StoryHand = z
  .object({
    from: StoryId,
    to: StoryId,
    articles: list(ArticleId).describe("Reports that were put from one story into the other"),
    held: list(ArticleId)
      .optional()
      .describe("Of a merge: the reports that were in the other story already, kept there with them"),
  })
  .describe("What a person did to stories by hand: `split`, `move` and `merge` of field `story`");
export type StoryHand = Readonly<z.infer<typeof StoryHand>>;

export const FactHand = z
  .object({
    kind: z.enum(["quantity", "quote", "event"]),
    span: Span,
    words: z.string(),
  })
  .describe(
    "The fact a person accepted or rejected, as it stood: found again by its words when the chain reads anew",
  );
export type FactHand = Readonly<z.infer<typeof FactHand>>;
