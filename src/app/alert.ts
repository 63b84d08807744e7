/**
 * Watches: a saved search, a story, a number. The feed of changes says which articles and stories are new since the last look;
 * each watch is asked only about those. A message says why it was sent, in words over stored fields. Messages go to the watch's
 * own feed always, and to mail and webhooks through an outbox that survives a stop and gives up after some tries.
 */
import type { Alert, AlertMessage, ArticleRow, Fate, LedgerEntry, Story } from "../model/index.ts";
import type { Clock, Fetcher, Mailer, Store } from "../ports/index.ts";
import { storyDecisions } from "../stories/hand.ts";
import { sha256 } from "./hash.ts";

export type AlertParts = {
  readonly store: Store;
  readonly clock: Clock;
  readonly fetcher?: Fetcher | undefined;
  readonly mailer?: Mailer | undefined;
  /** Public address of the site without a trailing slash, for links in letters. */
  readonly siteUrl?: string | undefined;
};

const CURSOR = "alerts:cursor";
const OUTBOX = "alerts:outbox";
const MOST_TRIES = 8;
const MOST_MESSAGES = 20;

type Fresh = {
  readonly articles: ReadonlyMap<string, "added" | "changed">;
  readonly stories: ReadonlySet<string>;
  readonly decisions: ReadonlySet<string>;
  readonly seq: number;
};

/** Articles and stories that changed since the last look. */
const freshSince = async (store: Store, after: number): Promise<Fresh> => {
  const articles = new Map<string, "added" | "changed">();
  const stories = new Set<string>();
  const decisions = new Set<string>();
  let seq = after;
  for (;;) {
    const changes = await store.changes(seq, 1000);
    for (const c of changes) {
      seq = c.seq;
      if (c.target === "story" && c.kind !== "deleted") stories.add(c.id);
      if (c.target === "decision") decisions.add(c.id);
      // Only what a reader would call news: a new article, or one that was corrected or withdrawn.
      if (c.target === "article" && c.kind === "added") articles.set(c.id, "added");
      if (
        c.target === "article" &&
        c.kind === "changed" &&
        /correction|retraction|removal/.test(c.detail ?? "")
      )
        if (!articles.has(c.id)) articles.set(c.id, "changed");
    }
    if (changes.length < 1000) return { articles, stories, decisions, seq };
  }
};

type Draft = Pick<AlertMessage, "title" | "reason" | "link">;
type Fired = { readonly messages: readonly Draft[]; readonly cursor?: string | undefined };

const describe = (alert: Alert): string => {
  if (alert.watch.kind !== "search") return alert.name;
  const { q, ...filters } = alert.watch.query;
  const rest = Object.entries(filters).flatMap(([k, v]) =>
    v === undefined || k === "sort" || k === "copies" ? [] : [`${k} ${v}`],
  );
  return [q === undefined || q === "" ? [] : [q], rest].flat().join(", ") || "everything";
};

const FATES: Readonly<Record<Fate["kind"], readonly [own: string, original: string]>> = {
  killed: ["withdrew", "took over what has been withdrawn"],
  corrected: ["corrected", "took over what has been corrected"],
  gone: ["no longer has at its address", "took over what is gone"],
};

/** What became of an article, the latest of it. */
const fateWords = (row: ArticleRow): string => {
  const fate = row.fates?.at(-1);
  const [own, original] = FATES[fate?.kind ?? (row.withdrawn ? "killed" : "corrected")];
  return `${row.outletName} ${fate?.via === undefined ? own : original}`;
};

const articleMessage = (row: ArticleRow, kind: "added" | "changed", alert: Alert): Draft => ({
  title: row.title,
  reason:
    kind === "added"
      ? `New in the search "${describe(alert)}": ${row.outletName}.`
      : `${fateWords(row)}: an article of the search "${describe(alert)}".`,
  link: `/article/${row.id}`,
});

/** New articles among the newest answers of the search. */
const watchSearch = async (store: Store, alert: Alert, fresh: Fresh): Promise<Fired> => {
  if (alert.watch.kind !== "search" || fresh.articles.size === 0) return { messages: [] };
  const found = await store.search({ ...alert.watch.query, sort: "newest" }, { limit: 200 });
  const hits = found.rows.flatMap((row) => {
    const kind = fresh.articles.get(row.id);
    return kind === undefined ? [] : [articleMessage(row, kind, alert)];
  });
  if (hits.length <= MOST_MESSAGES) return { messages: hits };
  const first = hits[0];
  return {
    messages: [
      ...hits.slice(0, MOST_MESSAGES - 1),
      {
        title: `${hits.length - MOST_MESSAGES + 1} more articles`,
        reason: `The search "${describe(alert)}" found ${hits.length} new articles at once.`,
        link: first?.link ?? "/search",
      },
    ],
  };
};

const counted = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

const BY_HAND: Readonly<Record<string, string>> = {
  split: "taken apart",
  move: "reports moved",
  merge: "put together with another story",
};

/** What people did to a story since the last look; it is told under the id watched and the one it lives under now. */
const byHand = async (store: Store, ids: ReadonlySet<string>, fresh: Fresh): Promise<readonly string[]> =>
  fresh.decisions.size === 0
    ? []
    : storyDecisions(await store.decisions()).flatMap((d) =>
        fresh.decisions.has(d.id) && (ids.has(d.hand.from) || ids.has(d.hand.to))
          ? [`by hand, ${BY_HAND[d.action]}: ${d.reason}`]
          : [],
      );

/** Growth of a story against what was seen at the last firing. */
const watchStory = async (store: Store, alert: Alert, fresh: Fresh): Promise<Fired> => {
  if (alert.watch.kind !== "story") return { messages: [] };
  const id = await store.storyIdOf(alert.watch.storyId);
  if (id === undefined || (alert.cursor !== undefined && !fresh.stories.has(id))) return { messages: [] };
  const row = (await store.stories({ sort: "newest", storyId: id }, { limit: 1 })).rows[0];
  if (!row) return { messages: [] };
  const cursor = JSON.stringify({
    articles: row.articles,
    newsrooms: row.newsrooms,
    originals: row.originals,
  });
  if (alert.cursor === undefined) return { messages: [], cursor };
  const before = readCursor(alert.cursor);
  const reports = row.originals - (before["originals"] ?? 0);
  const newsrooms = row.newsrooms - (before["newsrooms"] ?? 0);
  const hand = await byHand(store, new Set([id, alert.watch.storyId]), fresh);
  if (reports <= 0 && newsrooms <= 0 && hand.length === 0) return { messages: [], cursor };
  const parts = [
    ...hand,
    ...(reports > 0 ? [counted(reports, "new report", "new reports")] : []),
    ...(newsrooms > 0 ? [`now ${counted(row.newsrooms, "newsroom", "newsrooms")}`] : []),
  ];
  return {
    messages: [{ title: row.headline, reason: `${parts.join(", ")}.`, link: `/story/${id}` }],
    cursor,
  };
};

const readCursor = (text: string): Record<string, number> => {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).filter((e): e is [string, number] => typeof e[1] === "number"),
    );
  } catch {
    return {};
  }
};

const latestOf = (entries: readonly LedgerEntry[]): LedgerEntry | undefined =>
  [...entries].sort((a, b) => (a.at < b.at ? -1 : 1)).at(-1);

/** A number's value now: its words, and its standing. */
const valuesOf = (
  story: Story,
  key: string | undefined,
): ReadonlyMap<
  string,
  { readonly shown: string; readonly words: string; readonly issuer: string; readonly entry: LedgerEntry }
> => {
  const values = new Map<string, { shown: string; words: string; issuer: string; entry: LedgerEntry }>();
  for (const series of story.ledger) {
    if (key !== undefined && series.key !== key) continue;
    const entry = latestOf(series.entries);
    if (entry)
      values.set(series.key, {
        shown: `${entry.quantity.words}|${entry.status}`,
        words: entry.quantity.words,
        issuer: series.issuer.replace(/^outlet:/, ""),
        entry,
      });
  }
  return values;
};

const watchNumber = async (store: Store, alert: Alert, fresh: Fresh): Promise<Fired> => {
  if (alert.watch.kind !== "number") return { messages: [] };
  const id = await store.storyIdOf(alert.watch.storyId);
  if (id === undefined || (alert.cursor !== undefined && !fresh.stories.has(id))) return { messages: [] };
  const story = await store.story(id);
  if (!story) return { messages: [] };
  const now = valuesOf(story, alert.watch.seriesKey);
  const cursor = JSON.stringify(Object.fromEntries([...now].map(([k, v]) => [k, v.shown])));
  if (alert.cursor === undefined) return { messages: [], cursor };
  const before = readWords(alert.cursor);
  const messages: Draft[] = [];
  for (const [key, value] of now) {
    const old = before.get(key);
    if (old === value.shown) continue;
    const oldWords = old?.slice(0, old.lastIndexOf("|"));
    const status = value.entry.status;
    messages.push({
      title: story.headline,
      reason:
        old === undefined
          ? `A number not given before: "${value.words}", by ${value.issuer}.`
          : oldWords === value.words
            ? `"${value.words}", by ${value.issuer}, is now ${status}.`
            : `Changed from "${oldWords}" to "${value.words}", by ${value.issuer}.`,
      link: `/story/${id}`,
    });
  }
  return { messages: messages.slice(0, MOST_MESSAGES), cursor };
};

const readWords = (text: string): ReadonlyMap<string, string> => {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return new Map();
    return new Map(Object.entries(value).filter((e): e is [string, string] => typeof e[1] === "string"));
  } catch {
    return new Map();
  }
};

const WATCHERS = { search: watchSearch, story: watchStory, number: watchNumber } as const;

/** One look at everything that is watched. Returns the number of messages. */
export const checkAlerts = async (parts: AlertParts): Promise<number> => {
  const { store, clock } = parts;
  const saved = await store.setting(CURSOR);
  const after = typeof saved === "number" ? saved : undefined;
  const alerts = await store.alerts();
  // The first look only notes where to begin: an archive that was just filled is no news.
  const fresh = await freshSince(store, after ?? 0);
  let sent = 0;
  for (const alert of alerts) {
    const fired: Fired =
      after === undefined && alert.watch.kind === "search"
        ? { messages: [] }
        : await WATCHERS[alert.watch.kind](store, alert, fresh);
    const at = new Date(clock.now()).toISOString();
    const messages: AlertMessage[] = fired.messages.map((m) => ({
      ...m,
      // The same finding in the same look is the same message, also when the look is repeated after a stop.
      id: `m${sha256(`${alert.id} ${fresh.seq} ${m.link} ${m.reason}`).slice(0, 16)}`,
      alertId: alert.id,
      at,
    }));
    if (messages.length > 0) {
      await store.addAlertMessages(messages);
      await queueLetters(store, alert, messages);
      sent += messages.length;
    }
    if (messages.length > 0 || (fired.cursor !== undefined && fired.cursor !== alert.cursor))
      await store.putAlert({
        ...alert,
        ...(fired.cursor === undefined ? {} : { cursor: fired.cursor }),
        ...(messages.length > 0 ? { lastFired: at } : {}),
      });
  }
  await store.putSetting(CURSOR, fresh.seq);
  await deliver(parts);
  return sent;
};

type Letter = {
  readonly alertId: string;
  readonly channel:
    | { readonly kind: "email"; readonly to: string }
    | { readonly kind: "webhook"; readonly url: string };
  readonly name: string;
  readonly messages: readonly AlertMessage[];
  readonly tries: number;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
};

const outboxOf = async (store: Store): Promise<readonly Letter[]> => {
  const saved = await store.setting(OUTBOX);
  // Written by queueLetters below and by nobody else.
  return Array.isArray(saved) ? (saved as Letter[]) : [];
};

const queueLetters = async (store: Store, alert: Alert, messages: readonly AlertMessage[]): Promise<void> => {
  const letters: Letter[] = [];
  for (const channel of alert.channels)
    if (channel.kind !== "feed")
      letters.push({ alertId: alert.id, channel, name: alert.name, messages, tries: 0, notBefore: 0 });
  if (letters.length > 0)
    await store.putSetting(OUTBOX, [...(await outboxOf(store)), ...letters].slice(-1000));
};

const textOf = (letter: Letter, site: string): string =>
  letter.messages.map((m) => `${m.title}\n${m.reason}\n${site}${m.link}`).join("\n\n");

/** Sends one letter; the words of its failure, or undefined. */
const send = async (parts: AlertParts, letter: Letter): Promise<string | undefined> => {
  const site = parts.siteUrl ?? "";
  const { channel } = letter;
  try {
    if (channel.kind === "email") {
      if (!parts.mailer) return "No mail server is configured (DATELINE_SMTP).";
      const first = letter.messages[0];
      const subject =
        letter.messages.length === 1 && first
          ? `${letter.name}: ${first.title}`
          : `${letter.name}: ${letter.messages.length} messages`;
      await parts.mailer.send({ to: channel.to, subject, text: textOf(letter, site) });
      return undefined;
    }
    if (!parts.fetcher) return "Fetching is off.";
    const answer = await parts.fetcher.fetch({
      url: channel.url,
      purpose: "webhook",
      method: "POST",
      contentType: "application/json",
      body: JSON.stringify({
        alert: { id: letter.alertId, name: letter.name },
        messages: letter.messages.map((m) => ({ ...m, link: `${site}${m.link}` })),
      }),
    });
    // The way out that the guard of addresses names is one of commands, not of alerts.
    return answer.ok ? undefined : answer.detail.replace(/ Use --allow-private to allow it\.$/, "");
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** What became of a message on one way. */
export type Tried = { readonly to: string; readonly error?: string | undefined };

/** Sends a trial by letter and webhook now, so that a wrong address is known before anything happens. */
export const tryAlert = async (parts: AlertParts, alert: Alert): Promise<readonly Tried[]> => {
  const at = new Date(parts.clock.now()).toISOString();
  const messages: readonly AlertMessage[] = [
    {
      id: `m${sha256(`${alert.id} trial ${at}`).slice(0, 16)}`,
      alertId: alert.id,
      at,
      title: alert.name,
      reason: "A trial of this alert: nothing has changed.",
      link: "/alerts",
    },
  ];
  const tried: Tried[] = [];
  for (const channel of alert.channels) {
    if (channel.kind === "feed") continue;
    const letter = { alertId: alert.id, channel, name: alert.name, messages, tries: 0, notBefore: 0 };
    tried.push({ to: channel.kind === "email" ? channel.to : channel.url, error: await send(parts, letter) });
  }
  const { lastError: _, ...rest } = alert;
  const error = tried.find((t) => t.error !== undefined)?.error;
  if (tried.length > 0)
    await parts.store.putAlert(error === undefined ? rest : { ...rest, lastError: error });
  return tried;
};

/** Empties the outbox as far as it goes; what fails waits longer each time. */
export const deliver = async (parts: AlertParts): Promise<void> => {
  const { store, clock } = parts;
  const waiting = await outboxOf(store);
  if (waiting.length === 0) return;
  const left: Letter[] = [];
  for (const letter of waiting) {
    if (letter.notBefore > clock.now()) {
      left.push(letter);
      continue;
    }
    const error = await send(parts, letter);
    const alert = (await store.alerts()).find((a) => a.id === letter.alertId);
    if (alert && alert.lastError !== error) {
      const { lastError: _, ...rest } = alert;
      await store.putAlert(error === undefined ? rest : { ...rest, lastError: error });
    }
    if (error !== undefined && letter.tries + 1 < MOST_TRIES && alert)
      left.push({ ...letter, tries: letter.tries + 1, notBefore: clock.now() + 60_000 * 3 ** letter.tries });
  }
  await store.putSetting(OUTBOX, left);
};
