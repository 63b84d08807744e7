import { describe, expect, it } from "vitest";
import { type Draft, makeArticle } from "../../test/make-reading.ts";
import { createCopyIndex } from "./index.ts";
import { partsFrom } from "./provenance.ts";
import { shinglesOf } from "./shingles.ts";

/** Invented text without end, of invented words: the same seed gives the same sentences. */
const prose = (seed: number, sentences: number): string => {
  const next = (n: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return (seed >> 8) % n;
  };
  const word = (): string =>
    Array.from({ length: 1 + next(3) }, () => `${"bdfklmnprstv"[next(12)]}${"aeiou"[next(5)]}`).join("");
  return Array.from({ length: sentences }, () => `The ${Array.from({ length: 14 }, word).join(" ")}.`).join(
    " ",
  );
};
const halves = (text: string): [string, string] => [
  text.slice(0, text.length / 2),
  text.slice(text.length / 2),
];
/** Every eighth word replaced. */
const reworded = (text: string): string =>
  text
    .split(" ")
    .map((w, i) => (i % 8 === 3 ? `${w}ish` : w))
    .join(" ");

const ORIGINAL = prose(7, 24);
const OTHER = prose(99, 24);
const at = (hour: number): string => `2031-05-01T${String(hour).padStart(2, "0")}:00:00Z`;
const run = (drafts: readonly Draft[]) => {
  const index = createCopyIndex();
  const links = new Map<string, ReturnType<typeof index.add>["links"][number]>();
  for (const d of drafts) {
    const { links: found, freed } = index.add({ article: makeArticle(d) });
    for (const id of freed) links.delete(id);
    for (const l of found) if (!links.has(l.copy) || l.original !== undefined) links.set(l.copy, l);
  }
  return links;
};

describe("createCopyIndex", () => {
  const first: Draft = { id: "first", outlet: "Hill Gazette", at: at(6), body: ORIGINAL };
  it.each<[string, string, string]>([
    ["an exact copy", ORIGINAL, "duplicate"],
    ["a copy that was cut", halves(ORIGINAL)[0], "excerpt"],
    ["the opening lines alone", `${ORIGINAL.split(". ").slice(0, 3).join(". ")}. Read more »`, "excerpt"],
    ["every eighth word changed", reworded(ORIGINAL), "rewrite"],
    ["furniture around it", `Advertisement\nShare this\n${ORIGINAL}\nSource link`, "reprint"],
    ["broken characters", ORIGINAL.replace(/The/g, "â€œThe"), "reprint"],
  ])("finds %s", (_, body, kind) => {
    const links = run([first, { id: "copy", at: at(9), body }]);
    expect(links.get("copy")).toMatchObject({ original: "first" });
    // Shares are estimated from a sample: a whole copy may be called a reprint.
    expect([kind, "duplicate"]).toContain(links.get("copy")?.kind);
    expect(links.has("first")).toBe(false);
  });

  it("does not link other texts, nor texts that share a paragraph", () => {
    const shared = ORIGINAL.split(". ").slice(0, 4).join(". ");
    expect(run([first, { id: "x", at: at(9), body: OTHER }]).size).toBe(0);
    expect(run([first, { id: "x", at: at(9), body: `${OTHER} ${shared}.` }]).size).toBe(0);
  });

  it("does not link by furniture that many pages carry", () => {
    const furniture = prose(5, 4);
    const pages = Array.from({ length: 60 }, (_, i) => ({
      id: `p${String(i).padStart(2, "0")}`,
      at: at(6),
      body: `${prose(1000 + i * 77, 10)} ${furniture}`,
    }));
    expect(run(pages).size).toBe(0);
  });

  it("turns to an original that comes in late, and the earlier copies with it", () => {
    const links = run([
      { id: "one", at: at(9), body: halves(ORIGINAL)[0] },
      { id: "two", outlet: "Vale Herald", at: at(10), body: ORIGINAL },
      first,
    ]);
    expect([links.get("one")?.original, links.get("two")?.original]).toEqual(["first", "first"]);
  });

  it("has the agency as the origin although a client was read first", () => {
    const links = run([
      { id: "client", at: at(6), body: ORIGINAL },
      { id: "wire", outlet: "Reuters", at: at(6), body: ORIGINAL },
    ]);
    expect(links.get("client")?.original).toBe("wire");
  });

  it("keeps an original that is not in the archive as unknown, with what names it", () => {
    const links = run([
      { id: "x", at: at(6), body: `${ORIGINAL}\n\nThis story was originally published by Hill Gazette.` },
    ]);
    expect(links.get("x")).toMatchObject({ originalOutlet: "Hill Gazette", kind: "reprint" });
    expect(links.get("x")?.original).toBeUndefined();
    expect(
      run([{ id: "x", at: at(6), body: `${ORIGINAL}\n\nSource link` }]).get("x")?.originalOutlet,
    ).toBeUndefined();
  });

  it("links a translation by its source link, whichever came first", () => {
    const source = {
      url: "https://hillgazette.example/first",
      words: "Original",
      relation: "source",
    } as const;
    const translated: Draft = {
      id: "t",
      at: at(9),
      language: "es",
      body: prose(31, 8),
      sourceLinks: [source],
    };
    for (const order of [
      [first, translated],
      [translated, first],
    ])
      expect(run(order).get("t")).toMatchObject({ original: "first", kind: "translation" });
  });

  it("names two parents of a text mixed from two", () => {
    const index = createCopyIndex();
    index.add({ article: makeArticle(first) });
    index.add({ article: makeArticle({ id: "second", outlet: "Vale Herald", at: at(6), body: OTHER }) });
    const { links } = index.add({
      article: makeArticle({ id: "mix", at: at(9), body: `${halves(ORIGINAL)[0]}\n${halves(OTHER)[0]}` }),
    });
    expect(links.map((l) => [l.original, l.kind]).sort()).toEqual([
      ["first", "mixed"],
      ["second", "mixed"],
    ]);
  });

  it("goes on after a restart as if nothing had been", () => {
    const drafts: Draft[] = [first, { id: "cut", at: at(9), body: halves(ORIGINAL)[0] }];
    const index = createCopyIndex();
    const sketches = drafts.map((d) => index.add({ article: makeArticle(d) }).sketch);
    const again = createCopyIndex();
    for (const s of sketches) again.restore(s);
    const next = { article: makeArticle({ id: "new", at: at(11), body: reworded(ORIGINAL) }) };
    expect(again.add(next).links).toEqual(index.add(next).links);
    expect(again.size()).toBe(3);
  });
});

describe("shingles", () => {
  it("samples the same triples wherever they stand", () => {
    const alone = shinglesOf(OTHER, 4, 4).hashes;
    const inside = new Set(shinglesOf(`${ORIGINAL} ${OTHER}`, 4, 4).hashes);
    expect(alone.every((h) => inside.has(h))).toBe(true);
  });
  it("knows words of scripts without spaces", () =>
    expect(shinglesOf("今日は良い天気です", 1, 1).total).toBe(7));
  it("keeps offsets true where lower case is longer", () =>
    expect(shinglesOf("İstanbul Belediyesi bugün açıkladı", 1, 1).offsets[0]).toBe(0));
});

describe("partsFrom", () => {
  it("gives the paragraphs that come from the original", () => {
    const copy = `${OTHER.slice(0, 400)}\n${ORIGINAL.slice(0, 600)}\nOur own closing words stand here.`;
    const { parts, share } = partsFrom(copy, ORIGINAL);
    expect(parts.map((p) => p.span.start)).toEqual([401]);
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.75);
  });
});
