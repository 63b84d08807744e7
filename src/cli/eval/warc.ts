/** `eval warc DIR`: archive files against the records expectations.json lists; files marked as damaged must only end in notes. */
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { type WarcRow, warcRows } from "../../eval/warc.ts";
import { readJson } from "./files.ts";
import type { EvalTask } from "./measure.ts";

type Expected = { readonly records?: readonly WarcRow[]; readonly error?: string | null };

export const task: EvalTask = async (path, { print }) => {
  const { files } = readJson<{ readonly files: Readonly<Record<string, Expected>> }>(
    join(path, "expectations.json"),
  );
  let equal = 0;
  let wellFormed = 0;
  let bytes = 0;
  for (const [name, expected] of Object.entries(files)) {
    const { rows, notes } = await warcRows(createReadStream(join(path, name)));
    bytes += rows.reduce((n, r) => n + r[3], 0);
    if (!expected.records || expected.error) {
      print(`${name}: damaged, ${rows.length} records, ${notes.length} notes`);
      continue;
    }
    wellFormed++;
    if (JSON.stringify(rows) === JSON.stringify(expected.records)) equal++;
    else print(`${name}: ${rows.length} records, ${expected.records.length} expected; ${notes[0] ?? ""}`);
  }
  return {
    figures: { files: Object.keys(files).length, wellFormed, equal, payloadBytes: bytes },
    items: bytes / 1e6,
  };
};
