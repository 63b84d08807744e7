import { describe, expect, it } from "vitest";
import { csvCell, csvTable } from "./csv.ts";

describe("csv", () => {
  it.each([
    ["plain", "plain"],
    ['say "no"', '"say ""no"""'],
    ["a,b", '"a,b"'],
    ["two\nlines", '"two\nlines"'],
    ["=1+1", "'=1+1"],
    [-5, "-5"],
    [undefined, ""],
    [false, "false"],
  ])("writes %s as %s", (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it("keeps the order of columns and ends lines with CRLF", () => {
    expect(csvTable(["b", "a"], [{ a: 1, b: 2 }])).toBe("b,a\r\n2,1\r\n");
  });
});
