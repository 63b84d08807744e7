/**
 * Two states of an article → what kind of change lies between them, with what told it: the wire's own words first
 * (CORRECTED, WITHDRAWN …), then an added note, then how much of the body is new. Word counts come from the paragraphs that
 * changed. Pure.
 */
import type { Article, ArticleVersion } from "../model/index.ts";

export type Change = {
  readonly kind: ArticleVersion["change"];
  readonly evidence: string;
  readonly added: number;
  readonly removed: number;
};

type State = Pick<Article, "text" | "title" | "wireTags" | "correction">;

const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** Words that are in one and not in the other, by count, within the paragraphs that differ. */
const difference = (before: string, after: string): { readonly added: number; readonly removed: number } => {
  const split = (text: string): string[] => text.split(/\n+/).map((p) => p.trim());
  const old = split(before);
  const fresh = split(after);
  const oldSet = new Set(old);
  const freshSet = new Set(fresh);
  const counts = new Map<string, number>();
  for (const p of fresh)
    if (!oldSet.has(p)) for (const w of wordsOf(p)) counts.set(w, (counts.get(w) ?? 0) + 1);
  for (const p of old)
    if (!freshSet.has(p)) for (const w of wordsOf(p)) counts.set(w, (counts.get(w) ?? 0) - 1);
  let added = 0;
  let removed = 0;
  for (const n of counts.values()) {
    if (n > 0) added += n;
    else removed -= n;
  }
  return { added, removed };
};

const RETRACTS: ReadonlySet<string> = new Set(["WITHDRAWN", "KILL"]);
const CORRECTS: ReadonlySet<string> = new Set(["CORRECTED", "REFILE"]);
const UPDATES: ReadonlySet<string> = new Set(["UPDATE", "WRAPUP", "WRITETHRU"]);

export const changeBetween = (before: State, after: State): Change => {
  const { added, removed } = difference(before.text, after.text);
  const fresh = after.wireTags.filter((t) => !before.wireTags.includes(t));
  const by = (kind: Change["kind"], evidence: string): Change => ({ kind, evidence, added, removed });
  const tag = (wanted: ReadonlySet<string>): string | undefined => fresh.find((t) => wanted.has(t));
  const retracts = tag(RETRACTS);
  if (retracts !== undefined) return by("retraction", `tag ${retracts}`);
  const corrects = tag(CORRECTS);
  if (corrects !== undefined) return by("correction", `tag ${corrects}`);
  if (after.correction !== undefined && after.correction !== before.correction)
    return by(
      /\b(retract|withdraw)/i.test(after.correction) ? "retraction" : "correction",
      `note: ${after.correction}`,
    );
  const updates = tag(UPDATES);
  if (updates !== undefined) return by("update", `tag ${updates}`);
  const size = Math.max(1, wordsOf(before.text).length);
  const share = Math.round((100 * added) / size);
  // Under a tenth new is polish: a word, a comma, a moved paragraph. More is news.
  if (added >= 25 && share >= 10) return by("update", `${added} words added, ${share} % of the text`);
  return by("edit", `${added} words added, ${removed} removed`);
};
