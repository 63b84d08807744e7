/**
 * A gzip member too long to unpack at once → its content in pieces, while the window moves to the member's end.
 *
 * Some archives are packed as one member for all records, and some hold one enormous record. Either is streamed.
 * The checksum is not compared: what was handed on cannot be taken back.
 */
import { createInflateRaw } from "node:zlib";
import { headerSize } from "./gzip.ts";
import type { ByteWindow } from "./window.ts";

const STEP = 64 * 1024;

/** Content of the member at the window's position. Throws what inflate throws when it is damaged. */
export async function* inflateMember(window: ByteWindow): AsyncGenerator<Uint8Array> {
  const engine = createInflateRaw({ chunkSize: 256 * 1024 });
  const header = headerSize(window.view()) ?? 0;
  window.skip(Math.max(0, header));
  let ended = false;
  engine.on("error", () => undefined); // it also comes out of the iteration below; after destroy() nobody listens
  const over = new Promise<void>((resolve) => {
    for (const event of ["end", "error", "close"])
      engine.once(event, () => {
        ended = true;
        resolve();
      });
  });
  const feed = async (): Promise<void> => {
    let taken = 0;
    while (!ended && (await window.need(1))) {
      const piece = window.view().subarray(0, STEP);
      await Promise.race([new Promise<void>((done) => engine.write(piece, () => done())), over]);
      const used = Math.min(piece.length, engine.bytesWritten - taken);
      taken += used;
      window.skip(used);
      if (used === piece.length) continue;
      if (await window.need(8)) window.skip(8); // the trailer
      break;
    }
    if (!engine.writableEnded) engine.end();
  };
  const feeding = feed();
  try {
    for await (const piece of engine) yield piece as Uint8Array; // a binary stream gives bytes
  } finally {
    ended = true;
    engine.destroy();
    await feeding;
  }
}
