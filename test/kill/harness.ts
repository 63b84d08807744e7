/** Kills a working process at random moments and looks at what it left: nothing acknowledged may be lost, nothing half there. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { checkFolder, createSqliteStore } from "../../src/adapters/store-sqlite/index.ts";
import { newSource } from "../../src/app/sources.ts";
import { htmlPage } from "../conformance/plain-tools.ts";
import { rssOf } from "../conformance/web.ts";

export type KillReport = {
  readonly kills: number;
  readonly acknowledged: number;
  readonly articles: number;
  readonly lost: readonly string[];
  readonly broken: readonly string[];
  /** Kills that fell after the process had begun to write. */
  readonly whileWriting: number;
};

const words = (n: number, seed: number): string =>
  Array.from({ length: n }, (_, i) => `word${(seed * 7919 + i * 104_729) % 5003}`).join(" ");

/** A server whose feeds never end: each visit brings three more pages, and edits an old one. */
const startFeeds = async () => {
  let served = 0;
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    const feed = /^\/feed\/(\d+)/.exec(path)?.[1];
    if (feed !== undefined) {
      served += 3;
      const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const items = Array.from({ length: 6 }, (_, i) => ({
        url: `${base}/page/${feed}-${served - i}`,
        ...(i === 5 ? { updated: new Date(Date.now() + 60_000).toISOString() } : {}),
      }));
      response.end(rssOf(items));
      return;
    }
    if (path.startsWith("/page/")) {
      const n = Number(/(\d+)$/.exec(path)?.[1] ?? 0);
      response.setHeader("content-type", "text/html");
      response.end(htmlPage(`Story ${n % 40} of the server`, words(120, n)));
      return;
    }
    response.statusCode = 404;
    response.end();
  });
  await new Promise<void>((done) => {
    server.listen(0, "127.0.0.1", done);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
};

const writePages = (folder: string, count: number, round: number): void => {
  for (let i = 0; i < count; i++)
    writeFileSync(
      join(folder, `p${round}-${i}.html`),
      htmlPage(`File ${i % 25} in round ${round % 3}`, words(200, round * 1000 + i)),
    );
};

const until = (child: ChildProcess, word: string): Promise<void> =>
  new Promise((done, fail) => {
    child.stdout?.on("data", (data: Buffer) => {
      if (data.toString().includes(word)) done();
    });
    setTimeout(
      () => fail(new Error(`the process did not say "${word}" within two minutes`)),
      120_000,
    ).unref();
    child.once("exit", (code) => fail(new Error(`the process ended by itself (${code})`)));
  });

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done();
    else child.once("exit", () => done());
  });

const acknowledged = (journal: string): Map<string, string> => {
  const ids = new Map<string, string>();
  if (!existsSync(journal)) return ids;
  for (const line of readFileSync(journal, "utf8").split("\n").slice(0, -1)) {
    const [id = "", , sha = ""] = line.split(" ");
    ids.set(id, sha);
  }
  return ids;
};

export const killMany = async (
  kills: number,
  options: {
    readonly seed?: number;
    readonly onKill?: (n: number, report: KillReport) => void;
    readonly freshEvery?: number;
  } = {},
): Promise<KillReport> => {
  const root = mkdtempSync(join(tmpdir(), "dateline-kill-"));
  const server = await startFeeds();
  let state = options.seed ?? 1;
  const random = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  const lost: string[] = [];
  const broken: string[] = [];
  let total = 0;
  let articles = 0;
  let whileWriting = 0;
  const report = (n: number): KillReport => ({
    kills: n,
    acknowledged: total,
    articles,
    lost,
    broken,
    whileWriting,
  });
  let folder = "";
  let journal = "";
  let pages = "";
  let before = 0;
  try {
    for (let n = 0; n < kills; n++) {
      // A new folder now and then, so that the first moments of a database are hit as well.
      if (n % (options.freshEvery ?? 25) === 0) {
        folder = join(root, `data${n}`);
        journal = join(root, `journal${n}`);
        pages = join(root, `pages${n}`);
        mkdirSync(pages);
        before = 0;
        const store = createSqliteStore({ folder });
        for (let s = 0; s < 3; s++)
          await store.putSource(
            newSource(`http://127.0.0.1:${server.port}/feed/${s}`, "feed", Date.now(), 0),
          );
        await store.close();
      }
      writePages(pages, 60, n);
      const child = spawn(
        process.execPath,
        [
          "--import",
          "tsx",
          resolve(import.meta.dirname, "child.ts"),
          folder,
          pages,
          journal,
          String(server.port),
        ],
        { stdio: ["ignore", "pipe", "inherit"] },
      );
      // Most fall while it works; some at its start, when the tables are opened and restored.
      await until(child, random() < 0.85 ? "working" : "ready");
      await new Promise<void>((done) => {
        setTimeout(done, random() * 1200);
      });
      child.kill("SIGKILL");
      await ended(child);
      const ids = acknowledged(journal);
      if (ids.size > before) whileWriting++;
      total += ids.size - before;
      before = ids.size;
      for (const problem of checkFolder(folder, { thorough: n % 10 === 0 }))
        broken.push(`kill ${n}: ${problem}`);
      const store = createSqliteStore({ folder });
      for (const [id] of ids) {
        const reading = await store.reading(id);
        if (!reading || (await store.versions(id)).length === 0) lost.push(`kill ${n}: ${id}`);
      }
      articles = (await store.stats()).articles;
      await store.close();
      options.onKill?.(n + 1, report(n + 1));
    }
  } finally {
    await server.close();
    rmSync(root, { recursive: true, force: true });
  }
  return report(kills);
};
