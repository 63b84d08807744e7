/**
 * Readings → flat rows, one table per kind of fact. Each row names its article, link, outlet, four times where they apply,
 * the cited sentence, the span and the hash of the text it points into: enough to check it, never the full text.
 */
import type { CopyLink, Decision, Doubt, Event, Fate, Party, Reading } from "../model/index.ts";
import { factDecisions } from "../stories/hand.ts";
import type { Cell } from "./csv.ts";

export type TableKind = "articles" | "quantities" | "quotes" | "events" | "entities" | "copies";
export const TABLE_KINDS: readonly TableKind[] = [
  "articles",
  "quantities",
  "quotes",
  "events",
  "entities",
  "copies",
];

const ARTICLE = [
  "article_id",
  "url",
  "outlet_id",
  "outlet",
  "headline",
  "published",
  "published_precision",
  "first_seen",
  "language",
  "genre",
  "demo",
] as const;
const EVIDENCE = [
  "assertion",
  "voice",
  "speaker",
  "via",
  "certainty",
  "words",
  "sentence",
  "span_start",
  "span_end",
  "text_sha256",
  "rule",
  "pipeline",
  "by_hand",
  "by_hand_reason",
] as const;

export const COLUMNS = {
  articles: [
    ...ARTICLE,
    "canonical_url",
    "modified",
    "byline",
    "section",
    "countries",
    "wire_tags",
    "credits",
    "story_id",
    "copy_of",
    "fates",
    "quantities",
    "quotes",
    "events",
    "text_sha256",
    "raw_sha256",
    "pipeline",
  ],
  quantities: [
    "id",
    ...ARTICLE,
    "measure",
    "low",
    "high",
    "exact",
    "hedge",
    "unit",
    "kind",
    "per",
    "of_whom",
    "place",
    "country",
    "period_start",
    "period_end",
    ...EVIDENCE,
  ],
  quotes: ["id", ...ARTICLE, "kind", "stance", "cue", "denies", ...EVIDENCE],
  events: [
    "id",
    ...ARTICLE,
    "event_type",
    "mode",
    "context",
    "actor",
    "actor_country",
    "actor_sector",
    "recipient",
    "recipient_country",
    "recipient_sector",
    "happened_start",
    "happened_end",
    "happened_precision",
    "happened_basis",
    "place",
    "place_country",
    "place_admin1",
    "lat",
    "lon",
    "place_precision",
    "status",
    "background",
    "confidence",
    "doubt",
    "doubt_by",
    ...EVIDENCE,
  ],
  entities: [...ARTICLE, "entity", "name", "type", "country", "office", "sector", "wikidata", "mentions"],
  copies: [
    "copy",
    "copy_url",
    "original",
    "original_url",
    "original_outlet",
    "kind",
    "confidence",
    "share",
    "evidence",
  ],
} as const satisfies Readonly<Record<TableKind, readonly string[]>>;

export type Row = Readonly<Record<string, Cell>>;
export type RowContext = {
  readonly storyId?: string | undefined;
  readonly originals?: readonly CopyLink[] | undefined;
  readonly fates?: readonly Fate[] | undefined;
  /** What people decided; rejected facts stay in the tables, marked. */
  readonly decisions?: readonly Decision[] | undefined;
  /** Why the incident of an event mention does not stand, by the mention's id. */
  readonly doubts?: ReadonlyMap<string, Doubt> | undefined;
};

const articleCells = ({ article }: Reading): Record<string, Cell> => ({
  article_id: article.id,
  url: article.url,
  outlet_id: article.outletId,
  outlet: article.outletName,
  headline: article.title,
  published: article.published?.value,
  published_precision: article.published?.precision,
  first_seen: article.firstSeen,
  language: article.language,
  genre: article.genre,
  demo: article.demo,
});

type Evidenced = Pick<
  Event,
  | "id"
  | "assertion"
  | "voice"
  | "speaker"
  | "via"
  | "certainty"
  | "words"
  | "sentence"
  | "span"
  | "rule"
  | "pipeline"
>;
const HAND: Readonly<Record<string, string>> = { accept: "accepted", reject: "rejected" };

const evidenceCells = (
  reading: Reading,
  fact: Evidenced,
  judged: ReadonlyMap<string, Decision>,
): Record<string, Cell> => ({
  assertion: fact.assertion,
  voice: fact.voice,
  speaker: fact.speaker,
  via: fact.via,
  certainty: fact.certainty,
  words: fact.words,
  sentence: reading.article.text.slice(fact.sentence.start, fact.sentence.end),
  span_start: fact.span.start,
  span_end: fact.span.end,
  text_sha256: reading.article.textSha256,
  rule: fact.rule,
  pipeline: fact.pipeline,
  by_hand: HAND[judged.get(fact.id)?.action ?? ""],
  by_hand_reason: judged.get(fact.id)?.reason,
});

const parties = (list: readonly Party[], field: "words" | "country" | "sector"): string =>
  list.map((p) => p[field] ?? "").join("; ");

/** The rows of one kind that a reading gives. */
export function rowsOf(kind: TableKind, reading: Reading, context: RowContext = {}): Row[] {
  const { article } = reading;
  const head = articleCells(reading);
  const judged = factDecisions(reading, context.decisions ?? []);
  switch (kind) {
    case "articles":
      return [
        {
          ...head,
          canonical_url: article.canonicalUrl,
          modified: article.modified?.value,
          byline: article.byline.join("; "),
          section: article.section,
          countries: reading.countries.map((c) => c.code).join(" "),
          wire_tags: article.wireTags.join(" "),
          credits: article.credits.map((c) => c.words).join("; "),
          story_id: context.storyId,
          copy_of: context.originals?.[0]?.original,
          fates: (context.fates ?? []).map((f) => `${f.kind} ${f.at}`).join("; "),
          quantities: reading.quantities.length,
          quotes: reading.quotes.length,
          events: reading.events.length,
          text_sha256: article.textSha256,
          raw_sha256: article.rawSha256,
          pipeline: article.pipeline,
        },
      ];
    case "quantities":
      return reading.quantities.map((q) => ({
        id: q.id,
        ...head,
        measure: q.measure,
        low: q.low,
        high: q.high,
        exact: q.exact,
        hedge: q.hedge,
        unit: q.unit,
        kind: q.kind,
        per: q.per,
        of_whom: q.ofWhom,
        place: q.place,
        country: q.country,
        period_start: q.period?.start,
        period_end: q.period?.end,
        ...evidenceCells(reading, q, judged),
      }));
    case "quotes":
      return reading.quotes.map((q) => ({
        id: q.id,
        ...head,
        kind: q.kind,
        stance: q.stance,
        cue: q.cue?.words,
        denies: q.denies,
        ...evidenceCells(reading, q, judged),
      }));
    case "events":
      return reading.events.map((e) => ({
        id: e.id,
        ...head,
        event_type: e.eventType,
        mode: e.mode,
        context: e.context.join(" "),
        actor: parties(e.actor, "words"),
        actor_country: parties(e.actor, "country"),
        actor_sector: parties(e.actor, "sector"),
        recipient: parties(e.recipient, "words"),
        recipient_country: parties(e.recipient, "country"),
        recipient_sector: parties(e.recipient, "sector"),
        happened_start: e.happened?.start,
        happened_end: e.happened?.end,
        happened_precision: e.happened?.precision,
        happened_basis: e.happened?.basis,
        place: e.place?.name,
        place_country: e.place?.country,
        place_admin1: e.place?.admin1,
        lat: e.place?.lat,
        lon: e.place?.lon,
        place_precision: e.place?.precision,
        status: e.status,
        background: e.background,
        confidence: e.confidence,
        doubt: context.doubts?.get(e.id)?.status,
        doubt_by: context.doubts?.get(e.id)?.by,
        ...evidenceCells(reading, e, judged),
      }));
    case "entities":
      return reading.entities.map((entity, i) => ({
        ...head,
        entity: entity.key,
        name: entity.name,
        type: entity.type,
        country: entity.country,
        office: entity.office,
        sector: entity.sector,
        wikidata: entity.wikidata,
        mentions: reading.mentions.filter((m) => m.entity === i).length,
      }));
    case "copies":
      return (context.originals ?? []).map((link) => ({
        copy: link.copy,
        copy_url: article.url,
        original: link.original,
        original_url: link.originalUrl,
        original_outlet: link.originalOutlet,
        kind: link.kind,
        confidence: link.confidence,
        share: link.share,
        evidence: link.evidence.map((e) => e.kind).join(" "),
      }));
  }
}
