/** The front page: Headlines with the lead story and its numbers, Breaking, Latest, World, Videos. */
import type { Child } from "hono/jsx";
import { type Article, type ArticleRow, type Story, stands } from "../../model/index.ts";
import type { StoryRow } from "../../ports/index.ts";
import type { Ctx } from "../context.ts";
import { Bars } from "../ui/bars.tsx";
import { groupBy } from "../ui/group.ts";
import { Sheet } from "../ui/layout.tsx";
import { WorldMap } from "../ui/map.tsx";
import { inWords, issuerName, type KeyNumber, keyNumbers } from "../ui/numbers.ts";
import {
  ArticleLine,
  Demo,
  Empty,
  Foreign,
  OutletName,
  Section,
  type SoleReports,
  Standing,
  StoryLine,
  spanHref,
  storyKicker,
  Tag,
  VideoCard,
} from "../ui/parts.tsx";
import {
  bareClock,
  capital,
  comma,
  countryName,
  dayOf,
  daySpan,
  dayYear,
  editionWord,
  languageName,
  longDay,
  moment,
  shortDay,
  withoutDateline,
  zoneName,
} from "../ui/words.ts";
import { type Told, toldFor } from "./tongue.ts";
import { loadWorld, type Present, presentOf, type World } from "./world-data.ts";

const DAY = 86_400_000;
type Stats = Awaited<ReturnType<Ctx["store"]["stats"]>>;
/** A story that was not built yet has its row and its article alone. */
export type Lead = {
  readonly row: Told;
  readonly story: Story | undefined;
  readonly article: Article | undefined;
};
export async function leadOf(ctx: Ctx, row: Told | undefined): Promise<Lead | undefined> {
  if (row === undefined) return undefined;
  const [story, article] = await Promise.all([
    ctx.store.story(row.id),
    ctx.store.article(row.headlineArticle),
  ]);
  return { row, story, article };
}

/** Headline stories of the shortest span that fills a page: two days, a week, a month, all. */
export async function headlineStories(
  ctx: Ctx,
  { newest, filter }: Present,
  wanted: number,
  /** How many more to bring where the span has them. */
  spare = 0,
): Promise<readonly Told[]> {
  let rows: readonly StoryRow[] = [];
  for (const days of [2, 7, 30, undefined]) {
    const since = days === undefined ? {} : { since: newest - days * DAY };
    rows = (await ctx.store.stories({ ...filter, ...since, sort: "headlines" }, { limit: wanted + spare }))
      .rows;
    if (rows.length >= wanted) break;
  }
  return toldFor(ctx, rows);
}

/** Stories that grow faster than usual, with their bars. */
export async function breakingStories(
  ctx: Ctx,
  { filter }: Present,
  limit: number,
  after?: string,
): Promise<{
  readonly rows: readonly { row: Told; story: Story | undefined }[];
  readonly next?: string | undefined;
}> {
  const list = await ctx.store.stories({ ...filter, sort: "burst" }, { limit, after });
  const moving = list.rows.filter((r) => r.burst > 0);
  const told = await toldFor(ctx, moving);
  const rows = await Promise.all(told.map(async (row) => ({ row, story: await ctx.store.story(row.id) })));
  return { rows, next: moving.length === list.rows.length ? list.next : undefined };
}

export async function frontPage(ctx: Ctx) {
  const { store, t } = ctx;
  const stats = await store.stats();
  if (stats.articles === 0) return <EmptyFront ctx={ctx} />;
  const present = await presentOf(ctx);
  const { newest, filter } = present;
  const [told, breaking, latest, opinions, videos, world] = await Promise.all([
    headlineStories(ctx, present, 14, 6),
    breakingStories(ctx, present, 8),
    store.latest({ ...filter, originalsOnly: true }, { limit: 24 }),
    store.latest(
      { ...filter, since: newest - 30 * DAY, originalsOnly: true, genre: "opinion" },
      { limit: 3 },
    ),
    store.latest({ ...filter, withVideo: true }, { limit: 4 }),
    loadWorld(ctx, present, 7),
  ]);
  const heads = new Map((await store.rows(told.map((s) => s.headlineArticle))).map((r) => [r.id, r]));
  // What stands apart as opinion is no headline besides.
  const stories = told.filter((s) => heads.get(s.headlineArticle)?.genre !== "opinion");
  const lead = await leadOf(ctx, stories[0]);
  const by = new Map(
    [...heads].filter(([id]) => stories.some((s) => s.headlineArticle === id && s.articles === 1)),
  );
  const rest = stories.slice(lead === undefined ? 0 : 1, lead === undefined ? 13 : 14);
  const main: Readonly<Record<string, () => readonly unknown[]>> = {
    headlines: () => [
      <Headlines ctx={ctx} lead={lead} rest={rest.slice(0, SECONDS)} by={by} />,
      <MoreHeadlines ctx={ctx} rest={rest.slice(SECONDS)} opinions={opinions.rows} by={by} />,
    ],
    world: () => [<WorldSection ctx={ctx} world={world} stories={stories} />],
    videos: () => [<Videos ctx={ctx} rows={videos.rows} />],
  };
  const rail: Readonly<Record<string, () => unknown>> = {
    breaking: () => <Breaking ctx={ctx} rows={breaking.rows.slice(0, 4)} />,
    latest: () => <Latest ctx={ctx} rows={latest.rows} />,
  };
  // The narrow column stands after the first wide part, so that a phone reads them in that order too.
  const [leading, ...parts] = ctx.edition.sections.flatMap((s) => main[s]?.() ?? []);
  return (
    <Sheet ctx={ctx} section="front" feed="/latest" description={ctx.edition.tagline} className="front">
      <h1 class="vh">{t("section.front")}</h1>
      <Strip ctx={ctx} stats={stats} newest={newest} />
      <div class="front-grid" data-live="">
        {leading}
        <div class="rail">{ctx.edition.sections.map((s) => rail[s]?.())}</div>
        {parts}
      </div>
    </Sheet>
  );
}

const Strip = ({ ctx, stats, newest }: { ctx: Ctx; stats: Stats; newest: number }) => {
  const { t } = ctx;
  const copies = stats.articles - stats.originals;
  return (
    <p class="strip">
      <span>
        <b>{t("count.reports", { count: stats.articles })}</b>
      </span>
      <span>{t("count.outlets", { count: stats.outlets })}</span>
      {copies === 0 ? null : <span>{t("count.copiesFolded", { count: copies })}</span>}
      <span>{t("count.stories", { count: stats.stories })}</span>
      <span>{t("site.newest", { time: moment(newest, ctx) })}</span>
      {stats.demo > 0 ? (
        <span>
          <a class="demo" href={ctx.href("/about#demo")}>
            {t("site.demo")}
          </a>
        </span>
      ) : null}
    </p>
  );
};

type HeadlinesProps = {
  readonly ctx: Ctx;
  readonly lead: Lead | undefined;
  readonly rest: readonly Told[];
  readonly by: SoleReports;
};
/** Stories beside the lead; the others follow further down. */
export const SECONDS = 4;
const Headlines = ({ ctx, lead, rest, by }: HeadlinesProps) => {
  const { t } = ctx;
  return (
    <Section
      id="headlines"
      title={<a href={ctx.href("/headlines")}>{t("section.headlines")}</a>}
      note={t("front.headlinesBy")}
      more={{ href: ctx.href("/headlines"), label: t("front.allHeadlines") }}
    >
      {lead === undefined && rest.length === 0 ? <Empty>{t("empty.headlines")}</Empty> : null}
      <div class="top">
        {lead === undefined ? null : <LeadStory ctx={ctx} lead={lead} />}
        <div class="seconds">
          {rest.map((row) => (
            <StoryLine ctx={ctx} row={row} by={by} />
          ))}
        </div>
      </div>
    </Section>
  );
};

type MoreProps = {
  readonly ctx: Ctx;
  readonly rest: readonly Told[];
  readonly opinions: readonly ArticleRow[];
  readonly by: SoleReports;
};
const MoreHeadlines = ({ ctx, rest, opinions, by }: MoreProps) => {
  const { t } = ctx;
  if (rest.length + opinions.length === 0) return null;
  return (
    <Section id="more-headlines" title={t("front.moreHeadlines")}>
      <div class="thirds">
        {rest.map((row) => (
          <StoryLine ctx={ctx} row={row} by={by} size="s" />
        ))}
      </div>
      {opinions.length === 0 ? null : (
        <div class="apart">
          <p class="kicker">{t("front.opinionApart")}</p>
          <ul>
            {opinions.map((row) => (
              <li data-key="item">
                <h3 dir="auto" lang={row.language}>
                  <a href={ctx.href(`/article/${row.id}`)}>{row.title}</a>
                </h3>
                <p class="line-meta">
                  <OutletName ctx={ctx} row={row} />
                  <span>{row.byline.join(", ")}</span>
                  <time datetime={row.published ?? row.firstSeen}>{dayYear(row.sortTime, ctx)}</time>
                  {row.copies > 0 ? (
                    <a href={ctx.href(`/article/${row.id}#copies`)}>
                      + {t("count.copies", { count: row.copies })}
                    </a>
                  ) : null}
                </p>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Section>
  );
};

/** The lead: headline and first sentence as they stand in an article, then its numbers. */
export const LeadStory = ({ ctx, lead, level = "h3" }: { ctx: Ctx; lead: Lead; level?: "h2" | "h3" }) => {
  const { t } = ctx;
  const Heading = level;
  const { row, story, article } = lead;
  const numbers = story === undefined ? [] : keyNumbers(story, 3);
  // The sentence under a headline is of the same report.
  const dek = story?.headlineArticle === row.headlineArticle ? story.summary : article?.summary;
  const at = dek === undefined || article === undefined ? -1 : article.text.indexOf(dek);
  const span = at < 0 || dek === undefined ? undefined : { start: at, end: at + dek.length };
  const days = Math.floor((Date.parse(row.last) - Date.parse(row.first)) / DAY) + 1;
  const kicker = [storyKicker(ctx, row), days > 1 ? t("front.day", { day: days }) : ""].filter(
    (x) => x !== "",
  );
  const informants = story?.corroboration.informants ?? [];
  const stale = new Set(story?.stale.map((s) => s.articleId)).size;
  return (
    <article class="lead" data-at={row.last} data-key="item">
      {kicker.length === 0 ? null : <p class="kicker">{kicker.join(" · ")}</p>}
      <Heading dir="auto" lang={row.foreign} class={row.headline.length > 64 ? "long" : undefined}>
        <a href={ctx.href(`/story/${row.id}`)}>{row.headline}</a>
      </Heading>
      {dek === undefined ? null : (
        <p class="dek" dir="auto" lang={row.foreign}>
          <a href={spanHref(ctx, row.headlineArticle, span)}>{withoutDateline(dek)}</a>{" "}
          {article === undefined ? null : (
            <cite>
              <bdi>{article.outletName}</bdi>
              {comma(ctx)}
              {shortDay(Date.parse(article.published?.value ?? article.firstSeen), ctx)}
            </cite>
          )}
        </p>
      )}
      {numbers.length === 0 ? null : (
        <ul class="figures">
          {numbers.map((n) => (
            <KeyFigure ctx={ctx} number={n} />
          ))}
        </ul>
      )}
      <p class="standing">
        <Standing ctx={ctx} row={row} />
        <Foreign ctx={ctx} language={row.foreign} />
        {informants.length === 1 ? (
          <span>
            {t("story.oneInformant", {
              informant: informants[0] ?? "",
              newsrooms: t("count.newsrooms", { count: row.newsrooms }),
            })}
          </span>
        ) : null}
        {stale > 0 ? (
          <a class="link" href={ctx.href(`/story/${row.id}#reports`)}>
            {t("count.stale", { count: stale })}
          </a>
        ) : null}
        {story !== undefined && story.ledger.length > 0 ? (
          <a class="link" href={ctx.href(`/story/${row.id}#ledger`)}>
            {t("front.howChanged")}
          </a>
        ) : null}
        <Demo ctx={ctx} show={row.demo} />
      </p>
    </article>
  );
};

const KeyFigure = ({ ctx, number }: { ctx: Ctx; number: KeyNumber }) => {
  const { t } = ctx;
  const { entry, series } = number;
  const { name } = issuerName(series.issuer);
  return (
    <li>
      <p class="label">{t(`measure.${number.measure}`)}</p>
      <p class="figure-words" dir="auto">
        <a href={spanHref(ctx, entry.quantity.articleId, entry.quantity.span)}>{inWords(entry.quantity)}</a>
      </p>
      <p class="small">
        <bdi>{capital(name)}</bdi>
        {comma(ctx)}
        <span class="keep">
          {shortDay(Date.parse(entry.at), ctx)}{" "}
          <Tag kind={entry.quantity.assertion === "reported" ? "reported" : "claimed"}>
            {t(`assertion.${entry.quantity.assertion}`)}
          </Tag>
        </span>
      </p>
      {number.before.map((e) => (
        <p class="figure-before">
          <a href={spanHref(ctx, e.quantity.articleId, e.quantity.span)}>
            <s dir="auto">{inWords(e.quantity)}</s>
          </a>{" "}
          {t(`status.${e.status}`, { who: e.statusBy ?? "" })}
        </p>
      ))}
    </li>
  );
};

const Breaking = ({ ctx, rows }: { ctx: Ctx; rows: readonly { row: Told; story: Story | undefined }[] }) => (
  <Section
    id="breaking"
    title={
      <a href={ctx.href("/breaking")}>
        <span class="dot" aria-hidden="true" />
        {ctx.t("section.breaking")}
      </a>
    }
    note={ctx.t("front.breakingBy")}
  >
    {rows.length === 0 ? <Empty>{ctx.t("empty.breaking")}</Empty> : null}
    {rows.map(({ row, story }) => (
      <BreakingStory ctx={ctx} row={row} story={story} size="s" />
    ))}
  </Section>
);

export const BreakingStory = ({
  ctx,
  row,
  story,
  size,
  level = "h3",
  children,
}: {
  ctx: Ctx;
  row: Told;
  story: Story | undefined;
  size: "s" | "l";
  level?: "h2" | "h3";
  children?: Child;
}) => {
  const { t } = ctx;
  const Heading = level;
  const burst = story?.burst;
  // The bars are hours up to the newest report.
  const hours = burst?.bars.length ?? 0;
  return (
    <article class={`story story-${size}`} data-at={row.last} data-key="item">
      <Heading dir="auto" lang={row.foreign}>
        <a href={ctx.href(`/story/${row.id}`)}>{row.headline}</a>
      </Heading>
      {burst === undefined ? null : (
        <Bars
          values={burst.bars}
          usual={burst.usual}
          label={t("front.barsLabel", { values: burst.bars.join(" ") })}
        />
      )}
      {hours < 2 ? null : (
        <p class="bar-ends">
          <span>{t("front.hoursBefore", { hours: t("count.hours", { count: hours }) })}</span>
          <span>{t("front.mostAnHour", { count: Math.max(0, ...(burst?.bars ?? [])) })}</span>
          <span>{bareClock(Date.parse(row.last), ctx)}</span>
        </p>
      )}
      <p class="standing">
        {burst === undefined ? (
          <Standing ctx={ctx} row={row} />
        ) : (
          <>
            <span>
              {t("front.burstNewsrooms", {
                newsrooms: t("count.newsrooms", { count: burst.newsrooms }),
                span: t("count.hours", { count: Math.max(1, Math.round(burst.hours)) }),
              })}
            </span>
            <span>
              <span class="dash" aria-hidden="true" />
              {t("front.usual", { rate: Math.round(burst.usual * 10) / 10 })}
            </span>
          </>
        )}
        <Foreign ctx={ctx} language={row.foreign} />
        <span class="keep">
          <time datetime={row.last}>{moment(Date.parse(row.last), ctx)}</time>{" "}
          <Demo ctx={ctx} show={row.demo} />
        </span>
      </p>
      {children}
    </article>
  );
};

/** Lines of Latest on a phone, where other sections wait below; a wide sheet has room for more. */
const FIRST_LINES = 8;
const Latest = ({ ctx, rows }: { ctx: Ctx; rows: readonly ArticleRow[] }) => {
  const early = new Set(rows.slice(0, FIRST_LINES));
  const days = groupBy(rows, (r) => dayOf(r.sortTime, ctx.zone));
  const lines = (part: readonly ArticleRow[], className?: string) =>
    part.length === 0 ? null : (
      <ol class={className}>
        {part.map((row) => (
          <ArticleLine ctx={ctx} row={row} />
        ))}
      </ol>
    );
  return (
    <Section
      id="latest"
      title={<a href={ctx.href("/latest")}>{ctx.t("section.latest")}</a>}
      note={ctx.t("front.timesIn", { zone: zoneName(rows[0]?.sortTime ?? ctx.now, ctx) })}
      more={{ href: ctx.href("/latest"), label: ctx.t("site.showAll") }}
    >
      {rows.length === 0 ? <Empty>{ctx.t("empty.latest")}</Empty> : null}
      {[...days].map(([day, found]) => {
        const first = found.filter((r) => early.has(r));
        return (
          <>
            <p class={first.length === 0 ? "rail-day later" : "rail-day"}>
              <time datetime={day}>{longDay(found[0]?.sortTime ?? 0, ctx)}</time>
            </p>
            {lines(first)}
            {lines(
              found.filter((r) => !early.has(r)),
              "later",
            )}
          </>
        );
      })}
    </Section>
  );
};

export const WorldSection = ({
  ctx,
  world,
  stories,
}: {
  ctx: Ctx;
  world: World;
  stories: readonly Told[];
}) => (
  <Section
    id="world"
    title={<a href={ctx.href("/world")}>{ctx.t("section.world")}</a>}
    note={ctx.t("front.worldBy")}
    more={{ href: ctx.href("/world#regions"), label: ctx.t("front.asList") }}
  >
    <WorldMap ctx={ctx} counts={world} id="front" fit={ctx.edition.countries.length > 0} />
    <Regions ctx={ctx} world={world} stories={stories} limit={3} />
  </Section>
);

/** The same as lists: regions of the edition with their countries by reports, and one story each. */
export const Regions = ({
  ctx,
  world,
  stories,
  limit,
}: {
  ctx: Ctx;
  world: World;
  stories: readonly Told[];
  limit: number;
}) => {
  const { t } = ctx;
  const incidents = new Map<string, number>();
  for (const i of world.incidents.filter(stands)) {
    const code = i.place?.country;
    if (code !== undefined) incidents.set(code, (incidents.get(code) ?? 0) + 1);
  }
  const claimed = new Set(ctx.edition.regions.flatMap((r) => r.countries));
  const others = [...world.reports.keys()].filter((code) => !claimed.has(code));
  const regions = [...ctx.edition.regions, { id: "other", name: t("map.otherRegions"), countries: others }]
    .map((region) => ({
      region,
      rows: region.countries
        .map((code) => ({ code, n: world.reports.get(code) ?? 0 }))
        .filter((r) => r.n > 0)
        .toSorted((a, b) => b.n - a.n),
    }))
    .filter((r) => r.rows.length > 0)
    .toSorted((a, b) => (b.rows[0]?.n ?? 0) - (a.rows[0]?.n ?? 0));
  if (regions.length === 0) return <Empty>{t("empty.world")}</Empty>;
  return (
    <>
      <div class="regions" id="regions">
        {regions.map(({ region, rows }) => {
          const story = stories.find((s) => region.countries.includes(s.countries[0] ?? ""));
          return (
            <div>
              <h3>{editionWord(ctx, `region.${region.id}`, region.name)}</h3>
              {story === undefined ? null : (
                <p class="region-story" dir="auto" lang={story.foreign}>
                  <a href={ctx.href(`/story/${story.id}`)}>{story.headline}</a>
                </p>
              )}
              <ul class="tally">
                {rows.slice(0, limit).map(({ code, n }) => (
                  <li>
                    <a href={ctx.href(`/country/${code}`)}>{countryName(code, ctx.locale)}</a>
                    <span class="num">
                      {incidents.has(code)
                        ? `${t("count.incidents", { count: incidents.get(code) ?? 0 })} · `
                        : ""}
                      {t("count.reports", { count: n })}
                      {world.silent.has(code) ? ` · ${t("map.silence")}` : ""}
                    </span>
                  </li>
                ))}
              </ul>
            </div>
          );
        })}
      </div>
      <p class="small">
        {t("map.readIn", {
          languages:
            world.languages.map(([l, n]) => `${languageName(l, ctx.locale)} ${n}`).join(comma(ctx)) ||
            t("site.none"),
        })}{" "}
        · {daySpan(world.from, world.to, ctx)} · {t("country.notEvents")}
      </p>
    </>
  );
};

const Videos = ({ ctx, rows }: { ctx: Ctx; rows: readonly ArticleRow[] }) => (
  <Section
    id="videos"
    title={<a href={ctx.href("/videos")}>{ctx.t("section.videos")}</a>}
    more={{ href: ctx.href("/videos"), label: ctx.t("front.allVideos") }}
  >
    {rows.length === 0 ? <Empty>{ctx.t("video.none")}</Empty> : null}
    <ul class="videos videos-front">
      {rows.map((row) => (
        <VideoCard ctx={ctx} row={row} />
      ))}
    </ul>
  </Section>
);

const EmptyFront = ({ ctx }: { ctx: Ctx }) => (
  <Sheet ctx={ctx} section="front" className="front">
    <div class="big-state">
      <h1>{ctx.t("empty.front")}</h1>
      <p>{ctx.t("empty.frontLong")}</p>
      <p>
        <a class="link" href={ctx.href("/sources")}>
          {ctx.t("sources.add")}
        </a>
      </p>
    </div>
  </Sheet>
);
