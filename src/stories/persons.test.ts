import { describe, expect, it } from "vitest";
import { makeReading } from "../../test/make-reading.ts";
import type { Entity, Event } from "../model/index.ts";
import { type Bearer, joinNames, withJoins, withoutJoins } from "./persons.ts";

type Who = string | (Partial<Entity> & { readonly name: string });
const keyOf = (name: string): string => `per:${name.toLowerCase()}`;
const report = (id: string, ...people: readonly Who[]) => ({
  ...makeReading({ id, body: "They met." }),
  entities: people.map((p): Entity => {
    const e = typeof p === "string" ? { name: p } : p;
    return { type: "PER", key: keyOf(e.name), ...e };
  }),
});
const bearer = (name: string, articles: number, near = false): Bearer => ({
  key: keyOf(name),
  name,
  articles,
  near,
});
const abroad = (language: string, r: ReturnType<typeof report>) => ({
  ...r,
  article: { ...r.article, language },
});
const joins = (reports: readonly ReturnType<typeof report>[], bearers: readonly Bearer[] = []) =>
  joinNames(reports, () => bearers).map((j) => `${j.from} > ${j.key} (${j.because})`);

describe("a surname alone", () => {
  it("joins the one who bears it in the story", () =>
    expect(joins([report("a1", "Lena Oduya"), report("a2", "Oduya")])).toEqual([
      "per:oduya > per:lena oduya (story)",
    ]));
  it("stays alone where a middle name may part two", () =>
    expect(joins([report("a1", "Lena Oduya"), report("a2", "Lena M. Oduya"), report("a3", "Oduya")])).toEqual(
      [],
    ));
  it("stays alone where two persons bear it", () =>
    expect(joins([report("a1", "Lena Oduya"), report("a2", "Ivo Oduya"), report("a3", "Oduya")])).toEqual(
      [],
    ));
  it("stays alone where father and son bear it", () =>
    expect(joins([report("a1", "Ivo Oduya"), report("a2", "Ivo Oduya Jr."), report("a3", "Oduya")])).toEqual(
      [],
    ));
  it("stays alone where nobody bears it", () => expect(joins([report("a1", "Oduya")])).toEqual([]));
  it("stays alone where it is a first name", () =>
    expect(joins([report("a1", "Lena Oduya"), report("a2", "Lena")])).toEqual([]));
  it("stays alone where the office is another", () =>
    expect(
      joins([
        report("a1", { name: "Lena Oduya", office: "mayor" }),
        report("a2", { name: "Oduya", office: "president" }),
      ]),
    ).toEqual([]));
  it("stays alone where the country is another", () =>
    expect(
      joins([
        report("a1", { name: "Lena Oduya", country: "KEN" }),
        report("a2", { name: "Oduya", country: "UGA" }),
      ]),
    ).toEqual([]));
  it("stays alone where somebody else of the archive is named as often", () =>
    expect(
      joins(
        [report("a1", "Lena Oduya"), report("a2", "Oduya")],
        [bearer("Ivo Oduya", 40), bearer("Lena Oduya", 2, true)],
      ),
    ).toEqual([]));
  it("joins where somebody else of the archive is hardly named", () =>
    expect(
      joins(
        [report("a1", "Lena Oduya"), report("a2", "Oduya")],
        [bearer("Lena Oduya", 40, true), bearer("Ivo Oduya", 1)],
      ),
    ).toEqual(["per:oduya > per:lena oduya (story)"]));
  it("joins the one who bears it in reports of the country", () =>
    expect(joins([report("a1", "Oduya")], [bearer("Lena Oduya", 4, true)])).toEqual([
      "per:oduya > per:lena oduya (country)",
    ]));
  it("joins nobody who is named elsewhere alone", () =>
    expect(joins([report("a1", "Oduya")], [bearer("Lena Oduya", 4)])).toEqual([]));
});

describe("a full name in several languages", () => {
  it("is one person under the name most reports use", () =>
    expect(
      joins([
        report("a1", "Vesna Tarnov"),
        report("a2", "Vesna Tarnov"),
        abroad("ru", report("a3", "Весна Тарнов")),
        report("a4", "Tarnov"),
      ]),
    ).toEqual(["per:весна тарнов > per:vesna tarnov (spelling)", "per:tarnov > per:vesna tarnov (story)"]));
  it("is two persons where one language tells two apart", () =>
    expect(
      joins([
        report("a1", "Marina Tarnov"),
        report("a2", "Mariano Tarnov"),
        abroad("ru", report("a3", "Марина Тарнов")),
      ]),
    ).toEqual([]));
  it("is not joined by too few consonants", () =>
    expect(joins([report("a1", "Ivo Lee"), abroad("es", report("a2", "Eva Lía"))])).toEqual([]));
});

describe("a joined reading", () => {
  const alone = {
    ...report("a1", "Oduya"),
    events: [{ actor: [{ words: "Oduya", entity: "per:oduya" }], recipient: [] }] as unknown as Event[],
  };
  const joined = withJoins(alone, [{ from: "per:oduya", key: "per:lena oduya", because: "story" }]);
  it("has the key of the fuller name, with its reason, in entities and parties", () => {
    expect(joined.entities.map((e) => [e.key, e.name, e.joined])).toEqual([
      ["per:lena oduya", "Oduya", { from: "per:oduya", because: "story" }],
    ]);
    expect(joined.events[0]?.actor[0]?.entity).toBe("per:lena oduya");
  });
  it("can be parted again", () => expect(withoutJoins(joined)).toEqual(alone));
});
