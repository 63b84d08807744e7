/**
 * A response body → decoded bytes within bounds: content encodings undone (gzip, deflate in both spellings, br, zstd where
 * Node has it), output limited so that a bomb ends early, a least rate so that a drip-fed body ends too.
 */
import type { Readable, Transform } from "node:stream";
import zlib from "node:zlib";

export type BodyLimits = {
  /** Most bytes after decoding. */
  readonly maxBytes: number;
  /** Least bytes a second, on the wire, once `graceMs` have passed. */
  readonly minRate: number;
  readonly graceMs: number;
  /** Keep what came within `maxBytes` instead of declining (robots.txt). */
  readonly cut?: boolean | undefined;
};

export type BodyAnswer =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly notes: readonly string[] }
  | {
      readonly ok: false;
      readonly why: "too-large" | "too-slow" | "encoding" | "broken";
      readonly detail: string;
    };

const MOST_ENCODINGS = 2;

/** Decoders give what they have when the end is missing: a cut page may still hold its article. */
const decoderOf = (encoding: string, first: number): Transform | undefined => {
  const flush = { finishFlush: zlib.constants.Z_SYNC_FLUSH };
  if (encoding === "gzip" || encoding === "x-gzip") return zlib.createGunzip(flush);
  // "deflate" means zlib by the standard and raw deflate by many servers; the first byte tells.
  if (encoding === "deflate")
    return (first & 0x0f) === 8 ? zlib.createInflate(flush) : zlib.createInflateRaw(flush);
  if (encoding === "br")
    return zlib.createBrotliDecompress({ finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH });
  if (
    encoding === "zstd" &&
    "createZstdDecompress" in zlib &&
    typeof zlib.createZstdDecompress === "function"
  )
    return zlib.createZstdDecompress() as Transform;
  return undefined;
};

export const acceptedEncodings =
  "createZstdDecompress" in zlib ? "gzip, deflate, br, zstd" : "gzip, deflate, br";

class Stop extends Error {
  readonly why: "too-large" | "too-slow" | "encoding" | "broken";
  constructor(why: Stop["why"], message: string) {
    super(message);
    this.why = why;
  }
}

/** Wire bytes, watched for rate. `now` is a monotonic time in milliseconds. */
async function* watched(
  body: Readable,
  limits: BodyLimits,
  now: () => number,
  count: { wire: number },
): AsyncGenerator<Buffer> {
  const start = now();
  const timer = setInterval(
    () => {
      const ms = now() - start;
      if (ms > limits.graceMs && count.wire < (limits.minRate * ms) / 1000)
        body.destroy(new Stop("too-slow", `The body came at less than ${limits.minRate} bytes a second.`));
    },
    Math.max(50, Math.min(1000, limits.graceMs)),
  );
  try {
    for await (const chunk of body) {
      const buffer: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
      count.wire += buffer.length;
      // Compressed bodies are bounded on the wire as well: four times the limit decodes to more than the limit.
      if (count.wire > limits.maxBytes * 4 && !limits.cut)
        throw new Stop("too-large", `The body is longer than ${limits.maxBytes} bytes.`);
      yield buffer;
    }
  } finally {
    clearInterval(timer);
  }
}

const decoded = async (
  source: AsyncIterable<Buffer>,
  encoding: string,
  notes: string[],
): Promise<AsyncIterable<Buffer>> => {
  const iterator = source[Symbol.asyncIterator]();
  const first = await iterator.next();
  const head = first.done ? Buffer.alloc(0) : first.value;
  const rest = async function* (): AsyncGenerator<Buffer> {
    if (!first.done) yield head;
    for (;;) {
      const next = await iterator.next();
      if (next.done) return;
      yield next.value;
    }
  };
  const gzip = encoding.endsWith("gzip");
  // Some servers name an encoding they did not use.
  if (gzip && head.length >= 2 && (head[0] !== 0x1f || head[1] !== 0x8b)) {
    notes.push(`Content-Encoding says ${encoding}, the body is not`);
    return rest();
  }
  const decoder = decoderOf(encoding, head[0] ?? 0);
  if (!decoder) throw new Stop("encoding", `The body is encoded as "${encoding}", which is not understood.`);
  // Errors reach whoever reads; a decoder that is left early must not throw at nobody.
  decoder.on("error", () => {});
  const feed = async (): Promise<void> => {
    try {
      for await (const chunk of rest())
        if (!decoder.write(chunk))
          await new Promise<void>((resume) => {
            const go = (): void => {
              decoder.off("drain", go);
              decoder.off("close", go);
              resume();
            };
            decoder.on("drain", go);
            decoder.on("close", go);
          });
      decoder.end();
    } catch (error) {
      decoder.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  };
  // Errors of the feed come out of the decoder; nothing is left floating.
  void feed();
  return decoder;
};

export const readBody = async (
  body: Readable,
  encodings: readonly string[],
  limits: BodyLimits,
  now: () => number = () => performance.now(),
): Promise<BodyAnswer> => {
  // Destroying a body that was left early reports an error nobody waits for any more.
  body.on("error", () => {});
  const notes: string[] = [];
  const count = { wire: 0 };
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    if (encodings.length > MOST_ENCODINGS)
      throw new Stop("encoding", `The body is encoded ${encodings.length} times over.`);
    let stream: AsyncIterable<Buffer> = watched(body, limits, now, count);
    for (const encoding of [...encodings].reverse()) stream = await decoded(stream, encoding, notes);
    for await (const chunk of stream) {
      if (size + chunk.length > limits.maxBytes) {
        if (!limits.cut)
          throw new Stop("too-large", `The body is longer than ${limits.maxBytes} bytes decoded.`);
        chunks.push(chunk.subarray(0, limits.maxBytes - size));
        size = limits.maxBytes;
        break;
      }
      chunks.push(chunk);
      size += chunk.length;
    }
    return { ok: true, bytes: new Uint8Array(Buffer.concat(chunks, size)), notes };
  } catch (error) {
    if (error instanceof Stop) return { ok: false, why: error.why, detail: error.message };
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, why: "broken", detail: `The body broke off: ${message}.` };
  } finally {
    body.destroy();
  }
};
