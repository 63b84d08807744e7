/**
 * A page's blocks and its gold record → which blocks are known to be body text, which known not to be, and how much
 * each counts. Full texts label every block; sentences that must or must not occur label single blocks; a long JSON-LD
 * body that holds all required sentences labels the long blocks, at less weight.
 */
import { wordsIn } from "../../src/article/features.ts";
import type { RawBlock } from "../../src/article/segment.ts";
import type { ExtractGold } from "../../src/eval/extract.ts";

export type Labels = {
  readonly y: Float32Array;
  readonly w: Float32Array;
  readonly kind: "full" | "body" | "segments" | "none";
};

export function labelBlocks(
  blocks: readonly RawBlock[],
  gold: ExtractGold,
  articleBody: string | undefined,
): Labels {
  const n = blocks.length;
  const y = new Float32Array(n);
  const w = new Float32Array(n);
  if (gold.text !== undefined) {
    const hit = align(blocks, gold.text);
    let total = 0;
    for (const block of blocks) total += Math.sqrt(wordsIn(block.text).length);
    for (let i = 0; i < n; i++) {
      y[i] = hit[i] ?? 0;
      w[i] = 0.6 + (Math.sqrt(wordsIn(blocks[i]?.text ?? "").length) * 150) / Math.max(1, total);
    }
    return { y, w, kind: "full" };
  }
  const flat = blocks.map((block) => block.text.replace(/\s+/g, " "));
  let any = false;
  const squash = (text: string): string => text.replace(/\s+/g, " ").trim();
  let kind: Labels["kind"] = "none";
  const usable =
    articleBody !== undefined &&
    articleBody.length > 600 &&
    (gold.with ?? []).every((s) => squash(articleBody).includes(squash(s)));
  if (usable && articleBody !== undefined) {
    const hit = align(blocks, articleBody);
    let covered = 0;
    for (let i = 0; i < n; i++) if (hit[i] === 1) covered += wordsIn(blocks[i]?.text ?? "").length;
    if (covered > wordsIn(articleBody).length * 0.8) {
      kind = "body";
      for (let i = 0; i < n; i++) {
        const long = (blocks[i]?.text.length ?? 0) > 60 && !/^h\d$/.test(blocks[i]?.tag ?? "");
        y[i] = hit[i] ?? 0;
        // Headings, lists and captions are often left out of these bodies: only what is in, or is plain prose, or far off counts.
        w[i] = hit[i] === 1 ? 0.8 : long || nearestHit(hit, i) > 6 ? 0.4 : 0;
      }
    }
  }
  for (const [list, value] of [
    [gold.with ?? [], 1],
    [gold.without ?? [], 0],
  ] as const) {
    for (const segment of list) {
      const wanted = squash(segment);
      if (wanted.length < 4) continue;
      for (let i = 0; i < n; i++) {
        if (!flat[i]?.includes(wanted)) continue;
        if (value === 1 && w[i] === 3 && y[i] === 0) continue;
        y[i] = value;
        w[i] = 3;
        any = true;
      }
    }
  }
  return { y, w, kind: kind === "body" ? "body" : any ? "segments" : "none" };
}

function nearestHit(hit: readonly number[], at: number): number {
  for (let d = 1; d < 50; d++) if (hit[at - d] === 1 || hit[at + d] === 1) return d;
  return 50;
}

/** Marks blocks whose words stand in the gold text: long ones anywhere, short ones only between their neighbours. */
export function align(blocks: readonly RawBlock[], gold: string): number[] {
  const goldWords = wordsIn(gold);
  const grams = new Map<string, number[]>();
  for (let i = 0; i + 4 <= goldWords.length; i++) {
    const key = goldWords.slice(i, i + 4).join(" ");
    const list = grams.get(key);
    if (list === undefined) grams.set(key, [i]);
    else if (list.length < 20) list.push(i);
  }
  const n = blocks.length;
  const hit = new Array<number>(n).fill(0);
  const from = new Int32Array(n).fill(-1);
  const to = new Int32Array(n).fill(-1);
  const lists = blocks.map((block) => wordsIn(block.text));
  for (let i = 0; i < n; i++) {
    const list = lists[i] ?? [];
    if (list.length < 7) continue;
    let found = 0;
    let total = 0;
    let first = -1;
    let last = -1;
    for (let k = 0; k + 4 <= list.length; k++) {
      total++;
      const positions = grams.get(list.slice(k, k + 4).join(" "));
      if (positions === undefined) continue;
      found++;
      const position = positions[0] ?? -1;
      if (first < 0) first = position;
      last = position + 4;
    }
    if (found >= total * 0.6) {
      hit[i] = 1;
      from[i] = first;
      to[i] = last;
    }
  }
  const flat = ` ${goldWords.join(" ")} `;
  const offsets: number[] = [0];
  for (const word of goldWords) offsets.push((offsets[offsets.length - 1] ?? 0) + word.length + 1);
  let previous = 0;
  for (let i = 0; i < n; i++) {
    if (hit[i] === 1) {
      previous = Math.max(0, to[i] ?? 0);
      continue;
    }
    const list = lists[i] ?? [];
    if (list.length === 0 || list.length >= 7) continue;
    let next = goldWords.length;
    for (let k = i + 1; k < Math.min(n, i + 40); k++)
      if (hit[k] === 1 && (from[k] ?? -1) >= 0) {
        next = from[k] ?? next;
        break;
      }
    if (next <= previous) continue;
    const noNext = next === goldWords.length;
    const end = noNext ? Math.min(goldWords.length, previous + 60) : Math.min(next, previous + 150);
    const window = flat.slice(offsets[previous] ?? 0, (offsets[end] ?? flat.length) + 1);
    const at = window.indexOf(` ${list.join(" ")} `);
    if (at >= 0) {
      hit[i] = 1;
      const words = window
        .slice(0, at)
        .trim()
        .split(" ")
        .filter((word) => word !== "").length;
      previous = previous + words + list.length;
    }
  }
  return hit;
}
