/**
 * Builds data/actors/countries.json from npm `world-countries` and our own table of names, demonyms and seats.
 * Each country: ISO 3166-1 alpha-3, alpha-2, numeric (the key of world-atlas), names, adjectives, seats, capital, centre,
 * region, and its name in Spanish, Russian and Arabic.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

type Raw = {
  readonly cca2: string;
  readonly independent?: boolean;
  readonly cca3: string;
  readonly ccn3: string;
  readonly name: { readonly common: string; readonly official: string };
  readonly capital: readonly string[];
  readonly region: string;
  readonly subregion: string;
  readonly latlng: readonly [number, number];
  readonly borders: readonly string[];
  readonly demonyms: { readonly eng?: { readonly f: string; readonly m: string } };
  readonly translations: Readonly<Record<string, { readonly common: string }>>;
};

export function buildCountries(folder: URL): number {
  const raw: readonly Raw[] = createRequire(import.meta.url)("world-countries");
  const extra = new Map<string, Map<string, string[]>>();
  for (const line of readFileSync(new URL("countries-extra.tsv", folder), "utf8").split("\n")) {
    if (!line || line.startsWith("#")) continue;
    const [code = "", kind = "", words = ""] = line.split("\t");
    const kinds = extra.get(code) ?? new Map<string, string[]>();
    kinds.set(kind, [...(kinds.get(kind) ?? []), ...words.split("|")]);
    extra.set(code, kinds);
  }
  // "American" means the United States, not a territory whose people are called so too.
  const sovereign = new Set(
    raw
      .filter((c) => c.independent !== false)
      .flatMap((c) => [c.demonyms.eng?.m, c.demonyms.eng?.f, ...(extra.get(c.cca3)?.get("a") ?? [])]),
  );
  const countries = raw
    // The package writes Kosovo as UNK; XKX is the code in common use.
    .map((c) => (c.cca3 === "UNK" ? { ...c, cca3: "XKX" } : c))
    .map((c) => {
      const more = extra.get(c.cca3);
      const names = new Set([c.name.common, c.name.official, ...(more?.get("n") ?? [])]);
      const demonyms = [c.demonyms.eng?.m, c.demonyms.eng?.f].filter(
        (d): d is string => Boolean(d) && (c.independent !== false || !sovereign.has(d)),
      );
      const adjectives = new Set([...demonyms, ...(more?.get("a") ?? [])]);
      return {
        code: c.cca3,
        alpha2: c.cca2,
        numeric: c.ccn3,
        name: c.name.common,
        names: [...names],
        adjectives: [...adjectives],
        seats: more?.get("m") ?? [],
        capital: c.capital,
        region: c.region,
        subregion: c.subregion,
        centre: c.latlng,
        borders: c.borders,
        in: {
          es: c.translations["spa"]?.common,
          ru: c.translations["rus"]?.common,
          ar: c.translations["ara"]?.common,
        },
      };
    })
    .sort((a, b) => (a.code < b.code ? -1 : 1));
  writeFileSync(
    new URL("countries.json", folder),
    `[\n${countries.map((c) => JSON.stringify(c)).join(",\n")}\n]\n`,
  );
  return countries.length;
}

if (process.argv[1] === new URL(import.meta.url).pathname)
  process.stdout.write(`${buildCountries(new URL("../data/actors/", import.meta.url))} countries\n`);
