/** Tags of pages: what is known is not sent again, and a page's text is not read back out of its answer. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { site } from "./test-site.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

describe("tags of pages", () => {
  it.each(["/", "/latest", "/nothing"])("are made of the text as it was drawn: %s", async (path) => {
    const { ask } = await site();
    const read = vi.spyOn(Response.prototype, "text");
    const answer = await ask(path);
    expect(read).not.toHaveBeenCalled();
    const tag = answer.headers.get("ETag");
    if (answer.status === 404) expect(tag).toBeNull();
    else {
      expect(tag).toMatch(/^W\/"[\w-]+"$/);
      const again = await ask(path, { headers: { "If-None-Match": tag ?? "" } });
      expect([again.status, await again.text()]).toEqual([304, ""]);
    }
    expect(await answer.text()).toMatch(/^<!doctype html>.*<\/html>$/s);
  });

  it("differ with the text", async () => {
    const { ask } = await site();
    const tag = async (path: string) => (await ask(path)).headers.get("ETag");
    expect(await tag("/latest")).not.toBe(await tag("/headlines"));
  });
});
