/** Invented filings for tests of stores: every value can be told apart, nothing is random. */
import { createHash } from "node:crypto";
import type {
  Article,
  ArticleId,
  CopyLink,
  Filing,
  OutletId,
  Quantity,
  RawPage,
  Source,
  SourceId,
  Story,
  StoryId,
} from "../../src/model/index.ts";

export const sha = (text: string | Uint8Array): string => createHash("sha256").update(text).digest("hex");
// Identifiers are branded by the model; these tests make their own.
export const articleId = (url: string): ArticleId => `a${sha(url).slice(0, 16)}` as ArticleId;
export const storyId = (name: string): StoryId => `s${sha(name).slice(0, 16)}` as StoryId;
export const outletId = (host: string): OutletId => host as OutletId;

export type Draft = {
  readonly url: string;
  readonly title?: string;
  readonly body?: string;
  readonly outlet?: string;
  readonly published?: string;
  readonly firstSeen?: string;
  readonly language?: string;
  readonly genre?: Article["genre"];
  readonly countries?: readonly string[];
  readonly story?: string;
  readonly killed?: number;
  /** Who says the headline. */
  readonly speaker?: string | undefined;
  readonly eventType?: "ASSAULT" | "PROTEST";
  readonly entities?: readonly { readonly name: string; readonly key: string; readonly office?: string }[];
  readonly copyOf?: string;
  readonly copyKind?: CopyLink["kind"];
  readonly video?: boolean;
  readonly demo?: boolean;
  readonly pipeline?: string;
  readonly change?: Filing["version"]["change"];
  readonly raw?: string;
};

const span = (text: string, words: string) => {
  const start = Math.max(0, text.indexOf(words));
  return { start, end: start + words.length };
};

export const rawPage = (url: string, text: string, at: string): RawPage => {
  const bytes = new TextEncoder().encode(text);
  return {
    url,
    sha256: sha(bytes),
    bytes,
    contentType: "text/html; charset=utf-8",
    fetchedAt: at,
    via: "fetch",
  };
};

export const filing = (d: Draft): Filing => {
  const id = articleId(d.url);
  const title = d.title ?? `Headline of ${d.url}`;
  const text = `${title}\n\n${d.body ?? "The council met on Monday and decided nothing."}`;
  const outlet = d.outlet ?? "northgate.example";
  const firstSeen = d.firstSeen ?? "2026-01-05T12:00:00Z";
  const pipeline = d.pipeline ?? "1";
  const entities = d.entities ?? [];
  const evidence = {
    articleId: id,
    span: span(text, title),
    words: title,
    sentence: span(text, title),
    assertion: "reported" as const,
    voice: "outlet" as const,
    rule: "test/rule",
    pipeline,
  };
  const quantities: Quantity[] =
    d.killed === undefined
      ? []
      : [{ ...evidence, id: `${id}.n1`, exact: d.killed, unit: "people", measure: "killed", kind: "total" }];
  const page = rawPage(d.url, d.raw ?? `<html><body>${text}</body></html>`, firstSeen);
  return {
    reading: {
      article: {
        id,
        url: d.url,
        outletId: outletId(outlet),
        outletName: outlet,
        title,
        byline: [],
        ...(d.published === undefined
          ? {}
          : {
              published: {
                value: d.published,
                precision: d.published.length > 10 ? "minute" : d.published.length > 7 ? "day" : "month",
                zone: "stated",
                basis: "meta",
              },
            }),
        firstSeen,
        language: d.language ?? "en",
        genre: d.genre ?? "news",
        tags: [],
        text,
        textSha256: sha(text),
        blocks: [{ kind: "headline", span: span(text, title) }],
        media: d.video ? [{ url: "https://video.example/film.mp4", kind: "video" }] : [],
        credits: [],
        sourceLinks: [],
        wireTags: [],
        demo: d.demo ?? false,
        rawSha256: page.sha256,
        pipeline,
        notes: [],
      },
      sentences: [span(text, title)],
      entities: entities.map((e) => ({ ...e, type: "PER" as const })),
      mentions: entities.map((e, i) => ({
        span: span(text, e.name),
        words: e.name,
        type: "PER" as const,
        kind: "name" as const,
        entity: i,
        made: "test/rule",
      })),
      times: [],
      quantities,
      quotes:
        d.speaker === undefined
          ? []
          : [
              {
                ...evidence,
                id: `${id}.q1`,
                assertion: "claimed",
                voice: "speaker",
                speaker: d.speaker,
                kind: "indirect",
                stance: "asserts",
              },
            ],
      events:
        d.eventType === undefined
          ? []
          : [
              {
                ...evidence,
                id: `${id}.e1`,
                eventType: d.eventType,
                context: [],
                actor: [],
                recipient: [],
                status: "happened",
                background: false,
                confidence: 0.9,
              },
            ],
      countries: (d.countries ?? []).map((code, i, all) => ({ code, weight: 1 / all.length - i * 0.001 })),
      notes: [],
    },
    page,
    storyId: storyId(d.story ?? d.url),
    copies:
      d.copyOf === undefined
        ? []
        : [
            {
              copy: id,
              original: articleId(d.copyOf),
              evidence: [{ kind: "containment", share: 0.9, shared: 40 }],
              confidence: 0.9,
              share: 0.9,
              kind: d.copyKind ?? "reprint",
            },
          ],
    version: {
      articleId: id,
      seen: firstSeen,
      textSha256: sha(text),
      rawSha256: page.sha256,
      change: d.change ?? "first",
      evidence: "test",
      added: 0,
      removed: 0,
      title,
      text,
    },
    sketch: new Uint8Array([1, 2, 3]),
    profile: new TextEncoder().encode(d.url),
  };
};

export const storyRecord = (
  name: string,
  urls: readonly string[],
  at: string,
  newsrooms = 1,
  burst = 0,
): Story => ({
  id: storyId(name),
  headline: `Record of ${name}`,
  headlineArticle: articleId(urls[0] ?? ""),
  first: at,
  last: at,
  articles: urls.map(articleId),
  originals: urls.map(articleId),
  outlets: [outletId("northgate.example")],
  languages: ["en"],
  countries: [{ code: "KAZ", weight: 1 }],
  places: [],
  corroboration: { newsrooms, informants: ["the mayor"], outlets: 1, words: "one newsroom, one informant" },
  timeline: [],
  ledger: [],
  stale: [],
  claims: [],
  burst: { score: burst, newsrooms, usual: 0, hours: 6, bars: [] },
  terms: [],
  demo: false,
  pipeline: "1",
});

export const source = (name: string, nextPoll: string, state: Source["state"] = "active"): Source => ({
  id: name as SourceId,
  url: `https://${name}.example/feed`,
  kind: "feed",
  state,
  added: "2026-01-01T00:00:00Z",
  failures: 0,
  nextPoll,
  intervalMinutes: 60,
  itemsPerDay: 3,
});
