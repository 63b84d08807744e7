import { describe, expect, it } from "vitest";
import { writtenIn } from "./home.ts";

describe("the country a page is written in", () => {
  it.each([
    ["https://www.coastpost.co.uk/a", "en", "GB"],
    ["https://coastpost.ie/2024/a", "en-US", "IE"],
    ["https://coastpost.co.in/a", "en", "IN"],
    ["https://coastpost.com/a", "en-GB", "GB"],
    ["https://coastpost.io/a", "en-US", undefined],
    ["https://coastpost.com/a", "en-US", undefined],
    ["file:///tmp/a.html", "en", undefined],
    ["https://127.0.0.1/a", "en", undefined],
    ["not an address", "", undefined],
  ])("%s in %s is %s", (url, language, home) => {
    expect(writtenIn(url, language)).toBe(home);
  });
});
