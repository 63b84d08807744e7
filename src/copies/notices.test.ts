import { describe, expect, it } from "vitest";
import { makeArticle } from "../../test/make-reading.ts";
import type { Article } from "../model/index.ts";
import { isMeant, noticeOf } from "./notices.ts";

const NOW = Date.parse("2031-05-02T12:00:00Z");
const HOUR = 3_600_000;
const article = (title: string, body: string, more: Partial<Article> = {}): Article => ({
  ...makeArticle({ id: `a${title.length}${body.length}`, outlet: "Quill Wire", title, body }),
  ...more,
});
const kill = (title: string, body: string) =>
  noticeOf(article(title, body, { wireTags: ["KILL"], genre: "advisory" }), NOW);

describe("noticeOf", () => {
  it.each([
    ["KILL: Dam at Quill fails", "Please kill the item.", ["Dam at Quill fails"], []],
    ["BULLETIN KILL - UPDATE 2-Dam at Quill fails", "Please kill.", ["Dam at Quill fails"], []],
    [
      "Notice to clients",
      'Kill the item headlined "Dam at Quill fails", sent today.',
      ["Dam at Quill fails"],
      [],
    ],
    ["Notice to clients", "Kill the story slugged QUILL-DAM/ of today.", [], ["QUILL-DAM/"]],
  ])("%s", (title, body, headlines, slugs) => {
    const notice = kill(title, body);
    expect(notice?.headlines).toEqual(headlines);
    expect(notice?.slugs).toEqual(slugs);
  });
  it("is no notice that names nothing", () =>
    expect(kill("Notice to clients", "The item is killed.")).toBeUndefined());
  it("is no notice without the wire's word", () =>
    expect(noticeOf(article("Dam at Quill fails", "It failed."), NOW)).toBeUndefined());
});

describe("isMeant", () => {
  const notice = kill("KILL: Dam at Quill fails", "Also the story slugged quill-dam-fails.");
  const credited = { outletId: "other" as Article["outletId"], outletName: "Other" };
  it.each([
    ["the item", article("Dam at Quill fails", "x"), -HOUR, true],
    ["an update of it", article("UPDATE 1-Dam at Quill fails", "x"), -HOUR, true],
    [
      "the item by its slug",
      article("Dam bursts", "x", { url: "https://w.example/1/quill-dam-fails" }),
      -HOUR,
      true,
    ],
    [
      "a client that credits the wire",
      article("Dam at Quill fails", "x", {
        ...credited,
        credits: [{ words: "Quill Wire", agency: "Quill Wire" }],
      }),
      -HOUR,
      true,
    ],
    ["another outlet on its own", article("Dam at Quill fails", "x", credited), -HOUR, false],
    ["another item", article("Dam at Quill holds", "x"), -HOUR, false],
    ["the substitute sent later", article("Dam at Quill fails", "x"), 2 * HOUR, false],
    ["an item of long ago", article("Dam at Quill fails", "x"), -20 * 24 * HOUR, false],
  ])("%s", (_, other, after, meant) => {
    if (!notice) throw new Error("no notice");
    expect(isMeant(notice, other, NOW + after)).toBe(meant);
  });
});
