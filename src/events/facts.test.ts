import { describe, expect, it } from "vitest";
import { findTimes } from "../lang/times.ts";
import type { Article, Document, Quantity, Quote } from "../model/index.ts";
import { tokenizeText } from "../text/sentences.ts";
import { readQuantities, readQuotes } from "./index.ts";

const HEAD = "A headline of the day\n\n";
function read(body: string): { quantities: Quantity[]; quotes: Quote[] } {
  const text = HEAD + body;
  // The readers look at these fields only.
  const article = {
    id: "at",
    title: "A headline of the day",
    text,
    language: "en",
    genre: "news",
    pipeline: "0",
  } as unknown as Article;
  const sentences = tokenizeText(text, "en").sentences.map((s) => ({ ...s, tokens: [] }));
  const doc: Document = {
    text,
    language: "en",
    sentences,
    entities: [],
    mentions: [],
    times: findTimes(text, { publishedAt: "2022-01-16" }),
  };
  const quotes = readQuotes({ article, doc });
  return { quotes, quantities: readQuantities({ article, doc }, quotes) };
}

const NUMBERS: [string, ...string[]][] = [
  [
    "At least 164 people were killed and almost 8,000 arrested.",
    "killed 164..: At least 164 people",
    "arrested ..8000: almost 8,000",
  ],
  ["Police held five Dallas port officers on Tuesday.", "arrested 5..5: five Dallas port officers"],
  [
    "The blast killed 148 people, including more than 130 children.",
    "killed 148..148: 148 people",
    "killed 130..: more than 130 children",
  ],
  ["Dozens of miners marched through the town.", "participants 24..: Dozens of miners"],
  ["Some 2,000 troops were sent to the border.", "forces 2000: Some 2,000 troops"],
  ["The convoy drove 22 miles.", "distance 22..22: 22 miles"],
  ["A three-day curfew followed.", "duration 3..3: three-day"],
  ["The fund gave $2.5 million.", "money 2500000..2500000: $2.5 million"],
  ["It lost roughly half its coast.", "share 50: roughly half"],
  ["The council passed it in a 15-0 vote.", "votes 15..15: 15", "votes 0..0: 0"],
  ["Soldiers seized 10 Russian soldiers near the river.", "arrested 10..10: 10 Russian soldiers"],
  ["Militants shot dead a guard along with seven of his cousins.", "other 7..7: seven of his cousins"],
  ["Rebels killed a commander along with seven of his associates.", "killed 7..7: seven of his associates"],
  ["Eighteen members of the guard have been killed since Monday.", "killed 18..18: Eighteen members"],
  ["Nine people, four of them children, were hurt.", "injured 9..9: Nine people"],
  ["It said 26 people whom it called bandits had been killed.", "killed 26..26: 26 people"],
  ["The 45-year-old driver, a father of two, lives at 12 Harbour Road.", ...[]],
  ["Anna Petrova, 52, came third on Jan. 5, 2021, at 6:30 p.m. on Channel 4.", ...[]],
  ["Two days after the storm, Flight 2011 landed.", ...[]],
  ["The 2016 Harbour Party nominee lost, as the 2013 election results show.", ...[]],
  ["He cut the second half of the line and gave $9 for every child under six.", "money 9..9: $9"],
  ["She is a guest of 60 Minutes, and there was talk about one man.", ...[]],
  ["Only 1 in 10 ships sank, and two-and-a-half times as many came home, 3 to 1.", ...[]],
  ["Four officers were shot near the pier.", "injured 4..4: Four officers"],
  ["The fund gave $8.3 million.", "money 8300000..8300000: $8.3 million"],
];

const QUOTES: [string, ...string[]][] = [
  ["“We will rebuild,” Mayor Ann Reed said on Tuesday.", "vows Ann Reed: We will rebuild"],
  ["The mayor said the port would reopen on Monday.", "asserts The mayor: the port would reopen on Monday"],
  [
    "The port would reopen on Monday, said Tom Bell, who runs it.",
    "asserts Tom Bell: The port would reopen on Monday",
  ],
  ["According to the ministry, nine ships sank.", "asserts the ministry: nine ships sank"],
  ["Nine ships sank, according to the ministry.", "asserts the ministry: Nine ships sank"],
  [
    "Ann Reed spoke first. “Ships sank,” she said. “The pier is gone.”",
    "asserts Ann Reed: Ships sank",
    "asserts Ann Reed: The pier is gone.",
  ],
  ["Russia denied any role in the attack.", "denies Russia: any role in the attack"],
  ["A spokesman declined to comment on the raid.", "declines A spokesman: to comment on the raid"],
  ["The ministry urged residents to stay indoors.", "demands The ministry: residents to stay indoors"],
  ["The claim could not be independently verified.", "doubts -: The claim"],
  ["Rebels claimed responsibility for the blast.", "asserts Rebels: responsibility for the blast"],
  ["The general, Omar Haddad, told the BBC that nine men fled.", "asserts Omar Haddad: nine men fled"],
  ["Nine men fled, the ministry said separately.", "asserts the ministry: Nine men fled"],
  ["The ministry did not say how many men fled.", "declines The ministry: how many men fled"],
  ["Nobody outside can say how many men fled.", ...[]],
  ["The general dismissed him on Monday.", ...[]],
  ["The term used by the council describes those who fled the town.", ...[]],
  ["The council has said since that the gate was shut.", "asserts The council: the gate was shut"],
  ["An earlier version of this article said that nine men fled.", ...[]],
  ["Ann Reed asked for ships after crowds stormed the port.", "asks Ann Reed: for ships"],
  ["The plot threatened the whole town.", ...[]],
  ["He called on Thursday and left the next day.", ...[]],
];

const bounds = (q: Quantity): string =>
  q.exact !== undefined && q.low === undefined ? String(q.exact) : `${q.low ?? ""}..${q.high ?? ""}`;

describe("readQuantities", () => {
  it.each(NUMBERS)("%s", (body, ...expected) => {
    expect(read(body).quantities.map((q) => `${q.measure} ${bounds(q)}: ${q.words}`)).toEqual(expected);
  });

  it.each([
    ["A headline that says 70 guards were killed is shared widely. It is wrong.", "denied"],
    ["One post claims that 70 guards were killed. That's a fabrication!", "denied"],
    ["The ministry said 70 guards were killed. It is wrong.", "claimed"],
    ["The courts jailed 70 guards. It is wrong.", "reported"],
    ["A headline says 70 guards were killed. It is wrong to share such pictures.", "claimed"],
  ])("%s", (body, assertion) => {
    expect(read(body).quantities.map((q) => q.assertion)).toEqual([assertion]);
  });
  it.each([
    ["The city lowered the number of people killed from 19 to 17.", "17 the city - -"],
    ["Officials raised the death toll to 40.", "40 Officials - -"],
    ["Police said 18 members of the security forces were killed.", "18 Police security forces -"],
    ["The firm offers $95 for each share.", "95 - - share"],
    ["They pay half of what drivers were asked to pay.", "50 - - -"],
  ])("%s", (body, expected) => {
    expect(
      read(body).quantities.map(
        (q) => `${q.exact ?? "-"} ${q.speaker ?? "-"} ${q.ofWhom ?? "-"} ${q.per ?? "-"}`,
      ),
    ).toEqual([expected]);
  });

  it("gives the speaker and the part", () => {
    const { quantities } = read("The blast killed 20 people, including three children, police said.");
    expect(quantities.map((q) => [q.speaker, q.assertion, q.kind, q.partOf])).toEqual([
      ["police", "claimed", "total", undefined],
      ["police", "claimed", "part", "at.q1"],
    ]);
  });
});

describe("readQuotes", () => {
  it.each(QUOTES)("%s", (body, ...expected) => {
    expect(read(body).quotes.map((q) => `${q.stance} ${q.speaker ?? "-"}: ${q.words}`)).toEqual(expected);
  });

  it("says through whom it is relayed", () => {
    expect(read("Ann Reed told the BBC that nine ships sank.").quotes[0]?.via).toBe("BBC");
  });
});
