/**
 * Conditional requests (RFC 9110, 13): every page, feed and answer of the API carries a weak tag of its content, and whoever has
 * that content gets 304. Left out: streams, files for saving, assets (they are kept for good by name), answers that set a cookie.
 */
import { createHash } from "node:crypto";
import type { MiddlewareHandler } from "hono";

const TAGGED = /^(?:text\/html|application\/(?:[\w.+-]+\+)?(?:json|xml))\b/;

/** Texts of answers just made: reading one back out of its answer takes longer than a small page takes to draw. */
const texts = new WeakMap<Response, string>();
export const keepText = (answer: Response, text: string): Response => {
  texts.set(answer, text);
  return answer;
};

const tagsOf = (header: string): readonly string[] => header.match(/\*|"[^"]*"/g) ?? [];

export const conditional: MiddlewareHandler = async (c, next) => {
  await next();
  const { method } = c.req;
  const { res } = c;
  if ((method !== "GET" && method !== "HEAD") || res.status !== 200 || res.headers.has("Set-Cookie")) return;
  if (!TAGGED.test(res.headers.get("Content-Type") ?? "") || res.headers.has("Content-Disposition")) return;
  const body = texts.get(res) ?? (await res.text());
  const tag = `"${createHash("sha1").update(body).digest("base64url")}"`;
  const headers = new Headers(res.headers);
  headers.set("ETag", `W/${tag}`);
  const asked = tagsOf(c.req.header("If-None-Match") ?? "");
  const known = asked.includes(tag) || asked.includes("*");
  // Set to nothing first: Hono would add the old headers to the new ones.
  c.res = undefined;
  if (known) {
    headers.delete("Content-Type");
    headers.delete("Content-Length");
    c.res = new Response(null, { status: 304, headers });
  } else c.res = new Response(body, { status: 200, headers });
};
