/** A web of a few invented pages for tests: addresses with answers that can be changed, and a record of what was asked. */
import type { FetchAnswer, Fetcher, FetchRequest } from "../../src/ports/index.ts";

export type Site = Map<
  string,
  string | Partial<Extract<FetchAnswer, { ok: true }>> | Extract<FetchAnswer, { ok: false }>
>;

export const createWeb = (site: Site, at: () => string) => {
  const asked: FetchRequest[] = [];
  const fetcher: Fetcher = {
    fetch: async (request) => {
      asked.push(request);
      const found = site.get(request.url);
      if (found === undefined)
        return {
          ok: false,
          reason: "fetch-failed",
          status: 404,
          detail: `The page does not exist (${request.url}).`,
        };
      if (typeof found !== "string" && found.ok === false) return found;
      const body = typeof found === "string" ? found : "";
      return {
        ok: true,
        status: 200,
        url: request.url,
        notModified: false,
        bytes: new TextEncoder().encode(body),
        headers: {},
        fetchedAt: at(),
        ...(typeof found === "string" ? {} : found),
      };
    },
    close: async () => {},
  };
  return { fetcher, asked };
};

export const rssOf = (
  items: readonly { readonly url: string; readonly updated?: string; readonly title?: string }[],
  channel = "",
): string =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Gazette</title>${channel}${items
    .map(
      (i) =>
        `<item><title>${i.title ?? "Entry"}</title><link>${i.url}</link>${i.updated ? `<atom:updated>${i.updated}</atom:updated>` : ""}</item>`,
    )
    .join("")}</channel></rss>`;
