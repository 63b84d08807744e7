/** Records read from an archive against a list [type, address, SHA-1 of payload, length] → whether all agree. Leaves out reading files. */
import { createHash } from "node:crypto";
import { readWarc, type WarcOptions } from "../feeds/warc/read.ts";

export type WarcRow = readonly [string, string | null, string, number];

export async function warcRows(
  source: AsyncIterable<Uint8Array>,
  options: WarcOptions = {},
): Promise<{ readonly rows: readonly WarcRow[]; readonly notes: readonly string[] }> {
  const rows: WarcRow[] = [];
  const notes: string[] = [];
  for await (const item of readWarc(source, options)) {
    if (item.kind === "damaged") notes.push(`${item.note.code}: ${item.note.detail ?? ""}`);
    else {
      const { type, url, payload } = item.record;
      rows.push([type, url ?? null, createHash("sha1").update(payload).digest("hex"), payload.length]);
    }
  }
  return { rows, notes };
}
