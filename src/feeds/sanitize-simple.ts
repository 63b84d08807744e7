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
const SLASH = 0x2f;
const SPACE = 0x20;

export function simpleHtml(html: string, base: string | undefined): string | undefined {
  if (html.includes("\0")) return undefined;
  const hasReferences = html.includes("&");
  const open: string[] = [];
  let out = "";
  let from = 0; // start of the stretch not yet copied
  let at = 0;
  for (;;) {
    const tagAt = html.indexOf("<", at);
    const greater = html.indexOf(">", at);
    const end = tagAt < 0 ? html.length : tagAt;
    if (greater < 0 ? tagAt >= 0 : greater < end) return undefined; // a lone ">" or a tag left open
    if (hasReferences) {
      const text = simpleText(html.slice(at, end));
      if (text === undefined) return undefined;
      if (text !== "") {
        out += html.slice(from, at) + text;
        from = end;
      }
    }
    if (tagAt < 0) break;
    const closes = html.charCodeAt(tagAt + 1) === SLASH;
    const nameAt = tagAt + (closes ? 2 : 1);
    const nameEnd = endOfName(html, nameAt);
    const name = html.slice(nameAt, nameEnd);
    at = greater + 1;
    if (closes) {
      if (nameEnd !== greater || open.pop() !== name) return undefined;
      continue;
    }
    const isVoid = name === "br" || name === "img";
    if (!isVoid) {
      if (!PAIRED.has(name) || !mayNest(open, name)) return undefined;
      open.push(name);
      if (nameEnd === greater) continue;
    }
    const selfCloses = html.charCodeAt(greater - 1) === SLASH;
    if (selfCloses && !isVoid) return undefined;
    let attributesEnd = selfCloses ? greater - 1 : greater;
    if (attributesEnd > nameEnd && html.charCodeAt(attributesEnd - 1) === SPACE) attributesEnd--;
    const written = html.slice(nameEnd, attributesEnd);
    const kept = simpleAttributes(name, written, base);
    if (kept === undefined) return undefined;
    // Nothing to change: the stretch goes on.
    if (kept === written && (isVoid ? html.slice(attributesEnd, at) === " />" : attributesEnd === greater))
      continue;
    out += `${html.slice(from, nameEnd)}${kept}${isVoid ? " />" : ">"}`;
    from = at;
  }
  if (open.length > 0) return undefined;
  return from === 0 ? html : out + html.slice(from);
}

function endOfName(html: string, start: number): number {
  let at = start;
  for (
    let code = html.charCodeAt(at);
    (code >= 97 && code <= 122) || (at > start && code >= 48 && code <= 57);
  )
    code = html.charCodeAt(++at);
  return at;
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
  if (/[<`\\]/.test(attributes)) return undefined;
  for (let at = 0; at < attributes.length; ) {
    const equals = attributes.indexOf('="', at);
    const end = equals < 0 ? -1 : attributes.indexOf('"', equals + 2);
    if (end < 0 || attributes.charCodeAt(at) !== SPACE) return undefined;
    const name = attributes.slice(at + 1, equals);
    if (!/^[a-z-]+$/.test(name)) return undefined;
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
function simpleText(text: string): string | undefined {
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
