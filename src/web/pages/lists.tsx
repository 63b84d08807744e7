/** The sections as pages of their own: Headlines, Breaking, Latest, World, Videos. */

import type { Ctx } from "../context.ts";
import { groupBy } from "../ui/group.ts";
import { Sheet } from "../ui/layout.tsx";
import { WorldMap } from "../ui/map.tsx";
import {
  ArticleLine,
  Empty,
  PageHead,
  Pager,
  Section,
  StoryLine,
  soleReports,
  VideoCard,
} from "../ui/parts.tsx";
import { dayOf, daySpan, longDay, partial, zoneName } from "../ui/words.ts";
import {
  BreakingStory,
  breakingStories,
  headlineStories,
  LeadStory,
  leadOf,
  Regions,
  SECONDS,
} from "./front.tsx";
import { IncidentTable } from "./incidents.tsx";
import { nothing } from "./states.tsx";
import { toldFor } from "./tongue.ts";
import { loadWorld, presentOf } from "./world-data.ts";

const DAY = 86_400_000;
const after = (ctx: Ctx): string | undefined => ctx.search.get("after") ?? undefined;

const HEADLINE_SPANS = ["week", "newest", "all"] as const;

export async function headlinesPage(ctx: Ctx) {
  const { t, store } = ctx;
  const wanted = HEADLINE_SPANS.find((s) => s === ctx.search.get("by")) ?? "week";
  const present = await presentOf(ctx);
  const since = { since: present.newest - 7 * DAY };
  const list = await store.stories(
    {
      ...present.filter,
      ...(wanted === "week" ? since : {}),
      sort: wanted === "newest" ? "newest" : "headlines",
    },
    { limit: 31, after: after(ctx) },
  );
  // A quiet week is filled up from what came before it.
  const quiet = wanted === "week" && after(ctx) === undefined && list.rows.length < 8;
  const told = quiet ? await headlineStories(ctx, present, 31) : await toldFor(ctx, list.rows);
  const lead = after(ctx) === undefined && wanted !== "newest" ? await leadOf(ctx, told[0]) : undefined;
  const rest = lead === undefined ? told : told.slice(1);
  const by = await soleReports(ctx, rest);
  return (
    <Sheet
      ctx={ctx}
      title={t("section.headlines")}
      section="headlines"
      feed="/headlines"
      permalink="/headlines"
    >
      <PageHead title={t("section.headlines")}>
        <p class="small">{t("front.headlinesBy")}</p>
      </PageHead>
      <nav class="tabs" aria-label={t("search.sort")}>
        {HEADLINE_SPANS.map((by) => (
          <a
            href={ctx.href("/headlines", { by: by === "week" ? undefined : by })}
            aria-current={by === wanted ? "true" : undefined}
          >
            {t(`headlines.by.${by}`)}
          </a>
        ))}
      </nav>
      {told.length === 0 ? await nothing(ctx, t("empty.headlines")) : null}
      {lead === undefined ? null : (
        <div class="top">
          <LeadStory ctx={ctx} lead={lead} level="h2" />
          <div class="seconds">
            {rest.slice(0, SECONDS).map((row) => (
              <StoryLine ctx={ctx} row={row} by={by} level="h2" />
            ))}
          </div>
        </div>
      )}
      <div class="thirds">
        {rest.slice(lead === undefined ? 0 : SECONDS).map((row) => (
          <StoryLine ctx={ctx} row={row} by={by} level="h2" />
        ))}
      </div>
      <Pager ctx={ctx} next={quiet ? undefined : list.next} query={wanted === "week" ? {} : { by: wanted }} />
    </Sheet>
  );
}

export async function breakingPage(ctx: Ctx) {
  const { t } = ctx;
  const list = await breakingStories(ctx, await presentOf(ctx), 20, after(ctx));
  const newest = await Promise.all(
    list.rows.map(async ({ row }) =>
      (await ctx.store.storyArticles(row.id))
        .filter((r) => r.copyOf === undefined)
        .toSorted((a, b) => b.sortTime - a.sortTime)
        .slice(0, 4),
    ),
  );
  return (
    <Sheet ctx={ctx} title={t("section.breaking")} section="breaking" feed="/breaking" permalink="/breaking">
      <PageHead title={t("section.breaking")}>
        <p class="small">{t("front.breakingBy")}</p>
      </PageHead>
      {list.rows.length === 0 ? (
        <Empty>
          {t("empty.breaking")}{" "}
          <a class="link" href={ctx.href("/latest")}>
            {t("section.latest")}
          </a>{" "}
          ·{" "}
          <a class="link" href={ctx.href("/headlines")}>
            {t("section.headlines")}
          </a>
        </Empty>
      ) : null}
      <div class="bursts" data-live="">
        {list.rows.map(({ row, story }, i) => (
          <BreakingStory ctx={ctx} row={row} story={story} size="l" level="h2">
            <ol class="burst-reports">
              {(newest[i] ?? []).map((r) => (
                <ArticleLine ctx={ctx} row={r} />
              ))}
            </ol>
          </BreakingStory>
        ))}
      </div>
      <Pager ctx={ctx} next={list.next} />
    </Sheet>
  );
}

export async function latestPage(ctx: Ctx) {
  const { t, store } = ctx;
  const withCopies = ctx.search.get("copies") === "1";
  const undated = ctx.search.get("undated") === "1";
  const { filter } = undated ? ctx : await presentOf(ctx);
  const list = await store.latest(
    { ...filter, ...(withCopies ? {} : { originalsOnly: true }) },
    { limit: 50, after: after(ctx) },
  );
  const days = groupBy(list.rows, (r) => dayOf(r.sortTime, ctx.zone));
  return (
    <Sheet ctx={ctx} title={t("section.latest")} section="latest" feed="/latest" permalink="/latest">
      <PageHead title={t("section.latest")}>
        <p class="small">{t("front.timesIn", { zone: zoneName(list.rows[0]?.sortTime ?? ctx.now, ctx) })}</p>
      </PageHead>
      <nav class="tabs" aria-label={t("search.filters")}>
        <a href={ctx.href("/latest")} aria-current={withCopies || undated ? undefined : "true"}>
          {t("latest.folded")}
        </a>
        <a href={ctx.href("/latest", { copies: true })} aria-current={withCopies ? "true" : undefined}>
          {t("latest.withCopies")}
        </a>
        <a href={ctx.href("/latest", { undated: true })} aria-current={undated ? "true" : undefined}>
          {t("latest.undated")}
        </a>
      </nav>
      {list.rows.length === 0 ? await nothing(ctx, t("empty.latest")) : null}
      <div data-live="">
        {[...days].map(([day, rows]) => (
          <section aria-label={partial(day, ctx, true)} class="day-rows">
            <h2 class="day-head">{rows[0] === undefined ? day : longDay(rows[0].sortTime, ctx)}</h2>
            <ol class="lines-wide">
              {rows.map((row) => (
                <ArticleLine ctx={ctx} row={row} summary />
              ))}
            </ol>
          </section>
        ))}
      </div>
      <Pager ctx={ctx} next={list.next} query={{ copies: withCopies, undated }} />
    </Sheet>
  );
}

export async function videosPage(ctx: Ctx) {
  const { t } = ctx;
  const list = await ctx.store.latest(
    { ...(await presentOf(ctx)).filter, withVideo: true },
    { limit: 36, after: after(ctx) },
  );
  return (
    <Sheet ctx={ctx} title={t("section.videos")} section="videos" feed="/videos" permalink="/videos">
      <PageHead title={t("section.videos")} />
      {list.rows.length === 0 ? await nothing(ctx, t("video.none")) : null}
      <ul class="videos">
        {list.rows.map((row) => (
          <VideoCard ctx={ctx} row={row} level="h2" />
        ))}
      </ul>
      <Pager ctx={ctx} next={list.next} />
    </Sheet>
  );
}

const SPANS = [1, 7, 30] as const;

export async function worldPage(ctx: Ctx) {
  const { t } = ctx;
  const present = await presentOf(ctx);
  const days = SPANS.find((d) => String(d) === ctx.search.get("days")) ?? 7;
  const [world, stories] = await Promise.all([
    loadWorld(ctx, present, days),
    headlineStories(ctx, present, 60),
  ]);
  const located = world.incidents.filter((i) => i.place !== undefined);
  return (
    <Sheet ctx={ctx} title={t("section.world")} section="world" feed="/headlines" permalink="/world">
      <PageHead title={t("section.world")}>
        <p class="small">
          {t("front.worldBy")} · {daySpan(world.from, world.to, ctx)}
        </p>
      </PageHead>
      <nav class="tabs" aria-label={t("world.span")}>
        {SPANS.map((d) => (
          <a href={ctx.href("/world", { days: d })} aria-current={d === days ? "true" : undefined}>
            {t("count.days", { count: d })}
          </a>
        ))}
      </nav>
      <WorldMap ctx={ctx} counts={world} id="world" fit={ctx.edition.countries.length > 0} />
      <Section id="by-region" title={t("map.byRegion")}>
        <Regions ctx={ctx} world={world} stories={stories} limit={40} />
      </Section>
      {located.length === 0 ? null : <IncidentTable ctx={ctx} incidents={located} />}
    </Sheet>
  );
}
