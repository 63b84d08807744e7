import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { nameLists } from "../lang/name-lists.ts";
import { createParser, loadModel } from "../syntax/index.ts";
import { createNameRules } from "./name-rules.ts";

const file = (path: string): URL => new URL(`../../${path}`, import.meta.url);

/** "[PER Ada Moor] habló." → the text and what is named in it. */
function caseOf(line: string): { text: string; names: string[] } {
  let text = "";
  const names: string[] = [];
  for (const [all, type, words] of line.matchAll(/\[([A-Z]+) ([^\]]*)\]|[^[]+/g)) {
    if (type) names.push(`${text.length} ${words} ${type}`);
    text += words ?? all;
  }
  return { text, names };
}

/** Names the gazetteer alone would find are left out on both sides: single words that are places. */
function score(language: string): { precision: number; recall: number } {
  const lists = nameLists(language);
  if (!lists) throw new Error(`no lists for ${language}`);
  const parser = createParser(loadModel(readFileSync(file(`models/${language}/syntax.bin`))));
  const rules = createNameRules(lists);
  let [right, found, asked] = [0, 0, 0];
  for (const line of readFileSync(file(`test/eval/names-${language}.txt`), "utf8").split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const { text, names } = caseOf(line);
    const wanted = names.filter((n) => !n.endsWith(" LOC"));
    for (const { tokens } of parser.parse(text, { lang: language })) {
      const [tags = []] = rules.tag([tokens.map((t) => t.form)], undefined, [tokens.map((t) => t.upos)]);
      tags.forEach((tag, i) => {
        if (!tag.startsWith("B-") || tag === "B-LOC") return;
        let to = i + 1;
        while (tags[to]?.startsWith("I-")) to++;
        const [start, end] = [tokens[i]?.start ?? 0, tokens[to - 1]?.end ?? 0];
        found++;
        if (wanted.includes(`${start} ${text.slice(start, end)} ${tag.slice(2)}`)) right++;
      });
    }
    asked += wanted.length;
  }
  return { precision: right / found, recall: right / asked };
}

describe("names by rule", () => {
  it.each(["es", "ru"])("are right, and most are found, in %s", (language) => {
    const { precision, recall } = score(language);
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(recall).toBeGreaterThanOrEqual(0.85);
  });

  it("know a person by the family name once the full name stands in the text", () => {
    const lists = nameLists("es");
    const sentences = ["Quintana prometió reformas .", "La alcaldesa Carmen Quintana ganó ."].map((s) =>
      s.split(" "),
    );
    const upos = [
      ["PROPN", "VERB", "NOUN", "PUNCT"],
      ["DET", "NOUN", "PROPN", "PROPN", "VERB", "PUNCT"],
    ];
    expect(lists && createNameRules(lists).tag(sentences, undefined, upos)).toEqual([
      ["B-PER", "O", "O", "O"],
      ["O", "O", "B-PER", "I-PER", "O", "O"],
    ]);
  });

  it("takes no country for the beginning of its president's name", () => {
    const lists = nameLists("ru");
    const forms = ["Президент", "Орландии", "Вайрис", "Толинг", "уехал", "."];
    const upos = ["NOUN", "PROPN", "PROPN", "PROPN", "VERB", "PUNCT"];
    const tags = (isCountry?: (form: string) => boolean) =>
      (lists && createNameRules(lists, isCountry))?.tag([forms], undefined, [upos])[0];
    expect(tags()).toEqual(["O", "B-PER", "I-PER", "I-PER", "O", "O"]);
    expect(tags((form) => form === "Орландии")).toEqual(["O", "O", "B-PER", "I-PER", "O", "O"]);
  });
});
