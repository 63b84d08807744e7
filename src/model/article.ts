/** The article taken out of a page: immutable as published. What we later think of it is another record. */
import { z } from "zod";
import { Media } from "./feed.ts";
import { ArticleId, type Declined, list, Note, OutletId, Span } from "./span.ts";
import { Instant, StatedTime } from "./time.ts";

export const Genre = z
  .enum(["news", "opinion", "analysis", "feature", "live", "advisory", "release"])
  .describe(
    "Genre after IPTC's genre NewsCodes: `release` = press release or official text, `advisory` = note to editors",
  );
export type Genre = z.infer<typeof Genre>;

export const Block = z
  .object({
    kind: z.enum([
      "headline",
      "lead",
      "paragraph",
      "heading",
      "list-item",
      "quote",
      "caption",
      "table",
      "preformatted",
      "note",
    ]),
    span: Span,
  })
  .describe("A block of the article's text");
export type Block = Readonly<z.infer<typeof Block>>;

export const WireTag = z
  .enum([
    "CORRECTED",
    "REFILE",
    "UPDATE",
    "WRAPUP",
    "RPT",
    "WITHDRAWN",
    "KILL",
    "HOLD",
    "WRITETHRU",
    "EMBARGO",
    "ADVISORY",
  ])
  .describe("Word of the wire's own vocabulary found in the headline or a note");
export type WireTag = z.infer<typeof WireTag>;

export const SourceLink = z
  .object({
    url: z.string(),
    words: z.string().describe("Text of the link or the phrase around it"),
    relation: z.enum(["source", "canonical", "via", "originally-published", "syndication"]),
  })
  .describe("A link by which the page says where its text comes from");
export type SourceLink = Readonly<z.infer<typeof SourceLink>>;

export const Credit = z
  .object({
    words: z.string().describe("The credit as written"),
    agency: z.string().optional().describe("Outlet it names; absent when it names none"),
    span: Span.optional().describe("Where it stands in the text; absent when it stood outside the body"),
  })
  .describe("A credit line: whose text this is, or who contributed");
export type Credit = Readonly<z.infer<typeof Credit>>;

export const Article = z
  .object({
    id: ArticleId,
    url: z.string().describe("Address it was read at"),
    canonicalUrl: z
      .string()
      .optional()
      .describe(
        "Address the page calls canonical, cleaned of tracking; absent when none or on another site by mistake",
      ),
    outletId: OutletId,
    outletName: z.string().describe("Name of the outlet as the page or table gives it"),
    title: z.string().describe("Headline without the site's name"),
    kicker: z.string().optional(),
    summary: z.string().optional().describe("Standfirst or description as published"),
    byline: list(z.string()).describe("Persons who sign; empty when unsigned"),
    published: StatedTime.optional().describe("When it was published; absent when the page does not say"),
    modified: StatedTime.optional(),
    firstSeen: Instant.describe("When we first saw it"),
    language: z.string().describe("BCP 47; `und` when it could not be told"),
    genre: Genre,
    genreMade: z.string().optional().describe("Rule or markup that told the genre"),
    section: z.string().optional(),
    tags: list(z.string()),
    text: z.string().describe("Headline, a blank line, then the body: the text all spans point into"),
    textSha256: z.string().describe("SHA-256 of the text in UTF-8, hex"),
    blocks: list(Block),
    media: list(Media),
    credits: list(Credit),
    sourceLinks: list(SourceLink),
    wireTags: list(WireTag),
    correction: z.string().optional().describe("Correction or editor's note as published"),
    correctionSpan: Span.optional(),
    dateline: z
      .object({ words: z.string(), place: z.string(), agency: z.string().optional(), span: Span })
      .optional()
      .describe('The line that opens agency reports: "ALMATY, Kazakhstan (Agency) —"'),
    free: z.boolean().optional().describe("False when the page says it is behind a paywall"),
    demo: z.boolean().describe("True when it comes from an invented outlet of the demonstration archive"),
    rawSha256: z
      .string()
      .optional()
      .describe("Hash of the page's bytes; absent when the bytes were not kept"),
    pipeline: z.string().describe("Version of the pipeline that read it"),
    notes: list(Note),
  })
  .describe("An article: title, byline, times, text and links as published");
export type Article = Readonly<z.infer<typeof Article>>;

export type ArticleResult = { readonly ok: true; readonly article: Article } | Declined;

export const Fate = z
  .object({
    kind: z
      .enum(["killed", "corrected", "gone"])
      .describe(
        "killed: taken back by its outlet or agency; corrected: mended by a later text; gone: its address answers no more",
      ),
    at: Instant.describe("When that was published; of `gone`, when we first saw it"),
    by: ArticleId.optional().describe("The notice or the corrected text; absent for `gone`"),
    via: ArticleId.optional().describe("The original whose fate a copy shares; absent when its own"),
    words: z.string().describe("The headline of the notice, or what the address answered"),
    span: Span.optional().describe("Where those words stand in the notice"),
  })
  .describe(
    "What became of an article after it was published: later knowledge, kept beside the immutable text",
  );
export type Fate = Readonly<z.infer<typeof Fate>>;

export const VersionChange = z
  .enum(["first", "edit", "correction", "update", "retraction", "removal", "return"])
  .describe("What a new version of an article is");
export const ArticleVersion = z
  .object({
    articleId: ArticleId,
    seen: Instant,
    textSha256: z.string(),
    rawSha256: z.string().optional(),
    change: VersionChange,
    evidence: z
      .string()
      .describe("What told the kind of change: the tag, the note or the size of the difference"),
    added: z.int().describe("Words added against the version before"),
    removed: z.int().describe("Words removed against the version before"),
    title: z.string(),
    text: z.string().optional().describe("Text of this version; absent after removal or `forget`"),
  })
  .describe("One version of an article's body");
export type ArticleVersion = Readonly<z.infer<typeof ArticleVersion>>;
