/**
 * The ledger of a number: steps through time, one line per issuer and scope, never summed; and the same as a table.
 * A range is a band, an open bound a dotted line upwards or downwards, what was taken back is broken off where that became known.
 */
import { scaleLinear, scaleSymlog, scaleUtc } from "d3-scale";
import type { ArticleRow, LedgerEntry, LedgerSeries, Quantity } from "../../model/index.ts";
import type { Ctx } from "../context.ts";
import { type Box, overlaps } from "./map.tsx";
import { inWords, isGone, issuerName, isTakenBack, type Measured, pointOf } from "./numbers.ts";
import { FateTags, spanHref, Tag } from "./parts.tsx";
import { capital, dayOf, dayYear, isolated, moment, number, partial, shortDay } from "./words.ts";

type Step = {
  readonly entry: LedgerEntry;
  readonly series: LedgerSeries;
  readonly from: number;
  readonly to: number;
  readonly value: number;
};
export type Span2 = { readonly from: number; readonly to: number };

/** When an entry stopped standing: the next value of its series, or the article that says it was taken back. */
function stepsOf(
  series: readonly LedgerSeries[],
  end: number,
  timeOf: (articleId: string) => number | undefined,
): readonly Step[] {
  return series.flatMap((s) =>
    s.entries.flatMap((entry, i) => {
      const value = pointOf(entry.quantity);
      const from = Date.parse(entry.at);
      if (value === undefined || Number.isNaN(from)) return [];
      const next = s.entries[i + 1];
      const backAt =
        isTakenBack(entry.status) && entry.statusEvidence
          ? timeOf(entry.statusEvidence.articleId)
          : undefined;
      const to = Math.min(end, backAt ?? (next === undefined ? end : Date.parse(next.at)));
      return [{ entry, series: s, from, to: Math.max(from, to), value }];
    }),
  );
}

export const LedgerChart = ({
  ctx,
  measured,
  span,
  timeOf,
}: {
  ctx: Ctx;
  measured: Measured;
  span: Span2;
  timeOf: (articleId: string) => number | undefined;
}) => {
  const drawn = weightiest(measured.series);
  // What most articles carry is drawn last, above the rest.
  const steps = stepsOf(drawn, span.to, timeOf).toReversed();
  // One value, or all of one day, is a sentence and not a course: the table says it better.
  const days = new Set(steps.map((s) => dayOf(s.from, ctx.zone)));
  if (steps.length < 2 || days.size < 2) return null;
  // The more values, the taller, so that their labels find room.
  const height = Math.min(400, 250 + Math.max(0, new Set(steps.map((s) => s.value)).size - 5) * 16);
  const label = `${ctx.t(`measure.${measured.measure}`)}: ${steps
    .map((s) => `${dayYear(s.from, ctx)} ${inWords(s.entry.quantity)}, ${issuerName(s.series.issuer).name}`)
    .join("; ")}`;
  return (
    <figure class="drawing">
      <div class="wide-only">{chart(ctx, steps, span, label, 760, height, true)}</div>
      <div class="narrow-only">{chart(ctx, steps, span, label, 340, Math.max(270, height - 40), false)}</div>
      {drawn.length === measured.series.length ? null : (
        <figcaption class="small">
          {ctx.t("number.drawn", { drawn: valuesOf(drawn), all: valuesOf(measured.series) })}
        </figcaption>
      )}
    </figure>
  );
};

/** Values one drawing bears: lines beyond that hide each other. */
const MOST_DRAWN = 24;
const valuesOf = (series: readonly LedgerSeries[]): number =>
  series.reduce((n, s) => n + s.entries.length, 0);
/** The series whose values weigh most, each whole, in the order given. */
export function weightiest(series: readonly LedgerSeries[]): readonly LedgerSeries[] {
  if (valuesOf(series) <= MOST_DRAWN) return series;
  const height = new Map(series.map((s) => [s, Math.max(...s.entries.map((e) => weightOf(s, e)))]));
  const chosen = new Set<LedgerSeries>();
  let left = MOST_DRAWN;
  for (const s of series.toSorted((a, b) => (height.get(b) ?? 0) - (height.get(a) ?? 0))) {
    if (chosen.size > 0 && s.entries.length > left) continue;
    left -= s.entries.length;
    chosen.add(s);
  }
  return series.filter((s) => chosen.has(s));
}

const colour = (entry: LedgerEntry): string =>
  isTakenBack(entry.status) ? "withdrawn" : entry.quantity.assertion === "reported" ? "reported" : "claimed";
const round = (n: number): number => Math.round(n * 10) / 10;

function chart(
  ctx: Ctx,
  steps: readonly Step[],
  span: Span2,
  label: string,
  width: number,
  height: number,
  wide: boolean,
) {
  const [left, right, top, bottom] = [wide ? 52 : 44, 10, 24, 26];
  const values = steps.flatMap((s) => [s.entry.quantity.high ?? s.value, s.value]);
  const most = Math.max(1, ...values);
  const least = Math.min(...values.filter((v) => v > 0), most);
  // A toll of 20 beside one of 10,000 would lie on the axis: then the scale is logarithmic, and says so by its marks.
  const log = most / least > 60;
  const y = (log ? scaleSymlog().constant(Math.max(1, least / 2)) : scaleLinear())
    .domain([0, most * (log ? 1.6 : 1.12)])
    .range([height - bottom, top]);
  const day = 86_400_000;
  const from = Math.min(span.from, ...steps.map((s) => s.from));
  const to = Math.max(span.to, from + day);
  const x = scaleUtc([from, to + (to - from) * 0.02], [left, width - right]);
  const ticksY = log
    ? [0, ...[1, 10, 100, 1000, 1e4, 1e5, 1e6, 1e7, 1e8].filter((n) => n >= least / 3 && n <= most * 1.5)]
    : scaleLinear([0, most * 1.12], [0, 1])
        .ticks(4)
        .filter((n) => Number.isInteger(n));
  const ticksX = x
    .ticks(wide ? 7 : 4)
    .filter(
      (d, i, all) => i === 0 || shortDay(d.getTime(), ctx) !== shortDay(all[i - 1]?.getTime() ?? 0, ctx),
    );
  const base = height - bottom;
  const labels = placeLabels(
    ctx,
    steps,
    (s) => [x(s.from), y(s.value)],
    (s) => x(s.to),
    { width, top, base, wide },
  );
  const compact = new Intl.NumberFormat(ctx.locale, { notation: most >= 100_000 ? "compact" : "standard" });
  return (
    <svg class="chart" viewBox={`0 0 ${width} ${height}`} aria-label={label} font-size="11.5">
      {ticksY.map((n) => (
        <>
          <line
            class={n === 0 ? "axis" : "axis-dash"}
            x1={left}
            x2={width - right}
            y1={round(y(n))}
            y2={round(y(n))}
          />
          <text x={left - 7} y={round(y(n)) + 4} text-anchor="end">
            {compact.format(n)}
          </text>
        </>
      ))}
      {ticksX.map((d) => (
        <text x={round(Math.max(left + 12, Math.min(x(d), width - 22)))} y={height - 6} text-anchor="middle">
          {isolated(shortDay(d.getTime(), ctx))}
        </text>
      ))}
      {steps.map((s) => {
        const kind = colour(s.entry);
        const [x0, x1] = [round(x(s.from)), round(Math.max(x(s.to), x(s.from) + 4))];
        const q = s.entry.quantity;
        return (
          <>
            {q.low !== undefined && q.high !== undefined && q.exact === undefined && q.high > q.low ? (
              <rect
                class={`range range-${kind}`}
                x={x0}
                width={round(x1 - x0)}
                y={round(y(q.high))}
                height={round(y(q.low) - y(q.high))}
              />
            ) : null}
            <line class={`step step-${kind}`} x1={x0} x2={x1} y1={round(y(s.value))} y2={round(y(s.value))} />
            {q.exact === undefined && q.high === undefined && q.low !== undefined ? (
              <path
                class={`open open-${kind}`}
                d={`M${x0} ${round(y(q.low))}V${round(Math.max(top - 6, y(q.low) - 34))}`}
              />
            ) : null}
            {q.exact === undefined && q.low === undefined && q.high !== undefined ? (
              <path
                class={`open open-${kind}`}
                d={`M${x0} ${round(y(q.high))}V${round(Math.min(base, y(q.high) + 30))}`}
              />
            ) : null}
          </>
        );
      })}
      {labels.map((l) =>
        l.leader ? (
          <line class="leader" x1={round(l.px)} y1={round(l.py)} x2={round(l.px)} y2={round(l.y + 3)} />
        ) : null,
      )}
      {steps.map((s) => {
        const told = `${inWords(s.entry.quantity)} · ${issuerName(s.series.issuer).name} · ${moment(s.from, ctx)}`;
        return (
          <a
            href={spanHref(ctx, s.entry.quantity.articleId, s.entry.quantity.span)}
            tabindex={-1}
            aria-label={told}
          >
            <circle
              class={`point point-${colour(s.entry)}`}
              cx={round(x(s.from))}
              cy={round(y(s.value))}
              r="4.5"
            />
            {/* Shown under a pointer, which the narrow drawing seldom has. */}
            {wide ? <title>{told}</title> : null}
          </a>
        );
      })}
      {labels.map((l) => (
        <a href={spanHref(ctx, l.q.articleId, l.q.span)}>
          <text class="halo" x={round(l.x)} y={round(l.y)} text-anchor={l.anchor}>
            <tspan class="words">{isolated(l.words)}</tspan>
            {l.who === "" ? null : <tspan>{` ${isolated(l.who)}`}</tspan>}
          </text>
        </a>
      ))}
    </svg>
  );
}

type Label = {
  readonly x: number;
  readonly y: number;
  readonly px: number;
  readonly py: number;
  readonly anchor: "start" | "end";
  readonly words: string;
  readonly who: string;
  readonly leader: boolean;
  readonly q: Quantity;
};

const cut = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, max - 1).trimEnd()}…`;

/** Labels that may lie over a line; the lesser ones are left to the table rather. */
const MOST_CROSSING = 4;

/** Labels the values that matter most first; one that finds no free place is left to the table. */
function placeLabels(
  ctx: Ctx,
  steps: readonly Step[],
  at: (s: Step) => readonly [number, number],
  endOf: (s: Step) => number,
  box: { width: number; top: number; base: number; wide: boolean },
): readonly Label[] {
  const points: Box[] = steps.map((s) => {
    const [px, py] = at(s);
    return { x: px - 5, y: py - 5, w: 10, h: 10 };
  });
  const taken: Box[] = [...points];
  const lines: Box[] = steps.flatMap((s) => {
    const [px, py] = at(s);
    const { exact, low, high } = s.entry.quantity;
    const step = { x: px, y: py - 2, w: endOf(s) - px, h: 4 };
    // The dotted line of an open bound is no place for a label either.
    if (exact !== undefined || (low === undefined) === (high === undefined)) return [step];
    return [step, { x: px - 2, y: high === undefined ? py - 34 : py, w: 4, h: 34 }];
  });
  const labels: Label[] = [];
  const order = steps.toSorted(
    (a, b) => b.entry.carriers.length - a.entry.carriers.length || b.value - a.value || a.from - b.from,
  );
  const seen = new Set<string>();
  for (const [rank, s] of order.slice(0, box.wide ? 12 : 7).entries()) {
    const [px, py] = at(s);
    const name = capital(issuerName(s.series.issuer).name);
    const words = cut(inWords(s.entry.quantity), box.wide ? 34 : 26);
    const back = isTakenBack(s.entry.status) ? `, ${ctx.t(`status.short.${s.entry.status}`)}` : "";
    const who = box.wide ? cut(`${name}${back}`, 46) : "";
    const key = (words + who).toLowerCase();
    if (seen.has(key)) continue;
    const w = words.length * 6.6 + (who === "" ? 0 : (who.length + 1) * 5.9);
    const places = [-9, 17, -25, 33, -41, -57, 49];
    // First a place free of lines too; else, for what weighs most, one that only crosses them.
    for (const [i, dy] of [...places, ...(rank < MOST_CROSSING ? places : [])].entries()) {
      const y = py + dy;
      if (y < 10 || y > box.base - 2) continue;
      const end = px + w > box.width - 4;
      const x = end ? Math.min(box.width - 4, px + 5) : px - 2;
      const area: Box = { x: end ? x - w : x, y: y - 10, w, h: 13 };
      if (area.x < 2) continue;
      if (taken.some((t) => overlaps(t, area))) continue;
      if (i < places.length && lines.some((l) => overlaps(l, area))) continue;
      taken.push(area);
      seen.add(key);
      labels.push({
        x,
        y,
        px,
        py,
        anchor: end ? "end" : "start",
        words,
        who,
        leader: Math.abs(dy) > 20,
        q: s.entry.quantity,
      });
      break;
    }
  }
  return labels;
}

/** What a value counts beside its words; a total is the ordinary case, and what the words say is not said twice. */
export const scopeWords = (ctx: Ctx, s: LedgerSeries, words: string): string =>
  [
    s.scope.kind === undefined || s.scope.kind === "total" ? undefined : ctx.t(`number.kind.${s.scope.kind}`),
    s.scope.ofWhom !== undefined && words.toLowerCase().includes(s.scope.ofWhom.toLowerCase())
      ? undefined
      : s.scope.ofWhom,
    s.scope.place,
    s.scope.per === undefined ? undefined : ctx.t("number.per", { period: s.scope.per }),
  ]
    .filter((x) => x !== undefined && x !== "")
    .join(", ");

export const StatusTag = ({ ctx, entry }: { ctx: Ctx; entry: LedgerEntry }) => {
  const kind = isTakenBack(entry.status)
    ? "withdrawn"
    : entry.status === "disputed"
      ? "denied"
      : entry.status === "latest"
        ? "claimed"
        : "plain";
  const words = ctx.t(`status.${entry.status}`, { who: entry.statusBy ?? ctx.t("site.unknown") });
  const evidence = entry.statusEvidence;
  return evidence === undefined ? (
    <Tag kind={kind}>{words}</Tag>
  ) : (
    <a href={spanHref(ctx, evidence.articleId, evidence.span)}>
      <Tag kind={kind}>{words}</Tag>
    </a>
  );
};

/** Every value as a row, newest first; each value opens its sentence. */
export const LedgerTable = ({
  ctx,
  measured,
  rowOf,
  stale,
}: {
  ctx: Ctx;
  measured: Measured;
  rowOf: (articleId: string) => ArticleRow | undefined;
  /** How many outlets repeated a value after it had fallen. */
  stale: (entry: LedgerEntry, series: LedgerSeries) => number;
}) => {
  const { t } = ctx;
  const rows = measured.series
    .flatMap((series) => series.entries.map((entry) => ({ series, entry })))
    .toSorted((a, b) => Date.parse(b.entry.at) - Date.parse(a.entry.at));
  // Where all stand in one year the head of the page names it.
  const years = new Set(
    rows.map(({ entry }) => (entry.saidAt ?? dayOf(Date.parse(entry.at), ctx.zone)).slice(0, 4)),
  );
  const year = years.size > 1;
  const weighty = new Set(
    rows
      .toSorted((a, b) => weightOf(b.series, b.entry) - weightOf(a.series, a.entry))
      .slice(0, rows.length <= OPEN + 2 ? undefined : OPEN),
  );
  const table = (part: typeof rows) => (
    <div class="scroll">
      <table class="stack ledger">
        <caption class="vh">{t(`measure.${measured.measure}`)}</caption>
        <thead>
          <tr>
            <th scope="col">{t("number.said")}</th>
            <th scope="col">{t("number.value")}</th>
            <th scope="col">{t("number.issuer")}</th>
            <th scope="col">{t("number.through")}</th>
            <th scope="col">{t("number.state")}</th>
          </tr>
        </thead>
        <tbody>
          {part.map(({ series, entry }) => {
            const { name, ownVoice } = issuerName(series.issuer);
            const first = entry.carriers[0] ?? entry.quantity.articleId;
            const scope = scopeWords(ctx, series, entry.quantity.words);
            const still = stale(entry, series);
            const carrier = rowOf(first);
            return (
              <tr
                class={isGone(entry.status) && isTakenBack(entry.status) ? "gone" : undefined}
                data-at={entry.at}
                data-seen={entry.at}
              >
                <td data-label={t("number.said")}>
                  <time datetime={entry.saidAt ?? entry.at}>
                    {entry.saidAt !== undefined
                      ? partial(entry.saidAt, ctx, year)
                      : year
                        ? dayYear(Date.parse(entry.at), ctx)
                        : shortDay(Date.parse(entry.at), ctx)}
                  </time>
                </td>
                <td>
                  <a
                    class="said"
                    href={spanHref(ctx, entry.quantity.articleId, entry.quantity.span)}
                    dir="auto"
                  >
                    {inWords(entry.quantity)}
                  </a>
                  {scope === "" ? null : (
                    <div class="small" dir="auto">
                      {scope}
                    </div>
                  )}
                </td>
                <td data-label={t("number.issuer")}>
                  <bdi>{capital(name)}</bdi>
                  {ownVoice ? <div class="small">{t("voice.outlet")}</div> : null}
                </td>
                <td data-label={t("number.through")}>
                  <a class="link" href={ctx.href(`/article/${first}`)}>
                    <bdi>{carrier?.outletName ?? t("site.unknown")}</bdi>
                  </a>
                  {carrier === undefined ? null : (
                    <>
                      {" "}
                      <FateTags ctx={ctx} row={carrier} />
                    </>
                  )}
                  {entry.carriers.length > 1 ? (
                    <div class="small">
                      <span class="keep">{t("count.reports", { count: entry.carriers.length })}</span>
                      {" · "}
                      <span class="keep">{t("count.outlets", { count: entry.outlets })}</span>
                    </div>
                  ) : null}
                </td>
                <td>
                  <StatusTag ctx={ctx} entry={entry} />
                  {still === 0 ? null : (
                    <div class="small">
                      <a class="link" href="#reports">
                        {t("status.stillCarried", { outlets: t("count.outlets", { count: still }) })}
                      </a>
                    </div>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
  const folded = rows.filter((r) => !weighty.has(r));
  const wanted = ctx.search.get("numbers");
  const whole = wanted === measured.measure || wanted === "all";
  const rest = whole ? folded : folded.slice(0, MOST);
  return (
    <>
      {table(rows.filter((r) => weighty.has(r)))}
      {rest.length === 0 ? null : (
        <details open={whole}>
          <summary>{t("number.more", { count: folded.length })}</summary>
          {table(rest)}
          {rest.length === folded.length ? null : (
            <p>
              <a
                class="link"
                href={`${ctx.href(ctx.path, { at: ctx.search.get("at") ?? undefined, numbers: measured.measure })}#ledger-${measured.measure}`}
              >
                {t("site.showAll")} ({t("count.numbers", { count: rows.length })})
              </a>
            </p>
          )}
        </details>
      )}
    </>
  );
};

/** Values of one measure before the rest is folded away. */
const OPEN = 4;
/** Folded values of one measure, newest first, before the rest is a link away. */
const MOST = 10;
/** What was taken back, what stands, what many carry; somebody's word before an outlet's own, a total before a part. */
const weightOf = (series: LedgerSeries, entry: LedgerEntry): number =>
  entry.carriers.length +
  (entry.statusEvidence === undefined ? 0 : 2) +
  (entry.status === "latest" ? 1.5 : 0) +
  (series.issuer.startsWith("outlet:") ? 0 : 1) +
  (series.scope.kind === "part" ? 0 : 0.5);

export const rangeWords = (ctx: Ctx, q: Quantity): string =>
  q.exact !== undefined
    ? number(q.exact, ctx.locale, 2)
    : q.low !== undefined && q.high !== undefined
      ? ctx.t("number.range", { low: q.low, high: q.high })
      : q.low !== undefined
        ? `${ctx.t("number.atLeast")} ${number(q.low, ctx.locale, 2)}`
        : q.high !== undefined
          ? `${ctx.t("number.atMost")} ${number(q.high, ctx.locale, 2)}`
          : "";
