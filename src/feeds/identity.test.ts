import { describe, expect, it } from "vitest";
import type { FeedItem } from "../model/index.ts";
import { itemKey } from "./identity.ts";

const item = (fields: Partial<FeedItem>): FeedItem => ({ authors: [], categories: [], media: [], ...fields });

describe("itemKey", () => {
  it.each([
    ["guid", { guid: "gz-7", url: "https://g.example/7" }, "guid:gz-7"],
    [
      "guid that is the address",
      { guid: "https://g.example/7", guidIsLink: true, url: "https://g.example/7" },
      "url:https://g.example/7",
    ],
    [
      "address without campaign",
      { url: "https://g.example/7?id=1&utm_source=rss&fbclid=x#top" },
      "url:https://g.example/7?id=1",
    ],
  ])("%s", (_name, fields, key) => {
    expect(itemKey(item(fields))).toBe(key);
  });
  it("falls back on title and date", () => {
    expect(itemKey(item({ title: "a" }))).toBe(itemKey(item({ title: "a" })));
    expect(itemKey(item({ title: "a" }))).not.toBe(itemKey(item({ title: "b" })));
  });
});
