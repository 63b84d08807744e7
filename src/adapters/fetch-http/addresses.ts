/**
 * Which hosts and addresses may be spoken to: names and literals judged before any look-up, addresses judged after it.
 * Only global unicast is let through (IANA special-purpose registries, RFC 6890); everything that tunnels or maps IPv4 in
 * IPv6 is refused whole, so that no inner address has to be trusted.
 */
import ipaddr from "ipaddr.js";

export type AddressRules = {
  /** `true` allows every address; a list allows these hosts or `host:port` pairs beside the public ones. */
  readonly allowPrivate?: boolean | readonly string[] | undefined;
};

/** Undefined when the address is public, else what it is, in a word. */
export const specialAddress = (address: string): string | undefined => {
  if (!ipaddr.isValid(address)) return "not an address";
  const parsed = ipaddr.parse(address);
  if (parsed.kind() === "ipv4") {
    const range = parsed.range();
    return range === "unicast" ? undefined : range;
  }
  const range = parsed.range();
  if (range !== "unicast") return range;
  // Global unicast is 2000::/3; the pieces of it that are set aside are refused whatever the library calls them.
  const global = ipaddr.IPv6.parse("2000::");
  const aside = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"].map((c) => ipaddr.IPv6.parseCIDR(c));
  if (!parsed.match([global, 3])) return "not global unicast";
  return aside.some((c) => parsed.match(c)) ? "set aside" : undefined;
};

const PRIVATE_NAMES =
  /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|localdomain|home\.arpa|onion|test|invalid|example)$/;

/** Ports of services that are not the web; a request to them could be read as a command. After the fetch standard's list. */
const BAD_PORTS: ReadonlySet<number> = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
  3306, 3389, 3659, 4045, 4190, 5060, 5061, 5432, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697,
  9200, 10080, 11211, 27017,
]);

const excepted = (rules: AddressRules, host: string, port: number): boolean => {
  if (rules.allowPrivate === true) return true;
  if (rules.allowPrivate === undefined || rules.allowPrivate === false) return false;
  return rules.allowPrivate.includes(host) || rules.allowPrivate.includes(`${host}:${port}`);
};

export const portOf = (url: URL): number =>
  url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);

/** The host as the address of a literal, without brackets and trailing dots. */
export const plainHost = (url: URL): string =>
  url.hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.+$/, "");

export type Judged =
  | { readonly ok: true; readonly literal: boolean }
  | { readonly ok: false; readonly detail: string };

/** Judges an address before anything is sent: scheme, credentials, port, name, literal in any spelling. */
export const judgeUrl = (url: URL, rules: AddressRules): Judged => {
  if (url.protocol !== "http:" && url.protocol !== "https:")
    return { ok: false, detail: `${url.protocol} addresses are not fetched; only http and https are.` };
  const host = plainHost(url);
  const port = portOf(url);
  if (host === "") return { ok: false, detail: "The address names no host." };
  const literal = ipaddr.isValid(host);
  if (excepted(rules, host, port)) return { ok: true, literal };
  if (BAD_PORTS.has(port))
    return { ok: false, detail: `Port ${port} belongs to another service than the web.` };
  if (literal) {
    const special = specialAddress(host);
    return special === undefined
      ? { ok: true, literal: true }
      : {
          ok: false,
          detail: `${host} is not a public address (${special}). Use --allow-private to allow it.`,
        };
  }
  if (PRIVATE_NAMES.test(host) || !host.includes("."))
    return { ok: false, detail: `${host} is not a public name. Use --allow-private to allow it.` };
  return { ok: true, literal: false };
};

/** Judges what a look-up answered. One refused address refuses the name: half a private name is a trap. */
export const judgeAddresses = (
  host: string,
  port: number,
  addresses: readonly string[],
  rules: AddressRules,
): Judged => {
  if (addresses.length === 0) return { ok: false, detail: `${host} has no address.` };
  if (excepted(rules, host, port)) return { ok: true, literal: false };
  for (const address of addresses) {
    const special = specialAddress(address);
    if (special !== undefined && !excepted(rules, address, port))
      return {
        ok: false,
        detail: `${host} leads to ${address}, which is not a public address (${special}).`,
      };
  }
  return { ok: true, literal: false };
};
