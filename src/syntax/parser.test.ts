import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createParser, loadModel, type SyntaxParser } from "./index.ts";

const FILE = resolve(import.meta.dirname, "../../models/en/syntax.bin");
const parser: SyntaxParser | undefined = existsSync(FILE)
  ? createParser(loadModel(readFileSync(FILE)))
  : undefined;
const options = { lang: "en" };
const read = (text: string): string[] =>
  (parser?.parse(text, options) ?? []).flatMap((sentence) =>
    sentence.tokens.map((token) => {
      const head = token.head === 0 ? "" : (sentence.tokens[token.head - 1]?.form ?? "?");
      return `${token.form} ${token.upos} ${token.deprel} ${head}`.trim();
    }),
  );

const cases: readonly (readonly [string, string])[] = [
  ["Police arrested four protesters in the capital on Tuesday.", "Police NOUN nsubj arrested"],
  ["Police arrested four protesters in the capital on Tuesday.", "protesters NOUN obj arrested"],
  ["Four protesters were arrested by the police.", "protesters NOUN nsubj:pass arrested"],
  ["Four protesters were arrested by the police.", "police NOUN obl:agent arrested"],
  ["The minister said the army would not withdraw.", "withdraw VERB ccomp said"],
  ["The minister said the army would not withdraw.", "not PART advmod withdraw"],
  ["Rebels attacked the town and killed nine people.", "killed VERB conj attacked"],
  ["The envoy, a former general, flew to Geneva.", "general NOUN appos envoy"],
];

describe.skipIf(parser === undefined)("createParser (needs models/en/syntax.bin)", () => {
  it.each(cases)("%s → %s", (text, expected) => {
    expect(read(text)).toContain(expected);
  });

  const lemmas: readonly (readonly [string, string])[] = [
    ["The cities were burning.", "the city be burn ."],
    ["She didn't leave the children.", "she do not leave the child ."],
  ];
  it.each(lemmas)("lemmas of %s", (text, expected) => {
    const tokens = (parser?.parse(text, options) ?? []).flatMap((sentence) => sentence.tokens);
    expect(tokens.map((token) => token.lemma).join(" ")).toBe(expected);
  });

  it("gives one root, no cycle and true offsets for any text", () => {
    const piece = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 8 }),
      fc.constantFrom("Police", "said", "don't", "…", "“", "\n\n", "U.S.", "5 p.m.", "\t", "\ud800", "—"),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const text = pieces.join(" ");
        for (const sentence of parser?.parse(text, options) ?? []) {
          expect(sentence.tokens.filter((token) => token.head === 0)).toHaveLength(1);
          sentence.tokens.forEach((token, at) => {
            expect(text.slice(token.start, token.end)).toBe(token.form);
            let up = at + 1;
            for (let k = 0; k <= sentence.tokens.length && up !== 0; k++)
              up = sentence.tokens[up - 1]?.head ?? -1;
            expect(up).toBe(0);
          });
        }
      }),
      { numRuns: 150 },
    );
  });

  it("reads an empty text and a very long sentence", () => {
    expect(parser?.parse("", options)).toEqual([]);
    const long = parser?.parse("word ".repeat(3000), options) ?? [];
    expect(long.flatMap((sentence) => sentence.tokens)).toHaveLength(3000);
  });
});
