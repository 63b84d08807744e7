/** The same reading on another thread as on this one; a page that takes too long is given up and the pool goes on. */
import { afterAll, describe, expect, it } from "vitest";
import { rawPage } from "../../../test/conformance/make.ts";
import { readPage } from "../../pipeline/read-page.ts";
import { loadOutlets, loadReadTools } from "../tables.ts";
import { createReadPool } from "./index.ts";

const body =
  "The city council of Almaty said on Monday that at least 12 people were killed when a bridge fell. ".repeat(
    6,
  );
const page = (n: number) =>
  rawPage(
    `https://gazette.example/${n}`,
    `<html lang="en"><head><title>Bridge falls ${n}</title><meta property="article:published_time" content="2026-01-05T10:00:00Z"></head><body><article><h1>Bridge falls ${n}</h1><p>${body}</p><p>${body}</p></article></body></html>`,
    "2026-01-05T12:00:00Z",
  );

describe("read pool", () => {
  const pool = createReadPool({ outlets: loadOutlets(), threads: 1 });
  afterAll(() => pool.close());

  it("reads as this thread reads", async () => {
    const here = readPage(page(1), loadReadTools([]));
    expect(here.ok).toBe(true);
    expect(await pool.read(page(1))).toEqual(here);
    expect((await Promise.all([2, 3].map((n) => pool.read(page(n))))).every((r) => r.ok)).toBe(true);
  });

  it("gives up a page that takes too long", async () => {
    const hasty = createReadPool({ outlets: [], threads: 1, longestMs: 1 });
    expect(await hasty.read(page(4))).toMatchObject({ ok: false, reason: "damaged" });
    await hasty.close();
  });
});
