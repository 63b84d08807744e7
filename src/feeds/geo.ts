/**
 * GeoRSS (simple and GML) and W3C geo in a feed → one shape with coordinates in GeoJSON's order: longitude, latitude.
 *
 * Pairs come as latitude longitude; where srsName names a projected system they
 * are kept as written, with the name, and must not be drawn. Leaves out circles' radii and multi-geometries.
 */
import type { FeedShape } from "../model/index.ts";

export type GeoKind = FeedShape["type"];

/** Shape from a list of numbers, or undefined when they do not make one. */
export function readShape(
  kind: GeoKind,
  numbers: string,
  options: { readonly dimension?: number; readonly system?: string | undefined } = {},
): FeedShape | undefined {
  if (numbers.length > 100_000) return undefined;
  const values = numbers.replace(/,/g, " ").trim().split(/\s+/).map(Number);
  const size = options.dimension === 3 ? 3 : 2;
  if (values.length < size || values.some((value) => !Number.isFinite(value))) return undefined;
  const axes = axesOf(options.system);
  const projected = axes === "projected";
  const points: number[][] = [];
  for (let i = 0; i + size <= values.length; i += size) {
    const [first = 0, second = 0, ...height] = values.slice(i, i + size);
    const [x, y] = axes === "latitude first" ? [second, first] : [first, second];
    if (!projected && (Math.abs(y) > 90 || Math.abs(x) > 180)) return undefined;
    points.push([x, y, ...height]);
  }
  const system = projected && options.system !== undefined ? { system: options.system } : {};
  const only = points[0];
  if (only === undefined) return undefined;
  if (kind === "Point") return { type: kind, coordinates: only, ...system };
  if (kind === "Polygon") return { type: kind, coordinates: [points], ...system };
  return points.length < 2 ? undefined : { type: kind, coordinates: points, ...system };
}

type Axes = "latitude first" | "longitude first" | "projected";

/** EPSG gives geographic systems the numbers 4000–4999, latitude first; OGC's CRS84 is WGS 84 with longitude first. */
function axesOf(system: string | undefined): Axes {
  const code = /(\d+)\s*$/.exec(system ?? "")?.[1];
  if (code === undefined || (code.length === 4 && code.startsWith("4"))) return "latitude first";
  return /CRS:?84\s*$/i.test(system ?? "") ? "longitude first" : "projected";
}
