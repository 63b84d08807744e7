/** Actors and places: what was read about them, sentence by sentence. Persons only in public roles. */
import type { ArticleRow } from "../../model/index.ts";
import type { SaidIn } from "../../ports/index.ts";
import type { Ctx } from "../context.ts";
import { firstDay } from "../ui/days.ts";
import { Sheet } from "../ui/layout.tsx";
import { CountryMap } from "../ui/map.tsx";
import { ArticleLine, Empty, PageHead, Pager, Section, spanHref, Tag } from "../ui/parts.tsx";
import { capital, comma, countryName, dayOf, daySpan, dayYear, isCountry } from "../ui/words.ts";
import { WhoOnWhom } from "./country.tsx";
import { IncidentDays, IncidentTable } from "./incidents.tsx";
import { StatePage } from "./states.tsx";
import { pinsOf } from "./world-data.ts";

/** Statements a phone shows before the rest is folded away. */
const FIRST = 4;
/** Days a drawing looks back from the newest report. */
const SPAN = 45;

const spanOf = async (ctx: Ctx, newest: ArticleRow | undefined) => {
  const to = Math.min(ctx.now, newest?.sortTime ?? ctx.now);
  return { from: await firstDay(ctx, to, SPAN), to: dayOf(to, ctx.zone) };
};

type Known = NonNullable<Awaited<ReturnType<Ctx["store"]["entity"]>>>;

export async function actorPage(ctx: Ctx, key: string) {
  const { store, t } = ctx;
  const entity = await store.entity(key);
  if (entity === undefined) return undefined;
  if (entity.type === "PER" && entity.office === undefined)
    return <StatePage ctx={ctx} title={t("actor.noPage")} lines={[t("actor.publicOnly")]} />;
  if (entity.type === "LOC") return placePage(ctx, key);
  const after = ctx.search.get("after") ?? undefined;
  const [articles, incidents, said] = await Promise.all([
    store.entityArticles(key, { limit: 20, after }),
    store.incidents({ actor: key }, { limit: 120 }),
    store.quotesOf(key, [entity.name, ...entity.names], 12),
  ]);
  const does = incidents.rows.filter((i) => i.actor.some((p) => p.entity === key));
  const undergoes = incidents.rows.filter(
    (i) => i.recipient.some((p) => p.entity === key) && !does.includes(i),
  );
  const involved = [...does, ...undergoes];
  const span = await spanOf(ctx, articles.rows[0]);
  return (
    <Sheet ctx={ctx} title={entity.name} permalink={`/actor/${encodeURIComponent(key)}`}>
      <EntityHead ctx={ctx} entity={entity} />
      <div class="cols">
        <div>
          {involved.length === 0 ? null : (
            <>
              <IncidentDays ctx={ctx} incidents={incidents} span={span} />
              <IncidentTable ctx={ctx} incidents={involved} />
            </>
          )}
          {said.length > 0 ? (
            <Section id="says" title={t("actor.says")}>
              {said.slice(0, FIRST).map((one) => (
                <Said ctx={ctx} said={one} />
              ))}
              {said.length <= FIRST ? null : (
                <details class="fold-narrow">
                  <summary>{t("story.moreStatements", { count: said.length - FIRST })}</summary>
                  {said.slice(FIRST).map((one) => (
                    <Said ctx={ctx} said={one} />
                  ))}
                </details>
              )}
            </Section>
          ) : involved.length > 0 ? null : (
            <Empty>{t("empty.quotes")}</Empty>
          )}
          <WhoOnWhom ctx={ctx} incidents={incidents.rows} />
        </div>
        <div>
          <Offices ctx={ctx} entity={entity} />
          <Section id="named" title={t("actor.named")} note={t("count.reports", { count: entity.articles })}>
            <ol>
              {articles.rows.map((row) => (
                <ArticleLine ctx={ctx} row={row} day />
              ))}
            </ol>
            <Pager ctx={ctx} next={articles.next} />
          </Section>
        </div>
      </div>
    </Sheet>
  );
}

/** What somebody was called, and in reports of which days: an office is as dated as the report that names it. */
const Offices = ({ ctx, entity }: { ctx: Ctx; entity: Known }) => {
  const { t } = ctx;
  const at = (day: string): number => Date.parse(`${day}T12:00:00Z`);
  return entity.offices.length === 0 ? null : (
    <Section id="offices" title={t("actor.offices")} note={t("actor.officesNote")}>
      <ul class="tally">
        {entity.offices.map((o) => (
          <li>
            <span>
              <bdi lang="en">{o.office}</bdi>{" "}
              <span class="small">
                {o.first === o.last ? dayYear(at(o.first), ctx) : daySpan(at(o.first), at(o.last), ctx)}
              </span>
            </span>
            <span class="num">{t("count.reports", { count: o.articles })}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
};

const EntityHead = ({ ctx, entity }: { ctx: Ctx; entity: Known }) => {
  const { t } = ctx;
  const others = entity.names.filter((n) => n !== entity.name).slice(0, 8);
  return (
    <PageHead
      kicker={
        <>
          {entity.country === undefined || entity.country === "IGO" ? null : (
            <>
              <a href={ctx.href(`/country/${entity.country}`)}>{countryName(entity.country, ctx.locale)}</a> ·{" "}
            </>
          )}
          {entity.type === "LOC" ? t("place.title") : t("actor.title")}
        </>
      }
      title={entity.name}
    >
      <p class="arithmetic">
        {entity.office === undefined ? null : <span>{entity.office}</span>}
        {entity.sector === undefined ? null : <span>{t(`sector.${entity.sector}`)}</span>}
        <span>{t("count.reports", { count: entity.articles })}</span>
        {others.length === 0 ? null : <span>{t("actor.alsoNamed", { names: others.join(comma(ctx)) })}</span>}
        {entity.wikidata === undefined ? null : <span>Wikidata {entity.wikidata}</span>}
      </p>
    </PageHead>
  );
};

const Said = ({ ctx, said: { quote, row } }: { ctx: Ctx; said: SaidIn }) => (
  <article class="claim" data-key="item">
    <blockquote dir="auto" lang={row.language}>
      <a href={spanHref(ctx, quote.articleId, quote.span)}>{quote.words}</a>
    </blockquote>
    <p class="line-meta">
      <Tag kind={quote.assertion}>{ctx.t(`stance.${quote.stance}`)}</Tag>
      <a href={ctx.href(`/article/${quote.articleId}`)}>{row.outletName}</a>
      <time datetime={row.published ?? row.firstSeen}>{dayYear(row.sortTime, ctx)}</time>
    </p>
  </article>
);

/** A place by its key; else by country and name, "KAZ:Almaty", as the pins of a map give it. */
async function placeOf(ctx: Ctx, key: string): Promise<Known | undefined> {
  const known = await ctx.store.entity(key);
  if (known !== undefined) return known;
  const [, country = "", name = ""] = /^([A-Z]{3}):(.+)$/.exec(key) ?? [];
  if (!isCountry(country)) return undefined;
  const called = name.toLowerCase();
  const named = (await ctx.store.entities({ type: "LOC", q: name }, 40))
    .filter((e) => e.name.toLowerCase() === called || e.place?.name.toLowerCase() === called)
    .filter((e) => (e.place?.country ?? e.country) === country);
  const best = named.find((e) => e.place !== undefined) ?? named[0];
  // Where no entity has this name, the incidents there are still a page.
  return best === undefined
    ? { key, name, type: "LOC", country, articles: 0, names: [], offices: [] }
    : ctx.store.entity(best.key);
}

export async function placePage(ctx: Ctx, asked: string) {
  const { store, t } = ctx;
  const entity = await placeOf(ctx, asked);
  if (entity === undefined) return undefined;
  const { key } = entity;
  const after = ctx.search.get("after") ?? undefined;
  const country = entity.place?.country ?? entity.country;
  const names = [
    ...new Set([entity.name, ...(entity.place === undefined ? [] : [entity.place.name]), ...entity.names]),
  ];
  const [articles, incidents] = await Promise.all([
    store.entityArticles(key, { limit: 25, after }),
    country === undefined
      ? { rows: [], next: undefined }
      : store.incidents({ country, places: names }, { limit: 120 }),
  ]);
  const here = incidents.rows;
  // A name that no report and no incident bears is no place of this archive.
  if (entity.articles === 0 && articles.rows.length === 0 && here.length === 0) return undefined;
  const { pins } = pinsOf(ctx, here);
  const place = entity.place;
  const own =
    place?.lat === undefined || place.lon === undefined
      ? []
      : [
          {
            name: place.name,
            lat: place.lat,
            lon: place.lon,
            precision: place.precision,
            count: here.length,
            href: ctx.href(ctx.path),
          },
        ];
  return (
    <Sheet ctx={ctx} title={entity.name} permalink={`/place/${encodeURIComponent(key)}`}>
      <EntityHead ctx={ctx} entity={entity} />
      <div class="cols">
        <div>
          {here.length === 0 ? (
            <Empty>{t("empty.events")}</Empty>
          ) : (
            <>
              <IncidentDays ctx={ctx} incidents={incidents} span={await spanOf(ctx, articles.rows[0])} />
              <IncidentTable ctx={ctx} incidents={here} country={country} place={names} />
            </>
          )}
        </div>
        <div>
          {country === undefined ? null : (
            <CountryMap ctx={ctx} code={country} pins={pins.length > 0 ? pins : own} />
          )}
          {place === undefined ? null : (
            <p class="small map-note">
              {capital(t("place.known", { precision: t(`precision.${place.precision}`) }))}
              {place.admin1 === undefined || place.admin1 === place.name ? "" : ` · ${place.admin1}`}
            </p>
          )}
        </div>
      </div>
      <Section id="named" title={t("actor.named")} note={t("count.reports", { count: entity.articles })}>
        {articles.rows.length === 0 ? <Empty>{t("empty.latest")}</Empty> : null}
        <ol class="in-columns">
          {articles.rows.map((row) => (
            <ArticleLine ctx={ctx} row={row} day />
          ))}
        </ol>
        <Pager ctx={ctx} next={articles.next} />
      </Section>
    </Sheet>
  );
}
