/**
 * Decisions of people → what they mean now: which reports are held in which story, which stories must stay apart, which
 * facts are rejected. A decision that was undone means nothing; of two about one thing the later holds. Facts are found by
 * kind, words and place as they stood when they were decided on, so that a later reading, which may number them anew, is
 * judged alike.
 */
import { type Decision, FactHand, type Reading, StoryHand } from "../model/index.ts";

type Fact = Reading["quantities"][number] | Reading["quotes"][number] | Reading["events"][number];
export type FactKind = FactHand["kind"];

/** In the order they were taken. */
export const inForce = (decisions: readonly Decision[]): readonly Decision[] => {
  const undone = new Set(decisions.flatMap((d) => (d.action === "undo" ? [d.undoes] : [])));
  return decisions.filter((d) => d.action !== "undo" && !undone.has(d.id));
};

export type StoryDecision = Decision & { readonly hand: StoryHand };

/** Splits, moves and merges of stories that hold. */
export const storyDecisions = (decisions: readonly Decision[]): readonly StoryDecision[] =>
  inForce(decisions).flatMap((d) => {
    if (d.field !== "story" || !["split", "move", "merge"].includes(d.action)) return [];
    const read = StoryHand.safeParse(d.value);
    return read.success ? [{ ...d, hand: read.data }] : [];
  });

export type Holdings = {
  /** Article → story it is held in. */
  readonly pins: ReadonlyMap<string, string>;
  /** Stories that are not to become one. */
  readonly apart: readonly (readonly [string, string])[];
};

/** @example holdingsOf([splitOf("a2", "s1", "s2")]).pins.get("a2") // "s2" */
export const holdingsOf = (decisions: readonly Decision[]): Holdings => {
  const pins = new Map<string, string>();
  const apart = new Map<string, readonly [string, string]>();
  const key = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);
  for (const { action, hand } of storyDecisions(decisions)) {
    for (const id of hand.articles) pins.set(id, hand.to);
    for (const id of hand.held ?? []) if (!pins.has(id)) pins.set(id, hand.to);
    if (action === "merge") apart.delete(key(hand.from, hand.to));
    else apart.set(key(hand.from, hand.to), [hand.from, hand.to]);
  }
  return { pins, apart: [...apart.values()] };
};

const FACT_ID = /^(.+)\.[a-z]+\d+$/;

/** The article a fact's id belongs to. */
export const articleOfFact = (factId: string): string | undefined => FACT_ID.exec(factId)?.[1];

const isMeant = (fact: Fact, kind: FactKind, d: Decision, all: readonly Fact[]): boolean => {
  const known = FactHand.safeParse(d.value);
  if (!known.success) return d.field === kind && d.target === fact.id;
  const { span, words } = known.data;
  if (known.data.kind !== kind || fact.words !== words) return false;
  // The words may stand in the text more than once; the text may have grown above them.
  const same = all.filter((f) => f.words === words);
  const near = (f: Fact): number => Math.abs(f.span.start - span.start);
  return same.every((f) => near(f) >= near(fact));
};

/** Fact id → the decision to accept or reject it that holds. */
export const factDecisions = (
  reading: Pick<Reading, "article" | "quantities" | "quotes" | "events">,
  decisions: readonly Decision[],
): ReadonlyMap<string, Decision> => {
  const found = new Map<string, Decision>();
  const own = inForce(decisions).filter(
    (d) => (d.action === "accept" || d.action === "reject") && articleOfFact(d.target) === reading.article.id,
  );
  if (own.length === 0) return found;
  const judge = (kind: FactKind, facts: readonly Fact[]): void => {
    for (const d of own) for (const f of facts) if (isMeant(f, kind, d, facts)) found.set(f.id, d);
  };
  judge("quantity", reading.quantities);
  judge("quote", reading.quotes);
  judge("event", reading.events);
  return found;
};

/** The reading without the facts a person rejected; the same object when there are none. */
export const withoutRejected = (reading: Reading, decisions: readonly Decision[]): Reading => {
  const judged = factDecisions(reading, decisions);
  const stands = (f: Fact): boolean => judged.get(f.id)?.action !== "reject";
  if ([...judged.values()].every((d) => d.action !== "reject")) return reading;
  return {
    ...reading,
    quantities: reading.quantities.filter(stands),
    quotes: reading.quotes.filter(stands),
    events: reading.events.filter(stands),
  };
};
