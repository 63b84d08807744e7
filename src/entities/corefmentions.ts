/**
 * Parsed sentences → candidate mentions for coreference: noun phrases, names and pronouns as spans of words with a head.
 * Span rules follow the UD guidelines as GUM applies them: the head's subtree without its preposition, coordination,
 * appositions and, for predicates, without subject and copula; the possessive 's belongs to the phrase.
 */

export type CorefWord = {
  readonly form: string;
  readonly lemma: string;
  readonly upos: string;
  readonly feats: string;
  readonly head: number;
  readonly deprel: string;
};

export type CorefCandidate = {
  readonly sentence: number;
  /** Words of the sentence, 0-based, half-open. */
  readonly start: number;
  readonly end: number;
  readonly head: number;
  readonly kind: "pronoun" | "name" | "nominal";
};

const OUTSIDE =
  /^(?:cc|mark|cop|nsubj|csubj|expl|aux|punct|discourse|parataxis|orphan|dislocated|vocative|advcl|conj|appos|list|reparandum)(?::|$)/;
const PART_OF_NAME = /^(?:compound|flat|fixed|goeswith|nmod:desc)/;
const RELATIVE = /PronType=Rel/;
const INDEFINITE = /PronType=(?:Ind|Neg|Tot)/;

export function corefCandidates(sentence: number, words: readonly CorefWord[]): CorefCandidate[] {
  const children: number[][] = words.map(() => []);
  words.forEach((w, i) => {
    if (w.head > 0) children[w.head - 1]?.push(i);
  });
  const out: CorefCandidate[] = [];
  words.forEach((word, head) => {
    const relation = word.deprel;
    const nominal =
      word.upos === "NOUN" ||
      word.upos === "PROPN" ||
      (word.upos === "NUM" && /^(?:nsubj|obj|obl|nmod|root|conj|appos)/.test(relation));
    const pronoun =
      word.upos === "PRON" &&
      !RELATIVE.test(word.feats) &&
      !relation.startsWith("expl") &&
      !/^(?:there|what|who|whom|which|whose|where|when|how|that)$/i.test(word.form);
    const demonstrative =
      (word.upos === "PRON" || word.upos === "DET") &&
      /^(?:this|that|these|those)$/i.test(word.form) &&
      /^(?:nsubj|obj|obl|root|conj)/.test(relation) &&
      !RELATIVE.test(word.feats);
    if (!(nominal || pronoun || demonstrative) || PART_OF_NAME.test(relation)) return;
    if (pronoun && INDEFINITE.test(word.feats)) return;
    const predicate = (children[head] ?? []).some((c) => words[c]?.deprel === "cop");
    let start = head;
    let end = head + 1;
    const reach = (i: number): void => {
      start = Math.min(start, i);
      end = Math.max(end, i + 1);
      for (const c of children[i] ?? []) reach(c);
    };
    for (const child of children[head] ?? []) {
      const w = words[child];
      if (!w) continue;
      if (OUTSIDE.test(w.deprel)) continue;
      if (w.deprel === "case" && child < head) continue;
      if (w.deprel === "case" && !/^['’]s?$/.test(w.form)) continue;
      if (w.deprel.startsWith("advmod") && (child > head || predicate)) continue;
      if (predicate && /^(?:obl|advcl|ccomp|xcomp)/.test(w.deprel)) continue;
      reach(child);
    }
    while (end > head + 1 && words[end - 1]?.upos === "PUNCT") end--;
    while (start < head && /^(?:PUNCT|ADP|CCONJ|SCONJ)$/.test(words[start]?.upos ?? "")) start++;
    out.push({
      sentence,
      start,
      end,
      head,
      kind: word.upos === "PRON" || demonstrative ? "pronoun" : word.upos === "PROPN" ? "name" : "nominal",
    });
  });
  return out.sort((a, b) => a.start - b.start || b.end - a.end);
}
