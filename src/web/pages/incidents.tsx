/** Incidents as a table: when, what, who to whom, where, and on whose word. */
import { type Doubt, type Incident, isDayOfReport, listedDay, stands } from "../../model/index.ts";
import type { List } from "../../ports/index.ts";
import type { Ctx } from "../context.ts";
import { DayBars } from "../ui/bars.tsx";
import { coverageDays, incidentCells } from "../ui/days.ts";
import { Section, spanHref, Tag } from "../ui/parts.tsx";
import { placeHref } from "../ui/place-link.ts";
import { capital, comma, countryName, number, partial, standing } from "../ui/words.ts";

type Where = NonNullable<Incident["place"]>;

/** Incidents a phone, and any sheet, shows before the rest is folded away. */
const FIRST = 4;
const SHOWN = 15;
const MOST = 120;
/** Of these, as many as are drawn before the rest is a link away. */
const NEAR = 45;

/** "usually 3 a day (broken line)"; nothing where the median day has nothing. */
export const usualWords = (ctx: Ctx, usual: number): string | undefined =>
  usual > 0 ? ctx.t("country.usualIs", { count: number(usual, ctx.locale) }) : undefined;

/** Incidents by day against the usual day. */
export const IncidentDays = ({
  ctx,
  incidents,
  span,
}: {
  ctx: Ctx;
  incidents: List<Incident>;
  span: { readonly from: string; readonly to: string };
}) => {
  const { t } = ctx;
  const cells = incidentCells(incidents.rows).filter((c) => c.day >= span.from && c.day <= span.to);
  if (cells.length === 0) return null;
  // Of a list that goes on, the oldest day may not be whole: the drawing begins after it.
  const oldest = [span.to, ...cells.map((c) => c.day)].toSorted()[0] ?? span.to;
  const from =
    incidents.next === undefined
      ? span.from
      : new Date(Math.min(Date.parse(oldest) + 86_400_000, Date.parse(span.to))).toISOString().slice(0, 10);
  const { days, usual } = coverageDays(cells, from, span.to);
  return (
    <Section id="incident-days" title={t("country.incidentDays")} note={usualWords(ctx, usual)}>
      <DayBars ctx={ctx} days={days} usual={usual} title={t("country.incidentDays")} />
      <p class="small">{t("country.incidentNote")}</p>
    </Section>
  );
};

export const IncidentTable = ({
  ctx,
  incidents,
  country,
  place,
}: {
  ctx: Ctx;
  incidents: readonly Incident[];
  country?: string | undefined;
  /** The place the page is about, by any of its names. */
  place?: readonly string[] | undefined;
}) => {
  const { t } = ctx;
  if (incidents.length === 0) return null;
  const byDay = incidents.toSorted((a, b) => (listedDay(b) ?? "").localeCompare(listedDay(a) ?? ""));
  const sorted = byDay.filter(stands);
  const doubtful = byDay.filter((i) => !stands(i));
  // What the page is about need not be said in each row.
  const where = (i: Incident): Where | undefined =>
    i.place === undefined ||
    place?.includes(i.place.name) === true ||
    (i.place.precision === 6 && i.place.country === country)
      ? undefined
      : i.place;
  const placed = incidents.some((i) => where(i) !== undefined);
  const table = (part: readonly Incident[]) => (
    <table class={placed ? "stack incidents" : "stack incidents unplaced"}>
      <colgroup>
        <col class="c-when" />
        <col class="c-type" />
        <col />
        {placed ? <col class="c-where" /> : null}
        <col class="c-stands" />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{t("event.when")}</th>
          <th scope="col">{t("event.type")}</th>
          <th scope="col">
            {t("event.who")} <Onto ctx={ctx} /> {t("event.toWhom")}
          </th>
          {placed ? <th scope="col">{t("event.where")}</th> : null}
          <th scope="col">{t("corroboration.title")}</th>
        </tr>
      </thead>
      <tbody>
        {part.map((i) => (
          <IncidentRow
            ctx={ctx}
            incident={i}
            where={placed ? where(i) : undefined}
            placed={placed}
            country={country}
          />
        ))}
      </tbody>
    </table>
  );
  const later = sorted.slice(FIRST, SHOWN);
  const whole = ctx.search.get("incidents") === "all";
  const rest = sorted.slice(SHOWN, whole ? MOST : NEAR);
  const left = Math.min(sorted.length, MOST) - SHOWN - rest.length;
  const folded =
    rest.length === 0 ? null : (
      <details open={whole}>
        <summary>{t("country.moreIncidents", { count: rest.length + Math.max(0, left) })}</summary>
        {table(rest)}
        {left <= 0 ? null : (
          <p>
            <a class="link" href={`${ctx.href(ctx.path, { incidents: "all" })}#incidents`}>
              {t("site.showAll")}
            </a>
          </p>
        )}
      </details>
    );
  return (
    <Section
      id="incidents"
      title={t("country.incidents")}
      note={t("count.incidents", { count: sorted.length })}
    >
      {sorted.length === 0 ? null : table(sorted.slice(0, FIRST))}
      {later.length === 0 ? null : (
        <details class="fold-narrow more-rows" open={whole}>
          <summary>
            {t("country.moreIncidents", { count: later.length + rest.length + Math.max(0, left) })}
          </summary>
          {table(later)}
          {folded}
        </details>
      )}
      {doubtful.length === 0 ? null : (
        <details class="doubtful">
          <summary>{t("country.inDoubt", { count: doubtful.length })}</summary>
          {table(doubtful)}
        </details>
      )}
    </Section>
  );
};

/** The arrow from who acts to whom it is done, in the direction of reading. */
export const Onto = ({ ctx }: { ctx: Ctx }) => (
  <span aria-hidden="true">{ctx.dir === "rtl" ? "←" : "→"}</span>
);

const mentionArticle = (incident: Incident): string | undefined => incident.mentions[0]?.split(".")[0];

/** ", Chile" behind a place; nothing behind a country that is the place itself. */
function inCountry(ctx: Ctx, place: NonNullable<Incident["place"]>): string {
  if (place.country === undefined || place.precision === 6) return "";
  const name = countryName(place.country, ctx.locale);
  return name === place.name ? "" : `, ${name}`;
}

/** The day of an incident; where the text gives none, the day of the first report, said to be that. */
const IncidentDay = ({ ctx, incident }: { ctx: Ctx; incident: Incident }) => {
  const day = listedDay(incident);
  if (day === undefined) return <>{ctx.t("site.unknown")}</>;
  const { start, end } = incident.day;
  // "Last week": a stretch is not its first day.
  const until = day === start && end !== undefined && end !== start ? ` – ${partial(end, ctx, true)}` : "";
  const written = `${partial(day, ctx, true)}${until}`;
  return <>{!isDayOfReport(incident) ? written : ctx.t("time.reported", { day: written })}</>;
};

/** What became of an incident, linked to the words that say so. */
export const DoubtTag = ({ ctx, doubt: { status, by, evidence } }: { ctx: Ctx; doubt: Doubt }) => {
  const { t } = ctx;
  const words = t(`doubt.${status}`);
  const told = by === undefined ? words : t("doubt.by", { what: words, who: by });
  return (
    <>
      {" "}
      <Tag kind={status === "disputed" ? "claimed" : status === "denied" ? "denied" : "withdrawn"}>
        {evidence === undefined ? (
          told
        ) : (
          <a href={spanHref(ctx, evidence.articleId, evidence.span)} title={evidence.words}>
            {told}
          </a>
        )}
      </Tag>
    </>
  );
};

const IncidentRow = ({
  ctx,
  incident,
  where,
  placed,
  country,
}: {
  ctx: Ctx;
  incident: Incident;
  /** Where it was, when that is worth saying, and whether the table says it of any. */
  where: Where | undefined;
  placed: boolean;
  /** The country the page is about: it need not be said again. */
  country?: string | undefined;
}) => {
  const { t } = ctx;
  const first = incident.mentions[0];
  const article = mentionArticle(incident);
  const stood = [
    incident.corroboration.newsrooms === 0
      ? t("genre.release")
      : t("count.newsrooms", { count: incident.corroboration.newsrooms }),
    ...(incident.corroboration.informants.length === 0
      ? []
      : [t("count.informants", { count: incident.corroboration.informants.length })]),
  ].join(" · ");
  const parties = (list: Incident["actor"]) => capital(list.map((p) => p.label ?? p.words).join("; "));
  return (
    <tr data-key="item">
      <td data-label={t("event.when")}>
        <IncidentDay ctx={ctx} incident={incident} />
      </td>
      <td>
        {article === undefined || first === undefined ? (
          t(`event.${incident.eventType}`)
        ) : (
          <a class="link" href={ctx.href(`/article/${article}#fact-${first}`)}>
            {t(`event.${incident.eventType}`)}
          </a>
        )}
        {incident.mode === undefined ? "" : `${comma(ctx)}${t(`mode.${incident.mode}`)}`}
      </td>
      <td class={incident.actor.length + incident.recipient.length === 0 ? "none" : undefined}>
        <bdi>{parties(incident.actor)}</bdi>
        {incident.recipient.length === 0 ? null : (
          <>
            {" "}
            <Onto ctx={ctx} /> <bdi>{parties(incident.recipient)}</bdi>
          </>
        )}
        {incident.doubt === undefined ? null : <DoubtTag ctx={ctx} doubt={incident.doubt} />}
      </td>
      {placed ? (
        <td data-label={t("event.where")} class={where === undefined ? "none" : undefined}>
          {where === undefined ? (
            "–"
          ) : (
            <>
              <a href={placeHref(ctx, where)} dir="auto">
                {where.name}
              </a>
              {where.country === country ? "" : inCountry(ctx, where)}
            </>
          )}
        </td>
      ) : null}
      <td>
        {incident.storyId === undefined ? (
          <span title={standing(ctx, incident.corroboration)}>{stood}</span>
        ) : (
          // On whose word it stands is laid out in its story.
          <a
            href={ctx.href(`/story/${incident.storyId}#timeline`)}
            title={standing(ctx, incident.corroboration)}
          >
            {stood}
          </a>
        )}
      </td>
    </tr>
  );
};
