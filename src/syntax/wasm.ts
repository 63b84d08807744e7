/**
 * A very small WebAssembly assembler: functions built from expression arrays → the bytes of a module that imports
 * one memory. It knows the instructions our kernels use and no more. Encoding after the WebAssembly core
 * specification 2.0 (https://webassembly.github.io/spec/core/binary/) with fixed-width SIMD.
 */

export type Code = readonly number[];
export type ValueType = "i32" | "f32" | "v128";
const TYPE: Readonly<Record<ValueType, number>> = { i32: 0x7f, f32: 0x7d, v128: 0x7b };

function unsigned(value: number): number[] {
  const out: number[] = [];
  let rest = value >>> 0;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    out.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return out;
}

function signed(value: number): number[] {
  const out: number[] = [];
  let rest = value | 0;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    out.push(done ? low : low | 0x80);
    if (done) return out;
  }
}

const f32Bytes = (value: number): number[] => [...new Uint8Array(new Float32Array([value]).buffer)];
const simd = (opcode: number): number[] => [0xfd, ...unsigned(opcode)];
const binary =
  (...opcode: number[]) =>
  (a: Code, b: Code): Code => [...a, ...b, ...opcode];
const unary =
  (...opcode: number[]) =>
  (a: Code): Code => [...a, ...opcode];
const memory =
  (align: number, ...opcode: number[]) =>
  (address: Code, offset = 0): Code => [...address, ...opcode, align, ...unsigned(offset)];
const store =
  (align: number, ...opcode: number[]) =>
  (address: Code, value: Code, offset = 0): Code => [
    ...address,
    ...value,
    ...opcode,
    align,
    ...unsigned(offset),
  ];

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];
export const int = (value: number): Code => [0x41, ...signed(value)];
export const add = binary(0x6a);
export const sub = binary(0x6b);
export const mul = binary(0x6c);
export const shl = binary(0x74);
export const and = binary(0x71);
export const geS = binary(0x4e);
export const ltS = binary(0x48);
export const eq = binary(0x46);
export const loadF32 = memory(2, 0x2a);
export const storeF32 = store(2, 0x38);
export const f32 = (value: number): Code => [0x43, ...f32Bytes(value)];

/** 128-bit operations; lanes are four floats unless the name says otherwise. */
export const v = {
  load: memory(2, ...simd(0x00)),
  load8x8: memory(0, ...simd(0x01)),
  splatLoad: memory(2, ...simd(0x09)),
  store: store(2, ...simd(0x0b)),
  splat: unary(...simd(0x13)),
  const: (value: number): Code => [
    ...simd(0x0c),
    ...f32Bytes(value),
    ...f32Bytes(value),
    ...f32Bytes(value),
    ...f32Bytes(value),
  ],
  add: binary(...simd(0xe4)),
  sub: binary(...simd(0xe5)),
  mul: binary(...simd(0xe6)),
  div: binary(...simd(0xe7)),
  min: binary(...simd(0xea)),
  max: binary(...simd(0xeb)),
  sqrt: unary(...simd(0xe3)),
  gt: binary(...simd(0x44)),
  and: binary(...simd(0x4e)),
  addI32: binary(...simd(0xae)),
  dotI16: binary(...simd(0xba)),
  toFloat: unary(...simd(0xfa)),
  toInt: unary(...simd(0xf8)),
  nearest: unary(...simd(0x6a)),
  narrow: binary(...simd(0x85)),
  storeLow: (address: Code, value: Code, offset = 0): Code => [
    ...address,
    ...value,
    ...simd(0x5b),
    0,
    ...unsigned(offset),
    0,
  ],
  zero: [...simd(0x0c), ...new Array<number>(16).fill(0)] as Code,
} as const;

/** while (condition) body */
export const loopWhile = (condition: Code, ...body: Code[]): Code => [
  0x02,
  0x40,
  0x03,
  0x40,
  ...condition,
  0x45,
  0x0d,
  1,
  ...body.flat(),
  0x0c,
  0,
  0x0b,
  0x0b,
];
export const when = (condition: Code, then: Code, otherwise: Code = []): Code => [
  ...condition,
  0x04,
  0x40,
  ...then,
  ...(otherwise.length > 0 ? [0x05, ...otherwise] : []),
  0x0b,
];

export type FunctionDraft = {
  readonly name: string;
  readonly params: readonly ValueType[];
  readonly locals: ValueType[];
  body: Code;
};

/** A function whose body is built with fresh locals: define("f", ["i32"], (local) => …). */
export function define(
  name: string,
  params: readonly ValueType[],
  build: (local: (type?: ValueType) => number) => readonly Code[],
): FunctionDraft {
  const locals: ValueType[] = [];
  const local = (type: ValueType = "i32"): number => params.length + locals.push(type) - 1;
  const body = build(local).flat();
  return { name, params, locals, body };
}

const section = (id: number, content: readonly number[]): number[] => [
  id,
  ...unsigned(content.length),
  ...content,
];
const vector = (items: readonly (readonly number[])[]): number[] => [
  ...unsigned(items.length),
  ...items.flat(),
];
const text = (value: string): number[] => vector([...new TextEncoder().encode(value)].map((byte) => [byte]));

/** The module's bytes; the memory comes in as import "m"."m", shared between threads when asked. */
export function assemble(functions: readonly FunctionDraft[], shared: boolean): Uint8Array<ArrayBuffer> {
  const types = functions.map((each) => [0x60, ...vector(each.params.map((type) => [TYPE[type]])), 0]);
  const limits = shared ? [0x03, 1, ...unsigned(65536)] : [0x00, 1];
  const code = functions.map((each) => {
    const locals = vector(each.locals.map((type) => [1, TYPE[type]]));
    const content = [...locals, ...each.body, 0x0b];
    return [...unsigned(content.length), ...content];
  });
  return new Uint8Array([
    0x00,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0,
    ...section(1, vector(types)),
    ...section(2, vector([[...text("m"), ...text("m"), 2, ...limits]])),
    ...section(3, vector(functions.map((_, at) => unsigned(at)))),
    ...section(7, vector(functions.map((each, at) => [...text(each.name), 0, ...unsigned(at)]))),
    ...section(10, vector(code)),
  ]);
}
