/** What an article's page says above its text: nothing twice, and the film before the words about it. */
import { describe, expect, it } from "vitest";
import { site } from "../test-site.ts";
import type { Fact } from "../ui/marked.tsx";
import { opensWith } from "./article.tsx";
import { listed } from "./fact-card.tsx";

describe("above the text of an article", () => {
  const title = "Ministry counts 26";
  const note = "(Corrects paragraph 2 to make clear that the 18 are not part of the 26)";

  it.each([
    ["the note opens the text", `${title}\n\n${note}\n\nThe ministry said on Friday.`, true],
    ["the text does not have it", `${title}\n\nThe ministry said on Friday.`, false],
    ["it stands at the foot", `${title}\n\n${"The ministry said on Friday. ".repeat(9)}\n\n${note}`, false],
  ])("a correction is set apart unless %s", (_name, text, expected) => {
    expect(opensWith({ title, text }, note)).toBe(expected);
  });

  it("a film is a link away, with its length; a text without one offers none", async () => {
    const { page } = await site();
    const film = await page("/article/aflm01");
    const head = film.slice(film.indexOf("<h1"), film.indexOf('class="text'));
    expect(head).toContain("Watch at Lens Film");
    expect(head).toContain("1:42");
    expect(await page("/article/adam05")).not.toContain("Watch at");
  });
});

describe("the list of facts", () => {
  const facts = (...measures: readonly string[]): readonly Fact[] =>
    measures.map((measure, i) => ({ kind: "quantity", fact: { id: `q${i}`, measure } }) as unknown as Fact);
  const ids = (list: readonly Fact[]) => list.map((f) => f.fact.id);

  it("is whole and in the order of the text where there are few", () => {
    const few = facts("duration", "killed", "other");
    expect(listed(few)).toEqual({ first: few, rest: [] });
  });

  it("begins with what stories are told by where there are many, and loses none", () => {
    const many = facts(...Array.from({ length: 20 }, () => "other"), "killed", "injured");
    const { first, rest } = listed(many);
    expect(ids(first).slice(0, 3)).toEqual(["q20", "q21", "q0"]);
    expect(first).toHaveLength(12);
    expect([...ids(first), ...ids(rest)].toSorted()).toEqual(ids(many).toSorted());
  });
});
