/** What stance a statement takes, from its verb and else from its words. */
import type { Cue } from "../lang/en/reporting.ts";
import type { Stance } from "../model/index.ts";

export function stanceOf(cue: Cue | undefined, said: string, direct: boolean): Stance {
  if (cue !== undefined && cue.stance !== "asserts") {
    if (cue.lemma === "ask" && !direct && /^(?:\S+ ){1,6}(?:to|not to) /.test(said)) return "asks";
    return cue.stance;
  }
  if (/\?\s*$/.test(said)) return "asks";
  if (
    /\b(?:no comment|(?:would|will) not (?:comment|give|say|discuss|confirm)|could not comment|not be drawn)\b/i.test(
      said,
    )
  )
    return "declines";
  if (
    /\b(?:must|should|needs? to|has to|have to|ought to|it is time|call(?:ing)? (?:for|on))\b/i.test(said) &&
    !/\bif\b/i.test(said.slice(0, 20))
  )
    return "demands";
  if (
    /^(?:(?:and|but|so) )?(?:we|i)(?:['’]ll| will| shall| are going to|['’]re going to|['’]re not going to| won['’]t| will not| are (?:planning|prepared|determined) to)\b/i.test(
      said,
    )
  )
    return "vows";
  if (
    /^(?:(?:he|she|it|they|we|his|her|its|their)\b(?: \w+){0,3}) (?:would|will)(?: not| never| continue)?\b/i.test(
      said,
    )
  )
    return "vows";
  if (
    /\b(?:consequences|will pay|could (?:lead|prompt|trigger|escalate|spark)|catastroph\w+|risk(?:s|ed)? of|danger(?:ous)? (?:of|that)|price to pay)\b/i.test(
      said,
    )
  )
    return "warns";
  if (
    /\b(?:i|we) (?:never|did not|didn['’]t|have not|had nothing)\b|\b(?:is|are|was|were) (?:false|untrue|not true|a lie|lies|fabricated)\b|\bnot (?:involved|responsible)\b/i.test(
      said,
    )
  )
    return "denies";
  return "asserts";
}

// ---- spans
