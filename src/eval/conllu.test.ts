import { describe, expect, it } from "vitest";
import type { Sentence } from "../model/index.ts";
import { parseConllu, rawText, writeConllu } from "./conllu.ts";
import { validateConllu } from "./conllu-check.ts";

const row = (...fields: string[]): string => fields.join("\t");
const SAMPLE = [
  "# newdoc id = a",
  "# sent_id = a-1",
  "# text = They don't run.",
  row("1", "They", "they", "PRON", "PRP", "Case=Nom", "4", "nsubj", "_", "_"),
  row("2-3", "don't", "_", "_", "_", "_", "_", "_", "_", "_"),
  row("2", "do", "do", "AUX", "VBP", "_", "4", "aux", "_", "_"),
  row("3", "n't", "not", "PART", "RB", "_", "4", "advmod", "_", "_"),
  row("4", "run", "run", "VERB", "VB", "VerbForm=Inf", "0", "root", "_", "SpaceAfter=No"),
  row("5", ".", ".", "PUNCT", ".", "_", "4", "punct", "_", "_"),
  "",
  "",
].join("\n");

describe("parseConllu", () => {
  it("reads words, ranges and text", () => {
    const [sentence] = parseConllu(SAMPLE);
    expect(sentence?.words.map((word) => word.form)).toEqual(["They", "do", "n't", "run", "."]);
    expect(sentence?.tokens[1]).toEqual({ form: "don't", from: 1, to: 3, spaceAfter: true });
    expect(sentence?.startsParagraph).toBe(true);
  });

  it("joins sentences of a paragraph by a space and paragraphs by a blank line", () => {
    const two = parseConllu(SAMPLE + SAMPLE.replace("# newdoc id = a\n", ""));
    expect(rawText([...two, ...parseConllu(SAMPLE)]).text).toBe(
      "They don't run. They don't run.\n\nThey don't run.",
    );
  });
});

const token = (
  form: string,
  start: number,
  head: number,
  deprel: string,
  mwt?: number,
): Sentence["tokens"][number] => ({
  form,
  start,
  end: start + form.length,
  lemma: form,
  upos: "X",
  feats: "_",
  head,
  deprel,
  ...(mwt === undefined ? {} : { mwt }),
});

describe("writeConllu and validateConllu", () => {
  it("writes what the checker accepts", () => {
    const text = "I don't.";
    const tokens = [
      token("I", 0, 2, "nsubj"),
      token("do", 2, 0, "root", 2),
      token("n't", 4, 2, "advmod"),
      token(".", 7, 2, "punct"),
    ];
    const out = writeConllu([{ start: 0, end: 8, paragraph: 0, tokens }], text);
    expect(out).toContain("2-3\tdon't\t");
    expect(out).toContain("2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No");
    expect(validateConllu(out)).toEqual([]);
  });

  const broken: readonly (readonly [string, string])[] = [
    [SAMPLE.replace("\t0\troot", "\t1\tdep"), "0 roots"],
    [SAMPLE.replace("\t4\tnsubj", "\t9\tnsubj"), "Head outside the sentence"],
    [SAMPLE.replace("PRON", "PRO"), "Unknown part of speech PRO"],
    [SAMPLE.replace("\tadvmod", "\tadvmode"), "Unknown relation advmode"],
    [SAMPLE.replace("Case=Nom", "Case=nom"), "Malformed features Case=nom"],
    [SAMPLE.replace("# text = They don't run.\n", ""), "No # text comment"],
    [SAMPLE.replace("2-3\t", "1-3\t"), "Bad range 1-3"],
  ];
  it.each(broken)("finds the fault in %j", (source, message) => {
    expect(validateConllu(source).map((problem) => problem.message)).toContain(message);
  });
});
