/** Stories: reports grouped, with timeline, the ledger of each number, and corroboration counted in newsrooms and informants. */
import { z } from "zod";
import { Assertion, EventType, Measure, Party, Quantity, TimeKnown } from "./facts.ts";
import { ArticleId, IncidentId, list, OutletId, Span, StoryId } from "./span.ts";
import { Instant, PartialDate } from "./time.ts";

export const Corroboration = z
  .object({
    newsrooms: z.int().describe("Independent originals after copies, same wire and same owner are collapsed"),
    informants: list(z.string()).describe(
      "Distinct first-hand speakers, documents or witnesses; two bodies of one issuer are one",
    ),
    outlets: z.int().describe("All outlets that carried it, copies included"),
    counts: z
      .object({ reports: z.int(), copies: z.int(), wires: z.int(), official: z.int() })
      .optional()
      .describe(
        "Reports in all, and how many of them are copies, carry a wire's text, or are official texts",
      ),
    words: z.string().describe("The arithmetic in a sentence, in English"),
  })
  .describe("How well a statement stands");
export type Corroboration = Readonly<z.infer<typeof Corroboration>>;

export const LedgerStatus = z
  .enum([
    "said",
    "latest",
    "repeated",
    "revised",
    "withdrawn",
    "disowned",
    "corrected",
    "disputed",
    "superseded",
  ])
  .describe("said unless a span says otherwise; `withdrawn` is not `false`");

export type LedgerStatus = z.infer<typeof LedgerStatus>;

export const LedgerEntry = z
  .object({
    quantity: Quantity.describe("The number as first carried"),
    at: Instant.describe("When it became known: publication of its first carrier, else when we first saw it"),
    saidAt: PartialDate.optional(),
    status: LedgerStatus,
    statusBy: z.string().optional().describe("Who withdrew, disowned, corrected or disputed it"),
    statusEvidence: z
      .object({
        articleId: ArticleId,
        span: Span,
        words: z.string(),
        at: Instant.optional().describe("When those words were published"),
      })
      .optional()
      .describe("The words that say so"),
    carriers: list(ArticleId).describe("Articles that carry the value"),
    outlets: z.int(),
    direction: z
      .enum(["up", "down", "same", "first"])
      .describe("Against the value before in the same series"),
  })
  .describe("One value of a series");
export type LedgerEntry = Readonly<z.infer<typeof LedgerEntry>>;

export const LedgerSeries = z
  .object({
    key: z.string().describe("Stable key: measure, scope, issuer"),
    measure: Measure,
    scope: z.object({
      ofWhom: z.string().optional(),
      place: z.string().optional(),
      kind: z.string().optional(),
      per: z.string().optional(),
      unit: z.string().optional(),
    }),
    issuer: z.string().describe("Who gives the number; `outlet:NAME` for an outlet's own voice"),
    entries: list(LedgerEntry),
  })
  .describe(
    "Values of one number by one issuer and one scope; values of different series are never merged or summed",
  );
export type LedgerSeries = Readonly<z.infer<typeof LedgerSeries>>;

export const StaleNumber = z
  .object({
    articleId: ArticleId,
    quantityId: z.string(),
    seriesKey: z.string(),
    reason: LedgerStatus,
    since: Instant,
    lagHours: z.number(),
  })
  .describe("An article that repeats a value withdrawn or superseded before it was published");
export type StaleNumber = Readonly<z.infer<typeof StaleNumber>>;

export const TimelineItem = z
  .object({
    day: PartialDate.describe("Local day of the place"),
    precision: z
      .string()
      .describe("Of the day; `published` when the sentence names none and the day of the report stands in"),
    sentence: z.string().describe("A sentence of an article, unchanged"),
    articleId: ArticleId,
    span: Span,
    place: z.string().optional(),
    assertion: Assertion,
    eventType: EventType.optional(),
    corroboration: Corroboration.optional(),
  })
  .describe("One line of a timeline: a sentence quoted from an article");
export type TimelineItem = Readonly<z.infer<typeof TimelineItem>>;

export const ClaimThread = z
  .object({
    quoteId: z.string(),
    articleId: ArticleId,
    speaker: z.string(),
    words: z.string(),
    span: Span,
    at: Instant,
    stance: z.string(),
    denials: list(
      z.object({
        quoteId: z.string(),
        articleId: ArticleId,
        speaker: z.string(),
        words: z.string(),
        span: Span,
        at: Instant,
      }),
    ),
    outlets: z.int(),
  })
  .describe("A claim with the denials that point at it");
export type ClaimThread = Readonly<z.infer<typeof ClaimThread>>;

export const Burst = z
  .object({
    score: z.number().describe("Poisson surprise of the newsrooms of the last hours against the usual rate"),
    newsrooms: z.int(),
    usual: z.number(),
    hours: z.number(),
    bars: list(z.number()).describe("Newsrooms per hour, oldest first"),
  })
  .describe("Growth of coverage");
export type Burst = Readonly<z.infer<typeof Burst>>;

export const Place = z.object({
  name: z.string(),
  country: z.string().optional(),
  admin1: z.string().optional(),
  lat: z.number().optional(),
  lon: z.number().optional(),
  precision: z.int().min(1).max(7),
  articles: z.int(),
});

export const Story = z
  .object({
    id: StoryId,
    headline: z.string().describe("Headline of its central article, unchanged"),
    headlineArticle: ArticleId,
    summary: z.string().optional().describe("Lead sentence of the central article, unchanged"),
    first: Instant,
    last: Instant,
    articles: list(ArticleId),
    originals: list(ArticleId).describe("Articles that are not copies of another in the story"),
    outlets: list(OutletId),
    languages: list(z.string()),
    countries: list(z.object({ code: z.string(), weight: z.number() })),
    places: list(Place),
    corroboration: Corroboration,
    timeline: list(TimelineItem),
    ledger: list(LedgerSeries),
    stale: list(StaleNumber),
    claims: list(ClaimThread),
    burst: Burst.optional(),
    terms: list(z.string()).describe("Words that mark the story"),
    section: z.string().optional(),
    demo: z.boolean(),
    pipeline: z.string(),
  })
  .describe("A story: reports of one course of events");
export type Story = Readonly<z.infer<typeof Story>>;

export const Doubt = z
  .object({
    status: z
      .enum(["denied", "withdrawn", "disowned", "corrected", "disputed"])
      .describe("denied: refuted by a newsroom; the others as of the number it rests on in the ledger"),
    by: z.string().optional().describe("Who denied, withdrew, disowned, corrected or disputed it"),
    evidence: z
      .object({ articleId: ArticleId, span: Span, words: z.string() })
      .optional()
      .describe("The words that say so"),
  })
  .describe("Why an incident does not stand as told");
export type Doubt = Readonly<z.infer<typeof Doubt>>;

export const Incident = z
  .object({
    id: IncidentId,
    eventType: EventType,
    mode: z.string().optional(),
    actor: list(Party),
    recipient: list(Party),
    day: z.object({
      start: PartialDate.optional(),
      end: PartialDate.optional(),
      precision: z.string(),
      basis: TimeKnown,
    }),
    reported: PartialDate.optional().describe("Day of the first report of it, as the outlet dates it"),
    place: Place.optional(),
    mentions: list(z.string()).describe("Ids of the event mentions merged in it, with reasons beside"),
    reasons: list(z.string()),
    corroboration: Corroboration,
    storyId: StoryId.optional(),
    doubt: Doubt.optional().describe(
      "Present when every mention of it rests on what was taken back, refuted or disputed",
    ),
  })
  .describe("One event in the world, built from reports by reversible merges");
export type Incident = Readonly<z.infer<typeof Incident>>;

/** Whether an incident counts: what was refuted or taken back is shown with its doubt and never counted; what is only disputed is. */
export const stands = ({ doubt }: Pick<Incident, "doubt">): boolean =>
  doubt === undefined || doubt.status === "disputed";

/** The day an incident is listed under: its own, or that of the first report, where the text gives no more than the month. */
export const listedDay = ({ day, reported }: Incident): string | undefined => {
  const own = day.start ?? day.end;
  return own !== undefined && own.length < 10 && reported?.startsWith(own) === true ? reported : own;
};

/** Whether the day an incident is listed under is only that of the report. */
export const isDayOfReport = (incident: Incident): boolean =>
  incident.day.basis === "publication" || listedDay(incident) !== (incident.day.start ?? incident.day.end);
