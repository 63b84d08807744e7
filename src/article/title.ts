/**
 * Page → headline without the site's name. A part is cut off only where it is the site's name or domain, or where another
 * source of the headline ends there too; a colon or dash inside a headline is never reason enough.
 */
import { Element, Text } from "domhandler";
import { metaOf, type PageIndex } from "./collect.ts";
import { findDates } from "./datewords.ts";
import { foldSpace, textOf } from "./dom.ts";
import { wordsIn } from "./features.ts";
import { plainOf, type Thing, wordsOf } from "./jsonld.ts";

const SEPARATOR = /\s+[|–—\-»«:•·⋆~/<>]+\s+|\s*[|»·•]\s*|:\s+|\s[-–—](?=\p{Lu})/gu;
const key = (text: string): string => wordsIn(text).join("");

export type TitleRead = {
  readonly title: string | undefined /** Words set above the headline inside it. */;
  readonly kicker: string | undefined;
};

export function readTitle(
  index: PageIndex,
  thing: Thing | undefined,
  outlet: string | undefined,
  host: string | undefined,
): TitleRead {
  const sites = siteKeys(index, outlet, host);
  const clean = (text: string | undefined): string | undefined => {
    if (text === undefined) return undefined;
    const stripped = stripDate(stripSite(foldSpace(plainOf(text.slice(0, 2000))).slice(0, 600), sites));
    return wordsIn(stripped).length === 0 || sites.has(key(stripped)) ? undefined : stripped;
  };
  const og = clean(
    metaOf(
      index,
      "og:title",
      "twitter:title",
      "title",
      "dc.title",
      "dcterms.title",
      "sailthru.title",
      "parsely-title",
    ),
  );
  const headline = thing === undefined ? undefined : clean(wordsOf(thing["headline"]));
  const whole = index.title === undefined ? undefined : clean(index.title);
  const twitter = clean(metaOf(index, "twitter:title"));
  const declared = [og, headline, whole, twitter].filter((t): t is string => t !== undefined);
  const shown = index.headings
    .filter((h, i) => (h.level === 1 || i < 14) && !isMasthead(h.element))
    .flatMap((h) => {
      const { main, kicker } = headlineOf(h.element, declared);
      const title = clean(main);
      return title === undefined || title.length > 400 ? [] : [{ title, kicker, level: h.level }];
    });
  // A shown headline that a declared one agrees with is what readers saw
  let best: (typeof shown)[number] | undefined;
  let bestScore = 0.6;
  for (const candidate of shown) {
    const score =
      Math.max(
        0,
        ...declared.map((text) => agreement(candidate.title, text)),
        candidate.level === 1 && declared.some((text) => opens(text, candidate.title)) ? 0.7 : 0,
      ) +
      (candidate.level === 1 ? 0.05 : 0) +
      // Of two that agree alike ("News" with <title>, the headline with og:title) the one that says more
      Math.min(12, wordsIn(candidate.title).length) * 0.002;
    if (score > bestScore) [best, bestScore] = [candidate, score];
  }
  if (best !== undefined) return { title: best.title, kicker: best.kicker };
  const minor = minorTitle(index, declared, clean);
  if (minor !== undefined) return { title: minor, kicker: undefined };
  const h1s = shown.filter((h) => h.level === 1);
  const only = h1s.length === 1 || declared.length === 0 ? h1s[0] : undefined;
  if (only !== undefined && (declared.length === 0 || wordsIn(only.title).length >= 4))
    return { title: only.title, kicker: only.kicker };
  return {
    title:
      og ??
      headline ??
      cutKnown(
        whole,
        h1s.map((h) => h.title),
      ) ??
      h1s[0]?.title,
    kicker: undefined,
  };
}

/** A heading that holds the site's name and leads to its front page. */
function isMasthead(element: Element): boolean {
  if (
    /(?:^|[\s_-])(?:site-?(?:title|name|logo)|logo|brand(?:ing)?|masthead)(?=[\s_-]|$)/i.test(
      element.attribs["class"] ?? "",
    )
  )
    return true;
  return element.children.some(
    (child) => child instanceof Element && /\bhome\b/i.test(child.attribs["rel"] ?? ""),
  );
}

/** "Plum cake - recipe of Example" begins with the shown "Plum cake". */
function opens(declared: string, shown: string): boolean {
  const words = wordsIn(shown).length;
  if (words < 2 || !declared.toLowerCase().startsWith(shown.toLowerCase())) return false;
  return /^\s*(?:[|»:·•–—]|\s-\s|-\s)/.test(declared.slice(shown.length));
}

/** A small heading that is, word for word, one part of what the page declares: "Example club - Headline - Press". */
function minorTitle(
  index: PageIndex,
  declared: readonly string[],
  clean: (text: string | undefined) => string | undefined,
): string | undefined {
  const parts = new Set(
    declared
      .flatMap((text) => text.split(SEPARATOR))
      .map(key)
      .filter((part) => part.length > 12),
  );
  for (const element of index.minorHeadings) {
    const text = clean(textOf(element, 300));
    if (text !== undefined && wordsIn(text).length >= 4 && parts.has(key(text))) return text;
  }
  return undefined;
}

const KICKER =
  /(^|[-_\s])(kicker|overline|topline|top-?title|h\d-?small|small|fake-h\d|dachzeile|roof-?line|super-?title|pre-?title|spitzmarke|eyebrow|surtitre|antetitulo|volanta|cintillo|strapline|label|category|rubric|rubrik|badge)/i;
/** Words for screen readers only. */
const HIDDEN =
  /(?:^|\s)(?:visually-?hidden|sr-only|screen-reader(?:-text)?|show-for-sr|invisible|hidden-?text)(?:\s|$)/i;
const HEADLINE = /(?:^|\s)(?:\w+[-_]{1,2})*(?:headline|title)(?:\s|$)/i;
const BELOW =
  /(^|[-_\s])(sub-?title|sub-?head(line)?|deck?|unterzeile|subline|date|datum|time|author|byline|meta)/i;

/**
 * The words of a heading element without what is set above or below the headline inside it: by class names, or because a
 * declared headline begins or ends exactly where an inner element does.
 */
function headlineOf(
  element: Element,
  declared: readonly string[],
): { main: string; kicker: string | undefined } {
  type Role = "kicker" | "below" | "main" | "headline";
  const parts: { text: string; role: Role }[] = [];
  let open = false;
  const stack: { node: unknown; role: Role }[] = [{ node: element, role: "main" }];
  for (let item = stack.pop(), steps = 0; item !== undefined && steps < 400; item = stack.pop(), steps++) {
    const { node, role } = item;
    if (node === undefined) open = false;
    else if (node instanceof Text) {
      const last = parts.at(-1);
      if (open && last !== undefined && last.role === role) last.text += node.data;
      else parts.push({ text: node.data, role });
      open = true;
    } else if (node instanceof Element) {
      if (node.name === "script" || node.name === "style" || node.name === "svg") continue;
      const names =
        node === element ? "" : `${node.attribs["class"] ?? ""} ${node.attribs["itemprop"] ?? ""}`;
      if (HIDDEN.test(names)) continue;
      const inner = KICKER.test(names)
        ? "kicker"
        : BELOW.test(names)
          ? "below"
          : HEADLINE.test(names)
            ? "headline"
            : role;
      if (!/^(a|b|i|em|strong|mark|abbr|wbr|u|sup|sub|q|cite|font|time)$/.test(node.name)) {
        open = false;
        if (node !== element) stack.push({ node: undefined, role });
      }
      for (let i = node.children.length - 1; i >= 0; i--) stack.push({ node: node.children[i], role: inner });
    }
  }
  const filled = parts
    .map((part) => ({ ...part, text: foldSpace(part.text) }))
    .filter((part) => wordsIn(part.text).length > 0);
  // Where one part is named the headline, what stands before it is not part of it
  const named = filled.filter((part) => part.role === "headline");
  if (named.length === 1)
    for (const part of filled.slice(
      0,
      filled.findIndex((p) => p.role === "headline"),
    ))
      if (part.role === "main") part.role = "kicker";
  for (const part of named) part.role = "main";
  let main = filled.filter((part) => part.role === "main");
  if (main.length === 0 || key(main.map((p) => p.text).join(" ")).length < 8)
    return { main: textOf(element, 1000), kicker: undefined };
  let kicker = filled
    .filter((part) => part.role === "kicker")
    .map((part) => part.text)
    .join(" ");
  const wanted = new Set(declared.map(key));
  for (let from = 0; from < main.length && main.length > 1; from++) {
    for (let to = main.length; to > from; to--) {
      if (
        (from > 0 || to < main.length) &&
        wanted.has(
          key(
            main
              .slice(from, to)
              .map((p) => p.text)
              .join(" "),
          ),
        )
      ) {
        if (from > 0 && kicker === "")
          kicker = main
            .slice(0, from)
            .map((p) => p.text)
            .join(" ");
        main = main.slice(from, to);
      }
    }
  }
  const text = foldSpace(main.map((part) => part.text).join(" ")).replace(/^\s*[|:–—-]\s+/, "");
  // "<em>Rubric</em> Headline": a declared headline is how the shown one ends
  const cutAt = declared
    .filter(
      (d) =>
        wordsIn(d).length >= 4 && text.length > d.length + 3 && text.toLowerCase().endsWith(d.toLowerCase()),
    )
    .map((d) => text.length - d.length)[0];
  if (cutAt !== undefined && cutAt < 60 && element.children.some((child) => child instanceof Element))
    return { main: text.slice(cutAt), kicker: text.slice(0, cutAt).replace(/[\s:|–—-]+$/, "") };
  // "Rubric | Headline" in one run of text, where a declared headline has no rubric
  const bar = /^([^|]{2,40})\s\|\s(.{15,})$/.exec(text);
  if (bar?.[1] !== undefined && bar[2] !== undefined && wanted.has(key(bar[2])))
    return { main: bar[2], kicker: bar[1] };
  return { main: text, kicker: kicker === "" ? undefined : kicker.replace(/[\s:|–—-]+$/, "") };
}

/** "23.01.2022 - Headline" → "Headline". */
function stripDate(text: string): string {
  const date = findDates(text.slice(0, 40), "dmy")[0];
  if (date === undefined || date.index > 0) return text;
  const rest = text.slice(date.words.length).replace(/^[\s:|–—,-]+/, "");
  return wordsIn(rest).length >= 3 ? rest : text;
}

/** Jaccard-like agreement of two headlines, 1 when equal; containment of the shorter counts when it is long enough. */
function agreement(a: string, b: string): number {
  const x = new Set(wordsIn(a));
  const y = new Set(wordsIn(b));
  if (x.size === 0 || y.size === 0) return 0;
  let common = 0;
  for (const word of x) if (y.has(word)) common++;
  const union = x.size + y.size - common;
  return Math.max(
    common / union,
    x.size >= 4 ? (common / x.size) * 0.9 : 0,
    y.size >= 4 ? (common / y.size) * 0.85 : 0,
  );
}

function cutKnown(whole: string | undefined, h1s: readonly string[]): string | undefined {
  if (whole === undefined) return undefined;
  const same = h1s.find((h1) => key(whole).startsWith(key(h1)) && wordsIn(h1).length >= 2);
  return same ?? whole;
}

/** Names by which the site may call itself, folded to letters. */
export function siteKeys(
  index: PageIndex,
  outlet: string | undefined,
  host: string | undefined,
): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const name of [
    outlet,
    metaOf(index, "og:site_name"),
    metaOf(index, "application-name"),
    metaOf(index, "al:ios:app_name"),
    metaOf(index, "apple-mobile-web-app-title"),
    metaOf(index, "twitter:app:name:iphone"),
    metaOf(index, "publisher"),
    metaOf(index, "dc.publisher"),
    metaOf(index, "copyright"),
    metaOf(index, "twitter:site")?.replace(/^@/, ""),
  ]) {
    if (name !== undefined && name.length < 80) keys.add(key(name));
  }
  if (host !== undefined) {
    const parts = host.replace(/^(www\d?|m|amp|blog|news|en|de)\./, "").split(".");
    keys.add(parts.join(""));
    keys.add(key(host));
    for (const part of parts.slice(0, -1))
      if (part.length > 2 && !/^(co|com|org|net|gov|edu|ac)$/.test(part))
        keys.add(part.replace(/[^\p{L}\p{N}]/gu, ""));
  }
  keys.delete("");
  return keys;
}

/** Drops leading and trailing parts that are the site's name. */
export function stripSite(title: string, sites: ReadonlySet<string>): string {
  let text = CJK_TAIL.exec(title)?.[1] ?? title;
  for (let round = 0; round < 3; round++) {
    const marks = [...text.matchAll(SEPARATOR)];
    if (marks.length === 0) return text.trim();
    let cut: string | undefined;
    for (let i = 0; i < marks.length && cut === undefined; i++) {
      const mark = marks[i];
      if (mark === undefined) continue;
      const from = mark.index + mark[0].length;
      const next = marks[i + 1];
      const head = text.slice(0, mark.index);
      // From the first later part that is the site on, all is about the site
      if (
        wordsIn(head).length > 0 &&
        ((!colon(mark) && isSite(text.slice(from), sites)) ||
          (next !== undefined &&
            !colon(mark) &&
            !colon(next) &&
            wordsIn(head).length >= 3 &&
            isSite(text.slice(from, next.index), sites)))
      )
        cut = head;
    }
    const first = marks[0];
    if (
      cut === undefined &&
      first !== undefined &&
      (!colon(first) || wordsIn(text.slice(0, first.index)).length > 1) &&
      isSite(text.slice(0, first.index), sites)
    )
      cut = text.slice(first.index + first[0].length);
    if (cut === undefined || cut.trim() === "") return text.trim();
    text = cut;
  }
  return text.trim();
}

/** "Body: headline" on a body's own site: the body is then the subject of the headline. */
const colon = (mark: RegExpExecArray): boolean => mark[0].trim() === ":";

/** Headlines in Chinese or Japanese end in "-Site" or "_Site" without spaces. */
const CJK_TAIL = /^(.*[\u3040-\u30ff\u4e00-\u9fff].{4,})[-_|–—｜]([^-_|–—｜]{2,10})$/u;

function isSite(part: string, sites: ReadonlySet<string>): boolean {
  const folded = key(part);
  if (folded === "" || folded.length > 50) return false;
  if (sites.has(folded)) return true;
  const words = wordsIn(part);
  if (words.length > 6) return false;
  for (const site of sites) {
    if (site.length < 4) continue;
    // "The Example Times" against example-times.com; "Example Times Online" against "Example Times"
    if (
      folded === `the${site}` ||
      site === `the${folded}` ||
      folded === `${site}online` ||
      folded === `${site}com` ||
      folded === `${site}de`
    )
      return true;
    if (site.length >= 5 && folded.startsWith(site) && folded.length <= site.length * 2.2) return true;
    if (folded.length >= 5 && site.startsWith(folded) && folded.length >= site.length * 0.6) return true;
  }
  return /^[\w-]+(\.[\w-]+)*\.(com|org|net|de|ch|at|uk|fr|it|es|pl|ru|info|eu|tv|nl|br|ar|mx|in|jp|cn)$/i.test(
    part.trim(),
  );
}
