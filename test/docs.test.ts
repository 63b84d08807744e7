/** The docs name every field, port, command and route; pages made from code are the code's. */
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { dataModelPage } from "../src/formats/data-model-page.ts";
import { COLUMNS } from "../src/formats/rows.ts";

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

  it("names every command, option, variable, page and column in docs/reference.md", () => {
    const page = read("docs/reference.md");
    const cli = read("src/cli/index.ts");
    const inSources = (folder: string, pattern: RegExp): string[] =>
      readdirSync(resolve(root, folder), { recursive: true, encoding: "utf8" })
        .filter((f) => /\.tsx?$/.test(f) && !f.includes(".test."))
        .flatMap((f) => [...read(`${folder}/${f}`).matchAll(pattern)].map((m) => m[1] ?? ""));
    const names = [
      ...[...cli.matchAll(/"(--[a-z-]+)/g)].map((m) => m[1] ?? ""),
      ...[...cli.matchAll(/\.command\("([a-z]+)"\)/g)].map((m) => m[1] ?? ""),
      ...inSources("src", /process\.env\["([A-Z_]+)"\]/g),
      ...[...read("src/web/app.tsx").matchAll(/\bpage\("([^"]+)"/g)].map((m) => m[1] ?? ""),
      ...Object.values(COLUMNS)
        .flat()
        .map((c) => `\`${c}\``),
    ];
    expect(names.length).toBeGreaterThan(100);
    expect([...new Set(names)].filter((name) => !page.includes(name))).toEqual([]);
  });

  it("says where every table comes from", () => {
    const tables = readdirSync(resolve(root, "data"), { withFileTypes: true }).filter((d) => d.isDirectory());
    const missing = tables.filter(
      (d) => !readdirSync(resolve(root, "data", d.name)).some((f) => /^(SOURCE|README|SCHEMA)\.md$/.test(f)),
    );
    expect(missing.map((d) => d.name)).toEqual([]);
  });
});
