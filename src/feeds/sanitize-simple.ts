/**
 * The short way of sanitising: plain, well-formed markup → the same markup with absolute addresses, or undefined when
 * anything is met that needs the library. Kept small on purpose: a few elements, double-quoted href, src, alt, title,
 * width and height, no references in addresses but &amp;. What needs no change is not copied.
 * sanitize.test.ts compares it with the library letter by letter.
 */
import { decodeHTML } from "entities/decode";
import { resolveUrl } from "./urls.ts";

const PAIRED: ReadonlySet<string> = new Set(
  "p a b i em strong u s ul ol blockquote h2 h3 h4 figure figcaption div span small sub sup".split(" "),
);
const BLOCKS: ReadonlySet<string> = new Set("p ul ol blockquote h2 h3 h4 figure figcaption div".split(" "));
const DROPPED: ReadonlySet<string> = new Set(
  "class id style target rel loading decoding srcset sizes".split(" "),
);
const NAME = /[a-z][a-z0-9]*/y;
const ATTRIBUTES = /((?: [a-z-]+="[^"<>`\\\0]*")*)( ?\/?)>/y;
const GREATER = 0x3e;
const SLASH = 0x2f;

export function simpleHtml(html: string, base: string | undefined): string | undefined {
  if (html.includes("\0")) return undefined;
  const open: string[] = [];
  let out = "";
  let from = 0; // start of the stretch not yet copied
  let at = 0;
  for (;;) {
    const tagAt = html.indexOf("<", at);
    const end = tagAt < 0 ? html.length : tagAt;
    const text = simpleText(html, at, end);
    if (text === undefined) return undefined;
    if (text !== "") {
      out += html.slice(from, at) + text;
      from = end;
    }
    if (tagAt < 0) break;
    const closes = html.charCodeAt(tagAt + 1) === SLASH;
    NAME.lastIndex = tagAt + (closes ? 2 : 1);
    const name = NAME.exec(html)?.[0];
    if (name === undefined) return undefined;
    const nameEnd = NAME.lastIndex;
    if (closes) {
      if (html.charCodeAt(nameEnd) !== GREATER || open.pop() !== name) return undefined;
      at = nameEnd + 1;
      continue;
    }
    const isVoid = name === "br" || name === "img";
    if (!isVoid) {
      if (!PAIRED.has(name) || !mayNest(open, name)) return undefined;
      open.push(name);
      if (html.charCodeAt(nameEnd) === GREATER) {
        at = nameEnd + 1;
        continue;
      }
    }
    ATTRIBUTES.lastIndex = nameEnd;
    const rest = ATTRIBUTES.exec(html);
    if (rest === null || (rest[2] !== "" && !isVoid)) return undefined;
    const kept = simpleAttributes(name, rest[1] ?? "", base);
    if (kept === undefined) return undefined;
    at = ATTRIBUTES.lastIndex;
    const written = kept.length + (isVoid ? 3 : 1) + nameEnd;
    if (written === at && kept === rest[1] && (!isVoid || rest[2] === " /")) continue; // nothing to change
    out += `${html.slice(from, nameEnd)}${kept}${isVoid ? " />" : ">"}`;
    from = at;
  }
  if (open.length > 0) return undefined;
  return from === 0 ? html : out + html.slice(from);
}

/** Paragraphs and links inside their own kind are rebuilt by parsers of HTML; the library does that. */
function mayNest(open: readonly string[], name: string): boolean {
  if (open.length > 20) return false;
  if (name === "a") return !open.includes("a");
  if (!BLOCKS.has(name)) return true;
  for (const outer of open)
    if (outer === "p" || outer === "h2" || outer === "h3" || outer === "h4") return false;
  return true;
}

function simpleAttributes(element: string, attributes: string, base: string | undefined): string | undefined {
  let out = "";
  if (attributes === "") return out;
  for (let at = 0; at < attributes.length; ) {
    const equals = attributes.indexOf('="', at);
    const end = attributes.indexOf('"', equals + 2);
    const name = attributes.slice(at + 1, equals);
    const value = attributes.slice(equals + 2, end);
    at = end + 1;
    if (DROPPED.has(name)) continue;
    if (value === "" || out.includes(` ${name}=`)) return undefined;
    if ((element === "a" && name === "href") || (element === "img" && name === "src")) {
      const plain = value.includes("&") ? value.replaceAll("&amp;", "&") : value;
      // A reference other than &amp;, or what could be read as one, goes the long way.
      if (plain !== value && (/&(?!amp;)/.test(value) || /&(?:[a-zA-Z]+;|#)/.test(plain))) return undefined;
      if (plain === value && value.includes("&")) return undefined;
      const url = resolveUrl(plain, base);
      if (url === undefined || !isSimpleUrl(url)) return undefined;
      out += ` ${name}="${plain === value ? url : url.replaceAll("&", "&amp;")}"`;
    } else if (
      name === "title" ||
      (element === "img" && (name === "alt" || name === "width" || name === "height"))
    ) {
      if ((element !== "a" && element !== "img") || value.includes("&")) return undefined;
      out += ` ${name}="${value}"`;
    } else return undefined;
  }
  return out;
}

function isSimpleUrl(url: string): boolean {
  return (url.startsWith("https://") || url.startsWith("http://")) && !/["<>'\s]/.test(url);
}

const REFERENCE = /&(?:[a-zA-Z]{2,8}|#\d{2,5});/g;

/** The text as it must be written: "" when it may stand as it is, undefined when the library must see it. */
function simpleText(html: string, start: number, end: number): string | undefined {
  const text = html.slice(start, end);
  if (text.includes(">")) return undefined;
  if (!text.includes("&")) return "";
  let strange = false;
  const decoded = text.replace(REFERENCE, (reference) => {
    const letter = reference === "&amp;" ? "&" : decodeHTML(reference);
    if (letter === reference) strange = true;
    if (letter === "&") return "\0";
    return letter === "<" ? "&lt;" : letter === ">" ? "&gt;" : letter;
  });
  // A lone ampersand, or one that would make a reference with what follows it.
  if (strange || /&(?!lt;|gt;)/.test(decoded) || /\0(?:[a-zA-Z]|#)/.test(decoded)) return undefined;
  return decoded.replaceAll("\0", "&amp;");
}
