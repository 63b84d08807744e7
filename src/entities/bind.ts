/**
 * Coreference chains → mentions of the entities already named: "he", "the president" get the entity of the name in their
 * chain. A chain without a name makes no entity, a chain with names of several gives each mention the nearest before it.
 */
import type { Entity, EntityMention, Sentence } from "../model/index.ts";
import { type CorefModel, chainsOf, enrich, type Rich, resolve } from "./coref.ts";
import { corefCandidates } from "./corefmentions.ts";
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
): readonly EntityMention[] {
  const read = sentences.slice(0, MOST_SENTENCES);
  const candidates = read.flatMap((s, i) => corefCandidates(i, s.tokens));
  const rich = enrich(candidates, {
    sentences: read.map((s) => s.tokens),
    tags: found.tags,
    classes: tools.tables.classes,
  });
  const chains = chainsOf(resolve(rich, model));
  const headSpan = (m: Rich) => read[m.at.sentence]?.tokens[m.at.head];
  const entityAt = (m: Rich): EntityMention | undefined => {
    const head = headSpan(m);
    return (
      head &&
      found.mentions.find((x) => x.type !== "NAT" && x.span.start <= head.start && head.end <= x.span.end)
    );
  };
  const added: EntityMention[] = [];
  for (const chain of chains) {
    if (chain.length < 2) continue;
    const members = chain.flatMap((i) => (rich[i] ? [rich[i]] : []));
    const named = members.flatMap((m) => {
      const mention = entityAt(m);
      return mention ? [{ index: m.index, mention }] : [];
    });
    if (named.length === 0) continue;
    for (const m of members) {
      if (entityAt(m)) continue;
      const tokens = read[m.at.sentence]?.tokens ?? [];
      const start = tokens[m.at.start]?.start;
      const end = tokens[m.at.end - 1]?.end;
      if (start === undefined || end === undefined) continue;
      const words = text.slice(start, end);
      const nearest = named.filter((n) => n.index < m.index).at(-1) ?? named[0];
      if (!nearest) continue;
      if (
        m.kind === "pronoun"
          ? !PERSONAL.test(words)
          : m.kind !== "nominal" ||
            words.length > 60 ||
            !/^(?:the|this|that|his|her|their|its)\s/i.test(words)
      )
        continue;
      const entity = found.entities[nearest.mention.entity];
      if (!entity || (m.kind === "pronoun" && !agrees(words, entity))) continue;
      added.push({
        span: { start, end },
        words,
        type: entity.type,
        kind: m.kind === "pronoun" ? "pronoun" : "nominal",
        entity: nearest.mention.entity,
        made: "coref",
      });
    }
  }
  return [...found.mentions, ...added].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}

/** A person is no "it", a country or body no "he": the ranker is soft, this is not. */
function agrees(pronoun: string, entity: Entity): boolean {
  const personal = /^(?:he|him|his|himself|she|her|hers|herself)$/i.test(pronoun);
  const neuter = /^(?:it|its|itself)$/i.test(pronoun);
  return entity.type === "PER" ? !neuter : !personal;
}
