/** The Files port on the local disk. */
import { createReadStream, type Stats } from "node:fs";
import { open, readdir, readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { constants, gunzip } from "node:zlib";
import type { Files, FoundFile } from "../../ports/index.ts";

const unpack = promisify(gunzip);

const statOf = async (path: string): Promise<Stats | undefined> => {
  try {
    return await stat(path);
  } catch {
    // Absent, unreadable and broken links are one to the caller: there is nothing to read.
    return undefined;
  }
};

const found = (path: string, s: Stats): FoundFile => ({
  path,
  bytes: s.size,
  modified: s.mtime.toISOString(),
});

async function* walk(path: string, depth = 0): AsyncGenerator<FoundFile> {
  const s = await statOf(path);
  if (!s) return;
  if (s.isFile()) {
    yield found(path, s);
    return;
  }
  // Deep enough for any archive; a circle of links ends here.
  if (!s.isDirectory() || depth > 40) return;
  for (const name of (await readdir(path)).sort())
    if (!name.startsWith(".")) yield* walk(join(path, name), depth + 1);
}

export const createFiles = (): Files => ({
  absolute: (path) => resolve(path),
  kind: async (path) => {
    const s = await statOf(path);
    return s?.isFile() ? "file" : s?.isDirectory() ? "folder" : "none";
  },
  walk: (path) => walk(resolve(path)),
  head: async (path, bytes) => {
    const file = await open(path);
    try {
      const { bytesRead, buffer } = await file.read(new Uint8Array(bytes), 0, bytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  },
  read: async (path, maxBytes) => {
    const s = await statOf(path);
    if (!s || s.size > maxBytes) return undefined;
    const bytes = await readFile(path);
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return new Uint8Array(bytes);
    try {
      return new Uint8Array(
        await unpack(bytes, { maxOutputLength: maxBytes, finishFlush: constants.Z_SYNC_FLUSH }),
      );
    } catch {
      // zlib has no other way to say "damaged" or "too large".
      return undefined;
    }
  },
  stream: (path, from = 0) => createReadStream(path, { start: from, highWaterMark: 1024 * 1024 }),
});
