/** A chain of a few lines, for tests of what stands around the chain: title and paragraphs in, an article out. */

import type { Tools } from "../../src/app/tools.ts";
import type { Article, StoryId } from "../../src/model/index.ts";
import { filing, storyRecord } from "./make.ts";

const inner = (html: string, tag: string): string | undefined =>
  new RegExp(`<${tag}[^>]*>([\\s\\S]*?)</${tag}>`, "i").exec(html)?.[1]?.trim();

/** Articles of one headline are one story; a page without paragraph is no article. */
export const plainTools = (
  options: { readonly pipeline?: string } = {},
): Tools & { readonly reads: () => number } => {
  let reads = 0;
  const restored: string[] = [];
  return {
    pipeline: options.pipeline ?? "1",
    reads: () => reads,
    read: (page) => {
      reads++;
      const html = new TextDecoder().decode(page.bytes);
      const body = inner(html, "p");
      if (body === undefined) return { ok: false, reason: "not-an-article", detail: "no paragraph" };
      const url = page.finalUrl ?? page.url;
      const title = inner(html, "title") ?? "Untitled";
      const made = filing({
        url,
        title,
        body,
        firstSeen: page.fetchedAt,
        pipeline: options.pipeline ?? "1",
        outlet: url.startsWith("http") ? new URL(url).host : "files.example",
      }).reading;
      const tags: Article["wireTags"] = /^CORRECTED/.test(title) ? ["CORRECTED"] : [];
      return {
        ok: true,
        reading: { ...made, article: { ...made.article, wireTags: tags, rawSha256: page.sha256 } },
      };
    },
    link: (reading) => ({ sketch: new TextEncoder().encode(reading.article.id), links: [], freed: [] }),
    group: (reading) => ({
      storyId: storyOf(reading.article.title),
      profile: new Uint8Array([1]),
      moved: [],
      merged: [],
    }),
    restore: (state) => {
      restored.push(state.id);
    },
    buildStory: ({ id, readings, now }) => ({
      story: {
        ...storyRecord("x", [], now),
        id,
        headline: readings[0]?.article.title ?? "",
        headlineArticle: readings[0]?.article.id ?? ("" as Article["id"]),
        articles: readings.map((r) => r.article.id),
        originals: readings.map((r) => r.article.id),
        outlets: [...new Set(readings.map((r) => r.article.outletId))],
      },
      incidents: [],
    }),
  };
};

const storyOf = (title: string): StoryId => `s${Buffer.from(title.slice(0, 12)).toString("hex")}` as StoryId;

export const htmlPage = (title: string, body: string): string =>
  `<!DOCTYPE html><html><head><title>${title}</title></head><body><p>${body}</p></body></html>`;
