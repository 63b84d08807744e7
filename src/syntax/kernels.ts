/**
 * The arithmetic of the network as WebAssembly SIMD kernels over one linear memory: matrix products on packed
 * panels, one step of an LSTM forwards and backwards, and Adam. Trainer and runtime share them, so both compute the
 * same numbers. Addresses are bytes; matrices are row-major; widths of results are multiples of eight.
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
  loadF32,
  loopWhile,
  ltS,
  mul,
  set,
  shl,
  storeF32,
  sub,
  v,
  when,
} from "./wasm.ts";

/**
 * C += A·B for R rows and eight columns. `rowMajor`: A's rows lie `stride` apart;
 * otherwise A is read transposed: R neighbours of one row, next k `stride` further.
 */
function tile(
  rows: number,
  rowMajor: boolean,
  names: Record<string, number>,
  local: (type?: "i32" | "v128") => number,
): Code[] {
  const { a, stride, b, c, ldc, k, end } = names as Record<
    "a" | "stride" | "b" | "c" | "ldc" | "k" | "end",
    number
  >;
  const low = Array.from({ length: rows }, () => local("v128"));
  const high = Array.from({ length: rows }, () => local("v128"));
  const b0 = local("v128");
  const b1 = local("v128");
  const one = local("v128");
  const pointers = Array.from({ length: rowMajor ? rows : 1 }, () => local("i32"));
  const code: Code[] = [];
  const pointer = (r: number): number => pointers[rowMajor ? r : 0] ?? 0;
  const address = local("i32");
  code.push(set(address, get(c)));
  for (let r = 0; r < rows; r++) {
    code.push(set(low[r] ?? 0, v.load(get(address))), set(high[r] ?? 0, v.load(get(address), 16)));
    if (r + 1 < rows) code.push(set(address, add(get(address), get(ldc))));
  }
  pointers.forEach((each, r) => {
    code.push(set(each, r === 0 ? get(a) : add(get(pointer(r - 1)), get(stride))));
  });
  // Not unrolled: V8 moves every load of a block to its front, and more than six of them no longer fit the registers.
  const step: Code[] = [set(b0, v.load(get(k))), set(b1, v.load(get(k), 16))];
  for (let r = 0; r < rows; r++) {
    step.push(set(one, v.splatLoad(get(pointer(r)), rowMajor ? 0 : r * 4)));
    step.push(set(low[r] ?? 0, v.add(get(low[r] ?? 0), v.mul(get(one), get(b0)))));
    step.push(set(high[r] ?? 0, v.add(get(high[r] ?? 0), v.mul(get(one), get(b1)))));
  }
  for (const each of pointers) step.push(set(each, add(get(each), rowMajor ? int(4) : get(stride))));
  step.push(set(k, add(get(k), int(32))));
  code.push(set(k, get(b)), loopWhile(ltS(get(k), get(end)), ...step), set(address, get(c)));
  for (let r = 0; r < rows; r++) {
    code.push(v.store(get(address), get(low[r] ?? 0)), v.store(get(address), get(high[r] ?? 0), 16));
    if (r + 1 < rows) code.push(set(address, add(get(address), get(ldc))));
  }
  return code;
}

/** gemm(a, stride, panels, c, ldc, M, N, K): C[M×N] += A·B, N a multiple of 8. */
function gemm(name: string, rowMajor: boolean): FunctionDraft {
  return define(name, ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32"], (local) => {
    const [a0, stride, panels, c0, ldc, M, N, K] = [0, 1, 2, 3, 4, 5, 6, 7];
    const [n, m, a, b, c, k, end] = [local(), local(), local(), local(), local(), local(), local()];
    const names = { a, stride, b, c, ldc, k, end };
    const advance = (rows: number): Code[] => [
      set(m, add(get(m), int(rows))),
      set(a, add(get(a), rowMajor ? mul(get(stride), int(rows)) : int(rows * 4))),
      set(c, add(get(c), mul(get(ldc), int(rows)))),
    ];
    const left = (rows: number): Code => eq(sub(get(M), get(m)), int(rows));
    const panel: Code[] = [
      set(end, add(get(b), shl(get(K), int(5)))),
      set(a, get(a0)),
      set(c, add(get(c0), shl(get(n), int(2)))),
      set(m, int(0)),
      loopWhile(geS(sub(get(M), get(m)), int(4)), ...tile(4, rowMajor, names, local), ...advance(4)),
      when(left(3), tile(3, rowMajor, names, local).flat()),
      when(left(2), tile(2, rowMajor, names, local).flat()),
      when(left(1), tile(1, rowMajor, names, local).flat()),
      set(b, get(end)),
      set(n, add(get(n), int(8))),
    ];
    return [set(b, get(panels)), set(n, int(0)), loopWhile(ltS(get(n), get(N)), ...panel)];
  });
}

/**
 * pack(b, rowStride, columnStride, K, N, out, paddedK): panels of eight columns, [N/8][paddedK][8]; what lies
 * beyond K and N becomes zero.
 */
const pack = define("pack", ["i32", "i32", "i32", "i32", "i32", "i32", "i32"], (local) => {
  const [b, rowStride, columnStride, K, N, out0, paddedK] = [0, 1, 2, 3, 4, 5, 6];
  const [n, k, at, out, j] = [local(), local(), local(), local(), local()];
  const whole: Code = [...v.store(get(out), v.load(get(at))), ...v.store(get(out), v.load(get(at), 16), 16)];
  const zero: Code = [...v.store(get(out), v.zero), ...v.store(get(out), v.zero, 16)];
  const element = add(get(out), shl(get(j), int(2)));
  const single: Code = [
    ...zero,
    ...set(j, int(0)),
    ...loopWhile(
      ltS(get(j), int(8)),
      when(
        ltS(add(get(n), get(j)), get(N)),
        storeF32(element, loadF32(add(get(at), mul(get(j), get(columnStride))))),
      ),
      set(j, add(get(j), int(1))),
    ),
  ];
  const contiguous = when(
    eq(get(columnStride), int(4)),
    when(geS(sub(get(N), get(n)), int(8)), whole, single),
    single,
  );
  return [
    set(out, get(out0)),
    set(n, int(0)),
    loopWhile(
      ltS(get(n), get(N)),
      set(k, int(0)),
      set(at, add(get(b), mul(get(n), get(columnStride)))),
      loopWhile(
        ltS(get(k), get(paddedK)),
        when(ltS(get(k), get(K)), contiguous, zero),
        set(at, add(get(at), get(rowStride))),
        set(out, add(get(out), int(32))),
        set(k, add(get(k), int(1))),
      ),
      set(n, add(get(n), int(8))),
    ),
  ];
});

/**
 * tanh as a quotient of polynomials, exact to a few units in the last place of single precision; the coefficients
 * are those of Eigen's generic_fast_tanh_float (MPL 2.0).
 */
function tanh(x: Code, square: number, bounded: number): Code {
  const top = [
    -2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-8,
    1.48572235717979e-5, 6.37261928875436e-4, 4.89352455891786e-3,
  ];
  const bottom = [1.19825839466702e-6, 1.18534705686654e-4, 2.268434632439e-3, 4.89352518554385e-3];
  const horner = (terms: readonly number[]): Code =>
    terms
      .slice(1)
      .reduce((sum: Code, term) => v.add(v.mul(sum, get(square)), v.const(term)), v.const(terms[0] ?? 0));
  return [
    ...set(bounded, v.min(v.max(x, v.const(-7.9)), v.const(7.9))),
    ...set(square, v.mul(get(bounded), get(bounded))),
    ...v.div(v.mul(get(bounded), horner(top)), horner(bottom)),
  ];
}
const sigmoid = (x: Code, square: number, bounded: number): Code =>
  v.add(v.mul(tanh(v.mul(x, v.const(0.5)), square, bounded), v.const(0.5)), v.const(0.5));

const ONE = v.const(1);

/**
 * lstmForward(gates, gateStride, cPrevious, c, h, hStride, rows, bytes): gates i, f, g, o (each `bytes` wide) are
 * replaced by their activations; c rows are `bytes` apart. (Hochreiter and Schmidhuber 1997, with forget gate.)
 */
const lstmForward = define(
  "lstmForward",
  ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32"],
  (local) => {
    const [gates, gateStride, previous, c, h, hStride, rows, bytes] = [0, 1, 2, 3, 4, 5, 6, 7];
    const [j, r, p, q] = [local(), local(), local(), local()];
    const [square, bounded, i, f, g, o, cell] = [
      local("v128"),
      local("v128"),
      local("v128"),
      local("v128"),
      local("v128"),
      local("v128"),
      local("v128"),
    ];
    const gate = (k: number): Code => add(get(p), mul(get(bytes), int(k)));
    const [fAt, gAt, oAt] = [local(), local(), local()];
    return [
      set(r, int(0)),
      loopWhile(
        ltS(get(r), get(rows)),
        set(j, int(0)),
        loopWhile(
          ltS(get(j), get(bytes)),
          set(p, add(get(gates), get(j))),
          set(fAt, gate(1)),
          set(gAt, gate(2)),
          set(oAt, gate(3)),
          set(q, add(get(c), get(j))),
          set(i, sigmoid(v.load(get(p)), square, bounded)),
          set(f, sigmoid(v.load(get(fAt)), square, bounded)),
          set(g, tanh(v.load(get(gAt)), square, bounded)),
          set(o, sigmoid(v.load(get(oAt)), square, bounded)),
          v.store(get(p), get(i)),
          v.store(get(fAt), get(f)),
          v.store(get(gAt), get(g)),
          v.store(get(oAt), get(o)),
          set(cell, v.add(v.mul(get(f), v.load(add(get(previous), get(j)))), v.mul(get(i), get(g)))),
          v.store(get(q), get(cell)),
          v.store(add(get(h), get(j)), v.mul(get(o), tanh(get(cell), square, bounded))),
          set(j, add(get(j), int(16))),
        ),
        set(gates, add(get(gates), get(gateStride))),
        set(previous, add(get(previous), get(bytes))),
        set(c, add(get(c), get(bytes))),
        set(h, add(get(h), get(hStride))),
        set(r, add(get(r), int(1))),
      ),
    ];
  },
);

/**
 * lstmBackward(gates, gateStride, cPrevious, c, dh, dhStride, dc, rows, bytes): activations in `gates` become
 * gradients before activation; dc (row r of the running state) becomes the gradient of the previous cell.
 */
const lstmBackward = define(
  "lstmBackward",
  ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32"],
  (local) => {
    const [gates, gateStride, previous, c, dh, dhStride, dc, rows, bytes] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
    const [j, r, p, fAt, gAt, oAt, dcAt] = [local(), local(), local(), local(), local(), local(), local()];
    const [square, bounded, i, f, g, o, t, dhv, d] = Array.from({ length: 9 }, () => local("v128")) as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const gate = (k: number): Code => add(get(p), mul(get(bytes), int(k)));
    const slope = (s: number): Code => v.mul(get(s), v.sub(ONE, get(s)));
    return [
      set(r, int(0)),
      loopWhile(
        ltS(get(r), get(rows)),
        set(j, int(0)),
        loopWhile(
          ltS(get(j), get(bytes)),
          set(p, add(get(gates), get(j))),
          set(fAt, gate(1)),
          set(gAt, gate(2)),
          set(oAt, gate(3)),
          set(dcAt, add(get(dc), get(j))),
          set(i, v.load(get(p))),
          set(f, v.load(get(fAt))),
          set(g, v.load(get(gAt))),
          set(o, v.load(get(oAt))),
          set(dhv, v.load(add(get(dh), get(j)))),
          set(t, tanh(v.load(add(get(c), get(j))), square, bounded)),
          set(d, v.add(v.load(get(dcAt)), v.mul(v.mul(get(dhv), get(o)), v.sub(ONE, v.mul(get(t), get(t)))))),
          v.store(get(p), v.mul(v.mul(get(d), get(g)), slope(i))),
          v.store(get(fAt), v.mul(v.mul(get(d), v.load(add(get(previous), get(j)))), slope(f))),
          v.store(get(gAt), v.mul(v.mul(get(d), get(i)), v.sub(ONE, v.mul(get(g), get(g))))),
          v.store(get(oAt), v.mul(v.mul(get(dhv), get(t)), slope(o))),
          v.store(get(dcAt), v.mul(get(d), get(f))),
          set(j, add(get(j), int(16))),
        ),
        set(gates, add(get(gates), get(gateStride))),
        set(previous, add(get(previous), get(bytes))),
        set(c, add(get(c), get(bytes))),
        set(dh, add(get(dh), get(dhStride))),
        set(dc, add(get(dc), get(bytes))),
        set(r, add(get(r), int(1))),
      ),
    ];
  },
);

/**
 * adam(p, g, g2, m, v, average, n, rate, b1, b2, epsilon, decay, scale): one step on n floats, gradient
 * (g + g2)·scale; the bias correction is in `rate` (Kingma and Ba 2015). `average` follows p exponentially.
 * Both gradients are cleared.
 */
const adam = define(
  "adam",
  ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "f32", "f32", "f32", "f32", "f32", "f32"],
  (local) => {
    const [p, g, g2, m, w, average, n, rate, b1, b2, epsilon, decay, scale] = [
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
    ];
    const k = local();
    const [gv, mv, vv, pv] = [local("v128"), local("v128"), local("v128"), local("v128")];
    const [r4, b14, b24, e4, d4, s4] = Array.from({ length: 6 }, () => local("v128")) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const splats = [
      [r4, rate],
      [b14, b1],
      [b24, b2],
      [e4, epsilon],
      [d4, decay],
      [s4, scale],
    ] as const;
    const next = (base: number): Code => set(base, add(get(base), int(16)));
    return [
      ...splats.map(([to, from]) => set(to, v.splat(get(from)))),
      set(k, int(0)),
      loopWhile(
        ltS(get(k), get(n)),
        set(gv, v.mul(v.add(v.load(get(g)), v.load(get(g2))), get(s4))),
        v.store(get(g), v.zero),
        v.store(get(g2), v.zero),
        set(mv, v.add(v.mul(v.load(get(m)), get(b14)), v.mul(get(gv), v.sub(ONE, get(b14))))),
        v.store(get(m), get(mv)),
        set(vv, v.add(v.mul(v.load(get(w)), get(b24)), v.mul(v.mul(get(gv), get(gv)), v.sub(ONE, get(b24))))),
        v.store(get(w), get(vv)),
        set(pv, v.sub(v.load(get(p)), v.div(v.mul(get(r4), get(mv)), v.add(v.sqrt(get(vv)), get(e4))))),
        v.store(get(p), get(pv)),
        v.store(
          get(average),
          v.add(v.mul(v.load(get(average)), get(d4)), v.mul(get(pv), v.sub(ONE, get(d4)))),
        ),
        ...[p, g, g2, m, w, average].map(next),
        set(k, add(get(k), int(4))),
      ),
    ];
  },
);

/** addRows(x, y, stride, rows, bytes): every row of x += the one row y. */
const addRow = define("addRow", ["i32", "i32", "i32", "i32", "i32"], (local) => {
  const [x, y, stride, rows, bytes] = [0, 1, 2, 3, 4];
  const [r, j, at] = [local(), local(), local()];
  return [
    set(r, int(0)),
    loopWhile(
      ltS(get(r), get(rows)),
      set(j, int(0)),
      loopWhile(
        ltS(get(j), get(bytes)),
        set(at, add(get(x), get(j))),
        v.store(get(at), v.add(v.load(get(at)), v.load(add(get(y), get(j))))),
        set(j, add(get(j), int(16))),
      ),
      set(x, add(get(x), get(stride))),
      set(r, add(get(r), int(1))),
    ),
  ];
});

/** sumRows(x, stride, rows, bytes, out): the one row `out` += every row of x. */
const sumRows = define("sumRows", ["i32", "i32", "i32", "i32", "i32"], (local) => {
  const [x, stride, rows, bytes, out] = [0, 1, 2, 3, 4];
  const [r, j, at, sum] = [local(), local(), local(), local("v128")];
  return [
    set(j, int(0)),
    loopWhile(
      ltS(get(j), get(bytes)),
      set(sum, v.load(add(get(out), get(j)))),
      set(at, add(get(x), get(j))),
      set(r, int(0)),
      loopWhile(
        ltS(get(r), get(rows)),
        set(sum, v.add(get(sum), v.load(get(at)))),
        set(at, add(get(at), get(stride))),
        set(r, add(get(r), int(1))),
      ),
      v.store(add(get(out), get(j)), get(sum)),
      set(j, add(get(j), int(16))),
    ),
  ];
});

/**
 * multiply(x, xStride, m, mStride, out, outStride, rows, bytes): out += x·m lane by lane; `out` may hold zeros, or
 * sums to be added to.
 */
const multiply = define("multiply", ["i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32"], (local) => {
  const [x, xStride, m, mStride, out, outStride, rows, bytes] = [0, 1, 2, 3, 4, 5, 6, 7];
  const [r, j, at] = [local(), local(), local()];
  return [
    set(r, int(0)),
    loopWhile(
      ltS(get(r), get(rows)),
      set(j, int(0)),
      loopWhile(
        ltS(get(j), get(bytes)),
        set(at, add(get(out), get(j))),
        v.store(
          get(at),
          v.add(v.load(get(at)), v.mul(v.load(add(get(x), get(j))), v.load(add(get(m), get(j))))),
        ),
        set(j, add(get(j), int(16))),
      ),
      set(x, add(get(x), get(xStride))),
      set(m, add(get(m), get(mStride))),
      set(out, add(get(out), get(outStride))),
      set(r, add(get(r), int(1))),
    ),
  ];
});

/** relu(x, n): negative lanes become zero. */
const relu = define("relu", ["i32", "i32"], (local) => {
  const [x, n] = [0, 1];
  const k = local();
  return [
    set(k, int(0)),
    loopWhile(
      ltS(get(k), get(n)),
      v.store(get(x), v.max(v.load(get(x)), v.zero)),
      set(x, add(get(x), int(16))),
      set(k, add(get(k), int(4))),
    ),
  ];
});

const FUNCTIONS = [
  gemm("gemm", true),
  gemm("gemmT", false),
  pack,
  lstmForward,
  lstmBackward,
  adam,
  addRow,
  sumRows,
  multiply,
  relu,
];

export type Kernels = {
  readonly gemm: (
    a: number,
    stride: number,
    panels: number,
    c: number,
    ldc: number,
    m: number,
    n: number,
    k: number,
  ) => void;
  readonly gemmT: (
    a: number,
    stride: number,
    panels: number,
    c: number,
    ldc: number,
    m: number,
    n: number,
    k: number,
  ) => void;
  readonly pack: (
    b: number,
    rowStride: number,
    columnStride: number,
    k: number,
    n: number,
    out: number,
    paddedK: number,
  ) => void;
  readonly lstmForward: (
    gates: number,
    gateStride: number,
    previous: number,
    c: number,
    h: number,
    hStride: number,
    rows: number,
    bytes: number,
  ) => void;
  readonly lstmBackward: (
    gates: number,
    gateStride: number,
    previous: number,
    c: number,
    dh: number,
    dhStride: number,
    dc: number,
    rows: number,
    bytes: number,
  ) => void;
  readonly adam: (
    p: number,
    g: number,
    g2: number,
    m: number,
    v: number,
    average: number,
    n: number,
    rate: number,
    b1: number,
    b2: number,
    epsilon: number,
    decay: number,
    scale: number,
  ) => void;
  readonly addRow: (x: number, y: number, stride: number, rows: number, bytes: number) => void;
  readonly sumRows: (x: number, stride: number, rows: number, bytes: number, out: number) => void;
  readonly multiply: (
    x: number,
    xStride: number,
    m: number,
    mStride: number,
    out: number,
    outStride: number,
    rows: number,
    bytes: number,
  ) => void;
  readonly relu: (x: number, n: number) => void;
};

/** Instantiates the kernels over a memory. */
export function createKernels(memory: WebAssembly.Memory, shared = false): Kernels {
  const module = new WebAssembly.Module(assemble(FUNCTIONS, shared));
  // The exports are exactly FUNCTIONS, whose signatures the type above repeats.
  return new WebAssembly.Instance(module, { m: { m: memory } }).exports as unknown as Kernels;
}
