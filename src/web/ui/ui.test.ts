/** The small computations behind the drawings: numbers at a moment, differences, marks, arcs, dates, silence. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixtureStore } from "../../../test/web/fixture.ts";
import type { ArticleId, ArticleRow, CopyLink, Edition } from "../../model/index.ts";
import { translator } from "../i18n.ts";
import { daysOf, queryOf } from "../pages/search.tsx";
import { runsOf, statementsBeside } from "../pages/story.tsx";
import { momentOf } from "../pages/story-at.ts";
import { headlineFor } from "../pages/tongue.ts";
import { silentCountries } from "../pages/world-data.ts";
import { levelsOf } from "./arcs.tsx";
import { namesBelow } from "./bars.tsx";
import { told } from "./copies.tsx";
import { coverageDays } from "./days.ts";
import { difference, joined, words } from "./diff.tsx";
import { apart } from "./map.tsx";
import { pieces } from "./marked.tsx";
import { byMeasure, inWords, keyNumbers, rowsAt, storyAt } from "./numbers.ts";
import { termsOf } from "./parts.tsx";
import { comma, countryName, daySpan, languageName, length, partial, zoneName } from "./words.ts";

describe("numbers of a story", async () => {
  const store = await fixtureStore();
  const story = await store.story("sdam0001");
  const rows = await store.storyArticles("sdam0001");
  if (story === undefined) throw new Error("The fixture has no story");

  it("puts the standing total first and the withdrawn one after it", () => {
    const [killed] = keyNumbers(story, 3);
    expect(killed && inWords(killed.entry.quantity)).toBe("“61 bodies”");
    expect(killed?.before.map((e) => inWords(e.quantity))).toEqual(["“At least 94 people”"]);
  });

  it("knows nothing at a moment that was published later", () => {
    const then = storyAt(story, rows, Date.parse("2024-03-09T23:59:59Z"));
    const killed = byMeasure(then.ledger).find((m) => m.measure === "killed");
    expect(killed?.series.flatMap((s) => s.entries.map((e) => [e.quantity.words, e.status]))).toEqual([
      ["At least 94 people", "latest"],
    ]);
    expect(then.claims.flatMap((c) => c.denials)).toEqual([]);
    expect(storyAt(story, rows, 0).ledger).toEqual([]);
  });

  it("is headed at a moment by a report that was out, and counts no outlet that came later", () => {
    for (let day = 7; day <= 14; day++) {
      const at = Date.parse(`2024-03-${String(day).padStart(2, "0")}T23:59:59Z`);
      const out = rowsAt(rows, at);
      const then = storyAt(story, rows, at);
      if (out.length > 0) expect(out.map((r) => r.id)).toContain(then.headlineArticle);
      expect(Date.parse(then.last)).toBeLessThanOrEqual(out.length > 0 ? at : Date.parse(story.last));
      expect(then.timeline.filter((i) => i.corroboration !== undefined)).toEqual([]);
      for (const e of then.ledger.flatMap((s) => s.entries))
        expect(e.outlets).toBeLessThanOrEqual(new Set(out.map((r) => r.outletId)).size);
    }
  });

  it("does not tell of a report at a moment what became of it later", () => {
    const [row] = rows;
    if (row === undefined) throw new Error("The story has no reports");
    const marked = {
      ...row,
      withdrawn: true,
      fates: [
        { kind: "killed" as const, at: "2024-03-20T00:00:00Z", words: "KILL" },
        { kind: "gone" as const, at: "2024-03-22T00:00:00Z", words: "410" },
      ],
    };
    const of = (day: string) =>
      rowsAt([marked], Date.parse(day)).map((r) => [r.withdrawn, (r.fates ?? []).map((f) => f.kind)]);
    expect(of("2024-03-19")).toEqual([[false, []]]);
    expect(of("2024-03-21")).toEqual([[true, ["killed"]]]);
    expect(of("2024-03-23")).toEqual([[true, ["killed", "gone"]]]);
  });

  it("is headed by a report in the reader's language where one is as fresh, by no older one and no copy", () => {
    const [head, other] = rows;
    if (head === undefined || other === undefined) throw new Error("The story has too few reports");
    const { copyOf: _a, ...plain } = { ...other, withdrawn: false, genre: "news" as const };
    const spanish = { ...plain, language: "es-CL", sortTime: head.sortTime - 3_600_000 };
    const reader = (language: "en" | "es" | "ru", own: string) => ({
      language,
      edition: { language: own } as Edition,
    });
    const of = (reports: readonly ArticleRow[], language: "en" | "es" | "ru" = "es", own = "es") =>
      headlineFor(reader(language, own), head, reports)?.id;
    expect(of([head, spanish])).toBe(spanish.id);
    expect(of([head, spanish], "en", "en")).toBeUndefined();
    expect(of([head, spanish], "ru", "es")).toBe(spanish.id);
    expect(of([head, { ...spanish, sortTime: head.sortTime - 3 * 86_400_000 }])).toBeUndefined();
    expect(of([head, { ...spanish, copyOf: head.id }])).toBeUndefined();
    expect(of([head, { ...spanish, genre: "opinion" }])).toBeUndefined();
  });

  it("has as many statements beside the days as reach down to their end, and none too many beside a short text", () => {
    const [item] = story.timeline;
    if (item === undefined) throw new Error("The fixture's story has no timeline");
    const of = (days: number): number =>
      statementsBeside(
        {
          ...story,
          ledger: [],
          timeline: Array.from({ length: days }, (_, i) => ({
            ...item,
            day: `2024-03-${String(i + 1).padStart(2, "0")}`,
          })),
        },
        0,
      );
    expect(of(1)).toBe(0);
    expect(of(7)).toBe(6);
    // Beyond that the days are folded, and the column grows no more.
    expect(of(20)).toBe(of(12));
    expect(statementsBeside(story, 4)).toBeLessThan(statementsBeside(story, 0));
  });

  it("folds the lighter days of a long story where they follow each other, and loses none", () => {
    const [item] = story.timeline;
    if (item === undefined) throw new Error("The story has no timeline");
    const days = Array.from({ length: 14 }, (_, i) => {
      const day = `2024-03-${String(i + 1).padStart(2, "0")}`;
      return [day, Array.from({ length: i === 6 ? 9 : 1 }, () => ({ ...item, day }))] as const;
    });
    const runs = runsOf(days, new Set(["2024-03-10"]));
    expect(runs.flatMap((r) => r.days.map(([day]) => day))).toEqual(days.map(([day]) => day));
    const open = runs.filter((r) => r.shown).flatMap((r) => r.days.map(([day]) => day.slice(-2)));
    expect(open).toHaveLength(7);
    expect(open).toEqual(expect.arrayContaining(["01", "07", "10", "14"]));
    expect(runsOf(days.slice(0, 8))).toEqual([{ shown: true, days: days.slice(0, 8) }]);
  });

  it("never has more at an earlier moment than at a later one", () => {
    const t0 = Date.parse("2024-03-07T00:00:00Z");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8 * 24 }), fc.integer({ min: 0, max: 48 }), (h, more) => {
        const count = (hours: number) =>
          storyAt(story, rows, t0 + hours * 3_600_000).ledger.reduce((n, s) => n + s.entries.length, 0);
        expect(count(h)).toBeLessThanOrEqual(count(h + more));
      }),
    );
  });
});

describe("difference", () => {
  it("marks a changed phrase as one, with the blanks in it, and loses no letter", () => {
    const changes = difference(words("a b c d"), words("a x y d"));
    const after = joined(changes.filter((c) => c.kind !== "removed"));
    expect(after).toEqual([
      { kind: "same", text: "a " },
      { kind: "added", text: "x y" },
      { kind: "same", text: " d" },
    ]);
  });
  it("gives back both texts whatever they are", () => {
    const words = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 40 });
    fc.assert(
      fc.property(words, words, fc.integer({ min: 0, max: 60 }), (a, b, limit) => {
        const changes = difference(a, b, limit);
        const join = (skip: string) =>
          changes
            .filter((c) => c.kind !== skip)
            .map((c) => c.text)
            .join("");
        expect(join("added")).toBe(a.join(""));
        expect(join("removed")).toBe(b.join(""));
      }),
    );
  });
  it("finds one changed word", () => {
    expect(difference(["on ", "Saturday", "."], ["on ", "Friday", "."])).toEqual([
      { kind: "same", text: "on " },
      { kind: "removed", text: "Saturday" },
      { kind: "added", text: "Friday" },
      { kind: "same", text: "." },
    ]);
  });
});

describe("marks", () => {
  it("covers the text once and in order, however the marks overlap", () => {
    const span = fc
      .tuple(fc.nat(60), fc.integer({ min: 1, max: 20 }))
      .map(([start, size]) => ({ start, end: start + size }));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 8 }), fc.option(span, { nil: undefined }), (spans, passage) => {
        // Only id and span are read by the function.
        const facts = spans.map((s, i) => ({
          kind: "quantity",
          fact: { id: `x.n${i}`, span: s },
        })) as unknown as Parameters<typeof pieces>[1];
        const cut = pieces({ start: 5, end: 50 }, facts, passage);
        expect(cut[0]?.start).toBe(5);
        expect(cut.at(-1)?.end).toBe(50);
        for (let i = 1; i < cut.length; i++) expect(cut[i]?.start).toBe(cut[i - 1]?.end);
      }),
    );
  });
});

describe("arcs", () => {
  it("lays an arc above those within it", () => {
    expect(levelsOf([2, 0, 2])).toEqual([1, 0, 1]);
    expect(levelsOf([3, 3, 0])).toEqual([2, 1, 0]);
  });
});

describe("words", () => {
  const at = { locale: "en-GB", zone: "Asia/Almaty" };
  it.each([
    ["2022", "2022"],
    ["2022-01", "January 2022"],
    ["2022-01-05", "5 Jan 2022"],
    ["2022-01-05T20:30:00Z", /6 Jan 2022, 02:30 GMT\+6/],
    ["2022-01-05T20:30", "5 Jan 2022, 20:30"],
  ])("prints %s as precisely as it is", (value, words) => {
    expect(partial(value, at, true)).toMatch(words);
  });
  it("names countries and languages in the language of the page", () => {
    expect(countryName("KAZ", "ru")).toBe("Казахстан");
    expect(countryName("ZZZ", "en-GB")).toBe("ZZZ");
    expect(languageName("und", "en-GB")).toBe("und");
    expect(languageName("kk", "en-GB")).toBe("Kazakh");
  });
  it("names the zone as it stood at the moment of the times beside it", () => {
    const at = (zone: string, day: string) => zoneName(Date.parse(day), { locale: "en-GB", zone });
    expect(at("UTC", "2022-01-19")).toBe("UTC");
    // Kazakhstan moved its clocks in March 2024.
    expect(at("Asia/Almaty", "2022-01-19")).toBe("GMT+6");
    expect(at("Asia/Almaty", "2025-01-19")).toBe("GMT+5");
  });

  it("prints the days of a span, each part of them once", () => {
    const span = (from: string, to: string, locale = "en-GB") =>
      daySpan(Date.parse(from), Date.parse(to), { locale, zone: "UTC" }).replaceAll(/\s/g, " ");
    expect(span("2022-01-15T04:00Z", "2022-01-15T19:00Z")).toBe("15 Jan 2022");
    expect(span("2022-01-02", "2022-01-15")).toBe("2 – 15 Jan 2022");
    expect(span("2021-12-31", "2022-01-19")).toBe("31 Dec 2021 – 19 Jan 2022");
    expect(span("2022-01-02", "2022-01-15", "ru")).toBe("2–15 янв. 2022 г.");
  });

  it("sets between names the comma of the language", () => {
    expect(["en", "es", "ru", "ar"].map((language) => comma({ language: language as "en" }))).toEqual([
      ", ",
      ", ",
      ", ",
      "، ",
    ]);
  });

  it("prints lengths", () => {
    expect([length(102), length(3725), length(0)]).toEqual(["1:42", "1:02:05", "0:00"]);
  });
  it("takes the plural form of the language", () => {
    const t = translator(
      {
        en: { n: "{count} en" },
        ru: { n: { one: "{count} один", few: "{count} два", many: "{count} много" } },
      },
      "ru",
    );
    expect([1, 3, 11, 21].map((count) => t("n", { count }))).toEqual([
      "1 один",
      "3 два",
      "11 много",
      "21 один",
    ]);
    expect(t("missing.key")).toBe("missing.key");
  });
});

describe("evidence of a copy", () => {
  it("names of credit lines none that another contains, and no share twice", () => {
    const link = {
      copy: "a2" as ArticleId,
      original: "a1" as ArticleId,
      kind: "reprint",
      confidence: 0.9,
      share: 0.98,
      evidence: [
        { kind: "containment", share: 0.98 },
        { kind: "credit-line", words: "(Anden Wire)" },
        { kind: "credit-line", words: "SANTIAGO, March 9 (Anden Wire)" },
        { kind: "credit-line", words: "SANTIAGO, March 9 (Anden Wire)" },
      ],
    } as unknown as CopyLink;
    expect(told(link)).toEqual([{ kind: "credit-line", words: "SANTIAGO, March 9 (Anden Wire)" }]);
  });
});

describe("addresses as questions", () => {
  it("reads a moment as the end of its day in the zone", () => {
    expect(momentOf("2022-01-12", "UTC")).toBe(Date.parse("2022-01-12T23:59:59.999Z"));
    expect(momentOf("2022-01-12", "Asia/Almaty")).toBe(Date.parse("2022-01-12T17:59:59.999Z"));
    expect(momentOf("2022-01-12T10:00:00Z", "UTC")).toBe(Date.parse("2022-01-12T10:00:00Z"));
    expect(momentOf("soon", "UTC")).toBeUndefined();
  });
  it("leaves out what is no search", () => {
    expect(queryOf(new URLSearchParams("q=+&min=x&since=tomorrow&sort=up&country=CHL&max=7"))).toEqual({
      country: "CHL",
      max: 7,
    });
  });
  it("marks the words asked for, not those ruled out", () => {
    expect(termsOf('"lower quarter" mine -strike')).toEqual(["lower quarter", "mines", "mine"]);
  });
});

describe("rings of a map", () => {
  it("of neighbours stand beside each other, as near to their countries as may be", () => {
    expect(apart({ x: 50, y: 50 }, [], 10)).toEqual({ x: 50, y: 50 });
    const others = [{ x: 50, y: 52 }];
    const moved = apart({ x: 50, y: 50 }, others, 10);
    expect(Math.hypot(moved.x - 50, moved.y - 52)).toBeGreaterThanOrEqual(9.9);
    expect(Math.hypot(moved.x - 50, moved.y - 50)).toBeLessThanOrEqual(10);
  });
});

describe("coverage", () => {
  it("draws the days on which nothing was read", () => {
    const { days, usual } = coverageDays(
      [{ day: "2024-01-02", articles: 3, originals: 2 }],
      "2024-01-01",
      "2024-01-03",
    );
    expect(days.map((d) => [d.value, d.lower])).toEqual([
      [0, 0],
      [3, 2],
      [0, 0],
    ]);
    expect(usual).toBe(0);
    expect(
      daysOf([
        { value: "2024-01-01", count: 1 },
        { value: "2024-01-03", count: 2 },
      ]).map((d) => d.value),
    ).toEqual([1, 0, 2]);
  });
  it("names the newest day, and no name leaves the sheet or lies on another", () => {
    for (const count of [1, 2, 20, 31, 46]) {
      const step = 310 / count;
      const names = Array.from({ length: count }, (_, i) => `${(i % 28) + 1} января`);
      const below = namesBelow(names, (i) => 30 + (i + 0.5) * step, 340);
      expect(below.at(-1)?.words).toBe(names.at(-1));
      const spans = below.map(({ x, at, words }) => {
        const w = words.length * 6.7;
        const from = at === "start" ? x : at === "end" ? x - w : x - w / 2;
        return [from, from + w] as const;
      });
      for (const [i, [from, to]] of spans.entries()) {
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(340);
        expect(from).toBeGreaterThanOrEqual(spans[i - 1]?.[1] ?? 0);
      }
    }
  });
  it("hears a silence only where there was a voice before", () => {
    const total = (value: string, articles: number, days: number) => ({
      value,
      articles,
      originals: articles,
      days,
    });
    const before = [total("KAZ", 36, 6), total("CHL", 6, 6), total("NOR", 36, 6), total("PER", 36, 4)];
    const now = [total("NOR", 11, 2), total("KAZ", 1, 1)];
    expect([...silentCountries(before, now)]).toEqual(["KAZ"]);
  });
});
