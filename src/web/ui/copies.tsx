/** Copies led back to their originals: a tree in words, and a drawing in time of who took the text from whom. */
import { scaleUtc } from "d3-scale";
import type { ArticleRow, CopyEvidence, CopyLink } from "../../model/index.ts";
import type { Ctx } from "../context.ts";
import { Meter } from "./bars.tsx";
import { groupBy } from "./group.ts";
import { Section, Tag, When } from "./parts.tsx";
import { bareClock, dayOf, hostOf, isolated, percent, shortDay, zoneName } from "./words.ts";

/** What an evidence says, in a few words. */
export const evidenceWords = (ctx: Ctx, e: CopyEvidence): string => {
  const { t } = ctx;
  switch (e.kind) {
    case "same-address":
      return t("copy.sameAddress");
    case "same-text":
      return t("copy.sameText");
    case "containment":
      return t("copy.containment", { share: percent(e.share, ctx.locale) });
    case "canonical-link":
      return t("copy.canonical", { host: hostOf(e.url) });
    case "source-link":
      return t("copy.sourceLink", { words: e.words, host: hostOf(e.url) });
    case "credit-line":
      return t("article.credit", { words: e.words.replace(/\s+[-–—]\s*$/, "") });
    case "earlier":
      return t("copy.earlier", { lag: lag(ctx, e.seconds) });
    case "user":
      return t("copy.user", { words: e.words });
  }
};
const lag = (ctx: Ctx, seconds: number): string =>
  seconds < 5400
    ? ctx.t("count.minutes", { count: Math.max(1, Math.round(seconds / 60)) })
    : seconds < 172_800
      ? ctx.t("count.hours", { count: Math.round(seconds / 3600) })
      : ctx.t("count.days", { count: Math.round(seconds / 86_400) });

/** What speaks for a link: not its share, which stands beside, and of credit lines none that another contains. */
export const told = (link: CopyLink): readonly CopyEvidence[] => {
  const credits = link.evidence.flatMap((e) => (e.kind === "credit-line" ? [e.words] : []));
  return link.evidence.filter(
    (e, i) =>
      (e.kind !== "containment" || link.share === undefined) &&
      (e.kind !== "credit-line" ||
        (!credits.some((w) => w !== e.words && w.includes(e.words)) &&
          link.evidence.findIndex((o) => o.kind === e.kind && o.words === e.words) === i)),
  );
};
export const Evidence = ({ ctx, link }: { ctx: Ctx; link: CopyLink }) => (
  <>
    {told(link).map((e, i) => (
      <>
        {i === 0 ? "" : " · "}
        <bdi>{evidenceWords(ctx, e)}</bdi>
      </>
    ))}
  </>
);

const KIND_TAGGED: ReadonlySet<string> = new Set([
  "excerpt",
  "rewrite",
  "translation",
  "correction",
  "mixed",
]);

export const CopyTree = ({
  ctx,
  rows,
  links,
}: {
  ctx: Ctx;
  rows: readonly ArticleRow[];
  links: readonly CopyLink[];
}) => {
  const byId = new Map<string, ArticleRow>(rows.map((r) => [r.id, r]));
  const inside = links.filter((l) => l.original !== undefined && byId.has(l.original));
  const children = groupBy(inside, (l) => l.original as string);
  const copies = new Set<string>(inside.map((l) => l.copy));
  const roots = [...children.keys()].filter((id) => !copies.has(id));
  const orphans = links.filter((l) => l.original === undefined);
  const node = (id: string, link: CopyLink | undefined, path: ReadonlySet<string>): unknown => {
    const row = byId.get(id);
    if (row === undefined || path.has(id)) return null;
    const below = children.get(id) ?? [];
    const next = new Set([...path, id]);
    return (
      <li>
        <CopyLine ctx={ctx} row={row} link={link} />
        {below.length === 0 ? null : <ul>{below.map((l) => node(l.copy, l, next))}</ul>}
      </li>
    );
  };
  const trees = [
    ...roots.map((id) => node(id, undefined, new Set())),
    ...orphans.map((l) => {
      const row = byId.get(l.copy);
      return row === undefined ? null : (
        <li>
          <p>
            <Tag kind="plain">{ctx.t("article.originalUnknown")}</Tag>{" "}
            {l.originalOutlet ?? (l.originalUrl === undefined ? "" : hostOf(l.originalUrl))}
          </p>
          <ul>
            <li>
              <CopyLine ctx={ctx} row={row} link={l} />
            </li>
          </ul>
        </li>
      );
    }),
  ].filter((tree) => tree !== null);
  const rest = trees.slice(trees.length <= TREES + 1 ? trees.length : TREES);
  return (
    <>
      <ul class="tree">{trees.slice(0, trees.length - rest.length)}</ul>
      {rest.length === 0 ? null : (
        <details>
          <summary>{ctx.t("copy.moreOriginals", { count: rest.length })}</summary>
          <ul class="tree">{rest}</ul>
        </details>
      )}
    </>
  );
};

/** Originals with their copies before the rest is folded away. */
const TREES = 2;

const CopyLine = ({ ctx, row, link }: { ctx: Ctx; row: ArticleRow; link: CopyLink | undefined }) => (
  <>
    <a href={ctx.href(`/article/${row.id}`)} dir="auto">
      <b>{row.outletName}</b>
    </a>{" "}
    <span class="when-small">
      <When ctx={ctx} row={row} />
    </span>{" "}
    {link === undefined ? (
      <Tag kind="reported">{ctx.t("article.original")}</Tag>
    ) : (
      <>
        {link.share === undefined ? null : (
          <span class="keep">
            <Meter share={link.share} />
            <span class="num">{ctx.t("article.share", { share: percent(link.share, ctx.locale) })}</span>{" "}
          </span>
        )}
        {KIND_TAGGED.has(link.kind) ? <Tag kind="plain">{ctx.t(`copy.kind.${link.kind}`)}</Tag> : null}
        <span class="evidence">
          {" "}
          <Evidence ctx={ctx} link={link} />
        </span>
      </>
    )}
  </>
);

/** Reports in one drawing. */
const MOST_DRAWN = 26;

/** Who took the text from whom, in time: one row for each outlet of a family of copies, an arc from original to copy. */
export const CopyGraph = ({
  ctx,
  rows,
  links,
}: {
  ctx: Ctx;
  rows: readonly ArticleRow[];
  links: readonly CopyLink[];
}) => {
  const byId = new Map<string, ArticleRow>(rows.map((r) => [r.id, r]));
  const inside = links.filter((l) => l.original !== undefined && byId.has(l.original) && byId.has(l.copy));
  if (inside.length < 2) return null;
  // Whole families of copies, the greatest first, as many as one drawing bears.
  const families = [...groupBy(inside, (l) => l.original as string).values()].toSorted(
    (a, b) => b.length - a.length,
  );
  const ids = [...new Set(families.flat().flatMap((l) => [l.original as string, l.copy as string]))];
  const shown = ids
    .slice(0, MOST_DRAWN)
    .flatMap((id) => byId.get(id) ?? [])
    .toSorted((a, b) => a.sortTime - b.sortTime);
  const outlets = [...new Set(shown.map((r) => r.outletName))];
  const hours = (shown.at(-1)?.sortTime ?? 0) - (shown[0]?.sortTime ?? 0) < SOME_DAYS;
  return (
    <Section
      id="copy-graph"
      title={ctx.t("story.copyGraph")}
      note={`${ctx.t("story.copyGraphBy")}${hours ? ` · ${ctx.t("front.timesIn", { zone: zoneName(shown[0]?.sortTime ?? ctx.now, ctx) })}` : ""}`}
      className="drawing"
    >
      <details class="fold-narrow">
        <summary>{ctx.t("copy.showGraph")}</summary>
        <div class="wide-only">{graph(ctx, shown, outlets, inside, 760, 170)}</div>
        <div class="narrow-only">{graph(ctx, shown, outlets, inside, 350, 118)}</div>
      </details>
    </Section>
  );
};

function graph(
  ctx: Ctx,
  rows: readonly ArticleRow[],
  outlets: readonly string[],
  links: readonly CopyLink[],
  width: number,
  left: number,
) {
  const row = 30;
  const height = outlets.length * row + 34;
  const sorted = new Map<string, number>(rows.map((r) => [r.id, r.sortTime]));
  // Of some pages only the day is known: the line shows it whole, and a copy of that day is not drawn before its original.
  const dayOnly = (r: ArticleRow): boolean => r.published !== undefined && r.published.length <= 10;
  const timeOf = (r: ArticleRow): number => {
    if (!dayOnly(r)) return r.sortTime;
    const taken = links.flatMap((l) => (l.copy === r.id ? (sorted.get(l.original ?? "") ?? []) : []));
    return Math.min(Math.max(r.sortTime, ...taken), r.sortTime + DAY);
  };
  const times = rows.flatMap((r) => [r.sortTime, timeOf(r)]);
  const from = Math.min(...times);
  const to = Math.max(...times, from + 3_600_000);
  const x = scaleUtc([from, to], [left + 12, width - 24]);
  const y = (name: string): number => outlets.indexOf(name) * row + 18;
  const at = new Map<string, readonly [number, number]>(
    rows.map((r) => [r.id, [round(x(timeOf(r))), y(r.outletName)]]),
  );
  const copies = new Set<string>(links.map((l) => l.copy));
  const max = Math.floor((left - 8) / 6);
  return (
    <svg
      class="chart"
      viewBox={`0 0 ${width} ${height}`}
      aria-label={ctx.t("story.copyGraph")}
      font-size="11.5"
    >
      {outlets.map((name) => (
        <>
          <line class="axis" x1={left} x2={width} y1={y(name)} y2={y(name)} />
          <text x={left - 8} y={y(name) + 4} text-anchor="end">
            {name.length > max ? `${name.slice(0, max - 1)}…` : name}
          </text>
        </>
      ))}
      {x.ticks(Math.max(2, Math.floor(width / 160))).map((d) => (
        <text x={round(x(d))} y={height - 4} text-anchor="middle">
          {isolated(
            to - from >= SOME_DAYS || dayOf(d.getTime(), ctx.zone) !== dayOf(d.getTime() - 1, ctx.zone)
              ? shortDay(d.getTime(), ctx)
              : bareClock(d.getTime(), ctx),
          )}
        </text>
      ))}
      {links.map((l) => {
        const a = at.get(l.original ?? "");
        const b = at.get(l.copy);
        if (a === undefined || b === undefined) return null;
        const bend = Math.max(18, (b[0] - a[0]) * 0.45);
        return (
          <path
            fill="none"
            stroke="var(--ink-2)"
            stroke-width={round(0.8 + 1.6 * (l.share ?? 0.3))}
            stroke-dasharray={l.kind === "translation" || l.kind === "rewrite" ? "4 3" : undefined}
            d={`M${a[0]} ${a[1]}C${round(a[0] + bend)} ${a[1]} ${round(b[0] - bend)} ${b[1]} ${b[0]} ${b[1]}`}
          />
        );
      })}
      {rows.filter(dayOnly).map((r) => (
        <line
          class="whole-day"
          x1={round(x(r.sortTime))}
          x2={round(Math.min(x(r.sortTime + DAY), width - 6))}
          y1={y(r.outletName)}
          y2={y(r.outletName)}
        />
      ))}
      {rows.map((r) => {
        const [px, py] = at.get(r.id) ?? [0, 0];
        return (
          <a href={ctx.href(`/article/${r.id}`)} aria-label={`${r.outletName}: ${r.title}`}>
            <circle
              cx={px}
              cy={py}
              r={copies.has(r.id) ? 4.5 : 6}
              fill={copies.has(r.id) ? "var(--paper)" : "var(--reported)"}
              stroke={copies.has(r.id) ? "var(--ink-2)" : "var(--paper)"}
              stroke-width="1.6"
            />
          </a>
        );
      })}
    </svg>
  );
}
const DAY = 86_400_000;
/** A drawing of fewer days than this has hours below it. */
const SOME_DAYS = 3 * DAY;
const round = (n: number): number => Math.round(n * 10) / 10;
