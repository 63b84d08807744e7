/**
 * A word form → the numbers the network looks up: its row in the vocabulary, its row among the pretrained vectors,
 * buckets of its prefixes and suffixes, and its shape. Forms are hashed unit by unit; no strings are built.
 */

/** Buckets of affixes per word: suffixes 1–5, prefixes 1–4 and the whole form. */
export const AFFIXES = 10;
export const SHAPES = 64;

const mix = (hash: number, unit: number): number => {
  const mixed = Math.imul(hash ^ unit, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
};

/** Lower case, digits to 0, typographic apostrophes and dashes to plain ones. */
export function normalise(form: string): string {
  let plain = true;
  for (let i = 0; i < form.length; i++) {
    const unit = form.charCodeAt(i);
    if (unit < 97 || unit > 122) {
      plain = false;
      break;
    }
  }
  if (plain) return form;
  return form
    .toLowerCase()
    .replace(/\p{Nd}/gu, "0")
    .replace(/[’‘`´]/gu, "'")
    .replace(/[“”«»„]/gu, '"')
    .replace(/[–—―]/gu, "-");
}

/** 32-bit hash of a normalised form, never 0. */
export function formHash(norm: string): number {
  let hash = 0x2545f491;
  for (let i = 0; i < norm.length; i++) hash = mix(hash, norm.charCodeAt(i));
  return mix(hash, norm.length) >>> 0 || 1;
}

/** Writes AFFIXES bucket numbers below `buckets` (a power of two) at out[at…]. */
export function affixBuckets(norm: string, buckets: number, out: Int32Array, at: number): void {
  const mask = buckets - 1;
  let suffix = 0x51ed270b;
  for (let k = 1; k <= 5; k++) {
    const unit = norm.length >= k ? norm.charCodeAt(norm.length - k) : 1;
    suffix = mix(suffix, unit);
    out[at + k - 1] = mix(suffix, k) & mask;
  }
  let prefix = 0x3c6ef372;
  for (let k = 1; k <= 4; k++) {
    const unit = norm.length >= k ? norm.charCodeAt(k - 1) : 2;
    prefix = mix(prefix, unit);
    out[at + 4 + k] = mix(prefix, k + 16) & mask;
  }
  out[at + 9] = mix(formHash(norm), 99) & mask;
}

/** Below SHAPES: letter case, digits, punctuation and a rough length. */
export function shapeOf(form: string): number {
  const length = form.length < 3 ? form.length - 1 : form.length < 6 ? 2 : 3;
  if (/^\p{N}/u.test(form)) return (/^\p{N}+$/u.test(form) ? 0 : /\p{L}/u.test(form) ? 4 : 8) + length;
  if (!/[\p{L}\p{N}]/u.test(form)) {
    const known = ".,:;!?\"'()[]-–—“”‘’«»/$%&*…".indexOf(form.charAt(0));
    return form.length === 1 && known >= 0 ? 32 + known : 12 + length;
  }
  const first = /^\p{Lu}/u.test(form);
  const lower = form === form.toLowerCase();
  const upper = form === form.toUpperCase();
  const rest = form.slice(1);
  const mixed = rest !== rest.toLowerCase();
  if (lower) return (/[^\p{L}]/u.test(form) ? 16 : 20) + length;
  if (upper && form.length > 1) return 24 + length;
  return (first && !mixed ? 28 : 60) + length;
}

/** Hash → row number, by open addressing; 0 stands for unknown. */
export type HashIndex = (hash: number) => number;

/** An index over hashes where row r + 1 belongs to hashes[r]. */
export function hashIndex(hashes: Uint32Array): HashIndex {
  let size = 16;
  while (size < hashes.length * 2) size *= 2;
  const mask = size - 1;
  const keys = new Uint32Array(size);
  const rows = new Int32Array(size);
  hashes.forEach((hash, row) => {
    let slot = hash & mask;
    while (rows[slot] !== 0 && keys[slot] !== hash) slot = (slot + 1) & mask;
    if (rows[slot] !== 0) return;
    keys[slot] = hash;
    rows[slot] = row + 1;
  });
  return (hash) => {
    let slot = hash & mask;
    while (rows[slot] !== 0) {
      if (keys[slot] === hash) return rows[slot] ?? 0;
      slot = (slot + 1) & mask;
    }
    return 0;
  };
}
