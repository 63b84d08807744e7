/**
 * Tree → the page's text blocks in reading order, each with the containers it stands in.
 *
 * One walk. A block is a run of text between block-level boundaries; two line breaks in a row end it as well.
 * Containers ("frames") know the range of blocks they hold, so any figure about a container is two look-ups
 * in running sums. Leaves out text of scripts, form controls and vector drawings.
 */
import { type ChildNode, type Document, Element, Text } from "domhandler";
import { foldSpace } from "./dom.ts";

export type Frame = {
  readonly element: Element | undefined;
  readonly tag: string;
  readonly parent: Frame | undefined;
  readonly depth: number;
  /** Bits of FLAG that hold for this container or one around it. */
  readonly flags: number;
  /** Words of class, id, role, itemprop and data-* names, split and lower-cased. */
  readonly words: readonly string[];
  /** Blocks inside: [first, end). */
  first: number;
  end: number;
};

export type RawBlock = {
  readonly text: string;
  readonly frame: Frame;
  /** Name of the block-level element the text stands in. */
  readonly tag: string;
  /** Characters of the text that belong to a link. */
  readonly linkChars: number;
  readonly links: number;
  /** Characters set bold, italic or underlined. */
  readonly strongChars: number;
  /** True when the block was cut from its element by line breaks or inner blocks. */
  readonly loose: boolean;
  /** First element inside the block that carried a class, as words: often "caption", "byline", "date". */
  readonly innerWords: readonly string[];
  /** Where the first link goes. */
  readonly href: string | undefined;
};

export const FLAG = {
  article: 1 << 0,
  main: 1 << 1,
  aside: 1 << 2,
  nav: 1 << 3,
  footer: 1 << 4,
  header: 1 << 5,
  form: 1 << 6,
  figure: 1 << 7,
  list: 1 << 8,
  table: 1 << 9,
  quote: 1 << 10,
  hidden: 1 << 11,
  itemBody: 1 << 12,
  section: 1 << 13,
  link: 1 << 14,
  comment: 1 << 15,
  dialog: 1 << 16,
  paywalled: 1 << 17,
} as const;

const BLOCK = new Set(
  "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table tbody td tfoot th thead tr ul".split(
    " ",
  ),
);
const SKIP = new Set(
  "script style noscript template svg math iframe select option textarea button input object embed title canvas audio video map datalist progress meter frameset noframes".split(
    " ",
  ),
);
const STRONG = new Set(["b", "strong", "em", "i", "u"]);

const TAG_FLAGS: Readonly<Record<string, number>> = {
  article: FLAG.article,
  main: FLAG.main,
  aside: FLAG.aside,
  nav: FLAG.nav,
  footer: FLAG.footer,
  header: FLAG.header,
  form: FLAG.form,
  figure: FLAG.figure,
  ul: FLAG.list,
  ol: FLAG.list,
  menu: FLAG.list,
  dl: FLAG.list,
  table: FLAG.table,
  blockquote: FLAG.quote,
  section: FLAG.section,
  dialog: FLAG.dialog,
};

/** More blocks than any article has; what lies behind them is left unread. */
export const MAX_BLOCKS = 40_000;

/** `base` is the number of blocks that stand before these in the page. */
export function segment(
  root: Document,
  base = 0,
): { readonly blocks: readonly RawBlock[]; readonly top: Frame } {
  const blocks: RawBlock[] = [];
  const top: Frame = {
    element: undefined,
    tag: "#root",
    parent: undefined,
    depth: 0,
    flags: 0,
    words: [],
    first: base,
    end: base,
  };
  let frame = top;
  let pieces = "";
  let linkPieces = 0;
  let strongPieces = 0;
  let links = 0;
  let breaks = 0;
  let loose = false;
  let innerWords: readonly string[] = [];
  let href: string | undefined;
  let linkDepth = 0;
  let strongDepth = 0;

  const flush = (cutLoose: boolean): void => {
    if (pieces !== "") {
      const text = foldSpace(pieces);
      if (text !== "" && blocks.length < MAX_BLOCKS) {
        const share = text.length / Math.max(text.length, letterCount(pieces));
        blocks.push({
          text,
          frame,
          tag: frame.tag,
          linkChars: Math.min(text.length, Math.round(linkPieces * share)),
          links,
          strongChars: Math.min(text.length, Math.round(strongPieces * share)),
          loose: loose || cutLoose,
          innerWords,
          href,
        });
      }
      pieces = "";
    }
    linkPieces = 0;
    strongPieces = 0;
    links = 0;
    breaks = 0;
    innerWords = [];
    href = undefined;
    loose = cutLoose;
  };

  const enterInline = (element: Element): void => {
    if (element.name === "a") {
      linkDepth++;
      links++;
      href ??= element.attribs["href"];
    } else if (STRONG.has(element.name)) strongDepth++;
    if (
      innerWords.length === 0 &&
      pieces.trim() === "" &&
      (element.attribs["class"] !== undefined || element.attribs["itemprop"] !== undefined)
    )
      innerWords = nameWords(element);
  };

  type Level = { nodes: readonly ChildNode[]; at: number; element: Element | undefined; isFrame: boolean };
  const stack: Level[] = [{ nodes: root.children, at: 0, element: undefined, isFrame: false }];
  for (let level = stack.at(-1); level !== undefined; level = stack.at(-1)) {
    const node = level.nodes[level.at++];
    if (node === undefined) {
      stack.pop();
      const element = level.element;
      if (element === undefined) continue;
      if (level.isFrame) {
        flush(false);
        frame.end = base + blocks.length;
        frame = frame.parent ?? top;
        loose = true;
      } else if (element.name === "a") linkDepth--;
      else if (STRONG.has(element.name)) strongDepth--;
      continue;
    }
    if (node instanceof Text) {
      const data = node.data;
      if (data === "") continue;
      pieces += data;
      const count = letterCount(data);
      if (count > 0) {
        breaks = 0;
        if (linkDepth > 0) linkPieces += count;
        if (strongDepth > 0) strongPieces += count;
      }
      continue;
    }
    if (!(node instanceof Element) || SKIP.has(node.name)) continue;
    if (node.name === "br") {
      breaks++;
      if (breaks > 1) flush(true);
      else pieces += "\n";
      continue;
    }
    if (BLOCK.has(node.name) || node.name.includes("-")) {
      flush(true);
      loose = false;
      const inherited = frame.flags;
      frame = {
        element: node,
        tag: node.name,
        parent: frame,
        depth: frame.depth + 1,
        flags: inherited | ownFlags(node) | (linkDepth > 0 ? FLAG.link : 0),
        words: nameWords(node),
        first: base + blocks.length,
        end: base + blocks.length,
      };
      stack.push({ nodes: node.children, at: 0, element: node, isFrame: true });
    } else {
      enterInline(node);
      stack.push({ nodes: node.children, at: 0, element: node, isFrame: false });
    }
  }
  flush(false);
  top.end = base + blocks.length;
  return { blocks, top };
}

function letterCount(text: string): number {
  return (
    text.length -
    (text.match(/\s+/g)?.reduce((sum, run) => sum + run.length - 1, 0) ?? 0) -
    (/^\s/.test(text) ? 1 : 0)
  );
}

/** Names of comment threads; not "comments-open" and its like, which themes put on the whole article. */
const COMMENTS =
  /(?:^|\s)(?:[a-z]{1,8}[-_]){0,2}(?:comments?|kommentare?|disqus_thread|respond|commentlist|comentarios|commentaires)(?:[-_](?:area|list|section|wrapper|container|body|content|text|item|thread|form|box|block|respond|\d+))*(?=\s|$)/i;

function ownFlags(element: Element): number {
  let flags = TAG_FLAGS[element.name] ?? 0;
  const a = element.attribs;
  const role = a["role"];
  if (role === "main") flags |= FLAG.main;
  else if (role === "navigation" || role === "menu") flags |= FLAG.nav;
  else if (role === "complementary") flags |= FLAG.aside;
  else if (role === "contentinfo") flags |= FLAG.footer;
  else if (role === "banner") flags |= FLAG.header;
  else if (role === "article") flags |= FLAG.article;
  else if (role === "dialog" || role === "alertdialog") flags |= FLAG.dialog;
  if (
    a["hidden"] !== undefined ||
    a["aria-hidden"] === "true" ||
    /display\s*:\s*none|visibility\s*:\s*hidden/i.test((a["style"] ?? "").slice(0, 400))
  )
    flags |= FLAG.hidden;
  const prop = a["itemprop"];
  if (prop !== undefined && /articleBody|reviewBody|blogPost\b/.test(prop)) flags |= FLAG.itemBody;
  if (prop === "comment" || /\/(User)?Comments?\b/.test(a["itemtype"] ?? "")) flags |= FLAG.comment;
  const names = `${a["class"] ?? ""} ${a["id"] ?? ""}`.slice(0, 400);
  if (COMMENTS.test(names)) flags |= FLAG.comment;
  if (/paywall|premium-content|locked/i.test(names)) flags |= FLAG.paywalled;
  return flags;
}

/** Generic words in the names an author gave an element: `class="ArticleBody__text-2"` → article, body, text. */
export function nameWords(element: Element): readonly string[] {
  const a = element.attribs;
  const names = `${a["class"] ?? ""} ${a["id"] ?? ""} ${a["itemprop"] ?? ""} ${a["role"] ?? ""} ${a["data-component"] ?? ""} ${a["data-testid"] ?? ""} ${element.name.includes("-") ? element.name : ""}`;
  if (names.length <= 7) return [];
  const words = new Set<string>();
  for (const word of names
    .slice(0, 400)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .match(/[a-z]{2,24}/g) ?? []) {
    words.add(word);
    if (words.size >= 16) break;
  }
  return [...words];
}
