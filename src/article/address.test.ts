import { describe, expect, it } from "vitest";
import { absolute, canonicalOf, cleanUrl, siteOf } from "./address.ts";

describe("addresses", () => {
  it.each([
    ["https://a.example/x?utm_source=feed&id=7#top", "https://a.example/x?id=7"],
    ["https://a.example/x?fbclid=1", "https://a.example/x"],
  ])("cleans %s", (url, clean) => expect(cleanUrl(url)).toBe(clean));

  it.each([
    ["www.news.example.co.uk", "example.co.uk"],
    ["m.paper.example", "paper.example"],
    ["10.0.0.1", "10.0.0.1"],
  ])("site of %s", (host, site) => expect(siteOf(host)).toBe(site));

  it.each([
    ["javascript:alert(1)", undefined],
    ["//b.example/x", "https://b.example/x"],
    ["http://[", undefined],
  ])("makes %s absolute", (href, url) => expect(absolute(href, "https://a.example/")).toBe(url));

  it.each([
    ["front page of the same site", ["https://a.example/"], undefined, undefined],
    ["own address", ["https://a.example/story?utm_medium=x"], "https://a.example/story", undefined],
    ["another site", ["https://b.example/story"], undefined, "https://b.example/story"],
  ])("canonical: %s", (_name, candidates, own, foreign) => {
    expect(canonicalOf(candidates, "https://a.example/story")).toEqual({ own, foreign });
  });
});
