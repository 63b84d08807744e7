/** Incidents as a table: when, what, who to whom, where, and on whose word. */
import { type Doubt, type Incident, isDayOfReport, listedDay, stands } from "../../model/index.ts";
import type { Ctx } from "../context.ts";
import { Section, spanHref, Tag } from "../ui/parts.tsx";
import { placeHref } from "../ui/place-link.ts";
import { capital, countryName, partial, standing } from "../ui/words.ts";

/** Incidents before the rest is folded away. */
const SHOWN = 15;
const MOST = 120;

export const IncidentTable = ({
  ctx,
  incidents,
  country,
}: {
  ctx: Ctx;
  incidents: readonly Incident[];
  country?: string | undefined;
}) => {
  const { t } = ctx;
  if (incidents.length === 0) return null;
  const byDay = incidents.toSorted((a, b) => (listedDay(b) ?? "").localeCompare(listedDay(a) ?? ""));
  const sorted = byDay.filter(stands);
  const doubtful = byDay.filter((i) => !stands(i));
  const table = (part: readonly Incident[]) => (
    <table class="stack incidents">
      <thead>
        <tr>
          <th scope="col">{t("event.when")}</th>
          <th scope="col">{t("event.type")}</th>
          <th scope="col">{t("event.who")}</th>
          <th scope="col">{t("event.where")}</th>
          <th scope="col">{t("corroboration.title")}</th>
        </tr>
      </thead>
      <tbody>
        {part.map((i) => (
          <IncidentRow ctx={ctx} incident={i} country={country} />
        ))}
      </tbody>
    </table>
  );
  const rest = sorted.slice(SHOWN, MOST);
  return (
    <Section
      id="incidents"
      title={t("country.incidents")}
      note={t("count.incidents", { count: sorted.length })}
    >
      {sorted.length === 0 ? null : table(sorted.slice(0, SHOWN))}
      {rest.length === 0 ? null : (
        <details>
          <summary>{t("country.moreIncidents", { count: rest.length })}</summary>
          {table(rest)}
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
  const written = partial(day, ctx, true);
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
  country,
}: {
  ctx: Ctx;
  incident: Incident;
  /** The country the page is about: it need not be said again. */
  country?: string | undefined;
}) => {
  const { t } = ctx;
  const first = incident.mentions[0];
  const article = mentionArticle(incident);
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
        {incident.mode === undefined ? "" : `, ${t(`mode.${incident.mode}`)}`}
      </td>
      <td dir="auto">
        {parties(incident.actor)}
        {incident.recipient.length === 0 ? "" : ` → ${parties(incident.recipient)}`}
        {incident.doubt === undefined ? null : <DoubtTag ctx={ctx} doubt={incident.doubt} />}
      </td>
      <td data-label={t("event.where")} class={incident.place === undefined ? "none" : undefined}>
        {incident.place === undefined ? (
          "–"
        ) : (
          <>
            <a href={placeHref(ctx, incident.place)} dir="auto">
              {incident.place.name}
            </a>
            {incident.place.country === country ? "" : inCountry(ctx, incident.place)}
          </>
        )}
      </td>
      <td>
        <span title={standing(ctx, incident.corroboration)}>
          {[
            incident.corroboration.newsrooms === 0
              ? t("genre.release")
              : t("count.newsrooms", { count: incident.corroboration.newsrooms }),
            ...(incident.corroboration.informants.length === 0
              ? []
              : [t("count.informants", { count: incident.corroboration.informants.length })]),
          ].join(" · ")}
        </span>{" "}
        {incident.corroboration.informants.length < 2 ? null : (
          <Tag kind="reported">{t("corroboration.two")}</Tag>
        )}
      </td>
    </tr>
  );
};
