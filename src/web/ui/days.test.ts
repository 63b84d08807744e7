/** What a drawing by day counts, and where it begins. */
import { expect, it } from "vitest";
import type { Incident } from "../../model/index.ts";
import type { Ctx } from "../context.ts";
import { coverageDays, firstDay, incidentCells } from "./days.ts";

it("counts an incident on the day its text gives, else lightly on that of the report; none that does not stand", () => {
  const incident = (day: string, basis: string, more: object = {}) =>
    ({ day: { start: day, precision: "day", basis }, ...more }) as unknown as Incident;
  const cells = incidentCells([
    incident("2024-01-02", "text"),
    incident("2024-01-02", "publication"),
    incident("2024-01", "text", { reported: "2024-01-03" }),
    incident("2024", "text"),
    incident("2024-01-02", "text", { doubt: { status: "withdrawn" } }),
  ]);
  const { days } = coverageDays(cells, "2024-01-01", "2024-01-03");
  expect(days.map((d) => [d.value, d.lower])).toEqual([
    [0, 0],
    [2, 1],
    [1, 0],
  ]);
});

it("begins with the archive, not before it, and spans a week at least", async () => {
  const from = (first: string | undefined) =>
    firstDay(
      { zone: "UTC", store: { stats: () => Promise.resolve({ first }) } } as unknown as Ctx,
      Date.parse("2024-03-01T12:00:00Z"),
      45,
    );
  expect(await from("2020-01-01T00:00:00Z")).toBe("2024-01-16");
  expect(await from("2024-02-10T00:00:00Z")).toBe("2024-02-10");
  expect(await from("2024-02-29T00:00:00Z")).toBe("2024-02-23");
  expect(await from(undefined)).toBe("2024-01-16");
});
