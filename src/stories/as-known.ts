/** Story and a moment → its ledger as it was known then: values, carriers and statuses that came later are not there yet. */
import type { LedgerEntry, LedgerSeries, Story } from "../model/index.ts";

type Times = { readonly get: (articleId: string) => number | undefined };

const core = (e: LedgerEntry): number => e.quantity.exact ?? e.quantity.low ?? e.quantity.high ?? Number.NaN;

const entryThen = (
  entry: LedgerEntry,
  i: number,
  entries: readonly LedgerEntry[],
  moment: number,
  times: Times | undefined,
): LedgerEntry => {
  const spoken = entry.statusEvidence?.at !== undefined && Date.parse(entry.statusEvidence.at) <= moment;
  const carriers = times ? entry.carriers.filter((id) => (times.get(id) ?? 0) <= moment) : entry.carriers;
  const later = entries.slice(i + 1).some((e) => Date.parse(e.at) > Date.parse(entry.at));
  const plain = later ? "revised" : i > 0 ? "latest" : carriers.length > 1 ? "repeated" : "said";
  const before = entries[i - 1];
  const { status, statusBy, statusEvidence, ...rest } = entry;
  const judged = statusEvidence !== undefined;
  return {
    ...rest,
    carriers,
    status: judged ? (spoken ? status : plain) : plain,
    ...(spoken && statusBy !== undefined ? { statusBy } : {}),
    ...(spoken && statusEvidence ? { statusEvidence } : {}),
    direction: !before
      ? "first"
      : core(entry) > core(before)
        ? "up"
        : core(entry) < core(before)
          ? "down"
          : "same",
  };
};

/**
 * @param times when each article became known, in milliseconds; without it carriers are left as they are
 * @example asKnownAt(story, "2022-01-12T00:00:00Z").find((s) => s.measure === "killed")?.entries.at(-1)?.quantity.words
 */
export const asKnownAt = (story: Pick<Story, "ledger">, instant: string, times?: Times): LedgerSeries[] => {
  const moment = Date.parse(instant);
  return story.ledger.flatMap((series) => {
    const known = series.entries.filter((e) => Date.parse(e.at) <= moment);
    if (known.length === 0) return [];
    return [{ ...series, entries: known.map((e, i) => entryThen(e, i, known, moment, times)) }];
  });
};
