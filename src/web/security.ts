/** Headers, hosts and tokens: a strict policy, no answer to foreign names (DNS rebinding), no change of state without our own form. */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import type { WebOptions } from "./options.ts";

const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

const HEADERS = {
  "Content-Security-Policy": POLICY,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
} as const;

export const headers: MiddlewareHandler = async (c, next) => {
  await next();
  // `c.header` would wrap a finished answer, and its body in a stream, anew for each.
  for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value);
};

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/** Refuses requests under a name that is not ours: a foreign page cannot reach us through its own name. */
export const knownHost =
  (hosts: WebOptions["hosts"]): MiddlewareHandler =>
  async (c, next) => {
    const allowed = hosts ?? LOOPBACK;
    const name = new URL(c.req.url).hostname.toLowerCase();
    if (!allowed.includes("*") && !allowed.includes(name) && !LOOPBACK.includes(name))
      return c.text("This name is not served here", 421);
    return next();
  };

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

/** HTTP Basic with any user name, in constant time. */
export const passwordGate =
  (password: string): MiddlewareHandler =>
  async (c, next) => {
    const given = /^Basic (.+)$/.exec(c.req.header("Authorization") ?? "")?.[1];
    const decoded = given === undefined ? "" : Buffer.from(given, "base64").toString("utf8");
    if (given !== undefined && same(decoded.slice(decoded.indexOf(":") + 1), password)) return next();
    return c.text("A password is needed", 401, {
      "WWW-Authenticate": 'Basic realm="Dateline", charset="UTF-8"',
    });
  };

export const tokenOf = (secret: string): string =>
  createHmac("sha256", secret).update("form").digest("base64url").slice(0, 32);

/** True when a request that changes state comes from one of our own pages. */
export function fromOwnForm(c: Context, token: string, secret: string): boolean {
  const site = c.req.header("Sec-Fetch-Site");
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  const origin = c.req.header("Origin");
  if (origin !== undefined && origin !== "null" && origin !== new URL(c.req.url).origin) return false;
  return same(token, tokenOf(secret));
}
