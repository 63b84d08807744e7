/**
 * Names we know beforehand: countries, demonyms, seats of government, cities, bodies, offices. Tables come in as text (the
 * files of data/actors and data/places); out comes a matcher over token sequences that finds the longest name at a token.
 */
import { GAZ, memo } from "./features.ts";

export type Country = {
  readonly code: string;
  readonly alpha2: string;
  readonly numeric: string;
  readonly name: string;
  readonly names: readonly string[];
  readonly adjectives: readonly string[];
  readonly seats: readonly string[];
  readonly capital: readonly string[];
  readonly region: string;
  readonly subregion: string;
  readonly centre: readonly number[];
  readonly borders: readonly string[];
  readonly in: { readonly es?: string; readonly ru?: string; readonly ar?: string };
};

export type City = {
  readonly name: string;
  readonly alpha2: string;
  readonly admin1: string;
  readonly lat: number;
  readonly lon: number;
  readonly population: number;
  /** GeoNames feature code: PPLC capital, PPLA seat of a first-order division … */
  readonly feature: string;
  readonly geonames: string;
};

export type Body = {
  readonly names: readonly string[];
  readonly type: "ORG" | "ARMED";
  readonly country: string;
  readonly sector: string;
  readonly wikidata: string;
};

export type GazetteerTables = {
  readonly countries: string;
  readonly cities: string;
  readonly aliases: string;
  readonly admin1: string;
  readonly bodies: string;
  readonly offices: string;
};

export type Entry =
  | { readonly kind: "country" | "adjective" | "seat"; readonly country: Country }
  | { readonly kind: "city"; readonly cities: readonly City[] }
  | { readonly kind: "admin1"; readonly alpha2: string; readonly code: string; readonly name: string }
  | { readonly kind: "body"; readonly body: Body }
  /** `shown` is absent for forms of address and for what is no public role. */
  | { readonly kind: "office"; readonly shown: string | undefined; readonly sector: string };

export type Match = { readonly start: number; readonly end: number; readonly entries: readonly Entry[] };

export type Gazetteer = {
  readonly countries: readonly Country[];
  byCode(code: string): Country | undefined;
  byAlpha2(alpha2: string): Country | undefined;
  admin1Name(alpha2: string, code: string): string | undefined;
  /** Entries whose whole name is the text. */
  lookup(name: string): readonly Entry[];
  /** Longest names in a token sequence, left to right, not overlapping. */
  match(forms: readonly string[]): readonly Match[];
  bits(forms: readonly string[]): Uint16Array;
  /** Whether a town is called so in a language that is not English. */
  isForeign(name: string): boolean;
};

const lines = (text: string): string[][] =>
  text
    .split("\n")
    .filter((l) => l !== "" && !l.startsWith("#"))
    .map((l) => l.split("\t"));

/** Letters without marks, one kind of apostrophe: "Sana’a" and "Saná'a" are looked up alike. */
export const fold = (s: string): string =>
  s
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .replace(/[’‘ʼ`]/g, "'");

/** Splits a name as the tokenizer does: hyphens, apostrophes and full stops of their own are handled by joining again. */
const key = (s: string): string =>
  fold(s)
    .replace(/\s*([-'.,])\s*/g, "$1")
    .replace(/\s+/g, " ")
    .trim();

/** A name all in capitals, of more letters than an abbreviation has. */
const CAPITALS = /^(?=.*\p{Lu}{4})[\p{Lu}\s.'-]+$/u;
const titled = (s: string): string => s.toLowerCase().replace(/(?<![\p{L}'])\p{L}/gu, (c) => c.toUpperCase());

const nonEmpty = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined);

/** Names of countries and towns as they stand in Russian and Arabic sentences: with case endings, with clitics before them. */
function inflections(
  form: string,
  entries: ReadonlyMap<string, readonly Entry[]>,
  stems: ReadonlyMap<string, Entry>,
): readonly Entry[] {
  if (/^[\p{Script=Cyrillic}-]{4,}$/u.test(form)) {
    for (let cut = 0; cut <= 3; cut++) {
      const hit = stems.get(form.slice(0, form.length - cut));
      if (hit && /^[аяоеёиыуюйьмв]*$/u.test(form.slice(form.length - cut))) return [hit];
    }
  } else if (/^\p{Script=Arabic}{4,}$/u.test(form)) {
    const bare = form.replace(/^(?:و|ف)?(?:ب|ل|ك)?/u, "");
    const hit = bare === form ? undefined : entries.get(bare);
    if (hit?.some((e) => e.kind === "country" || e.kind === "city")) return hit;
  }
  return [];
}

/** Cities whose names are common words or given names are believed only with other evidence. */
const LEAST_CITY_FOR_BITS = 50_000;

export function createGazetteer(tables: GazetteerTables): Gazetteer {
  const countries: readonly Country[] = JSON.parse(tables.countries);
  const byCode = new Map(countries.map((c) => [c.code, c]));
  const byAlpha2 = new Map(countries.map((c) => [c.alpha2, c]));
  const entries = new Map<string, Entry[]>();
  const firsts = new Map<string, number>();
  /** Russian names of countries and towns without their ending. */
  const stems = new Map<string, Entry>();
  const add = (name: string, entry: Entry) => {
    const k = key(name);
    if (k === "") return;
    const list = entries.get(k);
    if (list) list.push(entry);
    else entries.set(k, [entry]);
    const [first = ""] = k.split(/[ \-'.,]/);
    firsts.set(first, Math.max(firsts.get(first) ?? 0, k.length));
  };
  for (const c of countries) {
    for (const name of new Set([...c.names])) add(name, { kind: "country", country: c });
    for (const name of new Set(c.adjectives)) add(name, { kind: "adjective", country: c });
    for (const name of new Set([...c.seats, ...c.capital])) add(name, { kind: "seat", country: c });
    for (const name of Object.values(c.in)) if (name) add(name, { kind: "country", country: c });
    const russian = c.in.ru;
    if (russian && !/\s/.test(russian) && russian.length > 4)
      stems.set(fold(russian).replace(/[аяоеиыйь]$/u, ""), { kind: "country", country: c });
  }
  const cities = new Map<string, City[]>();
  for (const [
    name = "",
    alpha2 = "",
    admin1 = "",
    lat,
    lon,
    population,
    feature = "",
    geonames = "",
  ] of lines(tables.cities)) {
    const city: City = {
      name,
      alpha2,
      admin1,
      lat: Number(lat),
      lon: Number(lon),
      population: Number(population),
      feature,
      geonames,
    };
    const k = key(name);
    cities.set(k, [...(cities.get(k) ?? []), city]);
  }
  const foreign = new Set<string>();
  for (const [alias = "", name = "", alpha2 = "", language = ""] of lines(tables.aliases)) {
    if (language !== "") foreign.add(key(alias));
    const found = (cities.get(key(name)) ?? []).filter((c) => c.alpha2 === alpha2);
    const k = key(alias);
    if (k !== key(name)) cities.set(k, [...(cities.get(k) ?? []), ...found]);
  }
  for (const [name, list] of cities) {
    const city: Entry = { kind: "city", cities: [...list].sort((a, b) => b.population - a.population) };
    add(name, city);
    const stem = name.replace(/[аяоеиыйь]$/u, "");
    if (/^\p{Script=Cyrillic}/u.test(name) && stem.length >= 4) stems.set(stem, city);
  }
  const admin1 = new Map<string, string>();
  for (const [alpha2 = "", code = "", name = ""] of lines(tables.admin1)) {
    admin1.set(`${alpha2}.${code}`, name);
    if (name.length > 3) add(name, { kind: "admin1", alpha2, code, name });
  }
  for (const [names = "", type = "", country = "", sector = "", wikidata = ""] of lines(tables.bodies)) {
    const list = names.split("|");
    const body: Body = { names: list, type: type === "ARMED" ? "ARMED" : "ORG", country, sector, wikidata };
    for (const name of list) add(name, { kind: "body", body });
  }
  const offices = new Map<string, Entry & { readonly kind: "office" }>();
  for (const [office = "", sector = "", shown = ""] of lines(tables.offices))
    offices.set(office, {
      kind: "office",
      shown: shown === "-" ? undefined : shown === "" ? office : shown,
      sector,
    });

  const lookup = (name: string): readonly Entry[] => {
    const plain = key(name);
    const found =
      entries.get(plain) ??
      entries.get(plain.replace(/^the /i, "")) ??
      entries.get(`The ${plain}`) ??
      // "KOBE", "WEST PALM BEACH" as the head of a report.
      (CAPITALS.test(plain) ? entries.get(titled(plain)) : undefined);
    if (found) return found;
    const office = offices.get(name.toLowerCase());
    return office === undefined ? inflections(plain, entries, stems) : [office];
  };

  const knownFold = memo(fold);
  const mayBegin = memo((form) => /^\p{Lu}|^\p{Script=Arabic}|^al$|^the$/u.test(form));
  const inflected = memo((form): readonly Entry[] => inflections(form, entries, stems));
  /** The punctuation that `key` joins without spaces, when it is a token of its own. */
  const glues = (form: string): boolean =>
    form === "-" || form === "." || form === "," || form.startsWith("'");

  const findMatches = (forms: readonly string[]): readonly Match[] => {
    const out: Match[] = [];
    for (let i = 0; i < forms.length; ) {
      const form = forms[i] ?? "";
      let end = 0;
      let found: readonly Entry[] = [];
      if (mayBegin(form)) {
        const head = knownFold(form);
        const longest = Math.max(firsts.get(head) ?? 0, firsts.get(head.replace(/[-'.,].*$/, "")) ?? 0);
        let name = "";
        let glued = true;
        for (let j = i; j < forms.length && j < i + 8 && name.length <= longest + 2; j++) {
          const next = knownFold(forms[j] ?? "");
          const joins = glues(next);
          name += glued || joins ? next : ` ${next}`;
          glued = joins && next.length === 1;
          const hit = entries.get(name) ?? (j === i ? nonEmpty(inflected(next)) : undefined);
          if (hit) {
            end = j + 1;
            found = hit;
          }
        }
      }
      if (end === 0) {
        const lower = form.toLowerCase();
        const two = `${lower} ${(forms[i + 1] ?? "").toLowerCase()}`;
        const office = offices.get(two) ?? offices.get(lower.endsWith(".") ? lower.slice(0, -1) : lower);
        if (office !== undefined) {
          end = offices.has(two) ? i + 2 : i + 1;
          found = [office];
        }
      }
      if (end > 0) {
        out.push({ start: i, end, entries: found });
        i = end;
      } else i++;
    }
    return out;
  };

  // The same list of forms is asked for by the tagger's features and by the reader of entities.
  const matched = new WeakMap<readonly string[], readonly Match[]>();
  const match = (forms: readonly string[]): readonly Match[] => {
    const known = matched.get(forms);
    if (known) return known;
    const found = findMatches(forms);
    matched.set(forms, found);
    return found;
  };

  const bits = (forms: readonly string[]): Uint16Array => {
    const out = new Uint16Array(forms.length);
    for (const m of match(forms)) {
      let bit = 0;
      for (const e of m.entries) {
        if (e.kind === "country") bit |= GAZ.country;
        else if (e.kind === "adjective") bit |= GAZ.adjective;
        else if (e.kind === "city" && (e.cities[0]?.population ?? 0) >= LEAST_CITY_FOR_BITS) bit |= GAZ.city;
        else if (e.kind === "seat") bit |= GAZ.city;
        else if (e.kind === "admin1") bit |= GAZ.given;
        else if (e.kind === "body") bit |= GAZ.body;
        else if (e.kind === "office") bit |= GAZ.office;
      }
      if (bit === 0) continue;
      for (let i = m.start; i < m.end; i++)
        out[i] = bit | (i === m.start ? GAZ.begin : 0) | (m.end - m.start > 1 ? GAZ.multi : 0);
    }
    return out;
  };

  return {
    countries,
    byCode: (code) => byCode.get(code),
    byAlpha2: (alpha2) => byAlpha2.get(alpha2),
    admin1Name: (alpha2, code) => admin1.get(`${alpha2}.${code}`),
    lookup,
    match,
    bits,
    isForeign: (name) => foreign.has(key(name)) || !/\p{Script=Latin}/u.test(name),
  };
}
