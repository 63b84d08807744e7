/**
 * Articles in, one after another → copy links: which text republishes which. Candidates come from an inverted index of
 * sampled word triples, from the hash of the whole text, and from addresses; containment (Broder 1997: the share of the
 * smaller text found in the larger) decides, because a two-line teaser is a copy although it resembles its original
 * little. Triples that many unrelated texts carry are furniture and do not count. An original that arrives late takes
 * over its copies. Nothing is drawn at random: the same articles in the same order give the same links.
 */
import type { CopyEvidence, CopyLink } from "../model/index.ts";
import { sameOutletName } from "./agencies.ts";
import { claimEvidence, type Direction, directionOf, namedOrigin, type Side } from "./direction.ts";
import { hashString } from "./hash.ts";
import { createRows } from "./index-state.ts";
import { type Card, type CopyInput, cardOf, packCard, unpackCard } from "./input.ts";
import { confidenceOf, kindOfCopy } from "./judge.ts";
import { createPostings } from "./postings.ts";
import { COARSE, DENSE } from "./shingles.ts";
import { urlKey } from "./url.ts";

export type CopyOptions = {
  /** Least share of the smaller text that must be found in the other. */
  readonly containment?: number;
  /** The same when one of the two names the other as its origin. */
  readonly containmentNamed?: number;
  /** Triples found in more families of texts than this are furniture. */
  readonly commonness?: number;
};

export type CopyResult = {
  /** State for `restore`. */
  readonly sketch: Uint8Array;
  /** Links found. They replace all earlier links of every copy they name, which need not be the article added. */
  readonly links: readonly CopyLink[];
  /** Articles that were held to be copies and are so no longer: their links are to be dropped. */
  readonly freed: readonly string[];
};

/** Least number of sampled triples two texts must share before anything is said. */
const MIN_SHARED = 5;
/** Score without habits from which a direction counts as shown, and counts towards habits. */
const CLEAR = 1;
const DAY = 86_400_000;
/** Days after its original within which a translation is looked for. */
const TRANSLATION_DAYS = 4;

type Match = {
  readonly other: number;
  /** Estimated number of shared triples. */
  readonly shared: number;
  readonly sampled: number;
  readonly sameText: boolean;
  readonly sameUrl: boolean;
};

type Candidate = Direction & { readonly m: Match; readonly named: boolean };

export const createCopyIndex = (options: CopyOptions = {}) => {
  const least = options.containment ?? 0.44;
  const leastNamed = options.containmentNamed ?? 0.3;
  const common = options.commonness ?? 24;
  const rows = createRows();
  const postings = createPostings();

  const habit = (n: number): number => {
    const o = rows.outletOf(n);
    if (!o) return 0;
    const odds = Math.log((o.copies + 1) / (o.articles - o.copies + 1));
    return Math.max(-2, Math.min(2, odds * 0.8));
  };

  const side = (n: number, share: number): Side => {
    const o = rows.outletOf(n);
    return {
      outlet: o?.id ?? "",
      outletName: o?.name ?? "",
      outletKind: o?.kind ?? "unknown",
      published: rows.published.get(n),
      precision: rows.precision.get(n),
      firstSeen: rows.firstSeen.get(n),
      total: rows.total.get(n),
      claims: rows.claims.get(n) ?? [],
      garbled: rows.garbled(n),
      correction: rows.correction(n),
      share,
      habit: habit(n),
    };
  };

  /** Candidates with how much they share; also the number of furniture triples found in the card. */
  const search = (card: Card): { matches: Match[]; furniture: number } => {
    // Three estimates of the shared triples: by openings on either side, and by the even sample over both.
    const byOwn = new Map<number, number>();
    const byTheirs = new Map<number, number>();
    const even = new Map<number, number>();
    const sampled = new Map<number, number>();
    const found: number[] = [];
    let furniture = 0;
    for (let i = 0; i < card.hashes.length; i++) {
      const hash = card.hashes[i] ?? 0;
      const own = card.opening[i] ?? 0;
      const coarse = hash % COARSE === 0;
      found.length = 0;
      const carriers = postings.each(hash, common, (article, flag) => found.push(article * 2 + flag));
      if (carriers > common) {
        furniture += own ? DENSE : COARSE;
        continue;
      }
      for (const f of found) {
        const y = f >> 1;
        byOwn.set(y, (byOwn.get(y) ?? 0) + (own ? DENSE : coarse ? COARSE : 0));
        byTheirs.set(y, (byTheirs.get(y) ?? 0) + ((f & 1) === 1 ? DENSE : coarse ? COARSE : 0));
        if (coarse) even.set(y, (even.get(y) ?? 0) + COARSE);
        sampled.set(y, (sampled.get(y) ?? 0) + 1);
      }
    }
    const sameText = new Set<number>();
    const sameUrl = new Set<number>();
    if (card.total >= 6) postings.each(card.textHash, 64, (y) => sameText.add(y));
    for (const url of card.urls) postings.each(url, 16, (y) => sameUrl.add(y));
    for (const y of [...sameText, ...sameUrl]) if (!sampled.has(y)) sampled.set(y, 0);
    const matches: Match[] = [];
    for (const [other, n] of sampled) {
      if (n < MIN_SHARED && !sameText.has(other) && !sameUrl.has(other)) continue;
      const exact = sameText.has(other);
      const shared = exact
        ? card.total
        : Math.max(byOwn.get(other) ?? 0, byTheirs.get(other) ?? 0, even.get(other) ?? 0);
      matches.push({ other, shared, sampled: n, sameText: exact, sameUrl: sameUrl.has(other) });
    }
    return { matches, furniture };
  };

  let sha256 = ""; // of the article that is being added
  const linkOf = (
    copy: number,
    original: number,
    m: Match,
    direction: { readonly score: number; readonly evidence: readonly CopyEvidence[] },
    named: boolean,
  ): CopyLink => {
    const share = Math.min(1, m.shared / Math.max(1, rows.total.get(copy)));
    const cover = Math.min(1, m.shared / Math.max(1, rows.total.get(original)));
    const evidence: CopyEvidence[] = [];
    if (m.sameUrl) evidence.push({ kind: "same-address", words: "The pages give one canonical address" });
    if (m.sameText) evidence.push({ kind: "same-text", sha256 });
    evidence.push({ kind: "containment", share, shared: m.sampled }, ...direction.evidence);
    return {
      // Ids come from articles that were added.
      copy: rows.ids[copy] as CopyLink["copy"],
      original: rows.ids[original] as CopyLink["original"],
      evidence,
      confidence: confidenceOf({ share, cover, sameText: m.sameText, named, direction: direction.score }),
      share,
      kind: kindOfCopy({
        share,
        cover,
        sameText: m.sameText || m.sameUrl,
        correction: rows.correction(copy) && rows.outletOf(copy)?.id === rows.outletOf(original)?.id,
        translation: false,
      }),
    };
  };

  /** Links whose direction rests on little, by the outlets on either side: looked at again when an outlet shows its habit. */
  const weak = new Map<number, Set<number>>();
  const touched = new Set<number>();

  /** Records who is whose copy, unless that would close a circle. */
  const setParent = (copy: number, original: number, shared: number, bare: number): boolean => {
    if (rows.root(original) === copy || copy === original) return false;
    const before = rows.parent.get(copy);
    rows.parent.set(copy, original + 1);
    rows.parentShared.set(copy, shared);
    rows.parentBare.set(copy, bare);
    const c = rows.outletOf(copy);
    const o = rows.outletOf(original);
    if (!c || !o || c === o) return true;
    const sides = [rows.outletNumberOf(copy), rows.outletNumberOf(original)];
    if (bare >= CLEAR && before === 0) {
      c.copies++;
      for (const s of sides) touched.add(s);
    } else if (bare < CLEAR) for (const s of sides) weak.set(s, (weak.get(s) ?? new Set()).add(copy));
    return true;
  };

  const post = (card: Card, n: number, skip: ReadonlySet<number>): void => {
    for (let i = 0; i < card.hashes.length; i++) {
      const hash = card.hashes[i] ?? 0;
      if (!skip.has(hash)) postings.add(hash, n, card.opening[i] === 1 ? 1 : 0);
    }
    if (card.total >= 6) postings.add(card.textHash, n, 0);
    for (const url of card.urls) postings.add(url, n, 0);
    if (Number.isFinite(card.published))
      postings.add(hashString(`day ${card.outlet} ${Math.floor(card.published / DAY)}`), n, 0);
    for (const claim of card.claims) {
      const key = claim.url === undefined ? undefined : urlKey(claim.url);
      if (key !== undefined) postings.add(hashString(`wants ${hashString(`url ${key}`)}`), n, 0);
    }
  };

  const insert = (card: Card): { n: number; links: CopyLink[]; freed: string[] } => {
    const { matches, furniture } = search(card);
    const n = rows.push(card);
    rows.total.set(n, Math.max(1, card.total - furniture));
    const links: CopyLink[] = [];
    const candidates: Candidate[] = [];
    const sharedBy = new Map(matches.map((m) => [m.other, m.shared]));
    const mine = rows.total.get(n);
    for (const m of matches) {
      const theirs = rows.total.get(m.other);
      const contained = m.shared / Math.max(1, Math.min(mine, theirs));
      const a = side(n, Math.min(1, m.shared / mine));
      const b = side(m.other, Math.min(1, m.shared / theirs));
      const named = namedOrigin(a, b).weight + namedOrigin(b, a).weight > 0;
      if (!m.sameText && !m.sameUrl && contained < (named ? leastNamed : least)) continue;
      candidates.push({ m, named, ...directionOf(a, b, centrality(m.other, sharedBy)) });
    }
    // Whose copy is this? The one it shares most with; of equals, the one nearer to the end of the chain.
    const originals = candidates
      .filter((c) => c.score > 0)
      .sort((p, q) => q.m.shared - p.m.shared || p.m.other - q.m.other);
    const best = originals[0];
    if (best) {
      const root = rows.root(best.m.other);
      const chosen = originals.find((c) => c.m.other === root && c.m.shared >= 0.8 * best.m.shared) ?? best;
      if (setParent(n, chosen.m.other, chosen.m.shared, chosen.bare))
        links.push(linkOf(n, chosen.m.other, chosen.m, chosen, chosen.named));
      // Further parents: texts that are not themselves of the same family.
      const family = new Set([rows.root(chosen.m.other), chosen.m.other]);
      for (const c of originals) {
        if (links.length >= 4 || family.has(rows.root(c.m.other))) continue;
        family.add(rows.root(c.m.other));
        links.push(linkOf(n, c.m.other, c.m, c, c.named));
      }
    }
    if (rows.parent.get(n) === 0) {
      const named = byClaim(card, n);
      if (named) {
        if (named.original !== undefined) setParent(n, named.number, named.shared, CLEAR);
        links.push(named.link);
      }
    }
    if (links.length > 1)
      for (const [i, link] of links.entries())
        if (link.copy === card.id) links[i] = { ...link, kind: "mixed" };
    // Who named this article as its origin before it came?
    for (const url of card.urls)
      postings.each(hashString(`wants ${url}`), 64, (y) => {
        if (y === n || rows.parent.get(y) !== 0 || !setParent(y, n, 0, CLEAR)) return;
        links.push(claimedLink(y, n, sharedBy.get(y) ?? 0));
      });
    // Who is a copy of this? A late original takes over what was linked to a copy of it.
    for (const c of candidates) {
      if (c.score > 0) continue;
      const y = c.m.other;
      const up = rows.parent.get(y);
      const parentIsCopy = up !== 0 && rows.root(up - 1) === n;
      if (up !== 0 && !parentIsCopy && c.m.shared <= rows.parentShared.get(y) * 1.1) continue;
      const turned = { score: -c.score, evidence: c.evidence };
      if (setParent(y, n, c.m.shared, -c.bare)) links.push(linkOf(y, n, c.m, turned, c.named));
    }
    const freed: string[] = [];
    links.push(...review(freed));
    return { n, links, freed };
  };

  /** By how much the known copies of `y` share more with `y` (above zero) or with the article that comes in. */
  const centrality = (y: number, sharedBy: ReadonlyMap<number, number>): number => {
    let sum = 0;
    for (const [z, shared] of sharedBy) {
      if (z === y || rows.parent.get(z) !== y + 1) continue;
      const ratio = Math.log((rows.parentShared.get(z) + 4) / (shared + 4));
      sum += Math.max(-1, Math.min(1, ratio * 5));
    }
    return sum;
  };

  /** Turns weak links round that an outlet's habit, now better known, speaks against. */
  const review = (freed: string[]): CopyLink[] => {
    const links: CopyLink[] = [];
    for (const o of [...touched].sort((a, b) => a - b)) {
      for (const copy of [...(weak.get(o) ?? [])]) {
        const up = rows.parent.get(copy);
        const bare = rows.parentBare.get(copy);
        if (up === 0 || bare >= CLEAR) {
          weak.get(o)?.delete(copy);
          continue;
        }
        const original = up - 1;
        const lean = habit(copy) - habit(original);
        if (bare + lean >= -0.25 || rows.parent.get(original) !== 0) continue;
        const shared = rows.parentShared.get(copy);
        rows.parent.set(copy, 0);
        if (!setParent(original, copy, shared, -bare)) continue;
        freed.push(rows.ids[copy] ?? "");
        const m: Match = { other: copy, shared, sampled: 0, sameText: false, sameUrl: false };
        links.push(linkOf(original, copy, m, { score: -(bare + lean), evidence: [] }, false));
      }
    }
    touched.clear();
    return links;
  };

  /** Link that rests on what the copy says of its origin, whatever the texts share. */
  const claimedLink = (copy: number, original: number, shared: number): CopyLink => {
    const share = Math.min(1, shared / Math.max(1, rows.total.get(copy)));
    const foreign = rows.language(copy) !== rows.language(original);
    const evidence = (rows.claims.get(copy) ?? []).map(claimEvidence);
    if (shared > 0) evidence.push({ kind: "containment", share, shared: Math.round(shared / COARSE) });
    return {
      // Ids come from articles that were added.
      copy: rows.ids[copy] as CopyLink["copy"],
      original: rows.ids[original] as CopyLink["original"],
      evidence,
      confidence: foreign ? 0.8 : 0.85,
      share,
      kind: foreign ? "translation" : "rewrite",
    };
  };

  /** Of the recent articles of a named outlet in another language, the one with most names and numbers in common. */
  const translated = (card: Card, n: number, outletName: string): number | undefined => {
    let best: { n: number; shared: number } | undefined;
    if (card.keys.length === 0 || !Number.isFinite(card.published)) return undefined;
    const own = new Set(card.keys);
    const day = Math.floor(card.published / DAY);
    for (const o of rows.outlets) {
      if (o.id !== outletName && !sameOutletName(o.name, outletName)) continue;
      for (let d = day - TRANSLATION_DAYS; d <= day; d++)
        postings.each(hashString(`day ${o.id} ${d}`), 400, (y) => {
          const theirs = rows.keys.get(y);
          if (y === n || !theirs || rows.language(y) === card.language) return;
          const shared = theirs.reduce((sum, k) => sum + (own.has(k) ? 1 : 0), 0);
          if (shared < 4 || shared < 0.4 * Math.min(own.size, theirs.length)) return;
          if (!best || shared > best.shared) best = { n: y, shared };
        });
    }
    return (best as { n: number } | undefined)?.n;
  };

  /** What the article itself says of its origin, when no text in the archive showed it. */
  const byClaim = (
    card: Card,
    n: number,
  ): { link: CopyLink; original?: number; number: number; shared: number } | undefined => {
    for (const claim of card.claims) {
      const key = claim.url === undefined ? undefined : urlKey(claim.url);
      let found: number | undefined;
      if (key !== undefined)
        postings.each(hashString(`url ${key}`), 4, (y) => {
          if (y !== n) found ??= y;
        });
      if (found === undefined && claim.outlet !== undefined) found = translated(card, n, claim.outlet);
      if (found !== undefined && rows.root(found) !== n)
        return { link: claimedLink(n, found, 0), original: found, number: found, shared: 0 };
    }
    const claim =
      card.claims.find((c) => c.url !== undefined) ??
      card.claims.find((c) => c.outlet !== undefined) ??
      card.claims[0];
    if (!claim) return undefined;
    const link: CopyLink = {
      copy: card.id as CopyLink["copy"], // the article's own id
      originalUrl: claim.url,
      originalOutlet: claim.outlet,
      evidence: card.claims.map(claimEvidence),
      confidence: claim.outlet === undefined ? 0.5 : claim.kind === "phrase" ? 0.6 : 0.7,
      kind: "reprint",
    };
    return { link, number: -1, shared: 0 };
  };

  /** Triples that a copy shares with its original need no second posting: they lead to the original. */
  const sharedWith = (card: Card, original: number | undefined): Set<number> => {
    const shared = new Set<number>();
    if (original === undefined) return shared;
    for (const hash of card.hashes) {
      let found = false;
      postings.each(hash, common, (article) => {
        if (article === original) found = true;
      });
      if (found) shared.add(hash);
    }
    return shared;
  };

  return {
    /** Adds an article and says what it is a copy of, and what is a copy of it. */
    add: (input: CopyInput): CopyResult => {
      const card = cardOf(input);
      sha256 = input.article.textSha256;
      const { n, links, freed } = insert(card);
      const up = rows.parent.get(n);
      const skip = sharedWith(card, up === 0 ? undefined : up - 1);
      post(card, n, skip);
      return { sketch: packCard(card), links, freed };
    },
    restore: (sketch: Uint8Array): void => {
      const card = unpackCard(sketch);
      const { n } = insert(card);
      const up = rows.parent.get(n);
      post(card, n, sharedWith(card, up === 0 ? undefined : up - 1));
    },
    size: (): number => rows.ids.length,
    bytes: (): { postings: number; rows: number } => ({ postings: postings.bytes(), rows: rows.bytes() }),
  };
};
