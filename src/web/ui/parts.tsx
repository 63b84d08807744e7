/** Small parts that many pages share: tags, section heads, lines of articles and stories, pagers, empty states. */
import type { Child } from "hono/jsx";
import type { Article, ArticleRow, Span } from "../../model/index.ts";
import type { StoryRow } from "../../ports/index.ts";
import { otherNumber } from "../../text/word-forms.ts";
import type { Ctx, Query } from "../context.ts";
import { bareClock, clock, countryName, dayYear, languageName, length, partial, shortDay } from "./words.ts";

/** Sign that goes with each kind of statement, so that colour never speaks alone. */
export const SIGNS: Readonly<Record<string, string>> = {
  reported: "•",
  claimed: "“",
  denied: "×",
  opinion: "¶",
  hypothetical: "?",
  withdrawn: "–",
};

export const Tag = ({ kind, children }: { kind: string; children?: Child }) => (
  <span class={`tag tag-${kind}`}>{children}</span>
);
export const Demo = ({ ctx, show }: { ctx: Ctx; show: boolean }) =>
  show ? (
    <span class="demo" title={ctx.t("site.demo")}>
      {ctx.t("site.demoMark")}
    </span>
  ) : null;

type SectionProps = {
  readonly id: string;
  readonly title: Child;
  readonly note?: Child;
  readonly more?: { readonly href: string; readonly label: string } | undefined;
  readonly className?: string;
  readonly children?: Child;
};
export const Section = ({ id, title, note, more, className, children }: SectionProps) => (
  <section id={id} class={className} aria-labelledby={`${id}-title`}>
    <header class="head">
      <h2 id={`${id}-title`}>{title}</h2>
      {note === undefined ? null : <span class="head-note">{note}</span>}
      {more === undefined ? null : (
        <a class="head-more" href={more.href}>
          {more.label}
        </a>
      )}
    </header>
    {children}
  </section>
);

export const PageHead = ({ kicker, title, children }: { kicker?: Child; title: Child; children?: Child }) => (
  <header class="page-head">
    {kicker === undefined ? null : <p class="kicker">{kicker}</p>}
    <h1>{title}</h1>
    {children}
  </header>
);

export const Empty = ({ children }: { children?: Child }) => <p class="empty">{children}</p>;

/** Address of a span of an article: the words are marked there. */
export const spanHref = (ctx: Ctx, articleId: string, span: Span | undefined): string =>
  span === undefined
    ? ctx.href(`/article/${articleId}`)
    : ctx.href(`/article/${articleId}#mark`, { mark: `${span.start}-${span.end}` });

/** A link away from the site, to the web alone; any other address is printed, not linked. */
export const Away = ({ href, children }: { href: string; children?: Child }) =>
  /^https?:\/\//i.test(href) ? (
    <a class="link" href={href} rel="noopener noreferrer external">
      {children}
    </a>
  ) : (
    <span>{children}</span>
  );

/** When an article was published, as precisely as its page says; else when it was first seen, and so called. */
export const When = ({
  ctx,
  row,
  form = "full",
}: {
  ctx: Ctx;
  row: Pick<ArticleRow, "published" | "firstSeen">;
  form?: "full" | "clock";
}) => {
  const { published } = row;
  if (published === undefined) {
    const ms = Date.parse(row.firstSeen);
    return (
      <span class="when">
        {ctx.t("article.firstSeen")} <time datetime={row.firstSeen}>{dayYear(ms, ctx)}</time>
      </span>
    );
  }
  const ms = Date.parse(published);
  const hasClock = /T.*(Z|[+-]\d{2}:\d{2})$/.test(published) && !Number.isNaN(ms);
  return (
    <time class="when" datetime={published}>
      {form === "clock" && hasClock ? clock(ms, ctx) : partial(published, ctx, true)}
    </time>
  );
};

export const GenreTag = ({ ctx, genre }: { ctx: Ctx; genre: Article["genre"] }) =>
  genre === "news" || genre === "feature" || genre === "live" ? null : (
    <Tag kind={genre === "opinion" || genre === "analysis" ? "opinion" : "plain"}>
      {ctx.t(`genre.${genre}`)}
    </Tag>
  );

/** What became of a text since: withdrawn, corrected, gone from its address; of a copy, that its original was. */
export const FateTags = ({ ctx, row }: { ctx: Ctx; row: Pick<ArticleRow, "withdrawn" | "fates"> }) => {
  const fates = row.fates ?? [];
  if (fates.length === 0 && !row.withdrawn) return null;
  return (
    <>
      {row.withdrawn && !fates.some((f) => f.kind === "killed") ? (
        <Tag kind="withdrawn">{ctx.t("article.withdrawn")}</Tag>
      ) : null}
      {fates.map((f) => (
        <>
          <Tag kind={f.kind === "killed" ? "withdrawn" : "plain"}>
            {ctx.t(`fate.${f.kind}${f.via === undefined ? "" : ".via"}`, {
              day: shortDay(Date.parse(f.at), ctx),
            })}
          </Tag>{" "}
        </>
      ))}
    </>
  );
};

/** What the wire itself says of the text, and whether its publisher took it back. */
export const WireTags = ({
  ctx,
  row,
}: {
  ctx: Ctx;
  row: Pick<ArticleRow, "wireTags" | "withdrawn" | "fates">;
}) => (
  <>
    <FateTags ctx={ctx} row={row} />
    {row.wireTags.map((tag) => (
      <Tag kind={tag === "KILL" || tag === "WITHDRAWN" ? "withdrawn" : "plain"}>{tag}</Tag>
    ))}
  </>
);

const hasZone = (published: string | undefined): boolean =>
  published !== undefined && /T.*(Z|[+-]\d{2}:\d{2})$/.test(published);

/** One article as a line of a list. */
export const ArticleLine = ({
  ctx,
  row,
  level = "h3",
  snippet,
  found,
  day = false,
  summary = false,
  named = true,
}: {
  ctx: Ctx;
  row: ArticleRow;
  /** Whether the outlet is worth saying: on its own page it is not. */
  named?: boolean;
  level?: "h2" | "h3";
  snippet?: string | undefined;
  /** What of the article was asked for: the numbers of a search by numbers. */
  found?: Child;
  day?: boolean;
  summary?: boolean;
}) => {
  const Heading = level;
  const stated = hasZone(row.published);
  return (
    <li class="line" data-at={row.firstSeen} data-key="item">
      <time class="line-time" datetime={row.published ?? row.firstSeen}>
        {stated && !day ? bareClock(row.sortTime, ctx) : shortDay(row.sortTime, ctx)}
      </time>
      <div>
        <Heading
          class="line-title"
          lang={row.language === ctx.language ? undefined : row.language}
          dir="auto"
        >
          <a href={ctx.href(`/article/${row.id}`)}>{row.title}</a>
        </Heading>
        {found}
        {snippet === undefined ? null : (
          <Snippet text={snippet} language={row.language} wanted={ctx.search.get("q")} />
        )}
        {summary && snippet === undefined && row.summary !== undefined ? (
          <p class="line-summary" lang={row.language} dir="auto">
            {row.summary}
          </p>
        ) : null}
        <p class="line-meta">
          {named ? <OutletName ctx={ctx} row={row} /> : <Demo ctx={ctx} show={row.demo} />}
          {stated && !day ? null : row.published === undefined ? (
            <span>{ctx.t("article.noDate")}</span>
          ) : null}
          {row.copies > 0 ? (
            <a href={ctx.href(`/article/${row.id}#copies`)}>
              + {ctx.t("count.copies", { count: row.copies })}
            </a>
          ) : null}
          {row.copyOf === undefined ? null : (
            <a href={ctx.href(`/article/${row.id}#copies`)}>{ctx.t("article.copy")}</a>
          )}
          <GenreTag ctx={ctx} genre={row.genre} />
          <WireTags ctx={ctx} row={row} />
        </p>
      </div>
    </li>
  );
};

/** An outlet with a link to its page; the mark of the demonstration keeps to its last word. */
export const OutletName = ({
  ctx,
  row,
}: {
  ctx: Ctx;
  row: Pick<ArticleRow, "outletId" | "outletName" | "demo">;
}) => (
  <span>
    <a href={ctx.href(`/outlet/${row.outletId}`)} dir="auto">
      {row.outletId === "unknown" ? ctx.t("outlet.unknown") : row.outletName}
    </a>
    {row.demo ? "\u00a0" : ""}
    <Demo ctx={ctx} show={row.demo} />
  </span>
);

/** A stretch of text with the words that were searched for marked. */
export const Snippet = ({
  text,
  language,
  wanted,
}: {
  text: string;
  language: string;
  wanted?: string | null | undefined;
}) => {
  const terms = termsOf(wanted ?? "");
  const parts =
    terms.length === 0 ? [text] : text.split(new RegExp(`(${terms.map(escaped).join("|")})`, "iu"));
  return (
    <p class="line-summary" lang={language} dir="auto">
      {parts.map((part, i) => (i % 2 === 1 ? <mark class="hit">{part}</mark> : part))}
    </p>
  );
};
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
/** Words and phrases of a search, without those that are to be absent. */
export const termsOf = (q: string): readonly string[] =>
  [...q.matchAll(/(-?)"([^"]+)"|(-?)([\p{L}\p{N}][\p{L}\p{N}'’]*)/gu)]
    .filter((m) => m[1] !== "-" && m[3] !== "-")
    .flatMap((m) => [m[2] ?? m[4] ?? "", ...(m[4] === undefined ? [] : otherNumber(m[4].toLowerCase()))])
    .filter((w) => w.length > 1)
    // The longer first: "protests" is marked whole where "protest" was asked for.
    .toSorted((a, b) => b.length - a.length)
    .slice(0, 12);

/** "2 newsrooms · 1 informant · 8 reports · 3 copies" */
export const Standing = ({
  ctx,
  row,
}: {
  ctx: Ctx;
  row: Pick<StoryRow, "newsrooms" | "informants" | "articles" | "originals" | "outlets">;
}) => {
  const copies = row.articles - row.originals;
  return (
    <>
      <span>
        <b>{ctx.t("count.newsrooms", { count: row.newsrooms })}</b>
      </span>
      {row.informants > 0 ? <span>{ctx.t("count.informants", { count: row.informants })}</span> : null}
      <span>{ctx.t("count.reports", { count: row.articles })}</span>
      {copies > 0 ? <span>{ctx.t("count.copies", { count: copies })}</span> : null}
    </>
  );
};

/** The one report of each story that has but one, by its id: its outlet says more than "1 newsroom, 1 report". */
export type SoleReports = ReadonlyMap<string, ArticleRow>;
export async function soleReports(ctx: Ctx, stories: readonly StoryRow[]): Promise<SoleReports> {
  const rows = await ctx.store.rows(stories.filter((s) => s.articles === 1).map((s) => s.headlineArticle));
  return new Map(rows.map((r) => [r.id, r]));
}

export const storyKicker = (ctx: Ctx, row: Pick<StoryRow, "countries">): string =>
  row.countries
    .slice(0, 2)
    .map((code) => countryName(code, ctx.locale))
    .join(" · ");

/** The language of a headline that is not in the page's own. */
export const Foreign = ({ ctx, language }: { ctx: Ctx; language: string | undefined }) =>
  language === undefined ? null : (
    <span>{ctx.t("front.headlineIn", { language: languageName(language, ctx.locale) })}</span>
  );

export const StoryLine = ({
  ctx,
  row,
  by,
  placed = true,
  level = "h3",
  size = "m",
}: {
  ctx: Ctx;
  row: StoryRow & { readonly foreign?: string | undefined };
  by: SoleReports;
  /** Whether its countries are worth saying: on the page of a country they are not. */
  placed?: boolean;
  level?: "h2" | "h3";
  size?: "s" | "m" | "l";
}) => {
  const Heading = level;
  const kicker = placed ? storyKicker(ctx, row) : "";
  const sole = by.get(row.headlineArticle);
  return (
    <article class={`story story-${size}`} data-at={row.last} data-key="item">
      {kicker === "" ? null : <p class="kicker">{kicker}</p>}
      <Heading dir="auto" lang={row.foreign}>
        <a href={ctx.href(`/story/${row.id}`)}>{row.headline}</a>
      </Heading>
      <p class="standing">
        {sole === undefined ? (
          <Standing ctx={ctx} row={row} />
        ) : (
          <>
            <OutletName ctx={ctx} row={{ ...sole, demo: false }} />
            <GenreTag ctx={ctx} genre={sole.genre} />
          </>
        )}
        <Foreign ctx={ctx} language={row.foreign} />
        <span class="keep">
          <time datetime={row.last}>{dayYear(Date.parse(row.last), ctx)}</time>{" "}
          <Demo ctx={ctx} show={row.demo} />
        </span>
      </p>
    </article>
  );
};

export const Pager = ({ ctx, next, query = {} }: { ctx: Ctx; next: string | undefined; query?: Query }) => {
  const first = ctx.search.has("after");
  if (next === undefined && !first) return null;
  return (
    <nav class="pager" aria-label={ctx.t("site.pages")}>
      {first ? (
        <a href={ctx.href(ctx.path, { ...query, after: undefined })}>{ctx.t("site.first")}</a>
      ) : (
        <span />
      )}
      {next === undefined ? null : (
        <a rel="next" href={ctx.href(ctx.path, { ...query, after: next })}>
          {ctx.t("site.next")}
        </a>
      )}
    </nav>
  );
};

/** Which page of a list of so many rows is asked for, counted from one. */
export const pageAsked = (
  ctx: Ctx,
  rows: number,
  size: number,
): { readonly page: number; readonly pages: number } => {
  const pages = Math.max(1, Math.ceil(rows / size));
  return { page: Math.min(pages, Math.max(1, Math.trunc(Number(ctx.search.get("page")) || 1))), pages };
};

/** For lists whose length is known; `Pager` is for those that are walked. */
export const NumberedPager = ({
  ctx,
  page,
  pages,
  at,
}: {
  ctx: Ctx;
  page: number;
  pages: number;
  at: (more: Query) => string;
}) =>
  pages === 1 ? null : (
    <nav class="pager" aria-label={ctx.t("site.pages")}>
      {page === 1 ? (
        <span />
      ) : (
        <a rel="prev" href={at({ page: page - 1 })}>
          {ctx.t("site.previous")}
        </a>
      )}
      <span class="num">{ctx.t("site.pageOf", { page, pages })}</span>
      {page === pages ? (
        <span />
      ) : (
        <a rel="next" href={at({ page: page + 1 })}>
          {ctx.t("site.next")}
        </a>
      )}
    </nav>
  );

export const VideoCard = ({ ctx, row, level = "h3" }: { ctx: Ctx; row: ArticleRow; level?: "h2" | "h3" }) => {
  const { video } = row;
  const Heading = level;
  const published = video?.published ?? row.published;
  return (
    <li class="video" data-at={row.firstSeen} data-key="item">
      <div class="video-frame" aria-hidden="true">
        <svg viewBox="0 0 48 48" width="44" height="44" aria-hidden="true">
          <circle cx="24" cy="24" r="22" />
          <path d="M19 15.5v17l14-8.5z" />
        </svg>
        {video?.durationSeconds === undefined ? null : (
          <span class="num">{length(video.durationSeconds)}</span>
        )}
      </div>
      <Heading dir="auto" lang={row.language}>
        <a href={ctx.href(`/article/${row.id}`)}>{video?.title || row.title}</a>
      </Heading>
      <p class="line-meta">
        <OutletName ctx={ctx} row={row} />
        {video?.durationSeconds === undefined ? null : (
          <span class="vh">
            {ctx.t("video.length")} {length(video.durationSeconds)}
          </span>
        )}
        {published === undefined ? (
          <span>{ctx.t("article.noDate")}</span>
        ) : (
          <time datetime={published}>{partial(published.slice(0, 10), ctx, true)}</time>
        )}
      </p>
    </li>
  );
};
