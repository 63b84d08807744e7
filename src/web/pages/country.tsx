/** Countries: coverage by day against the usual, incidents, who acts on whom by month, people in office, reports. */
import { type Incident, type Party, primaryLanguage, stands } from "../../model/index.ts";
import type { Ctx } from "../context.ts";
import { DayBars } from "../ui/bars.tsx";
import { coverageDays, firstDay } from "../ui/days.ts";
import { Sheet } from "../ui/layout.tsx";
import { CountryMap, WorldMap } from "../ui/map.tsx";
import { ArticleLine, Empty, PageHead, Section, StoryLine, soleReports } from "../ui/parts.tsx";
import { capital, comma, countryName, dayOf, isCountry, languageName, partial } from "../ui/words.ts";
import { headlineStories } from "./front.tsx";
import { IncidentDays, IncidentTable, Onto, usualWords } from "./incidents.tsx";
import { nothing } from "./states.tsx";
import { loadWorld, pinsOf, presentOf } from "./world-data.ts";

const DAY = 86_400_000;
const SPAN = 45;
/** Stories and bodies a phone shows before the rest is folded away. */
const FIRST = 4;
const FIRST_BODIES = 4;

export async function countriesPage(ctx: Ctx) {
  const { t } = ctx;
  const world = await loadWorld(ctx, await presentOf(ctx), 3650);
  const rows = [...world.reports].toSorted((a, b) => b[1] - a[1]);
  return (
    <Sheet ctx={ctx} title={t("country.title")} section="countries" permalink="/countries">
      <PageHead title={t("country.title")}>
        <p class="small">
          {t("count.countries", { count: rows.length })} · {t("country.notEvents")}
        </p>
      </PageHead>
      <WorldMap ctx={ctx} counts={world} id="all" />
      {rows.length === 0 ? await nothing(ctx, t("empty.world")) : null}
      <ul class="tally columns">
        {rows.map(([code, n]) => (
          <li>
            <a href={ctx.href(`/country/${code}`)}>{countryName(code, ctx.locale)}</a>
            <span class="num">{t("count.reports", { count: n })}</span>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

export async function countryPage(ctx: Ctx, code: string) {
  if (!isCountry(code)) return undefined;
  const { t, store } = ctx;
  const present = await presentOf(ctx);
  const filter = { ...present.filter, countries: undefined, country: code };
  const newestRow = (await store.latest(filter, { limit: 1 })).rows[0];
  const name = countryName(code, ctx.locale);
  const to = Math.min(ctx.now, newestRow?.sortTime ?? ctx.now);
  const [cells, incidents, stories, latest, people, named, outlets] = await Promise.all([
    store.coverage({ ...filter, since: to - SPAN * DAY }),
    store.incidents(filter, { limit: 150 }),
    headlineStories(ctx, { ...present, filter }, 8),
    store.latest({ ...filter, originalsOnly: true }, { limit: 10 }),
    store.entities({ ...filter, type: "PER" }, 40),
    store.entities({ ...filter, type: "ORG" }, 30),
    store.outlets(),
  ]);
  // A newsroom that is named in its own reports is no actor of the country.
  const newsrooms = new Set(outlets.map((o) => o.name.toLowerCase()));
  const bodies = named.filter((b) => b.sector !== "JRN" && !newsrooms.has(b.name.toLowerCase())).slice(0, 16);
  const own = cells.filter((c) => c.country === code);
  const span = { from: await firstDay(ctx, to, SPAN), to: dayOf(to, ctx.zone) };
  const { days, usual } = coverageDays(own, span.from, span.to);
  const languages = new Map<string, number>();
  for (const c of own)
    languages.set(
      primaryLanguage(c.language),
      (languages.get(primaryLanguage(c.language)) ?? 0) + c.articles,
    );
  const here = incidents.rows.filter((i) => i.place?.country === code);
  const { pins, countryOnly } = pinsOf(ctx, here);
  const by = await soleReports(ctx, stories);
  const storyLine = (row: (typeof stories)[number]) => (
    <StoryLine ctx={ctx} row={row} by={by} size="s" placed={false} />
  );
  const bodyLine = (p: (typeof bodies)[number]) => (
    <li>
      <a href={actorHref(ctx, p.key)} dir="auto">
        {p.name}
      </a>
      <span class="num">{t("count.reports", { count: p.articles })}</span>
    </li>
  );
  // Who holds an office elsewhere is named here, but is none of this country's people.
  const offices = people.filter((p) => p.office !== undefined && (p.country ?? code) === code);
  return (
    <Sheet
      ctx={ctx}
      title={name}
      section="countries"
      permalink={`/country/${code}`}
      feed={`/country/${code}`}
    >
      <PageHead kicker={<a href={ctx.href("/countries")}>{t("country.title")}</a>} title={name}>
        {own.length === 0 ? null : (
          <p class="arithmetic">
            <span>
              {t("map.readIn", {
                languages: [...languages]
                  .map(([l, n]) => `${languageName(l, ctx.locale)} ${n}`)
                  .join(comma(ctx)),
              })}
            </span>
            <span>{t("count.incidents", { count: incidents.rows.filter(stands).length })}</span>
          </p>
        )}
      </PageHead>
      <div class="cols">
        <div>
          <Section id="coverage" title={t("country.coverage")} note={usualWords(ctx, usual)}>
            {own.length === 0 ? (
              <Empty>{t("country.notRead")}</Empty>
            ) : (
              <>
                <DayBars ctx={ctx} days={days} usual={usual} title={t("country.coverage")} />
                <p class="small">{t("country.coverageNote")}</p>
              </>
            )}
          </Section>
          <IncidentDays ctx={ctx} incidents={incidents} span={span} />
        </div>
        <div>
          <details class="fold-narrow">
            <summary>{t("map.title")}</summary>
            <CountryMap ctx={ctx} code={code} pins={pins} />
            {countryOnly.size === 0 ? null : (
              <p class="small map-note">
                {t("map.countryOnly")}: {t("count.incidents", { count: countryOnly.get(code) ?? 0 })}
              </p>
            )}
          </details>
        </div>
      </div>
      <div class="cols">
        <div>
          {stories.length === 0 ? null : (
            <Section id="stories" title={t("section.headlines")}>
              <div class="thirds pairs">{stories.slice(0, FIRST).map(storyLine)}</div>
              {stories.length <= FIRST ? null : (
                <details class="fold-narrow">
                  <summary>{t("country.moreStories", { count: stories.length - FIRST })}</summary>
                  <div class="thirds pairs">{stories.slice(FIRST).map(storyLine)}</div>
                </details>
              )}
            </Section>
          )}
          <IncidentTable ctx={ctx} incidents={here.length > 0 ? here : incidents.rows} country={code} />
          {latest.rows.length === 0 ? null : (
            <Section
              id="latest"
              title={t("section.latest")}
              more={{ href: ctx.href("/search", { country: code }), label: t("country.allReports") }}
            >
              <ol class="short">
                {latest.rows.map((row) => (
                  <ArticleLine ctx={ctx} row={row} day />
                ))}
              </ol>
            </Section>
          )}
        </div>
        <div>
          <WhoOnWhom ctx={ctx} incidents={incidents.rows} country={code} />
          {offices.length === 0 ? null : (
            <Section id="people" title={t("country.people")} note={t("actor.publicOnly")}>
              <ul class="tally">
                {offices.slice(0, 14).map((p) => (
                  <li>
                    <span>
                      <a class="link" href={actorHref(ctx, p.key)}>
                        {p.name}
                      </a>{" "}
                      <span class="small">{p.office}</span>
                    </span>
                    <span class="num">{t("count.reports", { count: p.articles })}</span>
                  </li>
                ))}
              </ul>
            </Section>
          )}
          {bodies.length === 0 ? null : (
            <Section id="bodies" title={t("section.actors")}>
              <ul class="tally">{bodies.slice(0, FIRST_BODIES).map(bodyLine)}</ul>
              {bodies.length <= FIRST_BODIES ? null : (
                <details class="fold-narrow">
                  <summary>{t("country.moreActors", { count: bodies.length - FIRST_BODIES })}</summary>
                  <ul class="tally">{bodies.slice(FIRST_BODIES).map(bodyLine)}</ul>
                </details>
              )}
            </Section>
          )}
        </div>
      </div>
    </Sheet>
  );
}

export const actorHref = (ctx: Ctx, key: string): string => ctx.href(`/actor/${encodeURIComponent(key)}`);

/** A body of a state by country and kind, on the page of its country by kind alone; anybody else in the words of the report. */
const partyName = (ctx: Ctx, p: Party | undefined, home: string | undefined): string | undefined => {
  if (p === undefined) return undefined;
  if (p.country === undefined || !isCountry(p.country) || p.sector === undefined) return p.label ?? p.words;
  const kind = ctx.t(`sector.${p.sector}`);
  return p.country === home ? kind : `${countryName(p.country, ctx.locale)}: ${kind}`;
};

/** Pairs of actor and recipient by month; counts incidents, never mentions. */
export const WhoOnWhom = ({
  ctx,
  incidents,
  country,
}: {
  ctx: Ctx;
  incidents: readonly Incident[];
  /** The country the page is about. */
  country?: string | undefined;
}) => {
  const { t } = ctx;
  const pairs = new Map<
    string,
    { actor: string; recipient: string; months: Map<string, number>; total: number }
  >();
  for (const i of incidents) {
    if (!stands(i)) continue;
    const actor = partyName(ctx, i.actor[0], country);
    const recipient = partyName(ctx, i.recipient[0], country);
    const month = i.day.start?.slice(0, 7);
    if (actor === undefined || recipient === undefined || month === undefined || month.length < 7) continue;
    const key = `${actor}\n${recipient}`.toLowerCase();
    const pair = pairs.get(key) ?? { actor, recipient, months: new Map<string, number>(), total: 0 };
    pair.months.set(month, (pair.months.get(month) ?? 0) + 1);
    pair.total++;
    pairs.set(key, pair);
  }
  if (pairs.size === 0) return null;
  const rows = [...pairs.values()].toSorted((a, b) => b.total - a.total).slice(0, 12);
  const months = [...new Set(rows.flatMap((r) => [...r.months.keys()]))].toSorted().slice(-8);
  return (
    <Section id="who" title={t("country.whoOnWhom")} note={t("country.countsIncidents")}>
      <div class="scroll">
        <table class="pairs-table">
          <thead>
            <tr>
              <th scope="col">
                {t("event.who")} <Onto ctx={ctx} /> {t("event.toWhom")}
              </th>
              {months.map((m) => (
                <th scope="col" class="right">
                  {partial(m, ctx)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((r) => (
              <tr>
                <td>
                  <bdi>{capital(r.actor)}</bdi> <Onto ctx={ctx} /> <bdi>{r.recipient}</bdi>
                </td>
                {months.map((m) => (
                  <td class="right num">{r.months.get(m) ?? ""}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
};
