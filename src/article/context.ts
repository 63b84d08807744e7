/**
 * First judgement of every block → a second row of figures that sees the page as a whole: what the neighbours,
 * the containers and blocks built alike were taken for, and where the run of body text begins and ends.
 */
import { type PageFacts, span } from "./features.ts";
import type { Frame } from "./segment.ts";

export const CONTEXT_WIDTH = 34;

export function contextRows(facts: PageFacts, first: Float64Array): readonly Float32Array[] {
  const { blocks, totals, signatures } = facts;
  const n = blocks.length;
  const mass = new Float64Array(n + 1);
  const count = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    mass[i + 1] = (mass[i] ?? 0) + (first[i] ?? 0) * (blocks[i]?.text.length ?? 0);
    count[i + 1] = (count[i] ?? 0) + (first[i] ?? 0);
  }
  const all = mass[n] ?? 0;
  const alike = new Map<string, { sum: number; chars: number }>();
  for (let i = 0; i < n; i++) {
    const key = signatures[i] ?? "";
    const group = alike.get(key) ?? { sum: 0, chars: 0 };
    const length = blocks[i]?.text.length ?? 0;
    group.sum += (first[i] ?? 0) * length;
    group.chars += length;
    alike.set(key, group);
  }
  const main = heaviest(facts, mass, all, 0.6);
  const wide = heaviest(facts, mass, all, 0.9);
  let begin = n;
  let finish = -1;
  for (let i = 0; i < n; i++) {
    if ((first[i] ?? 0) > 0.5 && (blocks[i]?.text.length ?? 0) >= 60) {
      if (begin === n) begin = i;
      finish = i;
    }
  }
  const strongBefore = new Int32Array(n);
  for (let i = 0, last = -1; i < n; i++) {
    strongBefore[i] = last < 0 ? 60 : Math.min(60, i - last);
    if ((first[i] ?? 0) > 0.7) last = i;
  }
  const strongAfter = new Int32Array(n);
  for (let i = n - 1, last = -1; i >= 0; i--) {
    strongAfter[i] = last < 0 ? 60 : Math.min(60, last - i);
    if ((first[i] ?? 0) > 0.7) last = i;
  }

  const rows: Float32Array[] = [];
  for (let i = 0; i < n; i++) {
    const block = blocks[i];
    if (block === undefined) break;
    const row = new Float32Array(CONTEXT_WIDTH);
    let at = 0;
    const put = (value: number): void => {
      row[at++] = value;
    };
    put(first[i] ?? 0);
    for (const step of [-3, -2, -1, 1, 2, 3])
      put(i + step < 0 || i + step >= n ? -0.2 : (first[i + step] ?? 0));
    for (const radius of [5, 12]) {
      const from = Math.max(0, i - radius);
      const to = Math.min(n, i + radius + 1);
      put(
        (span(mass, from, i) + span(mass, i + 1, to)) /
          Math.max(1, span(totals.chars, from, i) + span(totals.chars, i + 1, to)),
      );
    }
    let frame: Frame | undefined = block.frame;
    for (let level = 0; level < 4; level++) {
      const chars = frame === undefined ? 0 : span(totals.chars, frame.first, frame.end);
      put(frame === undefined || chars === 0 ? -0.2 : span(mass, frame.first, frame.end) / chars);
      put(frame === undefined ? 0 : span(mass, frame.first, frame.end) / Math.max(1, all));
      frame = frame?.parent;
    }
    // The same without the block itself: what its siblings say
    const parent = block.frame.parent;
    const others =
      parent === undefined ? 0 : span(totals.chars, parent.first, parent.end) - block.text.length;
    put(
      parent === undefined || others <= 0
        ? -0.2
        : (span(mass, parent.first, parent.end) - (first[i] ?? 0) * block.text.length) / others,
    );
    const group = alike.get(signatures[i] ?? "");
    const rest = (group?.chars ?? 0) - block.text.length;
    put(rest <= 0 ? -0.2 : ((group?.sum ?? 0) - (first[i] ?? 0) * block.text.length) / rest);
    put(span(mass, 0, i) / Math.max(1, all));
    put(begin === n ? 0 : i < begin ? begin - i : 0);
    put(finish < 0 ? 0 : i > finish ? i - finish : 0);
    put(strongBefore[i] ?? 60);
    put(strongAfter[i] ?? 60);
    put(main === undefined ? 0 : distance(block.frame, main));
    put(main === undefined ? 0 : i < main.first ? -1 : i >= main.end ? 1 : 0);
    put(wide === undefined ? 0 : distance(block.frame, wide));
    put(
      main === undefined
        ? 0
        : span(mass, main.first, main.end) / Math.max(1, span(totals.chars, main.first, main.end)),
    );
    put(Math.log(1 + all));
    put(count[n] ?? 0);
    rows.push(row);
  }
  return rows;
}

/** Smallest container that holds a given share of what was taken for body text. */
function heaviest(facts: PageFacts, mass: Float64Array, all: number, share: number): Frame | undefined {
  if (all <= 0) return undefined;
  let best: Frame | undefined;
  let bestSize = Number.POSITIVE_INFINITY;
  for (const frame of facts.frames.keys()) {
    if (span(mass, frame.first, frame.end) < all * share) continue;
    const size = frame.end - frame.first - frame.depth / 1000;
    if (size < bestSize) [best, bestSize] = [frame, size];
  }
  return best;
}

/** Levels from the block up to the container, or 20 when it stands outside. */
function distance(from: Frame, to: Frame): number {
  let up = 0;
  for (let frame: Frame | undefined = from; frame !== undefined && up < 20; frame = frame.parent, up++)
    if (frame === to) return up;
  return 20;
}
