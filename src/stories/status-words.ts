/**
 * Sentences that say what became of a number: withdrawn, disowned, corrected, disputed, superseded. Only such a sentence
 * may give a number a status other than said, latest, repeated or revised. Patterns are our own, for English and the
 * plainest Russian and Spanish; a sentence must also name the number, or a figure, for the status to be bound.
 */
import type { LedgerEntry, Span } from "../model/index.ts";

export type StatusSentence = {
  readonly status: Extract<
    LedgerEntry["status"],
    "withdrawn" | "disowned" | "corrected" | "disputed" | "superseded"
  >;
  readonly span: Span;
  readonly words: string;
  /** Numbers named in the sentence. */
  readonly numbers: readonly number[];
};

/** What is spoken of when no number is named. */
const FIGURE =
  /\b(figures?|tolls?|counts?|(?<!\ban? )numbers?(?! of)|numbers?(?= of (?:the )?(?:dead|deaths|victims|casualties|killed))|tall(?:y|ies)|statistics?|data|death toll|totals?|estimates?|report|message|post|statement|announcement)\b|цифр|числ[оа]|данны|сообщени|cifras?|balance|dato|رقم|الرقم|حصيلة|الحصيلة|منشور/i;

const PATTERNS: readonly (readonly [StatusSentence["status"], RegExp])[] = [
  [
    "disowned",
    /\b(?:(?:had|has|have) )?(?:never|not) (?:itself )?(?:given|issued?|published?|provided?|released?|supplied|announced?|reported?|confirmed|put out|gave|made)\b(?! (?:any |its |further |more |their )*(?:details?|information|reasons?|names?|comments?|charges?|breakdown))|\b(?:did|does) not (?:give|issue|publish|provide|release|supply|announce|report|come from|originate)\b(?! (?:any |a |further |more )*(?:details?|information|reasons?|names?|comments?|breakdown|whether|if|how))|\bdenie[sd] (?:having )?(?:giv|issu|publish|provid|releas|announc|report|confirm)\w*|\bdisown(?:s|ed|ing)?\b|\bdistanc(?:es|ed|ing) (?:itself|himself|herself|themselves) from\b|\bdenie[sd] (?:the|any|this|that) (?:figure|toll|number|count|report)|не (?:давал|публиковал|сообщал|подтвердил|предоставлял)(?!\p{L}*сь)|опроверг|no (?:dio|publicó|emitió)|neg(?:ó|ara) haber|desmintió|не признал|لم تعط|نفت|نفى/iu,
  ],
  [
    "withdrawn",
    /\b(?:withdr[ae]wn?|withdraw(?:s|ing)|withdrew|retract(?:s|ed|ing|ion)?|rescind(?:s|ed)?|took (?:it |the \w+ )?(?:back|down)|taken (?:back|down)|delet(?:es|ed|ing|ion)|removed|pulled|remov(?:es|ing))\b|\btechnical (?:error|mistake|fault|glitch|failure)\b|\b(?:published|posted|issued|released|appeared|sent) (?:\w+ )?(?:by|in) (?:mistake|error)\b|\b(?:was|were|as) (?:an? )?(?:error|mistake)\b|\berroneous(?:ly)?\b|\bhack(?:ed|ing|ers?)\b.*\b(?:account|channel|site)\b|отозва|удален|удалил|техническ\p{L}+ (?:ошибк|сбо)|retir(?:ó|ada|ado)|error técnico|забрали назад|отозв|حذفت?(?![\p{L}\p{M}])|سحب(?:ت)?(?![\p{L}\p{M}])|خطأ تقني/iu,
  ],
  [
    "corrected",
    /\b(?:earlier|previous|original|first) (?:version|report|story|article|draft)s?\b.*\b(?:misstated|gave|said|wrongly|incorrect\w*|error)|\bcorrects?\b.*\b(?:paragraph|figure|number|toll|to (?:say|show|read))|\bcorrect(?:ion|ed)\b|\bmisstated\b|исправлен|уточнен|correcci[oó]n|corregid/i,
  ],
  [
    "disputed",
    /\b(?:disput(?:e|es|ed|ing)|question(?:s|ed|ing)? the|challeng(?:e|es|ed|ing) the|cast(?:s|ing)? doubt|contradict(?:s|ed|ing)?|far (?:higher|lower|too (?:low|high))|(?:too|implausibly) (?:low|high)|understat\w+|underestimat\w+|exaggerat\w+|inflated|cannot be (?:true|right))\b|оспор|сомнени|занижен|завышен|cuestion|disput/i,
  ],
  [
    "superseded",
    /\b(?:supersed(?:e|es|ed|ing)|replac(?:es|ed|ing) (?:an? |the )?(?:earlier|previous|older|former)|revis(?:es|ed|ing) (?:up|down|upward|downward|an? earlier|the earlier|from))\b/i,
  ],
];

const NUMBERS = /\d{1,3}(?:[,\u00a0\u202f ]\d{3})+|\d+(?:\.\d+)?/g;

export const numbersIn = (text: string): number[] =>
  [...text.matchAll(NUMBERS)]
    .map((m) => Number(m[0].replace(/[,\s\u00a0\u202f]/g, "")))
    .filter(Number.isFinite);

/** The part between semicolons that a place stands in: "225 died; of the dead here nothing was said" says nothing of the 225. */
const besides = (words: string, at: number): string => {
  const parts = words.split(";");
  let end = 0;
  for (const part of parts) {
    end += part.length + 1;
    if (at < end) return part;
  }
  return words;
};

/** A sentence that says what became of a figure; undefined for any other. */
export const statusOf = (text: string, span: Span): StatusSentence | undefined => {
  const words = text.slice(span.start, span.end);
  const numbers = numbersIn(words);
  if (numbers.length === 0 && !FIGURE.test(words)) return undefined;
  // Troops are withdrawn and barriers removed: such a sentence must speak of a figure.
  for (const [status, pattern] of PATTERNS) {
    const found = pattern.exec(words);
    if (found && (status !== "withdrawn" || FIGURE.test(words)))
      return { status, span, words, numbers: numbersIn(besides(words, found.index)) };
  }
  return undefined;
};

/** Whether the words speak of a figure without naming it. */
export const namesFigure = (words: string): boolean => FIGURE.test(words);
