/**
 * The file a trained model lives in ↔ the model in memory. Layout: "DLM1", the length of a JSON header (32 bits,
 * little-endian), the header, then sections aligned to four bytes. Weights are int8 with one scale per column;
 * words are kept as 32-bit hashes only.
 */
import type { SegmenterWeights } from "../text/sentences.ts";
import { type Layout, layoutOf, type Shape } from "./layout.ts";
import { type HashIndex, hashIndex } from "./lexical.ts";

export type Quantised = {
  readonly values: Int8Array;
  readonly scales: Float32Array;
  readonly rows: number;
  readonly columns: number;
};

export type SyntaxModel = {
  readonly lang: string;
  readonly version: string;
  readonly shape: Shape;
  readonly layout: Layout;
  readonly upos: readonly string[];
  readonly feats: readonly string[];
  /** For each part of speech the feature bundles it was seen with. */
  readonly featsOf: readonly (readonly number[])[];
  readonly scripts: readonly string[];
  readonly relations: readonly string[];
  /** "form⇥UPOS" in lower case → lemma, for words no script covers. */
  readonly lexicon: ReadonlyMap<string, string>;
  readonly words: Uint32Array;
  readonly vectorWords: Uint32Array;
  readonly wordRow: HashIndex;
  readonly vectorRow: HashIndex;
  readonly vectors: Quantised;
  readonly matrices: ReadonlyMap<string, Quantised>;
  readonly segmenter: SegmenterWeights | undefined;
};

type SectionType = "i8" | "u32" | "f32" | "text";
type SectionEntry = {
  readonly name: string;
  readonly type: SectionType;
  readonly offset: number;
  readonly bytes: number;
};
type Header = {
  readonly lang: string;
  readonly version: string;
  readonly shape: Shape;
  readonly upos: readonly string[];
  readonly feats: readonly string[];
  readonly featsOf: readonly (readonly number[])[];
  readonly scripts: readonly string[];
  readonly relations: readonly string[];
  readonly cutBits: number;
  readonly endBits: number;
  readonly endBias: number;
  readonly sections: readonly SectionEntry[];
};

const MAGIC = 0x314d4c44;

/** Rounds to 255 levels per column. */
export function quantise(values: Float32Array, rows: number, columns: number): Quantised {
  const scales = new Float32Array(columns);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++)
      scales[c] = Math.max(scales[c] ?? 0, Math.abs(values[r * columns + c] ?? 0));
  for (let c = 0; c < columns; c++) scales[c] = (scales[c] ?? 0) / 127 || 1;
  const out = new Int8Array(rows * columns);
  for (let i = 0; i < rows * columns; i++) out[i] = Math.round((values[i] ?? 0) / (scales[i % columns] ?? 1));
  return { values: out, scales, rows, columns };
}

export function dequantise(matrix: Quantised): Float32Array {
  const out = new Float32Array(matrix.rows * matrix.columns);
  for (let r = 0, i = 0; r < matrix.rows; r++)
    for (let c = 0; c < matrix.columns; c++, i++) out[i] = (matrix.values[i] ?? 0) * (matrix.scales[c] ?? 0);
  return out;
}

/** The bytes of a model file. */
export function saveModel(model: Omit<SyntaxModel, "wordRow" | "vectorRow" | "layout">): Uint8Array {
  const parts: { name: string; type: SectionType; data: Uint8Array }[] = [];
  const put = (
    name: string,
    type: SectionType,
    data: Int8Array | Uint32Array | Float32Array | Uint8Array,
  ): void => {
    parts.push({ name, type, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) });
  };
  put("words", "u32", model.words);
  put("vectorWords", "u32", model.vectorWords);
  const all = new Map<string, Quantised>([...model.matrices, ["vectors", model.vectors]]);
  for (const [name, matrix] of all) {
    put(`${name}/scales`, "f32", matrix.scales);
    put(name, "i8", matrix.values);
  }
  put(
    "lexicon",
    "text",
    new TextEncoder().encode([...model.lexicon].map(([key, lemma]) => `${key}\t${lemma}`).join("\n")),
  );
  const segmenter = model.segmenter;
  if (segmenter !== undefined) {
    put("cuts", "i8", Int8Array.from(segmenter.cuts.weights));
    put("ends", "i8", Int8Array.from(segmenter.ends.weights));
  }
  let offset = 0;
  const sections = parts.map(({ name, type, data }) => {
    const entry = { name, type, offset, bytes: data.byteLength };
    offset += (data.byteLength + 3) & ~3;
    return entry;
  });
  const { lang, version, shape, upos, feats, featsOf, scripts, relations } = model;
  const bits = { cutBits: segmenter?.cuts.bits ?? 0, endBits: segmenter?.ends.bits ?? 0, endBias: 0 };
  const header: Header = {
    lang,
    version,
    shape,
    upos,
    feats,
    featsOf,
    scripts,
    relations,
    ...bits,
    sections,
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const base = (8 + json.length + 3) & ~3;
  const bytes = new Uint8Array(base + offset);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, json.length, true);
  bytes.set(json, 8);
  parts.forEach(({ data }, k) => {
    bytes.set(data, base + (sections[k]?.offset ?? 0));
  });
  return bytes;
}

/** Reads a model file; throws a SyntaxError when the bytes are not one. */
export function loadModel(source: Uint8Array): SyntaxModel {
  // A copy when needed: typed arrays must begin at a multiple of four.
  const bytes = source.byteOffset % 4 === 0 ? source : source.slice();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8 || view.getUint32(0, true) !== MAGIC)
    throw new SyntaxError("Not a syntax model: wrong first bytes");
  const length = view.getUint32(4, true);
  // The file is ours: saveModel wrote the header.
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Header;
  const base = bytes.byteOffset + ((8 + length + 3) & ~3);
  const sections = new Map(header.sections.map((entry) => [entry.name, entry]));
  const find = (name: string): SectionEntry => {
    const entry = sections.get(name);
    if (entry === undefined) throw new SyntaxError(`Syntax model lacks section ${name}`);
    if (base + entry.offset + entry.bytes > bytes.byteOffset + bytes.byteLength)
      throw new SyntaxError(`Syntax model ends inside section ${name}`);
    return entry;
  };
  const int8 = (name: string): Int8Array =>
    new Int8Array(bytes.buffer, base + find(name).offset, find(name).bytes);
  const uint32 = (name: string): Uint32Array =>
    new Uint32Array(bytes.buffer, base + find(name).offset, find(name).bytes / 4);
  const float32 = (name: string): Float32Array =>
    new Float32Array(bytes.buffer, base + find(name).offset, find(name).bytes / 4);
  const quantised = (name: string, rows: number, columns: number): Quantised => ({
    values: int8(name),
    scales: float32(`${name}/scales`),
    rows,
    columns,
  });
  const layout = layoutOf(header.shape);
  const matrices = new Map(
    [...layout.matrices.values()].map(({ name, rows, columns }) => [name, quantised(name, rows, columns)]),
  );
  const lexicon = new Map<string, string>();
  const entry = find("lexicon");
  for (const line of new TextDecoder()
    .decode(new Uint8Array(bytes.buffer, base + entry.offset, entry.bytes))
    .split("\n")) {
    const cut = line.lastIndexOf("\t");
    if (cut > 0) lexicon.set(line.slice(0, cut), line.slice(cut + 1));
  }
  const words = uint32("words");
  const vectorWords = uint32("vectorWords");
  return {
    ...header,
    layout,
    lexicon,
    words,
    vectorWords,
    wordRow: hashIndex(words),
    vectorRow: hashIndex(vectorWords),
    vectors: quantised("vectors", header.shape.vectors + 1, header.shape.vector),
    matrices,
    segmenter: sections.has("cuts")
      ? {
          cuts: { bits: header.cutBits, weights: int8("cuts") },
          ends: { bits: header.endBits, weights: int8("ends") },
        }
      : undefined,
  };
}
