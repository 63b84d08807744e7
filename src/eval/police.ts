/**
 * Sentences on police conduct → F1 per label: KILL, ARREST, FORCE (used), FAIL (to act) and ANY_ACTION, after Halterman et
 * al. (2021), whose set only measures here. Labels are read from coded events and a few words, sentence by sentence.
 */
import type { Event } from "../model/index.ts";

export const POLICE_LABELS = ["KILL", "ARREST", "FORCE", "FAIL", "ANY_ACTION"] as const;
export type PoliceLabel = (typeof POLICE_LABELS)[number];
export type PoliceSentence = {
  readonly doc_id: number;
  readonly sent_id: number;
  readonly sent_text: string;
  readonly sent_labels?: readonly string[];
};

const POLICE =
  /\b(?:police\w*|cops?|constables?|jawans?|crpf|rpf|rapid action force|raf|paramilitary|security (?:forces?|personnel)|army|forces?|troops|commissioner|inspector|sub-inspector|sho|dgp|officers?|authorities|administration|personnel|contingents?|guards|commandos|cbi)\b/i;
const KILL =
  /\b(?:killed|shot dead|died|dead|deaths?)\b[^.]{0,60}\b(?:police (?:firing|bullets?|encounter|custody)|in (?:the )?(?:firing|encounter)|firing by (?:the )?police|custod)\b|\bpolice (?:firing|encounter)s?\b[^.]{0,80}\b(?:kill|dead|died|death)|\b(?:police|cops|army|troops|jawans|forces)\b[^.]{0,30}\b(?:killed|shot dead|gunned down)\b|\b(?:killed|shot dead|gunned down) (?:by|in) (?:the )?(?:police|army|security forces|crpf)/i;
const ARREST =
  /\b(?:arrest(?:s|ed|ing)?|nabbed|nab|detain(?:s|ed|ing)?|rounded up|took into custody|taken into custody|in custody|apprehended|picked up|remanded)\b/i;
const FORCE =
  /\b(?:lathi[- ]?charg\w*|lathi|baton[- ]?charg\w*|cane[- ]?charg\w*|tear[- ]?gas\w*|teargas\w*|opened fire|open(?:ing)? fire|police firing|fired (?:in the air|at|on|upon|several|\d+|rounds|shots)|burst(?:ing)? (?:tear|shells)|rubber bullets|plastic bullets|water cannons?|beat(?:en|ing)? up|resort(?:ed|ing)? to (?:firing|force|lathi|caning)|fired|firing by)\b/i;
const FAIL =
  /\b(?:police|cops?|force|authorities|administration|personnel|officers?|government|state machinery)\b[^.]{0,90}\b(?:failed|failure|failing|did not|didn't|refus\w+|mute|spectators?|bystanders?|silent|inaction|inactive|no action|did nothing|do nothing|nowhere|absent|absence|late|ignored|unable|allowed|connivance|turned a blind eye|reluctan\w+|looked on|standing by|stood by|not (?:register|arrest|act|taken|come|respond|lodge)\w*|watch(?:ed|ing))\b|\b(?:inaction|failure|mute spectators?|negligence|complicity|absence) (?:of|by|on the part of) (?:the )?(?:local |state )?(?:police|administration|force|authorities)\b|\bno (?:police|policeman|policemen|cop|action)\b/i;
const ACTION =
  /\b(?:deploy\w*|patrol\w*|curfew|prohibitory|section 144|search(?:ed|es|ing)?|raid(?:ed|s|ing)?|seiz(?:ed|es|ing)|recover(?:ed|ing)|regist(?:er|ered|ering) (?:a |an )?(?:case|fir|complaint)|fir\b|lodged|chargesheet|charge-sheet|dispers\w*|flag march|cordon\w*|evacuat\w*|rescu\w*|investigat\w*|stop(?:ped)?|prevent\w*|interrogat\w*|question(?:ed|ing)|escort\w*|protect(?:ed|ion|ing)|reinforcement\w*|stand-?by|alert|clamp\w*|impos\w*|called in|posted|pickets?|bandobast|security (?:has been|was) (?:beefed|tightened|stepped)|beefed up|tightened|booked|control(?:led)? the|intervene\w*|warn(?:ed|ing)|ban(?:ned)?|sealed|locked|chas(?:ed|ing)|filed)\b/i;

/** The police as the subject of something done, not said. */
const ACTS =
  /\b(?:police(?:men|man)?|cops|jawans|army|troops|security forces|paramilitary forces|forces|crpf|rpf|raf|authorities|officers|administration)\b (?:\w+ ){0,3}?(?:have |had |has |were |was |also |later |then |immediately |finally )*(?!said|told|claimed|added|believed|stated|feared|suspected|reported|denied|refused|failed|allowed|remained|maintained|admitted|confirmed|needed|wanted|named|based|supposed|expected|accused|injured|killed|attacked|died)(?:\w{3,}ed|took|taken|made|held|brought|caught|drove|sent|put|shut|cut|set up|swung|rushed|began|are (?:\w+ly )?\w+ing)\b/i;

/** Labels of one sentence from its words and the events coded in it. */
export function policeLabels(
  text: string,
  events: readonly Pick<Event, "eventType" | "mode" | "status" | "actor">[],
): PoliceLabel[] {
  const labels = new Set<PoliceLabel>();
  const police = POLICE.test(text);
  const by = (e: Pick<Event, "actor">): boolean =>
    e.actor.length === 0 || e.actor.some((p) => /^(?:COP|MIL)$/.test(p.sector ?? ""));
  const real = events.filter((e) => e.status === "happened" || e.status === "ongoing");
  const arrest =
    real.some((e) => e.eventType === "COERCE" && e.mode === "arrest" && by(e)) || ARREST.test(text);
  if (
    arrest &&
    !/\b(?:not|never|demand\w*|should be|must be|to be|be) arrest|arrest warrant|anticipatory|no arrest/i.test(
      text,
    )
  )
    labels.add("ARREST");
  if (
    FORCE.test(text) &&
    (police || /lathi|tear|teargas|cane/i.test(text)) &&
    !/\bmob[^.]{0,20}(?:fired|opened fire)/i.test(text)
  )
    labels.add("FORCE");
  if (KILL.test(text)) labels.add("KILL");
  if (FAIL.test(text)) labels.add("FAIL");
  const acted = labels.has("ARREST") || labels.has("FORCE") || labels.has("KILL");
  if (acted || (police && ACTION.test(text)) || ACTS.test(text) || /\bcurfew\b/i.test(text))
    labels.add("ANY_ACTION");
  return POLICE_LABELS.filter((l) => labels.has(l));
}

export type LabelScore = { readonly precision: number; readonly recall: number; readonly f1: number };

export function scorePolice(
  gold: readonly (readonly string[])[],
  pred: readonly (readonly string[])[],
): Record<string, LabelScore> {
  const round = (x: number): number => Math.round(x * 1e4) / 1e4;
  const of = (labels: readonly string[]): LabelScore => {
    let tp = 0;
    let g = 0;
    let p = 0;
    gold.forEach((have, i) => {
      for (const label of labels) {
        const inGold = have.includes(label);
        const inPred = pred[i]?.includes(label) ?? false;
        if (inGold) g++;
        if (inPred) p++;
        if (inGold && inPred) tp++;
      }
    });
    const precision = p === 0 ? 0 : tp / p;
    const recall = g === 0 ? 0 : tp / g;
    return {
      precision: round(precision),
      recall: round(recall),
      f1: round(tp === 0 ? 0 : (2 * precision * recall) / (precision + recall)),
    };
  };
  return {
    ...Object.fromEntries(POLICE_LABELS.filter((l) => l !== "ANY_ACTION").map((l) => [l, of([l])])),
    ALL: of(POLICE_LABELS),
    ANY_ACTION: of(["ANY_ACTION"]),
  };
}
