/**
 * A surname alone and the full name it belongs to are one person, where only one bears it, and so are the spellings of a
 * full name in several languages: within an article coreference says so, across articles this does. The bearer is looked for in the same story, then in reports of the same country and
 * span; whoever else in the archive bears the surname and is named as often makes it doubtful, and then nothing is joined.
 * Neither is what offices or countries speak against. A join belongs to an article, keeps its reason, and is made afresh
 * whenever the story is built, so that a second bearer parts what was joined before.
 */
import { fold } from "../entities/gazetteer.ts";
import { familyName, nameKey, nameWords } from "../entities/names.ts";
import { type ArticleId, type Entity, primaryLanguage, type Reading } from "../model/index.ts";
import { skeletonOf } from "./sisters.ts";

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

/** "Orlov" and "Орлов": the consonants of the first given name and of the surname, where there are enough to tell by. */
const soundOf = (name: string): string | undefined => {
  const given = skeletonOf((nameWords(name)[0] ?? "").split("-")[0] ?? "");
  const family = skeletonOf(familyName(name));
  return given.length >= 3 && family.length >= 3 ? `${given} ${family}` : undefined;
};

type Named = Bearer & {
  /** Of the report; absent where the archive as a whole is asked. */
  readonly language?: string | undefined;
};
/** "George Bush" and "George W. Bush" may be two; "Vesna Tarn" and "Весна Тарн", in reports of two languages, are one. */
const isSame = (a: Named, b: Named): boolean =>
  a.key === b.key ||
  (a.language !== b.language && soundOf(a.name) !== undefined && soundOf(a.name) === soundOf(b.name));

type Person = readonly Named[];
const personsOf = (bearers: readonly Named[]): readonly Person[] => {
  const persons: Named[][] = [];
  for (const bearer of bearers) {
    const known = persons.find((names) => names.some((n) => isSame(n, bearer)));
    if (known === undefined) persons.push([bearer]);
    else known.push(bearer);
  }
  return persons;
};

/** The name a person is kept under: the one most reports use; in our letters, if as many do. */
const mainOf = (person: Person): Named | undefined => {
  const uses = (n: Named): number => person.filter((o) => o.key === n.key).length;
  const latin = (n: Named): number => (/^\p{Script=Latin}/u.test(n.name) ? 1 : 0);
  return person.toSorted((a, b) => uses(b) - uses(a) || latin(b) - latin(a) || (a.key < b.key ? -1 : 1))[0];
};

const agrees = (a: string | undefined, told: readonly (string | undefined)[]): boolean =>
  a === undefined || told.every((b) => b === undefined) || told.includes(a);

/** The key of the one person a surname alone may mean, with the reason; undefined where there is a doubt. */
const bearerOf = (
  e: Entity,
  here: readonly Named[],
  elsewhere: readonly Bearer[],
): Pick<Join, "key" | "because"> | undefined => {
  const because = here.length > 0 ? "story" : "country";
  const [person, second] = personsOf(because === "story" ? here : elsewhere.filter((b) => b.near));
  const main = person && mainOf(person);
  if (person === undefined || main === undefined || second !== undefined) return undefined;
  const isBearer = (b: Named): boolean => person.some((n) => isSame(n, b));
  const most = (list: readonly Bearer[]): number => Math.max(0, ...list.map((b) => b.articles));
  const rivals = elsewhere.filter((b) => !isBearer(b));
  if (rivals.length > 0 && most(rivals) >= Math.max(1, most(elsewhere.filter(isBearer)))) return undefined;
  const sure = (field: "office" | "country"): boolean =>
    agrees(
      e[field],
      person.map((n) => n[field]),
    );
  return sure("office") && sure("country") ? { key: main.key, because } : undefined;
};

/**
 * @param readings of one story
 * @param known who bears a surname in the whole archive, within the span
 */
export const joinNames = (
  readings: readonly Reading[],
  known: (surname: string) => readonly Bearer[] = () => [],
): readonly Join[] => {
  const byFamily = new Map<string, Named[]>();
  const bySound = new Map<string, Named[]>();
  const add = (map: Map<string, Named[]>, key: string | undefined, named: Named): void => {
    if (key !== undefined) map.set(key, [...(map.get(key) ?? []), named]);
  };
  for (const { article, entities } of readings)
    for (const e of entities) {
      const family = familyOf(e);
      if (family === undefined) continue;
      const named: Named = { ...e, articles: 1, near: true, language: primaryLanguage(article.language) };
      add(byFamily, family, named);
      add(bySound, soundOf(e.name), named);
    }
  return readings.flatMap(({ article, entities }) =>
    entities.flatMap((e): Join[] => {
      const surname = aloneOf(e);
      const found =
        surname === undefined
          ? spelled(e, bySound.get(soundOf(e.name) ?? "") ?? [])
          : bearerOf(e, byFamily.get(surname) ?? [], known(surname));
      return found === undefined || found.key === e.key
        ? []
        : [{ articleId: article.id, from: e.key, ...found }];
    }),
  );
};

/** The name by which reports of other languages in the story call somebody; undefined where one language tells two apart. */
const spelled = (e: Entity, alike: readonly Named[]): Pick<Join, "key" | "because"> | undefined => {
  if (e.type !== "PER") return undefined;
  const [person, second] = personsOf(alike);
  const main = person && mainOf(person);
  if (person === undefined || main === undefined || second !== undefined) return undefined;
  const keysOf = new Map<string | undefined, Set<string>>();
  for (const n of person) keysOf.set(n.language, new Set([...(keysOf.get(n.language) ?? []), n.key]));
  return [...keysOf.values()].some((keys) => keys.size > 1)
    ? undefined
    : { key: main.key, because: "spelling" };
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
