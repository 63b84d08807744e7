/** Raw pages: the bytes as fetched, kept compressed and addressed by their hash, so that every fact can be taken back to them. */
import { z } from "zod";
import { Instant } from "./time.ts";

export const RawPage = z
  .object({
    url: z.string().describe("Address asked for, or `file:` address of a file read from disk"),
    finalUrl: z.string().optional().describe("Address after redirects; absent when the same"),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe("SHA-256 of the bytes, hex"),
    bytes: z.custom<Uint8Array>((v) => v instanceof Uint8Array).describe("The bytes as they came"),
    contentType: z.string().optional().describe("HTTP Content-Type as sent"),
    status: z.int().optional().describe("HTTP status; absent for files"),
    headers: z.record(z.string(), z.string()).optional(),
    fetchedAt: Instant.describe("When we first saw these bytes"),
    via: z.enum(["fetch", "file", "warc", "feed", "user"]).describe("How the bytes came in"),
  })
  .describe("A page as it came in");
export type RawPage = Readonly<z.infer<typeof RawPage>>;
