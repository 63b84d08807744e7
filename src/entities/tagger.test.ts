import { describe, expect, it } from "vitest";
import { sentenceFeatures, shapeOf } from "./features.ts";
import { createNameTagger, loadTagger, mayFollow, saveTagger, slotTable, TAGS } from "./tagger.ts";

const tables = { classes: undefined, gazetteer: (forms: readonly string[]) => new Uint16Array(forms.length) };

/** A model that calls every word of the sentence whose features it knows a person. */
function tinyModel(forms: readonly string[]) {
  const hashes = Uint32Array.from(new Set(sentenceFeatures(forms, tables).hashes)).sort();
  const weights = new Int8Array(hashes.length * TAGS.length);
  for (let i = 0; i < hashes.length; i++) weights[i * TAGS.length + 1] = 10;
  return {
    labels: [...TAGS],
    hashes,
    weights,
    scale: 0.1,
    outsideBias: 0,
    transitions: new Float32Array((TAGS.length + 1) * TAGS.length),
  };
}

describe("the tagger", () => {
  it("reads back what it wrote, from a buffer that is part of a larger one", () => {
    const model = tinyModel(["Ada", "spoke"]);
    const bytes = saveTagger(model);
    const shifted = Buffer.concat([Buffer.alloc(3), Buffer.from(bytes)]).subarray(3);
    const loaded = loadTagger(shifted);
    expect(loaded.hashes).toEqual(model.hashes);
    expect([...loaded.weights]).toEqual([...model.weights]);
    expect(loaded.slots).toEqual(slotTable(model.hashes));
  });

  it("decodes only legal sequences", () => {
    const forms = ["Ada", "Byron", "spoke"];
    const model = { ...tinyModel(forms), slots: slotTable(tinyModel(forms).hashes) };
    const [tags = []] = createNameTagger(model, tables).tag([forms]);
    tags.forEach((tag, i) => {
      const before = i === 0 ? -1 : TAGS.indexOf((tags[i - 1] ?? "O") as (typeof TAGS)[number]);
      expect(mayFollow(TAGS, before, TAGS.indexOf(tag as (typeof TAGS)[number]))).toBe(true);
    });
    expect(tags[0]).toBe("B-PER");
  });

  it("refuses a file that is cut short", () => {
    const bytes = saveTagger(tinyModel(["Ada"]));
    expect(() => loadTagger(bytes.subarray(0, bytes.length - 8))).toThrow(RangeError);
    expect(() => loadTagger(new Uint8Array([1, 2, 3]))).toThrow(SyntaxError);
  });

  it.each([
    ["McDonald's", "XxXx'x"],
    ["U.S.", "X.X."],
    ["2022", "9"],
    ["a", "x1"],
  ])("shape of %s is %s", (form, shape) => {
    expect(shapeOf(form)).toBe(shape);
  });
});
