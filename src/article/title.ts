/**
 * Page → headline without the site's name. A part is cut off only where it is the site's name or domain, or where another
 * source of the headline ends there too; a colon or dash inside a headline is never reason enough.
 */
import { metaOf, type PageIndex } from "./collect.ts";
import { foldSpace } from "./dom.ts";
import { wordsIn } from "./features.ts";
import { plainOf } from "./hints.ts";
import { type Thing, wordsOf } from "./jsonld.ts";

const SEPARATOR = /\s+[|–—\-»«:•·⋆~/<>]+\s+|\s*[|»·•]\s*|:\s+|\s[-–—](?=\p{Lu})/gu;
const key = (text: string): string => wordsIn(text).join("");

export function readTitle(
  index: PageIndex,
  thing: Thing | undefined,
  outlet: string | undefined,
  host: string | undefined,
): string | undefined {
  const sites = siteKeys(index, outlet, host);
  const clean = (text: string | undefined): string | undefined => {
    if (text === undefined) return undefined;
    const stripped = stripSite(foldSpace(plainOf(text)), sites);
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
  const h1s = index.headings
    .filter((h) => h.level === 1)
    .map((h) => clean(h.text))
    .filter((t): t is string => t !== undefined && t.length < 400);
  const declared = [og, headline, whole].filter((t): t is string => t !== undefined);
  // A shown headline that a declared one agrees with is what readers saw
  let best: string | undefined;
  let bestScore = 0.6;
  for (const shown of [
    ...h1s,
    ...index.headings
      .filter((h) => h.level === 2)
      .slice(0, 12)
      .flatMap((h) => clean(h.text) ?? []),
  ]) {
    const score =
      Math.max(0, ...declared.map((text) => agreement(shown, text))) + (h1s.includes(shown) ? 0.05 : 0);
    if (score > bestScore) [best, bestScore] = [shown, score];
  }
  if (best !== undefined) return best;
  if (declared.length === 0) return h1s[0];
  if (h1s.length === 1 && h1s[0] !== undefined && wordsIn(h1s[0]).length >= 4) return h1s[0];
  return og ?? headline ?? cutKnown(whole, h1s) ?? h1s[0];
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
  let text = title;
  for (let round = 0; round < 3; round++) {
    const marks = [...text.matchAll(SEPARATOR)];
    if (marks.length === 0) return text.trim();
    let cut: string | undefined;
    for (let i = marks.length - 1; i >= 0 && cut === undefined; i--) {
      const mark = marks[i];
      if (mark === undefined) continue;
      const tail = text.slice(mark.index + mark[0].length);
      if (isSite(tail, sites)) cut = text.slice(0, mark.index);
    }
    const first = marks[0];
    if (cut === undefined && first !== undefined && isSite(text.slice(0, first.index), sites))
      cut = text.slice(first.index + first[0].length);
    if (cut === undefined || cut.trim() === "") return text.trim();
    text = cut;
  }
  return text.trim();
}

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
