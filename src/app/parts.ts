/** Copies that are filed → which of their paragraphs come from which original, told exactly from both texts. */
import { partsFrom } from "../copies/provenance.ts";
import type { CopyLink, Filing } from "../model/index.ts";
import type { Store } from "../ports/index.ts";

/** A whole reprint needs no account by paragraph, a translation shares no words. */
const TOLD: ReadonlySet<CopyLink["kind"]> = new Set(["reprint", "excerpt", "rewrite", "mixed"]);

export const withParts = async (store: Store, filings: readonly Filing[]): Promise<readonly Filing[]> => {
  const fresh = new Map(filings.map((f) => [f.reading.article.id as string, f.reading.article.text]));
  const textOf = async (id: string): Promise<string | undefined> =>
    fresh.get(id) ?? (await store.article(id))?.text;
  const told = async (link: CopyLink): Promise<CopyLink> => {
    if (link.original === undefined || !TOLD.has(link.kind)) return link;
    const [copy, original] = [await textOf(link.copy), await textOf(link.original)];
    if (copy === undefined || original === undefined) return link;
    const { parts } = partsFrom(copy, original);
    return parts.length === 0 ? link : { ...link, parts };
  };
  const out: Filing[] = [];
  for (const f of filings)
    out.push(f.copies.length === 0 ? f : { ...f, copies: await Promise.all(f.copies.map(told)) });
  return out;
};
