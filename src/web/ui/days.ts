/** Counts by day for the drawings: every day of a span, the empty ones too, and what is usual. */
import type { Incident } from "../../model/index.ts";
import { isDayOfReport, listedDay, stands } from "../../model/index.ts";
import type { CoverageCell } from "../../ports/index.ts";
import type { Ctx } from "../context.ts";
import { groupBy } from "./group.ts";
import { dayOf } from "./words.ts";

const DAY = 86_400_000;
/** Days a drawing spans at least: of a younger archive some were before its time. */
const LEAST = 7;

export type Cell = Pick<CoverageCell, "day" | "articles" | "originals">;
export type Days = {
  readonly days: readonly { readonly day: string; readonly value: number; readonly lower: number }[];
  /** The median day. */
  readonly usual: number;
};

/** Counts of each day of a span with the days on which there was nothing, and the median day as "usual". */
export function coverageDays(cells: readonly Cell[], from: string, to: string): Days {
  const days: { day: string; value: number; lower: number }[] = [];
  const byDay = groupBy(cells, (c) => c.day);
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY) {
    const day = new Date(at).toISOString().slice(0, 10);
    const found = byDay.get(day) ?? [];
    days.push({
      day,
      value: found.reduce((n, c) => n + c.articles, 0),
      lower: found.reduce((n, c) => n + c.originals, 0),
    });
  }
  const sorted = days.map((d) => d.value).toSorted((a, b) => a - b);
  return { days, usual: sorted[Math.floor(sorted.length / 2)] ?? 0 };
}

/** Incidents as cells: full where the text gives the day, else under the day of the report. What does not stand is not counted. */
export const incidentCells = (incidents: readonly Incident[]): readonly Cell[] =>
  incidents.filter(stands).flatMap((i) => {
    const day = listedDay(i)?.slice(0, 10);
    return day === undefined || day.length < 10
      ? []
      : [{ day, articles: 1, originals: isDayOfReport(i) ? 0 : 1 }];
  });

/** First day of a drawing that ends at a moment: days before the archive began are no days of silence. */
export async function firstDay(ctx: Pick<Ctx, "store" | "zone">, to: number, span: number): Promise<string> {
  const { first } = await ctx.store.stats();
  const began = first === undefined ? Number.NaN : Date.parse(first);
  const from = Math.max(to - span * DAY, Number.isNaN(began) ? 0 : began);
  return dayOf(Math.min(from, to - LEAST * DAY), ctx.zone);
}
