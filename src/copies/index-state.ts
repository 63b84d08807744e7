/** What the copy index keeps of each article, in columns of numbers so that an archive of 200,000 stays small. */
import type { OutletKind } from "../model/index.ts";
import type { OriginClaim } from "./credits.ts";
import type { Card } from "./input.ts";

/** A growing column of numbers. */
const column = <T extends Float64Array | Float32Array | Uint32Array | Int32Array>(make: (n: number) => T) => {
  let data = make(1024);
  return {
    get: (i: number): number => data[i] ?? 0,
    set: (i: number, value: number): void => {
      if (i >= data.length) {
        const next = make(data.length * 2);
        next.set(data);
        data = next;
      }
      data[i] = value;
    },
    bytes: (): number => data.byteLength,
  };
};

type Outlet = { readonly id: string; name: string; kind: OutletKind; articles: number; copies: number };

/** What is known of one article that was added. */
export const createRows = () => {
  const ids: string[] = [];
  const byId = new Map<string, number>();
  const outlets: Outlet[] = [];
  const outletIndex = new Map<string, number>();
  /** Only the few articles that name an origin have an entry. */
  const claims = new Map<number, readonly OriginClaim[]>();
  const keys = new Map<number, Uint32Array>();
  const languages: string[] = [];
  const published = column((n) => new Float64Array(n));
  const firstSeen = column((n) => new Float64Array(n));
  const precision = column((n) => new Float32Array(n));
  const outlet = column((n) => new Uint32Array(n));
  const total = column((n) => new Uint32Array(n));
  /** Number of the original + 1; 0 when none. */
  const parent = column((n) => new Uint32Array(n));
  const parentShared = column((n) => new Float32Array(n));
  /** Score of the link to the original without habits; what a review starts from. */
  const parentBare = column((n) => new Float32Array(n));
  const flags = column((n) => new Uint32Array(n)); // 1 garbled, 2 correction, language from bit 2 on

  const outletNumber = (card: Card): number => {
    const known = outletIndex.get(card.outlet);
    if (known !== undefined) return known;
    outlets.push({ id: card.outlet, name: card.outletName, kind: card.outletKind, articles: 0, copies: 0 });
    outletIndex.set(card.outlet, outlets.length - 1);
    return outlets.length - 1;
  };

  return {
    ids,
    byId,
    outlets: outlets as readonly Outlet[],
    claims,
    keys,
    published,
    firstSeen,
    precision,
    total,
    parent,
    parentShared,
    parentBare,
    push: (card: Card): number => {
      const n = ids.length;
      ids.push(card.id);
      byId.set(card.id, n);
      let language = languages.indexOf(card.language);
      if (language < 0) language = languages.push(card.language) - 1;
      const o = outletNumber(card);
      const row = outlets[o];
      if (row) {
        row.articles++;
        if (row.kind === "unknown") row.kind = card.outletKind;
      }
      published.set(n, card.published);
      firstSeen.set(n, card.firstSeen);
      precision.set(n, card.precision);
      outlet.set(n, o);
      total.set(n, card.total);
      parent.set(n, 0);
      parentShared.set(n, 0);
      parentBare.set(n, 0);
      flags.set(n, (card.garbled ? 1 : 0) | (card.correction ? 2 : 0) | (language << 2));
      if (card.claims.length > 0) claims.set(n, card.claims);
      if (card.keys.length > 0) keys.set(n, card.keys);
      return n;
    },
    outletNumberOf: (n: number): number => outlet.get(n),
    outletOf: (n: number): Outlet | undefined => outlets[outlet.get(n)],
    language: (n: number): string => languages[flags.get(n) >> 2] ?? "und",
    garbled: (n: number): boolean => (flags.get(n) & 1) === 1,
    correction: (n: number): boolean => (flags.get(n) & 2) === 2,
    /** Number of the article at the end of the chain of originals. */
    root: (n: number): number => {
      let at = n;
      for (let hops = 0; hops < 1000; hops++) {
        const up = parent.get(at);
        if (up === 0) return at;
        at = up - 1;
      }
      return at;
    },
    /** Bytes per article in columns, the id strings and map aside. */
    bytes: (): number =>
      [published, firstSeen, precision, outlet, total, parent, parentShared, parentBare, flags].reduce(
        (s, c) => s + c.bytes(),
        0,
      ),
  };
};
export type Rows = ReturnType<typeof createRows>;
