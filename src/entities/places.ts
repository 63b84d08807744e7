/**
 * Which place a name means. Candidates come from the gazetteer; the choice weighs, in this order of strength:
 *
 *  1. what stands beside it: "Paris, Texas", "Georgia's capital Tbilisi", "in the US state of Georgia", "the Georgian city of …";
 *  2. countries and regions the rest of the text speaks of (a text about Kutaisi means the country Georgia);
 *  3. people: a larger place is likelier than a smaller one (Leidner 2007, "one sense per discourse" and population heuristics);
 *  4. capitals and seats used for governments ("Washington said") stay with the country and get no pin.
 *
 * Leaves out streets, buildings and anything finer than a populated place.
 */
import type { City, Country, Entry, Gazetteer } from "./gazetteer.ts";
import { fold } from "./gazetteer.ts";

export type PlaceChoice = {
  readonly name: string;
  readonly kind: "country" | "admin1" | "city" | "government";
  /** ISO 3166-1 alpha-3. */
  readonly country: string;
  readonly admin1?: string | undefined;
  readonly lat?: number | undefined;
  readonly lon?: number | undefined;
  /** UCDP where_prec: 1 exact place, 4 first-order division, 6 country. */
  readonly precision: number;
  readonly geonames?: string | undefined;
  readonly population?: number | undefined;
  /** Which evidence decided, for the reader. */
  readonly because: string;
};

export type PlaceContext = {
  /** The sentence, and where in it the name stands. */
  readonly sentence: string;
  readonly start: number;
  readonly end: number;
  /** Weight of countries named elsewhere in the text, by alpha-2; the name itself left out. */
  readonly countries: ReadonlyMap<string, number>;
  /** Where the page is written, alpha-2, as far as that is known. */
  readonly home?: string | undefined;
};

const US_STATES: Readonly<Record<string, string>> = Object.fromEntries(
  "Ala AL|Alabama AL|Alaska AK|Ariz AZ|Arizona AZ|Ark AR|Arkansas AR|Calif CA|California CA|Colo CO|Colorado CO|Conn CT|Connecticut CT|Del DE|Delaware DE|Fla FL|Florida FL|Ga GA|Georgia GA|Hawaii HI|Idaho ID|Ill IL|Illinois IL|Ind IN|Indiana IN|Iowa IA|Kan KS|Kansas KS|Ky KY|Kentucky KY|La LA|Louisiana LA|Maine ME|Md MD|Maryland MD|Mass MA|Massachusetts MA|Mich MI|Michigan MI|Minn MN|Minnesota MN|Miss MS|Mississippi MS|Mo MO|Missouri MO|Mont MT|Montana MT|Neb NE|Nebraska NE|Nev NV|Nevada NV|N.H NH|New Hampshire NH|N.J NJ|New Jersey NJ|N.M NM|New Mexico NM|N.Y NY|New York NY|N.C NC|North Carolina NC|N.D ND|North Dakota ND|Ohio OH|Okla OK|Oklahoma OK|Ore OR|Oregon OR|Pa PA|Pennsylvania PA|R.I RI|Rhode Island RI|S.C SC|South Carolina SC|S.D SD|South Dakota SD|Tenn TN|Tennessee TN|Tex TX|Texas TX|Utah UT|Vt VT|Vermont VT|Va VA|Virginia VA|Wash WA|Washington WA|W.Va WV|West Virginia WV|Wis WI|Wisconsin WI|Wyo WY|Wyoming WY|D.C DC"
    .split("|")
    .map((s) => [s.slice(0, s.lastIndexOf(" ")), s.slice(s.lastIndexOf(" ") + 1)]),
);

/** Postal codes too, "N.Y." as "NY": without full stops; small letters only where the abbreviation is no code. */
const STATE_CODES = new Set(Object.values(US_STATES));
const STATE_BY_NAME = new Map(
  Object.entries(US_STATES).map(([name, code]) => [name.replace(/\./g, "").toLowerCase(), code]),
);

/** "Calif.", "N.Y.", "FLA.", "NY", "Ohio" → the code of the state. */
export const stateOf = (words: string): string | undefined => {
  const bare = words.replace(/\./g, "").trim();
  if (STATE_CODES.has(bare)) return bare;
  return bare.length < 3 ? undefined : STATE_BY_NAME.get(bare.toLowerCase());
};

/** "Springfield, Ill." of a town that no table has: its country at least. */
export const countryAfter = (context: PlaceContext): string | undefined => {
  const next = after(context);
  return next !== undefined && stateOf(next) !== undefined ? "USA" : undefined;
};

/** "Paris, Texas", "Birmingham, Ala.", "Almaty, Kazakhstan", "London, Ontario" → what follows the comma. */
function after(context: PlaceContext): string | undefined {
  const rest = context.sentence.slice(context.end);
  const m = /^\s*,\s*((?:\p{Lu}[\p{L}.'’-]*\s?){1,3})/u.exec(rest);
  const [first = ""] = m?.[1]?.split(/\s/) ?? [];
  // "Albany, NY News" names the state alone.
  return stateOf(first) === undefined ? m?.[1]?.trim() : first;
}

const GOVERNMENT_VERBS =
  /^['’]?s?\s*(?:(?:has|have|had|also|has also|will|would|is|was|could|may|must|should|again|immediately|quickly|earlier|later|formally|strongly|repeatedly)\s+)*(?:said|says|say|denied|denies|deny|accused|accuses|accuse|warned|warns|urged|urges|called|calls|condemned|condemns|wants|wanted|insists|insisted|rejected|rejects|blamed|blames|announced|announces|imposed|imposes|recognised|recognized|recognises|agreed|agrees|offered|offers|threatened|threatens|demanded|demands|vowed|vows|pledged|pledges|expelled|recalled|summoned|backed|backs|supports|supported|hopes|hoped|believes|believed|responded|sees|views|considers|sent|signed|refused|refuses|sought|seeking|declined|expressed|proposed|argues|argued|claims|claimed|maintains|suspended|approved|hit back|retaliated|welcomed|welcomes|dismissed|dismisses|seek|seeks|told|asked|asks)\b/u;
const GOVERNMENT_BEFORE =
  /(?:\b(?:between|with|against|from|by|to|of|on|urged|accused|told|pressed|pressure on|ties with|talks with|relations with|tension with|tensions with|pressed|criticised|criticized|warned|dispute with|deal with|allied with|backed by|supported by|support from|sanctions on|loyal to|close to|policy of|patience in|officials in|thinking in)\s+)$/u;
const POSSESSED_POLICY =
  /^['’]s?\s+(?:\p{L}+\s+)?(?:policy|policies|stance|position|decision|government|foreign|influence|role|interests|envoy|ambassador|allies|ally|response|support|demands?|claims?|ambitions|sanctions|strategy|refusal|backing|intentions|diplomats?|relations|ties)\b/u;
const LOCATIVE_BEFORE =
  /\b(?:in|at|near|outside|around|across|through|into|inside|to|from|over|toward|towards|leaving|reached|visited|visiting|flew to|downtown|central|northern|southern|eastern|western|city of|town of|village of|province of|region of|suburb of|district of|streets of|outskirts of|north of|south of|east of|west of|capital,?|airport in)\s+(?:the\s+)?$/iu;

/** A seat of government that is a town as well has at least so many people. */
const LEAST_SEAT = 25_000;
/** Names of sides and parts that regions of many countries bear. */
export const ANYWHERE =
  /^(?:(?:north|south|east|west)(?:ern|-?east(?:ern)?|-?west(?:ern)?)?|central|centre|capital|coast(?:al)?|metropolitan|federal|national|upper|lower|islands?)(?:\s(?:district|province|region|state|division|territory|department|governorate|area|county|islands?))?$/iu;

/** How much the text speaks of a country. */
const weightIn = (context: PlaceContext, alpha2: string): number => context.countries.get(alpha2) ?? 0;

/** A town of so many people is believed in a text that speaks of other countries only. */
const SURE_OF_ITSELF = 200_000;

export function choosePlace(
  name: string,
  entries: readonly Entry[],
  context: PlaceContext,
  gazetteer: Gazetteer,
): PlaceChoice | undefined {
  const before = context.sentence.slice(0, context.start);
  const rest = context.sentence.slice(context.end);
  const next = after(context);
  const countries = entries.flatMap((e) => (e.kind === "country" ? [e.country] : []));
  const seats = entries.flatMap((e) => (e.kind === "seat" ? [e.country] : []));
  const cities = entries.flatMap((e) => (e.kind === "city" ? e.cities : []));
  const regions = entries.flatMap((e) => (e.kind === "admin1" ? [e] : []));

  // 1a. The place named after a comma.
  if (next !== undefined && next !== "") {
    const inside = gazetteer.lookup(next.replace(/\.$/, ""));
    const state = stateOf(next);
    const found = cities.find(
      (c) =>
        (state !== undefined && c.alpha2 === "US" && c.admin1 === state) ||
        inside.some(
          (e) =>
            (e.kind === "country" && e.country.alpha2 === c.alpha2) ||
            (e.kind === "admin1" && e.alpha2 === c.alpha2 && e.code === c.admin1),
        ),
    );
    if (found) return ofCity(name, found, gazetteer, `named with ${next}`);
  }
  // 1b. "the US state of Georgia", "Georgia state", "the state of Punjab", "Punjab province".
  const asRegion =
    /\b(?:state|province|region|governorate|oblast|department|prefecture|territory)\s+of\s+$/iu.test(
      before,
    ) || /^\s+(?:state|province|region|governorate|oblast|prefecture)\b/iu.test(rest);
  const regionHere = pick(regions, context, (r) => r.alpha2);
  if (asRegion && regionHere)
    return ofRegion(name, regionHere.alpha2, regionHere.code, gazetteer, "called a region");
  // 1c. "the city of …", "the town of …", "mayor of …".
  const asCity =
    /\b(?:city|town|village|port|capital|mayor|suburb|municipality|streets|outskirts)\s+(?:of\s+)?$/iu.test(
      before,
    );
  const adjective =
    /\b(\p{Lu}\p{L}+)\s+(?:(?:capital|port|border|coastal|southern|northern|eastern|western|central|industrial|oil|financial|second|largest)\s+)*(?:city|town|village|port|capital|suburb|province|region|state)\s+(?:of\s+)?$/u.exec(
      before,
    )?.[1];
  if (adjective !== undefined) {
    const of = gazetteer.lookup(adjective).flatMap((e) => (e.kind === "adjective" ? [e.country.alpha2] : []));
    const city = cities.find((c) => of.includes(c.alpha2));
    if (city) return ofCity(name, city, gazetteer, `called ${adjective}`);
    const region = regions.find((r) => of.includes(r.alpha2));
    if (region) return ofRegion(name, region.alpha2, region.code, gazetteer, `called ${adjective}`);
  }
  if (asCity && cities.length > 0) return ofCity(name, bestCity(cities, context), gazetteer, "called a city");

  // 4. A capital or seat that speaks, or is spoken to, is its government.
  const capitalOf = seats[0];
  if (capitalOf) {
    const speaks = GOVERNMENT_VERBS.test(rest.replace(/^\s+/, "")) && !LOCATIVE_BEFORE.test(before);
    const policy = POSSESSED_POLICY.test(rest);
    const partner = GOVERNMENT_BEFORE.test(before) && /^\s+(?:and|or)\s+\p{Lu}/u.test(rest);
    const pair = /\b(?:between|both)\s+\p{Lu}[\p{L} .-]*\s+and\s+$/u.test(before);
    // "the White House" is no small town of that name.
    const small = cities.every((c) => c.population < LEAST_SEAT);
    if (small || speaks || policy || partner || pair)
      return { ...ofCountry(name, capitalOf, "a seat that stands for its government"), kind: "government" };
  }
  // 2. A country unless the text is about another one that has such a region or city.
  const beside = /(\p{Lu}[\p{L}.'’ -]*),\s*$/u.exec(before)?.[1];
  const ofTown =
    beside === undefined ? undefined : regions.find((r) => townIn(beside, r.alpha2, r.code, gazetteer));
  if (ofTown) return ofRegion(name, ofTown.alpha2, ofTown.code, gazetteer, `after its town ${beside}`);
  const country = pick(countries, context, (c) => c.alpha2);
  if (country) {
    const rival = regionHere ?? undefined;
    const rivalWeight = rival ? weightIn(context, rival.alpha2) : 0;
    const own = weightIn(context, country.alpha2) + neighbours(country, context, gazetteer);
    const states =
      /(?:\b(?:governor|Gov\.|senator|Sen\.|attorney general|secretary of state|voters|Republicans|Democrats|legislature|lawmakers|county)\b)/u.test(
        context.sentence,
      );
    if (rival && (rivalWeight > own + 0.5 || (states && own === 0)))
      return ofRegion(name, rival.alpha2, rival.code, gazetteer, "the text speaks of its country");
    return ofCountry(name, country, "name of a country");
  }
  const city = cities.length > 0 ? bestCity(cities, context) : undefined;
  // "Westminster" in a text about Britain is not the town in Colorado.
  if (
    capitalOf &&
    city &&
    city.alpha2 !== capitalOf.alpha2 &&
    weightIn(context, capitalOf.alpha2) > weightIn(context, city.alpha2)
  )
    return { ...ofCountry(name, capitalOf, "a seat of government"), kind: "government" };
  if (city && regionHere) {
    // A region and a city share the name: the region only when the text is about its country and the city is not there.
    const regionWeight = weightIn(context, regionHere.alpha2);
    const cityWeight = weightIn(context, city.alpha2);
    if (regionWeight > cityWeight && (city.population < 100_000 || cityWeight === 0))
      return ofRegion(name, regionHere.alpha2, regionHere.code, gazetteer, "the text speaks of its country");
    if (city.alpha2 === regionHere.alpha2 && city.population < 200_000)
      return ofRegion(
        name,
        regionHere.alpha2,
        regionHere.code,
        gazetteer,
        "larger than the town of that name",
      );
  }
  // A small town of a country nobody speaks of, in a text about another one: rather no place than a wrong one.
  const supported = (alpha2: string): boolean => weightIn(context, alpha2) > 0 || alpha2 === context.home;
  const strongest = Math.max(context.home === undefined ? 0 : 1.5, ...context.countries.values());
  const doubtful =
    city && city.population < SURE_OF_ITSELF && city.feature !== "PPLC" && !supported(city.alpha2);
  if (doubtful && strongest >= 1.5)
    return regionHere && supported(regionHere.alpha2)
      ? ofRegion(name, regionHere.alpha2, regionHere.code, gazetteer, "the text speaks of its country")
      : undefined;
  if (city)
    return ofCity(
      name,
      city,
      gazetteer,
      weightIn(context, city.alpha2) > 0 ? "the text speaks of its country" : "largest of that name",
    );
  // "Central District", "Northern Province": many countries have one, so the text must speak of this one.
  if (regionHere && (supported(regionHere.alpha2) || !(ANYWHERE.test(name) || strongest >= 1.5)))
    return ofRegion(name, regionHere.alpha2, regionHere.code, gazetteer, "name of a region");
  return capitalOf
    ? { ...ofCountry(name, capitalOf, "a seat of government"), kind: "government" }
    : undefined;
}

/** True when some suffix of the words before the comma is a town of the region: "a jury in Macon, Georgia". */
function townIn(words: string, alpha2: string, code: string, gazetteer: Gazetteer): boolean {
  const parts = words.trim().split(/\s+/);
  for (let from = Math.max(0, parts.length - 3); from < parts.length; from++)
    for (const e of gazetteer.lookup(parts.slice(from).join(" ")))
      if (e.kind === "city" && e.cities.some((c) => c.alpha2 === alpha2 && c.admin1 === code)) return true;
  return false;
}

function pick<T>(list: readonly T[], context: PlaceContext, alpha2: (item: T) => string): T | undefined {
  let best: T | undefined;
  let top = -1;
  for (const item of list) {
    const w = weightIn(context, alpha2(item)) + (alpha2(item) === "US" ? 0.1 : 0);
    if (w > top) {
      top = w;
      best = item;
    }
  }
  return best;
}

/** Countries beside it that the text names: a story of Armenia and Russia means the country Georgia. */
function neighbours(country: Country, context: PlaceContext, gazetteer: Gazetteer): number {
  let sum = 0;
  for (const code of country.borders) {
    const alpha2 = gazetteer.byCode(code)?.alpha2;
    if (alpha2) sum += 0.5 * weightIn(context, alpha2);
  }
  return sum;
}

function bestCity(cities: readonly City[], context: PlaceContext): City {
  const scored = cities.map((c) => {
    const named = weightIn(context, c.alpha2);
    const seat = c.feature === "PPLC" ? 1.5 : c.feature === "PPLA" ? 0.4 : 0;
    return {
      c,
      score:
        Math.log10(Math.max(1000, c.population)) +
        seat +
        Math.min(3, 1.2 * named) +
        (c.alpha2 === context.home ? 0.8 : 0),
    };
  });
  return scored.reduce((a, b) => (b.score > a.score ? b : a)).c;
}

function ofCity(name: string, c: City, gazetteer: Gazetteer, because: string): PlaceChoice {
  return {
    // One town has one name, in whichever language the text calls it, and whether or not in capitals.
    name:
      fold(c.name) === fold(name) || name === name.toUpperCase() || gazetteer.isForeign(name) ? c.name : name,
    kind: "city",
    country: gazetteer.byAlpha2(c.alpha2)?.code ?? c.alpha2,
    admin1: gazetteer.admin1Name(c.alpha2, c.admin1),
    lat: c.lat,
    lon: c.lon,
    precision: 1,
    geonames: c.geonames,
    population: c.population,
    because,
  };
}

function ofRegion(
  name: string,
  alpha2: string,
  code: string,
  gazetteer: Gazetteer,
  because: string,
): PlaceChoice {
  return {
    name,
    kind: "admin1",
    country: gazetteer.byAlpha2(alpha2)?.code ?? alpha2,
    admin1: gazetteer.admin1Name(alpha2, code) ?? name,
    precision: 4,
    because,
  };
}

function ofCountry(name: string, c: Country, because: string): PlaceChoice {
  return {
    name,
    kind: "country",
    country: c.code,
    lat: c.centre[0],
    lon: c.centre[1],
    precision: 6,
    because,
  };
}
