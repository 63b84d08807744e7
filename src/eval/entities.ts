/** Entity scores: strict span and type (CoNLL-2003 evaluation), per type and micro over PER, ORG, LOC. */
export type EntityScore = { readonly p: number; readonly r: number; readonly f1: number };

const TYPES = ["PER", "LOC", "ORG"] as const;

function spans(tags: readonly string[]): Set<string> {
  const out = new Set<string>();
  let start = -1;
  let type = "";
  const close = (end: number) => {
    if (start >= 0 && (TYPES as readonly string[]).includes(type)) out.add(`${start}-${end}-${type}`);
    start = -1;
  };
  tags.forEach((tag, i) => {
    const kind = tag.slice(2);
    if (tag === "O") close(i);
    else if (tag.startsWith("B-") || start < 0 || kind !== type) {
      close(i);
      start = i;
      type = kind;
    }
  });
  close(tags.length);
  return out;
}

const score = (tp: number, fp: number, fn: number): EntityScore => {
  const p = tp / (tp + fp || 1);
  const r = tp / (tp + fn || 1);
  const round = (x: number) => Number(x.toFixed(4));
  return { p: round(p), r: round(r), f1: round((2 * p * r) / (p + r || 1)) };
};

/** Gold and predicted tags, sentence by sentence. */
export function scoreEntities(
  gold: readonly (readonly string[])[],
  predicted: readonly (readonly string[])[],
): Readonly<Record<"PER" | "LOC" | "ORG" | "ALL", EntityScore>> {
  const count = new Map<string, [number, number, number]>(
    ["PER", "LOC", "ORG", "ALL"].map((t) => [t, [0, 0, 0]]),
  );
  const add = (type: string, k: 0 | 1 | 2) => {
    for (const t of [type, "ALL"]) {
      const row = count.get(t);
      if (row) row[k]++;
    }
  };
  gold.forEach((tags, i) => {
    const g = spans(tags);
    const p = spans(predicted[i] ?? []);
    for (const s of p) add(s.slice(-3), g.has(s) ? 0 : 1);
    for (const s of g) if (!p.has(s)) add(s.slice(-3), 2);
  });
  const of = (type: string) => score(...(count.get(type) ?? [0, 0, 0]));
  return { PER: of("PER"), LOC: of("LOC"), ORG: of("ORG"), ALL: of("ALL") };
}
