import { describe, expect, it } from "vitest";
import { type CreditPage, isStaffCredit, originOf, readCredits } from "./credits.ts";

const page = (line: string, extra: Partial<CreditPage> = {}): CreditPage => {
  const text = `Pier to close\n\nThe council voted on Tuesday.\n\n${line}`;
  return {
    text,
    blocks: [{ kind: "paragraph", span: { start: text.length - line.length, end: text.length } }],
    authors: [],
    marked: [],
    after: [],
    known: ["Tarn Wire", "Hafenbote"],
    own: new Set(["lowmerecourier"]),
    ...extra,
  };
};

describe("readCredits", () => {
  it.each<[string, readonly (string | undefined)[]]>([
    ["(Tarn Wire)", ["Tarn Wire"]],
    ["(Coast News Agency)", ["Coast News Agency"]],
    ["— Reuters", ["Reuters"]],
    ["Compiled from reports by Tarn Wire and Corran Press.", ["Tarn Wire"]],
    ["Compiled from reports by Corran Press and Ebb Post.", ["Corran Press", "Ebb Post"]],
    ["Via Hafenbote.", ["Hafenbote"]],
    ["Translated from Russian. First published by Ebb Post on 2 January.", ["Ebb Post"]],
    ["Fuente: Agencia Costera", ["Agencia Costera"]],
    ["Con información de Tarn Wire", ["Tarn Wire"]],
    ["По материалам Tarn Wire", ["Tarn Wire"]],
    ["Источник: «Прибой»", ["Прибой"]],
    ["المصدر: وكالة الساحل", ["وكالة الساحل"]],
    ["نقلا عن Tarn Wire", ["Tarn Wire"]],
    ["Quelle: Hafenbote", ["Hafenbote"]],
    ["Avec AFP", ["Agence France-Presse"]],
    ["(Reporting by Ines Holt; editing by the coast desk)", [undefined]],
    ["(Ines Holt)", []],
    ["(Lowmere Courier)", []],
    ["Via the northern road, the boats came home.", []],
    ["The boats came home.", []],
  ])("%s", (line, agencies) => {
    expect(readCredits(page(line)).map((c) => c.agency)).toEqual(agencies);
  });

  it("reads marked lines without their date and agencies that stand as authors", () => {
    const none = "The boats came home.";
    expect(readCredits(page(none, { marked: ["Agencies | 15 January 2022, 17:00 IST"] }))).toEqual([
      { words: "Agencies" },
    ]);
    expect(readCredits(page(none, { marked: ["Coast Wire"] }))).toEqual([
      { words: "Coast Wire", agency: "Coast Wire" },
    ]);
    expect(readCredits(page(none, { authors: ["Tarn Wire", "Ines Holt"] }))).toEqual([
      { words: "Tarn Wire", agency: "Tarn Wire" },
    ]);
    expect(readCredits(page(none, { marked: ["Lowmere Courier", "Ines Holt"] }))).toEqual([]);
  });
});

describe("isStaffCredit", () => {
  it.each([
    ["(Reporting by Ines Holt; editing by Per Aldham)", true],
    ["Reporting by Ines Holt and Per Aldham; Editing by Mira Sand", true],
    ["Reporting by Ines Holt", true],
    ["(Información de Inés Costa; editado por Pablo Mar)", true],
    ["(Репортаж: Мира Песочная; редактор Олег Берег)", true],
    ["(إعداد سلمى الحاج؛ تحرير نور البحر)", true],
    [
      "Reporting by the council shows that the pier sank. It will be closed, and the boats will have to move.",
      false,
    ],
    ["Edited by hand, the maps took years to finish, the museum said in a statement about the work.", false],
  ])("%s", (line, expected) => {
    expect(isStaffCredit(line)).toBe(expected);
  });
});

describe("originOf", () => {
  it("needs a name", () => {
    expect(originOf("Source: the pier")).toBeUndefined();
    expect(originOf("Source: Pier Authority")).toBe("Pier Authority");
  });
});
