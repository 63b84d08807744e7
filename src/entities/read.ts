/**
 * Sentences → entities and their mentions. Names come from the tagger (PER, ORG, LOC) and the gazetteers (nationalities,
 * bodies, offices, places); names of one thing are joined (names.ts), places are looked up (places.ts), offices and countries
 * are read where they stand beside a name ("Kazakh President X"). Without a tagger (languages not learnt yet) only names of
 * the gazetteers are found: precision before recall.
 */
import type { Entity, EntityMention, EntityType } from "../model/index.ts";
import type { FeatureTables } from "./features.ts";
import type { Entry, Gazetteer, Match } from "./gazetteer.ts";
import { isShortOrg, isShortPerson, nameKey, nameWords } from "./names.ts";
import {
  ANYWHERE,
  choosePlace,
  countryAfter,
  type PlaceChoice,
  type PlaceContext,
  stateOf,
} from "./places.ts";
import type { NameTagger } from "./tagger.ts";

export type EntityToken = {
  readonly start: number;
  readonly end: number;
  readonly form: string;
  readonly upos?: string;
};
export type EntitySentence = {
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly EntityToken[];
};

export type EntityTools = {
  readonly gazetteer: Gazetteer;
  readonly tables: FeatureTables;
  /** Absent for languages without a learnt tagger. */
  readonly tagger?: NameTagger | undefined;
};

export type ReadEntities = {
  readonly entities: readonly Entity[];
  readonly mentions: readonly EntityMention[];
  readonly countries: readonly { readonly code: string; readonly weight: number }[];
  /** Tags of the words of each sentence; empty without a tagger. */
  readonly tags: readonly (readonly string[])[];
};

type Draft = {
  readonly sentence: number;
  readonly start: number;
  readonly end: number;
  readonly words: string;
  readonly type: EntityType;
  readonly made: string;
  readonly entries: readonly Entry[];
  readonly office?: string | undefined;
  readonly sector?: string | undefined;
  readonly country?: string | undefined;
  readonly place?: PlaceChoice | undefined;
};

const ARMED =
  /\b(?:police|army|navy|air force|armed forces|security forces|special forces|forces|troops|militia|militias|national guard|brigade|battalion|military|gendarmerie|coast guard|border guards?|intelligence (?:agency|service)|security service)\b/i;

/** "The North" is North Korea where that is spoken of, else a side of something; never the region of Cameroon called so. */
const COMPASS = /^(?:north|south|east|west|centre|center|central|northern|southern|eastern|western)$/iu;
const KIND_OF_PLACE = /\s(?:province|region|state|oblast|governorate|prefecture|district)$/iu;

type Found = { readonly from: number; readonly to: number; readonly type: "PER" | "ORG" | "LOC" };

function taggedSpans(tags: readonly string[]): Found[] {
  const out: Found[] = [];
  tags.forEach((tag, i) => {
    const type = tag.slice(2);
    const last = out.at(-1);
    if (tag.startsWith("I-") && last && last.to === i && last.type === type)
      out[out.length - 1] = { ...last, to: i + 1 };
    else if (type === "PER" || type === "ORG" || type === "LOC") out.push({ from: i, to: i + 1, type });
  });
  return out;
}

/** A tagger may begin in the middle of "Kassym-Jomart": a span takes in what is joined to it by a hyphen without spaces. */
function throughHyphens(spans: readonly Found[], tokens: readonly EntityToken[]): Found[] {
  const out: Found[] = [];
  for (const span of spans) {
    let { from, to } = span;
    const joined = (i: number): boolean =>
      tokens[i]?.form === "-" &&
      tokens[i - 1]?.end === tokens[i]?.start &&
      tokens[i]?.end === tokens[i + 1]?.start;
    while (from >= 2 && joined(from - 1) && /^\p{Lu}/u.test(tokens[from - 2]?.form ?? "")) from -= 2;
    while (to + 1 < tokens.length && joined(to) && /^\p{Lu}/u.test(tokens[to + 1]?.form ?? "")) to += 2;
    while (out.length > 0 && (out.at(-1)?.to ?? 0) > from) {
      from = Math.min(from, out.at(-1)?.from ?? from);
      out.pop();
    }
    out.push({ ...span, from, to });
  }
  return out;
}

/** Weight by alpha-2 of the countries that a match points to for certain. */
function countryHints(match: Match): readonly string[] {
  const out: string[] = [];
  for (const e of match.entries) {
    if (e.kind === "country" || e.kind === "adjective" || e.kind === "seat") out.push(e.country.alpha2);
    else if (e.kind === "body" && e.body.country !== "" && e.body.country !== "IGO") out.push(e.body.country);
  }
  return out.length === 1 ? out : [...new Set(out)].length === 1 ? out.slice(0, 1) : [];
}

const NAMED_AFTER =
  /^(?:Agreements?|Accords?|Protocols?|Treaty|Treaties|Conventions?|Pact|Declaration|Statute|Principles|Process)$/u;
const FORMER = /^(?:former|ex|onetime|one-time|ousted|deposed|late|retired)$/iu;
const AFTER_PREPOSITION = /\b(?:in|at|near|from|outside|around|to|of)\s+$/u;
/** A town that is not called one elsewhere in the sentence must be large to be believed without the tagger. */
const LEAST_PEOPLE_ALONE = 250_000;

export function readEntities(
  text: string,
  sentences: readonly EntitySentence[],
  tools: EntityTools,
  /** What the parser's network makes of the words of each sentence; without them the tagger knows less. */
  states?: readonly (Int16Array | undefined)[],
  /** Where the page is written, ISO 3166-1 alpha-2 (home.ts). */
  home?: string,
): ReadEntities {
  const { gazetteer, tagger } = tools;
  const formsOf = sentences.map((s) => s.tokens.map((t) => t.form));
  const matchesOf = formsOf.map((forms) => gazetteer.match(forms));
  const upos = sentences.map((s) => s.tokens.map((t) => t.upos ?? "X"));
  const tagsOf = tagger?.tag(formsOf, states, upos) ?? formsOf.map(() => []);

  // First pass: countries named for certain, so that places are chosen knowing what the text is about.
  const weights = new Map<string, number>();
  const hint = (alpha2: string, w: number) => weights.set(alpha2, (weights.get(alpha2) ?? 0) + w);
  matchesOf.forEach((matches, s) => {
    for (const m of matches)
      for (const code of countryHints(m)) {
        const alpha2 = code.length === 3 ? gazetteer.byCode(code)?.alpha2 : code;
        if (alpha2 && !m.entries.some((e) => e.kind === "admin1")) hint(alpha2, s === 0 ? 2 : 1);
      }
  });
  for (const matches of matchesOf)
    for (const m of matches) {
      const big = m.entries.find((e) => e.kind === "city");
      const city = big?.kind === "city" ? big.cities[0] : undefined;
      if (city && city.population > 400_000 && m.entries.length === 1) hint(city.alpha2, 0.4);
    }
  // Towns and regions that one country alone has, and what stands with the name of a state: "Fremont, Calif.". A name
  // that keeps coming back speaks for itself, unless the page is written in another country.
  const lone = new Map<Entry, { readonly alpha2: string; readonly weight: number; times: number }>();
  const alone = (e: Entry, alpha2: string, weight: number): void => {
    const known = lone.get(e);
    if (known === undefined) lone.set(e, { alpha2, weight, times: 1 });
    else known.times = Math.min(3, known.times + 1);
  };
  matchesOf.forEach((matches, s) => {
    const forms = formsOf[s] ?? [];
    for (const m of matches) {
      const [only] = m.entries;
      if (forms[m.end] === "," && stateOf(forms[m.end + 1] ?? "") !== undefined) hint("US", 1);
      else if (m.entries.length === 1 && tagsOf[s]?.[m.start]?.endsWith("LOC")) {
        if (only?.kind === "admin1" && !ANYWHERE.test(only.name)) alone(only, only.alpha2, 0.6);
        if (
          only?.kind === "city" &&
          (only.cities[0]?.population ?? 0) >= 50_000 &&
          new Set(only.cities.map((c) => c.alpha2)).size === 1
        )
          alone(only, only.cities[0]?.alpha2 ?? "", 0.3);
      }
    }
  });
  for (const { alpha2, weight, times } of lone.values()) hint(alpha2, weight * times);

  // Words that are part of longer names of persons here: "Paris Hilton" keeps "Paris" a person.
  const surnames = new Set<string>();
  tagsOf.forEach((tags, s) => {
    for (const span of taggedSpans(tags))
      if (span.type === "PER" && span.to - span.from > 1)
        for (const form of (formsOf[s] ?? []).slice(span.from, span.to)) surnames.add(form);
  });

  const sidesOf = (words: string): Entry[] =>
    gazetteer.countries
      .filter((c) => (weights.get(c.alpha2) ?? 0) >= 1 && c.name.startsWith(`${words} `))
      .map((country) => ({ kind: "country", country }));

  const drafts: Draft[] = [];
  sentences.forEach((sentence, s) => {
    const tokens = sentence.tokens;
    const matches = matchesOf[s] ?? [];
    // "Trump" beside "Donald Trump" is no place, whatever the tagger took it for in a headline.
    const spans = throughHyphens(taggedSpans(tagsOf[s] ?? []), tokens).map((span): Found => {
      const form = tokens[span.from]?.form ?? "";
      return span.type === "LOC" &&
        span.to - span.from === 1 &&
        surnames.has(form) &&
        gazetteer.lookup(form).length === 0
        ? { ...span, type: "PER" }
        : span;
    });
    const taken = new Uint8Array(tokens.length);
    const at = (from: number, to: number) => {
      const start = tokens[from]?.start ?? 0;
      const end = tokens[to - 1]?.end ?? start;
      return { start, end, words: text.slice(start, end) };
    };
    const without = (entries: readonly Entry[]): ReadonlyMap<string, number> => {
      const own = new Map<string, number>();
      for (const e of entries) {
        const name = lone.get(e);
        if (e.kind === "country") own.set(e.country.alpha2, 1);
        else if (name) own.set(name.alpha2, name.weight * (home === undefined ? 1 : name.times));
      }
      return own.size === 0
        ? weights
        : new Map([...weights].map(([k, w]) => [k, Math.max(0, w - (own.get(k) ?? 0))]));
    };
    const contextOf = (start: number, end: number, entries: readonly Entry[]): PlaceContext => ({
      sentence: text.slice(sentence.start, sentence.end),
      start: start - sentence.start,
      end: end - sentence.start,
      countries: without(entries),
      home,
    });
    const placeOf = (words: string, entries: readonly Entry[], start: number, end: number) =>
      choosePlace(words, entries, contextOf(start, end, entries), gazetteer);
    /** "the Paris Agreement": what bears the name of a town is not in it. */
    const namesake = (to: number): boolean => NAMED_AFTER.test(tokens[to]?.form ?? "");

    for (const span of spans) {
      const here = at(span.from, span.to);
      const inside = matches.filter((m) => m.start >= span.from && m.end <= span.to);
      const exact = gazetteer.lookup(here.words);
      // "Punjab province" is Punjab, unless the whole is listed.
      const whole =
        exact.length > 0 || span.type !== "LOC"
          ? exact
          : gazetteer.lookup(here.words.replace(KIND_OF_PLACE, "")).filter((e) => e.kind === "admin1");
      const body = whole.find((e) => e.kind === "body");
      const country = inside
        .flatMap((m) => m.entries)
        .find((e) => e.kind === "country" || e.kind === "adjective");
      const countryCode =
        country?.kind === "country" || country?.kind === "adjective" ? country.country.code : undefined;
      taken.fill(1, span.from, span.to);
      if (body?.kind === "body") {
        drafts.push({
          sentence: s,
          ...here,
          type: body.body.type,
          made: "gazetteer/body",
          entries: whole,
          sector: body.body.sector || undefined,
          country: body.body.country || undefined,
        });
        continue;
      }
      // "SW 8th Street": a side of a town is no place of its own.
      if (span.type === "LOC" && /^[NSEW]{1,2}\.?$/.test(here.words)) continue;
      if (namesake(span.to) && !whole.some((e) => e.kind === "country")) continue;
      const known = (COMPASS.test(here.words) ? sidesOf(here.words) : whole).filter(
        (e) => e.kind === "country" || e.kind === "city" || e.kind === "seat" || e.kind === "admin1",
      );
      // The tagger takes a lone country's name now and then for a person or a body; the gazetteer knows better.
      if (
        span.type === "LOC" ||
        (span.to - span.from < 4 && whole.some((e) => e.kind === "country" || e.kind === "seat"))
      ) {
        const adjective = whole.find((e) => e.kind === "adjective");
        if (adjective && known.length === 0) {
          drafts.push({
            sentence: s,
            ...here,
            type: "NAT",
            made: "gazetteer/nationality",
            entries: whole,
            country: adjective.kind === "adjective" ? adjective.country.code : undefined,
          });
          continue;
        }
        const place = known.length > 0 ? placeOf(here.words, known, here.start, here.end) : undefined;
        drafts.push({
          sentence: s,
          ...here,
          type: "LOC",
          made: place ? `tagger, place/${place.kind}` : "tagger",
          entries: known,
          place,
          country:
            place?.country ??
            countryCode ??
            (stateOf(here.words) === undefined
              ? countryAfter(contextOf(here.start, here.end, known))
              : "USA"),
        });
        continue;
      }
      if (span.type === "PER" && isTown(here.words, whole, span.to - span.from, surnames)) {
        const place = placeOf(here.words, known, here.start, here.end);
        if (place) {
          drafts.push({
            sentence: s,
            ...here,
            type: "LOC",
            made: `gazetteer, place/${place.kind}`,
            entries: known,
            place,
            country: place.country,
          });
          continue;
        }
      }
      if (span.type === "PER") {
        const before = matches.find((m) => m.end === span.from && m.entries.some((e) => e.kind === "office"));
        const office = before?.entries.find((e) => e.kind === "office");
        const nationBefore = before
          ? matches.find((m) => m.end === before.start)
          : matches.find((m) => m.end === span.from);
        // "former US President X" holds no office.
        const first = nationBefore?.start ?? before?.start ?? span.from;
        const gone = FORMER.test(tokens[first - 1]?.form ?? "") ? "former " : "";
        const nation = nationBefore?.entries.find((e) => e.kind === "adjective" || e.kind === "country");
        drafts.push({
          sentence: s,
          ...here,
          type: "PER",
          made: "tagger",
          entries: [],
          office:
            office?.kind === "office" && office.shown !== undefined ? `${gone}${office.shown}` : undefined,
          sector: office?.kind === "office" ? office.sector || undefined : undefined,
          country:
            nation?.kind === "adjective" || nation?.kind === "country" ? nation.country.code : undefined,
        });
        continue;
      }
      drafts.push({
        sentence: s,
        ...here,
        type: ARMED.test(here.words) ? "ARMED" : "ORG",
        made: "tagger",
        entries: [],
        country: countryCode,
      });
    }

    for (const m of matches) {
      if (taken.subarray(m.start, m.end).some((x) => x === 1)) continue;
      const here = at(m.start, m.end);
      const body = m.entries.find((e) => e.kind === "body");
      const adjective = m.entries.find((e) => e.kind === "adjective");
      const places = m.entries.filter(
        (e) => e.kind === "country" || e.kind === "city" || e.kind === "seat" || e.kind === "admin1",
      );
      const capital = /^[\p{Lu}\p{Script=Arabic}]/u.test(here.words);
      if (body?.kind === "body" && (here.words.length > 2 || here.words === here.words.toUpperCase())) {
        drafts.push({
          sentence: s,
          ...here,
          type: body.body.type,
          made: "gazetteer/body",
          entries: m.entries,
          sector: body.body.sector || undefined,
          country: body.body.country || undefined,
        });
      } else if (adjective?.kind === "adjective" && capital && !places.some((e) => e.kind === "country")) {
        drafts.push({
          sentence: s,
          ...here,
          type: "NAT",
          made: "gazetteer/nationality",
          entries: m.entries,
          country: adjective.country.code,
        });
      } else if (places.length > 0 && capital) {
        if (namesake(m.end) && !places.some((e) => e.kind === "country")) continue;
        const sure = places.some((e) => e.kind === "country" || e.kind === "seat");
        const city = places.find((e) => e.kind === "city");
        const people = city?.kind === "city" ? (city.cities[0]?.population ?? 0) : 0;
        const placed = AFTER_PREPOSITION.test(text.slice(sentence.start, here.start));
        if (!sure && !(people >= LEAST_PEOPLE_ALONE || (placed && people >= 50_000))) continue;
        if (!sure && m.start === 0 && tagger) continue;
        const place = placeOf(here.words, places, here.start, here.end);
        if (place)
          drafts.push({
            sentence: s,
            ...here,
            type: "LOC",
            made: `gazetteer, place/${place.kind}`,
            entries: places,
            place,
            country: place.country,
          });
      }
    }
  });
  drafts.sort((a, b) => a.start - b.start || b.end - a.end);
  return { ...join(drafts), countries: countryWeights(drafts, sentences.length, gazetteer), tags: tagsOf };
}

/** A lone word taken for a person that is a sizeable town and part of nobody's longer name here. */
const isTown = (
  words: string,
  entries: readonly Entry[],
  length: number,
  surnames: ReadonlySet<string>,
): boolean =>
  length === 1 &&
  !surnames.has(words) &&
  entries.some((e) => e.kind === "city" && (e.cities[0]?.population ?? 0) >= 80_000);

/** Joins mentions of one thing. */
function join(drafts: readonly Draft[]): { readonly entities: Entity[]; readonly mentions: EntityMention[] } {
  type Group = { name: string; type: EntityType; key: string; members: Draft[] };
  const groups: Group[] = [];
  const groupOf = new Map<Draft, Group>();
  const full = [...drafts].sort(
    (a, b) => nameWords(b.words).length - nameWords(a.words).length || a.start - b.start,
  );
  for (const d of full) {
    const body = d.entries.find((e) => e.kind === "body");
    const fixed =
      d.type === "LOC" && d.place
        ? `loc:${d.place.kind === "country" || d.place.kind === "government" ? d.place.country : (d.place.geonames ?? `${d.place.country}:${nameKey(d.place.admin1 ?? d.words)}`)}`
        : d.type === "NAT"
          ? `nat:${d.country ?? nameKey(d.words)}`
          : body?.kind === "body"
            ? body.body.wikidata || `org:${nameKey(body.body.names[0] ?? d.words)}`
            : undefined;
    let found: Group | undefined;
    if (fixed !== undefined) found = groups.find((g) => g.key === fixed);
    else if (d.type === "PER") {
      const fits = groups.filter((g) => g.type === "PER" && isShortPerson(d.words, g.name));
      const before = fits.filter((g) => g.members.some((m) => m.start < d.start));
      found =
        fits.length === 1
          ? fits[0]
          : before.sort((a, b) => lastBefore(b.members, d) - lastBefore(a.members, d))[0];
    } else
      found = groups.find(
        (g) =>
          (g.type === d.type || (g.type !== "PER" && g.type !== "LOC" && d.type !== "LOC")) &&
          g.type !== "PER" &&
          isShortOrg(d.words, g.name),
      );
    if (!found) {
      const prefix = d.type === "PER" ? "per" : d.type === "LOC" ? "loc" : "org";
      const name = body?.kind === "body" ? (body.body.names[0] ?? d.words) : d.words.replace(/['’]s$/u, "");
      found = { name, type: d.type, key: fixed ?? `${prefix}:${nameKey(d.words)}`, members: [] };
      groups.push(found);
    }
    found.members.push(d);
    groupOf.set(d, found);
  }
  const order = groups
    .map((g) => ({ g, first: Math.min(...g.members.map((m) => m.start)) }))
    .sort((a, b) => a.first - b.first);
  const index = new Map(order.map(({ g }, i) => [g, i]));
  const entities = order.map(({ g }): Entity => {
    const pick = <K extends "office" | "sector" | "country">(key: K) =>
      g.members.map((m) => m[key]).find((v) => v !== undefined);
    const place = g.members.map((m) => m.place).find((p) => p !== undefined);
    const body = g.members.flatMap((m) => m.entries).find((e) => e.kind === "body");
    return {
      name: place?.kind === "city" ? place.name : g.name,
      type: g.type,
      key: g.key,
      wikidata:
        body?.kind === "body" && g.type !== "LOC" && body.body.wikidata !== ""
          ? body.body.wikidata
          : undefined,
      country: pick("country"),
      office: pick("office"),
      sector: pick("sector"),
      place: place
        ? {
            name: place.name,
            country: place.country,
            admin1: place.admin1,
            lat: place.lat,
            lon: place.lon,
            precision: place.precision,
            geonames: place.geonames,
          }
        : undefined,
    };
  });
  const mentions = drafts.map((d): EntityMention => {
    const group = groupOf.get(d);
    return {
      span: { start: d.start, end: d.end },
      words: d.words,
      type: d.type,
      kind: "name",
      entity: (group && index.get(group)) ?? 0,
      made: d.made,
    };
  });
  return { entities, mentions };
}

const lastBefore = (members: readonly Draft[], d: Draft): number =>
  Math.max(-1, ...members.filter((m) => m.start < d.start).map((m) => m.start));

/** Sentences of a note. */
const SHORT = 8;

/**
 * What countries the text is about: mentions of the country, its people, places and bodies; the headline counts thrice, the
 * two sentences after it by half more. Weight is the share of all that is named of places, known to us or not: a report from a
 * town that no table has is not about the one foreign country it mentions in passing. A country named once, far down, is no
 * subject either.
 */
function countryWeights(
  drafts: readonly Draft[],
  sentences: number,
  gazetteer: Gazetteer,
): { readonly code: string; readonly weight: number }[] {
  const sums = new Map<string, { mass: number; times: number; first: number }>();
  let all = 0;
  for (const d of drafts) {
    const code = d.country;
    const known = code !== undefined && code !== "IGO" && gazetteer.byCode(code) !== undefined;
    if (!known && d.type !== "LOC") continue;
    const kind = d.type === "LOC" ? 1 : d.type === "NAT" ? 0.7 : d.type === "PER" ? 0.5 : 0.4;
    const mass = kind * (d.sentence === 0 ? 3 : d.sentence < 3 ? 1.5 : 1);
    all += mass;
    if (!known) continue;
    const sum = sums.get(code) ?? { mass: 0, times: 0, first: d.sentence };
    sums.set(code, { mass: sum.mass + mass, times: sum.times + 1, first: Math.min(sum.first, d.sentence) });
  }
  return [...sums]
    .filter(([, { mass, times, first }]) => {
      const share = mass / all;
      if (first === 0 || (first < 3 && times > 1)) return mass >= 1 && share >= 0.05;
      if (first < 3 && share >= 0.5) return true;
      // In a note of a few lines nothing is far down.
      return (mass >= 1.5 && share >= 0.2) || (sentences <= SHORT && mass >= 0.5 && share >= 0.4);
    })
    .map(([code, { mass }]) => ({ code, weight: Number((mass / all).toFixed(4)) }))
    .sort((a, b) => b.weight - a.weight || (a.code < b.code ? -1 : 1));
}
