/**
 * Gold records → figures: numbers, quotes, events and genre of annotated articles against predictions, micro-averaged.
 * Spans match at intersection over union ≥ .5, events within sixty characters; names are compared by the Dice overlap of
 * their words without articles and titles; pairs are made greedily, best first. `toGold` writes a reading in gold form.
 */
import type { Event, Quantity, Quote, Span } from "../model/index.ts";

type Json = Readonly<Record<string, unknown>>;
export type GoldArticle = {
  readonly id?: string;
  readonly genre?: string | null;
  readonly quantities?: unknown;
  readonly quotes?: unknown;
  readonly events?: unknown;
};

type Place = { readonly a: number; readonly b: number };
type Item = { readonly value: Json; readonly at: Place | undefined; readonly i: number };
type Prepared = {
  readonly genre: string | null;
  readonly quantities: Item[];
  readonly quotes: Item[];
  readonly events: Item[];
};

const WINDOW = 60;
const IOU = 0.5;

const isRecord = (v: unknown): v is Json => typeof v === "object" && v !== null && !Array.isArray(v);
const records = (v: unknown): Json[] =>
  Array.isArray(v) ? v.filter((x): x is Json => typeof x === "object" && x !== null) : [];
const lower = (v: unknown): string | null =>
  v === null || v === undefined ? null : String(v).trim().toLowerCase();
const isBlank = (v: unknown): boolean => v === null || v === undefined || v === "";

/** A span by offsets or by words and count → its place; nothing when it cannot be found. */
function placeOf(span: unknown, text: string): Place | undefined {
  let s: unknown = span;
  if (Array.isArray(s) && s.length === 2 && s.every(Number.isInteger)) s = { start: s[0], end: s[1] };
  if (typeof s === "string") s = { text: s };
  if (!isRecord(s)) return undefined;
  const { start, end } = s as { start?: unknown; end?: unknown };
  if (Number.isInteger(start) && Number.isInteger(end)) {
    const [a, b] = [Number(start), Number(end)];
    return a >= 0 && b > a && b <= text.length ? { a, b } : undefined;
  }
  const words = s["text"];
  if (typeof words !== "string" || words === "") return undefined;
  let at = -1;
  for (let k = 0; k < Number(s["n"] ?? 1); k++) {
    at = text.indexOf(words, at + 1);
    if (at < 0) return undefined;
  }
  return at < 0 ? undefined : { a: at, b: at + words.length };
}

function prepare(article: GoldArticle | undefined, text: string): Prepared {
  const items = (list: unknown, field: string): Item[] =>
    records(list).map((value, i) => ({ value, at: placeOf(value[field], text), i }));
  return {
    genre: article?.genre ?? null,
    quantities: items(article?.quantities, "span"),
    quotes: items(article?.quotes, "span"),
    events: items(article?.events, "trigger"),
  };
}

const STOP = new Set("a an the of for in at on to from and by with his her its their".split(" "));
const TITLE = new Set(
  "mr mrs ms dr sir president prime minister chancellor governor gov mayor senator sen rep gen general col colonel chief secretary king queen prince pope".split(
    " ",
  ),
);

/** The telling words of a name: lower case, without accents, articles, titles and possessives; never empty when there are any. */
export function nameTokens(name: unknown): ReadonlySet<string> {
  const plain = String(name)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[’‘`]/g, "'")
    .replace(/'s\b/g, "")
    .replace(/\b(?:[a-z]\.){2,}/g, (m) => `${m.replace(/\./g, "")} `);
  const all = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  const orElse = (x: string[], y: string[]): string[] => (x.length > 0 ? x : y);
  const content = orElse(
    all.filter((w) => !STOP.has(w)),
    all,
  );
  return new Set(
    orElse(
      content.filter((w) => !TITLE.has(w)),
      content,
    ),
  );
}

export function nameOverlap(x: unknown, y: unknown): number {
  const a = nameTokens(x);
  const b = nameTokens(y);
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const word of a) if (b.has(word)) shared++;
  return (2 * shared) / (a.size + b.size);
}

const sameName = (x: unknown, y: unknown): boolean =>
  isBlank(x) || isBlank(y) ? isBlank(x) && isBlank(y) : nameOverlap(x, y) > 0.5;
const shared = (x: Place | undefined, y: Place | undefined): number =>
  x !== undefined && y !== undefined ? Math.max(0, Math.min(x.b, y.b) - Math.max(x.a, y.a)) : 0;
function iou(x: Place | undefined, y: Place | undefined): number {
  const s = shared(x, y);
  return s > 0 && x !== undefined && y !== undefined ? s / (x.b - x.a + y.b - y.a - s) : 0;
}
const gap = (x: Place | undefined, y: Place | undefined): number =>
  x !== undefined && y !== undefined
    ? Math.max(0, Math.max(x.a, y.a) - Math.min(x.b, y.b))
    : Number.POSITIVE_INFINITY;
const numeric = (v: unknown): number | null => (isBlank(v) ? null : Number(v));
function sameNumber(x: unknown, y: unknown): boolean {
  const [a, b] = [numeric(x), numeric(y)];
  return a === null || b === null ? a === b : Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));
}
const sameValue = (g: Json, p: Json): boolean =>
  sameNumber(g["low"], p["low"]) && sameNumber(g["high"], p["high"]) && sameNumber(g["exact"], p["exact"]);
/** RETREAT counts as CONCEDE. */
const rootType = (v: unknown): string | null => (lower(v) === "retreat" ? "concede" : lower(v));
const sameType = (g: Json, p: Json): boolean => rootType(g["type"]) === rootType(p["type"]);
const named = (parties: unknown): unknown[] =>
  records(parties)
    .map((p) => p["text"])
    .filter((t) => !isBlank(t));
function sameParty(g: unknown, p: unknown): boolean {
  const [a, b] = [named(g), named(p)];
  return a.length === 0 || b.length === 0
    ? a.length === b.length
    : a.some((x) => b.some((y) => nameOverlap(x, y) >= 0.5));
}
const codes = (parties: unknown, field: string): (string | null)[] => [
  ...new Set(
    records(parties)
      .map((p) => p[field])
      .filter((c) => !isBlank(c))
      .map(lower),
  ),
];
function sameCodes(g: unknown, p: unknown, field: string): boolean {
  const [a, b] = [codes(g, field), codes(p, field)];
  return a.length === 0 || b.length === 0 ? a.length === b.length : a.some((x) => b.includes(x));
}
function sameDatePrefix(x: unknown, y: unknown): boolean {
  const parts = (d: unknown): string[] | null =>
    isBlank(d) ? null : (String(d).split("T")[0] ?? "").split("-");
  const [a, b] = [parts(x), parts(y)];
  if (a === null || b === null) return a === b;
  return a.slice(0, Math.min(a.length, b.length)).every((v, i) => v === b[i]);
}
const sameOrNull = (x: unknown, y: unknown): boolean => (x ?? null) === (y ?? null);

/** Greedy one-to-one pairs; a rank is a list of numbers compared in order, larger first; nothing means no pair. */
function pairUp(
  gold: readonly Item[],
  pred: readonly Item[],
  rank: (g: Item, p: Item) => number[] | undefined,
): [Item, Item][] {
  const all: { g: Item; p: Item; r: number[] }[] = [];
  for (const g of gold)
    for (const p of pred) {
      const r = rank(g, p);
      if (r !== undefined) all.push({ g, p, r });
    }
  all.sort((x, y) => {
    for (let i = 0; i < x.r.length; i++) if (x.r[i] !== y.r[i]) return (y.r[i] ?? 0) - (x.r[i] ?? 0);
    return x.g.i - y.g.i || x.p.i - y.p.i;
  });
  const usedGold = new Set<Item>();
  const usedPred = new Set<Item>();
  const out: [Item, Item][] = [];
  for (const { g, p } of all) {
    if (usedGold.has(g) || usedPred.has(p)) continue;
    usedGold.add(g);
    usedPred.add(p);
    out.push([g, p]);
  }
  return out;
}

type Ratio = { correct: number; n: number };
type Part = { gold: number; pred: number; hits: Record<string, number>; matched: Record<string, Ratio> };
type Tally = { quantities: Part; quotes: Part; events: Part; genre: Ratio };
const part = (hits: readonly string[], matched: readonly string[]): Part => ({
  gold: 0,
  pred: 0,
  hits: Object.fromEntries(hits.map((k) => [k, 0])),
  matched: Object.fromEntries(matched.map((k) => [k, { correct: 0, n: 0 }])),
});
const blank = (): Tally => ({
  quantities: part(["full", "spanOnly", "valueOnly"], ["assertion", "speaker", "hedge", "unit"]),
  quotes: part(["full", "spanOnly"], ["stance", "kind"]),
  events: part(
    ["type", "typeActorRecipient", "typeCountries", "windowOnly"],
    ["status", "assertion", "mode", "date", "dateExact", "place", "sector"],
  ),
  genre: { correct: 0, n: 0 },
});
function tick(ratio: Ratio | undefined, ok: boolean): void {
  if (ratio === undefined) return;
  ratio.n++;
  if (ok) ratio.correct++;
}
const hit = (p: Part, key: string, n: number): void => {
  p.hits[key] = (p.hits[key] ?? 0) + n;
};
const sameLower = (g: Json, p: Json, key: string): boolean => lower(g[key]) === lower(p[key]);

function scoreQuantities(gold: Prepared, pred: Prepared, t: Part): void {
  t.gold += gold.quantities.length;
  t.pred += pred.quantities.length;
  const rank = (ok: (g: Json, p: Json) => boolean) => (g: Item, p: Item) => {
    const overlap = iou(g.at, p.at);
    if (overlap < IOU || !ok(g.value, p.value)) return undefined;
    return [
      overlap,
      Number(sameLower(g.value, p.value, "assertion")) +
        Number(sameName(g.value["speaker"], p.value["speaker"])),
    ];
  };
  const full = pairUp(
    gold.quantities,
    pred.quantities,
    rank((g, p) => sameLower(g, p, "measure") && sameValue(g, p)),
  );
  hit(t, "full", full.length);
  hit(
    t,
    "spanOnly",
    pairUp(
      gold.quantities,
      pred.quantities,
      rank(() => true),
    ).length,
  );
  hit(t, "valueOnly", pairUp(gold.quantities, pred.quantities, rank(sameValue)).length);
  for (const [g, p] of full) {
    tick(t.matched["assertion"], sameLower(g.value, p.value, "assertion"));
    for (const key of ["speaker", "hedge", "unit"])
      tick(t.matched[key], sameName(g.value[key], p.value[key]));
  }
}

function scoreQuotes(gold: Prepared, pred: Prepared, t: Part): void {
  t.gold += gold.quotes.length;
  t.pred += pred.quotes.length;
  const rank = (ok: (g: Json, p: Json) => boolean) => (g: Item, p: Item) => {
    const overlap = iou(g.at, p.at);
    if (overlap < IOU || !ok(g.value, p.value)) return undefined;
    return [
      overlap,
      Number(sameName(g.value["speaker"], p.value["speaker"])),
      Number(sameLower(g.value, p.value, "stance")),
    ];
  };
  const full = pairUp(
    gold.quotes,
    pred.quotes,
    rank((g, p) => sameName(g["speaker"], p["speaker"])),
  );
  hit(t, "full", full.length);
  hit(
    t,
    "spanOnly",
    pairUp(
      gold.quotes,
      pred.quotes,
      rank(() => true),
    ).length,
  );
  for (const [g, p] of full)
    for (const key of ["stance", "kind"]) tick(t.matched[key], sameLower(g.value, p.value, key));
}

function scoreEvents(gold: Prepared, pred: Prepared, t: Part): void {
  t.gold += gold.events.length;
  t.pred += pred.events.length;
  const agreement = (g: Json, p: Json): number =>
    [
      sameParty(g["actors"], p["actors"]),
      sameParty(g["recipients"], p["recipients"]),
      sameCodes(g["actors"], p["actors"], "country"),
      sameCodes(g["recipients"], p["recipients"], "country"),
      sameLower(g, p, "mode"),
      sameLower(g, p, "status"),
      sameOrNull(g["date"], p["date"]),
      sameLower(g, p, "assertion"),
    ].filter(Boolean).length;
  const rank = (ok: (g: Json, p: Json) => boolean) => (g: Item, p: Item) => {
    const distance = gap(g.at, p.at);
    if (distance > WINDOW || !ok(g.value, p.value)) return undefined;
    const touches = shared(g.at, p.at) > 0;
    return [
      Number(touches),
      touches ? iou(g.at, p.at) : 0,
      Number(sameType(g.value, p.value)),
      agreement(g.value, p.value),
      -distance,
    ];
  };
  const typed = pairUp(gold.events, pred.events, rank(sameType));
  hit(t, "type", typed.length);
  hit(
    t,
    "windowOnly",
    pairUp(
      gold.events,
      pred.events,
      rank(() => true),
    ).length,
  );
  for (const [{ value: g }, { value: p }] of typed) {
    hit(
      t,
      "typeActorRecipient",
      Number(sameParty(g["actors"], p["actors"]) && sameParty(g["recipients"], p["recipients"])),
    );
    hit(
      t,
      "typeCountries",
      Number(
        sameCodes(g["actors"], p["actors"], "country") &&
          sameCodes(g["recipients"], p["recipients"], "country"),
      ),
    );
    for (const key of ["status", "assertion", "mode"]) tick(t.matched[key], sameLower(g, p, key));
    tick(t.matched["place"], sameName(g["place"], p["place"]));
    tick(
      t.matched["sector"],
      sameCodes(g["actors"], p["actors"], "sector") && sameCodes(g["recipients"], p["recipients"], "sector"),
    );
    tick(t.matched["date"], sameDatePrefix(g["date"], p["date"]));
    tick(t.matched["dateExact"], sameOrNull(g["date"], p["date"]));
  }
}

export type Prf = {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly tp: number;
  readonly gold: number;
  readonly pred: number;
};
export type Accuracy = { readonly accuracy: number; readonly correct: number; readonly n: number };
export type PartScore = { readonly [measure: string]: Prf | { readonly [field: string]: Accuracy } };
export type GoldScore = {
  readonly articles: {
    readonly gold: number;
    readonly pred: number;
    readonly scored: number;
    readonly missing: number;
  };
  readonly quantities: PartScore;
  readonly quotes: PartScore;
  readonly events: PartScore;
  readonly genre: Accuracy;
};

const round = (x: number): number => Math.round(x * 1e4) / 1e4;
const accuracy = ({ correct, n }: Ratio, none: boolean): Accuracy => ({
  accuracy: n > 0 ? round(correct / n) : none ? 1 : 0,
  correct,
  n,
});
function summary(t: Part): PartScore {
  const none = t.gold === 0 && t.pred === 0;
  const prf = (tp: number): Prf => {
    const precision = none ? 1 : t.pred > 0 ? tp / t.pred : 0;
    const recall = none ? 1 : t.gold > 0 ? tp / t.gold : 0;
    const f1 = precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
    return {
      precision: round(precision),
      recall: round(recall),
      f1: round(f1),
      tp,
      gold: t.gold,
      pred: t.pred,
    };
  };
  return {
    ...Object.fromEntries(Object.entries(t.hits).map(([k, tp]) => [k, prf(tp)])),
    onMatched: Object.fromEntries(Object.entries(t.matched).map(([k, r]) => [k, accuracy(r, none)])),
  };
}

/** Articles of the gold set without a prediction count as misses. */
export function scoreGold(
  texts: Readonly<Record<string, string>>,
  gold: Readonly<Record<string, GoldArticle>>,
  pred: Readonly<Record<string, GoldArticle>>,
): GoldScore {
  const t = blank();
  const ids = Object.keys(gold).sort();
  for (const id of ids) {
    const text = texts[id] ?? "";
    const g = prepare(gold[id], text);
    const p = prepare(pred[id], text);
    scoreQuantities(g, p, t.quantities);
    scoreQuotes(g, p, t.quotes);
    scoreEvents(g, p, t.events);
    tick(t.genre, lower(g.genre) !== null && lower(g.genre) === lower(p.genre));
  }
  const missing = ids.filter((id) => pred[id] === undefined).length;
  return {
    articles: { gold: ids.length, pred: Object.keys(pred).length, scored: ids.length, missing },
    quantities: summary(t.quantities),
    quotes: summary(t.quotes),
    events: summary(t.events),
    genre: accuracy(t.genre, false),
  };
}

/** What `toGold` needs of a reading: a whole `Reading` will do. */
export type GoldSource = {
  readonly article: { readonly genre: string };
  readonly quantities: readonly Quantity[];
  readonly quotes: readonly Quote[];
  readonly events: readonly Event[];
};
const orNull = <T>(value: T | undefined): T | null => value ?? null;
/** Offsets into the text the reading was made from, moved by `shift` when the gold text has lines before it. */
const goldSpan = (span: Span, shift: number): { start: number; end: number } => ({
  start: span.start + shift,
  end: span.end + shift,
});

export function toGold(reading: GoldSource, id: string, shift = 0): Record<string, unknown> {
  const party = (p: Event["actor"][number]): Record<string, unknown> => ({
    text: p.words,
    country: orNull(p.country),
    sector: orNull(p.sector),
  });
  return {
    id,
    genre: reading.article.genre,
    quantities: reading.quantities.map((q) => ({
      span: goldSpan(q.span, shift),
      measure: q.measure,
      low: orNull(q.low),
      high: orNull(q.high),
      exact: orNull(q.exact),
      hedge: orNull(q.hedge),
      unit: q.unit === "" ? null : q.unit,
      speaker: orNull(q.speaker),
      assertion: q.assertion === "opinion" ? "reported" : q.assertion,
      via: orNull(q.via),
      kind: orNull(q.kind),
      per: orNull(q.per),
      ofWhom: orNull(q.ofWhom),
    })),
    quotes: reading.quotes.map((q) => ({
      speaker: orNull(q.speaker),
      speakerSpan: q.speakerSpan === undefined ? null : goldSpan(q.speakerSpan, shift),
      cue: q.cue === undefined ? null : goldSpan(q.cue.span, shift),
      span: goldSpan(q.span, shift),
      via: orNull(q.via),
      kind: q.kind,
      stance: q.stance,
    })),
    events: reading.events.map((e) => ({
      trigger: goldSpan(e.span, shift),
      type: e.eventType,
      mode: orNull(e.mode),
      actors: e.actor.map(party),
      recipients: e.recipient.map(party),
      date: goldDate(e),
      place: orNull(e.place?.name),
      status: e.status,
      background: e.background,
      certainty: orNull(e.certainty),
      assertion: e.assertion === "hypothetical" ? "reported" : e.assertion,
      via: orNull(e.via),
      speaker: e.assertion === "reported" ? null : orNull(e.speaker),
    })),
  };
}

function goldDate(event: Event): string | null {
  const { happened } = event;
  if (happened?.start === undefined) return null;
  // The guide cuts a date at what the text supports: a guess from the day of the report is good for the month.
  if (happened.basis === "publication") return happened.start.slice(0, 7);
  const day = happened.start.slice(0, 10);
  const end = happened.end?.slice(0, 10);
  return end === undefined || end === day ? day : `${day}/${end}`;
}
