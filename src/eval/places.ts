/** Ambiguous place names in our own sentences: the share resolved to the right kind, country and first-order division. */
export type PlaceCase = {
  readonly text: string;
  readonly words: string;
  readonly start: number;
  readonly kind: "country" | "admin1" | "city" | "government";
  readonly country: string;
  readonly admin1?: string;
};
export type PlaceAnswer = {
  readonly kind: string;
  readonly country: string;
  readonly admin1?: string | undefined;
};

/** `resolve` is given the text and the offsets of the name. */
export function scorePlaces(
  cases: readonly PlaceCase[],
  resolve: (text: string, start: number, end: number) => PlaceAnswer | undefined,
): {
  readonly n: number;
  readonly correct: number;
  readonly accuracy: number;
  readonly wrong: readonly string[];
} {
  const wrong: string[] = [];
  for (const c of cases) {
    const got = resolve(c.text, c.start, c.start + c.words.length);
    const right =
      got?.kind === c.kind &&
      got.country === c.country &&
      (c.admin1 === undefined || got.admin1 === c.admin1);
    if (!right)
      wrong.push(
        `${c.words}: wanted ${c.kind} ${c.country} ${c.admin1 ?? ""}, got ${got ? `${got.kind} ${got.country} ${got.admin1 ?? ""}` : "nothing"} — ${c.text}`,
      );
  }
  const correct = cases.length - wrong.length;
  return { n: cases.length, correct, accuracy: Number((correct / (cases.length || 1)).toFixed(4)), wrong };
}
