/**
 * Who says so, as written → the issuer at the end of the citation chain. A spokesman, a press service, a statement and
 * an official channel are their body's; "the Ministry of Health" and "Kazakhstan's health ministry" are one. Two
 * different persons stay two, and so do two ministries. Names in capitals keep theirs for show.
 */

const MOUTHPIECE =
  /^(?:an? |the |its |his |her |their )?(?:(?:chief|deputy|official|senior|press|state|government|unnamed|another) )*(?:spokes(?:man|woman|person|people)|representative|press (?:service|office|secretary|release)|statement|communiqu[eé]|report|channel|telegram channel|website|official channel|account|officials?|sources?)(?: (?:of|for|from|by|at|with|in|on behalf of))? (?:the )?(?=\S)/i;
const MOUTHPIECE_AFTER =
  /(?:['’]s?)? (?:spokes(?:man|woman|person)|press (?:service|office|secretary|release)|statement|communiqu[eé]|(?:official |telegram )*(?:channel|website|account|page)|representatives?|data|figures|officials)(?: .*)?$/i;
const BODY =
  "ministry|office|department|agency|service|police|army|government|committee|council|bureau|administration|akimat|court|parliament|prosecutor(?:['’]s office)?";

const squash = (s: string): string =>
  s
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/['’]s?(?= |$)/g, "")
    .replace(/[^\p{L}\p{N} ]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();

/** Words that belong to a body's place in the world, not to its name. */
const COUNTRY_OWNER = /^(?:the )?[\p{Lu}][\p{L}-]+(?: [\p{Lu}][\p{L}-]+)?['’]s? (?=\p{Ll}|[\p{Lu}])/u;

export type Issuer = {
  /** Compared. */
  readonly key: string;
  /** Shown. */
  readonly name: string;
};

/** @example issuerOf("a spokesman for the Ministry of Health").key // "health ministry" */
export const issuerOf = (speaker: string): Issuer => {
  const before = speaker.trim().replace(/\s+/g, " ");
  let name = before.replace(MOUTHPIECE, "");
  const cut = name.replace(MOUTHPIECE_AFTER, "");
  if (cut.length > 2) name = cut;
  name = name.replace(/^(?:the|an?|its|his|her|their) /i, "");
  const owned = name.replace(COUNTRY_OWNER, "");
  if (owned !== name && new RegExp(`\\b(?:${BODY})\\b`, "i").test(owned)) name = owned;
  let key = squash(name);
  key = key.replace(/^(ministry|department|office|bureau|committee) (?:of|for) (?:the )?(.+)$/, "$2 $1");
  key = key
    .replace(/\b(the|of|for|and)\b/g, " ")
    .replace(/\bgeneral prosecutor\b/g, "prosecutor general")
    .replace(/\bprosecutors? (general )?office\b/g, "prosecutor general office")
    .replace(/^prosecutors?$/, "prosecutor general office")
    .replace(/\bministers?\b(?= ministry)/g, "")
    .replace(/\s+/g, " ")
    .trim();
  return { key: key === "" ? squash(before) : key, name: name === "" ? before : name };
};

/** "outlet:NAME" for an outlet's own voice. */
export const outletIssuer = (name: string): Issuer => ({
  key: `outlet:${squash(name)}`,
  name: `outlet:${name}`,
});

/** Whether two issuers are one: equal keys, or the name of a person in full and by surname. */
export const sameIssuer = (a: string, b: string): boolean => {
  if (a === b) return true;
  if (a === "" || b === "") return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const last = long.split(" ").at(-1);
  return short.length >= 4 && !short.includes(" ") && last === short;
};

/** Keeps one of each issuer, the fullest name of it. */
export const distinctIssuers = (issuers: readonly Issuer[]): Issuer[] => {
  const kept: Issuer[] = [];
  for (const issuer of [...issuers].sort((a, b) => b.key.length - a.key.length || (a.key < b.key ? -1 : 1)))
    if (!kept.some((k) => sameIssuer(k.key, issuer.key))) kept.push(issuer);
  return kept.sort((a, b) => (a.name < b.name ? -1 : 1));
};
