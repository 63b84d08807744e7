/** Is there an article on this page at all? Tells front pages, consent walls, log-ins, error pages and empty shells from it. */
import type { DeclineReason } from "../model/index.ts";
import type { BodyBlock } from "./body.ts";
import { metaOf, type PageIndex } from "./collect.ts";
import type { RawBlock } from "./segment.ts";

export type Verdict = { readonly reason: DeclineReason; readonly detail: string } | undefined;

const ERROR_TITLE =
  /^\W*(?:(?:error|http|status|fehler|erreur)?\W*(?:40[0134]|410|429|50[0234])\b|(?:page|article|seite|story) (?:not found|nicht gefunden|wurde nicht gefunden|introuvable)|not found|access denied|forbidden|service unavailable|bad gateway|internal server error|página no encontrada|page introuvable|pagina non trovata|just a moment|attention required|are you (?:a )?(?:human|robot)|security check|please verify|pardon our interruption|site maintenance|wartungsarbeiten)/i;
const CONSENT =
  /\b(?:cookies?|consent|gdpr|dsgvo|datenschutz|privacy|einwilligung|vendors?|tracking|personenbezogene|personali[sz]ed ads|partner(?:s|n)?|werbung|rgpd|confidentialité|privacidad)\b/gi;
const BLOCKED =
  /(?:enable javascript|javascript (?:is|seems to be) disabled|checking your browser|verify (?:that )?you are (?:a )?human|unusual traffic|captcha|ad ?blocker|bitte aktivieren sie javascript|activez javascript)/i;

/** Reason to decline the page, or undefined when it may be an article. */
export function whyNotArticle(
  index: PageIndex,
  blocks: readonly RawBlock[],
  body: readonly BodyBlock[],
  isArticleMarkup: boolean,
  hasVideo: boolean,
  url: string | undefined,
): Verdict {
  const title = index.title ?? index.headings[0]?.text ?? "";
  const letters = body.reduce((sum, b) => sum + b.text.length, 0);
  const all = blocks.reduce((sum, b) => sum + b.text.length, 0);
  if (all === 0 && !hasVideo && !isArticleMarkup)
    return { reason: "empty", detail: "The page holds no text" };
  if (ERROR_TITLE.test(title) && letters < 1500 && !isArticleMarkup)
    return { reason: "error-page", detail: `The page reports an error: ${title.slice(0, 80)}` };
  if (letters < 1200 && !isArticleMarkup) {
    const text =
      body.length > 0
        ? body.map((b) => b.text).join(" ")
        : blocks
            .slice(0, 60)
            .map((b) => b.text)
            .join(" ");
    if (all < 3000 && BLOCKED.test(text))
      return {
        reason: "error-page",
        detail: "The site asks for JavaScript or a proof of being human instead of showing the page",
      };
    const consent = text.match(CONSENT)?.length ?? 0;
    const words = text.split(/\s+/).length;
    if (consent >= 4 && consent / words > 0.04)
      return {
        reason: "paywall-or-consent",
        detail: "The page asks for consent instead of showing the article",
      };
    if (index.passwordFields > 0 && letters < 300 && all < 2500)
      return { reason: "paywall-or-consent", detail: "The page asks for a log-in" };
  }
  if (!isArticleMarkup && isFront(index, blocks, body, url))
    return { reason: "index-page", detail: "The page lists many articles and holds none itself" };
  if (letters < 40 && !hasVideo && !isArticleMarkup)
    return {
      reason: "not-an-article",
      detail: "Too short: no running text was found that could be an article",
    };
  return undefined;
}

/** A list of linked headlines with little running text; less is needed when the address itself looks like a front or section. */
function isFront(
  index: PageIndex,
  blocks: readonly RawBlock[],
  body: readonly BodyBlock[],
  url: string | undefined,
): boolean {
  let headlines = 0;
  for (const block of blocks)
    if (
      block.links > 0 &&
      block.linkChars > block.text.length * 0.8 &&
      block.text.length > 28 &&
      block.text.length < 200
    )
      headlines++;
  const prose = body.filter((b) => b.text.length > 120 && b.raw.linkChars < b.text.length / 4).length;
  const path = url?.replace(/^https?:\/\/[^/]+/i, "").replace(/[?#].*$/, "");
  const shallow =
    path !== undefined &&
    !/[?&]\w{1,12}=\w/.test(url ?? "") &&
    /^\/?([a-z]{2,14}\/?){0,2}(index\.\w+)?$/i.test(path);
  const typed = /website/i.test(metaOf(index, "og:type") ?? "website");
  if (shallow && typed) return headlines >= 12 && prose < 6;
  return headlines >= 40 && prose === 0 && typed;
}
