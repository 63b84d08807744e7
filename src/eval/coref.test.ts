import { describe, expect, it } from "vitest";
import { parseConllu } from "./conllu.ts";
import { bestMatching, type CorefMention, countCoref, readChains, scoreCoref } from "./coref.ts";

const m = (n: number): CorefMention => ({ sentence: 0, start: n, end: n + 1 });
const chains = (...sets: number[][]) => sets.map((set) => set.map(m));
const score = (gold: number[][], system: number[][]) =>
  scoreCoref([countCoref(chains(...gold), chains(...system))]);

describe("coreference scores", () => {
  it("are 1 for the same chains", () => {
    expect(
      score(
        [
          [1, 2, 3],
          [4, 5],
        ],
        [
          [4, 5],
          [1, 2, 3],
        ],
      ),
    ).toMatchObject({ muc: 1, b3: 1, ceafe: 1, mean: 1 });
  });

  // The example of Luo 2005, section 3: B³ and MUC as worked there.
  it("agree with the worked example of the literature", () => {
    const gold = [
      [1, 2, 3, 4, 5],
      [6, 7],
      [8, 9, 10, 11, 12],
    ];
    const system = [
      [1, 2, 3, 4, 5],
      [6, 7, 8, 9, 10, 11, 12],
    ];
    const s = score(gold, system);
    expect(s.muc).toBeCloseTo((2 * 0.9 * 1) / 1.9, 3);
    expect(s.b3).toBeCloseTo((2 * 0.762 * 1) / 1.762, 2);
  });

  it("drop singletons on both sides", () => {
    expect(score([[1, 2], [3]], [[1, 2], [4]]).mean).toBe(1);
  });

  it("match chains so that the sum is largest", () => {
    expect(
      bestMatching([
        [1, 5],
        [5, 6],
      ]),
    ).toBe(10);
    expect(bestMatching([[3], [7]])).toBe(7);
    expect(bestMatching([])).toBe(0);
  });
});

describe("chains of a treebank", () => {
  it("are read from Entity=, nested and closed on one word", () => {
    const line = (id: number, form: string, misc: string) =>
      `${id}\t${form}\t${form}\tNOUN\t_\t_\t${id === 1 ? 0 : 1}\t${id === 1 ? "root" : "dep"}\t_\t${misc}`;
    const text = [
      line(1, "Ada", "Entity=(1-person-new-cf1-1-coref"),
      line(2, "of", "_"),
      line(3, "Turin", "Entity=(2-place-new-cf2-1-sgl)1)"),
      line(4, "she", "Entity=(1-person-giv-cf1-1-ana)"),
    ].join("\n");
    const found = readChains(parseConllu(`# sent_id = a\n# text = Ada of Turin she\n${text}\n\n`));
    expect(found).toContainEqual([
      { sentence: 0, start: 0, end: 3 },
      { sentence: 0, start: 3, end: 4 },
    ]);
    expect(found).toContainEqual([{ sentence: 0, start: 2, end: 3 }]);
  });
});
