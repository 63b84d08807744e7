/** Points and intervals of time with the precision the text supports. Dates carry precision as a prefix of ISO 8601. */
import { z } from "zod";
import { Span } from "./span.ts";

export const DatePrecision = z
  .enum(["year", "month", "week", "day", "hour", "minute", "second"])
  .describe("Finest unit the evidence supports");
export type DatePrecision = z.infer<typeof DatePrecision>;

export const PartialDate = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2}(T\d{2}(:\d{2}(:\d{2})?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/)
  .describe("ISO 8601, cut at its precision: 2022, 2022-01, 2022-01-05, 2022-01-05T14:30+06:00");
export type PartialDate = z.infer<typeof PartialDate>;

export const Instant = z.iso.datetime({ offset: true }).describe("A moment: ISO 8601 with zone");
export type Instant = z.infer<typeof Instant>;

export const TimeBasis = z
  .enum([
    "feed",
    "json-ld",
    "microdata",
    "meta",
    "time-element",
    "visible-text",
    "url",
    "http-header",
    "sitemap",
    "file-name",
    "user",
  ])
  .describe("Where a published or modified time was read");
export type TimeBasis = z.infer<typeof TimeBasis>;

export const StatedTime = z
  .object({
    value: PartialDate,
    precision: DatePrecision,
    zone: z.enum(["stated", "assumed", "unknown"]).describe("Whether the text gave the offset from UTC"),
    basis: TimeBasis,
    words: z.string().optional().describe("The words it was read from; absent when it came from markup"),
  })
  .describe("A time stated by a publisher, with its precision and where it was read");
export type StatedTime = Readonly<z.infer<typeof StatedTime>>;

export const TimeSpan = z
  .object({
    start: PartialDate.optional().describe('First day or moment included; absent when open ("until May")'),
    end: PartialDate.optional().describe(
      'Last day or moment included, at the same precision; absent when open ("since 1991")',
    ),
    precision: DatePrecision.describe("Finest unit the words support"),
    approximate: z.boolean().describe('True for "about", "early", "in recent days" and the like'),
    direction: z
      .enum(["past", "present", "future", "unknown"])
      .describe("Seen from the publication of the article"),
    kind: z.enum(["date", "time", "duration", "set"]).describe("TIMEX3 type in lower case"),
    duration: z.string().optional().describe('ISO 8601 duration for "for three days"; absent otherwise'),
    words: z.string().describe("The words as written"),
    span: Span,
    rule: z.string().describe("Rule that resolved it"),
  })
  .describe(
    "A time expression of a text, resolved to an interval towards the past unless the verb looks ahead",
  );
export type TimeSpan = Readonly<z.infer<typeof TimeSpan>>;
