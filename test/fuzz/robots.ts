/** Fuzz target: robots.txt. A decision must always come, and the same rules must decide the same way twice. */
import fc from "fast-check";
import { crawlDelay, isAllowed, parseRobots } from "../../src/feeds/robots.ts";
import { type FuzzTarget, must } from "./mutate.ts";

const words = [
  "User-agent: ",
  "Disallow: ",
  "Allow: ",
  "Crawl-delay: ",
  "Sitemap: ",
  "*",
  "$",
  "%2F",
  "%",
  "#",
  ":",
  "\n",
  "\r",
  "\r\n",
  "\t",
  " ",
  "/",
  "?",
  "\ufeff",
  "ж",
  "\u0000",
  "1e999",
  "-1",
  "*".repeat(50),
];
const line = fc
  .tuple(
    fc.constantFrom(...words),
    fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 12 })),
    fc.constantFrom("\n", "\r", "", " "),
  )
  .map((parts) => parts.join(""));
const PATHS = [
  "/",
  "/a",
  "/a/b.html?c=d",
  "/%7Ejoe/ж",
  "/robots.txt",
  "",
  "https://gazette.example",
  "//x/y",
  "/a$b*c",
  "/%",
];

export const robotsTarget: FuzzTarget = {
  name: "robots",
  corpus: [
    "User-agent: *\nDisallow: /private/\nAllow: /private/open$\nCrawl-delay: 3\n\nSitemap: https://gazette.example/sitemap.xml\n",
    "# none\nuser-agent: DatelineBot\nuser-agent: Other\ndisallow: /*.pdf$\nallow: /%D0%B6\n\nUser-agent: *\nDisallow: /\n",
  ].map((text) => new TextEncoder().encode(text)),
  words,
  invent: (seed, count) =>
    fc
      .sample(fc.array(line, { maxLength: 12 }), { seed, numRuns: count })
      .map((lines) => new TextEncoder().encode(lines.join(""))),
  check(bytes, turn) {
    const robots = parseRobots(new TextDecoder().decode(bytes));
    const path = PATHS[turn % PATHS.length] ?? "/";
    for (const agent of ["DatelineBot/1.0", "*", ""]) {
      const allowed = isAllowed(robots, agent, path);
      must(typeof allowed === "boolean" && allowed === isAllowed(robots, agent, path), "no steady decision");
      const delay = crawlDelay(robots, agent);
      must(delay === undefined || (Number.isFinite(delay) && delay >= 0), "a delay that is no time");
    }
  },
};
