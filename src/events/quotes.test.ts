import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findTimes } from "../lang/times.ts";
import type { Article, Document, Quote } from "../model/index.ts";
import { createParser, loadModel } from "../syntax/index.ts";
import { readQuotes } from "./quotes.ts";

const file = (path: string): URL => new URL(`../../${path}`, import.meta.url);
const WEIGHTS = "models/en/syntax.bin";
const HEAD = "A headline of the day\n\n";

const CASES: readonly (readonly [string, ...string[]])[] = [
  // Who "she" is.
  [
    "Maria Ortiz runs the port with Paul Reed, as Mr. Reed often says. “The pier is gone,” she said.",
    "Maria Ortiz: The pier is gone",
  ],
  [
    "Maria Ortiz said the pier was gone.\n\nTom Bell has denied any harm, and Mr. Reed agreed.\n\n“It sank,” she told guests in the hall.",
    "Maria Ortiz: the pier was gone",
    "Tom Bell: any harm",
    "Maria Ortiz: It sank",
  ],
  ["I think the pier is gone, and I said so.", ...[]],
  [
    "Paul Reed said two ships sank. In 2012, Tom Bell caused a stir when he suggested that none would come.",
    "Paul Reed: two ships sank",
    "Tom Bell: none would come",
  ],
  [
    "Tom Bell wrote a column. “As Paul Reed fled, his plan became obvious,” he wrote.",
    "Tom Bell: As Paul Reed fled, his plan became obvious",
  ],
  ["It doesn’t say there was a storm.", ...[]],
  // Nouns and qualities that look like reporting verbs.
  ["The order covers 26 states that closed their ports.", ...[]],
  ["He sold the Reed-branded ships that carry grain.", ...[]],
  ["Mr. Bell met congressional demands to release the figures of the port.", ...[]],
  // Subjects beyond the nearest words.
  [
    "Tom Bell, the deputy head of ports for the region, said sailors already work two shifts.",
    "Tom Bell: sailors already work two shifts",
  ],
  [
    "On Monday, through his clerk, Mr. Bell tried again to explain it, saying he would work within the law.",
    "Bell: he would work within the law",
  ],
  ["The Reed administration accused a judge of delay.", "The Reed administration: a judge of delay"],
  // To whom and where is nothing said.
  ["“We will sail,” Tom Bell told guests at the yearly dinner of the port.", "Tom Bell: We will sail"],
  [
    "On Friday, Tom Bell told the Harbour Gazette he favoured new ships as a way to save the port.",
    "Tom Bell: he favoured new ships as a way to save the port",
  ],
  // Said beside speech that was closed before.
  [
    "“Is the pier safe?” Tom Bell asked the guard. “It is quite safe,” the guard answered.",
    "Tom Bell: Is the pier safe?",
    "the guard: It is quite safe",
  ],
  [
    "“The pier is safe,” Tom Bell said.\n\n“It did not sink.” And like many here, Mr. Reed blamed the storm.",
    "Tom Bell: The pier is safe",
    "Tom Bell: It did not sink.",
    "Mr. Reed: the storm",
  ],
  // Where a statement ends, and where it goes on.
  ["On their return, Mr. Bell said, they began to raise money.", "Mr. Bell: they began to raise money"],
  [
    "The plan, which its drafters say will save money, passed late on Monday.",
    "its drafters: will save money",
  ],
  [
    "Mr. Bell predicted that ships would return, but the council says that none will come.",
    "Mr. Bell: ships would return",
    "the council: none will come",
  ],
  ["That he had to hide the ship tells us more about him than about the storm.", ...[]],
];

describe.skipIf(!existsSync(file(WEIGHTS)))("readQuotes with a parse (needs the English weights)", () => {
  const parser = existsSync(file(WEIGHTS)) ? createParser(loadModel(readFileSync(file(WEIGHTS)))) : undefined;
  const read = (body: string): Quote[] => {
    const text = HEAD + body;
    const doc: Document = {
      text,
      language: "en",
      sentences: parser?.parse(text, { lang: "en" }) ?? [],
      entities: [],
      mentions: [],
      times: findTimes(text, { publishedAt: "2022-01-16" }),
    };
    // The reader looks at these fields only.
    const article = {
      id: "at",
      title: "A headline of the day",
      text,
      language: "en",
      genre: "news",
      pipeline: "0",
    } as unknown as Article;
    return readQuotes({ article, doc });
  };

  it.each(CASES)("%s", (body, ...expected) => {
    expect(read(body).map((q) => `${q.speaker ?? "-"}: ${q.words}`)).toEqual(expected);
  });

  it("takes a title without a verb for no statement", () => {
    const text = "Ann Reed: From Clerk to Mayor\n\nShe began on the pier.";
    const article = { id: "at", title: "Ann Reed: From Clerk to Mayor", text, language: "en", pipeline: "0" };
    const doc: Document = {
      text,
      language: "en",
      sentences: parser?.parse(text, { lang: "en" }) ?? [],
      entities: [{ key: "per:ann reed", name: "Ann Reed", type: "PER" }],
      mentions: [
        { span: { start: 0, end: 8 }, words: "Ann Reed", entity: 0, type: "PER", kind: "name", made: "test" },
      ],
      times: [],
    };
    expect(readQuotes({ article: article as unknown as Article, doc })).toEqual([]);
  });
});
