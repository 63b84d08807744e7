import { describe, expect, it } from "vitest";
import { makeReading } from "../../test/make-reading.ts";
import { asKnownAt } from "./as-known.ts";
import { buildLedger } from "./ledger.ts";
import { statusOf } from "./status-words.ts";

const day = (d: number, hour = 9): string =>
  `2031-05-${String(d).padStart(2, "0")}T${String(hour).padStart(2, "0")}:00:00Z`;
const HOME = new Set(["orlia"]);

const first = makeReading(
  {
    id: "first",
    outlet: "Hill Gazette",
    at: day(1),
    body: "The health ministry said at least 31 people had died.",
  },
  {
    numbers: [
      { words: "at least 31 people", value: 31, low: 31, exact: undefined, speaker: "the health ministry" },
    ],
  },
);
const copy = makeReading(
  { id: "copy", outlet: "Vale Herald", at: day(1, 12), body: "At least 31 people have died, officials say." },
  { numbers: [{ words: "At least 31 people", value: 31, low: 31, exact: undefined }] },
);
const disowned = makeReading({
  id: "disowned",
  outlet: "Ridge Post",
  at: day(2),
  body: "The health ministry said it had never given the figure of 31. It gave no other.",
});
const later = makeReading(
  { id: "later", outlet: "Lake News", at: day(5), body: "In the end 31 people died in the flood." },
  { numbers: [{ words: "31 people", value: 31 }] },
);
const police = makeReading(
  {
    id: "police",
    outlet: "Ridge Post",
    at: day(3),
    body: "Police said 40 people had died. Among them were 6 guards.",
  },
  {
    numbers: [
      { words: "40 people", value: 40, speaker: "Police" },
      { words: "6 guards", value: 6, speaker: "Police", unit: "guards", ofWhom: "guards", kind: "part" },
    ],
  },
);
const policeAgain = makeReading(
  { id: "again", outlet: "Hill Gazette", at: day(4), body: "Police raised the toll to 44 dead." },
  { numbers: [{ words: "44 dead", value: 44, unit: "dead", speaker: "Police" }] },
);
const all = [first, copy, disowned, police, policeAgain, later];

describe("buildLedger", () => {
  const { series, stale } = buildLedger(all, [], HOME);
  const of = (issuer: string, whom?: string) =>
    series.find((s) => s.issuer === issuer && s.scope.ofWhom === whom);

  it("keeps issuers and scopes apart", () =>
    expect(
      series.map((s) => [s.issuer, s.scope.ofWhom ?? "all", s.entries.map((e) => e.quantity.words)]),
    ).toEqual(
      expect.arrayContaining([
        ["health ministry", "all", ["at least 31 people"]],
        ["Police", "all", ["40 people", "44 dead"]],
        ["Police", "guards", ["6 guards"]],
      ]),
    ));
  it("gives a disowned value its sentence and who says so", () =>
    expect(of("health ministry")?.entries[0]).toMatchObject({
      status: "disowned",
      statusBy: "health ministry",
      statusEvidence: {
        articleId: "disowned",
        words: "The health ministry said it had never given the figure of 31.",
      },
      outlets: 3,
    }));
  it("counts as carriers those who repeat it in their own voice", () =>
    expect(of("health ministry")?.entries[0]?.carriers).toEqual(["first", "copy", "later"]));
  it("marks a revision and the latest within one issuer's series only", () =>
    expect(of("Police")?.entries.map((e) => [e.status, e.direction])).toEqual([
      ["revised", "first"],
      ["latest", "up"],
    ]));
  it("flags who repeats the value after it was disowned, with the lag", () =>
    expect(stale).toEqual([
      {
        articleId: "later",
        quantityId: "later.n0",
        seriesKey: "killed|||total||people|health ministry",
        reason: "disowned",
        since: "2031-05-02T09:00:00.000Z",
        lagHours: 72,
      },
    ]));
  it("does not flag before, nor where the article tells it itself", () =>
    expect(stale.map((s) => s.articleId)).not.toContain("copy"));
});

describe("a number nobody stands for", () => {
  const spread = makeReading(
    {
      id: "spread",
      outlet: "Click Daily",
      at: day(1),
      title: "70 guards killed",
      body: "70 guards were killed.",
    },
    { numbers: [{ words: "70 guards", value: 70, ofWhom: "guards" }] },
  );
  const counted = makeReading(
    {
      id: "counted",
      outlet: "Hill Gazette",
      at: day(1, 8),
      body: "70 people were killed, prosecutors said.",
    },
    { numbers: [{ words: "70 people", value: 70, speaker: "prosecutors" }] },
  );
  const refuting = makeReading(
    {
      id: "refuting",
      outlet: "Vale Herald",
      at: day(2),
      body: "A headline says 70 guards were killed. It is wrong. 70 people died in all, prosecutors said.",
    },
    {
      numbers: [
        { words: "70 guards", value: 70, ofWhom: "guards", assertion: "denied" },
        { words: "70 people", value: 70, speaker: "prosecutors" },
      ],
    },
  );
  const { series } = buildLedger([counted, spread, refuting], [], HOME);
  it("is disputed by who refutes it, and is no value of theirs", () =>
    expect(
      series
        .filter((s) => s.scope.ofWhom !== undefined)
        .map((s) => [s.issuer, s.entries.map((e) => [e.status, e.statusBy, e.carriers])]),
    ).toEqual([["outlet:Click Daily", [["disputed", "Vale Herald", ["spread"]]]]]));
  it("leaves the same number of others alone", () =>
    expect(
      series.filter((s) => s.scope.ofWhom === undefined).flatMap((s) => s.entries.map((e) => e.status)),
    ).not.toContain("disputed"));
});

describe("asKnownAt", () => {
  const ledger = buildLedger(all, [], HOME).series;
  const times = new Map(all.map((r) => [r.article.id as string, Date.parse(r.article.firstSeen)]));
  it.each<[string, string, string, number]>([
    ["health ministry", day(1, 10), "said", 1],
    ["health ministry", day(1, 13), "repeated", 2],
    ["health ministry", day(2, 10), "disowned", 2],
    ["Police", day(3, 10), "said", 1],
    ["Police", day(4, 10), "revised", 1],
  ])("%s at %s: %s", (issuer, instant, status, carriers) => {
    const entry = asKnownAt({ ledger }, instant, times).find((s) => s.issuer === issuer && !s.scope.ofWhom)
      ?.entries[0];
    expect([entry?.status, entry?.carriers.length]).toEqual([status, carriers]);
  });
  it("knows nothing before the first report", () =>
    expect(asKnownAt({ ledger }, day(1, 8), times)).toEqual([]));
});

describe("statusOf", () => {
  it.each([
    ["The health ministry said it had never given the figure of 31.", "disowned"],
    ["The ministry denied giving any such toll.", "disowned"],
    ["The channel deleted the post that gave 31 dead.", "withdrawn"],
    ["The figure was a technical error, the ministry said.", "withdrawn"],
    ["An earlier version of this article said 31 people had died; it was 13.", "corrected"],
    ["Relatives disputed the toll of 31.", "disputed"],
    ["The new count supersedes the earlier figure.", "superseded"],
    ["The ministry did not give details of the 31 deaths.", undefined],
    ["Some 300 soldiers were withdrawn from a number of villages.", undefined],
    ["Police removed barriers.", undefined],
    ["31 people died.", undefined],
    ["Министерство не сообщало о 31 погибшем.", "disowned"],
    ["Погибли 31 человек; о погибших в порту не сообщалось.", undefined],
  ])("%s", (sentence, status) =>
    expect(statusOf(sentence, { start: 0, end: sentence.length })?.status).toBe(status),
  );
});

it("means the numbers of its own part of a sentence", () => {
  const sentence = "The channel gave 31; the ministry had never issued such a figure.";
  expect(statusOf(sentence, { start: 0, end: sentence.length })?.numbers).toEqual([]);
});

describe("corrections", () => {
  const wrong = makeReading(
    { id: "wrong", outlet: "Hill Gazette", at: day(1), body: "Doctors counted 24 injured people." },
    { numbers: [{ words: "24 injured people", value: 24, measure: "injured", speaker: "Doctors" }] },
  );
  it.each([
    ["(Corrects paragraph 1 to say 26 people were injured, not 24.)", "corrected"],
    ["Correction: an earlier version of this story gave 24 injured. It was 26.", "corrected"],
    ["(Corrects paragraph 1 to make clear that the 24 are not among the dead.)", "said"],
  ])("%s", (note, status) => {
    const right = makeReading(
      {
        id: "right",
        outlet: "Hill Gazette",
        at: day(2),
        body: `Doctors counted 26 injured people.\n\n${note}`,
      },
      { numbers: [{ words: "26 injured people", value: 26, measure: "injured", speaker: "Nurses" }] },
    );
    const { series } = buildLedger([wrong, right], [], HOME);
    expect(series.find((s) => s.issuer === "Doctors")?.entries[0]?.status).toBe(status);
  });
});
