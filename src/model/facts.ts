/** What an article says: quantities, quotes, events. Report, claim, denial and opinion are kept apart by `assertion`. */
import { z } from "zod";
import { ArticleId, list, Span } from "./span.ts";
import { PartialDate } from "./time.ts";

export const Assertion = z
  .enum(["reported", "claimed", "denied", "opinion", "hypothetical"])
  .describe(
    "reported: stated as fact by a newsroom; claimed: a party, official, witness, expert or document says so; denied: said to be false; opinion: the author's judgement; hypothetical: if, could, target, plan",
  );
export type Assertion = z.infer<typeof Assertion>;
export const Voice = z
  .enum(["outlet", "author", "speaker"])
  .describe("outlet: the newsroom reports; author: opinion or analysis; speaker: somebody quoted");
export type Voice = z.infer<typeof Voice>;

export const Measure = z
  .enum([
    "killed",
    "injured",
    "missing",
    "arrested",
    "displaced",
    "hostages",
    "participants",
    "forces",
    "weapons",
    "votes",
    "cases",
    "money",
    "distance",
    "duration",
    "share",
    "other",
  ])
  .describe("What is measured");
export type Measure = z.infer<typeof Measure>;

/** Fields of every fact: who says it, and where it stands. */
const evidence = {
  id: z.string().describe("Article id, kind letter and number: a….q3"),
  articleId: ArticleId,
  span: Span.describe("The words that carry it"),
  words: z.string().describe("Those words"),
  sentence: Span.describe("The sentence they stand in"),
  assertion: Assertion,
  voice: Voice,
  speaker: z
    .string()
    .optional()
    .describe("Who says so: fullest name in the article; absent for the outlet's own voice"),
  speakerSpan: Span.optional(),
  via: z.string().optional().describe("Another newsroom that is relayed; absent when none"),
  certainty: z.string().optional().describe('"probably", "allegedly", "reportedly" … as written'),
  rule: z.string().describe("Rule or model that made it"),
  pipeline: z.string().describe("Pipeline version"),
};

export const Quantity = z
  .object({
    ...evidence,
    low: z.number().optional().describe("Lower bound in the words; absent when open"),
    high: z.number().optional().describe("Upper bound in the words; absent when open"),
    exact: z.number().optional().describe('The number itself when exact or "about"; absent for bounds'),
    hedge: z.string().optional().describe('Hedging words as written: "at least"'),
    unit: z.string().describe("Noun counted as written, ISO 4217 code for money, `percent`, `km` …"),
    measure: Measure,
    kind: z
      .enum(["total", "part", "new"])
      .optional()
      .describe(
        "total: whole toll so far; part: share of a larger count; new: added in the latest act; absent when none fits",
      ),
    partOf: z.string().optional().describe("Id of the quantity it is a part of"),
    per: z.string().optional().describe("day, week, year … for a rate"),
    ofWhom: z.string().optional().describe("Who is counted when not everybody"),
    place: z.string().optional(),
    country: z.string().optional(),
    period: z
      .object({ start: PartialDate.optional(), end: PartialDate.optional() })
      .optional()
      .describe("Time it covers"),
    event: z.string().optional().describe("Id of the event it measures"),
  })
  .describe("A number with its comparator, words, speaker and span; always printed in its own words");
export type Quantity = Readonly<z.infer<typeof Quantity>>;

export const Stance = z.enum([
  "asserts",
  "denies",
  "doubts",
  "vows",
  "warns",
  "demands",
  "asks",
  "confirms",
  "admits",
  "retracts",
  "declines",
]);
export type Stance = z.infer<typeof Stance>;

export const Quote = z
  .object({
    ...evidence,
    cue: z
      .object({ words: z.string(), span: Span })
      .optional()
      .describe("Reporting verb or phrase; absent when none"),
    kind: z.enum(["direct", "indirect", "mixed"]),
    stance: Stance,
    denies: z.string().optional().describe("Id of the quote, quantity or event it denies"),
  })
  .describe("Who says what");
export type Quote = Readonly<z.infer<typeof Quote>>;

export const EventType = z
  .enum([
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
  ])
  .describe("PLOVER event type");
export type EventType = z.infer<typeof EventType>;

/** PLOVER's modes of each type; a type without modes has an empty list. */
export const EVENT_MODES: Readonly<Record<EventType, readonly string[]>> = {
  AGREE: [],
  CONSULT: ["visit", "third-party", "multilateral", "phone"],
  SUPPORT: [],
  CONCEDE: [],
  COOPERATE: [],
  AID: [],
  RETREAT: ["withdraw", "release", "disarm", "ceasefire", "access", "resign"],
  REQUEST: ["assist", "change", "yield", "meet"],
  ACCUSE: ["disapprove", "investigate", "allege"],
  REJECT: ["assist", "change", "yield", "meet"],
  THREATEN: ["restrict", "arrest", "relations", "expel", "territory", "violence"],
  PROTEST: ["demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"],
  SANCTION: ["convict", "expel", "withdraw", "discontinue"],
  MOBILIZE: ["troops", "weapons", "police", "militia"],
  COERCE: [
    "seize",
    "restrict",
    "censor",
    "curfew",
    "martial-law",
    "arrest",
    "deport",
    "withhold",
    "misinformation",
    "cyber",
  ],
  ASSAULT: [
    "abduct",
    "beat",
    "torture",
    "sexual",
    "targeted",
    "destroy",
    "primitive",
    "firearms",
    "explosives",
    "suicide-attack",
    "aerial",
    "drone",
    "heavy-weapons",
    "crowd-control",
    "unconventional",
  ],
};

export const Party = z
  .object({
    words: z.string().describe("As in the article, resolved when a pronoun"),
    span: Span.optional(),
    entity: z.string().optional().describe("Entity key"),
    country: z.string().optional().describe("ISO 3166-1 alpha-3, or IGO"),
    sector: z.string().optional().describe("PLOVER sector"),
    label: z.string().optional().describe("Contested label with its holder, printed in quotation marks"),
  })
  .describe("An actor or recipient");
export type Party = Readonly<z.infer<typeof Party>>;

export const EventStatus = z.enum([
  "happened",
  "ongoing",
  "attempted",
  "planned",
  "threatened",
  "hypothetical",
  "negated",
]);

export const TimeKnown = z
  .enum(["words", "nearby", "publication"])
  .optional()
  .describe(
    "How the day is known: words of the clause itself; a time close by, in another clause or another sentence on the same event, which is approximate; or the day of the report, when the text gives none, which is a guess",
  );

export const Event = z
  .object({
    ...evidence,
    eventType: EventType,
    mode: z.string().optional().describe("PLOVER mode (how); absent when none fits"),
    context: list(z.string()).describe("PLOVER contexts (why)"),
    actor: list(Party),
    recipient: list(Party),
    happened: z
      .object({
        start: PartialDate.optional(),
        end: PartialDate.optional(),
        precision: z.string(),
        basis: TimeKnown,
      })
      .optional()
      .describe("When it happened, local day of the place; absent when the text does not say"),
    place: z
      .object({
        name: z.string(),
        country: z.string().optional(),
        admin1: z.string().optional(),
        lat: z.number().optional(),
        lon: z.number().optional(),
        precision: z.int().min(1).max(7),
      })
      .optional()
      .describe(
        "Where it happened; never the dateline or the seat of the speaker; absent for statements and decrees",
      ),
    status: EventStatus,
    background: z.boolean().describe("True for an older episode told as context"),
    confidence: z
      .number()
      .min(0)
      .max(1)
      .describe("How sure the coder is; the publishing level is applied later"),
  })
  .describe("A mention of an event: one clause; PLOVER type, mode, context");
export type Event = Readonly<z.infer<typeof Event>>;
