import { describe, expect, it } from "vitest";
import { makeReading } from "../../test/make-reading.ts";
import { distinctIssuers, isInformant, issuerOf, issuersIn, sameIssuer } from "./issuers.ts";

const HOME = new Set(["orlia", "orlian"]);

describe("issuerOf", () => {
  it.each([
    ["a spokesman for the Ministry of Health", "health ministry"],
    ["Orlia's health ministry", "health ministry"],
    ["the Orlian health ministry", "health ministry"],
    ["the health ministry's press service", "health ministry"],
    ["the Telegram channel of the information ministry", "information ministry"],
    ["data of the health ministry", "health ministry"],
    ["Orlian prosecutors", "prosecutor general office"],
    ["the prosecutor general's office", "prosecutor general office"],
    ["Prosecutors in the island country", "prosecutor general office"],
    ["Vesna Tarn", "vesna tarn"],
    ["President Vesna Tarn's office", "vesna tarn"],
    ["Vesna Tarn’s office", "vesna tarn"],
    ["the presidential press service", "president"],
    ["the president's office", "president"],
    ["Orlia's president", "president"],
    ["the country's president", "president"],
    ["Its statement", "statement"],
    ["The statement", "statement"],
    ["the Tarnish defence ministry", "tarnish defence ministry"],
  ])("%s", (speaker, key) => expect(issuerOf(speaker, HOME).key).toBe(key));
});

describe("who can be an informant", () => {
  it.each([
    ["the fire chief", true],
    ["Vesna Tarn", true],
    ["It answers none of the questions", false],
    ["he", false],
    ["Central Asian", false],
    ["Hundreds of people", false],
    ["an earlier version of this article", false],
    ["members of the guard and people", false],
    ["presidential", false],
    ["a resident reached by landline", true],
    ["a doctor at a hospital in Tarn", true],
    ["relatives", true],
    ["Минздрав", true],
    ["many of the people who were then living in the lower part of town", false],
  ])("%s", (speaker, can) => expect(isInformant(speaker)).toBe(can));
});

describe("sameIssuer", () => {
  it.each([
    ["tarn", "vesna tarn", true],
    ["ministry", "health ministry", false],
    ["health ministry", "interior ministry", false],
  ])("%s, %s", (a, b, same) => expect(sameIssuer(a, b)).toBe(same));
  it("keeps the fullest name of each", () =>
    expect(
      distinctIssuers(["Tarn", "Vesna Tarn", "the police"].map((s) => issuerOf(s))).map((i) => i.name),
    ).toEqual(["Vesna Tarn", "police"]));
});

describe("issuersIn", () => {
  const body = "The interior ministry counted forty. Later the ministry spoke of fifty.";
  it("resolves a bare ministry to the one named before it", () => {
    const issuer = issuersIn(makeReading({ id: "a", body }));
    expect(issuer("the ministry", body.indexOf("the ministry")).key).toBe("interior ministry");
  });
  it("knows the one who holds an office", () => {
    const reading = makeReading({ id: "a", body: "President Vesna Tarn spoke. The president said no." });
    const entity = {
      id: 0,
      key: "per:vesna-tarn",
      name: "Vesna Tarn",
      type: "PER",
      office: "president",
    } as const;
    const issuer = issuersIn({
      ...reading,
      entities: [entity as unknown as (typeof reading.entities)[number]],
    });
    expect(issuer("The president", 40).key).toBe("vesna tarn");
  });
  it("hears the officials of a country for the country, under their own name", () => {
    const body = "Israel said forty. Israeli officials said fifty.";
    const reading = makeReading({ id: "a", body });
    const country = {
      key: "loc:ISR",
      name: "Israel",
      type: "LOC",
      country: "ISR",
      place: { name: "Israel", country: "ISR", precision: 6 },
    };
    const people = { key: "nat:ISR", name: "Israeli", type: "NAT", country: "ISR" };
    const at = body.indexOf("Israeli");
    const mention = {
      span: { start: at, end: at + 7 },
      words: "Israeli",
      type: "NAT",
      kind: "name",
      entity: 1,
      made: "test",
    };
    const issuer = issuersIn({
      ...reading,
      entities: [country, people] as unknown as typeof reading.entities,
      mentions: [mention] as unknown as typeof reading.mentions,
    });
    expect(issuer("Israeli officials", at)).toEqual({ key: "israel", name: "Israeli officials" });
    expect(issuer("Israel", 0).key).toBe("israel");
  });
  it("counts an office without a name only where no other can be meant", () => {
    const names = [
      { key: "office (a)", name: "office" },
      { key: "office (b)", name: "office" },
      { key: "human rights office", name: "human rights office" },
    ];
    expect(distinctIssuers(names).map((i) => i.key)).toEqual(["human rights office"]);
    expect(distinctIssuers(names.slice(0, 2))).toHaveLength(1);
  });
  it("keeps one that was never named to its article", () => {
    const issuer = issuersIn(makeReading({ id: "a", body: "The ministry spoke of fifty." }));
    expect(issuer("the ministry", 0).key).toBe("ministry (a)");
  });
});
