/** Headline and chosen blocks → the stored text and where each block stands in it. */
import type { Block } from "../model/index.ts";
import type { BodyBlock } from "./body.ts";
import { wordsIn } from "./features.ts";
import { isCorrection } from "./provenance.ts";
import { FLAG } from "./segment.ts";

export type Assembled = {
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly bodyStart: number;
};
export type Piece = { readonly kind: Block["kind"]; readonly text: string };

/** Pieces joined by blank lines; list items and table rows that follow one another by one line break. */
export function assemble(title: string, pieces: readonly Piece[]): Assembled {
  let text = title;
  const blocks: Block[] = title === "" ? [] : [{ kind: "headline", span: { start: 0, end: title.length } }];
  let bodyStart = -1;
  let previous: Piece["kind"] | undefined;
  for (const piece of pieces) {
    if (text !== "")
      text +=
        (piece.kind === "list-item" || piece.kind === "table") && previous === piece.kind ? "\n" : "\n\n";
    const start = text.length;
    if (bodyStart < 0) bodyStart = start;
    text += piece.text;
    blocks.push({ kind: piece.kind, span: { start, end: text.length } });
    previous = piece.kind;
  }
  return { text, blocks, bodyStart: bodyStart < 0 ? text.length : bodyStart };
}

export function piecesOf(body: readonly BodyBlock[], description: string | undefined): readonly Piece[] {
  const summary = wordsIn(description ?? "").join(" ");
  let leadSeen = false;
  return body.map((block, i) => {
    const kind = kindOf(block);
    const isLead =
      !leadSeen &&
      kind === "paragraph" &&
      i < 3 &&
      (block.raw.frame.words.some((w) =>
        /^(lead|lede|standfirst|subhead(line)?|intro(duction)?|teaser|summary|dek|chapo|sapo|vorspann|entradilla|bajada|excerpt|strapline)$/.test(
          w,
        ),
      ) ||
        (summary.length > 40 && wordsIn(block.text).join(" ") === summary));
    if (kind === "paragraph") leadSeen ||= isLead || i >= 3;
    return { kind: isLead ? "lead" : kind, text: block.text };
  });
}

function kindOf({ raw, text }: BodyBlock): Piece["kind"] {
  const { tag, frame } = raw;
  if (/^h[1-6]$/.test(tag)) return "heading";
  if (isCorrection(text)) return "note";
  if (
    tag === "figcaption" ||
    [...frame.words, ...raw.innerWords].some(
      (w) => w === "caption" || w === "legend" || w === "figcaption",
    ) ||
    ((frame.flags & FLAG.figure) !== 0 && text.length < 400)
  )
    return "caption";
  if ((frame.flags & FLAG.table) !== 0 && (tag === "td" || tag === "th" || tag === "tr") && text.length < 300)
    return "table";
  if (tag === "pre") return "preformatted";
  if ((frame.flags & FLAG.quote) !== 0) return "quote";
  if (tag === "li" || tag === "dd" || tag === "dt" || frame.parent?.tag === "li") return "list-item";
  return "paragraph";
}
