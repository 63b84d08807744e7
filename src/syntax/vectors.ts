/** A word → its pretrained vector brought to length one, for readers that compare words. Made at the first question, then kept. */
import { formHash, normalise } from "./lexical.ts";
import type { SyntaxModel } from "./model.ts";

export type WordVectors = (form: string) => Float32Array | undefined;

export function wordVectors(model: Pick<SyntaxModel, "vectorRow" | "vectors">): WordVectors {
  const { values, scales, columns } = model.vectors;
  const made = new Map<number, Float32Array>();
  return (form) => {
    const row = model.vectorRow(formHash(normalise(form)));
    if (row === 0) return undefined;
    const known = made.get(row);
    if (known) return known;
    const vector = new Float32Array(columns);
    let squares = 0;
    for (let k = 0; k < columns; k++) {
      const x = (values[row * columns + k] ?? 0) * (scales[k] ?? 0);
      vector[k] = x;
      squares += x * x;
    }
    const length = Math.sqrt(squares) || 1;
    for (let k = 0; k < columns; k++) vector[k] = (vector[k] ?? 0) / length;
    made.set(row, vector);
    return vector;
  };
}
