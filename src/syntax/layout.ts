/**
 * The network's shape, shared by trainer and runtime: lookups (word, pretrained vector, affixes, letter shape) →
 * layers of bidirectional LSTM → one linear layer whose slices feed the tagger, the lemmatiser, the biaffine scorer
 * of arcs (Dozat and Manning 2017) and the scorer of relations. Lists every weight matrix with its size.
 */
import { SHAPES } from "./lexical.ts";

export type Shape = {
  /** Widths of the lookups; `vector` is 0 for languages without pretrained vectors. */
  readonly word: number;
  readonly vector: number;
  readonly affix: number;
  readonly shape: number;
  readonly affixBuckets: number;
  /** Width of the LSTM in each direction. */
  readonly hidden: number;
  readonly layers: number;
  readonly tag: number;
  readonly lemma: number;
  readonly arc: number;
  readonly label: number;
  /** Sizes of the inventories. */
  readonly words: number;
  readonly vectors: number;
  readonly upos: number;
  readonly feats: number;
  readonly scripts: number;
  readonly relations: number;
};

export type Matrix = {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly offset: number;
};
export type Layout = {
  readonly matrices: ReadonlyMap<string, Matrix>;
  /** Number of floats. */
  readonly size: number;
  readonly input: number;
  /** Width of the linear layer behind the encoder, and where its slices begin. */
  readonly z: number;
  readonly at: {
    readonly tag: number;
    readonly lemma: number;
    readonly dependent: number;
    readonly head: number;
    readonly labelDependent: number;
    readonly labelHead: number;
  };
};

export const pad8 = (n: number): number => (n + 7) & ~7;

export function layoutOf(shape: Shape): Layout {
  const matrices = new Map<string, Matrix>();
  let size = 0;
  const put = (name: string, rows: number, columns: number): void => {
    matrices.set(name, { name, rows, columns, offset: size });
    size += (rows * columns + 15) & ~15;
  };
  const input = shape.word + shape.vector + shape.affix + shape.shape;
  const both = 2 * shape.hidden;
  const at = {
    tag: 0,
    lemma: shape.tag,
    dependent: shape.tag + shape.lemma,
    head: shape.tag + shape.lemma + shape.arc,
    labelDependent: shape.tag + shape.lemma + 2 * shape.arc,
    labelHead: shape.tag + shape.lemma + 2 * shape.arc + shape.label,
  };
  const z = at.labelHead + shape.label;
  put("word", shape.words + 1, shape.word);
  put("affix", shape.affixBuckets, shape.affix);
  put("shape", SHAPES, shape.shape);
  for (let layer = 0; layer < shape.layers; layer++) {
    put(`W${layer}`, layer === 0 ? input : both, 8 * shape.hidden);
    put(`Uf${layer}`, shape.hidden, 4 * shape.hidden);
    put(`Ub${layer}`, shape.hidden, 4 * shape.hidden);
    put(`b${layer}`, 1, 8 * shape.hidden);
  }
  put("Wz", both, z);
  put("Wx", input, shape.tag + shape.lemma);
  put("bz", 1, z);
  put("Wupos", shape.tag, pad8(shape.upos));
  put("bupos", 1, pad8(shape.upos));
  put("Wfeats", shape.tag, pad8(shape.feats));
  put("bfeats", 1, pad8(shape.feats));
  put("Wlemma", shape.lemma, pad8(shape.scripts));
  put("blemma", 1, pad8(shape.scripts));
  put("Warc", shape.arc, shape.arc);
  put("barc", 1, shape.arc);
  put("rootArc", 1, shape.arc);
  put("Wlabel", shape.label, pad8(shape.relations));
  put("blabel", 1, pad8(shape.relations));
  put("rootLabel", 1, shape.label);
  return { matrices, size, input, z, at };
}

export function matrixOf(layout: Layout, name: string): Matrix {
  const matrix = layout.matrices.get(name);
  if (matrix === undefined) throw new RangeError(`No matrix named ${name}`);
  return matrix;
}
