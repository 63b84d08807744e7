/** Runs the suite on every store there is, and what only the store on disk must do: survive, lock, refuse a newer file. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createMemoryStore } from "../../src/adapters/store-memory/index.ts";
import {
  createSqliteStore,
  DiskFullError,
  FolderLockedError,
} from "../../src/adapters/store-sqlite/index.ts";
import { filing } from "./make.ts";
import { storeConformance } from "./store.ts";

const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), "dateline-store-"));
  folders.push(made);
  return made;
};
afterAll(() => {
  for (const f of folders) rmSync(f, { recursive: true, force: true });
});

storeConformance("memory", async () => createMemoryStore());
storeConformance("sqlite", async () => createSqliteStore({ folder: folder() }));

describe("store on disk", () => {
  it("keeps everything over a restart", async () => {
    const at = folder();
    const first = createSqliteStore({ folder: at });
    await first.saveFilings([filing({ url: "https://a.example/1" })]);
    await first.close();
    const second = createSqliteStore({ folder: at });
    expect((await second.stats()).articles).toBe(1);
    expect((await second.search({ q: "council" }, { limit: 1 })).total).toBe(1);
    await second.close();
  });

  it("lets one in at a time and says who is in", async () => {
    const at = folder();
    const first = createSqliteStore({ folder: at });
    expect(() => createSqliteStore({ folder: at })).toThrow(FolderLockedError);
    expect(() => createSqliteStore({ folder: at })).toThrow(/in use by process \d+/);
    await first.close();
    await createSqliteStore({ folder: at }).close();
  });

  it("reports a full disk and keeps what was acknowledged", async () => {
    const at = folder();
    const store = createSqliteStore({ folder: at, maxPages: 220 });
    let saved = 0;
    const body = (i: number): string =>
      Array.from({ length: 900 }, (_, w) => `word${(i * 7919 + w * 104729) % 1000003}`).join(" ");
    const fill = async (): Promise<void> => {
      for (let i = 0; i < 500; i++) {
        await store.saveFilings([filing({ url: `https://a.example/${i}`, body: body(i) })]);
        saved++;
      }
    };
    await expect(fill()).rejects.toThrow(DiskFullError);
    expect(saved).toBeGreaterThan(3);
    expect((await store.stats()).articles).toBe(saved);
    await store.close();
    const again = createSqliteStore({ folder: at });
    expect((await again.stats()).articles).toBe(saved);
    await again.saveFilings([filing({ url: "https://b.example/", body: body(999) })]);
    expect((await again.stats()).articles).toBe(saved + 1);
    await again.close();
  });
});
