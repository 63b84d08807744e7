/**
 * Scripts that carry a page's data for its own programs (Next.js, Arc's Fusion, Nuxt and their like) → the running text in
 * them, for pages that show none of it. Takes what is plainly an article: a list of elements with paragraphs of text, or one long
 * piece of markup under a name such as "body". Leaves out data that is not JSON (Nuxt's functions) and everything but the text.
 */
import { isThing, jsonIn, plainOf } from "./jsonld.ts";

const NAMED =
  /(?:__NEXT_DATA__|__NUXT__|__NUXT_DATA__|__INITIAL_STATE__|__PRELOADED_STATE__|__APOLLO_STATE__|__DATA__|Fusion\.globalContent)\s*=\s*(?=[{[]|JSON\.parse)/;
const QUOTED = /^JSON\.parse\(\s*("(?:[^"\\]|\\.)*")\s*\)/;
const BODY_NAME =
  /^(?:article_?body|body(?:_?(?:html|text|copy|content))?|content(?:_?(?:html|body|text|rendered))?|rendered|html|text|story|full_?text|main_?content|copy)$/i;
const PARTS_NAME =
  /^(?:content_?elements|content|body|blocks|elements|paragraphs|components|children|parts)$/i;
const PART_TYPE =
  /^(?:text|paragraph|p|header|heading|quote|raw_?html|html|core\/paragraph|core-paragraph|article-?text|body-?text)$/i;
const MAX_NODES = 150_000;

/** Does this script carry data of the page? Told by its type or by the name it sets. */
export function isState(type: string, text: string): boolean {
  if (text.length < 500 || text.length > 6_000_000) return false;
  if (/^application\/json$/i.test(type)) return true;
  return (type === "" || /javascript|module/i.test(type)) && NAMED.test(text);
}

/** The longest article text in the page's data, paragraphs parted by blank lines. */
export function stateBody(scripts: readonly string[]): string | undefined {
  let best = "";
  for (const script of scripts) {
    for (const value of valuesOf(script)) {
      const found = longestText(value);
      if (found.length > best.length) best = found;
    }
  }
  return best.length > 250 ? best : undefined;
}

function valuesOf(script: string): readonly unknown[] {
  const named = NAMED.exec(script);
  const start = named === null ? 0 : named.index + named[0].length;
  const text = script.slice(start).trim();
  const quoted = QUOTED.exec(text)?.[1];
  if (quoted === undefined) return jsonIn(text);
  const inner = jsonIn(quoted)[0];
  return typeof inner === "string" ? jsonIn(inner) : [];
}

function longestText(root: unknown): string {
  let best = "";
  const queue: unknown[] = [root];
  for (let i = 0; i < queue.length && i < MAX_NODES; i++) {
    const value = queue[i];
    if (Array.isArray(value)) {
      for (const item of value.slice(0, 2000))
        if (typeof item === "object" && item !== null) queue.push(item);
      continue;
    }
    if (!isThing(value)) continue;
    for (const [name, inner] of Object.entries(value)) {
      let text = "";
      if (typeof inner === "string") {
        if (inner.length > 400 && BODY_NAME.test(name)) text = proseOf(inner);
      } else if (Array.isArray(inner)) {
        if (PARTS_NAME.test(name)) text = joinParts(inner);
        queue.push(inner);
      } else if (typeof inner === "object" && inner !== null) queue.push(inner);
      if (text.length > best.length) best = text;
    }
  }
  return best;
}

/** One string is an article when it holds paragraphs and sentences. */
function proseOf(text: string): string {
  const paragraphs = text.match(/<p[\s>]|\n\s*\n/gi)?.length ?? 0;
  const plain = plainOf(text).trim();
  const sentences = plain.match(/[.!?…。؟]["'”’»)]*(?:\s|$)/g)?.length ?? 0;
  return paragraphs >= 2 && sentences >= 4 && !/[{};]\s*\n?\s*[.#@\w-]+\s*\{/.test(plain) ? plain : "";
}

/** Elements of text in their order; those of pictures, advertisements and links to other texts are left out. */
function joinParts(parts: readonly unknown[]): string {
  const lines: string[] = [];
  for (const part of parts.slice(0, 1000)) {
    if (typeof part === "string") {
      if (part.length > 30 && /[.!?…。؟]/.test(part)) lines.push(plainOf(part).trim());
      continue;
    }
    if (!isThing(part)) continue;
    const type = part["type"] ?? part["__typename"] ?? part["_type"] ?? part["name"] ?? part["blockType"];
    if (typeof type !== "string" || !PART_TYPE.test(type)) continue;
    const text = part["content"] ?? part["text"] ?? part["html"] ?? part["value"] ?? part["innerHTML"];
    if (typeof text === "string" && text.trim() !== "") lines.push(plainOf(text).trim());
  }
  return lines.length >= 3 ? lines.join("\n\n") : "";
}
