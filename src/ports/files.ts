/** Files and folders of this machine, as ingest and export need them. */
export type FoundFile = {
  /** Absolute path. */
  readonly path: string;
  readonly bytes: number;
  /** ISO 8601. */
  readonly modified: string;
};

export type Files = {
  kind(path: string): Promise<"file" | "folder" | "none">;
  /** Absolute form of a path. */
  absolute(path: string): string;
  /** Files under a folder, or the file itself, in order of path; hidden ones are left out. */
  walk(path: string): AsyncIterable<FoundFile>;
  /** First bytes of a file, as stored. */
  head(path: string, bytes: number): Promise<Uint8Array>;
  /** A whole file, unpacked when it is gzipped; undefined when it is larger than allowed, packed or not. */
  read(path: string, maxBytes: number): Promise<Uint8Array | undefined>;
  /** A file in pieces, as stored. */
  stream(path: string, from?: number): AsyncIterable<Uint8Array>;
};
