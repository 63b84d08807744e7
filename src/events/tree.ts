/** A parsed sentence with its children at hand: subjects, objects and phrases of a verb, through control and relatives. */
import type { Sentence, Token } from "../model/index.ts";

export type Tree = {
  readonly sentence: Sentence;
  readonly tokens: readonly Token[];
  readonly children: readonly (readonly number[])[];
};

export function treeOf(sentence: Sentence): Tree {
  const children: number[][] = sentence.tokens.map(() => []);
  sentence.tokens.forEach((t, i) => {
    if (t.head > 0 && t.head - 1 !== i) children[t.head - 1]?.push(i);
  });
  return { sentence, tokens: sentence.tokens, children };
}

/** False for sentences that were never parsed: every token hangs on nothing. */
export const isParsed = (sentence: Sentence): boolean => sentence.tokens.some((t) => t.head > 0);

/** One tree per sentence; undefined where there is no parse. */
export const treesOf = (sentences: readonly Sentence[]): readonly (Tree | undefined)[] =>
  sentences.map((s) => (isParsed(s) ? treeOf(s) : undefined));

export const token = (tree: Tree, i: number): Token | undefined => tree.tokens[i];
export const lower = (tree: Tree, i: number): string => tree.tokens[i]?.form.toLowerCase() ?? "";
export const rel = (tree: Tree, i: number): string => tree.tokens[i]?.deprel ?? "";
export const headOf = (tree: Tree, i: number): number => (tree.tokens[i]?.head ?? 0) - 1;
export const childrenBy = (tree: Tree, i: number, test: (relation: string) => boolean): number[] =>
  (tree.children[i] ?? []).filter((c) => test(rel(tree, c)));

export function prepositionOf(tree: Tree, i: number): string | undefined {
  const found = childrenBy(tree, i, (r) => r === "case").map((c) => lower(tree, c));
  return found.length === 0 ? undefined : found[0];
}

export type Arguments = {
  readonly subject: number | undefined;
  readonly passive: boolean;
  readonly object: number | undefined;
  readonly agent: number | undefined;
  readonly obliques: readonly { readonly prep: string; readonly at: number }[];
  readonly particles: ReadonlySet<string>;
  readonly xcomp: number | undefined;
};

const isParticiple = (tree: Tree, i: number): boolean =>
  /VerbForm=Part/.test(tree.tokens[i]?.feats ?? "") && !/ing$/.test(lower(tree, i));

/** The noun a relative clause hangs on, when its subject is "who", "that" or "which". */
function relativeHead(tree: Tree, subject: number, verb: number): number {
  if (!/^(?:who|that|which|whom)$/.test(lower(tree, subject))) return subject;
  return /^acl/.test(rel(tree, verb)) ? headOf(tree, verb) : subject;
}

/** The subject a verb takes over from the verb it hangs on. */
function controlled(
  tree: Tree,
  verb: number,
  depth: number,
): { readonly at: number | undefined; readonly passive: boolean } {
  const relation = rel(tree, verb);
  const head = headOf(tree, verb);
  if (head < 0 || depth > 5) return { at: undefined, passive: false };
  if (relation === "conj") {
    const up = argumentsOf(tree, head, depth + 1);
    if (!/^(?:VERB|AUX)$/.test(tree.tokens[head]?.upos ?? "")) return { at: undefined, passive: false };
    const ownAux = childrenBy(tree, verb, (r) => r === "aux:pass").length > 0;
    const sharesAux =
      up.passive && isParticiple(tree, verb) && childrenBy(tree, verb, (r) => r === "obj").length === 0;
    return { at: up.subject, passive: ownAux || sharesAux };
  }
  if (relation === "xcomp") {
    const up = argumentsOf(tree, head, depth + 1);
    return { at: up.object ?? up.subject, passive: false };
  }
  if (relation.startsWith("advcl") || relation === "parataxis") {
    if (
      !/ing$|ed$/.test(lower(tree, verb)) &&
      childrenBy(tree, verb, (r) => r === "mark").every((m) => lower(tree, m) !== "to")
    )
      return { at: undefined, passive: false };
    const up = argumentsOf(tree, head, depth + 1);
    return {
      at: up.subject,
      passive: isParticiple(tree, verb) && childrenBy(tree, verb, (r) => r === "obj").length === 0,
    };
  }
  if (relation === "acl" || relation === "acl:relcl") {
    return {
      at: head,
      passive: isParticiple(tree, verb) && childrenBy(tree, verb, (r) => r === "obj").length === 0,
    };
  }
  return { at: undefined, passive: false };
}

export function argumentsOf(tree: Tree, verb: number, depth = 0): Arguments {
  const kids = tree.children[verb] ?? [];
  const find = (test: (r: string) => boolean): number | undefined => kids.find((c) => test(rel(tree, c)));
  const passSubject = find((r) => r === "nsubj:pass");
  // "Troops are to leave": the parser hangs the subject on the verb as that of an outer clause.
  const active = find((r) => r === "nsubj") ?? find((r) => r === "nsubj:outer");
  const auxPass = kids.some((c) => rel(tree, c) === "aux:pass");
  const own = passSubject ?? active;
  const taken =
    own === undefined ? controlled(tree, verb, depth) : { at: relativeHead(tree, own, verb), passive: false };
  const obliques: { prep: string; at: number }[] = [];
  let agent: number | undefined;
  for (const c of kids) {
    const relation = rel(tree, c);
    if (!/^(?:obl|nmod)/.test(relation) && relation !== "xcomp" && relation !== "ccomp") continue;
    if (/^(?:xcomp|ccomp)$/.test(relation) && prepositionOf(tree, c) === undefined) continue;
    const prep = prepositionOf(tree, c);
    if (prep === undefined) continue;
    if (
      relation === "obl:agent" ||
      (prep === "by" && (passSubject !== undefined || auxPass || taken.passive || isParticiple(tree, verb)))
    )
      agent = agent ?? c;
    else obliques.push({ prep, at: c });
  }
  const particles = new Set(
    kids.filter((c) => /^(?:compound:prt|advmod)$/.test(rel(tree, c))).map((c) => lower(tree, c)),
  );
  const given = find((r) => r === "iobj");
  // "asked residents to stay": whoever is asked is an indirect object; "gave the rebels arms" has both.
  let object = find((r) => r === "obj") ?? given;
  if (given !== undefined && given !== object) obliques.push({ prep: "to", at: given });
  for (const o of obliques) {
    // "killed at least 20 people", "sealed off the town": hedges and particles taken for prepositions.
    const particle = /^(?:off|up|down|out|over|away)$/.test(o.prep);
    if (particle) particles.add(o.prep);
    const after = lower(
      tree,
      tree.tokens.findIndex((t, k) => k > verb && t.form.toLowerCase() === o.prep) + 1,
    );
    const hedge =
      (o.prep === "at" && after === "least") ||
      o.prep === "than" ||
      (o.prep === "up" && after === "to") ||
      (o.prep === "as" && /^(?:many|much)$/.test(after));
    if (object === undefined && (particle || hedge)) object = o.at;
  }
  const passive = passSubject !== undefined || auxPass || (own === undefined && taken.passive);
  return {
    subject: taken.at,
    passive,
    object,
    agent,
    obliques,
    particles,
    // "asked Bell to release": an infinitive after the object, whatever the parser hangs it on as.
    xcomp:
      find((r) => r === "xcomp" || r === "ccomp") ??
      kids.find(
        (c) =>
          c > verb &&
          rel(tree, c) === "advcl" &&
          object !== undefined &&
          c > object &&
          c - object < 4 &&
          childrenBy(tree, c, (r) => r === "mark").some((m) => lower(tree, m) === "to"),
      ),
  };
}

/** A noun with those joined to it by "and" or commas. */
export function coordinated(tree: Tree, i: number): number[] {
  return [
    i,
    ...childrenBy(tree, i, (r) => r === "conj").filter((c) =>
      /^(?:NOUN|PROPN|PRON|NUM|ADJ)$/.test(tree.tokens[c]?.upos ?? ""),
    ),
  ];
}
