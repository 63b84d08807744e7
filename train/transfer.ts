/**
 * A start from the weights of another language. What a network knows of trees is largely not of one language (McDonald,
 * Petrov and Hall 2011; Zoph et al. 2016 begin in the same way for translation): the layers above the look-ups are taken as they
 * are, tags, feature bundles and relations by their names, look-ups of words by the words both know. What has no counterpart
 * keeps its random start. The two networks must have the same widths; vectors may be missing in either.
 */
import type { Layout, Shape } from "../src/syntax/layout.ts";
import { dequantise, type SyntaxModel } from "../src/syntax/model.ts";
import type { Inventory } from "./data.ts";

type Pairs = readonly (readonly [to: number, from: number])[];

const same = (n: number): Pairs => Array.from({ length: n }, (_, i) => [i, i] as const);

const byName = <T>(to: ArrayLike<T>, from: ArrayLike<T>): Pairs => {
  const rows = new Map(Array.from(from, (name, i) => [name, i] as const));
  return Array.from(to).flatMap((name, i) => {
    const row = rows.get(name);
    return row === undefined ? [] : [[i, row] as const];
  });
};

/** Rows of a matrix over the look-ups: word, vector, affix and shape stand one after another. */
const lookups = (to: Shape, from: Shape): Pairs => {
  const pairs: (readonly [number, number])[] = [];
  let [a, b] = [0, 0];
  for (const part of ["word", "vector", "affix", "shape"] as const) {
    if (to[part] === from[part]) for (let i = 0; i < to[part]; i++) pairs.push([a + i, b + i]);
    a += to[part];
    b += from[part];
  }
  return pairs;
};

/** Writes what the parent knows over the weights at `at`. Throws RangeError when the widths differ. */
export function transfer(
  weights: Float32Array,
  at: number,
  layout: Layout,
  shape: Shape,
  inventory: Inventory,
  parent: SyntaxModel,
): void {
  for (const width of ["word", "affix", "shape", "hidden", "layers", "tag", "lemma", "arc", "label"] as const)
    if (shape[width] !== parent.shape[width])
      throw new RangeError(
        `The parent's ${width} is ${parent.shape[width]} wide, not ${shape[width]}: it cannot be begun from`,
      );
  const columnsOf: Readonly<Record<string, Pairs>> = {
    upos: byName(inventory.upos, parent.upos),
    feats: byName(inventory.feats, parent.feats),
    lemma: byName(inventory.scripts, parent.scripts),
    label: byName(inventory.relations, parent.relations),
  };
  // Row 0 is the unknown word; the rows of known ones follow.
  const words: Pairs = [
    [0, 0],
    ...byName(inventory.words, parent.words).map(([a, b]) => [a + 1, b + 1] as const),
  ];
  for (const { name, rows, columns, offset } of layout.matrices.values()) {
    const old = parent.matrices.get(name);
    // Ends of words of one language say little of another's, whose letters may fall on the same rows by chance.
    if (old === undefined || name === "affix") continue;
    const values = dequantise(old);
    const named = columnsOf[/^[Wb](upos|feats|lemma|label)$/.exec(name)?.[1] ?? ""];
    const across = named ?? same(Math.min(columns, old.columns));
    const down =
      name === "word"
        ? words
        : name === "W0" || name === "Wx"
          ? lookups(shape, parent.shape)
          : same(Math.min(rows, old.rows));
    for (const [row, oldRow] of down)
      for (const [column, oldColumn] of across)
        weights[at + offset + row * columns + column] = values[oldRow * old.columns + oldColumn] ?? 0;
  }
}
