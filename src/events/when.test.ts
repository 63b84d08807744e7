import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findTimes } from "../lang/times.ts";
import type { Article, Document } from "../model/index.ts";
import { createParser, loadModel } from "../syntax/index.ts";
import { codeEvents } from "./code.ts";
import { readPatterns } from "./patterns.ts";

const file = (path: string): URL => new URL(`../../${path}`, import.meta.url);
const json = (path: string) => JSON.parse(readFileSync(file(path), "utf8"));
const patterns = readPatterns(json("data/plover/verbs.json"), json("data/plover/nouns.json"));
const WEIGHTS = "models/en/syntax.bin";
const PUBLISHED = "2031-05-09T10:00:00+00:00"; // a Friday

/** Text, then of each event in order: its word, its day, how the day is known. */
const CASES: [string, ...string[]][] = [
  ["Police arrested 20 protesters on Wednesday.", "arrested 2031-05-07 words"],
  ["Police arrested 20 protesters.", "arrested 2031-05-09 publication"],
  // The day of a statement bounds what it tells of, no more.
  ["Police have arrested 20 protesters, the governor said on Wednesday.", "arrested 2031-05-07 publication"],
  [
    "The governor said on Wednesday that police had arrested 20 protesters.",
    "arrested 2031-05-07 publication",
  ],
  [
    "Soldiers arrived in the province after rebels attacked a village on Monday.",
    "arrived 2031-05-09 publication",
    "attacked 2031-05-05 words",
  ],
  [
    "Cabinet resigns\n\nThe cabinet resigned on Wednesday. The cabinet resigned because of a lost vote.",
    "resigns 2031-05-07 nearby",
    "resigned 2031-05-07 words",
    "resigned 2031-05-07 nearby",
  ],
];

describe.skipIf(!existsSync(file(WEIGHTS)))("when an event happened", () => {
  const parser = createParser(loadModel(readFileSync(file(WEIGHTS))));
  it.each(CASES)("%s", (text, ...expected) => {
    const doc: Document = {
      text,
      language: "en",
      sentences: parser.parse(text, { lang: "en" }),
      entities: [],
      mentions: [],
      times: findTimes(text, { publishedAt: PUBLISHED, lang: "en" }),
    };
    // The coder looks at these fields only.
    const article = {
      id: "at",
      title: "",
      text,
      language: "en",
      genre: "news",
      pipeline: "0",
      published: { value: PUBLISHED },
    } as unknown as Article;
    expect(
      codeEvents({ article, doc, quotes: [], patterns }).map(
        (e) => `${e.words} ${e.happened?.start ?? "–"} ${e.happened?.basis ?? ""}`,
      ),
    ).toEqual(expected);
  });
});
