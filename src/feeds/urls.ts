/** Addresses as written in feeds and pages → absolute addresses. Follows the WHATWG URL standard; leaves out any normalising of identifiers. */

/** Addresses that the URL standard would give back unchanged: most are, and parsing them costs more than seeing it. */
const PLAIN =
  /^https?:\/\/[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)+\/(?:[a-zA-Z0-9_~,;=+@/-]|\.(?![./]|$))*(?:\?[a-zA-Z0-9_.~,;:=+@/&-]*)?$/;

/** Absolute form of an address, or undefined when it cannot be one. */
export function resolveUrl(address: string, base: string | undefined): string | undefined {
  const plain = address.trim();
  if (plain === "" || plain.length > 8192) return undefined;
  if (PLAIN.test(plain) && !plain.includes("/.")) return plain;
  try {
    return base === undefined || base === "" ? new URL(plain).href : new URL(plain, base).href;
  } catch {
    return undefined; // URL has no other way to say "not an address"
  }
}

/** Absolute form of an address of the web, or undefined for other schemes: such an address may be opened. */
export function resolveWebUrl(address: string, base: string | undefined): string | undefined {
  const url = resolveUrl(address, base);
  return url !== undefined && /^https?:/.test(url) ? url : undefined;
}

/** Identifiers are compared letter by letter, so only relative ones are touched (RFC 4287, section 4.2.6). */
export function resolveId(id: string, base: string | undefined): string {
  const plain = id.trim();
  if (/^[a-z][a-z0-9+.-]*:/i.test(plain) || !/^[./]/.test(plain)) return plain;
  return resolveUrl(plain, base) ?? plain;
}
