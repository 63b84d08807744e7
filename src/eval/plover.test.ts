import { describe, expect, it } from "vitest";
import { ploverRoot, readPloverRecords, readPloverTsv, scoreCountries, scorePlover } from "./plover.ts";
import { policeLabels, scorePolice } from "./police.ts";
import { loudEvents, silenceTexts } from "./silence.ts";

describe("plover sets", () => {
  it("maps older names to the fifteen roots", () => {
    expect(
      ["YIELD", "RETREAT", "DISAPPROVE", "INVESTIGATE", "DEMAND", "FIGHT", "CRIME", "AID"].map(ploverRoot),
    ).toEqual(["CONCEDE", "CONCEDE", "ACCUSE", "ACCUSE", "REQUEST", "ASSAULT", undefined, "AID"]);
  });
  it("reads records, trailing commas and all", () => {
    const cases = readPloverRecords(
      '[{"id":"1","event":"YIELD","text":"A gave way to B.","source":[{"actorText":"A","code":"ABC"}],"target":[],},]',
    );
    expect(cases).toMatchObject([{ root: "CONCEDE", source: "A", sourceCountries: ["ABC"] }]);
  });
  it("reads tables by column name", () => {
    expect(
      readPloverTsv("uid\tgold_root\tsentence\tsource\ttarget\n7\tYIELD\tA gave way.\tA\tB\n"),
    ).toMatchObject([{ uid: "7", root: "CONCEDE", target: "B" }]);
  });
  it("scores choices and countries", () => {
    const cases = readPloverTsv("uid\tsentence\tgold_root\n1\tx\tAID\n2\ty\tAID\n3\tz\tREJECT\n");
    expect(scorePlover(cases, ["AID", "REJECT", "REJECT"])).toMatchObject({
      n: 3,
      accuracy: 0.6667,
      macroF1: 0.6667,
    });
    expect(scoreCountries([{ gold: ["KAZ"], pred: ["KAZ", "RUS"] }])).toBe(0.6667);
  });
});

describe("police sentences", () => {
  it.each([
    ["Police arrested five men near the market.", ["ARREST", "ANY_ACTION"]],
    ["The police fired tear gas at the crowd.", ["FORCE", "ANY_ACTION"]],
    ["The police stood by as mute spectators.", ["FAIL"]],
    ["The market was closed for repairs.", []],
  ])("%s", (text, labels) => expect(policeLabels(text, [])).toEqual(labels));
  it("scores per label", () =>
    expect(scorePolice([["ARREST"], []], [["ARREST"], ["ARREST"]])["ARREST"]).toMatchObject({
      precision: 0.5,
      recall: 1,
    }));
});

describe("silence", () => {
  it("reads both kinds of file", () => {
    expect(silenceTexts('{"id":"a","title":"T","text":"x"}\n')).toEqual([{ id: "a", text: "T\n\nx" }]);
    expect(silenceTexts("# sent_id = 1\n# text = Hello there.\n1\tHello\n")).toEqual([
      { id: "1", text: "Hello there." },
    ]);
  });
  it("hears nothing in nothing", () => expect(loudEvents([], 0.5)).toEqual([]));
});
