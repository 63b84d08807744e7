/** Small drawings of counts by hour or day. Each says its numbers in words for those who do not see it. */
import { scaleLinear } from "d3-scale";
import type { Ctx } from "../context.ts";
import { comma, isolated, partial } from "./words.ts";

/** Bars over time, oldest first, with the usual rate as a line. Stretches to the width it is given. */
export const Bars = ({
  values,
  label,
  usual,
  plain = false,
}: {
  values: readonly number[];
  label: string;
  usual?: number | undefined;
  /** Whether the bars are a rhythm, drawn quietly, not a rise that asks to be looked at. */
  plain?: boolean;
}) => {
  const [width, height] = [240, 38];
  const top = Math.max(1, usual ?? 0, ...values);
  const y = scaleLinear([0, top], [0, height - 2]);
  const step = width / Math.max(1, values.length);
  return (
    <svg
      class={plain ? "bars bars-plain" : "bars"}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {values.map((value, i) => {
        const h = value === 0 ? 1 : Math.max(2, y(value));
        return (
          <rect
            class={value === 0 ? "low" : undefined}
            x={round(i * step + step * 0.08)}
            y={round(height - h)}
            width={round(step * 0.84)}
            height={round(h)}
          />
        );
      })}
      {usual === undefined ? null : (
        <line class="usual" x1="0" x2={width} y1={round(height - y(usual))} y2={round(height - y(usual))} />
      )}
    </svg>
  );
};

const round = (n: number): number => Math.round(n * 10) / 10;

export type DayCount = { readonly day: string; readonly value: number; readonly lower?: number | undefined };

/**
 * Counts by day with an axis; `lower` is the part of the bar that is drawn full (originals within all reports). The label
 * says the same in words: what is counted, then each day that has something.
 */
export const DayBars = ({
  ctx,
  days,
  title,
  usual,
}: {
  ctx: Ctx;
  days: readonly DayCount[];
  title: string;
  usual?: number | undefined;
}) => {
  const name = (day: string): string => partial(day, ctx);
  const told = days.filter((d) => d.value > 0).map((d) => `${name(d.day)} ${d.value}`);
  const label = `${title}: ${told.join(comma(ctx))}`;
  return (
    <div class="drawing in-three">
      <div class="wide-only">{dayBars(days, label, usual, name, 820, 150)}</div>
      <div class="middle-only">{dayBars(days, label, usual, name, 600, 150)}</div>
      <div class="narrow-only">{dayBars(days, label, usual, name, 340, 130)}</div>
    </div>
  );
};

/** Width of a letter of a name under the axis. */
const LETTER = 6.7;

type Below = { readonly words: string; readonly x: number; readonly at: "start" | "middle" | "end" };

/** The names that stand under an axis: the newest always, of the others as many as have room; none leaves the sheet. */
export function namesBelow(
  names: readonly string[],
  centre: (i: number) => number,
  width: number,
  left = 0,
): readonly Below[] {
  const gap = 8;
  const every = Math.max(
    1,
    Math.ceil((gap + LETTER * Math.max(0, ...names.map((n) => n.length))) / (centre(1) - centre(0))),
  );
  let next = width + gap;
  const below: Below[] = [];
  for (let i = names.length - 1; i >= 0; i -= every) {
    const words = names[i] ?? "";
    const wide = LETTER * words.length;
    const from = Math.max(left, Math.min(centre(i) - wide / 2, width - wide));
    if (from + wide + gap > next) continue;
    next = from;
    const at = from === left ? "start" : from === width - wide ? "end" : "middle";
    below.unshift({ words, at, x: at === "middle" ? centre(i) : at === "end" ? width : left });
  }
  return below;
}

function dayBars(
  days: readonly DayCount[],
  label: string,
  usual: number | undefined,
  name: (day: string) => string,
  width: number,
  height: number,
) {
  const [left, bottom, topMargin] = [30, 20, 8];
  const top = Math.max(1, usual ?? 0, ...days.map((d) => d.value));
  const y = scaleLinear([0, top], [height - bottom, topMargin]).nice(3);
  const ticks = y.ticks(3).filter((n) => Number.isInteger(n));
  const step = (width - left) / Math.max(1, days.length);
  const names = days.map((d) => name(d.day));
  const middle = Math.min(2, step * 0.12) + Math.min(28, step * 0.76) / 2;
  const below = namesBelow(names, (i) => left + i * step + middle, width, left);
  return (
    <svg class="chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label} font-size="12">
      {ticks.map((n) => (
        <>
          <line class="axis-dash" x1={left} x2={width} y1={round(y(n))} y2={round(y(n))} />
          <text x={left - 6} y={round(y(n)) + 4} text-anchor="end">
            {n}
          </text>
        </>
      ))}
      {days.map((d, i) => (
        <g>
          <title>{`${names[i]}: ${d.value}`}</title>
          <rect
            fill="var(--bar-light)"
            x={round(left + i * step + Math.min(2, step * 0.12))}
            width={round(Math.max(1, Math.min(28, step * 0.76)))}
            y={round(y(d.value))}
            height={round(y(0) - y(d.value))}
          />
          <rect
            fill="var(--ink-2)"
            x={round(left + i * step + Math.min(2, step * 0.12))}
            width={round(Math.max(1, Math.min(28, step * 0.76)))}
            y={round(y(d.lower ?? d.value))}
            height={round(y(0) - y(d.lower ?? d.value))}
          />
        </g>
      ))}
      {below.map((n) => (
        <text x={round(n.x)} y={height - 4} text-anchor={n.at}>
          {isolated(n.words)}
        </text>
      ))}
      {usual === undefined || usual === 0 ? null : (
        <line
          class="atline"
          x1={left}
          x2={width}
          y1={round(y(usual))}
          y2={round(y(usual))}
          stroke-dasharray="3 3"
        />
      )}
    </svg>
  );
}

/** A share as a small bar; its number stands beside it in words. */
export const Meter = ({ share }: { share: number }) => (
  <svg class="meter" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    <rect x="0" y="0" width={round(Math.max(0, Math.min(1, share)) * 100)} height="10" />
  </svg>
);
