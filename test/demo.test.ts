/**
 * The demonstration archive is data and nothing else: every page says what it is, the index is complete, and no name,
 * host or telling number of it stands in the source. Leaves out whether the pages read well; the pipeline's tests do that.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { Edition, Outlet } from "../src/model/index.ts";

const root = join(import.meta.dirname, "..");
const demo = join(root, "data/demo");

const Entry = z.object({
  url: z.url(),
  file: z.string(),
  contentType: z.string(),
  fetchedAt: z.iso.datetime(),
  status: z.int().optional(),
});
/** A later visit that found the page gone. */
const Gone = Entry.pick({ url: true, fetchedAt: true }).extend({ status: z.literal([404, 410]) });
const Index = z.object({
  demo: z.literal(true),
  about: z.string(),
  pages: z.array(z.union([Entry, Gone])),
  feeds: z.array(Entry),
});

function files(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

function json(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** The pages' own charset: only the markers are looked for, so any single-byte reading will do. */
function latin(path: string): string {
  return readFileSync(path, "latin1");
}

const whole = Index.parse(json(join(demo, "index.json")));
const index = { ...whole, pages: whole.pages.filter((e): e is z.infer<typeof Entry> => "file" in e) };
const outlets = z.array(Outlet).parse(json(join(demo, "outlets.json")));
const hosts = new Set(outlets.flatMap((outlet) => outlet.hosts));

describe("index of the demonstration archive", () => {
  it.each(["pages", "feeds"] as const)("lists every file under %s once, and no other", (part) => {
    const listed = index[part].map((entry) => entry.file).sort();
    const found = files(join(demo, part))
      .map((path) => relative(demo, path))
      .sort();
    expect(listed).toEqual(found);
  });

  it("gives every address to an outlet of the table", () => {
    const strangers = [...index.pages, ...index.feeds].filter((entry) => !hosts.has(new URL(entry.url).host));
    expect(strangers.map((entry) => entry.url)).toEqual([]);
  });

  it("tells of no page that it is gone which was not there before", () => {
    const gone = whole.pages.filter((e) => !("file" in e));
    expect(gone.length).toBeGreaterThan(0);
    for (const { url, fetchedAt } of gone)
      expect(index.pages.some((p) => p.url === url && p.fetchedAt < fetchedAt)).toBe(true);
  });

  it("is in the order of fetching", () => {
    const times = whole.pages.map((entry) => entry.fetchedAt);
    expect(times).toEqual([...times].sort());
  });
});

describe("every demonstration page", () => {
  it.each(index.pages.map((entry) => entry.file))(
    "%s says what it is, to readers and to programs",
    (file) => {
      const text = latin(join(demo, file));
      expect(text).toContain('<meta name="dateline-demo" content="invented outlet">');
      expect(text).toContain("Demonstration page: the outlet is invented");
    },
  );

  it("links to nothing outside .example but the vocabularies of its markup", () => {
    const vocabularies =
      /^(schema\.org|ogp\.me|www\.w3\.org|purl\.org|search\.yahoo\.com|www\.sitemaps\.org|www\.google\.com|jsonfeed\.org)$/;
    const foreign = [...index.pages, ...index.feeds].flatMap((entry) =>
      [...latin(join(demo, entry.file)).matchAll(/https?:\/\/([^/"'<\s]+)/g)]
        .map((match) => match[1] ?? "")
        .filter((host) => !host.endsWith(".example") && !vocabularies.test(host)),
    );
    expect(foreign).toEqual([]);
  });

  it("is marked as demonstration in the table of outlets", () => {
    expect(outlets.filter((outlet) => !outlet.demo)).toEqual([]);
  });
});

describe("the source knows nothing of it", () => {
  const sources = files(join(root, "src")).filter(
    (path) => /\.(ts|js|css|json)$/.test(path) && !path.endsWith(".test.ts"),
  );
  const text = new Map(sources.map((path) => [relative(root, path), readFileSync(path, "utf8")]));

  it.each(outlets.map((outlet) => outlet.name))("names no outlet: %s", (name) => {
    expect([...text].filter(([, body]) => body.includes(name)).map(([path]) => path)).toEqual([]);
  });

  it.each([...hosts])("names no host: %s", (host) => {
    expect([...text].filter(([, body]) => body.includes(host)).map(([path]) => path)).toEqual([]);
  });

  it.each(["Zhanaozen", "Tokayev", "Massimov"])("tells no story by itself: %s", (word) => {
    expect([...text].filter(([, body]) => body.includes(word)).map(([path]) => path)).toEqual([]);
  });

  it.each([/\b164 (people|killed|dead)\b/, /at least 164/, /\b225 (dead|killed|bodies)/, /almost 8,000/])(
    "carries no number of it: %s",
    (pattern) => {
      const lines = [...text].flatMap(([path, body]) =>
        body
          .split("\n")
          .filter((line) => pattern.test(line))
          .map((line) => `${path}: ${line.trim()}`),
      );
      expect(lines).toEqual([]);
    },
  );
});

describe("editions", () => {
  it.each(readdirSync(join(root, "data/editions")).filter((name) => name.endsWith(".json")))(
    "%s fits the model",
    (name) => {
      expect(Edition.parse(json(join(root, "data/editions", name))).id).toBe(
        name === "default.json" ? "default" : name.slice(0, -5),
      );
    },
  );
});
