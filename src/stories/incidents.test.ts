import { describe, expect, it } from "vitest";
import { makeReading } from "../../test/make-reading.ts";
import { type Event, type StoryId, stands } from "../model/index.ts";
import { buildStory } from "./build.ts";
import { originsOf } from "./corroborate.ts";
import { buildIncidents } from "./incidents.ts";

type Arrest = {
  readonly whom: string;
  readonly entity?: string;
  readonly day: string;
  readonly basis?: "words" | "publication";
};

const arrests = (...all: readonly Arrest[]) => {
  const readings = all.map(({ whom, entity, day, basis = "words" }, i) =>
    makeReading(
      {
        id: `a${i}`,
        outlet: `Post ${"abcdef"[i]}`,
        title: "",
        body: `Police detained ${whom} in the country.`,
        at: `${day}T10:00:00Z`,
      },
      {
        events: [
          {
            words: "detained",
            eventType: "COERCE",
            mode: "arrest",
            actor: [{ words: "Police", country: "TAR" }],
            recipient: [
              { words: whom, ...(entity === undefined ? {} : { entity }) },
            ] as unknown as Event["recipient"],
            happened: { start: day, end: day, precision: "day", basis },
          },
        ],
      },
    ),
  );
  return buildIncidents(readings, originsOf(readings, [], []), "s1" as StoryId).map((i) => i.mentions.length);
};

describe("arrests told in several reports", () => {
  it("are one when day and people agree", () =>
    expect(
      arrests({ whom: "40 people", day: "2031-05-02" }, { whom: "40 people", day: "2031-05-02" }),
    ).toEqual([2]));
  it("are two when the numbers differ", () =>
    expect(
      arrests({ whom: "40 people", day: "2031-05-02" }, { whom: "90 people", day: "2031-05-02" }),
    ).toEqual([1, 1]));
  it("are two when one is of a person and the other of a crowd", () =>
    expect(
      arrests(
        { whom: "Vesna Tarn", entity: "per:vesna tarn", day: "2031-05-02" },
        { whom: "90 people", day: "2031-05-02" },
      ),
    ).toEqual([1, 1]));
  it("are two on two days", () =>
    expect(arrests({ whom: "workers", day: "2031-05-02" }, { whom: "workers", day: "2031-05-05" })).toEqual([
      1, 1,
    ]));
  it("are one when a later report without a day gives the same number", () =>
    expect(
      arrests(
        { whom: "40 people", day: "2031-05-02" },
        { whom: "40 people", day: "2031-05-11", basis: "publication" },
      ),
    ).toEqual([2]));
  it("are two when the report came weeks later", () =>
    expect(
      arrests(
        { whom: "workers", day: "2031-05-02" },
        { whom: "workers", day: "2031-05-21", basis: "publication" },
      ),
    ).toEqual([1, 1]));
});

describe("what did not stand", () => {
  const event = {
    words: "killed",
    happened: { start: "2031-05-02", precision: "day", basis: "words" },
  } as const;
  const guards = { words: "70 guards", value: 70, ofWhom: "guards" };
  const told = (id: string, hour: number, body: string, rest: object = {}) =>
    makeReading(
      { id, outlet: `Post ${id}`, title: "", body, at: `2031-05-02T${hour}:00:00Z` },
      {
        numbers: [{ ...guards, ...rest } as typeof guards],
        events: [
          {
            ...event,
            ...rest,
            recipient: [
              { words: "70 guards", span: spanIn(body, "70 guards") },
            ] as unknown as Event["recipient"],
          },
        ],
      },
    );
  const spanIn = (text: string, words: string) => {
    const start = text.indexOf(words);
    return { start, end: start + words.length };
  };
  const spread = told("one", 10, "70 guards were killed in Quill.");
  const again = told("two", 11, "In Quill 70 guards were killed.");
  const refuting = told("three", 12, "A headline says 70 guards were killed in Quill. It is wrong.", {
    assertion: "denied",
  });
  const withdrawn = told("four", 13, "Quill withdrew its toll: the figure of 70 guards killed was an error.");
  const incidents = (...members: (typeof spread)[]) =>
    buildStory({
      id: "s1" as StoryId,
      readings: members,
      links: [],
      outlets: [],
      now: "2031-05-03T00:00:00Z",
    })?.incidents.map((i) => [i.mentions.length, i.doubt?.status, i.doubt?.by, stands(i)]);

  it("stands while nobody speaks against it", () =>
    expect(incidents(spread, again)).toEqual([[2, undefined, undefined, true]]));
  it("is in doubt when a newsroom refutes it, and the refutation is no mention", () =>
    expect(incidents(spread, again, refuting)).toEqual([[2, "denied", "Post three", false]]));
  it("is none when nobody but the newsroom that refutes it tells of it", () =>
    expect(incidents(refuting)).toEqual([]));
  it("is in doubt when the number it rests on was taken back", () =>
    expect(incidents(spread, withdrawn)?.map((i) => i.slice(1))).toEqual([
      ["withdrawn", "Post four", false],
    ]));
  it("is none told by a notice that takes a text back", () =>
    expect(incidents({ ...spread, article: { ...spread.article, wireTags: ["KILL"] } })).toEqual([]));
  it("is none below the publishing level", () =>
    expect(incidents({ ...spread, events: spread.events.map((e) => ({ ...e, confidence: 0.4 })) })).toEqual(
      [],
    ));
  it("is none without who, whom, where and when", () =>
    expect(
      incidents({
        ...spread,
        quantities: [],
        events: spread.events.map((e) => ({
          ...e,
          recipient: [],
          happened: { start: "2031-05-02", precision: "day", basis: "publication" },
        })),
      }),
    ).toEqual([]));
});
