/** The files served as they are: stylesheet, script, typeface, outline of the world. Named by their hash, kept for good by browsers. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { worldOutlineSvg } from "./ui/world.ts";

export type Asset = {
  readonly path: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly gzip: Uint8Array<ArrayBuffer> | undefined;
};
export type Assets = {
  /** Address of an asset by its plain name: `site.css`. */
  href(name: string): string;
  /** The asset at a path, or undefined. */
  at(path: string): Asset | undefined;
};

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  woff2: "font/woff2",
  svg: "image/svg+xml",
};
/** Parts of the typefaces that are served; browsers fetch a part when a page has letters of it. */
const FONTS: Readonly<Record<string, readonly string[]>> = {
  newsreader: ["latin-opsz-normal", "latin-opsz-italic", "latin-ext-opsz-normal", "latin-ext-opsz-italic"],
  literata: [
    "cyrillic-opsz-normal",
    "cyrillic-opsz-italic",
    "cyrillic-ext-opsz-normal",
    "cyrillic-ext-opsz-italic",
  ],
};

/** Reads and hashes all assets once. `accents` adds one small stylesheet per edition: `edition-ID.css`. */
export function loadAssets(accents: Readonly<Record<string, string>>): Assets {
  const byName = new Map<string, Asset>();
  const byPath = new Map<string, Asset>();
  const add = (name: string, content: string | Uint8Array): string => {
    const bytes = new Uint8Array(Buffer.from(content));
    const dot = name.lastIndexOf(".");
    const extension = name.slice(dot + 1);
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
    const path = `/assets/${name.slice(0, dot)}.${hash}.${extension}`;
    const gzip = extension === "woff2" ? undefined : new Uint8Array(gzipSync(bytes, { level: 9 }));
    const asset = { path, type: TYPES[extension] ?? "application/octet-stream", bytes, gzip };
    byName.set(name, asset);
    byPath.set(path, asset);
    return path;
  };
  const own = (name: string): string => readFileSync(new URL(`./assets/${name}`, import.meta.url), "utf8");
  const require = createRequire(import.meta.url);
  let css = own("site.css");
  for (const [face, parts] of Object.entries(FONTS))
    for (const font of parts) {
      const file = require.resolve(`@fontsource-variable/${face}/files/${face}-${font}.woff2`);
      css = css.replaceAll(`url("${font}")`, `url("${add(`${font}.woff2`, readFileSync(file))}")`);
    }
  add("site.css", css);
  add("site.js", own("site.js"));
  add("icon.svg", own("icon.svg"));
  add("world.svg", worldOutlineSvg());
  for (const [id, accent] of Object.entries(accents))
    add(
      `edition-${id}.css`,
      `:root{--accent:light-dark(${accent},color-mix(in oklch,${accent} 45%,white))}\n`,
    );
  return {
    href: (name) => byName.get(name)?.path ?? `/assets/${name}`,
    at: (path) => byPath.get(path),
  };
}
