/**
 * Articles in, one after another → stories. A new article joins the story it is most alike in proportion, or opens one
 * (single-pass clustering, as in topic detection: Allan 2002); from time to time what is in doubt is clustered afresh
 * from below, so that the order of arrival matters little. A copy always goes with its original and does not count
 * towards what its story is about; so does a report of the same event in another language. Every later move is told, with its reason, and can be undone by hand.
 */
import { primaryLanguage } from "../model/index.ts";
import { type Background, NO_BACKGROUND } from "./background.ts";
import { clusterUnits } from "./cluster.ts";
import { type Profile, packProfile, unpackProfile } from "./profile.ts";
import {
  type Group,
  leastLikeness,
  likeness,
  SIMILARITY,
  type SimilarityOptions,
  within,
} from "./similarity.ts";
import { createSisters } from "./sisters.ts";
import { TERM_OPTIONS, type TermOptions, termId, termsOf } from "./terms.ts";

export type StoryInput = {
  readonly articleId: string;
  readonly title: string;
  /** Text without the headline. */
  readonly body: string;
  readonly language: string;
  /** When it was published, else first seen, in milliseconds; absent when the order means nothing. */
  readonly time?: number | undefined;
  /** The article it copies, when it does. */
  readonly copyOf?: string | undefined;
  /** What of it crosses languages (`sisterKeys`); without them it meets no report of another language. */
  readonly keys?: Uint32Array | undefined;
};

export type Move = {
  readonly articleId: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
};
export type StoryMerge = { readonly from: string; readonly to: string; readonly reason: string };

export type GroupResult = {
  readonly storyId: string;
  /** State for `restore`, to be kept beside the story's id. */
  readonly profile: Uint8Array;
  /** Articles that changed their story since the last call. */
  readonly moved: readonly Move[];
  /** Stories that went into others whole: `from` no longer has articles. */
  readonly merged: readonly StoryMerge[];
};

export type GrouperOptions = {
  /** Background table of a language (its first subtag); absent when there is none. */
  readonly background?: (language: string) => Background | undefined;
  readonly similarity?: SimilarityOptions;
  readonly terms?: TermOptions;
  /** Days without news after which a story takes no more articles. */
  readonly windowDays?: number;
};

const DAY = 86_400_000;
/** Within these days a report is as likely to belong as on the first. */
const FRESH_DAYS = 3;
/** Terms by which candidates are looked up, strongest first, and how many candidates are compared in full. */
const LOOKUP_TERMS = 24;
const CANDIDATES = 24;
/** Articles clustered afresh at once, at most. */
const REVIEW_LIMIT = 1600;
/** Articles that may come in before a story that got none of them is left out of comparison. */
const IDLE = 20_000;
/** Likeness, as a share of the least needed, from which two stories are reviewed together. */
const DOUBT = 0.55;

type Unit = Profile & {
  story: StoryState;
  readonly followers: Unit[];
  /** Story it is held in by hand; it is not moved again. */
  pinned: string | undefined;
};
type StoryState = Group & {
  readonly number: number;
  id: string;
  first: number;
  last: number;
  readonly units: Set<Unit>;
  dirty: boolean;
  /** Number of articles that had come in when it last changed. */
  touched: number;
};

export const createStoryGrouper = (options: GrouperOptions = {}) => {
  const sim = options.similarity ?? SIMILARITY;
  const termOptions = options.terms ?? TERM_OPTIONS;
  const windowMs = (options.windowDays ?? 12) * DAY;
  const byArticle = new Map<string, Unit>();
  const byId = new Map<string, StoryState>();
  const stories: (StoryState | undefined)[] = [];
  const postings = new Map<number, Set<number>>();
  const apart = new Set<string>();
  /** Stories the user has parted, by id; kept both ways. */
  const parted = new Map<string, Set<string>>();
  /** Ids of stories that live or lived: an emptied id keeps pointing to where its articles went. */
  const used = new Set<string>();
  /** Articles held in a story by hand. */
  const held = new Set<Unit>();
  const sisters = createSisters();
  let sinceReview = 0;
  let added = 0;
  let restored = false;

  const gapDays = (a: { first: number; last: number }, b: { first: number; last: number }): number => {
    const gap = Math.max(a.first - b.last, b.first - a.last, 0);
    return Number.isFinite(gap) ? gap / DAY : 0;
  };
  /** Reports far apart in time must be more alike; beyond the window they never meet. */
  const timeFactor = (a: StoryState, b: StoryState): number => {
    const days = gapDays(a, b);
    if (days * DAY > windowMs) return 0;
    return days <= FRESH_DAYS
      ? 1
      : 1 - (0.3 * (days - FRESH_DAYS)) / Math.max(1, windowMs / DAY - FRESH_DAYS);
  };

  const newStory = (id: string): StoryState => {
    const story: StoryState = {
      number: stories.length,
      id,
      sum: new Map(),
      n: 0,
      words: 0,
      first: Number.POSITIVE_INFINITY,
      last: Number.NEGATIVE_INFINITY,
      units: new Set(),
      dirty: true,
      touched: added,
    };
    stories.push(story);
    byId.set(id, story);
    used.add(id);
    return story;
  };

  const put = (unit: Unit, story: StoryState): void => {
    unit.story = story;
    for (const f of unit.followers) f.story = story;
    story.units.add(unit);
    story.n++;
    story.touched = added;
    story.words += unit.terms.words;
    if (Number.isFinite(unit.time)) {
      story.first = Math.min(story.first, unit.time);
      story.last = Math.max(story.last, unit.time);
    }
    unit.terms.ids.forEach((term, i) => {
      story.sum.set(term, (story.sum.get(term) ?? 0) + (unit.terms.weights[i] ?? 0));
      const list = postings.get(term);
      if (list) list.add(story.number);
      else postings.set(term, new Set([story.number]));
    });
    story.dirty = true;
  };

  const take = (unit: Unit): void => {
    const { story } = unit;
    story.units.delete(unit);
    story.n--;
    story.words -= unit.terms.words;
    unit.terms.ids.forEach((term, i) => {
      const left = (story.sum.get(term) ?? 0) - (unit.terms.weights[i] ?? 0);
      if (left > 1e-4) story.sum.set(term, left);
      else {
        story.sum.delete(term);
        postings.get(term)?.delete(story.number);
      }
    });
    const times = [...story.units].map((u) => u.time).filter(Number.isFinite);
    story.first = times.length ? Math.min(...times) : Number.POSITIVE_INFINITY;
    story.last = times.length ? Math.max(...times) : Number.NEGATIVE_INFINITY;
    story.dirty = true;
    if (story.units.size === 0) {
      stories[story.number] = undefined;
      byId.delete(story.id);
      for (const term of story.sum.keys()) postings.get(term)?.delete(story.number);
    }
  };

  /** Stories that share telling terms with this one, the likeliest first. */
  const candidates = (story: StoryState): StoryState[] => {
    const shared = new Map<number, number>();
    const strongest = [...story.sum].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, LOOKUP_TERMS);
    for (const [term, weight] of strongest)
      for (const number of postings.get(term) ?? []) {
        const other = stories[number];
        if (!other || other === story) continue;
        shared.set(number, (shared.get(number) ?? 0) + (weight * (other.sum.get(term) ?? 0)) / other.n);
      }
    return [...shared]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, CANDIDATES)
      .flatMap(([number]) => stories[number] ?? []);
  };

  const part = (a: string, b: string): void => {
    if (a === b) return;
    for (const [x, y] of [
      [a, b],
      [b, a],
    ] as const)
      parted.set(x, (parted.get(x) ?? new Set()).add(y));
  };
  /** Where a story went, there its partings go. */
  const inherit = (from: string, to: string): void => {
    for (const other of parted.get(from) ?? []) part(to, other);
  };
  const isHeld = (s: StoryState): boolean => [...s.units].some((u) => u.pinned !== undefined);
  /** Whether the user's hand lets two stories become one. */
  const mayJoin = (a: StoryState, b: StoryState): boolean =>
    parted.get(a.id)?.has(b.id) !== true && !(held.size > 0 && isHeld(a) && isHeld(b));

  const pairKey = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

  /** Likeness as a multiple of the least needed. */
  const ratio = (a: StoryState, b: StoryState, withinA: number): number =>
    (likeness(a, b, sim, withinA) / leastLikeness(a, b, sim)) * timeFactor(a, b);

  const nearest = (story: StoryState): { other: StoryState; ratio: number }[] => {
    const own = within(story, sim);
    return candidates(story)
      .map((other) => ({ other, ratio: ratio(story, other, own) }))
      .sort((a, b) => b.ratio - a.ratio || a.other.number - b.other.number);
  };

  const plainId = (articleId: string): string => `s${articleId.replace(/^a(?=[0-9a-f]{16}$)/, "")}`;
  const hex = (text: string): string => termId(text).toString(16).padStart(8, "0");
  /** Of the article's own id, or of a hash of it when a story had that before. */
  const idFor = (articleId: string): string => {
    let id = plainId(articleId);
    for (let i = 2; used.has(id); i++) id = `s${hex(`${articleId} ${i}`)}${hex(`${i} ${articleId}`)}`;
    return id;
  };

  /** Moves a unit with its followers and notes it. */
  const move = (unit: Unit, to: StoryState, reason: string, moved: Move[]): void => {
    if (unit.story === to) return;
    const from = unit.story.id;
    take(unit);
    put(unit, to);
    if (!byId.has(from)) inherit(from, to.id);
    for (const u of [unit, ...unit.followers])
      moved.push({ articleId: u.articleId, from, to: to.id, reason });
  };

  /** Stories in doubt, in bundles small enough to be clustered afresh. */
  const bundles = (): StoryState[][] => {
    const dirty = stories.filter((s): s is StoryState => s?.dirty === true);
    const pairs: { a: StoryState; b: StoryState; ratio: number }[] = [];
    for (const a of dirty)
      for (const { other, ratio: r } of nearest(a)) if (r >= DOUBT) pairs.push({ a, b: other, ratio: r });
    pairs.sort((x, y) => y.ratio - x.ratio || x.a.number - y.a.number || x.b.number - y.b.number);
    const bundleOf = new Map<StoryState, { stories: StoryState[]; units: number }>();
    const own = (s: StoryState) => {
      const known = bundleOf.get(s) ?? { stories: [s], units: s.units.size };
      bundleOf.set(s, known);
      return known;
    };
    for (const { a, b } of pairs) {
      const x = own(a);
      const y = own(b);
      if (x === y || x.units + y.units > REVIEW_LIMIT) continue;
      x.stories.push(...y.stories);
      x.units += y.units;
      for (const s of y.stories) bundleOf.set(s, x);
    }
    for (const s of dirty) if (s.units.size > 2 && s.units.size <= REVIEW_LIMIT) own(s);
    for (const s of dirty) s.dirty = false;
    return [...new Set(bundleOf.values())].map((b) => b.stories);
  };

  const recluster = (bundle: readonly StoryState[], moved: Move[]): void => {
    const units = bundle.flatMap((s) => [...s.units]).sort((a, b) => (a.articleId < b.articleId ? -1 : 1));
    if (units.length < 2) return;
    const far = (i: number, j: number): boolean => {
      const a = units[i];
      const b = units[j];
      if (!a || !b) return false;
      if (a.pinned !== undefined && b.pinned !== undefined && a.pinned !== b.pinned) return true;
      if (a.story !== b.story && parted.get(a.story.id)?.has(b.story.id) === true) return true;
      return apart.size > 0 && apart.has(pairKey(a.articleId, b.articleId));
    };
    const constrained = apart.size > 0 || parted.size > 0 || units.some((u) => u.pinned !== undefined);
    const groups = clusterUnits(
      units.map((u) => u.terms),
      sim,
      constrained ? { apart: far } : undefined,
    );
    // Each new group keeps the story most of it came from; the largest overlaps choose first.
    const overlaps = new Map<string, { group: number; story: StoryState; n: number }>();
    units.forEach((u, i) => {
      const key = `${groups[i]} ${u.story.number}`;
      const known = overlaps.get(key) ?? { group: groups[i] ?? 0, story: u.story, n: 0 };
      known.n++;
      overlaps.set(key, known);
    });
    const target = new Map<number, StoryState>();
    const taken = new Set<StoryState>();
    // What is held in a story by hand draws its like there, be it in one group or in several.
    units.forEach((u, i) => {
      if (u.pinned === undefined) return;
      target.set(groups[i] ?? 0, u.story);
      taken.add(u.story);
    });
    for (const o of [...overlaps.values()].sort((a, b) => b.n - a.n || a.story.number - b.story.number)) {
      if (target.has(o.group) || taken.has(o.story)) continue;
      target.set(o.group, o.story);
      taken.add(o.story);
    }
    units.forEach((u, i) => {
      const g = groups[i] ?? 0;
      let to = target.get(g);
      if (!to) {
        const free = units.find((v, j) => groups[j] === g && !used.has(plainId(v.articleId))) ?? u;
        to = newStory(idFor(free.articleId));
        target.set(g, to);
      }
      if (u.pinned === undefined) move(u, to, "More like the other reports of that story", moved);
    });
    for (const s of new Set(target.values())) s.dirty = false;
  };

  /** Puts one article where a person wants it; a copy leaves its original for that. */
  const byHand = (articleId: string, storyId: string, moved: Move[]): Unit | undefined => {
    const unit = byArticle.get(articleId);
    if (!unit || unit.story.id === storyId) return unit;
    const to = byId.get(storyId) ?? newStory(storyId);
    const reason = "Put there by hand";
    if (unit.story.units.has(unit)) move(unit, to, reason, moved);
    else {
      for (const u of unit.story.units) {
        const at = u.followers.indexOf(unit);
        if (at >= 0) u.followers.splice(at, 1);
      }
      moved.push({ articleId, from: unit.story.id, to: to.id, reason });
      put(unit, to);
    }
    return unit;
  };

  const review = (moved: Move[]): void => {
    sinceReview = 0;
    for (const bundle of bundles())
      recluster(
        bundle.filter((s) => stories[s.number] === s),
        moved,
      );
  };

  const mergesOf = (moved: readonly Move[]): StoryMerge[] => {
    const out = new Map<string, StoryMerge>();
    for (const m of moved)
      if (!byId.has(m.from) && m.from !== m.to) out.set(m.from, { from: m.from, to: m.to, reason: m.reason });
    return [...out.values()];
  };

  /** Takes stories that got nothing for long out of the comparison; by arrival, since archives come in any order. */
  const expire = (): void => {
    for (const story of stories) {
      if (!story || added - story.touched <= IDLE) continue;
      for (const term of story.sum.keys()) {
        const list = postings.get(term);
        list?.delete(story.number);
        if (list?.size === 0) postings.delete(term);
      }
      story.sum.clear();
      story.dirty = false;
    }
  };

  const profileOf = (input: StoryInput): Profile => ({
    articleId: input.articleId,
    time: input.time ?? Number.NaN,
    language: primaryLanguage(input.language),
    terms: termsOf(
      input,
      options.background?.(primaryLanguage(input.language)) ?? NO_BACKGROUND,
      termOptions,
    ),
    follows: input.copyOf,
    keys: input.keys,
  });

  /** From now on one article goes with another and does not count towards what their story is about. */
  const follow = (copy: Unit, original: Unit, reason: string, moved: Move[]): void => {
    if (copy === original || copy.pinned !== undefined) return;
    if (copy.story.units.has(copy)) {
      move(copy, original.story, reason, moved);
      take(copy);
    } else if (copy.story !== original.story)
      moved.push({ articleId: copy.articleId, from: copy.story.id, to: original.story.id, reason });
    const head = original.story.units.has(original)
      ? original
      : [...original.story.units].find((u) => u.followers.includes(original));
    copy.story = original.story;
    head?.followers.push(copy, ...copy.followers);
    copy.followers.length = 0;
  };

  const cardOf = (p: Profile) => ({
    id: p.articleId,
    language: p.language,
    time: p.time,
    keys: p.keys ?? new Uint32Array(),
  });
  /** A report and one of the same event in another language: the one whose story has fewer reports goes with the other. */
  const joinSister = (profile: Profile, moved: Move[]): void => {
    if (profile.keys === undefined) return;
    const card = cardOf(profile);
    sisters.add(card);
    const own = byArticle.get(profile.articleId);
    if (own === undefined) return;
    for (const { id } of sisters.nearest(card)) {
      const other = byArticle.get(id);
      if (other === undefined || other.story === own.story) return;
      if (!mayJoin(own.story, other.story) || apart.has(pairKey(own.articleId, id))) continue;
      const [small, large] = own.story.n > other.story.n ? [other, own] : [own, other];
      // A copy goes where its original goes.
      if (!small.story.units.has(small)) return;
      follow(small, large, "Tells of the same event in another language", moved);
      return;
    }
  };
  /** After a restart: what is of another language than most of its story only follows. */
  const followTongues = (): void => {
    restored = false;
    for (const story of byId.values()) {
      const counts = new Map<string, number>();
      for (const u of story.units) counts.set(u.language, (counts.get(u.language) ?? 0) + 1);
      if (counts.size < 2) continue;
      const [main] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0] ?? [];
      const head = [...story.units].find((u) => u.language === main);
      for (const u of [...story.units])
        if (head !== undefined && u.language !== main && u.keys !== undefined) {
          const dirty = story.dirty;
          follow(u, head, "", []);
          story.dirty = dirty;
        }
    }
  };

  /** Places a profile: with its original, in the nearest story, or in one of its own. */
  const place = (profile: Profile, moved: Move[]): StoryState => {
    const original = profile.follows === undefined ? undefined : byArticle.get(profile.follows);
    const unit: Unit = {
      ...profile,
      pinned: undefined,
      story: undefined as unknown as StoryState, // set by `put` or below
      followers: [],
    };
    byArticle.set(unit.articleId, unit);
    if (original) {
      original.followers.push(unit);
      unit.story = original.story;
      return original.story;
    }
    const story = newStory(idFor(unit.articleId));
    put(unit, story);
    let into = story;
    // A join may make another join possible.
    for (let round = 0; round < 3; round++) {
      const best = nearest(into).find(({ other }) => mayJoin(into, other));
      if (!best || best.ratio < 1) break;
      const otherKeeps =
        held.size > 0 && isHeld(best.other) !== isHeld(into)
          ? isHeld(best.other)
          : best.other.n > into.n || (best.other.n === into.n && best.other.number < into.number);
      const [keep, give] = otherKeeps ? [best.other, into] : [into, best.other];
      const reason = round === 0 ? "Alike" : "Both are like the article that came in";
      for (const u of [...give.units]) move(u, keep, reason, moved);
      into = keep;
    }
    return into;
  };

  const result = (storyId: string, profile: Profile, moved: readonly Move[]): GroupResult => {
    const others = moved.filter((m) => m.articleId !== profile.articleId);
    return { storyId, profile: packProfile(profile), moved: others, merged: mergesOf(others) };
  };

  return {
    add: (input: StoryInput): GroupResult => {
      const profile = profileOf(input);
      const moved: Move[] = [];
      added++;
      if (restored) followTongues();
      place(profile, moved);
      joinSister(profile, moved);
      const live = byId.size;
      if (++sinceReview >= Math.max(24, live / 12)) {
        review(moved);
        expire();
      }
      return result(byArticle.get(input.articleId)?.story.id ?? "", profile, moved);
    },
    /** Clusters afresh what is in doubt; to be called when a batch is done. */
    settle: (): { moved: readonly Move[]; merged: readonly StoryMerge[] } => {
      const moved: Move[] = [];
      if (restored) followTongues();
      for (let round = 0; round < 3; round++) {
        const before = moved.length;
        review(moved);
        if (moved.length === before) break;
      }
      return { moved, merged: mergesOf(moved) };
    },
    /** An article was found to be a copy of another after both came in: it goes with its original from now on. */
    link: (copyId: string, originalId: string): { moved: readonly Move[]; merged: readonly StoryMerge[] } => {
      const copy = byArticle.get(copyId);
      const original = byArticle.get(originalId);
      const moved: Move[] = [];
      if (copy && original) follow(copy, original, "Copy of an article of that story", moved);
      return { moved, merged: mergesOf(moved) };
    },
    /** The user's hand: puts an article in a story, existing or new, and keeps it there. */
    pin: (articleId: string, storyId: string): { moved: readonly Move[] } => {
      const moved: Move[] = [];
      const unit = byHand(articleId, storyId, moved);
      if (unit) {
        unit.pinned = storyId;
        held.add(unit);
      }
      return { moved };
    },
    /** The user's hand: puts articles in a story, existing or new, and lets them go. */
    assign: (articleIds: Iterable<string>, storyId: string): { moved: readonly Move[] } => {
      const moved: Move[] = [];
      for (const id of articleIds) byHand(id, storyId, moved);
      return { moved };
    },
    /** All that the user holds, in place of what was held before; articles that are not held stay where they are. */
    hold: (
      pins: ReadonlyMap<string, string>,
      apartStories: Iterable<readonly [string, string]>,
    ): { moved: readonly Move[] } => {
      const moved: Move[] = [];
      for (const unit of held) unit.pinned = undefined;
      held.clear();
      parted.clear();
      for (const [a, b] of apartStories) part(a, b);
      for (const [articleId, storyId] of pins) {
        const unit = byHand(articleId, storyId, moved);
        if (!unit) continue;
        unit.pinned = storyId;
        held.add(unit);
      }
      return { moved };
    },
    /** The user's hand: two articles are never to be in one story. */
    keepApart: (a: string, b: string): void => {
      apart.add(pairKey(a, b));
    },
    restore: (bytes: Uint8Array, storyId: string): void => {
      const profile = unpackProfile(bytes);
      const original = profile.follows === undefined ? undefined : byArticle.get(profile.follows);
      const unit: Unit = {
        ...profile,
        pinned: undefined,
        story: undefined as unknown as StoryState, // set by `put` or below
        followers: [],
      };
      byArticle.set(unit.articleId, unit);
      const story = byId.get(storyId) ?? newStory(storyId);
      if (original && original.story.id === storyId) {
        original.followers.push(unit);
        unit.story = story;
      } else put(unit, story);
      story.dirty = false;
      if (profile.keys !== undefined) {
        sisters.add(cardOf(profile));
        restored = true;
      }
      added++;
    },
    storyOf: (articleId: string): string | undefined => byArticle.get(articleId)?.story.id,
    size: (): number => byId.size,
  };
};
