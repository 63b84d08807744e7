/** A text with its facts marked where they stand: colour for the kind of statement, always with its sign and word. */
import type { Child } from "hono/jsx";
import type { Article, Block, Event, Quantity, Quote, Span } from "../../model/index.ts";
import type { Ctx } from "../context.ts";
import { SIGNS } from "./parts.tsx";

export type Fact =
  | { readonly kind: "quantity"; readonly fact: Quantity }
  | { readonly kind: "quote"; readonly fact: Quote }
  | { readonly kind: "event"; readonly fact: Event };

type Piece = {
  readonly start: number;
  readonly end: number;
  readonly inner: Fact | undefined;
  readonly passage: boolean;
};

/** Cuts an interval at every border of a mark. Of several facts over one piece the shortest is the one it opens. */
export function pieces(within: Span, facts: readonly Fact[], passage: Span | undefined): readonly Piece[] {
  const cover = facts.filter((f) => f.fact.span.start < within.end && f.fact.span.end > within.start);
  const cuts = new Set([within.start, within.end]);
  const cut = (s: Span) => {
    for (const at of [s.start, s.end]) if (at > within.start && at < within.end) cuts.add(at);
  };
  for (const f of cover) cut(f.fact.span);
  if (passage !== undefined) cut(passage);
  const borders = [...cuts].toSorted((a, b) => a - b);
  return borders.slice(0, -1).map((start, i) => {
    const end = borders[i + 1] ?? within.end;
    const inner = cover
      .filter((f) => f.fact.span.start <= start && f.fact.span.end >= end)
      .toSorted((a, b) => size(a.fact.span) - size(b.fact.span))[0];
    return {
      start,
      end,
      inner,
      passage: passage !== undefined && passage.start <= start && passage.end >= end,
    };
  });
}
const size = (s: Span): number => s.end - s.start;

type Marking = {
  readonly seen: Set<string>;
  passageShown: boolean;
  /** Facts a person rejected: marked still, struck through. */
  readonly rejected: ReadonlySet<string>;
};

const Pieces = ({
  ctx,
  text,
  within,
  facts,
  passage,
  marking,
}: {
  ctx: Ctx;
  text: string;
  within: Span;
  facts: readonly Fact[];
  passage: Span | undefined;
  marking: Marking;
}) => (
  <>
    {pieces(within, facts, passage).map((p) => {
      const words = text.slice(p.start, p.end);
      const first = p.passage && !marking.passageShown;
      if (first) marking.passageShown = true;
      // A space between two marks is no link: there is nothing in it to name.
      const marked =
        p.inner === undefined || (words.trim() === "" && p.end !== p.inner.fact.span.end)
          ? words
          : markOf(ctx, p, p.inner, words, marking);
      return p.passage ? (
        <mark class="passage" id={first ? "mark" : undefined}>
          {marked}
        </mark>
      ) : (
        marked
      );
    })}
  </>
);

function markOf(ctx: Ctx, piece: Piece, { kind, fact }: Fact, words: string, marking: Marking) {
  const first = !marking.seen.has(fact.id);
  marking.seen.add(fact.id);
  const last = piece.end === fact.span.end;
  return (
    <a
      class={`m m-${kind} m-${fact.assertion}${marking.rejected.has(fact.id) ? " m-rejected" : ""}`}
      id={first ? `m-${fact.id}` : undefined}
      href={`#fact-${fact.id}`}
    >
      {words}
      {last ? (
        <>
          <span class="sign" aria-hidden="true">
            {SIGNS[fact.assertion] ?? "•"}
          </span>
          <span class="vh">
            {" "}
            ({ctx.t(`assertion.${fact.assertion}`)}
            {marking.rejected.has(fact.id) ? `, ${ctx.t("hand.rejected")}` : ""})
          </span>
        </>
      ) : null}
    </a>
  );
}

/** Shared by the headline and the body of one page, so that every mark has one anchor. */
export const newMarking = (rejected: ReadonlySet<string> = new Set()): Marking => ({
  seen: new Set(),
  passageShown: false,
  rejected,
});

type TextProps = {
  readonly ctx: Ctx;
  readonly article: Article;
  readonly facts: readonly Fact[];
  readonly passage: Span | undefined;
  readonly marking: Marking;
  /** Where the words of a paragraph come from, when not all come from one place. */
  readonly source?: ((block: Span) => Child) | undefined;
};

/** The headline with its marks; the title as published where the text does not open with it. */
export const MarkedTitle = ({ ctx, article, facts, passage, marking }: TextProps) => {
  const { text, title } = article;
  if (title === "") return <>{ctx.t("article.untitled")}</>;
  if (!text.startsWith(title)) return <>{title}</>;
  const within = { start: 0, end: title.length };
  return <Pieces ctx={ctx} text={text} within={within} facts={facts} passage={passage} marking={marking} />;
};

/** The body of an article block by block. The headline is left to the head of the page. */
export const MarkedText = ({ ctx, article, facts, passage, marking, source }: TextProps) => {
  const { text, title } = article;
  const body = blocksOf(article).filter(
    (b) => b.kind !== "headline" && !(b.span.start === 0 && b.span.end <= title.length),
  );
  return (
    <div class="text" lang={article.language} dir="auto">
      {body.map((block) => (
        <BlockText kind={block.kind}>
          {source?.(block.span)}
          <Pieces
            ctx={ctx}
            text={text}
            within={block.span}
            facts={facts}
            passage={passage}
            marking={marking}
          />
        </BlockText>
      ))}
    </div>
  );
};

const BlockText = ({ kind, children }: { kind: Block["kind"]; children?: Child }) => {
  switch (kind) {
    case "heading":
      return <h2>{children}</h2>;
    case "list-item":
      return <p class="item">– {children}</p>;
    case "quote":
      return <blockquote>{children}</blockquote>;
    case "caption":
    case "note":
      return <p class="note">{children}</p>;
    case "table":
    case "preformatted":
      return <pre>{children}</pre>;
    case "lead":
      return <p class="lead-block">{children}</p>;
    case "headline":
    case "paragraph":
      return <p>{children}</p>;
  }
};

/** Blocks of the text; where the record has none, its paragraphs. Text between blocks is not lost. */
function blocksOf(article: Article): readonly Block[] {
  if (article.blocks.length > 0) return article.blocks;
  const blocks: Block[] = [];
  for (const m of article.text.matchAll(/[^\n]+/g)) {
    const kind = m.index === 0 ? "headline" : "paragraph";
    blocks.push({ kind, span: { start: m.index, end: m.index + m[0].length } });
  }
  return blocks;
}
