/**
 * robots.txt → groups of rules, and whether one agent may fetch one address.
 *
 * Follows RFC 9309 and, where it leaves freedom, Google's published parser: groups of one agent are merged, the longest
 * matching rule wins and Allow wins a tie, "*" and "$" are the only wildcards, letters beyond ASCII match their percent
 * encoding in either case, frequent misspellings of the keys are read. Crawl-delay, request-rate and sitemap lines are
 * read too. Leaves out fetching and caching: what a missing or failing robots.txt means is the fetcher's business.
 */

export type RobotsRule = {
  readonly allow: boolean;
  /** As written, with letters beyond ASCII encoded. */
  readonly written: string;
  /** The same with percent codes of plain letters decoded. */
  readonly path: string;
};

export type RobotsGroup = {
  /** Product tokens in lower case; "*" for everyone. */
  readonly agents: readonly string[];
  readonly rules: readonly RobotsRule[];
  readonly crawlDelaySeconds?: number | undefined;
};

export type Robots = {
  readonly groups: readonly RobotsGroup[];
  readonly sitemaps: readonly string[];
};

/** RFC 9309 asks for 500 KiB at least; Google stops there. */
export const MAX_ROBOTS_LENGTH = 512 * 1024;
const MAX_LINE = 16_664; // Google: 2083 × 8

type Key = "agent" | "allow" | "disallow" | "delay" | "rate" | "sitemap" | "unknown";

/**
 * @example isAllowed(parseRobots("User-agent: *\nDisallow: /private"), "DatelineBot", "https://gazette.example/private/a") // false
 */
export function parseRobots(text: string): Robots {
  const groups: { agents: string[]; rules: RobotsRule[]; crawlDelaySeconds?: number | undefined }[] = [];
  const sitemaps: string[] = [];
  let open = false; // whether a further agent line joins the group
  for (const line of text
    .slice(0, MAX_ROBOTS_LENGTH)
    .replace(/^\ufeff/, "")
    .split(/\r\n|\r|\n/)) {
    const pair = keyAndValue(line.slice(0, MAX_LINE));
    if (pair === undefined) continue;
    const [key, value] = pair;
    if (key === "unknown") {
      // RFC 9309: lines we do not know must not part agents from their rules. One that carries a path is itself a
      // rule, in a dialect we do not speak: it ends the list of agents, so that theirs are not mixed with the next.
      if (value.startsWith("/")) open = false;
      continue;
    }
    const group = groups.at(-1);
    if (key === "agent") {
      if (open && group !== undefined) group.agents.push(agentToken(value));
      else groups.push({ agents: [agentToken(value)], rules: [] });
      open = true;
    } else if (key === "sitemap") {
      if (value !== "" && sitemaps.length < 1000) sitemaps.push(value);
    } else {
      open = false;
      if (group === undefined) continue; // a rule before any agent line speaks to nobody
      if (key === "delay" || key === "rate") group.crawlDelaySeconds ??= seconds(key, value);
      else if (value !== "") {
        const written = rulePath(value);
        group.rules.push({ allow: key === "allow", written, path: plainCodes(written) });
        // As Google reads it: who allows a folder's index page allows the folder's own address.
        const folder = /^(.*\/)index\.html?[^/]*$/.exec(written)?.[1];
        if (key === "allow" && folder !== undefined)
          group.rules.push({ allow: true, written: `${folder}$`, path: plainCodes(`${folder}$`) });
      }
    }
  }
  return {
    groups: groups.map(({ crawlDelaySeconds, ...group }) =>
      crawlDelaySeconds === undefined ? group : { ...group, crawlDelaySeconds },
    ),
    sitemaps,
  };
}

const KEYS: readonly (readonly [RegExp, Key])[] = [
  [/^(?:user-?\s?agent)/i, "agent"],
  [/^(?:dis+all?ow|dissalow|disalow|diasllow|disallaw)/i, "disallow"],
  [/^allow/i, "allow"],
  [/^crawl-?\s?delay/i, "delay"],
  [/^request-?\s?rate/i, "rate"],
  [/^site-?map/i, "sitemap"],
];

function keyAndValue(line: string): readonly [Key, string] | undefined {
  const hash = line.indexOf("#");
  const plain = (hash < 0 ? line : line.slice(0, hash)).trim();
  const colon = plain.indexOf(":");
  let name = colon < 0 ? "" : plain.slice(0, colon).trim();
  let value = colon < 0 ? "" : plain.slice(colon + 1).trim();
  if (colon < 0) {
    // Google reads "disallow /x" when there are exactly two words.
    const words = plain.split(/[ \t]+/);
    if (words.length !== 2) return undefined;
    [name = "", value = ""] = words;
  }
  for (const [pattern, key] of KEYS) if (pattern.test(name)) return [key, value];
  return name === "" ? undefined : ["unknown", value];
}

function seconds(key: "delay" | "rate", value: string): number | undefined {
  if (key === "delay") {
    const delay = Number(value.replace(",", "."));
    return value !== "" && Number.isFinite(delay) && delay >= 0 ? delay : undefined;
  }
  const rate = /^(\d+)\s*\/\s*(\d+)\s*([smh]?)/i.exec(value);
  if (rate === null || Number(rate[1]) === 0) return undefined;
  const unit = { s: 1, m: 60, h: 3600 }[(rate[3] ?? "").toLowerCase()] ?? 1;
  return (Number(rate[2]) * unit) / Number(rate[1]);
}

/** RFC 9309, section 2.2.1: a product token is letters, "_" and "-"; what follows is ignored. Letters of any script are read. */
function agentToken(value: string): string {
  if (/^\*(?:\s|$)/.test(value)) return "*";
  return /^[\p{L}_-]+/u.exec(value)?.[0].toLowerCase() ?? "";
}

/** Names an agent goes by: its whole name when that is a product token, or every product of a User-Agent header, longest first. */
function agentTokens(agent: string): readonly string[] {
  const name = agent.trim().toLowerCase();
  const products = [...name.matchAll(/([\p{L}_-]+)\//gu)].map((match) => match[1] ?? "");
  const tokens = new Set(/^[\p{L}_-]+$/u.test(name) ? [name] : products);
  return [...tokens].sort((a, b) => b.length - a.length);
}

/** Rules for an agent: those of every group that names it, else those for everyone. */
export function rulesFor(
  robots: Robots,
  agent: string,
): { readonly rules: readonly RobotsRule[]; readonly crawlDelaySeconds?: number } {
  const of = (token: string) => robots.groups.filter((group) => group.agents.includes(token));
  const named = agentTokens(agent)
    .map(of)
    .find((groups) => groups.length > 0);
  const groups = named ?? of("*");
  const delay = groups.find((group) => group.crawlDelaySeconds !== undefined)?.crawlDelaySeconds;
  const rules = groups.flatMap((group) => group.rules);
  return delay === undefined ? { rules } : { rules, crawlDelaySeconds: delay };
}

export function crawlDelay(robots: Robots, agent: string): number | undefined {
  return rulesFor(robots, agent).crawlDelaySeconds;
}

/**
 * Whether the agent may fetch the address. Only path and query count; robots.txt itself is always allowed.
 * RFC 9309 takes percent codes of plain letters for the letters and encodes letters beyond ASCII; parsers in use leave the
 * rules as they are written. Both readings of the rules must allow it.
 */
export function isAllowed(robots: Robots, agent: string, url: string): boolean {
  const address = pathOf(url);
  if (address === "/robots.txt") return true;
  const { rules } = rulesFor(robots, agent);
  const asWritten = [...new Set([address, plainCodes(address)])];
  return (
    decide(rules, ({ written }) => written, asWritten) &&
    decide(rules, ({ path }) => path, [plainCodes(asciiOnly(address))])
  );
}

function decide(
  rules: readonly RobotsRule[],
  patternOf: (rule: RobotsRule) => string,
  paths: readonly string[],
): boolean {
  let longest = -1;
  let allowed = true;
  for (const rule of rules) {
    const pattern = patternOf(rule);
    if (pattern.length < longest || (pattern.length === longest && (allowed || !rule.allow))) continue;
    if (!paths.some((path) => matches(pattern, path))) continue;
    longest = pattern.length;
    allowed = rule.allow;
  }
  return allowed;
}

/** Path and query of an address in the form rules are compared in. */
function pathOf(url: string): string {
  const afterScheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(url)?.[0].length ?? (url.startsWith("//") ? 2 : 0);
  const start = url.slice(afterScheme).search(/[/?;]/);
  if (start < 0) return "/";
  const path = url.slice(afterScheme + start).replace(/#.*$/s, "");
  return encoded(path.startsWith("/") ? path : `/${path}`)
    .replaceAll("*", "%2A")
    .replaceAll("$", "%24");
}

/** A rule's path: "*" stays a wildcard and a last "$" an anchor; a "$" elsewhere is a letter. */
function rulePath(value: string): string {
  const path = encoded(/^https?:\/\//i.test(value) ? `/${value}` : value);
  return asciiOnly(path).replace(/\$(?!$)/g, "%24");
}

function asciiOnly(path: string): string {
  return path.replace(/[^\x21-\x7e]+/g, (part) =>
    encodeURIComponent(part.replace(/\p{Surrogate}/gu, "\ufffd")),
  );
}

/** Percent codes in capitals, unwise ASCII encoded. */
function encoded(path: string): string {
  return path
    .replace(/%[0-9a-f]{2}/gi, (code) => code.toUpperCase())
    .replace(/[ "<>\\^`{|}]/g, encodeURIComponent);
}

/** Percent codes of unreserved letters as the letters (RFC 3986, section 6.2.2.2). */
function plainCodes(path: string): string {
  return path.replace(/%[0-9A-F]{2}/g, (code) => {
    const letter = String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(letter) ? letter : code;
  });
}

/** Matching by pieces, in time that does not explode with the number of asterisks. */
function matches(pattern: string, path: string): boolean {
  const anchored = pattern.endsWith("$");
  const pieces = (anchored ? pattern.slice(0, -1) : pattern).split("*");
  const first = pieces[0] ?? "";
  if (!path.startsWith(first)) return false;
  if (pieces.length === 1) return !anchored || path.length === first.length;
  let at = first.length;
  for (let i = 1; i < pieces.length - 1; i++) {
    const piece = pieces[i] ?? "";
    const found = path.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  const last = pieces.at(-1) ?? "";
  if (anchored) return path.length - last.length >= at && path.endsWith(last);
  return path.indexOf(last, at) >= 0;
}
