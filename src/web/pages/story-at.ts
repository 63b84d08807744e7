/** A story at a moment: the moment an address names, and the ledger as a table of that moment. */
import { csvTable } from "../../formats/csv.ts";
import type { Ctx } from "../context.ts";
import { storyAt } from "../ui/numbers.ts";

/** Last moment of a day in a zone, or the moment itself. Undefined when the words are no date. */
export function momentOf(value: string | null, zone: string): number | undefined {
  if (value === null || value === "") return undefined;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) {
    const ms = Date.parse(value);
    return Number.isNaN(ms) ? undefined : ms;
  }
  const noon = Date.parse(`${value}T12:00:00Z`);
  if (Number.isNaN(noon)) return undefined;
  // The offset of the zone at noon of that day: exact but for the hours around a change of clocks.
  const local = new Date(noon).toLocaleString("sv-SE", { timeZone: zone });
  const offset = Date.parse(`${local.replace(" ", "T")}Z`) - noon;
  return Date.parse(`${value}T23:59:59.999Z`) - offset;
}

const LEDGER_COLUMNS = [
  "measure",
  "words",
  "low",
  "high",
  "exact",
  "hedge",
  "unit",
  "scope_kind",
  "of_whom",
  "place",
  "per",
  "issuer",
  "status",
  "status_by",
  "known_at",
  "said_at",
  "carriers",
  "outlets",
  "article",
  "span_start",
  "span_end",
  "demo",
] as const;

/** The ledger of a story as a table, one row for each value; at any moment by `?at=`, as on the page. */
export async function ledgerCsv(ctx: Ctx, id: string): Promise<Response | undefined> {
  const whole = await ctx.store.story(id);
  if (whole === undefined) return undefined;
  const at = momentOf(ctx.search.get("at"), ctx.zone);
  const story = at === undefined ? whole : storyAt(whole, await ctx.store.storyArticles(id), at);
  const rows = story.ledger.flatMap((s) =>
    s.entries.map((e) => ({
      measure: s.measure,
      words: e.quantity.words,
      low: e.quantity.low,
      high: e.quantity.high,
      exact: e.quantity.exact,
      hedge: e.quantity.hedge,
      unit: e.quantity.unit,
      scope_kind: s.scope.kind,
      of_whom: s.scope.ofWhom,
      place: s.scope.place,
      per: s.scope.per,
      issuer: s.issuer,
      status: e.status,
      status_by: e.statusBy,
      known_at: e.at,
      said_at: e.saidAt,
      carriers: e.carriers.length,
      outlets: e.outlets,
      article: e.quantity.articleId,
      span_start: e.quantity.span.start,
      span_end: e.quantity.span.end,
      demo: story.demo,
    })),
  );
  return new Response(csvTable(LEDGER_COLUMNS, rows), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="ledger-${id.replace(/\W/g, "")}.csv"`,
    },
  });
}
