/**
 * What nobody stands for and the outlet itself refutes in its next sentence: "A headline says 40 were killed. It is wrong."
 * Number and event of the first sentence are then denied by the outlet.
 */
import type { Span } from "../model/index.ts";

/** What carries a statement without anybody standing for it. */
const HEARSAY =
  /\b(?:headlines?|posts?|claims?|rumou?rs?|messages?|leaflets?|hoax|screenshots?|videos? (?:that|which|claiming|saying))\b/i;
const REFUTED =
  /^\s*(?:it|that|this|the (?:claim|figure|number|count|headline|post|message|line|rumou?r))(?:['’]s| is| was) (?:simply |plainly |just |also )?(?:wrong|false|untrue|incorrect|inaccurate|fabricated|made up|fake|a (?:lie|fake|fabrication|hoax)|not (?:true|so|the case|correct|right))\b(?! (?:to|that|for|of)\b)[^,;:.!?\n]{0,40}[.!]/i;

/** Whether a fact of the sentence is hearsay that the sentence after it refutes. */
export const isRefuted = (text: string, sentence: Span, fact: Span): boolean =>
  HEARSAY.test(text.slice(sentence.start, fact.start)) &&
  REFUTED.test(text.slice(sentence.end, sentence.end + 120));
