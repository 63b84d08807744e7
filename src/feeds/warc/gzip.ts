/**
 * One gzip member at the head of a buffer → its content and its length (RFC 1952).
 *
 * Node's gunzip runs over the ends of members, and WARC needs those ends to resume at a record; so header and trailer
 * are read here and the middle is left to inflate. Leaves out checking of file names and comments.
 */
import { constants, crc32, inflateRawSync } from "node:zlib";

export type Member =
  | { readonly state: "ok"; readonly content: Uint8Array; readonly size: number }
  /** The buffer ends before the member does. */
  | { readonly state: "short" }
  /** The content would be larger than allowed. */
  | { readonly state: "too-large" }
  | { readonly state: "damaged"; readonly detail: string };

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

export function readMember(bytes: Uint8Array, maxContent: number): Member {
  const header = headerSize(bytes);
  if (header === undefined) return { state: "damaged", detail: "no gzip header" };
  if (header < 0) return { state: "short" };
  let content: Uint8Array;
  let used: number;
  try {
    // The type does not know `info`: with it the engine comes back too, and says how much input it took.
    const result = inflateRawSync(bytes.subarray(header), {
      info: true,
      chunkSize: 128 * 1024,
      maxOutputLength: maxContent,
      finishFlush: constants.Z_FINISH,
    }) as unknown as { buffer: Uint8Array; engine: { bytesWritten: number } };
    content = result.buffer;
    used = result.engine.bytesWritten;
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === "Z_BUF_ERROR") return { state: "short" };
    if (code === "ERR_BUFFER_TOO_LARGE") return { state: "too-large" };
    return { state: "damaged", detail: error instanceof Error ? error.message : "inflate failed" };
  }
  const end = header + used;
  if (bytes.length < end + 8) return { state: "short" };
  const trailer = new DataView(bytes.buffer, bytes.byteOffset + end, 8);
  if (trailer.getUint32(4, true) !== content.length >>> 0)
    return { state: "damaged", detail: "length does not agree" };
  if (trailer.getUint32(0, true) !== crc32(content))
    return { state: "damaged", detail: "checksum does not agree" };
  return { state: "ok", content, size: end + 8 };
}

/** Size of the member's header; −1 when the buffer is too short to tell, undefined when it is none. */
export function headerSize(bytes: Uint8Array): number | undefined {
  if (bytes.length < 18) return bytes.length > 2 && !isGzip(bytes) ? undefined : -1;
  if (!isGzip(bytes)) return undefined;
  const flags = bytes[3] ?? 0;
  if ((flags & 0xe0) !== 0) return undefined;
  let at = 10;
  if ((flags & 4) !== 0) at += 2 + (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256;
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const zero = bytes.indexOf(0, at);
    if (zero < 0) return bytes.length - at > 65536 ? undefined : -1;
    at = zero + 1;
  }
  if ((flags & 2) !== 0) at += 2;
  return at >= bytes.length ? -1 : at;
}
