/** Copies: which article republishes which, with the evidence of each hop. "Unknown original" is a value. */
import { z } from "zod";
import { ArticleId, list, Span } from "./span.ts";

export const CopyEvidence = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("same-address"), words: z.string() }),
  z.object({ kind: z.literal("same-text"), sha256: z.string() }),
  z.object({
    kind: z.literal("containment"),
    share: z.number().min(0).max(1).describe("Share of the copy's sampled shingles found in the original"),
    shared: z.int(),
  }),
  z.object({ kind: z.literal("canonical-link"), url: z.string() }),
  z.object({ kind: z.literal("source-link"), url: z.string(), words: z.string() }),
  z.object({ kind: z.literal("credit-line"), words: z.string(), agency: z.string() }),
  z.object({
    kind: z.literal("earlier"),
    seconds: z.number().describe("By how many seconds the original was published first"),
  }),
  z.object({ kind: z.literal("user"), words: z.string() }),
]);
export type CopyEvidence = Readonly<z.infer<typeof CopyEvidence>>;

export const CopyLink = z
  .object({
    copy: ArticleId,
    original: ArticleId.optional().describe(
      "Absent when the original is known to exist but is not in the archive: unknown original",
    ),
    originalUrl: z.string().optional().describe("Address or name of an original outside the archive"),
    originalOutlet: z.string().optional(),
    evidence: list(CopyEvidence),
    confidence: z.number().min(0).max(1),
    share: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe("Share of the copy's text that comes from this original"),
    parts: list(z.object({ span: Span, share: z.number() }))
      .optional()
      .describe("Paragraphs of the copy that come from this original"),
    kind: z.enum(["duplicate", "reprint", "excerpt", "rewrite", "translation", "correction", "mixed"]),
  })
  .describe("A copy and its original; a copy may have several");
export type CopyLink = Readonly<z.infer<typeof CopyLink>>;
