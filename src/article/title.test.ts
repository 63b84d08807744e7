import { describe, expect, it } from "vitest";
import { collect } from "./collect.ts";
import { parseMarkup } from "./dom.ts";
import { readTitle, stripSite } from "./title.ts";

const sites = new Set(["lowmerecourier", "courier"]);

describe("stripSite", () => {
  it.each([
    ["Pier to close | Lowmere Courier", "Pier to close"],
    ["Pier to close - and who pays - Lowmere Courier", "Pier to close - and who pays"],
    ["Grain: why prices rise", "Grain: why prices rise"],
    ["Lowmere Courier: Pier to close", "Pier to close"],
    ["Pier to close | Town | The Lowmere Courier", "Pier to close | Town"],
    ["Pier to close | Lowmere Courier | News from the coast", "Pier to close"],
    ["Harbour – a history", "Harbour – a history"],
    ["Courier: a life on the road", "Courier: a life on the road"],
  ])("%s", (title, expected) => {
    expect(stripSite(title, sites)).toBe(expected);
  });
});

describe("readTitle", () => {
  const title = (head: string, body: string) => {
    const index = collect(parseMarkup(`<html><head>${head}</head><body>${body}</body></html>`).root);
    const { title, kicker } = readTitle(index, undefined, "Lowmere Courier", "courier.example");
    return [title, kicker];
  };
  it.each<[string, string, string, readonly (string | undefined)[]]>([
    [
      "kicker in a span before bare text",
      "<title>Pier: what visitors should know - courier.example</title>",
      '<h1><span class="entry-title__toptitle">Avoiding the crowd</span> Pier: what visitors should know</h1>',
      ["Pier: what visitors should know", "Avoiding the crowd"],
    ],
    [
      "rubric in italics that no declared headline has",
      '<meta property="og:title" content="The council remembers the flood">',
      "<h1><em>Day of memory</em> The council remembers the flood</h1>",
      ["The council remembers the flood", "Day of memory"],
    ],
    [
      "words for screen readers",
      '<meta property="og:title" content="The pier is closed">',
      '<h1><span class="visuallyhidden">Headline:</span> The pier is closed</h1>',
      ["The pier is closed", undefined],
    ],
    [
      "a part named the headline",
      "<title>Tides, storms: council closes the old pier</title>",
      '<h1><span class="green">Tides – storms</span><span class="invisible">: </span><span class="headline">Council closes the old pier, tenants protest</span></h1>',
      ["Council closes the old pier, tenants protest", "Tides – storms"],
    ],
    [
      "section heading beside the headline",
      '<title>News - Lowmere Courier</title><meta property="og:title" content="The boats start from the harbour">',
      '<h1 class="pagetitle">News</h1><h1>The boats start from the harbour</h1>',
      ["The boats start from the harbour", undefined],
    ],
    [
      "site's name as a heading",
      "<title>The boats start from the harbour – Letters from the coast of Tarn</title>",
      '<h1 class="site-title"><a href="/" rel="home">Letters from the coast of Tarn</a></h1><h1>The boats start from the harbour</h1>',
      ["The boats start from the harbour", undefined],
    ],
    [
      "short heading with which the declared one begins",
      "<title>Plum cake - recipe of Baker.example</title>",
      "<h1>Plum cake</h1>",
      ["Plum cake", undefined],
    ],
    [
      "headline set as a small heading",
      "<title>Rowing club of Tarn - Council closes the old pier - Press - News</title>",
      "<h2>Rowing club</h2><h3>Council closes the old pier</h3>",
      ["Council closes the old pier", undefined],
    ],
  ])("%s", (_name, head, body, expected) => {
    expect(title(head, body)).toEqual(expected);
  });
});
