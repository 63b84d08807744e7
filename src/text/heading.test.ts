import { describe, expect, it } from "vitest";
import { headingOf } from "./heading.ts";

describe("what stands for an article in a list", () => {
  it("is its headline", () => {
    expect(headingOf({ title: "Dam holds", text: "Dam holds\n\nIt rained." })).toBe("Dam holds");
  });
  it("is the opening of a text without one, whole where it is short, else cut between words", () => {
    expect(headingOf({ title: "", text: "\nAll schools are closed today.\nMore at noon." })).toBe(
      "All schools are closed today.",
    );
    const long = headingOf({ title: "", text: "The ministry says that ".repeat(12) });
    expect(long).toMatch(/^The ministry says .* \S+…$/);
    expect(long.length).toBeLessThanOrEqual(91);
    expect(headingOf({ title: "", text: "あ".repeat(300) })).toBe(`${"あ".repeat(45)}…`);
  });
  it("is nothing where there is nothing", () => {
    expect(headingOf({ title: "", text: "" })).toBe("");
  });
});
