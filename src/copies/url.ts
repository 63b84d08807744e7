/**
 * Web address → the address under which the same page is known everywhere: RFC 3986 normal form, then what publishers
 * and networks hang on it is taken away (tracking parameters, AMP forms, mobile hosts, fragments, trailing slashes).
 * Two addresses with one key are the same page. The key is for comparing, not for fetching: it drops the scheme.
 * Left out: short links (they would need the network) and per-site identifiers.
 */

/** Parameters that name a campaign, a click or a place on a page, never the page itself. */
const TRACKING =
  /^(utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|igshid|igsh|mc_[ce]id|mkt_tok|_ga|_gl|_hs\w+|hsctatracking|vero_\w+|oly_\w+|wt\.?\w*|xtor|ns_\w+|at_(medium|campaign|custom\d*|link_\w+|ptr_name|format|bbc_team)|spm|scm|ito|cmpid?|cid|icid|ncid|ref|refer+er|ref_(src|url)|referral|rss|feed(type|name)?|partner|source|src|share\w*|sh|smid|smtyp|soc_\w+|sr_share|ocid|pgtype|clicksource|module|region|action|contentcollection|emc|nl|nlid|te|amp|outputtype|output|_amp|taid|trk|tag_campaign|guccounter|guce_\w+|s_?cid|wprov|sfnsn|dpr|print|mobile|platform|m)$/i;
/** Parameters that pick the AMP or printed form. */
const AMP_VALUES = /^(amp|1|true|print|mobile|)$/i;
const HOST_PREFIX = /^(www\d?|m|mobile|mob|amp|touch|wap|edition)\./;

const unwrapCache = (url: URL): URL => {
  // Google's AMP viewer and cache keep the publisher's address in the path.
  const viewer = /^\/amp\/(?:s\/)?(.+)$/.exec(url.pathname);
  if (/(^|\.)google\.[a-z.]+$/.test(url.hostname) && viewer?.[1]) return parse(`https://${viewer[1]}`) ?? url;
  const cache = /^\/[civ]\/(?:s\/)?(.+)$/.exec(url.pathname);
  if (url.hostname.endsWith(".cdn.ampproject.org") && cache?.[1]) return parse(`https://${cache[1]}`) ?? url;
  return url;
};

const parse = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

const keepParameter = (name: string, value: string): boolean =>
  !TRACKING.test(name) || (/^(m|print|mobile|amp|output|outputtype)$/i.test(name) && !AMP_VALUES.test(value));

/** The key of an address; absent when it is not a web address. */
export const urlKey = (text: string): string | undefined => {
  const first = parse(text.trim());
  if (!first || !/^https?:$/.test(first.protocol)) return undefined;
  const url = unwrapCache(first);
  const host = url.hostname.replace(/\.$/, "").replace(HOST_PREFIX, "");
  const path = url.pathname
    .replace(/\/{2,}/g, "/")
    .replace(/\/(index|default)\.(html?|php|aspx?)$/i, "/")
    .replace(/^\/amp\//i, "/")
    .replace(/\/(amp|amphtml|print)\/?$/i, "/")
    .replace(/[.-]amp(\.html?)?$/i, "$1")
    .replace(/\.amp(?=\.html?$)/i, "")
    .replace(/\/+$/, "");
  const query = [...url.searchParams]
    .filter(([name, value]) => keepParameter(name, value))
    .map(([name, value]) => `${name}=${value}`)
    .sort();
  // A route behind a hash sign ("#!/story/1") is the page; any other fragment is a place on it.
  const route = url.hash.startsWith("#!") ? url.hash : "";
  return `${host}${path}${query.length ? `?${query.join("&")}` : ""}${route}`;
};

/** Host of an address without www. and mobile prefixes; absent when it is not a web address. */
export const urlHost = (text: string): string | undefined => urlKey(text)?.split(/[/?#]/)[0];

/** Whether an address is a site's front door and so cannot name one text. */
export const isFrontDoor = (text: string): boolean => {
  const key = urlKey(text);
  return key === undefined || !/[/?#]./.test(key);
};

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** Day that stands in the path of an address ("/2022/01/05/", "/2022/jan/5/", "2022-01-05"); absent when none does. */
export const urlDay = (text: string): string | undefined => {
  const path = parse(text)?.pathname.toLowerCase() ?? "";
  const m =
    /[/_-]((?:19|20)\d{2})[/_-]?(\d{1,2}|[a-z]{3,9})[/_-]?(\d{1,2})(?=[/_.-]|$)/.exec(path) ??
    /[/_-]((?:19|20)\d{2})(\d{2})(\d{2})(?=[/_.-]|$)/.exec(path);
  if (!m) return undefined;
  const [, year = "", second = "", third = ""] = m;
  const month = /^\d/.test(second) ? Number(second) : MONTHS.indexOf(second.slice(0, 3)) + 1;
  const day = Number(third);
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
};
