/** Every catalogue of the interface has the keys, the placeholders and the plural forms that it needs. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const Catalogue = z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())]));
type Catalogue = z.infer<typeof Catalogue>;

const folder = join(import.meta.dirname, "../data/i18n");
const load = (language: string): Catalogue =>
  Catalogue.parse(JSON.parse(readFileSync(join(folder, `${language}.json`), "utf8")));

function placeholders(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ""))].sort();
}

const english = load("en");

describe.each(["en", "es", "ru", "ar"])("catalogue %s", (language) => {
  const catalogue = load(language);
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;

  it("has the keys of the English one", () => {
    expect(Object.keys(catalogue).sort()).toEqual(Object.keys(english).sort());
  });

  it("has the same placeholders in each string", () => {
    const wrong = Object.entries(english).flatMap(([key, value]) => {
      const other = catalogue[key];
      if (typeof value !== "string" || typeof other !== "string")
        return typeof value === typeof other ? [] : [key];
      return placeholders(value).join() === placeholders(other).join() ? [] : [key];
    });
    expect(wrong).toEqual([]);
  });

  it("has every plural form of its language, and no placeholder the English one lacks", () => {
    const wrong = Object.entries(catalogue).flatMap(([key, value]) => {
      if (typeof value === "string") return [];
      const original = english[key];
      if (typeof original !== "object") return [key];
      const known = new Set(Object.values(original).flatMap(placeholders));
      const complete =
        forms.every((form) => value[form] !== undefined) && Object.keys(value).length === forms.length;
      const honest = Object.values(value)
        .flatMap(placeholders)
        .every((name) => known.has(name));
      const counted =
        placeholders(value["other"] ?? "").join() === placeholders(original["other"] ?? "").join();
      return complete && honest && counted ? [] : [key];
    });
    expect(wrong).toEqual([]);
  });

  it("leaves no string empty", () => {
    const empty = Object.entries(catalogue).filter(([, value]) =>
      (typeof value === "string" ? [value] : Object.values(value)).some((text) => text.trim() === ""),
    );
    expect(empty.map(([key]) => key)).toEqual([]);
  });
});
