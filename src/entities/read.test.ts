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
    ["В Москве прошли акции.", "ru", "RUS"],
    ["Из Нью-Йорка сообщили о взрыве.", "ru", "USA"],
    ["وقع الانفجار بأبوظبي", "ar", "ARE"],
    ["La policía de Nueva York investiga.", "es", "USA"],
  ])("finds the country in %s", (text, lang, country) => {
    const { countries } = readEntities(text, tokenizeText(text, lang).sentences, tools);
    expect(countries[0]?.code).toBe(country);
  });

  it.each([
    ["В Москве прошли акции.", "ru", "Moscow"],
    ["La policía de Londres investiga.", "es", "London"],
    ["Police in Kiev waited.", "en", "Kiev"],
  ])("calls the town of %s by one name", (text, lang, name) => {
    const { entities } = readEntities(text, tokenizeText(text, lang).sentences, tools);
    expect(entities.find((e) => e.place?.precision === 1)?.name).toBe(name);
  });

  it.each(["", " ", "\u0000\uffff", "A".repeat(5000), "« » “ ”", "1 2 3"])("survives %j", (text) => {
    expect(() => read(text)).not.toThrow();
  });
});

describe("places that a tagger has marked", () => {
  /** Calls the words listed places. */
  const tagging = (places: readonly string[]) => ({
    ...tools,
    tagger: {
      tag: (sentences: readonly (readonly string[])[]) =>
        sentences.map((forms) =>
          forms.map((f, i) =>
            !places.includes(f) ? "O" : places.includes(forms[i - 1] ?? "") ? "I-LOC" : "B-LOC",
          ),
        ),
    },
  });
  const placeOf = (text: string, words: string, places: readonly string[]) => {
    const found = readEntities(text, tokenizeText(text, "en").sentences, tagging(places));
    const mention = found.mentions.find((m) => m.words === words);
    return mention && found.entities[mention.entity]?.place;
  };

  it("are looked up without the word for their kind", () => {
    const text = "Troops from Pakistan stood in Punjab province.";
    expect(placeOf(text, "Punjab province", ["Pakistan", "Punjab", "province"])).toMatchObject({
      country: "PAK",
      admin1: "Punjab",
    });
  });

  it.each([
    ["North Korea fired. South Korea said the North had lied.", "PRK"],
    ["Rain fell in Italy, most of it in the North.", undefined],
  ])("%s", (text, country) => {
    expect(placeOf(text, "North", ["North", "South", "Korea", "Italy"])?.country).toBe(country);
  });

  const countriesOf = (text: string, places: readonly string[]) =>
    readEntities(text, tokenizeText(text, "en").sentences, tagging(places)).countries.map((c) => c.code);
  const RIVERS =
    "Alder Point votes on its market\n\nAlder Point votes on Sunday. The market is old. Traders want it kept. ";

  it("tell that a report from a town of no table is not about the one country it mentions far down", () => {
    expect(countriesOf(`${RIVERS}One stall sells Indian food.`, ["Alder", "Point"])).toEqual([]);
    expect(
      countriesOf(`${RIVERS}Traders from India came, and India paid.`, ["Alder", "Point", "India"]),
    ).toEqual(["IND"]);
  });

  it.each([
    ["KOBE — Masks were stolen from a hospital.", "KOBE", "JPN"],
    ["ALBANY, NY (WTKX) — The team trained.", "ALBANY", "USA"],
    ["He lives in the Bronx with a dog.", "Bronx", "USA"],
  ])("are known at the head of a report and by part of their name: %s", (text, words, country) => {
    const found = placeOf(text, words, ["KOBE", "ALBANY", "NY", "Bronx"]);
    expect(found?.country).toBe(country);
    expect(found?.name).toMatch(/^(?:Kobe|Albany|Bronx)$/);
  });

  it("have at least their country where the state stands behind them", () => {
    expect(
      countriesOf("OAKHOLLOW, N.Y. — A barn burned in Oakhollow, N.Y., on Sunday.", [
        "OAKHOLLOW",
        "N.Y.",
        "Oakhollow",
      ]),
    ).toEqual(["USA"]);
  });

  it("are not where a treaty named after them is", () => {
    expect(countriesOf("States keep the Paris Agreement\n\nThe Paris Agreement holds.", ["Paris"])).toEqual(
      [],
    );
    expect(countriesOf("Rain falls on Paris\n\nParis was wet.", ["Paris"])).toEqual(["FRA"]);
  });

  it("are no small town of a country nobody speaks of", () => {
    const british = "Britain voted. The United Kingdom waited. Ministers met in Westminster.";
    expect(placeOf(british, "Westminster", ["Britain", "United", "Kingdom", "Westminster"])?.country).toBe(
      "GBR",
    );
    const austrian = "Austria voted. Austrian ministers met. A bus from Bethany arrived.";
    expect(placeOf(austrian, "Bethany", ["Austria", "Bethany"])).toBeUndefined();
    const at = (home?: string) => {
      const text = "Two men were sentenced in Kent on Friday.";
      const found = readEntities(
        text,
        tokenizeText(text, "en").sentences,
        tagging(["Kent"]),
        undefined,
        home,
      );
      return found.entities.find((e) => e.name === "Kent")?.place?.country;
    };
    expect([at(), at("US"), at("GB")]).toEqual(["USA", "USA", undefined]);
    const court = "A man was held in the Central District. The court in the Central District sat.";
    expect(placeOf(court, "Central District", ["Central", "District"])).toBeUndefined();
    expect(
      placeOf(`Israel voted. ${court}`, "Central District", ["Israel", "Central", "District"])?.country,
    ).toBe("ISR");
  });
});

describe("offices of persons", () => {
  const tagger = {
    tag: (sentences: readonly (readonly string[])[]) =>
      sentences.map((forms) => forms.map((f) => (f === "Oduya" ? "B-PER" : "O"))),
  };
  it.each([
    ["President Oduya spoke.", "president"],
    ["Sen. Oduya spoke.", "senator"],
    ["The former Kenyan President Oduya spoke.", "former president"],
    ["Mr. Oduya spoke.", undefined],
    ["Dr Oduya spoke.", undefined],
    ["The lawyer Oduya spoke.", undefined],
  ])("%s → %s", (text, office) => {
    const { entities } = readEntities(text, tokenizeText(text, "en").sentences, { ...tools, tagger });
    expect(entities.find((e) => e.type === "PER")?.office).toBe(office);
  });
});
