import { describe, expect, it } from "vitest";
import { isFullName, isName, kindOfName, LINE_BY, namesBesideDate, POSTED_BY, splitNames } from "./names.ts";

describe("splitNames", () => {
  it.each([
    ["By Ines Holt and Per Aldham, Staff", ["Ines Holt", "Per Aldham"]],
    ["Von Mira Sand und Ole Strand", ["Mira Sand", "Ole Strand"]],
    ["Per Aldham", ["Per Aldham"]],
    ["ByInes Holt", ["Ines Holt"]],
    ["Holt, Ines", ["Ines Holt"]],
    ["By Ines Holt | March 12, 2024 2:30 p.m.", ["Ines Holt"]],
    ["View all posts by Ines Holt", ["Ines Holt"]],
    ["Texte: Mira Sand / Ole Strand", ["Mira Sand", "Ole Strand"]],
    ["Ines Holt, 7. Dezember 2023", ["Ines Holt"]],
    ["", []],
    ["By Ana de la Cruz", ["Ana de la Cruz"]],
    ["Por Ana de los Ríos y Juan Holt", ["Ana de los Ríos", "Juan Holt"]],
    ["Автор: Мира Песочная", ["Мира Песочная"]],
    ["بقلم سلمى الحاج", ["سلمى الحاج"]],
    ["责任编辑：林文", ["林文"]],
    ["Geschrieben vonInes Holt", ["Ines Holt"]],
    ["Eine Kolumne von Ines Holt", ["Ines Holt"]],
    ["Debatte Von Ines Holt", ["Ines Holt"]],
    ["Ines Holt @inesholt", ["Ines Holt"]],
    ["Ines Holt 8 January", ["Ines Holt"]],
    ["Ines Holt am", ["Ines Holt"]],
    ["Ines Holt Fr.", ["Ines Holt"]],
  ])("%s", (line, names) => {
    expect(splitNames(line)).toEqual(names);
  });
});

describe("kindOfName", () => {
  it.each([
    ["Ines Holt", "person"],
    ["Ana de la Cruz", "person"],
    ["Ursula von der Marsch", "person"],
    ["J. R. Holt", "person"],
    ["Мира Песочная", "person"],
    ["سلمى الحاج", "person"],
    ["林文", "person"],
    ["ines.holt", "lone"],
    ["Ines", "lone"],
    ["LNR", "body"],
    ["Hafen-Stiftung e.V.", "body"],
    ["Lowmere Courier Redaktion", "body"],
    ["Hafen.de", "body"],
  ] as const)("%s", (name, kind) => {
    expect(kindOfName(name)).toBe(kind);
    expect(isFullName(name)).toBe(kind === "person");
  });
});

describe("isName", () => {
  it.each(["Redaktion", "No", "news service reports", "admin", "12 Comments", "Редакция", "@lowmere"])(
    "%s is none",
    (name) => {
      expect(isName(name)).toBe(false);
    },
  );
});

describe("lines that sign", () => {
  it.each([
    ["Posted on September 21, 2020 by Ines Holt", "Ines Holt"],
    ["06.11.2023 13:30 von Ines", "Ines"],
    ["04.02.2022 | 13:10 Uhr | Ines Holt", "Ines Holt"],
    ["11.12.2019 - Ines Holt", "Ines Holt"],
    ["05.02.2020 - Redaktion: Ines Holt (Pressesprecherin)", "Ines Holt"],
    ["04.02.2022 | Politik", undefined],
    ["The pier closed on 4 February by order of the council", undefined],
  ])("%s", (line, name) => {
    expect(namesBesideDate(line)).toBe(name);
  });
  it.each([
    ["Posted by rita @ 12:00 am", "rita"],
    ["Gespeichert von rasmus am 24. Juli 2017", "rasmus"],
    ["Posted by the council on Monday", undefined],
  ])("%s", (line, name) => {
    expect(POSTED_BY.exec(line)?.[1]).toBe(name);
  });
  it.each([
    ["Text von Ines Holt", "Ines Holt"],
    ["Autorin: Ines Holt, Leiterin des Hafens", "Ines Holt"],
    ["Ein Interview von Ines Holt mit dem Hafenmeister", "Ines Holt"],
    ["Autoren Mira Sand und Ole Strand", "Mira Sand und Ole Strand"],
    ["Von Sprachregeln, Gender-Politik und mehr", undefined],
  ])("%s", (line, name) => {
    expect(LINE_BY.exec(line)?.[1]).toBe(name);
  });
});
