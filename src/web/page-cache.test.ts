/** Pages that are the same for all are drawn once for a while; what was asked for beyond them never comes to others. */
import { describe, expect, it } from "vitest";
import { fixtureStore } from "../../test/web/fixture.ts";
import { createPageCache } from "./page-cache.ts";
import { tokenOf } from "./security.ts";
import { site } from "./test-site.ts";

describe("kept pages", () => {
  it("are given again while fresh, then once more while the next is made", async () => {
    let now = 0;
    let made = 0;
    const cache = createPageCache({ now: () => now });
    const get = () => cache.get("a", () => Promise.resolve(String(++made)));
    expect([await get(), await get()]).toEqual(["1", "1"]);
    now = 5_000;
    expect(await get()).toBe("1");
    expect(await get()).toBe("2");
    cache.clear();
    expect(await get()).toBe("3");
  });

  it("are 64 at most, the oldest going first", async () => {
    const cache = createPageCache({ now: () => 0 });
    const made: number[] = [];
    const get = (i: number) =>
      cache.get(String(i), () => {
        made.push(i);
        return Promise.resolve("");
      });
    for (let i = 0; i < 65; i++) await get(i);
    await get(64);
    await get(0);
    expect(made.slice(64)).toEqual([64, 0]);
  });

  it.each(["/", "/headlines", "/breaking", "/latest", "/world", "/videos", "/countries"])(
    "are drawn once for all readers of %s",
    async (path) => {
      let asked = 0;
      const store = new Proxy(await fixtureStore(), {
        get(target, name, receiver) {
          asked++;
          return Reflect.get(target, name, receiver);
        },
      });
      const { ask, page } = await site({ store });
      const costs = async (draw: () => Promise<unknown>): Promise<number> => {
        asked = 0;
        await draw();
        return asked;
      };
      const first = await page(path);
      expect(await costs(() => page(path))).toBe(0);
      expect(await page(path)).toBe(first);
      expect(await costs(() => page(`${path}?n=1`))).toBeGreaterThan(0);
      expect(await costs(async () => ask(path, { headers: { Cookie: "theme=dark" } }))).toBeGreaterThan(0);
      await ask("/settings/theme", {
        method: "POST",
        body: new URLSearchParams({ theme: "dark", token: tokenOf("for the tests") }).toString(),
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
      });
      expect(await costs(() => page(path))).toBeGreaterThan(0);
    },
  );
});
