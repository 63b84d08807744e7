import { describe, expect, it } from "vitest";
import { familyName, isAcronym, isShortOrg, isShortPerson, nameKey } from "./names.ts";

describe("names of one thing", () => {
  it.each([
    ["Tokayev", "Kassym-Jomart Tokayev", true],
    ["Saddam", "Saddam Hussein", true],
    ["van der Bellen", "Alexander van der Bellen", true],
    ["J. Marsh", "Jane Marsh", true],
    ["Jane Marsh", "Jane Alice Marsh", true],
    ["John Marsh", "Jane Marsh", false],
    ["Alice", "Jane Alice Marsh", false],
  ])("%s for %s: %s", (short, full, expected) => {
    expect(isShortPerson(short, full)).toBe(expected);
  });

  it.each([
    ["CSTO", "Collective Security Treaty Organization", true],
    ["UNHCR", "United Nations High Commissioner for Refugees", true],
    ["U.N.", "United Nations", true],
    ["DoJ", "Department of Justice", false],
  ])("%s stands for %s: %s", (short, full, expected) => {
    expect(isAcronym(short, full)).toBe(expected);
  });

  it.each([
    ["Harbour Trust", "Harbour Trust Inc.", true],
    ["Labour Party", "the Labour Party", true],
    ["Labour", "Conservative Party", false],
  ])("%s is short for %s: %s", (short, full, expected) => {
    expect(isShortOrg(short, full)).toBe(expected);
  });

  it("takes the family name with its particles", () => {
    expect(familyName("Ursula von der Leyen")).toBe("von der Leyen");
    expect(familyName("Sammy Davis Jr.")).toBe("Davis");
  });

  it("makes one key of spellings", () => {
    expect(nameKey("the Élysée’s")).toBe(nameKey("Elysee"));
  });
});
