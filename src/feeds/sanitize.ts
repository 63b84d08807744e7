/**
 * HTML of strangers → HTML that may be shown, with absolute addresses.
 *
 * The library sanitize-html does the work under the list below: text structure, pictures, sound, film and tables stay;
 * forms stay as dead shells without attributes; nothing that runs, embeds, styles or navigates stays. Addresses are
 * http, https, mailto and tel only, resolved against the base. Plain markup as most feeds carry it takes a short way
 * that gives letter for letter what the library gives (sanitize.test.ts holds it to that).
 * Leaves out SVG, MathML, style and class: they carry nothing the record needs and hide most attacks.
 */
import sanitize from "sanitize-html";
import { isTooDeep, mendOpenMarkup, textOfHtml } from "./html-text.ts";
import { simpleHtml } from "./sanitize-simple.ts";
import { resolveUrl } from "./urls.ts";
import { escapeText } from "./xml-walk.ts";

/** Elements kept with their few harmless attributes. */
export const KEPT_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  a: ["href", "title", "hreflang"],
  img: ["src", "alt", "title", "width", "height"],
  audio: ["src", "controls"],
  video: ["src", "controls", "poster", "width", "height"],
  source: ["src", "type"],
  blockquote: ["cite"],
  q: ["cite"],
  time: ["datetime"],
  abbr: ["title"],
  acronym: ["title"],
  td: ["colspan", "rowspan"],
  th: ["colspan", "rowspan"],
  ol: ["start"],
};

export const KEPT_ELEMENTS: readonly string[] =
  `a abbr acronym address area article aside audio b bdi bdo big blockquote br button canvas caption center cite code col colgroup
command datagrid datalist dd del details dfn dialog dir div dl dt em event-source fieldset figcaption figure font footer form
h1 h2 h3 h4 h5 h6 header hr i img input ins kbd keygen label legend li m main map mark menu meter multicol nav nextid ol optgroup
option output p picture pre progress q rp rt ruby s samp section select small sound source spacer span strike strong sub summary
sup table tbody td textarea tfoot th thead time tr tt u ul var video wbr`.split(/\s+/);

const VOID = "area br col hr img input keygen link meta param source spacer nextid wbr".split(" ");
const URL_ATTRIBUTES: readonly string[] = ["href", "src", "poster", "cite"];

export type SanitizeOptions = {
  /** Address that relative addresses are relative to. */
  readonly base?: string | undefined;
};

/**
 * @example sanitizeHtml('<p onclick="x()">See <a href="/a">this</a></p>', { base: "https://gazette.example/" })
 * // '<p>See <a href="https://gazette.example/a">this</a></p>'
 */
export function sanitizeHtml(html: string, options: SanitizeOptions = {}): string {
  return simpleHtml(html, options.base) ?? sanitizeByLibrary(html, options);
}

export function sanitizeByLibrary(html: string, options: SanitizeOptions = {}): string {
  const cut = mendOpenMarkup(html).replace(/(<br[^<>]*>)\s*<\/br>/gi, "$1");
  if (isTooDeep(cut)) return escapeText(textOfHtml(cut));
  return sanitize(cut, {
    allowedTags: [...KEPT_ELEMENTS],
    allowedAttributes: KEPT_ATTRIBUTES as Record<string, string[]>, // the library's type is not read-only
    allowedSchemes: ["http", "https", "mailto", "tel"],
    allowedSchemesAppliedToAttributes: [...URL_ATTRIBUTES],
    allowProtocolRelative: false,
    selfClosing: VOID,
    nonTextTags: ["script", "style", "template", "xmp", "title", "noembed", "noframes"],
    transformTags: {
      // What stands in a text area is not parsed, so the library would hand it on as it came.
      textarea: () => ({ tagName: "textarea", attribs: {}, text: "" }),
      "*": (tagName, attribs) => ({ tagName, attribs: absolute(attribs, options.base) }),
    },
  });
}

function absolute(attributes: Record<string, string>, base: string | undefined): Record<string, string> {
  for (const name of URL_ATTRIBUTES) {
    const value = attributes[name];
    if (value === undefined) continue;
    const url = resolveUrl(value, base);
    if (url === undefined || !/^(?:https?|mailto|tel):/.test(url)) delete attributes[name];
    else attributes[name] = url;
  }
  return attributes;
}
