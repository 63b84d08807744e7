/**
 * Bytes → text: finds the character encoding of a page, feed or text file and decodes it.
 *
 * Order of evidence: byte order mark, Content-Type header, XML declaration or <meta>, content.
 * It departs from the WHATWG Encoding and HTML standards in one respect: a declaration that the
 * bytes contradict is overruled (declared single-byte but well-formed UTF-8 with non-ASCII letters;
 * declared UTF-8 but mostly malformed), because mojibake in a stored quotation is a wrong fact.
 * Labels are looked up leniently ("utf8", "UTF_8", "x-sjis", "cp-1251").
 * UTF-32, which the standard dropped, is read by its mark or its zeros. Leaves out UTF-7 and EBCDIC.
 */

import { isAscii, isUtf8 } from "node:buffer";

/** What the choice of encoding rests on. */
export type CharsetBasis = "bom" | "http" | "declaration" | "content" | "default";

export type Decoded = {
  readonly text: string;
  /** Name as in the WHATWG Encoding standard, lower case. */
  readonly charset: string;
  readonly basis: CharsetBasis;
};

export type DecodeOptions = {
  /** Value of the Content-Type header, when there was one. */
  readonly contentType?: string | undefined;
  readonly kind: "html" | "xml" | "text";
};

/** Labels met in the wild that the Encoding standard does not list. */
const ALIASES: Readonly<Record<string, string>> = {
  utf: "utf-8",
  "utf-8mb4": "utf-8",
  utf8mb4: "utf-8",
  "utf-16": "utf-16le",
  unicode: "utf-16le",
  cp1250: "windows-1250",
  "win-1250": "windows-1250",
  win1250: "windows-1250",
  "win-1251": "windows-1251",
  win1251: "windows-1251",
  "cp-1251": "windows-1251",
  "win-1252": "windows-1252",
  "cp-1252": "windows-1252",
  ansi: "windows-1252",
  "latin-1": "windows-1252",
  "iso-8859": "windows-1252",
  "8859-1": "windows-1252",
  "8859-15": "iso-8859-15",
  "latin-9": "iso-8859-15",
  koi8: "koi8-r",
  "koi-8-r": "koi8-r",
  sjis: "shift_jis",
  "shift-jis": "shift_jis",
  cp932: "shift_jis",
  "windows-932": "shift_jis",
  eucjp: "euc-jp",
  euckr: "euc-kr",
  "ks-c-5601": "euc-kr",
  cp949: "euc-kr",
  cp936: "gbk",
  "windows-936": "gbk",
  "gb-2312": "gbk",
  big5hkscs: "big5",
  cp950: "big5",
  "x-mac-roman": "macintosh",
  cp866: "ibm866",
};

/** Name in the Encoding standard for a label as written, or undefined when nobody could know it. */
export function charsetName(label: string): string | undefined {
  const plain = label
    .trim()
    .replace(/^["']+|["']+$/g, "")
    .toLowerCase();
  if (plain === "" || plain.length > 40) return undefined;
  const dashed = plain.replace(/[_\s]+/g, "-");
  for (const candidate of [plain, ALIASES[plain], dashed, ALIASES[dashed], dashed.replace(/-/g, "")]) {
    if (candidate === undefined) continue;
    const name = knownName(candidate);
    if (name !== undefined) return name;
  }
  return undefined;
}

function knownName(label: string): string | undefined {
  try {
    const name = new TextDecoder(label).encoding;
    return name === "iso-8859-1" || name === "latin1" || name === "us-ascii" ? "windows-1252" : name;
  } catch {
    return undefined; // TextDecoder has no other way to say "unknown label"
  }
}

/**
 * Decodes bytes and says how the encoding was found.
 *
 * @example decodeBytes(new TextEncoder().encode("é"), { kind: "text" }) // {text: "é", charset: "utf-8", basis: "content"}
 */
export function decodeBytes(bytes: Uint8Array, options: DecodeOptions): Decoded {
  const found = findCharset(bytes, options);
  return { text: decodeAs(bytes, found.decoder), charset: found.charset, basis: found.basis };
}

const PIECE = 64 * 1024;

/** As decodeBytes, but the text comes in pieces, so that a large document need not stand in memory twice. */
export function decodeInPieces(
  bytes: Uint8Array,
  options: DecodeOptions,
): { readonly pieces: Iterable<string>; readonly charset: string; readonly basis: CharsetBasis } {
  const found = findCharset(bytes, options);
  return {
    pieces: { [Symbol.iterator]: () => piecesOf(bytes, found.decoder) },
    charset: found.charset,
    basis: found.basis,
  };
}

function* piecesOf(bytes: Uint8Array, charset: string): Generator<string> {
  if (charset.startsWith("utf-32")) {
    for (let at = 0; at < bytes.length; at += PIECE)
      yield decodeUtf32(bytes.subarray(at, at + PIECE), charset, at === 0);
    return;
  }
  const decoder = new TextDecoder(charset);
  for (let at = 0; at < bytes.length; at += PIECE) {
    const last = at + PIECE >= bytes.length;
    yield mendC1(decoder.decode(bytes.subarray(at, at + PIECE), { stream: !last }), charset);
  }
}

/** The encoding and the decoder to use, which differ only for plain ASCII. */
function findCharset(
  bytes: Uint8Array,
  options: DecodeOptions,
): { readonly charset: string; readonly decoder: string; readonly basis: CharsetBasis } {
  const as = (charset: string, basis: CharsetBasis) => ({ charset, decoder: charset, basis });
  const bom = bomCharset(bytes);
  if (bom !== undefined) return as(bom, "bom");
  const wide = wideCharset(bytes);
  if (wide !== undefined) return as(wide, "content");

  // Nearly every document is plain UTF-8, and Node says so far faster than counting does.
  const shape = isUtf8(bytes) ? { wide: isAscii(bytes) ? 0 : 1, bad: 0 } : utf8Shape(bytes);
  const declared = declaredCharset(bytes, options);
  if (shape.wide === 0 && shape.bad === 0 && !hasEscape(bytes)) {
    const charset = declared?.charset ?? "utf-8";
    // All ASCII: every superset reads the same, so the declaration is only a label.
    return {
      decoder: "utf-8",
      charset: isAsciiSuperset(charset) ? charset : "utf-8",
      basis: declared?.basis ?? "default",
    };
  }
  const looksUtf8 = shape.wide > 0 && shape.bad * 20 <= shape.wide;
  if (declared !== undefined) {
    const { charset, basis } = declared;
    if (charset === "utf-8" && (looksUtf8 || shape.bad <= 3)) return as(charset, basis);
    if (charset !== "utf-8" && !(looksUtf8 && shape.bad === 0)) return as(charset, basis);
  }
  if (looksUtf8) return as("utf-8", "content");
  return as(likelyLegacy(bytes), "content");
}

function bomCharset(bytes: Uint8Array): string | undefined {
  const first = bytes.length < 4 ? -1 : new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
  if (first === 0xfffe0000 || first === 0x3c000000) return "utf-32le";
  if (first === 0x0000feff || first === 0x0000003c) return "utf-32be";
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return undefined;
}

/** UTF-16 without a mark: markup is ASCII, so every other byte near the start is zero. */
function wideCharset(bytes: Uint8Array): string | undefined {
  const length = Math.min(bytes.length, 200);
  if (length < 4) return undefined;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i++) if (bytes[i] === 0) i % 2 === 0 ? even++ : odd++;
  const half = length / 2;
  if (odd > half * 0.7 && even < half * 0.1) return "utf-16le";
  if (even > half * 0.7 && odd < half * 0.1) return "utf-16be";
  return undefined;
}

function hasEscape(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 4096).includes(0x1b); // ISO-2022-JP switches sets with ESC
}

function isAsciiSuperset(charset: string): boolean {
  return !charset.startsWith("utf-16") && charset !== "iso-2022-jp" && charset !== "replacement";
}

/** Counts well-formed multi-byte sequences and malformed bytes, as RFC 3629 defines them. */
function utf8Shape(bytes: Uint8Array): { wide: number; bad: number } {
  let wide = 0;
  let bad = 0;
  const end = bytes.length;
  for (let i = 0; i < end; ) {
    const byte = bytes[i] ?? 0;
    if (byte < 0x80) {
      i++;
      continue;
    }
    const size =
      byte >= 0xc2 && byte <= 0xdf
        ? 2
        : byte >= 0xe0 && byte <= 0xef
          ? 3
          : byte >= 0xf0 && byte <= 0xf4
            ? 4
            : 0;
    let good = size > 0;
    for (let k = 1; good && k < size; k++) {
      if (i + k >= end) return { wide, bad }; // cut off in the middle of a letter: not evidence
      good = ((bytes[i + k] ?? 0) & 0xc0) === 0x80;
    }
    if (good) {
      wide++;
      i += size;
    } else {
      bad++;
      i++;
    }
  }
  return { wide, bad };
}

function declaredCharset(
  bytes: Uint8Array,
  options: DecodeOptions,
): { charset: string; basis: CharsetBasis } | undefined {
  const header = /charset\s*=\s*("?)([^\s;"',]+)\1/i.exec(options.contentType ?? "")?.[2];
  const http = header === undefined ? undefined : charsetName(header);
  if (http !== undefined) return { charset: http, basis: "http" };
  if (options.kind === "text") return undefined;
  const head = asciiHead(bytes, options.kind === "html" ? 16384 : 1024);
  const xml = /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']?([\w.:-]+)/i.exec(head)?.[1];
  const meta =
    options.kind === "html"
      ? /<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1]
      : undefined;
  for (const label of [meta, xml]) {
    const name = label === undefined ? undefined : charsetName(label);
    // A declaration that could be read as ASCII cannot be UTF-16 (HTML standard, "prescan").
    if (name !== undefined)
      return { charset: name.startsWith("utf-16") ? "utf-8" : name, basis: "declaration" };
  }
  return undefined;
}

function asciiHead(bytes: Uint8Array, length: number): string {
  let head = "";
  for (const byte of bytes.subarray(0, length)) head += byte < 0x80 ? String.fromCharCode(byte) : " ";
  return head;
}

const EAST_ASIAN = ["shift_jis", "euc-jp", "euc-kr", "gb18030", "big5"] as const;

/** Most likely legacy encoding of bytes that are not UTF-8: the candidate whose letters look most like writing. */
function likelyLegacy(bytes: Uint8Array): string {
  const sample = highBytesSample(bytes);
  if (sample.length === 0) return "windows-1252";
  let best = "windows-1252";
  let bestScore = writingScore(decodeAs(sample, best), "latin");
  for (const charset of ["windows-1251", "koi8-r"]) {
    const score = writingScore(decodeAs(sample, charset), "cyrillic");
    if (score > bestScore) [best, bestScore] = [charset, score];
  }
  for (const charset of EAST_ASIAN) {
    const score = writingScore(decodeAs(sample, charset), "asian");
    if (score > bestScore + 0.05) [best, bestScore] = [charset, score];
  }
  return best;
}

/** Stretches around non-ASCII bytes, at most 8 kB, so that markup does not drown the writing. */
function highBytesSample(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  let last = -1;
  for (let i = 0; i < bytes.length && out.length < 8192; i++) {
    if ((bytes[i] ?? 0) < 0x80) continue;
    for (let k = Math.max(last + 1, i - 1); k <= Math.min(i + 1, bytes.length - 1); k++) {
      out.push(bytes[k] ?? 0);
      last = k;
    }
  }
  return Uint8Array.from(out);
}

const COMMON_HAN = new Set(
  "的一是不了人在有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两長時間東京新聞月會",
);

/** Share of letters that are usual in the writing system, less the unusual; 0–1 when it fits. */
function writingScore(text: string, script: "latin" | "cyrillic" | "asian"): number {
  let good = 0;
  let bad = 0;
  let all = 0;
  let previous = "";
  for (const letter of text) {
    if (letter.charCodeAt(0) < 0x80) {
      previous = letter;
      continue;
    }
    all++;
    if (letter === "\ufffd" || /[\u0080-\u009f\ue000-\uf8ff]/.test(letter)) bad += 2;
    else if (script === "latin") {
      if (/[àâäáãåæçéèêëíìîïñóòôöõøœúùûüßÿ]/i.test(letter))
        good += previous > "\u007f" && /\p{L}/u.test(previous) ? 0 : 1;
      else if (/[«»“”‘’–—…€°§©®·\u00a0]/.test(letter)) good += 0.9;
    } else if (script === "cyrillic") {
      if (/[а-яё]/.test(letter)) good += 1;
      else if (/[А-ЯЁ]/.test(letter))
        good += /[а-яёА-ЯЁ]/.test(previous) && /[а-яё]/.test(previous) ? -0.5 : 0.6;
      else if (/[«»“”–—…№\u00a0]/.test(letter)) good += 0.7;
    } else if (/[\u3040-\u30ff\uac00-\ud7a3]/.test(letter)) good += 1;
    else if (/[\u4e00-\u9fff]/.test(letter)) good += COMMON_HAN.has(letter) ? 1.2 : 0.55;
    else if (/[\u3000-\u303f\uff01-\uff5e]/.test(letter)) good += 1;
    else bad += 0.5;
    previous = letter;
  }
  return all === 0 ? 0 : (good - bad) / all;
}

/** Letters of windows-1252 at 0x80–0x9F (Encoding standard, index-windows-1252). */
const C1_LETTERS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

function decodeAs(bytes: Uint8Array, charset: string): string {
  if (charset.startsWith("utf-32")) return decodeUtf32(bytes, charset, true);
  return mendC1(new TextDecoder(charset).decode(bytes), charset);
}

/** Node 20's decoder maps windows-1252 as ISO 8859-1, which has control codes where this one has quotes and dashes. */
function mendC1(text: string, charset: string): string {
  return charset === "windows-1252"
    ? text.replace(/[\x80-\x9f]/g, (c) => C1_LETTERS[c.charCodeAt(0) - 0x80] ?? c)
    : text;
}

function decodeUtf32(bytes: Uint8Array, charset: string, isStart: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = "";
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const point = view.getUint32(at, charset === "utf-32le");
    const isLetter = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
    if (at > 0 || !isStart || point !== 0xfeff) text += isLetter ? String.fromCodePoint(point) : "\ufffd";
  }
  return text;
}
