/** `dateline start`: poll, process, serve. An empty archive gets the demonstration pages, so that the first page is not empty. */

import { randomBytes } from "node:crypto";
import { type AlertParts, checkAlerts, deliver } from "../app/alert.ts";
import { createHand } from "../app/hand.ts";
import type { HubOptions } from "../app/hub.ts";
import { hubHandler } from "../app/hub-http.ts";
import { ingest } from "../app/ingest.ts";
import { createIntake } from "../app/intake.ts";
import { createScheduler } from "../app/scheduler.ts";
import { buildStories } from "../app/stories.ts";
import type { Tools } from "../app/tools.ts";
import type { Store } from "../ports/index.ts";
import type { Parts } from "./parts.ts";

export type StartCommand = {
  readonly data?: string;
  readonly port?: string;
  readonly host?: string;
  readonly password?: string;
  readonly demo?: boolean;
  readonly poll?: boolean;
  readonly publicUrl?: string;
};

/** Where hubs reach us, with the secret of this archive; made once and kept. */
const hubOptions = async (store: Store, publicUrl: string | undefined): Promise<HubOptions | undefined> => {
  if (publicUrl === undefined) return undefined;
  const known = await store.setting("hub:secret");
  const secret = typeof known === "string" ? known : randomBytes(32).toString("hex");
  if (known !== secret) await store.putSetting("hub:secret", secret);
  return { callbackBase: publicUrl.replace(/\/+$/, ""), secret };
};

const watchAlerts = async (parts: AlertParts): Promise<void> => {
  await checkAlerts(parts);
  await deliver(parts);
};

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

export async function runStart(options: StartCommand, parts: Parts): Promise<number> {
  const folder = parts.dataDir(options.data);
  const port = Number(options.port ?? 8686);
  const host = options.host ?? "127.0.0.1";
  const password = options.password ?? process.env["DATELINE_PASSWORD"];
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    process.stderr.write(`Cannot listen on port ${options.port}: give a number from 1 to 65535\n`);
    return 2;
  }
  if (!LOOPBACK.has(host) && (password === undefined || password === "")) {
    process.stderr.write(
      `Listening on ${host} opens the archive to others: give --password or $DATELINE_PASSWORD\n`,
    );
    return 2;
  }
  const store = await parts.openStore(folder);
  const fetcher = parts.openFetcher({ allowPrivate: false });
  const stop = new AbortController();
  const say = (line: string) => process.stderr.write(`${line}\n`);
  let tools: Tools | undefined;
  let hub: ReturnType<typeof hubHandler> | undefined;
  let site: Awaited<ReturnType<Parts["serve"]>> | undefined;
  try {
    site = await parts.serve(store, {
      host,
      port,
      password,
      fetcher,
      hand: createHand({ store, clock: parts.clock, tools: () => tools }),
      hub: async (request) => hub?.(request),
      facts: { "data folder": folder, port: String(port), version: parts.version },
    });
    say(`Dateline is at ${site.url} (data in ${folder}; Ctrl-C stops it)`);
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());

    tools = await parts.openTools(store);
    const intake = createIntake({ store, tools, clock: parts.clock });
    const stats = await store.stats();
    if (stats.articles === 0 && options.demo !== false) {
      say("The archive is empty: reading the demonstration pages (invented outlets, marked as demo)…");
      const result = await ingest(
        [parts.demoFolder],
        { store, clock: parts.clock, files: parts.files, intake },
        { signal: stop.signal, fetchPages: false },
      );
      say(`${result.saved} demonstration articles read`);
    }
    await buildStories({ store, tools, clock: parts.clock }, { signal: stop.signal });
    const pushed = await hubOptions(store, options.publicUrl);
    const working = { store, clock: parts.clock, files: parts.files, fetcher, intake, tools };
    if (pushed) hub = hubHandler(working, pushed);
    const scheduler = createScheduler(working, {
      hub: pushed,
      // Nothing can be kept any more: better to stop and say so than to go on and lose.
      fatal: (error) => error instanceof Error && error.name === "DiskFullError",
      checkAlerts: () =>
        watchAlerts({ store, clock: parts.clock, fetcher, mailer: parts.mailer, siteUrl: site?.url }),
      onError: (error, doing) => say(`${doing}: ${error instanceof Error ? error.message : String(error)}`),
    });
    if (options.poll !== false) await scheduler.run(stop.signal);
    await new Promise<void>((done) => {
      if (stop.signal.aborted) done();
      else stop.signal.addEventListener("abort", () => done(), { once: true });
    });
    return 0;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
      say(`Port ${port} is taken: another Dateline may be running; stop it or give --port`);
      return 1;
    }
    throw error;
  } finally {
    await site?.close();
    await fetcher.close();
    await store.close();
  }
}
