/**
 * Coreference chains → mentions of the entities already named: "he", "the president" get the entity of the name in their
 * chain. A chain without a name makes no entity, a chain with names of several gives each mention the nearest before it.
 */
import type { Entity, EntityMention, Sentence } from "../model/index.ts";
import type { WordVectors } from "../syntax/index.ts";
import { type CorefModel, codesOfNames, readPhrases, resolveChains } from "./coref.ts";
import type { CorefCandidate } from "./corefmentions.ts";
import type { EntityTools, ReadEntities } from "./read.ts";

const PERSONAL =
  /^(?:he|him|his|himself|she|her|hers|herself|it|its|itself|they|them|their|theirs|themselves)$/i;
/** Longer texts are cut for coreference: its cost grows faster than their length. */
const MOST_SENTENCES = 150;

export function bindCoreference(
  text: string,
  sentences: readonly Sentence[],
  found: Pick<ReadEntities, "entities" | "mentions" | "tags">,
  tools: EntityTools,
  model: CorefModel,
  vector: WordVectors,
): readonly EntityMention[] {
  const read = sentences.slice(0, MOST_SENTENCES);
  const phrases = readPhrases(
    {
      sentences: read.map((s) => s.tokens),
      tags: found.tags,
      classes: tools.tables.classes,
      vector,
      names: tools.tables.names,
      codeOf: codesOfNames(tools.gazetteer),
      paragraphs: read.map((s) => s.paragraph),
    },
    model.mentions,
  );
  const covering = namesByToken(read, found.mentions);
  const entityAt = (m: CorefCandidate): EntityMention | undefined =>
    covering.get(read[m.sentence]?.tokens[m.head]?.start ?? -1);
  const added: EntityMention[] = [];
  for (const chain of resolveChains(phrases, model)) {
    if (chain.length < 2) continue;
    // A joined phrase is headed by its first name without being it.
    const members = chain.flatMap((index) => {
      const at = phrases.at[index];
      return at && !at.group ? [{ index, at, name: entityAt(at) }] : [];
    });
    const named = members.flatMap(({ index, name }) => (name ? [{ index, name }] : []));
    if (named.length === 0) continue;
    for (const { index, at, name } of members) {
      if (name) continue;
      const tokens = read[at.sentence]?.tokens ?? [];
      const start = tokens[at.start]?.start;
      const end = tokens[at.end - 1]?.end;
      if (start === undefined || end === undefined) continue;
      const words = text.slice(start, end);
      const nearest = named.filter((n) => n.index < index).at(-1) ?? named[0];
      if (!nearest) continue;
      if (
        at.kind === "pronoun"
          ? !PERSONAL.test(words)
          : at.kind !== "nominal" ||
            words.length > 60 ||
            !/^(?:the|this|that|his|her|their|its)\s/i.test(words)
      )
        continue;
      const entity = found.entities[nearest.name.entity];
      if (!entity || (at.kind === "pronoun" && !agrees(words, entity))) continue;
      added.push({
        span: { start, end },
        words,
        type: entity.type,
        kind: at.kind === "pronoun" ? "pronoun" : "nominal",
        entity: nearest.name.entity,
        made: "coref",
      });
    }
  }
  return [...found.mentions, ...added].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}

/** Start of a token → the name it is part of; nationalities are no names of something. */
function namesByToken(
  sentences: readonly Sentence[],
  mentions: readonly EntityMention[],
): ReadonlyMap<number, EntityMention> {
  const names = mentions.filter((m) => m.type !== "NAT").sort((a, b) => a.span.start - b.span.start);
  const out = new Map<number, EntityMention>();
  let next = 0;
  for (const { tokens } of sentences)
    for (const { start, end } of tokens) {
      while ((names[next]?.span.end ?? Number.POSITIVE_INFINITY) <= start) next++;
      const name = names[next];
      if (name && name.span.start <= start && end <= name.span.end) out.set(start, name);
    }
  return out;
}

/** A person is no "it", a country or body no "he": the ranker is soft, this is not. */
function agrees(pronoun: string, entity: Entity): boolean {
  const personal = /^(?:he|him|his|himself|she|her|hers|herself)$/i.test(pronoun);
  const neuter = /^(?:it|its|itself)$/i.test(pronoun);
  return entity.type === "PER" ? !neuter : !personal;
}
