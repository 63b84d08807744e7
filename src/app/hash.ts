/** Names by content: hashes of bytes and of addresses. */
import { createHash } from "node:crypto";
import type { RawPage, SourceId } from "../model/index.ts";

export const sha256 = (bytes: Uint8Array | string): string =>
  createHash("sha256").update(bytes).digest("hex");

/** A source is known by its address. */
export const sourceIdOf = (url: string): SourceId => `f${sha256(url).slice(0, 16)}` as SourceId;

type Rest = Omit<RawPage, "bytes" | "sha256">;

/** A raw page from bytes of any kind of array. */
export const rawPage = (bytes: Uint8Array, rest: Rest): RawPage => ({
  ...rest,
  sha256: sha256(bytes),
  // A view of its own: the bytes outlive the buffer they came in.
  bytes: new Uint8Array(bytes),
});
