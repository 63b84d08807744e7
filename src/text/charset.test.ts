import { describe, expect, it } from "vitest";
import { charsetName, decodeBytes, decodeInPieces } from "./charset.ts";

const bytes = (...codes: number[]): Uint8Array => Uint8Array.from(codes);
const ascii = (text: string): number[] => [...text].map((c) => c.charCodeAt(0));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const cyrillic1251 = (text: string): number[] =>
  [...text].map((c) => {
    const code = c.charCodeAt(0);
    return code >= 0x410 && code <= 0x44f ? code - 0x350 : code;
  });

describe("decodeBytes", () => {
  it.each([
    [
      "mark wins over header",
      bytes(0xef, 0xbb, 0xbf, 0xc3, 0xa9),
      "text/html; charset=iso-8859-1",
      "é",
      "utf-8",
      "bom",
    ],
    ["UTF-32 with a mark", bytes(0xff, 0xfe, 0, 0, 0xe9, 0, 0, 0), undefined, "é", "utf-32le", "bom"],
    [
      "UTF-32 without a mark",
      bytes(0, 0, 0, 0x3c, 0, 1, 0xf6, 0),
      undefined,
      "<\u{1f600}",
      "utf-32be",
      "bom",
    ],
    ["UTF-16 with a mark", bytes(0xff, 0xfe, 0xe9, 0x00), undefined, "é", "utf-16le", "bom"],
    [
      "UTF-16 without a mark",
      bytes(...[..."<html>é"].flatMap((c) => [c.charCodeAt(0), 0])),
      undefined,
      "<html>é",
      "utf-16le",
      "content",
    ],
    ["header", bytes(0xe9, 0x20), "text/html; charset=ISO-8859-1", "é ", "windows-1252", "http"],
    [
      "curly quotes of windows-1252",
      bytes(0x93, 0xe9, 0x94),
      "text/html; charset=latin1",
      "“é”",
      "windows-1252",
      "http",
    ],
    [
      "meta",
      bytes(...ascii('<meta charset="windows-1251">'), ...cyrillic1251("Да")),
      undefined,
      '<meta charset="windows-1251">Да',
      "windows-1251",
      "declaration",
    ],
    [
      "meta http-equiv",
      bytes(...ascii('<meta http-equiv=x content="text/html; charset=koi8-r">'), 0xc4, 0xc1),
      undefined,
      '<meta http-equiv=x content="text/html; charset=koi8-r">да',
      "koi8-r",
      "declaration",
    ],
    [
      "declared Latin-1 but well-formed UTF-8",
      utf8("Zürich – Genève"),
      "text/html; charset=iso-8859-1",
      "Zürich – Genève",
      "utf-8",
      "content",
    ],
    [
      "declared UTF-8 but Latin-1",
      bytes(
        ...ascii("Z"),
        0xfc,
        ...ascii("rich Gen"),
        0xe8,
        ...ascii("ve caf"),
        0xe9,
        ...ascii(" h"),
        0xf4,
        ...ascii("tel"),
      ),
      "text/html; charset=utf-8",
      "Zürich Genève café hôtel",
      "windows-1252",
      "content",
    ],
    [
      "undeclared Cyrillic",
      bytes(...cyrillic1251("Президент заявил в среду что войска покинут страну")),
      undefined,
      "Президент заявил в среду что войска покинут страну",
      "windows-1251",
      "content",
    ],
    ["nothing but ASCII", utf8("plain"), undefined, "plain", "utf-8", "default"],
    ["empty", bytes(), undefined, "", "utf-8", "default"],
    ["unknown label", utf8("é"), "text/html; charset=none", "é", "utf-8", "content"],
  ])("%s", (_name, input, contentType, text, charset, basis) => {
    expect(decodeBytes(input, { kind: "html", contentType })).toEqual({ text, charset, basis });
  });

  it("reads the XML declaration", () => {
    const input = bytes(...ascii('<?xml version="1.0" encoding="iso-8859-2"?>'), 0xb3);
    expect(decodeBytes(input, { kind: "xml" })).toMatchObject({
      charset: "iso-8859-2",
      basis: "declaration",
    });
    expect(decodeBytes(input, { kind: "xml" }).text.endsWith("ł")).toBe(true);
  });

  it("keeps a cut-off last letter from changing the choice", () => {
    expect(decodeBytes(utf8("Genève é").subarray(0, 9), { kind: "text" }).charset).toBe("utf-8");
  });
});

describe("charsetName", () => {
  it.each([
    ["UTF8", "utf-8"],
    ["utf_8", "utf-8"],
    [" 'utf-8' ", "utf-8"],
    ["ISO8859-1", "windows-1252"],
    ["x-sjis", "shift_jis"],
    ["cp-1251", "windows-1251"],
    ["Win1251", "windows-1251"],
    ["gb2312", "gbk"],
    ["nonsense", undefined],
    ["", undefined],
  ])("%s", (label, name) => {
    expect(charsetName(label)).toBe(name);
  });
});

describe("decodeInPieces", () => {
  it.each([
    ["utf-8", new TextEncoder().encode("é漢😀".repeat(30_000))],
    ["utf-16le", Uint8Array.from(Buffer.from(`\ufeff${"é漢😀".repeat(30_000)}`, "utf16le"))],
  ])("gives the same text as the whole: %s", (_name, input) => {
    const { pieces, charset } = decodeInPieces(input, { kind: "text" });
    const whole = decodeBytes(input, { kind: "text" });
    expect([...pieces].join("") === whole.text && charset === whole.charset).toBe(true);
    expect([...pieces].length).toBeGreaterThan(1);
  });
});
