/** All reports of a story as a table, newest first, day by day. */
import { type ArticleRow, primaryLanguage, type Story } from "../../model/index.ts";
import type { Ctx } from "../context.ts";
import { groupBy } from "../ui/group.ts";
import { inWords } from "../ui/numbers.ts";
import { Demo, Empty, GenreTag, Section, Tag, WireTags } from "../ui/parts.tsx";
import { bareClock, dayOf, languageName, longDay, shortDay, zoneName } from "../ui/words.ts";

/** Rows before the rest is folded away. */
const OPEN = 6;
/** Rows of a long story before the rest is a link away. */
const MOST = 48;

/** All reports, copies under their original, with the flag of a number that no longer stood. */
export const Reports = ({ ctx, story, rows }: { ctx: Ctx; story: Story; rows: readonly ArticleRow[] }) => {
  const { t } = ctx;
  const ids = new Set<string>(rows.map((r) => r.id));
  const sorted = rows.toSorted((a, b) => b.sortTime - a.sortTime);
  const roots = sorted.filter((r) => r.copyOf === undefined || !ids.has(r.copyOf));
  const copies = groupBy(
    sorted.filter((r) => r.copyOf !== undefined && ids.has(r.copyOf)).toReversed(),
    (r) => r.copyOf as string,
  );
  const languages = new Set(rows.map((r) => primaryLanguage(r.language)));
  const table = (part: readonly ArticleRow[]) => (
    <table class="reports">
      <thead class="vh">
        <tr>
          <th scope="col">{t("article.published")}</th>
          <th scope="col">{t("article.title")}</th>
          <th scope="col">{t("outlet.title")}</th>
        </tr>
      </thead>
      {[...groupBy(part, (r) => dayOf(r.sortTime, ctx.zone))].map(([day, found]) => (
        <tbody>
          <tr>
            <th scope="rowgroup" colspan={3}>
              {longDay(found[0]?.sortTime ?? 0, ctx)}
            </th>
          </tr>
          {found.flatMap((row) =>
            [row, ...(copies.get(row.id) ?? [])].map((r) => (
              <ReportRow ctx={ctx} story={story} row={r} day={day} tongue={languages.size > 1} />
            )),
          )}
        </tbody>
      ))}
    </table>
  );
  const whole = ctx.search.get("reports") === "all";
  const rest = roots.slice(OPEN, whole ? undefined : MOST);
  const path = `/story/${story.id}`;
  return (
    <Section
      id="reports"
      title={t("story.allReports")}
      note={`${t("count.reports", { count: rows.length })} · ${t("front.timesIn", { zone: zoneName(Date.parse(story.last), ctx) })}`}
    >
      {rows.length === 0 ? <Empty>{t("empty.story")}</Empty> : null}
      {table(roots.slice(0, OPEN))}
      {rest.length === 0 ? null : (
        <details open={whole}>
          <summary>{t("story.moreReports", { count: roots.length - OPEN })}</summary>
          {table(rest)}
          {whole || roots.length <= MOST ? null : (
            <p>
              <a
                class="link"
                href={`${ctx.href(path, { at: ctx.search.get("at") ?? undefined, reports: "all" })}#reports`}
              >
                {t("site.showAll")} ({t("count.reports", { count: rows.length })})
              </a>
            </p>
          )}
        </details>
      )}
    </Section>
  );
};

const ReportRow = ({
  ctx,
  story,
  row,
  day,
  tongue,
}: {
  ctx: Ctx;
  story: Story;
  row: ArticleRow;
  /** Day under which the row stands: a copy of another day says its own. */
  day: string;
  /** Whether the language is worth saying: it is not where all are in one. */
  tongue: boolean;
}) => {
  const { t } = ctx;
  const clock = row.published !== undefined && row.published.length > 10 ? bareClock(row.sortTime, ctx) : "";
  const when = dayOf(row.sortTime, ctx.zone) === day ? clock : `${shortDay(row.sortTime, ctx)} ${clock}`;
  return (
    <tr data-at={row.firstSeen} data-seen={row.firstSeen} data-key="item">
      <td>
        <time datetime={row.published ?? row.firstSeen}>{when}</time>
      </td>
      <td>
        <a class="said" href={ctx.href(`/article/${row.id}`)} lang={row.language} dir="auto">
          {row.title}
        </a>{" "}
        {row.copyOf === undefined ? null : <Tag kind="plain">{t("article.copy")}</Tag>}{" "}
        <GenreTag ctx={ctx} genre={row.genre} /> <WireTags ctx={ctx} row={row} />
        <StaleNotes ctx={ctx} story={story} row={row} />
      </td>
      <td>
        <a href={ctx.href(`/outlet/${row.outletId}`)} dir="auto">
          {row.outletName}
        </a>{" "}
        {tongue ? (
          <span class="small">· {languageName(primaryLanguage(row.language), ctx.locale)} </span>
        ) : null}
        <Demo ctx={ctx} show={row.demo} />
      </td>
    </tr>
  );
};

/** Which values a report repeats that had been withdrawn or replaced before it was published, and for how long. */
export const StaleNotes = ({ ctx, story, row }: { ctx: Ctx; story: Story; row: ArticleRow }) => {
  const { t } = ctx;
  const notes = story.stale
    .filter((s) => s.articleId === row.id)
    .map((s) => {
      const entries = story.ledger.find((l) => l.key === s.seriesKey)?.entries ?? [];
      const entry =
        entries.find((e) => e.quantity.id === s.quantityId) ??
        entries.find((e) => e.carriers.includes(row.id));
      return { stale: s, words: entry === undefined ? "" : inWords(entry.quantity) };
    })
    .filter((n, i, all) => all.findIndex((o) => o.words.toLowerCase() === n.words.toLowerCase()) === i);
  return (
    <>
      {notes.slice(0, 3).map(({ stale, words }) => (
        <p class="small">
          <Tag kind="withdrawn">{t("story.stale")}</Tag> <bdi>{words}</bdi>{" "}
          {t(`story.stale.${stale.reason}`, { lag: lagWords(ctx, stale.lagHours) })}
        </p>
      ))}
    </>
  );
};

export const lagWords = (ctx: Ctx, hours: number): string =>
  hours < 48
    ? ctx.t("count.hours", { count: Math.max(1, Math.round(hours)) })
    : ctx.t("count.days", { count: Math.round(hours / 24) });
