/** Imports go downward only: the order of the folders under src/ is law, and this is where it is checked. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const SRC = resolve(import.meta.dirname, "../src");
/** Lowest first. Folders on one line are on one rank and do not import one another. */
const RANKS: readonly (readonly string[])[] = [
  ["model"],
  ["text"],
  ["lang"],
  ["feeds", "article", "syntax", "entities"],
  ["copies", "events"],
  ["stories"],
  ["formats", "eval"],
  ["pipeline"],
  ["ports"],
  ["app", "adapters"],
  ["web", "cli"],
  ["main.ts"],
];
/** The one sideways import that is allowed: entities read the parse. */
const SIDEWAYS = new Set(["entities>syntax"]);
const CORE = new Set(RANKS.slice(0, 8).flat());
const EDGE_MODULES =
  /^(node:(fs|net|http|https|child_process|os|dns|tls|worker_threads|process|timers)|undici|libsql|pino|hono|nodemailer)/;

const rankOf = (folder: string): number => RANKS.findIndex((r) => r.includes(folder));
const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((f) => /\.tsx?$/.test(f));
const importsOf = (file: string): string[] =>
  [
    ...readFileSync(join(SRC, file), "utf8").matchAll(
      /^\s*(?:import|export)\b[^"';]*?from\s+"([^"]+)"|^\s*import\s+"([^"]+)"|\bimport\("([^"]+)"\)/gm,
    ),
  ].map((m) => m[1] ?? m[2] ?? m[3] ?? "");

describe("layers", () => {
  it("knows every folder under src/", () => {
    const unknown = [...new Set(files.map((f) => f.split("/")[0] ?? f))].filter((f) => rankOf(f) < 0);
    expect(unknown).toEqual([]);
  });

  it("imports downward only", () => {
    const wrong: string[] = [];
    for (const file of files) {
      // Tests may put a part together with what it is used with.
      if (/(^|\/)test-|\.test\.tsx?$/.test(file)) continue;
      const from = file.split("/")[0] ?? file;
      for (const target of importsOf(file)) {
        if (!target.startsWith(".")) continue;
        const path = relative(SRC, resolve(SRC, file, "..", target));
        const to = path.split("/")[0] ?? path;
        if (to === ".." || to === from) continue;
        if (rankOf(to) < rankOf(from) || SIDEWAYS.has(`${from}>${to}`)) continue;
        wrong.push(`${file} imports ${path}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("keeps disk, network, processes and servers out of the core", () => {
    const wrong: string[] = [];
    for (const file of files) {
      if (!CORE.has(file.split("/")[0] ?? "") || /\.test\.tsx?$/.test(file)) continue;
      for (const target of importsOf(file))
        if (EDGE_MODULES.test(target)) wrong.push(`${file} imports ${target}`);
    }
    expect(wrong).toEqual([]);
  });

  it("uses zod alone in the model", () => {
    const wrong = files
      .filter((f) => f.startsWith("model/") && !f.includes(".test."))
      .flatMap((f) =>
        importsOf(f)
          .filter((t) => !t.startsWith(".") && t !== "zod")
          .map((t) => `${f}: ${t}`),
      );
    expect(wrong).toEqual([]);
  });
});
