import { describe, expect, it } from "vitest";
import { createNameTagger, loadTagger, saveTagger, TAGS } from "../src/entities/tagger.ts";
import { quantise } from "../src/syntax/model.ts";
import { trainHead } from "./entities-head.ts";

/** A network whose look-ups tell words of three kinds apart and whose states tell nothing. */
const kinds = ["ada", "arlen", "said"];
const network = {
  states: 16,
  input: 8,
  scale: 4095,
  fingerprint: 7,
  vector: () => undefined,
  vectorSpan: [4, 8] as const,
  lookUp: (form: string) => Float32Array.from({ length: 8 }, (_, d) => (kinds.indexOf(form) === d ? 1 : 0)),
};
const tables = { classes: undefined, gazetteer: (forms: readonly string[]) => new Uint16Array(forms.length) };
const TAG_OF: Readonly<Record<string, number>> = {
  ada: TAGS.indexOf("B-PER"),
  arlen: TAGS.indexOf("B-LOC"),
  said: 0,
};
const sentences = [["ada", "said", "arlen"], ["said", "ada"], ["arlen", "said", "said", "ada"], ["said"]];
const examples = sentences.map((forms) => ({
  forms,
  traits: new Uint32Array(forms.length),
  states: new Int16Array(forms.length * network.states),
  tags: Uint8Array.from(forms, (f) => TAG_OF[f] ?? 0),
  weight: 1,
}));
const plan = {
  middle: 16,
  hidden: 8,
  epochs: 150,
  rate: 0.01,
  dropout: 0.1,
  batchWords: 20,
  seed: 1,
  pages: 100,
  centres: quantise(new Float32Array(8).fill(0.5), 2, 4),
  classOf: () => undefined,
};

describe("the head", () => {
  const head = trainHead(examples, TAGS, network, plan, () => {});
  const model = {
    labels: [...TAGS],
    hashes: new Uint32Array(0),
    weights: new Int8Array(0),
    scale: 1,
    outsideBias: 0,
    transitions: new Float32Array((TAGS.length + 1) * TAGS.length),
    head: { model: head, share: 0.5, outsideBias: 0 },
  };
  const loaded = loadTagger(saveTagger(model));
  const states = examples.map((e) => e.states);

  it("learns a toy, and tags after saving and loading as it learnt", () => {
    const tagger = createNameTagger(loaded, tables, () => network);
    expect(tagger.tag(sentences, states)).toEqual(
      sentences.map((forms) => forms.map((f) => TAGS[TAG_OF[f] ?? 0])),
    );
  });

  it("is the same for the same seed", () => {
    const again = trainHead(examples, TAGS, network, plan, () => {});
    expect([...(again.matrices.get("W")?.values ?? [])]).toEqual([...(head.matrices.get("W")?.values ?? [])]);
  });

  it("stays silent beside a network it was not learnt on, or without states", () => {
    const plain = sentences.map((forms) => forms.map(() => "O"));
    expect(
      createNameTagger(loaded, tables, () => ({ ...network, fingerprint: 8 })).tag(sentences, states),
    ).toEqual(plain);
    expect(createNameTagger(loaded, tables, () => network).tag(sentences)).toEqual(plain);
  });
});
