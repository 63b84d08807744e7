import { describe, expect, it } from "vitest";
import { lookUpsOf } from "./head.ts";

/** Look-ups of two columns, then a vector of two; only "harbour" has a vector. */
const network = {
  states: 0,
  input: 4,
  scale: 1,
  fingerprint: 1,
  vectorSpan: [2, 4] as const,
  vector: (form: string) => (form === "harbour" ? new Float32Array([1, 0]) : undefined),
  lookUp: (form: string) => Float32Array.from(form === "harbour" ? [5, 6, 7, 8] : [5, 6, 0, 0]),
};
const centres = Float32Array.from([1, 2, 3, 4]);
const classes = new Map([
  ["harbour", 0],
  ["quarvan", 1],
]);

describe("look-ups of the head", () => {
  it.each([
    ["harbour", [5, 6, 7, 8]],
    ["quarvan", [5, 6, 3, 4]],
    ["zzz", [5, 6, 0, 0]],
  ])("%s: its own vector, else that of its class, else none", (form, values) => {
    expect([...lookUpsOf(network, centres, (f) => classes.get(f))(form)]).toEqual(values);
  });
});
