/**
 * Two articles that share their text → which of them is the copy, as a sum of weights with the evidence for each. A sum
 * above zero says that the first is the copy. Weights are set by judgement, strongest first: what a page says of itself,
 * the kinds of the outlets, the published times, then marks in the text (closing phrases, broken characters, length),
 * then what the outlet did before. Arrival decides only when nothing else does.
 */
import type { CopyEvidence, OutletKind } from "../model/index.ts";
import { sameOutletName } from "./agencies.ts";
import type { OriginClaim } from "./credits.ts";

export type Side = {
  readonly outlet: string;
  readonly outletName: string;
  readonly outletKind: OutletKind;
  readonly published: number;
  readonly precision: number;
  readonly firstSeen: number;
  readonly total: number;
  readonly claims: readonly OriginClaim[];
  readonly garbled: boolean;
  readonly correction: boolean;
  /** Share of its text found in the other, 0–1. */
  readonly share: number;
  /** Leaning of the outlet to copy, from decisions made without it; 0 when unknown. */
  readonly habit: number;
};

export type Direction = {
  /** Above zero: the first is the copy of the second. */
  readonly score: number;
  /** The score without what the outlets did before. */
  readonly bare: number;
  readonly evidence: readonly CopyEvidence[];
};

const KIND_WEIGHT: Readonly<Partial<Record<OutletKind, number>>> = {
  agency: -2.5,
  official: -2,
  aggregator: 2,
};

/** Whether a claim of origin means the other side. */
const names = (claim: OriginClaim, other: Side): boolean =>
  claim.outlet !== undefined &&
  (sameOutletName(claim.outlet, other.outletName) ||
    claim.outlet === other.outlet ||
    claim.outlet.endsWith(`.${other.outlet}`));

/** Evidence that `copy` names `original`, with its weight. */
export const namedOrigin = (copy: Side, original: Side): { weight: number; evidence: CopyEvidence[] } => {
  let weight = 0;
  const evidence: CopyEvidence[] = [];
  for (const claim of copy.claims) {
    if (!names(claim, original)) continue;
    weight += claim.kind === "phrase" ? 3 : 4;
    evidence.push(claimEvidence(claim));
  }
  return { weight: Math.min(weight, 6), evidence };
};

export const claimEvidence = (claim: OriginClaim): CopyEvidence => {
  if (claim.kind === "canonical") return { kind: "canonical-link", url: claim.url ?? claim.outlet ?? "" };
  if (claim.kind === "link" || (claim.kind === "phrase" && claim.outlet === undefined))
    return { kind: "source-link", url: claim.url ?? "", words: claim.words };
  return { kind: "credit-line", words: claim.words, agency: claim.outlet ?? "" };
};

/** Weight of what an article says and shows about itself, whoever the other is. */
const ownMarks = (s: Side): number =>
  (s.claims.some((c) => c.kind === "phrase" && c.outlet === undefined) ? 1.5 : 0) +
  (s.claims.some((c) => c.outlet !== undefined) ? 1.5 : 0) +
  (s.garbled ? 1.5 : 0) +
  (KIND_WEIGHT[s.outletKind] ?? 0);

const earlierBy = (a: Side, b: Side): { seconds: number; weight: number } | undefined => {
  const gap = a.published - b.published; // above zero: b came first
  if (!Number.isFinite(gap) || Math.abs(gap) < Math.max(a.precision, b.precision, 60_000)) return undefined;
  const seconds = Math.round(gap / 1000);
  return { seconds, weight: Math.sign(gap) * Math.min(4, 2 + Math.abs(gap) / 86_400_000) };
};

/**
 * @param central how much more the other members of the family share with `b` than with `a`; an original lies nearest to
 * all its copies
 */
export const directionOf = (a: Side, b: Side, central = 0): Direction => {
  const evidence: CopyEvidence[] = [];
  const ab = namedOrigin(a, b);
  const ba = namedOrigin(b, a);
  let bare = ab.weight - ba.weight + ownMarks(a) - ownMarks(b) + Math.max(-2, Math.min(2, central));
  const time = earlierBy(a, b);
  if (time) {
    bare += time.weight;
    evidence.push({ kind: "earlier", seconds: Math.abs(time.seconds) });
  }
  const longer = Math.log(Math.max(1, b.total) / Math.max(1, a.total));
  // Within one outlet the later text is a new version: it corrects, and as a rule it has grown.
  if (a.outlet === b.outlet)
    bare += (a.correction ? 1 : 0) - (b.correction ? 1 : 0) - Math.sign(longer) * 0.5;
  // Between outlets a copy is shortened more often than lengthened.
  else if (Math.abs(longer) > 0.02) bare += Math.max(-2, Math.min(2, 2.5 * longer));
  let score = bare + (a.outlet === b.outlet ? 0 : a.habit - b.habit);
  if (Math.abs(score) < 0.25 && Number.isFinite(a.firstSeen - b.firstSeen))
    score += Math.sign(a.firstSeen - b.firstSeen) * 0.25;
  evidence.push(...(score >= 0 ? ab.evidence : ba.evidence));
  return { score, bare, evidence };
};
