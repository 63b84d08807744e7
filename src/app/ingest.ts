/**
 * Ingest: everything the user names goes through the intake, a window of pages at a time, with a running account. Resumable:
 * pages that are known are skipped, archives go on where the last durable page stood. What fails is counted and told, and
 * never stops the rest; only a store that cannot write does.
 */
import type { DeclineReason, RawPage } from "../model/index.ts";
import type { FetchAnswer } from "../ports/index.ts";
import { fileRemoval } from "./fates.ts";
import { rawPage } from "./hash.ts";
import { type Done, type InputOptions, type InputTools, type Task, tasksOf } from "./inputs.ts";
import type { Intake, Outcome } from "./intake.ts";

export type IngestProgress = {
  /** Pages finished, whatever came of them. */
  readonly pages: number;
  readonly saved: number;
  readonly changed: number;
  /** Known already: the same page or the same text. */
  readonly same: number;
  readonly declined: number;
  readonly byReason: Readonly<Partial<Record<DeclineReason, number>>>;
  /** Files or bytes of the inputs, where they can be known beforehand. */
  readonly total?: number | undefined;
  /** Share done, 0 to 1; absent when it cannot be known. */
  readonly share?: number | undefined;
  readonly perSecond: number;
  readonly etaSeconds?: number | undefined;
  readonly elapsedSeconds: number;
  readonly current?: string | undefined;
};

export type IngestOptions = InputOptions & {
  readonly onProgress?: ((progress: IngestProgress) => void) | undefined;
  readonly onDeclined?: ((input: string, reason: DeclineReason, detail: string) => void) | undefined;
  readonly onSaved?: ((outcome: Outcome, url: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Pages under way at once. */
  readonly window?: number | undefined;
};

export type IngestParts = InputTools & { readonly intake: Intake };

/** Bytes of all files named, to tell how far along the work is; addresses count nothing. */
const totalBytes = async (
  inputs: readonly string[],
  parts: IngestParts,
): Promise<{ files: number; bytes: number }> => {
  let files = 0;
  let bytes = 0;
  for (const input of inputs) {
    if (/^(https?|feed):/i.test(input)) continue;
    for await (const f of parts.files.walk(input)) {
      files++;
      bytes += f.bytes;
    }
  }
  return { files, bytes };
};

export const pageFromAnswer = (url: string, answer: Extract<FetchAnswer, { ok: true }>): RawPage =>
  rawPage(answer.bytes, {
    url,
    ...(answer.url === url ? {} : { finalUrl: answer.url }),
    ...(answer.headers["content-type"] === undefined ? {} : { contentType: answer.headers["content-type"] }),
    status: answer.status,
    headers: keptHeaders(answer.headers),
    fetchedAt: answer.fetchedAt,
    via: "fetch",
  });

const KEPT = ["content-type", "content-language", "last-modified", "etag", "date", "link", "x-robots-tag"];

/** Headers that say something about the page; the rest is the transport's business. */
const keptHeaders = (headers: Readonly<Record<string, string>>): Record<string, string> => {
  const kept: Record<string, string> = {};
  for (const name of KEPT) {
    const value = headers[name];
    if (value !== undefined) kept[name] = value.slice(0, 2000);
  }
  return kept;
};

const failed = (reason: DeclineReason, detail: string): Outcome => ({ kind: "declined", reason, detail });

/** Carries one task to its end. Errors of the store come through; everything else is an outcome. */
export const perform = async (parts: IngestParts, task: Task): Promise<Outcome> => {
  if (task.kind === "end") return { kind: "declined", reason: "empty", detail: "" };
  if (task.kind === "declined") return failed(task.reason, task.detail);
  if (task.kind === "page") return parts.intake.submit(task.page, { item: task.item });
  if (task.kind === "gone") {
    // What was there before is filed first.
    await parts.intake.idle();
    const known = await parts.store.articleByUrl(task.url);
    const seen =
      known && (await fileRemoval(parts.store, known.id, `the address answers ${task.status}`, task.at));
    return known && seen
      ? { kind: "changed", id: known.id, change: "removal" }
      : failed("gone", `The address answers ${task.status}, and nothing is known of it.`);
  }
  const { url, item, fallback } = task;
  const seen = await parts.store.seen(url);
  if (seen === "forgotten") return failed("forgotten", "This address was forgotten at the user's wish.");
  if (seen === "read") {
    const known = await parts.store.articleByUrl(url);
    if (known) return { kind: "same", id: known.id };
  }
  const answer = parts.fetcher
    ? await parts.fetcher.fetch({ url, purpose: "page" })
    : ({ ok: false, reason: "fetch-failed", detail: "Fetching is off." } as const);
  if (answer.ok && answer.bytes.length > 0) {
    const outcome = await parts.intake.submit(pageFromAnswer(url, answer), { item });
    // A page that yields nothing may still have given its text to the feed.
    if (outcome.kind !== "declined" || !fallback || outcome.reason === "forgotten") return outcome;
  }
  if (fallback) return parts.intake.submit(fallback, { item });
  if (answer.ok) return failed("empty", "The page is empty.");
  // What may pass is not written down as refused: the next visit tries again, as long as the feed names the page.
  if (!passing(answer))
    await parts.store.saveRefusal({
      url,
      at: new Date(parts.clock.now()).toISOString(),
      reason: answer.reason,
      detail: answer.detail,
    });
  return failed(answer.reason, answer.detail);
};

/** Failures of the day: no answer, a server in trouble, a host at rest. */
const passing = (answer: Extract<FetchAnswer, { ok: false }>): boolean =>
  answer.retryAt !== undefined ||
  (answer.reason === "fetch-failed" &&
    (answer.status === undefined || answer.status >= 500 || answer.status === 429));

const nameOf = (task: Task): string =>
  task.kind === "page"
    ? task.page.url
    : task.kind === "fetch" || task.kind === "gone"
      ? task.url
      : task.kind === "declined"
        ? task.input
        : "";

const SAVE_EVERY = 64;

export const ingest = async (
  inputs: readonly string[],
  parts: IngestParts,
  options: IngestOptions = {},
): Promise<IngestProgress> => {
  const start = parts.clock.now();
  const { files, bytes } = await totalBytes(inputs, parts);
  const allFiles = inputs.every((i) => !/^(https?|feed):/i.test(i));
  const count = { pages: 0, saved: 0, changed: 0, same: 0, declined: 0 };
  const byReason: Partial<Record<DeclineReason, number>> = {};
  const archives = new Map<string, Done>();
  let plainFiles = 0;
  let current: string | undefined;

  const progress = (): IngestProgress => {
    const elapsedSeconds = Math.max(0.001, (parts.clock.now() - start) / 1000);
    const read = [...archives.values()].reduce((sum, d) => sum + d.offset, 0);
    // Archives are measured in bytes, loose files by their number.
    const share =
      !allFiles || files === 0
        ? undefined
        : archives.size > 0
          ? read / Math.max(1, bytes)
          : plainFiles / files;
    const eta =
      share === undefined || share < 0.001 ? undefined : (elapsedSeconds / share) * (1 - Math.min(1, share));
    return {
      ...count,
      byReason,
      ...(allFiles ? { total: files } : {}),
      ...(share === undefined ? {} : { share: Math.min(1, share) }),
      perSecond: count.pages / elapsedSeconds,
      ...(eta === undefined ? {} : { etaSeconds: eta }),
      elapsedSeconds,
      ...(current === undefined ? {} : { current }),
    };
  };

  const settle = async (task: Task, outcome: Outcome): Promise<void> => {
    if (task.done) archives.set(task.done.key, task.done);
    else plainFiles++;
    if (task.kind !== "end") {
      count.pages++;
      count[outcome.kind]++;
      current = nameOf(task);
      if (outcome.kind === "declined") {
        byReason[outcome.reason] = (byReason[outcome.reason] ?? 0) + 1;
        options.onDeclined?.(nameOf(task), outcome.reason, outcome.detail);
      } else options.onSaved?.(outcome, nameOf(task));
    }
    // The place in an archive is kept only after everything before it is durable.
    if (task.done && (task.kind === "end" || count.pages % SAVE_EVERY === 0))
      await parts.store.putSetting(task.done.key, { offset: task.done.offset, size: task.done.size });
    options.onProgress?.(progress());
  };

  const window: { readonly task: Task; readonly outcome: Promise<Outcome> }[] = [];
  const oldest = async (): Promise<void> => {
    const first = window.shift();
    if (first) await settle(first.task, await first.outcome);
  };
  try {
    for await (const task of tasksOf(inputs, parts, options)) {
      if (options.signal?.aborted) break;
      const outcome = perform(parts, task);
      // A failure is met when its turn comes; until then it must not count as unhandled.
      outcome.catch(() => {});
      window.push({ task, outcome });
      if (window.length >= (options.window ?? 32)) await oldest();
    }
    while (window.length > 0) await oldest();
  } finally {
    for (const { key, offset, size } of archives.values())
      await parts.store.putSetting(key, { offset, size }).catch(() => {});
    await Promise.allSettled(window.map((w) => w.outcome));
  }
  return progress();
};
