import { describe, expect, it } from "vitest";
import { isFrontDoor, urlDay, urlHost, urlKey } from "./url.ts";

describe("urlKey", () => {
  it.each([
    ["https://www.ridge.example/a/story?utm_source=x&utm_medium=y", "ridge.example/a/story"],
    ["http://ridge.example/a/story/", "ridge.example/a/story"],
    ["https://m.ridge.example/a/story#comments", "ridge.example/a/story"],
    ["https://amp.ridge.example/a/story", "ridge.example/a/story"],
    ["https://ridge.example/a/story/amp/", "ridge.example/a/story"],
    ["https://ridge.example/a/story.amp.html", "ridge.example/a/story.html"],
    ["https://ridge.example/a/story?amp=1", "ridge.example/a/story"],
    ["https://www.google.com/amp/s/ridge.example/a/story", "ridge.example/a/story"],
    ["https://ridge-example.cdn.ampproject.org/c/s/ridge.example/a/story", "ridge.example/a/story"],
    ["https://ridge.example/news.php?id=7&fbclid=abc", "ridge.example/news.php?id=7"],
    ["https://ridge.example/news.php?b=2&a=1", "ridge.example/news.php?a=1&b=2"],
    ["https://ridge.example/index.html", "ridge.example"],
    ["https://ridge.example/#!/story/7", "ridge.example#!/story/7"],
    ["HTTPS://Ridge.Example:443/A", "ridge.example/A"],
  ])("%s", (url, key) => expect(urlKey(url)).toBe(key));

  it.each(["mailto:desk@ridge.example", "not an address", "javascript:void(0)"])("has none for %s", (url) =>
    expect(urlKey(url)).toBeUndefined(),
  );
});

describe("what an address tells", () => {
  it.each([
    ["https://ridge.example/2031/05/04/flood.html", "2031-05-04"],
    ["https://ridge.example/news/2031/may/4/flood", "2031-05-04"],
    ["https://ridge.example/flood-2031-05-04", "2031-05-04"],
    ["https://ridge.example/20310504/flood", "2031-05-04"],
    ["https://ridge.example/flood-1234567", undefined],
    ["https://ridge.example/2031/13/40/x", undefined],
  ])("day of %s", (url, day) => expect(urlDay(url)).toBe(day));

  it("knows a front door from a page", () => {
    expect(isFrontDoor("https://ridge.example/")).toBe(true);
    expect(isFrontDoor("https://ridge.example/flood")).toBe(false);
    expect(urlHost("https://www.ridge.example/flood")).toBe("ridge.example");
  });
});
