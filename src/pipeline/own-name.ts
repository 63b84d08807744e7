/**
 * The outlet's own name in its article ("told Harbour Wire", "Harbour Wire's reporter"), and the agencies it credits, are
 * no actors of what is told: their entities and mentions are left out. Other newsrooms stay, with the sector of journalists.
 * An outlet that is a body itself, a ministry with a channel of its own, stays an actor.
 */
import { agencyName, sameOutletName } from "../copies/agencies.ts";
import { isNewsroom } from "../events/speakers.ts";
import type { Article, Document, Entity } from "../model/index.ts";

const BODY =
  /\b(?:ministry|government|police|army|navy|department|office|council|court|party|embassy|parliament|commission|presidency|command|agency for|union|university|hospital)\b/i;

const maybeNewsroom = (e: Entity): boolean =>
  (e.type === "ORG" || e.type === "PER") &&
  (e.sector === undefined || e.sector === "JRN") &&
  !BODY.test(e.name);

/** withoutOwnName(document, article) → the document as those read it who are not the outlet. */
export function withoutOwnName(document: Document, article: Article): Document {
  const own = [
    article.outletName,
    ...article.credits.map((c) => c.agency ?? c.words),
    ...(article.dateline?.agency === undefined ? [] : [article.dateline.agency]),
  ];
  const gone = new Set(
    document.entities.flatMap((e, i) =>
      maybeNewsroom(e) && own.some((name) => sameOutletName(name, e.name)) ? [i] : [],
    ),
  );
  const newsroom = (e: Entity): boolean =>
    e.type === "ORG" && e.sector === undefined && (agencyName(e.name) !== undefined || isNewsroom(e.name));
  if (gone.size === 0 && !document.entities.some(newsroom)) return document;
  const index = new Map<number, number>();
  document.entities.forEach((_, i) => {
    if (!gone.has(i)) index.set(i, index.size);
  });
  return {
    ...document,
    entities: document.entities
      .filter((_, i) => !gone.has(i))
      .map((e) => (newsroom(e) ? { ...e, sector: "JRN" as const } : e)),
    mentions: document.mentions.flatMap((m) => {
      const entity = index.get(m.entity);
      return entity === undefined ? [] : [{ ...m, entity }];
    }),
  };
}
