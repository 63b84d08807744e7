/** Forward-backward over a linear chain: scores of one sentence and its gold tags → loss and gradients (expected less observed). */
export type ChainGradients = {
  readonly loss: number;
  /** [word][label] */
  readonly scores: Float64Array;
  /** [label + start][label] */
  readonly transitions: Float64Array;
};

const NEVER = -1e30;

export function chainGradients(
  scores: Float64Array,
  gold: Uint8Array,
  /** [label + start][label]: may the second follow the first. */
  legal: Uint8Array,
  L: number,
  transition: (from: number, to: number) => number,
): ChainGradients {
  const n = gold.length;
  const T = new Float64Array((L + 1) * L);
  for (let p = 0; p <= L; p++)
    for (let l = 0; l < L; l++) T[p * L + l] = legal[p * L + l] ? transition(p, l) : NEVER;
  const at = (a: Float64Array, k: number): number => a[k] ?? 0;
  const alpha = new Float64Array(n * L);
  const beta = new Float64Array(n * L);
  const row = new Float64Array(L);
  const logSum = (): number => {
    let most = NEVER;
    for (const v of row) if (v > most) most = v;
    let sum = 0;
    for (const v of row) sum += Math.exp(v - most);
    return most + Math.log(sum);
  };
  for (let l = 0; l < L; l++) alpha[l] = at(T, L * L + l) + at(scores, l);
  for (let t = 1; t < n; t++)
    for (let l = 0; l < L; l++) {
      for (let p = 0; p < L; p++) row[p] = at(alpha, (t - 1) * L + p) + at(T, p * L + l);
      alpha[t * L + l] = logSum() + at(scores, t * L + l);
    }
  for (let t = n - 2; t >= 0; t--)
    for (let l = 0; l < L; l++) {
      for (let q = 0; q < L; q++)
        row[q] = at(beta, (t + 1) * L + q) + at(T, l * L + q) + at(scores, (t + 1) * L + q);
      beta[t * L + l] = logSum();
    }
  for (let l = 0; l < L; l++) row[l] = at(alpha, (n - 1) * L + l);
  const Z = logSum();
  const dScores = new Float64Array(n * L);
  const dTransitions = new Float64Array((L + 1) * L);
  let path = 0;
  for (let t = 0; t < n; t++) {
    const own = gold[t] ?? 0;
    const before = t === 0 ? L : (gold[t - 1] ?? 0);
    path += at(scores, t * L + own) + at(T, before * L + own);
    for (let l = 0; l < L; l++) {
      dScores[t * L + l] = Math.exp(at(alpha, t * L + l) + at(beta, t * L + l) - Z) - (l === own ? 1 : 0);
      for (let p = t === 0 ? L : 0; p < (t === 0 ? L + 1 : L); p++) {
        const from = t === 0 ? 0 : at(alpha, (t - 1) * L + p);
        const k = p * L + l;
        dTransitions[k] =
          at(dTransitions, k) + Math.exp(from + at(T, k) + at(scores, t * L + l) + at(beta, t * L + l) - Z);
      }
    }
    dTransitions[before * L + own] = at(dTransitions, before * L + own) - 1;
  }
  return { loss: Z - path, scores: dScores, transitions: dTransitions };
}
