/** The tables of outlets fit the model, are dated and cited, and name each host once. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { Outlet, OutletKind, StateControl } from "../src/model/index.ts";

const data = join(import.meta.dirname, "../data");
const json = (path: string): unknown => JSON.parse(readFileSync(join(data, path), "utf8"));

const Starter = z.array(
  z.strictObject({
    name: z.string(),
    feed: z.url(),
    homepage: z.url(),
    country: z.string().regex(/^[A-Z]{3}$/),
    languages: z.array(z.string()).min(1),
    kind: OutletKind,
    owner: z.string().optional(),
    stateControl: StateControl,
    asOf: z.string(),
    basis: z.string().min(10),
    unverified: z.literal(true).optional(),
  }),
);

it.each(["outlets/outlets.json", "demo/outlets.json"])(
  "%s fits the model; every row has a date and a basis",
  (path) => {
    const rows = z.array(Outlet).parse(json(path));
    expect(rows.filter((row) => row.asOf === undefined || row.basis === undefined)).toEqual([]);
    expect(rows.filter((row) => row.admiralty !== "F")).toEqual([]);
  },
);

it("names each host once in both tables together", () => {
  const hosts = ["outlets/outlets.json", "demo/outlets.json"].flatMap((path) =>
    z
      .array(Outlet)
      .parse(json(path))
      .flatMap((row) => row.hosts),
  );
  expect(hosts.filter((host, at) => hosts.indexOf(host) !== at)).toEqual([]);
});

it("has a list of feeds to start with, in many countries and languages, each once", () => {
  const feeds = Starter.parse(json("outlets/starter.json"));
  expect(new Set(feeds.map((row) => row.feed)).size).toBe(feeds.length);
  expect(new Set(feeds.map((row) => row.country)).size).toBeGreaterThan(30);
  expect(new Set(feeds.flatMap((row) => row.languages)).size).toBeGreaterThan(10);
});
