/**
 * Event mentions of a story's readings → incidents: one event in the world, whoever told it. Two mentions are joined when
 * type family, day, place and sides agree as far as both are known, and something beyond the type is known of both.
 * Every join leaves its reason; a decision of the user keeps two apart. Background, plans, opinions and denials make none,
 * nor do notices that take a text back and mentions below the publishing level. What a newsroom refutes, and what rests on numbers that fell alone, is in doubt.
 */
import { PUBLISHING_LEVEL } from "../events/code.ts";
import type { Doubt, Event, EventType, Incident, Reading, StoryId } from "../model/index.ts";
import type { Origins } from "./corroborate.ts";
import type { DoubtOf } from "./doubts.ts";
import { type Issuer, isInformant, issuersIn } from "./issuers.ts";
import { knownAt } from "./known.ts";
import { contentWords, overlap } from "./sentences.ts";
import { termId } from "./terms.ts";

/** Types that one event is told under. */
const FAMILY: Readonly<Partial<Record<EventType, string>>> = {
  AGREE: "talks",
  CONSULT: "talks",
  COOPERATE: "talks",
  SUPPORT: "support",
  CONCEDE: "yielding",
  RETREAT: "yielding",
  ACCUSE: "accusing",
  REJECT: "accusing",
  REQUEST: "asking",
  THREATEN: "threat",
  SANCTION: "sanction",
};
/** Types that are words alone: they have no pin and no casualties, and meet only when said on one day by one side. */
const VERBAL = new Set(["talks", "support", "accusing", "asking", "threat"]);

type Mention = {
  readonly event: Event;
  readonly reading: Reading;
  readonly ms: number;
  readonly words: ReadonlySet<string>;
  readonly issuers: readonly Issuer[];
  readonly doubt?: Doubt | undefined;
};
type Draft = { readonly mentions: Mention[]; readonly reasons: string[] };

const familyOf = (e: Event): string => FAMILY[e.eventType] ?? e.eventType;
const dayOf = (e: Event): string | undefined => e.happened?.start?.slice(0, 10);

/** Words that anybody may be called by: two incidents that share no more than these share nothing. */
const ANYBODY = new Set(
  "people person persons men man women others members residents citizens civilians many several dozens hundreds thousands group groups".split(
    " ",
  ),
);
const partyKeys = (parties: Event["actor"]): Set<string> =>
  new Set(
    parties
      .flatMap((p) => [p.entity ?? "", ...contentWords(p.words)])
      .filter((k) => k !== "" && !ANYBODY.has(k) && !/^[\d.,]+$/.test(k)),
  );

const countsIn = (parties: Event["actor"]): string[] =>
  parties.flatMap((p) => (p.words.match(/\d[\d.,\u00a0\u202f]*/g) ?? []).map((c) => c.replace(/\D/g, "")));
const namesPerson = (parties: Event["actor"]): boolean =>
  parties.some((p) => p.entity?.startsWith("per:") === true);

/** Whether two lists of sides may be the same: unknown agrees with all; countries must not differ. */
const sidesAgree = (a: Event["actor"], b: Event["actor"]): "same" | "open" | "no" => {
  if (a.length === 0 || b.length === 0) return "open";
  const countries = (ps: Event["actor"]) => new Set(ps.flatMap((p) => p.country ?? []));
  const [x, y] = [countries(a), countries(b)];
  if (x.size > 0 && y.size > 0 && ![...x].some((c) => y.has(c))) return "no";
  // Two numbers of people are two counts, and a person named is not a crowd counted.
  const [n, m] = [countsIn(a), countsIn(b)];
  if (n.length > 0 && m.length > 0 && !n.some((c) => m.includes(c))) return "no";
  if ((n.length > 0 && namesPerson(b)) || (m.length > 0 && namesPerson(a))) return "no";
  if (partyKeys(a).size === 0 || partyKeys(b).size === 0) return "open";
  if (namesPerson(a) && namesPerson(b) && overlap(partyKeys(a), partyKeys(b)) === 0) return "no";
  return overlap(partyKeys(a), partyKeys(b)) >= 0.5 ? "same" : "open";
};

const placesAgree = (a: Event["place"], b: Event["place"]): "same" | "within" | "open" | "no" => {
  if (!a || !b) return "open";
  if (a.name.toLowerCase() === b.name.toLowerCase()) return "same";
  if (a.country !== undefined && b.country !== undefined && a.country !== b.country) return "no";
  // A country or province holds the town told elsewhere.
  if (a.precision >= 6 || b.precision >= 6) return "within";
  if (a.admin1 !== undefined && a.admin1 === b.admin1 && (a.precision >= 4 || b.precision >= 4))
    return "within";
  return "no";
};

const DAY = 86_400_000;
/** Days after which a report without a day of its own no longer tells of the same event; longer when it gives the same number. */
const TOLD_WITHIN = 7;
const COUNTED_WITHIN = 14;
const isGuess = (e: Event): boolean => e.happened?.basis === "publication";
const sameCount = (a: Event, b: Event): boolean =>
  countsIn(a.recipient).some((c) => c.length > 1 && countsIn(b.recipient).includes(c));

const daysAgree = (a: Event, b: Event): "same" | "open" | "no" => {
  const [x, y] = [dayOf(a), dayOf(b)];
  if (x === undefined || y === undefined) return "open";
  // The day of a report bounds the day of what it tells from above, and news is told within days.
  const [guessX, guessY] = [isGuess(a), isGuess(b)];
  if (guessX || guessY) {
    const apart = (Date.parse(y) - Date.parse(x)) / DAY;
    if (!Number.isFinite(apart)) return "open";
    const counted = sameCount(a, b);
    const within = counted ? COUNTED_WITHIN : TOLD_WITHIN;
    const near =
      guessX && guessY
        ? Math.abs(apart) <= (counted ? within : 2)
        : guessX
          ? apart <= 1 && apart >= -within
          : apart >= -1 && apart <= within;
    return near ? "open" : "no";
  }
  if (x === y) return "same";
  if (x.startsWith(y) || y.startsWith(x)) return "open"; // one is known to the month only
  const [xe, ye] = [a.happened?.end?.slice(0, 10) ?? x, b.happened?.end?.slice(0, 10) ?? y];
  return x <= ye && y <= xe ? "same" : "no";
};

/** Reason to join, or undefined. */
const joins = (a: Mention, b: Mention): string | undefined => {
  const family = familyOf(a.event);
  if (family !== familyOf(b.event)) return undefined;
  const day = daysAgree(a.event, b.event);
  const place = placesAgree(a.event.place, b.event.place);
  const actor = sidesAgree(a.event.actor, b.event.actor);
  const recipient = sidesAgree(a.event.recipient, b.event.recipient);
  if (day === "no" || place === "no" || actor === "no" || recipient === "no") return undefined;
  const said = overlap(a.words, b.words);
  const mode = a.event.mode !== undefined && a.event.mode === b.event.mode;
  const known = [
    day === "same" ? "day" : "",
    place === "same" ? "place" : "",
    actor === "same" ? "actor" : "",
    recipient === "same" ? "recipient" : "",
    mode ? "mode" : "",
  ].filter((k) => k !== "");
  const enough = VERBAL.has(family)
    ? actor === "same" && (day === "same" || said >= 0.5)
    : (day === "same" && (known.length >= 3 || said >= 0.5)) ||
      (day === "open" && known.length >= 2 && said >= 0.4) ||
      said >= 0.8;
  if (!enough) return undefined;
  return `same ${[family.toLowerCase(), ...known].join(", ")}${said >= 0.4 ? `, ${Math.round(said * 100)} % of the words` : ""}`;
};

const COUNTED = new Set(["happened", "ongoing", "attempted"]);

/** A notice that takes a text back tells of that text, not of the world. */
const isNotice = ({ article }: Reading): boolean =>
  article.wireTags.includes("KILL") || article.wireTags.includes("WITHDRAWN");

const mentionsOf = (reading: Reading, doubtOf: DoubtOf): Mention[] => {
  if (isNotice(reading)) return [];
  const { ms } = knownAt(reading);
  const issuerIn = issuersIn(reading);
  return reading.events.flatMap((event) => {
    if (!COUNTED.has(event.status) || event.background || event.voice === "author") return [];
    if (event.assertion === "opinion" || event.assertion === "hypothetical") return [];
    const refuted = event.assertion === "denied";
    // What a speaker denies is a claim of two sides; what the newsroom itself refutes is no event of its report.
    if (refuted && event.voice !== "outlet") return [];
    const { text } = reading.article;
    const words = text.slice(event.sentence.start, event.sentence.end);
    return {
      event,
      reading,
      ms,
      words: contentWords(words),
      issuers:
        event.speaker === undefined || !isInformant(event.speaker)
          ? []
          : [issuerIn(event.speaker, event.span.start)],
      doubt: refuted
        ? {
            status: "denied",
            by: reading.article.outletName,
            evidence: { articleId: reading.article.id, span: event.sentence, words },
          }
        : doubtOf(event, reading),
    };
  });
};

/**
 * @param readings oldest first
 * @param keptApart pairs of mention ids a user has parted, in either order
 */
export const buildIncidents = (
  readings: readonly Reading[],
  origins: Origins,
  storyId: StoryId,
  keptApart: readonly (readonly [string, string])[] = [],
  doubtOf: DoubtOf = () => undefined,
): Incident[] => {
  const apart = new Set(keptApart.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
  const drafts: Draft[] = [];
  for (const mention of readings.flatMap((reading) => mentionsOf(reading, doubtOf))) {
    const { event } = mention;
    let home: { draft: Draft; reason: string } | undefined;
    for (const draft of drafts) {
      if (draft.mentions.some((m) => apart.has(`${m.event.id} ${event.id}`))) continue;
      // Nothing that is told of the incident may speak against it.
      if (
        draft.mentions.some(
          (m) =>
            daysAgree(m.event, event) === "no" ||
            placesAgree(m.event.place, event.place) === "no" ||
            sidesAgree(m.event.recipient, event.recipient) === "no",
        )
      )
        continue;
      const reason = draft.mentions.map((m) => joins(m, mention)).find((r) => r !== undefined);
      if (reason !== undefined) {
        home = { draft, reason };
        break;
      }
    }
    if (home) {
      home.draft.mentions.push(mention);
      home.draft.reasons.push(`${event.id}: ${home.reason}`);
    } else drafts.push({ mentions: [mention], reasons: [] });
  }
  return drafts.flatMap((d) => write(d, origins, storyId) ?? []);
};

/**
 * A newsroom's refutation puts those in doubt who rest on the same words without a word of their own to stand on: the
 * whole incident is in doubt when each of its mentions is. The gravest doubt is told first.
 */
const doubtIn = ({ mentions }: Draft): Doubt | undefined => {
  const doubts = mentions.flatMap((m) => m.doubt ?? []);
  if (doubts.length < mentions.length) return undefined;
  return doubts.find((d) => d.status === "denied") ?? doubts.find((d) => d.by !== undefined) ?? doubts[0];
};

const finest = <T extends { readonly precision: number }>(places: readonly T[]): T | undefined =>
  [...places].sort((a, b) => a.precision - b.precision)[0];

/** Whether a mention says more than that such a thing was going on: who, whom, where, or a day of its own. */
const saysMore = ({ event: e }: Mention): boolean =>
  e.actor.length > 0 ||
  e.recipient.length > 0 ||
  e.place !== undefined ||
  (e.happened?.start !== undefined && e.happened.basis === "words");

/** Undefined for what nobody reports or no one is sure of, and for what is told without who, whom, where and when. */
const write = (draft: Draft, origins: Origins, storyId: StoryId): Incident | undefined => {
  const told = draft.mentions.filter((m) => m.event.assertion !== "denied");
  if (!told.some(saysMore) || told.every((m) => m.event.confidence < PUBLISHING_LEVEL)) return undefined;
  const doubt = doubtIn(draft);
  const events = told.map((m) => m.event);
  const first = [...told].sort((a, b) => b.event.confidence - a.event.confidence || a.ms - b.ms)[0]?.event;
  const place = finest(events.flatMap((e) => e.place ?? []));
  const rank = (e: Event): number =>
    ["words", "nearby", "publication"].indexOf(e.happened?.basis ?? "words") +
    (dayOf(e)?.length === 10 ? 0 : 4);
  const dated = events.filter((e) => e.happened?.start !== undefined).sort((a, b) => rank(a) - rank(b))[0];
  const widest = (side: "actor" | "recipient") =>
    [...events].sort((a, b) => b[side].length - a[side].length)[0]?.[side] ?? [];
  const mode = events.find((e) => e.mode !== undefined)?.mode;
  const day = {
    ...(dated?.happened?.start === undefined ? {} : { start: dated.happened.start.slice(0, 10) }),
    ...(dated?.happened?.end === undefined ? {} : { end: dated.happened.end.slice(0, 10) }),
    precision: dated?.happened?.precision ?? "unknown",
    ...(dated?.happened?.basis === undefined ? {} : { basis: dated.happened.basis }),
  };
  const [head] = events;
  const identity = [
    head ? familyOf(head) : "",
    head?.place?.name ?? "",
    head ? (dayOf(head) ?? "") : "",
    head?.id ?? "",
  ].join("|");
  const articles = new Set(told.map((m) => m.reading.article.id as string));
  const reported = told.flatMap((m) => m.reading.article.published?.value.slice(0, 10) ?? []).sort()[0];
  return {
    // Made of the first report's family, place, day and mention: it stays when others join.
    id: `i${termId(identity).toString(16).padStart(8, "0")}${termId(`${identity} `).toString(16).padStart(8, "0")}` as Incident["id"],
    eventType: first?.eventType ?? "CONSULT",
    ...(mode === undefined ? {} : { mode }),
    actor: widest("actor"),
    recipient: widest("recipient"),
    day,
    ...(reported === undefined ? {} : { reported }),
    ...(place ? { place: { ...place, articles: articles.size } } : {}),
    mentions: events.map((e) => e.id),
    reasons: draft.reasons,
    corroboration: origins.corroborate(
      articles,
      told.flatMap((m) => m.issuers),
    ),
    storyId,
    ...(doubt === undefined ? {} : { doubt }),
  };
};
