/**
 * Pages in, from whoever brings them → articles filed in the store. Reading may run in parallel; linking, grouping and saving
 * are done one batch at a time in order of arrival, each batch in one transaction. A page is acknowledged when its batch is
 * on the disk. Everything may be repeated: a page that is known changes nothing.
 */

import type {
  Article,
  ArticleId,
  ArticleVersion,
  CopyLink,
  DeclineReason,
  Filing,
  RawPage,
  Reading,
  StoryId,
} from "../model/index.ts";
import type { Clock, Store } from "../ports/index.ts";
import { changeBetween } from "./change.ts";
import { createFates, fileReturn } from "./fates.ts";
import { withParts } from "./parts.ts";
import { assignAll, holdByHand } from "./regroup.ts";
import type { ReadHints, Tools } from "./tools.ts";

export type Outcome =
  | {
      readonly kind: "saved" | "changed" | "same";
      readonly id: ArticleId;
      readonly change?: ArticleVersion["change"];
    }
  | { readonly kind: "declined"; readonly reason: DeclineReason; readonly detail: string };

export type Intake = {
  /** Resolves when the outcome is durable. Waits when too much is under way. */
  submit(page: RawPage, hints?: ReadHints): Promise<Outcome>;
  /** Reads and files again although nothing changed: for re-coding. */
  resubmit(page: RawPage): Promise<Outcome>;
  /** Loads what earlier processes knew; called by itself before the first page. */
  restore(): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
};

export type IntakeOptions = {
  readonly store: Store;
  readonly tools: Tools;
  readonly clock: Clock;
  /** Most articles in one transaction. */
  readonly batch?: number | undefined;
  /** Pages under way before `submit` waits. */
  readonly window?: number | undefined;
  /** Days for which copies and stories are looked for. */
  readonly memoryDays?: number | undefined;
};

type Waiting = {
  readonly page: RawPage;
  readonly reading: Reading;
  readonly replace: boolean;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
};

/** A place in a queue of fixed length. */
export const createGate = (places: number) => {
  const waiting: (() => void)[] = [];
  let taken = 0;
  return {
    enter: async (): Promise<void> => {
      if (taken < places) {
        taken++;
        return;
      }
      await new Promise<void>((go) => {
        waiting.push(go);
      });
    },
    leave: (): void => {
      const next = waiting.shift();
      if (next) next();
      else taken--;
    },
  };
};

export const createIntake = (options: IntakeOptions): Intake => {
  const { store, tools, clock } = options;
  const batch = options.batch ?? 32;
  const fates = createFates(store);
  const gate = createGate(options.window ?? 64);
  const readers = createGate(Math.max(1, tools.parallel ?? 1));
  const waiting: Waiting[] = [];
  let restored: Promise<void> | undefined;
  let draining = false;
  let underWay = 0;
  const idlers: (() => void)[] = [];

  const now = (): string => new Date(clock.now()).toISOString();

  const restore = (): Promise<void> => {
    restored ??= (async () => {
      const since = clock.now() - (options.memoryDays ?? 30) * 86_400_000;
      for await (const state of store.savedStates(since)) tools.restore(state);
      await holdByHand({ store, tools });
    })();
    return restored;
  };

  const decline = async (page: RawPage, reason: DeclineReason, detail: string): Promise<Outcome> => {
    await store.saveRefusal({ url: page.url, at: now(), reason, detail, rawSha256: page.sha256 });
    return { kind: "declined", reason, detail };
  };

  /** Files what is waiting, batch by batch, until nothing waits. */
  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      const work = waiting.splice(0, batch);
      try {
        const outcomes = await fileBatch({ store, tools, fates }, work);
        work.forEach((w, i) => {
          const outcome = outcomes[i];
          if (outcome) w.resolve(outcome);
        });
      } catch (error) {
        for (const w of work) w.reject(error);
      }
    }
    draining = false;
  };

  const enqueue = (page: RawPage, reading: Reading, replace: boolean): Promise<Outcome> =>
    new Promise<Outcome>((resolve, reject) => {
      waiting.push({ page, reading, replace, resolve, reject });
      // One turn later, so that pages read together are filed together.
      if (draining) return;
      draining = true;
      setImmediate(() => void drain());
    });

  const take = async (page: RawPage, hints: ReadHints | undefined, replace: boolean): Promise<Outcome> => {
    await restore();
    if (!replace) {
      const seen = await store.seen(page.url, page.sha256);
      if (seen === "forgotten")
        return {
          kind: "declined",
          reason: "forgotten",
          detail: "This address was forgotten at the user's wish.",
        };
      if (seen === "refused")
        return { kind: "declined", reason: "not-an-article", detail: "Declined before, unchanged since." };
      if (seen === "read") {
        const known = await store.articleByUrl(page.url);
        if (known && known.pipeline === tools.pipeline) {
          await fileReturn(store, known.id, page.fetchedAt);
          return { kind: "same", id: known.id };
        }
      }
    }
    await readers.enter();
    let result: Awaited<ReturnType<Tools["read"]>>;
    try {
      // Reading in this process is long work; requests of others get their turn between two pages.
      await new Promise<void>((turn) => {
        setImmediate(turn);
      });
      result = await tools.read(page, hints);
    } finally {
      readers.leave();
    }
    if (!result.ok) return decline(page, result.reason, result.detail);
    const outcome = await enqueue(page, result.reading, replace);
    // The bytes of the archive read again say nothing of what stands at the address now.
    if (!replace && (outcome.kind === "same" || outcome.kind === "changed"))
      await fileReturn(store, outcome.id, page.fetchedAt);
    return outcome;
  };

  const guarded = async (page: RawPage, hints: ReadHints | undefined, replace: boolean): Promise<Outcome> => {
    await gate.enter();
    underWay++;
    try {
      return await take(page, hints, replace);
    } finally {
      underWay--;
      gate.leave();
      if (underWay === 0) for (const done of idlers.splice(0)) done();
    }
  };

  return {
    submit: (page, hints) => guarded(page, hints, false),
    resubmit: (page) => guarded(page, undefined, true),
    restore,
    idle: async () => {
      if (underWay === 0) return;
      await new Promise<void>((done) => {
        idlers.push(done);
      });
    },
  };
};

type Context = {
  readonly store: Store;
  readonly tools: Tools;
  readonly fates: ReturnType<typeof createFates>;
};

/** Links, groups and saves one batch; applies the merges the grouping asked for. */
const fileBatch = async (context: Context, work: readonly Waiting[]): Promise<readonly Outcome[]> => {
  const { store } = context;
  const filings: Filing[] = [];
  const outcomes: Outcome[] = [];
  const merges: { from: StoryId; to: StoryId }[] = [];
  // The last word on an article counts: within a batch it may move twice.
  const moved = new Map<ArticleId, StoryId>();
  /** Articles of this batch by id: a page may come twice in one. */
  const fresh = new Map<string, Filing>();
  for (const item of work) {
    const id = item.reading.article.id;
    const inBatch = fresh.get(id);
    const before = inBatch?.reading.article ?? (await store.article(id));
    const made = before
      ? await fileAgain(context, item, before, inBatch)
      : fileFirst(context, item, merges, moved);
    outcomes.push(made.outcome);
    if (made.filing) {
      filings.push(made.filing);
      fresh.set(id, made.filing);
    }
  }
  await store.saveFilings(await withParts(store, filings));
  for (const { from, to } of merges) await store.moveStory(from, to);
  await assignAll(store, moved);
  await context.fates.settle(
    filings.map(({ reading, version, copies }) => ({ reading, version, links: copies })),
  );
  return outcomes;
};

type Made = { readonly outcome: Outcome; readonly filing?: Filing };

const fileFirst = (
  { tools }: Context,
  item: Waiting,
  merges: { from: StoryId; to: StoryId }[],
  moved: Map<ArticleId, StoryId>,
): Made => {
  const { reading, page } = item;
  const { article } = reading;
  const linked = tools.link(reading);
  const grouped = tools.group(reading, linked.links);
  // The grouper knows ids as plain text; it was given branded ones.
  const storyId = grouped.storyId as StoryId;
  for (const m of grouped.merged) merges.push({ from: m.from as StoryId, to: m.to as StoryId });
  for (const m of grouped.moved) moved.set(m.articleId as ArticleId, m.to as StoryId);
  return {
    outcome: { kind: "saved", id: article.id, change: "first" },
    filing: {
      reading,
      page,
      storyId,
      copies: linked.links,
      freed: linked.freed as readonly ArticleId[],
      version: versionOf(article, page, {
        kind: "first",
        evidence: "first seen",
        added: 0,
        removed: 0,
      }),
      sketch: linked.sketch,
      profile: grouped.profile,
    },
  };
};

/** An article that is known: nothing, a new reading of the same text, or a new version. It keeps its story and its links. */
const fileAgain = async (
  { store, tools }: Context,
  item: Waiting,
  before: Article,
  inBatch: Filing | undefined,
): Promise<Made> => {
  const { page, replace } = item;
  const { article } = item.reading;
  const same = before.textSha256 === article.textSha256;
  // First sight is the first one, whatever brought the page again.
  const reading: Reading = { ...item.reading, article: { ...article, firstSeen: before.firstSeen } };
  const state = inBatch ?? (await store.state(article.id));
  if (!state) return { outcome: { kind: "same", id: article.id } };
  const copies: readonly CopyLink[] = inBatch
    ? inBatch.copies
    : (await store.copyLinks(article.id)).originals;
  const change = same
    ? { kind: "edit" as const, evidence: "same text", added: 0, removed: 0 }
    : changeBetween(before, article);
  const again = replace || before.pipeline !== tools.pipeline;
  return {
    outcome: same
      ? { kind: again ? "changed" : "same", id: article.id }
      : { kind: "changed", id: article.id, change: change.kind },
    // Filed even when the text is the same: another address of it is worth remembering.
    filing: {
      reading,
      page,
      storyId: state.storyId,
      copies,
      version: versionOf(article, page, change),
      replace,
      sketch: state.sketch,
      profile: state.profile,
    },
  };
};

const versionOf = (
  article: Article,
  page: RawPage,
  change: ReturnType<typeof changeBetween>,
): ArticleVersion => ({
  articleId: article.id,
  // When these bytes were first seen: a page out of an archive keeps its day.
  seen: page.fetchedAt,
  textSha256: article.textSha256,
  rawSha256: page.sha256,
  change: change.kind,
  evidence: change.evidence,
  added: change.added,
  removed: change.removed,
  title: article.title,
  text: article.text,
});
