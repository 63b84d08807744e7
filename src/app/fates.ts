/**
 * What became of texts after they were published: a notice that kills one, a later text that corrects one, reach the text and
 * every copy of it, whichever came in first. Notices are few; they are kept in memory and looked up for each new text.
 */
import { restsOn } from "../copies/judge.ts";
import { isMeant, NOTICE_DAYS, type Notice, noticeOf } from "../copies/notices.ts";
import type { Article, ArticleId, ArticleVersion, CopyLink, Fate, Reading } from "../model/index.ts";
import type { Store } from "../ports/index.ts";
import { knownAt } from "../stories/known.ts";

export type Filed = {
  readonly reading: Reading;
  readonly version: ArticleVersion;
  readonly links: readonly CopyLink[];
};

const DAY = 86_400_000;
const MOST_NOTICES = 500;
/** Texts looked through for the one a notice means. */
const MOST_CANDIDATES = 1000;
/** Copies of copies are few; a circle must not turn for ever. */
const MOST_HOPS = 12;

/** A copy stands and falls with its original when most of it is taken over. */
const LEAST_SHARE = 0.5;

export const createFates = (store: Store) => {
  let notices: Notice[] | undefined;

  const load = async (): Promise<Notice[]> => {
    if (notices) return notices;
    const found: Notice[] = [];
    const { rows } = await store.latest({ genre: "advisory" }, { limit: MOST_NOTICES });
    for (const row of rows) {
      // Cheaper than reading every advisory.
      if (!row.wireTags.includes("KILL") && !row.wireTags.includes("WITHDRAWN")) continue;
      const reading = await store.reading(row.id);
      const notice = reading && noticeOf(reading.article, knownAt(reading).ms);
      if (notice) found.push(notice);
    }
    notices = found;
    return found;
  };

  /** Sets a fate on a text and on what rests on it. A text copied after it was corrected is taken to have the correction. */
  const reach = async (id: ArticleId, fate: Fate, hops = 0): Promise<void> => {
    await store.setFate(id, fate.kind, fate);
    await reachCopies(id, fate, hops);
  };
  const reachCopies = async (id: ArticleId, fate: Fate, hops = 0): Promise<void> => {
    if (hops > MOST_HOPS) return;
    for (const link of (await store.copyLinks(id)).copies) {
      if (!restsOn(link, LEAST_SHARE) || link.copy === fate.by || link.kind === "correction") continue;
      const row = await store.row(link.copy);
      if (!row || (fate.kind === "corrected" && row.sortTime >= Date.parse(fate.at))) continue;
      await reach(link.copy, { ...fate, via: fate.via ?? id }, hops + 1);
    }
  };

  const fateOf = (notice: Notice): Fate => ({
    kind: "killed",
    at: notice.at,
    by: notice.id,
    words: notice.words,
    span: notice.span,
  });

  /** Texts already here that a notice means. */
  const meantBy = async (notice: Notice): Promise<readonly ArticleId[]> => {
    const span = { since: notice.ms - NOTICE_DAYS * DAY, until: notice.ms + DAY };
    const own = await store.latest({ outletId: notice.outletId, ...span }, { limit: MOST_CANDIDATES });
    const ids = new Set(own.rows.map((r) => r.id));
    for (const headline of notice.headlines) {
      const phrase = `"${headline.replace(/["“”]/g, " ")}"`;
      const named = await store.search({ q: phrase, sort: "newest" }, { limit: 200 });
      for (const r of named.rows) if (r.sortTime >= span.since && r.sortTime < span.until) ids.add(r.id);
    }
    const meant: ArticleId[] = [];
    for (const reading of await store.readings([...ids]))
      if (isMeant(notice, reading.article, knownAt(reading).ms)) meant.push(reading.article.id);
    return meant;
  };

  /** The headline as words of a later text. */
  const headlineOf = ({ title, text }: Article): Pick<Fate, "words" | "span"> => ({
    words: title,
    ...(text.startsWith(title) ? { span: { start: 0, end: title.length } } : {}),
  });

  const one = async (
    { reading, version, links }: Filed,
    notice: Notice | undefined,
    all: readonly Notice[],
  ): Promise<void> => {
    const { article } = reading;
    const known = knownAt(reading);
    if (notice) {
      for (const id of await meantBy(notice)) await reach(id, fateOf(notice));
      return;
    }
    // A text that says of itself that it is withdrawn or corrected: its copies in other outlets do not.
    if (version.change === "retraction" || version.change === "correction") {
      const kind = version.change === "retraction" ? "killed" : "corrected";
      const modified = Date.parse(article.modified?.value ?? "");
      const fate: Fate = {
        kind,
        at: Number.isNaN(modified) ? version.seen : new Date(modified).toISOString(),
        by: article.id,
        words: article.correction ?? version.evidence,
        ...(article.correctionSpan === undefined ? {} : { span: article.correctionSpan }),
      };
      await reachCopies(article.id, fate);
    }
    for (const n of all) if (isMeant(n, article, known.ms)) await reach(article.id, fateOf(n));
    for (const link of links) {
      if (link.copy !== article.id || link.original === undefined) continue;
      if (link.kind === "correction") {
        await reach(link.original, {
          kind: "corrected",
          at: known.at,
          by: article.id,
          ...headlineOf(article),
        });
        continue;
      }
      if (!restsOn(link, LEAST_SHARE)) continue;
      const original = await store.row(link.original);
      for (const fate of original?.fates ?? []) {
        if (fate.kind === "gone" || fate.by === article.id) continue;
        if (fate.kind === "corrected" && known.ms >= Date.parse(fate.at)) continue;
        await reach(article.id, { ...fate, via: fate.via ?? link.original });
      }
    }
  };

  return {
    /** After texts were filed: what they do to others, and what others did to them. */
    settle: async (filed: readonly Filed[]): Promise<void> => {
      if (filed.length === 0) return;
      const all = await load();
      const noticed = filed.map((f) => ({ f, notice: noticeOf(f.reading.article, knownAt(f.reading).ms) }));
      for (const { notice } of noticed) if (notice && !all.some((n) => n.id === notice.id)) all.push(notice);
      for (const { f, notice } of noticed) await one(f, notice, all);
    },
  };
};

/** What was found at an address: the text that is held stays, marked as gone or there again. False when nothing is known of it. */
const fileAddress = async (
  store: Store,
  id: ArticleId,
  change: "removal" | "return",
  evidence: string,
  seen: string,
): Promise<boolean> => {
  const [reading, state] = [await store.reading(id), await store.state(id)];
  if (!reading || !state) return false;
  const { article } = reading;
  await store.saveFilings([
    {
      reading,
      storyId: state.storyId,
      copies: (await store.copyLinks(id)).originals,
      version: {
        articleId: id,
        seen,
        textSha256: article.textSha256,
        change,
        evidence,
        added: 0,
        removed: 0,
        title: article.title,
      },
      sketch: state.sketch,
      profile: state.profile,
    },
  ]);
  return true;
};

/** A page that is no longer at its address. */
export const fileRemoval = (store: Store, id: ArticleId, evidence: string, seen: string): Promise<boolean> =>
  fileAddress(store, id, "removal", evidence, seen);

/** A page that was gone and was seen again later takes the mark away; a page out of an older archive does not. */
export const fileReturn = async (store: Store, id: ArticleId, seen: string): Promise<boolean> => {
  const gone = (await store.row(id))?.fates?.find((f) => f.kind === "gone");
  if (gone === undefined || !(Date.parse(seen) > Date.parse(gone.at))) return false;
  return fileAddress(store, id, "return", "the address answers again", seen);
};
