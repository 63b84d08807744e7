/**
 * Readings of a story → its timeline: sentences quoted unchanged, each on the local day its event happened as the reading
 * resolved it. Sentences with an event, a number and many independent newsrooms behind them go first; a thing told twice
 * is shown once, in the words of the report that had it first. Nothing is written by us.
 */
import type { Event, Reading, Span, TimelineItem } from "../model/index.ts";
import type { Origins } from "./corroborate.ts";
import { type Issuer, isInformant, issuersIn } from "./issuers.ts";
import { knownAt } from "./known.ts";
import { coreOf } from "./scope.ts";
import { contentWords, overlap, sameSentence } from "./sentences.ts";

type Candidate = {
  readonly reading: Reading;
  readonly span: Span;
  readonly sentence: string;
  readonly words: ReadonlySet<string>;
  readonly day: string;
  readonly precision: string;
  readonly ms: number;
  readonly event?: Event | undefined;
  readonly numbers: ReadonlySet<string>;
  /** Whether it leans on the sentence before: "He …", "These …". */
  readonly leans: boolean;
  readonly position: number;
  readonly issuers: readonly Issuer[];
};

const LEANS =
  /^(?:he|she|it|they|this|that|these|those|there|the (?:first|second|third|two|latter|former|others?)|both|but|and|such|his|her|their|its)\b/i;
const MAX_ITEMS = 30;
const MAX_PER_DAY = 6;
const ENOUGH_EVENTS = 5;
const HAPPENED = new Set(["happened", "ongoing", "attempted"]);
/** Days before the story's first report that still belong to it; older days are background. */
const LOOK_BACK_DAYS = 21;
const DAY = 86_400_000;

const inside = (inner: Span, outer: Span): boolean => inner.start >= outer.start && inner.end <= outer.end;

const dayOf = (
  reading: Reading,
  span: Span,
  event: Event | undefined,
): { day: string; precision: string } | undefined => {
  const happened = event?.happened;
  // The place of a sentence that names no day is the day of its report, and the item says so.
  if (happened?.start !== undefined && happened.start.length >= 7)
    return {
      // "In the last three weeks": what is told of a span was so at its end, not on its first day.
      day: (happened.end !== undefined && happened.end.length >= 10 && happened.start.length >= 10
        ? happened.end
        : happened.start
      ).slice(0, 10),
      precision: happened.basis === "publication" ? "published" : happened.precision,
    };
  const time = reading.times.find(
    (t) =>
      inside(t.span, span) && t.kind === "date" && (t.start?.length ?? 0) >= 10 && t.direction !== "future",
  );
  return time?.start === undefined ? undefined : { day: time.start.slice(0, 10), precision: time.precision };
};

const candidatesOf = (reading: Reading, home: ReadonlySet<string>): Candidate[] => {
  const issuerIn = issuersIn(reading, home);
  const { text, genre } = reading.article;
  if (genre === "opinion" || genre === "advisory") return [];
  const { ms } = knownAt(reading);
  const titleEnd = reading.article.title.length;
  return reading.sentences.flatMap((span, position): Candidate[] => {
    const sentence = text.slice(span.start, span.end).trim();
    // Headlines carry no day of their own; fragments and endless lines do not read as a sentence.
    if (span.end <= titleEnd || sentence.length < 40 || sentence.length > 420 || !/[.!?…"”»]$/.test(sentence))
      return [];
    const events = reading.events.filter(
      (e) => inside(e.span, span) || (e.sentence.start === span.start && e.sentence.end === span.end),
    );
    const event = events
      .filter(
        (e) =>
          HAPPENED.has(e.status) &&
          !e.background &&
          e.assertion !== "opinion" &&
          e.assertion !== "hypothetical",
      )
      .sort((a, b) => b.confidence - a.confidence)[0];
    if (!event && events.some((e) => e.background || !HAPPENED.has(e.status))) return [];
    const day = dayOf(reading, span, event);
    if (!day) return [];
    const quantities = reading.quantities.filter(
      (q) => inside(q.span, span) && q.assertion !== "hypothetical",
    );
    if (!event && quantities.length === 0 && position > 6) return [];
    const speakers = [
      ...quantities.map((q) => q.speaker),
      ...reading.quotes.filter((q) => inside(q.span, span)).map((q) => q.speaker),
    ];
    return [
      {
        reading,
        span,
        sentence,
        words: contentWords(sentence),
        ...day,
        ms,
        event,
        numbers: new Set(quantities.filter((q) => coreOf(q) >= 10).map((q) => `${q.measure} ${coreOf(q)}`)),
        leans: LEANS.test(sentence),
        position,
        issuers: speakers.flatMap((s) =>
          s === undefined || !isInformant(s) ? [] : [issuerIn(s, span.start)],
        ),
      },
    ];
  });
};

const sameMatter = (a: Candidate, b: Candidate): boolean =>
  sameSentence(a.words, b.words) ||
  (a.day === b.day && [...a.numbers].some((n) => b.numbers.has(n))) ||
  (a.day === b.day &&
    a.event !== undefined &&
    a.event.eventType === b.event?.eventType &&
    a.event.place?.name === b.event?.place?.name &&
    overlap(a.words, b.words) >= 0.45);

/**
 * @param readings oldest first
 */
export const buildTimeline = (
  readings: readonly Reading[],
  origins: Origins,
  home: ReadonlySet<string>,
): TimelineItem[] => {
  const first = readings.reduce((min, r) => Math.min(min, knownAt(r).ms), Number.POSITIVE_INFINITY);
  const earliest = new Date((Number.isFinite(first) ? first : 0) - LOOK_BACK_DAYS * DAY)
    .toISOString()
    .slice(0, 10);
  const matters: Candidate[][] = [];
  for (const reading of readings)
    for (const c of candidatesOf(reading, home)) {
      if (c.day < earliest) continue;
      const known = matters.find((m) => m.some((o) => sameMatter(o, c)));
      if (known) known.push(c);
      else matters.push([c]);
    }
  const scored = matters.map((group) => {
    const shown = [...group].sort(
      (a, b) =>
        Number(b.event !== undefined) - Number(a.event !== undefined) ||
        a.ms - b.ms ||
        a.position - b.position,
    )[0];
    const corroboration = origins.corroborate(
      group.map((c) => c.reading.article.id),
      group.flatMap((c) => c.issuers),
    );
    const score =
      2 * Math.log2(1 + corroboration.newsrooms) +
      (group.some((c) => c.event) ? 2 : 0) +
      (group.some((c) => c.numbers.size > 0) ? 1 : 0) +
      (shown?.leans ? -2 : 0) +
      Math.max(0, 1 - Math.min(...group.map((c) => c.position)) / 12);
    return { shown, corroboration, score };
  });
  scored.sort((a, b) => b.score - a.score || (a.shown?.ms ?? 0) - (b.shown?.ms ?? 0));
  const perDay = new Map<string, number>();
  const items: { item: TimelineItem; ms: number }[] = [];
  // Where enough is known to have happened, sentences that only speak of it stand back.
  const eventful = scored.filter((s) => s.shown?.event !== undefined).length >= ENOUGH_EVENTS;
  for (const { shown, corroboration } of scored) {
    if (!shown || items.length >= MAX_ITEMS) continue;
    if (eventful && shown.event === undefined && shown.numbers.size === 0) continue;
    const n = perDay.get(shown.day) ?? 0;
    if (n >= MAX_PER_DAY) continue;
    perDay.set(shown.day, n + 1);
    const { event } = shown;
    items.push({
      ms: shown.ms,
      item: {
        day: shown.day,
        precision: shown.precision,
        sentence: shown.sentence,
        articleId: shown.reading.article.id,
        span: shown.span,
        ...(event?.place ? { place: event.place.name } : {}),
        assertion: event?.assertion ?? "reported",
        ...(event ? { eventType: event.eventType } : {}),
        corroboration,
      },
    });
  }
  items.sort((a, b) => (a.item.day < b.item.day ? -1 : a.item.day > b.item.day ? 1 : a.ms - b.ms));
  return items.map((i) => i.item);
};
