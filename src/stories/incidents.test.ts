import { describe, expect, it } from "vitest";
import { makeReading } from "../../test/make-reading.ts";
import type { Event, StoryId } from "../model/index.ts";
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
