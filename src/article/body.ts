/**
 * Judged blocks → the article's body: the blocks kept, in reading order, none twice.
 * Keeps why a block was dropped only as a probability; the judge is src/article/weights.ts.
 */
import { wordsIn } from "./features.ts";
import { FLAG, type RawBlock } from "./segment.ts";

export type BodyBlock = { readonly raw: RawBlock; readonly text: string; readonly probability: number };

export function chooseBlocks(
  blocks: readonly RawBlock[],
  probability: Float64Array,
  threshold: number,
  titleKeys: ReadonlySet<string>,
): readonly BodyBlock[] {
  const chosen: { index: number; key: string; text: string }[] = [];
  const seen = new Map<string, number>();
  let prose = 0;
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i];
    if (block === undefined || (probability[i] ?? 0) < threshold) continue;
    const key = wordsIn(block.text).join(" ");
    // The headline repeated before the text is no part of the body
    if (prose < 1 && titleKeys.has(key)) continue;
    const earlier = seen.get(key);
    if (earlier !== undefined && key.length > 30) {
      // Printed twice: keep the one that is shown, or the likelier
      const other = chosen[earlier];
      if (other !== undefined) {
        const otherBlock = blocks[other.index];
        const hiddenFirst =
          otherBlock !== undefined &&
          (otherBlock.frame.flags & FLAG.hidden) !== 0 &&
          (block.frame.flags & FLAG.hidden) === 0;
        if (hiddenFirst) other.text = "";
        else continue;
      }
    }
    if (block.text.length > 80) prose++;
    seen.set(key, chosen.length);
    chosen.push({ index: i, key, text: block.text });
  }
  const kept = chosen.filter((c) => c.text !== "");
  return kept.flatMap((c) => {
    const raw = blocks[c.index];
    return raw === undefined ? [] : [{ raw, text: c.text, probability: probability[c.index] ?? 0 }];
  });
}
