/** Outlets: who owns and controls them as far as a dated table says, their rhythm, whom they copy and who copies them. */
import { AdmiraltyLetter, type Outlet, OutletKind, StateControl } from "../../model/index.ts";
import type { Facet } from "../../ports/index.ts";
import type { Ctx, Query } from "../context.ts";
import { Bars, DayBars } from "../ui/bars.tsx";
import { coverageDays, firstDay } from "../ui/days.ts";
import { Sheet } from "../ui/layout.tsx";
import { outletNames, outletOf } from "../ui/outlet.ts";
import {
  ArticleLine,
  Demo,
  Empty,
  NumberedPager,
  PageHead,
  Pager,
  pageAsked,
  Section,
  Tag,
} from "../ui/parts.tsx";
import { comma, countryName, dayOf, hourOf, languageName, number, partial } from "../ui/words.ts";
import { usualWords } from "./incidents.tsx";
import { nothing } from "./states.tsx";

const CONTROL: Readonly<Record<Outlet["stateControl"], string>> = {
  independent: "outlet.independent",
  "state-funded": "outlet.stateFunded",
  "state-run": "outlet.stateRun",
  party: "outlet.party",
  unknown: "site.unknown",
};

/** Rows of outlets on one page. */
const A_PAGE = 100;

export async function outletsPage(ctx: Ctx) {
  const { t, store } = ctx;
  // Counts are of the newest reports, as many as a search counts: enough to tell who is read and who is only known.
  const [all, newest] = await Promise.all([store.outlets(), store.search({ copies: true }, { limit: 1 })]);
  const reports = new Map(newest.facets.outlet.map((f) => [f.value, f.count]));
  const known = new Set<string>(all.map((o) => o.id));
  const strangers = await Promise.all(
    [...reports.keys()].filter((id) => !known.has(id)).map((id) => outletOf(ctx, id)),
  );
  const outlets = [...all, ...strangers.flatMap((o) => o ?? [])].toSorted((a, b) =>
    a.name.localeCompare(b.name, ctx.locale),
  );
  const read = outlets
    .filter((o) => reports.has(o.id))
    .toSorted((a, b) => (reports.get(b.id) ?? 0) - (reports.get(a.id) ?? 0));
  const others = outlets.filter((o) => !reports.has(o.id));
  const asked = (ctx.search.get("q") ?? "").trim();
  const wanted = asked.toLocaleLowerCase(ctx.locale);
  const found = read.filter((o) =>
    `${o.name} ${o.id} ${o.owner ?? ""}`.toLocaleLowerCase(ctx.locale).includes(wanted),
  );
  const { page, pages } = pageAsked(ctx, found.length, A_PAGE);
  const at = (more: Query): string => ctx.href("/outlets", { q: asked || undefined, ...more });
  return (
    <Sheet ctx={ctx} title={t("section.outlets")} section="outlets" permalink="/outlets">
      <PageHead title={t("section.outlets")}>
        <p class="small">
          {t("outlet.read", { outlets: t("count.outlets", { count: read.length }) })} ·{" "}
          {t("outlet.known", { outlets: t("count.outlets", { count: others.length }) })}
          {newest.atLeast ? ` · ${t("search.facetsOf", { count: newest.total })}` : ""}
        </p>
      </PageHead>
      {read.length === 0 ? await nothing(ctx, t("empty.latest")) : null}
      {read.length <= A_PAGE && asked === "" ? null : (
        <form method="get" action={ctx.href("/outlets")} class="known">
          <label for="outlet-q">{t("outlet.find")}</label>
          <input id="outlet-q" name="q" type="search" value={asked} />
          <button type="submit">{t("site.searchButton")}</button>
          <span class="small" role="status">
            {t("count.outlets", { count: found.length })}
          </span>
        </form>
      )}
      {read.length > 0 && found.length === 0 ? <Empty>{t("search.none")}</Empty> : null}
      {found.length === 0 ? null : (
        <OutletTable ctx={ctx} outlets={found.slice((page - 1) * A_PAGE, page * A_PAGE)} reports={reports} />
      )}
      <NumberedPager ctx={ctx} page={page} pages={pages} at={at} />
      {others.length === 0 ? null : (
        <Section id="others" title={t("outlet.others")} note={t("outlet.othersNote")}>
          <details>
            <summary>{t("count.outlets", { count: others.length })}</summary>
            <OutletTable ctx={ctx} outlets={others} />
          </details>
        </Section>
      )}
    </Sheet>
  );
}

const OutletTable = ({
  ctx,
  outlets,
  reports,
}: {
  ctx: Ctx;
  outlets: readonly Outlet[];
  reports?: ReadonlyMap<string, number>;
}) => {
  const { t } = ctx;
  return (
    <table class="stack outlets">
      <thead>
        <tr>
          <th scope="col">{t("outlet.title")}</th>
          <th scope="col">{t("outlet.kind")}</th>
          <th scope="col">{t("search.country")}</th>
          <th scope="col">{t("outlet.owner")}</th>
          <th scope="col">{t("outlet.control")}</th>
          {reports === undefined ? null : (
            <th scope="col" class="right">
              {t("outlet.reports")}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {outlets.map((o) => (
          <tr data-key="item">
            <td>
              <a class="said" href={ctx.href(`/outlet/${o.id}`)} dir="auto">
                {o.id === "unknown" ? t("outlet.unknown") : o.name}
              </a>{" "}
              <Demo ctx={ctx} show={o.demo} />
            </td>
            <td class={o.kind === "unknown" ? "none" : undefined} data-label={t("outlet.kind")}>
              {o.kind === "unknown" ? "–" : t(`outlet.kind.${o.kind}`)}
            </td>
            <td class={o.country === undefined ? "none" : undefined} data-label={t("search.country")}>
              {o.country === undefined ? "–" : countryName(o.country, ctx.locale)}
            </td>
            <td class={o.owner === undefined ? "none" : undefined} data-label={t("outlet.owner")}>
              <bdi>{o.owner ?? "–"}</bdi>
            </td>
            <td class={o.stateControl === "unknown" ? "none" : undefined} data-label={t("outlet.control")}>
              {o.stateControl === "state-run" || o.stateControl === "party" ? (
                <b>{t(CONTROL[o.stateControl])}</b>
              ) : o.stateControl === "unknown" ? (
                "–"
              ) : (
                t(CONTROL[o.stateControl])
              )}
            </td>
            {reports === undefined ? null : (
              <td class="right num" data-label={t("outlet.reports")}>
                <a class="link" href={ctx.href("/search", { outlet: o.id, copies: 1 })}>
                  {number(reports.get(o.id) ?? 0, ctx.locale)}
                </a>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

export async function outletPage(ctx: Ctx, id: string) {
  const { t, store } = ctx;
  const outlet = await outletOf(ctx, id);
  if (outlet === undefined) return undefined;
  const after = ctx.search.get("after") ?? undefined;
  const [latest, recent, copies] = await Promise.all([
    store.latest({ outletId: id }, { limit: 25, after }),
    store.latest({ outletId: id }, { limit: 200 }),
    store.outletCopies(outlet.id),
  ]);
  const names = await outletNames(ctx, [...copies.from, ...copies.by]);
  const newest = recent.rows[0]?.sortTime ?? ctx.now;
  const since = await firstDay(ctx, newest, 30);
  // The cells of countries count an article once for each of its countries; what an outlet brought is counted by article.
  const [every, own] = await Promise.all(
    [true, false].map((withCopies) =>
      store.search({ outlet: id, since, ...(withCopies ? { copies: true } : {}) }, { limit: 1 }),
    ),
  );
  const originals = new Map(own?.facets.day.map((f) => [f.value, f.count]));
  const { days, usual } = coverageDays(
    (every?.facets.day ?? []).map(({ value, count }) => ({
      day: value,
      articles: count,
      originals: originals.get(value) ?? 0,
    })),
    since,
    dayOf(newest, ctx.zone),
  );
  const unread = latest.rows.length === 0 && after === undefined;
  const hours = Array.from({ length: 24 }, () => 0);
  for (const row of recent.rows) {
    if (row.published === undefined || row.published.length < 16) continue;
    const hour = hourOf(row.sortTime, ctx.zone);
    hours[hour] = (hours[hour] ?? 0) + 1;
  }
  return (
    <Sheet ctx={ctx} title={outlet.name} section="outlets" permalink={`/outlet/${id}`} feed={`/outlet/${id}`}>
      <PageHead
        kicker={
          <>
            <a href={ctx.href("/outlets")}>{t("section.outlets")}</a> · {t(`outlet.kind.${outlet.kind}`)}
          </>
        }
        title={outlet.name}
      >
        {outlet.demo ? <p class="small">{t("outlet.demo")}</p> : null}
      </PageHead>
      <div class="cols">
        <div>
          {unread ? (
            <Empty>{t("outlet.notRead")}</Empty>
          ) : (
            <>
              <Section id="coverage" title={t("country.coverage")} note={usualWords(ctx, usual)}>
                <DayBars ctx={ctx} days={days} usual={usual} title={t("country.coverage")} />
                <p class="small">{t("outlet.coverageNote")}</p>
              </Section>
              <Section id="latest" title={t("section.latest")}>
                {latest.rows.length === 0 ? <Empty>{t("empty.latest")}</Empty> : null}
                <ol class="lines-wide">
                  {latest.rows.map((row) => (
                    <ArticleLine ctx={ctx} row={row} day named={false} />
                  ))}
                </ol>
                <Pager ctx={ctx} next={latest.next} />
              </Section>
            </>
          )}
        </div>
        <div>
          <Section id="facts" title={t("outlet.record")}>
            <dl class="facts-dl">
              <dt>{t("search.country")}</dt>
              <dd>
                {outlet.country === undefined ? (
                  t("site.unknown")
                ) : (
                  <a class="link" href={ctx.href(`/country/${outlet.country}`)}>
                    {countryName(outlet.country, ctx.locale)}
                  </a>
                )}
              </dd>
              <dt>{t("site.language")}</dt>
              <dd>
                {outlet.languages.map((l) => languageName(l, ctx.locale)).join(comma(ctx)) ||
                  t("site.unknown")}
              </dd>
              <dt>{t("outlet.owner")}</dt>
              <dd>{outlet.owner ?? t("site.unknown")}</dd>
              <dt>{t("outlet.control")}</dt>
              <dd>
                <Tag kind="plain">{t(CONTROL[outlet.stateControl])}</Tag>
              </dd>
              <dt>{t("outlet.reliability")}</dt>
              <dd>
                {outlet.admiralty} · {t(`admiralty.${outlet.admiralty}`)}
              </dd>
              <dt>{t("outlet.hosts")}</dt>
              <dd>{outlet.hosts.join(comma(ctx))}</dd>
            </dl>
            {outlet.asOf === undefined && outlet.basis === undefined ? null : (
              <p class="small">
                {t("outlet.asOf", {
                  date: outlet.asOf === undefined ? t("site.unknown") : partial(outlet.asOf, ctx, true),
                  basis: outlet.basis ?? t("site.unknown"),
                })}
              </p>
            )}
            <EditOutlet ctx={ctx} outlet={outlet} />
          </Section>
          {hours.every((n) => n === 0) ? null : (
            <Section
              id="rhythm"
              title={t("outlet.rhythm")}
              note={`${ctx.zone} · ${t("front.mostAnHour", { count: Math.max(...hours) })}`}
            >
              <Bars
                values={hours}
                plain
                label={`${t("outlet.rhythm")}: ${hours.map((n, h) => `${h}: ${n}`).join(comma(ctx))}`}
              />
              <p class="bar-ends" aria-hidden="true">
                {["00", "06", "12", "18", "24"].map((h) => (
                  <span>{h}</span>
                ))}
              </p>
            </Section>
          )}
          <CopyFacet ctx={ctx} id="from" title={t("outlet.copiesFrom")} rows={copies.from} names={names} />
          <CopyFacet ctx={ctx} id="by" title={t("outlet.copiedBy")} rows={copies.by} names={names} />
        </div>
      </div>
    </Sheet>
  );
}

const CopyFacet = ({
  ctx,
  id,
  title,
  rows,
  names,
}: {
  ctx: Ctx;
  id: string;
  title: string;
  rows: readonly Facet[];
  names: ReadonlyMap<string, string>;
}) =>
  rows.length === 0 ? null : (
    <Section id={id} title={title}>
      <ul class="tally">
        {rows.slice(0, 15).map((f) => (
          <li>
            {names.has(f.value) ? (
              <a href={ctx.href(`/outlet/${f.value}`)}>{names.get(f.value)}</a>
            ) : (
              // Credited, but nothing of theirs was read: there is no page to go to.
              <bdi>{f.value}</bdi>
            )}
            <span class="num">{ctx.t("count.reports", { count: f.count })}</span>
          </li>
        ))}
      </ul>
    </Section>
  );

const EditOutlet = ({ ctx, outlet }: { ctx: Ctx; outlet: Outlet }) => {
  const { t } = ctx;
  const choice = (
    name: string,
    label: string,
    options: readonly string[],
    chosen: string,
    word: (v: string) => string,
  ) => (
    <label class="field">
      {label}
      <select name={name}>
        {options.map((o) => (
          <option value={o} selected={o === chosen}>
            {word(o)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <details>
      <summary>{t("outlet.edit")}</summary>
      <form method="post" action={ctx.href(`/outlet/${outlet.id}`)} class="filters">
        <input type="hidden" name="token" value={ctx.token} />
        {choice("kind", t("outlet.kind"), OutletKind.options, outlet.kind, (k) => t(`outlet.kind.${k}`))}
        {choice("stateControl", t("outlet.control"), StateControl.options, outlet.stateControl, (k) =>
          t(CONTROL[k as Outlet["stateControl"]]),
        )}
        {choice(
          "admiralty",
          t("outlet.reliability"),
          AdmiraltyLetter.options,
          outlet.admiralty,
          (k) => `${k} · ${t(`admiralty.${k}`)}`,
        )}
        <label class="field">
          {t("outlet.owner")}
          <input name="owner" value={outlet.owner ?? ""} />
        </label>
        <label class="field">
          {t("search.country")}
          <input name="country" value={outlet.country ?? ""} pattern="[A-Z]{3}" placeholder="CHL" />
        </label>
        <label class="field">
          {t("hand.reason")}
          <input name="reason" required />
        </label>
        <button type="submit">{t("settings.save")}</button>
      </form>
    </details>
  );
};

/** The user's own row of an outlet, kept with its reason and day. */
export async function saveOutlet(
  ctx: Ctx,
  id: string,
  form: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const outlet = await outletOf(ctx, id);
  if (outlet === undefined) return false;
  const text = (name: string): string =>
    String(form[name] ?? "")
      .trim()
      .slice(0, 300);
  const { owner: _owner, country: _country, ...rest } = outlet;
  const country = /^[A-Z]{3}$/.test(text("country")) ? { country: text("country") } : {};
  const at = new Date(ctx.now).toISOString();
  const changed: Outlet = {
    ...rest,
    ...country,
    ...(text("owner") === "" ? {} : { owner: text("owner") }),
    kind: OutletKind.catch(outlet.kind).parse(form["kind"]),
    stateControl: StateControl.catch(outlet.stateControl).parse(form["stateControl"]),
    admiralty: AdmiraltyLetter.catch(outlet.admiralty).parse(form["admiralty"]),
    asOf: at.slice(0, 10),
    basis: text("reason"),
  };
  await ctx.store.putOutlets([changed]);
  await ctx.store.addDecision({
    id: `d${at}-${id}`,
    at,
    who: "local",
    target: id,
    field: "outlet",
    action: "override",
    value: changed,
    reason: text("reason"),
  });
  return true;
}
