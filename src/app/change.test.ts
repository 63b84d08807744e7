/** Kinds of change between two states of an article. */
import { describe, expect, it } from "vitest";
import { changeBetween } from "./change.ts";

const state = (text: string, more: Partial<Parameters<typeof changeBetween>[0]> = {}) => ({
  title: "Headline",
  text: `Headline\n\n${text}`,
  wireTags: [],
  ...more,
});
const base =
  "The bridge was closed on Monday after cracks were found.\n\nThe city said repairs would take a week.";

describe("change", () => {
  it.each([
    ["a comma", state(`${base},`), "edit"],
    ["a word replaced", state(base.replace("week", "month")), "edit"],
    ["paragraphs moved", state(base.split("\n\n").reverse().join("\n\n")), "edit"],
    [
      "much added",
      state(`${base}\n\n${"A witness said that she had heard a loud noise before dawn. ".repeat(4)}`),
      "update",
    ],
    ["tag CORRECTED", state(base, { wireTags: ["CORRECTED"] }), "correction"],
    ["tag UPDATE", state(base, { wireTags: ["UPDATE"] }), "update"],
    ["tag WITHDRAWN", state(base, { wireTags: ["WITHDRAWN"] }), "retraction"],
    [
      "a correction note",
      state(base, { correction: "An earlier version gave the wrong day." }),
      "correction",
    ],
    ["a retraction note", state(base, { correction: "This article has been retracted." }), "retraction"],
  ])("%s", (_what, after, kind) => {
    expect(changeBetween(state(base), after).kind).toBe(kind);
  });

  it("counts words added and removed", () => {
    expect(changeBetween(state(base), state(base.replace("a week", "two months")))).toMatchObject({
      added: 2,
      removed: 2,
    });
  });

  it("does not count a tag that was there before", () => {
    expect(
      changeBetween(state(base, { wireTags: ["CORRECTED"] }), state(`${base}!`, { wireTags: ["CORRECTED"] }))
        .kind,
    ).toBe("edit");
  });
});
