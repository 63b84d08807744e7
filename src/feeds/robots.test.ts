import { describe, expect, it } from "vitest";
import { crawlDelay, isAllowed, parseRobots } from "./robots.ts";

const cases: readonly (readonly [string, string, string, string, boolean])[] = [
  ["no rules", "", "DatelineBot", "/a", true],
  ["closed to all", "User-agent: *\nDisallow: /", "DatelineBot", "/a", false],
  ["robots.txt itself", "User-agent: *\nDisallow: /", "DatelineBot", "/robots.txt", true],
  [
    "own group wins over *",
    "User-agent: *\nDisallow: /\n\nUser-agent: DatelineBot\nDisallow: /x",
    "DatelineBot",
    "/a",
    true,
  ],
  [
    "groups of one agent merge",
    "User-agent: a\nDisallow: /x\nUser-agent: b\nDisallow: /\nUser-agent: A\nDisallow: /y",
    "a/1.0",
    "/y",
    false,
  ],
  ["two agents, one group", "User-agent: a\nUser-agent: b\nDisallow: /x", "a", "/x", false],
  ["longest match wins", "User-agent: *\nDisallow: /a\nAllow: /a/b", "x", "/a/b/c", true],
  ["allow wins a tie", "User-agent: *\nDisallow: /a\nAllow: /a", "x", "/a", true],
  ["empty disallow allows", "User-agent: *\nDisallow:", "x", "/a", true],
  ["wildcard", "User-agent: *\nDisallow: /*.pdf", "x", "/d/e.pdf?x", false],
  ["anchor", "User-agent: *\nDisallow: /*.pdf$", "x", "/d/e.pdf?x", true],
  ["anchor at the end", "User-agent: *\nDisallow: /*.pdf$", "x", "/d/e.pdf", false],
  ["a dollar inside is a letter", "User-agent: *\nDisallow: /a$b", "x", "/a$b", false],
  ["paths are case-sensitive", "User-agent: *\nDisallow: /A", "x", "/a", true],
  ["query counts", "User-agent: *\nDisallow: /*?print=1", "x", "/a?print=1", false],
  ["encoded and plain are one", "User-agent: *\nDisallow: /%7ejoe", "x", "/~joe/a", false],
  [
    "letters beyond ASCII",
    "User-agent: *\nDisallow: /жаңалық",
    "x",
    "/%D0%B6%D0%B0%D2%A3%D0%B0%D0%BB%D1%8B%D2%9B/1",
    false,
  ],
  ["misspelt", "User agent: *\nDissallow: /a", "x", "/a", false],
  ["comment and spaces", "user-agent : * # all\n disallow\t: /a # here", "x", "/a", false],
  ["byte order mark, old line ends", "\ufeffUser-agent: *\rDisallow: /a", "x", "/a", false],
  ["a rule before any agent", "Disallow: /\nUser-agent: *\nDisallow: /a", "x", "/b", true],
  [
    "a sitemap line parts nothing",
    "User-agent: a\nSitemap: https://g.example/s.xml\nUser-agent: *\nDisallow: /",
    "a",
    "/x",
    false,
  ],
  [
    "an allowed index page allows its folder",
    "User-agent: *\nDisallow: /\nAllow: /a/index.html",
    "x",
    "/a/",
    true,
  ],
  [
    "an agent of two words is none",
    "User-agent: *\nDisallow: /\nUser-agent: Foo Bar\nAllow: /",
    "Foo Bar",
    "/x",
    false,
  ],
  ["encoded rule, allowed by one reading only", "User-agent: *\nDisallow: /\nAllow: /%62", "x", "/b", false],
  ["encoded rule, encoded address", "User-agent: *\nDisallow: /\nAllow: /%62", "x", "/%62", true],
  ["plain rule, encoded address", "User-agent: *\nDisallow: /\nAllow: /~b", "x", "/%7Eb", true],
  [
    "whole header as agent",
    "User-agent: datelinebot\nDisallow: /",
    "Mozilla/5.0 (compatible; DatelineBot/1.2; +https://g.example/)",
    "/x",
    false,
  ],
];

describe("isAllowed", () => {
  it.each(cases)("%s", (_name, robots, agent, path, allowed) => {
    expect(isAllowed(parseRobots(robots), agent, `https://gazette.example${path}`)).toBe(allowed);
  });

  it("does not slow down on many asterisks", () => {
    const robots = parseRobots(`User-agent: *\nDisallow: /${"*a".repeat(4000)}b$`);
    expect(isAllowed(robots, "x", `https://gazette.example/${"a".repeat(8000)}`)).toBe(true);
  });
});

it("reads delays and sitemaps", () => {
  const robots = parseRobots(
    "Sitemap: https://g.example/s.xml\nUser-agent: *\nCrawl-delay: 2.5\nUser-agent: b\nRequest-rate: 1/10m",
  );
  expect(robots.sitemaps).toEqual(["https://g.example/s.xml"]);
  expect(crawlDelay(robots, "x")).toBe(2.5);
  expect(crawlDelay(robots, "b")).toBe(600);
});
