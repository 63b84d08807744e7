import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";

// A treebank of our own making, as small as the trainer takes: form, part of speech, head, relation.
const SENTENCES = [
  "Полиция/NOUN/2/nsubj задержала/VERB/0/root троих/NUM/2/obj ./PUNCT/2/punct",
  "Министр/NOUN/2/nsubj уехал/VERB/0/root вчера/ADV/2/advmod ./PUNCT/2/punct",
  "Город/NOUN/3/nsubj снова/ADV/3/advmod молчит/VERB/0/root ./PUNCT/3/punct",
];
const source = Array.from({ length: 24 }, (_, k) => {
  const words = (SENTENCES[k % SENTENCES.length] ?? "").split(" ");
  const rows = words.map((word, t) => {
    const [form = "", upos, head, relation] = word.split("/");
    const misc = t === words.length - 2 ? "SpaceAfter=No" : "_";
    return [t + 1, form, form.toLowerCase(), upos, "_", "_", head, relation, "_", misc].join("\t");
  });
  const text = words.map((word) => word.split("/")[0]).join(" ");
  return `# text = ${text.replace(" .", ".")}\n${rows.join("\n")}\n`;
}).join("\n");

const folder = mkdtempSync(join(tmpdir(), "dateline-train-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("npm run train", () => {
  it("gives the same bytes for the same seed, and others for another", { timeout: 120_000 }, async () => {
    for (const file of ["ru_taiga-OLD-train.conllu", "ru_taiga-ud-dev.conllu"])
      writeFileSync(join(folder, file), `${source}\n`);
    const weights = async (name: string, seed: number): Promise<Buffer> => {
      const out = join(folder, name);
      mkdirSync(out);
      const main = resolve(import.meta.dirname, "main.ts");
      const flags = { data: folder, lang: "ru", seed, epochs: 2, batch: 30, noise: 0.5, hidden: 16, out };
      await promisify(execFile)(process.execPath, [
        "--import",
        "tsx",
        main,
        ...Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, String(value)]),
      ]);
      return readFileSync(join(out, "ru/syntax.bin"));
    };
    const [first, again, other] = await Promise.all([weights("a", 5), weights("b", 5), weights("c", 6)]);
    expect(first.equals(again)).toBe(true);
    // More than the seed named in the header differs.
    expect(first.filter((byte, k) => byte !== other[k]).length).toBeGreaterThan(1000);
  });
});
