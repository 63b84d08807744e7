import { describe, expect, it } from "vitest";
import { splitNames } from "./authors.ts";

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
  ])("%s", (line, names) => {
    expect(splitNames(line)).toEqual(names);
  });
});
