import { describe, expect, it } from "vitest";
import { makeReading } from "../../test/make-reading.ts";
import type { Reading } from "../model/index.ts";
import { createStoryGrouper } from "./group.ts";
import { sisterKeys, skeletonOf } from "./sisters.ts";

describe("skeletonOf", () => {
  it.each([
    ["Orlov", "Орлов", "أورلوف"],
    ["Tokmakov", "Токмаков", "توكماكوف"],
    ["Zhanibek", "Жанибек", "Zhanibék"],
    ["Massinov", "Масинов", "ماسينوف"],
  ])("%s is %s is %s", (a, b, c) => {
    expect(skeletonOf(b)).toBe(skeletonOf(a));
    expect(skeletonOf(c)).toBe(skeletonOf(a));
  });
});

const report = (
  id: string,
  language: string,
  title: string,
  body: string,
  at: string,
  country = "TAR",
): Reading => ({
  ...makeReading({ id, outlet: `Post ${id}`, title, body, at, language }),
  countries: [{ code: country, weight: 1 }],
});
const EN = report(
  "e1",
  "en",
  "Flood in Tarn kills 164",
  "The mayor, Anton Orlov, said 164 people had died and 2,300 were homeless.",
  "2031-05-02T10:00:00Z",
);
const EN2 = report(
  "e2",
  "en",
  "Tarn flood toll stays at 164",
  "Orlov, the mayor, said 164 had died and 2,300 people were homeless in Tarn.",
  "2031-05-02T12:00:00Z",
);
const RU = report(
  "r1",
  "ru",
  "Паводок в Тарне: 164 погибших",
  "Мэр, Антон Орлов, сообщил о 164 погибших, без крова остались 2 300 человек.",
  "2031-05-02T15:00:00Z",
);
const OTHER = report(
  "r2",
  "ru",
  "В Тарне открыли мост",
  "Мэр, Антон Орлов, открыл мост длиной 90 метров.",
  "2031-05-02T15:00:00Z",
);
const LATE = report(
  "r3",
  "ru",
  "Паводок в Тарне: 164 погибших",
  "Мэр, Антон Орлов, сообщил о 164 погибших, без крова остались 2 300 человек.",
  "2031-05-22T15:00:00Z",
);
const FILLER = Array.from({ length: 12 }, (_, i) =>
  report(
    `f${i}`,
    i % 2 ? "en" : "ru",
    `${i} other news`,
    `Nothing of note, says Person${"abcdefghijkl"[i]}, about ${i + 30} things.`,
    "2031-05-02T09:00:00Z",
    i % 3 ? "TAR" : "ALF",
  ),
);

const grouped = (...readings: readonly Reading[]) => {
  const grouper = createStoryGrouper();
  const profiles = new Map<string, Uint8Array>();
  for (const r of [...FILLER, ...readings]) {
    const { article } = r;
    const { profile } = grouper.add({
      articleId: article.id,
      title: article.title,
      body: article.text.slice(article.title.length),
      language: article.language,
      time: Date.parse(article.published?.value ?? ""),
      keys: sisterKeys(r),
    });
    profiles.set(article.id, profile);
  }
  return { grouper, profiles, of: (r: Reading) => grouper.storyOf(r.article.id) };
};

describe("reports in two languages", () => {
  it("meet when they share numbers and names", () => {
    const { of } = grouped(EN, EN2, RU);
    expect(of(RU)).toBe(of(EN));
    expect(of(EN2)).toBe(of(EN));
  });
  it("meet whichever came first", () => {
    const { of } = grouped(RU, EN, EN2);
    expect(of(RU)).toBe(of(EN));
  });
  it("do not meet for a name and a country alone", () => {
    const { of } = grouped(EN, EN2, OTHER);
    expect(of(OTHER)).not.toBe(of(EN));
  });
  it("do not meet weeks apart", () => {
    const { of } = grouped(EN, EN2, LATE);
    expect(of(LATE)).not.toBe(of(EN));
  });
  it("stay together after a restart", () => {
    const { grouper, profiles, of } = grouped(EN, EN2, RU);
    const again = createStoryGrouper();
    for (const [id, bytes] of profiles) again.restore(bytes, grouper.storyOf(id) ?? "");
    again.settle();
    expect(again.storyOf(RU.article.id)).toBe(of(EN));
    expect(again.storyOf(EN.article.id)).toBe(of(EN));
  });
});
