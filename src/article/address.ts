/**
 * Addresses: absolute and clean of tracking, the site a host belongs to, and whether a page's own claim of its canonical
 * address can be believed. Leaves out the full Public Suffix List: the two-level suffixes that news uses are enough here.
 */
const TRACKING =
  /^(utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|_ga|ref|ref_src|cmpid|cmp|ito|ns_\w+|smid|smtyp|xtor|wt_mc|wt_zmc|at_\w+|ocid|sr_share|feature|spm|output|amp)$/i;
const SECOND_LEVEL =
  /^(co|com|org|net|gov|govt|ac|edu|gob|gouv|or|ne|go|gv|nhs|asn|id|nom|web|blogspot|wordpress|substack|tumblr|github|typepad|over-blog)\.[a-z]{2,4}$/;

export function absolute(href: string | undefined, base: string | undefined): string | undefined {
  const text = href?.trim();
  if (
    text === undefined ||
    text === "" ||
    text.length > 4000 ||
    /^(javascript|data|mailto|tel|about|blob):/i.test(text)
  )
    return undefined;
  try {
    const url = base === undefined ? new URL(text) : new URL(text, base);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : undefined;
  } catch {
    return undefined; // URL reports a malformed address only by throwing
  }
}

/** Without fragment and tracking parameters. */
export function cleanUrl(href: string): string {
  let url: URL;
  try {
    url = new URL(href);
  } catch {
    return href;
  }
  url.hash = "";
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  return url.href.replace(/\?$/, "");
}

export function hostOf(url: string | undefined): string | undefined {
  const host = /^https?:\/\/(?:[^/@]*@)?([^/:?#]+)/i.exec(url ?? "")?.[1]?.toLowerCase();
  return host === undefined || host === "" ? undefined : host.replace(/\.$/, "");
}

/** "www.news.example.co.uk" → "example.co.uk". */
export function siteOf(host: string): string {
  if (/^\d+(\.\d+){3}$/.test(host)) return host;
  const parts = host.split(".");
  const two = parts.slice(-2).join(".");
  return SECOND_LEVEL.test(two) ? parts.slice(-3).join(".") : two;
}

/**
 * Canonical address to record. One that points to the front page or to a path-less address says nothing about this page
 * and is dropped; another site's is kept by the caller as evidence of the original, not as this page's address.
 */
export function canonicalOf(
  candidates: readonly (string | undefined)[],
  url: string | undefined,
): { readonly own: string | undefined; readonly foreign: string | undefined } {
  const site = hostOf(url) === undefined ? undefined : siteOf(hostOf(url) ?? "");
  let own: string | undefined;
  let foreign: string | undefined;
  for (const candidate of candidates) {
    if (candidate === undefined) continue;
    const path = candidate.replace(/^https?:\/\/[^/]+/i, "");
    const bare = /^\/?(index\.\w+)?([?#].*)?$/.test(path);
    if (bare && !(url !== undefined && /^https?:\/\/[^/]+\/?([?#].*)?$/.test(url))) {
      if (!/[?&]p(age)?(_?id)?=\d+/.test(path)) continue;
    }
    const host = hostOf(candidate);
    if (site === undefined || (host !== undefined && siteOf(host) === site)) own ??= cleanUrl(candidate);
    else foreign ??= cleanUrl(candidate);
  }
  return { own, foreign };
}
