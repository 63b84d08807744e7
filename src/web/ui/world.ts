/**
 * The world as paths: Natural Earth 1:110m (world-atlas, public domain) in d3-geo's Equal Earth projection, whose areas are true.
 * Left out: Antarctica, and disputed borders other than as the data draw them.
 */
import { type GeoPermissibleObjects, geoArea, geoBounds, geoEqualEarth, geoMercator, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import atlas from "world-atlas/countries-110m.json" with { type: "json" };
import countries from "world-countries/countries.json" with { type: "json" };

type Shape = ReturnType<typeof shapes>[number];

export const WORLD = { width: 960, height: 440 } as const;

// The JSON module is typed by its literal content, wider than the TopoJSON types.
const topology = atlas as unknown as Topology<{ countries: GeometryCollection<{ name: string }> }>;
const NUMERIC = new Map(countries.map((c) => [c.ccn3 as string, c.cca3 as string]));
/** Natural Earth has no number for these two. */
const BY_NAME: Readonly<Record<string, string>> = { Kosovo: "XKX", Somaliland: "SOM", "N. Cyprus": "CYP" };

function shapes() {
  return feature(topology, topology.objects.countries)
    .features.map((f) => ({
      code: (f.id === undefined ? undefined : NUMERIC.get(String(f.id))) ?? BY_NAME[f.properties.name] ?? "",
      shape: f,
    }))
    .filter((s) => s.code !== "ATA");
}

const SHAPES: readonly Shape[] = shapes();
const projection = geoEqualEarth().fitExtent(
  [
    [2, 2],
    [WORLD.width - 2, WORLD.height - 2],
  ],
  { type: "FeatureCollection", features: SHAPES.map((s) => s.shape) },
);
const path = geoPath(projection).digits(1);
/** The same path in steps from point to point: half as long. */
const compact = (d: string): string => {
  let [x, y] = [0, 0];
  return d.replace(/([ML])(-?[\d.]+),(-?[\d.]+)/g, (_, command: string, px: string, py: string) => {
    const to = [Math.round(Number(px) * 10), Math.round(Number(py) * 10)] as const;
    const step = `${(to[0] - x) / 10},${(to[1] - y) / 10}`.replace(/(^|,|-)0\./g, "$1.").replace(",-", "-");
    [x, y] = to;
    // After "z" the pen is back at the start of the ring, so every ring starts from a point given in full.
    return command === "M" ? `M${to[0] / 10},${to[1] / 10}` : `l${step}`;
  });
};
const drawn = new Map<string, string>();
for (const s of SHAPES) drawn.set(s.code, (drawn.get(s.code) ?? "") + compact(path(s.shape) ?? ""));
const centres = new Map(countries.map((c) => [c.cca3 as string, [c.latlng[1], c.latlng[0]] as const]));

/** Path of a country on the world map; empty for those too small for 1:110m. */
export const countryPath = (code: string): string => drawn.get(code) ?? "";
/** False for countries too small for 1:110m. */
export const hasShape = (code: string): boolean => drawn.has(code);
/** Point on the world map. */
export const project = (lon: number, lat: number): readonly [number, number] => {
  const at = projection([lon, lat]);
  return at === null ? [0, 0] : [Math.round(at[0] * 10) / 10, Math.round(at[1] * 10) / 10];
};
/** Middle of a country on the world map, for those that have no shape. */
export const countryPoint = (code: string): readonly [number, number] | undefined => {
  const at = centres.get(code);
  return at === undefined || at[0] === undefined || at[1] === undefined ? undefined : project(at[0], at[1]);
};

/** The outline that every map shows, as one file that browsers keep: `#land` is all of it, `#CHL` one country. */
export function worldOutlineSvg(): string {
  const land = [...drawn]
    .map(([code, d]) => `<path${code === "" ? "" : ` id="${code}"`} d="${d}"/>`)
    .join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WORLD.width} ${WORLD.height}"><g id="land">${land}</g></svg>`;
}

export type CloseUp = {
  readonly width: number;
  readonly height: number;
  /** The country itself, and its neighbours as far as they are in the frame. */
  readonly own: string;
  readonly others: string;
  point(lon: number, lat: number): readonly [number, number] | undefined;
};

/** One country, with its neighbours, filling the frame. Undefined for those too small for 1:110m. */
export function closeUp(code: string, width: number, height: number, margin = 24): CloseUp | undefined {
  const found = SHAPES.filter((s) => s.code === code);
  const first = found[0];
  if (first === undefined) return undefined;
  // Overseas parts would shrink the country to a dot: the largest polygon sets the frame.
  const frame = largestPart(first.shape);
  const [[west], [east]] = geoBounds(frame);
  const turn = west > east ? 180 : (west + east) / 2;
  const near = geoMercator()
    .rotate([-turn, 0])
    .clipExtent([
      [0, 0],
      [width, height],
    ])
    .fitExtent(
      [
        [margin, margin],
        [width - margin, height - margin],
      ],
      frame,
    );
  const draw = geoPath(near).digits(1);
  const inFrame = frameTest(near.invert?.([0, height]), near.invert?.([width, 0]));
  return {
    width,
    height,
    own: found.map((s) => draw(s.shape) ?? "").join(""),
    others: SHAPES.filter((s) => s.code !== code && inFrame(s))
      .map((s) => draw(s.shape) ?? "")
      .join(""),
    point: (lon, lat) => {
      const at = near([lon, lat]);
      if (at === null || at[0] < 0 || at[1] < 0 || at[0] > width || at[1] > height) return undefined;
      return [Math.round(at[0] * 10) / 10, Math.round(at[1] * 10) / 10];
    },
  };
}

type Corner = readonly [number, number];
let bounds: ReadonlyMap<Shape, readonly [Corner, Corner]> | undefined;

/**
 * Whether a shape can reach into a frame of these corners: projecting the whole world for one country takes longest of all
 * its page. In doubt, where shape or frame lie across the date line, it is drawn.
 */
function frameTest(
  southWest: Corner | null | undefined,
  northEast: Corner | null | undefined,
): (s: Shape) => boolean {
  if (!southWest || !northEast || southWest[0] >= northEast[0]) return () => true;
  bounds ??= new Map(SHAPES.map((s) => [s, geoBounds(s.shape)]));
  const known = bounds;
  return (s) => {
    const [from, to] = known.get(s) ?? [];
    if (from === undefined || to === undefined || from[0] > to[0]) return true;
    return (
      from[0] <= northEast[0] + 1 &&
      to[0] >= southWest[0] - 1 &&
      from[1] <= northEast[1] + 1 &&
      to[1] >= southWest[1] - 1
    );
  };
}

function largestPart(shape: Shape["shape"]): GeoPermissibleObjects {
  if (shape.geometry.type !== "MultiPolygon") return shape;
  const parts = shape.geometry.coordinates.map(
    (coordinates) => ({ type: "Polygon", coordinates }) as GeoPermissibleObjects,
  );
  return parts.reduce((best, part) => (geoArea(part) > geoArea(best) ? part : best), parts[0] ?? shape);
}
