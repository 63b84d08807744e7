/**
 * HTML or text as it stands in a feed field → plain text on one line.
 *
 * Tags go, with the content of script and style; blocks and breaks become spaces; references become letters.
 * A "<" that opens no tag stays. Leaves out layout: paragraphs are not kept.
 */
import { decodeHTML } from "entities/decode";
import { Parser } from "htmlparser2";

const INLINE: ReadonlySet<string> = new Set(
  "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup time tt u var wbr".split(
    " ",
  ),
);
const SILENT: ReadonlySet<string> = new Set(["script", "style", "template"]);

/**
 * @example textOfHtml("Q&amp;A: <b>who</b> pays<br>next") // "Q&A: who pays next"
 */
export function textOfHtml(html: string): string {
  if (!html.includes("<")) return oneLine(html.includes("&") ? decodeHTML(html) : html);
  let text = "";
  let silent = 0;
  const parser = new Parser({
    onopentag(name) {
      if (SILENT.has(name)) silent++;
      else if (!INLINE.has(name)) text += " ";
    },
    ontext(data) {
      if (silent === 0) text += data;
    },
    onclosetag(name) {
      if (SILENT.has(name)) silent--;
      else if (!INLINE.has(name)) text += " ";
    },
  });
  const mended = mendOpenMarkup(html);
  parser.end(isTooDeep(mended) ? mended.replace(/<\/?[a-zA-Z][^<>]*>/g, " ") : mended);
  return oneLine(text);
}

export function oneLine(text: string): string {
  return /[^\S ]| {2}/.test(text) ? text.replace(/\s+/g, " ").trim() : text.trim();
}

/**
 * Comments taken out and declarations left open made text, so that neither can swallow the words after it. A comment
 * without its end goes to the next ">", as older readers have it; without that it hides the rest.
 */
export function mendOpenMarkup(html: string): string {
  if (!html.includes("<!")) return html;
  let out = "";
  let from = 0;
  for (let open = html.indexOf("<!--"); open >= 0; open = html.indexOf("<!--", from)) {
    out += html.slice(from, open);
    const end = html.indexOf("-->", open + 4);
    const greater = end < 0 ? html.indexOf(">", open + 4) : end + 2;
    from = greater < 0 ? html.length : greater + 1;
  }
  out += html.slice(from);
  const last = out.lastIndexOf("<!");
  return last >= 0 && !out.includes(">", last) ? `${out.slice(0, last)}&lt;${out.slice(last + 1)}` : out;
}

const MAX_HTML_DEPTH = 500;
/** Elements that never nest by being left open: void, or closed by the next of their kind. */
const FLAT: ReadonlySet<string> = new Set(
  "area base br col embed hr img input link meta param source track wbr p li td th tr dd dt option".split(
    " ",
  ),
);

/** Whether markup nests so deep that parsers of HTML, whose time grows with its square, must not see it. */
export function isTooDeep(html: string): boolean {
  if (html.length < MAX_HTML_DEPTH * 3) return false;
  let depth = 0;
  for (const tag of html.matchAll(/<(\/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})/g)) {
    if (FLAT.has((tag[2] ?? "").toLowerCase())) continue;
    if (tag[1] === "/") depth = Math.max(0, depth - 1);
    else if (++depth > MAX_HTML_DEPTH) return true;
  }
  return false;
}
