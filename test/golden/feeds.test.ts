/**
 * Feeds of our own invention, each with the record it must become. A folder without expected.json gets one when the test
 * runs on a desk, and fails in CI: look at it before committing.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readFeed } from "../../src/feeds/read-feed.ts";

const root = new URL("./feeds/", import.meta.url);

describe("golden feeds", () => {
  it.each(readdirSync(root))("%s", (name) => {
    const folder = new URL(`${name}/`, root);
    const source = readdirSync(folder).find((file) => file.startsWith("source.")) ?? "source.xml";
    const result = readFeed(readFileSync(new URL(source, folder)), { url: `https://${name}.example/feed` });
    const expected = new URL("expected.json", folder);
    if (!existsSync(expected)) {
      expect(process.env["CI"], `no expected.json for ${name}`).toBeUndefined();
      writeFileSync(expected, `${JSON.stringify(result, null, 2)}\n`);
    }
    expect(JSON.parse(JSON.stringify(result))).toEqual(JSON.parse(readFileSync(expected, "utf8")));
  });
});
