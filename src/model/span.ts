/** Where in a stored text a value stands, and what made it: the evidence every derived value carries. */
import { z } from "zod";

/** A read-only list; records are never changed in place. */
export const list = <T extends z.ZodType>(item: T) => z.array(item).readonly();

export const Span = z
  .object({
    start: z.int().nonnegative().describe("Offset of the first UTF-16 unit"),
    end: z
      .int()
      .nonnegative()
      .describe("Offset after the last UTF-16 unit: intervals are half-open, [start, end)"),
  })
  .describe("An interval of a stored text, in UTF-16 units, half-open");
export type Span = Readonly<z.infer<typeof Span>>;

export const Made = z
  .object({
    by: z.string().describe("Name of the rule or model that made the value, for example `numbers/at-least`"),
    version: z.string().describe("Version of that rule or model, or of the pipeline it belongs to"),
  })
  .describe("What made a derived value");
export type Made = Readonly<z.infer<typeof Made>>;

export const Note = z
  .object({
    stage: z.string().describe("Stage of the chain that speaks: feeds, article, syntax, copies, …"),
    code: z.string().describe("Short stable name of the finding, for example `date-in-future`"),
    detail: z.string().optional().describe("What was found, in words; absent when the code says it all"),
    span: Span.optional().describe("Where it was found; absent when it concerns the whole"),
  })
  .describe(
    "What a stage could not read, or read with doubt: the field concerned is absent instead of guessed",
  );
export type Note = Readonly<z.infer<typeof Note>>;

export const DeclineReason = z
  .enum([
    "empty",
    "too-large",
    "truncated",
    "not-html",
    "not-text",
    "not-a-feed",
    "not-an-article",
    "index-page",
    "paywall-or-consent",
    "error-page",
    "unsupported-type",
    "unsupported-language",
    "forbidden-address",
    "robots",
    "fetch-failed",
    "gone",
    "damaged",
    "forgotten",
  ])
  .describe("Why an input was declined");
export type DeclineReason = z.infer<typeof DeclineReason>;

export const Declined = z
  .object({
    ok: z.literal(false),
    reason: DeclineReason,
    detail: z.string().describe("The reason in words a person can act on"),
    notes: list(Note).optional(),
  })
  .describe("An input that was declined: an ordinary outcome, stored and shown");
export type Declined = Readonly<z.infer<typeof Declined>>;

/** Brands an identifier so that one kind cannot be passed for another. */
export const id = <const B extends string>(_brand: B, meaning: string) =>
  z.string().min(1).brand<B>().describe(meaning);

export const ArticleId = id(
  "ArticleId",
  "Stable id of an article: `a` and 16 hex digits of the SHA-256 of its canonical address or, without one, of its text",
);
export type ArticleId = z.infer<typeof ArticleId>;
export const StoryId = id(
  "StoryId",
  "Stable id of a story: `s` and the hex digits of the id of its first article",
);
export type StoryId = z.infer<typeof StoryId>;
export const OutletId = id(
  "OutletId",
  "Stable id of an outlet: its registrable host in lower case, or a slug of its name",
);
export type OutletId = z.infer<typeof OutletId>;
export const SourceId = id("SourceId", "Stable id of a polled source: hash of its address");
export type SourceId = z.infer<typeof SourceId>;
export const IncidentId = id(
  "IncidentId",
  "Stable id of an incident: hash of type family, place, day and sides of its first report",
);
export type IncidentId = z.infer<typeof IncidentId>;
