/**
 * The Fetcher port over HTTP: each hop judged by the address guard, robots.txt asked, hosts paced, redirects followed (five
 * at most), answers bounded, passing failures tried again with growing pauses. Leaves out cookies, credentials, scripts and
 * shared caching: a condition (ETag, Last-Modified) is the caller's to remember.
 */
import type { DeclineReason } from "../../model/index.ts";
import type { Clock, FetchAnswer, Fetcher, FetchRequest } from "../../ports/index.ts";
import { decodeBytes } from "../../text/charset.ts";
import { judgeUrl, plainHost } from "./addresses.ts";
import { acceptedEncodings } from "./body.ts";
import { createExchange, type Exchange, type ExchangeAnswer, type ExchangeOptions } from "./exchange.ts";
import { createPace, type PaceOptions } from "./pace.ts";
import { createRobotsCache, type RobotsCache } from "./robots-cache.ts";

export { specialAddress } from "./addresses.ts";
export type { Exchange, ExchangeAnswer, ExchangeRequest } from "./exchange.ts";

export type FetcherOptions = ExchangeOptions &
  Omit<PaceOptions, "clock"> & {
    readonly clock: Clock;
    /** Product token looked for in robots.txt and sent as User-Agent with `contact`. */
    readonly agent?: string | undefined;
    /** Page or address where the operator can be reached. */
    readonly contact?: string | undefined;
    readonly version?: string | undefined;
    /** Tries after the first for passing failures. */
    readonly retries?: number | undefined;
    readonly totalMs?: number | undefined;
    readonly minRate?: number | undefined;
    readonly graceMs?: number | undefined;
    /** What sends requests; a simulation puts its own here. */
    readonly exchange?: Exchange | undefined;
  };

type Purpose = FetchRequest["purpose"];

const MIB = 1024 * 1024;
const MAX_BYTES: Readonly<Record<Purpose, number>> = {
  feed: 32 * MIB,
  page: 12 * MIB,
  robots: 512 * 1024,
  sitemap: 52 * MIB,
  webhook: MIB,
  hub: MIB,
};
const ACCEPT: Readonly<Record<Purpose, string>> = {
  feed: "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.3",
  page: "text/html, application/xhtml+xml, text/plain;q=0.7, */*;q=0.1",
  robots: "text/plain, */*;q=0.1",
  sitemap: "application/xml, text/xml, application/gzip, */*;q=0.1",
  webhook: "*/*",
  hub: "*/*",
};
/** A feed is offered to readers and a reader's user chose it; robots.txt speaks to crawlers, which the others are. */
const ASKS_ROBOTS: ReadonlySet<Purpose> = new Set(["page", "sitemap"]);
const MOST_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const PASSING: ReadonlySet<number> = new Set([500, 502, 503, 504]);

/** Seconds or an HTTP date → milliseconds since 1970, at most a week ahead. */
export const retryAfter = (value: string | undefined, now: number): number | undefined => {
  if (value === undefined) return undefined;
  const seconds = /^\s*(\d{1,9})\s*$/.exec(value)?.[1];
  const at = seconds === undefined ? Date.parse(value) : now + Number(seconds) * 1000;
  if (!Number.isFinite(at) || at <= now) return undefined;
  return Math.min(at, now + 7 * 24 * 3_600_000);
};

const refuse = (
  reason: DeclineReason,
  detail: string,
  more: { readonly status?: number; readonly retryAt?: number | undefined } = {},
): FetchAnswer => ({ ok: false, reason, detail, ...more });

const STATUS_WORDS: Readonly<Record<number, string>> = {
  400: "The server did not understand the request",
  401: "The page asks for a password",
  402: "The page asks for payment",
  403: "The server refuses to serve us",
  404: "The page does not exist",
  410: "The page is gone for good",
  429: "The server asks us to slow down",
  451: "The page is withheld for legal reasons",
};

const statusAnswer = (status: number, host: string, retryAt: number | undefined): FetchAnswer => {
  const words =
    STATUS_WORDS[status] ?? (status >= 500 ? "The server failed" : "The server answered without a page");
  return refuse(status === 410 ? "gone" : "fetch-failed", `${words} (${host}, status ${status}).`, {
    status,
    retryAt,
  });
};

type Tools = {
  readonly options: FetcherOptions;
  readonly exchange: Exchange;
  readonly pace: ReturnType<typeof createPace>;
  readonly agent: string;
  readonly userAgent: string;
};

/** One hop with its retries, at the host's pace. */
const hop = async (tools: Tools, url: URL, request: FetchRequest): Promise<ExchangeAnswer> => {
  const { options, pace } = tools;
  const headers: Record<string, string> = {
    "user-agent": tools.userAgent,
    accept: ACCEPT[request.purpose],
    "accept-encoding": acceptedEncodings,
    "accept-language": "*",
  };
  if (request.etag !== undefined) headers["if-none-match"] = request.etag;
  if (request.lastModified !== undefined) headers["if-modified-since"] = request.lastModified;
  const method = request.method ?? "GET";
  if (method === "POST") headers["content-type"] = request.contentType ?? "application/json";
  const maxBytes = request.maxBytes ?? MAX_BYTES[request.purpose];
  const host = plainHost(url);
  for (let attempt = 0; ; attempt++) {
    const answer = await pace.at(
      host,
      () =>
        tools.exchange.send({
          url,
          method,
          headers,
          body: method === "POST" ? (request.body ?? "") : undefined,
          limits: {
            maxBytes,
            minRate: options.minRate ?? 512,
            graceMs: options.graceMs ?? 8000,
            totalMs: options.totalMs ?? 90_000,
            cut: request.purpose === "robots",
          },
          signal: request.signal,
        }),
      request.signal,
    );
    const passing = answer.ok
      ? PASSING.has(answer.status) && answer.headers["retry-after"] === undefined
      : answer.passing;
    // A POST may have been acted on; it is the caller's to repeat.
    if (!passing || attempt >= (options.retries ?? 2) || method === "POST") return answer;
    const pause = 1000 * 4 ** attempt * (0.5 + options.clock.random());
    await options.clock.sleep(pause, request.signal);
  }
};

const followAll = async (tools: Tools, robots: RobotsCache, request: FetchRequest): Promise<FetchAnswer> => {
  const { clock } = tools.options;
  let url: URL;
  try {
    url = new URL(request.url);
  } catch {
    return refuse("fetch-failed", `"${request.url.slice(0, 200)}" is not an address.`);
  }
  const been = new Set<string>();
  let permanent = true;
  for (let hops = 0; ; hops++) {
    url.username = "";
    url.password = "";
    url.hash = "";
    const judged = judgeUrl(url, tools.options);
    if (!judged.ok) return refuse("forbidden-address", judged.detail);
    const host = plainHost(url);
    const resting = tools.pace.restingUntil(host);
    if (resting !== undefined && resting > clock.now() + 60_000)
      return refuse(
        "fetch-failed",
        `${host} asked for rest; it is left alone until ${new Date(resting).toISOString()}.`,
        {
          retryAt: resting,
        },
      );
    if (ASKS_ROBOTS.has(request.purpose)) {
      const verdict = await robots.check(url, tools.agent);
      if (verdict.delaySeconds !== undefined) tools.pace.slow(host, verdict.delaySeconds * 1000);
      if (!verdict.allowed) return refuse("robots", verdict.detail ?? "", { retryAt: verdict.retryAt });
    }
    const answer = await hop(tools, url, request);
    if (!answer.ok) return refuse(answer.reason, answer.detail);
    const now = clock.now();
    if (!REDIRECTS.has(answer.status)) return finish(tools, url, request, answer, hops > 0 && permanent, now);
    if (hops >= MOST_REDIRECTS)
      return refuse("fetch-failed", `More than ${MOST_REDIRECTS} redirects (${host}).`);
    const { location } = answer.headers;
    const next = redirectTarget(location, url);
    if (next === undefined) return refuse("fetch-failed", `A redirect without a usable address (${host}).`);
    if (been.has(next.href) || next.href === url.href)
      return refuse("fetch-failed", `The redirects go in a circle (${host}).`);
    been.add(url.href);
    permanent &&= answer.status === 301 || answer.status === 308;
    url = next;
  }
};

const redirectTarget = (location: string | undefined, base: URL): URL | undefined => {
  if (location === undefined || location === "") return undefined;
  try {
    const next = new URL(location, base);
    next.hash = "";
    return next;
  } catch {
    return undefined;
  }
};

const finish = (
  tools: Tools,
  url: URL,
  request: FetchRequest,
  answer: Extract<ExchangeAnswer, { ok: true }>,
  moved: boolean,
  now: number,
): FetchAnswer => {
  const { status, headers, bytes } = answer;
  const retryAt = status === 429 || status === 503 ? retryAfter(headers["retry-after"], now) : undefined;
  if (status === 429 || retryAt !== undefined) tools.pace.rest(plainHost(url), retryAt ?? now + 60_000);
  const notModified = status === 304;
  if (!notModified && (status < 200 || status >= 300))
    return statusAnswer(status, url.host, retryAt ?? (status === 429 ? now + 60_000 : undefined));
  return {
    ok: true,
    status,
    url: url.href,
    ...(moved && request.method !== "POST" ? { movedTo: url.href } : {}),
    notModified,
    bytes,
    headers,
    fetchedAt: new Date(now).toISOString(),
  };
};

export const createFetcher = (options: FetcherOptions): Fetcher => {
  const agent = options.agent ?? "Dateline";
  const contact = options.contact === undefined ? "" : `; +${options.contact}`;
  const exchange = options.exchange ?? createExchange(options);
  const tools: Tools = {
    options,
    exchange,
    pace: createPace(options),
    agent,
    userAgent: `${agent}/${options.version ?? "0"} (news archive${contact})`,
  };
  const robots: RobotsCache = createRobotsCache(options.clock, async (url) => {
    // RFC 9309 wants five redirects at least followed; each is judged like any other.
    const answer = await followAll(tools, robots, { url: url.href, purpose: "robots" });
    if (answer.ok) return { status: answer.status, text: decodeBytes(answer.bytes, { kind: "text" }).text };
    return answer.status === undefined ? { failure: answer.detail } : { status: answer.status, text: "" };
  });
  return {
    fetch: (request) => followAll(tools, robots, request),
    close: () => exchange.close(),
  };
};
