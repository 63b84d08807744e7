/**
 * XML as feeds write it, in pieces → elements opened and closed in order, each with its text.
 *
 * A thin layer over htmlparser2 in XML mode, which never stops at an error: names come out short (namespaces.ts),
 * xml:base and xml:lang are inherited, references are decoded here so that CDATA, text and markup stay apart.
 * Elements named in `markup` keep their children as markup instead of announcing them. Nothing is fetched, nothing is
 * built but the present branch, and nesting deeper than MAX_DEPTH ends the reading with what was read so far.
 */
import { Parser } from "htmlparser2";
import { addDeclared, type DeclaredEntities, decodeReferences } from "./entities.ts";
import { adoptRoot, declare, ROOT_SCOPE, type Scope, shortName } from "./namespaces.ts";
import { resolveUrl } from "./urls.ts";

export const MAX_DEPTH = 400;

export type Attributes = Readonly<Record<string, string>>;

export type XmlElement = {
  /** Short name, lower case: "title", "dc:creator", "media:content". */
  readonly name: string;
  readonly attributes: Attributes;
  readonly parent: XmlElement | undefined;
  /** Base address in force. */
  readonly base: string;
  readonly language: string | undefined;
  readonly scope: Scope;
};

/** What stood between the tags of an element. */
export type XmlContent = {
  /** Text with references decoded; child elements of a markup element stand in it as tags. */
  readonly text: string;
  /** The same as markup source, where text is still escaped. Only for markup elements with children. */
  readonly markup: string | undefined;
};

export type XmlVisitor = {
  /** Elements whose children are content, not structure. */
  readonly isMarkup: (element: XmlElement) => boolean;
  readonly open: (element: XmlElement) => void;
  /** A better base than the document's own address for an element that states none. */
  readonly baseOf?: (name: string) => string | undefined;
  readonly close: (element: XmlElement, content: XmlContent) => void;
};

export type XmlEnd = {
  /** The root element, absent when there was none. */
  readonly root: string | undefined;
  readonly truncated: boolean;
  readonly tooDeep: boolean;
  readonly entities: number;
};

export function walkXml(pieces: Iterable<string>, base: string, visitor: XmlVisitor): XmlEnd {
  const walk = createWalk(base, visitor);
  for (const piece of pieces) {
    walk.write(piece);
    if (walk.isStopped()) break;
  }
  return walk.end();
}

type Piece = { readonly kind: "raw" | "cdata" | "tag"; readonly text: string };

function createWalk(documentBase: string, visitor: XmlVisitor) {
  let current: XmlElement | undefined;
  let root: string | undefined;
  let depth = 0;
  let declared: DeclaredEntities | undefined;
  let raw = ""; // text of the present element, references not yet decoded
  let text = ""; // … and decoded
  let inCdata = false;
  let pieces: Piece[] | undefined; // set while inside a markup element
  let innerDepth = 0;
  let innerBases: (string | undefined)[] = [];
  let hasTags = false;
  let ending = false;
  let truncated = false;
  let tooDeep = false;

  const flush = (): void => {
    if (raw === "") return;
    if (pieces !== undefined) pieces.push({ kind: "raw", text: raw });
    else text += decodeReferences(raw, declared);
    raw = "";
  };

  const openInner = (name: string, given: Record<string, string>): void => {
    flush();
    hasTags = true;
    innerDepth++;
    const outer = innerBases.at(-1);
    const own = given["xml:base"];
    const innerBase = own === undefined ? outer : resolveUrl(own, outer ?? current?.base ?? documentBase);
    innerBases.push(innerBase);
    let tag = `<${localName(name)}`;
    for (const key of Object.keys(given)) {
      if (key.startsWith("xml:") || key.startsWith("xmlns")) continue;
      const value = given[key] ?? "";
      const url = innerBase !== undefined && (key === "href" || key === "src");
      tag += ` ${key}="${(url ? (resolveUrl(value, innerBase) ?? value) : value).replaceAll('"', "&quot;")}"`;
    }
    pieces?.push({ kind: "tag", text: `${tag}>` });
  };

  const closeInner = (name: string): void => {
    flush();
    innerDepth--;
    innerBases.pop();
    const local = localName(name);
    if (!VOID.has(local)) pieces?.push({ kind: "tag", text: `</${local}>` });
  };

  const parser = new Parser(
    {
      onopentag(qualified, given) {
        depth++;
        if (depth > MAX_DEPTH) tooDeep = true;
        if (tooDeep) return;
        if (pieces !== undefined) {
          openInner(qualified, given);
          return;
        }
        raw = "";
        text = "";
        let scope = current?.scope ?? ROOT_SCOPE;
        let base = current?.base ?? documentBase;
        let language = current?.language;
        for (const key of Object.keys(given)) {
          const value = given[key] ?? "";
          if (value.includes("&")) given[key] = decodeReferences(value, declared);
          if (key.startsWith("xmlns"))
            scope =
              scope === current?.scope || scope === ROOT_SCOPE
                ? declare(scope, given, current === undefined)
                : scope;
          else if (key === "xml:base") base = resolveUrl(value, base) ?? base;
          else if (key === "xml:lang") language = value === "" ? undefined : value;
        }
        if (current === undefined) scope = adoptRoot(scope, qualified);
        const name = shortName(scope, qualified);
        root ??= name;
        if (base === documentBase) base = visitor.baseOf?.(name) ?? base;
        current = { name, attributes: given, parent: current, base, language, scope };
        visitor.open(current);
        if (visitor.isMarkup(current)) {
          pieces = [];
          innerDepth = 0;
          innerBases = [];
          hasTags = false;
        }
      },
      ontext(data) {
        if (tooDeep) return;
        if (!inCdata) raw += data;
        else if (pieces !== undefined) pieces.push({ kind: "cdata", text: data });
        else text += data;
      },
      oncdatastart() {
        flush();
        inCdata = true;
      },
      oncdataend() {
        inCdata = false;
      },
      onprocessinginstruction(name, data) {
        // The parser ends a declaration at its first ">", so an internal subset comes declaration by declaration.
        if (root === undefined && (name === "!doctype" || name === "!entity"))
          declared = addDeclared(declared, `<${data}`);
      },
      onclosetag(qualified) {
        depth--;
        if (tooDeep || current === undefined) return;
        if (ending) truncated = true;
        if (pieces !== undefined && innerDepth > 0) {
          closeInner(qualified);
          return;
        }
        flush();
        const content =
          pieces === undefined ? { text, markup: undefined } : joined(pieces, hasTags, declared);
        pieces = undefined;
        raw = "";
        text = "";
        const closing = current;
        current = current.parent;
        visitor.close(closing, content);
      },
    },
    { xmlMode: true, decodeEntities: false, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );

  return {
    write: (piece: string): void => parser.write(piece),
    isStopped: (): boolean => tooDeep,
    end: (): XmlEnd => {
      ending = true;
      if (tooDeep) closeOpen();
      else parser.end();
      return { root, truncated, tooDeep, entities: declared?.size ?? 0 };
    },
  };

  /** After too deep a nesting the parser is left behind; what was open is closed as it stands. */
  function closeOpen(): void {
    for (; current !== undefined; current = current.parent)
      visitor.close(current, { text: "", markup: undefined });
  }
}

const VOID: ReadonlySet<string> = new Set(
  "area br col embed hr img input link meta param source track wbr".split(" "),
);

function localName(qualified: string): string {
  return qualified.slice(qualified.indexOf(":") + 1);
}

function joined(
  pieces: readonly Piece[],
  hasTags: boolean,
  declared: DeclaredEntities | undefined,
): XmlContent {
  let text = "";
  for (const piece of pieces)
    text += piece.kind === "raw" ? decodeReferences(piece.text, declared) : piece.text;
  if (!hasTags) return { text, markup: undefined };
  let markup = "";
  for (const piece of pieces) markup += piece.kind === "cdata" ? escapeText(piece.text) : piece.text;
  return { text, markup };
}

export function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (c) => (c === "&" ? "&amp;" : c === "<" ? "&lt;" : "&gt;"));
}
