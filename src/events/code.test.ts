import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findTimes } from "../lang/times.ts";
import type { Article, Document, Event } from "../model/index.ts";
import { createParser, loadModel } from "../syntax/index.ts";
import { codeEvents } from "./code.ts";
import { readPatterns, verbForms } from "./patterns.ts";

const file = (path: string): URL => new URL(`../../${path}`, import.meta.url);
const json = (path: string) => JSON.parse(readFileSync(file(path), "utf8"));
const patterns = readPatterns(json("data/plover/verbs.json"), json("data/plover/nouns.json"));
const WEIGHTS = "models/en/syntax.bin";

describe("pattern tables", () => {
  it("name only PLOVER's types and modes", () => {
    expect(patterns.verbs.size).toBeGreaterThan(400);
    expect(patterns.nouns.get("airstrikes")).toMatchObject({ type: "ASSAULT", mode: "aerial" });
  });
  it("refuses a mode a type does not have", () => {
    expect(() => readPatterns({ verbs: ["x | AID curfew | S"] }, { nouns: [] })).toThrow(RangeError);
  });
  it("knows forms", () => expect(verbForms("withdraw")).toContain("withdrew"));
});

const CASES: [string, ...string[]][] = [
  ["Police arrested 20 protesters on Tuesday.", "COERCE/arrest happened Police > 20 protesters"],
  ["Twenty protesters were arrested by police.", "COERCE/arrest happened police > Twenty protesters"],
  ["The rebels did not attack the town.", "ASSAULT negated rebels > town"],
  ["Ukraine accused Russia of lying.", "ACCUSE/allege happened Ukraine > Russia"],
  ["The minister will visit Japan next week.", "CONSULT/visit planned minister > Japan"],
  ["A state of emergency is in force throughout the province.", "COERCE/martial-law happened  > "],
  ["The authorities shut down the internet.", "COERCE/withhold happened authorities > "],
  ["Ethiopian troops arrived in the city.", "MOBILIZE/troops happened Ethiopian troops > city"],
  ["French soldiers left the base on Friday.", "RETREAT/withdraw happened French soldiers > "],
  ["Protests erupted in Dhaka after the verdict.", "PROTEST/demo happened  > "],
  ["Residents blocked the highway to demand clean water.", "PROTEST/obstruct happened Residents > "],
  ["Protesters broke into the regional parliament.", "ASSAULT happened Protesters > regional parliament"],
  ["He broke into tears at the airport.", ...[]],
  ["The last soldiers left the country.", "RETREAT/withdraw happened last soldiers > country"],
  ["French troops are to leave the country in May.", "RETREAT/withdraw planned French troops > country"],
  ["The province was cut off from the internet.", "COERCE/withhold happened  > province"],
  ["The army has taken the airport back.", "COERCE/seize happened army > airport"],
  ["Rwandan troops arrived in the capital at the president's invitation.", "AID happened Rwandan troops > "],
  ["The ministry did not say how many people were killed.", ...[]],
  [
    "The army took the town without firing a shot.",
    "COERCE/seize happened army > town",
    "ASSAULT/firearms negated army > ",
  ],
  ["The team attacked from the start and scored a late goal.", ...[]],
  ["The film tells how rebels attacked a village.", ...[]],
  ["The tunnel was built to attack the base.", ...[]],
  // Quarrels, campaigns and markets.
  ["The senator attacked the mayor over taxes.", ...[]],
  ["The senator's attacks on the mayor grew louder in debates on taxes.", ...[]],
  ["The court struck down the law of the president.", ...[]],
  ["The candidate held a rally with voters in the harbour.", ...[]],
  ["Hundreds of mourners gathered for a vigil.", ...[]],
  [
    "Hundreds of protesters gathered outside the ministry.",
    "PROTEST/demo happened Hundreds of protesters > ",
  ],
  // Accidents, and what only looks like one.
  ["A boy was killed when his car left the road, police said.", ...[]],
  ["ASSAULT happened  > cyclist"],
  ["Four people were killed in a train derailment, the president said.", ...[]],
  ["Police said two men were killed when a bomb derailed a train.", "ASSAULT happened  > two men"],
  ["The camera captured the minister at the port.", ...[]],
  ["CCTV captured Vesna Tarn leaving the ministry.", ...[]],
  ["Vesna Tarn beats Oskar Lind in the race for governor.", ...[]],
  ["Police beat a man outside the ministry.", "ASSAULT/beat happened Police > man"],
  // What is only feared, wanted or left undone.
  ["The threat of a rebel attack on the port is real.", ...[]],
  ["The video simulates an attack on the army.", ...[]],
  ["The envoy presses for sanctions on the regime.", ...[]],
  ["The gunman avoided shooting students he liked.", "ASSAULT/firearms negated gunman > students"],
  ["He came with the intent of killing people.", ...[]],
  ["The country has not suffered a rebel attack since 2005.", "ASSAULT negated rebel > "],
  ["The army held military exercises near the border.", "MOBILIZE/troops happened army > "],
  ["The guest asked the minister, “Where are the ships?”", ...[]],
  // "On" and "in" before a day are no one's.
  ["On Monday the minister called her a friend.", ...[]],
  ["Police asked residents to stay at home.", "REQUEST/assist happened Police > residents"],
  ["She urged the minister to act against the rebels.", "REQUEST/change happened  > minister"],
  ["The coalition condemned the regime.", "ACCUSE/disapprove happened coalition > regime"],
  ["The envoy described the vote as a sham.", "ACCUSE/disapprove happened envoy > "],
  ["The envoy described the town as lovely.", ...[]],
  ["Protests turned violent on Sunday.", "PROTEST/riot happened  > "],
  // Whose phrase it is.
  ["A tribunal accused the agency of fraud.", "ACCUSE/allege happened tribunal > agency"],
  ["On 2 January people protested over fuel prices.", "PROTEST/demo happened people > "],
  // A number before the second participle is its own subject.
  [
    "At least 164 protesters were killed and 8,000 arrested.",
    "ASSAULT happened  > 164 protesters",
    "COERCE/arrest happened  > 8,000",
  ],
  // Counts, times and figures of speech.
  ["The ministry gave no figure for the number of people killed or detained.", ...[]],
  ["It is not known how many people were killed or hurt.", ...[]],
  ["The mayor has not been seen since the unrest began.", ...[]],
  ["The drumbeat of criticism is hurting the senator.", ...[]],
  ["The minister demonstrated that the police lie.", ...[]],
  ["Officials protested against the treatment of the player.", "ACCUSE/disapprove happened Officials > "],
  ["The president called in troops of the alliance.", ...[]],
  ["The wave after the earthquake killed 40 people and soldiers.", ...[]],
  ["The tsunami came at noon.\n\nEvery house was destroyed, the government said.", ...[]],
  ["No rebels attacked the army.", "ASSAULT negated rebels > army"],
  ["The rebels stopped short of attacking the army.", "ASSAULT negated  > army"],
  ["Members will stop giving money to the party.", "AID negated Members > party"],
  ["The minister recognizes that the rebels won.", ...[]],
  ["The senator was released from hospital on Friday.", ...[]],
  ["The decision removed the country from the agreement.", ...[]],
  ["The king removed the minister from office.", "COERCE/restrict happened king > minister"],
  ["Attorneys general accused the minister of fraud.", "ACCUSE/allege happened Attorneys general > minister"],
  ["The officer was accused of stabbing a soldier.", "ACCUSE/allege happened  > officer"],
  ["When asked about the army's plans, he said the troops were ready.", ...[]],
  ["The president seized upon the minister's defeat.", ...[]],
  ["The envoy called the regime their biggest security threat.", ...[]],
  ["Police declared the protest a riot.", ...[]],
  ["Police arrested a 23-year-old protester.", "COERCE/arrest happened Police > 23-year-old protester"],
  ["The general shot back at the critics.", ...[]],
  ["The harbour was calm.\n\nTHREE KILLED IN ATTACK ON TROOPS, REPORT SAYS", ...[]],
];

describe.skipIf(!existsSync(file(WEIGHTS)))("codeEvents (needs the English weights)", () => {
  const parser = existsSync(file(WEIGHTS)) ? createParser(loadModel(readFileSync(file(WEIGHTS)))) : undefined;
  const code = (text: string): Event[] => {
    const sentences = parser?.parse(text, { lang: "en" }) ?? [];
    const times = findTimes(text, { publishedAt: "2022-01-16" });
    const doc: Document = { text, language: "en", sentences, entities: [], mentions: [], times };
    // The coder looks at these fields only.
    const article = {
      id: "at",
      title: "",
      text,
      language: "en",
      genre: "news",
      pipeline: "0",
    } as unknown as Article;
    return codeEvents({ article, doc, quotes: [], patterns });
  };

  it.each(CASES)("%s", (text, ...expected) => {
    const words = (list: Event["actor"]): string => list.map((p) => p.words).join("+");
    expect(
      code(text).map(
        (e) =>
          `${e.eventType}${e.mode === undefined ? "" : `/${e.mode}`} ${e.status} ${words(e.actor)} > ${words(e.recipient)}`,
      ),
    ).toEqual(expected);
  });

  it.each([
    ["A headline that says rebels killed 40 guards is shared widely. It is wrong.", "denied outlet"],
    ["A headline that says rebels killed 40 guards is shared widely. It is new.", "reported outlet"],
  ])("%s", (text, expected) =>
    expect(code(text).map((e) => `${e.assertion} ${e.voice}`)).toEqual([expected]),
  );

  it.each([
    ["Members of the security forces arrested 20 protesters.", "COP"],
    ["The attorney general accused the minister.", "JUD"],
    ["The inspector general accused the minister.", "GOV"],
  ])("knows the sector of who acts in: %s", (text, sector) =>
    expect(code(text).map((e) => e.actor[0]?.sector)).toEqual([sector]),
  );

  it("hears no claim where no group makes one", () =>
    expect(
      code("No rebels claimed responsibility for the attack.").map((e) => [e.status, e.assertion]),
    ).toEqual([["negated", "reported"]]));

  const HEADLINES: [string, ...string[]][] = [
    ["Crowd storms Almaty city hall", "ASSAULT Crowd > Almaty city hall"],
    [
      "Crowd storms Almaty city hall, airport is seized",
      "ASSAULT Crowd > Almaty city hall",
      "COERCE/seize  > airport",
    ],
    ["Police arrest 40 after riot", "COERCE/arrest Police > 40"],
    ["Orlov praises Malian troops after general questions their will to fight", ...[]],
    ["Police Arrest 40 In Raid On Warehouse", "COERCE/arrest Police > 40"],
    ["US sanctions Russian banks", "SANCTION/discontinue US > Russian banks"],
    ["Turkey shells rebel positions", "ASSAULT/heavy-weapons Turkey > rebel positions"],
    ["Sanctions talks resume in Vienna", ...[]],
  ];
  it.each(HEADLINES)("reads the verb of the headline %s", (title, ...expected) => {
    const text = `${title}\n\nThe harbour was calm.`;
    const doc: Document = {
      text,
      language: "en",
      sentences: parser?.parse(text, { lang: "en" }) ?? [],
      entities: [],
      mentions: [],
      times: [],
    };
    const article = {
      id: "at",
      title,
      text,
      language: "en",
      genre: "news",
      pipeline: "0",
    } as unknown as Article;
    const words = (list: Event["actor"]): string => list.map((p) => p.words).join("+");
    expect(
      codeEvents({ article, doc, quotes: [], patterns }).map(
        (e) =>
          `${e.eventType}${e.mode === undefined ? "" : `/${e.mode}`} ${words(e.actor)} > ${words(e.recipient)}`,
      ),
    ).toEqual(expected);
  });

  it("codes nothing in a sentence that was never parsed", () => {
    const text = "Police arrested 20 protesters.";
    const token = {
      form: "Police",
      start: 0,
      end: 6,
      lemma: "police",
      upos: "X",
      feats: "_",
      head: 0,
      deprel: "dep",
    } as const;
    const doc: Document = {
      text,
      language: "xx",
      sentences: [{ start: 0, end: text.length, paragraph: 0, tokens: [token] }],
      entities: [],
      mentions: [],
      times: [],
    };
    const article = {
      id: "at",
      title: "",
      text,
      language: "xx",
      genre: "news",
      pipeline: "0",
    } as unknown as Article;
    expect(codeEvents({ article, doc, quotes: [], patterns })).toEqual([]);
  });
});
