import { describe, expect, it } from "vitest";
import { stripSite } from "./title.ts";

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
