/**
 * What the parse says of a reporting verb: whether the word is a verb at all, who its subject is, on which side it stands,
 * and where its clause of content begins and ends. Words decide first; the parse settles what words leave open, and
 * without a parse every answer is "unknown".
 */
import type { CueAt, Scene, Unit } from "./quote-scene.ts";
import type { Range } from "./quote-subject.ts";
import { argumentsOf, childrenBy, headOf, lower, rel, type Tree } from "./tree.ts";

export type Parsed = { readonly tree: Tree; readonly at: number };

/** The token of a word. */
export function parsedAt(scene: Scene, word: number): Parsed | undefined {
  const start = scene.context.words[word]?.start;
  const tree = scene.trees[scene.context.sentenceOf[word] ?? -1];
  if (start === undefined || tree === undefined) return undefined;
  const at = tree.tokens.findIndex((t) => t.start <= start && start < t.end);
  return at < 0 ? undefined : { tree, at };
}

/** The word of a token. */
function wordOf(scene: Scene, tree: Tree, at: number, near: Unit): number | undefined {
  const start = tree.tokens[at]?.start;
  if (start === undefined) return undefined;
  const { words } = scene.context;
  for (let i = near.from; i < near.to; i++) {
    const word = words[i];
    if (word !== undefined && word.start <= start && start < word.end) return i;
  }
  return undefined;
}

const isVerb = (p: Parsed): boolean => /^(?:VERB|AUX)$/.test(p.tree.tokens[p.at]?.upos ?? "");

/** "26 states", "the demands", "Trump-branded", "a continuing body": in this sentence the word is no verb, or only qualifies a noun. */
export function isNoVerb(scene: Scene, word: number): boolean {
  const p = parsedAt(scene, word);
  if (p === undefined) return false;
  const relation = rel(p.tree, p.at);
  // "demands an end and calls for aid": what stands beside a verb is one.
  if (relation === "conj" && p.tree.tokens[headOf(p.tree, p.at)]?.upos === "VERB") return false;
  if (!isVerb(p)) return /^(?:NOUN|PROPN|ADJ|NUM|ADP)$/.test(p.tree.tokens[p.at]?.upos ?? "");
  return (
    (relation === "amod" || relation === "compound") &&
    /^(?:DET|ADJ|NUM|PUNCT|ADP|SYM)$/.test(p.tree.tokens[p.at - 1]?.upos ?? "PUNCT")
  );
}

/** "results reported by the paper", "those accused of it": a participle that says what was done to the noun before it. */
export function isPassiveAttribute(scene: Scene, word: number): boolean {
  const p = parsedAt(scene, word);
  if (p === undefined || rel(p.tree, p.at) !== "acl") return false;
  return (
    /VerbForm=Part/.test(p.tree.tokens[p.at]?.feats ?? "") &&
    !/ing$/.test(lower(p.tree, p.at)) &&
    childrenBy(p.tree, p.at, (r) => /^nsubj|^i?obj$|^ccomp$/.test(r)).length === 0
  );
}

/** "approach to reporting", "by calling him thin-skinned", "in asking for a stay": the gerund names an act in passing. */
export function isGerund(scene: Scene, word: number): boolean {
  const p = parsedAt(scene, word);
  if (p === undefined || !/ing$/.test(lower(p.tree, p.at))) return false;
  return childrenBy(p.tree, p.at, (r) => r === "mark" || r === "case").some((c) =>
    /^(?:to|of|from|for|about|without|against|instead|after|before|while)$/.test(lower(p.tree, c)),
  );
}

/** The subject of a reporting verb by the parse, through relatives, control and coordination; undefined when there is none. */
export function subjectToken(scene: Scene, word: number): Parsed | undefined {
  const p = parsedAt(scene, word);
  if (p === undefined || !isVerb(p)) return undefined;
  const args = argumentsOf(p.tree, p.at);
  if (args.passive || args.subject === undefined) return undefined;
  let at = args.subject;
  // "Bell joined the marchers, accusing the mayor": after a comma it is the subject who goes on, not the object.
  if (rel(p.tree, p.at) === "xcomp" && /ing$/.test(lower(p.tree, p.at)) && lower(p.tree, p.at - 1) === ",")
    at = argumentsOf(p.tree, headOf(p.tree, p.at)).subject ?? at;
  // Two subjects of one verb: "The head of the radio, Tom Bell, took …", "Ships sank, experts say": the nearer one.
  const verb = headOf(p.tree, at);
  const dated = (k: number): boolean =>
    scene.input.doc.times.some(
      (t) => t.span.start <= (p.tree.tokens[k]?.start ?? 0) && (p.tree.tokens[k]?.start ?? 0) < t.span.end,
    );
  if (/^nsubj/.test(rel(p.tree, at)))
    at =
      childrenBy(p.tree, verb, (r) => /^nsubj/.test(r))
        .filter((c) => c < verb && !dated(c))
        .at(-1) ?? at;
  // "said Tom Bell, a clerk, who denied …": the clerk is Bell.
  while (rel(p.tree, at) === "appos" && p.tree.tokens[headOf(p.tree, at)]?.upos === "PROPN")
    at = headOf(p.tree, at);
  return /^(?:NOUN|PROPN|PRON|NUM)$/.test(p.tree.tokens[at]?.upos ?? "") ? { tree: p.tree, at } : undefined;
}

/** Whether a name is, or ends with, the subject of a clause. */
export function isSubject(scene: Scene, span: { readonly start: number; readonly end: number }): boolean {
  for (const tree of scene.trees) {
    if (tree === undefined || tree.sentence.end <= span.start || tree.sentence.start > span.start) continue;
    return tree.tokens.some(
      (t, i) => t.start >= span.start && t.end <= span.end && /^nsubj/.test(rel(tree, i)),
    );
  }
  return false;
}

/** The subject of the sentence before: span of its phrase without what follows the head, and the head's word. */
export function subjectOfPrevious(
  scene: Scene,
  at: number,
): { readonly span: { readonly start: number; readonly end: number }; readonly head: string } | undefined {
  const own = scene.trees.findIndex((t) => t !== undefined && t.sentence.start <= at && at < t.sentence.end);
  const tree = own > 0 ? scene.trees[own - 1] : undefined;
  if (tree === undefined) return undefined;
  const root = tree.tokens.findIndex((t) => t.head === 0);
  const subject = root < 0 ? undefined : childrenBy(tree, root, (r) => r === "nsubj")[0];
  const last = subject === undefined ? undefined : tree.tokens[subject];
  if (subject === undefined || last === undefined) return undefined;
  const { first } = edges(tree, subject);
  const start = tree.tokens[Math.min(first, subject)]?.start ?? last.start;
  return { span: { start, end: last.end }, head: last.form.toLowerCase() };
}

/** Whether the subject stands before the verb ("said Bell" has it after); undefined when the parse does not tell. */
export function subjectSide(scene: Scene, word: number): "before" | "after" | undefined {
  const p = parsedAt(scene, word);
  if (p === undefined || !isVerb(p)) return undefined;
  const own = childrenBy(p.tree, p.at, (r) => /^nsubj/.test(r))[0];
  return own === undefined ? undefined : own < p.at ? "before" : "after";
}

function edges(tree: Tree, at: number): { readonly first: number; readonly last: number } {
  let first = at;
  let last = at;
  const walk = (k: number, depth: number): void => {
    first = Math.min(first, k);
    last = Math.max(last, k);
    if (depth < 60) for (const c of tree.children[k] ?? []) walk(c, depth + 1);
  };
  walk(at, 0);
  return { first, last };
}

const OWN = /^(?:det|amod|compound|nummod|nmod:poss|flat|goeswith|case|name)/;
/** The words of a noun phrase up to its first comma: determiner, adjectives, owner, the noun, "of" and "and" phrases after it. */
function phrase(scene: Scene, unit: Unit, tree: Tree, noun: number, before: number): Range | undefined {
  let first = noun;
  const left = (at: number): void => {
    for (const c of tree.children[at] ?? [])
      if (c < at && (at !== noun || (OWN.test(rel(tree, c)) && rel(tree, c) !== "case"))) {
        first = Math.min(first, c);
        left(c);
      }
  };
  left(noun);
  let last = noun;
  for (const c of tree.children[noun] ?? [])
    if (c > noun && /^(?:flat|compound|nmod|conj|nummod)/.test(rel(tree, c)))
      last = Math.max(last, edges(tree, c).last);
  const from = wordOf(scene, tree, first, unit);
  const end = wordOf(scene, tree, last, unit);
  if (from === undefined || end === undefined) return undefined;
  const { words } = scene.context;
  let to = (wordOf(scene, tree, noun, unit) ?? from) + 1;
  while (to <= end && to < before && !/^[,;:()—–]$/.test(words[to]?.text ?? ",") && !scene.view.inSpeech(to))
    to++;
  return { from, to };
}

/** The noun phrase of the subject that stands before the verb, when the words alone found another or none. */
export function subjectBySyntax(
  scene: Scene,
  unit: Unit,
  cue: number,
  range: Range | undefined,
): Range | undefined {
  const verb = parsedAt(scene, cue);
  const found = subjectToken(scene, cue);
  // "That he had to contrive it tells much": a clause speaks, nobody does.
  if (verb !== undefined && childrenBy(verb.tree, verb.at, (r) => r.startsWith("csubj")).length > 0)
    return undefined;
  if (verb === undefined || found === undefined) return range;
  const { tree } = found;
  const own = childrenBy(tree, verb.at, (r) => /^nsubj/.test(r)).length > 0;
  // Without a subject of its own: "to say" and "and said" are left to the words; a "letter accusing" has its writer.
  if (!own && !/^(?:acl:relcl|advcl|xcomp)/.test(rel(tree, verb.at))) return range;
  if (!own && childrenBy(tree, verb.at, (r) => r === "mark").some((c) => lower(tree, c) === "to"))
    return range;
  // "said Bell, one of many who marched, accusing …": whose participle it is the parse does not tell.
  if (!own && rel(tree, verb.at).startsWith("advcl") && rel(tree, headOf(tree, verb.at)) === "acl:relcl")
    return range;
  const noun = wordOf(scene, tree, found.at, unit);
  if (noun === undefined || noun >= cue || scene.view.inSpeech(noun)) return range;
  if (range !== undefined && range.from <= noun && noun < range.to) return range;
  const { words } = scene.context;
  const last = range === undefined ? undefined : words[range.to - 1];
  // A name right before the verb is surer than a tree.
  if (
    last !== undefined &&
    scene.input.doc.mentions.some((m) => m.span.end === last.end && /^(?:PER|ORG|ARMED|OFFICE)$/.test(m.type))
  )
    return range;
  const given = phrase(scene, unit, tree, found.at, cue);
  // "the head of the radio, Tom Bell,": the name says more.
  const name = given !== undefined && words[given.to]?.text === "," ? words[given.to + 1]?.start : undefined;
  const person = scene.input.doc.mentions.find((m) => m.type === "PER" && m.span.start === name);
  if (given !== undefined && person !== undefined) {
    let to = given.to + 1;
    while (to < cue && (words[to]?.end ?? 0) <= person.span.end) to++;
    if (words[to]?.text === ",") return { from: given.to + 1, to };
  }
  // "The Harbour Services, the agency that ran it, says": the description follows the name.
  if (
    range !== undefined &&
    given !== undefined &&
    range.to + 1 === given.from &&
    words[range.to]?.text === ","
  )
    return range;
  return given ?? range;
}

/** "denied it, and Bell says": the second verb stands beside the first, not in what it tells. */
export function isBeside(scene: Scene, word: number, first: number): boolean {
  const p = parsedAt(scene, word);
  const f = parsedAt(scene, first);
  return (
    p !== undefined &&
    f !== undefined &&
    p.tree === f.tree &&
    rel(p.tree, p.at) === "conj" &&
    headOf(p.tree, p.at) === f.at
  );
}

/** Whether a word belongs to the one who is told. */
export function isRecipient(scene: Scene, cue: CueAt, word: number): boolean {
  const p = parsedAt(scene, cue.at);
  const w = parsedAt(scene, word);
  if (p === undefined || w === undefined || p.tree !== w.tree) return false;
  for (let at = w.at, depth = 0; at >= 0 && depth < 20; at = headOf(w.tree, at), depth++)
    if (headOf(w.tree, at) === p.at) return /^(?:i?obj|obl|nmod)/.test(rel(w.tree, at));
  return false;
}

/** The word at which the verb's own clause of content begins: "told the paper [he would go]". */
export function contentStart(scene: Scene, unit: Unit, cue: CueAt): number | undefined {
  const p = parsedAt(scene, cue.at);
  if (p === undefined || !isVerb(p)) return undefined;
  const clause = childrenBy(p.tree, p.at, (r) => r === "ccomp" || r === "xcomp").find((c) => c > p.at);
  if (clause === undefined) return undefined;
  let { first } = edges(p.tree, clause);
  if (first <= p.at) return undefined;
  while (
    first < clause &&
    lower(p.tree, first) === "that" &&
    (p.tree.tokens[first]?.upos === "SCONJ" || p.tree.tokens[first + 1]?.upos === "PUNCT")
  )
    first++;
  return wordOf(scene, p.tree, first, unit);
}

/** Whether a clause hangs on the verb: content of its own beside the speech in marks. */
export function hasContent(scene: Scene, cue: CueAt): boolean | undefined {
  const p = parsedAt(scene, cue.at);
  if (p === undefined || !isVerb(p)) return undefined;
  return childrenBy(p.tree, p.at, (r) => r === "ccomp" || r === "xcomp").some(
    (c) => c > p.at && !/^(?:INTJ|PUNCT)$/.test(p.tree.tokens[c]?.upos ?? ""),
  );
}

/** A stretch that holds a verb says something; a bare noun phrase does not. Undefined without a parse. */
export function holdsVerb(scene: Scene, start: number, end: number): boolean | undefined {
  let parsed = false;
  for (const tree of scene.trees) {
    if (tree === undefined || tree.sentence.end <= start || tree.sentence.start >= end) continue;
    parsed = true;
    if (tree.tokens.some((t) => t.start >= start && t.end <= end && /^(?:VERB|AUX)$/.test(t.upos)))
      return true;
  }
  return parsed ? false : undefined;
}

/**
 * "The plan, which drafters say will save money, passed", "saying he is low on time, and repeated it": what is said inside
 * a relative or adverbial clause ends with that clause. The offset of its end; undefined when the verb heads the sentence,
 * when nothing of the outer clause follows, or when the parse does not tell.
 */
export function clauseEnd(scene: Scene, cue: CueAt): number | undefined {
  const p = parsedAt(scene, cue.at);
  if (p === undefined || !isVerb(p)) return undefined;
  const { tree } = p;
  let at = p.at;
  for (let depth = 0; depth < 12; depth++) {
    const relation = rel(tree, at);
    if (/^(?:acl:relcl|advcl)/.test(relation)) {
      const { first, last } = edges(tree, at);
      if (first > p.at || last <= p.at) return undefined;
      const outer = headOf(tree, at);
      // A trailing clause is left where the outer verb goes on: "…, and repeated".
      const next = tree.tokens.findIndex(
        (t, k) =>
          k > last && /^(?:VERB|AUX)$/.test(t.upos) && headOf(tree, k) === outer && rel(tree, k) === "conj",
      );
      const goesOn =
        next > last && next - last <= 4 && childrenBy(tree, next, (r) => /^nsubj/.test(r)).length === 0;
      if (relation.startsWith("advcl") && last > outer && !goesOn) return undefined;
      const end = tree.tokens[last]?.end ?? 0;
      const around = scene.quoted.find((q) => q.start <= end && end < q.outerEnd);
      return around?.outerEnd ?? end;
    }
    if (!/^(?:ccomp|xcomp|conj)/.test(relation)) return undefined;
    at = headOf(tree, at);
    if (at < 0) return undefined;
  }
  return undefined;
}
