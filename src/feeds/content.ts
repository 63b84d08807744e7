/**
 * A text field of a feed → what it holds (text or HTML) and its two forms: plain text and sanitised HTML.
 *
 * Atom says what a field holds (RFC 4287, section 3.1; Atom 0.3: type and mode); RSS does not, so there any markup or
 * reference left after XML decoding is taken for HTML.
 */
import { decodeHTML } from "entities/decode";
import { oneLine, textOfHtml } from "./html-text.ts";
import { sanitizeHtml } from "./sanitize.ts";
import { escapeText, type XmlContent, type XmlElement } from "./xml-walk.ts";

export type FeedText = {
  readonly value: string;
  readonly kind: "text" | "html";
  readonly base: string;
};

/** The field, or undefined when it is empty or holds something other than text. */
export function readText(element: XmlElement, content: XmlContent, isAtom: boolean): FeedText | undefined {
  const { attributes, base } = element;
  const type = (attributes["type"] ?? "").trim().toLowerCase();
  const mode = (attributes["mode"] ?? "").trim().toLowerCase();
  const text = (value: string, kind: "text" | "html"): FeedText | undefined =>
    value.trim() === "" ? undefined : { value, kind, base };

  if (mode === "base64" || (isAtom && content.markup === undefined && isBinary(type))) {
    if (/^(?:image|audio|video|font)\//.test(type)) return undefined;
    const decoded = fromBase64(content.text);
    return decoded === undefined ? undefined : text(decoded, looksLikeHtml(decoded) ? "html" : "text");
  }
  if (!isAtom && type === "") {
    const isXhtml = element.name.startsWith("xhtml:");
    return text(isXhtml ? (content.markup ?? escapeText(content.text)) : content.text, "html");
  }
  if (type === "xhtml") return text(withoutOuterDiv(content.markup ?? escapeText(content.text)), "html");
  if (/(?:[+/]xml|xhtml)$/.test(type)) return text(content.markup ?? escapeText(content.text), "html");
  if (type === "html" || type === "text/html") return text(content.text, "html");
  // Plain text by declaration or default. Markup that stands there all the same is markup.
  if (content.markup !== undefined) return text(content.markup, "html");
  const undeclared = type === "" && (mode !== "" || !isAtom);
  return text(content.text, undeclared && looksLikeHtml(content.text) ? "html" : "text");
}

function isBinary(type: string): boolean {
  return type.includes("/") && !/^text\/|[+/]xml$|xhtml|\/html/.test(type);
}

function fromBase64(text: string): string | undefined {
  const plain = text.replace(/\s+/g, "");
  if (plain === "" || !/^[A-Za-z0-9+/_-]+=*$/.test(plain)) return undefined;
  const bytes = Uint8Array.from(Buffer.from(plain, "base64"));
  return new TextDecoder().decode(bytes);
}

function looksLikeHtml(text: string): boolean {
  return /<\/[a-z][a-z0-9]*\s*>|<(?:br|img|p|hr)\b[^>]*>/i.test(text);
}

function withoutOuterDiv(markup: string): string {
  const inner = /^\s*<div(?:\s[^>]*)?>([\s\S]*)<\/div>\s*$/.exec(markup)?.[1];
  return inner ?? markup;
}

/** Plain text on one line; "" when the field holds only pictures or the like. */
export function plainText(text: FeedText): string {
  return text.kind === "text" ? oneLine(letters(text.value)) : textOfHtml(text.value);
}

/** Sanitised HTML with absolute addresses. */
export function safeHtml(text: FeedText): string {
  return text.kind === "text"
    ? escapeText(text.value).trim()
    : sanitizeHtml(text.value, { base: text.base }).trim();
}

/**
 * Publishers escape once too often: in plain text a reference to a quotation mark or an accented letter is never meant to
 * be seen as such. Those that can be part of markup shown as text stay.
 */
function letters(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?!(?:lt|gt|amp|quot|apos);)(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});/g,
    (reference) => decodeHTML(reference),
  );
}
