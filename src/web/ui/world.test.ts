/** A country close up, with what of its neighbours is in the frame. */
import { describe, expect, it } from "vitest";
import { closeUp } from "./world.ts";

/** Rings of other countries in the frame, counted with the whole world projected. */
const RINGS: Readonly<Record<string, number>> = {
  CHE: 4,
  RUS: 85,
  FJI: 0,
  USA: 14,
  CHL: 8,
  KAZ: 16,
  NZL: 0,
  GUY: 4,
};

describe("a country close up", () => {
  it.each(Object.entries(RINGS))("has its neighbours round it: %s", (code, rings) => {
    expect(closeUp(code, 420, 300)?.others.match(/M/g)?.length ?? 0).toBe(rings);
  });
});
