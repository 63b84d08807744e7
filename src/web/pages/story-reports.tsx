/** All reports of a story as a table. */
import type { ArticleRow, Story } from "../../model/index.ts";
import type { Ctx } from "../context.ts";
import { groupBy } from "../ui/group.ts";
import { inWords } from "../ui/numbers.ts";
import { Demo, Empty, GenreTag, Section, Tag, When, WireTags } from "../ui/parts.tsx";
import { languageName } from "../ui/words.ts";

/** All reports, copies folded under their original, with the flag of a number that no longer stood. */
export const Reports = ({ ctx, story, rows }: { ctx: Ctx; story: Story; rows: readonly ArticleRow[] }) => {
  const { t } = ctx;
  const quantities = new Map(story.ledger.flatMap((s) => s.entries.map((e) => [e.quantity.id, e] as const)));
  const series = new Map(story.ledger.map((s) => [s.key, s] as const));
  const stale = groupBy(story.stale, (s) => s.articleId as string);
  const ids = new Set<string>(rows.map((r) => r.id));
  const sorted = rows.toSorted((a, b) => a.sortTime - b.sortTime);
  const roots = sorted.filter((r) => r.copyOf === undefined || !ids.has(r.copyOf));
  const copies = groupBy(
    sorted.filter((r) => r.copyOf !== undefined && ids.has(r.copyOf)),
    (r) => r.copyOf as string,
  );
  const line = (row: ArticleRow): unknown => (
    <tr data-at={row.firstSeen} data-seen={row.firstSeen} data-key="item">
      <td>
        <When ctx={ctx} row={row} />
      </td>
      <td>
        <a class="said" href={ctx.href(`/article/${row.id}`)} lang={row.language} dir="auto">
          {row.title}
        </a>
        <div class="line-meta">
          {row.copyOf === undefined ? null : <Tag kind="plain">{t("article.copy")}</Tag>}
          <GenreTag ctx={ctx} genre={row.genre} />
          <WireTags ctx={ctx} row={row} />
          {(stale.get(row.id) ?? []).slice(0, 3).map((s) => {
            const entry =
              quantities.get(s.quantityId) ??
              series.get(s.seriesKey)?.entries.find((e) => e.carriers.includes(row.id));
            return (
              <span>
                <Tag kind="withdrawn">{t("story.stale")}</Tag>{" "}
                {entry === undefined ? null : <span dir="auto">{inWords(entry.quantity)} </span>}
                {t("story.staleLong", { lag: lagWords(ctx, s.lagHours) })}
              </span>
            );
          })}
          <Demo ctx={ctx} show={row.demo} />
        </div>
      </td>
      <td>
        <a class="link" href={ctx.href(`/outlet/${row.outletId}`)}>
          {row.outletName}
        </a>
        <div class="small">{languageName(row.language, ctx.locale)}</div>
      </td>
    </tr>
  );
  return (
    <Section id="reports" title={t("story.allReports")} note={t("count.reports", { count: rows.length })}>
      {rows.length === 0 ? <Empty>{t("empty.story")}</Empty> : null}
      <table class="stack">
        <thead class="vh">
          <tr>
            <th scope="col">{t("article.published")}</th>
            <th scope="col">{t("article.title")}</th>
            <th scope="col">{t("outlet.title")}</th>
          </tr>
        </thead>
        {roots.slice(0, 300).map((row) => (
          <tbody>
            {line(row)}
            {(copies.get(row.id) ?? []).map(line)}
          </tbody>
        ))}
      </table>
    </Section>
  );
};

export const lagWords = (ctx: Ctx, hours: number): string =>
  hours < 48
    ? ctx.t("count.hours", { count: Math.max(1, Math.round(hours)) })
    : ctx.t("count.days", { count: Math.round(hours / 24) });
