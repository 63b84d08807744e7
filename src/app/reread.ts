/**
 * Articles are read again on a schedule that decays with age: newsrooms correct within hours, retract within days. What came
 * back is a new version, nothing, or a removal when the page is gone; a page behind a wall keeps the text it had.
 */
import type { ArticleId } from "../model/index.ts";
import type { Clock, Fetcher, Store } from "../ports/index.ts";
import { fileRemoval, fileReturn } from "./fates.ts";
import { pageFromAnswer } from "./ingest.ts";
import type { Intake } from "./intake.ts";

const HOUR = 3_600_000;
/** Hours after the reading before, for the first, second … reading again. */
export const AGAIN_HOURS: readonly number[] = [0.5, 1.5, 4, 18, 48, 96, 600];

export type RereadParts = {
  readonly store: Store;
  readonly clock: Clock;
  readonly fetcher: Fetcher;
  readonly intake: Intake;
};

const iso = (ms: number): string => new Date(ms).toISOString();

/** When an article that was read `reads` times again is due next; undefined when that was the last time. */
export const nextReread = (now: number, reads: number): string | undefined => {
  const hours = AGAIN_HOURS[reads];
  return hours === undefined ? undefined : iso(now + hours * HOUR);
};

export const scheduleReread = async (
  parts: Pick<RereadParts, "store" | "clock">,
  id: ArticleId,
): Promise<void> => {
  await parts.store.putReread(id, 0, nextReread(parts.clock.now(), 0));
};

export type RereadOutcome = "same" | "changed" | "removed" | "later";

export const rereadOne = async (
  parts: RereadParts,
  due: { readonly id: ArticleId; readonly url: string; readonly reads: number },
): Promise<RereadOutcome> => {
  const { store, clock, fetcher, intake } = parts;
  const answer = await fetcher.fetch({ url: due.url, purpose: "page" });
  const now = clock.now();
  if (!answer.ok && (answer.status === 404 || answer.status === 410)) {
    // A page that is missing once may be a hiccup; the server's "gone" is not.
    if (answer.status === 404 && due.reads % 1 === 0) {
      await store.putReread(due.id, due.reads + 0.5, iso(now + 6 * HOUR));
      return "later";
    }
    await fileRemoval(store, due.id, `the address answers ${answer.status}`, iso(now));
    // It is asked for at the times it would have been: what was taken down may come back.
    const asked = Math.floor(due.reads) + 1;
    await store.putReread(due.id, asked, nextReread(now, asked));
    return "removed";
  }
  const reads = Math.floor(due.reads) + 1;
  if (!answer.ok) {
    await store.putReread(due.id, due.reads, iso(Math.max(answer.retryAt ?? 0, now + 3 * HOUR)));
    return "later";
  }
  const known = await store.article(due.id);
  let outcome: RereadOutcome = "same";
  if (known) {
    const page = pageFromAnswer(due.url, answer);
    if (page.sha256 === known.rawSha256) await fileReturn(store, due.id, page.fetchedAt);
    else if ((await intake.submit(page)).kind === "changed") outcome = "changed";
  }
  await store.putReread(due.id, reads, nextReread(now, reads));
  return outcome;
};

/** Reads what is due, so many at once. Returns how many were read. */
export const rereadDue = async (parts: RereadParts, limit: number, concurrency = 4): Promise<number> => {
  const due = [...(await parts.store.dueRereads(iso(parts.clock.now()), limit))];
  const count = due.length;
  const worker = async (): Promise<void> => {
    for (let next = due.shift(); next; next = due.shift()) await rereadOne(parts, next);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return count;
};
