/**
 * Article and document → quantities: every number of people, deaths, things or money that describes what happened, with
 * hedge, unit, measure, kind, speaker and span. Works from words and the spans of times and quotations; no parse is needed.
 * Left out: ages, dates, clock times, ordinals, list and model numbers, addresses, scores, figures of speech.
 */

import { HEAD_NOUNS, PEOPLE, THINGS } from "../lang/en/measures.ts";
import { numberWords, plainNumberTable } from "../lang/numbers.ts";
import type { Measure, Quantity, Quote, Span, TimeSpan } from "../model/index.ts";
import { findNumbersIn, type NumberMention } from "../text/numbers.ts";
import type { Word } from "../text/scan.ts";
import { type Counted, countedAfter } from "./counted.ts";
import { isRefuted } from "./hearsay.ts";
import { type FactContext, type FactInput, factContext, sentenceSpan } from "./input.ts";
import { type Measured, measureOf } from "./measure.ts";
import { readPlainQuantities } from "./plain-quantities.ts";

type Draft = {
  readonly number: NumberMention;
  readonly counted: Counted;
  readonly measured: Measured;
  readonly span: Span;
  readonly sentence: Span;
};

const overlaps = (a: Span, start: number, end: number): boolean => a.start < end && a.end > start;

/** Capitalised or designating words before a number that make it a name: "Channel 4", "Interstate 94", "phase two". */
const DESIGNATORS =
  /(?:^|[^\p{L}])(?:No|Nos|Number|Channel|Interstate|Route|Highway|Flight|Room|Article|Articles|Section|Chapter|Resolution|Page|Figure|Table|Phase|Stage|Level|Category|Grade|Type|Unit|Block|District|Ward|Zone|Gate|Platform|Terminal|Line|Bus|Pier|Camp|Day|Week|Part|Act|Volume|Issue|Class|Round|Group|Division|Season|Episode|Apollo|Formula|Covid|COVID|Boeing|Airbus|Building|Bureau|Psalm|Verse|Mark|Model|Windows|Version|Office|iPhone|Proposition|Amendment|Title|Area|Sector|World War|Fox|Russia|Rossiya|Al|Studio|Order|Bill|Task Force|Site|Hall|Point|Studio|MH|Protocol|Reactor|Vision|Agenda|Top|Super Bowl|Deutsche|BBC|TV)\.? ?#?$/iu;
const NOT_COUNTED = new Set([
  "images",
  "image",
  "photos",
  "photo",
  "comments",
  "comment",
  "shares",
  "likes",
  "views",
  "slides",
  "videos",
  "stories",
  "pages",
  "fold",
  "somethings",
  "something",
  "x",
  "characters",
  "thumbs",
]);
const PAIRS = new Set([
  "countries",
  "nations",
  "sides",
  "leaders",
  "parties",
  "governments",
  "powers",
  "men-of",
  "capitals",
  "neighbours",
  "neighbors",
  "koreas",
  "halves",
  "presidents",
  "allies",
  "peoples",
  "camps",
  "worlds",
  "economies",
  "rivals",
  "states",
  "ministers",
  "teams",
]);
const ABSTRACT = new Set([
  "things",
  "ways",
  "reasons",
  "questions",
  "points",
  "options",
  "possibilities",
  "problems",
  "factors",
  "words",
  "issues",
  "scenarios",
  "aspects",
  "fold",
  "sentences",
  "paragraphs",
  "occasions",
  "steps",
  "thing",
  "way",
  "kinds",
  "types",
  "sorts",
  "hands",
  "eyes",
  "feet-on",
  "minds",
  "generations",
  "stages",
  "phases",
  "levels",
  "degrees",
  "rounds",
  "times-over",
  "parts",
  "sides",
  "respect",
  "respects",
  "examples",
  "to",
  "percentage",
  "directions",
  "sets",
  "extremes",
  "worlds",
]);
const STRUCK =
  /\b(?:shot|stabbed|hit|struck|raped|beaten|fired|punched|kicked|bitten|arrested|attacked|bombed|shelled|convicted|whipped|lashed)\b/i;

function before(text: string, at: number, length: number): string {
  return text.slice(Math.max(0, at - length), at);
}

/** True for ages: "45-year-old", "aged 45", "Smith, 45,". */
function isAge(text: string, number: NumberMention, counted: Counted): boolean {
  const left = before(text, number.start, 24);
  const right = text.slice(number.end, number.end + 18);
  if (counted.hyphen && /^[-‑ ](?:year|month|week|day)s?[-‑ ]old/i.test(right)) return true;
  if (/^ (?:years?|months?|weeks?|days?)(?: |-)(?:old|of age)\b/i.test(right)) return true;
  if (/\b(?:aged?|age of|turned|turning|ages) $/i.test(left)) return true;
  if (
    number.low === number.high &&
    (number.exact ?? 0) < 120 &&
    /\p{L}, $/u.test(left) &&
    /^(?:,|\.|;|\)| and\b| who| of\b|$)/.test(right) &&
    counted.head === ""
  )
    return true;
  if (/\p{Lu}\p{L}+,? \($/u.test(left) && /^\)/.test(right) && (number.exact ?? 200) < 120) return true;
  return /\b(?:was|is|were) (?:just |only )?$/.test(left) && /^ (?:when|at the time)/.test(right);
}

/** A number that is no count at all. */
function isName(text: string, words: readonly Word[], number: NumberMention): boolean {
  const left = before(text, number.numberStart, 26);
  const first = words[number.first];
  const prior = words[number.first - 1];
  if (number.form === "digits" && first !== undefined && prior !== undefined) {
    // "polonium-210", "F-16", "MH17", "G7", "#3", "v2"
    if (
      first.tight &&
      (/[\p{L}#@/_.:]$/u.test(prior.text) ||
        (/^[-‑]$/.test(prior.text) && prior.tight && /\p{L}|\d/u.test(words[number.first - 2]?.text ?? "")))
    )
      return true;
  }
  if (number.money === undefined && !number.percent && number.hedge === undefined && DESIGNATORS.test(left))
    return true;
  const right = text.slice(number.end, number.end + 40);
  if (
    /^(?: [A-Z]\w+){1,3} (?:Street|St\.|Avenue|Ave\.?|Road|Rd\.?|Drive|Lane|Boulevard|Blvd\.?|Square|Way|Place|Court)\b/.test(
      right,
    )
  )
    return true;
  if (number.form === "digits" && /^[:.]\d|^\/\d|^["”]? ?(?:GMT|a\.m|p\.m|am\b|pm\b)/.test(right))
    return true;
  return /\+\d*$|\(\d{3}\) ?$|\d[- ]$/.test(left) && number.form === "digits";
}

function isFigureOfSpeech(text: string, number: NumberMention, counted: Counted): boolean {
  const left = before(text, number.start, 30);
  const right = text.slice(number.end, number.end + 30);
  if (
    number.percent &&
    (number.exact === 100 || number.exact === 0 || (number.exact ?? 0) > 100) &&
    /^ (?:success|sure|certain|behind|committed|true|right|confident|correct|effort|support)/.test(right)
  )
    return true;
  if (
    counted.hyphen &&
    /^(?:fold|sided|party|way|state|year-old|faced|time|man|woman|person|on|star|story|storey|bedroom|door|page|part|thirds?|legged|point|percent)$/.test(
      counted.head,
    )
  )
    return true;
  if (
    number.form === "share" &&
    !/^ (?:of|its|the|their|his|her|all|a (?:million|billion|dozen))\b/.test(right) &&
    number.hedge === undefined
  )
    return true;
  if (
    number.form === "share" &&
    /^(?:-| (?:a |an hour|hour|time|brother|sister|way|past|mile|century|of it\b))/.test(right)
  )
    return true;
  if (/\b(?:father|mother|parent|grandfather|grandmother|husband|widow)s? of $/i.test(left)) return true;
  if (number.form === "vague" && counted.head === "times") return true;
  return number.exact === 0 && number.joined !== true && !/votes?|against/.test(right);
}

const ONE_PEOPLE = (head: string): boolean =>
  PEOPLE.has(head) || THINGS.has(head) || HEAD_NOUNS.get(head) !== undefined;

/** "one" is an article, a pronoun and a number; only the number counts. */
function isMereOne(
  words: readonly Word[],
  number: NumberMention,
  counted: Counted,
  measured: Measured,
): boolean {
  if (number.form !== "words" || (number.exact ?? number.low) !== 1) return false;
  const next = words[number.last]?.lower ?? "";
  const prior = words[number.first - 1]?.lower ?? "";
  if (
    /^(?:no|any|every|each|the|this|that|some|another|only|which)$/.test(prior) &&
    number.hedge === undefined
  )
    return true;
  if (next === "of" && !/^(?:killed|injured|arrested)$/.test(measured.measure)) return true;
  if (
    /^(?:another|day|side|thing|way|time|point|reason|such|year|month|week|direction|hand)$/.test(next) &&
    !/^hour|^hyphen/.test(next)
  )
    return true;
  if (counted.hyphen)
    return !/^(?:year|month|week|day|hour|minute|mile|kilometer|ton|man)$/.test(counted.head);
  if (measured.strength === "trigger") return false;
  if (number.hedge !== undefined && /least|more|only|up/i.test(number.hedge)) return counted.head === "";
  return !ONE_PEOPLE(counted.head) || HEAD_NOUNS.get(counted.head) === "duration";
}

/** Durations that place something in time are dates, not measures: "two days after", "10 years before". */
function isPlacing(text: string, draft: Draft): boolean {
  if (draft.measured.measure !== "duration") return false;
  const right = text.slice(draft.span.end, draft.span.end + 24);
  const left = before(text, draft.span.start, 30);
  if (/^ (?:after|before|later|earlier|ago|since|into|prior|following|from now|old\b|on\b)/.test(right))
    return true;
  if (
    /^ (?:as|in (?:office|power|the (?:job|post|army|force|military|party))|of experience|of marriage)\b/.test(
      right,
    )
  )
    return true;
  if (
    /\b(?:first (?:time )?in|(?:est|most \w+|worst|time|level) in|in (?:the )?(?:past|last|next|coming|more than|over)|past|last|next|coming|previous|in my|his|her|my|my own) $/i.test(
      left,
    )
  )
    return true;
  return (
    /\bin $/i.test(left) &&
    /(?:est|first|worst|biggest|largest|only|deadliest) (?:\w+ ){0,4}in $/i.test(
      before(text, draft.span.start, 60),
    )
  );
}

/** "2016 nominee Ortiz", "the 2013 election results": a year before a name or before what happens once a year. */
const ANNUAL =
  /^(?:election|elections|results?|campaign|race|primary|primaries|season|budget|vote|referendum|convention|debate|tax|law|act|bill|report|deal|accord|agreement|treaty|attack|attacks|war|uprising|coup|crisis|recession|film|book|memoir|interview|speech|study|survey|census|model|edition|games|nominee|candidate|platform)$/;
function isYearBefore(text: string, number: NumberMention, counted: Counted): boolean {
  const value = number.exact ?? 0;
  if (
    number.form !== "digits" ||
    number.hedge !== undefined ||
    number.money !== undefined ||
    number.percent ||
    value < 1900 ||
    value > 2100 ||
    !/^\d{4}$/.test(text.slice(number.numberStart, number.numberEnd))
  )
    return false;
  return /^ \p{Lu}\p{Ll}/u.test(text.slice(number.end, number.end + 4)) || ANNUAL.test(counted.head);
}

const RATIO_AFTER =
  /^ in (?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twenty|a (?:hundred|thousand|million))\b(?! (?:days|weeks|months|years|hours|minutes))/i;
/** What looks like a count and is none: halves by order, ages of children, a show called "60 Minutes", talk "about one man". */
function isNoCount(text: string, number: NumberMention, counted: Counted, headline: boolean): boolean {
  const left = before(text, number.start, 40);
  const right = text.slice(number.end, number.end + 24);
  // "1 in 10 women", "outnumber them 3 to 1", "two-and-a-half times": a ratio is no count of either.
  if (
    (number.exact ?? number.high ?? number.low ?? 99) <= 20 &&
    number.money === undefined &&
    !number.percent &&
    (RATIO_AFTER.test(right) || /^ to 1\b/.test(right))
  )
    return true;
  if (/\b(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine) in (?:every )?$/i.test(left)) return true;
  if ((/\b\d+ to $/.test(left) && number.exact === 1) || /^-and-a-(?:half|quarter)\b/.test(right))
    return true;
  if (
    number.form === "share" &&
    /\b(?:first|second|latter|other|top|bottom|better|final|last)[ -]$/i.test(left)
  )
    return true;
  if (
    counted.head === "" &&
    /^(?:under|over|above|below)$/i.test(number.hedge ?? "") &&
    /\b(?:child|children|kids?|people|persons?|those|anyone|everyone|men|women|adults|workers|voters|seniors|girls|boys|players|side) $/i.test(
      left,
    )
  )
    return true;
  if (
    /\b(?:child|children|kids?|teens?|students?|people|those) (?:aged? |ages )$/i.test(left) ||
    (/\bages? $/i.test(left) && /^ to \d/.test(right))
  )
    return true;
  if (
    !headline &&
    /^\d+$/.test(text.slice(number.numberStart, number.numberEnd)) &&
    /^ (?:Minutes|Hours|Days)\b/.test(right)
  )
    return true;
  // "talk about one man": a preposition, no hedge.
  return (
    /^about$/i.test(number.hedge ?? "") &&
    number.exact === 1 &&
    number.form === "words" &&
    !/\b(?:hour|day|week|month|year|mile|third|half|quarter|inch|million|billion|percent)\b/.test(right)
  );
}

function keep(context: FactContext, draft: Draft, times: readonly TimeSpan[]): boolean {
  const { text, words } = context;
  const { number, counted, measured, span } = draft;
  if (isAge(text, number, counted) || isName(text, words, number) || isFigureOfSpeech(text, number, counted))
    return false;
  const dated = times.find(
    (t) => t.kind !== "duration" && overlaps(t.span, number.numberStart, number.numberEnd),
  );
  if (dated !== undefined && !(number.money !== undefined || number.percent)) return false;
  if (isMereOne(words, number, counted, measured) || isPlacing(text, draft)) return false;
  if (isYearBefore(text, number, counted) || isNoCount(text, number, counted, draft.sentence.start === 0))
    return false;
  if (NOT_COUNTED.has(counted.head) || ABSTRACT.has(counted.head)) return false;
  const prior = before(text, span.start, 12);
  if (
    (number.exact ?? 0) <= 3 &&
    PAIRS.has(counted.head) &&
    (/\b(?:the|these|both|those|our|between) $/i.test(prior) || counted.head === "koreas")
  )
    return false;
  const repeated =
    counted.head === "times" || /^(?:twice|thrice)$/i.test(text.slice(number.numberStart, number.numberEnd));
  if (repeated) return STRUCK.test(text.slice(Math.max(draft.sentence.start, span.start - 50), span.start));
  if (number.form === "named" && counted.head === "" && measured.strength !== "trigger") return false;
  if (number.joined === true && number.money === undefined && !number.percent && counted.head === "")
    return false;
  const plain =
    counted.head === "" &&
    number.money === undefined &&
    !number.percent &&
    number.hedge === undefined &&
    number.form !== "share";
  if (
    plain &&
    measured.strength !== "trigger" &&
    !/\b(?:city|town|village|population|crowd|community|membership|staff|force|total|toll|number|fleet) (?:of|to|at) $/i.test(
      before(text, span.start, 24),
    )
  ) {
    return measured.strength === "context" && number.form === "vague";
  }
  if (
    counted.head === "" &&
    number.form === "digits" &&
    number.hedge !== undefined &&
    measured.strength === "none" &&
    /^(?:at|around|about|some|over|under|within|below|above)$/i.test(number.hedge)
  ) {
    return /\b(?:of|to|from|than|by) $/i.test(prior) || (number.exact ?? number.low ?? 0) >= 100;
  }
  return true;
}

/** "over 10 years", "within a mile": a preposition of time that is no hedge. */
function unhedged(text: string, number: NumberMention, counted: Counted): NumberMention {
  if (!/^(?:over|under|above|below)$/i.test(number.hedge ?? "")) return number;
  const value = number.low ?? number.high ?? number.exact;
  const duration =
    HEAD_NOUNS.get(counted.head) === "duration" &&
    !/\b(?:for|lasted|lasting|took|spent|after|of|just|well) $/i.test(before(text, number.start, 12));
  if (!duration || value === undefined) return number;
  const { hedge: _, low: _l, high: _h, exact: _e, ...rest } = number;
  return { ...rest, start: number.numberStart, low: value, high: value, exact: value };
}

function draftOf(context: FactContext, given: NumberMention): Draft {
  const { words, sentenceOf, text } = context;
  const one = (given.exact ?? given.low ?? 0) === 1;
  const counted: Counted =
    given.money !== undefined || given.percent
      ? { last: given.last, head: "", words: "", more: false, partitive: false, hyphen: false }
      : countedAfter(words, given.last, sentenceOf, one, text);
  const number = unhedged(text, given, counted);
  const start = number.start;
  const end = words[counted.last - 1]?.end ?? number.end;
  const sentence = sentenceSpan(context, { start, end });
  const measured: Measured =
    number.money !== undefined
      ? { measure: "money", strength: "noun" }
      : number.percent
        ? { measure: "share", strength: "noun" }
        : measureOf({
            words,
            sentenceOf,
            text,
            first: number.first,
            last: counted.last,
            counted,
            from: sentence.start,
            to: sentence.end,
          });
  return { number, counted, measured, span: { start, end }, sentence };
}

/** "nearly a month", "half an hour": spans of time without a number word. */
function unnumbered(context: FactContext, times: readonly TimeSpan[]): Draft[] {
  const found: Draft[] = [];
  for (const time of times) {
    if (time.kind !== "duration") continue;
    const m =
      /\b((?:nearly|almost|about|more than|over|less than|under|up to|at least|around|roughly|just over|just under) )an? (minute|hour|day|week|month|year|decade|century)$/i.exec(
        time.words,
      );
    if (m === null) continue;
    const start = time.span.start + m.index;
    const hedge = (m[1] ?? "").trim();
    const bound = numberWords("en").before[hedge.toLowerCase()];
    const value = bound === "low" ? { low: 1 } : bound === "high" ? { high: 1 } : { exact: 1 };
    const number: NumberMention = {
      start,
      end: time.span.end,
      first: 0,
      last: 0,
      numberStart: start,
      numberEnd: time.span.end,
      ...value,
      hedge,
      form: "words",
      percent: false,
    };
    const counted: Counted = {
      last: 0,
      head: (m[2] ?? "").toLowerCase(),
      words: m[2] ?? "",
      more: false,
      partitive: false,
      hyphen: false,
    };
    const span = { start, end: time.span.end };
    const draft: Draft = {
      number,
      counted,
      measured: { measure: "duration", strength: "noun" },
      span,
      sentence: sentenceSpan(context, span),
    };
    if (!isPlacing(context.text, draft)) found.push(draft);
  }
  return found;
}

const INHERITED = new Set<Measure>(["killed", "injured", "arrested", "missing", "displaced", "hostages"]);

/** "killed 148 people, including more than 130 children": the part takes the measure of the whole. */
function inherit(
  context: FactContext,
  draft: Draft,
  whole: Draft | undefined,
): { draft: Draft; part: boolean } {
  const { text } = context;
  if (
    whole === undefined ||
    whole.sentence.start !== draft.sentence.start ||
    !INHERITED.has(whole.measured.measure)
  )
    return { draft, part: false };
  const gap = text.slice(whole.span.end, draft.span.start);
  const part =
    /\b(?:including|among them|of whom|of them|among the dead|among those)\b/i.test(gap) ||
    /^ of them|^ of whom/.test(text.slice(draft.span.end));
  if (draft.measured.strength === "trigger") return { draft, part };
  const people = PEOPLE.has(draft.counted.head) || draft.counted.head === "";
  const listed =
    part || (/^(?:,| and|, and| along with| as well as)[^.;]{0,3}$/.test(gap) && gap.length < 14);
  if (!people || !listed || draft.measured.measure === "duration") return { draft, part: false };
  return { draft: { ...draft, measured: { measure: whole.measured.measure, strength: "trigger" } }, part };
}

const PER =
  /^(?: people| deaths| killed| dead| dollars)? ?(?:(?:for )?(?:each|every|a|per|an)) (day|week|month|year|hour|minute|night|decade|share|barrel|litre|liter|gallon|ton|tonne|head|person|pound|kilogram|kilo|ounce)\b(?! (?:of|in)\b)/i;
function rate(text: string, draft: Draft): string | undefined {
  const right = text.slice(draft.span.end, draft.span.end + 40);
  return (PER.exec(right) ??
    /^ (?:killed |arrested |injured |are |dying |die |displaced ){0,2}(?:each|every|per) (day|week|month|year|hour)\b/i.exec(
      right,
    ) ??
    /^ (daily|weekly|monthly|annually)\b/i.exec(right))?.[1]?.toLowerCase();
}

const HYPOTHETICAL =
  /\b(?:if|could|would|might|may|plans? to|planned to|target of|aims? to|goal of|expected to|ordered to|threaten(?:s|ed)? to)\b/i;

function speakerOf(quotes: readonly Quote[], span: Span): Quote | undefined {
  return quotes
    .filter((q) => q.span.start <= span.start && q.span.end >= span.end)
    .sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0];
}

/** "The city lowered the toll from 19 to 17": whoever moves a toll gives it. */
const MOVER =
  /^((?:(?:The|An?) )?[\p{L}][\p{L}.'’ -]{1,50}?),? (?:(?:has|have|had) )?(?:later )?(?:lower|cut|reduc|rais|revis|increas|adjust)\w* (?:the|its|their|his|an?|\p{L}+ )?\b[^.;]{0,40}?\b(?:toll|number of)\b[^.;]{0,90}\bto (?:\p{L}+ ){0,2}$/u;

/** "18 members of the security forces": those are counted. */
const membersOf = (head: string, after: string): string | undefined =>
  /^(?:members?|representatives?)$/.test(head)
    ? /^ of (?:the |its |their |his )?((?:\p{L}[\p{L}-]*['’]s? )?(?:\p{L}[\p{L}-]* )?\p{L}[\p{L}-]*s|(?:\p{L}[\p{L}-]* )?(?:police|army|military|opposition|family|crew|parliament))\b/u.exec(
        after,
      )?.[1]
    : undefined;

function makeQuantity(
  input: FactInput,
  context: FactContext,
  draft: Draft,
  part: boolean,
  id: string,
  quotes: readonly Quote[],
): Quantity {
  const { text } = context;
  const { number, counted, measured, span, sentence } = draft;
  const denied = isRefuted(text, sentence, span);
  const quote = denied ? undefined : speakerOf(quotes, span);
  const mover =
    quote === undefined && !denied ? MOVER.exec(text.slice(sentence.start, span.start))?.[1] : undefined;
  const clause = text.slice(Math.max(sentence.start, span.start - 70), Math.min(sentence.end, span.end + 40));
  const hypothetical =
    HYPOTHETICAL.test(clause.slice(0, Math.max(0, span.start - Math.max(sentence.start, span.start - 70)))) &&
    measured.strength !== "trigger";
  const certainty =
    /\b(reportedly|allegedly|probably|apparently|believed|suspected|possibly|likely|feared|thought)\b/i.exec(
      clause,
    )?.[1];
  const kind = part
    ? "part"
    : counted.more || /\b(?:another|a further|an additional) $/i.test(before(text, span.start, 16))
      ? "new"
      : INHERITED.has(measured.measure)
        ? "total"
        : undefined;
  const per = rate(text, draft);
  const unit =
    number.money ??
    (number.percent || number.form === "share"
      ? "percent"
      : counted.words.replace(/^(?:largest|biggest|separate|other|more|additional|main) /i, ""));
  const of =
    number.percent || number.form === "share"
      ? /^ of (?!(?:what|those|whom|which)\b)(?:the |all |its |their )?((?:\p{L}+ ){0,2}\p{L}+s|people|women|children|men)\b/u.exec(
          text.slice(span.end, span.end + 50),
        )?.[1]
      : undefined;
  const whom =
    of ??
    (INHERITED.has(measured.measure) &&
    PEOPLE.has(counted.head) &&
    !/^(?:people|persons?|others?|individuals)$/.test(counted.head)
      ? (membersOf(counted.head, text.slice(span.end, span.end + 60)) ?? unit)
      : undefined);
  return {
    id,
    articleId: input.article.id,
    span,
    words: text.slice(span.start, span.end),
    sentence,
    assertion:
      quote === undefined
        ? denied
          ? "denied"
          : hypothetical
            ? "hypothetical"
            : mover === undefined
              ? "reported"
              : "claimed"
        : quote.stance === "denies"
          ? "denied"
          : hypothetical
            ? "hypothetical"
            : "claimed",
    voice:
      quote === undefined && mover === undefined
        ? input.article.genre === "opinion" || input.article.genre === "analysis"
          ? "author"
          : "outlet"
        : "speaker",
    ...(quote?.speaker === undefined
      ? mover === undefined
        ? {}
        : { speaker: mover.replace(/^(?:The|An?) /, "the ") }
      : { speaker: quote.speaker }),
    ...(quote?.speakerSpan === undefined ? {} : { speakerSpan: quote.speakerSpan }),
    ...(quote?.via === undefined ? {} : { via: quote.via }),
    ...(certainty === undefined ? {} : { certainty }),
    rule: `quantities/${measured.strength}`,
    pipeline: input.article.pipeline,
    ...(number.low === undefined ? {} : { low: number.low }),
    ...(number.high === undefined ? {} : { high: number.high }),
    ...(number.exact === undefined ? {} : { exact: number.exact }),
    ...(number.hedge === undefined ? {} : { hedge: number.hedge }),
    unit,
    measure: measured.measure,
    ...(kind === undefined ? {} : { kind }),
    ...(per === undefined ? {} : { per }),
    ...(whom === undefined ? {} : { ofWhom: whom }),
  };
}

/** "a vote of 15-0", "voted 120-30": two numbers. */
function votes(context: FactContext, number: NumberMention): NumberMention[] {
  const { text, words } = context;
  const near = `${before(text, number.start, 30)} ${text.slice(number.end, number.end + 20)}`;
  if (
    number.joined !== true ||
    !/\bvot(?:e|es|ed|ing)\b|\bballot|\bpassed\b|\bapproved\b|\bdecision\b|\bruling\b|\bruled\b|\bpanel\b/i.test(
      near,
    )
  )
    return [number];
  if (number.low === undefined || number.high === undefined) return [number];
  const link = words.slice(number.first, number.last).find((w) => /^[-–—]$/.test(w.text));
  if (link === undefined) return [number];
  const half = (value: number, start: number, end: number): NumberMention => ({
    ...number,
    start,
    end,
    numberStart: start,
    numberEnd: end,
    low: value,
    high: value,
    exact: value,
  });
  return [half(number.low, number.start, link.start), half(number.high, link.end, number.end)];
}

export function readQuantities(input: FactInput, quotes: readonly Quote[] = []): Quantity[] {
  const plain = plainNumberTable(input.article.language);
  if (plain !== undefined) return readPlainQuantities(input, plain);
  const context = factContext(input);
  const { doc } = input;
  const words = numberWords(input.article.language);
  const numbers = findNumbersIn(context.text, context.words, words);
  const drafts: Draft[] = [];
  for (const number of numbers) {
    const pieces = votes(context, number);
    if (pieces.length === 2) {
      for (const piece of pieces) {
        const span = { start: piece.start, end: piece.end };
        drafts.push({
          number: piece,
          counted: {
            last: number.last,
            head: "vote",
            words: "vote",
            more: false,
            partitive: false,
            hyphen: false,
          },
          measured: { measure: "votes", strength: "trigger" },
          span,
          sentence: sentenceSpan(context, span),
        });
      }
      continue;
    }
    drafts.push(draftOf(context, number));
  }
  const found: Quantity[] = [];
  let whole: Draft | undefined;
  const order = [
    ...drafts,
    ...unnumbered(context, doc.times).filter(
      (d) => !drafts.some((o) => overlaps(o.span, d.span.start, d.span.end)),
    ),
  ].sort((a, b) => a.span.start - b.span.start);
  for (const first of order) {
    const { draft, part } = inherit(context, first, whole);
    const vote = draft.measured.measure === "votes" && draft.counted.head === "vote";
    if (!vote && !keep(context, draft, doc.times)) continue;
    found.push(makeQuantity(input, context, draft, part, `${input.article.id}.q${found.length + 1}`, quotes));
    if (!part && draft.measured.strength === "trigger") whole = draft;
  }
  return linkParts(found);
}

/** A part points to the nearest whole of its measure before it in the sentence. */
function linkParts(quantities: readonly Quantity[]): Quantity[] {
  return quantities.map((q, i) => {
    if (q.kind !== "part") return q;
    const whole = quantities
      .slice(0, i)
      .reverse()
      .find((w) => w.sentence.start === q.sentence.start && w.measure === q.measure && w.kind !== "part");
    return whole === undefined ? q : { ...q, partOf: whole.id };
  });
}
