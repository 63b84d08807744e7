/** Where on the page the article stands: tells by-lines and dates of this article from those of teasers, comments and sidebars. */
import { Element } from "domhandler";
import type { BodyBlock } from "./body.ts";
import type { PageIndex } from "./collect.ts";
import { wordsIn } from "./features.ts";

export type Zone = {
  /** True when the element may speak of this article. */
  readonly near: (element: Element) => boolean;
  /**
   * True when a signature may stand here: as near, and between headline and text or right under the text also in what a
   * theme calls an aside or a teaser.
   */
  readonly signs: (element: Element) => boolean;
  /** Position of the headline in document order; undefined when it is not shown. */
  readonly heading: number | undefined;
  readonly bodyStart: number | undefined;
  readonly bodyEnd: number | undefined;
};

const ELSEWHERE =
  /(?:^|\s)(?:[a-z]{1,7}[-_]{1,2})?(?:comments?|commentlist|comment-?(?:list|body|meta|author|item|content|form|wrap\w*)|kommentare?|comentarios|related|similar|recommend(?:ed|ations?)?|sidebar|aside|footer|nav|navigation|menu|teasers?|promo|widgets?|trending|popular|latest|newsfeed|ticker|breadcrumbs?|cookie|newsletter|outbrain|taboola|most-?read|archive|carousel|slider|disqus|respond)(?=[-_\s\d]|$)/i;

/** Containers that hold no signature of this article wherever they stand. */
const NEVER =
  /(?:^|[\s_-])(?:comments?|commentlist|kommentare?|comentarios|related|similar|recommend\w*|sidebar|nav|navigation|menu|breadcrumbs?|cookie|newsletter|outbrain|taboola|most-?read|popular|trending|ticker|carousel|slider|disqus|respond|cards?|more-?(?:from|stories|news)|mehr-?(?:zum|von))(?=[-_\s\d]|$)/i;

export function zoneOf(index: PageIndex, body: readonly BodyBlock[], title: string | undefined): Zone {
  const orders = body
    .filter((b) => b.text.length > 60)
    .map((b) => (b.raw.frame.element === undefined ? undefined : index.order.get(b.raw.frame.element)))
    .filter((o): o is number => o !== undefined);
  const bodyStart = orders.length === 0 ? undefined : Math.min(...orders.slice(0, 5));
  const bodyEnd = orders.length === 0 ? undefined : Math.max(...orders.slice(-5));
  const wanted = new Set(wordsIn(title ?? ""));
  let heading: number | undefined;
  let headingElement: Element | undefined;
  let best = 0.6;
  for (const h of index.headings) {
    const words = wordsIn(h.text);
    const common = words.filter((word) => wanted.has(word)).length / Math.max(1, words.length, wanted.size);
    const at = index.order.get(h.element);
    // Of equal headings the last before the body is the article's own
    if (
      common > best - 0.01 &&
      (bodyStart === undefined || at === undefined || at <= bodyStart + 5 || heading === undefined)
    ) {
      best = Math.max(best, common);
      heading = at;
      headingElement = h.element;
    }
  }
  const memo = new Map<Element, boolean>();
  const from = heading !== undefined ? heading - 120 : bodyStart !== undefined ? bodyStart - 150 : 0;
  const to = (bodyEnd ?? (heading === undefined ? Number.POSITIVE_INFINITY : heading + 200)) + 80;
  const holdsBody = new Set<Element>();
  for (const inside of [headingElement, ...body.slice(0, 3).map((b) => b.raw.frame.element)]) {
    let node = inside?.parent;
    while (node instanceof Element && !holdsBody.has(node)) {
      holdsBody.add(node);
      node = node.parent;
    }
  }
  const clear = (start: Element): boolean => {
    const path: Element[] = [];
    let node: unknown = start;
    let verdict = true;
    while (node instanceof Element) {
      const known = memo.get(node);
      if (known !== undefined) {
        verdict = known;
        break;
      }
      if (holdsBody.has(node)) break;
      path.push(node);
      if (
        node.name === "aside" ||
        node.name === "nav" ||
        node.name === "footer" ||
        node.name === "form" ||
        ELSEWHERE.test(`${node.attribs["class"] ?? ""} ${node.attribs["id"] ?? ""}`.slice(0, 400))
      ) {
        verdict = false;
        break;
      }
      node = node.parent;
    }
    for (const element of path) memo.set(element, verdict);
    return verdict;
  };
  const near = (element: Element): boolean => {
    const at = index.order.get(element);
    return at !== undefined && at >= from && at <= to && clear(element);
  };
  const signs = (element: Element): boolean => {
    if (near(element)) return true;
    const at = index.order.get(element);
    const start = heading ?? bodyStart;
    if (at === undefined || start === undefined) return false;
    const above = at >= start - 25 && at <= Math.max(start + 60, Math.min(bodyStart ?? start, start + 150));
    const below = bodyEnd !== undefined && at > bodyEnd && at <= bodyEnd + 40;
    if (!above && !below) return false;
    for (let node: unknown = element, up = 0; node instanceof Element && up < 12; node = node.parent, up++) {
      if (holdsBody.has(node)) break;
      if (node.name === "nav" || node.name === "footer" || node.name === "form") return false;
      if (below && node.name === "aside") return false;
      if (NEVER.test(`${node.attribs["class"] ?? ""} ${node.attribs["id"] ?? ""}`.slice(0, 400)))
        return false;
    }
    return true;
  };
  return { near, signs, heading, bodyStart, bodyEnd };
}
