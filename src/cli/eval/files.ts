/** Reading the files of a task: whole JSON, JSON lines, and the bytes of a page kept with gzip. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** The caller names the type it expects: evaluation sets are ours and are checked by their scorers. */
export const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, "utf8")) as T;

export const readJsonLines = <T>(path: string): T[] => {
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as T);
};

export const toJsonLines = (rows: readonly unknown[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join("");

export const readPage = (path: string): Uint8Array => {
  const bytes = readFileSync(path);
  return path.endsWith(".gz") ? gunzipSync(bytes) : bytes;
};
