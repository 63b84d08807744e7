/** The only file that knows every part: it chooses the adapters and hands them to the commands. */
import { mkdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { type ServerType, serve } from "@hono/node-server";
import { createSystemClock } from "./adapters/clock/index.ts";
import { createFetcher } from "./adapters/fetch-http/index.ts";
import { createFiles } from "./adapters/files/index.ts";
import { createMailer } from "./adapters/mail/index.ts";
import { createReadPool } from "./adapters/read-pool/index.ts";
import { checkFolder, createSqliteStore } from "./adapters/store-sqlite/index.ts";
import {
  loadArticleWeights,
  loadBackground,
  loadCorefModel,
  loadEntityTools,
  loadGazetteer,
  loadOutlets,
  loadParser,
  loadReadTools,
  loadSite,
  loadStarterFeeds,
  tablePath,
} from "./adapters/tables.ts";
import { tryAlert } from "./app/alert.ts";
import { createTools } from "./app/compose.ts";
import { addSource, checkSource } from "./app/sources.ts";
import { runCli } from "./cli/index.ts";
import type { Parts } from "./cli/parts.ts";
import { withApi } from "./web/api/index.ts";
import { createWeb } from "./web/app.tsx";
import type { Actions } from "./web/options.ts";

const pkg: { version: string } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
);
const clock = createSystemClock();

/** $DATELINE_SMTP = smtp://user:password@host:port, $DATELINE_MAIL_FROM = the sender. */
function mailer(): Parts["mailer"] {
  const url = process.env["DATELINE_SMTP"];
  return url === undefined || url === ""
    ? undefined
    : createMailer({ url, from: process.env["DATELINE_MAIL_FROM"] ?? "dateline@localhost" });
}

const parts: Parts = {
  version: pkg.version,
  clock,
  files: createFiles(),
  dataDir: (option) =>
    option ??
    process.env["DATELINE_DATA"] ??
    join(process.env["XDG_DATA_HOME"] ?? join(homedir(), ".local/share"), "dateline"),
  async openStore(folder) {
    mkdirSync(folder, { recursive: true });
    const store = createSqliteStore({
      folder,
      now: clock.now,
      onUpgrade: (done, all) => {
        if (done % 10_000 === 0 || done === all)
          process.stderr.write(`Bringing the archive up to date: ${done} of ${all} articles\n`);
      },
    });
    // Rows of the table that the archive does not know yet; what the user has edited stays.
    const known = new Set((await store.outlets()).map((o) => o.id));
    const missing = loadOutlets().filter((o) => !known.has(o.id));
    if (missing.length > 0) await store.putOutlets(missing);
    return store;
  },
  checkArchive: (folder) => checkFolder(folder),
  async openTools(store) {
    const outlets = await store.outlets();
    return createTools({
      read: loadReadTools(outlets),
      pool: createReadPool({ outlets }),
      background: loadBackground,
      countryNames: (code) => {
        const country = loadGazetteer().byCode(code);
        return country ? [...country.names, ...country.adjectives] : [];
      },
    });
  },
  openFetcher: ({ allowPrivate }) => createFetcher({ clock, allowPrivate, version: pkg.version }),
  articleWeights: loadArticleWeights,
  readTools: loadReadTools,
  parser: loadParser,
  corefModel: loadCorefModel,
  entityTools: loadEntityTools,
  background: loadBackground,
  async serve(store, { host, port, password, facts, hand, hub, fetcher }) {
    const site = loadSite();
    // What is added through the page passes the same guard of addresses as everything that is fetched.
    const sources = { store, clock, fetcher };
    const siteUrl = `http://${host === "127.0.0.1" ? "localhost" : host}:${port}`;
    const actions: Actions = {
      addSource: async (url) => {
        const added = await addSource(sources, url);
        if (!added.ok) return { ok: false, detail: added.detail };
        const name = added.source.title ?? added.source.url;
        return {
          ok: true,
          detail: added.known ? `${name} is in the list already` : `${name}: ${added.items} items`,
        };
      },
      checkSource: async (source) => {
        const { verdict, words } = await checkSource(sources, source);
        return { ok: verdict === "ok", detail: words };
      },
      tryAlert: (alert) => tryAlert({ ...sources, mailer: parts.mailer, siteUrl }, alert),
    };
    const web = createWeb(
      {
        store,
        clock,
        editions: site.editions,
        catalogues: site.catalogues,
        version: pkg.version,
        benchmarks: site.benchmarks,
        facts,
        password,
        hosts: password === undefined ? undefined : ["*"],
        actions,
        mail: parts.mailer !== undefined,
        hand,
        parseSentence: (text, language) => loadParser(language)?.parse(text, { lang: language })[0],
        onError: (error, path) =>
          process.stderr.write(
            `${path}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
          ),
      },
      withApi(pkg.version),
    );
    const server = await new Promise<ServerType>((done, fail) => {
      const started = serve(
        {
          fetch: async (request, env) => (await hub?.(request)) ?? web.fetch(request, env),
          hostname: host,
          port,
        },
        () => done(started),
      );
      started.once("error", fail);
    });
    return {
      url: siteUrl,
      close: () =>
        new Promise<void>((done) => {
          if ("closeAllConnections" in server) server.closeAllConnections();
          server.close(() => done());
        }),
    };
  },
  starterFeeds: loadStarterFeeds,
  mailer: mailer(),
  demoFolder: tablePath("data/demo"),
};

process.exitCode = await runCli(process.argv.slice(2), parts);
