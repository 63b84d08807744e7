/** A name → lower-case letters and digits joined by hyphens, for ids of outlets without an address. */
export function slug(name: string | undefined): string {
  const text = (name ?? "")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
  return text === "" ? "unknown" : text;
}
