import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { tokenizeText } from "../text/sentences.ts";
import { createGazetteer } from "./gazetteer.ts";
import { readEntities } from "./read.ts";

const table = (path: string) => readFileSync(new URL(`../../data/${path}`, import.meta.url), "utf8");
const gazetteer = createGazetteer({
  countries: table("actors/countries.json"),
  cities: table("places/cities.tsv"),
  aliases: table("places/aliases.tsv"),
  admin1: table("places/admin1.tsv"),
  bodies: table("actors/bodies.tsv"),
  offices: table("actors/offices.tsv"),
});
// Without a tagger: what the gazetteers alone say, as for languages that are not learnt.
const tools = { gazetteer, tables: { classes: undefined, gazetteer: gazetteer.bits } };
const read = (text: string) => readEntities(text, tokenizeText(text, "en").sentences, tools);
const place = (text: string, words: string) => {
  const { mentions, entities } = read(text);
  const mention = mentions.find((m) => m.words === words);
  return mention && entities[mention.entity]?.place;
};

describe("names from the gazetteers", () => {
  it("gives every mention its place in the text", () => {
    const text = "Kazakh police said the CSTO had sent troops to Almaty.";
    for (const m of read(text).mentions) expect(text.slice(m.span.start, m.span.end)).toBe(m.words);
  });

  it("joins a body and its acronym", () => {
    const { entities } = read("The Collective Security Treaty Organization met. The CSTO agreed.");
    const found = entities.filter((e) => e.wikidata === "Q318693");
    expect(found).toHaveLength(1);
    expect(found[0]?.country).toBe("IGO");
  });

  it("weighs the countries a text is about", () => {
    const { countries } = read(
      "Protests spread in Kazakhstan\n\nKazakh police fired on crowds. Russia sent troops.",
    );
    expect(countries[0]?.code).toBe("KAZ");
    expect(countries.map((c) => c.code)).toContain("RUS");
    expect(countries.reduce((n, c) => n + c.weight, 0)).toBeCloseTo(1, 2);
  });

  it.each([
    ["A crowd gathered in Georgia's capital, Tbilisi.", "Tbilisi", "GEO", 1],
    ["Troops entered Georgia from Armenia.", "Georgia", "GEO", 6],
    ["The mayor of Paris, Texas, resigned.", "Paris", "USA", 1],
    ["Voters in the state of Georgia queued.", "Georgia", "USA", 4],
  ])("%s → %s in %s", (text, words, country, precision) => {
    expect(place(text, words)).toMatchObject({ country, precision });
  });

  it("gives a government no pin finer than its country", () => {
    expect(place("Washington denied the report.", "Washington")?.precision).toBe(6);
  });

  it.each([
    ["В Казахстане объявили режим чрезвычайного положения.", "ru", "KAZ"],
    ["Войска России вошли в город.", "ru", "RUS"],
    ["القوات الروسية تغادر كازاخستان", "ar", "KAZ"],
    ["وصلت الطائرات إلى مطار بكازاخستان", "ar", "KAZ"],
    ["El gobierno de Kazajistán dimitió.", "es", "KAZ"],
  ])("finds the country in %s", (text, lang, country) => {
    const { countries } = readEntities(text, tokenizeText(text, lang).sentences, tools);
    expect(countries[0]?.code).toBe(country);
  });

  it.each(["", " ", "\u0000\uffff", "A".repeat(5000), "« » “ ”", "1 2 3"])("survives %j", (text) => {
    expect(() => read(text)).not.toThrow();
  });
});
