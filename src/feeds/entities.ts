/**
 * Character references of XML as feeds use it → letters.
 *
 * Beyond XML 1.0, named references of HTML are read though no feed declares them, numbers 128–159 are read as
 * windows-1252 (HTML standard, "numeric character reference end state"), and what is no reference stays as it is,
 * since unescaped ampersands are the commonest fault of feeds. Declared internal entities are replaced once, never
 * inside one another, so an entity bomb stays small; external entities are never looked at.
 */
import { decodeHTML } from "entities/decode";

/** Entities a document type declaration declares, by name. */
export type DeclaredEntities = ReadonlyMap<string, string>;

/** RSS 0.91 and XHTML 1.0 declare these two as U+2329 and U+232A; HTML moved them. */
const XHTML_ONLY: Readonly<Record<string, string>> = { "&lang;": "\u2329", "&rang;": "\u232a" };
const REFERENCE = /&(?:#[xX]?[0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9._-]{0,63});/g;

/**
 * @example decodeReferences("AT&amp;T &mdash; R&D") // "AT&T — R&D"
 */
export function decodeReferences(raw: string, declared?: DeclaredEntities): string {
  if (!raw.includes("&")) return raw;
  return raw.replace(REFERENCE, (reference) => {
    switch (reference) {
      case "&amp;":
        return "&";
      case "&lt;":
        return "<";
      case "&gt;":
        return ">";
      case "&quot;":
        return '"';
      case "&apos;":
        return "'";
      default:
        return declared?.get(reference.slice(1, -1)) ?? XHTML_ONLY[reference] ?? decodeHTML(reference);
    }
  });
}

const MAX_DECLARED = 256;
const MAX_VALUE = 1024;

const ENTITY = /<!ENTITY\s+([\w.:-]{1,64})\s+(?:"([^"]*)"|'([^']*)')\s*>?/g;

/**
 * Adds the internal general entities of a declaration, as "<!DOCTYPE … [<!ENTITY …" or "<!ENTITY …", to those known.
 * Those with references inside are left out: they are how entity bombs are made.
 */
export function addDeclared(
  known: DeclaredEntities | undefined,
  declaration: string,
): DeclaredEntities | undefined {
  if (!declaration.includes("<!ENTITY")) return known;
  const found = new Map(known);
  for (const match of declaration.slice(0, 65536).matchAll(ENTITY)) {
    if (found.size >= MAX_DECLARED) break;
    const value = match[2] ?? match[3] ?? "";
    const nested = /&(?!#|amp;|lt;|gt;|quot;|apos;)/.test(value);
    // The first declaration of a name is the binding one (XML 1.0, section 4.2).
    if (value.length <= MAX_VALUE && !nested && !found.has(match[1] ?? ""))
      found.set(match[1] ?? "", decodeReferences(value));
  }
  return found;
}
