/**
 * Bytes that arrive in pieces → a window over them that moves forward, with the offset of its first byte.
 *
 * Windows already handed out are never written to again, so views of them stay good. Memory is what the caller asks to
 * see at once, plus one piece. Leaves out going back.
 */

const LEAST = 1024 * 1024;

export type ByteWindow = {
  /** Bytes at hand, from the present position. */
  readonly view: () => Uint8Array;
  /** Offset of the present position in the whole. */
  readonly offset: () => number;
  /** Tries to have at least so many bytes at hand; false when the end comes first. */
  readonly need: (size: number) => Promise<boolean>;
  /** Moves forward within what is at hand. */
  readonly skip: (size: number) => void;
  /** Moves forward over any distance without keeping what is passed; false when the end comes first. */
  readonly pass: (size: number) => Promise<boolean>;
  readonly isDone: () => boolean;
  /** Lets go of the source. */
  readonly close: () => Promise<void>;
};

export function openWindow(source: AsyncIterable<Uint8Array>, startsAt: number): ByteWindow {
  const pieces = source[Symbol.asyncIterator]();
  let bytes: Uint8Array = new Uint8Array(0);
  let at = 0;
  let offset = startsAt;
  let done = false;

  const next = async (): Promise<Uint8Array | undefined> => {
    if (done) return undefined;
    const step = await pieces.next();
    if (step.done === true) {
      done = true;
      return undefined;
    }
    return step.value;
  };

  const need = async (size: number): Promise<boolean> => {
    if (bytes.length - at >= size) return true;
    if (done) return false;
    const parts: Uint8Array[] = [bytes.subarray(at)];
    let length = bytes.length - at;
    const wanted = Math.max(size, LEAST);
    while (length < wanted) {
      const piece = await next();
      if (piece === undefined) break;
      parts.push(piece);
      length += piece.length;
    }
    bytes = parts.length === 2 && parts[0]?.length === 0 ? (parts[1] ?? bytes) : joinParts(parts, length);
    at = 0;
    return length >= size;
  };

  const skip = (size: number): void => {
    at += size;
    offset += size;
  };

  return {
    view: () => (at === 0 ? bytes : bytes.subarray(at)),
    offset: () => offset,
    need,
    skip,
    async pass(size) {
      let left = size;
      for (;;) {
        const here = Math.min(left, bytes.length - at);
        skip(here);
        left -= here;
        if (left === 0) return true;
        const piece = await next();
        if (piece === undefined) return false;
        bytes = piece;
        at = 0;
      }
    },
    isDone: () => done && at >= bytes.length,
    async close() {
      await pieces.return?.();
    },
  };
}

function joinParts(parts: readonly Uint8Array[], length: number): Uint8Array {
  const joined = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
