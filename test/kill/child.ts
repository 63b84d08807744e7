/**
 * The process that gets killed: ingests a folder of pages and visits sources of a server on this machine, both at once, and writes
 * down every article the store acknowledged, after it did.
 */
import { appendFileSync } from "node:fs";
import { createSystemClock } from "../../src/adapters/clock/index.ts";
import { createFetcher } from "../../src/adapters/fetch-http/index.ts";
import { createFiles } from "../../src/adapters/files/index.ts";
import { createSqliteStore } from "../../src/adapters/store-sqlite/index.ts";
import { ingest } from "../../src/app/ingest.ts";
import { createIntake } from "../../src/app/intake.ts";
import { poll } from "../../src/app/poll.ts";
import { buildStories } from "../../src/app/stories.ts";
import { plainTools } from "../conformance/plain-tools.ts";

const [folder = "", pages = "", journal = "", port = "0"] = process.argv.slice(2);
const clock = createSystemClock();
const store = createSqliteStore({ folder });
const tools = plainTools();
let working = false;
const plain = createIntake({ store, tools, clock, batch: 8 });
const intake: typeof plain = {
  ...plain,
  submit: async (page, hints) => {
    const outcome = await plain.submit(page, hints);
    if (outcome.kind !== "declined")
      appendFileSync(journal, `${outcome.id} ${outcome.kind} ${page.sha256}\n`);
    if (!working) process.stdout.write("working\n");
    working = true;
    return outcome;
  },
};
const fetcher = createFetcher({
  clock,
  allowPrivate: [`127.0.0.1:${port}`],
  pauseMs: 0,
  perHost: 4,
  retries: 0,
});
const parts = { store, clock, tools, intake, fetcher, files: createFiles() };
const stop = new AbortController();
process.stdout.write("ready\n");

const visits = async (): Promise<void> => {
  for (let round = 0; !stop.signal.aborted; round++) {
    for (const source of await store.sources()) await poll(parts, source);
    await buildStories(parts, { limit: 40, signal: stop.signal });
    // Re-reading and forgetting go on as well.
    const latest = (await store.latest({}, { limit: 3, after: undefined })).rows.at(-1);
    if (latest && round % 7 === 3) await store.assignStory([latest.id], latest.storyId);
    await clock.sleep(20);
  }
};
const files = async (): Promise<void> => {
  await ingest([pages], { ...parts, fetcher: undefined });
  process.stdout.write("files done\n");
};
await Promise.all([visits(), files()]);
