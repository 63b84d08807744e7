import { describe, expect, it } from "vitest";
import { createBackground, NO_BACKGROUND } from "./background.ts";
import { createStoryGrouper, type StoryInput } from "./group.ts";
import { stem, termsOf } from "./terms.ts";

const BACKGROUND = createBackground(
  `# documents 100\n${"the 100,of 99,in 99,a 99,to 98,and 98,on 90,said 88,for 85,at 80,after 60,was 90,by 80,were 70,new 60,mayor 9,people 70,open 40,two 60"
    .split(",")
    .map((row) => row.replace(" ", "\t"))
    .join("\n")}`,
);
const DAY = 86_400_000;
let n = 0;
const item = (title: string, body = "", more: Partial<StoryInput> = {}): StoryInput => ({
  articleId: more.articleId ?? `x${n++}`,
  title,
  body,
  language: "en",
  ...more,
});
const FLOOD = [
  "Flood in Quill drowns harbour",
  "Quill harbour under water after flood",
  "Quill flood: harbour of the town drowned",
  "Mayor of Quill asks for boats after flood",
];
const OPERA = [
  "Opera in Tarn opens with a new Aida",
  "Tarn opera opens season with Aida",
  "Aida opens opera season at Tarn",
];
const grouper = () => createStoryGrouper({ background: () => BACKGROUND });
const partition = (g: ReturnType<typeof grouper>, items: readonly StoryInput[]): string[][] => {
  const by = new Map<string, string[]>();
  for (const i of items) {
    const s = g.storyOf(i.articleId) ?? "";
    by.set(s, [...(by.get(s) ?? []), i.articleId]);
  }
  return [...by.values()].map((m) => m.sort()).sort();
};

describe("terms", () => {
  it.each([
    ["protests", "protest"],
    ["protesting", "protest"],
    ["stopped", "stop"],
    ["cities", "city"],
    ["churches", "church"],
    ["crisis", "crisis"],
    ["fed", "fed"],
    ["Токаев", "Токаев"],
  ])("%s → %s", (word, term) => expect(stem(word)).toBe(term));
  it("drops what stands everywhere and weighs to length one", () => {
    const { ids, weights } = termsOf({ title: "The flood of Quill", body: "" }, BACKGROUND);
    expect(ids.length).toBe(2);
    expect(weights.reduce((s, w) => s + w * w, 0)).toBeCloseTo(1, 5);
  });
  it("has a weight for every word without a table", () =>
    expect(termsOf({ title: "Наводнение в Квилле", body: "" }, NO_BACKGROUND).ids.length).toBe(2));
});

describe("createStoryGrouper", () => {
  const items = [...FLOOD, ...OPERA].map((t, i) => item(t, "", { articleId: `h${i}` }));
  const expected = [
    ["h0", "h1", "h2", "h3"],
    ["h4", "h5", "h6"],
  ];
  it.each([
    ["as written", [0, 1, 2, 3, 4, 5, 6]],
    ["backwards", [6, 5, 4, 3, 2, 1, 0]],
    ["mixed", [3, 4, 0, 6, 2, 5, 1]],
  ])("puts headlines of two stories apart, %s", (_, order) => {
    const g = grouper();
    const fed = order.flatMap((i) => items[i] ?? []);
    for (const i of fed) g.add(i);
    g.settle();
    expect(partition(g, fed)).toEqual(expected);
  });

  it("tells every move, so that whoever keeps the rows ends with the same stories", () => {
    const g = grouper();
    const rows = new Map<string, string>();
    const apply = (moved: readonly { articleId: string; to: string }[]): void => {
      for (const m of moved) rows.set(m.articleId, m.to);
    };
    for (const i of items) {
      const { storyId, moved } = g.add(i);
      rows.set(i.articleId, storyId);
      apply(moved);
    }
    apply(g.settle().moved);
    for (const i of items) expect(rows.get(i.articleId)).toBe(g.storyOf(i.articleId));
  });

  it("keeps a copy with its original, whatever it says, and moves it when the original is found late", () => {
    const g = grouper();
    const flood = item(FLOOD[0] ?? "", "", { articleId: "o" });
    const { storyId } = g.add(flood);
    expect(g.add(item("Something else entirely", "", { copyOf: "o" })).storyId).toBe(storyId);
    g.add(item("Unlike words again", "", { articleId: "late" }));
    const { moved } = g.link("late", "o");
    expect(moved).toMatchObject([{ articleId: "late", to: storyId }]);
    expect(g.storyOf("late")).toBe(storyId);
  });

  it.each([
    ["two days", 2, true],
    ["a month", 30, false],
  ])("joins a second flood after %s: %#", (_, days, joined) => {
    const g = grouper();
    g.add(item(FLOOD[0] ?? "", "", { articleId: "a", time: 0 }));
    g.add(item(FLOOD[0] ?? "", "", { articleId: "b", time: days * DAY }));
    g.settle();
    expect(g.storyOf("a") === g.storyOf("b")).toBe(joined);
  });

  it("heeds the user's hand", () => {
    const g = grouper();
    for (const i of items) g.add(i);
    g.pin("h6", "sown");
    g.keepApart("h0", "h1");
    g.settle();
    expect(g.storyOf("h6")).toBe("sown");
    expect(g.storyOf("h0")).not.toBe(g.storyOf("h1"));
  });

  it("leaves a story that was split by hand split, and brings along nobody else", () => {
    const g = grouper();
    for (const i of items) g.add(i);
    g.settle();
    const flood = g.storyOf("h1") ?? "";
    g.hold(new Map([["h0", "sown"]]), [[flood, "sown"]]);
    g.settle();
    g.add(item(FLOOD[0] ?? "", "", { articleId: "later" }));
    g.settle();
    expect(["h0", "h1", "h2", "h3"].map((id) => g.storyOf(id))).toEqual(["sown", flood, flood, flood]);
    expect([flood, "sown"]).toContain(g.storyOf("later"));
    g.hold(new Map(), []);
    g.assign(["h0"], flood);
    g.settle();
    expect(g.storyOf("h0")).toBe(flood);
  });

  it("keeps two stories together that were merged by hand, and lets what comes join them", () => {
    const g = grouper();
    for (const i of items) g.add(i);
    g.settle();
    const opera = g.storyOf("h4") ?? "";
    g.hold(new Map(["h0", "h1", "h2", "h3", "h4", "h5", "h6"].map((id) => [id, opera])), []);
    g.settle();
    g.add(item(FLOOD[1] ?? "", "", { articleId: "later" }));
    g.settle();
    expect(new Set([...items.map((i) => i.articleId), "later"].map((id) => g.storyOf(id)))).toEqual(
      new Set([opera]),
    );
  });

  it("takes a copy from its original when a person puts it elsewhere", () => {
    const g = grouper();
    g.add(item(FLOOD[0] ?? "", "", { articleId: "o" }));
    g.add(item(FLOOD[0] ?? "", "", { articleId: "c", copyOf: "o" }));
    g.hold(new Map([["c", "sown"]]), [[g.storyOf("o") ?? "", "sown"]]);
    g.settle();
    expect(g.storyOf("c")).toBe("sown");
    expect(g.storyOf("o")).not.toBe("sown");
  });

  it("goes on after a restart", () => {
    const g = grouper();
    const kept = items.slice(0, 6).map((i) => ({ id: i.articleId, profile: g.add(i).profile }));
    g.settle();
    const again = grouper();
    for (const k of kept) again.restore(k.profile, g.storyOf(k.id) ?? "");
    const next = items[6];
    if (!next) throw new Error("no item");
    expect(again.add(next).storyId).toBe(g.add(next).storyId);
  });
});
