/** The two requests a hub makes to us, as HTTP: its question (GET) and what it pushes (POST), under /hub/SOURCE. */
import type { SourceId } from "../model/index.ts";
import { deliverPush, type HubOptions, verifyHub } from "./hub.ts";
import type { PollParts } from "./poll.ts";

const MOST_BYTES = 8 * 1024 * 1024;

/** The body of a request up to the limit; undefined when it is longer. */
const bodyOf = async (request: Request): Promise<Uint8Array | undefined> => {
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.length;
    if (size > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
};

/** Undefined for requests that are not a hub's. */
export const hubHandler =
  (parts: PollParts, options: HubOptions) =>
  async (request: Request): Promise<Response | undefined> => {
    const url = new URL(request.url);
    const name = /^\/hub\/(f[0-9a-f]{16})$/.exec(url.pathname)?.[1];
    if (name === undefined) return undefined;
    const id = name as SourceId;
    if (request.method === "GET") {
      const challenge = await verifyHub(parts, id, url.searchParams);
      return challenge === undefined
        ? new Response("not subscribed\n", { status: 404 })
        : new Response(challenge, { headers: { "content-type": "text/plain; charset=utf-8" } });
    }
    if (request.method !== "POST")
      return new Response(null, { status: 405, headers: { allow: "GET, POST" } });
    const bytes = await bodyOf(request);
    if (!bytes) return new Response("too large\n", { status: 413 });
    // Answered before it is read, and alike whether it was believed: a forger learns nothing, a hub does not wait.
    void deliverPush(
      parts,
      id,
      {
        bytes,
        contentType: request.headers.get("content-type") ?? undefined,
        signature: request.headers.get("x-hub-signature") ?? undefined,
      },
      options,
    ).catch(() => {});
    return new Response(null, { status: 202 });
  };
