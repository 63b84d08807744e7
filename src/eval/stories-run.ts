/**
 * Articles of an evaluation set → predictions, by the same index and grouper the application uses, fed one by one. The
 * order of arrival is a parameter: figures are taken over several orders because an online method depends on it.
 */

import { type CopyOptions, createCopyIndex } from "../copies/index.ts";
import type { Article } from "../model/index.ts";
import type { Background } from "../stories/background.ts";
import { createStoryGrouper, type GrouperOptions } from "../stories/group.ts";
import type { StoryRow } from "./stories.ts";

export type EvalArticle = {
  readonly id: string;
  readonly title?: string | null;
  readonly text: string;
  readonly url?: string | null;
  readonly date?: string | null;
  readonly publisher?: string | null;
};

/** All articles are first seen at one moment: a set says nothing about when they came. */
const SEEN = "2000-01-01T00:00:00Z";

export const articleFrom = (row: EvalArticle): Article => {
  const title = row.title ?? "";
  const day = row.date == null ? undefined : /^\d{4}-\d{2}-\d{2}/.exec(row.date)?.[0];
  return {
    id: row.id as Article["id"], // ids of the set, not ours
    url: row.url ?? `https://unknown.example/${encodeURIComponent(row.id)}`,
    outletId: (row.publisher ?? "unknown") as Article["outletId"],
    outletName: row.publisher ?? "unknown",
    title,
    byline: [],
    published:
      day === undefined ? undefined : { value: day, precision: "day", zone: "unknown", basis: "user" },
    firstSeen: SEEN,
    language: "en",
    genre: "news",
    tags: [],
    text: title === "" ? row.text : `${title}\n\n${row.text}`,
    textSha256: "",
    blocks: [],
    media: [],
    credits: [],
    sourceLinks: [],
    wireTags: [],
    demo: false,
    pipeline: "eval",
    notes: [],
  };
};

/** A small generator of pseudo-random numbers (mulberry32, public domain), so that orders are the same everywhere. */
const mulberry = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

/** Arrival order number `order`; 0 is the order of the file. */
export const arrival = <T>(items: readonly T[], order: number): T[] => {
  const out = [...items];
  if (order === 0) return out;
  const random = mulberry(order * 7919);
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const [a, b] = [out[i], out[j]];
    if (a !== undefined && b !== undefined) {
      out[i] = b;
      out[j] = a;
    }
  }
  return out;
};

export const predictCopies = (
  rows: readonly EvalArticle[],
  order: number,
  options: CopyOptions = {},
): StoryRow[] => {
  const index = createCopyIndex(options);
  const original = new Map<string, string>();
  for (const row of arrival(rows, order)) {
    const firstOf = new Set<string>();
    const { links, freed } = index.add({ article: articleFrom(row) });
    for (const id of freed) original.delete(id);
    for (const link of links) {
      // The first link of a copy is the one to its main original.
      if (link.original === undefined || firstOf.has(link.copy)) continue;
      firstOf.add(link.copy);
      original.set(link.copy, link.original);
    }
  }
  return rows.map((r) => ({ id: r.id, story: null, copyOf: original.get(r.id) ?? null }));
};

/** Stories as they stand when the last article has come in and the grouper has settled. */
export const predictStories = (
  rows: readonly EvalArticle[],
  order: number,
  background: Background,
  options: GrouperOptions = {},
): StoryRow[] => {
  const grouper = createStoryGrouper({ background: () => background, ...options });
  for (const row of arrival(rows, order)) {
    const { published } = articleFrom(row);
    grouper.add({
      articleId: row.id,
      title: row.title ?? "",
      body: row.text,
      language: "en",
      time: published === undefined ? undefined : Date.parse(published.value),
    });
  }
  grouper.settle();
  return rows.map((r) => ({ id: r.id, story: grouper.storyOf(r.id) ?? null }));
};
