/** `dateline read FILE|URL|-`: one page or text → its record, for people or as JSON; `--conllu` prints the parse. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { writeConllu } from "../eval/conllu.ts";
import type { RawPage } from "../model/index.ts";
import { readPage } from "../pipeline/read-page.ts";
import { palette, wantsColour } from "./colour.ts";
import type { Parts } from "./parts.ts";
import { printReading } from "./print-reading.ts";

const TYPES: readonly (readonly [RegExp, string])[] = [
  [/\.html?$/i, "text/html"],
  [/\.xhtml$/i, "application/xhtml+xml"],
  [/\.(txt|text|md)$/i, "text/plain"],
];

async function standardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer); // stdin without encoding gives Buffers
  return Buffer.concat(chunks);
}

/** A page that looks like markup is one, whatever its name says. */
const typeOf = (name: string, bytes: Uint8Array): string =>
  TYPES.find(([end]) => end.test(name))?.[1] ??
  (/<(?:!doctype|html|head|body|article|p|div)\b/i.test(
    new TextDecoder("latin1").decode(bytes.subarray(0, 4096)),
  )
    ? "text/html"
    : "text/plain");

/** Reads what a path, an address or `-` names; an error is a sentence for the user. */
export async function openPage(what: string, parts: Parts, url?: string): Promise<RawPage | string> {
  const fetchedAt = new Date(parts.clock.now()).toISOString();
  const pageOf = (bytes: Uint8Array, address: string, contentType: string, via: RawPage["via"]): RawPage => ({
    url: url ?? address,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    bytes,
    contentType,
    fetchedAt,
    via,
  });
  if (/^https?:\/\//i.test(what)) {
    const fetcher = parts.openFetcher({ allowPrivate: false });
    try {
      const answer = await fetcher.fetch({ url: what, purpose: "page" });
      if (!answer.ok) return answer.detail;
      return {
        ...pageOf(answer.bytes, what, answer.headers["content-type"] ?? "text/html", "fetch"),
        finalUrl: answer.url,
        status: answer.status,
      };
    } finally {
      await fetcher.close();
    }
  }
  if (what === "-") {
    const bytes = await standardInput();
    return pageOf(bytes, "file:///dev/stdin", typeOf("", bytes), "user");
  }
  if (!existsSync(what))
    return `Cannot read ${what}: there is no such file; give a file, an http address, or - for standard input`;
  const raw = readFileSync(what);
  const zipped = raw[0] === 0x1f && raw[1] === 0x8b;
  const bytes = zipped ? gunzipSync(raw) : raw;
  return pageOf(bytes, pathToFileURL(resolve(what)).href, typeOf(what.replace(/\.gz$/i, ""), bytes), "file");
}

export type ReadOptions = {
  readonly json?: boolean;
  readonly conllu?: boolean;
  readonly url?: string;
  readonly lang?: string;
};

export async function runRead(what: string, options: ReadOptions, parts: Parts): Promise<number> {
  const page = await openPage(what, parts, options.url);
  if (typeof page === "string") {
    process.stderr.write(`${page}\n`);
    return 1;
  }
  const tools = parts.readTools([]);
  const result = readPage(page, tools);
  if (options.conllu) {
    const language = options.lang ?? (result.ok ? result.reading.article.language.slice(0, 2) : "en");
    // Text that is no article is still text: the parse needs no headline.
    const text = result.ok ? result.reading.article.text : new TextDecoder().decode(page.bytes);
    const parser = tools.parser(language) ?? tools.parser("en");
    if (!parser) {
      process.stderr.write(`There are no weights for language ${language}; see models/\n`);
      return 1;
    }
    process.stdout.write(writeConllu(parser.parse(text, { lang: language }), text));
    return 0;
  }
  if (!result.ok) {
    if (options.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    else process.stderr.write(`Declined (${result.reason}): ${result.detail}\n`);
    return 1;
  }
  if (options.json) process.stdout.write(`${JSON.stringify(result.reading, null, 2)}\n`);
  else
    process.stdout.write(
      printReading(result.reading, palette(wantsColour(process.stdout)), process.stdout.columns || 100),
    );
  return 0;
}
