/**
 * A sentence and a pair (who, to whom) → the one PLOVER root that fits best among fifteen: the forced choice by which event
 * coders are compared. Takes the coder's own drafts first, then any pattern whose verb or noun stands in the sentence, near
 * the two names. RETREAT counts as CONCEDE. Not used for coding articles: there nothing is forced.
 */
import type { Document, EventType } from "../model/index.ts";
import { draftsOf, type EventDraft } from "./code.ts";
import { mainCountry, type Scene } from "./parties.ts";
import type { EventPatterns } from "./patterns.ts";
import { argumentsOf, isParsed, lower, rel, type Tree, treeOf } from "./tree.ts";

const wordsOf = (text: string): Set<string> => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
function sharedWords(a: string, b: string): number {
  const x = wordsOf(a);
  const y = wordsOf(b);
  let n = 0;
  for (const w of x) if (y.has(w)) n++;
  return x.size + y.size === 0 ? 0 : (2 * n) / (x.size + y.size);
}

/** Nouns and adjectives that speak for a root when no pattern fits: our own short list. */
const HINTS: readonly (readonly [RegExp, EventType])[] = [
  [
    /\b(?:protest|demonstrat|rall(?:y|ied)|march(?:ed|ers)|riot|strike action|hunger strike|boycott)\w*/i,
    "PROTEST",
  ],
  [
    /\b(?:kill|attack|bomb|shell|shoot|shot|assassinat|raid|clash|fight|fought|airstrike|massacre|assault|kidnap|abduct|tortur|beat)\w*/i,
    "ASSAULT",
  ],
  [
    /\b(?:arrest|detain|seiz|curfew|martial law|ban(?:ned)?\b|censor|deport|crackdown|confiscat|restrict|impos)\w*/i,
    "COERCE",
  ],
  [
    /\b(?:sanction|embargo|expel|sever|cut ties|suspend|withdrew (?:its|his) ambassador|halt(?:ed)? (?:aid|talks)|convict|sentenc)\w*/i,
    "SANCTION",
  ],
  [/\b(?:troops|deploy|mobili[sz]|military exercise|on alert|missile test|build-?up)\w*/i, "MOBILIZE"],
  [/\b(?:threat|warn|ultimatum|vow(?:ed)? to|would retaliate)\w*/i, "THREATEN"],
  [/\b(?:reject|refus|veto|den(?:y|ied)|defy|defied|turn(?:ed)? down|rule[sd]? out|oppos)\w*/i, "REJECT"],
  [
    /\b(?:accus|blam|critici|condemn|denounc|alleg|su(?:e|ed|ing)\b|lawsuit|investigat|charg|fault|lash|decr(?:y|ied))\w*/i,
    "ACCUSE",
  ],
  [/\b(?:demand|urg|call(?:ed|s)? (?:on|for)|ask|request|appeal|insist|order)\w*/i, "REQUEST"],
  [/\b(?:aid|humanitarian|donat|provid|loan|grant|asylum|relief|assist|suppl(?:y|ied))\w*/i, "AID"],
  [
    /\b(?:releas|free[ds]?\b|withdr[ae]w|ceasefire|cease-fire|truce|resign|surrender|lift|eas(?:e|ed|ing)\b|pull(?:ed)? out|allow|yield|conced|retreat|step(?:ped)? down|amnesty|return)\w*/i,
    "CONCEDE",
  ],
  [/\b(?:cooperat|joint(?:ly)?|exchang|trade|share|collaborat|extradit)\w*/i, "COOPERATE"],
  [/\b(?:agree|accept|sign|pledg|promis|commit|offer|plan to|willing|deal\b|accord)\w*/i, "AGREE"],
  [/\b(?:meet|met\b|visit|talk|discuss|negotiat|phone|consult|host|mediat|summit)\w*/i, "CONSULT"],
  [
    /\b(?:prais|endors|support|back|recogni|apolog|thank|defend|welcom|congratulat|hail|expressed)\w*/i,
    "SUPPORT",
  ],
];

/** PLOVER's rules for what is only to come or did not come about. */
function settled(draft: EventDraft): EventType {
  const { type, status } = draft;
  if (status === "planned" || status === "hypothetical") {
    if (/^(?:CONSULT|SUPPORT|COOPERATE|AID)$/.test(type)) return "AGREE";
    if (/^(?:PROTEST|ASSAULT|COERCE|SANCTION)$/.test(type) && status === "planned") return "THREATEN";
  }
  if (status === "negated" && /^(?:AGREE|AID|CONSULT|CONCEDE|COOPERATE|SUPPORT|RETREAT)$/.test(type))
    return "REJECT";
  if (status === "attempted" && /^(?:AGREE|CONSULT|CONCEDE)$/.test(type)) return "REJECT";
  return type;
}

const root = (type: EventType): EventType => (type === "RETREAT" ? "CONCEDE" : type);

function vote(scores: Map<EventType, number>, type: EventType, weight: number): void {
  scores.set(root(type), (scores.get(root(type)) ?? 0) + weight);
}

function nearness(tree: Tree, i: number, source: string, target: string): number {
  // The verb stands after the source and before the target as a rule.
  const at = tree.tokens[i]?.start ?? 0;
  const text = tree.tokens.map((t) => t.form.toLowerCase());
  const first = (name: string): number => {
    const w = [...wordsOf(name)];
    const k = text.findIndex((f) => w.includes(f) && f.length > 2);
    return k < 0 ? -1 : (tree.tokens[k]?.start ?? -1);
  };
  const s = first(source);
  const t = first(target);
  return (
    (s >= 0 && s < at ? 0.4 : 0) +
    (t >= 0 && t > at ? 0.4 : 0) -
    (s >= 0 ? Math.min(0.4, Math.abs(at - s) / 250) : 0)
  );
}

export function chooseRoot(
  doc: Document,
  pair: { readonly source: string; readonly target: string },
  patterns: EventPatterns,
): EventType {
  const scene: Scene = { doc, quotes: [], mainCountry: mainCountry(doc) };
  const scores = new Map<EventType, number>();
  for (const sentence of doc.sentences) {
    if (!isParsed(sentence)) continue;
    const tree = treeOf(sentence);
    for (const draft of draftsOf(tree, scene, patterns, false)) {
      const actor = Math.max(0, ...draft.actors.map((p) => sharedWords(p.words, pair.source)));
      const recipient = Math.max(0, ...draft.recipients.map((p) => sharedWords(p.words, pair.target)));
      const turned = Math.max(0, ...draft.actors.map((p) => sharedWords(p.words, pair.target)));
      const verb = draft.rule.startsWith("events/verb");
      const atRoot = rel(tree, draft.trigger) === "root" ? 0.7 : 0;
      vote(
        scores,
        settled(draft),
        (verb ? 0.8 : 0.45) +
          atRoot +
          actor * 1.6 +
          recipient * 1.6 +
          (actor > 0 && recipient > 0 ? 1 : 0) +
          turned * 0.2,
      );
    }
    tree.tokens.forEach((t, i) => {
      if (t.upos === "VERB" || t.upos === "AUX") {
        const { object } = argumentsOf(tree, i);
        const pattern = patterns.verbs.get(lower(tree, i))?.find((p) => {
          const words = p.conditions.get("obj")?.filter((w) => !w.startsWith("@")) ?? [];
          return words.length === 0
            ? !p.conditions.has("prt") && !p.conditions.has("xverb")
            : object !== undefined && words.includes(lower(tree, object));
        });
        if (pattern !== undefined)
          vote(
            scores,
            pattern.type,
            0.35 + nearness(tree, i, pair.source, pair.target) * 0.5 + (t.deprel === "root" ? 0.3 : 0),
          );
      } else if (t.upos === "NOUN") {
        const pattern = patterns.nouns.get(lower(tree, i));
        if (pattern !== undefined)
          vote(scores, pattern.type, 0.25 + nearness(tree, i, pair.source, pair.target) * 0.3);
      }
    });
  }
  for (const [pattern, type] of HINTS) if (pattern.test(doc.text)) vote(scores, type, 0.45);
  const best = [...scores.entries()].sort((a, b) => b[1] - a[1])[0];
  return best?.[0] ?? "CONSULT";
}
