/**
 * Article → whom its own words name as the origin of the text: credit lines, the dateline's agency, source links, and
 * closing phrases ("Source link", "read the full article at the original site"). A line that credits a photographer or
 * a colleague's contribution names no origin of the text and is left alone.
 */
import type { Article } from "../model/index.ts";
import { agencyName, sameOutletName } from "./agencies.ts";
import { isFrontDoor, urlHost } from "./url.ts";

export type OriginClaim = {
  readonly kind: "credit" | "dateline" | "link" | "canonical" | "phrase";
  readonly words: string;
  /** Outlet that is named. */
  readonly outlet?: string | undefined;
  readonly url?: string | undefined;
};

const NOT_THE_TEXT =
  /contribut|additional report|with (files|reporting|material|information|inputs?) from|photo|image|picture|video|getty|graphic|illustration|фото|видео|foto|imagen|при участии/i;

/** A whole line that says the text is somebody else's; what it names, if anything, is the first group. */
const PHRASES: readonly RegExp[] = [
  /^[^\p{L}\p{N}]*(?:source|source link|original source|original article|link to (?:the )?(?:source|original))[^\p{L}\p{N}]*$/iu,
  /^[^\p{L}\p{N}]*(?:источник|ссылка на источник|оригинал статьи|первоисточник|fuente|fuente original|enlace original|kaynak|quelle|источник публикации)[^\p{L}\p{N}]*$/iu,
  /^[^\p{L}\p{N}]*(?:source|источник|fuente|quelle|original)\s*[:：–—-]\s*(.{2,60})$/iu,
  /^[^\p{L}\p{N}]*(?:read|see|view|find) (?:the )?(?:full|original|entire|complete|whole)? ?(?:article|story|post|text|report|piece)? ?(?:here)?(?: (?:at|on|from) (?:the )?(?:original (?:site|source|page)|source|(.{2,60})))?[^\p{L}\p{N}]*$/iu,
  /(?:^|[.!?»”"] )(?:read|continue reading|see|learn) more ?(?:»|>>|…|\.\.\.|→|›)?[^\p{L}\p{N}]*$/iu,
  /(?:this|the|an?)? ?(?:article|story|post|report|column|piece|version of this \w+|content)? ?(?:was )?(?:first|originally) (?:appeared|published|posted|ran|aired|written) (?:by|on|in|at|from) (.{2,60}?)[.\s]*$/iu,
  /(?:republished|reprinted|reproduced|re-posted|syndicated) (?:here )?(?:from|with (?:the )?(?:kind )?permission (?:of|from)|by permission of|courtesy of|under \w+ licen[cs]e from) (.{2,60}?)[.\s]*$/iu,
  /^[^\p{L}\p{N}]*(?:©|\(c\)|copyright)[^\p{L}\p{N}]*(?:\d{4}[^\p{L}\p{N}]*)?(?:by )?(?:the )?(.{2,50}?)(?:\. all rights reserved.*|[^\p{L}\p{N}]*)$/iu,
  /^[^\p{L}\p{N}]*(?:по материалам|по данным агентства|перепечатано из|с сайта)\s+(.{2,60})$/iu,
];
/** Index from which a phrase counts only when it names an agency: a copyright line names the site itself as a rule. */
const NEEDS_AGENCY = 7;

const tailLines = (text: string): string[] =>
  text
    .slice(-900)
    .split("\n")
    .map((l) => l.trim())
    .filter((l) => l !== "")
    .slice(-7);

const phraseClaims = (text: string, own: string): OriginClaim[] => {
  const claims: OriginClaim[] = [];
  for (const line of tailLines(text)) {
    for (const [i, pattern] of PHRASES.entries()) {
      const found = pattern.exec(line.length > 240 ? line.slice(-80) : line);
      if (!found || (NOT_THE_TEXT.test(found[0]) && i >= 2)) continue;
      const named = found[1]?.trim().replace(/[.»"”]+$/, "");
      const agency =
        named === undefined ? undefined : (agencyName(named) ?? (i === NEEDS_AGENCY ? undefined : named));
      if (i === NEEDS_AGENCY && (agency === undefined || sameOutletName(agency, own))) continue;
      if (agency !== undefined && sameOutletName(agency, own)) continue;
      claims.push({ kind: "phrase", words: found[0].trim(), outlet: agency });
      break;
    }
  }
  return claims;
};

type Named = Pick<
  Article,
  "credits" | "sourceLinks" | "dateline" | "outletName" | "text" | "canonicalUrl" | "url" | "notes"
>;

/** @example originClaims({…, text: "…\n\nSource link"}) // [{ kind: "phrase", words: "Source link" }] */
export const originClaims = (article: Named): OriginClaim[] => {
  const own = article.outletName;
  const claims: OriginClaim[] = [];
  for (const c of article.credits) {
    const outlet = c.agency ?? undefined;
    if (outlet === undefined || NOT_THE_TEXT.test(c.words) || sameOutletName(outlet, own)) continue;
    claims.push({ kind: "credit", words: c.words, outlet });
  }
  const line = article.dateline;
  if (line?.agency !== undefined && !sameOutletName(line.agency, own))
    claims.push({ kind: "dateline", words: line.words, outlet: line.agency });
  // A link that says "the source" and whose address was not kept still says that there is an original elsewhere.
  for (const note of article.notes)
    if (note.code === "source-link-bare")
      claims.push({ kind: "phrase", words: /"([^"]+)"/.exec(note.detail ?? "")?.[1] ?? "source link" });
  const host = urlHost(article.url);
  for (const link of article.sourceLinks) {
    const there = urlHost(link.url);
    if (there !== undefined && there === host && link.relation !== "canonical") continue;
    claims.push({
      kind: link.relation === "canonical" ? "canonical" : "link",
      words: link.words,
      url: there === undefined || isFrontDoor(link.url) ? undefined : link.url,
      outlet: there,
    });
  }
  const canonicalHost = article.canonicalUrl === undefined ? undefined : urlHost(article.canonicalUrl);
  if (
    article.canonicalUrl !== undefined &&
    canonicalHost !== undefined &&
    host !== undefined &&
    canonicalHost !== host
  )
    claims.push({
      kind: "canonical",
      words: article.canonicalUrl,
      url: article.canonicalUrl,
      outlet: canonicalHost,
    });
  const phrases = phraseClaims(article.text, own);
  // A phrase beside a link is the link's own words.
  return [
    ...claims,
    ...phrases.filter((p) => p.outlet !== undefined || !claims.some((c) => c.kind === "link")),
  ];
};
