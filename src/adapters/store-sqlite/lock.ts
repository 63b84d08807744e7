/**
 * One process per data folder. The lock is an exclusive SQLite lock on a small file: the operating system drops it when the
 * process ends, however it ends, so that a stale lock cannot exist. A text file beside it says who holds it.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";

export class FolderLockedError extends Error {
  override name = "FolderLockedError";
}

const holder = (file: string): string => {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return "another process";
  }
};

/** Takes the folder, making it when needed. Returns the call that gives it back. */
export const lockFolder = (folder: string): (() => void) => {
  mkdirSync(folder, { recursive: true });
  const owner = join(folder, "lock.owner");
  const db = new Database(join(folder, "lock.db"));
  try {
    db.exec("BEGIN EXCLUSIVE");
  } catch {
    db.close();
    throw new FolderLockedError(
      `The data folder ${folder} is in use by ${holder(owner)}. Stop that one first, or choose another folder with --data.`,
    );
  }
  try {
    writeFileSync(owner, `process ${process.pid}, since ${new Date().toISOString()}\n`);
  } catch {
    // Only the message of a second process gets poorer; a full disk is reported by the store itself.
  }
  return () => {
    rmSync(owner, { force: true });
    db.close();
  };
};
