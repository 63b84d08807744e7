import { describe, expect, it } from "vitest";
import { dayOf, easter, localDay, nthWeekday, offsetOf, printDay, realDay, weekdayOf } from "./calendar.ts";

describe("calendar", () => {
  it("counts weekdays as ISO does", () => expect(weekdayOf(dayOf(2022, 1, 16))).toBe(7));
  it("knows no 30 February", () => expect(realDay(2024, 2, 30)).toBeUndefined());
  it("finds Easter", () => {
    expect([2019, 2024, 2025].map((y) => printDay(easter(y), "day"))).toEqual([
      "2019-04-21",
      "2024-03-31",
      "2025-04-20",
    ]);
  });
  it("finds the fourth Thursday of November", () =>
    expect(printDay(nthWeekday(2023, 11, 4, 4), "day")).toBe("2023-11-23"));
  it("takes an instant into its zone", () => {
    expect(printDay(localDay("2022-01-15T20:30Z", "Asia/Tashkent")?.day ?? 0, "day")).toBe("2022-01-16");
    expect(printDay(localDay("2022-01-16T03:00:00Z", "-05:00")?.day ?? 0, "day")).toBe("2022-01-15");
    expect(printDay(localDay("2022-01-16")?.day ?? 0, "day")).toBe("2022-01-16");
  });
  it("gives offsets", () => {
    expect(offsetOf("Asia/Kolkata", dayOf(2022, 1, 1))).toBe("+05:30");
    expect(offsetOf("Nowhere/None", dayOf(2022, 1, 1))).toBeUndefined();
  });
});
