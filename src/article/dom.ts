/**
 * Markup → tree (htmlparser2 + domhandler), in bounded time and memory.
 *
 * Depth is capped: elements opened below the cap are dropped while their text stays, so that ten thousand
 * nested <div> cannot exhaust the stack of anything that walks the tree. Length and element count are capped too.
 * Leaves out the HTML standard's adoption agency and table foster parenting; news pages do not need them.
 */
import { type ChildNode, type Document, DomHandler, Element, Text } from "domhandler";
import { Parser } from "htmlparser2";

export const MAX_DEPTH = 256;
export const MAX_CHARS = 12_000_000;
export const MAX_ELEMENTS = 400_000;

export type Parsed = {
  readonly root: Document;
  /** What was cut to stay within bounds. */
  readonly cut: readonly ("depth" | "length" | "elements")[];
};

/** Elements whose end tag never comes. */
const VOID = new Set([
  "area",
  "base",
  "br",
  "col",
  "embed",
  "hr",
  "img",
  "input",
  "link",
  "meta",
  "param",
  "source",
  "track",
  "wbr",
]);

export function parseMarkup(html: string): Parsed {
  const cut = new Set<"depth" | "length" | "elements">();
  const handler = new DomHandler(null, { withStartIndices: false, withEndIndices: false });
  let depth = 0;
  let elements = 0;
  const skipped: boolean[] = [];
  const parser = new Parser(
    {
      onparserinit: (p) => handler.onparserinit(p),
      onopentag: (name, attributes) => {
        depth++;
        elements++;
        const skip = !VOID.has(name) && (depth > MAX_DEPTH || elements > MAX_ELEMENTS);
        skipped.push(skip);
        if (skip) cut.add(depth > MAX_DEPTH ? "depth" : "elements");
        else handler.onopentag(name, attributes);
      },
      onclosetag: () => {
        depth--;
        if (skipped.pop() !== true) handler.onclosetag();
      },
      ontext: (data) => handler.ontext(data),
      onend: () => handler.onend(),
      onerror: () => undefined,
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true, recognizeSelfClosing: false },
  );
  if (html.length > MAX_CHARS) cut.add("length");
  parser.end(html.length > MAX_CHARS ? html.slice(0, MAX_CHARS) : html);
  return { root: handler.root, cut: [...cut] };
}

/** Visits every element in document order; `enter` returning false skips what is inside. */
export function walk(
  root: Document | Element,
  enter: (element: Element) => boolean | undefined,
  leave?: (element: Element) => void,
): void {
  const stack: { nodes: readonly ChildNode[]; at: number; element: Element | undefined }[] = [
    { nodes: root.children, at: 0, element: undefined },
  ];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const node = top.nodes[top.at++];
    if (node === undefined) {
      stack.pop();
      if (top.element !== undefined) leave?.(top.element);
    } else if (node instanceof Element && enter(node) !== false) {
      stack.push({ nodes: node.children, at: 0, element: node });
    }
  }
}

const SILENT = new Set(["script", "style", "noscript", "template", "svg", "iframe", "select", "textarea"]);

/** All text inside, white space folded, scripts and styles left out. */
export function textOf(element: Element | Document, limit = 100_000): string {
  let text = "";
  const stack: ChildNode[] = element.children.slice(0, limit + 1000).reverse();
  let steps = limit + 1000; // empty elements cost time too
  for (
    let node = stack.pop();
    node !== undefined && text.length < limit && steps > 0;
    node = stack.pop(), steps--
  ) {
    if (node instanceof Text) text += node.data;
    else if (node instanceof Element && !SILENT.has(node.name)) {
      if (node.name === "br" || node.name === "p" || node.name === "div" || node.name === "li") text += " ";
      for (let i = Math.min(node.children.length, steps) - 1; i >= 0; i--) {
        const child = node.children[i];
        if (child !== undefined) stack.push(child);
      }
    }
  }
  return foldSpace(text);
}

/** One space for every run of white space, none at the ends; zero-width marks dropped. */
export function foldSpace(text: string): string {
  return text
    .replace(/[\u200b\u200c\u2060\ufeff\u00ad]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** Attribute value, trimmed; undefined when absent or empty. */
export function attr(element: Element, name: string): string | undefined {
  const value = element.attribs[name]?.trim();
  return value === undefined || value === "" ? undefined : value;
}

/**
 * Markup that a page carries inside script templates and inert elements for its own scripts to show: joined and parsed,
 * or undefined when there is none worth reading.
 */
export function inertMarkup(root: Document): Document | undefined {
  let markup = "";
  walk(root, (element) => {
    const type = element.attribs["type"] ?? "";
    if (
      element.name === "script" &&
      /^text\/(x-)?(template|html|handlebars|x-handlebars-template|x-template)$/i.test(type)
    ) {
      for (const child of element.children)
        if (child instanceof Text && child.data.length > 300) markup += `${child.data}\n`;
    }
    return element.name !== "script";
  });
  return /<p|<br|<div/i.test(markup) ? parseMarkup(markup).root : undefined;
}
