/** A story: what happened by local day, its numbers as they were known, who says what, the copies, all reports. At any moment by `?at=`. */

import {
  type ArticleRow,
  type CopyLink,
  type LedgerEntry,
  type LedgerSeries,
  primaryLanguage,
  type Story,
  type StoryId,
  type TimelineItem,
} from "../../model/index.ts";
import type { Ctx } from "../context.ts";
import { CopyGraph, CopyTree } from "../ui/copies.tsx";
import { feedHref } from "../ui/feed-links.ts";
import { groupBy } from "../ui/group.ts";
import { Sheet } from "../ui/layout.tsx";
import { LedgerChart, LedgerTable } from "../ui/ledger.tsx";
import { byMeasure, DRAWN, isGone, type Measured, rowsAt, storyAt } from "../ui/numbers.ts";
import { ArticleLine, Demo, Empty, Section, spanHref, Tag } from "../ui/parts.tsx";
import {
  capital,
  comma,
  countryName,
  dayOf,
  daySpan,
  languageName,
  moment,
  newsroomSum,
  partial,
  standing,
  withoutDateline,
} from "../ui/words.ts";
import { momentOf } from "./story-at.ts";
import { Claims } from "./story-claims.tsx";
import { HandNotes, handOf, type StoryHandData, StoryHandSection } from "./story-hand.tsx";
import { Reports } from "./story-reports.tsx";
import { foreignTo, headlineFor } from "./tongue.ts";

type StoryPageData = {
  readonly whole: Story;
  readonly story: Story;
  readonly rows: readonly ArticleRow[];
  readonly links: readonly CopyLink[];
  /** Copies whose links are not among these. */
  readonly left: number;
  readonly at: number | undefined;
  readonly hand: StoryHandData;
};

export async function storyPage(ctx: Ctx, id: string) {
  const { store } = ctx;
  const [record, all] = await Promise.all([store.story(id), store.storyArticles(id)]);
  const whole = record ?? bareStory(id, all);
  if (whole === undefined) return undefined;
  const at = momentOf(ctx.search.get("at"), ctx.zone);
  const rows = at === undefined ? all : rowsAt(all, at);
  const then = at === undefined ? whole : storyAt(whole, all, at);
  const head = rows.find((r) => r.id === then.headlineArticle);
  const better = headlineFor(ctx, head, rows);
  const { summary: _other, ...rest } = then;
  const story =
    better === undefined
      ? then
      : {
          ...rest,
          headline: better.title,
          headlineArticle: better.id,
          ...(better.summary === undefined ? {} : { summary: better.summary }),
        };
  const copies = rows.filter((r) => r.copyOf !== undefined);
  const linked = ctx.search.get("copies") === "all" ? copies : mostCopied(copies);
  const links = (await Promise.all(linked.map((r) => store.copyLinks(r.id)))).flatMap((l) => l.originals);
  const hand = await handOf(ctx, id);
  const left = copies.length - linked.length;
  return <StoryView ctx={ctx} data={{ whole, story, rows, links, left, at, hand }} />;
}

/** Copies led back to their originals before the rest is a link away. */
const MOST_COPIES = 40;
/** Copies of the texts that were copied most, in the order given. */
function mostCopied(copies: readonly ArticleRow[]): readonly ArticleRow[] {
  if (copies.length <= MOST_COPIES) return copies;
  const families = [...groupBy(copies, (r) => r.copyOf as string).values()];
  const chosen = new Set(
    families
      .toSorted((a, b) => b.length - a.length)
      .flat()
      .slice(0, MOST_COPIES),
  );
  return copies.filter((r) => chosen.has(r));
}

/** A story whose record is not built yet: its reports, and nothing that would have to be computed. */
function bareStory(id: string, rows: readonly ArticleRow[]): Story | undefined {
  const head = rows.find((r) => r.copyOf === undefined) ?? rows[0];
  if (head === undefined) return undefined;
  const times = rows.map((r) => r.sortTime);
  const originals = rows.filter((r) => r.copyOf === undefined);
  return {
    id: id as StoryId,
    headline: head.title,
    headlineArticle: head.id,
    first: new Date(Math.min(...times)).toISOString(),
    last: new Date(Math.max(...times)).toISOString(),
    articles: rows.map((r) => r.id),
    originals: originals.map((r) => r.id),
    outlets: [...new Set(rows.map((r) => r.outletId))],
    languages: [...new Set(rows.map((r) => r.language))],
    countries: head.countries.map((code) => ({ code, weight: 1 / head.countries.length })),
    places: [],
    corroboration: {
      newsrooms: new Set(originals.map((r) => r.outletId)).size,
      informants: [],
      outlets: new Set(rows.map((r) => r.outletId)).size,
      words: "",
    },
    timeline: [],
    ledger: [],
    stale: [],
    claims: [],
    terms: [],
    demo: rows.every((r) => r.demo),
    pipeline: "",
  };
}

const StoryView = ({ ctx, data }: { ctx: Ctx; data: StoryPageData }) => {
  const { t } = ctx;
  const { whole, story, rows, at } = data;
  const outlets = new Map<string, string>(rows.map((r) => [r.id, r.outletName]));
  const times = new Map<string, number>(rows.map((r) => [r.id, r.sortTime]));
  const measured = byMeasure(story.ledger);
  const path = `/story/${whole.id}`;
  // Where numbers moved they are what the reader comes for; elsewhere what happened comes first.
  const numbersFirst =
    whole.ledger.filter((s) => DRAWN.has(s.measure)).reduce((n, s) => n + s.entries.length, 0) > 2;
  // Of one report there is no copy to look for.
  const alone = rows.length === 1 && data.links.length === 0;
  const jumps = [
    ...(numbersFirst ? ["ledger", "timeline"] : ["timeline", "ledger"]),
    "claims",
    ...(alone ? [] : ["copies"]),
    "reports",
  ];
  const beside = statementsBeside(story, data.links.length);
  return (
    <Sheet
      ctx={ctx}
      title={story.headline}
      section="headlines"
      permalink={path}
      feed={path}
      description={story.summary}
    >
      <div data-visit={whole.id}>
        <StoryHead ctx={ctx} data={data} />
        <HandNotes ctx={ctx} data={data.hand} />
        <aside class="news-since" id="since" hidden aria-label={t("story.sinceLastVisit")}>
          <b>{t("story.sinceLastVisit")}</b> (<span data-before="" />
          ):{" "}
          <span data-some="" hidden>
            <span data-count="" /> {t("story.changedMarked")}
          </span>
          <span data-none="" hidden>
            {t("story.nothingNew")}
          </span>
        </aside>
        <nav class="jumps" aria-label={t("story.onThisPage")}>
          {jumps.map((id) => (
            <a href={`#${id}`}>{t(`story.jump.${id}`)}</a>
          ))}
        </nav>
        {at === undefined ? null : (
          <p class="asof">
            {t("number.asKnownAtDate", { date: moment(at, ctx) })}. {t("story.asOfNote")}{" "}
            <a class="link" href={ctx.href(path)}>
              {t("number.now")}
            </a>
          </p>
        )}
        <div class="cols">
          <div>
            {numbersFirst ? (
              <>
                <Ledger ctx={ctx} data={data} measured={measured} outlets={outlets} times={times} />
                <Timeline ctx={ctx} story={story} outlets={outlets} />
              </>
            ) : (
              <>
                <Timeline ctx={ctx} story={story} outlets={outlets} />
                <Ledger ctx={ctx} data={data} measured={measured} outlets={outlets} times={times} />
              </>
            )}
          </div>
          <div>
            <Claims ctx={ctx} story={story} outlets={outlets} beside={beside} />
            {alone ? null : (
              <Section id="copies" title={t("story.copies")} note={t("story.copiesBy")}>
                {data.links.length === 0 ? (
                  <Empty>{t("empty.copies")}</Empty>
                ) : (
                  <CopyTree ctx={ctx} rows={rows} links={data.links} />
                )}
                <AllCopies ctx={ctx} path={path} left={data.left} />
              </Section>
            )}
            <Opinions ctx={ctx} rows={rows} />
          </div>
        </div>
        {data.links.length === 0 ? null : <CopyGraph ctx={ctx} rows={rows} links={data.links} />}
        <Reports ctx={ctx} story={story} rows={rows} />
        <StoryHandSection ctx={ctx} data={data.hand} rows={rows} />
      </div>
    </Sheet>
  );
};

/**
 * How many statements fill the narrow column as far down as the wide one reaches. Heights are those of the style sheet,
 * in lines of small print; what matters is that neither column runs on alone for a screen.
 */
export function statementsBeside(story: Story, copies: number): number {
  const days = groupBy(story.timeline, (i) => i.day.slice(0, 10));
  const long = days.size > LONG;
  const sentences = [...days.values()]
    .map((items) => Math.min(items.length, long ? 2 : 4))
    .toSorted((a, b) => b - a)
    .slice(0, long ? OPEN_DAYS : undefined);
  const drawn = byMeasure(story.ledger).filter((m) => DRAWN.has(m.measure));
  const values = drawn.map((m) => m.series.reduce((n, s) => n + s.entries.length, 0)).filter((n) => n > 1);
  const left =
    sentences.reduce((n, s) => n + 2 + 3.5 * s, 0) + values.reduce((n, v) => n + 18 + 3 * Math.min(v, 4), 0);
  const under = copies === 0 ? 4 : 6 + 7 * Math.min(copies, 2);
  return Math.floor((left - under) / 5.5);
}

const AllCopies = ({ ctx, path, left }: { ctx: Ctx; path: string; left: number }) =>
  left === 0 ? null : (
    <p>
      <a
        class="link"
        href={`${ctx.href(path, { at: ctx.search.get("at") ?? undefined, copies: "all" })}#copies`}
      >
        {ctx.t("site.showAll")} (+ {ctx.t("count.copies", { count: left })})
      </a>
    </p>
  );

const StoryHead = ({ ctx, data }: { ctx: Ctx; data: StoryPageData }) => {
  const { t } = ctx;
  const { whole, story, rows } = data;
  const languages = new Map<string, number>();
  for (const r of rows)
    languages.set(primaryLanguage(r.language), (languages.get(primaryLanguage(r.language)) ?? 0) + 1);
  const foreign = foreignTo(ctx, rows.find((r) => r.id === story.headlineArticle)?.language ?? ctx.language);
  const span = daySpan(Date.parse(whole.first), Date.parse(story.last), ctx);
  const numbers = story.ledger.reduce((n, s) => n + s.entries.length, 0);
  const path = `/story/${whole.id}`;
  return (
    <header class="page-head story-head">
      <p class="kicker">
        {whole.countries.slice(0, 3).map((c) => (
          <>
            <a href={ctx.href(`/country/${c.code}`)}>{countryName(c.code, ctx.locale)}</a> ·{" "}
          </>
        ))}
        {span}
      </p>
      <h1 dir="auto" lang={foreign} class={story.headline.length > 64 ? "long" : undefined}>
        {story.headline}
      </h1>
      <p class="small">
        {t("story.headlineOf")}{" "}
        <a class="link" href={ctx.href(`/article/${story.headlineArticle}`)} dir="auto">
          {rows.find((r) => r.id === story.headlineArticle)?.outletName ?? t("article.title")}
        </a>
        {foreign === undefined ? null : ` · ${languageName(foreign, ctx.locale)}`}
      </p>
      <p class="arithmetic">
        {data.at === undefined ? (
          <>
            <span>
              <b>{t("count.newsrooms", { count: whole.corroboration.newsrooms })}</b>
            </span>
            <span>
              <b>{t("count.informants", { count: whole.corroboration.informants.length })}</b>
            </span>
          </>
        ) : (
          <span>
            <b>{t("count.outlets", { count: story.outlets.length })}</b>
          </span>
        )}
        <span>{t("count.reports", { count: story.articles.length })}</span>
        <span>{t("count.numbers", { count: numbers })}</span>
        <span>{t("count.statements", { count: story.claims.length })}</span>
        <span>
          {t("map.readIn", {
            languages: [...languages].map(([l, n]) => `${languageName(l, ctx.locale)} ${n}`).join(comma(ctx)),
          })}
        </span>
        <Demo ctx={ctx} show={whole.demo} />
      </p>
      {data.at === undefined ? <Arithmetic ctx={ctx} story={whole} /> : null}
      <p class="arithmetic tools">
        <a class="link" href={ctx.href("/alerts/new", { story: whole.id })}>
          {t("story.follow")}
        </a>
        <a class="link" href={feedHref(ctx, path, "rss")}>
          {t("site.feed")}
        </a>
        <a class="link" href={`/api/v1/stories/${whole.id}`}>
          {t("site.json")}
        </a>
        <a class="link" href={feedHref(ctx, path, "csv")}>
          {t("story.ledgerCsv")}
        </a>
      </p>
    </header>
  );
};

const NAMED = 5;
/** How the two figures come about, and the informants by name: a few, the rest when asked for. */
const Arithmetic = ({ ctx, story }: { ctx: Ctx; story: Story }) => {
  const { t } = ctx;
  const informants = story.corroboration.informants.map(capital);
  const named = informants.length <= NAMED + 1 ? informants.length : NAMED;
  const rest = informants.slice(named);
  const first = (
    <>
      {t("story.informants")}: <Names ctx={ctx} names={informants.slice(0, named)} />
    </>
  );
  return (
    <div class="small sums">
      <p>
        {t("count.newsrooms", { count: story.corroboration.newsrooms })}:{" "}
        {newsroomSum(ctx, story.corroboration)}
      </p>
      {informants.length === 0 ? (
        <p>{t("corroboration.nobody")}</p>
      ) : rest.length === 0 ? (
        <p>{first}</p>
      ) : (
        <details>
          <summary>
            {first} <u>{t("corroboration.more", { count: rest.length })}</u>
          </summary>
          <p>
            <Names ctx={ctx} names={rest} />
          </p>
        </details>
      )}
    </div>
  );
};

const Names = ({ ctx, names }: { ctx: Ctx; names: readonly string[] }) => (
  <>
    {names.map((name, i) => (
      <>
        {i === 0 ? "" : comma(ctx)}
        <bdi>{name}</bdi>
      </>
    ))}
  </>
);

const Timeline = ({
  ctx,
  story,
  outlets,
}: {
  ctx: Ctx;
  story: Story;
  outlets: ReadonlyMap<string, string>;
}) => {
  const { t } = ctx;
  const days = groupBy(
    story.timeline.toSorted((a, b) => a.day.localeCompare(b.day)),
    (i) => i.day.slice(0, 10),
  );
  // A day that gave a number which stands, or was taken back, is one the reader looks for.
  const turns = new Set(
    story.ledger
      .filter((s) => DRAWN.has(s.measure))
      .flatMap((s) => s.entries.filter((e) => e.status === "latest" || e.statusEvidence !== undefined))
      .map((e) => (e.saidAt ?? e.at).slice(0, 10)),
  );
  return (
    <Section id="timeline" title={t("story.whatHappened")} note={t("story.timelineBy")}>
      {days.size === 0 ? <Empty>{t("empty.events")}</Empty> : null}
      <ol class="timeline">
        {runsOf([...days], turns).map(({ shown, days: run }) =>
          shown ? (
            run.map(([day, items]) => (
              <Day ctx={ctx} day={day} items={items} outlets={outlets} most={days.size > LONG ? 2 : 4} />
            ))
          ) : (
            <li class="run">
              <details>
                <summary>
                  {t("story.moreDays", {
                    days: `${partial(run[0]?.[0] ?? "", ctx)}${run.length > 1 ? ` – ${partial(run.at(-1)?.[0] ?? "", ctx)}` : ""}`,
                    count: run.reduce((n, [, items]) => n + items.length, 0),
                  })}
                </summary>
                <ol>
                  {run.map(([day, items]) => (
                    <Day ctx={ctx} day={day} items={items} outlets={outlets} most={4} />
                  ))}
                </ol>
              </details>
            </li>
          ),
        )}
      </ol>
    </Section>
  );
};

type OfDay = readonly [day: string, items: readonly TimelineItem[]];
/** A story of more days than this keeps its first, its last and the weightiest open; a phone is not scrolled for minutes. */
const LONG = 8;
const OPEN_DAYS = 7;

/** Days in their order, the lighter ones between folded together where they follow each other. */
export function runsOf(
  days: readonly OfDay[],
  /** Days that count for more. */
  turns: ReadonlySet<string> = new Set(),
): readonly { readonly shown: boolean; readonly days: readonly OfDay[] }[] {
  if (days.length <= LONG) return [{ shown: true, days }];
  const weight = ([day, items]: OfDay): number =>
    Math.max(...items.map((i) => i.corroboration?.newsrooms ?? 0)) +
    items.length / 10 +
    (turns.has(day) ? 1 : 0);
  const inner = days.slice(1, -1).toSorted((a, b) => weight(b) - weight(a));
  const open = new Set([days[0], ...inner.slice(0, OPEN_DAYS - 2), days.at(-1)]);
  const runs: { shown: boolean; days: OfDay[] }[] = [];
  for (const day of days) {
    const shown = open.has(day);
    const last = runs.at(-1);
    if (last?.shown === shown) last.days.push(day);
    else runs.push({ shown, days: [day] });
  }
  return runs;
}

/** What most newsrooms carry of a day; the rest when asked for. Each part in the order of the record. */
const Day = ({
  ctx,
  day,
  items,
  outlets,
  most,
}: {
  ctx: Ctx;
  day: string;
  items: readonly TimelineItem[];
  outlets: ReadonlyMap<string, string>;
  most: number;
}) => {
  const first = new Set(
    items
      .toSorted(
        (a, b) =>
          Number(a.precision === "published") - Number(b.precision === "published") ||
          (b.corroboration?.newsrooms ?? 0) - (a.corroboration?.newsrooms ?? 0),
      )
      .slice(0, items.length <= most + 1 ? undefined : most),
  );
  const line = (item: TimelineItem) => (
    <TimelineLine ctx={ctx} item={item} outlet={outlets.get(item.articleId)} />
  );
  const rest = items.filter((i) => !first.has(i));
  return (
    <li>
      <p class="day">
        <time datetime={day}>{partial(day, ctx, true)}</time>
      </p>
      <ul>{items.filter((i) => first.has(i)).map(line)}</ul>
      {rest.length === 0 ? null : (
        <details>
          <summary>{ctx.t("story.moreOfDay", { count: rest.length })}</summary>
          <ul>{rest.map(line)}</ul>
        </details>
      )}
    </li>
  );
};

const TimelineLine = ({
  ctx,
  item,
  outlet,
}: {
  ctx: Ctx;
  item: TimelineItem;
  outlet: string | undefined;
}) => {
  const { t } = ctx;
  return (
    <li data-key="item">
      <blockquote dir="auto">
        <a href={spanHref(ctx, item.articleId, item.span)}>{withoutDateline(item.sentence)}</a>
      </blockquote>
      <p class="line-meta">
        <a href={ctx.href(`/article/${item.articleId}`)} dir="auto">
          {outlet ?? t("article.title")}
        </a>
        {item.precision === "published" ? (
          <span title={t("time.dayOfReport")}>{t("time.dayOfReportShort")}</span>
        ) : null}
        {item.place === undefined ? null : <bdi>{item.place}</bdi>}
        {item.eventType === undefined ? null : (
          <span>{t("story.readAs", { type: t(`event.${item.eventType}`) })}</span>
        )}
        {item.corroboration === undefined || item.corroboration.newsrooms < 2 ? null : (
          <span title={standing(ctx, item.corroboration)}>
            {t("count.newsrooms", { count: item.corroboration.newsrooms })}
            {item.corroboration.informants.length === 0
              ? ""
              : ` · ${t("count.informants", { count: item.corroboration.informants.length })}`}
          </span>
        )}
        {item.assertion === "reported" ? null : (
          <Tag kind={item.assertion}>{t(`assertion.${item.assertion}`)}</Tag>
        )}
      </p>
    </li>
  );
};

type LedgerProps = {
  readonly ctx: Ctx;
  readonly data: StoryPageData;
  readonly measured: readonly Measured[];
  readonly outlets: ReadonlyMap<string, string>;
  readonly times: ReadonlyMap<string, number>;
};
const Ledger = ({ ctx, data, measured, outlets, times }: LedgerProps) => {
  const { t } = ctx;
  // A measure with one value tells no course: it stands with the others, unless there is nothing else.
  const told = (m: Measured): number => m.series.reduce((n, s) => n + s.entries.length, 0);
  const able = measured.filter((m) => DRAWN.has(m.measure));
  const drawn = able.filter((m, i) => told(m) > 1 || (i === 0 && able.every((o) => told(o) === 1)));
  const listed = measured.filter((m) => !drawn.includes(m));
  const ends = measured.flatMap((m) => m.series.flatMap((s) => s.entries.map((e) => Date.parse(e.at))));
  const span = {
    from: Math.min(...ends, Date.parse(data.whole.first)),
    to: data.at ?? Math.max(...ends, Date.parse(data.whole.last)),
  };
  const { stale: repeated } = data.story;
  const byId = new Map<string, ArticleRow>(data.rows.map((r) => [r.id, r]));
  const stale = (entry: LedgerEntry, series: LedgerSeries): number =>
    new Set(
      repeated
        .filter(
          (r) => r.seriesKey === series.key && isGone(entry.status) && entry.carriers.includes(r.articleId),
        )
        .map((r) => outlets.get(r.articleId)),
    ).size;
  return (
    <Section id="ledger" title={t("story.ledger")} note={t("status.withdrawnNotFalse")}>
      <KnownAt ctx={ctx} data={data} />
      {measured.length === 0 ? (
        <Empty>{data.at === undefined ? t("empty.ledger") : t("number.none")}</Empty>
      ) : null}
      {drawn.map((m) => (
        <div class="ledger-measure" id={`ledger-${m.measure}`}>
          <h3>{t(`measure.${m.measure}`)}</h3>
          <LedgerChart ctx={ctx} measured={m} span={span} timeOf={(id) => times.get(id)} />
          <LedgerTable ctx={ctx} measured={m} rowOf={(id) => byId.get(id)} stale={stale} />
        </div>
      ))}
      {drawn.length === 0 ? null : <p class="small">{t("story.ledgerNote")}</p>}
      {measured.length === 0 ? null : (
        <p class="small">
          <a
            class="link"
            href={ctx.href(`/story/${data.whole.id}/ledger.csv`, { at: ctx.search.get("at") ?? undefined })}
          >
            {t("story.ledgerCsv")}
          </a>
        </p>
      )}
      {listed.length === 0 ? null : (
        <details open={listed.some((m) => m.measure === ctx.search.get("numbers"))}>
          <summary>{t("story.otherNumbers")}</summary>
          {listed.map((m) => (
            <div class="ledger-measure" id={`ledger-${m.measure}`}>
              <h3>{t(`measure.${m.measure}`)}</h3>
              <LedgerTable ctx={ctx} measured={m} rowOf={(id) => byId.get(id)} stale={stale} />
            </div>
          ))}
        </details>
      )}
    </Section>
  );
};

/** The days on which a number changed, as permanent links, and any other day by hand. */
const KnownAt = ({ ctx, data }: { ctx: Ctx; data: StoryPageData }) => {
  const { t } = ctx;
  const path = `/story/${data.whole.id}`;
  const days = [
    ...new Set(
      data.whole.ledger
        .flatMap((s) => s.entries.map((e) => Date.parse(e.at)))
        .filter((ms) => !Number.isNaN(ms))
        .toSorted((a, b) => a - b)
        .map((ms) => dayOf(ms, ctx.zone)),
    ),
  ];
  if (days.length === 0) return null;
  const chosen = data.at === undefined ? undefined : dayOf(data.at, ctx.zone);
  const step = Math.ceil(days.length / 14);
  return (
    <form class="known" method="get" action={`${ctx.href(path)}#ledger`}>
      <label for="at">{t("number.asKnownAt")}</label>
      <input type="date" id="at" name="at" value={chosen ?? days.at(-1)} />
      <button type="submit">{t("number.show")}</button>
      <span class="days">
        {days
          .filter((_, i) => i % step === 0)
          .map((day) => (
            <a
              href={ctx.href(`${path}#ledger`, { at: day })}
              aria-current={day === chosen ? "true" : undefined}
            >
              {partial(day, ctx)}
            </a>
          ))}
        <a href={ctx.href(`${path}#ledger`)} aria-current={chosen === undefined ? "true" : undefined}>
          {t("number.nowShort")}
        </a>
      </span>
    </form>
  );
};

/** Opinions, newest last, before the rest is left to the list of all reports. */
const MOST_OPINIONS = 12;
const Opinions = ({ ctx, rows }: { ctx: Ctx; rows: readonly ArticleRow[] }) => {
  const found = rows.filter(
    (r) => (r.genre === "opinion" || r.genre === "analysis") && r.copyOf === undefined,
  );
  if (found.length === 0) return null;
  const left = found.length - MOST_OPINIONS;
  return (
    <Section id="opinion" title={ctx.t("front.opinionApart")} note={ctx.t("story.notCounted")}>
      <ul>
        {found.slice(-MOST_OPINIONS).map((row) => (
          <ArticleLine ctx={ctx} row={row} day />
        ))}
      </ul>
      {left <= 0 ? null : (
        <p>
          <a
            class="link"
            href={`${ctx.href(ctx.path, { at: ctx.search.get("at") ?? undefined, reports: "all" })}#reports`}
          >
            {ctx.t("story.moreReports", { count: left })}
          </a>
        </p>
      )}
    </Section>
  );
};
