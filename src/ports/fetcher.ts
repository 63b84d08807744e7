/** The way out to the network. Only public addresses, checked on the literal, on every look-up and on every redirect. */
import type { DeclineReason } from "../model/index.ts";

export type FetchRequest = {
  readonly url: string;
  /** What the answer is wanted for: sets Accept, size limits and whether robots.txt is asked. */
  readonly purpose: "feed" | "page" | "robots" | "sitemap" | "webhook" | "hub";
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  readonly method?: "GET" | "POST" | undefined;
  readonly body?: string | undefined;
  readonly contentType?: string | undefined;
  readonly maxBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
};

export type FetchAnswer =
  | {
      readonly ok: true;
      readonly status: number;
      /** Address after redirects. */
      readonly url: string;
      /** Set when every redirect was permanent (301, 308): the address to remember. */
      readonly movedTo?: string | undefined;
      readonly notModified: boolean;
      /** Decoded from any content encoding. */
      readonly bytes: Uint8Array;
      readonly headers: Readonly<Record<string, string>>;
      readonly fetchedAt: string;
    }
  | {
      readonly ok: false;
      readonly reason: DeclineReason;
      /** What failed, on what, what to do. */
      readonly detail: string;
      readonly status?: number | undefined;
      /** Earliest moment to try again (Retry-After), milliseconds since 1970. */
      readonly retryAt?: number | undefined;
    };

export type Fetcher = {
  fetch(request: FetchRequest): Promise<FetchAnswer>;
  close(): Promise<void>;
};
