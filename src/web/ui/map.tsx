/**
 * Maps: countries shaded by the reports read about them, so that silence is not taken for calm; pins only as fine as
 * what is known (UCDP precision: 1–2 a point, 3–5 a ring as wide as the doubt, 6 a broken ring for the whole country).
 */
import { scaleSqrt } from "d3-scale";
import type { Ctx } from "../context.ts";
import { countryName } from "./words.ts";
import { closeUp, countryPath, countryPoint, hasShape, project, WORLD } from "./world.ts";

export type Pin = {
  readonly name: string;
  readonly country?: string | undefined;
  readonly lat: number;
  readonly lon: number;
  readonly precision: number;
  readonly count: number;
  readonly href: string;
};
export type WorldCounts = {
  readonly reports: ReadonlyMap<string, number>;
  readonly silent: ReadonlySet<string>;
  readonly pins: readonly Pin[];
  /** Events of which only the country is known. */
  readonly countryOnly: ReadonlyMap<string, number>;
};

type Frame = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export const WorldMap = ({
  ctx,
  counts,
  id,
  fit = false,
}: {
  ctx: Ctx;
  counts: WorldCounts;
  id: string;
  /** Whether to show but the part of the world that has reports. */
  fit?: boolean;
}) => {
  const label = ctx.t("map.label", { count: counts.pins.length + counts.countryOnly.size });
  return (
    <figure class="drawing">
      <div class="wide-only">
        {drawing(
          ctx,
          counts,
          `${id}-w`,
          label,
          fit ? frameOf(counts, 2.1) : { x: 0, y: 0, ...WORLD, height: WORLD.height - 18 },
          960,
        )}
      </div>
      <div class="narrow-only">{drawing(ctx, counts, `${id}-n`, label, frameOf(counts, 1.28), 360)}</div>
      <figcaption class="legend">
        <span>
          <svg width="14" height="10" aria-hidden="true">
            <rect width="14" height="10" fill="var(--paper-3)" />
          </svg>
          {ctx.t("map.noReports")}
        </span>
        <span>
          <svg width="26" height="10" aria-hidden="true">
            <rect width="13" height="10" fill="var(--accent)" opacity=".18" />
            <rect x="13" width="13" height="10" fill="var(--accent)" opacity=".55" />
          </svg>
          {ctx.t("map.reportsRead")}
        </span>
        {counts.silent.size === 0 ? null : (
          <span>
            <svg width="14" height="10" aria-hidden="true">
              {/* A pattern of a drawing that is not shown paints nothing. */}
              <defs>{hatch(`${id}-legend-hatch`)}</defs>
              <rect width="14" height="10" fill={`url(#${id}-legend-hatch)`} stroke="var(--ink-2)" />
            </svg>
            {ctx.t("map.silence")}
          </span>
        )}
        {counts.pins.length === 0 ? null : (
          <span>
            <svg width="10" height="10" aria-hidden="true">
              <circle cx="5" cy="5" r="4" fill="var(--accent)" />
            </svg>
            {ctx.t("map.placeKnown")}
          </span>
        )}
        {counts.countryOnly.size === 0 ? null : (
          <span>
            <svg width="12" height="12" aria-hidden="true">
              <circle cx="6" cy="6" r="5" fill="none" stroke="var(--ink)" stroke-dasharray="2 2" />
            </svg>
            {ctx.t("map.countryOnly")}
          </span>
        )}
      </figcaption>
    </figure>
  );
};

/** On a small screen the map shows the part of the world where something was read, not all of it too small. */
function frameOf(counts: WorldCounts, ratio: number): Frame {
  const top = [...counts.reports].toSorted((a, b) => b[1] - a[1]).slice(0, 8);
  const points = [
    ...counts.pins.map((p) => project(p.lon, p.lat)),
    ...[...counts.countryOnly.keys(), ...top.map(([code]) => code)].flatMap((code) => {
      const at = countryPoint(code);
      return at === undefined ? [] : [at];
    }),
  ];
  if (points.length === 0) return { x: 0, y: 0, width: WORLD.width, height: WORLD.height - 18 };
  const xs = points.map((p) => p[0]);
  const ys = points.map((p) => p[1]);
  const margin = 55;
  const width = Math.min(
    WORLD.width,
    Math.max(
      260,
      Math.max(...xs) - Math.min(...xs) + 2 * margin,
      (Math.max(...ys) - Math.min(...ys) + margin) * ratio,
    ),
  );
  const height = Math.min(WORLD.height, width / ratio);
  const clamp = (v: number, max: number) => Math.max(0, Math.min(v, max));
  return {
    x: Math.round(clamp((Math.max(...xs) + Math.min(...xs) - width) / 2, WORLD.width - width)),
    y: Math.round(clamp((Math.max(...ys) + Math.min(...ys) - height) / 2, WORLD.height - height)),
    width: Math.round(width),
    height: Math.round(height),
  };
}

const hatch = (id: string) => (
  <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <rect width="5" height="5" fill="var(--paper-3)" />
    <line x1="0" y1="0" x2="0" y2="5" stroke="var(--ink-2)" stroke-width="1.6" />
  </pattern>
);

function drawing(ctx: Ctx, counts: WorldCounts, id: string, label: string, frame: Frame, screen: number) {
  // Letters and pins keep their size on the screen whatever part of the world is in the frame.
  const unit = frame.width / screen;
  const most = Math.max(1, ...counts.reports.values());
  const radius = scaleSqrt([1, Math.max(2, ...counts.pins.map((p) => p.count))], [3.2, 8]);
  const taken: Box[] = [];
  const world = ctx.assets.href("world.svg");
  const inFrame = (x: number, y: number) =>
    x >= frame.x && y >= frame.y && x <= frame.x + frame.width && y <= frame.y + frame.height;
  const pins = [...counts.pins]
    .toSorted((a, b) => b.count - a.count)
    .flatMap((pin) => {
      const [x, y] = project(pin.lon, pin.lat);
      const words = pin.count > 1 ? `${pin.name} · ${pin.count}` : pin.name;
      return inFrame(x, y) ? [{ pin, x, y, r: radius(pin.count) * unit, words }] : [];
    });
  const ring = 9 * unit;
  // A ring for a country stands above the pins of that country where they would lie on each other.
  const rings: { code: string; n: number; x: number; y: number }[] = [];
  for (const [code, n] of [...counts.countryOnly].toSorted((a, b) => b[1] - a[1])) {
    const at = countryPoint(code);
    if (at === undefined || !inFrame(...at)) continue;
    const x = Math.max(frame.x + ring, Math.min(at[0], frame.x + frame.width - ring));
    const under = pins.filter((p) => Math.hypot(p.x - x, p.y - at[1]) < p.r + ring);
    const y = Math.max(frame.y + ring, Math.min(at[1], ...under.map((p) => p.y - p.r - ring - 1.5 * unit)));
    const free = apart({ x, y }, rings, 2 * ring + unit);
    rings.push({ code, n, ...free });
  }
  for (const { x, y } of rings) taken.push({ x: x - ring, y: y - ring, w: 2 * ring, h: 2 * ring });
  // Pins are named first: of a country the ring says where it is, of a place only its name does.
  const pinTexts = pins.map((p) => place(p.words, p.x, p.y, p.r, unit, frame, taken));
  const ringTexts = rings.map(({ code, x, y }) =>
    place(countryName(code, ctx.locale), x, y, ring, unit, frame, taken),
  );
  const named = (words: string, at: ReturnType<typeof place>) =>
    at === undefined ? null : (
      <text x={round(at.x)} y={round(at.y)} text-anchor={at.anchor} stroke-width={round(3 * unit)}>
        {words}
      </text>
    );
  return (
    <svg
      class="map"
      viewBox={`${frame.x} ${frame.y} ${frame.width} ${frame.height}`}
      aria-label={label}
      font-size={round(11.5 * unit)}
    >
      <defs>{hatch(`${id}-hatch`)}</defs>
      <use class="land" href={`${world}#land`} stroke-width={round(0.6 * unit)} />
      {[...counts.reports].map(([code, n]) => {
        if (!hasShape(code)) return null;
        const words = `${countryName(code, ctx.locale)}: ${ctx.t("count.reports", { count: n })}`;
        const silent = counts.silent.has(code);
        return (
          <a href={ctx.href(`/country/${code}`)} tabindex={-1} aria-label={words}>
            {silent ? (
              // A pattern of this page cannot be painted by a shape of another file.
              <path
                class="silent"
                fill={`url(#${id}-hatch)`}
                d={countryPath(code)}
                stroke-width={round(0.6 * unit)}
              >
                <title>{words}</title>
              </path>
            ) : (
              <use
                class="read"
                href={`${world}#${code}`}
                stroke-width={round(0.6 * unit)}
                fill-opacity={round(0.12 + 0.5 * (Math.log1p(n) / Math.log1p(most)))}
              >
                <title>{words}</title>
              </use>
            )}
          </a>
        );
      })}
      {rings.map(({ code, n, x, y }, i) => {
        const name = countryName(code, ctx.locale);
        const text = ringTexts[i];
        return (
          <a href={ctx.href(`/country/${code}`)} aria-label={`${n} ${name}, ${ctx.t("map.countryOnly")}`}>
            <circle
              class="pin-country"
              cx={round(x)}
              cy={round(y)}
              r={round(ring)}
              stroke-width={round(1.1 * unit)}
              stroke-dasharray={`${round(3 * unit)} ${round(3 * unit)}`}
            />
            <text x={round(x)} y={round(y + 4 * unit)} text-anchor="middle" stroke-width={round(3 * unit)}>
              {n}
            </text>{" "}
            {named(name, text)}
          </a>
        );
      })}
      {pins.map(({ pin, x, y, r, words }, i) => {
        const text = pinTexts[i];
        return (
          <a href={pin.href} aria-label={`${words}: ${ctx.t("count.incidents", { count: pin.count })}`}>
            {pin.precision >= 3 ? (
              <circle
                class="pin-loose"
                cx={x}
                cy={y}
                r={round(r + pin.precision * 2 * unit)}
                stroke-width={round(unit)}
              />
            ) : (
              <circle class="pin" cx={x} cy={y} r={round(r)} stroke-width={round(unit)} />
            )}
            {named(words, text)}
          </a>
        );
      })}
    </svg>
  );
}

type Point = { readonly x: number; readonly y: number };
/** The point, or the nearest place above, below or beside it that keeps a distance from all others. */
export function apart(point: Point, others: readonly Point[], distance: number): Point {
  const clear = (p: Point) => others.every((o) => Math.hypot(o.x - p.x, o.y - p.y) >= distance - 0.01);
  for (let step = 0; step <= 2 * distance; step += distance / 8)
    for (const [dx, dy] of [
      [0, -1],
      [0, 1],
      [1, 0],
      [-1, 0],
    ] as const) {
      const moved = { x: point.x + dx * step, y: point.y + dy * step };
      if (clear(moved)) return moved;
    }
  return point;
}

export type Box = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
export const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
const round = (n: number): number => Math.round(n * 100) / 100;

/** A label beside its point where it hides no other; undefined when there is no room: the list below names it. */
function place(words: string, x: number, y: number, r: number, unit: number, frame: Frame, taken: Box[]) {
  // As wide as the style sheet may draw them on a map of middle size.
  const w = words.length * 7.2 * unit;
  const h = 14.5 * unit;
  const gap = r + 4 * unit;
  const tries = [
    { x: x + gap, y: y + 4 * unit, anchor: "start", left: x + gap },
    { x: x - gap, y: y + 4 * unit, anchor: "end", left: x - gap - w },
    { x, y: y - gap, anchor: "middle", left: x - w / 2 },
    { x, y: y + gap + 9 * unit, anchor: "middle", left: x - w / 2 },
  ];
  for (const t of tries) {
    const box = { x: t.left, y: t.y - h + 2 * unit, w, h };
    const inside =
      box.x >= frame.x &&
      box.x + w <= frame.x + frame.width &&
      box.y >= frame.y &&
      box.y + h <= frame.y + frame.height;
    if (!inside || taken.some((b) => overlaps(b, box))) continue;
    taken.push(box);
    return t;
  }
  return undefined;
}

/** One country with its pins; nothing when the country is too small for the map's scale. */
export const CountryMap = ({ ctx, code, pins }: { ctx: Ctx; code: string; pins: readonly Pin[] }) => {
  const near = closeUp(code, 420, 300);
  if (near === undefined) return null;
  const frame = { x: 0, y: 0, width: near.width, height: near.height };
  const taken: Box[] = [];
  return (
    <figure class="country-map">
      <svg
        class="map"
        viewBox={`0 0 ${near.width} ${near.height}`}
        aria-label={`${ctx.t("map.title")}: ${countryName(code, ctx.locale)}`}
        font-size="13.5"
      >
        <path class="land" d={near.others} stroke-width="0.6" />
        <path class="read" d={near.own} fill-opacity="0.22" stroke-width="0.6" />
        {pins
          .toSorted((a, b) => b.count - a.count)
          .map((pin) => {
            const at = near.point(pin.lon, pin.lat);
            if (at === undefined) return null;
            const words = pin.count > 1 ? `${pin.name} · ${pin.count}` : pin.name;
            const text = place(words, at[0], at[1], 5, 1.12, frame, taken);
            return (
              <a href={pin.href} aria-label={`${words}: ${ctx.t("count.incidents", { count: pin.count })}`}>
                <circle
                  class={pin.precision >= 3 ? "pin-loose" : "pin"}
                  cx={at[0]}
                  cy={at[1]}
                  r={pin.precision >= 3 ? 5 + pin.precision * 2 : 5}
                  stroke-width="1"
                />
                {text === undefined ? null : (
                  <text x={round(text.x)} y={round(text.y)} text-anchor={text.anchor} stroke-width="3">
                    {words}
                  </text>
                )}
              </a>
            );
          })}
      </svg>
    </figure>
  );
};
