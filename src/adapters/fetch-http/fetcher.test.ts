/** The fetcher against a server on this machine that plays a bad day on the web. Only loopback is ever connected to. */
import type { Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CASES, type HostileServer, startHostileServer } from "../../../test/server/hostile.ts";
import { play } from "../../../test/server/play.ts";
import type { Fetcher } from "../../ports/index.ts";
import { createSimulatedClock, createSystemClock } from "../clock/index.ts";
import { createFetcher, type Exchange, type ExchangeAnswer, retryAfter } from "./index.ts";

const clock = createSystemClock();

describe("fetcher on a hostile server", () => {
  let server: HostileServer;
  let fetcher: Fetcher;
  beforeAll(async () => {
    server = await startHostileServer();
    fetcher = createFetcher({
      clock,
      allowPrivate: [`127.0.0.1:${server.port}`],
      pauseMs: 0,
      perHost: 16,
      retries: 0,
      totalMs: 10_000,
      headersMs: 3000,
      idleMs: 3000,
      graceMs: 900,
    });
  });
  afterAll(async () => {
    await fetcher.close();
    await server.close();
  });

  // The four largest bodies are left to `test/server/run.ts`.
  const quick = CASES.filter((c) => !["/50mb", "/bomb-br", "/bomb-double", "/deep"].includes(c.path));
  it.concurrent.each(quick.map((c) => [c.what, c] as const))("%s", async (_what, c) => {
    expect(await play(fetcher, server.base, c)).toMatchObject({ asExpected: true });
  });

  it("keeps out of what robots.txt closes, for pages", async () => {
    expect(await fetcher.fetch({ url: `${server.base}/closed/a`, purpose: "page" })).toMatchObject({
      ok: false,
      reason: "robots",
    });
    expect(server.log).not.toContain("/closed/a");
    expect(await fetcher.fetch({ url: `${server.base}/closed/a`, purpose: "feed" })).toMatchObject({
      ok: true,
    });
  });

  it("asks robots.txt once", () => {
    expect(server.log.filter((p) => p === "/robots.txt")).toHaveLength(1);
  });

  it("asks conditionally", async () => {
    const first = await fetcher.fetch({ url: `${server.base}/etag`, purpose: "feed" });
    expect(first).toMatchObject({ ok: true, notModified: false, headers: { etag: '"v1"' } });
    expect(await fetcher.fetch({ url: `${server.base}/etag`, purpose: "feed", etag: '"v1"' })).toMatchObject({
      ok: true,
      notModified: true,
    });
  });

  it("tells a permanent move", async () => {
    const answer = await fetcher.fetch({ url: `${server.base}/moved`, purpose: "feed" });
    expect(answer).toMatchObject({ ok: true, movedTo: `${server.base}/good` });
  });

  it("gives a host the rest it asks for, without asking again", async () => {
    const first = await fetcher.fetch({ url: `${server.base}/rest`, purpose: "feed" });
    expect(first).toMatchObject({ ok: false, status: 429 });
    const asked = server.log.length;
    const second = await fetcher.fetch({ url: `${server.base}/good`, purpose: "feed" });
    expect(second).toMatchObject({ ok: false });
    expect("retryAt" in second && (second.retryAt ?? 0) > clock.now()).toBe(true);
    expect(server.log).toHaveLength(asked);
  });
});

/** A dialler that only writes down what it would connect to. */
const recorder = () => {
  const dialled: string[] = [];
  const dial = (
    target: { hostname: string },
    callback: (e: Error | null, s: Socket | null) => void,
  ): void => {
    dialled.push(target.hostname);
    callback(new Error("not dialled in tests"), null);
  };
  // The connector's callback is a union of two tuples; the recorder only ever fails.
  return { dialled, dial: dial as never };
};

describe("fetcher and names", () => {
  it.each([
    ["loopback", ["127.0.0.1"]],
    ["a private address", ["10.0.0.5"]],
    ["the metadata address", ["169.254.169.254"]],
    ["a mapped address", ["::ffff:127.0.0.1"]],
    ["a NAT64 address", ["64:ff9b::7f00:1"]],
    ["one public and one private address", ["93.184.216.34", "192.168.0.1"]],
  ])("refuses a name that leads to %s, and dials nothing", async (_what, addresses) => {
    const { dialled, dial } = recorder();
    const fetcher = createFetcher({ clock, resolve: async () => addresses, dial, retries: 0, pauseMs: 0 });
    expect(await fetcher.fetch({ url: "http://news.org/", purpose: "feed" })).toMatchObject({
      ok: false,
      reason: "forbidden-address",
    });
    expect(dialled).toEqual([]);
    await fetcher.close();
  });

  it("dials the address it judged, whatever a second look-up would say", async () => {
    const { dialled, dial } = recorder();
    let asked = 0;
    const resolve = async (): Promise<readonly string[]> =>
      asked++ === 0 ? ["93.184.216.34"] : ["127.0.0.1"];
    const fetcher = createFetcher({ clock, resolve, dial, retries: 0, pauseMs: 0 });
    await fetcher.fetch({ url: "http://news.org/", purpose: "feed" });
    expect(dialled).toEqual(["93.184.216.34"]);
    expect(asked).toBe(1);
    const again = await fetcher.fetch({ url: "http://news.org/", purpose: "feed" });
    expect(again).toMatchObject({ ok: false, reason: "forbidden-address" });
    expect(dialled).toEqual(["93.184.216.34"]);
    await fetcher.close();
  });

  it("tries further addresses of a name, each by number", async () => {
    const { dialled, dial } = recorder();
    const fetcher = createFetcher({
      clock,
      resolve: async () => ["93.184.216.34", "93.184.216.35"],
      dial,
      retries: 0,
      pauseMs: 0,
    });
    await fetcher.fetch({ url: "https://news.org/", purpose: "feed" });
    expect(dialled).toEqual(["93.184.216.34", "93.184.216.35"]);
    await fetcher.close();
  });
});

const scripted = (answers: readonly ExchangeAnswer[]): { exchange: Exchange; sent: string[] } => {
  const sent: string[] = [];
  let i = 0;
  return {
    sent,
    exchange: {
      send: async ({ url }) => {
        sent.push(url.href);
        return (
          answers[Math.min(i++, answers.length - 1)] ?? {
            ok: false,
            reason: "fetch-failed",
            detail: "",
            passing: false,
          }
        );
      },
      close: async () => {},
    },
  };
};

describe("fetcher and failures", () => {
  const fail: ExchangeAnswer = { ok: false, reason: "fetch-failed", detail: "x", passing: true };
  const good: ExchangeAnswer = { ok: true, status: 200, headers: {}, bytes: new Uint8Array([65]) };
  const answer = (status: number, headers: Record<string, string> = {}): ExchangeAnswer => ({
    ok: true,
    status,
    headers,
    bytes: new Uint8Array(),
  });

  it("tries passing failures again, with pauses", async () => {
    const simulated = createSimulatedClock(0);
    const { exchange, sent } = scripted([fail, answer(503), good]);
    const fetcher = createFetcher({ clock: simulated, exchange });
    const result = fetcher.fetch({ url: "https://news.org/feed", purpose: "feed" });
    await simulated.advanceTo(60_000);
    expect(await result).toMatchObject({ ok: true });
    expect(sent).toHaveLength(3);
  });

  it("does not repeat a POST", async () => {
    const { exchange, sent } = scripted([fail, good]);
    const fetcher = createFetcher({ clock, exchange, pauseMs: 0 });
    expect(
      (await fetcher.fetch({ url: "https://news.org/hook", purpose: "webhook", method: "POST", body: "{}" }))
        .ok,
    ).toBe(false);
    expect(sent).toHaveLength(1);
  });

  it.each([
    ["404: everything is allowed", [answer(404), good], true],
    ["500: nothing is allowed", [answer(500), answer(500), answer(500), good], false],
    ["no answer: nothing is allowed", [fail, fail, fail, good], false],
  ])("robots.txt answers %s", async (_what, answers, allowed) => {
    const simulated = createSimulatedClock(0);
    const fetcher = createFetcher({ clock: simulated, exchange: scripted(answers).exchange });
    const result = fetcher.fetch({ url: "https://news.org/page", purpose: "page" });
    await simulated.advanceTo(120_000);
    expect((await result).ok).toBe(allowed);
  });

  it.each([
    ["120", 120_000],
    [" 5 ", 5000],
    ["Thu, 01 Jan 1970 00:01:00 GMT", 60_000],
    ["99999999", 604_800_000],
    ["soon", undefined],
    ["0", undefined],
    [undefined, undefined],
  ])("reads Retry-After %j", (value, expected) => {
    expect(retryAfter(value, 0)).toBe(expected);
  });
});
