/**
 * The short way of sanitising: plain, well-formed markup → the same markup with absolute addresses, or undefined when
 * anything is met that needs the library. Kept small on purpose: a few elements, double-quoted href, src, alt, width
 * and height, no entity tricks in addresses. sanitize.test.ts compares it with the library letter by letter.
 */
import { decodeHTML } from "entities/decode";
import { resolveUrl } from "./urls.ts";

const PAIRED: ReadonlySet<string> = new Set(
  "p a b i em strong u s ul ol blockquote h2 h3 h4 figure figcaption div span small sub sup".split(" "),
);
const DROPPED: ReadonlySet<string> = new Set([
  "class",
  "id",
  "style",
  "target",
  "rel",
  "loading",
  "decoding",
  "srcset",
  "sizes",
]);
const TAG = /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"<>&`\\]*")*) ?(\/?)>/y;
const ATTRIBUTE = / ([a-z-]+)="([^"]*)"/g;

export function simpleHtml(html: string, base: string | undefined): string | undefined {
  if (!html.includes("<")) return simpleText(html);
  let out = "";
  let at = 0;
  const open: string[] = [];
  while (at < html.length) {
    const next = html.indexOf("<", at);
    const text = simpleText(next < 0 ? html.slice(at) : html.slice(at, next));
    if (text === undefined) return undefined;
    out += text;
    if (next < 0) break;
    TAG.lastIndex = next;
    const tag = TAG.exec(html);
    if (tag === null) return undefined;
    at = TAG.lastIndex;
    const [, slash, name = "", attributes = "", selfClosed] = tag;
    if (slash === "/") {
      if (open.pop() !== name || attributes !== "") return undefined;
      out += `</${name}>`;
    } else if (name === "br" || name === "img") {
      const kept = simpleAttributes(name, attributes, base);
      if (kept === undefined) return undefined;
      out += `<${name}${kept} />`;
    } else {
      const kept = simpleAttributes(name, attributes, base);
      if (!PAIRED.has(name) || selfClosed === "/" || kept === undefined || !mayNest(open, name))
        return undefined;
      open.push(name);
      out += `<${name}${kept}>`;
    }
  }
  return open.length === 0 ? out : undefined;
}

/** Paragraphs and links inside their own kind are rebuilt by parsers of HTML; the library does that. */
function mayNest(open: readonly string[], name: string): boolean {
  if (open.length > 20) return false;
  if (name === "a") return !open.includes("a");
  return !BLOCKS.has(name) || !open.some((outer) => outer === "p" || /^h\d$/.test(outer));
}
const BLOCKS: ReadonlySet<string> = new Set("p ul ol blockquote h2 h3 h4 figure figcaption div".split(" "));

function simpleAttributes(element: string, attributes: string, base: string | undefined): string | undefined {
  if (attributes === "") return "";
  let out = "";
  for (const [, name = "", value = ""] of attributes.matchAll(ATTRIBUTE)) {
    if (DROPPED.has(name)) continue;
    const isUrl = (element === "a" && name === "href") || (element === "img" && name === "src");
    if (isUrl) {
      const url = resolveUrl(value, base);
      // Only what needs no escaping, and nothing that the library would look at twice.
      if (url === undefined || !/^https?:\/\/[^"<>&'\s]+$/.test(url) || out.includes(` ${name}=`))
        return undefined;
      out += ` ${name}="${url}"`;
    } else if (
      element === "img" &&
      (name === "alt" || name === "title" || name === "width" || name === "height")
    ) {
      if (value === "" || out.includes(` ${name}=`)) return undefined;
      out += ` ${name}="${value}"`;
    } else if (element === "a" && name === "title") {
      if (value === "" || out.includes(" title=")) return undefined;
      out += ` title="${value}"`;
    } else return undefined;
  }
  return out;
}

const SAFE_REFERENCE = /&(?:[a-zA-Z]{2,8}|#\d{2,5});/g;

function simpleText(text: string): string | undefined {
  if (text.includes(">") || text.includes("\0")) return undefined;
  if (!text.includes("&")) return text;
  const decoded = text.replace(SAFE_REFERENCE, (reference) => {
    const letter = decodeHTML(reference);
    return letter === "&" || letter === reference
      ? "\0"
      : letter === "<"
        ? "&lt;"
        : letter === ">"
          ? "&gt;"
          : letter;
  });
  if (!decoded.includes("&") && !decoded.includes("\0")) return decoded;
  // "&amp;" and stray ampersands: escape each once, as the library does.
  return undefined;
}
