/**
 * Scores article extraction: gold records and predictions → text, segment, title, author and date figures.
 *
 * Text: 4-token shingles, true and false positives normalised per page, precision and recall averaged over pages, F1 of
 * the two means (the measure of scrapinghub/article-extraction-benchmark). Segments: share of sentences that must and
 * must not occur (the measure of trafilatura's evaluation). Title, authors, date: equality after folding.
 */

export type ExtractGold = {
  readonly source?: string;
  readonly key?: string;
  readonly url?: string;
  readonly text?: string;
  readonly articleBody?: string;
  /** Paragraphs; those marked optional count only when the prediction holds most of them. */
  readonly parts?: readonly (readonly [string, unknown])[];
  readonly with?: readonly string[];
  readonly without?: readonly string[];
  readonly title?: string;
  readonly authors?: readonly string[];
  readonly date?: string;
};

export type ExtractPrediction = {
  readonly title?: string | undefined;
  readonly authors?: readonly string[] | string | undefined;
  readonly author?: readonly string[] | string | undefined;
  readonly date?: string | undefined;
  readonly text?: string | undefined;
  readonly articleBody?: string | undefined;
};

export type ExtractScore = {
  pages: number;
  text?: { n: number; f1: number; precision: number; recall: number; accuracy: number };
  segments?: { n: number; precision: number; recall: number; accuracy: number; f1: number };
  title?: { n: number; given: number; exact: number; containsEither: number };
  authors?: { n: number; given: number; exactSet: number; nameP: number; nameR: number; nameF1: number };
  date?: { n: number; given: number; accuracy: number; precision: number; within1day: number };
};

type Rates = readonly [tp: number, fp: number, fn: number];

const DAY = 864e5;
const tokens = (text: string): readonly string[] => text.match(/[\p{L}\p{N}_]+/gu) ?? [];
const fold = (text: unknown): string =>
  String(text ?? "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
const squash = (text: string): string => text.replace(/\s+/g, " ");
const round = (value: number): number => Number(value.toFixed(4));
const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length;
const ratio = (part: number, whole: number): number => part / (whole || 1);

function shingles(text: string): ReadonlyMap<string, number> {
  const list = tokens(text);
  const counts = new Map<string, number>();
  for (let i = 0; i < Math.max(1, list.length - 3); i++) {
    const gram = list.slice(i, i + 4);
    if (gram.length === 0) continue;
    const key = gram.join("\u0001");
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function overlap(gold: string, predicted: string): Rates {
  const a = shingles(gold);
  const b = shingles(predicted);
  let tp = 0;
  let fp = 0;
  let fn = 0;
  for (const [key, count] of a) {
    const other = b.get(key) ?? 0;
    tp += Math.min(count, other);
    fn += Math.max(0, count - other);
  }
  for (const [key, count] of b) fp += Math.max(0, count - (a.get(key) ?? 0));
  const sum = tp + fp + fn;
  return sum === 0 ? [0, 0, 0] : [tp / sum, fp / sum, fn / sum];
}

const precisionOf = ([tp, fp, fn]: Rates): number =>
  fp === 0 && fn === 0 ? 1 : tp === 0 && fp === 0 ? 0 : tp / (tp + fp);
const recallOf = ([tp, fp, fn]: Rates): number =>
  fp === 0 && fn === 0 ? 1 : tp === 0 && fn === 0 ? 0 : tp / (tp + fn);

/** Text figures of one page, for lists of the worst and for training. */
export function pageTextF1(gold: string, predicted: string): number {
  const [tp, fp, fn] = overlap(gold, predicted);
  return tp === 0 ? 0 : tp / (tp + (fp + fn) / 2);
}

function goldText(gold: ExtractGold, predicted: string): string | undefined {
  if (gold.parts === undefined || gold.text === undefined) return gold.text ?? gold.articleBody;
  const have = shingles(predicted);
  const kept = gold.parts.filter(([text, optional]) => {
    if (!optional) return true;
    const keys = [...shingles(text).keys()];
    return keys.length > 0 && keys.filter((key) => have.has(key)).length >= keys.length / 2;
  });
  return kept.map(([text]) => text).join("\n\n");
}

/**
 * @example scoreExtract({ a: { date: "2022-01-16" } }, { a: { date: "2022-01-16T10:00" } }).date?.accuracy // 1
 */
export function scoreExtract(
  gold: Readonly<Record<string, ExtractGold>>,
  predictions: Readonly<Record<string, ExtractPrediction>>,
): ExtractScore {
  const rows: Rates[] = [];
  const identical: number[] = [];
  const seg = { tp: 0, fn: 0, fp: 0, tn: 0 };
  const title = { n: 0, got: 0, exact: 0, contains: 0 };
  const authors = { n: 0, got: 0, exact: 0, tp: 0, fp: 0, fn: 0 };
  const date = { n: 0, got: 0, ok: 0, near: 0 };
  for (const [id, g] of Object.entries(gold)) {
    const p = predictions[id] ?? (g.key === undefined ? undefined : predictions[g.key]) ?? {};
    const text = p.text ?? p.articleBody ?? "";
    const wanted = goldText(g, text);
    if (wanted !== undefined) {
      rows.push(overlap(wanted, text));
      identical.push(tokens(wanted).join("\u0001") === tokens(text).join("\u0001") ? 1 : 0);
    }
    if (g.with !== undefined) {
      const flat = squash(text);
      for (const s of g.with) flat.includes(squash(s)) ? seg.tp++ : seg.fn++;
      for (const s of g.without ?? []) flat.includes(squash(s)) ? seg.fp++ : seg.tn++;
    }
    if (g.title) countTitle(title, fold(g.title), fold(p.title));
    if (g.authors !== undefined && g.authors.length > 0)
      countAuthors(authors, g.authors, p.authors ?? p.author);
    if (g.date) countDate(date, g.date, String(p.date ?? ""));
  }
  const score: ExtractScore = { pages: Object.keys(gold).length };
  if (rows.length > 0) {
    const precision = mean(rows.filter(([tp, fp]) => tp + fp > 0).map(precisionOf));
    const recall = mean(rows.filter(([tp, , fn]) => tp + fn > 0).map(recallOf));
    const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
    score.text = {
      n: rows.length,
      f1: round(f1),
      precision: round(precision),
      recall: round(recall),
      accuracy: round(mean(identical)),
    };
  }
  const segments = seg.tp + seg.fn + seg.fp + seg.tn;
  if (segments > 0) {
    const p = ratio(seg.tp, seg.tp + seg.fp);
    const r = ratio(seg.tp, seg.tp + seg.fn);
    score.segments = {
      n: segments,
      precision: round(p),
      recall: round(r),
      accuracy: round((seg.tp + seg.tn) / segments),
      f1: round(ratio(2 * p * r, p + r)),
    };
  }
  if (title.n > 0)
    score.title = {
      n: title.n,
      given: title.got,
      exact: round(title.exact / title.n),
      containsEither: round(title.contains / title.n),
    };
  if (authors.n > 0) {
    const p = ratio(authors.tp, authors.tp + authors.fp);
    const r = ratio(authors.tp, authors.tp + authors.fn);
    score.authors = {
      n: authors.n,
      given: authors.got,
      exactSet: round(authors.exact / authors.n),
      nameP: round(p),
      nameR: round(r),
      nameF1: round(ratio(2 * p * r, p + r)),
    };
  }
  if (date.n > 0)
    score.date = {
      n: date.n,
      given: date.got,
      accuracy: round(date.ok / date.n),
      precision: round(date.ok / (date.got || 1)),
      within1day: round(date.near / date.n),
    };
  return score;
}

function countTitle(
  sum: { n: number; got: number; exact: number; contains: number },
  gold: string,
  predicted: string,
): void {
  sum.n++;
  if (predicted !== "") sum.got++;
  if (gold === predicted) sum.exact++;
  if (
    predicted !== "" &&
    ((gold.includes(predicted) && predicted.length >= 0.5 * gold.length) || predicted.includes(gold))
  )
    sum.contains++;
}

function countAuthors(
  sum: { n: number; got: number; exact: number; tp: number; fp: number; fn: number },
  gold: readonly string[],
  predicted: readonly string[] | string | undefined,
): void {
  const wanted = new Set(gold.map(fold));
  const given = new Set(
    (predicted === undefined ? [] : typeof predicted === "string" ? [predicted] : predicted)
      .map(fold)
      .filter((name) => name !== ""),
  );
  sum.n++;
  if (given.size > 0) sum.got++;
  let tp = 0;
  for (const name of given) if (wanted.has(name)) tp++;
  sum.tp += tp;
  sum.fp += given.size - tp;
  sum.fn += wanted.size - tp;
  if (tp === wanted.size && tp === given.size) sum.exact++;
}

function countDate(
  sum: { n: number; got: number; ok: number; near: number },
  gold: string,
  predicted: string,
): void {
  const day = predicted.slice(0, 10);
  const wanted = gold.slice(0, 10);
  sum.n++;
  if (day !== "") sum.got++;
  if (day === wanted) sum.ok++;
  if (day !== "" && Math.abs(Date.parse(day) - Date.parse(wanted)) <= DAY) sum.near++;
}
