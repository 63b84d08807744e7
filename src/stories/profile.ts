/** What the grouper keeps of an article, and that as bytes: a JSON head, then term ids (4 bytes) with weights (2), then keys (4). */
import type { Terms } from "./terms.ts";

export type Profile = {
  readonly articleId: string;
  /** Milliseconds; NaN when unknown. */
  readonly time: number;
  readonly language: string;
  readonly terms: Terms;
  /** Article whose story it follows, as a copy of it. */
  readonly follows?: string | undefined;
  /** What of it crosses languages. */
  readonly keys?: Uint32Array | undefined;
};

export const packProfile = (p: Profile): Uint8Array => {
  const n = p.terms.ids.length;
  const head = new TextEncoder().encode(
    JSON.stringify({
      v: 1,
      id: p.articleId,
      t: Number.isFinite(p.time) ? p.time : null,
      l: p.language,
      w: p.terms.words,
      f: p.follows,
      n,
      k: p.keys?.length,
    }),
  );
  const bytes = new Uint8Array(2 + head.length + 6 * n + 4 * (p.keys?.length ?? 0));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, head.length, true);
  bytes.set(head, 2);
  let at = 2 + head.length;
  for (let i = 0; i < n; i++, at += 6) {
    view.setUint32(at, p.terms.ids[i] ?? 0, true);
    view.setUint16(at + 4, Math.round((p.terms.weights[i] ?? 0) * 65535), true);
  }
  for (const key of p.keys ?? []) {
    view.setUint32(at, key, true);
    at += 4;
  }
  return bytes;
};

export const unpackProfile = (bytes: Uint8Array): Profile => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint16(0, true);
  // Written by packProfile of the same version; another version throws and the caller reads the archive again.
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(2, 2 + length))) as {
    v: number;
    id: string;
    t: number | null;
    l: string;
    w: number;
    f?: string;
    n: number;
    k?: number;
  };
  if (head.v !== 1) throw new RangeError(`Story profile of unknown version ${head.v}; recode the archive`);
  const ids = new Uint32Array(head.n);
  const weights = new Float32Array(head.n);
  let at = 2 + length;
  for (let i = 0; i < head.n; i++, at += 6) {
    ids[i] = view.getUint32(at, true);
    weights[i] = view.getUint16(at + 4, true) / 65535;
  }
  const keys = Uint32Array.from({ length: head.k ?? 0 }, (_, i) => view.getUint32(at + 4 * i, true));
  return {
    articleId: head.id,
    time: head.t ?? Number.NaN,
    language: head.l,
    terms: { ids, weights, words: head.w },
    follows: head.f,
    ...(keys.length === 0 ? {} : { keys }),
  };
};
