/** What a clause says of its event: did it happen, and where; from auxiliaries, governing verbs and places nearby. */

import { ASKED, DENIED, IMPLICATIVE, MODAL, PLANNED, TRIED, UNREAL_NOUNS } from "../lang/en/parties.ts";
import type { Article, Document, Entity, Event, Party } from "../model/index.ts";
import { mentionAt } from "./parties.ts";
import { childrenBy, headOf, lower, prepositionOf, rel, type Tree } from "./tree.ts";

export type Status = Event["status"];

/** "how many people were killed": a question takes the event for granted and tells none. */
const asksHowMany = (tree: Tree, i: number): boolean =>
  (rel(tree, i) === "conj" && asksHowMany(tree, headOf(tree, i))) ||
  childrenBy(tree, i, (r) => /^(?:nsubj|obj|obl|ccomp)/.test(r)).some((c) =>
    [c, ...(tree.children[c] ?? [])].some(
      (k) => /^(?:many|much)$/.test(lower(tree, k)) && lower(tree, k - 1) === "how",
    ),
  );

/** "no figure for the number of people killed": a count is spoken of, and no event is told. */
const isOfACount = (tree: Tree, i: number): boolean => {
  if (rel(tree, i) === "conj") return isOfACount(tree, headOf(tree, i));
  const whom = headOf(tree, i);
  if (!/^acl/.test(rel(tree, i)) || whom < 0 || prepositionOf(tree, whom) !== "of") return false;
  return /^(?:number|numbers|total|figure|figures|count|toll|tally|list|share|proportion)$/.test(
    lower(tree, headOf(tree, whom)),
  );
};

const marks = (tree: Tree, i: number, word: string): boolean =>
  childrenBy(tree, i, (r) => r === "mark" || r === "case").some((c) => lower(tree, c) === word);

/** Undefined: the clause is only asked for, ordered, offered or refused, and is no event of its own. */
export function statusOf(tree: Tree, i: number): Status | undefined {
  if (asksHowMany(tree, i) || isOfACount(tree, i)) return undefined;
  // "No group claimed the attack"
  const nobody = childrenBy(tree, i, (r) => /^nsubj/.test(r)).some(
    (c) =>
      /^(?:nobody|none)$/.test(lower(tree, c)) ||
      childrenBy(tree, c, (r) => r === "det").some((d) => /^(?:no|neither)$/.test(lower(tree, d))),
  );
  if (nobody) return "negated";
  let status = "happened" as Status;
  const look = (at: number): void => {
    for (const c of tree.children[at] ?? []) {
      const word = lower(tree, c);
      const relation = rel(tree, c);
      if (relation === "advmod" && /^(?:not|n['’]t|never|no)$/.test(word)) status = "negated";
      if (/^aux/.test(relation)) {
        if (/^(?:will|shall|'ll|’ll|wo|going)$/.test(word) && status !== "negated") status = "planned";
        if (MODAL.has(word) && status !== "negated") status = "hypothetical";
      }
      if (relation === "mark" && /^(?:if|unless|whether)$/.test(word)) status = "hypothetical";
      if (/^(?:mark|case)$/.test(relation) && word === "without") status = "negated";
    }
  };
  look(i);
  if (
    status === "happened" &&
    /ing$/.test(lower(tree, i)) &&
    childrenBy(tree, i, (r) => r === "aux").some((c) => /^(?:is|are|'s|'re|’s|’re|am)$/.test(lower(tree, c)))
  )
    status = "ongoing";
  const infinitive =
    childrenBy(tree, i, (r) => r === "mark").some((c) => lower(tree, c) === "to") ||
    childrenBy(tree, i, (r) => r === "aux").some((c) => lower(tree, c) === "to");
  let at = i;
  for (let depth = 0; depth < 4; depth++) {
    const relation = rel(tree, at);
    const head = headOf(tree, at);
    if (head < 0) break;
    const governor = lower(tree, head);
    if (
      relation === "xcomp" ||
      relation === "ccomp" ||
      relation === "advcl" ||
      relation === "acl" ||
      relation === "csubj" ||
      relation === "obj" ||
      relation === "obl" ||
      relation === "nmod"
    ) {
      if (
        relation === "xcomp" ||
        ((relation === "advcl" || relation === "acl") && infinitive && depth === 0)
      ) {
        // "will stop giving money": what is stopped is not done.
        if (/^(?:stop|ceas|quit|halt)/.test(governor) && /ing$/.test(lower(tree, at))) return "negated";
        if (TRIED.has(governor)) return status === "negated" ? "negated" : "attempted";
        if (/^(?:avoid|refrain)/.test(governor)) return "negated";
        if (/^(?:prevent|deter|avert|risk)/.test(governor)) return undefined;
        if (ASKED.has(governor)) return undefined;
        if (PLANNED.has(governor)) return status === "negated" ? "negated" : "planned";
        if (
          /^(?:ability|right|power|authority|way|plan|decision|bid|effort|effort|attempt|threat|order|call|request|proposal|need|chance|intention|promise|pledge|vote)s?$/.test(
            governor,
          )
        )
          return /^(?:attempt|effort|bid)/.test(governor)
            ? "attempted"
            : /^(?:plan|decision|intention)/.test(governor)
              ? "planned"
              : undefined;
        // "a tunnel built to attack": a purpose is no event.
        if (infinitive && depth === 0 && !IMPLICATIVE.has(governor)) return undefined;
      }
      if (
        relation === "ccomp" &&
        /^(?:demand|urge|insist|suggest|propose|request|recommend)/.test(governor) &&
        !/(?:ed|s)$/.test(lower(tree, at))
      )
        return undefined;
      // "the intent of killing", "fears of striking first": what is only meant or feared.
      if (relation === "acl" && /ing$/.test(lower(tree, at)) && UNREAL_NOUNS.has(governor)) return undefined;
      if (/^(?:advcl|obl|obj)/.test(relation) && /ing$/.test(lower(tree, at)) && depth === 0) {
        if (/^(?:avoid|refrain)/.test(governor)) return "negated";
        // "stopped short of claiming the attack"
        if (/^(?:short|stop)/.test(governor) && marks(tree, at, "of")) return "negated";
        if (/^(?:prevent|deter|avert|stop|keep|kept|ban|bar)/.test(governor) && marks(tree, at, "from"))
          return undefined;
      }
      if (relation === "ccomp" && DENIED.has(governor)) return "negated";
      if (
        (relation === "advcl" || relation === "acl") &&
        childrenBy(tree, at, (r) => r === "mark").some((c) => /^(?:if|unless)$/.test(lower(tree, c)))
      )
        return "hypothetical";
      if (relation === "obl" && /^fail/.test(governor)) return "attempted";
      at = head;
      if (relation === "obj" || relation === "obl" || relation === "nmod") break;
      if (relation === "ccomp") break;
      if (relation === "xcomp") {
        const before: Status = status;
        if (before === "happened") look(head);
      }
      continue;
    }
    if (relation === "conj") {
      if (status === "happened" && depth === 0) {
        const own = childrenBy(tree, i, (r) => /^aux/.test(r)).length > 0;
        if (!own) {
          const shared = (tree.children[head] ?? []).some(
            (c) => /^aux/.test(rel(tree, c)) && (MODAL.has(lower(tree, c)) || lower(tree, c) === "will"),
          );
          if (shared) look(head);
        }
      }
      at = head;
      continue;
    }
    break;
  }
  if (infinitive && status === "happened" && rel(tree, i) === "root") return "planned";
  return status;
}

/** A verb named only as the crime of a conviction or charge. */
export function isCharge(tree: Tree, i: number): boolean {
  const head = headOf(tree, i);
  if (head < 0) return false;
  const marks = childrenBy(tree, i, (r) => r === "mark" || r === "case").map((c) => lower(tree, c));
  return (
    /^(?:accus|suspect|alleg|convict|charg|sentenc|jail|indict|acquit|guilty|trial|imprison|wanted|conviction|charge|charges|suspicion|plead|pleaded|extradit)/.test(
      lower(tree, head),
    ) && marks.some((m) => /^(?:of|for|with|over|on|in)$/.test(m))
  );
}

/** Where: the finest place that stands in or at the clause; never the dateline. */
export function placeOf(tree: Tree, i: number, doc: Document, article: Article): Event["place"] | undefined {
  const seen: { at: number; score: number }[] = [];
  tree.tokens.forEach((t, k) => {
    const m = mentionAt(doc, tree, k);
    if (m === undefined || m.type !== "LOC" || m.kind !== "name") return;
    if (
      article.dateline !== undefined &&
      t.start >= article.dateline.span.start &&
      t.end <= article.dateline.span.end
    )
      return;
    const prep = prepositionOf(tree, k);
    if (
      prep === undefined ||
      !/^(?:in|at|near|outside|inside|around|across|off|on|within|throughout|toward|into)$/.test(prep)
    )
      return;
    const head = headOf(tree, k);
    const near = head === i ? 3 : headOf(tree, head) === i ? 2 : 0;
    if (near === 0 && Math.abs(k - i) > 14) return;
    seen.push({ at: k, score: near - Math.abs(k - i) / 100 });
  });
  const best = seen.sort((a, b) => b.score - a.score)[0];
  if (best === undefined) return undefined;
  const mention = mentionAt(doc, tree, best.at);
  const entity = mention === undefined ? undefined : doc.entities[mention.entity];
  if (mention === undefined || entity === undefined) return undefined;
  return placeFrom(mention.words, entity);
}

const placeFrom = (name: string, entity: Entity): NonNullable<Event["place"]> => {
  const { place } = entity;
  return {
    name,
    ...(entity.country === undefined ? {} : { country: entity.country }),
    ...(place?.admin1 === undefined ? {} : { admin1: place.admin1 }),
    ...(place?.lat === undefined ? {} : { lat: place.lat }),
    ...(place?.lon === undefined ? {} : { lon: place.lon }),
    precision: place?.precision ?? 5,
  };
};

/** "stormed the city hall of Almaty": a building stands where its name says. */
export function placeOfThing(parties: readonly Party[], doc: Document): Event["place"] | undefined {
  for (const { span, entity } of parties) {
    if (span === undefined || entity !== undefined) continue;
    const mention = doc.mentions.find(
      (m) => m.kind === "name" && m.type === "LOC" && m.span.start >= span.start && m.span.end <= span.end,
    );
    const found = mention === undefined ? undefined : doc.entities[mention.entity];
    if (mention !== undefined && found?.place !== undefined && found.place.precision < 6)
      return placeFrom(mention.words, found);
  }
  return undefined;
}

/** The scene of the article: the first place its headline or first sentences name with "in", "at" or "near". */
export function mainPlace(
  trees: readonly Tree[],
  doc: Document,
  article: Article,
): Event["place"] | undefined {
  for (const tree of trees.slice(0, 3)) {
    const root = tree.tokens.findIndex((t) => t.head === 0);
    const found = root < 0 ? undefined : placeOf(tree, root, doc, article);
    if (found !== undefined) return found;
  }
  return undefined;
}
