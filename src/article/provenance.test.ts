import { describe, expect, it } from "vitest";
import { agencyIn } from "./credits.ts";
import { isCorrection, readDateline, readWireTags } from "./provenance.ts";

describe("readDateline", () => {
  it.each([
    ["LOWMERE, Feb 13 (AFP) - The council voted", { place: "LOWMERE", agency: "Agence France-Presse" }],
    [
      "LOWMERE, Tarn, Feb 13 (Tarn Wire) - The council voted",
      { place: "LOWMERE, Tarn", agency: "Tarn Wire" },
    ],
    ["LOWMERE, Feb 13 - The council voted", { place: "LOWMERE" }],
    ["LOWMERE (Reuters) – The council voted", { place: "LOWMERE", agency: "Reuters" }],
    ["LOWMERE — The council voted", { place: "LOWMERE" }],
    ["Lowmere (dpa) - Der Rat stimmte", { place: "Lowmere", agency: "dpa" }],
    ["Lowmere, Tarn (CNN) The council voted", { place: "Lowmere, Tarn", agency: "CNN" }],
    ["Holt (SNP) The council voted", undefined],
    ["Holt (pictured) said the council", undefined],
    ["The council - which met on Tuesday - voted", undefined],
  ])("%s", (text, expected) => {
    const found = readDateline(text, 0);
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(expected);
  });
});

describe("wire vocabulary", () => {
  it.each([
    ["CORRECTED-Pier to close", ["CORRECTED"]],
    ["UPDATE 2-Pier to close", ["UPDATE"]],
    ["REFILE-UPDATE 1-Pier to close", ["REFILE"]],
    ["STORY WITHDRAWN: Pier to close", ["WITHDRAWN"]],
    ["Updated plans for the pier", []],
  ])("%s", (title, tags) => expect(readWireTags(title, "")).toEqual(tags));

  it.each([
    ["Correction: An earlier version gave a wrong sum.", true],
    ["This story corrects paragraph 4.", true],
    ["Anmerkung der Redaktion: Der Text wurde ergänzt.", true],
    ["Corrections officers went on strike on Monday.", false],
  ])("correction: %s", (text, expected) => expect(isCorrection(text)).toBe(expected));

  it("knows agencies only as words", () => {
    expect([agencyIn("AP"), agencyIn("APPLE"), agencyIn("maps")]).toEqual([
      "Associated Press",
      undefined,
      undefined,
    ]);
  });
});
