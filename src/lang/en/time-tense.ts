/** English verbs and auxiliaries that tell whether a clause looks back or ahead, for text/times.ts. */
import type { TenseWords } from "../../text/times.ts";

export const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));
const IRREGULAR =
  words(`was were had did said told went came left began held made took gave met won lost shot fell rose hit
  sank broke drove flew spoke wrote saw got put sent brought bought caught fought found kept led paid ran sat stood swore
  threw became grew knew drew struck blew shook quit fled cut set shut let spent built burnt sought taught thought felt
  heard meant read hid rode sold sang slept slid split spread stole stuck swept tore woke withdrew overthrew undertook
  resigned died has have been`);
const NOT_PAST = words(
  "need indeed speed seed feed exceed proceed succeed breed bleed embed shed red bed armed united hundred sacred unprecedented scheduled expected planned set due slated poised",
);
export const TENSE: TenseWords = {
  future:
    words(`will ll shall won due scheduled expected planned plans plan planning set slated going must should may might could can would
    upcoming poised is are aims aim intends intend hopes hope expects expect vows vow prepares preparing forecast ready sought`),
  schedule:
    words(`starts begins opens closes close ends expires runs run arrives returns meets leaves resumes takes comes lasts votes decides
    goes faces travels visits holds`),
  isPast: (word) => (IRREGULAR.has(word) || /[a-z]{2}ed$/.test(word)) && !NOT_PAST.has(word),
  passive: words("be been being get"),
  nouns: words("plan plans hope hopes aim aims forecast vow vows set may visits travels starts ends"),
  determiners: words("a an the his her its their this that no any"),
  infinitive: words("to"),
};
