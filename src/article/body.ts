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
  const readers = readersSpeakOnly(blocks, probability, threshold);
  const chosen: { index: number; key: string; text: string }[] = [];
  const seen = new Map<string, number>();
  let prose = 0;
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i];
    if (block === undefined || (probability[i] ?? 0) < threshold) continue;
    if (!readers && (block.frame.flags & FLAG.comment) !== 0) continue;
    const key = wordsIn(block.text).join(" ");
    // The headline repeated before the text is no part of the body
    if (prose < 1 && titleKeys.has(key)) continue;
    const earlier = seen.get(key);
    const before = earlier === undefined ? undefined : blocks[chosen[earlier]?.index ?? -1];
    if (earlier !== undefined && before !== undefined && isCopy(before, block, key)) {
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

/** True when nearly all text stands in comments: a forum, where the posts are the text. */
function readersSpeakOnly(
  blocks: readonly RawBlock[],
  probability: Float64Array,
  threshold: number,
): boolean {
  let outside = 0;
  blocks.forEach((block, i) => {
    if (
      (probability[i] ?? 0) >= threshold &&
      block.text.length > 60 &&
      (block.frame.flags & FLAG.comment) === 0
    )
      outside += block.text.length;
  });
  return outside < 250;
}

/** A long text twice is one text printed twice; a short one may be a row of a list, if it is built and placed like the first. */
function isCopy(first: RawBlock, second: RawBlock, key: string): boolean {
  if (key.length <= 30) return false;
  if (key.length > 140) return true;
  const place = ({ tag, frame }: RawBlock): string =>
    `${tag} ${frame.depth} ${frame.flags & FLAG.hidden} ${frame.words.join(".")} ${frame.parent?.words.join(".")}`;
  return place(first) !== place(second);
}
