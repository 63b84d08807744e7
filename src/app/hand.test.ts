import { beforeEach, describe, expect, it } from "vitest";
import { filing } from "../../test/conformance/make.ts";
import { plainTools } from "../../test/conformance/plain-tools.ts";
import { createMemoryStore } from "../adapters/store-memory/index.ts";
import type { StoryId } from "../model/index.ts";
import type { Store } from "../ports/index.ts";
import { createHand, type Hand } from "./hand.ts";
import { buildStories } from "./stories.ts";

const NOW = Date.parse("2024-03-10T12:00:00Z");
const clock = { now: () => NOW, random: () => 0.5, sleep: () => Promise.resolve() };
const by = { who: "Ada", reason: "another matter" };
const page = (n: number, story: string, more: object = {}) =>
  filing({ url: `https://one.example/${n}`, title: `Report ${n}`, story, killed: 3, ...more });

describe("the desk's hand", () => {
  let store: Store;
  let hand: Hand;
  const tools = plainTools();
  const storyOf = async (n: number): Promise<string | undefined> =>
    (await store.row(page(n, "").reading.article.id))?.storyId;
  const id = (n: number): string => page(n, "").reading.article.id;
  let flood: StoryId;
  let opera: StoryId;
  beforeEach(async () => {
    store = createMemoryStore({ now: () => NOW });
    await store.saveFilings([
      page(1, "flood"),
      page(2, "flood"),
      page(3, "flood"),
      page(4, "opera"),
      page(5, "flood", { copyOf: "https://one.example/1" }),
    ]);
    flood = (await storyOf(2)) as StoryId;
    opera = (await storyOf(4)) as StoryId;
    await buildStories({ store, tools, clock });
    hand = createHand({ store, clock, tools: () => tools });
  });

  it("splits a report out with its copy, keeps why, and takes it back", async () => {
    const done = await hand.split(flood, [id(1)], by);
    if (!done.ok || done.story === undefined) throw new Error("not split");
    expect([await storyOf(1), await storyOf(5), await storyOf(2)]).toEqual([done.story, done.story, flood]);
    expect((await store.story(done.story))?.articles.length).toBe(2);
    const [decision] = await store.decisions(flood);
    expect(decision).toMatchObject({ who: "Ada", reason: "another matter", action: "split" });
    const changed = (await store.changes(0, 1000)).filter((c) => c.target === "decision");
    expect(changed.length).toBe(1);
    const undone = await hand.undo(done.decision.id, { reason: "one matter after all" });
    expect(undone).toMatchObject({ ok: true, story: flood });
    expect(await storyOf(1)).toBe(flood);
    expect(await store.storyIdOf(done.story)).toBe(flood);
  });

  it("moves a report, and again after the chain put it back", async () => {
    const done = await hand.move(flood, [id(2)], opera, by);
    expect(done).toMatchObject({ ok: true, story: opera });
    expect(await storyOf(2)).toBe(opera);
    await store.assignStory([page(2, "").reading.article.id], flood);
    await buildStories({ store, tools, clock });
    expect(await storyOf(2)).toBe(opera);
  });

  it("merges stories so that the old address leads on, and takes that back", async () => {
    const done = await hand.merge(opera, flood, by);
    if (!done.ok) throw new Error("not merged");
    expect(await storyOf(4)).toBe(flood);
    expect(await store.storyIdOf(opera)).toBe(flood);
    await hand.undo(done.decision.id, by);
    expect(await storyOf(4)).toBe(opera);
    expect(await store.storyIdOf(opera)).toBe(opera);
    expect(await storyOf(1)).toBe(flood);
  });

  it("makes a merge of a move that leaves nothing behind", async () => {
    await hand.move(opera, [id(4)], flood, by);
    expect(await store.storyIdOf(opera)).toBe(flood);
    expect((await store.decisions(opera))[0]?.action).toBe("merge");
  });

  it.each([
    ["no reason", () => hand.split(flood, [id(1)], { reason: " " }), "no-reason"],
    ["a report of another story", () => hand.split(flood, [id(4)], by), "no-report"],
    ["all of a story", () => hand.split(opera, [id(4)], by), "nothing-left"],
    ["a story that is not there", () => hand.merge(opera, "s0", by), "no-story"],
    ["a story into itself", () => hand.merge(opera, opera, by), "same-story"],
    ["undoing what was not done", () => hand.undo("d0", by), "no-decision"],
  ])("declines %s", async (_, act, reason) => {
    expect(await act()).toEqual({ ok: false, reason });
    expect(await store.decisions()).toEqual([]);
  });

  it("rejects a fact and takes it back", async () => {
    const fact = (await store.quantities(id(1)))[0]?.id ?? "";
    const done = await hand.judge(fact, "reject", by);
    expect(done).toMatchObject({ ok: true, decision: { field: "quantity", target: fact } });
    if (!done.ok) return;
    await hand.undo(done.decision.id, by);
    expect(await hand.judge("anone.q1", "reject", by)).toEqual({ ok: false, reason: "no-report" });
  });
});
