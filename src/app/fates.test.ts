import { describe, expect, it } from "vitest";
import { type Draft, filing } from "../../test/conformance/make.ts";
import { createMemoryStore } from "../adapters/store-memory/index.ts";
import type { Article, Filing } from "../model/index.ts";
import { createFates, fileRemoval } from "./fates.ts";

const WIRE = "wire.example";
const piece = (d: Draft, more: Partial<Article> = {}): Filing => {
  const made = filing(d);
  return { ...made, reading: { ...made.reading, article: { ...made.reading.article, ...more } } };
};
const item = piece({
  url: "https://wire.example/dam",
  title: "Dam at Quill fails",
  outlet: WIRE,
  published: "2026-01-05T08:00Z",
});
const copy = piece({
  url: "https://paper.example/dam",
  title: "Dam fails",
  outlet: "paper.example",
  published: "2026-01-05T09:00Z",
  copyOf: "https://wire.example/dam",
});
const copyOfCopy = piece({
  url: "https://bin.example/dam",
  title: "Dam!",
  outlet: "bin.example",
  published: "2026-01-05T10:00Z",
  copyOf: "https://paper.example/dam",
});
const kill = piece(
  {
    url: "https://wire.example/kill",
    title: "KILL: Dam at Quill fails",
    outlet: WIRE,
    published: "2026-01-05T12:00Z",
  },
  { wireTags: ["KILL"], genre: "advisory" },
);
const other = piece({
  url: "https://town.example/dam",
  title: "Dam at Quill fails",
  outlet: "town.example",
  published: "2026-01-05T09:00Z",
});
const mended = piece(
  {
    url: "https://wire.example/dam-2",
    title: "CORRECTED-Dam at Quill fails",
    outlet: WIRE,
    published: "2026-01-05T11:00Z",
    copyOf: "https://wire.example/dam",
    copyKind: "correction",
  },
  { wireTags: ["CORRECTED"] },
);

const filed = async (batches: readonly (readonly Filing[])[]) => {
  const store = createMemoryStore();
  const fates = createFates(store);
  for (const batch of batches) {
    await store.saveFilings(batch);
    await fates.settle(batch.map((f) => ({ reading: f.reading, version: f.version, links: f.copies })));
  }
  const of = async (f: Filing) =>
    ((await store.row(f.reading.article.id))?.fates ?? []).map(
      (x) => `${x.kind}${x.via === undefined ? "" : " by copy"}`,
    );
  return { store, of };
};

describe("a notice that kills", () => {
  it.each([
    ["after the item and its copies", [[item, copy, copyOfCopy, other], [kill]]],
    ["before them, as archives come", [[kill], [item], [copy], [copyOfCopy, other]]],
    ["in one batch with them", [[item, kill, copy, copyOfCopy, other]]],
  ])("reaches the item and every copy, %s, and nobody else", async (_, batches) => {
    const { store, of } = await filed(batches);
    expect(await of(item)).toEqual(["killed"]);
    expect(await of(copy)).toEqual(["killed by copy"]);
    expect(await of(copyOfCopy)).toEqual(["killed by copy"]);
    expect(await of(other)).toEqual([]);
    expect(await store.row(item.reading.article.id)).toMatchObject({
      withdrawn: true,
      fates: [
        { by: kill.reading.article.id, words: "KILL: Dam at Quill fails", at: "2026-01-05T12:00:00.000Z" },
      ],
    });
    expect((await store.row(kill.reading.article.id))?.withdrawn).toBe(false);
  });
});

describe("a correction", () => {
  it("reaches the earlier text and the copies made of it before", async () => {
    const late = piece({
      url: "https://late.example/dam",
      title: "The dam",
      outlet: "late.example",
      published: "2026-01-05T15:00Z",
      copyOf: "https://wire.example/dam",
    });
    const { of } = await filed([[item, copy], [mended], [late]]);
    expect(await of(item)).toEqual(["corrected"]);
    expect(await of(copy)).toEqual(["corrected by copy"]);
    expect(await of(late)).toEqual([]);
    expect(await of(mended)).toEqual([]);
  });
  it("of the same address reaches the copies in other outlets", async () => {
    const again: Filing = {
      ...item,
      version: { ...item.version, change: "correction", seen: "2026-01-05T14:00:00Z" },
    };
    const { of } = await filed([[item, copy], [again]]);
    expect(await of(copy)).toEqual(["corrected by copy"]);
    expect(await of(item)).toEqual([]);
  });
});

it("marks a page that is gone, since when, and says nothing of one that is unknown", async () => {
  const { store, of } = await filed([[item]]);
  const { id } = item.reading.article;
  expect(await fileRemoval(store, id, "the address answers 410", "2026-01-06T08:00:00Z")).toBe(true);
  expect(await of(item)).toEqual(["gone"]);
  expect((await store.row(id))?.fates?.[0]).toMatchObject({
    at: "2026-01-06T08:00:00Z",
    words: "the address answers 410",
  });
  expect((await store.versions(id)).map((v) => v.change)).toEqual(["first", "removal"]);
  expect(
    await fileRemoval(store, copy.reading.article.id, "the address answers 410", "2026-01-06T08:00:00Z"),
  ).toBe(false);
});
