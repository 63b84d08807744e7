/**
 * GeoRSS (simple and GML) and W3C geo in a feed → one shape with coordinates in GeoJSON's order: longitude, latitude.
 *
 * Pairs come as latitude longitude; where srsName names a projected system (EPSG other than 4326, 4269, 4979 …) they
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
  const projected = isProjected(options.system);
  const points: number[][] = [];
  for (let i = 0; i + size <= values.length; i += size) {
    const [first = 0, second = 0, ...height] = values.slice(i, i + size);
    if (!projected && (Math.abs(first) > 90 || Math.abs(second) > 180)) return undefined;
    points.push(projected ? [first, second, ...height] : [second, first, ...height]);
  }
  const system = projected && options.system !== undefined ? { system: options.system } : {};
  const only = points[0];
  if (only === undefined) return undefined;
  if (kind === "Point") return { type: kind, coordinates: only, ...system };
  if (kind === "Polygon") return { type: kind, coordinates: [points], ...system };
  return points.length < 2 ? undefined : { type: kind, coordinates: points, ...system };
}

/** Geographic systems whose axes are latitude and longitude in degrees (EPSG register). */
const GEOGRAPHIC: ReadonlySet<string> = new Set(["4326", "4269", "4258", "4979", "4283", "4617", "84"]);

function isProjected(system: string | undefined): boolean {
  const code = /(\d+)\s*$/.exec(system ?? "")?.[1];
  return code !== undefined && !GEOGRAPHIC.has(code);
}
