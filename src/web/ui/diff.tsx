/** Two versions of a text side by side, words removed and added marked. Myers' O(ND) difference over words, with a bound. */
import type { Child } from "hono/jsx";

export type Change = { readonly kind: "same" | "removed" | "added"; readonly text: string };

/** Difference of two lists as runs. Past `limit` edits the rest is given as one removal and one addition. */
export function difference(a: readonly string[], b: readonly string[], limit = 600): readonly Change[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail++;
  const changes: Change[] = [];
  const push = (kind: Change["kind"], words: readonly string[]) => {
    if (words.length === 0) return;
    const last = changes.at(-1);
    if (last?.kind === kind) changes[changes.length - 1] = { kind, text: last.text + words.join("") };
    else changes.push({ kind, text: words.join("") });
  };
  push("same", a.slice(0, head));
  for (const [kind, words] of middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail), limit))
    push(kind, words);
  push("same", a.slice(a.length - tail));
  return changes;
}

function middle(
  a: readonly string[],
  b: readonly string[],
  limit: number,
): readonly (readonly [Change["kind"], readonly string[]])[] {
  const whole = [
    ["removed", a],
    ["added", b],
  ] as const;
  if (a.length === 0 || b.length === 0) return whole;
  const trail: Map<number, number>[] = [];
  let reach = new Map<number, number>([[1, 0]]);
  for (let d = 0; d <= Math.min(limit, a.length + b.length); d++) {
    trail.push(new Map(reach));
    const next = new Map(reach);
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (next.get(k - 1) ?? -1) < (next.get(k + 1) ?? -1));
      let x = down ? (next.get(k + 1) ?? 0) : (next.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) return walkBack(a, b, trail, d);
    }
    reach = next;
  }
  return whole;
}

function walkBack(
  a: readonly string[],
  b: readonly string[],
  trail: readonly Map<number, number>[],
  edits: number,
): readonly (readonly [Change["kind"], readonly string[]])[] {
  const out: [Change["kind"], string[]][] = [];
  let [x, y] = [a.length, b.length];
  for (let d = edits; d >= 0; d--) {
    const reach = trail[d] ?? new Map<number, number>();
    const k = x - y;
    const down = k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1));
    const previous = down ? k + 1 : k - 1;
    const px = d === 0 ? 0 : (reach.get(previous) ?? 0);
    const py = px - previous;
    while (x > Math.max(px, 0) && y > Math.max(d === 0 ? 0 : py, 0) && a[x - 1] === b[y - 1]) {
      out.push(["same", [a[x - 1] ?? ""]]);
      x--;
      y--;
    }
    if (d === 0) break;
    if (down) {
      out.push(["added", [b[y - 1] ?? ""]]);
      y--;
    } else {
      out.push(["removed", [a[x - 1] ?? ""]]);
      x--;
    }
  }
  return out.reverse();
}

export const words = (text: string): readonly string[] => text.match(/\s+|[^\s]+/g) ?? [];

export const DiffPair = ({
  before,
  after,
  language,
  titles,
}: {
  before: string;
  after: string;
  language: string;
  titles: readonly [string, string];
}) => {
  const changes = difference(words(before), words(after));
  const side = (skip: Change["kind"], wrap: (text: string) => Child) => (
    <div class="text" lang={language} dir="auto">
      {paragraphs(changes.filter((c) => c.kind !== skip))
        .map(joined)
        .map((p) => (
          <p>{p.map((c) => (c.kind === "same" ? c.text : wrap(c.text)))}</p>
        ))}
    </div>
  );
  return (
    <div class="versions">
      <div>
        <h3 class="label">{titles[0]}</h3>
        {side("added", (text) => (
          <del>{text}</del>
        ))}
      </div>
      <div>
        <h3 class="label">{titles[1]}</h3>
        {side("removed", (text) => (
          <ins>{text}</ins>
        ))}
      </div>
    </div>
  );
};

/** A blank between two changed words belongs to the change: a phrase is marked as one. */
export function joined(changes: readonly Change[]): readonly Change[] {
  const out: Change[] = [];
  changes.forEach((c, i) => {
    const last = out.at(-1);
    const next = changes[i + 1];
    const blank = c.kind === "same" && c.text.trim() === "" && last?.kind === next?.kind;
    const kind = blank && last !== undefined ? last.kind : c.kind;
    if (last !== undefined && last.kind === kind) out[out.length - 1] = { kind, text: last.text + c.text };
    else out.push({ kind, text: c.text });
  });
  return out;
}

/** Cuts runs of changes at blank lines. */
function paragraphs(changes: readonly Change[]): readonly (readonly Change[])[] {
  const out: Change[][] = [[]];
  for (const c of changes) {
    const parts = c.text.split(/\n+/);
    parts.forEach((text, i) => {
      if (i > 0) out.push([]);
      if (text !== "") out.at(-1)?.push({ ...c, text });
    });
  }
  return out.filter((p) => p.some((c) => c.text.trim() !== ""));
}
