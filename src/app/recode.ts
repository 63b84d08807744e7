/**
 * Re-coding: the chain of today over the pages of then. Reads every stored page again, compares with what is filed, row by row,
 * and files the new reading when asked to. Decisions of the user stay; versions are not added, because no text changed hands.
 */
import type { Event, Quantity, Quote, Reading } from "../model/index.ts";
import type { ListFilter, Store } from "../ports/index.ts";
import type { Intake } from "./intake.ts";
import type { Tools } from "./tools.ts";

export type RecodeRow = {
  readonly articleId: string;
  readonly url: string;
  readonly table: "article" | "quantity" | "quote" | "event" | "country" | "entity";
  readonly change: "added" | "removed" | "changed";
  /** What the row is about: a field's name or the words of the fact. */
  readonly what: string;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
};

export type RecodeSummary = {
  readonly articles: number;
  readonly changed: number;
  readonly rows: number;
  /** Articles whose page was not kept, and pages the chain of today declines. */
  readonly skipped: number;
};

export type RecodeOptions = {
  readonly filter?: ListFilter | undefined;
  /** File the new readings; without it only the difference is told. */
  readonly apply?: boolean | undefined;
  readonly onRow?: ((row: RecodeRow) => void) | undefined;
  readonly onProgress?: ((done: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
};

const shownQuantity = (q: Quantity): string =>
  [q.measure, q.exact ?? `${q.low ?? ""}–${q.high ?? ""}`, q.unit, q.hedge, q.kind, q.assertion, q.speaker]
    .filter((x) => x !== undefined)
    .join(" · ");
const shownQuote = (q: Quote): string =>
  [q.kind, q.stance, q.speaker, q.words].filter((x) => x !== undefined).join(" · ");
const shownEvent = (e: Event): string =>
  [
    e.eventType,
    e.mode,
    e.status,
    e.actor.map((a) => a.words).join("+"),
    e.recipient.map((a) => a.words).join("+"),
    e.place?.name,
    e.happened?.start,
  ]
    .filter((x) => x !== undefined && x !== "")
    .join(" · ");

type Fact = { readonly span: { readonly start: number; readonly end: number }; readonly words: string };

/** Facts at one place of the text are one fact; its values may differ. */
const compare = <T extends Fact>(
  before: readonly T[],
  after: readonly T[],
  kind: (f: T) => string,
  shown: (f: T) => string,
) => {
  const keyed = (list: readonly T[]): Map<string, T> => {
    const map = new Map<string, T>();
    for (const f of list) {
      let key = `${kind(f)} ${f.span.start}`;
      while (map.has(key)) key += "'";
      map.set(key, f);
    }
    return map;
  };
  const old = keyed(before);
  const fresh = keyed(after);
  const rows: { change: RecodeRow["change"]; what: string; before?: string; after?: string }[] = [];
  for (const [key, f] of old) {
    const now = fresh.get(key);
    if (!now) rows.push({ change: "removed", what: f.words, before: shown(f) });
    else if (shown(now) !== shown(f))
      rows.push({ change: "changed", what: now.words, before: shown(f), after: shown(now) });
  }
  for (const [key, f] of fresh)
    if (!old.has(key)) rows.push({ change: "added", what: f.words, after: shown(f) });
  return rows;
};

const articleFields = (r: Reading): Readonly<Record<string, string>> => ({
  title: r.article.title,
  published: r.article.published?.value ?? "",
  genre: r.article.genre,
  language: r.article.language,
  byline: r.article.byline.join("; "),
  outlet: r.article.outletId,
  dateline: r.article.dateline?.place ?? "",
  text: r.article.textSha256.slice(0, 12),
});

/** Every row that differs between two readings of one article. */
export const differences = (before: Reading, after: Reading): readonly RecodeRow[] => {
  const base = { articleId: before.article.id as string, url: before.article.url };
  const rows: RecodeRow[] = [];
  const old = articleFields(before);
  for (const [what, value] of Object.entries(articleFields(after)))
    if (old[what] !== value)
      rows.push({ ...base, table: "article", change: "changed", what, before: old[what], after: value });
  for (const r of compare(before.quantities, after.quantities, (q) => q.measure, shownQuantity))
    rows.push({ ...base, table: "quantity", ...r });
  for (const r of compare(before.quotes, after.quotes, () => "", shownQuote))
    rows.push({ ...base, table: "quote", ...r });
  for (const r of compare(before.events, after.events, (e) => e.eventType, shownEvent))
    rows.push({ ...base, table: "event", ...r });
  const list = (r: Reading): readonly string[] => r.countries.map((c) => c.code);
  const keys = (r: Reading): readonly string[] => r.entities.map((e) => e.key);
  for (const [table, a, b] of [
    ["country", list(before), list(after)],
    ["entity", keys(before), keys(after)],
  ] as const) {
    for (const x of b) if (!a.includes(x)) rows.push({ ...base, table, change: "added", what: x });
    for (const x of a) if (!b.includes(x)) rows.push({ ...base, table, change: "removed", what: x });
  }
  return rows;
};

export const recode = async (
  parts: { readonly store: Store; readonly tools: Tools; readonly intake: Intake },
  options: RecodeOptions = {},
): Promise<RecodeSummary> => {
  const { store, tools, intake } = parts;
  const count = { articles: 0, changed: 0, rows: 0, skipped: 0 };
  for await (const before of store.scan(options.filter ?? {})) {
    if (options.signal?.aborted) break;
    count.articles++;
    options.onProgress?.(count.articles);
    const sha = before.article.rawSha256;
    const page = sha === undefined ? undefined : await store.raw(sha);
    if (!page) {
      count.skipped++;
      continue;
    }
    const result = await tools.read(page);
    if (!result.ok) {
      count.skipped++;
      options.onRow?.({
        articleId: before.article.id,
        url: before.article.url,
        table: "article",
        change: "removed",
        what: "declined now",
        after: `${result.reason}: ${result.detail}`,
      });
      continue;
    }
    const rows = differences(before, result.reading);
    if (rows.length > 0) count.changed++;
    count.rows += rows.length;
    for (const row of rows) options.onRow?.(row);
    if (options.apply && (rows.length > 0 || before.article.pipeline !== tools.pipeline))
      await intake.resubmit(page);
  }
  return count;
};
