/** A seed and a corpus → endless broken inputs, the same for the same seed. Mutations after the usual list of byte fuzzers (AFL, libFuzzer). */

export type Random = () => number;

/** mulberry32: small, fast and the same everywhere. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function below(random: Random, n: number): number {
  return Math.floor(random() * n);
}

export function pick<T>(random: Random, list: readonly T[]): T {
  const item = list[below(random, list.length)];
  if (item === undefined) throw new RangeError("Cannot pick from an empty list");
  return item;
}

/** One to eight mutations of one corpus entry, or of two spliced. */
export function mutate(random: Random, corpus: readonly Uint8Array[], words: readonly string[]): Uint8Array {
  let bytes = Uint8Array.from(pick(random, corpus));
  if (random() < 0.2) {
    const other = pick(random, corpus);
    bytes = joined(
      bytes.subarray(0, below(random, bytes.length + 1)),
      other.subarray(below(random, other.length + 1)),
    );
  }
  for (let i = 1 + below(random, 8); i > 0; i--) bytes = once(random, bytes, words);
  return bytes.subarray(0, 20_000);
}

function once(random: Random, bytes: Uint8Array, words: readonly string[]): Uint8Array<ArrayBuffer> {
  const at = below(random, bytes.length + 1);
  const end = Math.min(bytes.length, at + 1 + below(random, random() < 0.8 ? 16 : 400));
  const copy = Uint8Array.from(bytes);
  switch (below(random, 8)) {
    case 0:
      if (at < copy.length) copy[at] = below(random, 256);
      return copy;
    case 1:
      if (at < copy.length) copy[at] = (copy[at] ?? 0) ^ (1 << below(random, 8));
      return copy;
    case 2:
      return joined(bytes.subarray(0, at), bytes.subarray(end));
    case 3:
      return joined(bytes.subarray(0, end), bytes.subarray(at));
    case 4: // cut off
      return copy.slice(0, random() < 0.3 ? at : copy.length);
    case 5: // many times the same
      return joined(
        bytes.subarray(0, at),
        ...Array<Uint8Array>(below(random, 60)).fill(bytes.subarray(at, end)),
        bytes.subarray(at),
      );
    case 6: // noise
      return joined(
        bytes.subarray(0, at),
        Uint8Array.from({ length: below(random, 12) }, () => below(random, 256)),
        bytes.subarray(at),
      );
    default:
      return joined(
        bytes.subarray(0, at),
        new TextEncoder().encode(pick(random, words)),
        bytes.subarray(random() < 0.5 ? at : end),
      );
  }
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** How a target says that something is wrong with an input. */
export function must(condition: boolean, message: string): void {
  if (!condition) throw new Error(message);
}

export type FuzzTarget = {
  readonly name: string;
  readonly corpus: readonly Uint8Array[];
  readonly words: readonly string[];
  /** Makes an input from nothing, beside those made by mutation. */
  readonly invent: (seed: number, count: number) => readonly Uint8Array[];
  /** Throws when the input is read wrongly. */
  readonly check: (bytes: Uint8Array, turn: number) => void | Promise<void>;
};
