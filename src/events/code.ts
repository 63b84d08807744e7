/**
 * Article and document → event mentions after PLOVER: one per clause whose verb or noun stands in our pattern tables, with
 * actor and recipient from the dependency tree (subject, object, passive, by-agent, relatives, control), status, time,
 * place, and who says so. Precision first: metaphors, games, films, bare references and crimes named only as a charge are
 * passed over. Needs a parse; a sentence without one gives nothing. Leaves out PLOVER's contexts.
 */

import {
  ACCIDENT,
  CAMPAIGN,
  DELIBERATE,
  NATURAL,
  NOT_NEWS,
  UNREAL_NOUNS,
  UNREAL_VERBS,
  VIOLENT,
} from "../lang/en/parties.ts";
import type { Article, Document, Event, EventType, Party, Quote, Span } from "../model/index.ts";
import { isCharge, mainPlace, placeOf, placeOfThing, type Status, statusOf } from "./circumstances.ts";
import { headlineTree } from "./headline.ts";
import { isRefuted } from "./hearsay.ts";
import { sentenceSpan } from "./input.ts";
import { fits, inTime, mainCountry, mentionAt, partiesAt, phraseOf, type Scene } from "./parties.ts";
import type { EventPatterns, NounPattern, Role, VerbPattern } from "./patterns.ts";
import {
  type Arguments,
  argumentsOf,
  childrenBy,
  headOf,
  lower,
  prepositionOf,
  rel,
  type Tree,
  treesOf,
} from "./tree.ts";
import { shareDays, whenOf } from "./when.ts";

/** Below this a mention is kept in files but not shown. */
export const PUBLISHING_LEVEL = 0.5;

export type CodeInput = {
  readonly article: Article;
  readonly doc: Document;
  readonly quotes: readonly Quote[];
  readonly patterns: EventPatterns;
};

export type EventDraft = {
  readonly trigger: number;
  readonly span: Span;
  readonly type: EventType;
  readonly mode: string | undefined;
  readonly actors: readonly Party[];
  readonly recipients: readonly Party[];
  readonly status: Status;
  readonly confidence: number;
  readonly rule: string;
};

const MATERIAL = new Set<EventType>([
  "ASSAULT",
  "COERCE",
  "PROTEST",
  "MOBILIZE",
  "SANCTION",
  "AID",
  "COOPERATE",
  "RETREAT",
]);
/** Events that, when the sentence names no place, happened where the article is set. */
const SCENIC = new Set<EventType>(["ASSAULT", "PROTEST"]);
const HARM =
  /\b(?:revenge|retaliat\w*|attack\w*|strike|punish\w*|destroy|respond|war|consequences|crush|avenge|fight|force|pay)\b/i;

/** What is called so is condemned: "described the vote as a sham". */
const BLAME =
  /\b(?:crim\w+|illegal|terror\w*|fascis\w*|racis\w*|liars?|lies?|disgrac\w*|sham|shame\w*|violations?|threats?|danger\w*|brutal\w*|barbari\w*|coward\w*|corrupt\w*|coup|fraud\w*|failures?|irresponsible|unacceptable|outrag\w*|traitors?|enem(?:y|ies)|aggress\w*|provocat\w*|plots?|dictator\w*|thugs?|genocid\w*|murder\w*|massacre|reckless|inhuman\w*|hoax|witch hunt|cruel\w*|absurd|hypocri\w*|extremis\w*)\b/i;

/** Events whose recipient may be a place or a thing: what is struck, seized, closed. */
const THINGS_TOO = new Set<EventType>(["ASSAULT", "COERCE", "SANCTION"]);
const parties = (tree: Tree, at: number | undefined, scene: Scene, type?: EventType): Party[] =>
  partiesAt(tree, at, scene, type !== undefined && THINGS_TOO.has(type));

type Bound = {
  readonly subject: number | undefined;
  readonly object: number | undefined;
  readonly passive: boolean;
};

/** Subject and object in meaning: the passive turned round; headlines say "12 arrested" for "12 were arrested". */
function bind(
  tree: Tree,
  i: number,
  args: Arguments,
  headline: boolean,
  transitive: boolean,
  intransitive: boolean,
): Bound {
  const participle = /(?:ed|en|t)$/.test(lower(tree, i)) && !/ing$/.test(lower(tree, i));
  const bare =
    transitive &&
    !args.passive &&
    args.object === undefined &&
    participle &&
    childrenBy(tree, i, (r) => r === "aux").length === 0 &&
    (args.agent !== undefined || headline || args.obliques.some((o) => o.prep === "by"));
  const agent = args.agent ?? args.obliques.find((o) => o.prep === "by")?.at;
  // "Protests erupted", read as a headline's passive: a verb that takes no object has none.
  const mock =
    args.passive &&
    intransitive &&
    agent === undefined &&
    childrenBy(tree, i, (r) => r === "aux:pass").length === 0;
  if (mock) return { subject: args.subject, object: args.object, passive: false };
  // "164 were killed and 8,000 arrested": a number before the second participle is its own subject.
  const counted =
    rel(tree, i) === "conj" && participle && tree.tokens[i - 1]?.upos === "NUM" ? i - 1 : undefined;
  if (args.passive || bare) return { subject: agent, object: counted ?? args.subject, passive: true };
  return { subject: args.subject, object: args.object, passive: false };
}

function holds(
  tree: Tree,
  i: number,
  pattern: VerbPattern,
  args: Arguments,
  bound: Bound,
  doc: Document,
): boolean {
  for (const [key, wanted] of pattern.conditions) {
    switch (key) {
      case "subj":
        if (
          bound.subject === undefined
            ? !bound.passive || wanted.every((w) => !w.startsWith("@"))
            : !fits(tree, bound.subject, wanted, doc)
        )
          return false;
        break;
      case "obj":
        if (!fits(tree, contentOf(tree, bound.object), wanted, doc)) return false;
        break;
      case "noobj":
        if (bound.object !== undefined) return false;
        break;
      case "prt":
        // "set ablaze": an adjective that stands where a particle may.
        if (
          !wanted.some(
            (w) =>
              args.particles.has(w) ||
              childrenBy(tree, i, (r) => r === "xcomp").some((c) => lower(tree, c) === w),
          )
        )
          return false;
        break;
      case "objmod":
        if (
          bound.object === undefined ||
          !childrenBy(tree, bound.object, (r) => r === "amod" || r === "compound").some((c) =>
            wanted.includes(lower(tree, c)),
          )
        )
          return false;
        break;
      case "into":
        if (!fits(tree, ofPreps(tree, args, bound, pattern.frame.preps), wanted, doc)) return false;
        break;
      case "prep":
        if (
          wanted[0] !== "" &&
          !wanted.some((w) => {
            const [prep, noun] = w.split(":");
            return (
              args.obliques.some(
                (o) =>
                  o.prep === prep &&
                  (noun === undefined ? !inTime(doc, tree, o.at) : lower(tree, o.at) === noun),
              ) ||
              (noun === undefined && args.particles.has(prep ?? "")) ||
              (noun === undefined && prep !== "to" && advclPrep(tree, i, prep ?? ""))
            );
          })
        )
          return false;
        break;
      case "xcomp":
        if (args.xcomp === undefined) return false;
        // "asks the group, “How do you …?”" puts a question; a request has an infinitive.
        if (
          pattern.lemma === "ask" &&
          !childrenBy(tree, args.xcomp, (r) => r === "mark" || r === "aux").some(
            (c) => lower(tree, c) === "to",
          )
        )
          return false;
        break;
      case "xverb":
        if (args.xcomp === undefined || !wanted.includes(tree.tokens[args.xcomp]?.lemma.toLowerCase() ?? ""))
          return false;
        break;
      case "noprt":
        if ([...args.particles].some((p) => /^(?:up|out|off|back|away|in|down)$/.test(p))) return false;
        break;
      case "actor":
        if (bound.subject === undefined) return false;
        break;
      case "adjective":
        if (
          tree.tokens[i]?.upos !== "ADJ" ||
          (args.xcomp === undefined && !args.obliques.some((o) => o.prep === "to"))
        )
          return false;
        break;
      case "joint":
        if (
          bound.object === undefined ||
          !childrenBy(tree, bound.object, (r) => r === "amod" || r === "compound").some((c) =>
            /^(?:joint|military|naval)$/.test(lower(tree, c)),
          )
        )
          return false;
        break;
      case "harm":
        if (!HARM.test(clauseText(tree, i, doc))) return false;
        break;
      case "neg":
        if (!BLAME.test(clauseText(tree, i, doc))) return false;
        break;
      case "adj":
        if (!(tree.children[i] ?? []).some((c) => wanted.includes(lower(tree, c)))) return false;
        break;
      case "nocomment":
        if (
          /\b(?:comment|say|answer|discuss|elaborate|identify|speculate)\b/.test(
            clauseText(tree, i, doc).slice(0, 40),
          )
        )
          return false;
        break;
      default:
        break;
    }
  }
  return true;
}

/** "a package of sanctions", "one of the roads", "a state of emergency": what is inside counts. */
function contentOf(tree: Tree, i: number | undefined): number | undefined {
  if (
    i === undefined ||
    !/^(?:package|set|series|round|rounds|wave|raft|number|kind|type|lot|group|form|state|one|some|most|part|parts|several)$/.test(
      lower(tree, i),
    )
  )
    return i;
  return childrenBy(tree, i, (r) => r === "nmod").find((c) => prepositionOf(tree, c) === "of") ?? i;
}

const advclPrep = (tree: Tree, i: number, prep: string): boolean =>
  childrenBy(tree, i, (r) => r === "advcl").some((c) =>
    childrenBy(tree, c, (r) => r === "mark" || r === "case").some((m) => lower(tree, m) === prep),
  );
const clauseText = (tree: Tree, i: number, doc: Document): string =>
  doc.text.slice(tree.tokens[i]?.end ?? 0, Math.min(tree.sentence.end, (tree.tokens[i]?.end ?? 0) + 120));

function ofPreps(tree: Tree, args: Arguments, bound: Bound, preps: ReadonlySet<string>): number | undefined {
  const direct = args.obliques.find((o) => preps.has(o.prep));
  if (direct !== undefined) return direct.at;
  const onObject =
    bound.object === undefined
      ? undefined
      : childrenBy(tree, bound.object, (r) => r === "nmod" || r === "obl").find((c) =>
          preps.has(prepositionOf(tree, c) ?? ""),
        );
  return onObject;
}

const HOSPITAL = /\b(?:hospital|surgery|clinic|discharged)\b/i;
const sentenceText = (tree: Tree, doc: Document): string =>
  doc.text.slice(tree.sentence.start, tree.sentence.end);
/** One side's own exercises make ready; those of two, and joint ones, are cooperation. */
const isOwnDrill = (tree: Tree, noun: number, actors: readonly Party[]): boolean =>
  actors.length < 2 &&
  !childrenBy(tree, noun, (r) => r === "amod" || r === "compound").some((c) => /^joint/.test(lower(tree, c)));

const isReckonedFrom = (tree: Tree, i: number): boolean =>
  childrenBy(tree, i, (r) => r === "mark" || r === "case").some((c) => lower(tree, c) === "since");
const phrase = (tree: Tree, i: number, doc: Document): string => {
  const { start, end } = phraseOf(tree, i, doc);
  return doc.text.slice(start, end);
};

function codeVerb(
  tree: Tree,
  i: number,
  list: readonly VerbPattern[],
  scene: Scene,
  patterns: EventPatterns,
  headline: boolean,
): EventDraft | undefined {
  const { doc } = scene;
  const args = argumentsOf(tree, i);
  for (const pattern of list) {
    const transitive = pattern.frame.kind === "S>O" || pattern.frame.kind === "S+O";
    const bound = bind(
      tree,
      i,
      args,
      headline,
      transitive,
      pattern.conditions.has("noobj") || pattern.frame.kind === "S",
    );
    if (!holds(tree, i, pattern, args, bound, doc)) continue;
    const status = statusOf(tree, i);
    if (status === undefined || isCharge(tree, i)) return undefined;
    let mode = pattern.mode;
    let subject = bound.subject;
    // "Twin explosions killed 20 people": the subject is the event itself, not who did it.
    const eventNoun =
      subject === undefined || tree.tokens[subject]?.upos !== "NOUN"
        ? undefined
        : patterns.nouns.get(lower(tree, subject));
    if (eventNoun !== undefined) {
      if (pattern.type !== "ASSAULT" && pattern.type !== "PROTEST" && pattern.type !== "SANCTION")
        return undefined;
      if (eventNoun.type === pattern.type) mode = mode ?? eventNoun.mode;
      const doer = childrenBy(tree, subject ?? 0, (r) => r === "nmod:poss" || r === "nmod").find(
        (c) => rel(tree, c) === "nmod:poss" || prepositionOf(tree, c) === "by",
      );
      subject = doer;
    }
    const { object } = bound;
    let actors = parties(tree, subject, scene);
    let recipients: Party[] = [];
    const other =
      pattern.frame.preps.size === 0 ? undefined : ofPreps(tree, args, bound, pattern.frame.preps);
    switch (pattern.frame.kind) {
      case "S>O":
        recipients = parties(tree, bound.object, scene, pattern.type);
        break;
      case "S>P":
        recipients = parties(tree, other, scene, pattern.type);
        break;
      case "S+P":
        actors = [...actors, ...parties(tree, other, scene)];
        if (pattern.conditions.has("meet") && bound.object !== undefined)
          actors = [...actors, ...parties(tree, bound.object, scene)];
        break;
      case "S+O":
        actors = [...actors, ...parties(tree, bound.object, scene)];
        break;
      default:
        break;
    }
    if (recipients.length === 0 && pattern.mode === "crowd-control") {
      // "used tear gas to disperse protesters"
      const purpose = childrenBy(tree, i, (r) => r === "advcl" || r === "xcomp").find(
        (c) => tree.tokens[c]?.upos === "VERB",
      );
      if (purpose !== undefined) recipients = parties(tree, argumentsOf(tree, purpose).object, scene);
    }
    if (pattern.type === "MOBILIZE")
      recipients = recipients.filter((p) => p.sector === "GOV" || p.sector === "CVL");
    if (actors.length === 0 && recipients.length === 0 && !pattern.conditions.has("bare")) return undefined;
    // "since the unrest began" reckons from an event and tells none; "terrorists trained abroad" were helped by nobody told of.
    if (actors.length + recipients.length === 0 && isReckonedFrom(tree, i)) return undefined;
    if (pattern.type === "AID" && actors.length === 0 && /^acl/.test(rel(tree, i))) return undefined;
    // "I recognise that he won" sees and supports nobody; who is released from hospital was nobody's prisoner.
    if (
      /^recogni[sz]e$/.test(pattern.lemma) &&
      (args.xcomp !== undefined || object === undefined || tree.tokens[object]?.upos === "PRON")
    )
      return undefined;
    if (pattern.mode === "release" && actors.length === 0 && HOSPITAL.test(sentenceText(tree, doc)))
      return undefined;
    // "When asked about the plans, he said": a question to him. "seized upon the victory": a chance.
    if (
      pattern.lemma === "ask" &&
      tree.tokens[i]?.form === "asked" &&
      !childrenBy(tree, i, (r) => /^nsubj/.test(r)).length &&
      childrenBy(tree, i, (r) => /^(?:mark|advmod)$/.test(r)).some((c) =>
        /^(?:when|if)$/.test(lower(tree, c)),
      )
    )
      return undefined;
    // "shot back at the critics": in words, where nobody is hit.
    if (pattern.lemma === "shoot" && args.particles.has("back")) return undefined;
    if (pattern.lemma === "seize" && args.obliques.some((o) => /^(?:on|upon)$/.test(o.prep)))
      return undefined;
    // "a drumbeat of criticism is hurting him": what is no party and no blow hurts in a figure of speech.
    if (
      bound.subject !== undefined &&
      actors.length === 0 &&
      eventNoun === undefined &&
      /^(?:hurt|harm|damage|injure|wound)$/.test(pattern.lemma) &&
      !VIOLENT.test(phrase(tree, bound.subject, doc))
    )
      return undefined;
    // "The president, who has demonstrated that …"
    if (
      pattern.type === "PROTEST" &&
      pattern.lemma === "demonstrate" &&
      (object !== undefined || args.xcomp !== undefined)
    )
      return undefined;
    // Officials who protest against a treatment say so.
    const verbal =
      pattern.lemma === "protest" &&
      actors.length > 0 &&
      actors.every((p) => p.sector === "GOV" || p.sector === "LEG");
    if (pattern.conditions.has("two") && actors.length < 2) return undefined;
    if (pattern.conditions.has("recipient") && recipients.length === 0) return undefined;
    if (
      pattern.conditions.has("meet") &&
      (actors.length < 2 || (bound.object !== undefined && !fits(tree, bound.object, ["@party"], doc)))
    )
      return undefined;
    const t = tree.tokens[i];
    if (t === undefined) return undefined;
    // An object that is the event ("staged a protest", "imposed sanctions") belongs to the trigger.
    const objectNamed =
      object !== undefined &&
      pattern.conditions.get("obj")?.some((w) => !w.startsWith("@")) === true &&
      pattern.frame.kind !== "S>O";
    const span =
      objectNamed && (tree.tokens[object]?.start ?? 0) > t.start
        ? { start: t.start, end: tree.tokens[object]?.end ?? t.end }
        : { start: t.start, end: t.end };
    let confidence = pattern.confidence;
    if (actors.length === 0) confidence -= 0.1;
    if (recipients.length === 0 && transitive) confidence -= 0.25;
    if (status === "hypothetical" || status === "negated") confidence -= 0.05;
    // Troops that come because they were asked to are aid.
    const invited =
      pattern.type === "MOBILIZE" &&
      pattern.mode === "troops" &&
      args.obliques.some((o) => o.prep === "at" && /^(?:request|invitation|behest)$/.test(lower(tree, o.at)));
    const drill =
      pattern.conditions.has("joint") && other === undefined && isOwnDrill(tree, object ?? i, actors);
    return {
      trigger: i,
      span,
      type: invited ? "AID" : drill ? "MOBILIZE" : verbal ? "ACCUSE" : pattern.type,
      mode: invited ? undefined : drill ? "troops" : verbal ? "disapprove" : mode,
      actors,
      recipients,
      status,
      confidence,
      rule: `events/verb/${pattern.lemma}`,
    };
  }
  return undefined;
}

const NEEDS_RECIPIENT = new Set<EventType>(["ASSAULT", "SANCTION", "ACCUSE", "THREATEN", "COERCE", "AID"]);
const DRAWN = /^(?:drew|draw|won|win|receiv|prompt|spark|met|provok|trigger)/;
const LIGHT =
  /^(?:prompt|trigger|adopt|approv|slap|tighten|expand|extend|renew|launch|carr|conduct|stag|hold|held|mount|impos|beg[iau]n|start|commit|perpetrat|le[ad]d?|organi[sz]|make|made|mak|wag|unleash|resum|attend|announc|declar|sign|open|ordered|issu|order)/;
const SUFFER = /^(?:face|suffer|came under|come under|witness|endure|survive|experienc)/;
/** "is in force", "remains in force", "applies": a measure that holds is a measure taken. */
const HOLDS = /^(?:appl|remain|cover|stay|continu|last|hold)/;
const inForce = (tree: Tree, at: number): boolean =>
  /^(?:force|effect|place)$/.test(lower(tree, at)) && prepositionOf(tree, at) === "in";
const REFERRING = new Set([
  "after",
  "since",
  "before",
  "during",
  "following",
  "despite",
  "amid",
  "until",
  "about",
  "over",
  "because",
  "for",
  "from",
  "with",
  "by",
  "as",
  "than",
  "in",
  "of",
  "on",
]);

/** "the threat of an attack", "simulates an attack", "presses for sanctions": the event is only spoken of. */
function isUnreal(tree: Tree, i: number): boolean {
  const head = headOf(tree, i);
  if (head < 0 || !/^(?:nmod|obl|obj|conj)/.test(rel(tree, i))) return false;
  if (rel(tree, i) === "conj") return isUnreal(tree, head);
  if (/^(?:NOUN|PROPN)$/.test(tree.tokens[head]?.upos ?? "")) return UNREAL_NOUNS.has(lower(tree, head));
  const wanted = UNREAL_VERBS.has(tree.tokens[head]?.lemma.toLowerCase() ?? "");
  return wanted && (rel(tree, i) === "obj" || /^(?:for|against|on)$/.test(prepositionOf(tree, i) ?? ""));
}

function codeNoun(
  tree: Tree,
  i: number,
  pattern: NounPattern,
  scene: Scene,
  taken: ReadonlySet<number>,
): EventDraft | undefined {
  const { doc } = scene;
  const t = tree.tokens[i];
  if (t === undefined || /^(?:compound|amod|flat|nummod)$/.test(rel(tree, i))) return undefined;
  const kids = tree.children[i] ?? [];
  // "a state of emergency": the outer noun stands in the clause.
  const outer = pattern.conditions.get("needof");
  const anchor = outer === undefined ? i : headOf(tree, i);
  if (outer !== undefined && (anchor < 0 || !outer.includes(lower(tree, anchor)))) return undefined;
  if (isUnreal(tree, anchor)) return undefined;
  const bare = pattern.conditions.has("bare");
  const modifiers = kids.filter((c) => /^(?:compound|amod)$/.test(rel(tree, c)));
  const wantedMods = pattern.conditions.get("needmod");
  const wantedPreps = pattern.conditions.get("prep");
  const prepsHere = kids
    .filter((c) => /^(?:nmod|obl)/.test(rel(tree, c)))
    .map((c) => prepositionOf(tree, c) ?? "");
  if (
    wantedMods !== undefined &&
    ![...modifiers, ...ofThings(tree, i)].some(
      (c) =>
        wantedMods.includes(lower(tree, c)) || wantedMods.some((w) => lower(tree, c).startsWith(`${w}-`)),
    ) &&
    !(wantedPreps?.some((p) => prepsHere.includes(p)) ?? false)
  )
    return undefined;
  // "their biggest security threat" is a danger and threatens in no words.
  if (
    pattern.type === "THREATEN" &&
    modifiers.some((c) =>
      /^(?:security|terror\w*|health|flight|existential|growing|serious|real|major|main|\w+est)$/.test(
        lower(tree, c),
      ),
    )
  )
    return undefined;
  const by: Record<Role, number[]> = { A: [], R: [], B: [], P: [], T: [] };
  for (const c of kids) {
    const relation = rel(tree, c);
    if (relation === "nmod:poss") {
      const role = pattern.roles.get("poss");
      if (role !== undefined) by[role].push(c);
      continue;
    }
    if (/^(?:compound|amod)$/.test(relation)) {
      const role = pattern.roles.get("mod");
      // "the Russia probe" is about the land it names, "the Harbin attack" was in the town.
      const mention = mentionAt(doc, tree, c);
      const land = mention?.type === "LOC";
      const town = land && (doc.entities[mention.entity]?.place?.precision ?? 6) < 6;
      if (role === undefined || !fits(tree, c, ["@state", "@force"], doc)) continue;
      if (town) by.P.push(c);
      else if (!land || pattern.mode !== "investigate") by[role].push(c);
      continue;
    }
    if (!/^(?:nmod|obl)/.test(relation)) continue;
    const role = pattern.roles.get(prepositionOf(tree, c) ?? "");
    if (role !== undefined && fits(tree, c, ["@party", "@thing"], doc)) by[role].push(c);
  }
  const governor = headOf(tree, anchor);
  const verb = governor >= 0 && tree.tokens[governor]?.upos === "VERB" ? governor : undefined;
  let lighted = false;
  if (
    bare &&
    governor >= 0 &&
    /^nsubj/.test(rel(tree, anchor)) &&
    (inForce(tree, governor) || (verb !== undefined && HOLDS.test(lower(tree, verb)) && !taken.has(verb)))
  ) {
    lighted = true;
    for (const c of tree.children[governor] ?? [])
      if (/^(?:nmod|obl)/.test(rel(tree, c)) && pattern.roles.get(prepositionOf(tree, c) ?? "") === "P")
        by.P.push(c);
  }
  if (verb !== undefined && taken.has(verb)) return undefined;
  // "Police declared the protest a riot": whoever calls it so takes no part.
  if (
    pattern.type === "PROTEST" &&
    verb !== undefined &&
    /^declar/.test(lower(tree, verb)) &&
    pattern.mode !== "strike" &&
    pattern.mode !== "boycott"
  )
    return undefined;
  if (verb !== undefined && by.A.length === 0) {
    const args = argumentsOf(tree, verb);
    const word = lower(tree, verb);
    if (LIGHT.test(word) && rel(tree, anchor) === "obj") {
      if (args.subject !== undefined && !args.passive && fits(tree, args.subject, ["@party"], doc))
        by.A.push(args.subject);
      lighted = true;
    } else if (LIGHT.test(word) && rel(tree, i) === "nsubj:pass") {
      if (args.agent !== undefined) by.A.push(args.agent);
      lighted = true;
    } else if (DRAWN.test(word) && rel(tree, i) === "obj") {
      const from = args.obliques.find((o) => o.prep === "from");
      if (from !== undefined && fits(tree, from.at, ["@party"], doc)) by.A.push(from.at);
      lighted = by.A.length > 0;
    } else if (SUFFER.test(word) && rel(tree, i) === "obj" && args.subject !== undefined) {
      by.R.push(args.subject);
      lighted = true;
    }
  }
  const named = by.A.length + by.R.length + by.B.length;
  const status =
    verb !== undefined && (lighted || /^nsubj/.test(rel(tree, anchor)))
      ? statusOf(tree, verb)
      : lighted && governor >= 0
        ? statusOf(tree, governor)
        : "happened";
  if (status === undefined) return undefined;
  const need = pattern.conditions.get("need")?.[0];
  if (need === "A" && by.A.length + by.B.length === 0) return undefined;
  if (pattern.type === "CONSULT" && by.B.length < 2 && by.A.length < 1 && !lighted) return undefined;
  const placed = by.P.length > 0 && (pattern.type === "ASSAULT" || pattern.type === "PROTEST");
  // "U.N. sanctions", "sanctions on the banks": a measure that stands is no act; whoever imposes it acts.
  if (pattern.conditions.has("lit") && !lighted) return undefined;
  if (named === 0 && !placed && !(bare && lighted)) return undefined;
  const determiner = kids.find((c) => rel(tree, c) === "det");
  const definite =
    determiner !== undefined && /^(?:the|this|that|these|those|any|no|such)$/.test(lower(tree, determiner));
  const prep = prepositionOf(tree, i);
  const nameless =
    by.A.length + by.B.length === 0 || (NEEDS_RECIPIENT.has(pattern.type) && by.R.length === 0);
  if (definite && !lighted && prep !== undefined && REFERRING.has(prep) && nameless) return undefined;
  const negated =
    (determiner !== undefined && /^no$/.test(lower(tree, determiner))) ||
    (verb !== undefined && /^(?:obj|nsubj)/.test(rel(tree, anchor)) && statusOf(tree, verb) === "negated");
  const actors = [...new Set([...by.A, ...by.B])].flatMap((c) => parties(tree, c, scene));
  const recipients = by.R.flatMap((c) => parties(tree, c, scene, pattern.type));
  if (actors.length + recipients.length === 0 && !(placed && !definite) && !(bare && lighted))
    return undefined;
  const confidence =
    0.55 +
    (lighted ? 0.12 : 0) +
    (actors.length > 0 && recipients.length > 0 ? 0.12 : 0) -
    (definite && !lighted ? 0.06 : 0);
  const own =
    pattern.type === "COOPERATE" &&
    isOwnDrill(tree, i, actors) &&
    !prepsHere.some((p) => p === "with" || p === "between");
  return {
    trigger: i,
    span: { start: t.start, end: t.end },
    type: own ? "MOBILIZE" : pattern.type,
    mode: own ? "troops" : pattern.mode,
    actors,
    recipients,
    status: negated ? "negated" : status,
    confidence,
    rule: `events/noun/${pattern.lemma}`,
  };
}

/** "shot and killed" is one event; "launched an attack, killing 14" is the attack with those killed. */
function merged(tree: Tree, drafts: readonly EventDraft[]): EventDraft[] {
  const gone = new Set<EventDraft>();
  const grown = new Map<EventDraft, Party[]>();
  for (const d of drafts) {
    const head = headOf(tree, d.trigger);
    const partner = drafts.find(
      (o) =>
        o !== d &&
        !gone.has(o) &&
        o.type === d.type &&
        (o.trigger === head || headOf(tree, o.trigger) === head) &&
        o.trigger < d.trigger,
    );
    if (partner === undefined) continue;
    if (
      rel(tree, d.trigger) === "conj" &&
      partner.trigger === head &&
      d.trigger - head <= 3 &&
      d.actors.length <= partner.actors.length
    ) {
      gone.add(d);
      grown.set(partner, [
        ...partner.recipients,
        ...d.recipients.filter((r) => !partner.recipients.some((q) => q.words === r.words)),
      ]);
    } else if (
      /^advcl/.test(rel(tree, d.trigger)) &&
      d.type === "ASSAULT" &&
      /^(?:kill|injur|wound)/.test(lower(tree, d.trigger))
    ) {
      gone.add(d);
      grown.set(partner, [...partner.recipients, ...d.recipients]);
    }
  }
  return drafts.filter((d) => !gone.has(d)).map((d) => ({ ...d, recipients: grown.get(d) ?? d.recipients }));
}

const ofThings = (tree: Tree, i: number): number[] =>
  childrenBy(tree, i, (r) => r === "nmod").filter((c) => prepositionOf(tree, c) === "of");

/** A line in which most words are capitalised, as in headlines. */
const titled = (tree: Tree): boolean => {
  const all = tree.tokens.filter((t) => /^\p{L}{4,}/u.test(t.form));
  return all.filter((t) => /^\p{Lu}/u.test(t.form)).length * 3 > all.length * 2;
};

/** Every draft of one sentence; also what a forced choice for a given pair looks at. */
export function draftsOf(
  parsed: Tree,
  scene: Scene,
  patterns: EventPatterns,
  headline: boolean,
): EventDraft[] {
  const tree = (headline ? headlineTree(parsed, patterns) : undefined) ?? parsed;
  const found: EventDraft[] = [];
  const taken = new Set<number>();
  tree.tokens.forEach((t, i) => {
    const adjective = t.upos === "ADJ" && /^(?:willing|ready|open|reluctant|unwilling)$/i.test(t.form);
    if (
      t.upos !== "VERB" &&
      !adjective &&
      !(headline && /^(?:NOUN|PROPN|ADJ)$/.test(t.upos) && rel(tree, i) === "root")
    )
      return;
    // “Meet the Press”: a capital within a sentence makes a title, not a deed.
    if (
      !headline &&
      i > 0 &&
      /^\p{Lu}\p{Ll}/u.test(t.form) &&
      !/^["“‘']$/.test(tree.tokens[i - 1]?.form ?? "") &&
      !titled(tree)
    )
      return;
    if (
      !headline &&
      /^["“‘']$/.test(tree.tokens[i - 1]?.form ?? "") &&
      /^\p{Lu}/u.test(t.form) &&
      /^\p{Lu}/u.test(tree.tokens[i + 2]?.form ?? "")
    )
      return;
    const list = patterns.verbs.get(t.form.toLowerCase());
    if (list === undefined) return;
    const draft = codeVerb(tree, i, list, scene, patterns, headline);
    if (draft === undefined) return;
    found.push(draft);
    taken.add(i);
  });
  tree.tokens.forEach((t, i) => {
    if (taken.has(i) || (t.upos !== "NOUN" && t.upos !== "PROPN")) return;
    const pattern = patterns.nouns.get(t.form.toLowerCase());
    if (pattern === undefined) return;
    const draft = codeNoun(tree, i, pattern, scene, taken);
    if (draft !== undefined) found.push(draft);
  });
  return merged(tree, found).sort((a, b) => a.span.start - b.span.start);
}

const POLITICAL = /^(?:GOV|MIL|COP|JUD|LEG|SPY|PTY|OPP|REB|UAF|IGO|NGO|JRN|REL|REF|MED|EDU|ELI)$/;
const PUBLIC =
  /\b(?:protest\w*|rebel\w*|militant\w*|terror\w*|gunm[ae]n|bomb\w*|army|troops|police|soldiers?|war|militia\w*|extremis\w*|ethnic|sectarian|regime|government|president|attack\w*|mosque|church|embassy|consulate|parliament|ministry|palace|courthouse|capitol|city hall|town hall|governor|shooting|massacre)\b/i;

function isPublic(draft: EventDraft, sentence: string, article: boolean): boolean {
  if (
    draft.type !== "ASSAULT" ||
    draft.mode === "aerial" ||
    draft.mode === "explosives" ||
    draft.mode === "suicide-attack" ||
    draft.mode === "heavy-weapons"
  )
    return true;
  return (
    [...draft.actors, ...draft.recipients].some((p) => p.sector !== undefined && POLITICAL.test(p.sector)) ||
    article ||
    PUBLIC.test(sentence)
  );
}

/** Deeds whose words also name quarrels of words, courts and markets: "attacks on socialism", "a court battle". */
const QUARREL =
  /^events\/(?:verb|noun)\/(?:attack|assault|strike|fight|fighting|battle|clash|offensive|onslaught|siege|hit|hurt|surround|corner|besiege)$/;
const RECORDER = /\b(?:cctv|cameras?|videos?|footage|photos?|photographs?|pictures?|images?|films?)\b/i;
const FIGHTS = /^(?:MIL|COP|REB|UAF|SPY|CRM)$/;
function isQuarrel(draft: EventDraft, tree: Tree, doc: Document, violent: boolean): boolean {
  // "Trump beats DeSantis", "CCTV captured the man": votes, matches and pictures.
  if (
    draft.rule === "events/verb/beat" &&
    draft.actors.some((p) => p.entity?.startsWith("per:") || p.sector === "PTY")
  )
    return true;
  if (draft.rule === "events/verb/capture" && draft.actors.some((p) => RECORDER.test(p.words))) return true;
  if (!QUARREL.test(draft.rule) || violent) return false;
  const sides = [...draft.actors, ...draft.recipients];
  if (sides.some((p) => p.sector !== undefined && FIGHTS.test(p.sector))) return false;
  // "Israel strikes Gaza": lands at war.
  const land = (p: Party): boolean => p.entity?.startsWith("loc:") === true || p.sector === "GOV";
  if (
    draft.actors.length > 0 &&
    draft.recipients.length > 0 &&
    draft.actors.every((p) => p.entity?.startsWith("loc:")) &&
    draft.recipients.every(land)
  )
    return false;
  const before = doc.text.slice(tree.sentence.start, draft.span.start);
  const after = doc.text.slice(draft.span.end, tree.sentence.end);
  return !VIOLENT.test(before) && !VIOLENT.test(after);
}

/** "held a rally with Sanders", "rally around the nominee", "gathered for a vigil": crowds that protest against nothing. */
function isRally(draft: EventDraft, text: string): boolean {
  if (
    draft.type !== "PROTEST" ||
    !/\/(?:rally|hold|stage|gather|assemble|converge|congregate|march)$/.test(draft.rule)
  )
    return false;
  if (/\b(?:protest\w*|demonstrat\w*|against|demand\w*|denounc\w*|rights|justice|coup|police)\b/i.test(text))
    return false;
  return (
    CAMPAIGN.test(text) ||
    (!draft.rule.endsWith("march") &&
      draft.actors.length > 0 &&
      draft.actors.every((p) => p.entity?.startsWith("per:") === true || p.sector === "PTY"))
  );
}

/**
 * "Ortiz said the council must resign": who says in public that another party must do a thing, demands it. Only where both
 * are named sides and the one who speaks speaks for a state, a house, a party or a body.
 */
function demandIn(tree: Tree, quote: Quote, scene: Scene): EventDraft | undefined {
  const { doc } = scene;
  if (quote.stance !== "demands" || quote.cue === undefined || quote.speakerSpan === undefined)
    return undefined;
  if (!/^(?:said|says|say|saying|added|adding|insist\w*|stress\w*|argu\w*|told)$/i.test(quote.cue.words))
    return undefined;
  const inside = (i: number | undefined): boolean => {
    const t = i === undefined ? undefined : tree.tokens[i];
    return t !== undefined && t.start >= quote.span.start && t.end <= quote.span.end;
  };
  const verb = tree.tokens.findIndex(
    (t, i) =>
      inside(i) &&
      /^(?:VERB|AUX|ADJ)$/.test(t.upos) &&
      childrenBy(tree, i, (r) => r === "aux").some((c) => /^(?:must|should)$/.test(lower(tree, c))) &&
      childrenBy(tree, i, (r) => r === "mark").every((c) => lower(tree, c) === "that"),
  );
  const subject = childrenBy(tree, verb, (r) => /^nsubj/.test(r)).find(inside);
  const speakerAt = tree.tokens.findIndex(
    (t) =>
      t.start >= (quote.speakerSpan?.start ?? 0) &&
      t.end === quote.speakerSpan?.end &&
      /^(?:NOUN|PROPN)$/.test(t.upos),
  );
  if (verb < 0 || subject === undefined || speakerAt < 0) return undefined;
  const [target] = fits(tree, subject, ["@party"], doc) ? parties(tree, subject, scene) : [];
  const [actor] = parties(tree, speakerAt, scene);
  const side = (p: Party | undefined): p is Party =>
    p !== undefined && (p.country !== undefined || p.entity !== undefined) && p.sector !== undefined;
  if (!side(target) || !side(actor) || !/^(?:GOV|LEG|IGO|MIL|PTY|OPP|REB|JUD)$/.test(actor.sector ?? ""))
    return undefined;
  if (target.entity !== undefined && target.entity === actor.entity) return undefined;
  if (tree.tokens[subject]?.upos === "PRON") return undefined;
  const t = tree.tokens[verb];
  if (t === undefined) return undefined;
  return {
    trigger: verb,
    span: { start: t.start, end: t.end },
    type: "REQUEST",
    mode: "change",
    actors: [actor],
    recipients: [target],
    status: "happened",
    confidence: 0.6,
    rule: "events/modal/must",
  };
}

/** "dismissed him": a pronoun that leads back to the one who acts was read wrongly. */
const samePerson = (a: Party, b: Party): boolean =>
  a.entity !== undefined && a.entity === b.entity && a.entity.startsWith("per:");

/** "ruled out talks with those who had attacked": what a relative clause tells is taken for granted, not denied. */
function presupposed(tree: Tree, i: number, within: Span): boolean {
  let at = i;
  for (let depth = 0; depth < 8 && at >= 0; depth++) {
    const head = headOf(tree, at);
    if (/^acl/.test(rel(tree, at)) && (tree.tokens[head]?.start ?? -1) >= within.start) return true;
    at = head;
  }
  return false;
}

export function codeEvents({ article, doc, quotes, patterns }: CodeInput): Event[] {
  const events: Event[] = [];
  const scene: Scene = { doc, quotes, mainCountry: mainCountry(doc) };
  const context = { text: doc.text, words: [], sentenceOf: [], sentences: doc.sentences };
  // Whether the article as a whole is about public violence: its headline and first lines say so more than once.
  const publicArticle = (doc.text.slice(0, 900).match(new RegExp(PUBLIC, "gi")) ?? []).length >= 3;
  const violentArticle = (doc.text.slice(0, 900).match(new RegExp(VIOLENT, "gi")) ?? []).length >= 3;
  const naturalArticle = !violentArticle && NATURAL.test(doc.text.slice(0, 600));
  const trees = treesOf(doc.sentences);
  const scenePlace = mainPlace(
    trees.filter((t) => t !== undefined),
    doc,
    article,
  );
  trees.forEach((tree, n) => {
    if (tree === undefined) return;
    const { sentence } = tree;
    const text = doc.text.slice(sentence.start, sentence.end);
    if (NOT_NEWS.test(text)) return;
    // "TOP COURT STRIKES BACK, REPORT SAYS" within a text points to another article.
    if (n > 0 && sentence.paragraph > 0 && /\p{Lu}{4}/u.test(text) && !/\p{Ll}/u.test(text)) return;
    const headline = n === 0 || (sentence.paragraph === 0 && sentence.end <= article.title.length + 2);
    const drafts = draftsOf(tree, scene, patterns, headline);
    for (const quote of quotes) {
      if (quote.kind === "direct" || quote.span.start < sentence.start || quote.span.end > sentence.end)
        continue;
      const draft = demandIn(tree, quote, scene);
      // The statement itself is the act: it is the outlet that tells of it.
      if (draft !== undefined && !drafts.some((d) => d.trigger === draft.trigger)) drafts.push(draft);
    }
    drafts.sort((a, b) => a.span.start - b.span.start);
    for (const draft of drafts) {
      if (!isPublic(draft, text, publicArticle) || isRally(draft, text)) continue;
      // "Every house was destroyed" by a wave, "killed when his car left the road": nobody's doing.
      if (draft.type === "ASSAULT" && draft.actors.length === 0) {
        const scenery = `${article.title}. ${text}`;
        const natural = naturalArticle || NATURAL.test(scenery);
        if (natural || (ACCIDENT.test(scenery) && !DELIBERATE.test(scenery))) continue;
      }
      if (isQuarrel(draft, tree, doc, violentArticle)) continue;
      const modal = draft.rule === "events/modal/must";
      const refuted = isRefuted(doc.text, sentence, draft.span);
      const quote = quotes
        .filter((q) => !modal && !refuted && q.span.start <= draft.span.start && draft.span.end <= q.span.end)
        .sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0];
      // "Interior ministry: 26 killed": who stands before the colon says it and does nothing else.
      const said = (p: Party): boolean =>
        quote?.rule !== "quotes/colon" ||
        p.span === undefined ||
        (p.span.start >= quote.span.start && p.span.end <= quote.span.end);
      const claimant =
        draft.rule === "events/verb/claim" && !refuted && draft.status !== "negated"
          ? draft.actors[0]?.words
          : undefined;
      const material = MATERIAL.has(draft.type);
      const claimed = quote !== undefined || claimant !== undefined;
      const { happened, background, planned } = whenOf(tree, draft.trigger, doc, article, draft.status);
      const here =
        SCENIC.has(draft.type) && draft.status !== "planned" && draft.status !== "hypothetical" && !background
          ? scenePlace
          : undefined;
      const thing = THINGS_TOO.has(draft.type) ? placeOfThing(draft.recipients, doc) : undefined;
      const place = material ? (thing ?? placeOf(tree, draft.trigger, doc, article) ?? here) : undefined;
      const certainty =
        /\b(reportedly|allegedly|probably|apparently|suspected|possibly|believed|likely)\b/i.exec(text)?.[1];
      const speaker = claimant ?? quote?.speaker;
      events.push({
        id: `${article.id}.e${events.length + 1}`,
        articleId: article.id,
        span: draft.span,
        words: doc.text.slice(draft.span.start, draft.span.end),
        sentence: sentenceSpan(context, draft.span),
        assertion: claimed
          ? quote?.stance === "denies" && !presupposed(tree, draft.trigger, quote.span)
            ? "denied"
            : "claimed"
          : refuted
            ? "denied"
            : article.genre === "opinion" && draft.status === "hypothetical"
              ? "opinion"
              : "reported",
        voice: claimed
          ? "speaker"
          : article.genre === "opinion" || article.genre === "analysis"
            ? "author"
            : "outlet",
        ...(claimed && speaker !== undefined ? { speaker } : {}),
        ...(quote?.speakerSpan === undefined ? {} : { speakerSpan: quote.speakerSpan }),
        ...(quote?.via === undefined ? {} : { via: quote.via }),
        ...(certainty === undefined ? {} : { certainty }),
        rule: draft.rule,
        pipeline: article.pipeline,
        eventType: draft.type,
        ...(draft.mode === undefined ? {} : { mode: draft.mode }),
        context: [],
        actor: draft.actors.filter(said),
        recipient: draft.recipients.filter((p) => said(p) && !draft.actors.some((a) => samePerson(a, p))),
        ...(happened === undefined ? {} : { happened }),
        ...(place === undefined ? {} : { place }),
        status: planned === true ? "planned" : draft.status,
        background,
        confidence: Math.max(0, Math.min(1, Math.round(draft.confidence * 100) / 100)),
      });
    }
  });
  return shareDays(events);
}
