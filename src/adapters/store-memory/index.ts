/**
 * The Store port in memory, for tests, demonstrations and one-off readings: plain maps, everything counted when asked.
 * Nothing survives the process.
 */
import type {
  Alert,
  AlertMessage,
  ArticleId,
  ArticleRow,
  ArticleVersion,
  CopyLink,
  Decision,
  Entity,
  Event,
  Fate,
  Filing,
  Incident,
  Outlet,
  Quantity,
  Quote,
  RawPage,
  Reading,
  Refusal,
  SearchQuery,
  Source,
  SourceId,
  Story,
  StoryId,
} from "../../model/index.ts";
import { listedDay, primaryLanguage } from "../../model/index.ts";
import type {
  Change,
  CoverageCell,
  Facet,
  List,
  ListFilter,
  Page,
  Store,
  StoryFilter,
  StoryRow,
} from "../../ports/index.ts";
import { articleOfFact, withoutRejected } from "../../stories/hand.ts";
import { type Bearer, familyOf, formerKeys, withJoins, withoutJoins } from "../../stories/persons.ts";
import { breakingRank, headlineRank } from "../../stories/rank.ts";
import { containsTerm, parseSearch, type SearchTerms, snippetOf, wordsOf } from "../search-words.ts";
import {
  addressesOf,
  dayOf,
  fateChange,
  goneFate,
  hidingLink,
  isOf,
  isVersion,
  MOST_OFFICES,
  ofAddress,
  partialMs,
  quantityValue,
  rowOf,
  totalsOf,
  withFate,
} from "../store-rows.ts";

type Held = {
  readonly filing: Filing;
  storyId: StoryId;
  withdrawn: boolean;
  row: ArticleRow;
  readonly words: readonly string[];
  standing: Reading;
};

type State = {
  readonly articles: Map<string, Held>;
  readonly addresses: Map<string, { readonly id: string; readonly sha: string | undefined }>;
  readonly tombstones: Set<string>;
  readonly forgotten: Set<string>;
  readonly versions: Map<string, ArticleVersion[]>;
  readonly raw: Map<string, RawPage>;
  readonly links: Map<string, CopyLink>;
  readonly refusals: Map<string, Refusal>;
  readonly records: Map<string, Story>;
  readonly stale: Set<string>;
  readonly moves: Map<string, StoryId>;
  readonly incidents: Map<string, { readonly story: string; readonly incident: Incident }>;
  readonly outlets: Map<string, Outlet>;
  readonly sources: Map<string, Source>;
  readonly rereads: Map<string, { readonly reads: number; readonly due: number }>;
  readonly alerts: Map<string, Alert>;
  readonly messages: AlertMessage[];
  readonly decisions: Decision[];
  readonly changes: Change[];
  readonly settings: Map<string, string>;
};

const emptyState = (): State => ({
  articles: new Map(),
  addresses: new Map(),
  tombstones: new Set(),
  forgotten: new Set(),
  versions: new Map(),
  raw: new Map(),
  links: new Map(),
  refusals: new Map(),
  records: new Map(),
  stale: new Set(),
  moves: new Map(),
  incidents: new Map(),
  outlets: new Map(),
  sources: new Map(),
  rereads: new Map(),
  alerts: new Map(),
  messages: [],
  decisions: [],
  changes: [],
  settings: new Map(),
});

/** Newest second first, then by id, as every store does. */
const byTime = (a: ArticleRow, b: ArticleRow): number =>
  Math.floor(b.sortTime / 1000) - Math.floor(a.sortTime / 1000) || (a.id < b.id ? 1 : -1);

const pageOf = <T>(all: readonly T[], page: Page): List<T> => {
  const limit = Math.max(1, Math.min(1000, Math.floor(page.limit) || 20));
  const start = page.after === undefined ? 0 : Number.parseInt(page.after, 10) || 0;
  return {
    rows: all.slice(start, start + limit),
    ...(start + limit < all.length ? { next: String(start + limit) } : {}),
  };
};

const fits = (held: Held, f: ListFilter): boolean => {
  const row = held.row;
  const countries = f.country === undefined ? f.countries : [f.country];
  if (countries !== undefined && !countries.some((c) => row.countries.includes(c))) return false;
  if (f.outletId !== undefined && row.outletId !== f.outletId) return false;
  if (f.languages !== undefined && f.languages.length > 0 && !f.languages.some((l) => isOf(row.language, l)))
    return false;
  if (f.genre !== undefined && row.genre !== f.genre) return false;
  if (f.storyId !== undefined && row.storyId !== f.storyId) return false;
  if (f.originalsOnly && row.copyOf !== undefined) return false;
  if (f.withVideo && row.video === undefined) return false;
  if (f.demo !== undefined && row.demo !== f.demo) return false;
  if (f.since !== undefined && row.sortTime < f.since) return false;
  return f.until === undefined || row.sortTime < f.until;
};

const tally = (values: Iterable<string>): readonly Facet[] => {
  const counts = new Map<string, number>();
  for (const v of values) counts.set(v, (counts.get(v) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
};

const dayEdge = (day: string | undefined, after: boolean): number | undefined => {
  const ms = day === undefined ? Number.NaN : partialMs(day);
  if (!Number.isFinite(ms)) return undefined;
  const d = new Date(ms);
  if (after && day?.length === 4) d.setUTCFullYear(d.getUTCFullYear() + 1);
  else if (after && day?.length === 7) d.setUTCMonth(d.getUTCMonth() + 1);
  else if (after) d.setUTCDate(d.getUTCDate() + 1);
  return d.getTime();
};

const matches = (held: Held, q: SearchQuery, terms: SearchTerms): boolean => {
  if (
    !fits(held, {
      country: q.country,
      outletId: q.outlet,
      languages: q.language === undefined ? undefined : [q.language],
      genre: q.genre,
      originalsOnly: q.copies !== true,
      since: dayEdge(q.since, false),
      until: dayEdge(q.until, true),
    })
  )
    return false;
  const { events, quantities } = held.standing;
  if (q.eventType !== undefined && !events.some((e) => e.eventType === q.eventType)) return false;
  if (q.measure !== undefined || q.min !== undefined || q.max !== undefined) {
    const within = quantities.some((x) => {
      const value = quantityValue(x);
      if (q.measure !== undefined && x.measure !== q.measure) return false;
      if (q.min !== undefined && (value === undefined || value < q.min)) return false;
      return q.max === undefined || (value !== undefined && value <= q.max);
    });
    if (!within) return false;
  }
  if (terms.unwanted.some((t) => containsTerm(held.words, t))) return false;
  return terms.wanted.every((t) => containsTerm(held.words, t));
};

export const createMemoryStore = (options: { readonly now?: () => number } = {}): Store => {
  const s = emptyState();
  const at = (): string => new Date((options.now ?? Date.now)()).toISOString();
  const change = (kind: Change["kind"], target: Change["target"], id: string, detail?: string): void => {
    s.changes.push({
      seq: s.changes.length + 1,
      at: at(),
      kind,
      target,
      id,
      ...(detail === undefined ? {} : { detail }),
    });
  };
  const resolve = (id: string): StoryId => s.moves.get(id) ?? (id as StoryId);
  const held = (f: ListFilter): Held[] => [...s.articles.values()].filter((h) => fits(h, f));
  const rows = (f: ListFilter): ArticleRow[] =>
    held(f)
      .map((h) => h.row)
      .sort(byTime);
  const inStory = (id: string): Held[] => [...s.articles.values()].filter((h) => h.storyId === id);
  const exists = (id: string): boolean => inStory(id).length > 0;

  /** Settles copies and story membership of every line again. */
  const settle = (): void => {
    const links = new Map<string, CopyLink[]>();
    for (const l of s.links.values())
      if (l.original === undefined || s.articles.has(l.original))
        links.set(l.copy, [...(links.get(l.copy) ?? []), l]);
    const copies = new Map<string, number>();
    for (const [id, h] of s.articles) {
      const { copyOf: _, ...row } = h.row;
      const hiding = hidingLink(id, links.get(id) ?? [])?.original;
      if (hiding !== undefined) copies.set(hiding, (copies.get(hiding) ?? 0) + 1);
      h.row = {
        ...row,
        storyId: h.storyId,
        withdrawn: h.withdrawn,
        ...(hiding === undefined ? {} : { copyOf: hiding }),
      };
    }
    for (const [id, h] of s.articles) h.row = { ...h.row, copies: copies.get(id) ?? 0 };
  };

  const touchStories = (ids: Iterable<string>, known: ReadonlySet<string>): void => {
    for (const id of new Set(ids)) {
      if (!exists(id)) {
        if (known.has(id)) change("deleted", "story", id);
        s.records.delete(id);
        s.stale.delete(id);
        for (const [k, v] of s.incidents) if (v.story === id) s.incidents.delete(k);
        continue;
      }
      s.stale.add(id);
      change(known.has(id) ? "changed" : "added", "story", id);
    }
  };
  const knownStories = (): Set<string> => new Set([...s.articles.values()].map((h) => h.storyId));

  const addVersion = (version: ArticleVersion): void => {
    const list = s.versions.get(version.articleId) ?? [];
    const last = list.at(-1);
    if (last && last.textSha256 === version.textSha256 && !isVersion(last.change, version.change)) return;
    s.versions.set(version.articleId, [...list, version]);
  };

  const applyFate = (held: Held, kind: Fate["kind"], fate: Fate | undefined, touched: Set<string>): void => {
    const { fates: old = [], ...row } = held.row;
    const fates = withFate(old, kind, fate);
    if (!fates) return;
    held.row = fates.length === 0 ? row : { ...row, fates };
    held.withdrawn = rowOf(held.filing).withdrawn || fates.some((f) => f.kind === "killed");
    touched.add(held.storyId);
    change("changed", "article", row.id, fateChange(kind, fate));
  };

  /** What searches find an article by: its facts without those a person rejected. */
  const standingOf = (reading: Reading): Reading => withoutRejected(reading, s.decisions);
  const saveOne = (filing: Filing, touched: Set<string>): void => {
    const { article } = filing.reading;
    const addresses = addressesOf(filing);
    if (addresses.some((u) => s.tombstones.has(u))) return;
    const sha = filing.page?.sha256 ?? article.rawSha256;
    for (const u of addresses) {
      s.addresses.set(u, { id: article.id, sha: sha ?? s.addresses.get(u)?.sha });
      s.refusals.delete(u);
    }
    if (filing.page && !s.raw.has(filing.page.sha256)) s.raw.set(filing.page.sha256, filing.page);
    const before = s.articles.get(article.id);
    addVersion(filing.version);
    if (ofAddress(filing) && before) {
      applyFate(before, "gone", goneFate(filing), touched);
      return;
    }
    const old = before?.filing.reading.article;
    if (old && old.textSha256 === article.textSha256 && old.pipeline === article.pipeline && !filing.replace)
      return;
    if (before) touched.add(before.storyId);
    const storyId = resolve(filing.storyId);
    const row = rowOf(filing, storyId);
    const fates = before?.row.fates;
    s.articles.set(article.id, {
      filing,
      storyId,
      withdrawn: row.withdrawn || fates?.some((f) => f.kind === "killed") === true,
      // What became of it outlives a new reading.
      row: fates === undefined ? row : { ...row, fates },
      words: wordsOf(article.text),
      standing: standingOf(filing.reading),
    });
    touched.add(storyId);
    const anew = new Set<string>([article.id, ...filing.copies.map((l) => l.copy), ...(filing.freed ?? [])]);
    for (const [k, l] of s.links)
      if (anew.has(l.copy) && !l.evidence.some((e) => e.kind === "user")) s.links.delete(k);
    for (const l of filing.copies)
      if (l.copy !== l.original)
        s.links.set(`${l.copy} ${l.original ?? l.originalUrl ?? l.originalOutlet ?? ""}`, l);
    change(before ? "changed" : "added", "article", article.id, filing.version.change);
  };

  const storyRow = (id: string): StoryRow | undefined => {
    const list = inStory(id).sort((a, b) => byTime(b.row, a.row));
    const first = list[0];
    const last = list.at(-1);
    if (!first || !last) return undefined;
    const record = s.records.get(id);
    const originals = list.filter((h) => h.row.copyOf === undefined);
    const head = originals[0] ?? first;
    const countries = tally(list.flatMap((h) => h.row.countries)).map((f) => f.value);
    const headThere = record !== undefined && s.articles.get(record.headlineArticle)?.storyId === id;
    const times = list.map((h) => h.row.sortTime);
    return {
      id: id as StoryId,
      headline: headThere ? record.headline : head.row.title,
      headlineArticle: headThere ? record.headlineArticle : head.row.id,
      first: new Date(Math.min(...times)).toISOString(),
      last: new Date(Math.max(...times)).toISOString(),
      articles: list.length,
      originals: originals.length,
      newsrooms: headThere
        ? record.corroboration.newsrooms
        : new Set(originals.map((h) => h.row.outletId)).size,
      informants: headThere ? record.corroboration.informants.length : 0,
      outlets: new Set(list.map((h) => h.row.outletId)).size,
      burst: headThere ? breakingRank(record) : 0,
      countries: (headThere && !s.stale.has(id) ? record.countries.map((c) => c.code) : countries).slice(
        0,
        6,
      ),
      languages: [...new Set(list.map((h) => h.row.language))].sort(),
      demo: list.every((h) => h.row.demo),
    };
  };

  const storyFits = (row: StoryRow, f: StoryFilter): boolean => {
    const countries = f.country === undefined ? f.countries : [f.country];
    if (countries !== undefined && !countries.some((c) => row.countries.includes(c))) return false;
    if (
      f.languages !== undefined &&
      f.languages.length > 0 &&
      !f.languages.some((l) => row.languages.some((own) => isOf(own, l)))
    )
      return false;
    if (f.storyId !== undefined && row.id !== f.storyId) return false;
    if (f.demo !== undefined && row.demo !== f.demo) return false;
    if (f.since !== undefined && Date.parse(row.last) < f.since) return false;
    if (f.until !== undefined && Date.parse(row.first) >= f.until) return false;
    if (f.outletId === undefined && f.genre === undefined && !f.withVideo) return true;
    return inStory(row.id).some((h) =>
      fits(h, { outletId: f.outletId, genre: f.genre, withVideo: f.withVideo }),
    );
  };

  const entityStats = (
    f: ListFilter,
  ): Map<string, { entity: Entity; articles: number; names: string[]; rows: ArticleRow[] }> => {
    const found = new Map<
      string,
      { entity: Entity; articles: number; names: string[]; rows: ArticleRow[] }
    >();
    for (const h of held(f)) {
      const keys = new Set<string>();
      for (const e of h.filing.reading.entities) {
        if (keys.has(e.key)) continue;
        keys.add(e.key);
        const x = found.get(e.key) ?? { entity: e, articles: 0, names: [], rows: [] };
        // Whoever was joined has a fuller description elsewhere.
        const fuller = JSON.stringify(e).length > JSON.stringify(x.entity).length;
        if (e.joined === undefined && (x.entity.joined !== undefined || fuller)) x.entity = e;
        x.articles++;
        x.names.push(e.name);
        x.rows.push(h.row);
        found.set(e.key, x);
      }
    }
    return found;
  };

  return {
    async saveFilings(filings: readonly Filing[]) {
      const touched = new Set<string>();
      const known = knownStories();
      for (const f of filings) saveOne(f, touched);
      settle();
      touchStories(touched, known);
    },
    async setFate(id, kind, fate) {
      const held = s.articles.get(id);
      const touched = new Set<string>();
      const known = knownStories();
      if (held) applyFate(held, kind, fate, touched);
      settle();
      touchStories(touched, known);
    },
    async saveRefusal(refusal) {
      s.refusals.delete(refusal.url);
      s.refusals.set(refusal.url, refusal);
    },
    async moveStory(from, to) {
      const target = resolve(to);
      if (from === target) return;
      for (const h of inStory(from)) h.storyId = target;
      for (const [k, v] of s.moves) if (v === from) s.moves.set(k, target);
      s.moves.set(from, target);
      s.moves.delete(target);
      s.records.delete(from);
      s.stale.delete(from);
      for (const [k, v] of s.incidents) if (v.story === from) s.incidents.delete(k);
      settle();
      s.stale.add(target);
      change("deleted", "story", from, `merged into ${target}`);
      change("changed", "story", target);
    },
    async assignStory(ids: readonly ArticleId[], storyId: StoryId) {
      const touched = new Set<string>([storyId]);
      const known = knownStories();
      if (ids.length > 0) s.moves.delete(storyId);
      for (const id of ids) {
        const h = s.articles.get(id);
        if (!h) continue;
        touched.add(h.storyId);
        h.storyId = storyId;
      }
      settle();
      touchStories(touched, known);
    },
    async saveStories(list) {
      for (const story of list) {
        const count = inStory(story.id).length;
        if (count === 0) continue;
        s.records.set(story.id, story);
        if (count === story.articles.length) s.stale.delete(story.id);
        change("changed", "story", story.id, "record");
      }
    },
    async saveIncidents(storyId, list) {
      const before = new Map<string, string>();
      for (const [k, v] of s.incidents)
        if (v.story === storyId) {
          before.set(k, JSON.stringify(v.incident));
          s.incidents.delete(k);
        }
      for (const incident of list) {
        s.incidents.set(incident.id, { story: storyId, incident });
        const old = before.get(incident.id);
        before.delete(incident.id);
        if (old !== JSON.stringify(incident))
          change(old === undefined ? "added" : "changed", "incident", incident.id);
      }
      for (const k of before.keys()) change("deleted", "incident", k);
    },
    async forget(url) {
      const id = s.addresses.get(url)?.id ?? (s.articles.has(url) ? url : undefined);
      s.tombstones.add(url);
      s.refusals.delete(url);
      if (id === undefined) return { forgotten: 0 };
      const h = s.articles.get(id);
      const known = knownStories();
      const shas = new Set(
        [
          h?.filing.page?.sha256,
          h?.filing.reading.article.rawSha256,
          ...(s.versions.get(id) ?? []).map((v) => v.rawSha256),
        ].filter((x): x is string => x !== undefined),
      );
      for (const [u, a] of s.addresses)
        if (a.id === id) {
          s.tombstones.add(u);
          s.addresses.delete(u);
          if (a.sha !== undefined) shas.add(a.sha);
        }
      s.articles.delete(id);
      s.versions.delete(id);
      s.rereads.delete(id);
      for (const [k, l] of s.links) if (l.copy === id || l.original === id) s.links.delete(k);
      const used = new Set([...s.articles.values()].map((x) => x.filing.page?.sha256));
      for (const sha of shas) if (!used.has(sha)) s.raw.delete(sha);
      for (let i = s.messages.length - 1; i >= 0; i--)
        if (JSON.stringify(s.messages[i]).includes(id)) s.messages.splice(i, 1);
      // What rested on its word stands again.
      const freed = new Set<string>();
      for (const other of s.articles.values())
        for (const fate of other.row.fates ?? [])
          if (fate.by === id) applyFate(other, fate.kind, undefined, freed);
      settle();
      touchStories(freed, known);
      if (h) {
        s.records.delete(h.storyId);
        for (const [k, v] of s.incidents) if (v.story === h.storyId) s.incidents.delete(k);
        touchStories([h.storyId], known);
      }
      s.forgotten.add(id);
      change("deleted", "article", id, "forgotten");
      return { forgotten: 1 };
    },

    article: async (id) => s.articles.get(id)?.filing.reading.article,
    articleByUrl: async (url) => s.articles.get(s.addresses.get(url)?.id ?? "")?.filing.reading.article,
    reading: async (id) => s.articles.get(id)?.filing.reading,
    readings: async (ids) => ids.flatMap((id) => s.articles.get(id)?.filing.reading ?? []),
    row: async (id) => s.articles.get(id)?.row,
    rows: async (ids) => ids.flatMap((id) => s.articles.get(id)?.row ?? []),
    versions: async (id) => s.versions.get(id) ?? [],
    quantities: async (id): Promise<readonly Quantity[]> =>
      s.articles.get(id)?.filing.reading.quantities ?? [],
    quotes: async (id): Promise<readonly Quote[]> => s.articles.get(id)?.filing.reading.quotes ?? [],
    events: async (id): Promise<readonly Event[]> => s.articles.get(id)?.filing.reading.events ?? [],
    raw: async (sha) => s.raw.get(sha),
    async copyLinks(id) {
      const all = [...s.links.values()];
      return { originals: all.filter((l) => l.copy === id), copies: all.filter((l) => l.original === id) };
    },
    async seen(url, sha) {
      if (s.tombstones.has(url)) return "forgotten";
      const known = s.addresses.get(url);
      if (known) return sha === undefined || known.sha === sha ? "read" : "new";
      const refused = s.refusals.get(url);
      return refused && (sha === undefined || refused.rawSha256 === sha) ? "refused" : "new";
    },
    latest: async (filter, page) => pageOf(rows(filter), page),
    async *scan(filter): AsyncGenerator<Reading> {
      for (const h of held(filter).sort((a, b) => (a.row.id < b.row.id ? -1 : 1))) yield h.filing.reading;
    },
    async search(query, page) {
      const terms = parseSearch(query.q);
      const found = [...s.articles.values()].filter((h) => matches(h, query, terms));
      const hits = (h: Held): number => {
        const title = wordsOf(h.row.title);
        return terms.wanted.reduce((n, t) => n + (containsTerm(title, t) ? 8 : 1), 0);
      };
      const sort = query.sort ?? (terms.wanted.length > 0 ? "relevance" : "newest");
      found.sort((a, b) => (sort === "relevance" ? hits(b) - hits(a) : 0) || byTime(a.row, b.row));
      if (sort === "oldest") found.reverse();
      const { rows: shown, next } = pageOf(found, page);
      const rowsOf = (pick: (h: Held) => readonly string[]): readonly Facet[] => tally(found.flatMap(pick));
      return {
        rows: shown.map((h) => {
          if (page.plain === true || page.excerpts === false) return h.row;
          const snippet = snippetOf(h.filing.reading.article.text, terms);
          return snippet === undefined ? h.row : { ...h.row, snippet };
        }),
        ...(next === undefined ? {} : { next }),
        total: found.length,
        facets: {
          outlet: rowsOf((h) => [h.row.outletId]),
          language: rowsOf((h) => [primaryLanguage(h.row.language)]),
          genre: rowsOf((h) => [h.row.genre]),
          country: rowsOf((h) => h.row.countries),
          eventType: rowsOf((h) => [...new Set(h.standing.events.map((e) => e.eventType))]),
          day: [...rowsOf((h) => [dayOf(h.row.sortTime)])].sort((a, b) => (a.value < b.value ? -1 : 1)),
        },
      };
    },
    refusals: async (page) => pageOf([...s.refusals.values()].reverse(), page),

    async story(id) {
      return s.records.get(resolve(id));
    },
    async wasForgotten(id) {
      return s.forgotten.has(id);
    },
    async storyIdOf(id) {
      return exists(id) ? (id as StoryId) : s.moves.get(id);
    },
    async stories(filter, page) {
      const key = (r: StoryRow): number =>
        filter.sort === "newest"
          ? 0
          : filter.sort === "headlines"
            ? headlineRank({ ...r, lastMs: Date.parse(r.last) })
            : r.burst;
      const all = [...knownStories()]
        .flatMap((id) => storyRow(id) ?? [])
        .filter((r) => storyFits(r, filter))
        .sort((a, b) => key(b) - key(a) || Date.parse(b.last) - Date.parse(a.last) || (a.id < b.id ? 1 : -1));
      return pageOf(all, page);
    },
    async staleStories(limit) {
      return [...s.stale]
        .flatMap((id) => storyRow(id) ?? [])
        .sort((a, b) => Date.parse(b.last) - Date.parse(a.last))
        .slice(0, limit)
        .map((r) => r.id);
    },
    storyArticles: async (id) => rows({ storyId: resolve(id) }).reverse(),
    async incidents(filter, page) {
      const countries = filter.country === undefined ? filter.countries : [filter.country];
      const dayOfIncident = (i: Incident): string => listedDay(i) ?? "";
      const all = [...s.incidents.values()]
        .filter(({ story, incident: i }) => {
          if (countries !== undefined && !countries.includes(i.place?.country ?? "")) return false;
          if (filter.storyId !== undefined && story !== resolve(filter.storyId)) return false;
          if (filter.places !== undefined && !filter.places.includes(i.place?.name ?? "")) return false;
          if (filter.articles?.some((id) => i.mentions.some((m) => m.startsWith(`${id}.`))) === false)
            return false;
          if (filter.eventType !== undefined && i.eventType !== filter.eventType) return false;
          if (
            filter.actor !== undefined &&
            ![...i.actor, ...i.recipient].some((p) => p.entity === filter.actor)
          )
            return false;
          if (filter.since !== undefined && dayOfIncident(i) < dayOf(filter.since)) return false;
          if (filter.until !== undefined && dayOfIncident(i) > dayOf(filter.until - 1)) return false;
          return filter.demo === undefined || storyRow(story)?.demo === filter.demo;
        })
        .map((x) => x.incident)
        .sort((a, b) =>
          dayOfIncident(a) === dayOfIncident(b)
            ? a.id < b.id
              ? 1
              : -1
            : dayOfIncident(a) < dayOfIncident(b)
              ? 1
              : -1,
        );
      return pageOf(all, page);
    },
    async coverage(filter) {
      const cells = new Map<string, CoverageCell>();
      const only = filter.country === undefined ? filter.countries : [filter.country];
      // A country filter chooses cells, not articles: an article of two countries counts in the one asked for.
      for (const h of held({ ...filter, country: undefined, countries: undefined }))
        for (const country of h.row.countries.length === 0 ? [""] : h.row.countries) {
          if (only !== undefined && !only.includes(country)) continue;
          const day = dayOf(h.row.sortTime);
          const key = `${day} ${country} ${h.row.language}`;
          const cell = cells.get(key) ?? {
            day,
            country,
            language: h.row.language,
            articles: 0,
            originals: 0,
          };
          cells.set(key, {
            ...cell,
            articles: cell.articles + 1,
            originals: cell.originals + (h.row.copyOf === undefined ? 1 : 0),
          });
        }
      return [...cells].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([, c]) => c);
    },
    async coverageTotals(filter, by) {
      return totalsOf(await this.coverage(filter), by);
    },
    async entityArticles(key, page) {
      return pageOf([...(entityStats({}).get(key)?.rows ?? [])].sort(byTime), page);
    },
    async entity(key) {
      const x = entityStats({}).get(key);
      if (x === undefined) return undefined;
      const held = new Map<string, ArticleRow[]>();
      for (const row of x.rows) {
        const office = s.articles
          .get(row.id)
          ?.filing.reading.entities.find((e) => e.key === key && e.office !== undefined)?.office;
        if (office !== undefined) held.set(office, [...(held.get(office) ?? []), row]);
      }
      const offices = [...held]
        .map(([office, rows]) => ({
          office,
          articles: rows.length,
          first: dayOf(Math.min(...rows.map((r) => r.sortTime))),
          last: dayOf(Math.max(...rows.map((r) => r.sortTime))),
        }))
        .toSorted((a, b) => b.articles - a.articles || (a.office < b.office ? -1 : 1))
        .slice(0, MOST_OFFICES);
      return { ...x.entity, articles: x.articles, names: tally(x.names).map((f) => f.value), offices };
    },
    async saveJoins(ids, joins) {
      for (const id of ids) {
        const h = s.articles.get(id);
        if (!h) continue;
        const own = joins.filter((j) => j.articleId === id);
        const reading = withJoins(withoutJoins(h.filing.reading), own);
        s.articles.set(id, { ...h, filing: { ...h.filing, reading }, standing: standingOf(reading) });
      }
    },
    async entityMoved(key) {
      const readings = [...s.articles.values()].map((h) => h.filing.reading);
      const joined = new Set(
        readings.flatMap((r) => r.entities.flatMap((e) => (e.joined?.from === key ? [e.key] : []))),
      );
      const now =
        joined.size > 0
          ? joined
          : new Set(readings.flatMap((r) => formerKeys(r).flatMap((f) => (f.old === key ? [f.now] : []))));
      return now.size === 1 ? [...now][0] : undefined;
    },
    async bearers(surnames, { since, until, country }) {
      const all = entityStats({});
      const within = entityStats({ since, until: until + 1 });
      const near = country === undefined ? new Map() : entityStats({ since, until: until + 1, country });
      return new Map(
        surnames.map((surname): [string, readonly Bearer[]] => [
          surname,
          [...within]
            .filter(([, x]) => familyOf(x.entity) === surname)
            .map(([key, { entity: e }]) => ({
              key,
              name: e.name,
              office: e.office,
              country: e.country,
              articles: all.get(key)?.articles ?? 0,
              near: near.has(key),
            }))
            .toSorted((a, b) => b.articles - a.articles),
        ]),
      );
    },
    async entities(filter, limit) {
      const { type, q, ...rest } = filter;
      const wanted = q?.trim().toLowerCase() ?? "";
      return [...entityStats(rest).values()]
        .filter((x) => type === undefined || x.entity.type === type)
        .filter((x) => x.entity.name.toLowerCase().includes(wanted))
        .sort((a, b) => b.articles - a.articles || (a.entity.key < b.entity.key ? -1 : 1))
        .slice(0, limit)
        .map((x) => ({ ...x.entity, articles: x.articles }));
    },
    async quotesOf(key, names, limit) {
      const called = new Set(names.map((name) => name.toLowerCase()));
      return held({ originalsOnly: true })
        .sort((a, b) => byTime(a.row, b.row))
        .filter((h) => h.filing.reading.entities.some((e) => e.key === key))
        .flatMap((h) =>
          h.filing.reading.quotes
            .filter((q) => q.speaker !== undefined && called.has(q.speaker.toLowerCase()))
            .map((quote) => ({ quote, row: h.row })),
        )
        .slice(0, limit);
    },

    outlets: async () => [...s.outlets.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    outlet: async (id) => s.outlets.get(id),
    async putOutlets(list) {
      for (const o of list) {
        const old = s.outlets.get(o.id);
        if (old && JSON.stringify(old) === JSON.stringify(o)) continue;
        s.outlets.set(o.id, o);
        change(old ? "changed" : "added", "outlet", o.id);
      }
    },
    async outletCopies(id) {
      const pairs = [...s.links.values()].map((l) => ({
        copy: s.articles.get(l.copy)?.row.outletId as string | undefined,
        original:
          (l.original === undefined ? undefined : s.articles.get(l.original)?.row.outletId) ??
          l.originalOutlet,
      }));
      const known = (v: string | undefined): v is string => v !== undefined && v !== id;
      return {
        from: tally(
          pairs
            .filter((p) => p.copy === id)
            .map((p) => p.original)
            .filter(known),
        ),
        by: tally(
          pairs
            .filter((p) => p.original === id)
            .map((p) => p.copy)
            .filter(known),
        ),
      };
    },
    sources: async () => [...s.sources.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    source: async (id: SourceId) => s.sources.get(id),
    async putSource(source) {
      s.sources.set(source.id, source);
    },
    async removeSource(id) {
      s.sources.delete(id);
    },
    async dueSources(now, limit) {
      const t = Date.parse(now);
      return [...s.sources.values()]
        .filter((x) => x.state === "active" && Date.parse(x.nextPoll) <= t)
        .sort((a, b) => Date.parse(a.nextPoll) - Date.parse(b.nextPoll) || (a.id < b.id ? -1 : 1))
        .slice(0, limit);
    },
    async dueRereads(now, limit) {
      const t = Date.parse(now);
      return [...s.rereads]
        .filter(([id, r]) => r.due <= t && s.articles.has(id))
        .sort((a, b) => a[1].due - b[1].due)
        .slice(0, limit)
        .map(([id, r]) => ({ id: id as ArticleId, url: s.articles.get(id)?.row.url ?? "", reads: r.reads }));
    },
    async putReread(id, reads, due) {
      if (due === undefined) s.rereads.delete(id);
      else s.rereads.set(id, { reads, due: Date.parse(due) });
    },
    alerts: async () => [...s.alerts.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    async putAlert(alert) {
      s.alerts.set(alert.id, alert);
    },
    async removeAlert(id) {
      s.alerts.delete(id);
      for (let i = s.messages.length - 1; i >= 0; i--)
        if (s.messages[i]?.alertId === id) s.messages.splice(i, 1);
    },
    async addAlertMessages(messages) {
      for (const m of messages) if (!s.messages.some((x) => x.id === m.id)) s.messages.push(m);
    },
    alertMessages: async (alertId, page) =>
      pageOf(
        [...s.messages].reverse().filter((m) => alertId === undefined || m.alertId === alertId),
        page,
      ),
    decisions: async (target) => s.decisions.filter((d) => target === undefined || d.target === target),
    async addDecision(decision) {
      if (s.decisions.some((d) => d.id === decision.id)) return;
      s.decisions.push(decision);
      const held = s.articles.get(articleOfFact(decision.target) ?? "");
      if (held) held.standing = standingOf(held.filing.reading);
      change("added", "decision", decision.id);
    },
    changes: async (after, limit) => s.changes.slice(after, after + limit),
    async *savedStates(since) {
      for (const row of rows({ since }).reverse()) {
        const h = s.articles.get(row.id);
        if (h) yield { id: row.id, storyId: h.storyId, sketch: h.filing.sketch, profile: h.filing.profile };
      }
    },
    async state(id) {
      const h = s.articles.get(id);
      return h && { id: h.row.id, storyId: h.storyId, sketch: h.filing.sketch, profile: h.filing.profile };
    },
    async setting(key) {
      const json = s.settings.get(key);
      return json === undefined ? undefined : JSON.parse(json);
    },
    async putSetting(key, value) {
      if (value === undefined) s.settings.delete(key);
      else s.settings.set(key, JSON.stringify(value));
    },
    async stats() {
      const all = rows({});
      const first = all.at(-1);
      const last = all[0];
      return {
        articles: all.length,
        originals: all.filter((r) => r.copyOf === undefined).length,
        stories: knownStories().size,
        outlets: new Set(all.map((r) => r.outletId)).size,
        sources: s.sources.size,
        refusals: s.refusals.size,
        demo: all.filter((r) => r.demo).length,
        rawBytes: [...s.raw.values()].reduce((n, p) => n + p.bytes.length, 0),
        ...(first ? { first: new Date(first.sortTime).toISOString() } : {}),
        ...(last ? { last: new Date(last.sortTime).toISOString() } : {}),
      };
    },
    async close() {
      // Nothing is held open.
    },
  };
};
