/**
 * A text of the gold set (headline, "OUTLET | DATE", body) → an article whose text has the same length and offsets: the
 * second line is blanked out, so that spans of the reading are spans of the file.
 */
import { readDateline } from "../article/provenance.ts";
import type { Article, ArticleId, OutletId } from "../model/index.ts";

export function goldArticle(id: string, file: string, pipeline: string): Article {
  const first = file.indexOf("\n");
  const second = file.indexOf("\n", first + 1);
  const title = file.slice(0, first < 0 ? file.length : first);
  const line = first < 0 || second < 0 ? "" : file.slice(first + 1, second);
  const [outlet, date] = line.split("|").map((s) => s.trim());
  const text =
    line === "" ? file : `${file.slice(0, first + 1)}${" ".repeat(line.length)}${file.slice(second)}`;
  const value = /^\d{4}(?:-\d{2}(?:-\d{2})?)?$/.test(date ?? "") ? date : undefined;
  const body = text.slice(second + 1).search(/\S/);
  const dateline = second < 0 || body < 0 ? undefined : readDateline(text, second + 1 + body);
  return {
    id: `a${id}` as ArticleId,
    url: "",
    outletId: (outlet ?? "unknown").toLowerCase().replace(/\W+/g, "-") as OutletId,
    outletName: outlet ?? "",
    title,
    byline: [],
    ...(value === undefined
      ? {}
      : {
          published: {
            value,
            precision: value.length === 4 ? "year" : value.length === 7 ? "month" : "day",
            zone: "unknown",
            basis: "visible-text",
          } as const,
        }),
    firstSeen: "1970-01-01T00:00:00Z",
    language: "en",
    genre: "news",
    tags: [],
    text,
    textSha256: "",
    blocks: [],
    media: [],
    credits: [],
    sourceLinks: [],
    ...(dateline === undefined ? {} : { dateline }),
    wireTags: [],
    demo: false,
    pipeline,
    notes: [],
  };
}
