/** Shares of shared text → the kind of copy and how sure we are. Bounds set by judgement, on invented cases. */
import type { CopyLink } from "../model/index.ts";

type Shares = {
  /** Share of the copy found in the original. */
  readonly share: number;
  /** Share of the original found in the copy. */
  readonly cover: number;
  readonly sameText: boolean;
};

export const kindOfCopy = (
  m: Shares & { readonly correction: boolean; readonly translation: boolean },
): CopyLink["kind"] => {
  if (m.translation) return "translation";
  if (m.correction) return "correction";
  if (m.sameText || (m.share >= 0.97 && m.cover >= 0.97)) return "duplicate";
  if (m.share >= 0.75) return m.cover >= 0.65 ? "reprint" : "excerpt";
  if (m.share >= 0.55 && m.cover < 0.4) return "excerpt";
  if (m.cover >= 0.75) return "reprint"; // with something added
  return m.share < 0.5 ? "mixed" : "rewrite";
};

/** Confidence that the link holds and points the right way: both must. */
export const confidenceOf = (m: Shares & { readonly named: boolean; readonly direction: number }): number => {
  const contained = Math.max(m.share, m.cover);
  const isCopy = m.sameText || m.named ? 0.98 : Math.min(0.98, 0.5 + contained / 2);
  const rightWay = 1 / (1 + Math.exp(-(0.4 + Math.abs(m.direction))));
  return Math.round(isCopy * rightWay * 100) / 100;
};

const WHOLE: ReadonlySet<CopyLink["kind"]> = new Set([
  "duplicate",
  "reprint",
  "excerpt",
  "translation",
  "correction",
]);
/** Whether a copy as a whole stands for its original: by its kind, or because at least so large a share is taken over. */
export const restsOn = (link: CopyLink, least: number): boolean =>
  WHOLE.has(link.kind) || (link.share ?? 0) >= least;
