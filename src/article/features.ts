/**
 * Blocks of a page → one row of figures per block, for the learnt judge of what is body text.
 *
 * What a row holds: the block's own make-up (length, links, punctuation, function words), its element and the
 * landmarks around it, generic words in class and id names and in short texts (as log-odds learnt over many sites),
 * its containers, its neighbours, its place after the headline, repetition on the page, and agreement with the
 * page's own description and JSON-LD articleBody. Follows the ideas of boilerpipe (Kohlschütter et al. 2010),
 * readability's container score and Web2Text's neighbour features (Vogels et al. 2018). Everything is linear in
 * the size of the page.
 */
import { FLAG, type Frame, type RawBlock } from "./segment.ts";

/** Word → log-odds; a Map, or while training a view that leaves out the page's own site. */
export type Odds = { get(word: string): number | undefined };

export type PageHints = {
  /** Headline candidates, folded to words. */
  readonly titles: readonly string[];
  readonly description: string | undefined;
  readonly articleBody: string | undefined;
  readonly stopwords: ReadonlySet<string> | undefined;
};

export type OddsTables = { readonly names: Odds; readonly words: Odds };

export const wordsIn = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const joined = (text: string): string => wordsIn(text).join(" ");

const DATE_LIKE =
  /\b(19|20)\d\d\b|\b\d{1,2}[./:]\d{1,2}\b|\b(jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-z]{0,6}\b/i;
const TERMINAL = /[.!?…。！？]["'”’»“)\]]*$/;

const TAGS = [
  "p",
  "li",
  "div",
  "h1",
  "h2",
  "h3",
  "h4",
  "blockquote",
  "figcaption",
  "td",
  "dd",
  "pre",
  "section",
  "article",
  "span",
] as const;
const TAG_INDEX: ReadonlyMap<string, number> = new Map(TAGS.map((tag, index) => [tag, index]));
const FLAG_BITS = Object.values(FLAG);

export type FrameFacts = {
  /** Log-odds of the frame's own names: mean; and over all around it: least, greatest, fading sum. */
  readonly own: number;
  readonly least: number;
  readonly greatest: number;
  readonly sum: number;
  readonly signature: string;
};

type Totals = { readonly chars: Float64Array; readonly link: Float64Array; readonly prose: Float64Array };

/** Everything computed once per page that both judging rounds need. */
export type PageFacts = {
  readonly blocks: readonly RawBlock[];
  readonly frames: ReadonlyMap<Frame, FrameFacts>;
  readonly rows: readonly Float32Array[];
  readonly signatures: readonly string[];
  readonly totals: Totals;
};

export const WIDTH = 128;

export function pageFacts(blocks: readonly RawBlock[], hints: PageHints, odds: OddsTables): PageFacts {
  const n = blocks.length;
  const frames = new Map<Frame, FrameFacts>();
  for (const block of blocks) factsOf(block.frame, frames, odds.names);

  const words = blocks.map((block) => wordsIn(block.text));
  const totals = runningTotals(blocks);
  const signatures = blocks.map((block) => frames.get(block.frame)?.signature ?? "");
  const signatureCount = countOf(signatures);
  const parentSignatureCount = new Map<string, Set<Frame>>();
  for (const block of blocks) {
    for (const frame of [block.frame.parent, block.frame.parent?.parent]) {
      if (frame === undefined) continue;
      const key = frames.get(frame)?.signature ?? "";
      const set = parentSignatureCount.get(key);
      if (set === undefined) parentSignatureCount.set(key, new Set([frame]));
      else set.add(frame);
    }
  }
  const textKeys = words.map((w) => w.join(" "));
  const textCount = countOf(textKeys);
  const seenText = new Set<string>();
  const top = topContainer(blocks, totals);
  const topAncestors = new Map<Frame, number>();
  for (let frame = top, height = 0; frame !== undefined; frame = frame.parent, height++)
    topAncestors.set(frame, height);
  const topProse = top === undefined ? 0 : span(totals.prose, top.first, top.end);

  const titleSets = hints.titles.map((title) => new Set(wordsIn(title)));
  const titleKeys = new Set(hints.titles.map(joined));
  const heading = headingIndex(blocks, words, titleSets, titleKeys);
  const description = hints.description === undefined ? undefined : new Set(wordsIn(hints.description));
  const body =
    hints.articleBody !== undefined && hints.articleBody.length > 200
      ? ` ${joined(hints.articleBody)} `
      : undefined;
  const allChars = totals.chars[n] ?? 0;
  const allProse = totals.prose[n] ?? 0;
  let lastHeadingOdds = 0;
  let lastHeadingAt = -1;
  let lastHeadingFrame: Frame | undefined;
  const wordOdds = words.map((list) => oddsOf(list, odds.words));
  const rows: Float32Array[] = [];

  for (let i = 0; i < n; i++) {
    const block = blocks[i];
    if (block === undefined) break;
    const row = new Float32Array(WIDTH);
    rows.push(row);
    let at = 0;
    const put = (value: number): void => {
      row[at++] = value;
    };
    const text = block.text;
    const list = words[i] ?? [];
    const length = text.length;
    // Own make-up
    put(Math.log(1 + length));
    put(list.length);
    put(block.linkChars / length);
    put(block.links);
    put(block.strongChars / length);
    put(text.match(/[.!?…。]/g)?.length ?? 0);
    put(((text.match(/[,;、，]/g)?.length ?? 0) * 100) / length);
    put(TERMINAL.test(text) ? 1 : /[:：]$/.test(text) ? 0.5 : 0);
    put(/^\p{Ll}/u.test(text) ? 1 : /^\p{Lu}/u.test(text) ? 0 : 0.5);
    const letters = text.match(/\p{L}/gu)?.length ?? 0;
    put(letters === 0 ? 0 : (text.match(/\p{Lu}/gu)?.length ?? 0) / letters);
    put((text.match(/\p{N}/gu)?.length ?? 0) / length);
    put(letters / length);
    put(list.length === 0 ? 0 : stopShare(list, hints.stopwords));
    put(list.length === 0 ? 0 : letters / list.length);
    put(length < 200 && DATE_LIKE.test(text) ? 1 : 0);
    put(/[©®]|\(c\)/i.test(text) ? 1 : 0);
    put(/[|·•»›→>]/.test(text) ? 1 : 0);
    put(/@|https?:|www\./.test(text) ? 1 : 0);
    put(/["“”„«»]/.test(text) ? 1 : 0);
    put(/\?$/.test(text) ? 1 : 0);
    put(/^["“„«‹‘']/.test(text) ? 1 : 0);
    put(/^[([*]/.test(text) ? 1 : 0);
    const [wordSum, wordLeast, wordGreatest] = wordOdds[i] ?? [0, 0, 0];
    put(wordSum);
    put(wordLeast);
    put(wordGreatest);
    // Element and landmarks
    const tagIndex = TAG_INDEX.get(block.tag) ?? -1;
    for (let t = 0; t < TAGS.length; t++) put(t === tagIndex ? 1 : 0);
    for (const bit of FLAG_BITS) put((block.frame.flags & bit) === 0 ? 0 : 1);
    put(block.frame.depth);
    put(block.loose ? 1 : 0);
    // Names
    const own = frames.get(block.frame);
    const parent = block.frame.parent;
    const grand = parent?.parent;
    const great = grand?.parent;
    put(own?.own ?? 0);
    put(parent === undefined ? 0 : (frames.get(parent)?.own ?? 0));
    put(grand === undefined ? 0 : (frames.get(grand)?.own ?? 0));
    put(own?.least ?? 0);
    put(own?.greatest ?? 0);
    put(own?.sum ?? 0);
    put(meanOdds(block.innerWords, odds.names));
    // Place
    const before = totals.chars[i] ?? 0;
    put(i / n);
    put(before / Math.max(1, allChars));
    put(Math.log(1 + before));
    put(Math.log(1 + allChars - before - length));
    put(heading < 0 ? -1 : clip(i - heading, -30, 60));
    put(heading < 0 ? 0 : i > heading ? 1 : -1);
    put(
      heading < 0
        ? 0
        : Math.sign(i - heading) * Math.log(1 + Math.abs(before - (totals.chars[heading] ?? 0))),
    );
    put(heading < 0 ? -1 : sharedDepth(block.frame, blocks[heading]?.frame));
    put(titleKeys.has(textKeys[i] ?? "") ? 1 : 0);
    put(list.length < 3 || list.length > 60 ? 0 : bestOverlap(list, titleSets));
    put(
      description === undefined || list.length < 4
        ? -1
        : list.filter((w) => description.has(w)).length / list.length,
    );
    put(body === undefined ? -1 : length < 12 ? 0.5 : bodyShare(body, list));
    // Heading above
    if (/^h[1-6]$/.test(block.tag) || (block.strongChars === length && length < 100 && list.length > 0)) {
      lastHeadingOdds = wordSum;
      lastHeadingAt = i;
      lastHeadingFrame = block.frame.parent;
    }
    put(lastHeadingAt < 0 ? 0 : lastHeadingOdds);
    put(lastHeadingAt < 0 ? 50 : Math.min(50, i - lastHeadingAt));
    put(lastHeadingFrame !== undefined && i < lastHeadingFrame.end ? lastHeadingOdds : 0);
    // Neighbours
    for (const step of [-2, -1, 1, 2]) {
      const other = blocks[i + step];
      put(other === undefined ? -1 : Math.log(1 + other.text.length));
      put(other === undefined ? -1 : other.linkChars / other.text.length);
      put(other === undefined ? -1 : other.frame.parent === parent ? (other.tag === block.tag ? 2 : 1) : 0);
    }
    put(wordOdds[i - 1]?.[0] ?? 0);
    put(wordOdds[i + 1]?.[0] ?? 0);
    // Containers
    for (const frame of [block.frame, parent, grand, great]) {
      const chars = frame === undefined ? 0 : span(totals.chars, frame.first, frame.end);
      const prose = frame === undefined ? 0 : span(totals.prose, frame.first, frame.end);
      put(Math.log(1 + chars));
      put(frame === undefined ? 0 : span(totals.link, frame.first, frame.end) / Math.max(1, chars));
      put(prose / Math.max(1, allProse));
      put(frame === undefined ? 0 : Math.min(200, frame.end - frame.first));
    }
    // The container that holds most running text
    let up = 0;
    let meet: number | undefined;
    for (
      let frame: Frame | undefined = block.frame;
      frame !== undefined && up < 30;
      frame = frame.parent, up++
    ) {
      meet = topAncestors.get(frame);
      if (meet !== undefined) break;
    }
    put(meet === undefined ? 40 : meet);
    put(up);
    put(topProse / Math.max(1, allProse));
    put(top === undefined ? 0 : i < top.first ? i - top.first : i >= top.end ? i - top.end + 1 : 0);
    // Repetition
    put(Math.log(signatureCount.get(signatures[i] ?? "") ?? 1));
    put(
      Math.log(
        parent === undefined ? 1 : (parentSignatureCount.get(frames.get(parent)?.signature ?? "")?.size ?? 1),
      ),
    );
    put(
      Math.log(
        grand === undefined ? 1 : (parentSignatureCount.get(frames.get(grand)?.signature ?? "")?.size ?? 1),
      ),
    );
    put(textCount.get(textKeys[i] ?? "") ?? 1);
    put(seenText.has(textKeys[i] ?? "") ? 1 : 0);
    seenText.add(textKeys[i] ?? "");
    put(Math.log(1 + n));
    put(Math.log(1 + allProse));
    if (at > WIDTH) throw new RangeError(`Row of ${at} figures does not fit ${WIDTH}`);
  }
  return { blocks, frames, rows, signatures, totals };
}

function factsOf(frame: Frame, frames: Map<Frame, FrameFacts>, names: Odds): FrameFacts {
  const path: Frame[] = [];
  let known: FrameFacts | undefined;
  for (let f: Frame | undefined = frame; f !== undefined; f = f.parent) {
    known = frames.get(f);
    if (known !== undefined) break;
    path.push(f);
  }
  let facts: FrameFacts = known ?? { own: 0, least: 0, greatest: 0, sum: 0, signature: "" };
  for (let i = path.length - 1; i >= 0; i--) {
    const f = path[i];
    if (f === undefined) continue;
    const own = meanOdds(f.words, names);
    let least = facts.least;
    let greatest = facts.greatest;
    for (const word of f.words) {
      const value = names.get(word);
      if (value === undefined) continue;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
    facts = { own, least, greatest, sum: facts.sum * 0.8 + own, signature: `${f.tag}.${f.words.join(".")}` };
    frames.set(f, facts);
  }
  return facts;
}

function meanOdds(words: readonly string[], odds: Odds): number {
  let sum = 0;
  let count = 0;
  for (const word of words) {
    const value = odds.get(word);
    if (value !== undefined) {
      sum += value;
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}

/** Mean, least and greatest log-odds of the words of a short text; zeros for a long one. */
function oddsOf(words: readonly string[], odds: Odds): readonly [number, number, number] {
  if (words.length > 40) return [0, 0, 0];
  let sum = 0;
  let count = 0;
  let least = 0;
  let greatest = 0;
  for (const word of words) {
    const value = odds.get(word);
    if (value === undefined) continue;
    sum += value;
    count++;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return [count === 0 ? 0 : sum / Math.sqrt(count), least, greatest];
}

export function isProse(block: RawBlock): boolean {
  return block.text.length >= 60 && block.linkChars < block.text.length * 0.35;
}

function runningTotals(blocks: readonly RawBlock[]): Totals {
  const n = blocks.length;
  const chars = new Float64Array(n + 1);
  const link = new Float64Array(n + 1);
  const prose = new Float64Array(n + 1);
  blocks.forEach((block, i) => {
    chars[i + 1] = (chars[i] ?? 0) + block.text.length;
    link[i + 1] = (link[i] ?? 0) + block.linkChars;
    prose[i + 1] = (prose[i] ?? 0) + (isProse(block) ? block.text.length : 0);
  });
  return { chars, link, prose };
}

export function span(sums: Float64Array, first: number, end: number): number {
  return (sums[end] ?? 0) - (sums[first] ?? 0);
}

/** Readability's idea: paragraphs vote for their container, and half as much for the one around it. */
function topContainer(blocks: readonly RawBlock[], totals: Totals): Frame | undefined {
  const scores = new Map<Frame, number>();
  for (const block of blocks) {
    if (!isProse(block) || (block.frame.flags & (FLAG.hidden | FLAG.comment | FLAG.footer | FLAG.nav)) !== 0)
      continue;
    const vote = 1 + Math.min(4, block.text.length / 100);
    const container =
      /^(div|td|section|article|main|body)$/.test(block.tag) && block.loose
        ? block.frame
        : block.frame.parent;
    if (container === undefined) continue;
    scores.set(container, (scores.get(container) ?? 0) + vote);
    if (container.parent !== undefined)
      scores.set(container.parent, (scores.get(container.parent) ?? 0) + vote / 2);
  }
  let best: Frame | undefined;
  let bestScore = 0;
  for (const [frame, score] of scores) {
    const chars = span(totals.chars, frame.first, frame.end);
    const final = score * (1 - span(totals.link, frame.first, frame.end) / Math.max(1, chars));
    if (final > bestScore) [best, bestScore] = [frame, final];
  }
  return best;
}

function countOf(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function stopShare(list: readonly string[], stopwords: ReadonlySet<string> | undefined): number {
  if (stopwords === undefined) return -1;
  let count = 0;
  for (const word of list) if (stopwords.has(word)) count++;
  return count / list.length;
}

function bestOverlap(list: readonly string[], sets: readonly ReadonlySet<string>[]): number {
  let best = 0;
  for (const set of sets) {
    if (set.size < 2) continue;
    let common = 0;
    for (const word of list) if (set.has(word)) common++;
    best = Math.max(best, (2 * common) / (list.length + set.size));
  }
  return best;
}

/** Block that shows the headline: a heading with its words, else any short block with them, else the first h1. */
function headingIndex(
  blocks: readonly RawBlock[],
  words: readonly (readonly string[])[],
  sets: readonly ReadonlySet<string>[],
  keys: ReadonlySet<string>,
): number {
  let best = -1;
  let bestScore = 0.55;
  blocks.forEach((block, i) => {
    const list = words[i] ?? [];
    if (list.length < 2 || list.length > 50) return;
    const heading = block.tag === "h1" ? 0.3 : block.tag === "h2" ? 0.2 : /^h\d$/.test(block.tag) ? 0.1 : 0;
    const score =
      (keys.has(list.join(" ")) ? 1 : bestOverlap(list, sets)) +
      heading -
      block.linkChars / block.text.length / 4;
    if (score > bestScore + 0.001) [best, bestScore] = [i, score];
  });
  return best >= 0 ? best : blocks.findIndex((block) => block.tag === "h1");
}

/** How many levels below their common container the block stands, at most 20. */
function sharedDepth(a: Frame, b: Frame | undefined): number {
  if (b === undefined) return -1;
  let [x, y]: [Frame | undefined, Frame | undefined] = [a, b];
  let up = 0;
  while (x !== undefined && y !== undefined && x !== y && up < 20) {
    if (x.depth >= y.depth) {
      x = x.parent;
      up++;
    } else y = y.parent;
  }
  return up;
}

/** Share of a block's word triples that stand in the JSON-LD body. */
function bodyShare(body: string, list: readonly string[]): number {
  if (list.length < 3) return body.includes(` ${list.join(" ")} `) ? 0.7 : 0.3;
  const probes = Math.min(6, list.length - 2);
  let hits = 0;
  for (let k = 0; k < probes; k++) {
    const at = Math.floor((k * (list.length - 3)) / Math.max(1, probes - 1));
    if (body.includes(` ${list.slice(at, at + 3).join(" ")} `)) hits++;
  }
  return hits / probes;
}

const clip = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
