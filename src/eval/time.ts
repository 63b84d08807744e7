/**
 * Accuracy of reading times over cases of our own (test/eval/time.jsonl): a case is right when a span that overlaps the
 * case's words has the same kind, start, end, duration and precision. A case without words is right when nothing that is
 * a date or a time is found. Words themselves are not compared: where a phrase begins is a matter of taste.
 */
export type TimeCase = {
  readonly text: string;
  readonly publishedAt: string;
  readonly zone?: string;
  readonly lang?: string;
  /** Null: the text holds no date or time. */
  readonly words: string | null;
  readonly kind?: string;
  readonly start?: string;
  readonly end?: string;
  readonly duration?: string;
  readonly precision?: string;
};

export type TimeAnswer = {
  readonly span: { readonly start: number; readonly end: number };
  readonly kind: string;
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly duration?: string | undefined;
  readonly precision: string;
};

export type TimeScore = {
  readonly n: number;
  readonly correct: number;
  readonly accuracy: number;
  readonly wrong: readonly { readonly case: TimeCase; readonly got: readonly TimeAnswer[] }[];
};

function isRight(item: TimeCase, found: readonly TimeAnswer[]): boolean {
  if (item.words === null) return !found.some((f) => f.kind === "date" || f.kind === "time");
  const at = item.text.indexOf(item.words);
  const end = at + item.words.length;
  const near = found
    .filter((f) => f.span.start < end && f.span.end > at)
    .sort(
      (a, b) =>
        Math.min(b.span.end, end) -
        Math.max(b.span.start, at) -
        Math.min(a.span.end, end) +
        Math.max(a.span.start, at),
    )[0];
  if (near === undefined || near.kind !== item.kind || near.precision !== item.precision) return false;
  if (item.kind === "set") return true;
  if (item.kind === "duration") return near.duration === item.duration;
  return near.start === item.start && near.end === item.end;
}

export function evalTime(
  cases: readonly TimeCase[],
  find: (item: TimeCase) => readonly TimeAnswer[],
): TimeScore {
  const wrong: { case: TimeCase; got: readonly TimeAnswer[] }[] = [];
  for (const item of cases) {
    const got = find(item);
    if (!isRight(item, got)) wrong.push({ case: item, got });
  }
  const correct = cases.length - wrong.length;
  return { n: cases.length, correct, accuracy: cases.length === 0 ? 1 : correct / cases.length, wrong };
}
