/** `dateline doctor`: what is wrong with this installation, and how to mend it. */
import { accessSync, constants, existsSync, statfsSync } from "node:fs";
import { dirname } from "node:path";
import { palette, wantsColour } from "./colour.ts";
import type { Parts } from "./parts.ts";

type Finding = { readonly good: boolean; readonly what: string; readonly mend?: string };

/** The nearest folder that exists: the data folder itself may not be there yet. */
function existing(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : existing(dirname(folder));
}

const LEAST_FREE = 500 * 1024 * 1024;

export async function runDoctor(options: { readonly data?: string }, parts: Parts): Promise<number> {
  const folder = parts.dataDir(options.data);
  const findings: Finding[] = [];
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  findings.push({
    good: major > 20 || (major === 20 && minor >= 19),
    what: `Node ${process.versions.node}`,
    mend: "install Node 20.19 or newer",
  });

  const near = existing(folder);
  try {
    accessSync(near, constants.W_OK);
    const disk = statfsSync(near);
    const free = disk.bavail * disk.bsize;
    findings.push({ good: true, what: `data folder ${folder}${near === folder ? "" : " (not made yet)"}` });
    findings.push({
      good: free > LEAST_FREE,
      what: `${Math.round(free / 1e6).toLocaleString("en-GB")} MB free on its disk`,
      mend: "free some space, or move the folder with $DATELINE_DATA",
    });
  } catch {
    findings.push({
      good: false,
      what: `data folder ${folder} cannot be written`,
      mend: "give another with --data or $DATELINE_DATA",
    });
  }

  for (const language of ["en", "es", "ru"]) {
    try {
      const parser = parts.parser(language);
      const read = parser?.parse("1.", { lang: language });
      findings.push({
        good: parser !== undefined && read !== undefined,
        what: parser ? `parser for ${language}` : `no parser for ${language}: sentences are cut, not parsed`,
        mend: "fetch the folder models/ again, or train: npm run train",
      });
    } catch (error) {
      findings.push({
        good: false,
        what: `weights of ${language} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
        mend: "fetch the folder models/ again",
      });
    }
  }
  try {
    const tools = parts.readTools([]);
    findings.push({
      good: tools.outlets.length > 0,
      what: `${tools.outlets.length} outlets, ${parts.entityTools("en").gazetteer.countries.length} countries in the tables`,
      mend: "fetch the folder data/ again",
    });
  } catch (error) {
    findings.push({
      good: false,
      what: `tables cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      mend: "fetch the folder data/ again",
    });
  }

  if (near === folder) {
    try {
      const store = await parts.openStore(folder);
      const stats = await store.stats();
      const sources = await store.sources();
      findings.push({
        good: true,
        what: `archive opens: ${stats.articles} articles (${stats.demo} of the demonstration), ${stats.stories} stories`,
      });
      const alarms = sources.filter((s) => s.alarm !== undefined);
      findings.push({
        good: alarms.length === 0,
        what: `${sources.length} sources, ${alarms.length} with an alarm`,
        mend: "see `dateline sources list`",
      });
      await store.close();
      const wrong = parts.checkArchive(folder);
      findings.push({
        good: wrong.length === 0,
        what: wrong.length === 0 ? "archive is whole" : `archive is not whole: ${wrong.join("; ")}`,
        mend: "copy the data folder away, then ingest its export into a new one: `dateline export --format warc`",
      });
    } catch (error) {
      findings.push({
        good: false,
        what: `archive does not open: ${error instanceof Error ? error.message : String(error)}`,
        mend: "stop the other Dateline, or give another folder with --data",
      });
    }
  }

  const p = palette(wantsColour(process.stdout));
  for (const f of findings)
    process.stdout.write(
      `${f.good ? p.green("ok ") : p.red("no ")} ${f.what}${f.good || f.mend === undefined ? "" : `\n     → ${f.mend}`}\n`,
    );
  return findings.every((f) => f.good) ? 0 : 1;
}
