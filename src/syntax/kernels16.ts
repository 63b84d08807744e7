/**
 * The arithmetic of reading in 16-bit integers: products of rounded states with the integers the weights are stored as,
 * and a step of an LSTM that rounds what it gives. One instruction multiplies two neighbours of a row with the two
 * weights of each of four columns and adds them. Addresses are bytes; training does without these.
 */
import {
  add,
  assemble,
  type Code,
  define,
  eq,
  type FunctionDraft,
  geS,
  get,
  int,
  loopWhile,
  ltS,
  mul,
  set,
  shl,
  sub,
  v,
  when,
} from "./wasm.ts";

type Local = (type?: "i32" | "v128") => number;
type Tile = Record<"a" | "b" | "c" | "ldc" | "k" | "end" | "scale", number>;

/**
 * C += (A·B)·scale for R rows and eight columns. Rows of A lie a constant `stride` apart, so that one pointer serves
 * them all; sums are turned into floats, scaled per column and added to C.
 */
function tile(rows: number, stride: number, names: Tile, local: Local): Code[] {
  const { a, b, c, ldc, k, end, scale } = names;
  const low = Array.from({ length: rows }, () => local("v128"));
  const high = Array.from({ length: rows }, () => local("v128"));
  const [b0, b1, one, address, x] = [local("v128"), local("v128"), local("v128"), local(), local()];
  const step: Code[] = [set(b0, v.load(get(k))), set(b1, v.load(get(k), 16))];
  for (let r = 0; r < rows; r++) {
    step.push(set(one, v.splatLoad(get(x), r * stride)));
    step.push(set(low[r] ?? 0, v.addI32(get(low[r] ?? 0), v.dotI16(get(one), get(b0)))));
    step.push(set(high[r] ?? 0, v.addI32(get(high[r] ?? 0), v.dotI16(get(one), get(b1)))));
  }
  step.push(set(x, add(get(x), int(4))), set(k, add(get(k), int(32))));
  const code: Code[] = [...low, ...high].map((sum) => set(sum, v.zero));
  code.push(set(x, get(a)), set(k, get(b)), loopWhile(ltS(get(k), get(end)), ...step), set(address, get(c)));
  code.push(set(b0, v.load(get(scale))), set(b1, v.load(get(scale), 16)));
  for (let r = 0; r < rows; r++) {
    const half = (sum: number, by: number, at: number): Code =>
      v.store(get(address), v.add(v.load(get(address), at), v.mul(v.toFloat(get(sum)), get(by))), at);
    code.push(half(low[r] ?? 0, b0, 0), half(high[r] ?? 0, b1, 16));
    if (r + 1 < rows) code.push(set(address, add(get(address), get(ldc))));
  }
  return code;
}

const gemm16Name = (stride: number): string => `gemm16_${stride}`;

/** gemm16(a, panels, c, ldc, M, N, K, scales): C[M×N] += (A·B)·scale, K even, panels [N/8][K/2][8][2]. */
const gemm16 = (stride: number): FunctionDraft =>
  define(gemm16Name(stride), ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32"], (local) => {
    const [a0, panels, c0, ldc, M, N, K, scales] = [0, 1, 2, 3, 4, 5, 6, 7];
    const [n, m, a, b] = [local(), local(), local(), local()];
    const names: Tile = { a, b, c: local(), ldc, k: local(), end: local(), scale: local() };
    const left = (rows: number): Code => eq(sub(get(M), get(m)), int(rows));
    const panel: Code[] = [
      set(names.end, add(get(b), shl(get(K), int(4)))),
      set(a, get(a0)),
      set(names.c, add(get(c0), shl(get(n), int(2)))),
      set(names.scale, add(get(scales), shl(get(n), int(2)))),
      set(m, int(0)),
      loopWhile(
        geS(sub(get(M), get(m)), int(4)),
        ...tile(4, stride, names, local),
        set(m, add(get(m), int(4))),
        set(a, add(get(a), int(stride * 4))),
        set(names.c, add(get(names.c), mul(get(ldc), int(4)))),
      ),
      ...[3, 2, 1].map((rows) => when(left(rows), tile(rows, stride, names, local).flat())),
      set(b, get(names.end)),
      set(n, add(get(n), int(8))),
    ];
    return [set(b, get(panels)), set(n, int(0)), loopWhile(ltS(get(n), get(N)), ...panel)];
  });

/** Four floats times `scale`, rounded and saturated to 16 bits, stored at `address`. */
const storeRounded = (address: Code, value: Code, scale: number, lanes: number): Code => [
  ...set(lanes, v.toInt(v.nearest(v.mul(value, get(scale))))),
  ...v.storeLow(address, v.narrow(get(lanes), get(lanes))),
];

/** toInt16(x, stride, out, outStride, rows, n, scale): rounds x·scale to 16 bits, n a multiple of four. */
const toInt16 = define("toInt16", ["i32", "i32", "i32", "i32", "i32", "i32", "f32"], (local) => {
  const [x, stride, out, outStride, rows, n, scale] = [0, 1, 2, 3, 4, 5, 6];
  const [r, j, s4, lanes] = [local(), local(), local("v128"), local("v128")];
  return [
    set(s4, v.splat(get(scale))),
    set(r, int(0)),
    loopWhile(
      ltS(get(r), get(rows)),
      set(j, int(0)),
      loopWhile(
        ltS(get(j), get(n)),
        storeRounded(add(get(out), shl(get(j), int(1))), v.load(add(get(x), shl(get(j), int(2)))), s4, lanes),
        set(j, add(get(j), int(4))),
      ),
      set(x, add(get(x), get(stride))),
      set(out, add(get(out), get(outStride))),
      set(r, add(get(r), int(1))),
    ),
  ];
});

/** jointInt16(x, y, out, n, scale): out = the sum of two rows of n floats, rectified and rounded to 16 bits. */
const jointInt16 = define("jointInt16", ["i32", "i32", "i32", "i32", "f32"], (local) => {
  const [x, y, out, n, scale] = [0, 1, 2, 3, 4];
  const [j, s4, lanes] = [local(), local("v128"), local("v128")];
  const at = (base: number): Code => add(get(base), shl(get(j), int(2)));
  return [
    set(s4, v.splat(get(scale))),
    set(j, int(0)),
    loopWhile(
      ltS(get(j), get(n)),
      storeRounded(
        add(get(out), shl(get(j), int(1))),
        v.max(v.add(v.load(at(x)), v.load(at(y))), v.zero),
        s4,
        lanes,
      ),
      set(j, add(get(j), int(4))),
    ),
  ];
});

/** tanh by Lambert's continued fraction, cut where it is within 0.0001 everywhere: less than a step of the rounding. */
function tanh(x: Code, square: number, bounded: number): Code {
  const horner = (terms: readonly number[]): Code =>
    terms
      .slice(1)
      .reduce((sum: Code, term) => v.add(v.mul(sum, get(square)), v.const(term)), v.const(terms[0] ?? 0));
  return [
    ...set(bounded, v.min(v.max(x, v.const(-4.97)), v.const(4.97))),
    ...set(square, v.mul(get(bounded), get(bounded))),
    ...v.div(
      v.mul(
        get(bounded),
        v.add(
          v.mul(v.add(v.mul(v.add(get(square), v.const(378)), get(square)), v.const(17325)), get(square)),
          v.const(135135),
        ),
      ),
      horner([28, 3150, 62370, 135135]),
    ),
  ];
}
const sigmoid = (x: Code, square: number, bounded: number): Code =>
  v.add(v.mul(tanh(v.mul(x, v.const(0.5)), square, bounded), v.const(0.5)), v.const(0.5));

/**
 * lstm16(gates, gateStride, cPrevious, c, h, hStride, rows, bytes, scale): one step; gates i, f, g, o are `bytes` wide,
 * c rows `bytes` apart, h is given as 16-bit integers.
 */
const lstm16 = define("lstm16", ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "f32"], (local) => {
  const [gates, gateStride, previous, c, h, hStride, rows, bytes, scale] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const [j, r, p, out] = [local(), local(), local(), local()];
  const [square, bounded, i, f, cell, s4, lanes] = [
    local("v128"),
    local("v128"),
    local("v128"),
    local("v128"),
    local("v128"),
    local("v128"),
    local("v128"),
  ];
  const next: Code = set(p, add(get(p), get(bytes)));
  return [
    set(s4, v.splat(get(scale))),
    set(r, int(0)),
    loopWhile(
      ltS(get(r), get(rows)),
      set(j, int(0)),
      set(out, get(h)),
      loopWhile(
        ltS(get(j), get(bytes)),
        set(p, add(get(gates), get(j))),
        set(i, sigmoid(v.load(get(p)), square, bounded)),
        next,
        set(f, v.mul(sigmoid(v.load(get(p)), square, bounded), v.load(add(get(previous), get(j))))),
        next,
        set(cell, v.add(get(f), v.mul(get(i), tanh(v.load(get(p)), square, bounded)))),
        v.store(add(get(c), get(j)), get(cell)),
        next,
        set(i, sigmoid(v.load(get(p)), square, bounded)),
        storeRounded(get(out), v.mul(get(i), tanh(get(cell), square, bounded)), s4, lanes),
        set(out, add(get(out), int(8))),
        set(j, add(get(j), int(16))),
      ),
      set(gates, add(get(gates), get(gateStride))),
      set(previous, add(get(previous), get(bytes))),
      set(c, add(get(c), get(bytes))),
      set(h, add(get(h), get(hStride))),
      set(r, add(get(r), int(1))),
    ),
  ];
});

export type Gemm16 = (
  a: number,
  panels: number,
  c: number,
  ldc: number,
  m: number,
  n: number,
  k: number,
  scales: number,
) => void;

export type Kernels16 = {
  /** The product for rows `stride` bytes apart, one of the strides asked for. */
  readonly gemm16: (stride: number) => Gemm16;
  readonly toInt16: (
    x: number,
    stride: number,
    out: number,
    outStride: number,
    rows: number,
    n: number,
    scale: number,
  ) => void;
  readonly jointInt16: (x: number, y: number, out: number, n: number, scale: number) => void;
  readonly lstm16: (
    gates: number,
    gateStride: number,
    previous: number,
    c: number,
    h: number,
    hStride: number,
    rows: number,
    bytes: number,
    scale: number,
  ) => void;
};

/** Instantiates the kernels over a memory, with one product for each stride. */
export function createKernels16(memory: WebAssembly.Memory, strides: readonly number[]): Kernels16 {
  const functions = [toInt16, jointInt16, lstm16, ...[...new Set(strides)].map(gemm16)];
  const module = new WebAssembly.Module(assemble(functions, false));
  // The exports are exactly `functions`, whose signatures the types above repeat.
  const made = new WebAssembly.Instance(module, { m: { m: memory } }).exports as unknown as Omit<
    Kernels16,
    "gemm16"
  > &
    Readonly<Record<string, Gemm16>>;
  return {
    toInt16: made.toInt16,
    jointInt16: made.jointInt16,
    lstm16: made.lstm16,
    gemm16: (stride) => {
      const product = made[gemm16Name(stride)];
      if (product === undefined) throw new RangeError(`No product for rows ${stride} bytes apart`);
      return product;
    },
  };
}
