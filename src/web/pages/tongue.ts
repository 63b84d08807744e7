/**
 * Headlines in the reader's language: a story is headed by what most of its reports are like, whatever their language. Where
 * one of its own reports is in the language of the page, or of the edition, that report's headline stands instead, with its
 * article; where none is, the headline stays and its language is named.
 */
import { type ArticleRow, primaryLanguage } from "../../model/index.ts";
import type { StoryRow } from "../../ports/index.ts";
import type { Ctx } from "../context.ts";

/** A story as it is told on a page. */
export type Told = StoryRow & {
  /** Language of the headline where it is not the one of the page. */
  readonly foreign?: string | undefined;
};

type Reader = Pick<Ctx, "language" | "edition">;
/** Languages a reader of a page wants headlines in, best first. */
const wantedBy = (ctx: Reader): readonly string[] => [
  ...new Set<string>([ctx.language, primaryLanguage(ctx.edition.language)]),
];

/** How much older than the headline it stands for a report may be: what was written before tells of another state of things. */
const AS_FRESH = 2 * 86_400_000;

/** The report that should head a story for a reader, when another than the one that does: the newest original of news. */
export function headlineFor(
  ctx: Reader,
  head: Pick<ArticleRow, "language" | "sortTime"> | undefined,
  rows: readonly ArticleRow[],
): ArticleRow | undefined {
  const own = primaryLanguage(head?.language ?? "");
  for (const language of wantedBy(ctx)) {
    if (own === language) return undefined;
    const found = rows
      .filter((r) => primaryLanguage(r.language) === language && r.copyOf === undefined && !r.withdrawn)
      .filter((r) => r.genre === "news" && r.sortTime > (head?.sortTime ?? 0) - AS_FRESH)
      .toSorted((a, b) => b.sortTime - a.sortTime)[0];
    if (found !== undefined) return found;
  }
  return undefined;
}

export const foreignTo = (ctx: Pick<Ctx, "language">, language: string): string | undefined =>
  primaryLanguage(language) === ctx.language ? undefined : primaryLanguage(language);

/** Rows of stories with the headlines a reader can read, as far as their reports give them. */
export async function toldFor(ctx: Ctx, rows: readonly StoryRow[]): Promise<readonly Told[]> {
  const wanted = wantedBy(ctx);
  // A story that is told in the page's language alone needs no look at its reports.
  const mixed = rows.filter((r) => r.languages.some((l) => primaryLanguage(l) !== ctx.language));
  if (mixed.length === 0) return rows;
  const heads = new Map<string, ArticleRow>(
    (await ctx.store.rows(mixed.map((r) => r.headlineArticle))).map((r) => [r.id, r]),
  );
  return Promise.all(
    rows.map(async (row): Promise<Told> => {
      const head = heads.get(row.headlineArticle);
      if (head === undefined || foreignTo(ctx, head.language) === undefined) return row;
      const languages = row.languages.filter((l) => wanted.includes(primaryLanguage(l)));
      const { rows: own } =
        languages.length === 0
          ? { rows: [] }
          : await ctx.store.latest({ storyId: row.id, languages, originalsOnly: true }, { limit: 20 });
      const better = headlineFor(ctx, head, own);
      return {
        ...row,
        ...(better === undefined ? {} : { headline: better.title, headlineArticle: better.id }),
        foreign: foreignTo(ctx, (better ?? head).language),
      };
    }),
  );
}
