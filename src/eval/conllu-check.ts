/**
 * Checks CoNLL-U text: ten columns, ids in order, ranges that cover words, exactly one root, heads that exist, no
 * cycles, UPOS, relations and features as Universal Dependencies v2 spells them (levels 1 and 2 of the official
 * validator, plus the list of universal relations; language-specific subtypes only need the right form).
 * `validateConllu(source)` → problems found, empty when the text is sound.
 */

const UPOS = new Set(
  "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split(" "),
);
const RELATIONS = new Set(
  `acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated expl fixed
   flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root vocative xcomp`.split(
    /\s+/u,
  ),
);
const FEATURE = /^[A-Z0-9][A-Za-z0-9]*(?:\[[a-z0-9]+\])?=[A-Z0-9][A-Za-z0-9]*(?:,[A-Z0-9][A-Za-z0-9]*)*$/u;
const SUBTYPE = /^[a-z]+(?::[a-z]+)?$/u;

export type ConlluProblem = { readonly line: number; readonly message: string };

function featureProblem(feats: string): string | undefined {
  if (feats === "_") return undefined;
  const parts = feats.split("|");
  const names = parts.map((part) => (part.split("=")[0] ?? "").toLowerCase());
  if (parts.some((part) => !FEATURE.test(part))) return `Malformed features ${feats}`;
  if (names.some((name, k) => k > 0 && name <= (names[k - 1] ?? "")))
    return `Features unsorted or repeated ${feats}`;
  return undefined;
}

function treeProblems(heads: readonly number[]): string[] {
  const problems: string[] = [];
  const roots = heads.filter((head) => head === 0).length;
  if (roots !== 1) problems.push(`${roots} roots`);
  const state = new Uint8Array(heads.length + 1);
  for (let start = 1; start <= heads.length; start++) {
    const path: number[] = [];
    let at = start;
    while (at !== 0 && state[at] === 0) {
      state[at] = 1;
      path.push(at);
      at = heads[at - 1] ?? 0;
    }
    if (at !== 0 && state[at] === 1) problems.push(`Cycle through word ${at}`);
    for (const word of path) state[word] = 2;
  }
  return problems;
}

function wordProblems(fields: readonly string[], expected: number): string[] {
  const [id = "", form = "", lemma = "", upos = "", , feats = "", head = "", deprel = ""] = fields;
  const problems: string[] = [];
  if (id !== String(expected)) problems.push(`Id ${id} where ${expected} was expected`);
  if (form === "" || lemma === "") problems.push("Empty form or lemma");
  if (!UPOS.has(upos)) problems.push(`Unknown part of speech ${upos}`);
  const feature = featureProblem(feats);
  if (feature !== undefined) problems.push(feature);
  if (!/^\d+$/u.test(head)) problems.push(`Head ${head} is no number`);
  if (!SUBTYPE.test(deprel) || !RELATIONS.has(deprel.split(":")[0] ?? ""))
    problems.push(`Unknown relation ${deprel}`);
  if ((head === "0") !== (deprel === "root")) problems.push(`Head ${head} with relation ${deprel}`);
  if (head === id) problems.push("Word is its own head");
  return problems;
}

export function validateConllu(source: string): ConlluProblem[] {
  const problems: ConlluProblem[] = [];
  const lines = source.split("\n");
  let heads: number[] = [];
  let covered = 0;
  let hasText = false;
  if (source !== "" && !source.endsWith("\n\n"))
    problems.push({ line: lines.length, message: "No blank line at the end" });
  lines.forEach((line, index) => {
    const report = (message: string): void => {
      problems.push({ line: index + 1, message });
    };
    if (line.startsWith("#")) {
      if (line.startsWith("# text = ")) hasText = true;
      return;
    }
    if (line === "") {
      if (heads.length === 0 && index < lines.length - 1) report("Empty sentence");
      if (heads.length > 0) {
        if (!hasText) report("No # text comment");
        if (heads.some((head) => head > heads.length)) report("Head outside the sentence");
        else treeProblems(heads).forEach(report);
        if (covered > heads.length) report("Range beyond the sentence");
      }
      heads = [];
      covered = 0;
      hasText = false;
      return;
    }
    const fields = line.split("\t");
    if (fields.length !== 10) {
      report(`${fields.length} columns`);
      return;
    }
    if (fields.some((field) => field === "" || /^\s|\s$/u.test(field)))
      report("Empty field or space at its edge");
    const range = /^(\d+)-(\d+)$/u.exec(fields[0] ?? "");
    if (range !== null) {
      if (
        Number(range[1]) !== heads.length + 1 ||
        Number(range[2]) <= Number(range[1]) ||
        covered > heads.length
      )
        report(`Bad range ${fields[0]}`);
      covered = Number(range[2]);
      return;
    }
    wordProblems(fields, heads.length + 1).forEach(report);
    heads.push(Number(fields[6]));
  });
  return problems;
}
