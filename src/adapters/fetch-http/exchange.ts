/**
 * One request, one answer, no redirects: undici under our guard. The name is looked up once, every address of the answer is
 * judged, and the connection is made to the judged address itself, so that a second look-up cannot lead elsewhere.
 */
import { lookup } from "node:dns/promises";
import type { Socket } from "node:net";
import { Agent, buildConnector, errors } from "undici";
import {
  type AddressRules,
  judgeAddresses,
  judgeUrl,
  plainHost,
  portOf,
  specialAddress,
} from "./addresses.ts";
import { type BodyLimits, readBody } from "./body.ts";

export type ExchangeRequest = {
  readonly url: URL;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly limits: BodyLimits & { readonly totalMs: number };
  readonly signal?: AbortSignal | undefined;
};

export type ExchangeAnswer =
  | {
      readonly ok: true;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly bytes: Uint8Array;
    }
  | {
      readonly ok: false;
      readonly reason: "forbidden-address" | "fetch-failed" | "too-large";
      readonly detail: string;
      /** Worth trying again soon. */
      readonly passing: boolean;
    };

export type Exchange = {
  send(request: ExchangeRequest): Promise<ExchangeAnswer>;
  close(): Promise<void>;
};

export type Resolve = (host: string) => Promise<readonly string[]>;
type Connect = ReturnType<typeof buildConnector>;

export type ExchangeOptions = AddressRules & {
  readonly resolve?: Resolve | undefined;
  /** Makes the connection to an address that was judged; tests put a recorder here. */
  readonly dial?: Connect | undefined;
  readonly connectMs?: number | undefined;
  readonly headersMs?: number | undefined;
  readonly idleMs?: number | undefined;
  readonly maxHeaderBytes?: number | undefined;
};

export class ForbiddenAddressError extends Error {
  override name = "ForbiddenAddressError";
}

const systemResolve: Resolve = async (host) => {
  const found = await lookup(host, { all: true, verbatim: false });
  return found.map((f) => f.address);
};

/** Dials the addresses in turn, at most three, each by number. */
const guardedConnector = (options: ExchangeOptions): Connect => {
  const resolve = options.resolve ?? systemResolve;
  const dial =
    options.dial ?? buildConnector({ timeout: options.connectMs ?? 10_000, autoSelectFamily: false });
  return (target, callback) => {
    const url = new URL(`${target.protocol}//${target.host ?? target.hostname}`);
    const host = plainHost(url);
    const port = portOf(url);
    const fail = (error: Error): void => callback(error, null);
    const judged = judgeUrl(url, options);
    if (!judged.ok) {
      fail(new ForbiddenAddressError(judged.detail));
      return;
    }
    const attempt = (addresses: readonly string[], i: number): void => {
      const address = addresses[i];
      if (address === undefined) {
        fail(new Error(`no address of ${host} answers`));
        return;
      }
      const servername = target.protocol === "https:" && !judged.literal ? { servername: host } : {};
      dial({ ...target, hostname: address, ...servername }, (error, socket) => {
        if (error !== null) {
          if (i + 1 < Math.min(3, addresses.length)) attempt(addresses, i + 1);
          else fail(error);
          return;
        }
        const wrong = strayed(socket, address);
        if (wrong !== undefined) {
          socket.destroy();
          fail(new ForbiddenAddressError(wrong));
          return;
        }
        callback(null, socket);
      });
    };
    const start = async (): Promise<void> => {
      try {
        const addresses = judged.literal ? [host] : await resolve(host);
        const verdict = judgeAddresses(host, port, addresses, options);
        if (!verdict.ok) fail(new ForbiddenAddressError(verdict.detail));
        else attempt(addresses, 0);
      } catch (error) {
        fail(error instanceof Error ? error : new Error(String(error)));
      }
    };
    void start();
  };
};

/** Belt and braces: the socket must stand on the address that was judged. */
const strayed = (socket: Socket, address: string): string | undefined => {
  const remote = socket.remoteAddress?.replace(/^::ffff:(?=\d+\.)/, "");
  if (remote === undefined || remote === address) return undefined;
  return specialAddress(remote) === undefined
    ? undefined
    : `the connection ended at ${remote}, not at ${address}`;
};

/** Failures in words: what failed, and whether a second try may help. */
const explain = (error: unknown, url: URL): Extract<ExchangeAnswer, { ok: false }> => {
  const failed = (detail: string, passing: boolean): Extract<ExchangeAnswer, { ok: false }> => ({
    ok: false,
    reason: "fetch-failed",
    detail: `${detail} (${url.host}).`,
    passing,
  });
  let cause: unknown = error;
  for (let i = 0; i < 5 && cause instanceof Error; i++) {
    if (cause instanceof ForbiddenAddressError)
      return { ok: false, reason: "forbidden-address", detail: cause.message, passing: false };
    if (cause.cause === undefined) break;
    cause = cause.cause;
  }
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof errors.HeadersOverflowError || /HEADER_OVERFLOW/.test(code))
    return failed("The headers are too large", false);
  if (error instanceof errors.HeadersTimeoutError) return failed("The server did not answer in time", true);
  if (error instanceof errors.BodyTimeoutError) return failed("The body stopped coming", true);
  if (error instanceof errors.ConnectTimeoutError)
    return failed("The connection could not be made in time", true);
  if (error instanceof errors.HTTPParserError) return failed(`The answer is not HTTP: ${message}`, false);
  if (code === "ENOTFOUND" || code === "EAI_NONAME") return failed("The host name does not exist", false);
  if (code === "EAI_AGAIN") return failed("The name could not be looked up at present", true);
  if (code === "ECONNREFUSED") return failed("Nothing answers at that address", true);
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code))
    return failed(`The certificate is not valid (${code})`, false);
  return failed(`The connection failed: ${message}`, true);
};

const flatHeaders = (
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> => {
  const flat: Record<string, string> = Object.create(null);
  for (const [k, v] of Object.entries(headers))
    if (v !== undefined) flat[k.toLowerCase()] = Array.isArray(v) ? v.join(", ") : v;
  return flat;
};

export const createExchange = (options: ExchangeOptions = {}): Exchange => {
  const agent = new Agent({
    connect: guardedConnector(options),
    connections: 4,
    pipelining: 1,
    keepAliveTimeout: 4_000,
    headersTimeout: options.headersMs ?? 20_000,
    bodyTimeout: options.idleMs ?? 15_000,
    maxHeaderSize: options.maxHeaderBytes ?? 32_768,
  });
  return {
    send: async (request) => {
      const judged = judgeUrl(request.url, options);
      if (!judged.ok)
        return { ok: false, reason: "forbidden-address", detail: judged.detail, passing: false };
      // One clock over all of it, so that headers dripped byte by byte end as well.
      const deadline = AbortSignal.timeout(request.limits.totalMs);
      const signal = request.signal === undefined ? deadline : AbortSignal.any([deadline, request.signal]);
      try {
        const answer = await agent.request({
          origin: request.url.origin,
          path: `${request.url.pathname}${request.url.search}`,
          method: request.method,
          headers: request.headers,
          body: request.body ?? null,
          signal,
        });
        const headers = flatHeaders(answer.headers);
        const encodings = (headers["content-encoding"] ?? "")
          .toLowerCase()
          .split(",")
          .map((e) => e.trim())
          .filter((e) => e !== "" && e !== "identity" && e !== "none");
        const body = await readBody(answer.body, answer.statusCode === 304 ? [] : encodings, request.limits);
        if (body.ok) return { ok: true, status: answer.statusCode, headers, bytes: body.bytes };
        if (deadline.aborted) return tooLong(request);
        return {
          ok: false,
          reason: body.why === "too-large" ? "too-large" : "fetch-failed",
          detail: `${body.detail.replace(/\.$/, "")} (${request.url.host}).`,
          passing: body.why === "broken",
        };
      } catch (error) {
        if (request.signal?.aborted) throw error;
        if (deadline.aborted) return tooLong(request);
        return explain(error, request.url);
      }
    },
    close: async () => {
      await agent.destroy();
    },
  };
};

const tooLong = (request: ExchangeRequest): ExchangeAnswer => ({
  ok: false,
  reason: "fetch-failed",
  detail: `The answer took longer than ${Math.round(request.limits.totalMs / 100) / 10} s (${request.url.host}).`,
  passing: true,
});
