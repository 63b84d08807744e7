/** Who publishes the page: a table by host first, then the page's own name for itself, then its host. */
import { siteOf } from "./address.ts";
import { metaOf, type PageIndex } from "./collect.ts";
import { foldSpace } from "./dom.ts";
import type { KnownOutlet } from "./extract.ts";
import { type Graph, type Thing, typesOf, wordsOf } from "./jsonld.ts";
import { resolve } from "./mainthing.ts";

export function outletNameOf(
  index: PageIndex,
  graph: Graph,
  thing: Thing | undefined,
  host: string | undefined,
  outlets: readonly KnownOutlet[],
): { readonly id: string | undefined; readonly name: string | undefined } {
  if (host !== undefined) {
    const plain = host.replace(/^www\./, "");
    const known =
      outlets.find((o) => o.hosts.includes(plain)) ?? outlets.find((o) => o.hosts.includes(siteOf(host)));
    if (known !== undefined) return { id: known.id, name: known.name };
  }
  const publisher = thing === undefined ? undefined : resolve(thing["publisher"], graph);
  const candidates = [
    metaOf(index, "og:site_name"),
    publisher === undefined ? wordsOf(thing?.["publisher"]) : wordsOf(publisher["name"]),
    ...graph.things
      .filter((t) => typesOf(t).some((type) => type === "WebSite" || type === "NewsMediaOrganization"))
      .map((t) => wordsOf(t["name"])),
    metaOf(index, "application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher"),
  ];
  for (const candidate of candidates) {
    const name =
      candidate === undefined
        ? ""
        : foldSpace(candidate.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, ""));
    // A template nobody filled in is no name.
    if (name.length > 1 && name.length < 80 && !/[{}$]/.test(name))
      return { id: undefined, name: withoutSlogan(name, host) };
  }
  return { id: undefined, name: titleTail(index.title, host) ?? host?.replace(/^www\./, "") };
}

const folded = (s: string): string =>
  s
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

/** "Local News, Weather | WXYZ 7" at wxyz.example is "WXYZ 7": the part that spells the host; the whole where none does. */
export function withoutSlogan(name: string, host: string | undefined): string {
  const parts = name
    .split(/\s*[|•»]\s*|\s[-–—·:]\s/)
    .map((p) => p.trim())
    .filter((p) => folded(p).length >= 3);
  const stem = folded((host ?? "").replace(/^www\./, "").replace(/\.[^.]+$/, ""));
  if (parts.length < 2 || stem.length < 3) return name;
  const spelled = parts.filter((p) => stem.includes(folded(p)) || folded(p).includes(stem));
  return spelled.toSorted((a, b) => a.length - b.length)[0] ?? name;
}

/** Last part of <title> when it spells the host's name. */
function titleTail(title: string | undefined, host: string | undefined): string | undefined {
  const tail = title
    ?.split(/\s[|–—\-»·]\s/)
    .at(-1)
    ?.trim();
  if (tail === undefined || host === undefined || tail.length > 50 || tail === title) return undefined;
  const letters = folded(tail);
  return letters.length > 2 && folded(host).includes(letters) ? tail : undefined;
}
