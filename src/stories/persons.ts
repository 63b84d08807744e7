/**
 * A surname alone and the full name it belongs to are one person, where only one bears it: within an article coreference
 * says so, across articles this does. The bearer is looked for in the same story, then in reports of the same country and
 * span; whoever else in the archive bears the surname and is named as often makes it doubtful, and then nothing is joined.
 * Neither is what offices or countries speak against. A join belongs to an article, keeps its reason, and is made afresh
 * whenever the story is built, so that a second bearer parts what was joined before.
 */
import { fold } from "../entities/gazetteer.ts";
import { familyName, isShortPerson, nameKey, nameWords } from "../entities/names.ts";
import type { ArticleId, Entity, Reading } from "../model/index.ts";

export type Join = {
  readonly articleId: ArticleId;
  /** Key the article alone gives. */
  readonly from: string;
  readonly key: string;
  readonly because: NonNullable<Entity["joined"]>["because"];
};

/** Somebody the archive knows by a full name. */
export type Bearer = Pick<Entity, "key" | "name" | "office" | "country"> & {
  readonly articles: number;
  /** Named in reports of the country and span asked for. */
  readonly near: boolean;
};

const words = (name: string): number => nameWords(name).length;

/** The surname by which a full name is found; undefined for a single word. */
export const familyOf = ({ type, name }: Pick<Entity, "type" | "name">): string | undefined =>
  type === "PER" && words(name) > 1 ? fold(familyName(name)).toLowerCase() : undefined;

const aloneOf = ({ type, name }: Entity): string | undefined =>
  type === "PER" && words(name) === 1 ? fold(nameWords(name)[0] ?? "").toLowerCase() : undefined;

/** Surnames that stand alone in some report. */
export const surnamesAlone = (readings: readonly Reading[]): readonly string[] => [
  ...new Set(readings.flatMap((r) => r.entities.flatMap((e) => aloneOf(e) ?? []))),
];

type Person = { readonly names: Bearer[] };
const isSame = (a: string, b: string): boolean => isShortPerson(a, b) || isShortPerson(b, a);

/** Full names → persons: "Vesna Tarn" and "Vesna M. Tarn" are one. */
const personsOf = (bearers: readonly Bearer[]): Person[] => {
  const persons: Person[] = [];
  for (const bearer of bearers) {
    const known = persons.find(({ names }) =>
      names.every((n) => n.key === bearer.key || isSame(n.name, bearer.name)),
    );
    if (known === undefined) persons.push({ names: [bearer] });
    else known.names.push(bearer);
  }
  return persons;
};
const articlesOf = ({ names }: Person): number => Math.max(...names.map((n) => n.articles));

const agrees = (a: string | undefined, told: readonly (string | undefined)[]): boolean =>
  a === undefined || told.every((b) => b === undefined) || told.includes(a);

/**
 * @param readings of one story
 * @param known who bears a surname in the whole archive, within the span
 */
export const joinNames = (
  readings: readonly Reading[],
  known: (surname: string) => readonly Bearer[] = () => [],
): readonly Join[] => {
  const inStory = new Map<string, Bearer[]>();
  for (const { entities } of readings)
    for (const e of entities) {
      const family = familyOf(e);
      if (family === undefined) continue;
      inStory.set(family, [...(inStory.get(family) ?? []), { ...e, articles: 1, near: true }]);
    }
  return readings.flatMap(({ article, entities }) =>
    entities.flatMap((e): Join[] => {
      const surname = aloneOf(e);
      if (surname === undefined) return [];
      const here = inStory.get(surname) ?? [];
      const elsewhere = known(surname);
      const because = here.length > 0 ? "story" : "country";
      const [person, second] = personsOf(because === "story" ? here : elsewhere.filter((b) => b.near));
      if (person === undefined || second !== undefined) return [];
      const keys = new Set(person.names.map((n) => n.key));
      const weight = Math.max(
        articlesOf(person),
        ...elsewhere.filter((b) => keys.has(b.key)).map((b) => b.articles),
      );
      const rivals = elsewhere.filter(
        (b) => !person.names.some((n) => n.key === b.key || isSame(n.name, b.name)),
      );
      if (rivals.some((b) => b.articles >= weight)) return [];
      if (
        !agrees(
          e.office,
          person.names.map((n) => n.office),
        )
      )
        return [];
      if (
        !agrees(
          e.country,
          person.names.map((n) => n.country),
        )
      )
        return [];
      const full = person.names.toSorted(
        (a, b) =>
          person.names.filter((n) => n.key === b.key).length -
            person.names.filter((n) => n.key === a.key).length ||
          words(b.name) - words(a.name) ||
          (a.key < b.key ? -1 : 1),
      )[0];
      return full === undefined ? [] : [{ articleId: article.id, from: e.key, key: full.key, because }];
    }),
  );
};

/**
 * Keys that entities of our tables would have by their words alone: "org:…" of an alias, also of an archive that was read
 * before the alias was known.
 */
export const formerKeys = ({
  entities,
  mentions,
}: Pick<Reading, "entities" | "mentions">): readonly { readonly old: string; readonly now: string }[] => {
  const found = new Map<string, string>();
  for (const { entity, words: called, kind, type } of mentions) {
    const key = entities[entity]?.key;
    if (key === undefined || kind !== "name" || (type !== "ORG" && type !== "ARMED")) continue;
    const old = `org:${nameKey(called)}`;
    if (entities[entity]?.wikidata !== undefined && old !== key) found.set(old, key);
  }
  return [...found].map(([old, now]) => ({ old, now }));
};

type Joined = Pick<Reading, "entities" | "events">;

const rekeyed = <R extends Joined>(
  reading: R,
  change: (e: Entity) => Entity,
  key: (key: string) => string,
): R => {
  const parties = (list: Joined["events"][number]["actor"]) =>
    list.map((p) => (p.entity === undefined ? p : { ...p, entity: key(p.entity) }));
  return {
    ...reading,
    entities: reading.entities.map(change),
    events: reading.events.map((e) => ({ ...e, actor: parties(e.actor), recipient: parties(e.recipient) })),
  };
};

/** A reading with its own joins made; of those of other articles it takes none. */
export const withJoins = <R extends Joined>(reading: R, joins: readonly Omit<Join, "articleId">[]): R => {
  if (joins.length === 0) return reading;
  const by = new Map(joins.map((j) => [j.from, j]));
  return rekeyed(
    reading,
    (e) => {
      const join = by.get(e.key);
      return join === undefined
        ? e
        : { ...e, key: join.key, joined: { from: join.from, because: join.because } };
    },
    (key) => by.get(key)?.key ?? key,
  );
};

/** A reading as its article alone gives it. */
export const withoutJoins = <R extends Joined>(reading: R): R => {
  const before = new Map(
    reading.entities.flatMap((e) => (e.joined === undefined ? [] : [[e.key, e.joined.from] as const])),
  );
  if (before.size === 0) return reading;
  return rekeyed(
    reading,
    ({ joined, ...e }) => (joined === undefined ? e : { ...e, key: joined.from }),
    (key) => before.get(key) ?? key,
  );
};
