/** Fuzz target: character encodings. Any bytes become text, whole or in pieces the same, without throwing. */
import fc from "fast-check";
import { decodeBytes, decodeInPieces } from "../../src/text/charset.ts";
import { type FuzzTarget, must } from "./mutate.ts";

const encoder = new TextEncoder();
const words = [
  "charset=",
  "utf-8",
  "utf-16",
  "windows-1251",
  "gbk",
  "iso-2022-jp",
  "x-user-defined",
  "\u001b$B",
  "\u001b(B",
  "\ufeff",
  "encoding='",
  "<?xml ",
  "<meta charset=",
  "\u0000",
  "é",
  "ж",
  "漢",
  "\ud83d\ude00",
  ">",
];
const TYPES = [
  undefined,
  "text/html",
  "text/xml; charset=utf-8",
  'text/html; charset="windows-1252"',
  "text/html; charset=koi8-r",
  "x; charset=nothing",
  "; charset=utf-16be",
  "text/html; charset=shift_jis",
];

export const charsetTarget: FuzzTarget = {
  name: "charset",
  corpus: [
    encoder.encode(
      "<?xml version='1.0' encoding='utf-8'?><rss><title>Décès à Liège — 3 Ұлттық</title></rss>",
    ),
    encoder.encode(
      '<html><head><meta charset="windows-1251"><title>x</title></head><body>слова</body></html>',
    ),
    Uint8Array.from([0xff, 0xfe, 0x3c, 0, 0x61, 0, 0x3e, 0, 0x36, 4]),
    Uint8Array.from([
      0xcf, 0xf0, 0xee, 0xf2, 0xe5, 0xf1, 0xf2, 0xfb, 0x20, 0xe2, 0x20, 0xe3, 0xee, 0xf0, 0xee, 0xe4, 0xe5,
    ]),
    Uint8Array.from([0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42]),
    Uint8Array.from([0xb9, 0xfe, 0xc8, 0xf8, 0xbf, 0xcb, 0xcb, 0xb9, 0xcc, 0xb9]),
  ],
  words,
  invent: (seed, count) => fc.sample(fc.uint8Array({ maxLength: 200 }), { seed, numRuns: count }),
  check(bytes, turn) {
    const contentType = TYPES[turn % TYPES.length];
    const kind = (["html", "xml", "text"] as const)[turn % 3] ?? "text";
    const whole = decodeBytes(bytes, { contentType, kind });
    must(typeof whole.text === "string" && whole.charset !== "", "no text");
    const pieces = decodeInPieces(bytes, { contentType, kind });
    must(
      [...pieces.pieces].join("") === whole.text && pieces.charset === whole.charset,
      "pieces differ from the whole",
    );
  },
};
