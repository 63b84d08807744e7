/**
 * The desk's hand on stories and facts: reports split out, moved, stories merged, facts accepted or rejected, and all of it
 * taken back. Each act is a decision with who, when and why; the grouper is told, rows are moved, the stories concerned are
 * built again, and the feed of changes says so. An act that cannot be done is declined in words.
 */
import type { ArticleId, Decision, FactHand, StoryHand, StoryId } from "../model/index.ts";
import type { Clock, Store } from "../ports/index.ts";
import { articleOfFact, inForce, storyDecisions } from "../stories/hand.ts";
import { sha256 } from "./hash.ts";
import { holdByHand } from "./regroup.ts";
import { buildOne } from "./stories.ts";
import type { Tools } from "./tools.ts";

export type HandParts = {
  readonly store: Store;
  readonly clock: Pick<Clock, "now">;
  /** The living grouper; absent while the chain is not loaded: then stories are built when it is. */
  readonly tools?: (() => Tools | undefined) | undefined;
};

export type HandRefusal =
  | "no-story"
  | "no-report"
  | "same-story"
  | "nothing-left"
  | "no-reason"
  | "no-decision";
export type HandOutcome =
  | { readonly ok: true; readonly decision: Decision; readonly story?: StoryId | undefined }
  | { readonly ok: false; readonly reason: HandRefusal };

export type Signed = { readonly who?: string | undefined; readonly reason: string };

export type Hand = {
  /** Reports out of a story into one of their own; copies go with their originals. */
  split(story: string, articles: readonly string[], by: Signed): Promise<HandOutcome>;
  move(story: string, articles: readonly string[], to: string, by: Signed): Promise<HandOutcome>;
  /** All of the first story into the second; its address leads there. */
  merge(story: string, into: string, by: Signed): Promise<HandOutcome>;
  /** Accepts or rejects a fact of an article. */
  judge(factId: string, action: "accept" | "reject" | "note", by: Signed): Promise<HandOutcome>;
  undo(decisionId: string, by: Signed): Promise<HandOutcome>;
};

const no = (reason: HandRefusal): HandOutcome => ({ ok: false, reason });

const KINDS = ["quantities", "quotes", "events"] as const;
const KIND: Readonly<Record<(typeof KINDS)[number], FactHand["kind"]>> = {
  quantities: "quantity",
  quotes: "quote",
  events: "event",
};

export const createHand = (parts: HandParts): Hand => {
  const { store, clock } = parts;
  const tools = (): Tools | undefined => parts.tools?.();

  const decide = async (draft: Omit<Decision, "id" | "at" | "who">, who: string | undefined) => {
    const at = new Date(clock.now()).toISOString();
    const words = [
      at,
      draft.action,
      draft.target,
      draft.field,
      draft.undoes ?? "",
      JSON.stringify(draft.value),
    ];
    const decision: Decision = {
      id: `d${sha256(words.join(" ")).slice(0, 16)}`,
      at,
      who: who === undefined || who.trim() === "" ? "local" : who.trim().slice(0, 80),
      ...draft,
    };
    await store.addDecision(decision);
    return decision;
  };

  /** Builds what was touched; without the chain it stays marked until somebody can. */
  const rebuild = async (ids: Iterable<string>): Promise<void> => {
    const chain = tools();
    for (const id of new Set(ids)) {
      const now = await store.storyIdOf(id);
      if (now === undefined) continue;
      // Counted again and marked as to be built, whatever moved.
      await store.assignStory([], now);
      if (chain) await buildOne({ store, clock, tools: chain }, now);
    }
  };

  /** Puts reports where they belong, in the grouper and in the store; nothing of it is held but by decisions. */
  const put = async (articles: readonly string[], to: StoryId): Promise<void> => {
    tools()?.assign?.(articles, to);
    // Ids come from rows of the store.
    await store.assignStory(articles as ArticleId[], to);
    await holdByHand({ store, tools: tools() });
  };

  /** The named reports of a story, with the copies of them that stand in it. */
  const chosen = async (story: StoryId, articles: readonly string[]) => {
    const rows = await store.storyArticles(story);
    const wanted = new Set(articles.filter((id) => rows.some((r) => r.id === id)));
    for (let before = -1; before !== wanted.size; ) {
      before = wanted.size;
      for (const r of rows) if (r.copyOf !== undefined && wanted.has(r.copyOf)) wanted.add(r.id);
    }
    return { rows, picked: rows.filter((r) => wanted.has(r.id)).map((r) => r.id) };
  };

  const freshId = async (picked: readonly ArticleId[]): Promise<StoryId> => {
    const base = `s${picked[0]?.replace(/^a(?=[0-9a-f]{16}$)/, "") ?? ""}`;
    const known = async (id: string): Promise<boolean> => (await store.storyIdOf(id)) !== undefined;
    if (!(await known(base))) return base as StoryId;
    for (let i = 2; ; i++) {
      const id = `s${sha256(`${base} ${i}`).slice(0, 16)}`;
      if (!(await known(id))) return id as StoryId;
    }
  };

  const signed = (by: Signed): string | undefined => {
    const reason = by.reason.trim().slice(0, 500);
    return reason === "" ? undefined : reason;
  };

  const relocate = async (
    action: "split" | "move",
    story: string,
    articles: readonly string[],
    target: string | undefined,
    by: Signed,
  ): Promise<HandOutcome> => {
    const reason = signed(by);
    if (reason === undefined) return no("no-reason");
    const from = await store.storyIdOf(story);
    if (from === undefined) return no("no-story");
    const { rows, picked } = await chosen(from, articles);
    if (picked.length === 0) return no("no-report");
    const to = target === undefined ? await freshId(picked) : await store.storyIdOf(target);
    if (to === undefined) return no("no-story");
    if (to === from) return no("same-story");
    // A story moved whole is a merge: its address must lead somewhere.
    if (picked.length === rows.length)
      return target === undefined ? no("nothing-left") : mergeInto(from, to, reason, by.who);
    const value: StoryHand = { from, to, articles: picked };
    const decision = await decide({ target: from, field: "story", action, value, reason }, by.who);
    await put(picked, to);
    await rebuild([from, to]);
    return { ok: true, decision, story: to };
  };

  const mergeInto = async (
    from: StoryId,
    to: StoryId,
    reason: string,
    who: string | undefined,
  ): Promise<HandOutcome> => {
    const articles = (await store.storyArticles(from)).map((r) => r.id);
    const held = (await store.storyArticles(to)).map((r) => r.id);
    if (articles.length === 0) return no("no-story");
    const value: StoryHand = { from, to, articles, held };
    const decision = await decide({ target: from, field: "story", action: "merge", value, reason }, who);
    tools()?.assign?.(articles, to);
    await store.moveStory(from, to);
    await holdByHand({ store, tools: tools() });
    await rebuild([to]);
    return { ok: true, decision, story: to };
  };

  const takeBack = async ({ action, value }: Decision): Promise<StoryId> => {
    // Read when it was found among the decisions on stories.
    const { from, to, articles } = value as StoryHand;
    const there = new Set(
      (await store.rows(articles)).filter((r) => r.storyId === to).map((r) => r.id as string),
    );
    const back = articles.filter((id) => there.has(id));
    if (action === "merge") {
      await put(back, from);
      await rebuild([from, to]);
      return from;
    }
    const home = (await store.storyIdOf(from)) ?? from;
    const rest = (await store.storyArticles(to)).filter((r) => !there.has(r.id));
    const born = action === "split" && (await store.storyIdOf(to)) === to;
    if (born || rest.length === 0) {
      // The story was made by the split: what joined it since goes home with the rest, and its address leads there.
      tools()?.assign?.([...back, ...rest.map((r) => r.id)], home);
      await store.moveStory(to, home);
      await holdByHand({ store, tools: tools() });
    } else await put(back, home);
    await rebuild([home, to]);
    return home;
  };

  const rebuildOf = async (articleId: string): Promise<void> => {
    const row = await store.row(articleId);
    if (row) await rebuild([row.storyId]);
  };

  return {
    split: (story, articles, by) => relocate("split", story, articles, undefined, by),
    move: (story, articles, to, by) => relocate("move", story, articles, to, by),
    merge: async (story, into, by) => {
      const reason = signed(by);
      if (reason === undefined) return no("no-reason");
      const [from, to] = [await store.storyIdOf(story), await store.storyIdOf(into)];
      if (from === undefined || to === undefined) return no("no-story");
      return from === to ? no("same-story") : mergeInto(from, to, reason, by.who);
    },
    judge: async (factId, action, by) => {
      const reason = signed(by);
      if (reason === undefined) return no("no-reason");
      const articleId = articleOfFact(factId);
      const reading = articleId === undefined ? undefined : await store.reading(articleId);
      for (const kinds of KINDS) {
        const fact = reading?.[kinds].find((f) => f.id === factId);
        if (!fact || articleId === undefined) continue;
        const value: FactHand = { kind: KIND[kinds], span: fact.span, words: fact.words };
        const decision = await decide({ target: factId, field: KIND[kinds], action, value, reason }, by.who);
        if (action !== "note") await rebuildOf(articleId);
        return { ok: true, decision };
      }
      return no("no-report");
    },
    undo: async (decisionId, by) => {
      const reason = signed(by);
      if (reason === undefined) return no("no-reason");
      const decisions = await store.decisions();
      const old = inForce(decisions).find((d) => d.id === decisionId);
      if (!old) return no("no-decision");
      const { target, field } = old;
      const decision = await decide({ target, field, action: "undo", reason, undoes: old.id }, by.who);
      if (storyDecisions([old]).length > 0) return { ok: true, decision, story: await takeBack(old) };
      const articleId = articleOfFact(target);
      if (articleId !== undefined && (old.action === "accept" || old.action === "reject"))
        await rebuildOf(articleId);
      return { ok: true, decision };
    },
  };
};
