import { describe, expect, it } from "vitest";
import { makeReading } from "../../test/make-reading.ts";
import { type Decision, Incident, Story } from "../model/index.ts";
import { buildStory } from "./build.ts";
import { burstOf, poissonSurprise } from "./burst.ts";
import { breakingRank, headlineRank } from "./rank.ts";

const day = (d: number, hour = 9): string =>
  `2031-05-${String(d).padStart(2, "0")}T${String(hour).padStart(2, "0")}:00:00Z`;
const on = (d: number) => ({ happened: { start: `2031-05-0${d}`, precision: "day" } });
const QUILL = { name: "Quill", country: "ORL", precision: 1, lat: 1, lon: 2 } as const;
const crowd = [{ words: "a crowd", country: "ORL" }];

const readings = [
  makeReading(
    {
      id: "a00000000000000a1",
      outlet: "Hill Gazette",
      title: "Crowd storms town hall of Quill",
      body: "A crowd stormed the town hall of Quill on Thursday after the price of bread was doubled. At least 31 people were killed, the interior ministry said.",
      at: day(1),
    },
    {
      numbers: [
        {
          words: "At least 31 people",
          value: 31,
          low: 31,
          exact: undefined,
          speaker: "the interior ministry",
        },
      ],
      quotes: [{ words: "At least 31 people were killed", speaker: "the interior ministry" }],
      events: [
        {
          words: "A crowd stormed the town hall of Quill",
          eventType: "PROTEST",
          mode: "riot",
          actor: crowd,
          place: QUILL,
          ...on(1),
        },
      ],
    },
  ),
  makeReading(
    {
      id: "a00000000000000b2",
      outlet: "Vale Herald",
      title: "Town hall of Quill stormed by crowd",
      body: "The town hall of Quill was stormed by a crowd on Thursday, after the price of bread was doubled. Doctors denied that 31 people were killed and spoke of twelve.",
      at: day(1, 14),
    },
    {
      quotes: [{ words: "31 people were killed", speaker: "Doctors", stance: "denies", assertion: "denied" }],
      events: [
        {
          words: "The town hall of Quill was stormed by a crowd",
          eventType: "PROTEST",
          mode: "riot",
          actor: crowd,
          place: QUILL,
          ...on(1),
        },
      ],
    },
  ),
  makeReading(
    {
      id: "a00000000000000c3",
      outlet: "Lake News",
      title: "Why Quill had to boil over",
      genre: "opinion",
      body: "It had to come to this in Quill, and everybody knew it well.",
      at: day(2),
    },
    { events: [{ words: "It had to come to this in Quill", voice: "author", assertion: "opinion" }] },
  ),
];
const built = buildStory({
  id: "s00000000000000a1" as Story["id"],
  readings: [...readings].reverse(),
  links: [],
  outlets: [],
  now: day(1, 15),
});

describe("buildStory", () => {
  it("gives records of the model", () => {
    expect(Story.safeParse(built?.story).error).toBeUndefined();
    for (const i of built?.incidents ?? []) expect(Incident.safeParse(i).error).toBeUndefined();
  });
  it("takes headline and lead unchanged from a news report", () => {
    expect(readings.slice(0, 2).map((r) => r.article.title)).toContain(built?.story.headline);
    expect(built?.story.summary).toMatch(/^(A crowd stormed|The town hall)/);
  });
  it("tells a thing once, on its day, in the words of the first report, with both newsrooms behind it", () => {
    const stormed = built?.story.timeline.filter((i) => i.sentence.includes("town hall"));
    expect(stormed).toMatchObject([
      {
        day: "2031-05-01",
        articleId: "a00000000000000a1",
        place: "Quill",
        eventType: "PROTEST",
        corroboration: { newsrooms: 2 },
      },
    ]);
    const item = stormed?.[0];
    const text = readings[0]?.article.text ?? "";
    expect(text.slice(item?.span.start, item?.span.end)).toBe(item?.sentence);
  });
  it("tells of a span of days on its last day", () => {
    const body =
      "Forty people were killed in the valley in the last three weeks, the council said on Sunday.";
    const event = {
      words: "killed",
      eventType: "ASSAULT" as const,
      happened: {
        start: "2031-04-10",
        end: "2031-05-01",
        precision: "week" as const,
        basis: "words" as const,
      },
    };
    const one = makeReading(
      { id: "a00000000000000c3", title: "Valley counts", body, at: "2031-05-01T10:00:00Z" },
      { events: [event] },
    );
    const story = buildStory({
      id: "s00000000000000c3" as Story["id"],
      readings: [one],
      links: [],
      outlets: [],
      now: day(1, 15),
    });
    expect(story?.story.timeline.map((i) => i.day)).toEqual(["2031-05-01"]);
  });
  it("merges the mentions of one event, with the reason, and none of an opinion", () => {
    expect(built?.incidents.map((i) => i.mentions)).toEqual([
      ["a00000000000000a1.e0", "a00000000000000b2.e0"],
    ]);
    expect(built?.incidents[0]).toMatchObject({
      day: { start: "2031-05-01" },
      place: { name: "Quill", articles: 2 },
      corroboration: { newsrooms: 2 },
    });
    expect(built?.incidents[0]?.reasons[0]).toMatch(/same protest, day, place/);
  });
  it("parts them again when the user says so", () => {
    const decision = {
      id: "d",
      at: day(2),
      who: "me",
      target: "a00000000000000a1.e0",
      field: "incident",
      action: "split",
      value: "a00000000000000b2.e0",
      reason: "two halls",
    } as const;
    const again = buildStory({
      id: "s00000000000000a1" as Story["id"],
      readings,
      links: [],
      outlets: [],
      now: day(2),
      decisions: [decision],
    });
    expect(again?.incidents.length).toBe(2);
  });
  it("leaves out what a person rejected, and has it back when that is undone", () => {
    const reject = {
      id: "d",
      at: day(2),
      who: "me",
      target: "a00000000000000a1.e0",
      field: "event",
      action: "reject",
      reason: "a metaphor",
    } as const;
    const undo = { ...reject, id: "u", action: "undo", undoes: "d" } as const;
    const incidentsWith = (decisions: readonly Decision[]) =>
      buildStory({
        id: "s00000000000000a1" as Story["id"],
        readings,
        links: [],
        outlets: [],
        now: day(2),
        decisions,
      })?.incidents.map((i) => i.mentions);
    expect(incidentsWith([reject])).toEqual([["a00000000000000b2.e0"]]);
    expect(incidentsWith([reject, undo])).toEqual(built?.incidents.map((i) => i.mentions));
  });
  it("shows the denial beside the claim it denies", () =>
    expect(built?.story.claims[0]).toMatchObject({
      speaker: "the interior ministry",
      denials: [{ speaker: "Doctors" }],
    }));
  it("is nothing without readings", () =>
    expect(
      buildStory({ id: "s" as Story["id"], readings: [], links: [], outlets: [], now: day(1) }),
    ).toBeUndefined());
  it("gives the same for the same", () =>
    expect(
      buildStory({
        id: "s00000000000000a1" as Story["id"],
        readings,
        links: [],
        outlets: [],
        now: day(1, 15),
      }),
    ).toEqual(built));
});

describe("burst", () => {
  it.each([
    [0, 1, 0],
    [1, 1, 0.199],
    [5, 1, 2.437],
    [10, 1, 6.953],
    [3, 0.1, 3.81],
  ])("%i newsrooms where %d are usual: %d", (count, mean, surprise) =>
    expect(poissonSurprise(count, mean)).toBeCloseTo(surprise, 2),
  );
  it("counts newsrooms, not reports", () => {
    const now = Date.parse(day(1, 12));
    const seen = Array.from({ length: 9 }, (_, i) => ({
      ms: now - i * 600_000,
      newsroom: i < 6 ? "a" : "b",
    }));
    expect(burstOf(seen, now)).toMatchObject({
      newsrooms: 2,
      hours: 6,
      bars: [...Array(22).fill(0), 1, 1],
    });
  });
  it("expects more of an hour in which the outlets are busy, and less of their nights", () => {
    const now = Date.parse(day(1, 12));
    const seen = [{ ms: now - 1000, newsroom: "a" }];
    const at = (rate: number) =>
      burstOf(seen, now, { activity: (ms) => (ms >= now - 6 * 3_600_000 ? rate : 1) });
    expect(at(2).usual).toBeCloseTo(2 * at(1).usual, 1);
    expect(at(0.2).score).toBeGreaterThan(at(2).score);
  });
});

describe("ranking", () => {
  const story = (id: string, more: { newsrooms?: number; informants?: number; last?: string }) => ({
    id,
    rank: headlineRank({
      newsrooms: more.newsrooms ?? 1,
      informants: more.informants ?? 1,
      lastMs: Date.parse(more.last ?? day(3)),
    }),
  });
  it("puts many newsrooms and informants first, and fades with age", () => {
    const list = [
      story("old", { newsrooms: 9, informants: 5, last: day(1) }),
      story("one", {}),
      story("many", { newsrooms: 6, informants: 3 }),
      story("informed", { informants: 4 }),
    ];
    expect(list.sort((a, b) => b.rank - a.rank).map((s) => s.id)).toEqual(["many", "informed", "one", "old"]);
  });
  it("breaks by surprise, and not on one newsroom's word", () => {
    const rank = (score: number, newsrooms: number) =>
      breakingRank({ burst: { score, newsrooms, usual: 1, hours: 6, bars: [] } });
    expect([rank(3, 4), rank(5, 3), rank(6, 1), rank(1, 4), breakingRank({})]).toEqual([3, 5, 0, 0, 0]);
  });
});

describe("the headline of a story", () => {
  const said = (id: string, outlet: string, hour: number, title: string, body: string, numbers: object[]) =>
    makeReading({ id, outlet, title, body, at: day(2, hour) }, { numbers: numbers as never });
  const guards = { words: "70 guards", value: 70, ofWhom: "guards" };
  const spread = said(
    "a00000000000000e1",
    "Click Daily",
    12,
    "70 guards killed in Quill unrest",
    "It is one of the highest losses any force has had, with 70 guards dead.",
    [guards],
  );
  const plain = said(
    "a00000000000000e2",
    "Hill Gazette",
    9,
    "Prosecutors count 70 dead in Quill unrest",
    "Prosecutors said 70 people died in the unrest of Quill.",
    [{ words: "70 people", value: 70, speaker: "Prosecutors" }],
  );
  const refuting = said(
    "a00000000000000e3",
    "Vale Herald",
    20,
    "No, the dead of the Quill unrest were not all guards",
    "A headline says 70 guards were killed. It is wrong.",
    [{ ...guards, assertion: "denied" }],
  );
  const headline = (...members: (typeof plain)[]) =>
    buildStory({ id: "s1" as Story["id"], readings: members, links: [], outlets: [], now: day(3) })?.story
      .headline;
  it("is none whose number was refuted", () => {
    expect(headline(plain, spread)).toBe("70 guards killed in Quill unrest");
    expect(headline(plain, spread, refuting)).not.toBe("70 guards killed in Quill unrest");
  });
});
