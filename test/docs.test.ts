/** The docs name every field, port, command and route; pages made from code are the code's. */
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { dataModelPage } from "../src/formats/data-model-page.ts";

const root = resolve(import.meta.dirname, "..");
const read = (file: string) => readFileSync(resolve(root, file), "utf8");

describe("docs", () => {
  it("has the data model as the code has it (npm run docs)", () => {
    expect(read("docs/data-model.md")).toBe(dataModelPage());
  });

  it("has a line for every dependency", () => {
    const pkg: { dependencies: Record<string, string>; devDependencies: Record<string, string> } = JSON.parse(
      read("package.json"),
    );
    const page = read("docs/decisions/0002-dependencies.md");
    const missing = [...Object.keys(pkg.dependencies), ...Object.keys(pkg.devDependencies)].filter(
      (name) => !name.startsWith("@types/") && !page.includes(`\`${name}\``),
    );
    expect(missing).toEqual([]);
  });

  it("says where every table comes from", () => {
    const tables = readdirSync(resolve(root, "data"), { withFileTypes: true }).filter((d) => d.isDirectory());
    const missing = tables.filter(
      (d) => !readdirSync(resolve(root, "data", d.name)).some((f) => /^(SOURCE|README|SCHEMA)\.md$/.test(f)),
    );
    expect(missing.map((d) => d.name)).toEqual([]);
  });
});
