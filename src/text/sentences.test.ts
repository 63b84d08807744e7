import { describe, expect, it } from "vitest";
import { splitSentences, tokenizeText } from "./sentences.ts";
import { tokenize } from "./tokens.ts";

const words: readonly (readonly [string, string, string])[] = [
  ["en", "He didn't say who's paying.", "He did n't say who 's paying ."],
  ["en", "ALMATY, Kazakhstan (Reuters) — Police", "ALMATY , Kazakhstan ( Reuters ) — Police"],
  ["en", "the U.S. envoy, Mr. Hale", "the U.S. envoy , Mr. Hale"],
  ["en", "up 3.5% to $1,200", "up 3.5 % to $ 1,200"],
  ["en", "a state-owned, non-lethal plan", "a state - owned , non-lethal plan"],
  ["en", "see https://paper.example/a?b=1.", "see https://paper.example/a?b=1 ."],
  ["en", "“We can’t,” he said…", "“ We ca n’t , ” he said …"],
  ["es", "El jefe del grupo habló al Sr. Paz.", "El jefe de el grupo habló a el Sr. Paz ."],
  [
    "es",
    "Quiere verla haciéndolo y dárselo en mujeres fuertes.",
    "Quiere ver la haciendo lo y dar se lo en mujeres fuertes .",
  ],
  ["ru", "В 2022 г. премьер-министр ушёл.", "В 2022 г. премьер-министр ушёл ."],
  ["xx", "Foo-bar, baz.", "Foo-bar , baz ."],
];

describe("tokenize", () => {
  it.each(words)("%s: %s", (lang, text, expected) => {
    const tokens = tokenize(text, lang);
    expect(tokens.map((token) => token.form).join(" ")).toBe(expected);
    for (const token of tokens)
      if (lang !== "es") expect(text.slice(token.start, token.end)).toBe(token.form);
  });

  it("marks multiword tokens and lets contractions share their span", () => {
    expect(tokenize("del", "es")).toEqual([
      { start: 0, end: 3, form: "de", mwt: 2 },
      { start: 0, end: 3, form: "el" },
    ]);
    expect(tokenize("don't", "en")).toEqual([
      { start: 0, end: 2, form: "do", mwt: 2 },
      { start: 2, end: 5, form: "n't" },
    ]);
  });
});

const splits: readonly (readonly [string, string, number])[] = [
  ["en", "The U.S. and the U.K. had agreed by then.", 1],
  ["en", "Sen. Ann Lee met Maj. Ivo Brun at 5 p.m. Tuesday.", 1],
  ["en", "Shares of Acme Inc. rose. Beta Corp. fell.", 2],
  ["en", "It rained. Nobody came.", 2],
  ["en", "Gen. Abdul Khan left on Jan. 5. He was 61.", 2],
  ["en", "“Go home.” The crowd stayed.", 2],
  ["en", "J. R. Okafor spoke at 5 p.m. on Monday.", 1],
  ["en", "First paragraph\n\nsecond paragraph", 2],
  ["en", "Police fire on crowd\nAt least nine people died.", 2],
  ["en", "Who did it? Nobody knows! So it goes…", 3],
  ["ru", "В 2022 г. Алматы затих. Потом ушли все.", 2],
  ["en", "", 0],
  ["en", " \n\n ", 0],
];

describe("splitSentences", () => {
  it.each(splits)("%s: %s", (lang, text, count) => {
    expect(splitSentences(text, lang)).toHaveLength(count);
  });

  it("ends a sentence where it is told to", () => {
    const text = "LOWMERE, Feb 13 (Wire) - The council voted.";
    const found = tokenizeText(text, "en", undefined, [text.indexOf(" The")]).sentences;
    expect(found.map((s) => text.slice(s.start, s.end))).toEqual([
      "LOWMERE, Feb 13 (Wire) -",
      "The council voted.",
    ]);
  });

  it("numbers paragraphs", () => {
    expect(tokenizeText("One. Two.\n\nThree.", "en").sentences.map((each) => each.paragraph)).toEqual([
      0, 0, 1,
    ]);
  });
});
