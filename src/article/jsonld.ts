/**
 * JSON-LD scripts → the things they describe, flat, with their types as plain words (schema.org).
 * Reads what publishers really write: several graphs, trailing commas, raw line breaks inside strings, comments,
 * CDATA wrappers, HTML entities. What cannot be mended is left out and counted.
 */
export type Thing = Readonly<Record<string, unknown>>;

export type Graph = {
  readonly things: readonly Thing[];
  readonly byId: ReadonlyMap<string, Thing>;
  readonly malformed: number;
};

export function readJsonLd(scripts: readonly string[]): Graph {
  const things: Thing[] = [];
  const byId = new Map<string, Thing>();
  let malformed = 0;
  for (const script of scripts) {
    const values = parseLoosely(script);
    if (values === undefined) malformed++;
    else gather(values, things, byId);
  }
  return { things, byId, malformed };
}

export function typesOf(thing: Thing): readonly string[] {
  return listOf(thing["@type"])
    .filter((t): t is string => typeof t === "string")
    .map((t) => t.replace(/^https?:\/\/schema\.org\//, ""));
}

export const ARTICLE_TYPE =
  /^(\w*Article|\w*Blog_?Posting|SocialMediaPosting|Report|Review|LiveBlogPosting|DiscussionForumPosting|Recipe|MediaReview|ClaimReview)$/;

export function isThing(value: unknown): value is Thing {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

/** Text of a property: a string, a number, or the @value, name or text of what it holds; entities undone. */
export function wordsOf(value: unknown): string | undefined {
  for (const item of listOf(value)) {
    if (typeof item === "string" && item.trim() !== "") return undoEntities(item.trim());
    if (typeof item === "number") return String(item);
    if (isThing(item)) {
      const inner = item["@value"] ?? item["name"] ?? item["text"] ?? item["url"] ?? item["@id"];
      if (typeof inner === "string" && inner.trim() !== "") return undoEntities(inner.trim());
    }
  }
  return undefined;
}

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  ndash: "–",
  mdash: "—",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  hellip: "…",
  auml: "ä",
  ouml: "ö",
  uuml: "ü",
  Auml: "Ä",
  Ouml: "Ö",
  Uuml: "Ü",
  szlig: "ß",
  eacute: "é",
  egrave: "è",
  agrave: "à",
  ccedil: "ç",
  laquo: "«",
  raquo: "»",
  euro: "€",
  ntilde: "ñ",
  aacute: "á",
  iacute: "í",
  oacute: "ó",
  uacute: "ú",
  bdquo: "„",
};

export function undoEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,8});/gi, (whole, body: string) => {
    if (!body.startsWith("#")) return NAMED[body] ?? whole;
    const code = /^#x/i.test(body) ? Number.parseInt(body.slice(2), 16) : Number.parseInt(body.slice(1), 10);
    return code > 0 && code < 0x110000 && !(code >= 0xd800 && code < 0xe000)
      ? String.fromCodePoint(code)
      : whole;
  });
}

/** Text of a value that may be markup: JSON-LD bodies are sometimes markup. */
export function plainOf(text: string): string {
  const undone = undoEntities(text);
  return /<\/?[a-z][^<>]*>/i.test(undone)
    ? undone
        .replace(/<(script|style)[^<>]*>[^<]*<\/\1>/gi, " ")
        .replace(/<\/(p|div|h\d|li)>|<br[^<>]*>/gi, "\n\n")
        .replace(/<[^<>]{1,2000}>/g, " ")
    : undone;
}

/** Values in a text that is JSON, nearly JSON, or a program that begins with it. */
export function jsonIn(text: string): readonly unknown[] {
  return parseLoosely(text) ?? [];
}

function parseLoosely(script: string): readonly unknown[] | undefined {
  if (script.length > 6_000_000) return undefined;
  const text = script
    .replace(/^\s*(?:\/\/\s*)?<!\[CDATA\[|(?:\/\/\s*)?\]\]>\s*$/g, "")
    .replace(/^\s*<!--|-->\s*$/g, "")
    .trim()
    .replace(/;$/, "");
  const direct = tryJson(text);
  if (direct !== undefined) return [direct];
  const mended = mend(text);
  const second = tryJson(mended);
  if (second !== undefined) return [second];
  // Several values one after another, or rubbish at the end: take balanced pieces.
  const pieces = balancedPieces(mended)
    .map(tryJson)
    .filter((v) => v !== undefined);
  return pieces.length > 0 ? pieces : undefined;
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // JSON.parse reports malformed text only by throwing
  }
}

/** Line breaks and tabs inside strings escaped, bad escapes doubled, comments and trailing commas dropped. */
function mend(text: string): string {
  let out = "";
  let inString = false;
  let comma = false; // held back until we know that no bracket closes after it
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (comma && !/\s/.test(c) && c !== "/") {
      if (c !== "}" && c !== "]" && c !== ",") out += ",";
      comma = false;
    }
    if (inString) {
      if (c === "\\") {
        const next = text.charAt(i + 1);
        if (/["\\/bfnrtu]/.test(next)) {
          out += c + next;
          i++;
        } else out += "\\\\";
      } else if (c === '"') {
        // A quotation mark that is not followed by structure is one the author forgot to escape.
        const rest = text.slice(i + 1, i + 40).trimStart();
        if (rest === "" || /^[,:}\]]/.test(rest)) {
          inString = false;
          out += c;
        } else out += '\\"';
      } else if (c < " ") out += c === "\n" ? "\\n" : c === "\t" ? "\\t" : " ";
      else out += c;
    } else if (c === '"') {
      inString = true;
      out += c;
    } else if (c === "/" && text.charAt(i + 1) === "*") {
      const end = text.indexOf("*/", i + 2);
      i = end < 0 ? text.length : end + 1;
    } else if (c === "/" && text.charAt(i + 1) === "/") {
      const end = text.indexOf("\n", i);
      i = end < 0 ? text.length : end;
    } else if (c === ",") comma = true;
    else if (/\s/.test(c)) out += " ";
    else out += c;
  }
  return out;
}

function balancedPieces(text: string): string[] {
  const pieces: string[] = [];
  let depth = 0;
  let start = -1;
  let inString = false;
  for (let i = 0; i < text.length && pieces.length < 50; i++) {
    const c = text.charAt(i);
    if (inString) {
      if (c === "\\") i++;
      else if (c === '"') inString = false;
    } else if (c === '"') inString = true;
    else if (c === "{" || c === "[") {
      if (depth === 0) start = i;
      depth++;
    } else if (c === "}" || c === "]") {
      depth--;
      if (depth === 0 && start >= 0) pieces.push(text.slice(start, i + 1));
      if (depth < 0) depth = 0;
    }
  }
  return pieces;
}

function gather(roots: readonly unknown[], things: Thing[], byId: Map<string, Thing>): void {
  const queue: { value: unknown; depth: number }[] = roots.map((value) => ({ value, depth: 0 }));
  for (let i = 0; i < queue.length && things.length < 2000; i++) {
    const { value, depth } = queue[i] ?? { value: undefined, depth: 0 };
    if (Array.isArray(value)) {
      for (const item of value.slice(0, 500)) queue.push({ value: item as unknown, depth });
    } else if (isThing(value)) {
      if (value["@type"] !== undefined) things.push(value);
      const key = value["@id"];
      if (typeof key === "string" && value["@type"] !== undefined && !byId.has(key)) byId.set(key, value);
      if (depth < 6)
        for (const inner of Object.values(value))
          if (typeof inner === "object" && inner !== null) queue.push({ value: inner, depth: depth + 1 });
    }
  }
}
