/** A text that has been read: sentences, tokens, entities, times. CoNLL-U names (Universal Dependencies v2). */
import { z } from "zod";
import { list, Span } from "./span.ts";
import { TimeSpan } from "./time.ts";

export const Upos = z.enum([
  "ADJ",
  "ADP",
  "ADV",
  "AUX",
  "CCONJ",
  "DET",
  "INTJ",
  "NOUN",
  "NUM",
  "PART",
  "PRON",
  "PROPN",
  "PUNCT",
  "SCONJ",
  "SYM",
  "VERB",
  "X",
]);
export type Upos = z.infer<typeof Upos>;

export const Token = z
  .object({
    form: z.string().describe("Syntactic word as CoNLL-U FORM"),
    start: z.int(),
    end: z.int().describe("Offsets into the document's text; words of one multiword token share them"),
    lemma: z.string(),
    upos: Upos,
    xpos: z.string().optional(),
    feats: z.string().describe("CoNLL-U FEATS, `_` when none"),
    head: z.int().describe("1-based number of the head in the sentence, 0 for the root"),
    deprel: z.string().describe("UD relation, with subtype: nsubj:pass"),
    mwt: z
      .int()
      .optional()
      .describe("Number of words of the multiword token that starts here; absent otherwise"),
  })
  .describe("A syntactic word");
export type Token = Readonly<z.infer<typeof Token>>;

export const Sentence = z
  .object({
    start: z.int(),
    end: z.int(),
    paragraph: z.int().describe("0-based number of the paragraph it stands in"),
    tokens: list(Token),
  })
  .describe("A sentence");
export type Sentence = Readonly<z.infer<typeof Sentence>>;

export const EntityType = z
  .enum(["PER", "ORG", "LOC", "NAT", "OFFICE", "GROUP", "ARMED", "EVENT"])
  .describe(
    "PER, ORG, LOC as in CoNLL-2003; NAT nationality, OFFICE office or role, GROUP group of people, ARMED armed or security body, EVENT named event",
  );
export type EntityType = z.infer<typeof EntityType>;

export const EntityMention = z
  .object({
    span: Span,
    words: z.string(),
    type: EntityType,
    kind: z.enum(["name", "nominal", "pronoun"]),
    entity: z.int().describe("Index into the document's entities"),
    made: z.string().describe("Rule or model"),
  })
  .describe("One place where an entity is named");
export type EntityMention = Readonly<z.infer<typeof EntityMention>>;

export const Entity = z
  .object({
    name: z.string().describe("Fullest name in the article"),
    type: EntityType,
    key: z.string().describe("Key across articles: Wikidata id when known, else type and normalised name"),
    joined: z
      .object({
        from: z.string().describe("Key the article alone gives"),
        because: z
          .enum(["story", "country", "spelling"])
          .describe(
            "The only bearer of the surname in the story, or in reports of the country and span; or the same name as reports of the story in another language spell it",
          ),
      })
      .optional()
      .describe(
        "Present when the key is that of a fuller name in other articles; made afresh with the story",
      ),
    wikidata: z.string().optional(),
    country: z
      .string()
      .optional()
      .describe("ISO 3166-1 alpha-3 it belongs to; absent when the text and tables do not say"),
    office: z.string().optional().describe("Public office as named in the article"),
    sector: z
      .string()
      .optional()
      .describe("PLOVER sector (GOV, MIL, COP, …), from conduct or established affiliation"),
    place: z
      .object({
        name: z.string(),
        country: z.string(),
        admin1: z.string().optional(),
        lat: z.number().optional(),
        lon: z.number().optional(),
        precision: z.int().min(1).max(7).describe("UCDP where_prec, 1 exact … 6 country, 7 sea or air"),
        geonames: z.string().optional(),
      })
      .optional()
      .describe("For places that were found in the gazetteer"),
  })
  .describe("An entity of an article");
export type Entity = Readonly<z.infer<typeof Entity>>;

export const Document = z
  .object({
    text: z.string(),
    language: z.string(),
    sentences: list(Sentence),
    entities: list(Entity),
    mentions: list(EntityMention),
    times: list(TimeSpan),
  })
  .describe("A text that has been read");
export type Document = Readonly<z.infer<typeof Document>>;
