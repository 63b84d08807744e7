/**
 * A noun of a parsed sentence → an actor or recipient: the smallest phrase that names it, its country and PLOVER sector,
 * pronouns resolved by the document's coreference. Sector comes from the noun itself or from the tables of bodies; a
 * country is given only when the phrase, the entity or, for organs of state, the scene names one.
 */

import { CLASS_WORDS, NATIONAL, type PartyClass, SECTOR_OF } from "../lang/en/parties.ts";
import type { Document, Entity, EntityMention, Party, Quote, Span } from "../model/index.ts";
import { childrenBy, coordinated, headOf, lower, prepositionOf, rel, type Tree } from "./tree.ts";

export type Scene = {
  readonly doc: Document;
  readonly quotes: readonly Quote[];
  /** Country the article is mostly about, when one stands out. */
  readonly mainCountry: string | undefined;
};

export function mainCountry(doc: Document): string | undefined {
  const counts = new Map<string, number>();
  let all = 0;
  for (const m of doc.mentions) {
    const code = doc.entities[m.entity]?.country;
    if (code === undefined || code === "IGO" || m.kind !== "name" || !/^(?:LOC|NAT|ORG|ARMED)$/.test(m.type))
      continue;
    counts.set(code, (counts.get(code) ?? 0) + 1);
    all++;
  }
  const top = [...counts.entries()].sort((a, b) => b[1] - a[1])[0];
  return top !== undefined && top[1] / all >= 0.45 && all >= 2 ? top[0] : undefined;
}

const mentionsIn = (doc: Document, span: Span): EntityMention[] =>
  doc.mentions.filter((m) => m.span.start < span.end && m.span.end > span.start);
const entityOf = (doc: Document, m: EntityMention): Entity | undefined => doc.entities[m.entity];

function spanOf(tree: Tree, i: number): Span {
  const t = tree.tokens[i];
  return { start: t?.start ?? 0, end: t?.end ?? 0 };
}

/** The mention that covers a token, the longest first. */
export function mentionAt(doc: Document, tree: Tree, i: number): EntityMention | undefined {
  return mentionsIn(doc, spanOf(tree, i)).sort(
    (a, b) =>
      Number(b.kind === "name") - Number(a.kind === "name") ||
      b.span.end - b.span.start - (a.span.end - a.span.start),
  )[0];
}

/** Verbs of which an "of" phrase tells the charge or the loss: "accused an agency of fraud". */
const OF_THE_VERB =
  /^(?:accus|suspect|convict|acquit|rob|strip|depriv|warn|inform|remind|notif|guilty|assur|cur|reliev|clear)/;

const GENERALS =
  /^(?:attorney|solicitor|prosecutor|procurator|inspector|surgeon|director|postmaster|governor|auditor|comptroller|secretary)s?$/;
/** The smallest phrase that names the noun: modifiers on its left, the rest of a name, a short "of" phrase; no dates. */
export function phraseOf(tree: Tree, i: number, doc: Document): Span {
  const name = mentionAt(doc, tree, i);
  const isName = name?.kind === "name" && name.type !== "NAT";
  const governor = headOf(tree, i);
  const taken = governor >= 0 && OF_THE_VERB.test(lower(tree, governor));
  let start = tree.tokens[i]?.start ?? 0;
  let end = tree.tokens[i]?.end ?? 0;
  const walk = (at: number): void => {
    for (const c of tree.children[at] ?? []) {
      const relation = rel(tree, c);
      const t = tree.tokens[c];
      if (t === undefined || inTime(doc, tree, c)) continue;
      if (/^(?:compound|amod|nummod|flat|flat:name|nmod:poss|name|goeswith|appos)$/.test(relation)) {
        if (relation === "appos" && !/^PROPN$/.test(t.upos)) continue;
        if (relation === "appos" && c > at + 1) continue;
        if (relation === "amod" && c > at) continue;
        start = Math.min(start, t.start);
        end = Math.max(end, t.end);
        if (relation !== "nmod:poss") walk(c);
        else
          for (const g of tree.children[c] ?? [])
            if (/^(?:compound|amod|flat)$/.test(rel(tree, g)))
              start = Math.min(start, tree.tokens[g]?.start ?? start);
      } else if (relation === "nmod" && c > at && c <= at + 5 && prepositionOf(tree, c) === "of") {
        // "accuses Washington of hostility", "asked half of what drivers pay"
        if (taken || (isName && t.start >= (name?.span.end ?? 0)) || PRONOUN_CLAUSE.test(lower(tree, at + 2)))
          continue;
        end = Math.max(end, t.end);
        walk(c);
      }
    }
  };
  walk(i);
  // "attorneys general": the noun before is the head, whatever the parser says.
  const before = tree.tokens[i - 1];
  if (lower(tree, i) === "general" && before !== undefined && GENERALS.test(lower(tree, i - 1)))
    start = Math.min(start, before.start);
  // "23-year-old man": what is joined by a hyphen stays whole.
  const joined = /[\p{L}\p{N}]+(?:[-‑][\p{L}\p{N}]+)*[-‑]$/u.exec(
    doc.text.slice(Math.max(tree.sentence.start, start - 40), start),
  );
  return { start: start - (joined?.[0].length ?? 0), end };
}

const PRONOUN_CLAUSE = /^(?:what|whom|which|who|how)$/;
/** Heads that count or gather people and leave it to "of" to say whom: "members of the security forces". */
const GATHERS =
  /^(?:members?|representatives?|dozens|scores|hundreds|thousands|tens|group|groups|number|units?|crew|rest|majority|part|ranks|head|heads|some|many|most|several|one|two|three)$/;

function sectorOfNoun(tree: Tree, i: number): string | undefined {
  const head = lower(tree, i);
  const previous = lower(tree, i - 1);
  if (head === "general") {
    if (/^(?:attorney|solicitor|prosecutor|procurator)s?$/.test(previous)) return "JUD";
    if (/^(?:inspector|surgeon|director|postmaster|governor|auditor|comptroller)s?$/.test(previous))
      return "GOV";
    if (previous === "secretary") return undefined;
  }
  // "every house was destroyed": no chamber of a parliament.
  if (head === "house" && tree.tokens[i]?.form === "house" && !/^(?:lower|upper)$/.test(previous))
    return undefined;
  if (GATHERS.test(head)) {
    const whom = childrenBy(tree, i, (r) => r === "nmod").find((c) => prepositionOf(tree, c) === "of");
    const sector = whom === undefined ? undefined : sectorOfNoun(tree, whom);
    if (sector !== undefined) return sector;
  }
  const modifiers = childrenBy(tree, i, (r) => r === "compound" || r === "amod").map((c) => lower(tree, c));
  if (
    /^(?:officials?|chiefs?|spokes\w+|sources?|units?|forces?|leaders?|services?|agents?|commanders?|fighters?|vehicles?|delegations?)$/.test(
      head,
    )
  ) {
    for (const word of modifiers) {
      const sector = SECTOR_OF.get(word);
      if (sector !== undefined && /^(?:COP|MIL|JUD|LEG|REB|SPY|OPP|UAF|GOV)$/.test(sector)) return sector;
      if (word === "security") return "COP";
      if (/^(?:rebel|separatist|taliban|islamist|insurgent)$/.test(word)) return "REB";
    }
  }
  return SECTOR_OF.get(head) ?? SECTOR_OF.get(tree.tokens[i]?.lemma.toLowerCase() ?? "");
}

const ORGANS = /^(?:COP|MIL|GOV|JUD|LEG|SPY|OPP|PTY)$/;
/** "President Trump", "Gen. Haddad": the title before a name. */
function titleSector(tree: Tree, i: number): string | undefined {
  for (const c of tree.children[i] ?? []) {
    if (c > i && !/^flat/.test(rel(tree, c))) continue;
    const word = lower(tree, c).replace(/\.$/, "");
    if (/^(?:gen|col|lt|maj|adm|capt|sgt)$/.test(word)) return "MIL";
    if (/^(?:gov|sec)$/.test(word)) return "GOV";
    if (/^(?:sen|rep)$/.test(word)) return "LEG";
    const sector = SECTOR_OF.get(word);
    if (sector !== undefined && /^(?:GOV|MIL|COP|JUD|LEG)$/.test(sector)) return sector;
  }
  const title = tree.tokens[i - 1]?.form.toLowerCase() ?? "";
  return /^(?:president|chancellor|minister|king|queen)$/.test(title) ? "GOV" : undefined;
}

/** "The soldiers who landed in the country", "troops of the alliance left it": whoever comes to a country is not its own. */
function comesFromAbroad(tree: Tree, i: number, { doc, mainCountry: home }: Scene): boolean {
  const clauses = [headOf(tree, i), ...childrenBy(tree, i, (r) => /^acl/.test(r))].filter((at) => at >= 0);
  return clauses.some(
    (at) =>
      /^(?:land|arriv|leav|left|deploy|enter|sent|send|withdr|com[ei]|came|pull|invad|fly|flew|depart)/.test(
        lower(tree, at),
      ) &&
      childrenBy(tree, at, (r) => /^(?:obj|obl)/.test(r)).some((c) => {
        const place = mentionAt(doc, tree, c);
        const entity = place === undefined ? undefined : entityOf(doc, place);
        return entity?.place?.precision === 6 && entity.country === home;
      }),
  );
}

/** People who belong to the scene: the protesters of a country's protest are its own. */
const LOCALS =
  /^(?:protest\w*|demonstrators?|marchers?|rioters?|residents?|villagers?|civilians?|citizens?|campaigners?|rebels?|separatists?|insurgents?|militants?|journalists?|voters?|workers?|students?|lawmakers?|suspects?)$/;

/** The name a title is borne by: at the end of the phrase, or cut off behind it ("House Speaker" before "Vesna Tarn"). */
function bearerOf(doc: Document, phrase: Span): EntityMention | undefined {
  if (!/(?:^|\s)\p{Lu}[\p{L}.-]*$/u.test(doc.text.slice(phrase.start, phrase.end))) return undefined;
  const inside = mentionsIn(doc, phrase).filter((m) => m.kind === "name" && m.type === "PER");
  // "former security chief Oduya", "the president, Vesna Tarn": the name ends the phrase.
  if (inside.length > 0)
    return inside.length === 1 && inside[0]?.span.end === phrase.end ? inside[0] : undefined;
  return doc.mentions.find(
    (m) =>
      m.kind === "name" &&
      m.type === "PER" &&
      m.span.start > phrase.end &&
      m.span.start <= phrase.end + 2 &&
      /^\.? $/.test(doc.text.slice(phrase.end, m.span.start)),
  );
}

export function partyAt(tree: Tree, i: number, scene: Scene): Party | undefined {
  const { doc, quotes } = scene;
  const t = tree.tokens[i];
  if (t === undefined || /^(?:PUNCT|DET|ADP|SYM|X)$/.test(t.upos)) return undefined;
  if (t.upos === "PRON") return pronounParty(tree, i, scene, quotes);
  const phrase = phraseOf(tree, i, doc);
  const bearer = bearerOf(doc, phrase);
  const head = bearer ?? mentionAt(doc, tree, i);
  const span = { start: phrase.start, end: Math.max(phrase.end, head?.kind === "name" ? head.span.end : 0) };
  const words = doc.text
    .slice(span.start, span.end)
    .replace(/\s+/g, " ")
    .replace(/['’]s?$/, "");
  const named = head?.kind === "name" || head?.kind === "nominal" ? entityOf(doc, head) : undefined;
  const inside = mentionsIn(doc, span);
  const nearby = childrenBy(tree, i, (r) => r === "nmod" || r === "appos").flatMap((c) =>
    mentionsIn(doc, spanOf(tree, c)),
  );
  const country =
    named?.country ??
    [...inside, ...nearby].map((m) => entityOf(doc, m)?.country).find((c) => c !== undefined);
  const own = country ?? NATIONAL.find(([pattern]) => pattern.test(words))?.[1];
  const noun = sectorOfNoun(tree, i);
  const isState =
    named !== undefined &&
    head?.kind === "name" &&
    head.type === "LOC" &&
    (named.place?.precision === 6 || named.country !== undefined);
  const sector =
    head?.kind === "name" && named !== undefined && head.type !== "NAT"
      ? (named.sector ??
        (isState
          ? "GOV"
          : head.type === "ARMED"
            ? (noun ?? "MIL")
            : head.type === "PER"
              ? named.office === undefined
                ? (titleSector(tree, i) ?? (bearer === undefined ? undefined : noun))
                : "GOV"
              : noun))
      : (noun ?? inside.map((m) => entityOf(doc, m)?.sector).find((c) => c !== undefined));
  const fallback =
    own ??
    ((sector !== undefined &&
      ORGANS.test(sector) &&
      head?.kind !== "name" &&
      !comesFromAbroad(tree, i, scene)) ||
    LOCALS.test(lower(tree, i))
      ? scene.mainCountry
      : undefined);
  return {
    words,
    span,
    ...(named === undefined ? {} : { entity: named.key }),
    ...(fallback === undefined ? {} : { country: fallback }),
    ...(sector === undefined ? {} : { sector }),
  };
}

function pronounParty(tree: Tree, i: number, scene: Scene, quotes: readonly Quote[]): Party | undefined {
  const { doc } = scene;
  const word = lower(tree, i);
  const span = spanOf(tree, i);
  if (
    /^(?:who|which|that|what|there|this|these|those|one|himself|themselves|itself|herself|whom|something|nothing)$/.test(
      word,
    )
  )
    return undefined;
  if (/^(?:i|we|us|me)$/.test(word)) {
    const speaker = quotes.find((q) => q.span.start <= span.start && span.end <= q.span.end)?.speaker;
    if (speaker === undefined) return undefined;
    const entity = doc.entities.find((e) => e.name === speaker);
    return {
      words: speaker,
      span,
      ...(entity?.country === undefined ? {} : { country: entity.country }),
      ...(entity?.sector === undefined ? {} : { sector: entity.sector }),
    };
  }
  const mention = doc.mentions.find((m) => m.kind === "pronoun" && m.span.start === span.start);
  const entity = mention === undefined ? undefined : entityOf(doc, mention);
  if (entity === undefined) {
    // "said it seized": the one who speaks, when nothing else is known.
    const quote = quotes.find(
      (q) =>
        q.kind !== "direct" &&
        q.span.start <= span.start &&
        span.end <= q.span.end &&
        span.start - q.span.start < 12,
    );
    if (quote?.speaker === undefined || !/^(?:he|she|it|they)$/.test(word)) return undefined;
    const speaker =
      quote.speakerSpan === undefined
        ? undefined
        : mentionsIn(doc, quote.speakerSpan)
            .map((m) => entityOf(doc, m))
            .find((e) => e !== undefined);
    return {
      words: quote.speaker,
      span,
      ...(speaker?.country === undefined ? {} : { country: speaker.country }),
      ...(speaker?.sector === undefined ? {} : { sector: speaker.sector }),
    };
  }
  const sector =
    entity.sector ?? (entity.type === "LOC" ? "GOV" : entity.office !== undefined ? "GOV" : undefined);
  return {
    words: entity.name,
    span,
    entity: entity.key,
    ...(entity.country === undefined ? {} : { country: entity.country }),
    ...(sector === undefined ? {} : { sector }),
  };
}

/** Whether a word belongs to a date or a clock time. */
export const inTime = (doc: Document, tree: Tree, i: number): boolean => {
  const { start, end } = spanOf(tree, i);
  return doc.times.some((t) => t.span.start <= start && end <= t.span.end);
};

/** The parties a noun phrase names: itself with those joined to it, or, when it is no party ("the government's plan"), its owner. */
export function partiesAt(tree: Tree, i: number | undefined, scene: Scene, things: boolean): Party[] {
  if (i === undefined) return [];
  const found = coordinated(tree, i).flatMap((c) => {
    if (inTime(scene.doc, tree, c)) return [];
    if (fits(tree, c, things ? ["@party", "@thing", "@place"] : ["@party"], scene.doc)) {
      const party = partyAt(tree, c, scene);
      return party === undefined ? [] : [party];
    }
    const owner = childrenBy(tree, c, (r) => r === "nmod:poss" || r === "nmod").find(
      (k) =>
        (rel(tree, k) === "nmod:poss" || prepositionOf(tree, k) === "of") &&
        fits(tree, k, ["@party"], scene.doc),
    );
    const party = owner === undefined ? undefined : partyAt(tree, owner, scene);
    return party === undefined ? [] : [party];
  });
  // "his predecessor, Vesna Tarn", where the parser joined the two.
  return found.filter(
    (p, k) => p.entity === undefined || !found.slice(0, k).some((q) => q.entity === p.entity),
  );
}

const isMoney = (doc: Document, at: number): boolean =>
  /[$€£¥] ?$/.test(doc.text.slice(Math.max(0, at - 2), at)) ||
  /[$€£¥] ?[\d.,]+ $/.test(doc.text.slice(Math.max(0, at - 12), at));

/** Whether a noun belongs to one of the classes that conditions name, or is one of the listed lemmas. */
export function fits(tree: Tree, i: number | undefined, wanted: readonly string[], doc: Document): boolean {
  if (i === undefined) return false;
  const t = tree.tokens[i];
  if (t === undefined) return false;
  const form = lower(tree, i);
  const lemma = t.lemma.toLowerCase();
  return wanted.some((w) => {
    if (!w.startsWith("@")) return form === w || lemma === w;
    const list = CLASS_WORDS[w as PartyClass];
    if (list?.has(form) || list?.has(lemma)) return true;
    const m = mentionAt(doc, tree, i);
    const e = m === undefined ? undefined : entityOf(doc, m);
    switch (w) {
      case "@country":
        return m?.type === "LOC" && e?.place?.precision === 6;
      case "@dignitary":
        return (
          m?.type === "OFFICE" ||
          (m?.type === "PER" &&
            (e?.office !== undefined ||
              e?.sector === "GOV" ||
              childrenBy(tree, i, (r) => r === "compound" || r === "flat").some(
                (c) => SECTOR_OF.get(lower(tree, c).replace(/\.$/, "")) === "GOV",
              )))
        );
      case "@party":
        return (
          m !== undefined ||
          t.upos === "PRON" ||
          (t.upos === "NUM" && !isMoney(doc, t.start)) ||
          t.upos === "PROPN"
        );
      case "@person":
        return (
          (m !== undefined && /^(?:PER|NAT|OFFICE|GROUP)$/.test(m.type)) ||
          (t.upos === "PRON" && !/^(?:it|that|which|this|what)$/.test(form)) ||
          t.upos === "NUM"
        );
      case "@force":
        return m?.type === "ARMED" || /^(?:COP|MIL|REB|UAF)$/.test(e?.sector ?? "");
      case "@official":
        return (
          (m !== undefined && (m.type === "OFFICE" || (m.type === "LOC" && e?.place?.precision === 6))) ||
          (m?.type === "PER" && m !== undefined) ||
          /^(?:GOV|LEG|IGO|JUD|MIL)$/.test(e?.sector ?? "") ||
          /^(?:he|she|they|it|we|i)$/.test(form)
        );
      case "@place":
        return m?.type === "LOC";
      case "@thing":
        return m?.type === "LOC";
      case "@state":
        return (
          (m?.type === "LOC" && e?.country !== undefined) ||
          m?.type === "NAT" ||
          (m?.type !== "PER" && /^(?:MIL|GOV|IGO)$/.test(e?.sector ?? "")) ||
          /^(?:it|north|south|pyongyang|tehran|moscow|washington)$/.test(form)
        );
      case "@legislature":
        return /^(?:LEG|IGO)$/.test(e?.sector ?? "");
      default:
        return false;
    }
  });
}
