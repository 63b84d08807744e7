/** Who says what in a story, the denials beside the claims they deny. */
import type { ClaimThread, Story } from "../../model/index.ts";
import type { Ctx } from "../context.ts";
import { Empty, Section, spanHref, Tag } from "../ui/parts.tsx";
import { capital, dayYear, withoutDateline } from "../ui/words.ts";

const STANCE_KIND: Readonly<Record<string, string>> = {
  denies: "denied",
  retracts: "withdrawn",
  doubts: "denied",
};

/** Statements before the rest is folded away; those denied are never folded. */
const SHOWN = 5;
/** Statements on one page. */
const MOST = 80;

export const Claims = ({
  ctx,
  story,
  outlets,
  beside,
}: {
  ctx: Ctx;
  story: Story;
  outlets: ReadonlyMap<string, string>;
  /** How many a wide sheet has room for beside what else the story tells. */
  beside: number;
}) => {
  const { t } = ctx;
  // Denied claims first: a dispute is what a reader looks for; then what most outlets carry.
  const claims = story.claims.toSorted(
    (a, b) => b.denials.length - a.denials.length || b.outlets - a.outlets,
  );
  const shown = claims.slice(0, Math.max(SHOWN, claims.filter((c) => c.denials.length > 0).length));
  const near = claims.slice(shown.length, Math.min(beside, MOST));
  const rest = claims.slice(shown.length + near.length);
  const lines = (part: readonly ClaimThread[]) =>
    part.map((c) => <Claim ctx={ctx} claim={c} outlets={outlets} />);
  const folded = (part: readonly ClaimThread[]) =>
    part.length === 0 ? null : (
      <details>
        <summary>{t("story.moreStatements", { count: part.length })}</summary>
        {lines(part.slice(0, MOST))}
      </details>
    );
  return (
    <Section id="claims" title={t("story.whoSaysWhat")}>
      {claims.length === 0 ? <Empty>{t("empty.quotes")}</Empty> : null}
      {lines(shown)}
      {near.length === 0 ? (
        folded(rest)
      ) : (
        <details class="fold-side">
          <summary>{t("story.moreStatements", { count: claims.length - shown.length })}</summary>
          {lines(near)}
          {folded(rest)}
        </details>
      )}
    </Section>
  );
};

const Claim = ({
  ctx,
  claim,
  outlets,
}: {
  ctx: Ctx;
  claim: ClaimThread;
  outlets: ReadonlyMap<string, string>;
}) => {
  const { t } = ctx;
  return (
    <article class="claim" data-at={claim.at} data-seen={claim.at}>
      <p class="claim-who">
        <bdi>{capital(claim.speaker)}</bdi>{" "}
        <Tag kind={STANCE_KIND[claim.stance] ?? "claimed"}>{t(`stance.${claim.stance}`)}</Tag>
      </p>
      <blockquote dir="auto">
        <a href={spanHref(ctx, claim.articleId, claim.span)}>{withoutDateline(claim.words)}</a>
      </blockquote>
      <p class="line-meta">
        <a href={ctx.href(`/article/${claim.articleId}`)} dir="auto">
          {outlets.get(claim.articleId) ?? t("article.title")}
        </a>
        <time datetime={claim.at}>{dayYear(Date.parse(claim.at), ctx)}</time>
        {claim.outlets > 1 ? <span>{t("count.outlets", { count: claim.outlets })}</span> : null}
      </p>
      {claim.denials.map((d) => (
        <div class="denial" data-at={d.at} data-seen={d.at}>
          <p class="claim-who">
            <bdi>{capital(d.speaker)}</bdi> <Tag kind="denied">{t("stance.denies")}</Tag>
          </p>
          <blockquote dir="auto">
            <a href={spanHref(ctx, d.articleId, d.span)}>{withoutDateline(d.words)}</a>
          </blockquote>
          <p class="line-meta">
            <a href={ctx.href(`/article/${d.articleId}`)} dir="auto">
              {outlets.get(d.articleId) ?? t("article.title")}
            </a>
            <time datetime={d.at}>{dayYear(Date.parse(d.at), ctx)}</time>
          </p>
        </div>
      ))}
    </article>
  );
};
